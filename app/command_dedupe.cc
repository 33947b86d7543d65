// SPDX-License-Identifier: Apache-2.0
// litmill dedupe evaluate: how well duplicates are found, on labelled sets.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/exit_codes.h"
#include "app/gold_dedupe.h"
#include "app/session.h"

namespace litmill::app {
namespace {

/// Published sensitivity and false positives of other programs on sets that they were published with.
struct PeerFigures {
  std::string_view set, bib_dedupe, asysd;
};

constexpr PeerFigures kPeers[] = {{"respiratory", ".936 / 0", ".915 / 0"},
                                  {"asysd-diabetes", "1.000 / 0", ".998 / 0"},
                                  {"digital_work", ".997 / 0", ".832 / 20"}};

PeerFigures PeersOf(std::string_view set) {
  for (const PeerFigures& peers : kPeers)
    if (peers.set == set) return peers;
  return {set, "-", "-"};
}

std::vector<std::string> RowOf(const std::string& name, const DedupeScore& score) {
  const PeerFigures peers = PeersOf(name);
  return {name,
          std::to_string(score.records),
          std::to_string(score.components),
          std::to_string(score.true_positives),
          std::to_string(score.false_positives),
          std::to_string(score.true_negatives),
          std::to_string(score.false_negatives),
          fmt::format("{:.4f}", score.Sensitivity()),
          fmt::format("{:.4f}", score.Specificity()),
          std::to_string(score.false_merges),
          std::to_string(score.reviews),
          std::string(peers.bib_dedupe),
          std::string(peers.asysd)};
}

nlohmann::ordered_json JsonOf(const std::string& name, const DedupeScore& score, bool with_errors) {
  nlohmann::ordered_json json{{"set", name},
                              {"records", score.records},
                              {"components", score.components},
                              {"true_positives", score.true_positives},
                              {"false_positives", score.false_positives},
                              {"true_negatives", score.true_negatives},
                              {"false_negatives", score.false_negatives},
                              {"sensitivity", score.Sensitivity()},
                              {"specificity", score.Specificity()},
                              {"false_merges", score.false_merges},
                              {"reviews", score.reviews}};
  if (with_errors) {
    json["errors"] = score.errors;
    json["review_list"] = score.review_list;
  }
  return json;
}

void PrintErrors(const std::string& name, const DedupeScore& score) {
  for (const auto* list : {&score.errors, &score.review_list})
    for (const std::string& error : *list) fmt::print("{}: {}\n", name, error);
}

/// The scores of all labelled sets together.
Result<DedupeScore> Evaluate(Session& session, const DedupeOptions& options) {
  LITMILL_TRY(const std::vector<GoldSet> sets, ReadGoldSets(session.files, options.path));
  std::vector<std::vector<std::string>> table = {{"set", "records", "components", "TP", "FP", "TN", "FN", "sensitivity",
                                                  "specificity", "false merges", "to review", "bib-dedupe", "ASySD"}};
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  DedupeScore total;
  for (const GoldSet& set : sets) {
    DedupeScore score = ScoreDedupe(set);
    const bool as_json = session.common.format == OutputFormat::kJson;
    if (!set.is_labelled) {
      session.console.Log(LogLevel::kInfo, fmt::format("{} has no labels: {} records are {} works", set.name,
                                                       score.records, score.records - score.MergedAway()));
      continue;
    }
    if (options.errors && !as_json) PrintErrors(set.name, score);
    table.push_back(RowOf(set.name, score));
    json.push_back(JsonOf(set.name, score, options.errors));
    total.Add(score);
  }
  if (session.common.format == OutputFormat::kJson) {
    json.push_back(JsonOf("all", total, false));
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
    return total;
  }
  fmt::print("{}peers: sensitivity / false positives as published for these sets\n",
             FormatTable(table, {false, true, true, true, true, true, true, true, true, true, true, true, true}));
  fmt::print("all: {} sets, {} records, sensitivity {:.4f}, specificity {:.4f}, false merges {}\n", table.size() - 1,
             total.records, total.Sensitivity(), total.Specificity(), total.false_merges);
  return total;
}

}  // namespace

int DedupeEvaluateCommand(const CommonOptions& common, const DedupeOptions& options) {
  Session session(common);
  const auto total = Evaluate(session, options);
  if (!total) return session.FailWith(total.error());
  return total->false_merges == 0 ? kExitOk : kExitIntegrity;
}

}  // namespace litmill::app
