// SPDX-License-Identifier: Apache-2.0
// What arrived, when, and whether it came too fast.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace litmill::services {

struct LoggedRequest {
  std::int64_t arrived_us = 0;  ///< On the steady clock, from the start of the stand-in.
  std::string endpoint;  ///< "esearch", ..., "idconv", ..., "redirect" (following redirect_loop), "other_host" (a
                         ///< leak), "unknown".
  std::string method;
  std::string term;
  std::vector<std::uint32_t> pmids;
  std::uint64_t retstart = 0;
  bool used_history = false;  ///< Came with WebEnv.
  bool has_tool = false, has_email = false, has_api_key = false;
  std::string user_agent;
  int status = 0;
  std::string fault;  ///< The fault that struck it, or empty.
};

/// Not thread-safe.
class RequestLog {
 public:
  /// Returns the entry's index; its status is filled in when the answer is known.
  std::size_t Add(LoggedRequest request);
  [[nodiscard]] LoggedRequest& At(std::size_t index) { return requests_[index]; }
  [[nodiscard]] const std::vector<LoggedRequest>& requests() const { return requests_; }
  void Clear() { requests_.clear(); }

  /// Requests to E-utilities within the second that ends at `now_us`, itself included.
  [[nodiscard]] int InLastSecond(std::int64_t now_us) const;
  /// The same for one endpoint of another service.
  [[nodiscard]] int InLastSecond(std::int64_t now_us, std::string_view endpoint) const;
  /// The most of them in any one second. What redirect faults cause, and other services, do not
  /// count.
  [[nodiscard]] int MaxInOneSecond() const;
  [[nodiscard]] std::map<std::string, std::uint64_t> ByEndpoint() const;
  [[nodiscard]] std::string ToJson() const;

 private:
  std::vector<LoggedRequest> requests_;
};

}  // namespace litmill::services
