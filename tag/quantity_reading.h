// SPDX-License-Identifier: Apache-2.0
// The record in hand while its quantities are read: the text, its numbers, and what was found so far.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "core/tagged_record.h"
#include "tag/analysis.h"
#include "tag/quantity_numbers.h"

namespace litmill::tag {

/// A quantity with its place in the buffer; field, place and text of `quantity` are filled in at the end.
struct PlacedQuantity {
  Quantity quantity;
  std::uint32_t start = 0;
  std::uint32_t end = 0;
};

/// The numbers [first, last) that stand in a sentence.
struct SentenceNumbers {
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  SectionRole role = SectionRole::kOther;
  FieldKind field = FieldKind::kTitle;
  std::size_t first = 0;
  std::size_t last = 0;
};

/// Reused from record to record, one per thread.
struct QuantityReading {
  std::string_view text;  ///< The buffer of the JoinedText.
  std::vector<Number> numbers;
  std::vector<SentenceNumbers> sentences;  ///< Only those with numbers.
  std::vector<Candidate> agents;           ///< Mentions of what can be given, by start.
  std::vector<PlacedQuantity> found;

  PlacedQuantity& Add(const char* kind, std::uint32_t start, std::uint32_t end, SectionRole role) {
    PlacedQuantity& placed = found.emplace_back();
    placed.quantity.kind = kind;
    placed.quantity.role = role;
    placed.start = start;
    placed.end = end;
    return placed;
  }
};

}  // namespace litmill::tag
