// SPDX-License-Identifier: Apache-2.0
#include "fetch/datacite_client.h"

#include <fmt/format.h>

#include <utility>

#include "fetch/json_answer.h"
#include "fetch/service_errors.h"
#include "fetch/service_request.h"

namespace litmill::fetch {
namespace {

/// The first title (and status) of an "errors" list; empty when there is none.
std::string RefusalIn(const Json& document) {
  const Json* errors = FindMember(document, "errors");
  if (errors == nullptr || !errors->is_array() || errors->empty()) return {};
  std::string title = MemberText(errors->front(), "title");
  return title.empty() ? MemberText(errors->front(), "status") : title;
}

}  // namespace

Call MakeDataCiteCall(const DataCiteSettings& settings, const std::string& doi) {
  Call call;
  call.source = "datacite";
  call.kind = "doi";
  // Affiliations and publishers come with their identifiers when asked for.
  call.canonical_request = fmt::format("dois/{}?affiliation=true&publisher=true", EncodeDoiPath(doi));
  call.classify = ClassifyDataCite;
  call.request.url = JoinAddress(settings.base_url, call.canonical_request);
  AddContactAgent(settings.agent, settings.contact, &call.request);
  return call;
}

Classification ClassifyDataCite(const HttpResponse& response) {
  if (auto common = ClassifyCommonFaults(response, "DataCite")) return *common;
  if (response.status >= 400) {
    const Json document = ParseJsonAnswer(response.body);
    const std::string refusal = RefusalIn(document);
    if (response.status == 404 && !refusal.empty()) return {};
    if (response.status == 404 && document.is_discarded() && !IsHtmlPage(response.body))
      return {Verdict::kTransient, "the answer (HTTP 404) was cut"};
    return {Verdict::kPermanent, fmt::format("DataCite answers HTTP {}{}{}", response.status,
                                             refusal.empty() ? "" : ": ", Excerpt(refusal))};
  }
  return ClassifyRead(response, ParseDataCiteDoi(response.body));
}

Result<std::string> ParseDataCiteDoi(std::string_view body) {
  const Json document = ParseJsonAnswer(body);
  const Json* data = FindMember(document, "data");
  const Json* attributes = data == nullptr ? nullptr : FindMember(*data, "attributes");
  if (attributes == nullptr || !attributes->is_object())
    return Fail(ErrorCode::kCorruptInput, "no answer of DataCite: \"data\" with \"attributes\" is missing");
  std::string doi = MemberText(*attributes, "doi");
  if (doi.empty()) doi = MemberText(*data, "id");
  if (doi.empty()) return Fail(ErrorCode::kCorruptInput, "no answer of DataCite: the work has no DOI");
  return doi;
}

DataCiteClient::DataCiteClient(DataCiteSettings settings, AnswerSource source, Logger* logger) : logger_(logger) {
  service_.name = "DataCite";
  service_.ask = [source = std::move(source)](const Call& call, SendOutcome* outcome) {
    return source.Ask(call, outcome);
  };
  service_.make_call = [settings = std::move(settings)](const std::string& doi) {
    return MakeDataCiteCall(settings, doi);
  };
  service_.read = ParseDataCiteDoi;
}

Result<std::vector<DoiAnswer>> DataCiteClient::LookUpAll(const std::vector<std::string>& dois,
                                                         const OnDocument& on_document) const {
  return LookUpDois(service_, dois, on_document, logger_);
}

}  // namespace litmill::fetch
