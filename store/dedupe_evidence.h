// SPDX-License-Identifier: Apache-2.0
// Two records side by side, field by field: what agrees, what differs, what cannot be compared. No verdict here.
#pragma once

#include <string_view>

#include "store/dedupe_form.h"

namespace litmill::store {

enum class Match {
  kUnknown,  ///< One of the two has nothing to compare, or nothing that can be relied upon.
  kSame,
  kClose,  ///< Neither the same nor clearly different.
  kDiffers,
};

struct Evidence {
  Match pmid = Match::kUnknown, pmcid = Match::kUnknown, doi = Match::kUnknown, other_identifier = Match::kUnknown;
  /// The identifier that they share, and its scheme; empty when none.
  std::string_view shared_scheme, shared_value;
  TitleComparison title;
  bool is_informative = false;  ///< Both titles mean one publication.
  bool is_serial = false;       ///< Such a title returns in every issue or year.
  bool is_translation = false;  ///< One title is marked as translated, or the two are in different languages.
  bool nobody_named = false;    ///< Neither has authors.
  Match authors = Match::kUnknown;
  double authors_score = -1;
  Match journal = Match::kUnknown, volume = Match::kUnknown, issue = Match::kUnknown;
  Match pages = Match::kUnknown;  ///< kClose: the same start, another end.
  bool is_page_range = false;     ///< Both give a first and a last page, and more than one page.
  Match year = Match::kUnknown;   ///< kClose: one year apart.
  Match abstract_text = Match::kUnknown;
  double abstract_score = -1;
};

[[nodiscard]] Evidence Compare(const RecordForm& a, const RecordForm& b);

/// False when the titles differ and neither an identifier nor the place in print is shared: most pairs of a block. The
/// cheap question before Compare.
[[nodiscard]] bool AreWorthComparing(const RecordForm& a, const RecordForm& b);

[[nodiscard]] DedupeScores ScoresOf(const Evidence& evidence);

/// Names of a journal as FoldJournal makes them: "n engl j med" and "new england journal medicine".
[[nodiscard]] bool IsSameJournalName(std::string_view a, std::string_view b);

}  // namespace litmill::store
