// SPDX-License-Identifier: Apache-2.0
#include "tag/rule_lint.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "app/rules_file.h"
#include "tests/support/temp_dir.h"
#include "tests/tag/tag_test_support.h"

namespace litmill::tag::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<LintFinding> Lint(const std::string& concepts, const std::vector<Record>& corpus = {},
                              const LintOptions& options = {}) {
  const litmill::testing::TempDir folder;
  litmill::testing::WriteTestFile(folder.File("x.yaml"),
                                  "set: t\nversion: 1\nfacet: condition\nconcepts:\n" + concepts);
  RealFileSystem files;
  auto rules = app::LoadRules(files, {folder.path()});
  if (!rules) {
    ADD_FAILURE() << rules.error().message;
    return {};
  }
  auto linter = RuleLinter::Make(*rules);
  if (!linter) {
    ADD_FAILURE() << linter.error().message;
    return {};
  }
  for (const Record& record : corpus) EXPECT_TRUE((*linter)->AddRecord(record).has_value());
  return (*linter)->Findings(options);
}

/// "R001 condition/gout/include/2"
std::vector<std::string> Codes(const std::vector<LintFinding>& findings) {
  std::vector<std::string> codes;
  for (const LintFinding& f : findings) codes.push_back(f.code + " " + f.subject);
  return codes;
}

TEST(RuleLint, SoundRulesGiveNoFinding) {
  EXPECT_THAT(Codes(Lint(R"(
  gout:
    label: Gout
    include: ['gout(?:y arthritis)?', podagra]
    mask: ['gout fly']
    abbreviations: [{short: GA, policy: gated, gate: 'gout\w*', gate_scope: record}]
    examples: {should: [Gouty arthritis (GA) hurts., Podagra is old.], should_not: [The gout fly bites wheat.]}
)")),
              IsEmpty());
}

TEST(RuleLint, R001APatternThatMatchesNowhereIsDead) {
  const std::string rules =
      "  gout: {label: Gout, include: [gout, podagra], examples: {should: [Gout.], should_not: [Rust.]}}\n";
  const auto findings = Lint(rules);
  EXPECT_THAT(Codes(findings), Contains("R001 condition/gout/include/2"));
  EXPECT_THAT(Codes(findings), Not(Contains("R001 condition/gout/include/1")));
  EXPECT_EQ(findings[0].origin.line, 5);
  EXPECT_THAT(findings[0].message, HasSubstr("podagra"));
  EXPECT_THAT(Codes(Lint(rules, {WithAbstract({"Podagra in a king."})})), IsEmpty()) << "a record shows it alive";
}

TEST(RuleLint, R001AnotherConceptsExampleIsNoProof) {
  EXPECT_THAT(Codes(Lint(R"(
  gout: {label: Gout, include: [gout], examples: {should: [Gout.], should_not: [Rust.]}}
  rust: {label: Rust, include: [rust, scale], examples: {should: [Rust.], should_not: [Gout and scale.]}}
  dust: {label: Dust, include: [dust, grime], examples: {should: [Dust.], should_not: [Sand.]}}
  sand: {label: Sand, include: [sand], examples: {should: [Sand.], should_not: [Grime.]}}
)")),
              Contains("R001 condition/dust/include/2"));
}

TEST(RuleLint, R002APatternThatIsAlwaysRefused) {
  EXPECT_THAT(Codes(Lint(R"(
  gout:
    label: Gout
    include: [gout, {pattern: tophi, gate: 'never there', gate_scope: record}]
    examples: {should: [Gout and tophi.], should_not: [Rust.]}
)")),
              Contains("R002 condition/gout/include/2"));
}

TEST(RuleLint, R003AMaskWithNothingToMask) {
  const auto codes = Codes(Lint(R"(
  gout:
    label: Gout
    include: [gout]
    mask: ['gout fly', 'gout moth']
    examples: {should: [Gout.], should_not: [The gout fly bites.]}
)"));
  EXPECT_THAT(codes, Contains("R003 condition/gout/mask/2"));
  EXPECT_THAT(codes, Not(Contains("R003 condition/gout/mask/1")));
}

TEST(RuleLint, R004ACoveredPatternOfTwoEqualOnesTheSecond) {
  EXPECT_THAT(Codes(Lint(R"(
  gout:
    label: Gout
    include: ['(?:chronic |acute )?gout', gout, '(?:acute )gout']
    examples: {should: [Acute gout., Acute gout and chronic gout., Acute gout and gout.], should_not: [Rust.]}
)")),
              ::testing::AllOf(Contains("R004 condition/gout/include/2"), Contains("R004 condition/gout/include/3"),
                               Not(Contains("R004 condition/gout/include/1"))));
  EXPECT_THAT(
      Codes(Lint(R"(
  gout:
    label: Gout
    include: ['gout', 'gou(?:t)']
    examples: {should: [Gout., Gout and gout.], should_not: [Rust.]}
)")),
      ::testing::AllOf(Contains("R004 condition/gout/include/2"), Not(Contains("R004 condition/gout/include/1"))));
}

TEST(RuleLint, R004AGatedCoverCoversNothing) {
  EXPECT_THAT(Codes(Lint(R"(
  gout:
    label: Gout
    include: [gout, {pattern: 'acute gout', gate: joint, gate_scope: sentence}]
    examples: {should: [Acute gout in a joint., Acute gout of the joint., Acute gout and joint.], should_not: [Rust.]}
)")),
              Not(Contains("R004 condition/gout/include/1")));
}

TEST(RuleLint, R005ConceptsWithTheSameWordsUnlessOneImpliesTheOther) {
  const std::string pair =
      "  gout: {label: Gout, include: [gout], examples: {should: [Gout., Gout again.], should_not: [Rust.]}}\n"
      "  urate: {label: Urate, include: ['gou[t]', uric], examples: {should: [Gout., Uric acid.], should_not: [Rust.]}";
  const auto codes = Codes(Lint(pair + "}\n"));
  EXPECT_THAT(codes, Contains("R005 condition:gout"));
  EXPECT_THAT(codes, Not(Contains("R005 condition:urate"))) << "it has words of its own";
  EXPECT_THAT(Codes(Lint(pair + ", parents: [gout]}\n")), IsEmpty());
}

TEST(RuleLint, R006APatternInMostRecords) {
  const std::string rules =
      "  gout: {label: Gout, include: [gout, podagra], examples: {should: [Gout., Podagra.], should_not: [Rust.]}}\n";
  std::vector<Record> corpus;
  for (int i = 0; i < 60; ++i) corpus.push_back(WithAbstract({i < 40 ? "Gout in men." : "Podagra in women."}));
  EXPECT_THAT(Codes(Lint(rules, corpus)), ::testing::ElementsAre("R006 condition/gout/include/1"));
  LintOptions lenient;
  lenient.broad_share = 0.7;
  EXPECT_THAT(Codes(Lint(rules, corpus, lenient)), IsEmpty());
}

TEST(RuleLint, R007AndR008SlowPatterns) {
  EXPECT_THAT(Codes(Lint(R"(
  gout:
    label: Gout
    include: ['\w+ gout', 'gout(?:[^.;]{0,100}(?:pain|ache)){1,6}']
    examples: {should: [Acute gout., 'Gout, then pain.'], should_not: [Rust.]}
)")),
              ::testing::AllOf(Contains("R007 condition/gout/include/1"), Contains("R008 condition/gout/include/2")));
}

TEST(RuleLint, ExamplesThatAreMissing) {
  const auto codes = Codes(Lint("  gout: {label: Gout, mesh: [D006073], include: [gout]}\n"));
  EXPECT_THAT(codes, ::testing::AllOf(Contains("R009 condition:gout"), Contains("R010 condition:gout")));
}

TEST(RuleLint, R011ShortFormsWithoutAPolicy) {
  struct Case {
    const char* rule;
    bool is_bare;
  };
  for (const Case& c :
       {Case{"MDD", true}, Case{"{pattern: MDD, case_sensitive: true}", true}, Case{"'gout|(?-i:GA)'", true},
        Case{"'gout|GAs?'", true}, Case{"'(?:acute )?GA disease'", false}, Case{"gout", false},
        Case{"{pattern: GA, gate: gout, gate_scope: record}", false}, Case{"HYPERURICAEMIA", false}}) {
    const auto codes = Codes(Lint("  gout: {label: Gout, include: [" + std::string(c.rule) +
                                  "], examples: {should: [MDD GA gout.], should_not: [Rust.]}}\n"));
    EXPECT_EQ(std::count(codes.begin(), codes.end(), "R011 condition/gout/include/1"), c.is_bare ? 1 : 0) << c.rule;
  }
}

TEST(RuleLint, R013TheSameRuleInTwoConcepts) {
  const std::string examples = "examples: {should: [Gout.], should_not: [Rust.]}";
  EXPECT_THAT(Codes(Lint("  gout: {label: Gout, include: [gout], " + examples + "}\n" +
                         "  urate: {label: Urate, include: [gout], " + examples + "}\n")),
              Contains("R013 condition/urate/include/1"));
}

TEST(RuleLint, R012TheSameRuleTwice) {
  EXPECT_THAT(Codes(Lint("  gout: {label: Gout, include: [gout, 'gout'], examples: {should: [Gout.], should_not: "
                         "[Rust.]}}\n")),
              Contains("R012 condition/gout/include/2"));
}

TEST(RuleLint, R014AConceptThatNothingReachesButNotAParent) {
  EXPECT_THAT(Codes(Lint("  joint: {label: Joint}\n  gout: {label: Gout, parents: [joint], mesh: [D006073]}\n  ghost: "
                         "{label: Ghost}\n")),
              ::testing::ElementsAre("R014 condition:ghost"));
}

TEST(RuleLint, R015AnIndexTermOfParentAndChild) {
  EXPECT_THAT(Codes(Lint("  joint: {label: Joint, mesh: [D006073]}\n"
                         "  gout: {label: Gout, parents: [joint], mesh: [D006073]}\n")),
              ::testing::ElementsAre("R015 condition:joint"));
}

TEST(RuleLint, CodesAreDifferentAndEachSaysWhat) {
  std::set<std::string> codes;
  for (const LintCode& code : LintCodes()) {
    EXPECT_TRUE(codes.insert(code.code).second) << code.code;
    EXPECT_NE(std::string(code.what), "");
  }
}

TEST(RuleLint, TheGuideListsEveryCode) {
  const std::string guide = litmill::testing::ReadTestFile(std::string(LITMILL_RULES_FOLDER) + "/../docs/rules.md");
  for (const LintCode& code : LintCodes())
    EXPECT_THAT(guide, HasSubstr(std::string("| ") + code.code + " | " + std::string(LintSeverityName(code.severity)) +
                                 " | " + code.what + " |"));
}

}  // namespace
}  // namespace litmill::tag::testing
