// SPDX-License-Identifier: Apache-2.0
// Fetching records in batches that shrink when PubMed cannot serve them, so that one bad record costs one record.
#include <fmt/format.h>

#include <algorithm>

#include "fetch/eutils_request.h"
#include "fetch/pubmed_client.h"

namespace litmill::fetch {
namespace {

using Pmids = std::vector<std::uint32_t>;

/// After so many single records failed in a row with none served before, the fault is not theirs.
constexpr int kHopelessSingles = 5;

}  // namespace

class PubmedFetch {
 public:
  PubmedFetch(const PubmedClient& client, const std::function<Result<void>(const Answer&)>& on_document,
              const std::function<void(std::uint32_t, const Error&)>& on_failed)
      : client_(client), on_document_(on_document), on_failed_(on_failed) {}

  Result<void> Run(const Pmids& pmids) {
    SendOutcome outcome;
    Result<Answer> answer = client_.Ask(MakeFetchCall(client_.settings_, pmids), &outcome);
    if (answer) {
      served_ = true;
      return on_document_(*answer);
    }
    const Error& error = answer.error();
    if (!IsAboutTheseRecords(error, outcome)) return Fail(error);
    if (pmids.size() == 1) return GiveUpOn(pmids.front(), error, outcome);
    if (error.code == ErrorCode::kNotFound) {  // offline: a smaller batch was not asked for either
      for (const std::uint32_t pmid : pmids) on_failed_(pmid, error);
      return {};
    }
    client_.logger_->Warning(fmt::format("a batch of {} records failed and is asked for in halves: {}", pmids.size(), error.message));
    // No answer at all: try one record before halving step by step, since the service itself may be gone.
    const std::size_t first = outcome.answers == 0 && !served_ ? 1 : pmids.size() / 2;
    const auto cut = pmids.begin() + static_cast<std::ptrdiff_t>(first);
    LITMILL_CHECK(Run(Pmids(pmids.begin(), cut)));
    return Run(Pmids(cut, pmids.end()));
  }

 private:
  /// False when no smaller batch could do better: stopped, out of disk, key refused, told to slow down.
  static bool IsAboutTheseRecords(const Error& error, const SendOutcome& outcome) {
    if (outcome.last.refuses_everything) return false;
    switch (error.code) {
      case ErrorCode::kTransientRemote:
      case ErrorCode::kSessionLost:
      case ErrorCode::kNotFound:
      case ErrorCode::kCorruptInput:
        return true;
      case ErrorCode::kPermanentRemote:
        return outcome.answers > 0;  // without an answer it is the connection that was refused (certificate, redirect) ...
      default:
        return false;
    }
  }

  Result<void> GiveUpOn(std::uint32_t pmid, const Error& error, const SendOutcome& outcome) {
    const bool service_at_fault = error.code == ErrorCode::kTransientRemote && (outcome.answers == 0 || outcome.last_status >= 500);
    if (!served_ && (service_at_fault || ++failed_in_a_row_ >= kHopelessSingles) && client_.http_ != nullptr)
      return Fail(error.With(fmt::format("fetching PMID {}", pmid)));
    on_failed_(pmid, error);
    return {};
  }

  const PubmedClient& client_;
  const std::function<Result<void>(const Answer&)>& on_document_;
  const std::function<void(std::uint32_t, const Error&)>& on_failed_;
  bool served_ = false;
  int failed_in_a_row_ = 0;
};

Result<void> PubmedClient::Fetch(const Pmids& pmids, const std::function<Result<void>(const Answer&)>& on_document,
                                 const std::function<void(std::uint32_t, const Error&)>& on_failed) {
  PubmedFetch fetch(*this, on_document, on_failed);
  const auto batch = static_cast<std::size_t>(std::max(settings_.batch_size, 1));
  for (std::size_t at = 0; at < pmids.size(); at += batch) {
    const auto begin = pmids.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end = pmids.begin() + static_cast<std::ptrdiff_t>(std::min(at + batch, pmids.size()));
    LITMILL_CHECK(fetch.Run(Pmids(begin, end)));
  }
  return {};
}

}  // namespace litmill::fetch
