// SPDX-License-Identifier: Apache-2.0
#include "fetch/service_request.h"

#include <fmt/format.h>

#include <algorithm>

namespace litmill::fetch {

std::string JoinAddress(std::string_view base, std::string_view path) {
  const bool has_slash = !base.empty() && base.back() == '/';
  return fmt::format("{}{}{}", base, has_slash ? "" : "/", path);
}

std::string EncodeDoiPath(std::string_view doi) {
  std::string path;
  for (std::size_t i = 0; i < doi.size(); ++i) {
    const std::string_view rest = doi.substr(i + 1);
    const std::string_view segment = rest.substr(0, rest.find('/'));
    const bool is_odd = segment.empty() || segment == "." || segment == "..";
    if (doi[i] == '/' && i != 0 && !is_odd)
      path += '/';
    else
      path += PercentEncode(doi.substr(i, 1));
  }
  return path;
}

void AddContactAgent(std::string_view agent, std::string_view contact, HttpRequest* request) {
  const bool is_clean =
      std::none_of(contact.begin(), contact.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; });
  if (!contact.empty() && is_clean)
    request->headers.emplace_back("User-Agent", fmt::format("{} (mailto:{})", agent, contact));
}

}  // namespace litmill::fetch
