// SPDX-License-Identifier: Apache-2.0
#include "tag/section_role.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tag/byte_scan.h"
#include "tag/quantity_words.h"
#include "tag/section_label.h"
#include "tag/section_words.h"

namespace litmill::tag {
namespace {

constexpr std::pair<std::string_view, SectionRole> kCategories[] = {
    {"BACKGROUND", SectionRole::kBackground},   {"OBJECTIVE", SectionRole::kObjective},
    {"METHODS", SectionRole::kMethods},         {"RESULTS", SectionRole::kResults},
    {"CONCLUSIONS", SectionRole::kConclusions},
};

constexpr SectionRole kInferred[kInferredRoleCount] = {SectionRole::kBackground, SectionRole::kObjective,
                                                       SectionRole::kMethods, SectionRole::kResults,
                                                       SectionRole::kConclusions};
/// By how much the best role of a lone sentence must lead, in the weights' own scale (100 is the strongest word).
constexpr int kClearLead = 40;
constexpr std::size_t kFewSentences = 3;

std::optional<SectionRole> RoleOfSection(const AbstractSection& section) {
  const std::optional<SectionRole> by_label = RoleOfLabel(section.label);
  // NLM has no category for these; it files them under others.
  if (by_label == SectionRole::kLimitations || by_label == SectionRole::kOther) return by_label;
  for (const auto& [category, role] : kCategories)
    if (section.nlm_category == category) return role;
  return by_label;
}

const AbstractSection* SectionOf(const Record& record, const Field& field) {
  auto position = static_cast<std::size_t>(field.position);
  if (field.kind == FieldKind::kAbstract) return &record.abstract_sections[position];
  for (const OtherAbstract& other : record.other_abstracts) {
    if (position < other.sections.size()) return &other.sections[position];
    position -= other.sections.size();
  }
  return nullptr;
}

/// What the weights of one sentence are added to.
struct Sum {
  int by_role[kInferredRoleCount] = {0, 0, 0, 0, 0};
  void Add(const RoleWeights& weights) {
    for (std::size_t r = 0; r < kInferredRoleCount; ++r) by_role[r] += weights[r];
  }
};

/// "p < 0.05", "P = .02": a lone p before a comparison.
bool HasPValue(std::string_view text) {
  const auto compares = [](char c) { return c == '<' || c == '=' || c == '>'; };
  for (std::size_t at = FindByte(text, 0, compares); at < text.size(); at = FindByte(text, at + 1, compares)) {
    std::size_t p = at;
    if (p > 0 && text[p - 1] == ' ') --p;
    if (p > 0 && (text[p - 1] == 'p' || text[p - 1] == 'P') && (p == 1 || text[p - 2] == ' ' || text[p - 2] == '('))
      return true;
  }
  return false;
}

/// The runs of digits, but no more than `most`.
std::size_t CountNumbers(std::string_view text, std::size_t most) {
  std::size_t numbers = 0;
  for (std::size_t i = 0; numbers < most; ++numbers) {
    i = FindByte(text, i, [](char c) { return IsDigit(c); });
    if (i == text.size()) break;
    while (i < text.size() && IsDigit(text[i])) ++i;
  }
  return numbers;
}

void AddSigns(std::string_view text, Sum& sum) {
  if (HasPValue(text)) sum.Add(WeightsOfSign(Sign::kPValue));
  if (text.find('%') != std::string_view::npos) sum.Add(WeightsOfSign(Sign::kPercent));
  if (text.find("±") != std::string_view::npos || text.find("+/-") != std::string_view::npos)
    sum.Add(WeightsOfSign(Sign::kPlusMinus));
  if (text.substr(0, 3) == "To ") sum.Add(WeightsOfSign(Sign::kToInfinitive));
  if (text.substr(0, 3) == "We ") sum.Add(WeightsOfSign(Sign::kWe));
  constexpr std::size_t kMany = 3;
  const std::size_t numbers = CountNumbers(text, kMany);
  if (numbers == 0) sum.Add(WeightsOfSign(Sign::kNoNumber));
  if (numbers == kMany) sum.Add(WeightsOfSign(Sign::kManyNumbers));
}

}  // namespace

std::optional<SectionRole> RoleOfField(const Record& record, const Field& field) {
  if (field.kind == FieldKind::kTitle) return SectionRole::kTitle;
  if (field.kind == FieldKind::kKeyword) return SectionRole::kKeyword;
  const AbstractSection* section = SectionOf(record, field);
  return section == nullptr ? std::nullopt : RoleOfSection(*section);
}

RoleInference::Scores RoleInference::ScoreOf(std::string_view buffer, ByteSpan sentence,
                                             std::span<const std::uint32_t> runs) {
  Sum sum;
  ++stamp_;
  seen_.resize(WordCount(), 0);
  const std::string_view text = buffer.substr(0, sentence.end);
  const WordBeginnings& beginnings = SectionWordBeginnings();
  for (const std::uint32_t start : runs) {
    if (!beginnings.MayBeginAt(text, start) || !IsLetter(text[start])) continue;
    const auto found = FindSectionWord(LowerWord::At(text, start).view());
    if (!found || seen_[*found] == stamp_) continue;
    seen_[*found] = stamp_;
    sum.Add(WeightsOfWord(*found));
  }
  AddSigns(text.substr(sentence.start), sum);
  Scores scores;
  std::copy(std::begin(sum.by_role), std::end(sum.by_role), std::begin(scores.by_role));
  return scores;
}

void RoleInference::Infer(const JoinedText& text, const std::vector<ByteSpan>& sentences,
                          std::vector<SectionRole>& roles) {
  scores_.clear();
  const std::span<const std::uint32_t> runs = text.runs.starts();
  auto last = sentences.empty() ? runs.end() : std::lower_bound(runs.begin(), runs.end(), sentences.front().start);
  for (const ByteSpan sentence : sentences) {
    // Sentences start behind a space or a stop or with a bullet: never inside a run.
    const auto first = std::find_if(last, runs.end(), [sentence](std::uint32_t at) { return at >= sentence.start; });
    last = std::find_if(first, runs.end(), [sentence](std::uint32_t at) { return at >= sentence.end; });
    scores_.push_back(ScoreOf(text.buffer, sentence, {first, last}));
  }
  roles.assign(sentences.size(), SectionRole::kOther);
  if (sentences.size() <= kFewSentences)
    InferFew(roles);
  else
    InferWhole(roles);
}

void RoleInference::InferFew(std::vector<SectionRole>& roles) const {
  for (std::size_t i = 0; i < roles.size(); ++i) {
    const int* const first = std::begin(scores_[i].by_role);
    const int* const last = std::end(scores_[i].by_role);
    const int* const best = std::max_element(first, last);
    int next = *first == *best ? first[1] : *first;
    for (const int* other = first; other != last; ++other)
      if (other != best) next = std::max(next, *other);
    const SectionRole role = kInferred[best - first];
    if (*best - next >= kClearLead && role != SectionRole::kBackground) roles[i] = role;
  }
}

void RoleInference::InferWhole(std::vector<SectionRole>& roles) {
  const std::size_t count = roles.size();
  const auto add_place = [&](std::size_t i) {
    Sum sum;
    const std::size_t fifth = std::min<std::size_t>(4, 5 * i / count);
    sum.Add(WeightsOfSign(static_cast<Sign>(static_cast<std::size_t>(Sign::kFirstFifth) + fifth)));
    if (i == 0) sum.Add(WeightsOfSign(Sign::kFirst));
    if (i + 1 == count) sum.Add(WeightsOfSign(Sign::kLast));
    for (std::size_t r = 0; r < kInferredRoleCount; ++r) scores_[i].by_role[r] += sum.by_role[r];
  };
  for (std::size_t i = 0; i < count; ++i) add_place(i);
  // The best path (Viterbi): best[r] is the score of the best roles up to here that end in r.
  came_from_.assign(count * kInferredRoleCount, 0);
  std::array<long long, kInferredRoleCount> best{};
  std::copy(std::begin(scores_[0].by_role), std::end(scores_[0].by_role), best.begin());
  for (std::size_t i = 1; i < count; ++i) {
    std::array<long long, kInferredRoleCount> next{};
    for (std::size_t r = 0; r < kInferredRoleCount; ++r) {
      std::size_t from = 0;
      for (std::size_t f = 1; f < kInferredRoleCount; ++f)
        if (best[f] + StepsFrom(f)[r] > best[from] + StepsFrom(from)[r]) from = f;
      next[r] = best[from] + StepsFrom(from)[r] + scores_[i].by_role[r];
      came_from_[i * kInferredRoleCount + r] = static_cast<unsigned char>(from);
    }
    best = next;
  }
  auto role = static_cast<std::size_t>(std::max_element(best.begin(), best.end()) - best.begin());
  for (std::size_t i = count; i-- > 0;) {
    roles[i] = kInferred[role];
    role = came_from_[i * kInferredRoleCount + role];
  }
}

}  // namespace litmill::tag
