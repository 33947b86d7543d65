// SPDX-License-Identifier: Apache-2.0
#include "tag/section_role.h"

#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "core/record.h"
#include "tag/joined_text.h"
#include "tag/passages.h"
#include "tag/section_label.h"
#include "tests/support/real_data.h"
#include "tests/tag/tag_test_support.h"

namespace litmill::tag::testing {
namespace {

using Role = SectionRole;

std::string NameOf(std::optional<Role> role) { return role ? std::string(SectionRoleName(*role)) : "nothing"; }

TEST(SectionLabel, WordsTell) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"BACKGROUND", "background"},
      {"Objective/background", "objective"},
      {"BACKGROUND AND PURPOSE", "objective"},
      {"SUMMARY OF BACKGROUND DATA", "background"},
      {"Patients/methods", "methods"},
      {"MAIN OUTCOME MEASURE", "methods"},
      {"DESIGN, SETTING, PARTICIPANTS AND INTERVENTIONS", "methods"},
      {"Data sources", "methods"},
      {"Selection criteria", "methods"},
      {"CASE PRESENTATION", "methods"},
      {"METHODS AND RESULTS", "results"},
      {"Measurements and Main Results", "results"},
      {"PRINCIPAL FINDINGS:", "results"},
      {"RESULTS AND DISCUSSION", "conclusions"},
      {"Conclusions and clinical relevance", "conclusions"},
      {"RECOMMENDATIONS", "conclusions"},
      {"INTERPRETATION", "conclusions"},
      {"SUMMARY", "conclusions"},
      {"LIMITATIONS", "limitations"},
      {"Strengths and limitations", "limitations"},
      {"RESULTS AND LIMITATIONS", "results"},
      {"TRIAL REGISTRATION", "other"},
      {"FUNDING", "other"},
      {"Aim", "objective"},
      {"PURPOSE OF REVIEW", "objective"},
      {"RECENT FINDINGS", "results"},
      {"Ziel", "objective"},
      {"RESULTADOS", "results"},
      {"CONTENTS", "nothing"},
      {"", "nothing"},
      {"1.", "nothing"},
  };
  for (const auto& [label, role] : cases) EXPECT_EQ(NameOf(RoleOfLabel(label)), role) << label;
}

TEST(SectionLabel, StandAlsoInsideTexts) {
  const auto role = [](std::string_view text) {
    const auto label = InlineLabelAt(text);
    return label ? NameOf(label->role) + " " + std::string(text.substr(0, label->size)) : "nothing";
  };
  EXPECT_EQ(role("METHODS: We asked."), "methods METHODS:");
  EXPECT_EQ(role("Objective. "), "objective Objective.");
  EXPECT_EQ(role("Materials and methods: Rats"), "methods Materials and methods:");
  EXPECT_EQ(role("BackgroundThe brain"), "background Background");
  EXPECT_EQ(role("RESULTS Pain fell."), "results RESULTS");
  EXPECT_EQ(role("Background music was played."), "nothing");
  EXPECT_EQ(role("Methods were crude: nobody asked."), "nothing");
  EXPECT_EQ(role("Results vary: some improve."), "nothing");
  EXPECT_EQ(role("we found this: nothing"), "nothing");
}

std::vector<Role> RolesOf(const Record& record) {
  JoinedText text;
  text.Fill(record);
  Passages passages;
  passages.Fill(text, record);
  std::vector<Role> roles;
  for (const Sentence& s : passages.sentences()) roles.push_back(s.role);
  return roles;
}

TEST(SectionRole, TheCategoryComesBeforeTheLabel) {
  Record record = WithAbstract({"One."});
  record.abstract_sections[0].label = "METHODS";
  EXPECT_EQ(RolesOf(record), (std::vector<Role>{Role::kMethods}));
  record.abstract_sections[0].nlm_category = "UNASSIGNED";
  EXPECT_EQ(RolesOf(record), (std::vector<Role>{Role::kMethods}));
  record.abstract_sections[0].nlm_category = "RESULTS";
  EXPECT_EQ(RolesOf(record), (std::vector<Role>{Role::kResults}));
  record.abstract_sections[0].label = "LIMITATIONS";
  EXPECT_EQ(RolesOf(record), (std::vector<Role>{Role::kLimitations}));
}

TEST(SectionRole, OtherAbstractsHaveRolesToo) {
  Record record;
  record.other_abstracts.resize(2);
  record.other_abstracts[0].language = "eng";
  record.other_abstracts[0].sections.resize(1);
  record.other_abstracts[0].sections[0].body.text = "One.";
  record.other_abstracts[1].language = "eng";
  record.other_abstracts[1].sections.resize(1);
  record.other_abstracts[1].sections[0].body.text = "Two.";
  record.other_abstracts[1].sections[0].label = "RESULTS";
  EXPECT_EQ(RolesOf(record), (std::vector<Role>{Role::kOther, Role::kResults}));
}

TEST(SectionRole, LabelsInsideATextHoldUntilTheNext) {
  EXPECT_EQ(RolesOf(WithAbstract(
                {"BACKGROUND: Sleep is short. It matters. METHODS: Forty women slept. RESULTS: They woke."})),
            (std::vector<Role>{Role::kBackground, Role::kBackground, Role::kMethods, Role::kResults}));
  EXPECT_EQ(RolesOf(WithAbstract({"BackgroundThe brain is large.MethodsWe weighed it.ConclusionIt is heavy."})),
            (std::vector<Role>{Role::kBackground, Role::kMethods, Role::kConclusions}));
  EXPECT_EQ(RolesOf(WithAbstract({"Objective. To weigh brains. Methods. A scale was used."})),
            (std::vector<Role>{Role::kObjective, Role::kObjective, Role::kMethods, Role::kMethods}));
}

TEST(SectionRole, AnAbstractWithoutHeadingsIsReadFromItsWords) {
  EXPECT_EQ(RolesOf(WithAbstract(
                {"Poor sleep is common, but its causes have remained unclear. The aim of this study was to determine "
                 "whether tea helps. Sixty adults were randomly assigned to tea or water and were assessed "
                 "using a questionnaire. Sleep was 12% longer with tea (p < 0.01). There was no significant "
                 "difference between groups in mood (p = 0.4). These findings suggest that tea may help."})),
            (std::vector<Role>{Role::kBackground, Role::kObjective, Role::kMethods, Role::kResults, Role::kResults,
                               Role::kConclusions}));
}

TEST(SectionRole, OfFewSentencesOnlyWhatIsClearIsTold) {
  EXPECT_EQ(RolesOf(WithAbstract({"Tea is a drink."})), (std::vector<Role>{Role::kOther}));
  EXPECT_EQ(RolesOf(WithAbstract({"Sleep was 12% longer with tea than with water (p < 0.01)."})),
            (std::vector<Role>{Role::kResults}));
}

/// Records whose sections all have one of NLM's five categories.
std::vector<std::vector<std::pair<std::string, std::string>>> CategorisedAbstracts() {
  std::vector<std::vector<std::pair<std::string, std::string>>> abstracts;
  std::set<std::string> seen;
  for (const std::string& file : litmill::testing::FilesBelow(litmill::testing::RealDataFolder() + "/pubmed-xml")) {
    pugi::xml_document document;
    if (!document.load_file(file.c_str(), pugi::parse_default | pugi::parse_ws_pcdata)) continue;
    for (const pugi::xpath_node& node : document.select_nodes("//MedlineCitation/Article/Abstract")) {
      std::vector<std::pair<std::string, std::string>> sections;
      bool all = true;
      for (const pugi::xml_node section : node.node().children("AbstractText")) {
        std::string text;
        for (const pugi::xpath_node& part : section.select_nodes(".//text()")) text += part.node().value();
        const std::string category = section.attribute("NlmCategory").value();
        all = all && !category.empty() && category != "UNASSIGNED";
        sections.emplace_back(category, text);
      }
      if (all && sections.size() >= 3 && seen.insert(sections[0].second).second)
        abstracts.push_back(std::move(sections));
    }
  }
  return abstracts;
}

TEST(SectionRole, InferredRolesAgreeWithHiddenHeadingsOfRealAbstracts) {
  LITMILL_NEEDS(litmill::testing::RealDataFolder());
  std::map<std::string, int> confusion;
  int right = 0, all = 0;
  const auto abstracts = CategorisedAbstracts();
  for (const auto& sections : abstracts) {
    Record separate, joined = WithAbstract({""});
    std::vector<std::string> expected;
    for (const auto& [category, text] : sections) {
      separate = WithAbstract({text});
      separate.abstract_sections[0].nlm_category = category;
      expected.insert(expected.end(), RolesOf(separate).size(), category);
      std::string& whole = joined.abstract_sections[0].body.text;
      whole += (whole.empty() ? "" : " ") + text;
    }
    const std::vector<Role> roles = RolesOf(joined);
    if (roles.size() != expected.size()) continue;  // a section that does not end in a full stop
    for (std::size_t i = 0; i < roles.size(); ++i) {
      const std::string inferred(SectionRoleName(roles[i]));
      std::string wanted = expected[i];
      for (char& c : wanted) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
      ++all;
      right += inferred == wanted ? 1 : 0;
      ++confusion[wanted + " as " + inferred];
    }
  }
  ASSERT_GT(all, 2000);
  for (const auto& [what, count] : confusion) std::cout << fmt::format("{:<28} {}\n", what, count);
  const double accuracy = static_cast<double>(right) / all;
  const int blurred = confusion["background as objective"] + confusion["objective as background"];
  std::cout << fmt::format("{} abstracts, {} sentences, accuracy {:.3f}; {:.3f} with background and objective as one\n",
                           abstracts.size(), all, accuracy, static_cast<double>(right + blurred) / all);
  EXPECT_GE(accuracy, 0.71);
}

}  // namespace
}  // namespace litmill::tag::testing
