// SPDX-License-Identifier: Apache-2.0
#include "fetch/redirect.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <memory>

#include "core/unicode.h"

namespace litmill::fetch {
namespace {

/// A URL taken apart by libcurl, so that we and the transfer agree on what the host is.
class Url {
 public:
  explicit Url(const std::string& text) : handle_(curl_url()) {
    valid_ = handle_ && curl_url_set(handle_.get(), CURLUPART_URL, text.c_str(), 0) == CURLUE_OK;
  }
  [[nodiscard]] bool valid() const { return valid_; }
  /// Resolves `reference` against this URL.
  [[nodiscard]] bool Resolve(const std::string& reference) {
    return valid_ && curl_url_set(handle_.get(), CURLUPART_URL, reference.c_str(), 0) == CURLUE_OK;
  }
  [[nodiscard]] std::string Part(CURLUPart part) const {
    char* text = nullptr;
    const unsigned flags = part == CURLUPART_PORT ? CURLU_DEFAULT_PORT : 0;
    if (curl_url_get(handle_.get(), part, &text, flags) != CURLUE_OK) return {};
    std::string copy(text);
    curl_free(text);
    return copy;
  }
  [[nodiscard]] std::string Origin() const {
    return AsciiLower(Part(CURLUPART_SCHEME) + "://" + Part(CURLUPART_HOST) + ":" + Part(CURLUPART_PORT));
  }

 private:
  struct Cleanup {
    void operator()(CURLU* handle) const { curl_url_cleanup(handle); }
  };
  std::unique_ptr<CURLU, Cleanup> handle_;
  bool valid_ = false;
};

}  // namespace

bool IsRedirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

std::string DescribeUrl(const std::string& url) {
  const Url parsed(url);
  if (!parsed.valid()) return "(malformed address)";
  return parsed.Part(CURLUPART_HOST) + ":" + parsed.Part(CURLUPART_PORT) + parsed.Part(CURLUPART_PATH);
}

Result<HttpRequest> FollowRedirect(const HttpRequest& request, int status, std::string_view location) {
  const std::string from = DescribeUrl(request.url);
  Url target(request.url);
  const std::string origin = target.Origin();
  if (location.empty() || !target.Resolve(std::string(location)))
    return Fail(ErrorCode::kPermanentRemote,
                fmt::format("{} answered with a redirect ({}) to no readable address", from, status));
  if (target.Origin() != origin || !target.Part(CURLUPART_USER).empty() || !target.Part(CURLUPART_PASSWORD).empty())
    return Fail(
        ErrorCode::kPermanentRemote,
        fmt::format("{} redirects ({}) to another server, {}; litmill does not follow, because a key could leak. If "
                    "the service has moved, change its address in the configuration",
                    from, status, target.Origin()));
  HttpRequest next = request;
  next.url = target.Part(CURLUPART_URL);
  if (status == 303) {
    next.method = "GET";
    next.body.clear();
  }
  return next;
}

}  // namespace litmill::fetch
