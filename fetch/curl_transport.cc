// SPDX-License-Identifier: Apache-2.0
// CurlTransport: libcurl behind RAII, with every bound set and every failure sorted.
#include <curl/curl.h>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "core/unicode.h"
#include "fetch/gunzip.h"
#include "fetch/redirect.h"
#include "fetch/transport.h"

namespace litmill::fetch {
namespace {

constexpr std::size_t kMaxHeaderBytes = 256U << 10U;

struct CurlCleanup {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using CurlHandle = std::unique_ptr<CURL, CurlCleanup>;

struct ListCleanup {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// What the callbacks of one exchange write into.
struct Exchange {
  HttpResponse response;
  std::size_t max_body_bytes = 0;
  std::size_t header_bytes = 0;
  std::unique_ptr<GunzipStream> gunzip;  // once the first byte of a packed body came
  bool body_started = false;
  bool body_too_large = false;
  bool body_damaged = false;
  bool headers_too_large = false;
  bool headers_complete = false;  // libcurl itself takes headers that end in the middle for a whole answer
  const std::atomic<bool>* stop = nullptr;
};

/// Adds a share of the body as it came over the wire; false: the exchange cannot go on (and a flag says why).
bool TakeBody(Exchange& exchange, std::string_view share) {
  if (!exchange.body_started) {
    exchange.body_started = true;
    const std::string encoding = AsciiLower(exchange.response.Header("content-encoding"));
    if (encoding == "gzip" || encoding == "x-gzip") {
      exchange.gunzip = std::make_unique<GunzipStream>();
    } else if (!encoding.empty() && encoding != "identity") {
      exchange.body_damaged = true;  // an encoding that we did not ask for
      return false;
    }
  }
  std::string& body = exchange.response.body;
  if (exchange.gunzip) {
    const GunzipStream::Status status = exchange.gunzip->Feed(share, body, exchange.max_body_bytes);
    exchange.body_damaged = status == GunzipStream::Status::kDamaged;
    exchange.body_too_large = status == GunzipStream::Status::kTooLarge;
    return status == GunzipStream::Status::kOk;
  }
  exchange.body_too_large = share.size() > exchange.max_body_bytes - body.size();
  if (exchange.body_too_large) return false;
  body.append(share);
  return true;
}

// libcurl calls these from C: no exception may leave them, so memory failure is reported as a failed write.
std::size_t OnBody(char* data, std::size_t size, std::size_t count, void* user) {
  auto* exchange = static_cast<Exchange*>(user);
  const std::size_t bytes = size * count;
  try {
    return TakeBody(*exchange, {data, bytes}) ? bytes : 0;
  } catch (const std::exception&) {
    exchange->body_too_large = true;
    return 0;
  }
}

std::size_t OnHeader(char* data, std::size_t size, std::size_t count, void* user) {
  auto* exchange = static_cast<Exchange*>(user);
  const std::size_t bytes = size * count;
  exchange->header_bytes += bytes;
  if (exchange->header_bytes > kMaxHeaderBytes) {
    exchange->headers_too_large = true;
    return 0;
  }
  try {
    const std::string_view line(data, bytes);
    if (line.substr(0, 5) == "HTTP/") {
      exchange->response.headers.clear();  // an interim answer (100 Continue) came before
      exchange->headers_complete = false;
      return bytes;
    }
    if (TrimAscii(line).empty()) exchange->headers_complete = true;
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos)
      exchange->response.headers.emplace_back(AsciiLower(TrimAscii(line.substr(0, colon))),
                                              std::string(TrimAscii(line.substr(colon + 1))));
  } catch (const std::exception&) {
    exchange->headers_too_large = true;
    return 0;
  }
  return bytes;
}

int OnProgress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto* exchange = static_cast<const Exchange*>(user);
  return exchange->stop != nullptr && exchange->stop->load() ? 1 : 0;
}

bool IsCertificateTrouble(CURLcode code) {
  return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_ISSUER_ERROR ||
         code == CURLE_SSL_CERTPROBLEM || code == CURLE_SSL_INVALIDCERTSTATUS || code == CURLE_SSL_PINNEDPUBKEYNOTMATCH;
}

/// Why the exchange failed, from libcurl's code. The text names host and path only.
Error ExplainFailure(CURLcode code, const Exchange& exchange, const std::string& where, const char* detail) {
  const std::string reason = detail[0] == '\0' ? curl_easy_strerror(code) : detail;
  if (exchange.body_too_large)
    return {ErrorCode::kPermanentRemote,
            fmt::format("{}: the answer is larger than the limit of {} bytes; nothing of it was used", where,
                        exchange.max_body_bytes)};
  if (exchange.body_damaged)
    return {ErrorCode::kTransientRemote, fmt::format("{}: the compressed answer is damaged", where)};
  if (exchange.headers_too_large)
    return {ErrorCode::kPermanentRemote,
            fmt::format("{}: the answer's headers are larger than {} bytes", where, kMaxHeaderBytes)};
  if (code == CURLE_ABORTED_BY_CALLBACK)
    return {ErrorCode::kInterrupted, fmt::format("{}: stopped while waiting for the answer", where)};
  if (IsCertificateTrouble(code))
    return {ErrorCode::kPermanentRemote, fmt::format("{}: the server's certificate is not trusted ({}). Behind a "
                                                     "company proxy, name its certificate file in LITMILL_CA_FILE",
                                                     where, reason)};
  if (code == CURLE_OUT_OF_MEMORY || code == CURLE_FAILED_INIT)
    return {ErrorCode::kInternal, fmt::format("{}: {}", where, reason)};
  return {ErrorCode::kTransientRemote, fmt::format("{}: {}", where, reason)};
}

bool HasHttpScheme(const std::string& url) {
  const std::string lower = AsciiLower(std::string_view(url).substr(0, 8));
  return lower.substr(0, 7) == "http://" || lower == "https://";
}

void InitialiseCurlOnce() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

}  // namespace

struct CurlTransport::Impl {
  TransportLimits limits;
  std::string user_agent;
  std::string ca_file;
  const std::atomic<bool>* stop = nullptr;
  std::mutex mutex;
  std::vector<CurlHandle> idle;  // each keeps its connections open for the next exchange

  [[nodiscard]] CurlHandle Take() {
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        CurlHandle handle = std::move(idle.back());
        idle.pop_back();
        return handle;
      }
    }
    return CurlHandle(curl_easy_init());
  }
  void GiveBack(CurlHandle handle) {
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(handle));
  }
  [[nodiscard]] CURLcode Configure(CURL* handle, const HttpRequest& request, const curl_slist* headers,
                                   std::int64_t time_left_ms, Exchange& exchange, char* detail) const;
  [[nodiscard]] Result<HttpResponse> Exchange1(CURL* handle, const HttpRequest& request,
                                               std::int64_t time_left_ms) const;
};

/// Sets every option of one exchange; the first one that libcurl refuses is returned, so that none is ever silently
/// missing.
CURLcode CurlTransport::Impl::Configure(CURL* handle, const HttpRequest& request, const curl_slist* headers,
                                        std::int64_t time_left_ms, Exchange& exchange, char* detail) const {
  CURLcode first_failure = CURLE_OK;
  const auto set = [&](CURLoption option, auto value) {
    const CURLcode code = curl_easy_setopt(handle, option, value);
    if (code != CURLE_OK && first_failure == CURLE_OK) first_failure = code;
  };
  curl_easy_reset(handle);  // options only: connections stay
  set(CURLOPT_ERRORBUFFER, detail);
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_USERAGENT, user_agent.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_FOLLOWLOCATION, 0L);  // see redirect.h
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!ca_file.empty()) set(CURLOPT_CAINFO, ca_file.c_str());
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect_timeout_ms));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(time_left_ms));
  set(CURLOPT_LOW_SPEED_LIMIT, 1L);
  set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(limits.stall_timeout_s));
  set(CURLOPT_HTTPHEADER, headers);
  set(CURLOPT_WRITEFUNCTION, &OnBody);
  set(CURLOPT_WRITEDATA, static_cast<void*>(&exchange));
  set(CURLOPT_HEADERFUNCTION, &OnHeader);
  set(CURLOPT_HEADERDATA, static_cast<void*>(&exchange));
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, &OnProgress);
  set(CURLOPT_XFERINFODATA, static_cast<void*>(&exchange));
  if (request.method == "POST") {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_POSTFIELDS, request.body.c_str());
  }
  return first_failure;
}

Result<HttpResponse> CurlTransport::Impl::Exchange1(CURL* handle, const HttpRequest& request,
                                                    std::int64_t time_left_ms) const {
  Exchange exchange;
  exchange.max_body_bytes = limits.max_body_bytes;
  exchange.stop = stop;
  std::array<char, CURL_ERROR_SIZE> detail{};
  std::unique_ptr<curl_slist, ListCleanup> headers;
  const auto add_header = [&](const std::string& line) {
    curl_slist* longer = curl_slist_append(headers.get(), line.c_str());
    if (longer == nullptr) return false;
    if (headers == nullptr) headers.reset(longer);
    return true;
  };
  bool complete = add_header("Expect:");                       // no pause for "100 Continue" before a POST
  complete = complete && add_header("Accept-Encoding: gzip");  // unpacked here, not by libcurl: see gunzip.h
  for (const auto& [name, value] : request.headers) complete = complete && add_header(name + ": " + value);

  CURLcode code =
      complete ? Configure(handle, request, headers.get(), time_left_ms, exchange, detail.data()) : CURLE_OUT_OF_MEMORY;
  if (code == CURLE_OK) code = curl_easy_perform(handle);
  // The error buffer and the callbacks' target live on this frame; the handle lives on in the pool.
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, nullptr);
  if (code != CURLE_OK) return Fail(ExplainFailure(code, exchange, DescribeUrl(request.url), detail.data()));
  if (!exchange.headers_complete)
    return Fail(ErrorCode::kTransientRemote,
                fmt::format("{}: the answer was cut in its headers", DescribeUrl(request.url)));
  if (exchange.gunzip && !exchange.gunzip->complete())
    return Fail(ErrorCode::kTransientRemote,
                fmt::format("{}: the compressed answer was cut", DescribeUrl(request.url)));
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  exchange.response.status = static_cast<int>(status);
  return std::move(exchange.response);
}

CurlTransport::CurlTransport(TransportLimits limits, std::string user_agent, const std::atomic<bool>* stop)
    : impl_(std::make_unique<Impl>()) {
  InitialiseCurlOnce();
  impl_->limits = limits;
  impl_->user_agent = std::move(user_agent);
  impl_->stop = stop;
  if (const char* file = std::getenv("LITMILL_CA_FILE"); file != nullptr) impl_->ca_file = file;
}

CurlTransport::~CurlTransport() = default;

Result<HttpResponse> CurlTransport::Send(const HttpRequest& request) {
  const std::string where = DescribeUrl(request.url);
  if (request.method != "GET" && request.method != "POST")
    return Fail(ErrorCode::kInternal, fmt::format("{}: unknown method {}", where, request.method));
  if (!HasHttpScheme(request.url))
    return Fail(ErrorCode::kPermanentRemote, fmt::format("{}: the address must begin with http:// or https://", where));
  if (impl_->stop != nullptr && impl_->stop->load())
    return Fail(ErrorCode::kInterrupted, fmt::format("{}: stopped before sending", where));
  CurlHandle handle = impl_->Take();
  if (!handle) return Fail(ErrorCode::kInternal, fmt::format("{}: libcurl could not be started", where));

  // The bound on the whole exchange holds over all redirects together; it needs a running clock, not a time of day.
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(impl_->limits.total_timeout_ms);
  HttpRequest current = request;
  for (long redirects = 0;; ++redirects) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    if (left <= 0)
      return Fail(ErrorCode::kTransientRemote,
                  fmt::format("{}: no answer within {} ms", where, impl_->limits.total_timeout_ms));
    Result<HttpResponse> response = impl_->Exchange1(handle.get(), current, left);
    // A handle whose exchange failed is thrown away with its connections.
    if (!response) return response;
    if (!IsRedirect(response->status)) {
      impl_->GiveBack(std::move(handle));
      return response;
    }
    if (redirects >= impl_->limits.max_redirects)
      return Fail(ErrorCode::kPermanentRemote,
                  fmt::format("{}: more than {} redirects", where, impl_->limits.max_redirects));
    LITMILL_TRY(current, FollowRedirect(current, response->status, response->Header("location")));
  }
}

}  // namespace litmill::fetch
