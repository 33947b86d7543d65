// SPDX-License-Identifier: Apache-2.0
// The seam to the network: one HTTP exchange, nothing retried, nothing interpreted.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace litmill::fetch {

/// Bounds of one exchange. Nothing waits for ever and nothing fills the memory.
struct TransportLimits {
  std::int64_t connect_timeout_ms = 10'000;
  std::int64_t stall_timeout_s = 60;  ///< Less than one byte a second for this long ends the exchange.
  std::int64_t total_timeout_ms = 180'000;
  std::size_t max_body_bytes = 256U << 20U;  ///< After decompression.
  long max_redirects = 5;                    ///< Same host only, so that a secret never travels elsewhere.
};

struct HttpRequest {
  std::string method = "GET";  ///< "GET" or "POST" (form-encoded body).
  std::string url;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

struct HttpResponse {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  ///< Names in lower case.
  std::string body;

  /// The header's value, or empty.
  [[nodiscard]] std::string_view Header(std::string_view lower_case_name) const;
};

class Transport {
 public:
  virtual ~Transport() = default;
  /// kTransientRemote: no connection, time-out, reset, TLS trouble, body shorter than its Content-Length.
  /// kPermanentRemote: certificate not trusted, redirect refused or too many, body over the limit. kInterrupted:
  /// stopped. The message names host and path, never the query. Any HTTP status is a success here. Thread-safe.
  [[nodiscard]] virtual Result<HttpResponse> Send(const HttpRequest& request) = 0;
};

/// libcurl with TLS verification (system trust store; LITMILL_CA_FILE names another), gzip, and the bounds above.
class CurlTransport final : public Transport {
 public:
  /// `stop` may be null; when it becomes true a running exchange ends with kInterrupted. Must outlive this.
  CurlTransport(TransportLimits limits, std::string user_agent, const std::atomic<bool>* stop);
  ~CurlTransport() override;
  [[nodiscard]] Result<HttpResponse> Send(const HttpRequest& request) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// RFC 3986 percent-encoding of everything outside the unreserved set.
[[nodiscard]] std::string PercentEncode(std::string_view text);

}  // namespace litmill::fetch
