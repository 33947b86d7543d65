// SPDX-License-Identifier: Apache-2.0
// Fetching records in batches that shrink when PubMed cannot serve them, so that one bad record costs one record.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "fetch/eutils_request.h"
#include "fetch/pubmed_client.h"

namespace litmill::fetch {
namespace {

using Pmids = std::vector<std::uint32_t>;

/// A single record that failed while nothing else was served says little: the service may be gone. After so many of
/// them it is.
constexpr std::size_t kSuspectsWithoutAnswer = 2;  // no connection, or time-outs, which are long
constexpr std::size_t kSuspectsWithServerError = 3;
constexpr std::size_t kSuspectsWithBadAnswer = 5;
constexpr int kFailedCallsInARow = 3;

}  // namespace

class PubmedFetch {
 public:
  PubmedFetch(const PubmedClient& client, const std::function<Result<void>(const Answer&)>& on_document,
              const std::function<void(std::uint32_t, const Error&)>& on_failed)
      : client_(client), on_document_(on_document), on_failed_(on_failed) {}

  Result<void> Run(const Pmids& pmids) {
    LITMILL_CHECK(FetchOrHalve(pmids));
    // Nothing at all was served: whether these records or the service are at fault, the client's other calls tell.
    const bool service_gone =
        !served_ && service_at_fault_ && (!last_.ever_served || last_.failed_in_a_row >= kFailedCallsInARow);
    if (service_gone && !suspects_.empty()) return GiveUp();
    ReportSuspects();
    return {};
  }

 private:
  Result<void> FetchOrHalve(const Pmids& pmids) {
    SendOutcome outcome;
    Result<Answer> answer = client_.Ask(MakeFetchCall(client_.settings_, pmids), &outcome);
    if (answer) {
      served_ = true;
      ReportSuspects();
      return on_document_(*answer);
    }
    const Error& error = answer.error();
    if (!IsAboutTheseRecords(error, outcome)) return Fail(error);
    if (client_.source_.is_offline()) {  // offline: a smaller batch was not asked for either
      for (const std::uint32_t pmid : pmids) on_failed_(pmid, error);
      return {};
    }
    if (pmids.size() == 1) return Suspect(pmids.front(), error, outcome);
    client_.logger_->Warning(
        fmt::format("a batch of {} records failed and is asked for in smaller ones: {}", pmids.size(), error.message));
    // No answer at all: try one record before halving step by step, since the service itself may be gone.
    const std::size_t first = outcome.answers == 0 && !served_ ? 1 : pmids.size() / 2;
    const auto cut = pmids.begin() + static_cast<std::ptrdiff_t>(first);
    LITMILL_CHECK(FetchOrHalve(Pmids(pmids.begin(), cut)));
    return FetchOrHalve(Pmids(cut, pmids.end()));
  }

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
        return outcome.answers > 0;  // without an answer it is the connection that was refused (certificate, redirect)
      default:
        return false;
    }
  }

  /// One record failed alone. It is reported once something else was served; when nothing is, the service is at fault,
  /// not the record.
  Result<void> Suspect(std::uint32_t pmid, const Error& error, const SendOutcome& outcome) {
    last_ = outcome;
    service_at_fault_ =
        error.code == ErrorCode::kTransientRemote && (outcome.answers == 0 || outcome.last_status >= 500);
    suspects_.emplace_back(pmid, error);
    if (served_) {
      ReportSuspects();
      return {};
    }
    const std::size_t most = outcome.answers == 0 ? kSuspectsWithoutAnswer
                             : service_at_fault_  ? kSuspectsWithServerError
                                                  : kSuspectsWithBadAnswer;
    if (suspects_.size() >= most) return GiveUp();
    return {};
  }

  void ReportSuspects() {
    for (const auto& [pmid, error] : suspects_) on_failed_(pmid, error);
    suspects_.clear();
  }

  Result<void> GiveUp() const {
    return Fail(suspects_.back().second.With(fmt::format("fetching PMID {} and others", suspects_.back().first)));
  }

  const PubmedClient& client_;
  const std::function<Result<void>(const Answer&)>& on_document_;
  const std::function<void(std::uint32_t, const Error&)>& on_failed_;
  bool served_ = false;
  bool service_at_fault_ = false;
  SendOutcome last_;
  std::vector<std::pair<std::uint32_t, Error>> suspects_;
};

Result<void> PubmedClient::Fetch(const Pmids& pmids, const std::function<Result<void>(const Answer&)>& on_document,
                                 const std::function<void(std::uint32_t, const Error&)>& on_failed) {
  const auto batch = static_cast<std::size_t>(std::max(settings_.batch_size, 1));
  for (std::size_t at = 0; at < pmids.size(); at += batch) {
    const auto begin = pmids.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end = pmids.begin() + static_cast<std::ptrdiff_t>(std::min(at + batch, pmids.size()));
    LITMILL_CHECK(PubmedFetch(*this, on_document, on_failed).Run(Pmids(begin, end)));
  }
  return {};
}

}  // namespace litmill::fetch
