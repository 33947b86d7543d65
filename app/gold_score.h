// SPDX-License-Identifier: Apache-2.0
// How the tagger does on labelled sets. Each function says in GoldMeasure::how what it counts.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "app/gold_measure.h"
#include "app/gold_sets.h"
#include "core/result.h"
#include "tag/tag.h"

namespace litmill::app {

/// The record part that a trap was written for. The UI of a heading comes from the trap's note, else from the concept
/// whose label is the heading; where neither knows it, `ui_is_known` is false.
struct TrapRecord {
  Record record;
  bool ui_is_known = true;
};
[[nodiscard]] TrapRecord RecordOfTrap(const Trap& trap, const RuleSet& rules);

/// Every expected tag present, every forbidden one absent; by group.
[[nodiscard]] Result<GoldMeasure> ScoreTraps(const tag::Tagger& tagger, const GoldTextSet& set);

/// Concepts of `facet` that have a MeSH UI: the document carries a UI of the concept or of one below it, against the
/// concept tagged in its text.
[[nodiscard]] Result<GoldMeasure> ScoreConcepts(const tag::Tagger& tagger, const GoldTextSet& set,
                                                const std::string& facet);

/// GoldMeasure::what of these.
[[nodiscard]] std::string ConceptMeasureName(const std::string& facet);
/// Sets the headline of a measure by concept from its rows.
void AddConceptFigures(GoldMeasure& measure);

/// Randomised trials told from other documents by their text.
[[nodiscard]] Result<GoldMeasure> ScoreTrials(const tag::Tagger& tagger, const std::vector<GoldTextSet>& trials,
                                              const std::vector<GoldTextSet>& others);

/// The number of participants; documents with spans of type "total-participants".
[[nodiscard]] Result<GoldMeasure> ScoreSampleSize(const tag::Tagger& tagger, const GoldTextSet& set);

/// Of a type whose name begins with "outcome".
[[nodiscard]] bool IsOutcomeSpan(const GoldSpan& span);

/// Two measures: spans of outcomes that belong to our vocabulary and are touched by a mention; mentions in results and
/// conclusions that lie on a span.
[[nodiscard]] Result<std::vector<GoldMeasure>> ScoreOutcomes(const tag::Tagger& tagger, const GoldTextSet& set);

/// What a passage says of the outcome.
using DirectionOf = std::function<Movement(const DirectionRow&)>;
[[nodiscard]] GoldMeasure ScoreDirections(const GoldTextSet& set, const DirectionOf& direction_of);

/// Questions answered by yes (moved), no (no difference) or maybe (unclear).
[[nodiscard]] GoldMeasure ScoreQuestions(const GoldTextSet& set, const DirectionOf& direction_of);

/// Forms and designs that the person's phrases name, against the title's tags. A guide: titles do not say all.
[[nodiscard]] Result<GoldMeasure> ScoreStudies(const tag::Tagger& tagger, const GoldTextSet& set);

/// A span belongs to our vocabulary when a content word of an outcome concept's label stands in it: "pain freedom"
/// belongs because there is a concept "Pain score". Patterns take no part in that.
class OutcomeWords {
 public:
  explicit OutcomeWords(const RuleSet& rules);
  /// "outcome:pain_score", the concept most of whose words stand in `span`; empty when it belongs to none.
  [[nodiscard]] std::string ConceptOf(const std::string& span) const;

 private:
  struct Entry {
    std::string name;
    std::set<std::string> words;
  };
  std::vector<Entry> entries_;
};

}  // namespace litmill::app
