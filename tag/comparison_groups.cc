// SPDX-License-Identifier: Apache-2.0
#include "tag/comparison_groups.h"

#include <algorithm>

namespace litmill::tag {

void GroupNames::Fill(std::string_view text) {
  if (text == text_) return;
  text_ = text;
  words_.Fill(text);
  ContentKeys(words_, keys_);
  labels_.clear();
  initials_.clear();
  const std::vector<Word>& list = words_.words();
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].kind == WordKind::kWord) initials_ += list[i].text[0];
    if (list[i].kind == WordKind::kSign || list[i].text.size() > 2) continue;
    const bool after_noun = i > 0 && list[i - 1].cue == WordCue::kGroupNoun;
    const bool before_noun = i + 1 < list.size() && list[i + 1].cue == WordCue::kGroupNoun;
    const bool in_brackets = i > 0 && list[i - 1].text == "(" && i + 1 < list.size() && list[i + 1].text == ")";
    if (after_noun || before_noun || in_brackets) labels_.push_back(list[i].text);
  }
}

bool GroupNames::Has(std::string_view key) const { return std::find(keys_.begin(), keys_.end(), key) != keys_.end(); }

bool GroupNames::HasLabel(std::string_view text) const {
  return std::find(labels_.begin(), labels_.end(), text) != labels_.end();
}

bool GroupNames::HasInitial(char c) const {
  return std::any_of(keys_.begin(), keys_.end(), [c](std::string_view key) { return key[0] == c; });
}

bool GroupNames::HasCue(WordCue cue) const {
  return std::any_of(words_.words().begin(), words_.words().end(), [cue](const Word& w) { return w.cue == cue; });
}

void ComparisonGroups::Fill(const std::vector<Word>& words, std::string_view intervention, std::string_view comparator,
                            std::string_view outcome) {
  words_ = &words;
  side_.assign(words.size(), 0);
  ours_.Fill(intervention);
  theirs_.Fill(comparator);
  measured_.Fill(outcome);
  MarkNamed();
}

void ComparisonGroups::MarkNamed() {
  const std::vector<Word>& words = *words_;
  const bool control_is_theirs = !ours_.HasCue(WordCue::kControlName);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Word& word = words[i];
    const bool beside_noun = (i > 0 && words[i - 1].cue == WordCue::kGroupNoun) ||
                             (i + 1 < words.size() && words[i + 1].cue == WordCue::kGroupNoun);
    if (word.kind == WordKind::kSign) continue;
    const bool in_ours = ours_.Has(word.key);
    const bool in_theirs = theirs_.Has(word.key);
    if (in_ours != in_theirs && !(measured_.Has(word.key) && !beside_noun)) {
      side_[i] = in_ours ? 1 : -1;
    } else if (word.text.size() <= 2 && beside_noun && word.cue == WordCue::kNone) {
      const bool label_ours = ours_.HasLabel(word.text);
      const bool label_theirs = theirs_.HasLabel(word.text);
      if (label_ours != label_theirs) {
        side_[i] = label_ours ? 1 : -1;
      } else if (word.text.size() == 1 && word.kind == WordKind::kWord) {
        const bool initial_ours = ours_.HasInitial(word.text[0]);
        const bool initial_theirs = theirs_.HasInitial(word.text[0]);
        if (initial_ours != initial_theirs) side_[i] = initial_ours ? 1 : -1;
      }
    } else if (word.kind == WordKind::kWord && word.text.size() >= 2 && word.text.size() <= 6 &&
               ours_.initials() != theirs_.initials() &&
               (word.text == ours_.initials() || word.text == theirs_.initials())) {
      side_[i] = word.text == ours_.initials() ? 1 : -1;
    } else if (in_ours || in_theirs || measured_.Has(word.key)) {
      continue;
    } else if (word.cue == WordCue::kControlName && control_is_theirs) {
      side_[i] = -1;
    } else if (word.cue == WordCue::kTreatedName &&
               (beside_noun || word.text == "treated" || word.text == "experimental")) {
      side_[i] = 1;
    }
  }
  // "non-implanted": not the intervention's.
  for (std::size_t i = 2; i < words.size(); ++i)
    if (words[i - 1].text == "-" && words[i - 2].text == "non") side_[i] = static_cast<std::int8_t>(-side_[i]);
}

int ComparisonGroups::FirstSide(std::size_t from, std::size_t to) const {
  for (std::size_t i = from; i < std::min(to, side_.size()); ++i)
    if (side_[i] != 0) return side_[i];
  return 0;
}

int ComparisonGroups::LastSide(std::size_t from, std::size_t to) const {
  for (std::size_t i = std::min(to, side_.size()); i-- > from;)
    if (side_[i] != 0) return side_[i];
  return 0;
}

Standing ComparisonGroups::StandingOf(std::size_t word) const {
  constexpr std::size_t kReach = 30;
  const std::vector<Word>& words = *words_;
  const auto as_standing = [](int side, Standing comparator) {
    return side > 0 ? Standing::kIntervention : side < 0 ? comparator : Standing::kUnknown;
  };
  std::size_t end = word;
  while (end < words.size() && words[end].clause == words[word].clause && end - word < kReach) ++end;
  std::size_t start = word;
  while (start > 0 && words[start - 1].clause == words[word].clause && word - start < kReach) --start;
  // "higher with A than with B": who is behind "than" decides; "compared with B, A was higher" likewise.
  for (std::size_t i = word + 1; i < end; ++i) {
    if (words[i].cue == WordCue::kVersus) {
      const int between = FirstSide(word + 1, i);
      const int reference = FirstSide(i + 1, end);
      if (reference != 0 && reference != between) return as_standing(-reference, Standing::kComparator);
      if (between != 0) return as_standing(between, Standing::kComparator);
      break;
    }
  }
  for (std::size_t i = start; i < word; ++i)
    if (words[i].cue == WordCue::kVersus && words[i].text != "than")
      if (const int reference = FirstSide(i + 1, word); reference != 0)
        return as_standing(-reference, Standing::kComparator);
  if (const int behind = FirstSide(word + 1, std::min(end, word + 15)); behind != 0)
    return as_standing(behind, Standing::kBesideComparator);
  return as_standing(LastSide(start, word), Standing::kBesideComparator);
}

ValuePair ComparisonGroups::FindPair(const std::vector<NumberRole>& numbers, std::uint32_t clause) const {
  std::vector<const NumberRole*> values;
  for (const NumberRole& number : numbers)
    if (number.use == NumberUse::kOther && (*words_)[number.word].clause == clause) values.push_back(&number);
  return PairOf(values);
}

ValuePair ComparisonGroups::FindPairInSentence(const std::vector<NumberRole>& numbers, std::uint32_t sentence) const {
  std::vector<const NumberRole*> values;
  for (const NumberRole& number : numbers)
    if (number.use == NumberUse::kOther && (*words_)[number.word].sentence == sentence) values.push_back(&number);
  return PairOf(values);
}

ValuePair ComparisonGroups::PairOf(const std::vector<const NumberRole*>& values) const {
  ValuePair pair;
  if (values.size() < 2) return pair;
  const std::vector<Word>& words = *words_;
  // Of several values the first two that are told apart by "vs", "and" or a group's name between them.
  const std::size_t first = values[0]->word;
  const std::size_t second = values[1]->word;
  const std::size_t third = values.size() > 2 ? values[2]->word : words.size();
  pair.found = true;
  const int before = LastSide(first > 14 ? first - 14 : 0, first);
  const int between = FirstSide(first + 1, second);
  const int between_last = LastSide(first + 1, second);
  const int behind = FirstSide(second + 1, std::min(third, second + 15));
  int owner = 0;  // Of the first value.
  if (between != 0 && between != between_last) {
    owner = before != 0 && before != between ? between : (behind != 0 ? between : before != 0 ? before : between);
  } else if (between != 0 && behind != 0 && behind != between) {
    owner = between;
  } else if (between != 0 && before != 0 && before != between) {
    owner = before;
  } else if (between != 0) {
    const bool of_first = first + 6 >= second || words[first + 1].text == "in";
    owner = of_first ? between : -between;
  } else {
    const int first_named = FirstSide(0, first);
    const std::size_t end = std::min(third, second + 25);
    // "5.2 vs 3.4 with zinc and placebo" names both in order; "5.2 vs 3.4 with placebo" the second.
    const bool both_behind = behind != 0 && LastSide(second + 1, end) == -behind;
    owner = both_behind ? behind : first_named != 0 ? first_named : -behind;
  }
  pair.known = owner != 0;
  pair.intervention = owner < 0 ? values[1]->value : values[0]->value;
  pair.comparator = owner < 0 ? values[0]->value : values[1]->value;
  return pair;
}

}  // namespace litmill::tag
