// SPDX-License-Identifier: Apache-2.0
// All data here is made up.
#include <gmock/gmock.h>

#include "tests/parse/json_test_support.h"

namespace litmill::parse {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::OnlyParsed;
using testing::OnlyProblem;

std::string Results(const std::string& entries) {
  return R"({"search-results":{"opensearch:totalResults":"2","opensearch:startIndex":"0","link":[],"entry":[)" +
         entries + "]}}";
}
std::string Entry(const std::string& fields) {
  return Results(R"({"@_fa":"true","eid":"2-s2.0-90000001")" + (fields.empty() ? "" : "," + fields) + "}");
}
Record Read(const std::string& fields) {
  const ParsedRecord parsed = OnlyParsed(ParseScopus(Entry(fields)));
  for (const Problem& w : parsed.warnings) ADD_FAILURE() << w.code << ": " << w.message;
  return parsed.record;
}
std::vector<std::string> Keywords(const Record& r) {
  std::vector<std::string> found;
  for (const Keyword& k : r.keywords) found.push_back(k.owner + " " + k.text.text);
  return found;
}

const char* const kComplete =
    R"("dc:identifier":"SCOPUS_ID:90000001","prism:doi":"10.5555/Salt.1","pubmed-id":"90000002","pii":"S1","article-number":"2216",)"
    R"("dc:title":"Salts &amp; H&lt;sub&gt;2&lt;/sub&gt;O: p &lt; 0.05","dc:creator":"Doe A.","dc:description":"Salt &lt; water.",)"
    R"("author":[{"@_fa":"true","@seq":"1","authid":"7001","orcid":"0000-0002-1825-0097","authname":"Doe A.B.","surname":"Doe",)"
    R"("given-name":"Ada B.","initials":"A.B.","afid":[{"@_fa":"true","$":"6001"}]},{"authname":"van der Roe J.-P.","afid":[{"$":"6002"}]}],)"
    R"("author-count":{"@limit":"100","@total":"2","$":"2"},)"
    R"("affiliation":[{"afid":"6001","affilname":"Salt U &amp; Co","affiliation-city":"Brine","affiliation-country":"Saltland"},{"afid":"6003","affilname":"Nobody's"}],)"
    R"("prism:publicationName":"Journal of Salts","prism:issn":"11111111","prism:eIssn":"2222222X","prism:volume":"17",)"
    R"("prism:issueIdentifier":"13","prism:pageRange":null,"prism:coverDate":"2025-07-01","prism:coverDisplayDate":"July 2025",)"
    R"("authkeywords":"salt | brine | H2O","fund-acr":"SF","fund-no":"undefined","fund-sponsor":"Salt Fund","subtype":"re",)"
    R"("subtypeDescription":"Review","prism:aggregationType":"Journal","openaccess":"1","openaccessFlag":true,)"
    R"("freetoreadLabel":{"value":[{"$":"All Open Access"},{"$":"Gold"}]},"citedby-count":"3")";

TEST(Scopus, AnEntryOfTheCompleteView) {
  const Record r = Read(kComplete);
  EXPECT_EQ(r.source, "scopus");
  EXPECT_EQ(r.source_id, "2-s2.0-90000001");
  EXPECT_EQ(r.FindIdentifier("scopus")->value, "2-s2.0-90000001");
  EXPECT_EQ(r.FindIdentifier("doi")->value, "10.5555/salt.1");
  EXPECT_EQ(r.FindIdentifier("pmid")->value, "90000002");
  EXPECT_EQ(r.FindIdentifier("pii")->value, "S1");
  EXPECT_EQ(r.title.text, "Salts & H2O: p < 0.05");
  EXPECT_EQ(r.abstract_sections[0].body.text, "Salt < water.");
  ASSERT_EQ(r.authors.size(), 2U);
  EXPECT_EQ(r.authors[0].last_name, "Doe");
  EXPECT_EQ(r.authors[0].fore_name, "Ada B.");
  EXPECT_EQ(r.authors[0].initials, "AB");
  EXPECT_EQ(r.authors[0].orcid, "0000-0002-1825-0097");
  EXPECT_EQ(r.authors[0].affiliations[0].text, "Salt U & Co, Brine, Saltland");
  EXPECT_EQ(r.authors[1].last_name, "van der Roe");
  EXPECT_EQ(r.authors[1].initials, "JP");
  EXPECT_TRUE(r.authors_complete);
  EXPECT_EQ(r.other_names[0].value, "Nobody's");
  EXPECT_EQ(r.journal.issn_print, "1111-1111");
  EXPECT_EQ(r.journal.issn_electronic, "2222-222X");
  EXPECT_EQ(r.journal.issue, "13");
  EXPECT_EQ(r.pages, "2216");
  EXPECT_EQ(r.Date("print")->iso, "2025-07");
  EXPECT_THAT(Keywords(r), ElementsAre("NOTNLM salt", "NOTNLM brine", "NOTNLM H2O"));
  ASSERT_EQ(r.grants.size(), 1U);
  EXPECT_EQ(r.grants[0].id, "");
  EXPECT_EQ(r.grants[0].acronym, "SF");
  EXPECT_EQ(r.publication_types[0].name, "Review");
}

TEST(Scopus, TheStandardViewNamesTheFirstAuthorOnly) {
  for (const char* const creator : {"Doe A.B.", "Doe, A.B."}) {
    const Record r = Read(R"("dc:creator":")" + std::string(creator) + R"(")");
    EXPECT_EQ(r.authors[0].last_name, "Doe") << creator;
    EXPECT_EQ(r.authors[0].initials, "AB") << creator;
    EXPECT_FALSE(r.authors_complete);
  }
}

TEST(Scopus, AListOfAuthorsThatEndsAtTheLimitIsNotComplete) {
  EXPECT_FALSE(Read(R"("author":[{"surname":"Doe"}],"author-count":{"@limit":"1","$":"1"})").authors_complete);
  EXPECT_FALSE(Read(R"("author":[{"surname":"Doe"}],"author-count":{"@limit":"100","@total":"3"})").authors_complete);
  EXPECT_TRUE(Read(R"("author":[{"surname":"Doe"}],"author-count":{"@limit":"100","$":"1"})").authors_complete);
}

TEST(Scopus, TheNumberStandsForAMissingEid) {
  const Record r = OnlyParsed(ParseScopus(Results(R"({"dc:identifier":"SCOPUS_ID:77"})"))).record;
  EXPECT_EQ(r.source_id, "2-s2.0-77");
  EXPECT_EQ(OnlyProblem(ParseScopus(Results(R"({"citedby-count":"77"})"))).code, "no-id");
}

TEST(Scopus, DatesInTheirForms) {
  const struct {
    const char *fields, *iso;
  } kCases[] = {{R"("prism:coverDate":"2021-01-01","prism:coverDisplayDate":"2021")", "2021"},
                {R"("prism:coverDate":"2021-01-31","prism:coverDisplayDate":"31 January 2021")", "2021-01-31"},
                {R"("prism:coverDate":[{"$":"2020-01-01"}])", "2020-01-01"},
                {R"("prism:coverDate":"2019-07-01","prism:coverDisplayDate":"Summer of salts")", "2019-07-01"},
                {R"("prism:coverDate":"2019-07-01","prism:coverDisplayDate":"May 2018")", "2019-07-01"}};
  for (const auto& c : kCases) EXPECT_EQ(Read(c.fields).Date("print")->iso, c.iso) << c.fields;
}

TEST(Scopus, IsbnsAsListAndAsText) {
  for (const char* const isbn : {R"([{"@_fa":"true","$":"9780000000001"}])", R"("9780000000001")"}) {
    const Record r = Read(R"("subtype":"ch","prism:publicationName":"Big Salts","prism:isbn":)" + std::string(isbn));
    ASSERT_TRUE(r.book);
    EXPECT_EQ(r.book->title, "Big Salts");
    EXPECT_THAT(r.book->isbns, ElementsAre("9780000000001"));
  }
}

TEST(Scopus, ARetractedWorkByItsType) {
  EXPECT_TRUE(Read(R"("subtypeDescription":"Retracted","subtype":"tb")").IsRetracted());
}

TEST(Scopus, AnAbstractByItself) {
  const ParsedRecord parsed = OnlyParsed(ParseScopus(
      R"({"abstracts-retrieval-response":{"coredata":{"eid":"2-s2.0-5","dc:title":"Salts","dc:description":"Text.",)"
      R"("dc:creator":{"author":[{"ce:surname":"Doe"}]},"prism:startingPage":"1","prism:endingPage":"9"},)"
      R"("authors":{"author":[{"@auid":"1","ce:surname":"Doe","ce:given-name":"Ada","ce:initials":"A.","affiliation":{"@id":"6"}}]},)"
      R"("affiliation":{"@id":"6","affilname":"Salt U"},"language":{"@xml:lang":"ger"},)"
      R"("authkeywords":{"author-keyword":[{"@_fa":"true","$":"salt"}]},"idxterms":{"mainterm":[{"$":"Sodium Chloride","@weight":"b"}]}}})"));
  EXPECT_TRUE(parsed.warnings.empty());
  const Record& r = parsed.record;
  EXPECT_EQ(r.source_id, "2-s2.0-5");
  EXPECT_EQ(r.authors[0].fore_name, "Ada");
  EXPECT_EQ(r.authors[0].affiliations[0].text, "Salt U");
  EXPECT_EQ(r.pages, "1-9");
  EXPECT_THAT(r.languages, ElementsAre("ger"));
  EXPECT_THAT(Keywords(r), ElementsAre("NOTNLM salt", "SCOPUS Sodium Chloride"));
}

TEST(Scopus, AnEmptyResultIsOneEntryThatSaysSo) {
  EXPECT_TRUE(ParseScopus(Results(R"({"@_fa":"true","error":"Result set was empty"})")).empty());
  EXPECT_TRUE(ParseScopus(R"({"search-results":{"opensearch:totalResults":"0"}})").empty());
}

TEST(Scopus, Refusals) {
  const struct {
    const char *body, *code, *text;
  } kCases[] = {
      {R"({"service-error":{"status":{"statusCode":"INVALID_INPUT","statusText":"Error translating query"}}})",
       "error-answer", "Error translating query"},
      {R"({"service-error":{"status":{"statusCode":"RESOURCE_NOT_FOUND","statusText":"gone"}}})", "not-found", "gone"},
      {R"({"error-response":{"error-code":"TOO_MANY_REQUESTS","error-message":"Quota"}})", "error-answer", "Quota"},
      {R"({"fault":{"faultstring":"Bad key","detail":{"errorcode":"oauth"}}})", "error-answer", "Bad key"},
      {R"({"message":"no Route matched"})", "error-answer", "Route"},
      {R"({"search-results":{"opensearch:totalResults":"5"}})", "unexpected-answer", "Scopus"}};
  for (const auto& c : kCases) {
    const Problem problem = OnlyProblem(ParseScopus(c.body));
    EXPECT_EQ(problem.code, c.code) << c.body;
    EXPECT_THAT(problem.message, HasSubstr(c.text));
  }
}

TEST(Scopus, CutAndMutatedAnswers) {
  testing::ExpectCutsAreProblems(ParseScopus, Entry(kComplete));
  testing::ExpectMutationsAreSafe(ParseScopus, Entry(kComplete), 400);
}

}  // namespace
}  // namespace litmill::parse
