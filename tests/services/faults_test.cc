// SPDX-License-Identifier: Apache-2.0
#include "tests/services/faults.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

namespace litmill::services {
namespace {

TEST(Faults, NamesAreUniqueAndEachIsInTheReadme) {
  std::ifstream file(LITMILL_STANDIN_README);
  const std::string readme{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  std::set<std::string> seen;
  for (const std::string& name : all_fault_names()) {
    EXPECT_TRUE(seen.insert(name).second) << name;
    EXPECT_NE(readme.find("| `" + name + "` |"), std::string::npos) << name;
  }
  EXPECT_GE(seen.size(), 30U);
}

TEST(FaultRule, TextAndJsonMeanTheSame) {
  const auto text = ParseFaultRule("cut_body@efetch:2,times=3,parameter=40,pmid=7");
  const auto json =
      ParseFaultRulesJson(R"([{"fault":"cut_body","endpoint":"efetch","at":2,"times":3,"parameter":40,"pmid":7}])");
  ASSERT_TRUE(text && json);
  for (const FaultRule& rule : {*text, json->front()}) {
    EXPECT_EQ(rule.fault, "cut_body");
    EXPECT_EQ(rule.endpoint, "efetch");
    EXPECT_EQ(rule.at, 2U);
    EXPECT_EQ(rule.times, 3);
    EXPECT_EQ(rule.parameter, 40);
    EXPECT_EQ(rule.pmid, 7U);
  }
}

TEST(FaultRule, NonsenseIsRefused) {
  for (const char* text :
       {"", "cut_body", "cut_body@efetch", "cut_body@efetch:", "nosuch@efetch:1", "cut_body@nowhere:1",
        "wrong_record@esearch:1", "cut_body@efetch:x", "cut_body@efetch:1,color=3"}) {
    EXPECT_FALSE(ParseFaultRule(text)) << text;
  }
  for (const char* text : {"", "7", "[7]", R"({"fault":"cut_body"})", R"({"fault":"cut_body","at":"2"})"})
    EXPECT_FALSE(ParseFaultRulesJson(text)) << text;
}

std::vector<bool> Strikes(FaultRule rule, int requests) {
  FaultSchedule schedule;
  EXPECT_TRUE(schedule.Set({std::move(rule)}));
  std::vector<bool> struck;
  for (int i = 0; i < requests; ++i) struck.push_back(schedule.Next("efetch", {5}).has_value());
  return struck;
}

TEST(FaultSchedule, StrikesAtTheNthRequestOnceOrInARow) {
  EXPECT_EQ(Strikes(*ParseFaultRule("http_500@efetch:2"), 4), (std::vector<bool>{false, true, false, false}));
  EXPECT_EQ(Strikes(*ParseFaultRule("http_500@efetch:2,times=2"), 4), (std::vector<bool>{false, true, true, false}));
  EXPECT_EQ(Strikes(*ParseFaultRule("http_500@esearch:1"), 2), (std::vector<bool>{false, false}));
  EXPECT_EQ(Strikes(*ParseFaultRule("http_500@efetch:pmid=5"), 2), (std::vector<bool>{true, true}));
  EXPECT_EQ(Strikes(*ParseFaultRule("http_500@efetch:pmid=6"), 2), (std::vector<bool>{false, false}));
}

TEST(FaultSchedule, ProbabilityRepeatsWithItsSeed) {
  const std::vector<bool> once = Strikes(*ParseFaultRule("http_500@*:p=0.25,seed=9"), 2000);
  EXPECT_EQ(once, Strikes(*ParseFaultRule("http_500@*:p=0.25,seed=9"), 2000));
  EXPECT_NE(once, Strikes(*ParseFaultRule("http_500@*:p=0.25,seed=10"), 2000));
  const auto hits = std::count(once.begin(), once.end(), true);
  EXPECT_GT(hits, 420);
  EXPECT_LT(hits, 580);
}

}  // namespace
}  // namespace litmill::services
