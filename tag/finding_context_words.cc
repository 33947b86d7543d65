// SPDX-License-Identifier: Apache-2.0
#include "tag/finding_context_words.h"

#include "tag/quantity_words.h"
#include "tag/word_table.h"

namespace litmill::tag {
namespace {

/// What follows is what somebody set out to do, asks, or advises.
constexpr std::string_view kPlanWords[] = {
    "whether",     "aim",        "aims",         "aimed",        "objective",   "objectives", "purpose",
    "sought",      "hypothesis", "hypothesized", "hypothesised", "hypothesize", "recommend",  "recommends",
    "recommended", "advise",     "advised",      "consider",     "avoid",       "should",     "goal"};
constexpr std::string_view kPlanVerbs[] = {"evaluate",  "assess",  "determine", "investigate", "examine",
                                           "test",      "compare", "explore",   "review",      "study",
                                           "establish", "find",    "verify"};
/// "The primary outcome was ...": what follows names it.
constexpr std::string_view kWhatIsMeasured[] = {"the",       "a",           "an",         "change",     "changes",
                                                "mean",      "percent",     "percentage", "proportion", "time",
                                                "reduction", "improvement", "number",     "rate",       "defined",
                                                "measured",  "assessed",    "overall",    "difference", "decrease"};
/// "were also assessed", "we evaluated": says what was looked at, not what was seen.
constexpr std::string_view kMeasuredWords[] = {"assessed",  "evaluated", "investigated", "examined",   "measured",
                                               "studied",   "tested",    "explored",     "recorded",   "determined",
                                               "monitored", "analysed",  "analyzed",     "calculated", "estimated"};
/// Said of what may be: two or three words before the cue.
constexpr std::string_view kGuessWords[] = {"may",  "might",       "could",    "would",   "should",  "will",
                                            "must", "potentially", "possibly", "perhaps", "probably"};
/// "was found to improve": not a purpose.
constexpr std::string_view kFoundWords[] = {"found",    "shown",        "seen",   "reported", "proved",   "proven",
                                            "observed", "demonstrated", "seemed", "seems",    "appeared", "appears",
                                            "able",     "tended",       "known",  "proves",   "noted",    "confirmed",
                                            "revealed", "continued",    "began"};
constexpr std::string_view kComparing[] = {"than",    "versus",   "vs",   "placebo",   "between",
                                           "control", "controls", "sham", "comparison"};
constexpr std::string_view kLimitWords[] = {"severe", "mild",      "moderate",     "low",     "lower",   "high",
                                            "higher", "deficient", "deficiency",   "older",   "younger", "elderly",
                                            "obese",  "poor",      "insufficient", "baseline"};

constexpr std::string_view kMayPlanWords[] = {"to", "we", "considered", "designed", "defined", "points", "point"};
/// "The primary endpoint was the change ...", "outcome measures included ...".
constexpr std::string_view kMayPlanBeginnings[] = {"endpoint", "outcome", "measure"};
constexpr std::string_view kTurnWords[] = {"but", "however", "whereas", "while", "although", "though"};
constexpr std::string_view kConcessions[] = {"although", "though", "while", "whereas"};
constexpr std::string_view kMayStartWords[] = {"and", "with", "without"};
constexpr std::string_view kAuxiliaries[] = {"was", "were"};

constexpr auto kTraits = [] {
  WordTable<std::uint16_t, 512> table;
  const auto add = [&table](const auto& words, ContextTrait trait) {
    for (const std::string_view word : words) table[word] = static_cast<std::uint16_t>(table[word] | trait);
  };
  add(kPlanWords, kPlans);
  add(kMayPlanWords, kMayPlan);
  add(kPlanVerbs, kPlanVerb);
  add(kWhatIsMeasured, kNamesMeasured);
  add(kMeasuredWords, kMeasured);
  add(kGuessWords, kGuesses);
  add(kFoundWords, kFound);
  add(kComparing, kCompares);
  add(kLimitWords, kLimits);
  add(kTurnWords, kTurns);
  add(kConcessions, kConcedes);
  add(kMayStartWords, kMayStart);
  add(kAuxiliaries, kWas);
  table["compared"] |= kCompared;
  for (const std::string_view beginning : kMayPlanBeginnings) table.AddBeginning(beginning);
  return table;
}();

}  // namespace

std::uint16_t ContextTraitsOf(std::string_view text, std::size_t start, std::size_t end) {
  if (!kTraits.MayBeginAt(text, start)) return 0;
  const LowerWord word(text.substr(start, end - start));
  const std::uint16_t* const found = kTraits.Find(word.view());
  std::uint16_t traits = found == nullptr ? std::uint16_t{0} : *found;
  for (const std::string_view beginning : kMayPlanBeginnings)
    if (word.view().substr(0, beginning.size()) == beginning) traits |= kMayPlan;
  return traits;
}

}  // namespace litmill::tag
