// SPDX-License-Identifier: Apache-2.0
// The records the stand-in serves, and what a search can see of them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace litmill::services {

/// Where a word may stand. kAll is everything searchable; words of different places never form one phrase.
enum class TextField { kTitle, kAbstract, kTitleAbstract, kKeywords, kAffiliation, kAuthor, kAll };
inline constexpr std::size_t kTextFieldCount = 7;

/// Values matched whole (normalised as words joined by one space).
enum class ListField {
  kMesh,
  kMajor,
  kSubheading,
  kSubstance,
  kRegistryNumber,
  kPublicationType,
  kLanguage,
  kJournal,
  kIdentifier,
  kDataBank,
  kGrant,
  kSubset,
};
inline constexpr std::size_t kListFieldCount = 12;

enum class DateField { kPublication, kEntry, kCreation, kMesh, kRevised, kCompleted };
inline constexpr std::size_t kDateFieldCount = 6;

using WordId = std::uint32_t;
inline constexpr WordId kGap = 0;  ///< Stands between two places, so that no phrase crosses.

struct SummaryFacts {
  std::string title, journal, publication_date, electronic_date, volume, issue, pages, doi, pmc, status;
  std::vector<std::string> authors, publication_types, languages;
};

struct StoredRecord {
  std::uint32_t pmid = 0;
  int version = 1;
  std::string
      xml;  ///< <PubmedArticle>...</PubmedArticle> or <PubmedBookArticle>...</PubmedBookArticle>, byte for byte.
  std::vector<WordId> text[kTextFieldCount];
  std::vector<std::string> lists[kListFieldCount];
  std::vector<int> dates[kDateFieldCount];  ///< As yyyymmdd; a missing month or day counts as 01.
  SummaryFacts summary;
};

struct LoadResult {
  std::size_t added = 0, replaced = 0, deleted = 0;
  std::vector<std::string> problems;  ///< Slices that are no record (no PMID, not well-formed); they are not served.
};

struct RecordNodes;

/// Keeps one version of each PMID: the highest, and of equal versions the one loaded last. Not thread-safe.
class PubmedRecords {
 public:
  /// Slices `xml` into records and takes them; a DeleteCitation in it removes records, as in an update file.
  LoadResult Load(std::string_view xml);
  bool Erase(std::uint32_t pmid) { return records_.erase(pmid) > 0; }

  [[nodiscard]] const std::map<std::uint32_t, StoredRecord>& records() const { return records_; }
  [[nodiscard]] const StoredRecord* Find(std::uint32_t pmid) const;

  /// The ids of the word, or of all words that begin with it; ascending.
  [[nodiscard]] std::vector<WordId> Words(std::string_view word, bool is_prefix) const;

 private:
  bool Take(std::string_view slice, LoadResult* result);
  void AddText(StoredRecord* record, TextField field, std::string_view text);
  void IndexTexts(const RecordNodes& nodes, StoredRecord* record);
  void IndexHeadings(const RecordNodes& nodes, StoredRecord* record);

  std::map<std::uint32_t, StoredRecord> records_;
  std::map<std::string, WordId, std::less<>> vocabulary_;
};

/// Lower-case words of `text` as the stand-in indexes them: letters and digits, Latin-1 accents folded, all else
/// separates.
[[nodiscard]] std::vector<std::string> SplitWords(std::string_view text);
/// SplitWords joined by one space; '/' is kept, because it joins a heading and its qualifier.
[[nodiscard]] std::string Normalise(std::string_view text);
/// "2003/04/05", "2003/4", "2003" as yyyymmdd; with `is_end` a missing part is the last of its kind. 0 = no date.
[[nodiscard]] int ParseSearchDate(std::string_view text, bool is_end);

}  // namespace litmill::services
