// SPDX-License-Identifier: Apache-2.0
#include "fetch/redaction.h"

#include <algorithm>

#include "core/unicode.h"
#include "fetch/transport.h"

namespace litmill::fetch {

Redactor::Redactor(const std::vector<std::string>& secrets) {
  constexpr std::size_t kShortest = 4;
  for (const std::string& secret : secrets) {
    if (secret.size() < kShortest) continue;
    needles_.push_back(AsciiLower(secret));
    needles_.push_back(AsciiLower(PercentEncode(secret)));
    std::string form = AsciiLower(PercentEncode(secret));  // as an HTML form writes it: a space is "+"
    for (std::size_t at = form.find("%20"); at != std::string::npos; at = form.find("%20", at))
      form.replace(at, 3, "+");
    needles_.push_back(form);
  }
  std::sort(needles_.begin(), needles_.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  needles_.erase(std::unique(needles_.begin(), needles_.end()), needles_.end());
}

std::string Redactor::Redact(std::string text) const {
  if (needles_.empty()) return text;
  std::string lower = AsciiLower(text);
  for (const std::string& needle : needles_) {
    std::size_t from = 0;
    std::size_t at = lower.find(needle);
    if (at == std::string::npos) continue;
    std::string clean;
    for (; at != std::string::npos; at = lower.find(needle, from)) {
      clean.append(text, from, at - from).append("***");
      from = at + needle.size();
    }
    clean.append(text, from);
    text = std::move(clean);
    lower = AsciiLower(text);
  }
  return text;
}

}  // namespace litmill::fetch
