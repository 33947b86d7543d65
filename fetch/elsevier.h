// SPDX-License-Identifier: Apache-2.0
// What Elsevier's services share: keys in headers, envelopes of errors, quotas.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "fetch/http_client.h"

namespace litmill::fetch {

struct ElsevierKeys {
  std::string api_key;
  std::string insttoken;  ///< The institution's token; empty = access by the address of this host.
};

/// kConfig when there is no key, or one that cannot stand in a header. `variable` is the environment variable of the
/// key; the token's is named beside it.
[[nodiscard]] Result<void> CheckElsevierKeys(const ElsevierKeys& keys, std::string_view service,
                                             std::string_view variable);

/// JSON is asked for, and the keys go along. They travel in headers only.
void AddElsevierHeaders(const ElsevierKeys& keys, HttpRequest* request);

/// The code and the text of an error in any of the envelopes: service-error, error-response, fault, message. Nothing
/// when `body` is no error.
struct ElsevierError {
  std::string code;
  std::string text;
};
[[nodiscard]] std::optional<ElsevierError> ReadElsevierError(std::string_view body);

/// The verdict on everything that is no page of results; nothing for a 2xx whose body must be read. `variable` as
/// above: the messages say what to do.
[[nodiscard]] std::optional<Classification> ClassifyElsevierFaults(const HttpResponse& response,
                                                                   std::string_view service, std::string_view variable);

/// Keeps in `note` the latest word on the quota by X-RateLimit-*: "87 of 20000 requests are left until
/// 2026-12-01T00:00:00Z" when less than 5 % are, else nothing. An answer without the headers (one of the archive)
/// changes nothing.
void NoteElsevierQuota(const HttpResponse& response, std::string* note);

}  // namespace litmill::fetch
