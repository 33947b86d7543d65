// SPDX-License-Identifier: Apache-2.0
#include "tag/finding_conclusions.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>

namespace litmill::tag {
namespace {

Conclusion ConclusionOf(const std::vector<const Finding*>& order, std::size_t from, std::size_t to) {
  struct Voice {
    Movement movement = Movement::kUnclear;
    Benefit benefit = Benefit::kUnknown;
    double weight = 0;
  };
  std::vector<Voice> voices;
  for (std::size_t i = from; i < to; ++i) {
    const Finding& finding = *order[i];
    const auto same = std::find_if(voices.begin(), voices.end(), [&finding](const Voice& v) {
      return v.movement == finding.movement && v.benefit == finding.benefit;
    });
    if (same == voices.end())
      voices.push_back({finding.movement, finding.benefit, finding.confidence});
    else
      same->weight += finding.confidence;
  }
  // What is unclear contradicts nothing.
  const auto unclear = [](const Voice& v) {
    return v.movement == Movement::kUnclear && v.benefit == Benefit::kUnknown;
  };
  const auto loudest = std::max_element(voices.begin(), voices.end(), [&unclear](const Voice& a, const Voice& b) {
    return std::make_pair(!unclear(a), a.weight) < std::make_pair(!unclear(b), b.weight);
  });
  Conclusion conclusion;
  conclusion.intervention = order[from]->intervention;
  conclusion.outcome = order[from]->outcome;
  conclusion.movement = loudest->movement;
  conclusion.benefit = loudest->benefit;
  conclusion.finding_count = static_cast<std::uint32_t>(to - from);
  conclusion.is_mixed =
      std::count_if(voices.begin(), voices.end(), [&unclear](const Voice& v) { return !unclear(v); }) > 1;
  return conclusion;
}

}  // namespace

void Conclude(const std::vector<Finding>& findings, std::vector<Conclusion>& conclusions) {
  std::vector<const Finding*> order;
  for (const Finding& finding : findings) order.push_back(&finding);
  std::stable_sort(order.begin(), order.end(), [](const Finding* a, const Finding* b) {
    return std::tie(a->intervention, a->outcome) < std::tie(b->intervention, b->outcome);
  });
  for (std::size_t i = 0; i < order.size();) {
    std::size_t next = i;
    while (next < order.size() && order[next]->intervention == order[i]->intervention &&
           order[next]->outcome == order[i]->outcome)
      ++next;
    conclusions.push_back(ConclusionOf(order, i, next));
    i = next;
  }
}

}  // namespace litmill::tag
