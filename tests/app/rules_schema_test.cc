// SPDX-License-Identifier: Apache-2.0
// docs/rules.schema.json says of a rule file what the reader says: the same keys, the same refusals.
#include "app/rules_schema.h"

#include <gmock/gmock.h>
#include <re2/re2.h>

#include <filesystem>
#include <set>

#include "app/rule_file_reader.h"
#include "core/tagged_record.h"
#include "tests/app/json_schema.h"
#include "tests/support/temp_dir.h"

namespace litmill::app {
namespace {

using litmill::testing::ReadTestFile;
using litmill::testing::SchemaErrors;
using litmill::testing::YamlAsJson;
using nlohmann::json;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAreArray;

json Schema() { return json::parse(RulesSchema()); }

/// Every key there is.
constexpr const char* kWholeFile = R"(
set: test
version: 1.2
facet: condition
define: {ache: 'aches?'}
masks:
  form:*: ['head of cattle']
  condition:gout: [{pattern: 'gout fly', case_sensitive: true, gate: wheat, gate_scope: sentence, why: an insect}]
weights: {title: 1, background: 0.3, objective: 0.5, methods: 0.5, results: 1, conclusions: 1, limitations: 0.2,
          keyword: 1, index: 1, other: 0.9}
concepts:
  pain: {label: Pain, include: ['%{ache}']}
  gout:
    label: Gout
    definition: Urate in a joint.
    mesh: [D006073]
    publication_types: [D016449]
    parents: [pain]
    include: [gout, {pattern: podagra, case_sensitive: false, gate: toe, gate_scope: record, why: old}]
    abbreviations:
      - {short: GA, policy: gated, gate: gout, gate_scope: record, why: general anaesthesia}
      - {short: GTA, policy: safe}
    mask: ['gout fly']
    better: lower
    rank: 2
    blocks: ['condition:pain', 'form:*']
    examples: {should: [Gout.], should_not: [Rust.]}
)";

bool ReaderAccepts(const std::string& yaml) {
  RuleDraft draft;
  return ReadRuleFile("x.yaml", yaml, draft).has_value();
}

/// The names in all `properties` of the schema.
void CollectKeys(const json& schema, std::set<std::string>& keys) {
  if (schema.is_object() && schema.contains("properties"))
    for (const auto& [key, value] : schema["properties"].items()) keys.insert(key);
  if (schema.is_structured())
    for (const json& part : schema) CollectKeys(part, keys);
}

void CollectKeysOfValue(const json& value, std::set<std::string>& keys) {
  if (value.is_object())
    for (const auto& entry : value.items()) keys.insert(entry.key());
  if (value.is_structured())
    for (const json& part : value) CollectKeysOfValue(part, keys);
}

/// The file with the line that holds `from` changed.
std::string With(const std::string& from, const std::string& to) {
  std::string yaml = kWholeFile;
  const std::size_t at = yaml.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return yaml.replace(at, from.size(), to);
}

TEST(RulesSchema, IsTheFileInTheDocs) {
  EXPECT_EQ(RulesSchema(), ReadTestFile(LITMILL_SOURCE_DIR "/docs/rules.schema.json"));
}

TEST(RulesSchema, AcceptsAFileWithEveryKeyThatItHas) {
  const json file = YamlAsJson(kWholeFile);
  EXPECT_TRUE(ReaderAccepts(kWholeFile));
  EXPECT_THAT(SchemaErrors(Schema(), file), IsEmpty());
  std::set<std::string> of_schema, of_file;
  CollectKeys(Schema(), of_schema);
  CollectKeysOfValue(file, of_file);
  for (const std::string& key : of_schema) EXPECT_EQ(of_file.count(key), 1U) << key << " is not in kWholeFile";
}

TEST(RulesSchema, HasEveryKeyThatTheReaderTakes) {
  const std::string reader = ReadTestFile(LITMILL_SOURCE_DIR "/app/rule_file_reader.cc");
  std::set<std::string> of_reader, of_schema;
  CollectKeys(Schema(), of_schema);
  // map.Take("x"), map.Need("x"), Texts(map, "x"), and one choice between two keys
  static const RE2 kTaken(R"re((?:\.Take\(|\.Need\(|Texts\(map, )(?:\w+ \? "(\w+)" : )?"(\w+)"\))re");
  re2::StringPiece rest(reader);
  std::string first, second;
  while (RE2::FindAndConsume(&rest, kTaken, &first, &second)) {
    if (!first.empty()) of_reader.insert(first);
    of_reader.insert(second);
  }
  for (std::size_t i = 0; i < kSectionRoleCount; ++i)
    of_reader.insert(std::string(SectionRoleName(static_cast<SectionRole>(i))));
  EXPECT_THAT(of_schema, UnorderedElementsAreArray(of_reader));
  EXPECT_GT(of_reader.size(), 30U);
}

TEST(RulesSchema, RefusesWhatTheReaderRefuses) {
  struct Change {
    const char* from;
    const char* to;
  };
  for (const Change& c :
       {Change{"set: test\n", ""},
        Change{"set: test", "set: Test"},
        Change{"set: test", "set: [test]"},
        Change{"version: 1.2\n", ""},
        Change{"version: 1.2", "version: ''"},
        Change{"facet: condition", "facet: 'two words'"},
        Change{"define: {ache: 'aches?'}", "define: {Ache: 'aches?', ache: x}"},
        Change{"define: {ache: 'aches?'}", "define: {ache: [x]}"},
        Change{"form:*: ['head of cattle']", "form: ['head of cattle']"},
        Change{"form:*: ['head of cattle']", "form:*: []"},
        Change{"{title: 1,", "{title: 1.5,"},
        Change{"{title: 1,", "{title: high,"},
        Change{"{title: 1,", "{titel: 1,"},
        Change{"{label: Pain,", "{"},
        Change{"{label: Pain,", "{label: '  ',"},
        Change{"{label: Pain,", "{label: Pain, synonyms: [ache],"},
        Change{"mesh: [D006073]", "mesh: D006073"},
        Change{"mesh: [D006073]", "mesh: []"},
        Change{"mesh: [D006073]", "mesh: [D006073, D006073]"},
        Change{"{pattern: podagra, ", "{"},
        Change{"case_sensitive: false", "case_sensitive: perhaps"},
        Change{"gate: toe, ", ""},
        Change{"gate: toe, gate_scope: record", "gate: toe"},
        Change{"gate: toe, gate_scope: record", "gate: toe, gate_scope: page"},
        Change{"{short: GTA, policy: safe}", "{short: GTA}"},
        Change{"{short: GTA, policy: safe}", "{policy: safe}"},
        Change{"{short: GTA, policy: safe}", "{short: GTA, policy: sometimes}"},
        Change{"{short: GTA, policy: safe}", "{short: GTA, policy: gated}"},
        Change{"{short: GTA, policy: safe}", "{short: GTA, policy: safe, gate: x, gate_scope: record}"},
        Change{"better: lower", "better: less"},
        Change{"rank: 2", "rank: 0"},
        Change{"rank: 2", "rank: 1.5"},
        Change{"['condition:pain', 'form:*']", "[pain]"},
        Change{"['condition:pain', 'form:*']", "[]"},
        Change{"{label: Pain, include: ['%{ache}']}", "{label: Pain, blocks: ['form:*']}"},
        Change{"should: [Gout.]", "should: Gout."},
        Change{"should: [Gout.]", "must: [Gout.]"}}) {
    const std::string yaml = With(c.from, c.to);
    EXPECT_FALSE(ReaderAccepts(yaml)) << c.to;
    EXPECT_THAT(SchemaErrors(Schema(), YamlAsJson(yaml)), Not(IsEmpty())) << c.to;
  }
}

TEST(RulesSchema, AcceptsWhatTheReaderAccepts) {
  for (const auto& [from, to] :
       {std::pair("version: 1.2", "version: '2026-01'"), std::pair("include: ['%{ache}']", "mesh: [D010146]"),
        std::pair("should: [Gout.], ", ""), std::pair("better: lower", "better: higher"),
        std::pair("{short: GTA, policy: safe}", "{short: GTA, policy: defined, why: unsure}")}) {
    const std::string yaml = With(from, to);
    EXPECT_TRUE(ReaderAccepts(yaml)) << to;
    EXPECT_THAT(SchemaErrors(Schema(), YamlAsJson(yaml)), IsEmpty()) << to;
  }
}

TEST(RulesSchema, EveryShippedRuleFileFollowsIt) {
  int files = 0;
  for (const char* folder : {"/rules", "/examples"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(LITMILL_SOURCE_DIR + std::string(folder))) {
      if (entry.path().extension() != ".yaml" || entry.path().filename() == "pipeline.yaml") continue;
      ++files;
      EXPECT_THAT(SchemaErrors(Schema(), YamlAsJson(ReadTestFile(entry.path().string()))), IsEmpty()) << entry.path();
    }
  }
  EXPECT_GE(files, 10);
}

}  // namespace
}  // namespace litmill::app
