// SPDX-License-Identifier: Apache-2.0
#include "fetch/http_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <random>
#include <utility>

#include "fetch/redaction.h"

namespace litmill::fetch {

struct HttpClient::Impl {
  Impl(Parts all_parts, RetryPolicy retry_policy, std::string run_id, const std::vector<std::string>& keys,
       std::vector<std::string> all, std::uint64_t seed)
      : parts(all_parts),
        policy(retry_policy),
        run(std::move(run_id)),
        document_redactor(keys),
        redactor(all),
        jitter(seed) {}

  const Parts parts;
  const RetryPolicy policy;
  const std::string run;
  const Redactor document_redactor;  ///< Keys alone, for sound documents.
  const Redactor redactor;           ///< Keys and contact address, for everything else.
  std::mutex jitter_mutex;
  std::mt19937_64 jitter;
  std::atomic<std::uint64_t> requests{0}, retries{0}, throttled{0}, bytes{0};
  std::atomic<int> failed_in_a_row{0};
  std::atomic<bool> ever_served{false};

  [[nodiscard]] Result<Answer> Try(const Call& call, SendOutcome& so_far);
  [[nodiscard]] std::int64_t BackoffMs(int tries);
  [[nodiscard]] Result<Answer> Archive(const Call& call, HttpResponse response, const Classification& judgement) const;
  [[nodiscard]] Result<void> WaitBeforeRetry(const Call& call, const HttpResponse* response,
                                             const Classification& judgement, int tries);
  [[nodiscard]] Error GiveUp(const Call& call, const SendOutcome& outcome, const std::string& reason) const;
};

/// The delay after the `tries`-th try: doubling, capped, +-25 % so that clients do not come back in step.
std::int64_t HttpClient::Impl::BackoffMs(int tries) {
  std::int64_t delay = policy.first_delay_ms;
  for (int i = 1; i < tries && delay < policy.max_delay_ms; ++i) delay *= 2;
  delay = std::min(delay, policy.max_delay_ms);
  const std::lock_guard lock(jitter_mutex);
  return delay * (750 + static_cast<std::int64_t>(jitter() % 501)) / 1000;
}

Result<Answer> HttpClient::Impl::Archive(const Call& call, HttpResponse response,
                                         const Classification& judgement) const {
  // A reviewer may be an author: the address in an affiliation is the record's text, not a leak of ours.
  const Redactor& of_body = judgement.verdict == Verdict::kOk && !call.repeats_request ? document_redactor : redactor;
  response.body = of_body.Redact(std::move(response.body));
  for (auto& [name, value] : response.headers) value = redactor.Redact(std::move(value));
  Provenance how;
  how.source = call.source;
  how.kind = call.kind;
  how.request = redactor.Redact(call.canonical_request);
  how.retrieved_at = FormatUtc(parts.clock->Now());
  how.http_status = response.status;
  how.media_type = response.Header("content-type");
  how.run = run;
  how.verdict = VerdictName(judgement.verdict);
  LITMILL_TRY(how, parts.archive->Add(std::move(how), response.body));
  return Answer{std::move(response), std::move(how)};
}

/// Waits as the service asked (which pauses everybody on this host), or else our own growing delay.
Result<void> HttpClient::Impl::WaitBeforeRetry(const Call& call, const HttpResponse* response,
                                               const Classification& judgement, int tries) {
  std::optional<std::int64_t> asked_ms;
  if (response != nullptr) asked_ms = ParseRetryAfter(response->Header("retry-after"), parts.clock->Now());
  if (!asked_ms) asked_ms = judgement.asked_wait_ms;
  if (asked_ms && *asked_ms > policy.max_retry_after_s * 1000) {
    LITMILL_CHECK(parts.budget->Pause(policy.max_retry_after_s * 1000));
    return Fail(ErrorCode::kThrottled,
                redactor.Redact(
                    fmt::format("{}: {} asks to wait {} s, more than the {} s that litmill waits; run again later",
                                judgement.reason, call.source, (*asked_ms + 999) / 1000, policy.max_retry_after_s)));
  }
  if (asked_ms || judgement.verdict == Verdict::kThrottled) {
    // The next slot of the budget comes after the pause: no sleep of our own.
    constexpr std::int64_t kLeastThrottleMs = 2'000;
    return parts.budget->Pause(asked_ms ? *asked_ms : std::max(BackoffMs(tries), kLeastThrottleMs));
  }
  if (!parts.sleeper->Sleep(std::chrono::milliseconds(BackoffMs(tries))))
    return Fail(ErrorCode::kInterrupted, fmt::format("stopped while waiting to ask {} again", call.source));
  return {};
}

Error HttpClient::Impl::GiveUp(const Call& call, const SendOutcome& outcome, const std::string& reason) const {
  const std::string what = fmt::format("{} {}", call.source, call.kind);
  const auto message = [&](std::string_view text) { return redactor.Redact(std::string(text)); };
  if (outcome.answers > 0 && outcome.last.verdict == Verdict::kPermanent)
    return {ErrorCode::kPermanentRemote, message(fmt::format("{} was refused: {}", what, reason))};
  if (outcome.answers > 0 && outcome.last.verdict == Verdict::kSessionLost)
    return {ErrorCode::kSessionLost, message(fmt::format("{}: {}", what, reason))};
  const bool slowed_down = outcome.answers > 0 && outcome.last.verdict == Verdict::kThrottled;
  return {
      slowed_down ? ErrorCode::kThrottled : ErrorCode::kTransientRemote,
      message(fmt::format("{} failed {} times; the last reason: {}. Try again later", what, outcome.tries, reason))};
}

HttpClient::HttpClient(Parts parts, RetryPolicy policy, std::string run, const std::vector<std::string>& keys,
                       std::uint64_t jitter_seed, const std::string& contact) {
  std::vector<std::string> all = keys;
  if (!contact.empty()) all.push_back(contact);
  impl_ = std::make_unique<Impl>(parts, policy, std::move(run), keys, std::move(all), jitter_seed);
}

HttpClient::~HttpClient() = default;

Result<Answer> HttpClient::Send(const Call& call, SendOutcome* outcome) {
  SendOutcome so_far;
  Result<Answer> answer = impl_->Try(call, so_far);
  so_far.failed_in_a_row = answer ? 0 : impl_->failed_in_a_row.load() + 1;
  impl_->failed_in_a_row = so_far.failed_in_a_row;
  if (answer) impl_->ever_served = true;
  so_far.ever_served = impl_->ever_served;
  if (outcome != nullptr) *outcome = std::move(so_far);
  return answer;
}

/// Asks until there is an answer to return or a reason to stop.
Result<Answer> HttpClient::Impl::Try(const Call& call, SendOutcome& so_far) {
  for (;;) {
    LITMILL_CHECK(parts.budget->Acquire());
    ++so_far.tries;
    ++requests;
    if (so_far.tries > 1) ++retries;
    Result<HttpResponse> response = parts.transport->Send(call.request);
    std::string reason;
    Classification judgement{Verdict::kTransient, {}};
    if (response) {
      bytes += response->body.size();
      if (call.asked_interval_ms)
        if (const std::optional<std::int64_t> asked_ms = call.asked_interval_ms(*response))
          parts.budget->ObeyService(*asked_ms);
      judgement = call.classify(*response);
      if (judgement.verdict == Verdict::kTransient && judgement.permanent_after > 0 &&
          so_far.tries >= judgement.permanent_after)
        judgement.verdict = judgement.then;
      if (judgement.verdict == Verdict::kThrottled) ++throttled;
      ++so_far.answers;
      so_far.last_status = response->status;
      so_far.last = judgement;
      reason = judgement.reason;
      LITMILL_TRY(Answer answer, Archive(call, *response, judgement));
      if (judgement.verdict == Verdict::kOk) return answer;
      if (judgement.verdict == Verdict::kPermanent || judgement.verdict == Verdict::kSessionLost)
        return Fail(GiveUp(call, so_far, reason));
      if (judgement.verdict == Verdict::kThrottled && judgement.quota_used_up)
        return Fail(ErrorCode::kThrottled, redactor.Redact(fmt::format("{} {}: {}", call.source, call.kind, reason)));
    } else {
      reason = response.error().message;
      if (response.error().code != ErrorCode::kTransientRemote)
        return Fail(response.error().code, redactor.Redact(reason));
    }
    if (so_far.tries >= policy.max_tries) return Fail(GiveUp(call, so_far, reason));
    parts.logger->Log(LogLevel::kWarning,
                      redactor.Redact(fmt::format("{} {}: {}; try {} of {} follows", call.source, call.kind, reason,
                                                  so_far.tries + 1, policy.max_tries)));
    LITMILL_CHECK(WaitBeforeRetry(call, response ? &*response : nullptr, judgement, so_far.tries));
  }
}

ClientStatistics HttpClient::statistics() const {
  return {impl_->requests.load(), impl_->retries.load(), impl_->throttled.load(), impl_->bytes.load()};
}

}  // namespace litmill::fetch
