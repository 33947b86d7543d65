// SPDX-License-Identifier: Apache-2.0
// Answers of all services but PubMed from a hostile server: every record has its identity and sound
// text, every problem says something.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "core/unicode.h"
#include "parse/json_answers.h"

namespace {

using litmill::parse::Item;
using litmill::parse::ParsedRecord;
using litmill::parse::Problem;

void CheckText(const std::string& text) {
  if (litmill::FindInvalidUtf8(text) != std::string::npos || text.find('\0') != std::string::npos) std::abort();
}

void Check(const std::vector<Item>& items) {
  for (const Item& item : items) {
    if (const auto* problem = std::get_if<Problem>(&item)) {
      if (problem->code.empty() || problem->message.empty()) std::abort();
      CheckText(problem->message);
      continue;
    }
    const auto& parsed = std::get<ParsedRecord>(item);
    if (parsed.record.source.empty() || parsed.record.source_id.empty()) std::abort();
    CheckText(parsed.record.source_id);
    CheckText(parsed.record.title.text);
    CheckText(parsed.record.title.markup);
    for (const litmill::AbstractSection& section : parsed.record.abstract_sections) {
      CheckText(section.label);
      CheckText(section.body.text);
    }
    for (const Problem& warning : parsed.warnings) CheckText(warning.message);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(static_cast<const char*>(static_cast<const void*>(data)), size);
  Check(litmill::parse::ParseCrossref(body));
  Check(litmill::parse::ParseDataCite(body));
  Check(litmill::parse::ParseEuropePmc(body));
  Check(litmill::parse::ParseOpenAlex(body));
  Check(litmill::parse::ParseUnpaywall(body));
  Check(litmill::parse::ParseScopus(body));
  Check(litmill::parse::ParseEmbase(body));
  Check(litmill::parse::ParseWebOfScienceStarter(body));
  Check(litmill::parse::ParseWebOfScienceExpanded(body));
  Check(litmill::parse::ParseCrossrefXml(body));
  return 0;
}
