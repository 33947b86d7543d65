// SPDX-License-Identifier: Apache-2.0
#include "search/record_indexer.h"

#include <algorithm>

#include "core/unicode.h"
#include "search/dates.h"
#include "search/fold.h"
#include "search/languages.h"
#include "search/words.h"

namespace litmill::search {
void RecordIndexer::Run() {
  Texts();
  Headings();
  PublicationTypes();
  People();
  Source();
  Identifiers();
  Substances();
  Filters();
  Days();
  Finish();
}

void RecordIndexer::Texts() {
  AddText(record_.title.text, kPartTitle);
  AddText(record_.vernacular_title.text, kPartVernacularTitle);
  if (record_.book) {
    AddText(record_.book->title, kPartBookTitle);
    AddText(record_.book->collection_title, kPartBookTitle);
  }
  // One abstract is one text: its labels are words of it, as PubMed prints them.
  const auto sections = [this](const std::vector<AbstractSection>& all, std::uint32_t part) {
    std::vector<std::string> words;
    for (const AbstractSection& section : all) {
      for (const std::string_view text : {std::string_view(section.label), std::string_view(section.body.text)})
        for (std::string& word : FoldWords(text)) words.push_back(std::move(word));
    }
    AddWords(words, part);
  };
  sections(record_.abstract_sections, kPartAbstract);
  for (const OtherAbstract& other : record_.other_abstracts) sections(other.sections, kPartOtherAbstract);
  for (const Keyword& keyword : record_.keywords) AddText(keyword.text.text, kPartKeyword);
  AddText(record_.coi_statement, kPartConflict);
}

std::vector<std::string> RecordIndexer::Above(std::string_view heading) const {
  if (tree_ != nullptr) return tree_->WithAncestors(heading);
  return {FoldKey(heading)};
}

void RecordIndexer::Headings() {
  for (const MeshHeading& heading : record_.mesh_headings) Heading(heading);
}

void RecordIndexer::Heading(const MeshHeading& heading) {
  AddText(heading.name, kPartIndexing);
  const std::string own = FoldKey(heading.name);
  const std::vector<std::string> above = Above(heading.name);
  const auto add = [&](const std::string& suffix, bool major) {
    AddFoldedKey(KeySpace::kMeshNoexp, own + suffix);
    if (major) AddFoldedKey(KeySpace::kMeshMajorNoexp, own + suffix);
    for (const std::string& name : above) {
      AddFoldedKey(KeySpace::kMesh, name + suffix);
      if (major) AddFoldedKey(KeySpace::kMeshMajor, name + suffix);
    }
  };
  add("", heading.Major());
  for (const MeshQualifier& qualifier : heading.qualifiers) {
    AddText(qualifier.name, kPartIndexing);
    AddKey(KeySpace::kSubheading, qualifier.name);
    add("\x1F" + FoldKey(qualifier.name), heading.descriptor_major || qualifier.major);
  }
}

void RecordIndexer::PublicationTypes() {
  for (const PublicationType& type : record_.publication_types) {
    AddText(type.name, kPartIndexing);
    AddKey(KeySpace::kPublicationTypeNoexp, type.name);
    for (std::string& name : Above(type.name)) AddFoldedKey(KeySpace::kPublicationType, std::move(name));
  }
}

void RecordIndexer::People() {
  const Author* first = nullptr;
  const Author* last = nullptr;
  for (const Author& author : record_.authors) {
    Person(author);
    if (author.role != PersonRole::kAuthor || author.last_name.empty()) continue;
    if (first == nullptr) first = &author;
    last = &author;
  }
  if (first != nullptr) AddFoldedKey(KeySpace::kAuthorFirst, FoldName(first->last_name + " " + first->initials));
  if (last != nullptr) AddFoldedKey(KeySpace::kAuthorLast, FoldName(last->last_name + " " + last->initials));
}

void RecordIndexer::Person(const Author& author) {
  const std::string name = author.last_name + " " + author.initials;
  const std::string full = author.last_name + " " + author.fore_name;
  AddText(full, kPartOther);
  AddText(author.collective_name, kPartIndexing);
  AddKey(KeySpace::kCorporateAuthor, author.collective_name);
  AddKey(KeySpace::kAuthorId, author.orcid);
  for (const ExternalIdentifier& identifier : author.identifiers) AddKey(KeySpace::kAuthorId, identifier.value);
  for (const Affiliation& affiliation : author.affiliations) AddText(affiliation.text, kPartAffiliation);
  if (author.last_name.empty()) return;
  if (author.role == PersonRole::kEditor) return AddFoldedKey(KeySpace::kEditor, FoldName(name));
  const bool investigator = author.role == PersonRole::kInvestigator;
  AddFoldedKey(investigator ? KeySpace::kInvestigator : KeySpace::kAuthor, FoldName(name));
  const KeySpace fulls = investigator ? KeySpace::kInvestigatorFull : KeySpace::kAuthorFull;
  AddFoldedKey(fulls, FoldName(full));
  AddFoldedKey(fulls, FoldName(author.fore_name + " " + author.last_name));
}

void RecordIndexer::Source() {
  const Journal& journal = record_.journal;
  for (const std::string* name : {&journal.title, &journal.iso_abbreviation, &journal.medline_ta, &journal.issn_print,
                                  &journal.issn_electronic, &journal.issn_linking}) {
    AddKey(KeySpace::kJournal, *name);
    AddText(*name, kPartOther);
  }
  AddKey(KeySpace::kJournalId, journal.nlm_unique_id);
  AddKey(KeySpace::kPlace, journal.country);
  AddKey(KeySpace::kVolume, journal.volume);
  AddKey(KeySpace::kIssue, journal.issue);
  // PubMed's [pg] is the first page.
  AddKey(KeySpace::kPagination,
         record_.start_page.empty() ? record_.pages.substr(0, record_.pages.find('-')) : record_.start_page);
  for (const std::string& language : record_.languages) AddFoldedKey(KeySpace::kLanguage, LanguageCode(language));
  if (!record_.book) return;
  AddKey(KeySpace::kBook, record_.book->title);
  AddKey(KeySpace::kPublisher, record_.book->publisher);
  for (const std::string& isbn : record_.book->isbns) AddFoldedKey(KeySpace::kIsbn, ReplaceAll(FoldKey(isbn), " ", ""));
}

void RecordIndexer::Identifiers() {
  if (record_.source == "pubmed") AddKey(KeySpace::kPmid, record_.source_id);
  for (const Identifier& identifier : record_.identifiers) {
    AddText(identifier.value, kPartOther);
    if (identifier.scheme == "pmid") {
      AddKey(KeySpace::kPmid, identifier.value);
      continue;
    }
    AddKey(KeySpace::kArticleId, identifier.value);
    if (identifier.origin == "ELocationID") AddKey(KeySpace::kLocationId, identifier.value);
  }
  for (const DataBankAccession& accession : record_.accessions) {
    AddText(accession.bank + " " + accession.accession, kPartIndexing);
    AddKey(KeySpace::kSecondarySource, accession.bank + " " + accession.accession);
    AddKey(KeySpace::kSecondarySource, accession.accession);
    AddKey(KeySpace::kSecondarySource, accession.bank);
  }
  for (const Grant& grant : record_.grants) {
    AddText(grant.id + " " + grant.acronym + " " + grant.agency + " " + grant.country, kPartOther);
    for (const std::string* part : {&grant.id, &grant.acronym, &grant.agency, &grant.country})
      AddKey(KeySpace::kGrant, *part);
  }
  for (const OtherName& name : record_.other_names) {
    AddText(name.value, kPartOther);
    if (name.kind == "personal-name-subject") AddKey(KeySpace::kPersonalNameSubject, name.value);
  }
  for (const RelatedRecord& related : record_.related) AddText(related.note, kPartIndexing);
}

void RecordIndexer::Substances() {
  for (const Chemical& chemical : record_.chemicals) {
    AddText(chemical.name, kPartIndexing);
    AddKey(KeySpace::kSupplementaryConcept, chemical.name);
    if (chemical.registry_number != "0") AddKey(KeySpace::kRegistryNumber, chemical.registry_number);
  }
  for (const SupplementaryConcept& concept_name : record_.supplementary_concepts) {
    AddText(concept_name.name, kPartIndexing);
    AddKey(KeySpace::kSupplementaryConcept, concept_name.name);
  }
}

void RecordIndexer::Filters() {
  const auto add = [this](bool holds, std::string_view name) {
    if (holds) AddFoldedKey(KeySpace::kFilter, std::string(name));
  };
  const auto related = [this](std::string_view type) {
    return std::any_of(record_.related.begin(), record_.related.end(),
                       [&](const RelatedRecord& r) { return r.ref_type == type; });
  };
  const bool keywords = !record_.keywords.empty();
  add(true, "all");
  add(!record_.abstract_sections.empty(), "hasabstract");
  add(related("RetractionIn"), "hasretractionin");
  add(related("ErratumIn"), "haserratumin");
  add(related("ExpressionOfConcernIn"), "hasexpressionofconcernin");
  add(related("UpdateIn"), "hasupdatein");
  add(!record_.coi_statement.empty(), "hascois");
  add(keywords, "haskeyword");
  add(keywords, "haskeywords");
  add(!record_.accessions.empty(), "hasdatabanklist");
  add(record_.indexing_method == "Automated", "indexingmethod automated");
  add(record_.indexing_method == "Curated", "indexingmethod curated");
  add(record_.publication_status == "aheadofprint", "pubstatusaheadofprint");
  add(record_.status == "MEDLINE", "medline");
  add(record_.status == "PubMed-not-MEDLINE", "pubmednotmedline");
  add(record_.status == "In-Process" || record_.status == "In-Data-Review", "inprocess");
  add(record_.status == "Publisher", "publisher");
  add(record_.status == "OLDMEDLINE", "oldmedline");
  add(record_.type == RecordType::kBook, "pubmed books");
}

int RecordIndexer::Day(std::string_view kind) const {
  const PartialDate* date = record_.Date(kind);
  if (date == nullptr) return 0;
  std::string iso = date->iso;
  std::replace(iso.begin(), iso.end(), '-', '/');
  const auto point = ParseDatePoint(iso);
  return point ? FirstDay(*point) : 0;
}

void RecordIndexer::Days() {
  RecordDays& days = out_.days_;
  days.print = Day("print");
  days.electronic = Day("electronic");
  days.completed = Day("completed");
  days.created = Day("entrez");  // PubMed's CRDT is the history's "entrez", its EDAT the history's "pubmed".
  days.entry = Day("pubmed");
  days.mesh = Day("medline");
  days.modified = Day("revised");
  if (days.print != 0 || days.electronic != 0) return;
  const PartialDate* published = record_.PublicationDate();
  if (published == nullptr) return;
  std::string iso = published->iso;
  std::replace(iso.begin(), iso.end(), '-', '/');
  if (const auto point = ParseDatePoint(iso)) days.fallback = FirstDay(*point);
}

void RecordIndexer::AddText(std::string_view text, std::uint32_t parts) {
  if (!text.empty()) AddWords(FoldWords(text), parts);
}

void RecordIndexer::AddWords(const std::vector<std::string>& words, std::uint32_t parts) {
  if (words.empty()) return;
  const auto text = static_cast<std::uint32_t>(out_.parts_of_text_.size());
  out_.parts_of_text_.push_back(parts);
  if (!out_.sequence_.empty()) {
    out_.sequence_.push_back(SearchableRecord::kBoundary);
    out_.text_of_.push_back(text);
  }
  for (const std::string& word : words) {
    tokens_.push_back({SearchableRecord::HeadOf(word), static_cast<std::uint32_t>(letters_.size()),
                       static_cast<std::uint32_t>(word.size()), static_cast<std::uint32_t>(out_.sequence_.size()),
                       parts});
    letters_ += word;
    out_.sequence_.push_back(0);  // The entry's number, once all are sorted.
    out_.text_of_.push_back(text);
  }
}

void RecordIndexer::AddKey(KeySpace space, std::string_view text) {
  if (!text.empty()) AddFoldedKey(space, FoldKey(text));
}

void RecordIndexer::AddFoldedKey(KeySpace space, std::string key) {
  if (!key.empty()) out_.keys_[static_cast<std::size_t>(space)].push_back(std::move(key));
}

void RecordIndexer::Finish() {
  const auto word_of = [this](const Token& token) { return std::string_view(letters_).substr(token.text, token.size); };
  std::sort(tokens_.begin(), tokens_.end(), [&](const Token& a, const Token& b) {
    if (a.head != b.head) return a.head < b.head;
    const int order = a.size <= 8 && b.size <= 8 ? 0 : word_of(a).compare(word_of(b));
    if (order != 0) return order < 0;
    return a.position < b.position;
  });
  out_.positions_.reserve(tokens_.size());
  for (const Token& token : tokens_) {
    if (out_.entries_.empty() || out_.WordOf(out_.entries_.back()) != word_of(token)) {
      SearchableRecord::Entry entry;
      entry.text = static_cast<std::uint32_t>(out_.letters_.size());
      entry.head = token.head;
      entry.size = token.size;
      entry.first = static_cast<std::uint32_t>(out_.positions_.size());
      out_.letters_ += word_of(token);
      out_.entries_.push_back(entry);
    }
    SearchableRecord::Entry& entry = out_.entries_.back();
    ++entry.count;
    entry.parts |= token.parts;
    out_.positions_.push_back(token.position);
    out_.sequence_[token.position] = static_cast<std::uint32_t>(out_.entries_.size() - 1);
  }
  for (std::vector<std::string>& keys : out_.keys_) {
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  }
}

}  // namespace litmill::search
