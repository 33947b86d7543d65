// SPDX-License-Identifier: Apache-2.0
// Traps, concepts by document, randomised trials and described studies: what is scored by tags.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "app/gold_claims.h"
#include "app/gold_score.h"
#include "core/unicode.h"

namespace litmill::app {
namespace {

std::string NameOf(const RuleSet& rules, std::uint32_t index) {
  return rules.concepts[index].facet + ":" + rules.concepts[index].id;
}

std::string Joined(const std::set<std::string>& words) {
  constexpr std::size_t kMost = 3;
  std::string out;
  std::size_t count = 0;
  for (const std::string& word : words) {
    if (count++ == kMost) return out + fmt::format(" and {} more", words.size() - kMost);
    out += (out.empty() ? "\"" : ", \"") + word + "\"";
  }
  return out;
}

/// The concept and those that it implies, by index.
class Ancestry {
 public:
  explicit Ancestry(const RuleSet& rules) {
    std::map<std::string, std::uint32_t> index;
    for (std::uint32_t i = 0; i < rules.concepts.size(); ++i) index[NameOf(rules, i)] = i;
    up_.resize(rules.concepts.size());
    for (std::uint32_t i = 0; i < rules.concepts.size(); ++i) {
      up_[i].insert(i);
      std::vector<std::uint32_t> todo{i};
      while (!todo.empty()) {
        const Concept& c = rules.concepts[todo.back()];
        todo.pop_back();
        for (const std::string& parent : c.parents)
          if (const auto found = index.find(c.facet + ":" + parent);
              found != index.end() && up_[i].insert(found->second).second)
            todo.push_back(found->second);
      }
    }
  }
  [[nodiscard]] const std::set<std::uint32_t>& Of(std::uint32_t concept_index) const { return up_[concept_index]; }

 private:
  std::vector<std::set<std::uint32_t>> up_;
};

/// A mention with some words around it.
std::string InContext(const Record& record, const Mention& mention) {
  constexpr std::size_t kAround = 40;
  std::string_view text;
  const auto at = static_cast<std::size_t>(mention.position);
  if (mention.field == "title") text = record.title.text;
  if (mention.field == "abstract" && at < record.abstract_sections.size())
    text = record.abstract_sections[at].body.text;
  if (mention.end > text.size()) return mention.text;
  std::size_t from = mention.start > kAround ? mention.start - kAround : 0;
  std::size_t to = std::min<std::size_t>(mention.end + kAround, text.size());
  const auto is_inside = [&text](std::size_t i) { return i < text.size() && (text[i] & 0xC0) == 0x80; };
  while (is_inside(from)) ++from;
  while (is_inside(to)) ++to;
  return fmt::format("{}{}[[{}]]{}{}", from > 0 ? "..." : "", text.substr(from, mention.start - from), mention.text,
                     text.substr(mention.end, to - mention.end), to < text.size() ? "..." : "");
}

/// The words that made `concept_index` be tagged.
std::string FoundWords(const GoldDocument& document, const TaggedRecord& tagged, std::uint32_t concept_index,
                       const Ancestry& ancestry) {
  for (const Mention& mention : tagged.mentions)
    if (ancestry.Of(mention.concept_index).count(concept_index) != 0) return InContext(document.record, mention);
  return {};
}

bool IsUi(const std::string& text) {
  return text.size() > 4 && (text[0] == 'D' || text[0] == 'C') &&
         text.find_first_not_of("0123456789", 1) == std::string::npos;
}

std::string UiOfHeading(const Trap& trap, const RuleSet& rules) {
  if (IsUi(trap.note)) return trap.note;
  const std::string heading = FoldWords(trap.text);
  for (const Concept& c : rules.concepts) {
    if (FoldWords(c.label) != heading) continue;
    const auto& uis = trap.section == "PUBTYPE" ? c.publication_types : c.mesh;
    if (!uis.empty()) return uis.front();
  }
  return {};
}

std::string FacetOf(const std::string& claim) { return claim.substr(0, claim.find(':')); }

/// Why an expected claim can never be found, for the list of errors; empty when it can.
std::string WhyImpossible(const std::string& claim, const std::set<std::string>& ours) {
  const std::string facet = FacetOf(claim);
  if (facet == "dose" || facet == "duration" || facet == "stat") return {};
  return ours.count(claim.substr(0, claim.find('@'))) != 0 ? "" : "the rules have no such concept; ";
}

/// UIs to concepts of a facet, and what they imply.
std::map<std::string, std::set<std::uint32_t>> ConceptsByUi(const RuleSet& rules, const std::string& facet,
                                                            const Ancestry& ancestry) {
  std::map<std::string, std::set<std::uint32_t>> by_ui;
  for (std::uint32_t i = 0; i < rules.concepts.size(); ++i) {
    const Concept& c = rules.concepts[i];
    if (c.facet != facet) continue;
    for (const std::string& ui : c.mesh)
      for (const std::uint32_t up : ancestry.Of(i))
        if (!rules.concepts[up].mesh.empty()) by_ui[ui].insert(up);
  }
  return by_ui;
}

/// Concepts that a document is labelled with, and the words that were.
std::map<std::uint32_t, std::set<std::string>> GoldConcepts(
    const GoldDocument& document, const std::map<std::string, std::set<std::uint32_t>>& by_ui) {
  std::map<std::uint32_t, std::set<std::string>> gold;
  for (const GoldSpan& span : document.spans)
    for (const std::string& id : span.ids)
      if (const auto found = by_ui.find(id); found != by_ui.end())
        for (const std::uint32_t c : found->second) gold[c].insert(span.text);
  return gold;
}

bool IsSaid(Assertion assertion) {
  return assertion == Assertion::kPresent || assertion == Assertion::kHedged || assertion == Assertion::kObjective;
}

constexpr std::string_view kTrialConcept = "design:rct";

/// Rows are sets; a document that is no trial adds to precision alone.
Result<void> CountTrials(const tag::Tagger& tagger, const GoldTextSet& set, bool is_trial, GoldMeasure& measure) {
  const RuleSet& rules = tagger.rule_set();
  for (const GoldDocument& document : set.documents.documents) {
    LITMILL_TRY(const TaggedRecord tagged, tagger.TagRecord(document.record));
    const bool found = std::any_of(tagged.tags.begin(), tagged.tags.end(), [&](const Tag& tag) {
      return tag.from_text && IsSaid(tag.assertion) && NameOf(rules, tag.concept_index) == kTrialConcept;
    });
    ++measure.items;
    measure.rows[set.name].Count(is_trial, found);
    if (found == is_trial) continue;
    std::string words = document.record.title.text;
    for (const Mention& mention : tagged.mentions)
      if (found && NameOf(rules, mention.concept_index).rfind(FacetOf(std::string(kTrialConcept)), 0) == 0) {
        words = InContext(document.record, mention);
        break;
      }
    measure.errors.push_back({document.id, is_trial ? "missed" : "found", set.name, words});
  }
  return {};
}

std::set<std::string> TagsOfFacet(const TaggedRecord& tagged, const RuleSet& rules, const std::string& facet) {
  std::set<std::string> names;
  for (const Tag& tag : tagged.tags)
    if (!tag.implied && rules.concepts[tag.concept_index].facet == facet)
      names.insert(NameOf(rules, tag.concept_index));
  return names;
}

Result<std::set<std::string>> TagsOfText(const tag::Tagger& tagger, const std::string& title,
                                         const std::string& facet) {
  Record record;
  record.title.text = title;
  LITMILL_TRY(const TaggedRecord tagged, tagger.TagRecord(record));
  return TagsOfFacet(tagged, tagger.rule_set(), facet);
}

}  // namespace

std::string ConceptMeasureName(const std::string& facet) { return facet + " by document"; }

void AddConceptFigures(GoldMeasure& measure) {
  constexpr std::size_t kOften = 10;
  constexpr double kFloor = 0.80;
  GoldCounts with_gold;
  std::size_t weak = 0;
  for (const auto& [name, counts] : measure.rows) {
    if (!counts.HasGold()) continue;
    with_gold.Add(counts);
    if (counts.true_positives + counts.false_negatives >= kOften && counts.F1() < kFloor) ++weak;
  }
  const GoldCounts total = measure.Total();
  measure.figures = {{"precision", total.Precision()},
                     {"recall", total.Recall()},
                     {"micro F1", total.F1()},
                     {"macro F1", measure.MacroF1()},
                     {"micro F1 of concepts that occur", with_gold.F1()},
                     {"concepts in 10 or more documents with F1 under .80", static_cast<double>(weak), true}};
}

TrapRecord RecordOfTrap(const Trap& trap, const RuleSet& rules) {
  TrapRecord made;
  Record& record = made.record;
  record.source_id = trap.id;
  const bool is_index = trap.section == "MESH" || trap.section == "PUBTYPE" || trap.section == "CHEMICAL";
  const std::string ui = is_index ? UiOfHeading(trap, rules) : std::string();
  made.ui_is_known = !is_index || !ui.empty();
  if (trap.section == "TITLE")
    record.title.text = trap.text;
  else if (trap.section == "MESH")
    record.mesh_headings.push_back({ui, trap.text, "", false, false, {}});
  else if (trap.section == "PUBTYPE")
    record.publication_types.push_back({ui, trap.text});
  else if (trap.section == "CHEMICAL")
    record.chemicals.push_back({"0", ui, trap.text});
  else if (trap.section == "KEYWORD")
    record.keywords.push_back({"NOTNLM", false, {trap.text, ""}});
  else if (trap.section == "COPYRIGHT")
    record.copyright = trap.text;
  else
    record.abstract_sections.push_back({trap.section, trap.section, {trap.text, ""}});
  return made;
}

Result<GoldMeasure> ScoreTraps(const tag::Tagger& tagger, const GoldTextSet& set) {
  const RuleSet& rules = tagger.rule_set();
  std::set<std::string> ours;
  for (std::uint32_t i = 0; i < rules.concepts.size(); ++i) ours.insert(NameOf(rules, i));
  GoldMeasure measure;
  measure.set = set.name;
  measure.what = "traps";
  measure.how =
      "every expected tag present (else a false negative), every forbidden tag absent (else a false positive)";
  measure.item_name = "traps";
  std::size_t unknown_uis = 0;
  for (const Trap& trap : set.tables.traps) {
    const TrapRecord made = RecordOfTrap(trap, rules);
    unknown_uis += made.ui_is_known ? 0 : 1;
    LITMILL_TRY(const TaggedRecord tagged, tagger.TagRecord(made.record));
    const std::set<std::string> claims = ClaimsOf(tagged, rules);
    GoldCounts& counts = measure.rows[trap.group];
    ++measure.items;
    for (const std::string& claim : trap.expected) {
      counts.Count(true, claims.count(claim) != 0);
      if (claims.count(claim) == 0)
        measure.errors.push_back({trap.id, "missed", claim, WhyImpossible(claim, ours) + trap.text});
    }
    for (const std::string& claim : trap.forbidden) {
      counts.Count(false, claims.count(claim) != 0);
      if (claims.count(claim) != 0) measure.errors.push_back({trap.id, "forbidden", claim, trap.text});
    }
  }
  const GoldCounts total = measure.Total();
  measure.figures = {{"share of the expected found", total.Recall()},
                     {"forbidden tags", static_cast<double>(total.false_positives), true},
                     {"headings whose UI is not known", static_cast<double>(unknown_uis), true}};
  return measure;
}

Result<GoldMeasure> ScoreConcepts(const tag::Tagger& tagger, const GoldTextSet& set, const std::string& facet) {
  const RuleSet& rules = tagger.rule_set();
  const Ancestry ancestry(rules);
  const auto by_ui = ConceptsByUi(rules, facet, ancestry);
  GoldMeasure measure;
  measure.set = set.name;
  measure.what = ConceptMeasureName(facet);
  measure.how =
      "for each concept with a MeSH identifier: the document carries an identifier of it or of a concept below it, "
      "against the concept tagged in title or abstract";
  for (const GoldDocument& document : set.documents.documents) {
    LITMILL_TRY(const TaggedRecord tagged, tagger.TagRecord(document.record));
    ++measure.items;
    const auto gold = GoldConcepts(document, by_ui);
    std::set<std::uint32_t> found;
    for (const Tag& tag : tagged.tags) {
      const Concept& c = rules.concepts[tag.concept_index];
      if (tag.from_text && c.facet == facet && !c.mesh.empty()) found.insert(tag.concept_index);
    }
    for (const auto& [concept_index, words] : gold) {
      const bool is_found = found.count(concept_index) != 0;
      measure.rows[NameOf(rules, concept_index)].Count(true, is_found);
      if (!is_found) measure.errors.push_back({document.id, "missed", NameOf(rules, concept_index), Joined(words)});
    }
    for (const std::uint32_t concept_index : found) {
      if (gold.count(concept_index) != 0) continue;
      measure.rows[NameOf(rules, concept_index)].Count(false, true);
      measure.errors.push_back(
          {document.id, "found", NameOf(rules, concept_index), FoundWords(document, tagged, concept_index, ancestry)});
    }
  }
  AddConceptFigures(measure);
  measure.SortErrors();
  return measure;
}

Result<GoldMeasure> ScoreTrials(const tag::Tagger& tagger, const std::vector<GoldTextSet>& trials,
                                const std::vector<GoldTextSet>& others) {
  const auto& concepts = tagger.rule_set().concepts;
  if (std::none_of(concepts.begin(), concepts.end(),
                   [](const Concept& c) { return c.facet + ":" + c.id == kTrialConcept; }))
    return Fail(ErrorCode::kInvalidInput, fmt::format("the rules have no {}: trials cannot be told", kTrialConcept));
  GoldMeasure measure;
  for (const auto* sets : {&trials, &others})
    for (const GoldTextSet& set : *sets) measure.set += (measure.set.empty() ? "" : ", ") + set.name;
  measure.what = "randomised trials";
  measure.how = fmt::format(
      "{} tagged in title or abstract, neither negated nor background; recall over documents that are all trials, "
      "precision with documents that are none",
      kTrialConcept);
  for (const GoldTextSet& set : trials) LITMILL_CHECK(CountTrials(tagger, set, true, measure));
  for (const GoldTextSet& set : others) LITMILL_CHECK(CountTrials(tagger, set, false, measure));
  const GoldCounts total = measure.Total();
  measure.figures = {{"precision", total.Precision()}, {"recall", total.Recall()}, {"F1", total.F1()}};
  return measure;
}

Result<GoldMeasure> ScoreStudies(const tag::Tagger& tagger, const GoldTextSet& set) {
  GoldMeasure measure;
  measure.set = set.name;
  measure.what = "described studies (a guide)";
  measure.how = "form and design that the description's words stand for, against the tags of the title alone";
  measure.item_name = "studies";
  for (const StudyRow& study : set.tables.studies) {
    ++measure.items;
    for (const auto& [facet, phrase] : {std::make_pair("form", study.form), std::make_pair("design", study.design)}) {
      LITMILL_TRY(const std::set<std::string> gold, TagsOfText(tagger, phrase, facet));
      LITMILL_TRY(const std::set<std::string> found, TagsOfText(tagger, study.title, facet));
      if (gold.empty()) continue;  // The description does not say.
      for (const std::string& name : gold) {
        measure.rows[facet].Count(true, found.count(name) != 0);
        if (found.count(name) == 0) measure.errors.push_back({study.id, "missed", name, study.title});
      }
      for (const std::string& name : found) {
        if (gold.count(name) != 0) continue;
        measure.rows[facet].Count(false, true);
        measure.errors.push_back({study.id, "found", name, study.title});
      }
    }
  }
  const GoldCounts total = measure.Total();
  measure.figures = {{"precision", total.Precision()}, {"recall", total.Recall()}};
  measure.SortErrors();
  return measure;
}

}  // namespace litmill::app
