// SPDX-License-Identifier: Apache-2.0
// All data here is made up.
#include <gmock/gmock.h>

#include "tests/parse/json_test_support.h"

namespace litmill::parse {
namespace {

using ::testing::ElementsAre;
using testing::OnlyParsed;
using testing::OnlyProblem;

const char* const kWhole =
    R"({"doi":"10.5555/Salt.1","title":"Salts &amp; brine","genre":"journal-article","year":2020,)"
    R"("published_date":"2020-03-04","updated":"2021-01-02T03:04:05.6","publisher":"Salt Press","journal_name":"Journal of Salts",)"
    R"("journal_issns":"1111-1111,2222-2222","journal_issn_l":"1111-1111","z_authors":[{"given":"Ada","family":"Doe",)"
    R"("ORCID":"http://orcid.org/0000-0002-1825-0097","affiliation":[{"name":"Dept of Salts"}]},{"name":"Salt Group"},)"
    R"({"raw_author_name":"Jane B. Roe","raw_affiliation_strings":["Salt U"]}],)"
    R"("is_oa":true,"oa_status":"green","best_oa_location":{"url":"https://example.org/a","url_for_pdf":"https://example.org/a.pdf",)"
    R"("host_type":"repository","license":"cc-by","version":"acceptedVersion"},"oa_locations":[{"url":"https://example.org/a",)"
    R"("url_for_pdf":"https://example.org/a.pdf","host_type":"repository","license":"cc-by","version":"acceptedVersion"},)"
    R"({"url":"https://example.org/b","url_for_pdf":null,"host_type":"publisher"}],"journal_is_oa":false})";

std::vector<std::string> Locations(const Record& record) {
  std::vector<std::string> found;
  for (const OtherName& o : record.other_names)
    if (o.kind == "open-access-location") found.push_back(o.source + " " + o.value);
  return found;
}

TEST(Unpaywall, AWholeWork) {
  const ParsedRecord parsed = OnlyParsed(ParseUnpaywall(kWhole));
  EXPECT_TRUE(parsed.warnings.empty());
  const Record& r = parsed.record;
  EXPECT_EQ(r.source, "unpaywall");
  EXPECT_EQ(r.source_id, "10.5555/salt.1");
  EXPECT_EQ(r.FindIdentifier("doi")->raw, "10.5555/Salt.1");
  EXPECT_EQ(r.title.text, "Salts & brine");
  ASSERT_EQ(r.authors.size(), 3U);
  EXPECT_EQ(r.authors[0].orcid, "0000-0002-1825-0097");
  EXPECT_EQ(r.authors[0].affiliations[0].text, "Dept of Salts");
  EXPECT_EQ(r.authors[1].collective_name, "Salt Group");
  EXPECT_EQ(r.authors[2].last_name, "Roe");
  EXPECT_EQ(r.authors[2].fore_name, "Jane B.");
  EXPECT_EQ(r.journal.title, "Journal of Salts");
  EXPECT_EQ(r.journal.issn_print, "1111-1111");
  EXPECT_EQ(r.PublicationDate()->iso, "2020-03-04");
  EXPECT_EQ(r.publication_types[0].name, "journal-article");
  EXPECT_THAT(Locations(r),
              ElementsAre("green/repository https://example.org/a.pdf", "green/publisher https://example.org/b"));
}

TEST(Unpaywall, AClosedWorkHasNoLocations) {
  const Record r = OnlyParsed(ParseUnpaywall(R"({"doi":"10.5555/a","is_oa":false,"oa_status":"closed","year":1999,)"
                                             R"("oa_locations":[{"url":"https://example.org/x"}]})"))
                       .record;
  EXPECT_TRUE(Locations(r).empty());
  EXPECT_EQ(r.PublicationDate()->iso, "1999");
}

TEST(Unpaywall, ASearchWrapsItsWorks) {
  const std::vector<Item> items = ParseUnpaywall(
      R"({"elapsed_seconds":1,"results":[{"response":{"doi":"10.5555/a"},"score":2},{"response":{"doi":"x"}}]})");
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(std::get<ParsedRecord>(items[0]).record.source_id, "10.5555/a");
  EXPECT_EQ(std::get<Problem>(items[1]).code, "no-doi");
}

TEST(Unpaywall, Refusals) {
  const struct {
    const char *body, *code;
  } kCases[] = {{R"({"error":true,"message":"'10.5555/none' isn't here","HTTP_status_code":404})", "not-found"},
                {R"({"error":true,"message":"Please give your email","HTTP_status_code":422})", "error-answer"},
                {R"({"title":"no doi"})", "unexpected-answer"},
                {"[1]", "unexpected-answer"},
                {"rate limited", "text-answer"}};
  for (const auto& c : kCases) EXPECT_EQ(OnlyProblem(ParseUnpaywall(c.body)).code, c.code) << c.body;
}

TEST(Unpaywall, CutAndMutatedAnswers) {
  testing::ExpectCutsAreProblems(ParseUnpaywall, kWhole);
  testing::ExpectMutationsAreSafe(ParseUnpaywall, kWhole, 300);
}

}  // namespace
}  // namespace litmill::parse
