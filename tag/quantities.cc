// SPDX-License-Identifier: Apache-2.0
#include "tag/quantities.h"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "tag/quantity_dose.h"
#include "tag/quantity_duration.h"
#include "tag/quantity_effect.h"
#include "tag/quantity_reading.h"
#include "tag/quantity_sample.h"

namespace litmill::tag {
namespace {

/// Facets whose mentions are given or compared: what a dose can belong to.
constexpr std::array<std::string_view, 4> kAgentFacets = {"form", "exposure", "co_intervention", "comparator"};

bool IsAgent(const CompiledRules& rules, std::uint32_t concept_index) {
  const std::string& facet = rules.rule_set.concepts[concept_index].facet;
  return std::find(kAgentFacets.begin(), kAgentFacets.end(), facet) != kAgentFacets.end();
}

/// Numbers in no sentence (there are none but in text that is no field) are left out.
void PlaceNumbersInSentences(const Analysis& analysis, QuantityReading& reading) {
  reading.sentences.clear();
  const std::vector<Sentence>& sentences = analysis.passages.sentences();
  std::size_t i = 0;
  for (const Sentence& sentence : sentences) {
    while (i < reading.numbers.size() && reading.numbers[i].start < sentence.start) ++i;
    const std::size_t first = i;
    while (i < reading.numbers.size() && reading.numbers[i].end <= sentence.end) ++i;
    if (i == first) continue;
    reading.sentences.push_back(
        {sentence.start, sentence.end, sentence.role, analysis.text.fields[sentence.field].kind, first, i});
  }
}

void CollectAgents(const CompiledRules& rules, const Analysis& analysis, QuantityReading& reading) {
  reading.agents.clear();
  for (const Candidate& candidate : analysis.standing)
    if (IsAgent(rules, candidate.concept_index)) reading.agents.push_back(candidate);
}

void SetPlace(const JoinedText& text, PlacedQuantity& placed) {
  const Field& field = text.FieldAt(placed.start);
  const ByteSpan stored = text.Stored(field, placed.start, placed.end);
  Quantity& quantity = placed.quantity;
  quantity.field = FieldName(field.kind);
  quantity.position = field.position;
  quantity.start = stored.start;
  quantity.end = stored.end;
  quantity.text = field.stored.substr(stored.start, stored.end - stored.start);
}

/// Up to six significant digits: what was printed, without the noise of binary fractions.
std::string Digits(double value) {
  return value == static_cast<double>(static_cast<std::int64_t>(value)) && value < 1e15 && value > -1e15
             ? fmt::format("{}", static_cast<std::int64_t>(value))
             : fmt::format("{:.10g}", value);
}

std::string Interval(const Quantity& quantity) {
  if (!quantity.upper) return Digits(quantity.amount);
  return Digits(quantity.amount) + "-" + Digits(*quantity.upper);
}

}  // namespace

void FindQuantities(const CompiledRules& rules, const Analysis& analysis, std::vector<Quantity>& quantities) {
  thread_local QuantityReading reading;
  reading.text = analysis.text.buffer;
  reading.found.clear();
  FindNumbers(reading.text, analysis.text.runs, reading.numbers);
  if (reading.numbers.empty()) return;
  PlaceNumbersInSentences(analysis, reading);
  CollectAgents(rules, analysis, reading);
  for (const SentenceNumbers& sentence : reading.sentences) {
    ReadEffects(reading, sentence);
    ReadDoses(rules, reading, sentence);
    ReadDurations(reading, sentence);
  }
  ReadSampleSizes(reading);
  const auto stands_before = [](const PlacedQuantity& a, const PlacedQuantity& b) {
    return std::tie(a.start, a.end) < std::tie(b.start, b.end);
  };
  if (!std::is_sorted(reading.found.begin(), reading.found.end(), stands_before))
    std::stable_sort(reading.found.begin(), reading.found.end(), stands_before);
  quantities.reserve(quantities.size() + reading.found.size());
  for (PlacedQuantity& placed : reading.found) {
    SetPlace(analysis.text, placed);
    quantities.push_back(std::move(placed.quantity));
  }
}

std::string DisplayForm(const Quantity& quantity) {
  if (quantity.kind == "p-value") return "p" + quantity.unit + Digits(quantity.amount);
  if (quantity.kind == "effect") {
    std::string form = quantity.unit + " " + Digits(quantity.amount);
    if (quantity.ci_low && quantity.ci_high)
      form += " (" + Digits(*quantity.ci_low) + " to " + Digits(*quantity.ci_high) + ")";
    return form;
  }
  const bool is_time = quantity.kind != "dose" && quantity.kind != "sample-size";
  std::string form = Interval(quantity) + " " + quantity.unit;
  if (is_time && (quantity.upper.value_or(quantity.amount) != 1)) form += "s";
  if (!quantity.per.empty() && quantity.per != "single") form += "/" + quantity.per;
  if (quantity.basis == "elemental") form += "@elemental";
  return form;
}

}  // namespace litmill::tag
