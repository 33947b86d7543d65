// SPDX-License-Identifier: Apache-2.0
#include "fetch/lookup.h"

#include <fmt/format.h>

#include <unordered_set>
#include <utility>

namespace litmill::fetch {
namespace {

/// Halving 200 ids down to one takes nine calls that may all fail; more failures in a row are the service's.
constexpr int kFailuresOfOneId = 10;
/// Refusals cost no waiting, but a service that refuses all it is ever asked is not the one we think it is.
constexpr int kRefusalsWithoutAnswer = 20;

/// A smaller batch could fare better.
bool MayBeOneId(const Error& error, const SendOutcome& outcome) {
  if (error.code == ErrorCode::kNotFound) return true;  // offline
  if (error.code == ErrorCode::kPermanentRemote)
    return outcome.answers > 0 && !outcome.last.refuses_everything &&
           (outcome.ever_served || outcome.failed_in_a_row <= kRefusalsWithoutAnswer);
  if (error.code == ErrorCode::kTransientRemote)
    return (outcome.ever_served || outcome.answers > 0) && outcome.failed_in_a_row < kFailuresOfOneId;
  return false;
}

}  // namespace

Result<Answer> AnswerSource::Ask(const Call& call, SendOutcome* outcome) const {
  if (archive_ == nullptr) return http_->Send(call, outcome);
  Result<Provenance> document = archive_->FindLatest(call.source, call.kind, call.canonical_request, run_);
  if (!document && document.error().code == ErrorCode::kNotFound && http_ != nullptr) return http_->Send(call, outcome);
  if (!document) return Fail(std::move(document).error());
  LITMILL_TRY(std::string body, archive_->Read(*document));
  return Answer{HttpResponse{document->http_status, {{"content-type", document->media_type}}, std::move(body)},
                std::move(*document)};
}

std::vector<Ids> MakeBatches(const Ids& ids, std::size_t max_ids, std::size_t max_bytes) {
  std::vector<Ids> batches;
  std::unordered_set<std::string> seen;
  std::size_t bytes = 0;
  for (const std::string& id : ids) {
    if (!seen.insert(id).second) continue;
    const std::size_t size = PercentEncode(id).size() + 3;  // "%2C"
    if (batches.empty() || batches.back().size() >= max_ids || bytes + size > max_bytes) {
      batches.emplace_back();
      bytes = 0;
    }
    batches.back().push_back(id);
    bytes += size;
  }
  return batches;
}

Result<void> HalvingLookup::Run(const Ids& ids) {
  if (ids.empty()) return {};
  SendOutcome outcome;
  const Result<void> asked = ask_(ids, &outcome);
  if (asked) return {};
  const Error& error = asked.error();
  if (!MayBeOneId(error, outcome)) return Fail(error);
  if (error.code == ErrorCode::kNotFound) {  // offline: a smaller batch was not asked for either
    for (const std::string& id : ids) on_failed_(id, error);
    return {};
  }
  if (ids.size() == 1) {
    on_failed_(ids.front(), error);
    return {};
  }
  logger_->Warning(
      fmt::format("a batch of {} identifiers failed and is asked for in halves: {}", ids.size(), error.message));
  const auto middle = ids.begin() + static_cast<std::ptrdiff_t>(ids.size() / 2);
  LITMILL_CHECK(Run({ids.begin(), middle}));
  return Run({middle, ids.end()});
}

}  // namespace litmill::fetch
