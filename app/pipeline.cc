// SPDX-License-Identifier: Apache-2.0
#include "app/pipeline.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <future>
#include <map>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/retag.h"
#include "core/identifiers.h"

namespace litmill::app {
namespace {

// More requests in flight than the rate allows a second only wait for each other.
constexpr int kMostFetchers = 3;
// A PMID that PubMed listed but did not deliver is asked for again after this time, not at every run.
constexpr std::chrono::hours kAskMissingAgainAfter{24 * 7};
// PubMed's revision dates are days in US Eastern time and its index lags: overlap by two days.
constexpr std::chrono::hours kModifiedOverlap{48};
// Inside that overlap a record would come back at every run. One retrieved less than this ago is left for the next run,
// whose overlap still reaches back to whatever changed since.
constexpr std::chrono::hours kFresh{24};

std::string WarningsJson(const fetch::SearchReport& report) {
  nlohmann::json json = nlohmann::json::object();
  const auto add = [&json](const char* key, const std::vector<std::string>& list) {
    if (!list.empty()) json[key] = list;
  };
  add("phrases_not_found", report.phrases_not_found);
  add("fields_not_found", report.fields_not_found);
  add("phrases_ignored", report.phrases_ignored);
  add("quoted_phrases_not_found", report.quoted_phrases_not_found);
  add("messages", report.messages);
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// "2026-11-21T22:00:40Z" less the overlap, as a date.
std::string ModifiedSince(const std::string& utc) {
  const auto date = DateFromIso(std::string_view(utc).substr(0, 10));
  if (!date || date->precision != DatePrecision::kDay) return utc;
  const auto number = [&utc](std::size_t at, std::size_t size) { return std::stoi(utc.substr(at, size)); };
  const std::chrono::sys_days day = std::chrono::year_month_day(std::chrono::year(number(0, 4)),
                                                                std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                                                std::chrono::day(static_cast<unsigned>(number(8, 2))));
  return FormatUtc(day - kModifiedOverlap).substr(0, 10);
}

std::vector<std::vector<std::uint32_t>> IntoBatches(const std::vector<std::uint32_t>& pmids, std::size_t size) {
  std::vector<std::vector<std::uint32_t>> batches;
  for (std::size_t i = 0; i < pmids.size(); i += size)
    batches.emplace_back(pmids.begin() + static_cast<std::ptrdiff_t>(i),
                         pmids.begin() + static_cast<std::ptrdiff_t>(std::min(i + size, pmids.size())));
  return batches;
}

/// The ids of an archived EFetch request ("...&id=1,2,3&..."), ascending.
std::vector<std::uint32_t> AskedIn(const std::string& canonical_request) {
  std::vector<std::uint32_t> ids;
  const std::size_t key = canonical_request.find("id=");
  if (key == std::string::npos ||
      (key != 0 && std::string_view("?& \n").find(canonical_request[key - 1]) == std::string_view::npos))
    return ids;
  std::string_view list = std::string_view(canonical_request).substr(key + 3);
  list = list.substr(0, list.find_first_of("& \n"));
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (const auto pmid = ParsePmid(list.substr(0, comma))) ids.push_back(*pmid);
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace

struct Pipeline::FetchedBatch {
  std::vector<std::uint32_t> asked;
  std::vector<fetch::Answer> documents;
  std::vector<std::pair<std::uint32_t, Error>> failed;
  Result<void> status;
};

Pipeline::Pipeline(PipelineParts parts, RunOptions options)
    : parts_(parts), options_(std::move(options)), ingester_(parts.tagger, parts.corpus, parts.workers) {}

Result<RunSummary> Pipeline::Run(const store::RunRow& run) {
  summary_ = {};
  summary_.run = run;
  LITMILL_TRY(const store::CorpusCounts before, parts_.corpus->Counts());
  LITMILL_CHECK(UseRules());
  LITMILL_CHECK(IngestArchived());
  LITMILL_CHECK(Search());
  if (options_.strict && summary_.search_warnings) {
    summary_.stopped_by_strict = true;
  } else {
    LITMILL_CHECK(MakePlan());
    if (!options_.offline) LITMILL_CHECK(FetchPending());
    LITMILL_CHECK(SettleTheRest());
  }
  parts_.console->EndProgress();
  LITMILL_TRY(summary_.totals, parts_.corpus->Totals(run.run_id));
  LITMILL_TRY(const store::CorpusCounts after, parts_.corpus->Counts());
  // In a corpus that was empty nothing is "newly" retracted: everything is new.
  if (before.works > 0 && after.retracted > before.retracted)
    summary_.newly_retracted = after.retracted - before.retracted;
  if (parts_.http != nullptr) summary_.network = parts_.http->statistics();
  return summary_;
}

Result<void> Pipeline::UseRules() {
  LITMILL_TRY(summary_.retagged, TagAgainWhatOtherRulesTagged(*parts_.corpus, *parts_.tagger, *parts_.console));
  return {};
}

Result<void> Pipeline::IngestArchived() {
  std::uint64_t seen = 0;
  return parts_.archive->ForEach("pubmed", "efetch", [this, &seen](const fetch::Provenance& document) -> Result<void> {
    LITMILL_TRY(const bool done,
                parts_.corpus->IsDocumentDone({document.source, document.kind, document.name, document.sha256,
                                               document.size_bytes, document.retrieved_at}));
    if (done) return {};
    LITMILL_TRY(const std::string bytes, parts_.archive->Read(document));
    parts_.console->Progress("reading the archive, documents", ++seen, 0);
    return IngestDocument(document, bytes, AskedIn(document.request));
  });
}

Result<void> Pipeline::Search() {
  for (const QueryConfig& query : parts_.config->queries) {
    LITMILL_TRY(const bool done, parts_.corpus->IsSearchDone(summary_.run.run_id, "pubmed", query.id));
    if (!done) LITMILL_CHECK(SearchOne(query));
  }
  LITMILL_TRY(summary_.searches, parts_.corpus->Searches(summary_.run.run_id));
  for (const store::SearchRow& search : summary_.searches) summary_.search_warnings |= search.warnings_json != "{}";
  return {};
}

Result<void> Pipeline::SearchOne(const QueryConfig& query) {
  parts_.console->Progress("searching " + query.id, 0, 0);
  auto result = parts_.pubmed->Search(query.term);
  if (!result) return Fail(result.error().With("query " + query.id));
  store::SearchRow row;
  row.query_id = query.id;
  row.label = query.label;
  row.source = "pubmed";
  row.platform = "PubMed through NCBI E-utilities (ESearch)";
  row.term = query.term;
  // When the answer was given, also offline: the archive knows.
  row.searched_at = result->documents.empty() ? FormatUtc(parts_.clock->Now()) : result->documents.front().retrieved_at;
  row.query_translation = result->report.query_translation;
  row.warnings_json = result->report.HasWarnings() ? WarningsJson(result->report) : "{}";
  row.hits = result->count;
  row.source_ids.reserve(result->pmids.size());
  for (const std::uint32_t pmid : result->pmids) row.source_ids.push_back(std::to_string(pmid));
  if (row.warnings_json != "{}")
    parts_.console->Warning(fmt::format("query {}: PubMed did not run it as written: {}", query.id, row.warnings_json));
  return parts_.corpus->PutSearch(row, summary_.run.run_id);
}

Result<void> Pipeline::MakePlan() {
  LITMILL_TRY(const bool planned, parts_.corpus->IsPlanned(summary_.run.run_id));
  if (planned) return {};
  std::set<std::uint32_t> modified;
  for (const QueryConfig& query : parts_.config->queries) {
    if (options_.offline) break;  // the archive holds every revision that was ever fetched
    std::string since = options_.since;
    if (since.empty()) {
      LITMILL_TRY(const std::string last, parts_.corpus->LastCompleteSearchTime("pubmed", query.id, query.term));
      if (!last.empty()) since = ModifiedSince(last);
    }
    if (since.empty()) continue;
    auto result = parts_.pubmed->SearchModifiedSince(query.term, since);
    if (!result) return Fail(result.error().With("query " + query.id + " (modified records)"));
    modified.insert(result->pmids.begin(), result->pmids.end());
  }
  // Who names a date wants the records again, however fresh.
  const std::string fresh_since = options_.since.empty() ? FormatUtc(parts_.clock->Now() - kFresh) : "";
  const std::string missing_since = FormatUtc(parts_.clock->Now() - kAskMissingAgainAfter);
  LITMILL_TRY(const store::FetchPlan plan,
              parts_.corpus->Plan(summary_.run.run_id, {modified.begin(), modified.end()}, options_.limit,
                                  options_.offline ? "" : missing_since, fresh_since));
  (void)plan;  // Totals reads it back from the tables
  return {};
}

Result<void> Pipeline::FetchPending() {
  LITMILL_TRY(const std::vector<std::uint32_t> pending, parts_.corpus->Pending(summary_.run.run_id));
  LITMILL_CHECK(FetchBatches(IntoBatches(pending, static_cast<std::size_t>(parts_.config->pubmed.batch_size))));
  // What a batch did not bring is asked for once more, alone: only then is it known to be missing or bad.
  bad_records_.clear();
  LITMILL_TRY(const std::vector<std::uint32_t> missing, parts_.corpus->Pending(summary_.run.run_id));
  return FetchBatches(IntoBatches(missing, 1));
}

Result<void> Pipeline::FetchBatches(const std::vector<std::vector<std::uint32_t>>& batches) {
  WorkerPool fetchers(std::min(options_.threads, kMostFetchers));
  std::deque<std::future<FetchedBatch>> in_flight;
  std::atomic<bool> give_up{false};
  const auto fetch_one = [this, &give_up](const std::vector<std::uint32_t>& pmids) {
    FetchedBatch batch;
    batch.asked = pmids;
    if (give_up) return batch;
    batch.status = parts_.pubmed->Fetch(
        pmids,
        [&batch](const fetch::Answer& answer) -> Result<void> {
          batch.documents.push_back(answer);
          return {};
        },
        [&batch](std::uint32_t pmid, const Error& error) { batch.failed.emplace_back(pmid, error); });
    return batch;
  };
  // Documents are ingested in the order of the batches, whichever arrives first.
  Result<void> status;
  for (std::size_t next = 0; next < batches.size() || !in_flight.empty();) {
    if (status && next < batches.size() && in_flight.size() <= fetchers.size()) {
      in_flight.push_back(fetchers.Submit([&fetch_one, pmids = batches[next]] { return fetch_one(pmids); }));
      ++next;
      continue;
    }
    if (in_flight.empty()) break;
    FetchedBatch batch = in_flight.front().get();
    in_flight.pop_front();
    auto ingested = IngestBatch(batch);
    if (status && !ingested) status = std::move(ingested);
    if (status && !batch.status) status = std::move(batch.status);
    if (!status) give_up = true;
  }
  return status;
}

Result<void> Pipeline::IngestBatch(FetchedBatch& batch) {
  for (const fetch::Answer& answer : batch.documents)
    LITMILL_CHECK(IngestDocument(answer.provenance, answer.response.body, batch.asked));
  if (!batch.failed.empty()) {
    LITMILL_CHECK(parts_.corpus->BeginBatch());
    for (const auto& [pmid, error] : batch.failed) {
      store::ProblemRow problem;
      problem.stage = "fetch";
      problem.severity = "error";
      problem.code = std::string(ErrorCodeName(error.code));
      problem.source = "pubmed";
      problem.source_id = std::to_string(pmid);
      problem.message = error.message;
      LITMILL_CHECK(parts_.corpus->PutProblem(problem, summary_.run.run_id));
      LITMILL_CHECK(parts_.corpus->SetOutcome(summary_.run.run_id, "pubmed", problem.source_id,
                                              store::OutcomeState::kFailed, error.message));
    }
    LITMILL_CHECK(parts_.corpus->CommitBatch());
  }
  LITMILL_TRY(const store::RunTotals totals, parts_.corpus->Totals(summary_.run.run_id));
  parts_.console->Progress("fetching records", totals.plan.asked - totals.pending, totals.plan.asked);
  return {};
}

Result<void> Pipeline::IngestDocument(const fetch::Provenance& document, std::string_view bytes,
                                      const std::vector<std::uint32_t>& asked) {
  IngestRequest request;
  request.document = {document.source, document.kind,       document.name,
                      document.sha256, document.size_bytes, document.retrieved_at};
  request.run_id = summary_.run.run_id;
  request.asked = &asked;
  request.will_ask_again = asked.size() > 1 && !options_.offline;
  request.on_bad_record = [this](const std::string& pmid, const std::string& reason) {
    bad_records_.emplace_back(pmid, reason);
  };
  MemoryReader reader(bytes);
  // No stop flag: a document is small, and ingesting it whole is the safe point.
  LITMILL_TRY(const IngestCounts counts, ingester_.Ingest(request, reader, nullptr));
  if (!counts.Balanced())
    return Fail(ErrorCode::kIntegrity,
                fmt::format("the records of {} do not add up; please report this as a bug", document.name));
  return {};
}

Result<void> Pipeline::SettleTheRest() {
  LITMILL_TRY(const std::vector<std::uint32_t> pending, parts_.corpus->Pending(summary_.run.run_id));
  if (pending.empty()) return {};
  const std::map<std::string, std::string> bad(bad_records_.begin(), bad_records_.end());
  LITMILL_CHECK(parts_.corpus->BeginBatch());
  for (const std::uint32_t pmid : pending) {
    const std::string id = std::to_string(pmid);
    const auto reason = bad.find(id);
    if (reason != bad.end()) {
      LITMILL_CHECK(
          parts_.corpus->SetOutcome(summary_.run.run_id, "pubmed", id, store::OutcomeState::kFailed, reason->second));
    } else {
      LITMILL_CHECK(parts_.corpus->SetOutcome(
          summary_.run.run_id, "pubmed", id, store::OutcomeState::kNotFound,
          options_.offline ? "not in the raw archive" : "PubMed lists it but does not deliver it"));
    }
  }
  return parts_.corpus->CommitBatch();
}

}  // namespace litmill::app
