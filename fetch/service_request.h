// SPDX-License-Identifier: Apache-2.0
// What the requests to all web services share: addresses put together, DOIs as part of a path, and who is asking.
#pragma once

#include <string>
#include <string_view>

#include "fetch/transport.h"

namespace litmill::fetch {

/// `path` below `base`, with one slash between them.
[[nodiscard]] std::string JoinAddress(std::string_view base, std::string_view path);

/// A DOI as the end of a path. Its slashes stay, as the services document it, except where "//", "/./" or "/../" would
/// come out: servers and what stands in front of them tidy those up. All else outside the unreserved set is encoded.
[[nodiscard]] std::string EncodeDoiPath(std::string_view doi);

/// Who is asking, as a User-Agent with a contact address. Nothing without `contact`, or where it holds a control
/// character: no line break may get into a header.
void AddContactAgent(std::string_view agent, std::string_view contact, HttpRequest* request);

}  // namespace litmill::fetch
