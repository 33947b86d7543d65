// SPDX-License-Identifier: Apache-2.0
// Putting an E-utilities request together, once as it is sent and once as it is remembered.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fetch/http_client.h"
#include "fetch/pubmed_client.h"

namespace litmill::fetch {

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// `tool`.fcgi by POST. The canonical request is "esearch.fcgi?" and the parameters sorted by name, without tool,
/// e-mail and key.
[[nodiscard]] Call MakeEutilsCall(const PubmedSettings& settings, std::string_view utility, Parameters parameters,
                                  bool expects_xml);

/// ESearch for `term` from index `start`; at most `most` ids, by default as many as a search shows.
[[nodiscard]] Call MakeSearchCall(const PubmedSettings& settings, const std::string& term, std::uint64_t start,
                                  std::optional<std::uint32_t> most = std::nullopt);

/// EFetch of `pmids` as XML.
[[nodiscard]] Call MakeFetchCall(const PubmedSettings& settings, const std::vector<std::uint32_t>& pmids);

/// The request for a person: method, address, body with "***" in place of e-mail and key.
[[nodiscard]] std::string DescribeCall(const PubmedSettings& settings, const Call& call);

}  // namespace litmill::fetch
