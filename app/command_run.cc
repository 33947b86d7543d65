// SPDX-License-Identifier: Apache-2.0
// litmill run: sets the stage, runs the pipeline, says what became of everything.
#include <algorithm>
#include <cstdio>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/exit_codes.h"
#include "app/interrupt.h"
#include "app/pipeline.h"
#include "app/run_lock.h"
#include "app/session.h"
#include "core/unicode.h"

namespace litmill::app {
namespace {

// 1/3 s exactly still trips NCBI's limiter, so a little is added (protocol sheets of several clients say the same).
constexpr std::int64_t kIntervalMs = 370;
constexpr std::int64_t kIntervalWithKeyMs = 110;

std::int64_t IntervalMs(const PubmedConfig& pubmed, bool has_key) {
  const std::int64_t published = has_key ? kIntervalWithKeyMs : kIntervalMs;
  if (pubmed.requests_per_second == 0) return published;
  const std::int64_t wanted = (1000 + pubmed.requests_per_second - 1) / pubmed.requests_per_second;
  return IsLoopbackUrl(pubmed.base_url) ? wanted : std::max(wanted, published);
}

/// The budget's name: the service's host and port, which all processes on this host share.
std::string BudgetName(const std::string& base_url) {
  const std::size_t start = base_url.find("://") + 3;
  return AsciiLower(base_url.substr(start, base_url.find('/', start) - start));
}

/// The network side of a run; empty when offline.
struct Network {
  std::unique_ptr<fetch::CurlTransport> transport;
  std::unique_ptr<SystemSleeper> sleeper;
  std::unique_ptr<fetch::RateBudget> budget;
  std::unique_ptr<fetch::HttpClient> http;
};

class Run {
 public:
  Run(Session& session, const RunCommandOptions& options) : session_(session), options_(options) {}

  Result<int> Execute() {
    LITMILL_TRY(config_, LoadConfig(session_.files, session_.common.config));
    if (!session_.common.db.empty()) config_.corpus_path = session_.common.db;
    if (options_.batch_size != 0) config_.pubmed.batch_size = options_.batch_size;
    if (!config_.pubmed.enabled)
      return Fail(ErrorCode::kConfig, config_.file + ": no source is enabled; set sources.pubmed.enabled to true");
    LITMILL_TRY(secrets_, ReadSecrets(session_.files));
    if (options_.dry_run) return DryRun();
    if (!options_.offline && secrets_.email.empty() && !IsLoopbackUrl(config_.pubmed.base_url))
      return Fail(ErrorCode::kConfig,
                  "NCBI asks for a contact address with every request: set LITMILL_EMAIL (or LITMILL_EMAIL_FILE)");
    LITMILL_TRY(tagger_, CompileRules(session_.files, config_.rules));
    LITMILL_TRY(const auto lock, RunLock::Acquire(config_.corpus_path, session_.common.command_line, session_.clock));
    LITMILL_TRY(corpus_, store::Corpus::Open(config_.corpus_path));
    LITMILL_TRY(archive_, fetch::RawArchive::Open(config_.archive_path));
    auto code = RunPipeline();
    // The file is left clean also after an error; when that fails too, the first error is the one to tell.
    auto closed = corpus_->Close();
    if (code && !closed) return Fail(closed.error());
    return code;
  }

 private:
  fetch::PubmedSettings Settings() const {
    fetch::PubmedSettings settings;
    settings.base_url = config_.pubmed.base_url;
    settings.batch_size = config_.pubmed.batch_size;
    settings.email = secrets_.email;
    settings.api_key = secrets_.ncbi_api_key;
    return settings;
  }

  Result<int> DryRun() {
    const fetch::PubmedClient client(Settings(), static_cast<const fetch::RawArchive*>(nullptr), &session_.console);
    for (const QueryConfig& query : config_.queries) {
      fmt::print("# {}: {}\n", query.id, query.label);
      for (const std::string& request : client.DescribeRequests(query.term)) fmt::print("{}\n", request);
    }
    return kExitOk;
  }

  Result<Network> Connect(const std::string& run_uuid) {
    Network network;
    fetch::TransportLimits limits;
    limits.stall_timeout_s = config_.pubmed.stall_timeout_s;
    network.transport = std::make_unique<fetch::CurlTransport>(limits, "litmill/" LITMILL_VERSION, stop_);
    network.sleeper = std::make_unique<SystemSleeper>(stop_);
    LITMILL_TRY(const std::string folder, fetch::SharedStateFolder());
    LITMILL_TRY(network.budget, fetch::RateBudget::Open(folder, BudgetName(config_.pubmed.base_url),
                                                        IntervalMs(config_.pubmed, !secrets_.ncbi_api_key.empty()),
                                                        session_.clock, *network.sleeper));
    const fetch::HttpClient::Parts parts{network.transport.get(), network.budget.get(),  archive_.get(),
                                         &session_.clock,         network.sleeper.get(), &session_.console};
    fetch::RetryPolicy retries;
    retries.max_tries = config_.pubmed.tries;
    retries.first_delay_ms = config_.pubmed.retry_delay_ms;
    network.http =
        std::make_unique<fetch::HttpClient>(parts, retries, run_uuid, secrets_.Keys(),
                                            static_cast<std::uint64_t>(session_.clock.SteadyMs()), secrets_.email);
    return network;
  }

  Result<int> RunPipeline() {
    stop_ = InstallInterruptHandlers();
    store::RunRow wanted;
    wanted.uuid = NewUuid();
    wanted.command = options_.offline ? "run --offline" : "run";
    wanted.version = LITMILL_VERSION;
    wanted.config_sha256 = config_.sha256;
    wanted.rule_set_sha256 = tagger_->hash();
    wanted.started_at = FormatUtc(session_.clock.Now());
    LITMILL_TRY(const store::RunRow run, corpus_->BeginRun(wanted));
    if (run.resumed)
      session_.console.Info(fmt::format("going on with the run of {}, which did not finish", run.started_at));
    Network network;
    if (!options_.offline) {
      LITMILL_TRY(network, Connect(run.uuid));
    }
    fetch::PubmedClient pubmed = options_.offline
                                     ? fetch::PubmedClient(Settings(), archive_.get(), &session_.console)
                                     : fetch::PubmedClient(Settings(), network.http.get(), &session_.console);
    WorkerPool workers(options_.threads > 1 ? options_.threads - 1 : 0);  // this thread reads and writes
    const PipelineParts parts{&config_,           tagger_.get(), corpus_.get(),     archive_.get(),  &pubmed,
                              network.http.get(), &workers,      &session_.console, &session_.clock, stop_};
    Pipeline pipeline(parts, {options_.offline, options_.strict, options_.threads, options_.limit, options_.since});
    auto summary = pipeline.Run(run);
    session_.console.EndProgress();
    if (!summary) {
      const bool interrupted = summary.error().code == ErrorCode::kInterrupted;
      (void)corpus_->FinishRun(run.run_id, interrupted ? "interrupted" : "failed", FormatUtc(session_.clock.Now()));
      return Fail(interrupted ? summary.error().With("stopped; run the same command again to go on") : summary.error());
    }
    const ExitCode code = CodeFor(*summary);
    LITMILL_CHECK(
        corpus_->FinishRun(run.run_id, code == kExitOk ? "complete" : "partial", FormatUtc(session_.clock.Now())));
    Print(*summary);
    return code;
  }

  ExitCode CodeFor(const RunSummary& summary) {
    if (summary.stopped_by_strict) {
      session_.console.Log(
          LogLevel::kError,
          "stopped before fetching: a search was not run as written (--strict); see the warnings above");
      return kExitAttention;
    }
    if (!summary.totals.Balanced()) {
      session_.console.Log(LogLevel::kError, "the numbers of this run do not add up; the corpus may be incomplete");
      return kExitIntegrity;
    }
    if (summary.totals.failed > 0 || summary.totals.problems_error > 0) return kExitPartial;
    if (options_.strict && summary.newly_retracted > 0) {
      session_.console.Log(LogLevel::kError, fmt::format("{} works are newly retracted; see the view retracted_now",
                                                         summary.newly_retracted));
      return kExitAttention;
    }
    return kExitOk;
  }

  void Print(const RunSummary& summary) {
    if (session_.common.format == OutputFormat::kJson)
      PrintJson(summary);
    else if (!session_.common.quiet)
      PrintTable(summary);
  }

  static std::vector<std::pair<std::string, std::uint64_t>> Sums(const RunSummary& summary) {
    const store::RunTotals& t = summary.totals;
    return {{"found", t.plan.found},
            {"known", t.plan.known},
            {"known_missing", t.plan.known_missing},
            {"left_out", t.plan.left_out},
            {"asked", t.plan.asked},
            {"stored", t.stored},
            {"unchanged", t.unchanged},
            {"merged_into", t.merged_into},
            {"deleted_at_source", t.deleted_at_source},
            {"not_found", t.not_found},
            {"failed", t.failed}};
  }

  void PrintTable(const RunSummary& summary) {
    std::vector<std::vector<std::string>> searches{{"query", "hits", "label"}};
    for (const store::SearchRow& search : summary.searches)
      searches.push_back({search.query_id, WithThousands(search.hits), search.label});
    fmt::print("{}\n", FormatTable(searches, {false, true, false}));
    const store::RunTotals& t = summary.totals;
    std::vector<std::vector<std::string>> rows{{"records", "number", "meaning"}};
    const auto add = [&rows](const char* name, std::uint64_t number, const char* meaning) {
      rows.push_back({name, WithThousands(number), meaning});
    };
    add("found", t.plan.found, "distinct PMIDs of all searches");
    add("- known", t.plan.known, "stored before, not modified since");
    if (t.plan.known_missing > 0)
      add("- known missing", t.plan.known_missing, "not delivered lately; asked for again after a week");
    if (t.plan.left_out > 0) add("- left out", t.plan.left_out, "beyond --limit");
    add("= asked for", t.plan.asked, "");
    add("  stored", t.stored, "new or revised");
    add("  unchanged", t.unchanged, "the same revision came again");
    if (t.merged_into > 0) add("  merged", t.merged_into, "joined another work");
    if (t.deleted_at_source > 0) add("  deleted", t.deleted_at_source, "PubMed has deleted it");
    add("  not found", t.not_found, "listed by the search, not delivered");
    add("  failed", t.failed, "see the table outcomes");
    fmt::print("{}", FormatTable(rows, {false, true, false}));
    const auto counts = corpus_->Counts();
    if (counts)
      fmt::print(
          "\n{}: {} works, {} tagged, {} tags, {} retracted, {} deleted; {} problems and {} warnings in this run\n",
          config_.corpus_path, WithThousands(counts->works), WithThousands(counts->tagged_works),
          WithThousands(counts->tags), WithThousands(counts->retracted), WithThousands(counts->deleted),
          WithThousands(t.problems_error), WithThousands(t.problems_warning));
    fmt::print("requests: {} ({} repeated), {:.1f} MB\n", summary.network.requests, summary.network.retries,
               static_cast<double>(summary.network.bytes) / 1e6);
    if (summary.retagged > 0)
      fmt::print("tagged again with changed rules: {} records\n", WithThousands(summary.retagged));
  }

  void PrintJson(const RunSummary& summary) {
    nlohmann::ordered_json json;
    json["run"] = summary.run.uuid;
    json["resumed"] = summary.run.resumed;
    for (const store::SearchRow& search : summary.searches)
      json["searches"].push_back({{"query", search.query_id},
                                  {"hits", search.hits},
                                  {"term", search.term},
                                  {"translation", search.query_translation},
                                  {"warnings", nlohmann::json::parse(search.warnings_json, nullptr, false)}});
    for (const auto& [name, number] : Sums(summary)) json["records"][name] = number;
    json["balanced"] = summary.totals.Balanced();
    json["problems"] = {{"errors", summary.totals.problems_error}, {"warnings", summary.totals.problems_warning}};
    json["network"] = {{"requests", summary.network.requests},
                       {"retries", summary.network.retries},
                       {"throttled", summary.network.throttled},
                       {"bytes", summary.network.bytes}};
    json["retagged"] = summary.retagged;
    json["newly_retracted"] = summary.newly_retracted;
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  }

  Session& session_;
  const RunCommandOptions& options_;
  Config config_;
  Secrets secrets_;
  std::unique_ptr<tag::Tagger> tagger_;
  std::unique_ptr<store::Corpus> corpus_;
  std::unique_ptr<fetch::RawArchive> archive_;
  const std::atomic<bool>* stop_ = nullptr;
};

}  // namespace

int RunCommand(const CommonOptions& common, const RunCommandOptions& options) {
  Session session(common);
  auto code = Run(session, options).Execute();
  return code ? *code : session.FailWith(code.error());
}

}  // namespace litmill::app
