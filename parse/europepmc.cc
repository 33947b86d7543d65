// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "core/identifiers.h"
#include "core/partial_date.h"
#include "core/unicode.h"
#include "parse/json_answers.h"
#include "parse/json_entries.h"
#include "parse/json_reader.h"
#include "parse/markup_fragment.h"
#include "parse/record_parts.h"

namespace litmill::parse {
namespace {

// Every field of a result, those that are read and those that are left out on purpose: flags and counts of Europe PMC's
// own holdings, links to full text, what its text mining found. Sorted.
const std::vector<std::string_view>& KnownFields() {
  static const std::vector<std::string_view> kFields = [] {
    std::vector<std::string_view> fields = {"id",
                                            "source",
                                            "pmid",
                                            "pmcid",
                                            "doi",
                                            "title",
                                            "authorString",
                                            "authorList",
                                            "authorIdList",
                                            "investigatorList",
                                            "journalInfo",
                                            "journalTitle",
                                            "journalVolume",
                                            "journalIssn",
                                            "issue",
                                            "pubYear",
                                            "pageInfo",
                                            "abstractText",
                                            "affiliation",
                                            "publicationStatus",
                                            "language",
                                            "pubModel",
                                            "pubTypeList",
                                            "pubType",
                                            "subsetList",
                                            "grantsList",
                                            "keywordList",
                                            "meshHeadingList",
                                            "chemicalList",
                                            "commentCorrectionList",
                                            "fullTextUrlList",
                                            "fullTextIdList",
                                            "manuscriptId",
                                            "license",
                                            "dataLinksTagsList",
                                            "isOpenAccess",
                                            "inEPMC",
                                            "inPMC",
                                            "hasPDF",
                                            "hasBook",
                                            "hasSuppl",
                                            "citedByCount",
                                            "hasData",
                                            "hasReferences",
                                            "hasTextMinedTerms",
                                            "hasDbCrossReferences",
                                            "hasLabsLinks",
                                            "hasEvaluations",
                                            "authMan",
                                            "epmcAuthMan",
                                            "nihAuthMan",
                                            "hasTMAccessionNumbers",
                                            "dateOfCreation",
                                            "dateOfCompletion",
                                            "dateOfRevision",
                                            "firstIndexDate",
                                            "firstPublicationDate",
                                            "electronicPublicationDate",
                                            "embargoDate",
                                            "fullTextReceivedDate",
                                            "tmAccessionTypeList",
                                            "dbCrossReferenceList",
                                            "bookOrReportDetails",
                                            "patentDetails",
                                            "versionList",
                                            "versionNumber",
                                            "hasPreprint",
                                            "preprintDetails",
                                            "bookid",
                                            "luceneScore",
                                            "manuscriptIdList",
                                            "essn",
                                            "issn",
                                            "hasFullText",
                                            "hasTextMinedTerms",
                                            "hasVersionEvaluations",
                                            "openAccess",
                                            "localAffiliationList",
                                            "dataAvailability",
                                            "dbCrossReferenceCount",
                                            "referenceCount"};
    std::sort(fields.begin(), fields.end());
    return fields;
  }();
  return kFields;
}

// "Erratum for" -> "ErratumFor": PubMed's RefType without blanks.
std::string RefType(std::string_view type) {
  if (AsciiLower(type) == "preprint of") return "UpdateIn";
  if (AsciiLower(type) == "preprint in") return "UpdateOf";
  std::string out;
  bool starts_word = true;
  for (const char c : type) {
    if (c == ' ') {
      starts_word = true;
      continue;
    }
    out += starts_word && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    starts_word = false;
  }
  return out;
}

// "Lancet. 2024;404:1. doi: 10.5555/x.": what PubMed prints at the end of the citation of a comment or correction.
std::string DoiOfCitation(std::string_view citation) {
  const std::size_t at = citation.rfind("doi: 10.");
  if (at == std::string_view::npos) return {};
  const std::string_view doi = citation.substr(at + 5);
  return NormaliseDoi(doi.substr(0, doi.find(' '))).value_or("");
}

bool IsYes(const std::string& value) { return value == "Y" || value == "y" || value == "true"; }

class ResultReader {
 public:
  ResultReader(const Json& result, JsonRecord& json) : result_(result), json_(json) {}

  /// False when the result has no id.
  bool Read() {
    record_.source = "europepmc";
    const std::string source = json_.Text(result_, "source");
    const std::string id = json_.Text(result_, "id");
    if (source.empty() || id.empty()) return false;
    record_.source_id = source + "/" + id;
    ReadIdentifiers();
    record_.title = json_.Marked(result_, "title");
    record_.abstract_sections = SectionsOfFragment(json_.context(), json_.Raw(result_, "abstractText"));
    ReadPeople();
    for (const std::string& language : json_.Texts(result_, "language")) json_.AddLanguage(record_, language);
    ReadJournal();
    ReadBook();
    record_.pages = json_.Text(result_, "pageInfo");
    FillPages(record_);
    ReadDates();
    ReadPublicationTypes();
    ReadIndexing();
    ReadGrants();
    ReadRelated();
    ReadRest();
    json_.CheckFields(result_, KnownFields(), "");
    return true;
  }
  Record Take() { return std::move(record_); }

 private:
  void ReadIdentifiers() {
    for (const char* const scheme : {"pmid", "pmcid", "doi"})
      if (std::string id = json_.Text(result_, scheme); !id.empty())
        record_.identifiers.push_back(json_.MakeIdentifier(scheme, std::move(id), scheme));
    if (std::string id = json_.Text(result_, "manuscriptId"); !id.empty())
      record_.identifiers.push_back({"mid", id, id, "manuscriptId", true});
  }

  // The objects of {"list": {"element": [...]}}.
  std::vector<const Json*> InList(const Json& object, const char* list, const char* element) {
    const Json* holder = json_.Object(object, list);
    return holder == nullptr ? std::vector<const Json*>() : json_.Objects(*holder, element);
  }
  std::vector<std::string> TextsInList(const Json& object, const char* list, const char* element) {
    const Json* holder = json_.Object(object, list);
    return holder == nullptr ? std::vector<std::string>() : json_.Texts(*holder, element);
  }

  Author Person(const Json& json, PersonRole role) {
    Author person;
    person.role = role;
    person.last_name = json_.Marked(json, "lastName").text;
    person.fore_name = json_.Marked(json, "firstName").text;
    person.initials = json_.Text(json, "initials");
    person.suffix = json_.Text(json, "suffix");
    person.collective_name = json_.Marked(json, "collectiveName").text;
    if (person.last_name.empty() && person.collective_name.empty())
      person.last_name = json_.Marked(json, "fullName").text;
    for (const Json* id : json_.Objects(json, "authorId"))
      json_.AddPersonIdentifier(person, json_.Text(*id, "type"), json_.Text(*id, "value"));
    for (const Json* affiliation : InList(json, "authorAffiliationDetailsList", "authorAffiliation"))
      AddAffiliation(person, json_.Marked(*affiliation, "affiliation").text);
    for (const std::string& affiliation : TextsInList(json, "authorAffiliationsList", "authorAffiliation"))
      AddAffiliation(person, affiliation);
    if (person.affiliations.empty()) AddAffiliation(person, json_.Marked(json, "affiliation").text);
    return person;
  }

  static void AddAffiliation(Author& person, std::string text) {
    if (!text.empty()) person.affiliations.push_back({std::move(text), {}});
  }

  void ReadPeople() {
    for (const Json* author : InList(result_, "authorList", "author"))
      record_.authors.push_back(Person(*author, PersonRole::kAuthor));
    if (record_.authors.empty()) ReadAuthorString();
    for (const Json* investigator : InList(result_, "investigatorList", "investigator"))
      record_.authors.push_back(Person(*investigator, PersonRole::kInvestigator));
    // The first author's, where the list has none.
    std::string affiliation = json_.Marked(result_, "affiliation").text;
    if (affiliation.empty()) return;
    if (record_.authors.empty())
      record_.other_names.push_back({"affiliation", {}, std::move(affiliation)});
    else if (std::all_of(record_.authors.begin(), record_.authors.end(),
                         [](const Author& a) { return a.affiliations.empty(); }))
      AddAffiliation(record_.authors.front(), std::move(affiliation));
  }

  // "Doe A, Van der Roe BC, MAG Group.": all that a lite answer has.
  void ReadAuthorString() {
    const std::string text = json_.Text(result_, "authorString");
    std::string_view rest = text;
    if (!rest.empty() && rest.back() == '.') rest.remove_suffix(1);
    while (!rest.empty()) {
      const std::size_t comma = rest.find(", ");
      const std::string_view name = TrimAscii(rest.substr(0, comma));
      rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 2);
      if (name.empty()) continue;
      Author& person = record_.authors.emplace_back();
      const std::size_t blank = name.rfind(' ');
      const std::string_view last_word = blank == std::string_view::npos ? std::string_view() : name.substr(blank + 1);
      const bool has_initials = !last_word.empty() && last_word.size() <= 4 && AsciiLower(last_word) != last_word;
      person.last_name = std::string(has_initials ? TrimAscii(name.substr(0, blank)) : name);
      if (has_initials) person.initials = std::string(last_word);
    }
  }

  void ReadJournal() {
    Journal& journal = record_.journal;
    if (const Json* info = json_.Object(result_, "journalInfo")) {
      journal.volume = json_.Text(*info, "volume");
      journal.issue = json_.Text(*info, "issue");
      if (const Json* names = json_.Object(*info, "journal")) {
        journal.title = json_.Marked(*names, "title").text;
        journal.medline_ta = json_.Text(*names, "medlineAbbreviation");
        journal.iso_abbreviation = json_.Text(*names, "isoabbreviation");
        journal.issn_print = json_.Text(*names, "issn");
        journal.issn_electronic = json_.Text(*names, "essn");
        journal.nlm_unique_id = json_.Text(*names, "nlmid");
      }
      return;
    }
    journal.title = json_.Marked(result_, "journalTitle").text;
    journal.volume = json_.Text(result_, "journalVolume");
    journal.issue = json_.Text(result_, "issue");
    if (std::string issns = json_.Text(result_, "journalIssn"); !issns.empty())
      record_.other_names.push_back({"issn", {}, std::move(issns)});
  }

  void ReadBook() {
    const Json* details = json_.Object(result_, "bookOrReportDetails");
    if (details == nullptr) return;
    Book book;
    book.title = json_.Marked(*details, "comprisingTitle").text;
    book.publisher = json_.Text(*details, "publisher");
    book.edition = json_.Text(*details, "edition");
    book.collection_title = json_.Text(*details, "seriesName");
    for (const char* const key : {"isbn10", "isbn13"})
      if (std::string isbn = json_.Text(*details, key); !isbn.empty()) book.isbns.push_back(std::move(isbn));
    if (book.title.empty() && book.isbns.empty()) {  // A preprint's server stands here too.
      if (!book.publisher.empty()) record_.other_names.push_back({"publisher", {}, std::move(book.publisher)});
      return;
    }
    if (book.title.empty()) book.title = record_.title.text;
    record_.type = RecordType::kBook;
    record_.book = std::move(book);
  }

  // printPublicationDate has a day even where the journal gives only a month, so the journal's own wording comes first.
  void ReadDates() {
    const Json* info = Find(result_, "journalInfo");
    std::string printed = info == nullptr ? std::string() : json_.Text(*info, "dateOfPublication");
    if (!printed.empty()) {
      PartialDate date = DateFromMedlineDate(printed);
      if (!date.iso.empty()) record_.dates.push_back({"print", std::move(date), {}});
    }
    if (info != nullptr && record_.dates.empty()) {
      printed = json_.Text(*info, "printPublicationDate");
      if (printed.empty()) printed = json_.Text(*info, "yearOfPublication");
      json_.AddDate(record_, "print", printed);
    }
    json_.AddDate(record_, "electronic", json_.Text(result_, "electronicPublicationDate"));
    const std::string first = json_.Text(result_, "firstPublicationDate");
    if (record_.PublicationDate() == nullptr)
      json_.AddDate(record_, "electronic", first.empty() ? json_.Text(result_, "pubYear") : first);
    json_.AddDate(record_, "created", json_.Text(result_, "dateOfCreation"));
    json_.AddDate(record_, "completed", json_.Text(result_, "dateOfCompletion"));
    json_.AddDate(record_, "revised", json_.Text(result_, "dateOfRevision"));
  }

  void ReadPublicationTypes() {
    for (std::string& type : TextsInList(result_, "pubTypeList", "pubType"))
      record_.publication_types.push_back({{}, std::move(type)});
    if (!record_.publication_types.empty()) return;
    // Lite answers: "journal article; review".
    const std::string types = json_.Text(result_, "pubType");
    std::string_view rest = types;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      if (const std::string_view type = TrimAscii(rest.substr(0, end)); !type.empty())
        record_.publication_types.push_back({{}, std::string(type)});
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  void ReadIndexing() {
    for (const Json* heading : InList(result_, "meshHeadingList", "meshHeading")) {
      MeshHeading& mesh = record_.mesh_headings.emplace_back();
      mesh.name = json_.Text(*heading, "descriptorName");
      mesh.descriptor_major = IsYes(json_.Text(*heading, "majorTopic_YN"));
      for (const Json* qualifier : InList(*heading, "meshQualifierList", "meshQualifier"))
        mesh.qualifiers.push_back(
            {{}, json_.Text(*qualifier, "qualifierName"), IsYes(json_.Text(*qualifier, "majorTopic_YN"))});
    }
    for (const Json* chemical : InList(result_, "chemicalList", "chemical"))
      record_.chemicals.push_back({json_.Text(*chemical, "registryNumber"), {}, json_.Marked(*chemical, "name").text});
    for (const std::string& keyword : TextsInList(result_, "keywordList", "keyword"))
      record_.keywords.push_back({"EuropePMC", false, TextOfFragment(json_.context(), keyword)});
    for (const Json* subset : InList(result_, "subsetList", "subset"))
      if (std::string code = json_.Text(*subset, "code"); !code.empty())
        record_.citation_subsets.push_back(std::move(code));
  }

  void ReadGrants() {
    for (const Json* grant : InList(result_, "grantsList", "grant"))
      record_.grants.push_back({json_.Text(*grant, "grantId"), json_.Text(*grant, "acronym"),
                                json_.Marked(*grant, "agency").text, json_.Text(*grant, "country")});
  }

  void ReadRelated() {
    for (const Json* comment : InList(result_, "commentCorrectionList", "commentCorrection")) {
      RelatedRecord related;
      related.ref_type = RefType(json_.Text(*comment, "type"));
      related.ref_source = json_.Marked(*comment, "reference").text;
      related.doi = DoiOfCitation(related.ref_source);
      related.note = json_.Text(*comment, "note");
      const std::string source = json_.Text(*comment, "source");
      std::string id = json_.Text(*comment, "id");
      if (source == "MED") {
        related.pmid = std::move(id);
      } else if (!id.empty()) {
        if (!related.note.empty()) related.note += "; ";
        related.note += source + "/" + id;
      }
      record_.related.push_back(std::move(related));
    }
    if (TitleSaysRetracted(record_.title.text) && !record_.IsRetracted())
      json_.context().Warn("retracted-in-title", "the title says that the work was retracted, but nothing else does");
  }

  void ReadRest() {
    record_.publication_status = json_.Text(result_, "publicationStatus");
    record_.pub_model = json_.Text(result_, "pubModel");
    const std::string& title = record_.title.text;
    record_.title_is_translated = title.size() > 3 && title.front() == '[' &&
                                  (title.ends_with("]") || title.ends_with("].")) && !record_.languages.empty() &&
                                  record_.languages.front() != "eng";
    if (std::string license = json_.Text(result_, "license"); !license.empty())
      record_.other_names.push_back({"license", {}, std::move(license)});
    for (std::string& name : TextsInList(result_, "dbCrossReferenceList", "dbName"))
      record_.other_names.push_back({"cross-reference-database", {}, std::move(name)});
    const std::string version = json_.Text(result_, "versionNumber");
    int number = 0;
    std::from_chars(version.data(), version.data() + version.size(), number);
    if (number > 0) record_.version = number;
  }

  const Json& result_;
  JsonRecord& json_;
  Record record_;
};

constexpr EntryKind kResult{"result", "no-id", "has no source and id"};

bool ReadResult(const Json& result, JsonRecord& json, Record& record) {
  ResultReader reader(result, json);
  if (!reader.Read()) return false;
  record = reader.Take();
  return true;
}

Problem NotResults(const Json& answer) {
  if (const Json* message = Find(answer, "errMsg"); message != nullptr || Find(answer, "errCode") != nullptr)
    return AnswerProblem("error-answer", fmt::format("Europe PMC refused the request: {}",
                                                     message == nullptr ? "" : Excerpt(ScalarText(*message))));
  const Json* hits = Find(answer, "hitCount");
  if (hits != nullptr && ScalarText(*hits) == "0" && Find(answer, "resultList") == nullptr)
    return AnswerProblem("not-found", "Europe PMC does not know this identifier (no result, hit count 0)");
  return AnswerProblem("unexpected-answer",
                       "the answer holds no results of Europe PMC (an expired cursor looks like this too)");
}

}  // namespace

std::vector<Item> ParseEuropePmc(std::string_view body) {
  std::vector<Item> items;
  tl::expected<Json, Problem> answer = ReadJsonBody(body, "Europe PMC");
  if (!answer) {
    items.emplace_back(std::move(answer.error()));
    return items;
  }
  const Json* const list = Find(Find(*answer, "resultList"), "result");
  const Json* const one = Find(*answer, "result");
  if (list != nullptr && list->is_array()) {
    items = ReadEntries(*list, kResult, ReadResult);
  } else if (one != nullptr && one->is_object()) {
    items.push_back(ReadEntry(*one, 1, kResult, ReadResult));
  } else {
    items.emplace_back(NotResults(*answer));
  }
  WarnOfInvalidUtf8(body, items);
  return items;
}

}  // namespace litmill::parse
