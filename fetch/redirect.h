// SPDX-License-Identifier: Apache-2.0
// Where a redirect may lead: only to the same scheme, host and port, so that a secret in a request never travels
// elsewhere.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "fetch/transport.h"

namespace litmill::fetch {

/// True for 301, 302, 303, 307 and 308.
[[nodiscard]] bool IsRedirect(int status);

/// The request that follows `request` after an answer `status` with this Location. 303 turns a POST into a GET without
/// a body; the others repeat the request as it was (a POST without its body would be another question).
/// kPermanentRemote when the target is missing, malformed, carries a user name, or has another scheme, host or port.
[[nodiscard]] Result<HttpRequest> FollowRedirect(const HttpRequest& request, int status, std::string_view location);

/// "host:port/path" of `url`, for messages: no query, no user name, no fragment.
[[nodiscard]] std::string DescribeUrl(const std::string& url);

}  // namespace litmill::fetch
