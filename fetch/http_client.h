// SPDX-License-Identifier: Apache-2.0
// Requests with manners: paced, retried within a cap, archived, classified.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/log.h"
#include "core/result.h"
#include "fetch/rate_budget.h"
#include "fetch/raw_archive.h"
#include "fetch/transport.h"

namespace litmill::fetch {

/// What an answer means for the caller.
enum class Verdict { kOk, kThrottled, kTransient, kPermanent, kSessionLost };
[[nodiscard]] std::string_view VerdictName(Verdict verdict);

struct Classification {
  Verdict verdict = Verdict::kOk;
  std::string reason;  ///< For people; no secrets, no raw body.
  /// kTransient only: after so many tries the fault counts as `then` (0: never). For a message that can mean either.
  int permanent_after = 0;
  /// kPermanent only: no other request of this client can succeed either (a refused key, a blocked address).
  bool refuses_everything = false;
  Verdict then = Verdict::kPermanent;              ///< See permanent_after.
  std::optional<std::int64_t> asked_wait_ms = {};  ///< By a header of the service's own; Retry-After goes before.
  /// kThrottled only: a quota of days or weeks is used up, so waiting within a run does not help; nothing is retried.
  bool quota_used_up = false;
};
/// A service's own judgement of an answer (status, headers and body). Pure.
using Classifier = std::function<Classification(const HttpResponse&)>;

struct RetryPolicy {
  int max_tries = 5;
  std::int64_t first_delay_ms = 1'000;  ///< Doubles with each try, +-25 % jitter.
  std::int64_t max_delay_ms = 60'000;
  std::int64_t max_retry_after_s = 300;  ///< A longer Retry-After ends the request as kThrottled, with the time named.
};

/// One request of a service, and how to keep its answer.
struct Call {
  HttpRequest request;
  std::string source;  ///< Provenance
  std::string kind;
  std::string canonical_request;
  Classifier classify;
  /// The answer repeats the request: the contact address in it is ours, and is replaced in sound documents too.
  bool repeats_request = false;
  /// The least distance of two requests in ms that an answer's headers ask for, or nothing. May be empty.
  std::function<std::optional<std::int64_t>(const HttpResponse&)> asked_interval_ms = {};
};

struct Answer {
  HttpResponse response;
  Provenance provenance;  ///< Already in the archive.
};

/// How a Send went, also when it failed.
struct SendOutcome {
  int tries = 0;
  int answers = 0;      ///< Tries that got any HTTP answer; 0 = the service was never reached.
  int last_status = 0;  ///< HTTP status of the last answer.
  Classification last;  ///< Judgement of the last answer.
  /// Over all calls of the client so far, this one included: is the service alive for others?
  int failed_in_a_row = 0;
  bool ever_served = false;
};

struct ClientStatistics {
  std::uint64_t requests = 0, retries = 0, throttled = 0, bytes = 0;
};

/// Sends one call: takes a slot of the budget (each retry too), archives every answer with secrets replaced by "***",
/// and retries what is transient. Thread-safe.
class HttpClient {
 public:
  struct Parts {  ///< All must outlive the client.
    Transport* transport;
    RateBudget* budget;
    RawArchive* archive;
    const Clock* clock;
    Sleeper* sleeper;
    Logger* logger;
  };
  /// `keys` must never leave memory: they are replaced by "***" wherever they would show. So is the `contact` address,
  /// except inside sound documents, where it is an author's (but see Call::repeats_request).
  HttpClient(Parts parts, RetryPolicy policy, std::string run, const std::vector<std::string>& keys,
             std::uint64_t jitter_seed, const std::string& contact = {});
  ~HttpClient();

  /// kThrottled, kTransientRemote (with the number of tries and the last reason), kPermanentRemote, kSessionLost,
  /// kInterrupted, kIo. The answer's body is what the archive holds, so its SHA-256 is the provenance's. `outcome` may
  /// be null.
  [[nodiscard]] Result<Answer> Send(const Call& call, SendOutcome* outcome = nullptr);
  [[nodiscard]] ClientStatistics statistics() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Milliseconds to wait from a Retry-After value (seconds, or an HTTP date as in RFC 9110 10.2.3); a date in the past
/// is 0. Nothing when the value is neither.
[[nodiscard]] std::optional<std::int64_t> ParseRetryAfter(std::string_view value, WallTime now);

}  // namespace litmill::fetch
