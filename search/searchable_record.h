// SPDX-License-Identifier: Apache-2.0
// A record made ready for many searches: its words once folded and sorted, its headings with what is above them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/record.h"
#include "search/mesh_tree.h"

namespace litmill::search {

/// Where words stand. A text field of PubMed is a set of these.
enum TextPart : std::uint32_t {
  kPartTitle = 1U << 0U,
  kPartBookTitle = 1U << 1U,  ///< PubMed's collection title.
  kPartAbstract = 1U << 2U,
  kPartOtherAbstract = 1U << 3U,
  kPartKeyword = 1U << 4U,
  kPartIndexing =
      1U << 5U,  ///< Headings, subheadings, publication types, substances, ...: what [tw] has beyond [tiab].
  kPartVernacularTitle = 1U << 6U,
  kPartAffiliation = 1U << 7U,
  kPartConflict = 1U << 8U,
  kPartOther = 1U << 9U,  ///< Journal, authors, grants, identifiers: only [all].
};
inline constexpr std::uint32_t kEveryPart = (1U << 10U) - 1U;

/// What is compared as a whole, not by words.
enum class KeySpace {
  kMesh,       ///< Headings and, with a tree, all above them; "heading\x1Fsubheading" too.
  kMeshNoexp,  ///< Headings alone; "heading\x1Fsubheading" too.
  kMeshMajor,
  kMeshMajorNoexp,
  kSubheading,
  kPublicationType,
  kPublicationTypeNoexp,
  kLanguage,
  kJournal,
  kAuthor,
  kAuthorFirst,
  kAuthorLast,
  kAuthorFull,
  kAuthorId,
  kCorporateAuthor,
  kInvestigator,
  kInvestigatorFull,
  kEditor,
  kVolume,
  kIssue,
  kPagination,
  kArticleId,
  kLocationId,
  kPmid,
  kSecondarySource,
  kGrant,
  kPlace,
  kSupplementaryConcept,
  kRegistryNumber,
  kIsbn,
  kPublisher,
  kBook,
  kJournalId,
  kPersonalNameSubject,
  kFilter,
  kCount,
};

/// Days as YYYYMMDD; a date without month or day counts as its first, as in PubMed. 0 = the record has none.
struct RecordDays {
  int print = 0, electronic = 0, completed = 0, created = 0, entry = 0, mesh = 0, modified = 0;
  int fallback = 0;  ///< The publication date of a record that says neither print nor electronic.
};

class SearchableRecord {
 public:
  /// `tree` (null = none: headings alone) is used only here. The record is not kept.
  explicit SearchableRecord(const Record& record, const MeshTree* tree = nullptr);

  /// A run of words in the record.
  struct Hit {
    std::size_t position = 0;
    std::size_t length = 1;
  };

  /// Folded words one after the other within one text of `parts`; the last one may be a prefix.
  [[nodiscard]] std::optional<Hit> FindPhrase(const std::vector<std::string>& words, bool last_is_prefix,
                                              std::uint32_t parts) const;
  /// All of the words within one text, in any order, with at most `between` other words between the first and the last.
  [[nodiscard]] std::optional<Hit> FindNear(const std::vector<std::string>& words, int between,
                                            std::uint32_t parts) const;

  /// The key itself, or the first that begins with it; null when there is none.
  [[nodiscard]] const std::string* FindKey(KeySpace space, std::string_view key) const;
  [[nodiscard]] const std::string* FindKeyPrefix(KeySpace space, std::string_view prefix) const;
  [[nodiscard]] const std::vector<std::string>& Keys(KeySpace space) const {
    return keys_[static_cast<std::size_t>(space)];
  }

  [[nodiscard]] const RecordDays& days() const { return days_; }

  /// "title: magnesium sulfate": a hit for people.
  [[nodiscard]] std::string Describe(const Hit& hit) const;

 private:
  friend class RecordIndexer;
  struct Entry {
    std::uint64_t head = 0;              ///< HeadOf the word.
    std::uint32_t text = 0, size = 0;    ///< In letters_.
    std::uint32_t first = 0, count = 0;  ///< In positions_.
    std::uint32_t parts = 0;             ///< Where the word stands at all.
  };
  static constexpr std::uint32_t kBoundary = 0xFFFFFFFF;  ///< In sequence_, between two texts.

  /// The first eight bytes of `word` as a number that sorts as they do, so that most comparisons are one of numbers.
  /// Short words are filled up with zero bytes, which no folded word has.
  [[nodiscard]] static std::uint64_t HeadOf(std::string_view word) {
    std::uint64_t head = 0;
    for (std::size_t i = 0; i < 8; ++i)
      head = (head << 8U) | (i < word.size() ? static_cast<unsigned char>(word[i]) : 0U);
    return head;
  }
  [[nodiscard]] std::string_view WordOf(const Entry& entry) const {
    return std::string_view(letters_).substr(entry.text, entry.size);
  }
  [[nodiscard]] std::size_t LowerBound(std::string_view word) const;
  [[nodiscard]] std::optional<std::size_t> FindWord(std::string_view word) const;
  /// The entries [first, second) whose words begin with `prefix`.
  [[nodiscard]] std::pair<std::size_t, std::size_t> PrefixRange(std::string_view prefix) const;
  [[nodiscard]] std::uint32_t PartsAt(std::size_t position) const { return parts_of_text_[text_of_[position]]; }

  std::string letters_;
  std::vector<Entry> entries_;            ///< Sorted by word.
  std::vector<std::uint32_t> positions_;  ///< By entry, ascending: indices into sequence_.
  std::vector<std::uint32_t> sequence_;   ///< Entry at each position, texts separated by kBoundary.
  std::vector<std::uint32_t> text_of_;    ///< Number of the text at each position.
  std::vector<std::uint32_t> parts_of_text_;
  std::array<std::vector<std::string>, static_cast<std::size_t>(KeySpace::kCount)> keys_;  ///< Sorted, each once.
  RecordDays days_;
};

}  // namespace litmill::search
