// SPDX-License-Identifier: Apache-2.0
#include "tests/search/random_strategy.h"

#include <algorithm>

#include "search/dates.h"

namespace litmill::search::testing {
namespace {

const std::vector<std::string>& Words() {
  static const auto* const words = new std::vector<std::string>{
      "magnesium", "Magnesium", "depress*", "migrain*",   "mg",         "Mg2+",     "17β-estradiol",
      "Ménière",   "sleep",     "low",      "mood",       "of",         "the",      "and",
      "or",        "not",       "kidney",   "allograft*", "beta-block", "AND-gate", "Alzheimer's",
      "#a",        "vitamin",   "D",        "B6",         "0.5",        "x:y",      "oxide,",
      "a.b",       "C—D",       "memory",   "brain",      "fog",        "#",        "NOTHING",
      "insomni*",  "stress,",   "pain",     "headache",   "trial"};
  return *words;
}

}  // namespace

DatePoint RandomStrategy::RandomDate() {
  DatePoint date;
  date.year = 1990 + static_cast<int>(Pick(40));
  if (Chance(10)) date.year = 1000;
  if (Chance(10)) date.year = 3000;
  if (Chance(2)) date.month = 1 + static_cast<int>(Pick(12));
  if (date.month != 0 && Chance(2)) date.day = 1 + static_cast<int>(Pick(28));
  return date;
}

DateRange RandomStrategy::RandomRange() {
  static const std::vector<Field> fields = [] {
    std::vector<Field> dates;
    for (const Field field : AllFields())
      if (IsDateField(field)) dates.push_back(field);
    return dates;
  }();
  DateRange range;
  range.field = Of(fields);
  if (Chance(8)) {
    range.period = RelativePeriod{1 + static_cast<int>(Pick(400)), static_cast<PeriodUnit>(Pick(3))};
    return range;
  }
  range.from = RandomDate();
  range.single = Chance(5);
  range.to = range.single ? range.from : RandomDate();
  if (Reversed(range)) std::swap(range.from, range.to);
  return range;
}

Term RandomStrategy::RandomTerm() {
  Term term;
  term.field = Chance(2) ? Field::kTitleAbstract : Of(AllFields());
  if (Chance(10)) term.field = Field::kNone;
  if (IsDateField(term.field)) term.field = Field::kTextWord;
  const std::size_t count = 1 + (Chance(3) ? Pick(3) : 0);
  for (std::size_t i = 0; i < count; ++i) term.text += (i == 0 ? "" : " ") + Of(Words());
  term.quoted = Chance(2);
  if (IsMeshField(term.field) && Chance(4)) term.subheading = Chance(2) ? "therapy" : "drug effects";
  if (TakesNoexp(term.field) && Chance(3)) term.explode = false;
  if (term.explode && TakesProximity(term.field) && Chance(4)) term.proximity = static_cast<int>(Pick(6));
  return term;
}

Node RandomStrategy::Leaf(bool references) {
  Node node;
  if (Chance(12)) {
    node.value = RandomRange();
  } else if (references && Chance(4)) {
    node.value = LineReference{1 + static_cast<int>(Pick(9))};
  } else {
    node.value = RandomTerm();
  }
  return node;
}

Node RandomStrategy::Tree(int depth, bool references) {
  if (depth == 0 || Chance(5)) return Leaf(references);
  Operation operation;
  operation.op = static_cast<Operator>(Pick(3));
  const std::size_t count = 2 + Pick(3);
  for (std::size_t i = 0; i < count; ++i) operation.operands.push_back(Tree(depth - 1, references));
  Node node;
  node.value = std::move(operation);
  return node;
}

Strategy RandomStrategy::Numbered(int lines) {
  Strategy strategy;
  strategy.numbered = true;
  for (int number = 1; number <= lines; ++number) {
    Line line;
    line.number = number;
    line.query = Tree(2);
    if (number > 1) {
      Node reference = MakeReference(1 + static_cast<int>(Pick(static_cast<std::size_t>(number - 1))));
      std::vector<Node> operands;
      operands.push_back(std::move(line.query));
      operands.push_back(std::move(reference));
      line.query = Chance(2) ? And(std::move(operands)) : Or(std::move(operands));
    }
    strategy.lines.push_back(std::move(line));
  }
  return strategy;
}

std::string RandomStrategy::Damaged(std::string text) {
  static const std::vector<std::string> pieces{"(",  ")",     "[",      "]",          "\"", ":",    "*",
                                               "#1", " AND ", " NOT ",  "~",          "“",  "\xFF", "\xC3",
                                               "\n", "\n2. ", "[tiab]", "[mh:noexp]", "/",  "\t",   "–"};
  const std::size_t changes = 1 + Pick(4);
  for (std::size_t i = 0; i < changes; ++i) {
    const std::size_t at = Pick(text.size() + 1);
    switch (Pick(4)) {
      case 0:
        text.insert(at, Of(pieces));
        break;
      case 1:
        text.erase(at, 1 + Pick(4));
        break;
      case 2:
        text.resize(at);
        break;
      default:
        text.insert(at, text.substr(at / 2, Pick(30)));
        break;
    }
  }
  return text;
}

}  // namespace litmill::search::testing
