// SPDX-License-Identifier: Apache-2.0
#include "fetch/doi_agency.h"

#include <fmt/format.h>

#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/unicode.h"
#include "fetch/json_answer.h"
#include "fetch/service_errors.h"
#include "fetch/service_request.h"

namespace litmill::fetch {
namespace {

constexpr std::size_t kMaxPathBytes = 2'000;

bool CanBeAsked(const std::string& doi) {
  for (const char c : doi)
    if (c == ',' || static_cast<unsigned char>(c) <= ' ' || c == 0x7F) return false;
  return !doi.empty();
}

DoiAgencyAnswer ReadEntry(const Json& entry) {
  DoiAgencyAnswer answer;
  answer.doi = MemberText(entry, "DOI");
  answer.agency = MemberText(entry, "RA");
  const std::string status = MemberText(entry, "status");
  const std::string words = AsciiLower(status.empty() ? answer.agency : status);
  if (words.find("unknown") != std::string::npos) {
    answer.outcome = AgencyOutcome::kUnknown;
  } else if (status.empty()) {
    answer.outcome = AgencyOutcome::kRegistered;
    return answer;
  } else if (words.find("does not exist") != std::string::npos) {
    answer.outcome = AgencyOutcome::kNotRegistered;
  } else if (words.find("invalid") != std::string::npos) {
    answer.outcome = AgencyOutcome::kInvalid;
  }
  answer.agency.clear();
  answer.message = fmt::format("doi.org says \"{}\"", Excerpt(status.empty() ? "Unknown" : status));
  return answer;
}

}  // namespace

Call MakeDoiAgencyCall(const DoiAgencySettings& settings, const std::vector<std::string>& dois) {
  std::string path;
  for (const std::string& doi : dois) {
    if (!path.empty()) path += ',';
    path += EncodeDoiPath(doi);
  }
  Call call;
  call.source = "doi";
  call.kind = "agency";
  call.canonical_request = "doiRA/" + path;
  call.classify = ClassifyDoiAgency;
  call.request.url = JoinAddress(settings.base_url, path);
  return call;
}

Classification ClassifyDoiAgency(const HttpResponse& response) {
  if (auto common = ClassifyCommonFaults(response, "doi.org")) return *common;
  // 400 and 404 are pages for people; a DOI among those asked for may be to blame.
  if (response.status >= 400) return {Verdict::kPermanent, fmt::format("doi.org answers HTTP {}", response.status)};
  return ClassifyRead(response, ParseDoiAgency(response.body));
}

Result<std::vector<DoiAgencyAnswer>> ParseDoiAgency(std::string_view body) {
  const Json document = ParseJsonAnswer(body);
  if (!document.is_array()) return Fail(ErrorCode::kCorruptInput, "no answer of doi.org/doiRA: it is no list");
  std::vector<DoiAgencyAnswer> answers;
  for (const Json& entry : document) {
    if (MemberText(entry, "DOI").empty() || (MemberText(entry, "RA").empty() && MemberText(entry, "status").empty()))
      return Fail(ErrorCode::kCorruptInput, "no answer of doi.org/doiRA: an entry lacks its DOI, or agency and status");
    answers.push_back(ReadEntry(entry));
  }
  return answers;
}

DoiAgencyClient::DoiAgencyClient(DoiAgencySettings settings, AnswerSource source, Logger* logger)
    : settings_(std::move(settings)), source_(source), logger_(logger) {}

Result<std::vector<DoiAgencyAnswer>> DoiAgencyClient::LookUp(const std::vector<std::string>& dois) const {
  std::unordered_map<std::string, DoiAgencyAnswer> done;  // by the DOI in lower case
  std::unordered_map<std::string, std::string> reasons;
  HalvingLookup lookup(
      [&](const Ids& batch, SendOutcome* outcome) -> Result<void> {
        LITMILL_TRY(const Answer answer, source_.Ask(MakeDoiAgencyCall(settings_, batch), outcome));
        LITMILL_TRY(std::vector<DoiAgencyAnswer> entries, ParseDoiAgency(answer.response.body));
        const std::unordered_set<std::string> asked(batch.begin(), batch.end());
        for (DoiAgencyAnswer& entry : entries) {
          std::string key = AsciiLower(entry.doi);
          if (asked.count(key) == 0) continue;
          entry.document_id = answer.provenance.document_id;
          done.insert_or_assign(std::move(key), std::move(entry));
        }
        return {};
      },
      [&](const std::string& doi, const Error& error) { reasons[doi] = error.message; }, logger_);
  // What an answer leaves out is asked for once more.
  for (int round = 0; round < 2; ++round) {
    Ids open;
    for (const std::string& doi : dois) {
      std::string key = AsciiLower(doi);
      if (CanBeAsked(doi) && done.count(key) == 0 && reasons.count(key) == 0) open.push_back(std::move(key));
    }
    for (const Ids& batch : MakeBatches(open, settings_.batch_size, kMaxPathBytes)) LITMILL_CHECK(lookup.Run(batch));
  }
  std::vector<DoiAgencyAnswer> answers;
  for (const std::string& doi : dois) {
    DoiAgencyAnswer answer;
    const std::string key = AsciiLower(doi);
    if (const auto found = done.find(key); found != done.end())
      answer = found->second;
    else if (const auto reason = reasons.find(key); reason != reasons.end())
      answer.message = reason->second;
    else if (!CanBeAsked(doi))
      answer.message = "doi.org cannot be asked for a DOI that is empty or holds a comma or white space";
    else
      answer.message = "doi.org left this DOI out of its answers, twice";
    answer.doi = doi;
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace litmill::fetch
