// SPDX-License-Identifier: Apache-2.0
#include "app/pipeline.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/enrich.h"
#include "app/membership.h"
#include "app/rebuild.h"
#include "app/retag.h"

namespace litmill::app {
namespace {

/// The trouble is the source's, so that the others may go on.
bool IsOfTheSource(const Error& error) {
  switch (error.code) {
    case ErrorCode::kThrottled:
    case ErrorCode::kTransientRemote:
    case ErrorCode::kPermanentRemote:
    case ErrorCode::kSessionLost:
    case ErrorCode::kNotFound:  // offline: it was never asked this
    case ErrorCode::kIntegrity:
    case ErrorCode::kConfig:
      return true;
    default:
      return false;
  }
}

/// A service did not run the query as it was sent. What the translation could not carry was known before.
bool HasServiceWarnings(const std::string& warnings_json) {
  const nlohmann::json json = nlohmann::json::parse(warnings_json, nullptr, false);
  if (!json.is_object()) return false;
  return std::any_of(json.items().begin(), json.items().end(),
                     [](const auto& entry) { return entry.key() != "translation"; });
}

std::vector<std::pair<std::string, std::string>> TextsOf(const std::vector<TranslatedQuery>& queries) {
  std::vector<std::pair<std::string, std::string>> texts;
  for (const TranslatedQuery& query : queries) texts.emplace_back(query.query->id, query.translation.text);
  return texts;
}

}  // namespace

Pipeline::Pipeline(PipelineParts parts, RunOptions options)
    : parts_(parts), options_(std::move(options)), ingester_(parts.tagger, parts.corpus, parts.workers) {}

Result<RunSummary> Pipeline::Run(const store::RunRow& run) {
  summary_ = {};
  summary_.run = run;
  LITMILL_TRY(const store::CorpusCounts before, parts_.corpus->Counts());
  LITMILL_TRY(summary_.retagged, TagAgainWhatOtherRulesTagged(*parts_.corpus, *parts_.tagger, *parts_.console));
  std::optional<PubmedRun> pubmed;
  if (parts_.pubmed != nullptr)
    pubmed.emplace(PubmedRun::Parts{parts_.config, parts_.corpus, parts_.archive, parts_.pubmed, &ingester_,
                                    parts_.console, parts_.clock, run.run_id, options_.offline, options_.threads});
  PubmedRun* pubmed_run = pubmed ? &*pubmed : nullptr;
  LITMILL_CHECK(ImportFiles());
  if (pubmed) LITMILL_CHECK(pubmed->IngestArchived());
  LITMILL_CHECK(SearchAll(pubmed_run));
  if (options_.strict && summary_.search_warnings) {
    summary_.stopped_by_strict = true;
  } else {
    LITMILL_CHECK(MakePlan(pubmed_run));
    LITMILL_CHECK(TakeRecords(pubmed_run));
    LITMILL_CHECK(TakePages());
    LITMILL_CHECK(LinkAndLookUp());
  }
  LITMILL_TRY(const std::uint64_t decided,
              DecideMembershipAgain(*parts_.corpus, *parts_.files, *parts_.config, *parts_.clock, *parts_.console));
  (void)decided;
  parts_.console->EndProgress();
  LITMILL_TRY(summary_.totals, parts_.corpus->Totals(run.run_id));
  LITMILL_TRY(summary_.identifiers, parts_.corpus->RequestedIdentifiers(run.run_id));
  LITMILL_TRY(const store::CorpusCounts after, parts_.corpus->Counts());
  // In a corpus that was empty nothing is "newly" retracted: everything is new.
  if (before.works > 0 && after.retracted > before.retracted)
    summary_.newly_retracted = after.retracted - before.retracted;
  if (parts_.connections != nullptr) summary_.network = parts_.connections->statistics();
  return summary_;
}

Result<void> Pipeline::ImportFiles() {
  if (parts_.config->files.empty()) return {};
  LITMILL_TRY(const auto judge, MembershipJudge::Make(*parts_.files, *parts_.config, *parts_.clock));
  LITMILL_CHECK(parts_.corpus->UseStrategies(judge->strategies()));
  Ingester ingester(parts_.tagger, parts_.corpus, parts_.workers, judge.get());
  FileImporter importer(parts_.files, parts_.corpus, &ingester, parts_.console, summary_.run.run_id, parts_.stop);
  for (const FileConfig& file : parts_.config->files) {
    auto report = importer.Import(file.path, file.database);
    if (!report) return Fail(report.error().With("sources.files"));
    summary_.files.push_back(std::move(*report));
  }
  const std::vector<store::RequestedIdentifier> list = importer.TakeLists();
  if (list.empty()) return {};
  constexpr bool kRefresh = false;
  return Rebuild({parts_.config, parts_.secrets, parts_.corpus, parts_.archive, parts_.connections, &ingester_,
                  parts_.console, summary_.run.run_id, options_.threads, kRefresh})
      .Run(list);
}

// --- Searching
// --------------------------------------------------------------------------------------------------------

Result<void> Pipeline::SearchAll(PubmedRun* pubmed) {
  sources_ = pubmed == nullptr ? 0 : 1;
  for (const ServiceFacts& facts : AllServices())
    sources_ += facts.use == ServiceUse::kDatabase && parts_.config->services.at(std::string(facts.name)).enabled;
  if (pubmed != nullptr) {
    const Result<void> searched = pubmed->Search();
    if (!searched) {
      SourceFailure failure{"pubmed", "PubMed", "", false, {}};
      for (const QueryConfig& query : parts_.config->queries) failure.queries.emplace_back(query.id, query.term);
      LITMILL_CHECK(Note(searched.error(), std::move(failure)));
    }
  }
  for (const ServiceFacts& facts : AllServices())
    if (facts.use == ServiceUse::kDatabase && parts_.config->services.at(std::string(facts.name)).enabled)
      LITMILL_CHECK(SearchDatabase(facts));
  if (summary_.failures.size() == sources_) return Fail(first_error_);
  LITMILL_TRY(summary_.searches, parts_.corpus->Searches(summary_.run.run_id));
  for (const store::SearchRow& search : summary_.searches)
    summary_.search_warnings |= HasServiceWarnings(search.warnings_json);
  return {};
}

Result<void> Pipeline::SearchDatabase(const ServiceFacts& facts) {
  LITMILL_TRY(const std::vector<TranslatedQuery> queries, TranslateQueries(*parts_.files, *parts_.config, facts));
  SourceFailure failure{std::string(facts.name), std::string(facts.title), "", false, TextsOf(queries)};
  const bool lacks_key = !facts.key_variable.empty() && parts_.secrets->Key(facts.key_variable).empty();
  if (parts_.connections != nullptr && lacks_key) {
    failure.skipped = true;
    return Note({ErrorCode::kConfig, fmt::format("{} is not set", facts.key_variable)}, std::move(failure));
  }
  LITMILL_TRY(
      std::unique_ptr<fetch::SearchService> service,
      OpenDatabase(facts, *parts_.config, *parts_.secrets, parts_.connections, *parts_.archive, parts_.console));
  DatabaseSearch search(
      {&facts, service.get(), parts_.archive, parts_.corpus, &ingester_, parts_.console, parts_.clock},
      summary_.run.run_id);
  const Result<void> searched = search.Search(queries);
  databases_.push_back({std::move(service), search});
  return searched ? Result<void>() : Note(searched.error(), std::move(failure));
}

/// Keeps what a source failed with, unless it is not the source that failed.
Result<void> Pipeline::Note(const Error& error, SourceFailure failure) {
  if (!IsOfTheSource(error)) return Fail(error);
  if (summary_.failures.empty()) first_error_ = error;
  failure.reason = error.message;
  if (sources_ > 1) parts_.console->Warning(fmt::format("{}: {}", failure.title, error.message));
  summary_.failures.push_back(std::move(failure));
  return {};
}

bool Pipeline::Failed(std::string_view source) const {
  return std::any_of(summary_.failures.begin(), summary_.failures.end(),
                     [&](const SourceFailure& failure) { return failure.source == source; });
}

std::string Pipeline::FailureOf(std::string_view source) const {
  for (const SourceFailure& failure : summary_.failures)
    if (failure.source == source) return failure.reason;
  return {};
}

// --- The plan and the records
// -----------------------------------------------------------------------------------------

Result<void> Pipeline::MakePlan(const PubmedRun* pubmed) {
  LITMILL_TRY(const bool planned, parts_.corpus->IsPlanned(summary_.run.run_id));
  if (planned) return {};
  std::vector<std::uint32_t> modified;
  // Offline the archive holds every revision that was ever fetched.
  if (pubmed != nullptr && !options_.offline && !Failed("pubmed")) {
    Result<std::vector<std::uint32_t>> found = pubmed->Modified(options_.since);
    if (found)
      modified = std::move(*found);
    else if (sources_ == 1)
      return Fail(found.error());
    else
      LITMILL_CHECK(NoteUnknownChanges(found.error()));
  }
  // Who names a date wants the records again, however fresh.
  const std::string fresh_since = options_.since.empty() ? FreshSince(*parts_.clock) : "";
  LITMILL_TRY(const store::FetchPlan plan,
              parts_.corpus->Plan(summary_.run.run_id, modified, options_.limit,
                                  options_.offline ? "" : MissingSince(*parts_.clock), fresh_since));
  (void)plan;  // Totals reads it back from the tables
  return {};
}

/// What PubMed has changed is not known: the problem makes the next run ask from the same point on.
Result<void> Pipeline::NoteUnknownChanges(const Error& error) {
  LITMILL_CHECK(Note(error, {"pubmed", "PubMed", "", false, {}}));
  store::ProblemRow problem;
  problem.stage = "search";
  problem.severity = "error";
  problem.code = std::string(ErrorCodeName(error.code));
  problem.source = "pubmed";
  problem.message = error.message;
  LITMILL_CHECK(parts_.corpus->BeginBatch());
  LITMILL_CHECK(parts_.corpus->PutProblem(problem, summary_.run.run_id));
  return parts_.corpus->CommitBatch();
}

Result<void> Pipeline::TakeRecords(PubmedRun* pubmed) {
  if (pubmed == nullptr) return {};
  if (!options_.offline && !Failed("pubmed")) {
    const Result<void> fetched = pubmed->FetchPending();
    if (!fetched && sources_ == 1) return fetched;
    if (!fetched) LITMILL_CHECK(Note(fetched.error(), {"pubmed", "PubMed", "", false, {}}));
  }
  return pubmed->SettleTheRest(FailureOf("pubmed"));
}

Result<void> Pipeline::TakePages() {
  for (const Database& database : databases_) LITMILL_CHECK(database.search.IngestPages());
  if (databases_.empty()) return {};
  // The page came before, byte for byte: its records are known.
  LITMILL_CHECK(parts_.corpus->SettleKnown(summary_.run.run_id));
  LITMILL_TRY(const std::vector<store::PendingId> pending, parts_.corpus->PendingElsewhere(summary_.run.run_id));
  if (pending.empty()) return {};
  LITMILL_CHECK(parts_.corpus->BeginBatch());
  for (const store::PendingId& id : pending) {
    const ServiceFacts* facts = FindService(id.source);
    if (facts != nullptr && facts->use == ServiceUse::kRegister) continue;  // looked up, below
    LITMILL_CHECK(parts_.corpus->SetOutcome(summary_.run.run_id, id.source, id.source_id, store::OutcomeState::kFailed,
                                            "the page that lists it holds no readable record of it; see problems"));
  }
  return parts_.corpus->CommitBatch();
}

Result<void> Pipeline::LinkAndLookUp() {
  Enrichment enrichment({parts_.config, parts_.secrets, parts_.corpus, parts_.archive, parts_.connections, &ingester_,
                         parts_.console, parts_.clock, summary_.run.run_id});
  LITMILL_TRY(summary_.links, enrichment.Run());
  for (const Enrichment::Failure& failure : enrichment.failures())
    summary_.failures.push_back({failure.source, failure.title, failure.reason, failure.skipped, {}});
  return {};
}

}  // namespace litmill::app
