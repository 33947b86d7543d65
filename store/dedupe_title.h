// SPDX-License-Identifier: Apache-2.0
// Titles as de-duplication compares them: folded to words, freed of markup and of what is said about the publication
// ("RETRACTED:", "Erratum to"), and never equal because both are empty.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace litmill::store {

/// What the front of a title says of the publication.
enum class TitleKind { kPlain, kNotice, kReply };

struct FoldedTitle {
  std::string words;  ///< Folded, one space between them; empty when there is no title.
  TitleKind kind = TitleKind::kPlain;
  bool is_translated = false;  ///< It stands in square brackets, as PubMed and Embase print translated titles.
  bool is_protocol = false;    ///< It calls itself a protocol.
  bool is_abstract = false;    ///< A database noted that it is a meeting's abstract.
};

[[nodiscard]] FoldedTitle FoldTitle(std::string_view title);

/// From like to unlike.
enum class TitleMatch {
  kUnknown,    ///< One of the two is empty.
  kSame,       ///< The same words; articles and hyphens may differ.
  kNear,       ///< The same but for misprints and spelling.
  kContained,  ///< One is the beginning or the end of the other: a subtitle is missing.
  kOverlap,    ///< Many words in common.
  kDifferent,
};

struct TitleComparison {
  TitleMatch match = TitleMatch::kUnknown;
  double score = -1;
  /// They differ in a number, a part ("II"), a dose or in words of opposite meaning: two studies, however alike.
  bool conflicts = false;
};

/// `a` and `b` as FoldTitle makes them.
[[nodiscard]] TitleComparison CompareTitles(std::string_view a, std::string_view b);

/// Long and special enough to mean one publication when authors and year agree ("Editorial", "Book review" are not).
[[nodiscard]] bool IsInformativeTitle(std::string_view words);

/// It begins as titles do that return in every issue or year ("Editorial", "Introduction to", "Abstracts of").
[[nodiscard]] bool IsSerialTitle(std::string_view words);

/// "en", "de", "fr", "es", "pt", "it" by its small words; empty when they do not tell.
[[nodiscard]] std::string_view LanguageOf(std::string_view words);

[[nodiscard]] std::vector<std::string_view> SplitWords(std::string_view words);
[[nodiscard]] bool IsStopWord(std::string_view word);
/// `text` without its spaces.
[[nodiscard]] std::string JoinWords(std::string_view text);

/// Levenshtein distance over bytes, or `limit` + 1 when it is more than `limit`.
[[nodiscard]] std::size_t EditDistance(std::string_view a, std::string_view b, std::size_t limit);

}  // namespace litmill::store
