// SPDX-License-Identifier: Apache-2.0
// litmill import: records from files on disk.
#include <cstdio>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/connections.h"
#include "app/exit_codes.h"
#include "app/file_import.h"
#include "app/identifier_report.h"
#include "app/ingest.h"
#include "app/interrupt.h"
#include "app/rebuild.h"
#include "app/retag.h"
#include "app/run_lock.h"
#include "app/session.h"
#include "core/hash.h"

namespace litmill::app {
namespace {

class Import {
 public:
  Import(Session& session, const ImportOptions& options) : session_(session), options_(options) {}

  Result<int> Execute() {
    for (const std::string& path : options_.files) {
      if (path == "-") continue;
      LITMILL_TRY(const FileInfo info, session_.files.Stat(path));
      if (info.is_directory)
        return Fail(ErrorCode::kInvalidInput, fmt::format("{} is a folder; name the files in it", path));
    }
    LITMILL_TRY(config_, LoadConfig(session_.files, session_.common.config));
    const std::string path = session_.common.db.empty() ? config_.corpus_path : session_.common.db;
    LITMILL_TRY(tagger_, CompileRules(session_.files, config_.rules));
    LITMILL_TRY(judge_, MembershipJudge::Make(session_.files, config_, session_.clock));
    LITMILL_TRY(const auto lock, RunLock::Acquire(path, session_.common.command_line, session_.clock));
    LITMILL_TRY(corpus_, store::Corpus::Open(path));
    auto code = ImportAll();
    auto closed = corpus_->Close();
    if (code && !closed) return Fail(closed.error());
    return code;
  }

 private:
  Result<int> ImportAll() {
    stop_ = InstallInterruptHandlers();
    store::RunRow wanted;
    wanted.uuid = NewUuid();
    wanted.command = "import";
    wanted.version = LITMILL_VERSION;
    Sha256 list;
    for (const std::string& path : options_.files) list.UpdateField(path);
    list.UpdateField(options_.database);
    wanted.config_sha256 = list.HexDigest();
    wanted.rule_set_sha256 = tagger_->hash();
    wanted.started_at = FormatUtc(session_.clock.Now());
    LITMILL_TRY(run_, corpus_->BeginRun(wanted));
    auto done = ImportFiles();
    session_.console.EndProgress();
    if (!done) {
      const bool interrupted = done.error().code == ErrorCode::kInterrupted;
      (void)corpus_->FinishRun(run_.run_id, interrupted ? "interrupted" : "failed", FormatUtc(session_.clock.Now()));
      return Fail(done.error());
    }
    IngestCounts total;
    for (const FileReport& report : reports_) total += report.counts;
    LITMILL_TRY(totals_, corpus_->Totals(run_.run_id));
    LITMILL_TRY(ends_, corpus_->RequestedIdentifiers(run_.run_id));
    const bool is_whole = total.problems == 0 && AllFound(totals_) && (ends_.empty() || totals_.problems_error == 0);
    const ExitCode code = !total.Balanced() || !totals_.Balanced() ? kExitIntegrity : is_whole ? kExitOk : kExitPartial;
    LITMILL_CHECK(
        corpus_->FinishRun(run_.run_id, code == kExitOk ? "complete" : "partial", FormatUtc(session_.clock.Now())));
    Print(total);
    return code;
  }

  Result<void> ImportFiles() {
    LITMILL_TRY(const std::uint64_t retagged, TagAgainWhatOtherRulesTagged(*corpus_, *tagger_, session_.console));
    (void)retagged;
    if (const std::string caveat = judge_->Caveat(); !caveat.empty())
      session_.console.Log(LogLevel::kWarning, "deciding here which queries find a record: " + caveat);
    LITMILL_TRY(const std::uint64_t decided, DecideMembershipAgain(*corpus_, *judge_, session_.console));
    (void)decided;
    WorkerPool workers(options_.threads > 1 ? options_.threads - 1 : 0);
    Ingester ingester(tagger_.get(), corpus_.get(), &workers, judge_.get());
    FileImporter importer(&session_.files, corpus_.get(), &ingester, &session_.console, run_.run_id, stop_);
    for (const std::string& path : options_.files) {
      LITMILL_TRY(FileReport report, importer.Import(path, options_.database));
      reports_.push_back(std::move(report));
    }
    LITMILL_CHECK(TakeIdentifiers(importer.TakeLists(), &workers));
    LITMILL_TRY(links_, corpus_->LinkWorks());
    // What was superseded by a stored revision is decided from that.
    auto decided_last = DecideMembershipAgain(*corpus_, *judge_, session_.console);
    return decided_last ? Result<void>() : Fail(decided_last.error());
  }

  /// What a list names is asked of the services, after all that the files themselves hold.
  Result<void> TakeIdentifiers(std::vector<store::RequestedIdentifier> list, WorkerPool* workers) {
    if (list.empty()) return {};
    LITMILL_TRY(const Secrets secrets, ReadSecrets(session_.files));
    if (config_.pubmed.enabled)
      if (const Result<void> contact = CheckContact(config_.pubmed, secrets); !contact)
        return GiveUp(std::move(list), contact.error());
    LITMILL_TRY(const std::unique_ptr<fetch::RawArchive> archive, fetch::RawArchive::Open(config_.archive_path));
    Connections connections({&config_, &secrets, archive.get(), &session_.clock, &session_.console, stop_}, run_.uuid);
    Ingester ingester(tagger_.get(), corpus_.get(), workers);
    constexpr bool kRefresh = false;
    return Rebuild({&config_, &secrets, corpus_.get(), archive.get(), &connections, &ingester, &session_.console,
                    run_.run_id, options_.threads, kRefresh})
        .Run(list);
  }

  /// The services cannot be asked at all: each identifier says so, and the files that were imported stay.
  Result<void> GiveUp(std::vector<store::RequestedIdentifier> list, const Error& error) {
    session_.console.Warning(error.message);
    for (store::RequestedIdentifier& identifier : list)
      if (identifier.state == store::RequestedState::kPending) {
        identifier.state = store::RequestedState::kFailed;
        identifier.reason = error.message;
      }
    return corpus_->PutRequestedIdentifiers(run_.run_id, list);
  }

  void Print(const IngestCounts& total) {
    if (session_.common.format == OutputFormat::kJson) {
      nlohmann::ordered_json json;
      for (const FileReport& report : reports_) json["files"].push_back(ToJson(report));
      if (!ends_.empty()) AddIdentifiers(totals_, ends_, json);
      fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
      return;
    }
    if (session_.common.quiet) return;
    std::vector<std::vector<std::string>> rows{{"file", "format", "items", "stored", "revised", "unchanged",
                                                "superseded", "deletions", "problems", "warnings"}};
    const auto add = [&rows](const std::string& name, const std::string& format, const IngestCounts& c) {
      std::vector<std::string> row{name, format};
      for (std::uint64_t n :
           {c.items, c.inserted, c.revised, c.unchanged, c.superseded, c.deletions, c.problems, c.warnings})
        row.push_back(WithThousands(n));
      rows.push_back(std::move(row));
    };
    for (const FileReport& report : reports_)
      add(report.path + (report.is_known ? " (imported before)" : ""), report.format, report.counts);
    if (reports_.size() > 1) add("all", "", total);
    fmt::print("{}", FormatTable(rows, {false, false, true, true, true, true, true, true, true, true}));
    if (!ends_.empty()) fmt::print("\n{}", IdentifierTable(totals_, ends_));
    if (links_.merged_works > 0 || links_.to_review > 0)
      fmt::print(
          "\n{} records are {} works; {} of them have several records, {} pair(s) to review: litmill dedupe review\n",
          WithThousands(links_.records), WithThousands(links_.works), WithThousands(links_.merged_works),
          WithThousands(links_.to_review));
    PrintUnmapped();
    if (total.problems > 0)
      fmt::print("\nWhat could not be read, and why: litmill query \"SELECT * FROM problems WHERE run_id = {}\"\n",
                 run_.run_id);
  }

  void PrintUnmapped() const {
    for (const FileReport& report : reports_) {
      if (report.unmapped.empty()) continue;
      std::string fields;
      for (const parse::UnmappedField& field : report.unmapped)
        fields += fmt::format("{}{} ({})", fields.empty() ? "" : ", ", field.name, field.records);
      fmt::print("\n{}: fields that litmill does not read, kept in other_names: {}\n", report.path, fields);
    }
  }

  static nlohmann::ordered_json ToJson(const FileReport& report) {
    const IngestCounts& c = report.counts;
    nlohmann::ordered_json unmapped = nlohmann::ordered_json::object();
    for (const parse::UnmappedField& field : report.unmapped) unmapped[field.name] = field.records;
    return {{"file", report.path},      {"imported_before", report.is_known},
            {"format", report.format},  {"items", c.items},
            {"stored", c.inserted},     {"revised", c.revised},
            {"unchanged", c.unchanged}, {"superseded", c.superseded},
            {"deletions", c.deletions}, {"problems", c.problems},
            {"warnings", c.warnings},   {"balanced", c.Balanced()},
            {"unmapped", unmapped}};
  }

  Session& session_;
  const ImportOptions& options_;
  Config config_;
  std::unique_ptr<tag::Tagger> tagger_;
  std::unique_ptr<MembershipJudge> judge_;
  std::unique_ptr<store::Corpus> corpus_;
  store::RunRow run_;
  std::vector<FileReport> reports_;
  store::LinkCounts links_;
  store::RunTotals totals_;
  std::vector<store::RequestedIdentifier> ends_;  ///< Of the lists among the files.
  const std::atomic<bool>* stop_ = nullptr;
};

}  // namespace

int ImportCommand(const CommonOptions& common, const ImportOptions& options) {
  Session session(common);
  auto code = Import(session, options).Execute();
  return code ? *code : session.FailWith(code.error());
}

}  // namespace litmill::app
