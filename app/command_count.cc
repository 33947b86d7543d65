// SPDX-License-Identifier: Apache-2.0
// litmill search count: how many hits each part of the strategy has, and what the database really ran.
#include <cstdio>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/connections.h"
#include "app/database_search.h"
#include "app/exit_codes.h"
#include "app/interrupt.h"
#include "app/run_lock.h"
#include "app/session.h"
#include "app/strategies.h"

namespace litmill::app {
namespace {

using nlohmann::ordered_json;

/// What a database answered about one clause.
struct Counted {
  std::uint64_t hits = 0;
  std::string ran;                    ///< As the database understood it; empty when it does not say.
  std::vector<std::string> warnings;  ///< Its remarks.
};

/// A clause where it stands in its strategy.
struct Clause {
  std::string strategy;
  std::size_t depth = 0;
  std::string label;  ///< "#2" for a numbered line, "AND" or "OR" for what is below it, else empty.
  std::string text;   ///< In the database's syntax; empty when nothing of it can be said there.
};

bool HasReference(const search::Node& node) {
  for (const search::Node* leaf : search::Leaves(node))
    if (leaf->AsLineReference() != nullptr) return true;
  return false;
}

void AddClauses(const search::Node& node, search::Target target, const search::TranslateOptions& how,
                const std::string& strategy, std::size_t depth, std::vector<Clause>* clauses) {
  // A reference is counted where its line stands.
  if (HasReference(node)) return;
  const search::Operation* operation = node.AsOperation();
  clauses->push_back({strategy, depth, operation == nullptr ? "" : std::string(search::OperatorName(operation->op)),
                      search::Translate(node, target, how).text});
  if (operation == nullptr) return;
  for (const search::Node& operand : operation->operands)
    AddClauses(operand, target, how, strategy, depth + 1, clauses);
}

Result<std::vector<Clause>> ClausesOf(const NamedStrategy& named, search::Target target,
                                      const search::TranslateOptions& how) {
  LITMILL_TRY(const search::Strategy strategy, search::ParseStrategy(named.text, named.name));
  std::vector<Clause> clauses;
  for (const search::Line& line : strategy.lines) {
    if (strategy.numbered) {
      LITMILL_TRY(const search::Node resolved, search::ResolveLine(strategy, line.number));
      clauses.push_back(
          {named.name, 0, fmt::format("#{}", line.number), search::Translate(resolved, target, how).text});
      if (const search::Operation* operation = line.query.AsOperation())
        for (const search::Node& operand : operation->operands)
          AddClauses(operand, target, how, named.name, 1, &clauses);
    } else {
      AddClauses(line.query, target, how, named.name, 0, &clauses);
    }
  }
  return clauses;
}

class Count {
 public:
  Count(Session& session, const SearchOptions& options) : session_(session), options_(options) {}

  Result<int> Execute() {
    LITMILL_TRY(config_, LoadConfig(session_.files, session_.common.config));
    if (!session_.common.db.empty()) config_.corpus_path = session_.common.db;
    LITMILL_TRY(secrets_, ReadSecrets(session_.files));
    database_ = options_.to.empty() || options_.to == "pubmed" ? nullptr : FindService(options_.to);
    const bool is_pubmed = options_.to.empty() || options_.to == "pubmed";
    if (!is_pubmed && (database_ == nullptr || database_->use != ServiceUse::kDatabase))
      return Fail(
          ErrorCode::kConfig,
          fmt::format("\"{}\" cannot be counted in; --on takes pubmed, europepmc, scopus, wos or embase", options_.to));
    if (is_pubmed) LITMILL_CHECK(CheckContact(config_.pubmed, secrets_));
    search::EmtreeMap emtree;
    search::TranslateOptions how;
    if (!config_.emtree.empty()) {
      LITMILL_TRY(emtree, ReadEmtreeMap(session_.files, config_.emtree));
      how.emtree = &emtree;
    }
    if (database_ != nullptr) how.used = InterfaceOf(config_, *database_);
    LITMILL_TRY(const auto strategies, ReadStrategies(session_, options_.file, options_.query));
    const search::Target target =
        is_pubmed ? search::Target::kPubMed : *search::TargetFromName(std::string(database_->name));
    std::vector<Clause> clauses;
    for (const NamedStrategy& named : strategies) {
      LITMILL_TRY(std::vector<Clause> more, ClausesOf(named, target, how));
      clauses.insert(clauses.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
    // What the service answers is archived, so that no run may write the archive at the same time.
    LITMILL_TRY(const auto lock, RunLock::Acquire(config_.corpus_path, session_.common.command_line, session_.clock));
    LITMILL_TRY(archive_, fetch::RawArchive::Open(config_.archive_path));
    LITMILL_CHECK(Connect());
    LITMILL_CHECK(AskAll(clauses));
    return Print(clauses);
  }

 private:
  Result<void> Connect() {
    connections_.emplace(Connections::Parts{&config_, &secrets_, archive_.get(), &session_.clock, &session_.console,
                                            InstallInterruptHandlers()},
                         NewUuid());
    if (database_ != nullptr) {
      LITMILL_TRY(service_, OpenDatabase(*database_, config_, secrets_, &*connections_, *archive_, &session_.console));
      return {};
    }
    LITMILL_TRY(fetch::HttpClient* const http, connections_->OpenPubmed());
    pubmed_.emplace(PubmedSettingsOf(config_, secrets_), http, &session_.console);
    return {};
  }

  /// The same clause in several queries is asked for once.
  Result<void> AskAll(const std::vector<Clause>& clauses) {
    std::size_t done = 0;
    for (const Clause& clause : clauses) {
      session_.console.Progress("counting clauses", ++done, clauses.size());
      if (clause.text.empty() || counted_.count(clause.text) > 0) continue;
      LITMILL_TRY(Counted counted, Ask(clause.text));
      counted_.emplace(clause.text, std::move(counted));
    }
    session_.console.EndProgress();
    return {};
  }

  Result<Counted> Ask(const std::string& text) {
    Counted counted;
    if (service_ != nullptr) {
      LITMILL_TRY(counted.hits, service_->Count(text));
      return counted;
    }
    LITMILL_TRY(const fetch::SearchResult result, pubmed_->SearchUpTo(text, 0));
    counted.hits = result.count;
    counted.ran = result.report.query_translation;
    const fetch::SearchReport& report = result.report;
    const auto add = [&counted](const char* what, const std::vector<std::string>& words) {
      for (const std::string& word : words) counted.warnings.push_back(fmt::format("{}: {}", what, word));
    };
    add("phrase not found", report.phrases_not_found);
    add("field not found", report.fields_not_found);
    add("ignored", report.phrases_ignored);
    add("quoted phrase not found", report.quoted_phrases_not_found);
    return counted;
  }

  Result<int> Print(const std::vector<Clause>& clauses) const {
    if (session_.common.format == OutputFormat::kJson) return PrintJson(clauses);
    std::vector<std::vector<std::string>> rows{{"strategy", "hits", "clause", "remarks"}};
    bool remarks = false;
    for (const Clause& clause : clauses) {
      const auto counted = counted_.find(clause.text);
      const bool known = counted != counted_.end();
      std::string remark = known ? fmt::format("{}", fmt::join(counted->second.warnings, "; "))
                                 : "cannot be said in this database's syntax";
      remarks |= !remark.empty();
      rows.push_back({clause.depth == 0 ? clause.strategy : "", known ? WithThousands(counted->second.hits) : "-",
                      std::string(2 * clause.depth, ' ') + Shown(clause), std::move(remark)});
    }
    if (!remarks)
      for (std::vector<std::string>& row : rows) row.pop_back();
    fmt::print("{}", FormatTable(rows, {false, true, false, false}));
    return kExitOk;
  }

  /// What is below an operator stands on its own lines; the operator's line only names it.
  static std::string Shown(const Clause& clause) {
    if (clause.label.empty()) return clause.text;
    return clause.label.front() == '#' ? clause.label + " " + clause.text : clause.label + " of";
  }

  Result<int> PrintJson(const std::vector<Clause>& clauses) const {
    ordered_json json = ordered_json::array();
    for (const Clause& clause : clauses) {
      ordered_json entry{{"strategy", clause.strategy},
                         {"depth", clause.depth},
                         {"label", clause.label},
                         {"text", clause.text},
                         {"hits", nullptr}};
      const auto counted = counted_.find(clause.text);
      if (counted != counted_.end()) {
        entry["hits"] = counted->second.hits;
        entry["ran"] = counted->second.ran;
        entry["warnings"] = counted->second.warnings;
      }
      json.push_back(std::move(entry));
    }
    fmt::print("{}\n", json.dump(2, ' ', false, ordered_json::error_handler_t::replace));
    return kExitOk;
  }

  Session& session_;
  const SearchOptions& options_;
  Config config_;
  Secrets secrets_;
  const ServiceFacts* database_ = nullptr;  ///< Null = PubMed.
  std::unique_ptr<fetch::RawArchive> archive_;
  std::optional<Connections> connections_;
  std::optional<fetch::PubmedClient> pubmed_;
  std::unique_ptr<fetch::SearchService> service_;
  std::map<std::string, Counted> counted_;  ///< By the clause's text.
};

}  // namespace

int SearchCountCommand(const CommonOptions& common, const SearchOptions& options) {
  Session session(common);
  const auto code = Count(session, options).Execute();
  return code ? *code : session.FailWith(code.error());
}

}  // namespace litmill::app
