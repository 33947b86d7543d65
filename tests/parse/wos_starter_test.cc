// SPDX-License-Identifier: Apache-2.0
// All data here is made up.
#include <gmock/gmock.h>

#include "tests/parse/json_test_support.h"

namespace litmill::parse {
namespace {

using ::testing::HasSubstr;
using testing::OnlyParsed;
using testing::OnlyProblem;

std::string Hits(const std::string& hits) {
  return R"({"metadata":{"total":1,"page":1,"limit":10},"hits":[)" + hits + "]}";
}

const char* const kHit =
    R"({"uid":"WOS:000000000000001","title":"Salts <sup>2</sup>","types":["Article"],"sourceTypes":["Article","Proceedings Paper"],)"
    R"("source":{"sourceTitle":"JOURNAL OF SALTS","publishYear":2025,"publishMonth":"JUL","volume":"12","issue":"3","articleNumber":"17",)"
    R"("pages":{"range":"101-110","begin":"101","end":"110","count":10}},"names":{"authors":[{"displayName":"Doe, Ada B.",)"
    R"("wosStandard":"Doe, AB","researcherId":"A-1"}],"corp":[{"displayName":"Salt Group"}],"bookEditors":[{"displayName":"Roe, Jane"}]},)"
    R"("links":{"record":"https://example.org"},"citations":[{"db":"WOS","count":3}],"identifiers":{"doi":"10.5555/Salt.1",)"
    R"("issn":"1111-1111","eissn":"2222-2222","pmid":"MEDLINE:90000001"},"keywords":{"authorKeywords":["salt","brine"]}})";

TEST(WebOfScienceStarter, AWholeHit) {
  const ParsedRecord parsed = OnlyParsed(ParseWebOfScienceStarter(Hits(kHit)));
  for (const Problem& w : parsed.warnings) ADD_FAILURE() << w.code << ": " << w.message;
  const Record& r = parsed.record;
  EXPECT_EQ(r.source, "wos");
  EXPECT_EQ(r.source_id, "WOS:000000000000001");
  EXPECT_EQ(r.FindIdentifier("wos")->value, "WOS:000000000000001");
  EXPECT_EQ(r.FindIdentifier("doi")->value, "10.5555/salt.1");
  EXPECT_EQ(r.FindIdentifier("pmid")->value, "90000001");
  EXPECT_EQ(r.FindIdentifier("pmid")->raw, "MEDLINE:90000001");
  EXPECT_EQ(r.title.text, "Salts 2");
  ASSERT_EQ(r.authors.size(), 3U);
  EXPECT_EQ(r.authors[0].last_name, "Doe");
  EXPECT_EQ(r.authors[0].fore_name, "Ada B.");
  EXPECT_EQ(r.authors[0].initials, "AB");
  EXPECT_EQ(r.authors[1].collective_name, "Salt Group");
  EXPECT_EQ(r.authors[2].role, PersonRole::kEditor);
  EXPECT_EQ(r.journal.title, "JOURNAL OF SALTS");
  EXPECT_EQ(r.journal.issn_print, "1111-1111");
  EXPECT_EQ(r.journal.issn_electronic, "2222-2222");
  EXPECT_EQ(r.pages, "101-110");
  EXPECT_EQ(r.Date("print")->iso, "2025-07");
  ASSERT_EQ(r.publication_types.size(), 2U);
  EXPECT_EQ(r.publication_types[1].name, "Proceedings Paper");
  EXPECT_EQ(r.keywords[1].text.text, "brine");
  EXPECT_EQ(r.keywords[1].owner, "NOTNLM");
  EXPECT_TRUE(r.abstract_sections.empty());
}

TEST(WebOfScienceStarter, MonthsInTheirWordings) {
  const struct {
    const char *month, *iso;
  } kCases[] = {{"SEP 9", "2025-09-09"}, {"JUL-AUG", "2025-07"}, {"SPR", "2025-04"}, {"WIN", "2025-01"}, {"", "2025"}};
  for (const auto& c : kCases) {
    const std::string hit =
        R"({"uid":"WOS:1","source":{"publishYear":2025,"publishMonth":")" + std::string(c.month) + R"("}})";
    EXPECT_EQ(OnlyParsed(ParseWebOfScienceStarter(Hits(hit))).record.Date("print")->iso, c.iso) << c.month;
  }
}

TEST(WebOfScienceStarter, OneDocumentByItself) {
  EXPECT_EQ(OnlyParsed(ParseWebOfScienceStarter(kHit)).record.source_id, "WOS:000000000000001");
}

TEST(WebOfScienceStarter, ListsWithoutAndWithBadHits) {
  EXPECT_TRUE(ParseWebOfScienceStarter(Hits("")).empty());
  const std::vector<Item> items = ParseWebOfScienceStarter(Hits(R"({"title":"x"},"y")"));
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(std::get<Problem>(items[0]).code, "no-id");
  EXPECT_EQ(std::get<Problem>(items[1]).code, "bad-record");
}

TEST(WebOfScienceStarter, Refusals) {
  const Problem refused = OnlyProblem(
      ParseWebOfScienceStarter(R"({"error":{"status":400,"title":"Bad Request","details":"Invalid query"}})"));
  EXPECT_EQ(refused.code, "error-answer");
  EXPECT_THAT(refused.message, HasSubstr("Invalid query"));
  EXPECT_EQ(OnlyProblem(ParseWebOfScienceStarter(R"({"error":{"status":404,"title":"Not Found"}})")).code, "not-found");
  EXPECT_EQ(OnlyProblem(ParseWebOfScienceStarter(R"({"metadata":{"total":1}})")).code, "unexpected-answer");
}

TEST(WebOfScienceStarter, CutAndMutatedAnswers) {
  testing::ExpectCutsAreProblems(ParseWebOfScienceStarter, Hits(kHit));
  testing::ExpectMutationsAreSafe(ParseWebOfScienceStarter, Hits(kHit), 300);
}

}  // namespace
}  // namespace litmill::parse
