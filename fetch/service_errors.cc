// SPDX-License-Identifier: Apache-2.0
#include "fetch/service_errors.h"

#include <fmt/format.h>

#include "core/unicode.h"
#include "fetch/json_answer.h"

namespace litmill::fetch {

std::string Excerpt(std::string_view text) {
  constexpr std::size_t kMaxBytes = 200;
  std::string line;
  bool space = false;
  for (const char c : text.substr(0, 4 * kMaxBytes)) {
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F) {
      space = !line.empty();
      continue;
    }
    if (space) line += ' ';
    space = false;
    line += c;
  }
  if (line.size() > kMaxBytes) line.resize(kMaxBytes);
  return ReplaceInvalidUtf8(line);
}

bool IsHtmlPage(std::string_view body) {
  const std::string head = AsciiLower(body.substr(0, 1024));
  return head.find("<!doctype html") != std::string::npos || head.find("<html") != std::string::npos;
}

std::optional<Classification> ClassifyCommonFaults(const HttpResponse& response, std::string_view service) {
  const int status = response.status;
  if (status == 429)
    return Classification{Verdict::kThrottled, fmt::format("{}'s rate limit was exceeded (HTTP 429)", service)};
  if (status >= 500 || status == 408 || status == 425)
    return Classification{Verdict::kTransient, fmt::format("HTTP {}", status)};
  if (status == 401 || status == 403)  // the address is blocked or the use refused: so would be every other request
    return Classification{Verdict::kPermanent, fmt::format("{} refuses us (HTTP {})", service, status), 0, true};
  if (status >= 400) return std::nullopt;
  if (status < 200 || status > 299)
    return Classification{Verdict::kPermanent, fmt::format("HTTP {} where an answer should be", status), 0, true};
  if (TrimAscii(response.body).empty()) return Classification{Verdict::kTransient, "the answer is empty"};
  // Every answer of these services is JSON: a page may hold anything but begins with a bracket of its own.
  if (IsHtmlPage(response.body) && TrimAscii(response.body).front() == '<')
    return Classification{Verdict::kTransient, fmt::format("an HTML page came instead of an answer (HTTP {})", status)};
  return std::nullopt;
}

Classification ClassifyUnreadable(std::string_view body, const Error& problem) {
  if (ParseJsonAnswer(body).is_discarded()) return {Verdict::kTransient, "the answer is no whole JSON document"};
  return {Verdict::kTransient, problem.message, 3};
}

bool IsFlaskNotFound(std::string_view body) {
  const std::string_view text = TrimAscii(body);
  return text.find("The requested URL was not found on the server") != std::string_view::npos &&
         (text.ends_with("</p>") || text.ends_with("</html>"));
}

}  // namespace litmill::fetch
