// SPDX-License-Identifier: Apache-2.0
#include "parse/elsevier_errors.h"

#include <fmt/format.h>

#include <string>

namespace litmill::parse {
namespace {

struct Refusal {
  std::string code, text;
};

std::string TextAt(const Json* object, const char* key) {
  const Json* value = Find(object, key);
  return value == nullptr ? std::string() : ScalarText(*value);
}

// Service and gateway say it in four ways.
Refusal RefusalOf(const Json& answer) {
  if (const Json* error = Find(answer, "service-error")) {
    const Json* status = Find(error, "status");
    return {TextAt(status, "statusCode"), TextAt(status, "statusText")};
  }
  if (const Json* error = Find(answer, "error-response"))
    return {TextAt(error, "error-code"), TextAt(error, "error-message")};
  if (const Json* fault = Find(answer, "fault")) {
    const Json* detail = Find(fault, "detail");
    return {TextAt(detail, "errorcode"), TextAt(fault, "faultstring")};
  }
  return {{}, TextAt(&answer, "message")};
}

}  // namespace

Problem ElsevierProblem(const Json& answer, std::string_view service) {
  const Refusal refusal = RefusalOf(answer);
  if (refusal.code.empty() && refusal.text.empty())
    return AnswerProblem("unexpected-answer", fmt::format("the answer holds no records of {}", service));
  const std::string said = fmt::format("{}{}{}", Excerpt(refusal.code),
                                       refusal.code.empty() || refusal.text.empty() ? "" : ": ", Excerpt(refusal.text));
  if (refusal.code == "RESOURCE_NOT_FOUND")
    return AnswerProblem("not-found", fmt::format("{} does not know this identifier ({})", service, said));
  return AnswerProblem("error-answer", fmt::format("{} refused the request: {}", service, said));
}

}  // namespace litmill::parse
