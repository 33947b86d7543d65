// SPDX-License-Identifier: Apache-2.0
// All data here is made up.
#include <gmock/gmock.h>

#include "tests/parse/json_test_support.h"

namespace litmill::parse {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::OnlyParsed;
using testing::OnlyProblem;
using testing::SectionTexts;

std::string Results(const std::string& results) {
  return R"({"version":"6.9","hitCount":2,"nextCursorMark":"x","request":{},"resultList":{"result":[)" + results +
         "]}}";
}
std::string Result(const std::string& fields) {
  return Results(R"({"id":"90000001","source":"MED")" + (fields.empty() ? "" : "," + fields) + "}");
}
Record Read(const std::string& fields) {
  const ParsedRecord parsed = OnlyParsed(ParseEuropePmc(Result(fields)));
  for (const Problem& w : parsed.warnings) ADD_FAILURE() << w.code << ": " << w.message;
  return parsed.record;
}

const char* const kWholeFields =
    R"("pmid":"90000001","pmcid":"PMC9000001","doi":"10.5555/Salt.1","title":"Magnesium <i>in vivo</i>.",)"
    R"("authorString":"Doe A, MAG Group.","authorList":{"author":[{"fullName":"Doe A","firstName":"Ada","lastName":"Doe",)"
    R"("initials":"A","authorId":{"type":"ORCID","value":"0000-0002-1825-0097"},"authorAffiliationDetailsList":)"
    R"({"authorAffiliation":[{"affiliation":"Dept of Salts"}]}},{"collectiveName":"MAG Group"}]},)"
    R"("journalInfo":{"volume":"12","issue":"3","dateOfPublication":"2020 Mar","yearOfPublication":2020,)"
    R"("printPublicationDate":"2020-03-01","journal":{"title":"Journal of Salts","medlineAbbreviation":"J Salts",)"
    R"("isoabbreviation":"J. Salts","issn":"1111-1111","essn":"2222-2222","nlmid":"0000001"}},"pageInfo":"101-10",)"
    R"("abstractText":"<h4>Objective</h4>To see.<h4>Results</h4>Mg<sup>2+</sup> rose.","language":"eng",)"
    R"("pubTypeList":{"pubType":["Journal Article","Review"]},"electronicPublicationDate":"2019-12-31",)"
    R"("meshHeadingList":{"meshHeading":[{"majorTopic_YN":"N","descriptorName":"Magnesium","meshQualifierList":)"
    R"({"meshQualifier":[{"abbreviation":"BL","qualifierName":"blood","majorTopic_YN":"Y"}]}}]},)"
    R"("chemicalList":{"chemical":[{"name":"Magnesium","registryNumber":"I38ZP9992A"}]},"keywordList":{"keyword":["salts"]},)"
    R"("grantsList":{"grant":[{"grantId":"G1","agency":"Fund","acronym":"F","orderIn":0}]},)"
    R"("commentCorrectionList":{"commentCorrection":[{"id":"90000002","source":"MED","reference":"J Salts. 2021","type":"Retraction in"}]},)"
    R"("subsetList":{"subset":[{"code":"IM","name":"Index Medicus"}]},"dateOfRevision":"2021-01-02","isOpenAccess":"Y")";

TEST(EuropePmc, AWholeResult) {
  const Record r = Read(kWholeFields);
  EXPECT_EQ(r.source, "europepmc");
  EXPECT_EQ(r.source_id, "MED/90000001");
  EXPECT_EQ(r.FindIdentifier("pmid")->value, "90000001");
  EXPECT_EQ(r.FindIdentifier("pmcid")->value, "PMC9000001");
  EXPECT_EQ(r.FindIdentifier("doi")->value, "10.5555/salt.1");
  EXPECT_EQ(r.title.text, "Magnesium in vivo.");
  EXPECT_THAT(SectionTexts(r.abstract_sections), ElementsAre("Objective: To see.", "Results: Mg2+ rose."));
  ASSERT_EQ(r.authors.size(), 2U);
  EXPECT_EQ(r.authors[0].last_name, "Doe");
  EXPECT_EQ(r.authors[0].initials, "A");
  EXPECT_EQ(r.authors[0].orcid, "0000-0002-1825-0097");
  EXPECT_EQ(r.authors[0].affiliations[0].text, "Dept of Salts");
  EXPECT_EQ(r.authors[1].collective_name, "MAG Group");
  EXPECT_EQ(r.journal.title, "Journal of Salts");
  EXPECT_EQ(r.journal.medline_ta, "J Salts");
  EXPECT_EQ(r.journal.issn_electronic, "2222-2222");
  EXPECT_EQ(r.journal.volume, "12");
  EXPECT_EQ(r.end_page, "110");
  EXPECT_EQ(r.Date("print")->iso, "2020-03");
  EXPECT_EQ(r.PublicationDate()->iso, "2019-12-31");
  EXPECT_EQ(r.Date("revised")->iso, "2021-01-02");
  EXPECT_EQ(r.publication_types[1].name, "Review");
  ASSERT_EQ(r.mesh_headings.size(), 1U);
  EXPECT_TRUE(r.mesh_headings[0].Major());
  EXPECT_EQ(r.mesh_headings[0].qualifiers[0].name, "blood");
  EXPECT_EQ(r.chemicals[0].registry_number, "I38ZP9992A");
  EXPECT_EQ(r.keywords[0].text.text, "salts");
  EXPECT_EQ(r.grants[0].acronym, "F");
  EXPECT_EQ(r.related[0].ref_type, "RetractionIn");
  EXPECT_EQ(r.related[0].pmid, "90000002");
  EXPECT_TRUE(r.IsRetracted());
  EXPECT_THAT(r.citation_subsets, ElementsAre("IM"));
}

TEST(EuropePmc, APreprintHasNoPmidAndADateAllTheSame) {
  const Record r =
      OnlyParsed(ParseEuropePmc(Results(
                     R"({"id":"PPR1","source":"PPR","doi":"10.5555/p","firstPublicationDate":"2020-05-04",)"
                     R"("bookOrReportDetails":{"publisher":"Server","yearOfPublication":2020},"versionNumber":2,)"
                     R"("pubTypeList":{"pubType":["Preprint"]},"commentCorrectionList":{"commentCorrection":)"
                     R"([{"id":"90000003","source":"MED","type":"Preprint of"}]}})")))
          .record;
  EXPECT_EQ(r.source_id, "PPR/PPR1");
  EXPECT_EQ(r.FindIdentifier("pmid"), nullptr);
  EXPECT_EQ(r.PublicationDate()->iso, "2020-05-04");
  EXPECT_EQ(r.type, RecordType::kArticle);
  EXPECT_EQ(r.version, 2);
  EXPECT_EQ(r.related[0].ref_type, "UpdateIn");
}

TEST(EuropePmc, LiteAnswersHaveAuthorsAndTypesInOneString) {
  const Record r = Read(
      R"("authorString":"Doe A, Van der Roe BC, Plato.","pubType":"journal article; review","journalTitle":"J Salts","pubYear":"2020")");
  ASSERT_EQ(r.authors.size(), 3U);
  EXPECT_EQ(r.authors[0].initials, "A");
  EXPECT_EQ(r.authors[1].last_name, "Van der Roe");
  EXPECT_EQ(r.authors[1].initials, "BC");
  EXPECT_EQ(r.authors[2].last_name, "Plato");
  ASSERT_EQ(r.publication_types.size(), 2U);
  EXPECT_EQ(r.publication_types[1].name, "review");
  EXPECT_EQ(r.journal.title, "J Salts");
  EXPECT_EQ(r.PublicationDate()->iso, "2020");
}

TEST(EuropePmc, OneBadResultCostsOneRecord) {
  const std::vector<Item> items =
      ParseEuropePmc(Results(R"({"id":"1","source":"MED"},null,{"id":"2"},{"source":"MED"},{"id":3,"source":"MED"})"));
  ASSERT_EQ(items.size(), 5U);
  EXPECT_EQ(std::get<Problem>(items[1]).code, "bad-record");
  EXPECT_EQ(std::get<Problem>(items[2]).code, "no-id");
  EXPECT_EQ(std::get<Problem>(items[3]).code, "no-id");
  EXPECT_EQ(std::get<ParsedRecord>(items[4]).record.source_id, "MED/3");
}

TEST(EuropePmc, AnIdentifierThatIsNoneIdentifiesNothing) {
  const ParsedRecord parsed = OnlyParsed(ParseEuropePmc(Result(R"("doi":"see publisher","pmid":"x")")));
  EXPECT_EQ(parsed.record.FindIdentifier("doi"), nullptr);
  EXPECT_EQ(parsed.record.FindIdentifier("pmid"), nullptr);
  EXPECT_EQ(parsed.warnings.size(), 2U);
}

TEST(EuropePmc, TheArticleRouteHasOneResult) {
  EXPECT_EQ(OnlyParsed(ParseEuropePmc(R"({"version":"6.9","hitCount":1,"result":{"id":"5","source":"MED"}})"))
                .record.source_id,
            "MED/5");
  EXPECT_EQ(OnlyProblem(ParseEuropePmc(R"({"version":"6.9","hitCount":0,"request":{}})")).code, "not-found");
}

TEST(EuropePmc, WhatIsNoAnswerIsOneProblemThatSaysWhat) {
  const struct {
    const char *body, *code, *says;
  } kCases[] = {
      {R"({"errCode":404,"errMsg":"Invalid page size"})", "error-answer", "Invalid page size"},
      {R"({"version":"6.9"})", "unexpected-answer", "cursor"},
      {R"({"version":"6.9","hitCount":5,"resultList":{"result":"x"}})", "unexpected-answer", "no results"},
      {"<html>502</html>", "html-answer", "502"},
      {"", "empty-answer", "empty"},
      {R"({"version":)", "broken-json", "cut"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.body);
    const Problem problem = OnlyProblem(ParseEuropePmc(c.body));
    EXPECT_EQ(problem.code, c.code);
    EXPECT_THAT(problem.message, HasSubstr(c.says));
  }
  EXPECT_THAT(ParseEuropePmc(R"({"version":"6.9","hitCount":0,"resultList":{"result":[]}})"), IsEmpty());
}

TEST(EuropePmc, ACutAnswerIsAProblemAtEveryByte) {
  testing::ExpectCutsAreProblems(ParseEuropePmc, Result(kWholeFields));
}

TEST(EuropePmc, NoMutationOfTypesDoesHarm) {
  testing::ExpectMutationsAreSafe(ParseEuropePmc, Result(kWholeFields), 3000);
}

}  // namespace
}  // namespace litmill::parse
