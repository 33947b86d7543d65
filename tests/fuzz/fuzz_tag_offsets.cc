// SPDX-License-Identifier: Apache-2.0
// Any bytes as title and abstract: every mention must re-read to the stored bytes, on whole characters.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "core/unicode.h"
#include "tag/tag.h"

namespace {

std::unique_ptr<litmill::tag::Tagger> MakeTagger() {
  litmill::RuleSet rules;
  int number = 0;
  for (const char* pattern : {"magnesium|Mg", "Mg2\\+", "[a-z]+", "\\pL+", "\\d+", "[^.;]{1,12}", "é|fi"}) {
    litmill::Concept c;
    c.facet = "f" + std::to_string(number++);
    c.id = "x";
    c.label = "x";
    litmill::Rule rule;
    rule.name = c.facet;
    rule.pattern = pattern;
    c.rules.push_back(rule);
    rules.concepts.push_back(c);
  }
  auto tagger = litmill::tag::Tagger::Compile(rules);
  if (!tagger) std::abort();
  return std::move(*tagger);
}

bool IsBoundary(const std::string& text, std::size_t at) {
  std::size_t i = 0;
  while (i < at) i += litmill::DecodeUtf8(text, i).size;
  return i == at;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<litmill::tag::Tagger> kTagger = MakeTagger();
  if (size > 4096) return 0;  // longer inputs find nothing that shorter ones do not
  const std::string text(reinterpret_cast<const char*>(data), size);
  litmill::Record record;
  record.title.text = text.substr(0, size / 2);
  record.abstract_sections.resize(1);
  record.abstract_sections[0].body.text = text;
  const auto tagged = kTagger->TagRecord(record, true);
  if (!tagged) return 0;
  for (const litmill::Mention& m : tagged->mentions) {
    const std::string& stored = m.field == "title" ? record.title.text : text;
    if (m.start >= m.end || m.end > stored.size() || stored.substr(m.start, m.end - m.start) != m.text) std::abort();
    if (!IsBoundary(stored, m.start) || !IsBoundary(stored, m.end)) std::abort();
  }
  return 0;
}
