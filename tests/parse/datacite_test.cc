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

std::string Entry(const std::string& attributes) {
  return R"({"id":"10.5555/salt.1","type":"dois","attributes":{"doi":"10.5555/SALT.1")" +
         (attributes.empty() ? "" : "," + attributes) + R"(},"relationships":{}})";
}
std::string Answer(const std::string& attributes) { return R"({"data":)" + Entry(attributes) + "}"; }
Record Read(const std::string& attributes) {
  const ParsedRecord parsed = OnlyParsed(ParseDataCite(Answer(attributes)));
  for (const Problem& w : parsed.warnings) ADD_FAILURE() << w.code << ": " << w.message;
  return parsed.record;
}
std::vector<std::string> Others(const Record& record, std::string_view kind) {
  std::vector<std::string> values;
  for (const OtherName& o : record.other_names)
    if (o.kind == kind) values.push_back(o.value);
  return values;
}

const char* const kWholeAttributes =
    R"("identifiers":[{"identifier":"https://doi.org/10.5555/salt.1","identifierType":"DOI"},)"
    R"({"identifier":"0000.00001","identifierType":"arXiv"}],"creators":[{"name":"Doe, Ada","nameType":"Personal",)"
    R"("givenName":"Ada","familyName":"Doe","affiliation":["Dept of Salts",{"name":"Other Dept","affiliationIdentifier":)"
    R"("https://ror.org/0","affiliationIdentifierScheme":"ROR"}],"nameIdentifiers":[{"nameIdentifier":)"
    R"("https://orcid.org/0000-0002-1825-0097","nameIdentifierScheme":"ORCID"}]},{"name":"MAG Group","nameType":)"
    R"("Organizational"}],"titles":[{"title":"Sous-titre","titleType":"Subtitle"},{"title":"Salt <i>data</i>"},)"
    R"({"title":"Donn\u00e9es","titleType":"TranslatedTitle","lang":"fr"}],"publisher":"Archive","publicationYear":2020,)"
    R"("subjects":[{"subject":"salts"},{"subject":"Chemistry","subjectScheme":"OECD"}],"contributors":[{"name":"Ed, I",)"
    R"("nameType":"Personal","contributorType":"Editor"},{"name":"Host","contributorType":"HostingInstitution"}],)"
    R"("dates":[{"date":"2020","dateType":"Issued"},{"date":"2020-03-04","dateType":"Issued"},)"
    R"({"date":"2019-01-02/2019-02-03","dateType":"Collected"}],"language":"en","types":{"resourceTypeGeneral":"Dataset",)"
    R"("resourceType":"Table"},"relatedIdentifiers":[{"relatedIdentifier":"10.5555/Paper","relatedIdentifierType":"DOI",)"
    R"("relationType":"IsSupplementTo"},{"relatedIdentifier":"10.5555/CITED","relatedIdentifierType":"DOI","relationType":)"
    R"("References"},{"relatedIdentifier":"90000001","relatedIdentifierType":"PMID","relationType":"IsCitedBy"}],)"
    R"("rightsList":[{"rights":"CC","rightsUri":"http://cc","rightsIdentifier":"cc-by-4.0"}],"descriptions":)"
    R"([{"description":"Mg<sup>2+</sup> table.","descriptionType":"Abstract"},{"description":"How.","descriptionType":)"
    R"("Methods","lang":"en"}],"fundingReferences":[{"funderName":"Fund","awardNumber":"A1"}],"container":{"type":"Series",)"
    R"("title":"J Salts","identifier":"1111-1111","identifierType":"ISSN","volume":"1","issue":"2","firstPage":"101",)"
    R"("lastPage":"110"},"created":"2020-03-05T01:02:03Z","updated":"2021-01-01T00:00:00.000Z","viewCount":3)";

TEST(DataCite, AWholeRecord) {
  const Record r = Read(kWholeAttributes);
  EXPECT_EQ(r.source, "datacite");
  EXPECT_EQ(r.source_id, "10.5555/salt.1");
  EXPECT_EQ(r.title.text, "Salt data");
  EXPECT_THAT(Others(r, "subtitle"), ElementsAre("Sous-titre"));
  EXPECT_THAT(Others(r, "translated-title"), ElementsAre("Donn\xC3\xA9"
                                                         "es"));
  ASSERT_EQ(r.authors.size(), 3U);
  EXPECT_EQ(r.authors[0].last_name, "Doe");
  EXPECT_EQ(r.authors[0].orcid, "0000-0002-1825-0097");
  ASSERT_EQ(r.authors[0].affiliations.size(), 2U);
  EXPECT_EQ(r.authors[0].affiliations[1].identifiers[0].value, "https://ror.org/0");
  EXPECT_EQ(r.authors[1].collective_name, "MAG Group");
  EXPECT_EQ(r.authors[2].role, PersonRole::kEditor);
  EXPECT_EQ(r.authors[2].last_name, "Ed");
  EXPECT_THAT(Others(r, "contributor"), ElementsAre("Host"));
  EXPECT_EQ(r.PublicationDate()->iso, "2020-03-04");
  EXPECT_EQ(r.Date("collected")->iso, "2019-01-02");
  EXPECT_EQ(r.Date("collected")->iso_end, "2019-02-03");
  EXPECT_EQ(r.Date("created")->iso, "2020-03-05");
  EXPECT_EQ(r.Date("revised")->iso, "2021-01-01");
  EXPECT_THAT(r.languages, ElementsAre("eng"));
  EXPECT_EQ(r.publication_types[0].name, "Dataset");
  EXPECT_THAT(SectionTexts(r.abstract_sections), ElementsAre(": Mg2+ table."));
  ASSERT_EQ(r.other_abstracts.size(), 1U);
  EXPECT_EQ(r.other_abstracts[0].type, "Methods");
  EXPECT_EQ(r.other_abstracts[0].language, "eng");
  EXPECT_EQ(r.keywords[0].owner, "DataCite");
  EXPECT_EQ(r.keywords[1].owner, "OECD");
  EXPECT_EQ(r.grants[0].id, "A1");
  EXPECT_EQ(r.journal.title, "J Salts");
  EXPECT_EQ(r.journal.issn_print, "1111-1111");
  EXPECT_EQ(r.pages, "101-110");
  EXPECT_THAT(Others(r, "license"), ElementsAre("http://cc"));
  ASSERT_EQ(r.related.size(), 2U);
  EXPECT_EQ(r.related[0].ref_type, "IsSupplementTo");
  EXPECT_EQ(r.related[0].doi, "10.5555/paper");
  EXPECT_EQ(r.related[1].pmid, "90000001");
}

TEST(DataCite, OnlyItsOwnIdentifiersAreTheRecords) {
  const Record r = Read(kWholeAttributes);
  ASSERT_EQ(r.identifiers.size(), 2U);
  EXPECT_EQ(r.identifiers[0].value, "10.5555/salt.1");
  EXPECT_EQ(r.identifiers[1].scheme, "arxiv");
  ASSERT_EQ(r.references.size(), 1U);
  EXPECT_EQ(r.references[0].identifiers[0].value, "10.5555/cited");
}

TEST(DataCite, TheTitleIsTheFirstThatSaysSomething) {
  const struct {
    const char *titles, *title;
  } kCases[] = {
      {R"({"title":""},{"title":"Salt"})", "Salt"},
      {R"({"title":null},{"title":"Salt"})", "Salt"},
      {R"({"title":"Sub","titleType":"Subtitle"},{"title":"Salt"})", "Salt"},
      {R"({"title":"Autre","titleType":"TranslatedTitle"})", "Autre"},
      {R"({})", ""},
  };
  for (const auto& c : kCases)
    EXPECT_EQ(Read(std::string(R"("titles":[)") + c.titles + "]").title.text, c.title) << c.titles;
}

TEST(DataCite, DatesTable) {
  const struct {
    const char *attributes, *publication;
  } kCases[] = {
      {R"("publicationYear":2012)", "2012"},
      {R"("publicationYear":"2012")", "2012"},
      {R"("publicationYear":null,"dates":null)", ""},
      {R"("dates":[{"date":"2012-05","dateType":"Issued"}],"publicationYear":2011)", "2012-05"},
      {R"("dates":[{"date":"2012-05-06T07:08:09Z","dateType":"Issued"}])", "2012-05-06"},
      {R"("dates":[{"date":"2012-05-06 07:08:09","dateType":"Issued"}])", "2012-05-06"},
      {R"("dates":[{"date":"2012-05-06","dateType":"Available"}],"publicationYear":2011)", "2011"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.attributes);
    const Record r = Read(c.attributes);
    EXPECT_EQ(r.PublicationDate() == nullptr ? "" : r.PublicationDate()->iso, c.publication);
  }
}

TEST(DataCite, NamesTable) {
  const struct {
    const char *creator, *last, *fore, *collective;
  } kCases[] = {
      {R"({"name":"Doe, Ada","nameType":"Personal"})", "Doe", "Ada", ""},
      {R"({"name":"Plato","nameType":"Personal"})", "Plato", "", ""},
      {R"({"name":"University of Salt, Dept A"})", "", "", "University of Salt, Dept A"},
      {R"({"name":"Doe, Ada","givenName":"Ada","familyName":"Doe"})", "Doe", "Ada", ""},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.creator);
    const Record r = Read(std::string(R"("creators":[)") + c.creator + "]");
    ASSERT_EQ(r.authors.size(), 1U);
    EXPECT_EQ(r.authors[0].last_name, c.last);
    EXPECT_EQ(r.authors[0].fore_name, c.fore);
    EXPECT_EQ(r.authors[0].collective_name, c.collective);
  }
}

TEST(DataCite, APublisherMayBeAnObject) {
  EXPECT_THAT(Others(Read(R"("publisher":{"name":"Archive"})"), "publisher"), ElementsAre("Archive"));
}

TEST(DataCite, OneBadEntryCostsOneRecord) {
  const std::vector<Item> items =
      ParseDataCite(R"({"data":[)" + Entry("") + R"(,5,{"type":"clients","attributes":{}},)" +
                    R"({"type":"dois","attributes":{"doi":"none"}},)" + Entry("") + "]}");
  ASSERT_EQ(items.size(), 5U);
  EXPECT_TRUE(std::holds_alternative<ParsedRecord>(items[0]));
  EXPECT_EQ(std::get<Problem>(items[1]).code, "bad-record");
  EXPECT_EQ(std::get<Problem>(items[2]).code, "bad-record");
  EXPECT_EQ(std::get<Problem>(items[3]).code, "no-doi");
  EXPECT_EQ(std::get<ParsedRecord>(items[4]).position.ordinal, 5U);
}

TEST(DataCite, WhatIsNoAnswerIsOneProblemThatSaysWhat) {
  const struct {
    const char *body, *code, *says;
  } kCases[] = {
      {R"({"errors":[{"status":"404","title":"No such resource."}]})", "not-found", "No such resource"},
      {R"({"errors":[{"status":"400","title":"Bad query."}]})", "error-answer", "Bad query"},
      {R"({"data":{"id":"x","type":"clients","attributes":{}}})", "unexpected-answer", "no DOI"},
      {R"({"data":{"id":"10.5555/1","type":"dois"}})", "unexpected-answer", "no DOI"},
      {"[1]", "unexpected-answer", "no DOI"},
      {"<html>503</html>", "html-answer", "503"},
      {"{\"data\":", "broken-json", "cut"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.body);
    const Problem problem = OnlyProblem(ParseDataCite(c.body));
    EXPECT_EQ(problem.code, c.code);
    EXPECT_THAT(problem.message, HasSubstr(c.says));
  }
  EXPECT_THAT(ParseDataCite(R"({"data":[],"meta":{"total":0}})"), IsEmpty());
}

TEST(DataCite, ACutAnswerIsAProblemAtEveryByte) {
  testing::ExpectCutsAreProblems(ParseDataCite, Answer(kWholeAttributes));
}

TEST(DataCite, NoMutationOfTypesDoesHarm) {
  testing::ExpectMutationsAreSafe(ParseDataCite, Answer(kWholeAttributes), 3000);
}

}  // namespace
}  // namespace litmill::parse
