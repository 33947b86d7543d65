// SPDX-License-Identifier: Apache-2.0
#include "app/pubmed_run.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/database_search.h"
#include "core/identifiers.h"

namespace litmill::app {
namespace {

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

std::string MissingSince(const Clock& clock) { return FormatUtc(clock.Now() - kAskMissingAgainAfter); }

std::string FreshSince(const Clock& clock) { return FormatUtc(clock.Now() - kFresh); }

PubmedRun::PubmedRun(Parts parts)
    : parts_(parts), fetcher_({parts.pubmed, parts.corpus, parts.ingester, parts.threads, parts.run_id}, Hooks()) {}

PubmedFetcher::Hooks PubmedRun::Hooks() {
  PubmedFetcher::Hooks hooks;
  hooks.on_bad_record = [this](const std::string& pmid, const std::string& reason) {
    bad_records_.emplace_back(pmid, reason);
  };
  hooks.on_failed = [this](std::uint32_t pmid, const Error& error) {
    return parts_.corpus->SetOutcome(parts_.run_id, "pubmed", std::to_string(pmid), store::OutcomeState::kFailed,
                                     error.message);
  };
  hooks.after_batch = [this]() -> Result<void> {
    LITMILL_TRY(const store::RunTotals totals, parts_.corpus->Totals(parts_.run_id));
    parts_.console->Progress("fetching records", totals.plan.asked - totals.pending, totals.plan.asked);
    return {};
  };
  return hooks;
}

Result<void> PubmedRun::IngestArchived() {
  std::uint64_t seen = 0;
  return parts_.archive->ForEach("pubmed", "efetch", [this, &seen](const fetch::Provenance& document) -> Result<void> {
    LITMILL_TRY(const bool done, parts_.corpus->IsDocumentDone(DocumentOf(document)));
    if (done) return {};
    LITMILL_TRY(const std::string bytes, parts_.archive->Read(document));
    parts_.console->Progress("reading the archive, documents", ++seen, 0);
    const std::vector<std::uint32_t> asked = AskedIn(document.request);
    return fetcher_.IngestDocument(document, bytes, asked, asked.size() > 1 && !parts_.offline);
  });
}

Result<void> PubmedRun::Search() const {
  for (const QueryConfig& query : parts_.config->queries) {
    LITMILL_TRY(const bool done, parts_.corpus->IsSearchDone(parts_.run_id, "pubmed", query.id));
    if (!done) LITMILL_CHECK(SearchOne(query));
  }
  return {};
}

Result<void> PubmedRun::SearchOne(const QueryConfig& query) const {
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
  return parts_.corpus->PutSearch(row, parts_.run_id);
}

Result<std::vector<std::uint32_t>> PubmedRun::Modified(const std::string& since) const {
  std::set<std::uint32_t> modified;
  for (const QueryConfig& query : parts_.config->queries) {
    std::string from = since;
    if (from.empty()) {
      LITMILL_TRY(const std::string last, parts_.corpus->LastCompleteSearchTime("pubmed", query.id, query.term));
      if (!last.empty()) from = ModifiedSince(last);
    }
    if (from.empty()) continue;
    auto result = parts_.pubmed->SearchModifiedSince(query.term, from);
    if (!result) return Fail(result.error().With("query " + query.id + " (modified records)"));
    modified.insert(result->pmids.begin(), result->pmids.end());
  }
  return std::vector<std::uint32_t>(modified.begin(), modified.end());
}

Result<void> PubmedRun::FetchPending() {
  LITMILL_TRY(const std::vector<std::uint32_t> pending, parts_.corpus->Pending(parts_.run_id));
  LITMILL_CHECK(fetcher_.Fetch(pending, static_cast<std::size_t>(parts_.config->pubmed.batch_size)));
  // What a batch did not bring is asked for once more, alone: only then is it known to be missing or bad.
  bad_records_.clear();
  LITMILL_TRY(const std::vector<std::uint32_t> missing, parts_.corpus->Pending(parts_.run_id));
  return fetcher_.Fetch(missing, 1);
}

Result<void> PubmedRun::SettleTheRest(const std::string& failure) {
  LITMILL_TRY(const std::vector<std::uint32_t> pending, parts_.corpus->Pending(parts_.run_id));
  if (pending.empty()) return {};
  const std::map<std::string, std::string> bad(bad_records_.begin(), bad_records_.end());
  LITMILL_CHECK(parts_.corpus->BeginBatch());
  for (const std::uint32_t pmid : pending) {
    const std::string id = std::to_string(pmid);
    const auto reason = bad.find(id);
    store::OutcomeState state = store::OutcomeState::kFailed;
    std::string why = reason != bad.end() ? reason->second : failure;
    if (why.empty()) {
      state = store::OutcomeState::kNotFound;
      why = parts_.offline ? "not in the raw archive" : "PubMed lists it but does not deliver it";
    }
    LITMILL_CHECK(parts_.corpus->SetOutcome(parts_.run_id, "pubmed", id, state, why));
  }
  return parts_.corpus->CommitBatch();
}

}  // namespace litmill::app
