// SPDX-License-Identifier: Apache-2.0
// All data here is made up.
#include <gmock/gmock.h>

#include "tests/parse/json_test_support.h"

namespace litmill::parse {
namespace {

using ::testing::ElementsAre;
using testing::OnlyParsed;
using testing::OnlyProblem;
using testing::SectionTexts;

std::string Results(const std::string& results) { return R"({"header":{"hits":1},"results":[)" + results + "]}"; }
std::string Result(const std::string& ids, const std::string& head) {
  return Results(R"({"itemInfo":{"itemIdList":{)" + ids + R"(}},"head":{)" + head + "}}");
}

const char* const kIds =
    R"("lui":"L2009000001","pui":"2009000001","doi":"10.5555/Salt.1","medl":"90000001","pii":"S1")";
const char* const kHead =
    R"("citationInfo":{"citationType":[{"code":"re"}],"citationLanguage":[{"lang":"ENG"}],"authorKeywords":{"authorKeyword":["salt","brine"]}},)"
    R"("citationTitle":{"titleText":[{"ttltext":"Salts <inf>2</inf>","lang":"ENG"},{"ttltext":"Salze","lang":"GER","original":"y"}]},)"
    R"("authorList":{"authors":[{"surname":"Doe","givenName":"Ada","initials":"A.B.","orcid":"0000-0002-1825-0097","affiliation":[{"organization":["Salt U"],"city":"Brine"}]},{"indexedName":"Roe J."}],"collaborations":[{"text":"Salt Group"}]},)"
    R"("abstracts":{"abstracts":[{"lang":"ENG","paras":["OBJECTIVE: to see","<b>Results:</b> Salt rose."]},{"lang":"GER","paras":["Salz."]}]},)"
    R"("source":{"sourceTitle":["Journal of Salts"],"sourceTitleAbbrev":["J. Salts"],"country":"usa","issn":[{"type":"print","$":"11111111"},{"type":"electronic","$":"22222222"}],)"
    R"("publicationYear":2020,"publicationDate":{"year":"2020","month":"3","day":"4"},"volumeIssue":{"volume":{"volume":"12","issue":"3"},"pagination":{"first":"101","last":"110"}}},)"
    R"("enhancement":{"descriptors":[{"type":"DRG","descriptors":[{"mainTerm":{"$":"magnesium","weight":"a"}},{"mainTerm":"human"}]}]})";

TEST(Embase, AWholeResult) {
  const ParsedRecord parsed = OnlyParsed(ParseEmbase(Result(kIds, kHead)));
  for (const Problem& w : parsed.warnings) ADD_FAILURE() << w.code << ": " << w.message;
  const Record& r = parsed.record;
  EXPECT_EQ(r.source, "embase");
  EXPECT_EQ(r.source_id, "L2009000001");
  EXPECT_EQ(r.FindIdentifier("embase")->value, "L2009000001");
  EXPECT_EQ(r.FindIdentifier("doi")->value, "10.5555/salt.1");
  EXPECT_EQ(r.FindIdentifier("pmid")->value, "90000001");
  EXPECT_EQ(r.title.text, "Salts 2");
  EXPECT_EQ(r.title.markup, "Salts <sub>2</sub>");
  EXPECT_EQ(r.vernacular_title.text, "Salze");
  EXPECT_THAT(SectionTexts(r.abstract_sections), ElementsAre(": OBJECTIVE: to see", "Results: Salt rose."));
  ASSERT_EQ(r.other_abstracts.size(), 1U);
  EXPECT_EQ(r.other_abstracts[0].language, "ger");
  ASSERT_EQ(r.authors.size(), 3U);
  EXPECT_EQ(r.authors[0].initials, "AB");
  EXPECT_EQ(r.authors[0].orcid, "0000-0002-1825-0097");
  EXPECT_EQ(r.authors[0].affiliations[0].text, "Salt U, Brine");
  EXPECT_EQ(r.authors[1].last_name, "Roe");
  EXPECT_EQ(r.authors[2].collective_name, "Salt Group");
  EXPECT_THAT(r.languages, ElementsAre("eng"));
  EXPECT_EQ(r.journal.title, "Journal of Salts");
  EXPECT_EQ(r.journal.issn_print, "1111-1111");
  EXPECT_EQ(r.journal.issn_electronic, "2222-2222");
  EXPECT_EQ(r.journal.volume, "12");
  EXPECT_EQ(r.journal.issue, "3");
  EXPECT_EQ(r.pages, "101-110");
  EXPECT_EQ(r.Date("print")->iso, "2020-03-04");
  EXPECT_EQ(r.publication_types[0].name, "re");
  ASSERT_EQ(r.keywords.size(), 4U);
  EXPECT_EQ(r.keywords[0].owner, "NOTNLM");
  EXPECT_EQ(r.keywords[2].owner, "EMTREE");
  EXPECT_EQ(r.keywords[2].text.text, "magnesium");
  EXPECT_TRUE(r.keywords[2].major);
  EXPECT_FALSE(r.keywords[3].major);
}

TEST(Embase, WhatIdentifiesAResult) {
  const struct {
    const char *ids, *id;
  } kCases[] = {{R"("lui":"L1","pui":"2")", "L1"}, {R"("lui":"1")", "L1"}, {R"("pui":"2")", "2"}, {R"("pui":2)", "2"}};
  for (const auto& c : kCases) EXPECT_EQ(OnlyParsed(ParseEmbase(Result(c.ids, ""))).record.source_id, c.id) << c.ids;
  EXPECT_EQ(OnlyProblem(ParseEmbase(Result(R"("doi":"10.5555/a")", ""))).code, "no-id");
  EXPECT_EQ(OnlyProblem(ParseEmbase(Results("{}"))).code, "no-id");
}

TEST(Embase, AYearIsEnough) {
  const Record r = OnlyParsed(ParseEmbase(Result(R"("pui":"2")", R"("source":{"publicationYear":1999})"))).record;
  EXPECT_EQ(r.PublicationDate()->iso, "1999");
}

TEST(Embase, AListWithoutResultsIsSound) {
  EXPECT_TRUE(ParseEmbase(R"({"header":{"hits":0},"results":[]})").empty());
  EXPECT_TRUE(ParseEmbase(R"({"header":{"hits":0}})").empty());
}

TEST(Embase, Refusals) {
  EXPECT_EQ(OnlyProblem(ParseEmbase(R"({"service-error":{"status":{"statusCode":"AUTHENTICATION_ERROR"}}})")).code,
            "error-answer");
  EXPECT_EQ(OnlyProblem(ParseEmbase(R"({"header":{"hits":3}})")).code, "unexpected-answer");
  EXPECT_EQ(OnlyProblem(ParseEmbase("upstream busy")).code, "text-answer");
}

TEST(Embase, CutAndMutatedAnswers) {
  testing::ExpectCutsAreProblems(ParseEmbase, Result(kIds, kHead));
  testing::ExpectMutationsAreSafe(ParseEmbase, Result(kIds, kHead), 400);
}

}  // namespace
}  // namespace litmill::parse
