// SPDX-License-Identifier: Apache-2.0
#include "app/identifier_report.h"

#include <cstdint>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/console.h"

namespace litmill::app {
namespace {

using State = store::RequestedState;

std::vector<std::pair<std::string, std::uint64_t>> Sums(const store::RunTotals& totals) {
  const store::RequestedTotals& t = totals.requested_states;
  return {{"requested", totals.requested},
          {"stored", t.stored},
          {"repeated", t.repeated},
          {"not_an_identifier", t.not_an_identifier},
          {"not_registered", t.not_registered},
          {"no_metadata", t.no_metadata},
          {"not_found", t.not_found},
          {"failed", t.failed}};
}

}  // namespace

bool LedToNothing(State state) { return state != State::kStored && state != State::kRepeated; }

bool AllFound(const store::RunTotals& totals) {
  return totals.requested_states.stored + totals.requested_states.repeated == totals.requested;
}

std::string IdentifierTable(const store::RunTotals& totals, const std::vector<store::RequestedIdentifier>& ends) {
  std::vector<std::vector<std::string>> rows{{"identifiers", "number"}};
  for (const auto& [name, number] : Sums(totals)) rows.push_back({name, WithThousands(number)});
  std::string out = FormatTable(rows, {false, true});
  constexpr std::size_t kMostShown = 20;
  std::size_t missing = 0;
  for (const store::RequestedIdentifier& end : ends) {
    if (!LedToNothing(end.state) || ++missing > kMostShown) continue;
    out += fmt::format("{}{}, line {}: {}: {}{}{}\n", missing == 1 ? "\n" : "", end.list, end.line, end.input,
                       store::RequestedStateName(end.state), end.reason.empty() ? "" : ": ", end.reason);
  }
  if (missing > kMostShown)
    out += fmt::format("... and {} more; see the view identifier_outcomes\n", WithThousands(missing - kMostShown));
  return out;
}

void AddIdentifiers(const store::RunTotals& totals, const std::vector<store::RequestedIdentifier>& ends,
                    nlohmann::ordered_json& json) {
  for (const auto& [name, number] : Sums(totals)) json["identifiers"][name] = number;
  json["missing"] = nlohmann::ordered_json::array();
  for (const store::RequestedIdentifier& end : ends)
    if (LedToNothing(end.state))
      json["missing"].push_back({{"list", end.list},
                                 {"line", end.line},
                                 {"input", end.input},
                                 {"state", store::RequestedStateName(end.state)},
                                 {"reason", end.reason}});
}

}  // namespace litmill::app
