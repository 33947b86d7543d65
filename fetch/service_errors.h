// SPDX-License-Identifier: Apache-2.0
// The troubles that all web services share (limits, gateways, HTML pages), sorted into verdicts once.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
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

/// What could not be read: damaged on the way when it is no whole JSON document, else of another shape (`problem`),
/// which a service that has changed says again and again, so three tries are enough.
[[nodiscard]] Classification ClassifyUnreadable(std::string_view body, const Error& problem);

/// The verdict on an answer whose status is fine, by whether it could be read.
template <typename T>
[[nodiscard]] Classification ClassifyRead(const HttpResponse& response, const Result<T>& read) {
  if (read) return {};
  return ClassifyUnreadable(response.body, read.error());
}

/// The 404 page of a service made with Flask (OpenAlex, Unpaywall), to its end: its answer about an unknown DOI. A page
/// of another making says nothing about the DOI.
[[nodiscard]] bool IsFlaskNotFound(std::string_view body);

}  // namespace litmill::fetch
