// SPDX-License-Identifier: Apache-2.0
// Slices PubMed XML into records and indexes their words, headings and dates. Deliberately apart from litmill's own
// parser: a test must not check the parser against itself.
#include "tests/services/pubmed_records.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include <fmt/format.h>
#include <pugixml.hpp>

namespace litmill::services {
/// The parts of one record that hold what is indexed.
struct RecordNodes {
  bool is_book;
  pugi::xml_node citation, article, data;
};

namespace {

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};

int Number(std::string_view text) {
  int value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  return end.ec == std::errc() && end.ptr == text.data() + text.size() ? value : 0;
}

/// The month a date text names (multi-month: the first; seasons as PubMed maps them), or 1.
int MonthOf(std::string_view text) {
  for (const std::string& word : SplitWords(text)) {
    for (std::size_t month = 0; month < kMonths.size(); ++month) {
      if (word.starts_with(kMonths[month])) return static_cast<int>(month) + 1;
    }
    if (word == "winter") return 1;
    if (word == "spring") return 4;
    if (word == "summer") return 7;
    if (word == "fall" || word == "autumn") return 10;
    if (word.size() <= 2 && Number(word) >= 1 && Number(word) <= 12) return Number(word);
  }
  return 1;
}

int YearOf(std::string_view text) {
  for (const std::string& word : SplitWords(text)) {
    const int year = Number(word);
    if (year >= 1800 && year <= 2099) return year;
  }
  return 0;
}

/// All text below `node`, inline tags without a trace.
std::string Text(const pugi::xml_node& node) {
  std::string text;
  struct Walker final : pugi::xml_tree_walker {
    explicit Walker(std::string* into) : into_(into) {}
    bool for_each(pugi::xml_node& part) override {
      if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) *into_ += part.value();
      return true;
    }
    std::string* into_;
  } walker(&text);
  pugi::xml_node mutable_node = node;
  mutable_node.traverse(walker);
  return text;
}

int DateOf(const pugi::xml_node& node) {
  if (!node) return 0;
  const std::string medline = node.child("MedlineDate").text().get();
  const int year = medline.empty() ? Number(node.child("Year").text().get()) : YearOf(medline);
  if (year == 0) return 0;
  const std::string month =
      medline.empty() ? std::string(node.child("Month").text().get()) + " " + node.child("Season").text().get()
                      : medline;
  const int day = Number(node.child("Day").text().get());
  return year * 10000 + MonthOf(month) * 100 + (day > 0 ? day : 1);
}

void AddDate(StoredRecord* record, DateField field, int date) {
  if (date > 0) record->dates[static_cast<std::size_t>(field)].push_back(date);
}

void AddValue(StoredRecord* record, ListField field, std::string_view value) {
  std::string normal = Normalise(value);
  if (!normal.empty()) record->lists[static_cast<std::size_t>(field)].push_back(std::move(normal));
}

std::string_view LanguageName(std::string_view code) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kNames = {{{"eng", "english"},
                                                                                            {"fre", "french"},
                                                                                            {"ger", "german"},
                                                                                            {"spa", "spanish"},
                                                                                            {"ita", "italian"},
                                                                                            {"chi", "chinese"},
                                                                                            {"jpn", "japanese"},
                                                                                            {"rus", "russian"},
                                                                                            {"pol", "polish"},
                                                                                            {"por", "portuguese"},
                                                                                            {"hun", "hungarian"},
                                                                                            {"tur", "turkish"},
                                                                                            {"per", "persian"},
                                                                                            {"kor", "korean"}}};
  for (const auto& [known, name] : kNames) {
    if (known == code) return name;
  }
  return {};
}

void IndexMesh(const pugi::xml_node& list, StoredRecord* record) {
  for (const pugi::xml_node heading : list.children("MeshHeading")) {
    const pugi::xml_node descriptor = heading.child("DescriptorName");
    bool is_major = std::strcmp(descriptor.attribute("MajorTopicYN").value(), "Y") == 0;
    AddValue(record, ListField::kMesh, descriptor.text().get());
    for (const pugi::xml_node qualifier : heading.children("QualifierName")) {
      is_major = is_major || std::strcmp(qualifier.attribute("MajorTopicYN").value(), "Y") == 0;
      AddValue(record, ListField::kSubheading, qualifier.text().get());
      AddValue(record, ListField::kMesh, std::string(descriptor.text().get()) + "/" + qualifier.text().get());
    }
    if (is_major) AddValue(record, ListField::kMajor, descriptor.text().get());
  }
}

void IndexSubsets(const pugi::xml_node& citation, const pugi::xml_node& data, bool is_book, StoredRecord* record) {
  AddValue(record, ListField::kSubset, "all");
  if (is_book) AddValue(record, ListField::kSubset, "pubmed books");
  const std::string status = citation.attribute("Status").value();
  if (status == "In-Process" || status == "In-Data-Review") AddValue(record, ListField::kSubset, "inprocess");
  std::string plain;
  for (const char c : status) {
    if (c != '-') plain += c;
  }
  AddValue(record, ListField::kSubset, plain);
  if (!record->text[static_cast<std::size_t>(TextField::kAbstract)].empty())
    AddValue(record, ListField::kSubset, "hasabstract");
  for (const pugi::xml_node link : citation.child("CommentsCorrectionsList").children("CommentsCorrections")) {
    AddValue(record, ListField::kSubset, std::string("has") + link.attribute("RefType").value());
  }
  for (const pugi::xml_node id : data.child("ArticleIdList").children("ArticleId")) {
    if (std::strcmp(id.attribute("IdType").value(), "pmc") == 0) AddValue(record, ListField::kSubset, "pubmed pmc");
  }
  for (const std::string& type : record->lists[static_cast<std::size_t>(ListField::kPublicationType)]) {
    if (type == "systematic review") AddValue(record, ListField::kSubset, "systematic");
  }
}

void FillSummary(const pugi::xml_node& article, const pugi::xml_node& data, SummaryFacts* facts) {
  const pugi::xml_node issue = article.child("Journal").child("JournalIssue");
  facts->journal = article.child("Journal").child("ISOAbbreviation").text().get();
  facts->volume = issue.child("Volume").text().get();
  facts->issue = issue.child("Issue").text().get();
  facts->pages = article.child("Pagination").child("MedlinePgn").text().get();
  for (const pugi::xml_node part : issue.child("PubDate").children()) {
    facts->publication_date += (facts->publication_date.empty() ? "" : " ") + std::string(part.text().get());
  }
  const pugi::xml_node electronic = article.child("ArticleDate");
  if (electronic) {
    const int month = std::clamp(Number(electronic.child("Month").text().get()), 1, 12);
    std::string name(kMonths[static_cast<std::size_t>(month - 1)]);
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
    facts->electronic_date = fmt::format("{} {} {}", electronic.child("Year").text().get(), name,
                                         Number(electronic.child("Day").text().get()));
  }
  facts->status = data.child("PublicationStatus").text().get();
}

void IndexValues(const RecordNodes& nodes, StoredRecord* record) {
  for (const pugi::xml_node type :
       (nodes.is_book ? nodes.citation : nodes.article.child("PublicationTypeList")).children("PublicationType")) {
    AddValue(record, ListField::kPublicationType, type.text().get());
    record->summary.publication_types.emplace_back(type.text().get());
  }
  for (const pugi::xml_node language : nodes.article.children("Language")) {
    AddValue(record, ListField::kLanguage, language.text().get());
    AddValue(record, ListField::kLanguage, LanguageName(Normalise(language.text().get())));
    record->summary.languages.emplace_back(language.text().get());
  }
  const pugi::xml_node journal = nodes.article.child("Journal");
  for (const char* name : {"Title", "ISOAbbreviation", "ISSN"})
    AddValue(record, ListField::kJournal, journal.child(name).text().get());
  AddValue(record, ListField::kJournal, nodes.citation.child("MedlineJournalInfo").child("MedlineTA").text().get());
  for (const pugi::xml_node list : {nodes.data.child("ArticleIdList"), nodes.citation.child("ArticleIdList")}) {
    for (const pugi::xml_node id : list.children("ArticleId")) {
      AddValue(record, ListField::kIdentifier, id.text().get());
      const std::string_view kind = id.attribute("IdType").value();
      if (kind == "doi") record->summary.doi = id.text().get();
      if (kind == "pmc") record->summary.pmc = id.text().get();
    }
  }
  for (const pugi::xml_node id : nodes.article.children("ELocationID"))
    AddValue(record, ListField::kIdentifier, id.text().get());
  for (const pugi::xml_node bank : nodes.article.child("DataBankList").children("DataBank")) {
    const std::string name = bank.child("DataBankName").text().get();
    AddValue(record, ListField::kDataBank, name);
    for (const pugi::xml_node number : bank.child("AccessionNumberList").children("AccessionNumber")) {
      AddValue(record, ListField::kDataBank, number.text().get());
      AddValue(record, ListField::kDataBank, name + "/" + number.text().get());
    }
  }
  for (const pugi::xml_node grant : nodes.article.child("GrantList").children("Grant")) {
    AddValue(record, ListField::kGrant, grant.child("GrantID").text().get());
    AddValue(record, ListField::kGrant, grant.child("Agency").text().get());
  }
}

void IndexDates(const RecordNodes& nodes, StoredRecord* record) {
  const pugi::xml_node journal = nodes.article.child("Journal");
  AddDate(record, DateField::kPublication, DateOf(journal.child("JournalIssue").child("PubDate")));
  AddDate(record, DateField::kPublication, DateOf(nodes.article.child("ArticleDate")));
  AddDate(record, DateField::kPublication, DateOf(nodes.citation.child("Book").child("PubDate")));
  AddDate(record, DateField::kRevised, DateOf(nodes.citation.child("DateRevised")));
  AddDate(record, DateField::kCompleted, DateOf(nodes.citation.child("DateCompleted")));
  for (const pugi::xml_node date : nodes.data.child("History").children("PubMedPubDate")) {
    const std::string_view status = date.attribute("PubStatus").value();
    if (status == "entrez") AddDate(record, DateField::kCreation, DateOf(date));
    if (status == "pubmed") AddDate(record, DateField::kEntry, DateOf(date));
    if (status == "medline") AddDate(record, DateField::kMesh, DateOf(date));
    // A record whose issue has no readable year is dated by the day PubMed took it in.
    if (status == "entrez" && record->dates[static_cast<std::size_t>(DateField::kPublication)].empty()) {
      AddDate(record, DateField::kPublication, DateOf(date));
    }
  }
}

}  // namespace

std::vector<std::string> SplitWords(std::string_view text) {
  // Base letters of U+00C0 to U+00FF; '-' separates.
  static constexpr std::string_view kLatin1 = "aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty";
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
    if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
      word += static_cast<char>(byte);
    } else if (byte >= 'A' && byte <= 'Z') {
      word += static_cast<char>(byte - 'A' + 'a');
    } else if (byte == 0xC3 && next >= 0x80 && next <= 0xBF) {
      const char base = kLatin1[next - 0x80U];
      if (base == '-')
        finish();
      else
        word += base;
      ++i;
    } else if (byte == 0xE2 || byte == 0xC2 ||
               byte < 0x80) {  // General punctuation, arrows, mathematics, NBSP and the like.
      finish();
      if (byte >= 0x80) i += byte == 0xE2 ? 2 : 1;
    } else {
      word += static_cast<char>(byte);
    }
  }
  finish();
  return words;
}

std::string Normalise(std::string_view text) {
  const std::size_t slash = text.find('/');
  std::string normal;
  for (const std::string& word : SplitWords(text.substr(0, slash))) normal += (normal.empty() ? "" : " ") + word;
  if (slash != std::string_view::npos) normal += "/" + Normalise(text.substr(slash + 1));
  return normal;
}

int ParseSearchDate(std::string_view text, bool is_end) {
  std::array<int, 3> parts = {0, is_end ? 12 : 1, is_end ? 31 : 1};
  for (std::size_t i = 0; i < parts.size() && !text.empty(); ++i) {
    const std::string_view part = text.substr(0, text.find('/'));
    const int value = Number(part);
    if (value <= 0) return 0;
    parts[i] = value;
    text.remove_prefix(std::min(text.size(), part.size() + 1));
  }
  return parts[0] == 0 ? 0 : parts[0] * 10000 + parts[1] * 100 + parts[2];
}

const StoredRecord* PubmedRecords::Find(std::uint32_t pmid) const {
  const auto found = records_.find(pmid);
  return found == records_.end() ? nullptr : &found->second;
}

std::vector<WordId> PubmedRecords::Words(std::string_view word, bool is_prefix) const {
  std::vector<WordId> ids;
  for (auto at = vocabulary_.lower_bound(word); at != vocabulary_.end(); ++at) {
    if (at->first != word && !(is_prefix && at->first.starts_with(word))) break;
    ids.push_back(at->second);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

void PubmedRecords::AddText(StoredRecord* record, TextField field, std::string_view text) {
  std::vector<WordId> ids;
  for (std::string& word : SplitWords(text)) {
    const auto [at, is_new] = vocabulary_.try_emplace(std::move(word), static_cast<WordId>(vocabulary_.size() + 1));
    ids.push_back(at->second);
  }
  if (ids.empty()) return;
  const auto append = [&](TextField into) {
    std::vector<WordId>& words = record->text[static_cast<std::size_t>(into)];
    words.insert(words.end(), ids.begin(), ids.end());
    words.push_back(kGap);
  };
  append(field);
  if (field == TextField::kTitle || field == TextField::kAbstract || field == TextField::kKeywords) {
    append(TextField::kTitleAbstract);
  }
  if (field != TextField::kAll) append(TextField::kAll);
}

void PubmedRecords::IndexTexts(const RecordNodes& nodes, StoredRecord* record) {
  const std::string title = Text(nodes.article.child("ArticleTitle"));
  record->summary.title = title.empty() ? Text(nodes.citation.child("Book").child("BookTitle")) : title;
  AddText(record, TextField::kTitle, title);
  AddText(record, TextField::kTitle, Text(nodes.citation.child("Book").child("BookTitle")));
  AddText(record, TextField::kTitle, Text(nodes.citation.child("Book").child("CollectionTitle")));
  AddText(record, TextField::kAll, Text(nodes.article.child("VernacularTitle")));
  for (const pugi::xml_node part : nodes.article.child("Abstract").children("AbstractText"))
    AddText(record, TextField::kAbstract, Text(part));
  for (const pugi::xml_node other : nodes.citation.children("OtherAbstract")) {
    for (const pugi::xml_node part : other.children("AbstractText")) AddText(record, TextField::kAbstract, Text(part));
  }
  for (const pugi::xml_node list : nodes.citation.children("KeywordList")) {
    for (const pugi::xml_node keyword : list.children("Keyword")) AddText(record, TextField::kKeywords, Text(keyword));
  }
  for (const pugi::xml_node list : nodes.article.children("AuthorList")) {
    for (const pugi::xml_node author : list.children("Author")) {
      const std::string collective = Text(author.child("CollectiveName"));
      const std::string name = collective.empty() ? std::string(author.child("LastName").text().get()) + " " +
                                                        author.child("Initials").text().get()
                                                  : collective;
      record->summary.authors.push_back(name);
      AddText(record, TextField::kAuthor, name);
      for (const pugi::xml_node place : author.children("AffiliationInfo"))
        AddText(record, TextField::kAffiliation, Text(place.child("Affiliation")));
    }
  }
  AddText(record, TextField::kAll, nodes.article.child("Journal").child("Title").text().get());
}

void PubmedRecords::IndexHeadings(const RecordNodes& nodes, StoredRecord* record) {
  IndexMesh(nodes.citation.child("MeshHeadingList"), record);
  for (const std::string& heading : record->lists[static_cast<std::size_t>(ListField::kMesh)])
    AddText(record, TextField::kAll, heading);
  for (const pugi::xml_node chemical : nodes.citation.child("ChemicalList").children("Chemical")) {
    AddValue(record, ListField::kSubstance, chemical.child("NameOfSubstance").text().get());
    AddValue(record, ListField::kRegistryNumber, chemical.child("RegistryNumber").text().get());
    AddText(record, TextField::kAll, chemical.child("NameOfSubstance").text().get());
  }
  for (const pugi::xml_node name : nodes.citation.child("SupplMeshList").children("SupplMeshName")) {
    AddValue(record, ListField::kSubstance, name.text().get());
    AddText(record, TextField::kAll, name.text().get());
  }
}

bool PubmedRecords::Take(std::string_view slice, LoadResult* result) {
  pugi::xml_document document;
  const pugi::xml_parse_result parsed =
      document.load_buffer(slice.data(), slice.size(), pugi::parse_default | pugi::parse_ws_pcdata);
  const pugi::xml_node root = document.first_child();
  const bool is_book = std::strcmp(root.name(), "PubmedBookArticle") == 0;
  const pugi::xml_node citation = root.child(is_book ? "BookDocument" : "MedlineCitation");
  const pugi::xml_node article = is_book ? citation : citation.child("Article");
  const pugi::xml_node data = root.child(is_book ? "PubmedBookData" : "PubmedData");
  const int pmid = Number(Normalise(citation.child("PMID").text().get()));
  if (!parsed || pmid <= 0) {
    result->problems.push_back(
        fmt::format("record of {} bytes left out: {}", slice.size(),
                    parsed ? "no PMID" : std::string("not well-formed, ") + parsed.description()));
    return false;
  }
  StoredRecord record;
  record.pmid = static_cast<std::uint32_t>(pmid);
  record.version = std::max(1, citation.child("PMID").attribute("Version").as_int(1));
  record.xml = slice;

  const RecordNodes nodes{is_book, citation, article, data};
  IndexTexts(nodes, &record);
  IndexHeadings(nodes, &record);
  IndexValues(nodes, &record);
  IndexDates(nodes, &record);
  IndexSubsets(citation, data, is_book, &record);
  FillSummary(article, data, &record.summary);

  const auto old = records_.find(record.pmid);
  if (old != records_.end() && old->second.version > record.version) return true;
  ++(old == records_.end() ? result->added : result->replaced);
  records_[record.pmid] = std::move(record);
  return true;
}

LoadResult PubmedRecords::Load(std::string_view xml) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kKinds = {{
      {"<!--", "-->"},  // Comments between records may name tags.
      {"<PubmedArticle>", "</PubmedArticle>"},
      {"<PubmedBookArticle>", "</PubmedBookArticle>"},
      {"<DeleteCitation>", "</DeleteCitation>"},
  }};
  LoadResult result;
  std::size_t at = 0;
  while ((at = xml.find('<', at)) != std::string_view::npos) {
    const std::string_view rest = xml.substr(at);
    const auto* kind =
        std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& k) { return rest.starts_with(k.first); });
    if (kind == kKinds.end()) {
      ++at;
      continue;
    }
    const std::size_t end = rest.find(kind->second);
    if (end == std::string_view::npos) {
      result.problems.push_back(fmt::format("{} at byte {} has no end", kind->first, at));
      break;
    }
    const std::string_view slice = rest.substr(0, end + kind->second.size());
    at += slice.size();
    if (kind == kKinds.begin()) continue;
    if (!slice.starts_with("<DeleteCitation>")) {
      Take(slice, &result);
      continue;
    }
    pugi::xml_document list;
    if (!list.load_buffer(slice.data(), slice.size()))
      result.problems.emplace_back("DeleteCitation is not well-formed");
    for (const pugi::xml_node pmid : list.first_child().children("PMID")) {
      if (Erase(static_cast<std::uint32_t>(pmid.text().as_uint()))) ++result.deleted;
    }
  }
  return result;
}

}  // namespace litmill::services
