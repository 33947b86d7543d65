// SPDX-License-Identifier: Apache-2.0
// litmill search explain and recall: the strategy on records of the corpus, decided here without network.
#include <algorithm>
#include <cstdio>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/exit_codes.h"
#include "app/session.h"
#include "app/strategies.h"

namespace litmill::app {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMaxListBytes = 64U << 20U;

/// A record against each strategy.
struct Verdict {
  std::string identifier;  ///< As it was given.
  bool in_corpus = false;
  std::string problem;                            ///< Why it was not looked at; empty when it was.
  std::vector<search::Explanation> explanations;  ///< One a strategy, when it was looked at.
  [[nodiscard]] bool Found() const {
    for (const search::Explanation& e : explanations)
      if (e.matched) return true;
    return false;
  }
};

/// The strategies that were asked for, and the tree to explode their headings.
struct Compiled {
  std::vector<CompiledStrategy> strategies;
  std::optional<search::MeshTree> tree;
};

Result<Compiled> Compile(Session& session, const SearchOptions& options) {
  LITMILL_TRY(const auto named, ReadStrategies(session, options.file, options.query));
  Compiled compiled;
  LITMILL_TRY(compiled.strategies, CompileStrategies(named, session.clock));
  LogNotes(compiled.strategies, session.console);
  std::string path = options.mesh_tree;
  if (path.empty() && options.file.empty()) {
    LITMILL_TRY(const Config config, LoadConfig(session.files, session.common.config));
    path = config.mesh_tree;
  }
  LITMILL_TRY(compiled.tree, ReadMeshTree(session.files, path));
  if (!compiled.tree && std::any_of(compiled.strategies.begin(), compiled.strategies.end(),
                                    [](const CompiledStrategy& s) { return s.explodes; }))
    session.console.Log(LogLevel::kWarning,
                        "without --mesh-tree (or search.mesh_tree in the configuration) a MeSH heading finds only "
                        "itself, not the narrower ones that PubMed adds");
  return compiled;
}

Result<Verdict> Judge(const store::Corpus& corpus, const std::vector<CompiledStrategy>& strategies,
                      const search::MeshTree* tree, const std::string& identifier) {
  Verdict verdict;
  verdict.identifier = identifier;
  const auto record_id = corpus.FindRecord(identifier);
  if (!record_id) {
    const ErrorCode code = record_id.error().code;
    if (code != ErrorCode::kNotFound && code != ErrorCode::kInvalidInput) return Fail(record_id.error());
    verdict.problem = record_id.error().message;
    return verdict;
  }
  LITMILL_TRY(const store::StoredRecord stored, corpus.LoadRecord(*record_id));
  verdict.in_corpus = true;
  const search::SearchableRecord searchable(stored.record, tree);
  for (const CompiledStrategy& strategy : strategies)
    verdict.explanations.push_back(strategy.matcher.Explain(searchable));
  return verdict;
}

std::string Shortened(std::string_view clause) {
  std::size_t most = 160;
  if (clause.size() <= most) return std::string(clause);
  while (most > 0 && (static_cast<unsigned char>(clause[most]) & 0xC0U) == 0x80U) --most;  // whole characters only
  return std::string(clause.substr(0, most)) + "...";
}

ordered_json ToJson(const std::string& strategy, const search::Explanation& e) {
  ordered_json json{{"strategy", strategy}, {"matched", e.matched}};
  json["matched_clauses"] = ordered_json::array();
  for (const search::Explanation* clause : search::MatchedClauses(e))
    json["matched_clauses"].push_back({{"clause", clause->clause}, {"evidence", clause->evidence}});
  json["failed_parts"] = ordered_json::array();
  for (const search::Explanation* part : search::FailedParts(e)) json["failed_parts"].push_back(part->clause);
  return json;
}

void PrintExplanation(const std::string& strategy, const search::Explanation& e) {
  fmt::print("{}: {}\n", strategy, e.matched ? "belongs to it" : "does not belong to it");
  for (const search::Explanation* clause : search::MatchedClauses(e))
    fmt::print("  found    {}  ({})\n", clause->clause, clause->evidence);
  for (const search::Explanation* part : search::FailedParts(e)) fmt::print("  missing  {}\n", Shortened(part->clause));
}

Result<int> Explain(Session& session, const SearchOptions& options) {
  LITMILL_TRY(const Compiled asked, Compile(session, options));
  const std::vector<CompiledStrategy>& compiled = asked.strategies;
  const search::MeshTree* tree = asked.tree ? &*asked.tree : nullptr;
  LITMILL_TRY(const auto corpus, session.OpenForReading());
  LITMILL_TRY(const Verdict verdict, Judge(*corpus, compiled, tree, options.record));
  if (!verdict.in_corpus) return Fail(ErrorCode::kNotFound, verdict.problem);
  ordered_json json = ordered_json::array();
  for (std::size_t i = 0; i < compiled.size(); ++i) {
    if (session.common.format == OutputFormat::kJson)
      json.push_back(ToJson(compiled[i].name, verdict.explanations[i]));
    else
      PrintExplanation(compiled[i].name, verdict.explanations[i]);
  }
  if (session.common.format == OutputFormat::kJson)
    fmt::print("{}\n", json.dump(2, ' ', false, ordered_json::error_handler_t::replace));
  return kExitOk;
}

/// One identifier a line; what follows '#' or a white space is a comment.
std::vector<std::string> ReadList(std::string_view text) {
  std::vector<std::string> identifiers;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    const std::size_t begin = line.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos || line[begin] == '#') continue;
    line.remove_prefix(begin);
    identifiers.emplace_back(line.substr(0, line.find_first_of(" \t\r")));
  }
  return identifiers;
}

struct RecallCounts {
  std::size_t known = 0, found = 0, missed = 0, not_here = 0;
};

ordered_json ToJson(const Verdict& verdict, const std::vector<CompiledStrategy>& compiled) {
  ordered_json json{{"identifier", verdict.identifier}, {"in_corpus", verdict.in_corpus}, {"found", verdict.Found()}};
  if (!verdict.problem.empty()) json["problem"] = verdict.problem;
  json["strategies"] = ordered_json::array();
  for (std::size_t i = 0; i < verdict.explanations.size(); ++i)
    json["strategies"].push_back(ToJson(compiled[i].name, verdict.explanations[i]));
  return json;
}

void PrintVerdict(const Verdict& verdict, const std::vector<CompiledStrategy>& compiled) {
  if (!verdict.in_corpus) {
    fmt::print("{}: nothing can be said: {}\n", verdict.identifier, verdict.problem);
    return;
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < compiled.size(); ++i)
    if (verdict.explanations[i].matched) names.push_back(compiled[i].name);
  if (!names.empty()) {
    fmt::print("{}: found by {}\n", verdict.identifier, fmt::join(names, ", "));
    return;
  }
  // Queries share blocks: a part that several of them miss is named once.
  std::vector<std::pair<std::string, std::vector<std::string>>> missing;
  for (std::size_t i = 0; i < compiled.size(); ++i) {
    for (const search::Explanation* part : search::FailedParts(verdict.explanations[i])) {
      const auto known =
          std::find_if(missing.begin(), missing.end(), [&](const auto& m) { return m.first == part->clause; });
      (known == missing.end() ? missing.emplace_back(part->clause, std::vector<std::string>()) : *known)
          .second.push_back(compiled[i].name);
    }
  }
  fmt::print("{}: missed\n", verdict.identifier);
  for (const auto& [clause, queries] : missing)
    fmt::print(
        "  {}: nothing for {}\n",
        queries.size() == compiled.size() && queries.size() > 1 ? "all" : fmt::format("{}", fmt::join(queries, ", ")),
        Shortened(clause));
}

Result<int> Recall(Session& session, const SearchOptions& options) {
  LITMILL_TRY(const Compiled asked, Compile(session, options));
  const std::vector<CompiledStrategy>& compiled = asked.strategies;
  const search::MeshTree* tree = asked.tree ? &*asked.tree : nullptr;
  LITMILL_TRY(const std::string text, ReadWholeFile(session.files, options.known, kMaxListBytes));
  LITMILL_TRY(const auto corpus, session.OpenForReading());
  const std::vector<std::string> known = ReadList(text);
  if (known.empty())
    return Fail(ErrorCode::kInvalidInput,
                fmt::format("{}: names no record; write one PMID, PMCID or DOI a line", options.known));
  RecallCounts counts;
  ordered_json records = ordered_json::array();
  for (const std::string& identifier : known) {
    LITMILL_TRY(const Verdict verdict, Judge(*corpus, compiled, tree, identifier));
    ++counts.known;
    ++(!verdict.in_corpus ? counts.not_here : verdict.Found() ? counts.found : counts.missed);
    if (session.common.format == OutputFormat::kJson)
      records.push_back(ToJson(verdict, compiled));
    else
      PrintVerdict(verdict, compiled);
  }
  if (session.common.format == OutputFormat::kJson) {
    const ordered_json json{{"known", counts.known},
                            {"found", counts.found},
                            {"missed", counts.missed},
                            {"not_in_corpus", counts.not_here},
                            {"records", std::move(records)}};
    fmt::print("{}\n", json.dump(2, ' ', false, ordered_json::error_handler_t::replace));
  } else {
    fmt::print("{} known: {} found, {} missed, {} not in this corpus\n", counts.known, counts.found, counts.missed,
               counts.not_here);
  }
  return counts.found == counts.known ? kExitOk : kExitAttention;
}

}  // namespace

int SearchExplainCommand(const CommonOptions& common, const SearchOptions& options) {
  Session session(common);
  const auto code = Explain(session, options);
  return code ? *code : session.FailWith(code.error());
}

int SearchRecallCommand(const CommonOptions& common, const SearchOptions& options) {
  Session session(common);
  const auto code = Recall(session, options);
  return code ? *code : session.FailWith(code.error());
}

}  // namespace litmill::app
