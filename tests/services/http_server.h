// SPDX-License-Identifier: Apache-2.0
// A small HTTP/1.1 server on loopback that can also misbehave on purpose: cut, reset, stall, crawl, lie about lengths.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace litmill::services {

struct Request {
  std::string method;
  std::string target;  ///< As sent: path and query.
  std::string path;
  std::vector<std::pair<std::string, std::string>> headers;  ///< Names in lower case.
  std::string body;
  std::map<std::string, std::string>
      parameters;  ///< Of the query and of a form body; repeated names are joined with ','.

  /// The parameter's value, or `fallback`.
  [[nodiscard]] std::string Parameter(const std::string& name, std::string_view fallback = "") const;
  [[nodiscard]] std::string_view Header(std::string_view lower_case_name) const;
};

/// How the bytes of a reply leave.
enum class Delivery {
  kWhole,               ///< Honestly.
  kResetBeforeHeaders,  ///< TCP reset once the request has been read.
  kResetInBody,         ///< Headers and the first `sent_bytes` of the body, then a TCP reset.
  kCloseInBody,         ///< Content-Length of the whole body, the first `sent_bytes` of it, then an orderly close.
  kLengthTooShort,      ///< Content-Length says `sent_bytes`, the whole body follows, then an orderly close.
  kChunkedAbort,        ///< Chunked; closes after `sent_bytes` without the final chunk.
  kStall,  ///< Headers and `sent_bytes`, then silence for `pause_ms` (or until the peer gives up), then a close.
  kSlow,   ///< Whole, in 32 pieces with `pause_ms` between them.
};

struct Reply {
  int status = 200;
  std::string content_type = "text/xml; charset=UTF-8";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  Delivery delivery = Delivery::kWhole;
  std::size_t sent_bytes = 0;
  int pause_ms = 0;
};

/// One thread a connection, keep-alive, requests with Content-Length only. Stops and joins in the destructor.
class HttpServer {
 public:
  using Handler = std::function<Reply(const Request&)>;  ///< Called from many threads.

  /// Listens on `address` (a loopback address) and `port`; port 0 takes a free one. kIo when it cannot.
  [[nodiscard]] static Result<std::unique_ptr<HttpServer>> Start(const std::string& address, int port, Handler handler);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] int port() const;

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// "a=1&b=x+y" into `into`; percent-escapes and '+' undone.
void ParseForm(std::string_view text, std::map<std::string, std::string>* into);

}  // namespace litmill::services
