// SPDX-License-Identifier: Apache-2.0
#include "tag/quantity_count_words.h"

#include <algorithm>
#include <array>

#include "tag/quantity_words.h"
#include "tag/word_beginnings.h"

namespace litmill::tag {
namespace {

/// In the plural: one person is no sample, but "a total of 60 patient volunteers".
constexpr auto kPeople = WordSet(
    "adolescents", "adults", "animals", "applicants", "asthmatics", "athletes", "attendees", "babies", "beneficiaries",
    "boys", "caregivers", "cases", "children", "clients", "consumers", "couples", "cyclists", "diabetics", "dogs",
    "drinkers", "dyads", "elderly", "employees", "enrollees", "eyes", "families", "fathers", "females", "girls",
    "gravidas", "households", "hypertensives", "individuals", "infants", "inmates", "inpatients", "latinas", "latinos",
    "males", "men", "mice", "migraineurs", "mothers", "multigravidas", "neonates", "newborns", "nonsmokers",
    "nulliparas", "nurses", "outpatients", "parents", "participants", "parturients", "patients", "people", "persons",
    "physicians", "players", "pregnancies", "preschoolers", "primigravidas", "pts", "rabbits", "rats", "recipients",
    "recruits", "residents", "respondents", "runners", "schoolchildren", "seniors", "smokers", "soldiers", "students",
    "subjects", "sufferers", "survivors", "swimmers", "teenagers", "teens", "teeth", "toddlers", "twins", "users",
    "veterans", "volunteers", "women", "workers", "youth", "youths");
constexpr auto kStudies =
    WordSet("articles", "citations", "comparisons", "papers", "publications", "rcts", "reports", "studies", "trials");
constexpr auto kNoNoun =
    WordSet("a", "all", "am", "an", "are", "arms", "as", "at", "be", "before", "between", "by", "case", "centers",
            "centres", "clinics", "cm", "countries", "courses", "cycles", "day", "days", "did", "doses", "drops",
            "during", "episodes", "events", "fold", "followed", "for", "from", "g", "groups", "h", "had", "has", "have",
            "hospitals", "hour", "hours", "hrs", "in", "institutions", "is", "items", "kg", "mg", "min", "minutes",
            "mm", "ml", "mo", "month", "monthly", "months", "of", "on", "or", "out", "pairs", "per", "percent",
            "points", "practices", "received", "samples", "schools", "sessions", "sites", "than", "that", "the",
            "their", "times", "to", "tumors", "tumours", "units", "versus", "vs", "was", "week", "weekly", "weeks",
            "were", "when", "which", "who", "whom", "will", "with", "without", "year", "years", "yr", "yrs");

struct VerbStem {
  std::string_view stem;
  CountVerb verb;
};
/// In the order of the stems; no stem begins another.
constexpr std::array kVerbStems = {
    VerbStem{"achiev", CountVerb::kHappened},
    VerbStem{"allocat", CountVerb::kRandomised},
    VerbStem{"analys", CountVerb::kAnalysed},
    VerbStem{"analyz", CountVerb::kAnalysed},
    VerbStem{"approached", CountVerb::kScreened},
    VerbStem{"assessable", CountVerb::kAnalysed},
    VerbStem{"assessed", CountVerb::kStudied},
    VerbStem{"assign", CountVerb::kRandomised},
    VerbStem{"attended", CountVerb::kStudied},
    VerbStem{"calculated", CountVerb::kPlanned},
    VerbStem{"completed", CountVerb::kAnalysed},
    VerbStem{"comprised", CountVerb::kStudied},
    VerbStem{"contacted", CountVerb::kScreened},
    VerbStem{"declined", CountVerb::kLeft},
    VerbStem{"developed", CountVerb::kHappened},
    VerbStem{"died", CountVerb::kLeft},
    VerbStem{"discontinu", CountVerb::kLeft},
    VerbStem{"divided", CountVerb::kRandomised},
    VerbStem{"dropped", CountVerb::kLeft},
    VerbStem{"eligible", CountVerb::kScreened},
    VerbStem{"enrol", CountVerb::kEnrolled},
    VerbStem{"entered", CountVerb::kEnrolled},
    VerbStem{"estimated", CountVerb::kPlanned},
    VerbStem{"evaluable", CountVerb::kAnalysed},
    VerbStem{"evaluated", CountVerb::kStudied},
    VerbStem{"examined", CountVerb::kStudied},
    VerbStem{"exclu", CountVerb::kLeft},
    VerbStem{"experienced", CountVerb::kHappened},
    VerbStem{"failed", CountVerb::kLeft},
    VerbStem{"finished", CountVerb::kAnalysed},
    VerbStem{"identified", CountVerb::kScreened},
    VerbStem{"included", CountVerb::kEnrolled},
    VerbStem{"invited", CountVerb::kScreened},
    VerbStem{"investigated", CountVerb::kStudied},
    VerbStem{"involved", CountVerb::kEnrolled},
    VerbStem{"involving", CountVerb::kEnrolled},
    VerbStem{"lost", CountVerb::kLeft},
    VerbStem{"needed", CountVerb::kPlanned},
    VerbStem{"participated", CountVerb::kEnrolled},
    VerbStem{"planned", CountVerb::kPlanned},
    VerbStem{"random", CountVerb::kRandomised},
    VerbStem{"received", CountVerb::kStudied},
    VerbStem{"recruit", CountVerb::kEnrolled},
    VerbStem{"refused", CountVerb::kLeft},
    VerbStem{"registered", CountVerb::kEnrolled},
    VerbStem{"relapsed", CountVerb::kHappened},
    VerbStem{"remained", CountVerb::kHappened},
    VerbStem{"reported", CountVerb::kHappened},
    VerbStem{"required", CountVerb::kPlanned},
    VerbStem{"responded", CountVerb::kHappened},
    VerbStem{"screened", CountVerb::kScreened},
    VerbStem{"showed", CountVerb::kHappened},
    VerbStem{"stratified", CountVerb::kRandomised},
    VerbStem{"studied", CountVerb::kStudied},
    VerbStem{"surveyed", CountVerb::kStudied},
    VerbStem{"treated", CountVerb::kStudied},
    VerbStem{"undergoing", CountVerb::kStudied},
    VerbStem{"underwent", CountVerb::kStudied},
    VerbStem{"withdr", CountVerb::kLeft},
};

constexpr WordBeginnings kStemBeginnings = [] {
  WordBeginnings beginnings;
  for (const VerbStem& entry : kVerbStems) beginnings.Add(entry.stem);
  return beginnings;
}();

}  // namespace

bool CountsPeople(std::string_view lower) { return kPeople.Has(lower); }
bool CountsStudies(std::string_view lower) { return kStudies.Has(lower); }
bool EndsNoun(std::string_view lower) { return kNoNoun.Has(lower); }

CountVerb VerbOf(std::string_view lower) {
  if (!kStemBeginnings.MayBeginAt(lower, 0)) return CountVerb::kNone;
  const auto after = std::upper_bound(kVerbStems.begin(), kVerbStems.end(), lower,
                                      [](std::string_view word, const VerbStem& entry) { return word < entry.stem; });
  if (after == kVerbStems.begin()) return CountVerb::kNone;
  const VerbStem& entry = *(after - 1);
  return lower.substr(0, entry.stem.size()) == entry.stem ? entry.verb : CountVerb::kNone;
}

}  // namespace litmill::tag
