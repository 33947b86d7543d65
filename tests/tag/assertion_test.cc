// SPDX-License-Identifier: Apache-2.0
// What the shipped cues make of mentions. The concepts are made up for the test; the sentences are the specification.
#include "tag/assertion.h"

#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/rules_file.h"
#include "tests/support/real_data.h"
#include "tests/support/temp_dir.h"
#include "tests/tag/shipped_rules.h"
#include "tests/tag/tag_test_support.h"

namespace litmill::tag::testing {
namespace {

constexpr const char* kConditions = R"(
set: test
version: 1
facet: condition
concepts:
  depression: {label: Depression, include: ['depress(?:ion|ed)(?: patients)?']}
  anxiety: {label: Anxiety, include: [anxiety]}
  dementia: {label: Dementia, include: [dementia]}
  migraine: {label: Migraine, include: ['migraine(?: without aura)?']}
  kidney: {label: Kidney disease, include: ['kidney disease']}
  deficiency: {label: Deficiency, include: ['lack of magnesium']}
)";
constexpr const char* kForms = R"(
set: test
version: 1
facet: form
concepts:
  magnesium: {label: Magnesium, include: ['magnesium(?: oxide)?']}
  valproate: {label: Valproate, include: [valproate]}
  placebo: {label: Placebo, include: [placebo]}
)";
constexpr const char* kDesigns = R"(
set: test
version: 1
facet: design
concepts:
  trial: {label: Trial, include: ['randomi[sz]ed trials?']}
)";
constexpr const char* kDirections = R"(
set: test
version: 1
facet: mechanism
concepts:
  improved: {label: Improved, include: ['improve[ds]?|reduce[ds]?|reduction']}
  same: {label: No difference, include: ['no significant difference']}
)";
constexpr const char* kOutcomes = R"(
set: test
version: 1
facet: outcome
concepts:
  days: {label: Headache days, include: ['headache days']}
  adverse: {label: Adverse events, include: ['adverse events']}
)";

const Tagger& CueTagger() {
  static const std::unique_ptr<Tagger> kTagger = []() -> std::unique_ptr<Tagger> {
    const litmill::testing::TempDir folder;
    int number = 0;
    for (const char* text : {kConditions, kForms, kDesigns, kDirections, kOutcomes})
      litmill::testing::WriteTestFile(folder.File(std::to_string(number++) + ".yaml"), text);
    return TaggerOf({folder.path(), std::string(LITMILL_RULES_FOLDER) + "/general/cues.yaml"});
  }();
  return *kTagger;
}

/// "depression negated, anxiety present": each mention of the record in order, cues never.
std::string Assertions(const Record& record) {
  std::string line;
  for (const Mention& m : TagOrFail(CueTagger(), record).mentions) {
    const Concept& c = CueTagger().rule_set().concepts[m.concept_index];
    if (!line.empty()) line += ", ";
    line += c.id + " " + std::string(AssertionName(m.assertion));
  }
  return line;
}

Record InSection(const std::string& category, const std::string& text) {
  Record record = WithAbstract({text});
  record.abstract_sections[0].nlm_category = category;
  return record;
}

struct Case {
  const char* section;
  const char* text;
  const char* expected;
};

void Check(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(Assertions(InSection(c.section, c.text)), c.expected) << c.text;
}

TEST(Assertion, NegationReachesTheFirstMentionAndThoseListedWithIt) {
  Check({
      {"RESULTS", "There was no evidence of depression, anxiety or dementia.",
       "depression negated, anxiety negated, dementia negated"},
      {"RESULTS", "No depression was seen, and magnesium helped.", "depression negated, magnesium present"},
      {"METHODS", "Adults free of dementia at entry took magnesium.", "dementia negated, magnesium present"},
      {"METHODS", "They had no history of cancer, stroke or dementia.", "dementia negated"},
      {"METHODS", "Those without depression or anxiety were asked about migraine.",
       "depression negated, anxiety negated, migraine present"},
      {"RESULTS", "None of the patients had dementia.", "dementia negated"},
      {"RESULTS", "Neither depression nor anxiety was common.", "depression negated, anxiety negated"},
      {"METHODS", "Patients who did not have depression or anxiety took part.", "depression negated, anxiety negated"},
      {"RESULTS", "No serious adverse events occurred with magnesium.", "adverse negated, magnesium present"},
      {"RESULTS", "It was not migraine but depression.", "migraine negated, depression present"},
  });
}

TEST(Assertion, ClausesEndTheReach) {
  Check({
      {"RESULTS", "There was no depression, but anxiety was common.", "depression negated, anxiety present"},
      {"RESULTS", "No signs of illness were seen; dementia was rare.", "dementia present"},
      {"RESULTS", "Without treatment, depression came back.", "depression present"},
      {"RESULTS", "No harm occurred. Depression was common.", "depression present"},
  });
}

TEST(Assertion, WhatStandsBeforeCanBeDenied) {
  Check({
      {"RESULTS", "Dementia was not observed.", "dementia negated"},
      {"RESULTS", "Depression and anxiety were absent.", "depression negated, anxiety negated"},
      {"METHODS", "Dementia was ruled out by a neurologist.", "dementia negated"},
      {"RESULTS", "A benefit in migraine was not seen.", "migraine present"},
  });
}

TEST(Assertion, HyphensJoinNegations) {
  Check({
      {"METHODS", "Non-depressed patients and dementia-free adults took part.", "depression negated, dementia negated"},
      {"METHODS", "The magnesium-free bath was used.", "magnesium negated"},
  });
}

TEST(Assertion, LookAlikesOfNegationDoNothing) {
  Check({
      {"RESULTS", "There was no significant difference in depression.", "same present, depression present"},
      {"METHODS", "Migraine without aura and depression were common.", "migraine present, depression present"},
      {"RESULTS", "Lack of magnesium and depression were common.",
       "deficiency present, magnesium present, depression present"},
      {"RESULTS", "Not only depression but also anxiety fell.", "depression present, anxiety present"},
      {"RESULTS", "Depression with or without anxiety was studied.", "depression present, anxiety present"},
      {"RESULTS", "Women with and women without anxiety were compared.", "anxiety present"},
      {"RESULTS", "There was no effect on depression.", "depression present"},
      {"RESULTS", "A lack of effect on depression was noted.", "depression present"},
  });
}

TEST(Assertion, NegatedVerbsDenyStatementsNotTopics) {
  Check({
      {"RESULTS", "Magnesium did not reduce headache days in migraine.",
       "magnesium present, improved negated, days negated, migraine present"},
      {"RESULTS", "Magnesium failed to improve depression.", "magnesium present, improved negated, depression present"},
      {"CONCLUSIONS", "There is no evidence that magnesium reduces anxiety.",
       "magnesium present, improved negated, anxiety present"},
  });
}

TEST(Assertion, HedgesWeakenStatements) {
  Check({
      {"CONCLUSIONS", "Magnesium may reduce headache days in migraine.",
       "magnesium present, improved hedged, days hedged, migraine present"},
      {"CONCLUSIONS", "Whether it reduces headache days remains unclear.", "improved hedged, days hedged"},
      {"RESULTS", "Magnesium reduced headache days.", "magnesium present, improved present, days present"},
      {"CONCLUSIONS", "Randomised trials are now needed.", "trial hedged"},
      {"CONCLUSIONS", "There is a need for larger randomised trials.", "trial hedged"},
      {"METHODS", "This was one of three randomised trials.", "trial present"},
      {"RESULTS", "Suspected dementia was common.", "dementia hedged"},
      {"TITLE", "unused", ""},
  });
}

TEST(Assertion, RolesSayBackgroundAndObjective) {
  Check({
      {"BACKGROUND", "Depression is common.", "depression background"},
      {"OBJECTIVE", "Magnesium for depression in a randomised trial.",
       "magnesium objective, depression objective, trial present"},
      {"METHODS", "Women with depression took magnesium.", "depression present, magnesium present"},
      {"RESULTS", "Depression fell.", "depression present"},
      {"BACKGROUND", "We aimed to assess the effect of magnesium on migraine.",
       "magnesium objective, migraine objective"},
      {"BACKGROUND", "There is no evidence of dementia in this cohort.", "dementia negated"},
      {"BACKGROUND", "A randomised trial in migraine was positive.", "trial background, migraine background"},
      {"", "The aim of this study was to test magnesium in migraine.", "magnesium objective, migraine objective"},
      {"METHODS", "Previous studies have shown that magnesium helps.", "magnesium background"},
  });
}

TEST(Assertion, ADesignInWhatIsOnlyTakenForBackgroundIsThisStudys) {
  // No heading says background: a title that stands at the head of an abstract.
  const std::string text =
      "Magnesium oxide for depression: a randomised trial. Depression is common and often lasts for years. Sixty "
      "women took magnesium for 8 weeks. Scores fell by 3.2 points (P = 0.01). We conclude that magnesium helps.";
  EXPECT_THAT(Assertions(InSection("", text)), ::testing::HasSubstr("depression background, trial present"));
}

TEST(Assertion, TitlesAndKeywordsArePresentUnlessDenied) {
  Record record;
  record.title.text = "Could magnesium help? A study to assess depression without anxiety";
  record.keywords.push_back({"NOTNLM", false, {"no depression", ""}});
  EXPECT_EQ(Assertions(record), "magnesium present, depression present, anxiety negated, depression present");
}

TEST(Assertion, ExclusionCriteriaAreExcluded) {
  Check({
      {"METHODS", "Patients with dementia or kidney disease were excluded.", "dementia excluded, kidney excluded"},
      {"METHODS", "Exclusion criteria were dementia (any stage), depression; anxiety, and kidney disease.",
       "dementia excluded, depression excluded, anxiety excluded, kidney excluded"},
      {"METHODS", "Inclusion criteria were migraine; exclusion criteria were dementia.",
       "migraine present, dementia excluded"},
      {"METHODS", "Exclusion criteria were dementia; inclusion criteria were migraine.",
       "dementia excluded, migraine present"},
      {"METHODS", "Subjects were excluded if they had kidney disease.", "kidney excluded"},
      {"METHODS", "Adults with migraine, excluding those with dementia, took part.",
       "migraine present, dementia excluded"},
      {"RESULTS", "Of the women with migraine, 12 were excluded.", "migraine present"},
      {"METHODS", "Dementia was an exclusion criterion.", "dementia excluded"},
      {"METHODS", "Patients diagnosed with migraine were enrolled.", "migraine present"},
  });
}

TEST(Assertion, HistoriesAreBackground) {
  Check({
      {"METHODS", "Women with a family history of migraine took magnesium.", "migraine background, magnesium present"},
      {"METHODS", "Women with no history of migraine took part.", "migraine negated"},
      {"METHODS", "Women with a history of itching joined a randomised trial.", "trial present"},
  });
}

TEST(Assertion, ComparatorsAreWhatOthersAreComparedWith) {
  Check({
      {"METHODS", "Magnesium was compared with valproate.", "magnesium present, valproate comparator"},
      {"RESULTS", "Compared with placebo, magnesium reduced headache days.",
       "placebo comparator, magnesium present, improved present, days present"},
      {"RESULTS", "Magnesium versus valproate or placebo in migraine.",
       "magnesium present, valproate comparator, placebo comparator, migraine present"},
      {"RESULTS", "Depression was rarer than in migraine.", "depression present, migraine comparator"},
      {"RESULTS", "It lasted more than 8 weeks in migraine.", "migraine present"},
      {"RESULTS", "Magnesium rather than valproate was given.", "magnesium present, valproate negated"},
      {"RESULTS", "Magnesium compared with usual care reduced headache days in migraine.",
       "magnesium present, improved present, days present, migraine present"},
  });
}

TEST(Assertion, ATagTakesTheStrongestOfItsMentions) {
  Record record = InSection("RESULTS", "No depression was seen. Depression was common.");
  TaggedRecord tagged = TagOrFail(CueTagger(), record);
  ASSERT_EQ(tagged.tags.size(), 1U);
  EXPECT_EQ(tagged.tags[0].assertion, Assertion::kPresent);
  record = InSection("RESULTS", "No depression was seen.");
  tagged = TagOrFail(CueTagger(), record);
  ASSERT_EQ(tagged.tags.size(), 1U);
  EXPECT_EQ(tagged.tags[0].assertion, Assertion::kNegated);
}

TEST(Assertion, CuesAreNeverTagsAndAreExplained) {
  const Record record = InSection("RESULTS", "There was no evidence of depression.");
  EXPECT_TRUE(TagOrFail(CueTagger(), record).cues.empty());
  const TaggedRecord tagged = TagOrFail(CueTagger(), record, true);
  ASSERT_EQ(tagged.cues.size(), 1U);
  EXPECT_EQ(tagged.cues[0].text, "no evidence of");
  ASSERT_EQ(tagged.mentions.size(), 1U);
  ASSERT_EQ(tagged.tags.size(), 1U);
}

TEST(Assertion, WithoutCueRulesAllIsPresent) {
  RuleSetBuilder rules;
  rules.Simple("condition", "depression", "depression");
  const auto tagger = rules.Compile();
  const auto mentions = TagOrFail(*tagger, WithAbstract({"No evidence of depression."})).mentions;
  ASSERT_EQ(mentions.size(), 1U);
  EXPECT_EQ(mentions[0].assertion, Assertion::kPresent);
}

TEST(Assertion, AnUnknownCueIsAnErrorWithItsPlace) {
  RuleSetBuilder rules;
  rules.Simple("cue", "negation_befor", "no");
  const auto tagger = Tagger::Compile(rules.Build());
  ASSERT_FALSE(tagger);
  EXPECT_NE(tagger.error().message.find("rules.yaml:1:1: there is no cue \"negation_befor\""), std::string::npos)
      << tagger.error().message;
  EXPECT_NE(tagger.error().message.find("negation_before, "), std::string::npos);
}

/// The traps that name an assertion ("condition:dementia@negated"), as far as the rules know the concept.
TEST(Assertion, TrapsThatNameAnAssertion) {
  LITMILL_NEEDS(litmill::testing::GoldFolder());
  const Tagger* tagger = ShippedTagger();
  ASSERT_NE(tagger, nullptr);
  std::ifstream file(litmill::testing::GoldFolder() + "/traps.tsv");
  std::string line;
  int checked = 0;
  while (std::getline(file, line)) {
    std::vector<std::string> columns(1);
    for (const char c : line) {
      if (c == '\t')
        columns.emplace_back();
      else
        columns.back() += c;
    }
    if (columns.size() < 7 || line.find('@') == std::string::npos) continue;
    std::set<std::string> found, known;
    for (const Mention& m : TagOrFail(*tagger, InSection(columns[3], columns[4])).mentions)
      found.insert(FullId(tagger->rule_set(), m.concept_index) + "@" + std::string(AssertionName(m.assertion)));
    for (std::uint32_t i = 0; i < tagger->rule_set().concepts.size(); ++i) known.insert(FullId(tagger->rule_set(), i));
    for (const std::size_t column : {std::size_t{5}, std::size_t{6}}) {
      std::istringstream parts(columns[column]);
      for (std::string part; std::getline(parts >> std::ws, part, ';');) {
        if (part.find('@') == std::string::npos || known.count(part.substr(0, part.find('@'))) == 0) continue;
        EXPECT_EQ(found.count(part), column == 5 ? 1U : 0U) << columns[0] << " " << part;
        ++checked;
      }
    }
  }
  EXPECT_GE(checked, 5);
}

const std::vector<std::string>& Pieces() {
  static const std::vector<std::string> kPieces = {"no ",
                                                   "no evidence of ",
                                                   "without ",
                                                   "depression",
                                                   " anxiety",
                                                   " or ",
                                                   ", ",
                                                   " and ",
                                                   "but ",
                                                   "; ",
                                                   "excluded",
                                                   " were excluded ",
                                                   "-",
                                                   "non-",
                                                   "free",
                                                   "may ",
                                                   "magnesium",
                                                   " versus ",
                                                   "not ",
                                                   "(x) ",
                                                   "whether ",
                                                   "the aim of this study was to ",
                                                   " remains unclear",
                                                   "migraine without aura ",
                                                   "exclusion criteria were ",
                                                   "dementia ",
                                                   " was not observed",
                                                   "than ",
                                                   "improved "};
  return kPieces;
}

std::string Soup(std::mt19937& random, std::size_t size) {
  std::string text = "X ";
  for (std::size_t i = 0; i < size; ++i) text += Pieces()[random() % Pieces().size()];
  return text;
}

TEST(AssertionProperty, ASentenceDoesNotDependOnItsNeighbours) {
  std::mt19937 random(11);
  std::size_t weakened = 0;
  for (int round = 0; round < 2000; ++round) {
    const std::string first = Soup(random, random() % 12) + " end", second = Soup(random, random() % 12) + " end";
    const std::string alone_first = Assertions(InSection("RESULTS", first + ".")),
                      alone_second = Assertions(InSection("RESULTS", second + "."));
    const std::string both = Assertions(InSection("RESULTS", first + ". " + second + "."));
    const std::string joint = alone_first.empty() || alone_second.empty() ? "" : ", ";
    ASSERT_EQ(both, alone_first + joint + alone_second) << first << " | " << second;
    weakened += both.find("negated") != std::string::npos ? 1U : 0U;
  }
  EXPECT_GT(weakened, 200U);
}

TEST(AssertionProperty, StepsGrowWithTheTextEvenInASentenceWithoutEnd) {
  RealFileSystem files;
  RuleSetBuilder builder;
  builder.Simple("condition", "depression", "depression").Simple("cue", "negation_before", "no evidence of");
  builder.Simple("cue", "exclusion_after", "were excluded").Simple("cue", "hedge_before", "may");
  builder.Simple("cue", "scope_end", "but").Simple("cue", "aim", "aim").Simple("cue", "background", "it is known");
  auto rules = CompiledRules::Make(builder.Build());
  ASSERT_TRUE(rules) << rules.error().message;
  const auto steps = [&](std::size_t bytes) {
    std::string body;
    while (body.size() < bytes)
      body += "aim no evidence of depression, depression may it is known depression were excluded but ";
    const Record record = InSection("RESULTS", body);
    Analysis analysis;
    Resolver resolver;
    analysis.text.Fill(record);
    analysis.passages.Fill(analysis.text, record);
    EXPECT_EQ(analysis.passages.sentences().size(), 1U);
    std::vector<Candidate> all;
    resolver.Resolve(**rules, record, analysis.text, all, nullptr);
    for (const Candidate& c : all)
      ((*rules)->concepts[c.concept_index].is_cue ? analysis.cues : analysis.standing).push_back(c);
    EXPECT_GT(analysis.cues.size(), bytes / 30);
    return Assert(**rules, analysis);
  };
  const std::size_t small = steps(100'000), large = steps(1'000'000);
  EXPECT_GT(small, 1000U);
  EXPECT_LT(large, 11 * small);
}

}  // namespace
}  // namespace litmill::tag::testing
