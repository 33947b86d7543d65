// SPDX-License-Identifier: Apache-2.0
#include "search/fields.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "core/unicode.h"

namespace litmill::search {
namespace {

struct FieldRow {
  Field field;
  std::string_view tag;
  std::string_view name;
  std::string_view aliases;  ///< Further accepted spellings, separated by '|'; without spaces, in lower case.
};

// PubMed's tags, their long names and the names of the E-utilities' index (EInfo), which PubMed takes as tags too.
constexpr std::array kFields{
    FieldRow{Field::kAbstract, "ab", "Abstract", ""},
    FieldRow{Field::kAffiliation, "ad", "Affiliation", "affl"},
    FieldRow{Field::kAll, "all", "All Fields", ""},
    FieldRow{Field::kArticleId, "aid", "Article Identifier", "doi|pid"},
    FieldRow{Field::kAuthor, "au", "Author", "auth|authorname"},
    FieldRow{Field::kAuthorFirst, "1au", "Author - First", "firstauthorname|firstauthor|faut"},
    FieldRow{Field::kAuthorFull, "fau", "Author - Full", "fullauthorname|full"},
    FieldRow{Field::kAuthorId, "auid", "Author - Identifier", "authoridentifier"},
    FieldRow{Field::kAuthorLast, "lastau", "Author - Last", "lastauthorname|lastauthor|laut"},
    FieldRow{Field::kBook, "book", "Book", ""},
    FieldRow{Field::kConflictOfInterest, "cois", "Conflict of Interest Statements", "conflictofintereststatement"},
    FieldRow{Field::kCorporateAuthor, "cn", "Author - Corporate", "corporateauthor|coln"},
    FieldRow{Field::kDateCompleted, "dcom", "Date - Completion", "completiondate|cdat"},
    FieldRow{Field::kDateCreated, "crdt", "Date - Create", "createdate|creationdate"},
    FieldRow{Field::kDateElectronic, "epdat", "Electronic Publication Date", "epdt|electronicdateofpublication"},
    FieldRow{Field::kDateEntry, "edat", "Date - Entry", "entrydate|entrezdate"},
    FieldRow{Field::kDateMesh, "mhda", "Date - MeSH", "meshdate"},
    FieldRow{Field::kDateModified, "lr", "Date - Modification", "modificationdate|mdat|datelastrevised"},
    FieldRow{Field::kDatePrint, "ppdat", "Print Publication Date", "ppdt|printdateofpublication"},
    FieldRow{Field::kDatePublication, "dp", "Date - Publication", "publicationdate|pdat"},
    FieldRow{Field::kEditor, "ed", "Editor", ""},
    FieldRow{Field::kFilter, "sb", "Filter", "subset|filt"},
    FieldRow{Field::kGrant, "gr", "Grants and Funding", "grantnumber|grnt"},
    FieldRow{Field::kInvestigator, "ir", "Investigator", "invr"},
    FieldRow{Field::kInvestigatorFull, "fir", "Investigator - Full", "fullinvestigatorname|finv"},
    FieldRow{Field::kIsbn, "isbn", "ISBN", ""},
    FieldRow{Field::kIssue, "ip", "Issue", "iss"},
    FieldRow{Field::kJournal, "ta", "Journal", "jour|journaltitle"},
    FieldRow{Field::kJournalId, "jid", "NLM Unique ID", ""},
    FieldRow{Field::kLanguage, "la", "Language", "lang"},
    FieldRow{Field::kLocationId, "lid", "Location ID", ""},
    FieldRow{Field::kMesh, "mh", "MeSH Terms", "mesh|meshterm"},
    FieldRow{Field::kMeshMajor, "majr", "MeSH Major Topic", "mj"},
    FieldRow{Field::kMeshSubheading, "sh", "MeSH Subheading", "subheading|subh"},
    FieldRow{Field::kOtherTerm, "ot", "Other Term", "otrm"},
    FieldRow{Field::kPagination, "pg", "Pagination", "page"},
    FieldRow{Field::kPersonalNameSubject, "ps", "Subject - Personal Name", "personalnameassubject"},
    FieldRow{Field::kPharmacologicalAction, "pa", "Pharmacological Action", "papx"},
    FieldRow{Field::kPlaceOfPublication, "pl", "Place of Publication", "cnty"},
    FieldRow{Field::kPmid, "pmid", "PMID", "uid"},
    FieldRow{Field::kPublicationType, "pt", "Publication Type", "ptyp"},
    FieldRow{Field::kPublisher, "pubn", "Publisher", ""},
    FieldRow{Field::kRegistryNumber, "rn", "EC/RN Number", "ecno|registrynumber"},
    FieldRow{Field::kSecondarySource, "si", "Secondary Source ID", ""},
    FieldRow{Field::kSupplementaryConcept, "nm", "Supplementary Concept", "substancename|subs|substance"},
    FieldRow{Field::kTextWord, "tw", "Text Word", "textwords|word"},
    FieldRow{Field::kTitle, "ti", "Title", "titl"},
    FieldRow{Field::kTitleAbstract, "tiab", "Title/Abstract", ""},
    FieldRow{Field::kTransliteratedTitle, "tt", "Transliterated Title", ""},
    FieldRow{Field::kVolume, "vi", "Volume", "vol"},
};

/// Case and spaces mean nothing in a tag.
std::string Squeezed(std::string_view tag) {
  std::string out;
  for (const char c : AsciiLower(tag))
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') out.push_back(c);
  return out;
}

const std::unordered_map<std::string, Field>& TagTable() {
  static const auto* const table = [] {
    auto* built = new std::unordered_map<std::string, Field>;
    for (const FieldRow& row : kFields) {
      built->emplace(row.tag, row.field);
      built->emplace(Squeezed(row.name), row.field);
      std::string_view rest = row.aliases;
      while (!rest.empty()) {
        const std::size_t bar = std::min(rest.find('|'), rest.size());
        built->emplace(rest.substr(0, bar), row.field);
        rest.remove_prefix(std::min(bar + 1, rest.size()));
      }
    }
    return built;
  }();
  return *table;
}

const FieldRow* RowOf(Field field) {
  for (const FieldRow& row : kFields)
    if (row.field == field) return &row;
  return nullptr;
}

/// Levenshtein distance; both are short (a hostile tag is cut before it gets here).
std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string_view FieldTag(Field field) {
  const FieldRow* row = RowOf(field);
  return row == nullptr ? std::string_view() : row->tag;
}

std::string_view FieldName(Field field) {
  const FieldRow* row = RowOf(field);
  return row == nullptr ? std::string_view() : row->name;
}

std::optional<Field> FieldFromTag(std::string_view tag) {
  const auto& table = TagTable();
  const auto found = table.find(Squeezed(tag));
  if (found == table.end()) return std::nullopt;
  return found->second;
}

std::string NearestTag(std::string_view tag) {
  constexpr std::size_t kLongestTag = 40;
  const std::string wanted = Squeezed(tag.substr(0, kLongestTag));
  std::string best;
  std::size_t best_distance = wanted.size() <= 4 ? 2 : 3;  // Farther than this is another word, not a slip.
  for (const FieldRow& row : kFields) {
    for (const std::string_view known : {row.tag, row.name}) {
      const std::size_t distance = EditDistance(wanted, Squeezed(known));
      if (distance < best_distance && distance < wanted.size()) {
        best_distance = distance;
        best = row.tag;
      }
    }
  }
  return best;
}

const std::vector<Field>& AllFields() {
  static const auto* const all = [] {
    auto* built = new std::vector<Field>;
    for (const FieldRow& row : kFields) built->push_back(row.field);
    return built;
  }();
  return *all;
}

bool IsDateField(Field field) {
  switch (field) {
    case Field::kDateCompleted:
    case Field::kDateCreated:
    case Field::kDateElectronic:
    case Field::kDateEntry:
    case Field::kDateMesh:
    case Field::kDateModified:
    case Field::kDatePrint:
    case Field::kDatePublication:
      return true;
    default:
      return false;
  }
}

bool IsMeshField(Field field) { return field == Field::kMesh || field == Field::kMeshMajor; }

bool TakesProximity(Field field) {
  return field == Field::kTitle || field == Field::kTitleAbstract || field == Field::kAffiliation;
}

bool TakesNoexp(Field field) {
  return IsMeshField(field) || field == Field::kMeshSubheading || field == Field::kPublicationType;
}

bool IsTextField(Field field) {
  switch (field) {
    case Field::kNone:
    case Field::kAll:
    case Field::kTitle:
    case Field::kAbstract:
    case Field::kTitleAbstract:
    case Field::kTextWord:
    case Field::kOtherTerm:
    case Field::kTransliteratedTitle:
    case Field::kAffiliation:
      return true;
    default:
      return false;
  }
}

}  // namespace litmill::search
