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
using testing::SectionTexts;

std::string Work(const std::string& fields) {
  return R"({"id":"https://openalex.org/W9000001")" + (fields.empty() ? "" : "," + fields) + "}";
}
Record Read(const std::string& fields) {
  const ParsedRecord parsed = OnlyParsed(ParseOpenAlex(Work(fields)));
  for (const Problem& w : parsed.warnings) ADD_FAILURE() << w.code << ": " << w.message;
  return parsed.record;
}

const char* const kWholeFields =
    R"("doi":"https://doi.org/10.5555/Salt.1","title":"Salts <i>in vivo</i>","display_name":"Salts in vivo",)"
    R"("ids":{"openalex":"https://openalex.org/W9000001","doi":"https://doi.org/10.5555/salt.1","mag":"77",)"
    R"("pmid":"https://pubmed.ncbi.nlm.nih.gov/90000001","pmcid":"https://www.ncbi.nlm.nih.gov/pmc/articles/9000001"},)"
    R"("publication_date":"2020-03-04","publication_year":2020,"created_date":"2020-04-01","updated_date":"2021-01-02T03:04:05.678901",)"
    R"("language":"de","type":"review","is_retracted":true,)"
    R"("authorships":[{"author":{"id":"https://openalex.org/A5","display_name":"Ada B. van der Doe","orcid":"https://orcid.org/0000-0002-1825-0097"},)"
    R"("institutions":[{"id":"https://openalex.org/I1","display_name":"Salt U","ror":"https://ror.org/01salt000"}],)"
    R"("affiliations":[{"raw_affiliation_string":"Dept of Salts, Salt U","institution_ids":["https://openalex.org/I1"]}]},)"
    R"({"author":{"display_name":"Plato"},"raw_affiliation_strings":["Academy"]}],)"
    R"("primary_location":{"source":{"display_name":"Journal of Salts","issn_l":"1111-1111","issn":["1111-1111","2222-2222"],)"
    R"("host_organization_name":"Salt Press"},"license":"cc-by","version":"publishedVersion"},)"
    R"("biblio":{"volume":"12","issue":"3","first_page":"101","last_page":"110"},)"
    R"("open_access":{"is_oa":true,"oa_status":"gold","oa_url":"https://example.org/salt.pdf"},)"
    R"("abstract_inverted_index":{"rose":[2],"Mg<sup>2+</sup>":[0,3],"fell.":[4],"levels":[1]},)"
    R"("mesh":[{"descriptor_ui":"D1","descriptor_name":"Magnesium","qualifier_ui":"Q1","qualifier_name":"blood","is_major_topic":false},)"
    R"({"descriptor_ui":"D1","descriptor_name":"Magnesium","qualifier_ui":"Q2","qualifier_name":"urine","is_major_topic":true},)"
    R"({"descriptor_ui":"D2","descriptor_name":"Humans","qualifier_ui":null,"qualifier_name":null,"is_major_topic":false}],)"
    R"("keywords":[{"id":"k","display_name":"Salt","score":0.5}],)"
    R"("awards":[{"funder_award_id":"G1","funder_display_name":"Fund"}],"funders":[{"display_name":"Fund"},{"display_name":"Other Fund"}],)"
    R"("referenced_works":["https://openalex.org/W9000002"],"referenced_works_count":1,"cited_by_count":4)";

TEST(OpenAlex, AWholeWork) {
  const Record r = Read(kWholeFields);
  EXPECT_EQ(r.source, "openalex");
  EXPECT_EQ(r.source_id, "W9000001");
  EXPECT_EQ(r.FindIdentifier("openalex")->value, "W9000001");
  EXPECT_EQ(r.FindIdentifier("doi")->value, "10.5555/salt.1");
  EXPECT_EQ(r.FindIdentifier("pmid")->value, "90000001");
  EXPECT_EQ(r.FindIdentifier("pmcid")->value, "PMC9000001");
  EXPECT_EQ(r.title.text, "Salts in vivo");
  EXPECT_EQ(r.title.markup, "Salts <i>in vivo</i>");
  EXPECT_THAT(SectionTexts(r.abstract_sections), ElementsAre(": Mg2+ levels rose Mg2+ fell."));
  ASSERT_EQ(r.authors.size(), 2U);
  EXPECT_EQ(r.authors[0].last_name, "van der Doe");
  EXPECT_EQ(r.authors[0].fore_name, "Ada B.");
  EXPECT_EQ(r.authors[0].orcid, "0000-0002-1825-0097");
  EXPECT_EQ(r.authors[0].affiliations[0].text, "Dept of Salts, Salt U");
  EXPECT_EQ(r.authors[0].affiliations[0].identifiers[0].value, "https://ror.org/01salt000");
  EXPECT_EQ(r.authors[1].last_name, "Plato");
  EXPECT_EQ(r.authors[1].affiliations[0].text, "Academy");
  EXPECT_THAT(r.languages, ElementsAre("ger"));
  EXPECT_EQ(r.journal.title, "Journal of Salts");
  EXPECT_EQ(r.journal.issn_linking, "1111-1111");
  EXPECT_EQ(r.journal.volume, "12");
  EXPECT_EQ(r.pages, "101-110");
  EXPECT_EQ(r.end_page, "110");
  EXPECT_EQ(r.PublicationDate()->iso, "2020-03-04");
  EXPECT_EQ(r.Date("revised")->iso, "2021-01-02");
  EXPECT_EQ(r.publication_types[0].name, "review");
  EXPECT_EQ(r.publication_types[0].ui, "");
  EXPECT_TRUE(r.IsRetracted());
  ASSERT_EQ(r.mesh_headings.size(), 2U);
  EXPECT_TRUE(r.mesh_headings[0].Major());
  ASSERT_EQ(r.mesh_headings[0].qualifiers.size(), 2U);
  EXPECT_EQ(r.mesh_headings[0].qualifiers[1].name, "urine");
  EXPECT_FALSE(r.mesh_headings[1].Major());
  EXPECT_EQ(r.keywords[0].owner, "OpenAlex");
  ASSERT_EQ(r.grants.size(), 2U);
  EXPECT_EQ(r.grants[0].id, "G1");
  EXPECT_EQ(r.grants[1].agency, "Other Fund");
  ASSERT_EQ(r.references.size(), 1U);
  EXPECT_EQ(r.references[0].identifiers[0].value, "W9000002");
  EXPECT_EQ(r.other_names[0].value, "2222-2222");
}

TEST(OpenAlex, AListAndItsBadWorks) {
  const std::vector<Item> items = ParseOpenAlex(
      R"({"meta":{"count":4},"results":[{"id":"https://openalex.org/W1"},7,{"id":"https://openalex.org/A2"},{"id":"w3"}]})");
  ASSERT_EQ(items.size(), 4U);
  EXPECT_EQ(std::get<ParsedRecord>(items[0]).record.source_id, "W1");
  EXPECT_EQ(std::get<Problem>(items[1]).code, "bad-record");
  EXPECT_EQ(std::get<Problem>(items[2]).code, "no-id");
  EXPECT_EQ(std::get<ParsedRecord>(items[3]).record.source_id, "W3");
  EXPECT_EQ(std::get<ParsedRecord>(items[3]).position.ordinal, 4U);
  EXPECT_TRUE(ParseOpenAlex(R"({"meta":{"count":0},"results":[]})").empty());
}

TEST(OpenAlex, NoAbstractIsNoSection) {
  for (const char* const none : {"null", "{}"})
    EXPECT_TRUE(Read(R"("abstract_inverted_index":)" + std::string(none)).abstract_sections.empty());
}

TEST(OpenAlex, GapsAndHugePlacesOfTheAbstractCostNothing) {
  const Record r = Read(R"("abstract_inverted_index":{"first":[3],"second":[9000000000000000000]})");
  EXPECT_EQ(r.abstract_sections[0].body.text, "first second");
}

TEST(OpenAlex, PlacesThatAreNoNumbersAreLeftOutAndNamed) {
  const ParsedRecord parsed =
      OnlyParsed(ParseOpenAlex(Work(R"("abstract_inverted_index":{"a":[0,-1,"x",1.5,null],"b":[1],"c":"2","d":7})")));
  EXPECT_EQ(parsed.record.abstract_sections[0].body.text, "a b");
  ASSERT_EQ(parsed.warnings.size(), 1U);
  EXPECT_EQ(parsed.warnings[0].code, "odd-value");
  EXPECT_THAT(parsed.warnings[0].message, HasSubstr("abstract_inverted_index"));
}

TEST(OpenAlex, AChapterStandsInABook) {
  const Record r =
      Read(R"("title":"On brine","type":"book-chapter","primary_location":{"source":{"display_name":"Big Salts"}})");
  EXPECT_EQ(r.type, RecordType::kBook);
  EXPECT_EQ(r.book->title, "Big Salts");
  EXPECT_EQ(r.journal.title, "");
}

TEST(OpenAlex, ATitleThatSaysRetractedIsWarnedOf) {
  const ParsedRecord parsed = OnlyParsed(ParseOpenAlex(Work(R"("title":"RETRACTED: Salts","is_retracted":false)")));
  EXPECT_FALSE(parsed.record.IsRetracted());
  EXPECT_EQ(parsed.warnings[0].code, "retracted-in-title");
}

TEST(OpenAlex, Refusals) {
  const struct {
    const char *body, *code;
  } kCases[] = {
      {R"({"error":"Invalid query parameters error.","message":"salt is not a valid field."})", "error-answer"},
      {R"({"error":"404 Not Found"})", "not-found"},
      {R"({"meta":{"count":1}})", "unexpected-answer"},
      {"<!doctype html><title>404 Not Found</title>", "html-answer"},
      {"", "empty-answer"}};
  for (const auto& c : kCases) EXPECT_EQ(OnlyProblem(ParseOpenAlex(c.body)).code, c.code) << c.body;
  EXPECT_THAT(OnlyProblem(ParseOpenAlex(kCases[0].body)).message, HasSubstr("not a valid field"));
}

TEST(OpenAlex, UnknownFieldsAreNamed) {
  const ParsedRecord parsed = OnlyParsed(ParseOpenAlex(Work(R"("saltiness":1)")));
  EXPECT_THAT(parsed.warnings[0].message, HasSubstr("saltiness"));
}

TEST(OpenAlex, CutAndMutatedAnswers) {
  testing::ExpectCutsAreProblems(ParseOpenAlex, Work(kWholeFields));
  testing::ExpectMutationsAreSafe(ParseOpenAlex, Work(kWholeFields), 400);
}

}  // namespace
}  // namespace litmill::parse
