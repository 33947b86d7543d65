// SPDX-License-Identifier: Apache-2.0
// Looking identifiers up in batches: where answers come from, how ids are put into calls, and what to do with a batch
// that fails.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/log.h"
#include "core/result.h"
#include "fetch/http_client.h"

namespace litmill::fetch {

/// The service itself, or (offline) the archive of its answers, or the service behind the answers it gave this run.
class AnswerSource {
 public:
  /// The client or archive must outlive this. Implicit, so that a client is made of either.
  AnswerSource(HttpClient* http) : http_(http) {}                 // NOLINT(google-explicit-constructor)
  AnswerSource(const RawArchive* archive) : archive_(archive) {}  // NOLINT(google-explicit-constructor)
  /// A run that was interrupted and goes on: what the service answered `run` (its UUID) before is not asked for again.
  AnswerSource(HttpClient* http, const RawArchive* archive, std::string run)
      : http_(http), archive_(archive), run_(std::move(run)) {}
  /// As HttpClient::Send; offline kNotFound when this exact request was never answered.
  [[nodiscard]] Result<Answer> Ask(const Call& call, SendOutcome* outcome) const;
  [[nodiscard]] bool is_offline() const { return http_ == nullptr; }
  /// The same without the run's memory: for reading again what did not add up. Offline it stays the archive.
  [[nodiscard]] AnswerSource Fresh() const { return http_ == nullptr ? *this : AnswerSource(http_); }

 private:
  HttpClient* http_ = nullptr;
  const RawArchive* archive_ = nullptr;
  std::string run_;
};

using Ids = std::vector<std::string>;

/// `ids` without repetitions, cut into batches of at most `max_ids` ids and `max_bytes` bytes, percent-encoded and with
/// a separator counted. A single id over the limit is a batch of its own.
[[nodiscard]] std::vector<Ids> MakeBatches(const Ids& ids, std::size_t max_ids, std::size_t max_bytes);

/// Asks for a batch in one call, and in halves when it fails in a way that one id may be to blame for, so that a bad id
/// costs one id. `ask` sends one call and takes its answer; `on_failed` takes each id that failed alone.
class HalvingLookup {
 public:
  using AskBatch = std::function<Result<void>(const Ids&, SendOutcome*)>;
  using OnFailed = std::function<void(const std::string&, const Error&)>;
  HalvingLookup(AskBatch ask, OnFailed on_failed, Logger* logger)
      : ask_(std::move(ask)), on_failed_(std::move(on_failed)), logger_(logger) {}
  /// An error only when asking for the rest is pointless: interrupted, archive failed, throttled, refused altogether,
  /// service gone.
  [[nodiscard]] Result<void> Run(const Ids& ids);

 private:
  AskBatch ask_;
  OnFailed on_failed_;
  Logger* logger_;
};

}  // namespace litmill::fetch
