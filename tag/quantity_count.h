// SPDX-License-Identifier: Apache-2.0
// Numbers that count people or studies, each with what the words around it say of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tag/quantity_reading.h"

namespace litmill::tag {

enum class CountNoun : std::uint8_t { kNone, kPeople, kStudies };

/// What was done with those counted.
enum class CountVerb : std::uint8_t {
  kNone,
  kRandomised,
  kEnrolled,
  kStudied,
  kPlanned,
  kAnalysed,
  kScreened,
  kHappened,  ///< They improved, had an event ...: some of those who took part.
  kLeft,      ///< They withdrew, died, were excluded.
};

struct Count {
  std::uint32_t start = 0;
  std::uint32_t end = 0;  ///< After the noun, when one is near.
  double value = 0;
  std::size_t sentence = 0;
  std::size_t number = 0;  ///< Into the numbers of the record.
  SectionRole role = SectionRole::kOther;
  CountNoun noun = CountNoun::kNone;
  CountVerb verb = CountVerb::kNone;
  bool in_title = false;
  bool is_labelled = false;    ///< "n = 40"
  bool is_said_total = false;  ///< "a total of 40"
  bool is_held = false;        ///< "in 40 women", "data from 40 patients"
  bool opens_sentence = false;
  bool follows_people_verb = false;  ///< "we randomised 40"
  bool is_arm = false;               ///< "40 in the placebo group", "placebo (n = 40)"
  bool is_part = false;              ///< "40 of 80", "40 (50%)"
  bool is_denominator = false;       ///< The 80 of "40 of 80"
  bool is_divided = false;           ///< The sentence goes on to divide them: "80 patients (A, n = 40; B, n = 40)"
};

/// Replaces `counts` by those of the record, in the order of their places.
void FindCounts(const QuantityReading& reading, std::vector<Count>& counts);

}  // namespace litmill::tag
