// SPDX-License-Identifier: Apache-2.0
// litmill rebuild: a corpus from a list of identifiers, and what became of each of them.
#include <cstdio>
#include <fstream>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/connections.h"
#include "app/enrich.h"
#include "app/exit_codes.h"
#include "app/identifier_list.h"
#include "app/identifier_report.h"
#include "app/interrupt.h"
#include "app/membership.h"
#include "app/rebuild.h"
#include "app/retag.h"
#include "app/run_lock.h"
#include "app/session.h"
#include "core/hash.h"

namespace litmill::app {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMaxListBytes = 256U << 20U;

class RebuildRun {
 public:
  RebuildRun(Session& session, const RebuildOptions& options) : session_(session), options_(options) {}

  Result<int> Execute() {
    LITMILL_TRY(config_, LoadConfig(session_.files, session_.common.config));
    if (!session_.common.db.empty()) config_.corpus_path = session_.common.db;
    LITMILL_TRY(secrets_, ReadSecrets(session_.files));
    if (!options_.offline && config_.pubmed.enabled) LITMILL_CHECK(CheckContact(config_.pubmed, secrets_));
    LITMILL_TRY(const std::string text, ReadWholeFile(session_.files, options_.from, kMaxListBytes));
    LITMILL_TRY(const std::vector<store::RequestedIdentifier> list, ReadIdentifierFile(text, options_.from));
    LITMILL_TRY(tagger_, CompileRules(session_.files, config_.rules));
    LITMILL_TRY(const auto lock, RunLock::Acquire(config_.corpus_path, session_.common.command_line, session_.clock));
    LITMILL_TRY(corpus_, store::Corpus::Open(config_.corpus_path));
    LITMILL_TRY(archive_, fetch::RawArchive::Open(config_.archive_path));
    auto code = RunOn(list, Sha256Hex(text));
    // The file is left clean also after an error; when that fails too, the first error is the one to tell.
    auto closed = corpus_->Close();
    if (code && !closed) return Fail(closed.error());
    return code;
  }

 private:
  Result<int> RunOn(const std::vector<store::RequestedIdentifier>& list, const std::string& list_sha256) {
    const std::atomic<bool>* stop = InstallInterruptHandlers();
    const std::int64_t began_ms = session_.clock.SteadyMs();
    LITMILL_TRY(const store::RunRow run, Begin(list_sha256));
    LITMILL_TRY(const std::uint64_t retagged, TagAgainWhatOtherRulesTagged(*corpus_, *tagger_, session_.console));
    (void)retagged;
    Connections connections({&config_, &secrets_, archive_.get(), &session_.clock, &session_.console, stop}, run.uuid);
    WorkerPool workers(options_.threads > 1 ? options_.threads - 1 : 0);
    Ingester ingester(tagger_.get(), corpus_.get(), &workers);
    Rebuild rebuild({&config_, &secrets_, corpus_.get(), archive_.get(), options_.offline ? nullptr : &connections,
                     &ingester, &session_.console, run.run_id, options_.threads, options_.refresh});
    Enrichment enrichment({&config_, &secrets_, corpus_.get(), archive_.get(),
                           options_.offline ? nullptr : &connections, &ingester, &session_.console, &session_.clock,
                           run.run_id});
    Result<void> done = rebuild.Run(list);
    if (done) {
      auto links = enrichment.Run();
      if (links)
        links_ = *links;
      else
        done = Fail(links.error());
    }
    if (done) {
      auto decided = DecideMembershipAgain(*corpus_, session_.files, config_, session_.clock, session_.console);
      if (!decided) done = Fail(decided.error());
    }
    session_.console.EndProgress();
    if (!done) {
      const bool interrupted = done.error().code == ErrorCode::kInterrupted;
      (void)corpus_->FinishRun(run.run_id, interrupted ? "interrupted" : "failed", FormatUtc(session_.clock.Now()));
      return Fail(interrupted ? done.error().With("stopped; run the same command again to go on") : done.error());
    }
    LITMILL_TRY(const store::RunTotals totals, corpus_->Totals(run.run_id));
    LITMILL_TRY(const std::vector<store::RequestedIdentifier> ends, corpus_->RequestedIdentifiers(run.run_id));
    const ExitCode code = CodeFor(totals, !rebuild.failures().empty(), !enrichment.failures().empty());
    LITMILL_CHECK(
        corpus_->FinishRun(run.run_id, code == kExitOk ? "complete" : "partial", FormatUtc(session_.clock.Now())));
    LITMILL_CHECK(WriteFailed(ends));
    network_ = connections.statistics();
    seconds_ = static_cast<double>(session_.clock.SteadyMs() - began_ms) / 1e3;
    seconds_by_rate_ = static_cast<double>(connections.LeastMs()) / 1e3;
    if (session_.common.format == OutputFormat::kJson)
      PrintJson(run, totals, ends);
    else if (!session_.common.quiet)
      PrintTable(totals, ends);
    return code;
  }

  Result<store::RunRow> Begin(const std::string& list_sha256) {
    store::RunRow wanted;
    wanted.uuid = NewUuid();
    wanted.command = options_.offline ? "rebuild --offline" : "rebuild";
    wanted.version = LITMILL_VERSION;
    Sha256 hash;
    hash.UpdateField(config_.sha256);
    hash.UpdateField(list_sha256);
    wanted.config_sha256 = hash.HexDigest();
    wanted.rule_set_sha256 = tagger_->hash();
    wanted.started_at = FormatUtc(session_.clock.Now());
    LITMILL_TRY(store::RunRow run, corpus_->BeginRun(wanted));
    if (run.resumed)
      session_.console.Info(fmt::format("going on with the rebuild of {}, which did not finish", run.started_at));
    return run;
  }

  ExitCode CodeFor(const store::RunTotals& totals, bool a_service_failed, bool a_look_up_failed) {
    if (!totals.Balanced()) {
      session_.console.Log(LogLevel::kError, "the numbers of this run do not add up; the corpus may be incomplete");
      return kExitIntegrity;
    }
    const store::RequestedTotals& ends = totals.requested_states;
    if (a_service_failed && ends.stored == 0) return kExitSource;
    const bool whole = !a_service_failed && !a_look_up_failed && totals.failed == 0 && totals.problems_error == 0;
    return AllFound(totals) && whole ? kExitOk : kExitPartial;
  }

  /// The identifiers that led to nothing, each with its reason, in the form in which they can be given again.
  Result<void> WriteFailed(const std::vector<store::RequestedIdentifier>& ends) const {
    if (options_.failed_to.empty()) return {};
    std::ofstream out(options_.failed_to, std::ios::binary | std::ios::trunc);
    for (const store::RequestedIdentifier& end : ends) {
      if (!LedToNothing(end.state)) continue;
      std::string reason = fmt::format("{}: {}", store::RequestedStateName(end.state), end.reason);
      for (char& c : reason)
        if (c == '\n' || c == '\r') c = ' ';
      out << end.input << " # line " << end.line << ", " << reason << '\n';
    }
    out.close();
    if (!out) return Fail(ErrorCode::kIo, options_.failed_to + ": the list of what failed could not be written");
    return {};
  }

  void PrintTable(const store::RunTotals& totals, const std::vector<store::RequestedIdentifier>& ends) {
    fmt::print("{}", IdentifierTable(totals, ends));
    fmt::print("\n{}: {} source records are {} works\n", config_.corpus_path, WithThousands(links_.records),
               WithThousands(links_.works));
    fmt::print("requests: {} ({} repeated), {:.1f} MB, {:.1f} s; {:.1f} s by the services' rates\n", network_.requests,
               network_.retries, static_cast<double>(network_.bytes) / 1e6, seconds_, seconds_by_rate_);
  }

  void PrintJson(const store::RunRow& run, const store::RunTotals& totals,
                 const std::vector<store::RequestedIdentifier>& ends) {
    ordered_json json;
    json["run"] = run.uuid;
    json["resumed"] = run.resumed;
    AddIdentifiers(totals, ends, json);
    json["balanced"] = totals.Balanced();
    json["linked"] = {{"records", links_.records}, {"works", links_.works}};
    json["network"] = {{"requests", network_.requests}, {"retries", network_.retries}, {"bytes", network_.bytes}};
    json["seconds"] = seconds_;
    json["seconds_by_rate"] = seconds_by_rate_;
    fmt::print("{}\n", json.dump(2, ' ', false, ordered_json::error_handler_t::replace));
  }

  Session& session_;
  const RebuildOptions& options_;
  Config config_;
  Secrets secrets_;
  std::unique_ptr<tag::Tagger> tagger_;
  std::unique_ptr<store::Corpus> corpus_;
  std::unique_ptr<fetch::RawArchive> archive_;
  store::LinkCounts links_;
  fetch::ClientStatistics network_;
  double seconds_ = 0, seconds_by_rate_ = 0;
};

}  // namespace

int RebuildCommand(const CommonOptions& common, const RebuildOptions& options) {
  Session session(common);
  auto code = RebuildRun(session, options).Execute();
  return code ? *code : session.FailWith(code.error());
}

}  // namespace litmill::app
