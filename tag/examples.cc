// SPDX-License-Identifier: Apache-2.0
// Runs the examples that rule files carry against their own rules.
#include <algorithm>

#include <fmt/format.h>

#include "tag/tag.h"

namespace litmill::tag {
namespace {

std::string Why(const TaggedRecord& tagged, std::uint32_t concept_index, bool should) {
  if (should) {
    for (const Rejection& rejection : tagged.rejections)
      if (rejection.concept_index == concept_index)
        return fmt::format("; \"{}\" was {}", rejection.text, rejection.reason);
    return "; no pattern matches";
  }
  for (const Mention& mention : tagged.mentions)
    if (mention.concept_index == concept_index) return fmt::format("; \"{}\" matches", mention.text);
  for (const Mention& cue : tagged.cues)
    if (cue.concept_index == concept_index) return fmt::format("; \"{}\" matches", cue.text);
  return "; a child concept implies it";
}

}  // namespace

Result<std::vector<std::string>> RunExamples(const Tagger& tagger) {
  std::vector<std::string> failures;
  const std::vector<Concept>& concepts = tagger.rule_set().concepts;
  for (std::uint32_t i = 0; i < concepts.size(); ++i) {
    for (const Example& example : concepts[i].examples) {
      Record record;
      record.abstract_sections.resize(1);
      record.abstract_sections[0].body.text = example.text;
      LITMILL_TRY(const TaggedRecord tagged, tagger.TagRecord(record, /*explain=*/true));
      const auto of_it = [i](const auto& found) { return found.concept_index == i; };
      const bool is_tagged = std::any_of(tagged.tags.begin(), tagged.tags.end(), of_it) ||
                             std::any_of(tagged.cues.begin(), tagged.cues.end(), of_it);
      if (is_tagged == example.should) continue;
      failures.push_back(fmt::format("{}:{}:{}: {}:{} should {}match: {}{}", example.origin.file, example.origin.line,
                                     example.origin.column, concepts[i].facet, concepts[i].id,
                                     example.should ? "" : "not ", example.text, Why(tagged, i, example.should)));
    }
  }
  return failures;
}

}  // namespace litmill::tag
