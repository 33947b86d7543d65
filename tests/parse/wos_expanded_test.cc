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

std::string Answer(const std::string& recs) {
  return R"({"Data":{"Records":{"records":{"REC":)" + recs +
         R"(}}},"QueryResult":{"QueryID":1,"RecordsSearched":9,"RecordsFound":1}})";
}

const char* const kRec =
    R"({"UID":"WOS:000000000000001","dates":{"date_created":"2014-12-25T12:25:20.6","date_modified":"2020-08-21T14:35:08"},)"
    R"("static_data":{"summary":{"pub_info":{"coverdate":"NOV 2014","vol":28,"pubyear":2014,"issue":11,"sortdate":"2014-11-01","pubmonth":"NOV",)"
    R"("pubtype":"Journal","page":{"begin":1262,"end":1278,"page_count":17,"content":"1262-1278"}},)"
    R"("names":{"count":3,"name":[{"seq_no":1,"role":"author","last_name":"Doe","first_name":"Ada B.","display_name":"Doe, Ada B.","wos_standard":"Doe, AB",)"
    R"("orcid_id":"0000-0002-1825-0097","r_id":"A-1","addr_no":"1 2"},{"role":"corp","display_name":"Salt Group"},{"role":"book_editor","display_name":"Roe, Jane"}]},)"
    R"("doctypes":{"doctype":["Article","Retracted Publication"],"count":2},"titles":{"count":3,"title":[{"type":"source","content":"JOURNAL OF SALTS"},)"
    R"({"type":"abbrev_iso","content":"J. Salts"},{"type":"item","content":"Salts in H<sub>2</sub>O"}]},)"
    R"("publishers":{"publisher":{"names":{"name":{"role":"publisher","display_name":"SALT PRESS"}}}}},)"
    R"("item":{"keywords_plus":{"count":1,"keyword":"SEA WATER"}},"fullrecord_metadata":{)"
    R"("languages":{"count":1,"language":{"type":"primary","content":"French"}},"keywords":{"count":2,"keyword":["salt","brine"]},)"
    R"("abstracts":{"abstract":{"abstract_text":{"p":["To see.","Salt rose."],"count":2}}},)"
    R"("addresses":{"address_name":[{"address_spec":{"addr_no":1,"full_address":"Salt U, Brine"}},{"address_spec":{"addr_no":2,"full_address":"Sea Inst"}}]},)"
    R"("category_info":{"subjects":{"subject":[{"ascatype":"traditional","content":"Chemistry"},{"ascatype":"extended","content":"Chem"}]}},)"
    R"("refs":{"count":106},"fund_ack":{"grants":{"grant":{"grant_agency":"Salt Fund","grant_ids":{"grant_id":["G1","G2"]}}},"fund_text":{"p":"We thank."}}}},)"
    R"("dynamic_data":{"cluster_related":{"identifiers":{"identifier":[{"type":"issn","value":"1111-1111"},{"type":"eissn","value":"2222-2222"},)"
    R"({"type":"xref_doi","value":"10.5555/Salt.1"},{"type":"pmid","value":"MEDLINE:90000001"},{"type":"art_no","value":"ARTN 15"}]}}}})";

TEST(WebOfScienceExpanded, AWholeRecord) {
  const ParsedRecord parsed = OnlyParsed(ParseWebOfScienceExpanded(Answer("[" + std::string(kRec) + "]")));
  for (const Problem& w : parsed.warnings) ADD_FAILURE() << w.code << ": " << w.message;
  const Record& r = parsed.record;
  EXPECT_EQ(r.source, "wos");
  EXPECT_EQ(r.source_id, "WOS:000000000000001");
  EXPECT_EQ(r.FindIdentifier("doi")->value, "10.5555/salt.1");
  EXPECT_EQ(r.FindIdentifier("pmid")->value, "90000001");
  EXPECT_EQ(r.FindIdentifier("article-number")->value, "15");
  EXPECT_EQ(r.title.text, "Salts in H2O");
  EXPECT_THAT(SectionTexts(r.abstract_sections), ElementsAre(": To see.", ": Salt rose."));
  ASSERT_EQ(r.authors.size(), 3U);
  EXPECT_EQ(r.authors[0].last_name, "Doe");
  EXPECT_EQ(r.authors[0].fore_name, "Ada B.");
  EXPECT_EQ(r.authors[0].initials, "AB");
  EXPECT_EQ(r.authors[0].orcid, "0000-0002-1825-0097");
  ASSERT_EQ(r.authors[0].affiliations.size(), 2U);
  EXPECT_EQ(r.authors[0].affiliations[1].text, "Sea Inst");
  EXPECT_EQ(r.authors[1].collective_name, "Salt Group");
  EXPECT_EQ(r.authors[2].last_name, "Roe");
  EXPECT_EQ(r.authors[2].role, PersonRole::kEditor);
  EXPECT_THAT(r.languages, ElementsAre("fre"));
  EXPECT_EQ(r.journal.title, "JOURNAL OF SALTS");
  EXPECT_EQ(r.journal.iso_abbreviation, "J. Salts");
  EXPECT_EQ(r.journal.volume, "28");
  EXPECT_EQ(r.journal.issn_electronic, "2222-2222");
  EXPECT_EQ(r.pages, "1262-1278");
  EXPECT_EQ(r.Date("print")->iso, "2014-11");
  EXPECT_EQ(r.Date("revised")->iso, "2020-08-21");
  EXPECT_TRUE(r.IsRetracted());
  EXPECT_EQ(r.keywords[0].owner, "NOTNLM");
  EXPECT_EQ(r.keywords[2].owner, "KEYWORDS-PLUS");
  EXPECT_EQ(r.keywords[2].text.text, "SEA WATER");
  ASSERT_EQ(r.grants.size(), 2U);
  EXPECT_EQ(r.grants[1].id, "G2");
  EXPECT_EQ(r.grants[1].agency, "Salt Fund");
  EXPECT_EQ(r.number_of_references, "106");
}

TEST(WebOfScienceExpanded, OneRecordMayBeAnObject) {
  EXPECT_EQ(OnlyParsed(ParseWebOfScienceExpanded(Answer(kRec))).record.source_id, "WOS:000000000000001");
}

TEST(WebOfScienceExpanded, OneOfEverythingAndNoIdentifiers) {
  const Record r =
      OnlyParsed(ParseWebOfScienceExpanded(Answer(
                     R"({"UID":"WOS:1","static_data":{"summary":{"titles":{"title":{"type":"item","content":"Salts"}},)"
                     R"("names":{"name":{"role":"author","display_name":"Doe, A"}},"doctypes":{"doctype":"Article"}},)"
                     R"("fullrecord_metadata":{"abstracts":{"abstract":{"abstract_text":{"p":"Text."}}}}},)"
                     R"("dynamic_data":{"cluster_related":{"identifiers":""}}})")))
          .record;
  EXPECT_EQ(r.title.text, "Salts");
  EXPECT_EQ(r.authors[0].last_name, "Doe");
  EXPECT_EQ(r.abstract_sections[0].body.text, "Text.");
  EXPECT_EQ(r.FindIdentifier("doi"), nullptr);
}

TEST(WebOfScienceExpanded, NoHitsInTheirForms) {
  EXPECT_TRUE(
      ParseWebOfScienceExpanded(R"({"Data":{"Records":{"records":""}},"QueryResult":{"QueryID":1,"RecordsFound":0}})")
          .empty());
  EXPECT_TRUE(ParseWebOfScienceExpanded(
                  "{\"Data\":{\"Records\":<records>\n</records>},\"QueryResult\":{\"QueryID\":15,\"RecordsFound\":0}}")
                  .empty());
  EXPECT_TRUE(ParseWebOfScienceExpanded(Answer("[]")).empty());
}

TEST(WebOfScienceExpanded, Refusals) {
  const Problem refused =
      OnlyProblem(ParseWebOfScienceExpanded(R"({"code":400,"message":"Server.invalidInput: Search Error"})"));
  EXPECT_EQ(refused.code, "error-answer");
  EXPECT_THAT(refused.message, HasSubstr("Search Error"));
  EXPECT_EQ(OnlyProblem(ParseWebOfScienceExpanded(R"(["WOS:1","WOS:2"])")).code, "unexpected-answer");
  EXPECT_EQ(OnlyProblem(ParseWebOfScienceExpanded(R"(<response><map/></response>)")).code, "html-answer");
  EXPECT_EQ(OnlyProblem(ParseWebOfScienceExpanded(Answer(R"([{"static_data":{}}])"))).code, "no-id");
}

TEST(WebOfScienceExpanded, CutAndMutatedAnswers) {
  testing::ExpectCutsAreProblems(ParseWebOfScienceExpanded, Answer(kRec));
  testing::ExpectMutationsAreSafe(ParseWebOfScienceExpanded, Answer(kRec), 400);
}

}  // namespace
}  // namespace litmill::parse
