// SPDX-License-Identifier: Apache-2.0
#include "search/compiled_leaf.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "core/unicode.h"
#include "search/dates.h"
#include "search/filters.h"
#include "search/fold.h"
#include "search/languages.h"
#include "search/mesh_qualifiers.h"
#include "search/to_pubmed.h"
#include "search/words.h"

namespace litmill::search {
namespace {

constexpr std::uint32_t kTitleParts = kPartTitle | kPartBookTitle;
constexpr std::uint32_t kTiabParts = kTitleParts | kPartAbstract | kPartOtherAbstract | kPartKeyword;

std::uint32_t PartsOf(Field field) {
  switch (field) {
    case Field::kTitle:
      return kTitleParts;
    case Field::kAbstract:
      return kPartAbstract | kPartOtherAbstract;
    case Field::kTitleAbstract:
      return kTiabParts;
    case Field::kTextWord:
      return kTiabParts | kPartIndexing;
    case Field::kOtherTerm:
      return kPartKeyword;
    case Field::kTransliteratedTitle:
      return kPartVernacularTitle;
    case Field::kAffiliation:
      return kPartAffiliation;
    case Field::kConflictOfInterest:
      return kPartConflict;
    default:
      return kEveryPart;
  }
}

struct KeyField {
  Field field;
  KeySpace space;
  std::string_view name;
};

constexpr std::array kKeyFields{
    KeyField{Field::kMeshSubheading, KeySpace::kSubheading, "subheading"},
    KeyField{Field::kLanguage, KeySpace::kLanguage, "language"},
    KeyField{Field::kJournal, KeySpace::kJournal, "journal"},
    KeyField{Field::kAuthorId, KeySpace::kAuthorId, "author identifier"},
    KeyField{Field::kCorporateAuthor, KeySpace::kCorporateAuthor, "corporate author"},
    KeyField{Field::kVolume, KeySpace::kVolume, "volume"},
    KeyField{Field::kIssue, KeySpace::kIssue, "issue"},
    KeyField{Field::kPagination, KeySpace::kPagination, "first page"},
    KeyField{Field::kArticleId, KeySpace::kArticleId, "identifier"},
    KeyField{Field::kLocationId, KeySpace::kLocationId, "location"},
    KeyField{Field::kPmid, KeySpace::kPmid, "PMID"},
    KeyField{Field::kSecondarySource, KeySpace::kSecondarySource, "accession"},
    KeyField{Field::kGrant, KeySpace::kGrant, "grant"},
    KeyField{Field::kPlaceOfPublication, KeySpace::kPlace, "place"},
    KeyField{Field::kSupplementaryConcept, KeySpace::kSupplementaryConcept, "substance"},
    KeyField{Field::kRegistryNumber, KeySpace::kRegistryNumber, "registry number"},
    KeyField{Field::kIsbn, KeySpace::kIsbn, "ISBN"},
    KeyField{Field::kPublisher, KeySpace::kPublisher, "publisher"},
    KeyField{Field::kBook, KeySpace::kBook, "book"},
    KeyField{Field::kJournalId, KeySpace::kJournalId, "journal identifier"},
    KeyField{Field::kPersonalNameSubject, KeySpace::kPersonalNameSubject, "subject"},
};

constexpr std::array kNameFields{
    KeyField{Field::kAuthor, KeySpace::kAuthor, "author"},
    KeyField{Field::kAuthorFirst, KeySpace::kAuthorFirst, "first author"},
    KeyField{Field::kAuthorLast, KeySpace::kAuthorLast, "last author"},
    KeyField{Field::kAuthorFull, KeySpace::kAuthorFull, "author"},
    KeyField{Field::kEditor, KeySpace::kEditor, "editor"},
    KeyField{Field::kInvestigator, KeySpace::kInvestigator, "investigator"},
    KeyField{Field::kInvestigatorFull, KeySpace::kInvestigatorFull, "investigator"},
};

/// The day `period` before `today`, as YYYYMMDD.
int DayBefore(const DatePoint& today, const RelativePeriod& period) {
  using std::chrono::days;
  using std::chrono::months;
  using std::chrono::years;
  const std::chrono::year_month_day now{std::chrono::year(today.year),
                                        std::chrono::month(static_cast<unsigned>(std::max(today.month, 1))),
                                        std::chrono::day(static_cast<unsigned>(std::max(today.day, 1)))};
  std::chrono::year_month_day then = now;
  if (period.unit == PeriodUnit::kDays) {
    then = std::chrono::sys_days(now) - days(period.count);
  } else {
    then = period.unit == PeriodUnit::kMonths ? now - months(period.count) : now - years(period.count);
    if (!then.ok()) then = then.year() / then.month() / std::chrono::last;
  }
  return static_cast<int>(then.year()) * 10000 + static_cast<int>(static_cast<unsigned>(then.month())) * 100 +
         static_cast<int>(static_cast<unsigned>(then.day()));
}

class LeafCompiler {
 public:
  LeafCompiler(const Node& leaf, const EvaluationOptions& options, std::vector<EvaluationNote>& notes)
      : node_(leaf), options_(options), notes_(notes) {}

  CompiledLeaf Run() {
    if (const DateRange* range = node_.AsDateRange()) {
      Date(*range);
    } else if (const Term* term = node_.AsTerm()) {
      Compile(*term);
    } else {
      Note("a line reference must be resolved before matching; it never matches");
    }
    return std::move(leaf_);
  }

 private:
  void Date(const DateRange& range) {
    leaf_.kind = CompiledLeaf::Kind::kDate;
    leaf_.date_field = range.field;
    leaf_.first_day = IsOpenStart(range.from) ? 1 : FirstDay(range.from);
    leaf_.last_day = LastDay(range.to);
    if (!range.period) return;
    if (options_.today.year == 0) {
      leaf_.kind = CompiledLeaf::Kind::kNever;
      return Note("the day of the search is not known here; the clause never matches");
    }
    leaf_.first_day = DayBefore(options_.today, *range.period);
    leaf_.last_day = LastDay({3000, 0, 0});
  }

  void Compile(const Term& term) {
    switch (term.field) {
      case Field::kUnknown:
        return Note("PubMed has no such field; the clause never matches");
      case Field::kMesh:
      case Field::kMeshMajor:
        return Heading(term);
      case Field::kPublicationType:
        return Key(term, term.explode ? KeySpace::kPublicationType : KeySpace::kPublicationTypeNoexp,
                   "publication type");
      case Field::kFilter:
        return Filter(term);
      case Field::kPharmacologicalAction:
        return Note("pharmacological actions are not in a record; the clause never matches");
      default:
        break;
    }
    for (const KeyField& row : kKeyFields)
      if (row.field == term.field) return Key(term, row.space, row.name);
    for (const KeyField& row : kNameFields)
      if (row.field == term.field) return Name(term, row);
    if (term.field == Field::kNone && IsBareFilter(term.text)) return Filter(term);
    Text(term);
  }

  void Heading(const Term& term) {
    if (term.proximity) return Note("PubMed finds nothing with proximity on headings; neither does this clause");
    const bool major = term.field == Field::kMeshMajor;
    const KeySpace exploded = major ? KeySpace::kMeshMajor : KeySpace::kMesh;
    const KeySpace alone = major ? KeySpace::kMeshMajorNoexp : KeySpace::kMeshNoexp;
    Key(term, term.explode ? exploded : alone, major ? "major heading" : "heading");
    if (term.subheading.empty() || leaf_.kind == CompiledLeaf::Kind::kNever) return;
    if (leaf_.kind == CompiledLeaf::Kind::kKeyPrefix) {
      leaf_.kind = CompiledLeaf::Kind::kNever;
      return Note("a truncated heading with a subheading never matches");
    }
    leaf_.key += "\x1F" + FoldKey(SubheadingName(term.subheading));
  }

  void Key(const Term& term, KeySpace space, std::string_view name) {
    leaf_.space = space;
    leaf_.found_as = std::string(name);
    leaf_.key = FoldKey(term.text);
    if (space == KeySpace::kLanguage && !term.Truncated()) leaf_.key = LanguageCode(term.text);
    if (space == KeySpace::kSubheading && !term.Truncated()) leaf_.key = FoldKey(SubheadingName(term.text));
    if (space == KeySpace::kIsbn) leaf_.key = ReplaceAll(leaf_.key, " ", "");
    leaf_.kind = term.Truncated() ? CompiledLeaf::Kind::kKeyPrefix : CompiledLeaf::Kind::kKey;
    if (leaf_.key.empty()) Nothing();
  }

  void Name(const Term& term, const KeyField& row) {
    leaf_.kind = CompiledLeaf::Kind::kName;
    leaf_.space = row.space;
    leaf_.found_as = std::string(row.name);
    leaf_.key = FoldName(term.text);
    leaf_.truncate_initials = !term.quoted || term.Truncated();
    if (term.Truncated()) leaf_.kind = CompiledLeaf::Kind::kKeyPrefix;
    if (leaf_.key.empty()) Nothing();
  }

  void Filter(const Term& term) {
    Key(term, KeySpace::kFilter, "filter");
    if (leaf_.kind == CompiledLeaf::Kind::kKey && !IsRecordFilter(leaf_.key)) {
      leaf_.kind = CompiledLeaf::Kind::kNever;
      Note("this filter is computed by PubMed and not in a record; the clause never matches");
    }
  }

  void Text(const Term& term) {
    leaf_.parts = PartsOf(term.field);
    leaf_.words = FoldWords(term.text);
    if (leaf_.words.empty()) return Nothing();
    leaf_.last_is_prefix = Prefix(term.text);
    leaf_.kind = CompiledLeaf::Kind::kPhrase;
    if (term.field == Field::kNone) {
      if (!term.quoted && leaf_.words.size() > 1) leaf_.kind = CompiledLeaf::Kind::kEveryWord;
      if (!leaf_.last_is_prefix)
        Note(
            "PubMed maps an untagged term to headings, journals and authors; here its words are searched in all "
            "fields");
    }
    if (!term.proximity) return;
    if (leaf_.last_is_prefix)
      return Note("PubMed ignores the proximity of a phrase with a wildcard; so does this clause");
    if (!TakesProximity(term.field))
      return Note(fmt::format("[{}] has no proximity in PubMed; the phrase is searched", FieldTag(term.field)));
    leaf_.kind = CompiledLeaf::Kind::kNear;
    leaf_.between = *term.proximity;
  }

  /// A final asterisk right behind a letter or figure. Anywhere else it is a sign that separates words.
  bool Prefix(std::string_view text) {
    const std::size_t star = text.find('*');
    if (star == std::string_view::npos) return false;
    if (star != text.size() - 1 ||
        FoldWords(text.substr(0, star)).size() != FoldWords(std::string(text.substr(0, star)) + "x").size()) {
      Note("an asterisk that is not at the end of the last word is not a wildcard");
      return false;
    }
    return true;
  }

  void Nothing() {
    leaf_.kind = CompiledLeaf::Kind::kNever;
    Note("there is no word in it to search for; the clause never matches");
  }

  void Note(std::string message) { notes_.push_back({node_.span, ToPubMed(node_), std::move(message)}); }

  const Node& node_;
  const EvaluationOptions& options_;
  std::vector<EvaluationNote>& notes_;
  CompiledLeaf leaf_;
};

bool DateMatches(const CompiledLeaf& leaf, const RecordDays& days, std::string* evidence) {
  const auto in = [&](int day, std::string_view name) {
    if (day == 0 || day < leaf.first_day || day > leaf.last_day) return false;
    if (evidence != nullptr)
      *evidence = fmt::format("{}: {:04}-{:02}-{:02}", name, day / 10000, day / 100 % 100, day % 100);
    return true;
  };
  switch (leaf.date_field) {
    case Field::kDatePublication:
      return in(days.print, "print date") || in(days.electronic, "electronic date") ||
             in(days.fallback, "publication date");
    case Field::kDatePrint:
      return in(days.print, "print date");
    case Field::kDateElectronic:
      return in(days.electronic, "electronic date");
    case Field::kDateCompleted:
      return in(days.completed, "completed");
    case Field::kDateCreated:
      return in(days.created, "created");
    case Field::kDateEntry:
      return in(days.entry, "entered");
    case Field::kDateMesh:
      return in(days.mesh, "indexed");
    case Field::kDateModified:
      return in(days.modified, "modified");
    default:
      return false;
  }
}

/// "smith" finds every Smith; "smith j" also "smith ja", when the initials may be cut.
const std::string* FindName(const CompiledLeaf& leaf, const SearchableRecord& record) {
  if (const std::string* exact = record.FindKey(leaf.space, leaf.key)) return exact;
  const bool surname_only = leaf.key.find(' ') == std::string::npos;
  if (surname_only || leaf.truncate_initials) {
    if (const std::string* longer = record.FindKeyPrefix(leaf.space, leaf.key + " ")) return longer;
  }
  const std::size_t initials = leaf.key.size() - (leaf.key.rfind(' ') + 1);
  if (leaf.truncate_initials && !surname_only && initials <= 2) return record.FindKeyPrefix(leaf.space, leaf.key);
  return nullptr;
}

}  // namespace

bool CompiledLeaf::Matches(const SearchableRecord& record, std::string* evidence) const {
  const auto key_found = [&](const std::string* found) {
    if (found != nullptr && evidence != nullptr) *evidence = found_as + ": " + ReplaceAll(*found, "\x1F", "/");
    return found != nullptr;
  };
  const auto text_found = [&](const std::optional<SearchableRecord::Hit>& hit) {
    if (hit && evidence != nullptr) *evidence = record.Describe(*hit);
    return hit.has_value();
  };
  switch (kind) {
    case Kind::kNever:
      return false;
    case Kind::kPhrase:
      return text_found(record.FindPhrase(words, last_is_prefix, parts));
    case Kind::kNear:
      return text_found(record.FindNear(words, between, parts));
    case Kind::kEveryWord:
      for (std::size_t i = 0; i < words.size(); ++i)
        if (!text_found(record.FindPhrase({words[i]}, last_is_prefix && i + 1 == words.size(), parts))) return false;
      return true;
    case Kind::kKey:
      return key_found(record.FindKey(space, key));
    case Kind::kKeyPrefix:
      return key_found(record.FindKeyPrefix(space, key));
    case Kind::kName:
      return key_found(FindName(*this, record));
    case Kind::kDate:
      return DateMatches(*this, record.days(), evidence);
  }
  return false;
}

CompiledLeaf CompileLeaf(const Node& leaf, const EvaluationOptions& options, std::vector<EvaluationNote>& notes) {
  return LeafCompiler(leaf, options, notes).Run();
}

}  // namespace litmill::search
