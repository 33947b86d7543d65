// SPDX-License-Identifier: Apache-2.0
// The troubles that all web services share (limits, gateways, HTML pages), sorted into verdicts once.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fetch/http_client.h"

namespace litmill::fetch {

/// At most 200 bytes of a service's message on one line, printable.
[[nodiscard]] std::string Excerpt(std::string_view text);

/// `body` is a web page for people.
[[nodiscard]] bool IsHtmlPage(std::string_view body);

/// The verdict when the status alone decides, or when what came is a page or nothing; nothing when `body` must be read.
/// A 4xx that is none of 401, 403, 408, 425 and 429 is left to the service's own judge. `service` is its name for
/// people.
[[nodiscard]] std::optional<Classification> ClassifyCommonFaults(const HttpResponse& response,
                                                                 std::string_view service);

}  // namespace litmill::fetch
