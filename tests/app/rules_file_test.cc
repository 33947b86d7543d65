// SPDX-License-Identifier: Apache-2.0
#include "app/rules_file.h"

#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::app {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;
using litmill::testing::TempDir;
using litmill::testing::WriteTestFile;
using ::testing::HasSubstr;

constexpr const char* kHead = "set: test\nversion: 1\nfacet: condition\n";

Result<RuleSet> LoadText(const std::string& text) {
  const TempDir folder;
  WriteTestFile(folder.File("x.yaml"), text);
  RealFileSystem files;
  return LoadRules(files, {folder.File("x.yaml")});
}

std::string ErrorOf(const std::string& text) {
  const auto rules = LoadText(text);
  EXPECT_THAT(rules, IsError(ErrorCode::kConfig));
  return rules ? std::string() : rules.error().message;
}

TEST(LoadRules, ReadsEveryKey) {
  const auto rules = LoadText(R"(
set: test
version: 2.1
facet: condition
define:
  head: '(?:head|skull)'
  ache: '%{head}aches?'
masks:
  condition:migraine: ['migraine trust']
concepts:
  headache:
    label: Headache
    definition: Pain in the head.
    mesh: [D006261]
    include: ['%{ache}']
    examples: {should: [A headache.], should_not: [A toothache.]}
  migraine:
    label: Migraine
    mesh: [D008881, C000001]
    publication_types: [D016449]
    parents: [headache]
    include:
      - {pattern: MIG, case_sensitive: true, gate: '%{ache}', gate_scope: record, why: a plane}
      - migraine
    mask: [{pattern: migraine fund, gate: fund, gate_scope: sentence}]
)");
  ASSERT_THAT(rules, IsOk());
  EXPECT_EQ(rules->name, "test");
  EXPECT_EQ(rules->version, "test 2.1");
  ASSERT_EQ(rules->concepts.size(), 2U);
  const Concept& headache = rules->concepts[0];
  EXPECT_EQ(headache.rules[0].pattern, "(?:(?:(?:head|skull))aches?)");
  EXPECT_EQ(headache.definition, "Pain in the head.");
  ASSERT_EQ(headache.examples.size(), 2U);
  EXPECT_TRUE(headache.examples[0].should != headache.examples[1].should);
  EXPECT_EQ(headache.examples[0].origin.line, 16);
  const Concept& migraine = rules->concepts[1];
  EXPECT_EQ(migraine.mesh, (std::vector<std::string>{"D008881", "C000001"}));
  EXPECT_EQ(migraine.publication_types, (std::vector<std::string>{"D016449"}));
  EXPECT_EQ(migraine.parents, (std::vector<std::string>{"headache"}));
  ASSERT_EQ(migraine.rules.size(), 4U);
  EXPECT_EQ(migraine.rules[0].name, "condition/migraine/include/1");
  EXPECT_TRUE(migraine.rules[0].case_sensitive);
  EXPECT_EQ(migraine.rules[0].gate_scope, GateScope::kRecord);
  EXPECT_EQ(migraine.rules[0].origin.line, 23);
  EXPECT_EQ(migraine.rules[2].gate_scope, GateScope::kSentence);
  EXPECT_EQ(migraine.rules[3].name, "condition/migraine/mask/2");
  EXPECT_EQ(migraine.rules[3].pattern, "migraine trust");
  EXPECT_EQ(migraine.rules[3].kind, RuleKind::kMask);
}

TEST(LoadRules, BlocksMaskOtherConceptsAndWholeFacets) {
  const TempDir folder;
  WriteTestFile(folder.File("a.yaml"),
                "set: t\nversion: 1\nfacet: outcome\nconcepts:\n  score: {label: S, include: ['pain score'], blocks: "
                "['condition:pain', 'form:*']}\n");
  WriteTestFile(folder.File("b.yaml"),
                "set: t\nversion: 1\nfacet: condition\nconcepts: {pain: {label: P, include: [pain]}}\n");
  WriteTestFile(folder.File("c.yaml"),
                "set: t\nversion: 1\nfacet: form\nconcepts: {tablet: {label: T, include: [tablet]}}\n");
  RealFileSystem files;
  const auto rules = LoadRules(files, {folder.path()});
  ASSERT_THAT(rules, IsOk());
  ASSERT_EQ(rules->concepts.size(), 4U);
  EXPECT_EQ(rules->concepts[0].rules[1].name, "condition/pain/mask/1");
  EXPECT_EQ(rules->concepts[0].rules[1].pattern, "pain score");
  EXPECT_EQ(rules->concepts[1].id, "*");
  EXPECT_EQ(rules->concepts[1].facet, "form");
  EXPECT_EQ(rules->concepts[1].rules[0].kind, RuleKind::kMask);
}

TEST(LoadRules, NeitherFileNamesNorTheirOrderChangeTheHash) {
  const std::string one =
      std::string(kHead) + "concepts: {a: {label: A, include: [a]}}\nmasks: {condition:b: [x, y]}\n";
  const std::string two =
      std::string(kHead) + "concepts: {b: {label: B, include: [b]}}\nmasks: {condition:b: [w, y]}\n";
  const TempDir folder;
  std::filesystem::create_directory(folder.File("sub"));
  WriteTestFile(folder.File("1.yaml"), one);
  WriteTestFile(folder.File("sub/2.yml"), two);
  WriteTestFile(folder.File("sub/notes.txt"), "not: [read");
  const TempDir other;
  WriteTestFile(other.File("z.yaml"), one);
  WriteTestFile(other.File("a.yaml"), two);
  RealFileSystem files;
  const auto by_folder = LoadRules(files, {folder.path()});
  const auto by_files = LoadRules(files, {other.File("z.yaml"), other.File("a.yaml")});
  ASSERT_THAT(by_folder, IsOk());
  ASSERT_THAT(by_files, IsOk());
  EXPECT_EQ(by_folder->Hash(), by_files->Hash());
  EXPECT_EQ(by_folder->concepts.size(), 2U);
}

struct BadCase {
  const char* name;
  std::string body;
  const char* place;
  const char* message;
};

class BadRules : public ::testing::TestWithParam<BadCase> {};

TEST_P(BadRules, AreRefusedWithPlaceAndReason) {
  const std::string error = ErrorOf(kHead + GetParam().body);
  EXPECT_THAT(error, HasSubstr(std::string("x.yaml:") + GetParam().place));
  EXPECT_THAT(error, HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    LoadRules, BadRules,
    ::testing::Values(
        BadCase{"UnknownTopKey", "concept: {}\n", "4:1:", "unknown key \"concept\"; did you mean \"concepts\"?"},
        BadCase{"UnknownConceptKey", "concepts:\n  a:\n    label: A\n    inlcude: [a]\n",
                "7:5:", "did you mean \"include\"?"},
        BadCase{"UnknownRuleKey", "concepts: {a: {label: A, include: [{pattern: a, case: true}]}}\n",
                "4:", "unknown key \"case\""},
        BadCase{"NoConcepts", "define: {a: b}\n", "1:1:", "the key \"concepts\" is missing"},
        BadCase{"EmptyConcepts", "concepts: {}\n", "4:11:", "concepts: is empty"},
        BadCase{"ConceptsIsAList", "concepts: [a]\n", "4:11:", "concepts: a mapping (key: value) is expected"},
        BadCase{"NoLabel", "concepts: {a: {include: [a]}}\n", "4:15:", "concepts.a: the key \"label\" is missing"},
        BadCase{"DuplicateKey", "concepts:\n  a: {label: A}\n  a: {label: B}\n",
                "6:3:", "the key \"a\" stands here a second time"},
        BadCase{"DuplicateUi", "concepts: {a: {label: A, mesh: [D1, D1]}}\n", "4:", "\"D1\" is there twice"},
        BadCase{"EmptyList", "concepts: {a: {label: A, include: []}}\n", "4:", "is an empty list"},
        BadCase{"BlankPattern", "concepts: {a: {label: A, include: [' ']}}\n", "4:", "is empty"},
        BadCase{"EmptyPattern", "concepts: {a: {label: A, include: ['']}}\n",
                "4:", "concepts.a.include[0]: a text is expected"},
        BadCase{"PatternIsAList", "concepts: {a: {label: A, include: [[a]]}}\n",
                "4:", "concepts.a.include[0]: a text is expected"},
        BadCase{"IncludeIsText", "concepts: {a: {label: A, include: a}}\n", "4:", "a list is expected"},
        BadCase{"BadFlag", "concepts: {a: {label: A, include: [{pattern: a, case_sensitive: maybe}]}}\n",
                "4:", "true or false is expected"},
        BadCase{"GateWithoutScope", "concepts: {a: {label: A, include: [{pattern: a, gate: b}]}}\n",
                "4:", "needs gate_scope"},
        BadCase{"ScopeWithoutGate", "concepts: {a: {label: A, include: [{pattern: a, gate_scope: record}]}}\n",
                "4:", "without a gate"},
        BadCase{"WrongScope", "concepts: {a: {label: A, include: [{pattern: a, gate: b, gate_scope: sentense}]}}\n",
                "4:", "did you mean \"sentence\"?"},
        BadCase{"BadId", "concepts: {A b: {label: A}}\n", "4:", "lower-case"},
        BadCase{"UnknownMaskTarget", "concepts: {abc: {label: A}}\nmasks: {condition:abd: [x]}\n",
                "5:", "did you mean \"condition:abc\"?"},
        BadCase{"MaskWithoutFacet", "concepts: {a: {label: A}}\nmasks: {a: [x]}\n", "5:", "facet:concept"},
        BadCase{"UnknownDefinition", "define: {salt: x}\nconcepts: {a: {label: A, include: ['%{slat}']}}\n",
                "5:", "did you mean \"salt\"?"},
        BadCase{"UnclosedDefinition", "define: {salt: x}\nconcepts: {a: {label: A, include: ['%{salt']}}\n",
                "5:", "is not in this file's define"},
        BadCase{"BrokenYaml", "concepts: {a: [\n", "", "x.yaml:"},
        BadCase{"BlocksItself", "concepts: {a: {label: A, include: [a], blocks: ['condition:a']}}\n",
                "4:", "cannot block itself"},
        BadCase{"UnknownAlias", "concepts: *nothing\n", "4:11:", "anchor is not defined"},
        BadCase{"TwoDocuments", "concepts: {a: {label: A}}\n---\nx: y\n", "", "a second document begins here"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(LoadRules, VersionsOfOneSetMustAgree) {
  const TempDir folder;
  WriteTestFile(folder.File("a.yaml"), std::string(kHead) + "concepts: {a: {label: A}}\n");
  WriteTestFile(folder.File("b.yaml"), "set: test\nversion: 2\nfacet: form\nconcepts: {b: {label: B}}\n");
  RealFileSystem files;
  const auto rules = LoadRules(files, {folder.path()});
  ASSERT_THAT(rules, IsError(ErrorCode::kConfig));
  EXPECT_THAT(rules.error().message, HasSubstr("b.yaml:2:10: version: set \"test\" has version 2 here and 1 in"));
}

TEST(LoadRules, PathsThatLeadNowhereAreErrors) {
  const TempDir folder;
  RealFileSystem files;
  EXPECT_THAT(LoadRules(files, {}), IsError(ErrorCode::kConfig));
  EXPECT_THAT(LoadRules(files, {folder.path()}), IsError(ErrorCode::kConfig));
  EXPECT_THAT(LoadRules(files, {folder.File("none.yaml")}), IsError(ErrorCode::kNotFound));
}

TEST(LoadRules, HostileYamlIsRefusedAndDoesNotCrash) {
  EXPECT_THAT(LoadText(std::string(200'000, '[')), IsError(ErrorCode::kConfig));
  EXPECT_THAT(LoadText("a: " + std::string(100'000, '{')), IsError(ErrorCode::kConfig));
  EXPECT_THAT(LoadText(std::string(5 << 20, '#')), ::testing::Not(IsOk()));
  EXPECT_THAT(LoadText(std::string("\0\0\0", 3)), IsError(ErrorCode::kConfig));
  EXPECT_THAT(LoadText(""), IsError(ErrorCode::kConfig));
  std::string bomb = std::string(kHead) + "concepts:\n  a0:\n    label: A\n    include: &list [x1";
  for (int i = 2; i <= 2000; ++i) bomb += ", x" + std::to_string(i);
  bomb += "]\n";
  for (int i = 1; i <= 2000; ++i) bomb += "  a" + std::to_string(i) + ": {label: A, include: *list}\n";
  EXPECT_THAT(ErrorOf(bomb), HasSubstr("more than 50000 items"));
}

TEST(LoadRules, EveryPrefixOfAFileLoadsOrSaysWhy) {
  const std::string text = std::string(kHead) +
                           "define: {x: y}\nconcepts:\n  a:\n    label: A\n    include:\n      - {pattern: 'a%{x}', "
                           "gate: b, gate_scope: record}\n    examples: {should: [\"a\"]}\n";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const auto rules = LoadText(text.substr(0, size));
    if (!rules) {
      EXPECT_THAT(rules.error().message, HasSubstr("x.yaml")) << size;
    }
  }
}

}  // namespace
}  // namespace litmill::app
