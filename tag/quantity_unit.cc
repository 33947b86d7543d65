// SPDX-License-Identifier: Apache-2.0
#include "tag/quantity_unit.h"

#include <array>

#include "tag/quantity_words.h"

namespace litmill::tag {
namespace {

struct Spelling {
  std::string_view text, meaning;
};

template <std::size_t N>
std::string_view Meaning(const std::array<Spelling, N>& spellings, std::string_view word) {
  for (const Spelling& spelling : spellings)
    if (!word.empty() && spelling.text[0] == word[0] && spelling.text == word) return spelling.meaning;
  return {};
}

/// Letter case counts: "Mg" is magnesium, "G" a force.
constexpr std::array<Spelling, 29> kUnits = {
    {{"mg", "mg"},         {"mgs", "mg"},         {"milligram", "mg"}, {"milligrams", "mg"}, {"mgr", "mg"},
     {"g", "g"},           {"gm", "g"},           {"gms", "g"},        {"gr", "g"},          {"gram", "g"},
     {"grams", "g"},       {"mcg", "mcg"},        {"ug", "mcg"},       {"μg", "mcg"},        {"microg", "mcg"},
     {"microgram", "mcg"}, {"micrograms", "mcg"}, {"mmol", "mmol"},    {"mmols", "mmol"},    {"mEq", "mEq"},
     {"meq", "mEq"},       {"mval", "mEq"},       {"IU", "IU"},        {"iu", "IU"},         {"IUs", "IU"},
     {"mL", "mL"},         {"ml", "mL"},          {"units", "units"},  {"U", "units"}}};

/// What an amount can be given by.
constexpr std::array<Spelling, 28> kPer = {
    {{"d", "day"},       {"day", "day"},       {"days", "day"},       {"die", "day"},        {"diem", "day"},
     {"dia", "day"},     {"night", "day"},     {"h", "hour"},         {"hr", "hour"},        {"hour", "hour"},
     {"hours", "hour"},  {"min", "minute"},    {"minute", "minute"},  {"wk", "week"},        {"week", "week"},
     {"month", "month"}, {"mo", "month"},      {"kg", "kg"},          {"kilogram", "kg"},    {"kilo", "kg"},
     {"dose", "single"}, {"tablet", "single"}, {"capsule", "single"}, {"serving", "single"}, {"sachet", "single"},
     {"cycle", "cycle"}, {"time", "single"},   {"patient", "single"}}};

constexpr auto kConcentrations =
    WordSet("l", "dl", "ml", "cl", "ul", "litre", "liter", "deciliter", "decilitre", "milliliter", "millilitre", "g",
            "gram", "mol", "mmol", "mg", "cm", "mm", "cc", "kcal", "kj", "cell", "cells");

bool IsWordByte(char c) { return IsLetter(c) || IsDigit(c) || (static_cast<unsigned char>(c) & 0x80U) != 0; }

std::string_view WordBytesAt(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at < 16 &&
         (IsLetter(text[end]) || (static_cast<unsigned char>(text[end]) & 0x80U) != 0))
    ++end;
  return text.substr(at, end - at);
}

/// The digits of "m2" or "24" at `at`.
std::string_view DigitsAt(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at < 4 && IsDigit(text[end])) ++end;
  return text.substr(at, end - at);
}

/// One step of a rate: "/day", " per kg", "/24 h".
Rate ReadRateStep(std::string_view text, std::size_t at) {
  Rate none;
  none.end = at;
  std::size_t next = at;
  if (next < text.size() && text[next] == ' ') ++next;
  if (next < text.size() && text[next] == '/') {
    ++next;
    if (next < text.size() && text[next] == ' ') ++next;
  } else if (text.substr(next, 4) == "per " || text.substr(next, 4) == "per-") {
    next += 4;
  } else {
    return none;
  }
  Rate rate;
  std::string_view digits = DigitsAt(text, next);
  if (!digits.empty()) {
    std::size_t unit = next + digits.size();
    if (unit < text.size() && (text[unit] == ' ' || text[unit] == '-')) ++unit;
    const std::string_view word = WordBytesAt(text, unit);
    rate.end = unit + word.size();
    if (digits == "24" && Meaning(kPer, word) == "hour") {
      rate.per = "day";
      return rate;
    }
    if (digits != "1" || word.empty()) {
      rate.is_concentration = !word.empty();
      return word.empty() ? none : rate;
    }
    next = unit;
  }
  const std::string_view word = WordBytesAt(text, next);
  rate.end = next + word.size();
  const std::string_view power = DigitsAt(text, rate.end);
  if (word.empty()) return none;
  if (!power.empty() || (rate.end < text.size() && text[rate.end] == '(')) {
    if (word == "m" && (power == "2" || text.substr(rate.end, 3) == "(2)")) {
      rate.per = "m2";
      rate.end += power.empty() ? std::size_t{3} : std::size_t{1};
      return rate;
    }
    if (!power.empty()) {
      rate.is_concentration = true;
      rate.end += power.size();
      return rate;
    }
  }
  const LowerWord lower(word);
  const std::string_view meaning = Meaning(kPer, lower.view());
  if (!meaning.empty()) {
    rate.per = meaning;
    return rate;
  }
  if (kConcentrations.Has(lower.view())) {
    rate.is_concentration = true;
    return rate;
  }
  return none;
}

struct SchedulePhrase {
  std::string_view text;
  std::string_view per;
};
/// Lower case, single spaces; longer phrases before their beginnings.
constexpr std::array<SchedulePhrase, 50> kSchedules = {{{"once daily", "day"},
                                                        {"once a day", "day"},
                                                        {"once per day", "day"},
                                                        {"once-daily", "day"},
                                                        {"once nightly", "day"},
                                                        {"once weekly", "week"},
                                                        {"once a week", "week"},
                                                        {"twice daily", "2/day"},
                                                        {"twice a day", "2/day"},
                                                        {"twice per day", "2/day"},
                                                        {"twice-daily", "2/day"},
                                                        {"two times a day", "2/day"},
                                                        {"two times daily", "2/day"},
                                                        {"two times per day", "2/day"},
                                                        {"2 times a day", "2/day"},
                                                        {"2 times daily", "2/day"},
                                                        {"2 times per day", "2/day"},
                                                        {"2 times/day", "2/day"},
                                                        {"three times a day", "3/day"},
                                                        {"three times daily", "3/day"},
                                                        {"three times per day", "3/day"},
                                                        {"3 times a day", "3/day"},
                                                        {"3 times daily", "3/day"},
                                                        {"3 times per day", "3/day"},
                                                        {"3 times/day", "3/day"},
                                                        {"thrice daily", "3/day"},
                                                        {"thrice a day", "3/day"},
                                                        {"four times a day", "4/day"},
                                                        {"four times daily", "4/day"},
                                                        {"4 times a day", "4/day"},
                                                        {"4 times daily", "4/day"},
                                                        {"b.i.d.", "2/day"},
                                                        {"bid", "2/day"},
                                                        {"t.i.d.", "3/day"},
                                                        {"tid", "3/day"},
                                                        {"q.i.d.", "4/day"},
                                                        {"qid", "4/day"},
                                                        {"q.d.", "day"},
                                                        {"qd", "day"},
                                                        {"daily", "day"},
                                                        {"a day", "day"},
                                                        {"each day", "day"},
                                                        {"every day", "day"},
                                                        {"per day", "day"},
                                                        {"nightly", "day"},
                                                        {"each morning", "day"},
                                                        {"every morning", "day"},
                                                        {"each night", "day"},
                                                        {"every night", "day"},
                                                        {"at bedtime", "day"}}};

/// "every 8 h", "q8h", "8-hourly": how often a day.
Rate ReadHourly(std::string_view text, std::size_t at) {
  Rate none;
  none.end = at;
  std::size_t next = at;
  if (StartsWithIgnoringCase(text.substr(next), "every "))
    next += 6;
  else if (next < text.size() && (text[next] == 'q' || text[next] == 'Q') && next + 1 < text.size() &&
           IsDigit(text[next + 1]))
    ++next;
  const std::string_view digits = DigitsAt(text, next);
  if (digits.empty() || digits.size() > 2) return none;
  std::size_t unit = next + digits.size();
  if (unit < text.size() && (text[unit] == ' ' || text[unit] == '-')) ++unit;
  const LowerWord word(WordBytesAt(text, unit));
  const bool is_every = next != at && Meaning(kPer, word.view()) == "hour";
  if (!is_every && word.view() != "hourly") return none;
  const int hours = std::stoi(std::string(digits));
  if (hours <= 0 || 24 % hours != 0) return none;
  Rate rate;
  rate.per = hours == 24 ? "day" : std::to_string(24 / hours) + "/day";
  rate.end = unit + word.view().size();
  return rate;
}

}  // namespace

AmountUnit ReadAmountUnit(std::string_view text, std::size_t at) {
  if (at < text.size() && (text[at] == ' ' || text[at] == '-')) ++at;
  const std::string_view word = WordBytesAt(text, at);
  const std::size_t end = at + word.size();
  if (word.empty() || (end < text.size() && IsDigit(text[end]))) return {};
  return {Meaning(kUnits, word), end};
}

Rate ReadRate(std::string_view text, std::size_t at) {
  Rate rate = ReadRateStep(text, at);
  if (rate.is_concentration) return rate;
  if (rate.per == "kg" || rate.per == "m2") {
    std::size_t next = rate.end;
    for (const std::string_view words : {" body weight", " bodyweight", " bw", " of body weight"})
      if (StartsWithIgnoringCase(text.substr(next), words)) next += words.size();
    Rate second = ReadRateStep(text, next);
    if (second.per.empty() || second.is_concentration) {
      const std::size_t space = next < text.size() && text[next] == ' ' ? next + 1 : next;
      second = ReadSchedule(text, space);
    }
    rate.end = next;
    if (!second.per.empty()) {
      rate.per += "/" + second.per;
      rate.end = second.end;
    }
    return rate;
  }
  if (!rate.per.empty() && rate.per != "single") return rate;
  const std::size_t space =
      rate.end < text.size() && (text[rate.end] == ' ' || text[rate.end] == '-') ? rate.end + 1 : rate.end;
  Rate schedule = ReadSchedule(text, space);
  return schedule.per.empty() ? rate : schedule;
}

Rate ReadSchedule(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(std::min(at, text.size()), 24);
  for (const SchedulePhrase& phrase : kSchedules) {
    if (rest.empty() || ToLower(rest[0]) != phrase.text[0] || !StartsWithIgnoringCase(rest, phrase.text)) continue;
    if (rest.size() > phrase.text.size() && IsWordByte(rest[phrase.text.size()]) && IsLetter(phrase.text.back()))
      continue;
    Rate rate;
    rate.per = phrase.per;
    rate.end = at + phrase.text.size();
    return rate;
  }
  return ReadHourly(text, at);
}

}  // namespace litmill::tag
