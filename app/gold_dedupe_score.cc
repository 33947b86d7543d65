// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>
#include <set>

#include "app/gold_dedupe.h"

namespace litmill::app {

double DedupeScore::Sensitivity() const {
  const std::size_t all = true_positives + false_negatives;
  return all == 0 ? 1 : static_cast<double>(true_positives) / static_cast<double>(all);
}

double DedupeScore::Specificity() const {
  const std::size_t all = true_negatives + false_positives;
  return all == 0 ? 1 : static_cast<double>(true_negatives) / static_cast<double>(all);
}

void DedupeScore::Add(const DedupeScore& other) {
  records += other.records;
  components += other.components;
  true_positives += other.true_positives;
  false_positives += other.false_positives;
  true_negatives += other.true_negatives;
  false_negatives += other.false_negatives;
  false_merges += other.false_merges;
  reviews += other.reviews;
  true_reviews += other.true_reviews;
  errors.insert(errors.end(), other.errors.begin(), other.errors.end());
  review_list.insert(review_list.end(), other.review_list.begin(), other.review_list.end());
}

namespace {

std::string Describe(const store::DedupeRecord& record) {
  std::string journal = record.journals.empty() ? std::string() : record.journals[0];
  std::string doi = record.identifiers.empty() ? std::string() : record.identifiers[0].second;
  return fmt::format("    {} | {} | {} | {} | {} | {}({}):{} | {}", record.source_id, record.title,
                     record.authors.empty() ? "" : record.authors[0].last_name, record.year_print, journal,
                     record.volume, record.issue, record.pages, doi);
}

/// By work (named by its representative) its records in the order of input.
std::map<std::size_t, std::vector<std::size_t>> WorksOf(const store::DedupeResult& result) {
  std::map<std::size_t, std::vector<std::size_t>> works;
  for (std::size_t i = 0; i < result.representative.size(); ++i) works[result.representative[i]].push_back(i);
  return works;
}

std::string ListRecords(const GoldPart& part, const std::vector<std::size_t>& records) {
  std::string text;
  for (const std::size_t record : records) text += "\n" + Describe(part.records[record]);
  return text;
}

void ScoreByComponents(const GoldPart& part, const store::DedupeResult& result, DedupeScore& score) {
  std::map<std::size_t, std::vector<std::size_t>> components;
  for (std::size_t i = 0; i < part.records.size(); ++i) components[part.component[i]].push_back(i);
  std::set<std::size_t> kept;
  for (const auto& [name, members] : WorksOf(result)) {
    kept.insert(members.front());
    std::set<std::size_t> held;
    for (const std::size_t member : members) held.insert(part.component[member]);
    if (held.size() < 2) continue;
    ++score.false_merges;
    score.errors.push_back("falsely merged:" + ListRecords(part, members));
  }
  for (const auto& [component, members] : components) {
    std::vector<std::size_t> left;
    for (const std::size_t member : members)
      if (kept.count(member) != 0) left.push_back(member);
    score.components += members.size() > 1 ? 1U : 0U;
    if (left.empty()) {
      ++score.false_positives;
      score.true_positives += members.size() - 1;
      continue;
    }
    ++score.true_negatives;
    score.false_negatives += left.size() - 1;
    score.true_positives += members.size() - left.size();
    if (left.size() > 1) score.errors.push_back("missed:" + ListRecords(part, left));
  }
}

std::size_t UniqueOf(const GoldPart& part, const std::vector<std::size_t>& members) {
  return static_cast<std::size_t>(
      std::count_if(members.begin(), members.end(), [&part](std::size_t member) { return part.is_unique[member]; }));
}

/// Whether most works of several records have no record without a mark: then the first of each group is marked too.
bool MarksWholeGroups(const GoldPart& part, const store::DedupeResult& result) {
  if (!part.may_mark_whole_groups) return false;
  std::size_t whole = 0, several = 0;
  for (const auto& [name, members] : WorksOf(result)) {
    several += members.size() > 1 ? 1U : 0U;
    whole += members.size() > 1 && UniqueOf(part, members) == 0 ? 1U : 0U;
  }
  return 2 * whole > several;
}

/// A record that is marked and stands alone was missed: how many of them are one publication is not known, so each
/// counts.
void ScoreByGroupMarks(const GoldPart& part, const store::DedupeResult& result, DedupeScore& score) {
  for (const auto& [name, members] : WorksOf(result)) {
    const std::size_t unique = UniqueOf(part, members), marked = members.size() - unique;
    if (members.size() == 1 && unique == 0) {
      ++score.false_negatives;
      score.errors.push_back("missed:" + ListRecords(part, members));
      continue;
    }
    ++score.true_negatives;
    score.components += marked > 1 ? 1U : 0U;
    score.true_positives += marked == 0 ? 0 : marked - 1;
    if (members.size() == 1 || unique == 0) continue;
    score.false_positives += marked == 0 ? unique - 1 : unique;
    ++score.false_merges;
    score.errors.push_back("falsely merged:" + ListRecords(part, members));
  }
}

void ScoreByLabels(const GoldPart& part, const store::DedupeResult& result, DedupeScore& score) {
  if (MarksWholeGroups(part, result)) return ScoreByGroupMarks(part, result, score);
  for (const auto& [name, members] : WorksOf(result)) {
    const std::size_t unique = UniqueOf(part, members);
    if (unique == 0) {  // the one that is kept is a duplicate of something else
      ++score.false_negatives;
      score.true_positives += members.size() - 1;
      score.errors.push_back("missed:" + ListRecords(part, {members.front()}));
      continue;
    }
    ++score.true_negatives;
    score.components += members.size() > unique ? 1U : 0U;
    score.false_positives += unique - 1;
    score.true_positives += members.size() - unique;
    if (unique < 2) continue;
    ++score.false_merges;
    score.errors.push_back("falsely merged:" + ListRecords(part, members));
  }
}

}  // namespace

DedupeScore ScoreDedupe(const GoldSet& set) {
  DedupeScore total;
  for (const GoldPart& part : set.parts) {
    const store::DedupeResult result = store::Deduplicate(part.records);
    DedupeScore score;
    score.records = part.records.size();
    if (part.component.empty())
      ScoreByLabels(part, result, score);
    else
      ScoreByComponents(part, result, score);
    for (const store::DedupeDecision& decision : result.decisions) {
      if (decision.verdict != store::DedupeVerdict::kReview) continue;
      ++score.reviews;
      const bool is_true = !part.component.empty() && part.component[decision.record] == part.component[decision.other];
      score.true_reviews += is_true ? 1U : 0U;
      score.review_list.push_back(
          fmt::format("to review ({}: {}){}:", decision.rule, decision.evidence, is_true ? ", a duplicate" : "") +
          ListRecords(part, {decision.record, decision.other}));
    }
    total.Add(score);
  }
  return total;
}

}  // namespace litmill::app
