// SPDX-License-Identifier: Apache-2.0
// litmill import: records from files on disk.
#include <cstdio>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/exit_codes.h"
#include "app/ingest.h"
#include "app/interrupt.h"
#include "app/retag.h"
#include "app/run_lock.h"
#include "app/session.h"
#include "core/hash.h"

namespace litmill::app {
namespace {

constexpr std::size_t kMaxStandardInputBytes = std::size_t{1} << 30U;

struct FileReport {
  std::string path;
  IngestCounts counts;
  bool known = false;  ///< The same bytes were imported before.
};

/// SHA-256 and size of a file, read once through.
Result<store::Document> Describe(ByteReader& reader, const std::string& path) {
  Sha256 hash;
  store::Document document;
  document.source = "pubmed";
  document.kind = "file";
  document.name = path;
  std::string buffer(1U << 18U, '\0');
  for (;;) {
    LITMILL_TRY(const std::size_t got, reader.Read(buffer.data(), buffer.size()));
    if (got == 0) break;
    hash.Update(std::string_view(buffer).substr(0, got));
    document.size_bytes += got;
  }
  document.sha256 = hash.HexDigest();
  return document;
}

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
    LITMILL_TRY(const Config config, LoadConfig(session_.files, session_.common.config));
    const std::string path = session_.common.db.empty() ? config.corpus_path : session_.common.db;
    LITMILL_TRY(tagger_, CompileRules(session_.files, config.rules));
    LITMILL_TRY(judge_, MembershipJudge::Make(session_.files, config, session_.clock));
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
    const ExitCode code = !total.Balanced() ? kExitIntegrity : total.problems > 0 ? kExitPartial : kExitOk;
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
    for (const std::string& path : options_.files) {
      auto imported = path == "-" ? ImportStandardInput(ingester) : ImportFile(ingester, path);
      if (!imported) return Fail(imported.error());
    }
    // What was superseded by a stored revision is decided from that.
    auto decided_last = DecideMembershipAgain(*corpus_, *judge_, session_.console);
    return decided_last ? Result<void>() : Fail(decided_last.error());
  }

  Result<void> ImportFile(Ingester& ingester, const std::string& path) {
    LITMILL_TRY(const auto first, session_.files.Open(path));
    LITMILL_TRY(const store::Document document, Describe(*first, path));
    LITMILL_TRY(const auto reader, session_.files.Open(path));
    return ImportDocument(ingester, document, *reader);
  }

  Result<void> ImportStandardInput(Ingester& ingester) {
    LITMILL_TRY(const std::string bytes, ReadWholeFile(session_.files, "-", kMaxStandardInputBytes));
    MemoryReader first(bytes);
    LITMILL_TRY(const store::Document document, Describe(first, "-"));
    MemoryReader reader(bytes);
    return ImportDocument(ingester, document, reader);
  }

  Result<void> ImportDocument(Ingester& ingester, const store::Document& document, ByteReader& reader) {
    FileReport report;
    report.path = document.name;
    LITMILL_TRY(report.known, corpus_->IsDocumentDone(document));
    if (!report.known) {
      IngestRequest request;
      request.document = document;
      request.run_id = run_.run_id;
      request.on_progress = [this, &document](std::uint64_t items) {
        session_.console.Progress(document.name, items, 0);
      };
      LITMILL_TRY(report.counts, ingester.Ingest(request, reader, stop_));
    }
    reports_.push_back(std::move(report));
    return {};
  }

  void Print(const IngestCounts& total) {
    if (session_.common.format == OutputFormat::kJson) {
      nlohmann::ordered_json json;
      for (const FileReport& report : reports_) json["files"].push_back(ToJson(report));
      fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
      return;
    }
    if (session_.common.quiet) return;
    std::vector<std::vector<std::string>> rows{
        {"file", "items", "stored", "revised", "unchanged", "superseded", "deletions", "problems", "warnings"}};
    const auto add = [&rows](const std::string& name, const IngestCounts& c) {
      std::vector<std::string> row{name};
      for (std::uint64_t n :
           {c.items, c.inserted, c.revised, c.unchanged, c.superseded, c.deletions, c.problems, c.warnings})
        row.push_back(WithThousands(n));
      rows.push_back(std::move(row));
    };
    for (const FileReport& report : reports_)
      add(report.path + (report.known ? " (imported before)" : ""), report.counts);
    if (reports_.size() > 1) add("all", total);
    fmt::print("{}", FormatTable(rows, {false, true, true, true, true, true, true, true, true}));
    if (total.problems > 0)
      fmt::print("\nWhat could not be read, and why: litmill query \"SELECT * FROM problems WHERE run_id = {}\"\n",
                 run_.run_id);
  }

  static nlohmann::ordered_json ToJson(const FileReport& report) {
    const IngestCounts& c = report.counts;
    return {{"file", report.path},        {"imported_before", report.known},
            {"items", c.items},           {"stored", c.inserted},
            {"revised", c.revised},       {"unchanged", c.unchanged},
            {"superseded", c.superseded}, {"deletions", c.deletions},
            {"problems", c.problems},     {"warnings", c.warnings},
            {"balanced", c.Balanced()}};
  }

  Session& session_;
  const ImportOptions& options_;
  std::unique_ptr<tag::Tagger> tagger_;
  std::unique_ptr<MembershipJudge> judge_;
  std::unique_ptr<store::Corpus> corpus_;
  store::RunRow run_;
  std::vector<FileReport> reports_;
  const std::atomic<bool>* stop_ = nullptr;
};

}  // namespace

int ImportCommand(const CommonOptions& common, const ImportOptions& options) {
  Session session(common);
  auto code = Import(session, options).Execute();
  return code ? *code : session.FailWith(code.error());
}

}  // namespace litmill::app
