// SPDX-License-Identifier: Apache-2.0
#include "app/pubmed_fetcher.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <future>
#include <utility>

#include <fmt/format.h>

#include "app/database_search.h"
#include "core/identifiers.h"

namespace litmill::app {
namespace {

// More requests in flight than the rate allows a second only wait for each other.
constexpr int kMostFetchers = 3;

std::vector<std::vector<std::uint32_t>> IntoBatches(const std::vector<std::uint32_t>& pmids, std::size_t size) {
  std::vector<std::vector<std::uint32_t>> batches;
  for (std::size_t i = 0; i < pmids.size(); i += size)
    batches.emplace_back(pmids.begin() + static_cast<std::ptrdiff_t>(i),
                         pmids.begin() + static_cast<std::ptrdiff_t>(std::min(i + size, pmids.size())));
  return batches;
}

}  // namespace

struct PubmedFetcher::Batch {
  std::vector<std::uint32_t> asked;
  std::vector<fetch::Answer> documents;
  std::vector<std::pair<std::uint32_t, Error>> failed;
  Result<void> status;
};

PubmedFetcher::Batch PubmedFetcher::Ask(const std::vector<std::uint32_t>& pmids) const {
  Batch batch;
  batch.asked = pmids;
  batch.status = parts_.pubmed->Fetch(
      pmids,
      [&batch](const fetch::Answer& answer) -> Result<void> {
        batch.documents.push_back(answer);
        return {};
      },
      [&batch](std::uint32_t pmid, const Error& error) { batch.failed.emplace_back(pmid, error); });
  return batch;
}

Result<void> PubmedFetcher::Fetch(const std::vector<std::uint32_t>& pmids, std::size_t batch_size) const {
  const std::vector<std::vector<std::uint32_t>> batches = IntoBatches(pmids, batch_size);
  WorkerPool fetchers(std::min(parts_.threads, kMostFetchers));
  std::deque<std::future<Batch>> in_flight;
  std::atomic<bool> give_up{false};
  const auto ask = [this, &give_up](const std::vector<std::uint32_t>& batch) { return give_up ? Batch{} : Ask(batch); };
  // Documents are ingested in the order of the batches, whichever arrives first.
  Result<void> status;
  for (std::size_t next = 0; next < batches.size() || !in_flight.empty();) {
    if (status && next < batches.size() && in_flight.size() <= fetchers.size()) {
      in_flight.push_back(fetchers.Submit([&ask, batch = batches[next]] { return ask(batch); }));
      ++next;
      continue;
    }
    if (in_flight.empty()) break;
    Batch batch = in_flight.front().get();
    in_flight.pop_front();
    auto ingested = IngestBatch(batch);
    if (status && !ingested) status = std::move(ingested);
    if (status && !batch.status) status = std::move(batch.status);
    if (!status) give_up = true;
  }
  return status;
}

Result<void> PubmedFetcher::IngestBatch(const Batch& batch) const {
  for (const fetch::Answer& answer : batch.documents)
    LITMILL_CHECK(IngestDocument(answer.provenance, answer.response.body, batch.asked, batch.asked.size() > 1));
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
      LITMILL_CHECK(parts_.corpus->PutProblem(problem, parts_.run_id));
      if (hooks_.on_failed) LITMILL_CHECK(hooks_.on_failed(pmid, error));
    }
    LITMILL_CHECK(parts_.corpus->CommitBatch());
  }
  return hooks_.after_batch ? hooks_.after_batch() : Result<void>();
}

Result<void> PubmedFetcher::IngestDocument(const fetch::Provenance& document, std::string_view bytes,
                                           const std::vector<std::uint32_t>& asked, bool will_ask_again) const {
  IngestRequest request;
  request.document = DocumentOf(document);
  request.run_id = parts_.run_id;
  request.wants = [this, &asked](const Record& record) {
    const auto pmid = ParsePmid(record.source_id);
    return pmid && std::binary_search(asked.begin(), asked.end(), *pmid) && (!hooks_.wants || hooks_.wants(record));
  };
  request.will_ask_again = will_ask_again;
  request.on_bad_record = hooks_.on_bad_record;
  request.on_record = hooks_.on_record;
  MemoryReader reader(bytes);
  // No stop flag: a document is small, and ingesting it whole is the safe point.
  LITMILL_TRY(const IngestCounts counts, parts_.ingester->Ingest(request, reader, nullptr));
  if (!counts.Balanced())
    return Fail(ErrorCode::kIntegrity,
                fmt::format("the records of {} do not add up; please report this as a bug", document.name));
  return {};
}

}  // namespace litmill::app
