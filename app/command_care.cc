// SPDX-License-Identifier: Apache-2.0
// litmill status, validate, digest: looking after a corpus.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/exit_codes.h"
#include "app/session.h"
#include "fetch/raw_archive.h"
#include "store/store.h"

namespace litmill::app {
namespace {

constexpr int kRunsShown = 10;

Result<void> ShowStatus(Session& session) {
  LITMILL_TRY(const auto corpus, session.OpenForReading());
  LITMILL_TRY(const store::CorpusCounts counts, corpus->Counts());
  LITMILL_TRY(const std::vector<store::RunRow> runs, corpus->Runs(kRunsShown));
  const std::vector<std::pair<std::string, std::uint64_t>> numbers{
      {"works", counts.works},     {"tagged_works", counts.tagged_works}, {"records", counts.records},
      {"tags", counts.tags},       {"mentions", counts.mentions},         {"retracted", counts.retracted},
      {"deleted", counts.deleted}, {"problems", counts.problems}};
  if (session.common.format == OutputFormat::kJson) {
    nlohmann::ordered_json json;
    json["corpus"] = session.CorpusPath();
    for (const auto& number : numbers) json[number.first] = number.second;
    json["runs"] = nlohmann::ordered_json::array();
    for (const store::RunRow& run : runs)
      json["runs"].push_back({{"run_id", run.run_id},
                              {"uuid", run.uuid},
                              {"command", run.command},
                              {"status", run.status},
                              {"started_at", run.started_at},
                              {"finished_at", run.finished_at},
                              {"version", run.version}});
    fmt::print("{}\n", json.dump(2));
    return {};
  }
  std::vector<std::vector<std::string>> table{{session.CorpusPath(), "number"}};
  for (const auto& number : numbers) table.push_back({number.first, WithThousands(number.second)});
  fmt::print("{}\n", FormatTable(table, {false, true}));
  std::vector<std::vector<std::string>> rows{{"run", "command", "status", "started", "finished"}};
  for (const store::RunRow& run : runs)
    rows.push_back({std::to_string(run.run_id), run.command, run.status, run.started_at, run.finished_at});
  fmt::print("{}", FormatTable(rows, {true, false, false, false, false}));
  return {};
}

/// The archive's path: the configuration's; empty when there is no configuration or no such file.
std::string ArchivePath(Session& session) {
  const auto config = LoadConfig(session.files, session.common.config);
  if (!config || !session.files.Stat(config->archive_path)) return {};
  return config->archive_path;
}

Result<std::vector<store::Check>> RunChecks(Session& session, const ValidateOptions& options) {
  LITMILL_TRY(const auto corpus, session.OpenForReading());
  LITMILL_TRY(std::vector<store::Check> checks, store::Validate(*corpus));
  const std::string archive_path = options.skip_archive ? "" : ArchivePath(session);
  if (archive_path.empty()) return checks;
  LITMILL_TRY(const auto archive, fetch::RawArchive::Open(archive_path));
  LITMILL_TRY(const std::vector<std::string> failures, archive->Verify());
  checks.push_back(
      {"raw-archive-hashes", failures.empty(),
       failures.empty() ? "every document's SHA-256 agrees" : fmt::format("{}", fmt::join(failures, "; "))});
  return checks;
}

Result<bool> ShowValidation(Session& session, const ValidateOptions& options) {
  LITMILL_TRY(const std::vector<store::Check> checks, RunChecks(session, options));
  bool sound = true;
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  std::vector<std::vector<std::string>> table{{"check", "result", "detail"}};
  for (const store::Check& check : checks) {
    sound = sound && check.passed;
    json.push_back({{"check", check.name}, {"passed", check.passed}, {"detail", check.detail}});
    table.push_back({check.name, check.passed ? "ok" : "FAILED", check.detail});
  }
  if (session.common.format == OutputFormat::kJson)
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  else
    fmt::print("{}", FormatTable(table, {}));
  return sound;
}

Result<void> ShowDigest(Session& session, bool parts) {
  LITMILL_TRY(const auto corpus, session.OpenForReading());
  LITMILL_TRY(const store::CorpusDigest digest, store::Digest(*corpus));
  if (session.common.format == OutputFormat::kJson) {
    nlohmann::ordered_json json{{"sha256", digest.sha256}, {"searches_sha256", digest.searches_sha256}};
    for (const auto& part : digest.parts)
      if (parts) json["parts"][part.first] = part.second;
    fmt::print("{}\n", json.dump(2));
    return {};
  }
  fmt::print("{}\n{}  searches\n", digest.sha256, digest.searches_sha256);
  for (const auto& part : digest.parts)
    if (parts) fmt::print("{}  {}\n", part.second, part.first);
  return {};
}

}  // namespace

int StatusCommand(const CommonOptions& common) {
  Session session(common);
  const auto done = ShowStatus(session);
  return done ? kExitOk : session.FailWith(done.error());
}

int ValidateCommand(const CommonOptions& common, const ValidateOptions& options) {
  Session session(common);
  const auto sound = ShowValidation(session, options);
  if (!sound) return session.FailWith(sound.error());
  return *sound ? kExitOk : kExitIntegrity;
}

int DigestCommand(const CommonOptions& common, bool parts) {
  Session session(common);
  const auto done = ShowDigest(session, parts);
  return done ? kExitOk : session.FailWith(done.error());
}

}  // namespace litmill::app
