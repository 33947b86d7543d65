// SPDX-License-Identifier: Apache-2.0
// The strategy in other syntaxes, and what is said about what they cannot carry.
#include "search/translate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/unicode.h"
#include "search/parser.h"
#include "search/to_pubmed.h"
#include "tests/search/random_strategy.h"
#include "tests/support/matchers.h"

namespace litmill::search {
namespace {

using litmill::testing::IsOk;
using testing::RandomStrategy;

Translation To(Target target, std::string_view text, const TranslateOptions& options = {}) {
  const Result<Strategy> strategy = ParseStrategy(text);
  EXPECT_THAT(strategy, IsOk()) << text;
  return strategy ? Translate(*strategy, target, options) : Translation{};
}

bool Warns(const Translation& translation, std::string_view code) {
  return std::any_of(translation.warnings.begin(), translation.warnings.end(),
                     [&](const Warning& warning) { return warning.code == code; });
}

const EmtreeMap& Emtree() {
  static const auto* const map =
      new EmtreeMap(*EmtreeMap::Parse("Magnesium\tmagnesium\nMigraine Disorders\tmigraine\nMigraine "
                                      "Disorders\theadache\tnoexp\nAnimals\tanimal\nNothing\t-\n"));
  return *map;
}

struct Case {
  std::string_view pubmed;
  Target target;
  std::string_view text;
};

class Rendering : public ::testing::TestWithParam<Case> {};

TEST_P(Rendering, IsTheTargetsOwnSyntax) {
  const TranslateOptions options{&Emtree(), ProximityRule::kExact};
  EXPECT_EQ(To(GetParam().target, GetParam().pubmed, options).text, GetParam().text) << GetParam().pubmed;
}

INSTANTIATE_TEST_SUITE_P(Fields, Rendering,
                         ::testing::Values(Case{"magnesium[tiab]", Target::kEmbase, "magnesium:ti,ab,kw"},
                                           Case{"magnesium[tiab]", Target::kOvidMedline, "magnesium.ti,ab,kf."},
                                           Case{"magnesium[tiab]", Target::kScopus, "TITLE-ABS-KEY(magnesium)"},
                                           Case{"magnesium[tiab]", Target::kWebOfScience, "TS=(magnesium)"},
                                           Case{"magnesium[tiab]", Target::kEuropePmc, "TITLE_ABS:magnesium"},
                                           Case{"magnesium[tiab]", Target::kCochrane, "magnesium:ti,ab,kw"},
                                           Case{"magnesium[ti]", Target::kWebOfScience, "TI=(magnesium)"},
                                           Case{"magnesium[ot]", Target::kScopus, "AUTHKEY(magnesium)"},
                                           Case{"magnesium[all]", Target::kOvidEmbase, "magnesium.af."},
                                           Case{"\"N Engl J Med\"[ta]", Target::kScopus, "SRCTITLE(\"N Engl J Med\")"},
                                           Case{"english[la]", Target::kOvidMedline, "english.lg."},
                                           Case{"eng[la]", Target::kWebOfScience, "LA=(English)"},
                                           Case{"english[la]", Target::kEuropePmc, "LANG:eng"},
                                           Case{"review[pt]", Target::kEmbase, "[review]/lim"},
                                           Case{"review[pt]", Target::kScopus, "DOCTYPE(re)"},
                                           Case{"smith j[au]", Target::kOvidMedline, "smith j*.au."}));

INSTANTIATE_TEST_SUITE_P(
    Phrases, Rendering,
    ::testing::Values(Case{"\"low mood\"[tiab]", Target::kEmbase, "'low mood':ti,ab,kw"},
                      Case{"\"alzheimer's disease\"[ti]", Target::kEmbase, "\"alzheimer's disease\":ti"},
                      Case{"\"breast feed*\"[tiab]", Target::kEmbase, "(breast NEXT/1 feed*):ti,ab,kw"},
                      Case{"\"breast feed*\"[tiab]", Target::kCochrane, "(breast NEXT feed*):ti,ab,kw"},
                      Case{"\"breast feed*\"[tiab]", Target::kScopus, "TITLE-ABS-KEY(\"breast feed*\")"},
                      Case{"\"breast feed*\"[tiab]", Target::kEuropePmc, "TITLE_ABS:(breast AND feed*)"},
                      Case{"\"low mood\"[tiab]", Target::kOvidMedline, "low mood.ti,ab,kf."},
                      Case{"\"black and white\"[tiab]", Target::kOvidMedline, "\"black and white\".ti,ab,kf."},
                      Case{"\"Mg2+\"[ti]", Target::kWebOfScience, "TI=(\"Mg2+\")"}));

INSTANTIATE_TEST_SUITE_P(
    Proximity, Rendering,
    ::testing::Values(Case{"\"low mood\"[tiab:~2]", Target::kEmbase, "(low NEAR/3 mood):ti,ab,kw"},
                      Case{"\"low mood\"[tiab:~0]", Target::kOvidMedline, "(low adj1 mood).ti,ab,kf."},
                      Case{"\"low mood\"[tiab:~2]", Target::kOvidEmbase, "(low adj3 mood).ti,ab,kf."},
                      Case{"\"low mood\"[tiab:~2]", Target::kScopus, "TITLE-ABS-KEY(low W/2 mood)"},
                      Case{"\"low mood\"[tiab:~2]", Target::kWebOfScience, "TS=(low NEAR/2 mood)"},
                      Case{"\"low mood\"[tiab:~2]", Target::kCochrane, "(low NEAR/2 mood):ti,ab,kw"},
                      Case{"\"low mood\"[tiab:~2]", Target::kEuropePmc, "TITLE_ABS:(low AND mood)"}));

INSTANTIATE_TEST_SUITE_P(
    Headings, Rendering,
    ::testing::Values(Case{"\"Magnesium\"[mh]", Target::kOvidMedline, "exp Magnesium/"},
                      Case{"\"Magnesium\"[mh:noexp]", Target::kOvidMedline, "Magnesium/"},
                      Case{"\"Magnesium\"[majr]", Target::kOvidMedline, "exp *Magnesium/"},
                      Case{"\"Migraine Disorders/drug therapy\"[mh]", Target::kOvidMedline,
                           "exp Migraine Disorders/dt"},
                      Case{"\"Wounds and Injuries\"[mh]", Target::kOvidMedline, "exp \"Wounds and Injuries\"/"},
                      Case{"\"Magnesium\"[mh]", Target::kEmbase, "'magnesium'/exp"},
                      Case{"\"magnesium\"[majr:noexp]", Target::kEmbase, "'magnesium'/de/mj"},
                      Case{"\"Migraine Disorders\"[mh]", Target::kEmbase, "'migraine'/exp OR 'headache'/de"},
                      Case{"\"Migraine Disorders\"[mh]", Target::kOvidEmbase, "exp migraine/ or headache/"},
                      Case{"\"Migraine Disorders\"[mh]", Target::kCochrane, "[mh \"Migraine Disorders\"]"},
                      Case{"\"Magnesium\"[mh:noexp]", Target::kCochrane, "[mh ^Magnesium]"},
                      Case{"\"Migraine Disorders/dt\"[mh]", Target::kCochrane, "[mh \"Migraine Disorders\"/DT]"},
                      Case{"\"Magnesium\"[mh]", Target::kScopus, "INDEXTERMS(\"Magnesium\")"},
                      Case{"therapy[sh]", Target::kOvidMedline, "th.fs."}));

INSTANTIATE_TEST_SUITE_P(Years, Rendering,
                         ::testing::Values(Case{"2000:2025[dp]", Target::kEmbase, "[2000-2025]/py"},
                                           Case{"2000:2025[dp]", Target::kOvidMedline, "2000:2025.(sa_year)."},
                                           Case{"2000:2025[dp]", Target::kScopus, "PUBYEAR > 1999 AND PUBYEAR < 2026"},
                                           Case{"a[ti] AND 2000:2025[dp]", Target::kScopus,
                                                "TITLE(a) AND (PUBYEAR > 1999 AND PUBYEAR < 2026)"},
                                           Case{"2000:2025[dp]", Target::kWebOfScience, "PY=(2000-2025)"},
                                           Case{"2000:2025[dp]", Target::kEuropePmc, "PUB_YEAR:[2000 TO 2025]"},
                                           Case{"2000/02:2024/02[dp]", Target::kEuropePmc,
                                                "FIRST_PDATE:[2000-02-01 TO 2024-02-29]"}));

INSTANTIATE_TEST_SUITE_P(
    Operators, Rendering,
    ::testing::Values(Case{"a[tiab] OR b[tiab] OR c[ti]", Target::kEmbase, "(a OR b):ti,ab,kw OR c:ti"},
                      Case{"(a[tiab] OR b[tiab]) AND c[ti]", Target::kWebOfScience, "TS=(a OR b) AND TI=(c)"},
                      Case{"a[tiab] AND b[tiab] OR c[tiab]", Target::kWebOfScience, "(TS=(a) AND TS=(b)) OR TS=(c)"},
                      Case{"a[ti] NOT b[ti]", Target::kScopus, "TITLE(a) AND NOT TITLE(b)"},
                      Case{"a[ti] NOT b[ti] NOT c[ab]", Target::kCochrane, "a:ti NOT (b:ti OR c:ab)"},
                      Case{"a[ti] NOT b[ti]", Target::kOvidMedline, "a.ti. not b.ti."},
                      Case{"#1 a[ti]\n#2 b[ti]\n#3 #1 AND #2", Target::kEmbase, "#1 a:ti\n#2 b:ti\n#3 #1 AND #2"},
                      Case{"#1 a[ti]\n#2 b[ti]\n#3 #1 AND #2", Target::kOvidMedline, "1. a.ti.\n2. b.ti.\n3. 1 and 2"},
                      Case{"#1 a[ti]\n#2 b[ti] OR c[ti]\n#3 #1 AND #2", Target::kEuropePmc,
                           "TITLE:a AND TITLE:(b OR c)"}));

TEST(Translate, NothingIsDroppedInSilence) {
  // A random clause either leaves its words in the text, or a warning names the clause.
  constexpr std::uint64_t kSeed = 31;
  RandomStrategy random(kSeed);
  for (int i = 0; i < 4'000; ++i) {
    const Node leaf = random.Leaf();
    for (const Target target : AllTargets()) {
      const Translation translation = Translate(leaf, target);
      ASSERT_EQ(FindInvalidUtf8(translation.text), std::string::npos);
      if (translation.text.empty()) {
        const bool named = std::any_of(translation.warnings.begin(), translation.warnings.end(),
                                       [&](const Warning& warning) { return warning.clause == ToPubMed(leaf); });
        ASSERT_TRUE(named) << TargetName(target) << ": " << ToPubMed(leaf);
      } else if (const Term* term = leaf.AsTerm()) {
        if (term->field == Field::kLanguage || term->field == Field::kMeshSubheading)
          continue;  // Written by another name.
        std::string letters;
        for (const char c : term->text.substr(0, term->text.find_first_of(" *—"))) letters.push_back(c);
        if (letters == "C" || letters == "17β-estradiol") continue;
        ASSERT_NE(translation.text.find(letters), std::string::npos)
            << TargetName(target) << ": " << ToPubMed(leaf) << " gave " << translation.text;
      }
    }
  }
}

TEST(Translate, BracketsAndQuotationMarksAlwaysBalance) {
  constexpr std::uint64_t kSeed = 32;
  RandomStrategy random(kSeed);
  for (int i = 0; i < 1'500; ++i) {
    const Node tree = random.Tree(3);
    for (const Target target : AllTargets()) {
      const std::string text = Translate(tree, target).text;
      int round = 0;
      int square = 0;
      bool quoted = false;
      for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        round += c == '(' ? 1 : c == ')' ? -1 : 0;
        square += c == '[' ? 1 : c == ']' ? -1 : 0;
        ASSERT_GE(round, 0) << text;
        ASSERT_GE(square, 0) << text;
      }
      ASSERT_EQ(round, 0) << TargetName(target) << ": " << text;
      ASSERT_EQ(square, 0) << TargetName(target) << ": " << text;
      ASSERT_FALSE(quoted) << TargetName(target) << ": " << text;
    }
  }
}

TEST(Translate, EveryUnmappedHeadingHasAWarningOfItsOwn) {
  const Translation translation =
      To(Target::kEmbase, "\"Magnesium\"[mh] OR \"Memory\"[mh] OR \"Dementia\"[mh] OR memory[tiab]", {&Emtree(), {}});
  EXPECT_EQ(translation.text, "'magnesium'/exp OR memory:ti,ab,kw");
  std::vector<std::string> unmapped;
  for (const Warning& warning : translation.warnings)
    if (warning.code == "T003") unmapped.push_back(warning.clause);
  EXPECT_EQ(unmapped, (std::vector<std::string>{"\"Memory\"[mh]", "\"Dementia\"[mh]"}));
  EXPECT_TRUE(Warns(translation, "T015"));
  EXPECT_TRUE(Warns(To(Target::kEmbase, "\"Nothing\"[mh] OR a[ti]", {&Emtree(), {}}), "T003"));
}

std::string LastMessage(const Translation& translation) {
  return translation.warnings.empty() ? "" : translation.warnings.back().message;
}

TEST(Translate, WhatIsLeftOutOfAGroupSaysWhetherTheSearchGrowsOrShrinks) {
  EXPECT_NE(LastMessage(To(Target::kWebOfScience, "a[ti] OR \"B\"[mh]")).find("finds less"), std::string::npos);
  EXPECT_NE(LastMessage(To(Target::kWebOfScience, "a[ti] AND \"B\"[mh]")).find("finds more"), std::string::npos);
  EXPECT_NE(LastMessage(To(Target::kWebOfScience, "a[ti] NOT \"B\"[mh]")).find("finds more"), std::string::npos);
  // Animals mapped, humans not: now human studies are taken away too.
  const Translation animals = To(Target::kEmbase, "a[ti] NOT (animals[mh] NOT humans[mh])", {&Emtree(), {}});
  EXPECT_EQ(animals.text, "a:ti NOT 'animal'/exp");
  EXPECT_NE(LastMessage(animals).find("finds less"), std::string::npos);
}

TEST(Translate, ALineOfWhichNothingIsLeftIsLeftOutOfTheOthers) {
  const Translation translation = To(Target::kWebOfScience, "#1 \"Magnesium\"[mh]\n#2 magnesium[ti]\n#3 #1 OR #2");
  EXPECT_EQ(translation.text, "#1 \n#2 TI=(magnesium)\n#3 #2");
  EXPECT_TRUE(Warns(translation, "T016"));
}

TEST(Translate, TheSameNumberRuleIsNarrowerAndSaysSo) {
  const TranslateOptions options{nullptr, ProximityRule::kSameNumber};
  const Translation translation = To(Target::kOvidMedline, "\"low mood\"[tiab:~3]", options);
  EXPECT_EQ(translation.text, "(low adj3 mood).ti,ab,kf.");
  EXPECT_TRUE(Warns(translation, "T007"));
  EXPECT_FALSE(Warns(To(Target::kOvidMedline, "\"low mood\"[tiab:~3]"), "T007"));
}

struct LossCase {
  std::string_view pubmed;
  Target target;
  std::string_view code;
};

TEST(Translate, EachLossHasItsCode) {
  const std::vector<LossCase> cases{
      {"a[tiab]", Target::kScopus, "T001"},
      {"a[pa]", Target::kScopus, "T002"},
      {"\"A\"[mh]", Target::kWebOfScience, "T003"},
      {"\"A\"[mh]", Target::kScopus, "T004"},
      {"\"A/therapy\"[mh]", Target::kScopus, "T005"},
      {"\"A\"[majr]", Target::kCochrane, "T006"},
      {"\"a b c\"[tiab:~2]", Target::kScopus, "T007"},
      {"\"a b\"[tiab:~2]", Target::kEuropePmc, "T007"},
      {"2000:2025[edat]", Target::kScopus, "T008"},
      {"2000:2025[dp]", Target::kScopus, "T008"},
      {"\"last 90 days\"[dp]", Target::kScopus, "T008"},
      {"2000/05:2025[dp]", Target::kScopus, "T009"},
      {"\"Randomized Controlled Trial\"[pt]", Target::kEmbase, "T010"},
      {"medline[sb]", Target::kEmbase, "T011"},
      {"hasabstract", Target::kEmbase, "T011"},
      {"ab*[ti]", Target::kWebOfScience, "T012"},
      {"magnesium", Target::kEmbase, "T014"},
      {"low mood", Target::kEmbase, "T014"},
      {"a[ti] AND a[pa]", Target::kEmbase, "T015"},
      {"a[pa]", Target::kEmbase, "T016"},
      {"2000:2025[dp]", Target::kCochrane, "T017"},
      {"(a[ti] NOT b[ti]) AND c[ti]", Target::kScopus, "T018"},
  };
  for (const LossCase& c : cases)
    EXPECT_TRUE(Warns(To(c.target, c.pubmed), c.code)) << c.pubmed << " to " << TargetName(c.target) << ": " << c.code;
  Node quote = MakeTerm("x");
  std::get<Term>(quote.value).text = "6\" tube";
  EXPECT_TRUE(Warns(Translate(quote, Target::kPubMed), "T013"));
}

TEST(Translate, EveryWarningCodeIsInTheTable) {
  constexpr std::uint64_t kSeed = 33;
  RandomStrategy random(kSeed);
  for (int i = 0; i < 500; ++i) {
    const Node tree = random.Tree(3);
    for (const Target target : AllTargets()) {
      for (const Warning& warning : Translate(tree, target).warnings) {
        EXPECT_TRUE(std::any_of(WarningKinds().begin(), WarningKinds().end(), [&](const WarningKind& kind) {
          return kind.code == warning.code;
        })) << warning.code;
        EXPECT_FALSE(warning.message.empty());
      }
    }
  }
}

TEST(Translate, TargetsAreFoundByTheirNames) {
  for (const Target target : AllTargets()) EXPECT_EQ(TargetFromName(TargetName(target)), target);
  EXPECT_EQ(TargetFromName("Embase"), Target::kEmbase);
  EXPECT_EQ(TargetFromName("google"), std::nullopt);
}

TEST(EmtreeMap, ReadsTabsAndCommas) {
  const Result<EmtreeMap> map = EmtreeMap::Parse(
      "MeSH,Emtree\n# a comment\n\n\"Stress, Psychological\",mental "
      "stress,noexp\nMemory\tmemory\texp\r\nDementia\tdementia\n");
  ASSERT_THAT(map, IsOk());
  EXPECT_EQ(map->size(), 3U);
  ASSERT_NE(map->Find("stress,  psychological"), nullptr);
  EXPECT_EQ(map->Find("Stress, Psychological")->front(), (EmtreeTerm{"mental stress", false}));
  EXPECT_EQ(map->Find("Memory")->front(), (EmtreeTerm{"memory", true}));
  EXPECT_EQ(map->Find("Nothing"), nullptr);
}

TEST(EmtreeMap, NamesTheLineThatIsWrong) {
  for (const std::string_view text :
       {"Memory\tmemory\nDementia\n", "A\tb\nDementia\tdementia\tmaybe\n", "A\tb\n\tdementia\n"}) {
    const Result<EmtreeMap> map = EmtreeMap::Parse(text);
    ASSERT_FALSE(map.has_value()) << text;
    EXPECT_NE(map.error().message.find("line 2"), std::string::npos) << map.error().message;
  }
}

TEST(Translate, ForAnApiOnlyWhatTheApiTakesIsUsed) {
  const Strategy strategy =
      ParseStrategy("\"Magnesium\"[mh] OR a[ab] OR b[ot] OR c[all] OR d[ti] OR eng[la] OR Clinic[ad]").value();
  TranslateOptions how;
  how.used = Interface::kApi;
  const std::string scopus = Translate(strategy, Target::kScopus, how).text;
  EXPECT_EQ(scopus.find("INDEXTERMS"), std::string::npos) << scopus;
  EXPECT_NE(scopus.find("KEY(\"Magnesium\")"), std::string::npos) << scopus;
  const std::string expanded = Translate(strategy, Target::kWebOfScience, how).text;
  EXPECT_NE(expanded.find("AB=(a)"), std::string::npos) << expanded;
  how.used = Interface::kStarterApi;
  const Translation starter = Translate(strategy, Target::kWebOfScience, how);
  for (const char* field : {"AB=", "AK=", "ALL=", "LA=", "AD="})
    EXPECT_EQ(starter.text.find(field), std::string::npos) << starter.text;
  EXPECT_NE(starter.text.find("TI=(d)"), std::string::npos) << starter.text;
  const auto warned_of = [&starter](std::string_view word) {
    for (const Warning& warning : starter.warnings)
      if ((warning.clause + warning.message).find(word) != std::string::npos) return true;
    return false;
  };
  for (const char* lost : {"AB", "AK", "ALL", "[la]", "[ad]"}) EXPECT_TRUE(warned_of(lost)) << lost;
}

}  // namespace
}  // namespace litmill::search
