// SPDX-License-Identifier: Apache-2.0
// litmill run: sets the stage, runs the pipeline, says what became of everything.
#include <cstdio>
#include <optional>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/connections.h"
#include "app/exit_codes.h"
#include "app/identifier_report.h"
#include "app/interrupt.h"
#include "app/pipeline.h"
#include "app/run_lock.h"
#include "app/run_report.h"
#include "app/session.h"

namespace litmill::app {
namespace {

class Run {
 public:
  Run(Session& session, const RunCommandOptions& options) : session_(session), options_(options) {}

  Result<int> Execute() {
    LITMILL_TRY(config_, LoadConfig(session_.files, session_.common.config));
    if (!session_.common.db.empty()) config_.corpus_path = session_.common.db;
    if (options_.batch_size != 0) config_.pubmed.batch_size = options_.batch_size;
    LITMILL_TRY(secrets_, ReadSecrets(session_.files));
    LITMILL_CHECK(CheckSources());
    if (options_.dry_run) return DryRun();
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
  Result<void> CheckSources() const {
    bool any = config_.pubmed.enabled;
    for (const ServiceFacts& facts : AllServices())
      any |= facts.use == ServiceUse::kDatabase && config_.services.at(std::string(facts.name)).enabled;
    if (!any)
      return Fail(ErrorCode::kConfig,
                  config_.file + ": no database is enabled; set sources.pubmed.enabled (or another's) to true");
    if (!options_.dry_run && !options_.offline && config_.pubmed.enabled) return CheckContact(config_.pubmed, secrets_);
    return {};
  }

  /// The requests that would be sent first, for PubMed; the translated queries, for the others.
  Result<int> DryRun() {
    const fetch::PubmedClient client(PubmedSettingsOf(config_, secrets_),
                                     static_cast<const fetch::RawArchive*>(nullptr), &session_.console);
    if (config_.pubmed.enabled) {
      for (const QueryConfig& query : config_.queries) {
        fmt::print("# {}: {}\n", query.id, query.label);
        for (const std::string& request : client.DescribeRequests(query.term)) fmt::print("{}\n", request);
      }
    }
    for (const ServiceFacts& facts : AllServices()) {
      if (facts.use != ServiceUse::kDatabase || !config_.services.at(std::string(facts.name)).enabled) continue;
      LITMILL_TRY(const std::vector<TranslatedQuery> queries, TranslateQueries(session_.files, config_, facts));
      for (const TranslatedQuery& query : queries)
        fmt::print("# {}, {}: {}\n{}\n", facts.title, query.query->id, query.query->label, query.translation.text);
    }
    return kExitOk;
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
    Connections connections({&config_, &secrets_, archive_.get(), &session_.clock, &session_.console, stop_}, run.uuid);
    const fetch::PubmedSettings settings = PubmedSettingsOf(config_, secrets_);
    std::optional<fetch::PubmedClient> pubmed;
    if (config_.pubmed.enabled && options_.offline) {
      pubmed.emplace(settings, archive_.get(), &session_.console);
    } else if (config_.pubmed.enabled) {
      LITMILL_TRY(fetch::HttpClient* const http, connections.OpenPubmed());
      pubmed.emplace(settings, http, &session_.console);
    }
    WorkerPool workers(options_.threads > 1 ? options_.threads - 1 : 0);  // this thread reads and writes
    const PipelineParts parts{&config_,
                              &secrets_,
                              tagger_.get(),
                              &session_.files,
                              corpus_.get(),
                              archive_.get(),
                              pubmed ? &*pubmed : nullptr,
                              options_.offline ? nullptr : &connections,
                              &workers,
                              &session_.console,
                              &session_.clock,
                              stop_};
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
    PrintRun(*summary, session_, config_, *corpus_);
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
    if (!summary.failures.empty() || !AllFound(summary.totals) || summary.totals.failed > 0 ||
        summary.totals.problems_error > 0)
      return kExitPartial;
    if (options_.strict && summary.newly_retracted > 0) {
      session_.console.Log(LogLevel::kError, fmt::format("{} works are newly retracted; see the view retracted_now",
                                                         summary.newly_retracted));
      return kExitAttention;
    }
    return kExitOk;
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
