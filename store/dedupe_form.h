// SPDX-License-Identifier: Apache-2.0
// The form of a source record in which it is compared: folded, parsed, small. All text is in a TextArena.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/dedupe.h"
#include "store/dedupe_title.h"

namespace litmill::store {

/// Owns text that is never freed one by one.
class TextArena {
 public:
  /// The copy lives as long as the arena, wherever the arena is moved.
  std::string_view Keep(std::string_view text);

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t used_ = 0, size_ = 0;
};

/// Folded names; both may be empty. A group's name is in `last`.
struct AuthorForm {
  std::string_view last, given;
};

/// "s123-34" is prefix "s", start 123, end 134.
struct PagesForm {
  std::string_view prefix;
  std::uint64_t start = 0, end = 0;
  bool is_known = false;
};

/// What a record is, as far as its types, identifiers, journal and title say.
enum RecordTrait : std::uint32_t {
  kTraitPreprint = 1U << 0U,
  kTraitConference = 1U << 1U,  ///< An abstract or a paper of a meeting.
  kTraitArticle = 1U << 2U,     ///< Says that it is a journal article.
  kTraitProtocol = 1U << 3U,
  kTraitRegistration = 1U << 4U,  ///< Of a trial, in a register.
  kTraitNotice = 1U << 5U,
  kTraitReply = 1U << 6U,
  kTraitOtherKind = 1U << 8U,        ///< A thesis, report, book, patent or data set.
  kTraitMeetingAbstract = 1U << 7U,  ///< One page of a supplement, or a journal's entry for a meeting.
};

struct RecordForm {
  std::string_view source, source_id;
  std::size_t source_rank = 0;
  bool is_deleted = false;
  std::uint32_t traits = 0;
  std::vector<std::string_view> pmids, pmcids, dois;  ///< Sorted.
  std::vector<std::string_view> other_identifiers;    ///< "scheme:value", sorted.
  std::string_view title, vernacular_title;           ///< Folded.
  bool title_is_translated = false;
  std::vector<AuthorForm> authors;
  bool authors_complete = true;
  int year_print = 0, year_electronic = 0;
  std::vector<std::string_view> journals;  ///< Folded, without articles, places and years.
  std::vector<std::string_view> issns;     ///< Sorted.
  std::string_view volume, issue;          ///< The leading number, or the folded text where there is none.
  bool issue_is_supplement = false;
  PagesForm pages;
  /// The smallest hashes of the abstract's runs of four words, sorted, and how many such runs it has.
  std::vector<std::uint32_t> sketch;
  std::uint32_t abstract_size = 0;
};

[[nodiscard]] RecordForm MakeForm(const DedupeRecord& record, TextArena& arena);

/// The order of preference: database, then identifier there.
[[nodiscard]] bool ComesBefore(const RecordForm& a, const RecordForm& b);

/// Parts of MakeForm that have rules of their own.
[[nodiscard]] PagesForm ParsePages(std::string_view pages, TextArena& arena);
/// "38 (Supplement 1)" is 38, "Suppl. 2" is "suppl 2", "1)" and "n/a" are nothing.
[[nodiscard]] std::string FoldVolume(std::string_view volume);
/// The names under which a journal or a conference may stand: "A = B", "A: B", "A [B]" and "51st A, B" give several.
[[nodiscard]] std::vector<std::string> FoldJournal(std::string_view journal);

}  // namespace litmill::store
