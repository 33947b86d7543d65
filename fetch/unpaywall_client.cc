// SPDX-License-Identifier: Apache-2.0
#include "fetch/unpaywall_client.h"

#include <fmt/format.h>

#include <utility>

#include "fetch/json_answer.h"
#include "fetch/service_errors.h"
#include "fetch/service_request.h"

namespace litmill::fetch {
namespace {

Classification ClassifyRefusal(const HttpResponse& response) {
  const Json document = ParseJsonAnswer(response.body);
  const std::string words = Excerpt(MemberText(document, "message"));
  if (response.status == 404) {
    if (!words.empty() || IsFlaskNotFound(response.body)) return {};
    // Its page or its words, but not to the end. Another server's page would stay what it is.
    return {Verdict::kTransient, "HTTP 404, but not as Unpaywall says it", 3};
  }
  const std::string said = words.empty() ? "" : fmt::format(": \"{}\"", words);
  if (response.status == 422)
    return {Verdict::kPermanent,
            fmt::format("Unpaywall does not accept the e-mail address{}. Set LITMILL_EMAIL to one that is yours", said),
            0, true};
  return {Verdict::kPermanent, fmt::format("Unpaywall answers HTTP {}{}", response.status, said)};
}

}  // namespace

Call MakeUnpaywallCall(const UnpaywallSettings& settings, const std::string& doi) {
  Call call;
  call.source = "unpaywall";
  call.kind = "doi";
  call.canonical_request = "v2/" + EncodeDoiPath(doi);
  call.classify = ClassifyUnpaywall;
  call.request.url =
      fmt::format("{}?email={}", JoinAddress(settings.base_url, call.canonical_request), PercentEncode(settings.email));
  return call;
}

Classification ClassifyUnpaywall(const HttpResponse& response) {
  if (auto common = ClassifyCommonFaults(response, "Unpaywall")) return *common;
  if (response.status >= 400) return ClassifyRefusal(response);
  return ClassifyRead(response, ParseUnpaywallDoi(response.body));
}

Result<std::string> ParseUnpaywallDoi(std::string_view body) {
  const Json document = ParseJsonAnswer(body);
  std::string doi = MemberText(document, "doi");
  const Json* is_oa = FindMember(document, "is_oa");
  if (doi.empty() || is_oa == nullptr || !is_oa->is_boolean())
    return Fail(ErrorCode::kCorruptInput, "no answer of Unpaywall: \"doi\" or \"is_oa\" is missing");
  return doi;
}

UnpaywallClient::UnpaywallClient(UnpaywallSettings settings, AnswerSource source, Logger* logger)
    : has_email_(!settings.email.empty()), logger_(logger) {
  service_.name = "Unpaywall";
  service_.ask = [source = std::move(source)](const Call& call, SendOutcome* outcome) {
    return source.Ask(call, outcome);
  };
  service_.make_call = [settings = std::move(settings)](const std::string& doi) {
    return MakeUnpaywallCall(settings, doi);
  };
  service_.read = ParseUnpaywallDoi;
}

Result<std::vector<DoiAnswer>> UnpaywallClient::LookUpAll(const std::vector<std::string>& dois,
                                                          const OnDocument& on_document) const {
  if (!has_email_)
    return Fail(ErrorCode::kConfig, "Unpaywall answers only who names an e-mail address: set LITMILL_EMAIL to yours");
  return LookUpDois(service_, dois, on_document, logger_);
}

}  // namespace litmill::fetch
