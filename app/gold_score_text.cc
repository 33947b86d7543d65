// SPDX-License-Identifier: Apache-2.0
// Numbers of participants, outcomes and directions: what is scored by words and places.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "app/gold_claims.h"
#include "app/gold_score.h"
#include "app/gold_text.h"
#include "core/unicode.h"

namespace litmill::app {
namespace {

constexpr std::string_view kOutcomeFacet = "outcome";
constexpr std::string_view kTotalType = "total-participants";

/// "scores" -> "score", "studies" -> "study"; "loss" stays.
std::string Singular(std::string_view word) {
  const std::size_t size = word.size();
  if (size > 4 && word.substr(size - 3) == "ies") return std::string(word.substr(0, size - 3)) + "y";
  if (size > 3 && word.back() == 's' && word[size - 2] != 's') return std::string(word.substr(0, size - 1));
  return std::string(word);
}

/// Words of labels that say how something is measured or what is done with it, not what it is.
constexpr std::string_view kNoContent =
    " and or of in the to as an a not with that go further said for from is on at by any all other one two rate score "
    "scale level time number day test index measure marker status outcome change value use total risk system free "
    "point frequency severity duration response control function activity condition people treatment disease objective "
    "health general clinical physical development procedure intake quality serum plasma tissue calcium iron "
    "concentration ";

std::set<std::string> ContentWords(std::string_view text) {
  std::set<std::string> words;
  const std::string folded = FoldWords(text);
  for (const std::string_view word : SplitText(folded, ' ')) {
    const std::string singular = Singular(word);
    if (singular.size() > 2 && kNoContent.find(" " + singular + " ") == std::string_view::npos) words.insert(singular);
  }
  return words;
}

struct Place {
  std::size_t start = 0, end = 0;
};

/// In order and apart, so that a place can be looked up in them.
std::vector<Place> Merged(std::vector<Place> places) {
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.start < b.start; });
  std::vector<Place> merged;
  for (const Place& place : places) {
    if (!merged.empty() && place.start < merged.back().end)
      merged.back().end = std::max(merged.back().end, place.end);
    else
      merged.push_back(place);
  }
  return merged;
}

std::vector<Place> OutcomePlaces(const GoldDocument& document) {
  std::vector<Place> places;
  for (const GoldSpan& span : document.spans)
    if (IsOutcomeSpan(span)) places.push_back({span.start, span.end});
  return Merged(std::move(places));
}

/// `places` are in order and apart.
bool Touches(const std::vector<Place>& places, const Place& place) {
  const auto after = std::lower_bound(places.begin(), places.end(), place.end,
                                      [](const Place& p, std::size_t end) { return p.start < end; });
  return after != places.begin() && std::prev(after)->end > place.start;
}

/// Places of a record's outcome mentions in the document's text.
std::vector<Place> MentionPlaces(const GoldDocument& document, const TaggedRecord& tagged, const RuleSet& rules) {
  std::vector<Place> places;
  for (const Mention& mention : tagged.mentions) {
    if (mention.rule_index == kNoRule || rules.concepts[mention.concept_index].facet != kOutcomeFacet) continue;
    const std::size_t start = document.PlaceOf(mention.field, mention.position, mention.start);
    if (start != std::string::npos) places.push_back({start, start + (mention.end - mention.start)});
  }
  return Merged(std::move(places));
}

void CountSpans(const GoldDocument& document, const std::vector<Place>& mentions, const OutcomeWords& words,
                GoldMeasure& measure, std::size_t& touched, std::size_t& spans) {
  for (const GoldSpan& span : document.spans) {
    if (!IsOutcomeSpan(span)) continue;
    const bool is_touched = Touches(mentions, {span.start, span.end});
    ++spans;
    touched += is_touched ? 1 : 0;
    const std::string owner = words.ConceptOf(span.text);
    if (owner.empty()) continue;
    measure.rows[owner].Count(true, is_touched);
    if (!is_touched) measure.errors.push_back({document.id, "missed", owner, span.text});
  }
}

void CountMentions(const GoldDocument& document, const TaggedRecord& tagged, const RuleSet& rules,
                   GoldMeasure& measure) {
  const std::vector<Place> gold = OutcomePlaces(document);
  for (const Mention& mention : tagged.mentions) {
    const Concept& c = rules.concepts[mention.concept_index];
    if (mention.rule_index == kNoRule || c.facet != kOutcomeFacet) continue;
    if (mention.role != SectionRole::kResults && mention.role != SectionRole::kConclusions) continue;
    const std::size_t start = document.PlaceOf(mention.field, mention.position, mention.start);
    const bool is_right = start != std::string::npos && Touches(gold, {start, start + mention.end - mention.start});
    const std::string name = c.facet + ":" + c.id;
    measure.rows[name].Count(is_right, true);
    if (!is_right) measure.errors.push_back({document.id, "found", name, mention.text});
  }
}

/// Counts (gold, predicted) pairs of labels; accuracy and macro F1.
void CountLabel(const std::string& gold, const std::string& predicted, GoldMeasure& measure) {
  ++measure.items;
  ++measure.confusion[{gold, predicted}];
  measure.rows[gold].Count(true, gold == predicted);
  if (gold != predicted) measure.rows[predicted].Count(false, true);
}

void AddLabelFigures(GoldMeasure& measure) {
  const std::size_t right = measure.Total().true_positives;
  measure.figures = {
      {"accuracy", measure.items == 0 ? 0 : static_cast<double>(right) / static_cast<double>(measure.items)},
      {"macro F1", measure.MacroF1()}};
}

std::string AnswerOf(Movement movement) {
  switch (movement) {
    case Movement::kIncreased:
    case Movement::kDecreased:
      return "yes";
    case Movement::kNoDifference:
      return "no";
    case Movement::kUnclear:
      return "maybe";
  }
  return "maybe";
}

}  // namespace

bool IsOutcomeSpan(const GoldSpan& span) { return AsciiLower(span.type).rfind("outcome", 0) == 0; }

OutcomeWords::OutcomeWords(const RuleSet& rules) {
  for (const Concept& c : rules.concepts)
    if (c.facet == kOutcomeFacet && c.id != "*") entries_.push_back({c.facet + ":" + c.id, ContentWords(c.label)});
}

std::string OutcomeWords::ConceptOf(const std::string& span) const {
  const std::set<std::string> present = ContentWords(span);
  std::string best;
  double best_share = 0;
  for (const Entry& entry : entries_) {
    std::size_t shared = 0;
    for (const std::string& word : entry.words) shared += present.count(word);
    const double share = shared == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(entry.words.size());
    if (share <= best_share) continue;
    best_share = share;
    best = entry.name;
  }
  return best;
}

Result<GoldMeasure> ScoreSampleSize(const tag::Tagger& tagger, const GoldTextSet& set) {
  GoldMeasure measure;
  measure.set = set.name;
  measure.what = "sample size";
  measure.how =
      "the first total of participants that the record gives is one of the document's labelled totals; precision over "
      "documents with an answer, recall over all that have a labelled total";
  GoldCounts& counts = measure.rows[std::string(kTotalType)];
  for (const GoldDocument& document : set.documents.documents) {
    std::set<double> gold;
    std::string words;
    for (const GoldSpan& span : document.spans) {
      const auto number = span.type == kTotalType ? NumberInWords(span.text) : std::nullopt;
      if (!number) continue;
      gold.insert(*number);
      words += (words.empty() ? "" : ", ") + span.text;
    }
    if (gold.empty()) continue;
    ++measure.items;
    LITMILL_TRY(const TaggedRecord tagged, tagger.TagRecord(document.record));
    const auto found = TotalParticipants(tagged);
    const bool is_right = found && gold.count(*found) != 0;
    counts.Count(true, is_right);
    if (found && !is_right) counts.Count(false, true);
    if (!is_right)
      measure.errors.push_back({document.id, found ? "wrong" : "missed", std::string(kTotalType),
                                found ? fmt::format("{} instead of {}", *found, words) : words});
  }
  measure.figures = {{"precision", counts.Precision()}, {"recall", counts.Recall()}, {"F1", counts.F1()}};
  return measure;
}

Result<std::vector<GoldMeasure>> ScoreOutcomes(const tag::Tagger& tagger, const GoldTextSet& set) {
  const RuleSet& rules = tagger.rule_set();
  const OutcomeWords words(rules);
  GoldMeasure spans;
  GoldMeasure mentions;
  spans.set = mentions.set = set.name;
  spans.what = "outcome spans";
  spans.how =
      "labelled spans that belong to our vocabulary (a content word of an outcome concept's label stands in them) and "
      "are touched by an outcome mention";
  mentions.what = "outcome mentions";
  mentions.how = "outcome mentions in RESULTS and CONCLUSIONS that lie on a labelled span";
  std::size_t touched = 0;
  std::size_t all = 0;
  for (const GoldDocument& document : set.documents.documents) {
    if (std::none_of(document.spans.begin(), document.spans.end(), IsOutcomeSpan)) continue;
    LITMILL_TRY(const TaggedRecord tagged, tagger.TagRecord(document.record));
    CountSpans(document, MentionPlaces(document, tagged, rules), words, spans, touched, all);
    CountMentions(document, tagged, rules, mentions);
    ++spans.items;
    ++mentions.items;
  }
  const GoldCounts total = spans.Total();
  const std::size_t belonging = total.true_positives + total.false_negatives;
  spans.figures = {
      {"share of the belonging spans touched", total.Recall()},
      {"spans that belong", static_cast<double>(belonging), true},
      {"spans", static_cast<double>(all), true},
      {"share of all spans touched", all == 0 ? 0 : static_cast<double>(touched) / static_cast<double>(all)}};
  mentions.figures = {
      {"precision", mentions.Total().Precision()},
      {"mentions", static_cast<double>(mentions.Total().true_positives + mentions.Total().false_positives), true}};
  spans.SortErrors();
  mentions.SortErrors();
  return std::vector<GoldMeasure>{std::move(spans), std::move(mentions)};
}

GoldMeasure ScoreDirections(const GoldTextSet& set, const DirectionOf& direction_of) {
  GoldMeasure measure;
  measure.set = set.name;
  measure.what = "direction";
  measure.how = "movement of the outcome by the labelled passage, given intervention, comparator and outcome";
  measure.item_name = "rows";
  for (const DirectionRow& row : set.tables.directions) {
    const Movement found = direction_of(row);
    const std::string gold(MovementName(row.label));
    CountLabel(gold, std::string(MovementName(found)), measure);
    if (found != row.label)
      measure.errors.push_back({row.id, "wrong", gold,
                                fmt::format("{}: {} against {}, {}: {}", MovementName(found), row.intervention,
                                            row.comparator, row.outcome, row.span)});
  }
  AddLabelFigures(measure);
  return measure;
}

GoldMeasure ScoreQuestions(const GoldTextSet& set, const DirectionOf& direction_of) {
  GoldMeasure measure;
  measure.set = set.name;
  measure.what = "conclusion of an abstract (a guide)";
  measure.how = "the answer's words say that something moved (yes), did not differ (no), or neither (maybe)";
  measure.item_name = "questions";
  for (const QuestionRow& row : set.tables.questions) {
    const std::string found = AnswerOf(direction_of({row.id, "", "", row.question, row.answer, Movement::kUnclear}));
    CountLabel(row.label, found, measure);
    if (found != row.label) measure.errors.push_back({row.id, "wrong", row.label, found + ": " + row.answer});
  }
  AddLabelFigures(measure);
  return measure;
}

}  // namespace litmill::app
