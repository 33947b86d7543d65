// SPDX-License-Identifier: Apache-2.0
#include "fetch/pubmed_client.h"

#include <fmt/format.h>

#include <algorithm>

#include "fetch/eutils_request.h"
#include "fetch/redaction.h"

namespace litmill::fetch {
namespace {

/// Form-encoded "name=value&...". Commas stay: they part the ids of a list, and would cost three bytes each.
std::string EncodeForm(const Parameters& parameters) {
  std::string body;
  for (const auto& [name, value] : parameters) {
    if (!body.empty()) body += '&';
    body += name + "=";
    if (name == "id") {
      body += value;  // digits and commas only
    } else {
      body += PercentEncode(value);
    }
  }
  return body;
}

}  // namespace

Call MakeEutilsCall(const PubmedSettings& settings, std::string_view utility, Parameters parameters, bool expects_xml) {
  parameters.emplace_back("db", "pubmed");
  std::sort(parameters.begin(), parameters.end());
  Call call;
  call.source = "pubmed";
  call.kind = utility;
  call.canonical_request = fmt::format("{}.fcgi?{}", utility, EncodeForm(parameters));
  call.classify = [expects_xml](const HttpResponse& response) { return ClassifyEutils(response, expects_xml); };
  if (!settings.tool.empty()) parameters.emplace_back("tool", settings.tool);
  if (!settings.email.empty()) parameters.emplace_back("email", settings.email);
  if (!settings.api_key.empty()) parameters.emplace_back("api_key", settings.api_key);
  call.request.method = "POST";  // ids and terms outgrow what a URL may hold, and a URL is logged on the way
  const bool has_slash = !settings.base_url.empty() && settings.base_url.back() == '/';
  call.request.url = fmt::format("{}{}{}.fcgi", settings.base_url, has_slash ? "" : "/", utility);
  call.request.body = EncodeForm(parameters);
  return call;
}

Call MakeSearchCall(const PubmedSettings& settings, const std::string& term, std::uint64_t start,
                    std::optional<std::uint32_t> most) {
  return MakeEutilsCall(settings, "esearch",
                        {{"term", term},
                         {"retmode", "json"},
                         {"retmax", std::to_string(most.value_or(settings.search_cap))},
                         {"retstart", std::to_string(start)},
                         {"usehistory", "y"}},
                        /*expects_xml=*/false);
}

Call MakeFetchCall(const PubmedSettings& settings, const std::vector<std::uint32_t>& pmids) {
  return MakeEutilsCall(settings, "efetch", {{"id", fmt::format("{}", fmt::join(pmids, ","))}, {"retmode", "xml"}},
                        /*expects_xml=*/true);
}

std::string DescribeCall(const PubmedSettings& settings, const Call& call) {
  PubmedSettings shown = settings;
  std::string body = call.canonical_request.substr(call.canonical_request.find('?') + 1);
  if (!shown.tool.empty()) body += "&tool=" + PercentEncode(shown.tool);
  if (!shown.email.empty()) body += "&email=***";
  if (!shown.api_key.empty()) body += "&api_key=***";
  return Redactor({settings.email, settings.api_key})
      .Redact(fmt::format("{} {}\n{}", call.request.method, call.request.url, body));
}

PubmedClient::PubmedClient(PubmedSettings settings, AnswerSource source, Logger* logger)
    : settings_(std::move(settings)), source_(std::move(source)), logger_(logger) {}

Result<Answer> PubmedClient::Ask(const Call& call, SendOutcome* outcome) const { return source_.Ask(call, outcome); }

std::vector<std::string> PubmedClient::DescribeRequests(const std::string& term) const {
  std::vector<std::string> lines;
  lines.push_back(DescribeCall(settings_, MakeSearchCall(settings_, term, 0)));
  // What is fetched depends on the answer: the form of the request is all that can be shown.
  Call fetch = MakeFetchCall(settings_, {});
  const std::size_t ids = fetch.canonical_request.find("&id=");
  fetch.canonical_request.insert(ids + 4, fmt::format("<up to {} PMIDs that the search finds>", settings_.batch_size));
  lines.push_back(DescribeCall(settings_, fetch));
  return lines;
}

}  // namespace litmill::fetch
