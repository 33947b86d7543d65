// SPDX-License-Identifier: Apache-2.0
#include "tag/finding_cues.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <vector>

#include "tag/word_beginnings.h"

namespace litmill::tag {
namespace {

constexpr CueEntry kCues[] = {
    // Who has more.
    {"higher", WordCue::kComparative, 1},
    {"highest", WordCue::kComparative, 1},
    {"high", WordCue::kComparative, 1},
    {"greater", WordCue::kComparative, 1},
    {"greatest", WordCue::kComparative, 1},
    {"more", WordCue::kComparative, 1},
    {"most", WordCue::kComparative, 1},
    {"longer", WordCue::kComparative, 1},
    {"longest", WordCue::kComparative, 1},
    {"larger", WordCue::kComparative, 1},
    {"largest", WordCue::kComparative, 1},
    {"bigger", WordCue::kComparative, 1},
    {"stronger", WordCue::kComparative, 1},
    {"heavier", WordCue::kComparative, 1},
    {"later", WordCue::kComparative, 1},
    {"slower", WordCue::kComparative, 1},
    {"thicker", WordCue::kComparative, 1},
    {"exceed*", WordCue::kComparative, 1},
    {"lower", WordCue::kComparative, -1},
    {"lowest", WordCue::kComparative, -1},
    {"less", WordCue::kComparative, -1},
    {"least", WordCue::kComparative, -1},
    {"lesser", WordCue::kComparative, -1},
    {"fewer", WordCue::kComparative, -1},
    {"fewest", WordCue::kComparative, -1},
    {"shorter", WordCue::kComparative, -1},
    {"shortest", WordCue::kComparative, -1},
    {"smaller", WordCue::kComparative, -1},
    {"smallest", WordCue::kComparative, -1},
    {"faster", WordCue::kComparative, -1},
    {"quicker", WordCue::kComparative, -1},
    {"earlier", WordCue::kComparative, -1},
    {"weaker", WordCue::kComparative, -1},
    {"low", WordCue::kComparative, -1},
    {"milder", WordCue::kComparative, -1},
    {"rarer", WordCue::kComparative, -1},
    {"half", WordCue::kComparative, -1},
    // What moved.
    {"increas*", WordCue::kChange, 1},
    {"rise", WordCue::kChange, 1},
    {"rises", WordCue::kChange, 1},
    {"risen", WordCue::kChange, 1},
    {"rising", WordCue::kChange, 1},
    {"rose", WordCue::kChange, 1},
    {"raised", WordCue::kChange, 1},
    {"raises", WordCue::kChange, 1},
    {"raising", WordCue::kChange, 1},
    {"elevat*", WordCue::kChange, 1},
    {"gain", WordCue::kChange, 1},
    {"gains", WordCue::kChange, 1},
    {"gained", WordCue::kChange, 1},
    {"prolong*", WordCue::kChange, 1},
    {"extend*", WordCue::kChange, 1},
    {"lengthen*", WordCue::kChange, 1},
    {"doubl*", WordCue::kChange, 1},
    {"tripl*", WordCue::kChange, 1},
    {"grew", WordCue::kChange, 1},
    {"induc*", WordCue::kChange, 1},
    {"delay*", WordCue::kChange, 1},
    {"augment*", WordCue::kChange, 1},
    {"elicit*", WordCue::kChange, 1},
    {"stimulat*", WordCue::kChange, 1},
    {"accelerat*", WordCue::kChange, 1},
    {"promot*", WordCue::kChange, 1},
    {"reduc*", WordCue::kChange, -1},
    {"decreas*", WordCue::kChange, -1},
    {"declin*", WordCue::kChange, -1},
    {"diminish*", WordCue::kChange, -1},
    {"drop", WordCue::kChange, -1},
    {"drops", WordCue::kChange, -1},
    {"dropped", WordCue::kChange, -1},
    {"fell", WordCue::kChange, -1},
    {"fall", WordCue::kChange, -1},
    {"fallen", WordCue::kChange, -1},
    {"falls", WordCue::kChange, -1},
    {"lowered", WordCue::kChange, -1},
    {"lowering", WordCue::kChange, -1},
    {"lowers", WordCue::kChange, -1},
    {"shorten*", WordCue::kChange, -1},
    {"suppress*", WordCue::kChange, -1},
    {"inhibit*", WordCue::kChange, -1},
    {"attenuat*", WordCue::kChange, -1},
    {"prevent*", WordCue::kChange, -1},
    {"minimi*", WordCue::kChange, -1},
    {"halv*", WordCue::kChange, -1},
    {"lessen*", WordCue::kChange, -1},
    {"eliminat*", WordCue::kChange, -1},
    {"blunt*", WordCue::kChange, -1},
    {"slowed", WordCue::kChange, -1},
    {"impair*", WordCue::kVerdict, -1},
    {"alleviat*", WordCue::kChange, -1},
    {"reliev*", WordCue::kChange, -1},
    {"ameliorat*", WordCue::kVerdict, 1},
    {"mitigat*", WordCue::kChange, -1},
    {"protect*", WordCue::kVerdict, 1},
    {"avoid*", WordCue::kChange, -1},
    {"resol*", WordCue::kChange, -1},
    {"remission*", WordCue::kVerdict, 1},
    // What it means.
    {"improv*", WordCue::kVerdict, 1},
    {"better", WordCue::kVerdict, 1},
    {"best", WordCue::kVerdict, 1},
    {"superior*", WordCue::kVerdict, 1},
    {"benefi*", WordCue::kVerdict, 1},
    {"favor*", WordCue::kVerdict, 1},
    {"favour*", WordCue::kVerdict, 1},
    {"effective*", WordCue::kVerdict, 1},
    {"efficac*", WordCue::kVerdict, 1},
    {"enhanc*", WordCue::kVerdict, 1},
    {"advantag*", WordCue::kVerdict, 1},
    {"outperform*", WordCue::kVerdict, 1},
    {"worse*", WordCue::kVerdict, -1},
    {"inferior", WordCue::kVerdict, -1},
    {"deteriorat*", WordCue::kVerdict, -1},
    {"aggravat*", WordCue::kVerdict, -1},
    {"exacerbat*", WordCue::kVerdict, -1},
    {"poorer", WordCue::kVerdict, -1},
    {"worst", WordCue::kVerdict, -1},
    {"harm*", WordCue::kVerdict, -1},
    // How sure.
    {"significan*", WordCue::kSignificant, 0},
    {"markedly", WordCue::kSignificant, 0},
    {"substantially", WordCue::kSignificant, 0},
    {"dramatically", WordCue::kSignificant, 0},
    {"considerably", WordCue::kSignificant, 0},
    {"insignifican*", WordCue::kInsignificant, 0},
    {"nonsignifican*", WordCue::kInsignificant, 0},
    {"ns", WordCue::kInsignificant, 0},
    {"unsignifican*", WordCue::kInsignificant, 0},
    {"differ*", WordCue::kDifference, 0},
    {"distinguish*", WordCue::kDifference, 0},
    {"dissimilar*", WordCue::kDifference, 0},
    {"discrepan*", WordCue::kDifference, 0},
    {"effect", WordCue::kEffect, 0},
    {"effects", WordCue::kEffect, 0},
    {"affect*", WordCue::kEffect, 0},
    {"influenc*", WordCue::kEffect, 0},
    {"impact*", WordCue::kEffect, 0},
    {"associat*", WordCue::kEffect, 0},
    {"correlat*", WordCue::kEffect, 0},
    {"interaction*", WordCue::kEffect, 0},
    {"evidence", WordCue::kEffect, 0},
    {"change", WordCue::kEffect, 0},
    {"changes", WordCue::kEffect, 0},
    {"changed", WordCue::kEffect, 0},
    {"relation*", WordCue::kEffect, 0},
    {"alter*", WordCue::kEffect, 0},
    {"variation*", WordCue::kEffect, 0},
    {"similar*", WordCue::kSame, 0},
    {"comparable", WordCue::kSame, 0},
    {"comparably", WordCue::kSame, 0},
    {"equivalen*", WordCue::kSame, 0},
    {"equal*", WordCue::kSame, 0},
    {"same", WordCue::kSame, 0},
    {"unchanged", WordCue::kSame, 0},
    {"identical*", WordCue::kSame, 0},
    {"unaffected", WordCue::kSame, 0},
    {"unaltered", WordCue::kSame, 0},
    {"indistinguish*", WordCue::kSame, 0},
    {"noninferior*", WordCue::kSame, 0},
    {"alike", WordCue::kSame, 0},
    {"stable", WordCue::kSame, 0},
    {"constant", WordCue::kSame, 0},
    {"balanced", WordCue::kSame, 0},
    {"irrespective", WordCue::kSame, 0},
    {"regardless", WordCue::kSame, 0},
    {"both", WordCue::kSame, 0},
    {"uniform*", WordCue::kSame, 0},
    {"trend*", WordCue::kTrend, 0},
    {"tend", WordCue::kTrend, 0},
    {"tended", WordCue::kTrend, 0},
    {"tendency", WordCue::kTrend, 0},
    {"borderline", WordCue::kTrend, 0},
    {"marginal*", WordCue::kTrend, 0},
    {"slight*", WordCue::kTrend, 0},
    {"numerical*", WordCue::kTrend, 0},
    // What turns it round.
    {"no", WordCue::kNegator, 0},
    {"not", WordCue::kNegator, 0},
    {"non", WordCue::kNegator, 0},
    {"without", WordCue::kNegator, 0},
    {"neither", WordCue::kNegator, 0},
    {"nor", WordCue::kNegator, 0},
    {"never", WordCue::kNegator, 0},
    {"none", WordCue::kNegator, 0},
    {"fail", WordCue::kNegator, 0},
    {"fails", WordCue::kNegator, 0},
    {"failed", WordCue::kNegator, 0},
    {"lack", WordCue::kNegator, 0},
    {"lacked", WordCue::kNegator, 0},
    {"absence", WordCue::kNegator, 0},
    {"cannot", WordCue::kNegator, 0},
    {"unable", WordCue::kNegator, 0},
    {"nothing", WordCue::kNegator, 0},
    {"didn't", WordCue::kNegator, 0},
    {"wasn't", WordCue::kNegator, 0},
    // What it is compared with.
    {"baseline", WordCue::kBaseline, 0},
    {"before", WordCue::kBaseline, 0},
    {"pretreatment", WordCue::kBaseline, 0},
    {"initial*", WordCue::kBaseline, 0},
    {"preoperative*", WordCue::kBaseline, 0},
    {"pre", WordCue::kBaseline, 0},
    {"than", WordCue::kVersus, 0},
    {"compared", WordCue::kVersus, 0},
    {"comparing", WordCue::kVersus, 0},
    {"versus", WordCue::kVersus, 0},
    {"vs", WordCue::kVersus, 0},
    {"relative", WordCue::kVersus, 0},
    {"comparison", WordCue::kVersus, 0},
    {"against", WordCue::kVersus, 0},
    {"over", WordCue::kVersus, 0},
    {"group", WordCue::kGroupNoun, 0},
    {"groups", WordCue::kGroupNoun, 0},
    {"arm", WordCue::kGroupNoun, 0},
    {"arms", WordCue::kGroupNoun, 0},
    {"placebo", WordCue::kControlName, 0},
    {"control*", WordCue::kControlName, 0},
    {"sham", WordCue::kControlName, 0},
    {"usual", WordCue::kControlName, 0},
    {"conventional*", WordCue::kControlName, 0},
    {"standard", WordCue::kControlName, 0},
    {"untreated", WordCue::kControlName, 0},
    {"comparator*", WordCue::kControlName, 0},
    {"comparison-group", WordCue::kControlName, 0},
    {"alone", WordCue::kControlName, 0},
    {"saline", WordCue::kControlName, 0},
    {"vehicle", WordCue::kControlName, 0},
    {"intervention*", WordCue::kTreatedName, 0},
    {"treated", WordCue::kTreatedName, 0},
    {"treatment*", WordCue::kTreatedName, 0},
    {"experimental", WordCue::kTreatedName, 0},
    {"active", WordCue::kTreatedName, 0},
    {"supplement*", WordCue::kTreatedName, 0},
    {"study", WordCue::kTreatedName, 0},
    {"therapy", WordCue::kTreatedName, 0},
    {"test", WordCue::kTreatedName, 0},
    {"training", WordCue::kTreatedName, 0},
    {"although", WordCue::kConcession, 0},
    {"though", WordCue::kConcession, 0},
    {"despite", WordCue::kConcession, 0},
    {"while", WordCue::kConcession, 0},
    {"whereas", WordCue::kConcession, 0},
    {"but", WordCue::kConcession, 0},
    {"however", WordCue::kConcession, 0},
    {"except", WordCue::kConcession, 0},
};

/// What people want less of, and more of; beginnings of words.
constexpr std::string_view kLowerIsBetter[] = {
    "pain",        "mortal",      "death",       "advers",    "side",       "symptom",  "risk",      "complicat",
    "anxi",        "depress",     "stress",      "fatigue",   "nausea",     "vomit",    "bleed",     "blood-loss",
    "infect",      "relaps",      "recur",       "exacerbat", "disab",      "sever",    "incidence", "insomni",
    "latency",     "length",      "hospitali",   "readmi",    "cost",       "weight",   "bmi",       "cholesterol",
    "ldl",         "triglycerid", "hba1c",       "glucose",   "pressure",   "crp",      "inflamm",   "toxic",
    "failure",     "fractur",     "fall",        "headache",  "migraine",   "attack",   "seizure",   "burden",
    "distress",    "itch",        "prurit",      "hypotens",  "hypertens",  "thromb",   "stroke",    "event",
    "error",       "consumption", "requirement", "cortisol",  "dropout",    "withdraw", "craving",   "edema",
    "oedema",      "swelling",    "scar",        "ulcer",     "plaque",     "caries",   "spasm",     "wound",
    "delirium",    "agitat",      "aggress",     "smok",      "cough",      "dyspn",    "tumor",     "tumour",
    "progression", "rejection",   "resistance",  "insulin",   "fat",        "waist",    "problem",   "impair",
    "difficult",   "discomfort",  "time",        "duration",  "discontinu", "disease",  "disorder",  "shivering",
    "rescue",      "analges",     "opioid",      "morphine",  "cramp",      "hot",      "viral",     "parasit",
    "malaria",     "asthma",      "psqi",        "vas",       "ige",        "burn",     "dement",    "irritab"};
constexpr std::string_view kHigherIsBetter[] = {
    "qualit",    "surviv",      "function",  "success",       "satisf",    "improve",  "recover",    "respon",
    "remission", "healing",     "heal",      "cure",          "complian",  "adher",    "knowledge",  "skill",
    "abilit",    "perform",     "strength",  "endur",         "mobil",     "balance",  "fev1",       "hdl",
    "cogniti",   "memory",      "attention", "well",          "wellbeing", "efficac",  "effective",  "efficien",
    "pregnan",   "birth",       "accura",    "self",          "confiden",  "growth",   "bone",       "density",
    "vitamin",   "clearance",   "toleran",   "accept",        "accur",     "learning", "hemoglobin", "haemoglobin",
    "ferritin",  "adiponectin", "flexib",    "relief",        "eradicat",  "free",     "completion", "uptake",
    "mood",      "capacity",    "oxygen",    "saturation",    "attitude",  "health",   "sleep",      "resilien",
    "hope",      "happiness",   "coping",    "participation", "screening"};

/// "pain relief", "freedom from attacks": more of it is good whatever it is of.
constexpr std::string_view kTurnsForGood[] = {"relief",       "freedom",  "free",       "absence",
                                              "resolution",   "recovery", "cessation",  "abstinen",
                                              "satisfaction", "toleran",  "improvement"};

constexpr std::string_view kFunctionWords[] = {
    "the",     "of",        "in",        "and",      "or",           "a",        "an",         "to",
    "for",     "with",      "at",        "on",       "by",           "from",     "as",         "than",
    "was",     "were",      "is",        "are",      "be",           "been",     "mean",       "average",
    "median",  "score",     "scores",    "level",    "levels",       "rate",     "rates",      "number",
    "group",   "groups",    "patients",  "patient",  "participants", "subjects", "value",      "values",
    "after",   "between",   "during",    "total",    "who",          "that",     "this",       "these",
    "which",   "per",       "not",       "no",       "their",        "its",      "all",        "other",
    "day",     "days",      "week",      "weeks",    "month",        "months",   "proportion", "percentage",
    "changes", "change",    "incidence", "measured", "treatment",    "therapy",  "had",        "have",
    "has",     "receiving", "received",  "using",    "used",         "mg",       "ml",         "kg",
    "s",       "i",         "e",         "g",        "amp",          "gt",       "lt",         "nbsp",
    "low",     "high",      "only",      "same",     "did",          "given"};

constexpr WordBeginnings kCueBeginnings = [] {
  WordBeginnings beginnings;
  for (const CueEntry& entry : kCues) beginnings.Add(entry.word.substr(0, entry.word.find('*')));
  return beginnings;
}();

/// The entries by their first letter, so that a word is compared with few.
struct CueIndex {
  std::array<std::vector<const CueEntry*>, 26> by_letter;
  CueIndex() {
    for (const CueEntry& entry : kCues) by_letter[static_cast<std::size_t>(entry.word[0] - 'a')].push_back(&entry);
  }
};

template <std::size_t kSize>
bool HasBeginning(const std::string_view (&list)[kSize], std::string_view word) {
  return std::any_of(std::begin(list), std::end(list), [word](std::string_view beginning) {
    return word.substr(0, beginning.size()) == beginning && (beginning.size() > 3 || word.size() <= 4);
  });
}

}  // namespace

const CueEntry* FindCue(std::string_view word) {
  static const CueIndex kIndex;
  if (word.size() < 2 || word[0] < 'a' || word[0] > 'z' || !kCueBeginnings.MayBeginAt(word, 0)) return nullptr;
  const CueEntry* longest = nullptr;
  for (const CueEntry* entry : kIndex.by_letter[static_cast<std::size_t>(word[0] - 'a')]) {
    if (entry->word[1] != word[1]) continue;
    if (entry->word == word) return entry;
    if (entry->word.back() != '*') continue;
    const std::string_view beginning = entry->word.substr(0, entry->word.size() - 1);
    if (word.substr(0, beginning.size()) == beginning &&
        (longest == nullptr || entry->word.size() > longest->word.size()))
      longest = entry;
  }
  return longest;
}

bool TurnsValence(std::string_view word) { return HasBeginning(kTurnsForGood, word); }

int ValenceOfWord(std::string_view word) {
  if (HasBeginning(kLowerIsBetter, word)) return -1;
  return HasBeginning(kHigherIsBetter, word) ? 1 : 0;
}

bool IsFunctionWord(std::string_view word) {
  return std::find(std::begin(kFunctionWords), std::end(kFunctionWords), word) != std::end(kFunctionWords);
}

}  // namespace litmill::tag
