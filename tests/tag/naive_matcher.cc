// SPDX-License-Identifier: Apache-2.0
#include "tests/tag/naive_matcher.h"

#include <map>
#include <memory>

#include <re2/re2.h>

#include "tag/normalise.h"

namespace litmill::tag::testing {
namespace {

std::string Key(std::uint32_t concept_index, const std::string& field, std::int32_t position, std::uint32_t start,
                std::uint32_t end) {
  return std::to_string(concept_index) + " " + field + " " + std::to_string(position) + " " + std::to_string(start) +
         " " + std::to_string(end);
}

const RE2& Expression(const Rule& rule) {
  static std::map<std::string, std::unique_ptr<RE2>> cache;
  const std::string source =
      std::string("[^\\pL\\pN](") + (rule.case_sensitive ? "(?-i:" : "(?i:") + rule.pattern + "))[^\\pL\\pN]";
  std::unique_ptr<RE2>& entry = cache[source];
  if (entry == nullptr) {
    RE2::Options options;
    options.set_longest_match(true);
    entry = std::make_unique<RE2>(source, options);
  }
  return *entry;
}

void AddMatches(const Rule& rule, std::uint32_t concept_index, const std::string& field, std::int32_t position,
                const std::string& stored, std::set<std::string>& keys) {
  const NormalisedText normal = Normalise(stored);
  const std::string padded = " " + normal.text + " ";
  const re2::StringPiece text(padded);
  std::size_t from = 0;
  re2::StringPiece groups[2];
  while (from < padded.size() && Expression(rule).Match(text, from, padded.size(), RE2::UNANCHORED, groups, 2)) {
    const auto start = static_cast<std::uint32_t>(groups[1].data() - padded.data());
    const auto end = static_cast<std::uint32_t>(start + groups[1].size());
    const ByteSpan span = normal.ToStored(start - 1, end - 1);
    keys.insert(Key(concept_index, field, position, span.start, span.end));
    from = end - 1;  // back to the last character, which may be the next match's edge
    while ((static_cast<unsigned char>(padded[from]) & 0xC0U) == 0x80U) --from;
  }
}

}  // namespace

std::set<std::string> MentionKeys(const TaggedRecord& tagged) {
  std::set<std::string> keys;
  for (const Mention& m : tagged.mentions)
    if (m.rule_index != kNoRule) keys.insert(Key(m.concept_index, m.field, m.position, m.start, m.end));
  return keys;
}

std::set<std::string> NaiveMentionKeys(const RuleSet& rules, const Record& record) {
  std::set<std::string> keys;
  for (std::uint32_t c = 0; c < rules.concepts.size(); ++c) {
    for (const Rule& rule : rules.concepts[c].rules) {
      if (rule.kind != RuleKind::kInclude) continue;
      AddMatches(rule, c, "title", 0, record.title.text, keys);
      for (std::size_t i = 0; i < record.abstract_sections.size(); ++i)
        AddMatches(rule, c, "abstract", static_cast<std::int32_t>(i), record.abstract_sections[i].body.text, keys);
      for (std::size_t i = 0; i < record.keywords.size(); ++i)
        AddMatches(rule, c, "keyword", static_cast<std::int32_t>(i), record.keywords[i].text.text, keys);
    }
  }
  return keys;
}

}  // namespace litmill::tag::testing
