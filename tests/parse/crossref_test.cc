// SPDX-License-Identifier: Apache-2.0
// All data here is made up.
#include <gmock/gmock.h>

#include "tests/parse/json_test_support.h"

namespace litmill::parse {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::OnlyParsed;
using testing::OnlyProblem;
using testing::SectionTexts;

// A work with `fields` (members without the braces) beside its DOI, as /works/{doi} answers.
std::string Work(const std::string& fields) {
  return R"({"status":"ok","message-type":"work","message-version":"1.0.0","message":{"DOI":"10.5555/Synthetic.1")" +
         (fields.empty() ? "" : "," + fields) + "}}";
}

std::string WorkList(const std::string& items) {
  return R"({"status":"ok","message-type":"work-list","message":{"total-results":9,"items":[)" + items +
         R"(],"items-per-page":20,"next-cursor":"abc="}})";
}

ParsedRecord Parsed(const std::string& fields) { return OnlyParsed(ParseCrossref(Work(fields))); }
Record Read(const std::string& fields) {
  const ParsedRecord parsed = Parsed(fields);
  for (const Problem& w : parsed.warnings) ADD_FAILURE() << w.code << ": " << w.message;
  return parsed.record;
}

std::vector<std::string> Codes(const std::vector<Problem>& problems) {
  std::vector<std::string> codes;
  for (const Problem& p : problems) codes.push_back(p.code);
  return codes;
}

std::vector<std::string> Others(const Record& record, std::string_view kind) {
  std::vector<std::string> values;
  for (const OtherName& o : record.other_names)
    if (o.kind == kind) values.push_back(o.value);
  return values;
}

const char* const kWholeFields =
    R"("type":"journal-article","title":["Magnesium\n <i>in vivo</i>"],"subtitle":["A trial"],)"
    R"("abstract":"<jats:sec><jats:title>Background</jats:title><jats:p>Mg<jats:sup>2+</jats:sup> &amp; co.</jats:p></jats:sec>",)"
    R"("author":[{"given":"Ada","family":"Doe","suffix":"Jr","sequence":"first","ORCID":"http://orcid.org/0000-0002-1825-0097",)"
    R"("affiliation":[{"name":"Dept of Salts","id":[{"id":"https://ror.org/00000","id-type":"ROR"}]}]},{"name":"The MAG Group"}],)"
    R"("container-title":["Journal of Salts"],"ISSN":["1111-1111","2222-2222"],)"
    R"("issn-type":[{"value":"1111-1111","type":"print"},{"value":"2222-2222","type":"electronic"}],)"
    R"("volume":"12","issue":"3","page":"101-10","language":"en","published-print":{"date-parts":[[2020,3]]},)"
    R"("published-online":{"date-parts":[[2019,12,31]]},"issued":{"date-parts":[[2019,12,31]]},)"
    R"("funder":[{"name":"Fund","DOI":"10.13039/1","award":["A1","A2"]}],"license":[{"URL":"http://l","content-version":"vor"}],)"
    R"("reference":[{"key":"r1","DOI":"10.5555/CITED","unstructured":"Cited work."}],"references-count":1,)"
    R"("updated-by":[{"DOI":"10.5555/notice","type":"retraction","label":"Retraction","source":"retraction-watch",)"
    R"("updated":{"date-parts":[[2021,2,3]]},"record-id":7}],"clinical-trial-number":[{"clinical-trial-number":"nct00000001"}])";

TEST(Crossref, AWholeWork) {
  const Record r = Read(kWholeFields);
  EXPECT_EQ(r.source, "crossref");
  EXPECT_EQ(r.source_id, "10.5555/synthetic.1");
  ASSERT_NE(r.FindIdentifier("doi"), nullptr);
  EXPECT_EQ(r.FindIdentifier("doi")->raw, "10.5555/Synthetic.1");
  EXPECT_EQ(r.title.text, "Magnesium in vivo");
  EXPECT_THAT(Others(r, "subtitle"), ElementsAre("A trial"));
  EXPECT_THAT(SectionTexts(r.abstract_sections), ElementsAre("Background: Mg2+ & co."));
  ASSERT_EQ(r.authors.size(), 2U);
  EXPECT_EQ(r.authors[0].last_name, "Doe");
  EXPECT_EQ(r.authors[0].fore_name, "Ada");
  EXPECT_EQ(r.authors[0].suffix, "Jr");
  EXPECT_EQ(r.authors[0].orcid, "0000-0002-1825-0097");
  ASSERT_EQ(r.authors[0].affiliations.size(), 1U);
  EXPECT_EQ(r.authors[0].affiliations[0].text, "Dept of Salts");
  EXPECT_EQ(r.authors[0].affiliations[0].identifiers[0].scheme, "ROR");
  EXPECT_EQ(r.authors[1].collective_name, "The MAG Group");
  EXPECT_EQ(r.journal.title, "Journal of Salts");
  EXPECT_EQ(r.journal.issn_print, "1111-1111");
  EXPECT_EQ(r.journal.issn_electronic, "2222-2222");
  EXPECT_EQ(r.journal.volume, "12");
  EXPECT_EQ(r.journal.issue, "3");
  EXPECT_EQ(r.start_page, "101");
  EXPECT_EQ(r.end_page, "110");
  EXPECT_THAT(r.languages, ElementsAre("eng"));
  EXPECT_EQ(r.Date("print")->iso, "2020-03");
  EXPECT_EQ(r.PublicationDate()->iso, "2019-12-31");
  ASSERT_EQ(r.grants.size(), 2U);
  EXPECT_EQ(r.grants[1].id, "A2");
  EXPECT_EQ(r.grants[1].agency, "Fund");
  EXPECT_THAT(Others(r, "license"), ElementsAre("http://l"));
  ASSERT_EQ(r.accessions.size(), 1U);
  EXPECT_EQ(r.accessions[0].bank, "ClinicalTrials.gov");
  EXPECT_EQ(r.accessions[0].accession, "NCT00000001");
  EXPECT_TRUE(r.IsRetracted());
  ASSERT_EQ(r.related.size(), 1U);
  EXPECT_EQ(r.related[0].doi, "10.5555/notice");
  EXPECT_EQ(r.related[0].ref_source, "");
  EXPECT_EQ(r.related[0].note, "Retraction; retraction-watch; 2021-02-03; record 7");
}

TEST(Crossref, ACitedWorksDoiIsNeverTheRecords) {
  const Record r = Read(kWholeFields);
  ASSERT_EQ(r.references.size(), 1U);
  EXPECT_EQ(r.references[0].identifiers[0].value, "10.5555/cited");
  EXPECT_EQ(r.references[0].citation.text, "Cited work.");
  for (const Identifier& id : r.identifiers) EXPECT_NE(id.value, "10.5555/cited");
}

TEST(Crossref, AReferenceInPartsReadsLikeACitation) {
  const Record r = Read(
      R"("reference":[{"author":"Doe","article-title":"Salts","journal-title":"J Salts","year":2001,"volume":"5","issue":"2","first-page":"33"}])");
  EXPECT_EQ(r.references[0].citation.text, "Doe. Salts. J Salts. 2001;5(2):33");
}

TEST(Crossref, DatesTable) {
  const struct {
    const char *fields, *publication;
  } kCases[] = {
      {R"("issued":{"date-parts":[[2015]]})", "2015"},
      {R"("issued":{"date-parts":[[2015,6]]})", "2015-06"},
      {R"("issued":{"date-parts":[["2015","6","7"]]})", "2015-06-07"},
      {R"("issued":{"date-parts":[[null]]})", ""},
      {R"("issued":{"date-parts":[]})", ""},
      {R"("issued":{"date-parts":[[]]})", ""},
      {R"("issued":{"date-parts":null})", ""},
      {R"("issued":null)", ""},
      {R"("issued":{"date-parts":[[null]]},"published":{"date-parts":[[2014]]})", "2014"},
      {R"("issued":{"date-parts":[[2015]]},"published-print":{"date-parts":[[2016,2]]})", "2016-02"},
      {R"("type":"posted-content","posted":{"date-parts":[[2020,5,4]]},"issued":{"date-parts":[[2020,5,4]]})",
       "2020-05-04"},
      {R"("created":{"date-parts":[[2015,6,7]],"date-time":"2015-06-07T01:02:03Z"})", ""},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.fields);
    const Record r = Read(c.fields);
    EXPECT_EQ(r.PublicationDate() == nullptr ? "" : r.PublicationDate()->iso, c.publication);
  }
  EXPECT_EQ(Read(R"("created":{"date-parts":[[2015,6,7]]})").Date("created")->iso, "2015-06-07");
  EXPECT_EQ(Read(R"("assertion":[{"name":"received","value":"3 July 2016"}])").Date("received")->iso, "2016-07-03");
}

TEST(Crossref, UpdatesTable) {
  const struct {
    const char *key, *type, *ref_type;
    bool retracted;
  } kCases[] = {
      {"updated-by", "retraction", "RetractionIn", true},
      {"updated-by", "withdrawal", "RetractionIn", true},
      {"updated-by", "removal", "RetractionIn", true},
      {"updated-by", "partial_retraction", "PartialRetractionIn", false},
      {"updated-by", "expression_of_concern", "ExpressionOfConcernIn", false},
      {"updated-by", "Expression of concern", "ExpressionOfConcernIn", false},
      {"updated-by", "correction", "ErratumIn", false},
      {"updated-by", "new_version", "UpdateIn", false},
      {"update-to", "retraction", "RetractionOf", false},
      {"update-to", "erratum", "ErratumFor", false},
      {"update-to", "addendum", "UpdateOf", false},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.type);
    const Record r = Read(std::string("\"") + c.key + R"(":[{"DOI":"10.5555/Other","type":")" + c.type + "\"}]");
    ASSERT_EQ(r.related.size(), 1U);
    EXPECT_EQ(r.related[0].ref_type, c.ref_type);
    EXPECT_EQ(r.related[0].doi, "10.5555/other");
    EXPECT_EQ(r.IsRetracted(), c.retracted);
  }
  const Record notice = Read(R"("update-to":[{"DOI":"10.5555/o","type":"retraction"}])");
  ASSERT_EQ(notice.publication_types.size(), 1U);
  EXPECT_EQ(notice.publication_types[0].name, "Retraction of Publication");
}

TEST(Crossref, RelationsToPreprintsAndReviews) {
  const Record r = Read(
      R"("relation":{"cites":[],"is-preprint-of":[{"id-type":"doi","id":"10.5555/A","asserted-by":"subject"},)"
      R"({"id-type":"doi","id":"10.5555/a","asserted-by":"object"}],"is-part-of":[{"id-type":"issn","id":"1111-1111"}]})");
  ASSERT_EQ(r.related.size(), 2U);
  EXPECT_EQ(r.related[0].ref_type, "is-part-of");
  EXPECT_EQ(r.related[0].ref_source, "issn:1111-1111");
  EXPECT_EQ(r.related[1].ref_type, "UpdateIn");
  EXPECT_EQ(r.related[1].doi, "10.5555/a");
}

TEST(Crossref, ARetractionThatOnlyTheTitleTellsIsAWarning) {
  const ParsedRecord parsed = Parsed(R"("title":["RETRACTED: Salts"])");
  EXPECT_THAT(Codes(parsed.warnings), ElementsAre("retracted-in-title"));
  EXPECT_FALSE(parsed.record.IsRetracted());
}

TEST(Crossref, TypesTable) {
  const struct {
    const char *type, *name;
    RecordType record_type;
  } kCases[] = {{"journal-article", "Journal Article", RecordType::kArticle},
                {"posted-content", "Posted Content", RecordType::kArticle},
                {"book-chapter", "Book Chapter", RecordType::kBook},
                {"monograph", "Monograph", RecordType::kBook},
                {"dataset", "Dataset", RecordType::kArticle},
                {"never-seen", "never-seen", RecordType::kArticle}};
  for (const auto& c : kCases) {
    const Record r = Read(std::string(R"("type":")") + c.type + '"');
    ASSERT_EQ(r.publication_types.size(), 1U);
    EXPECT_EQ(r.publication_types[0].name, c.name);
    EXPECT_EQ(r.type, c.record_type);
  }
  const Record preprint = Read(R"("type":"posted-content","subtype":"preprint")");
  EXPECT_EQ(preprint.publication_types.back().name, "Preprint");
}

TEST(Crossref, AChapterKnowsItsBook) {
  const Record r = Read(
      R"("type":"book-chapter","title":["On salts"],"container-title":["The Book"],"publisher":"House",)"
      R"("ISBN":["http://id.crossref.org/isbn/9780000000002","9780000000003"],"editor":[{"family":"Ed","given":"I"}])");
  ASSERT_TRUE(r.book.has_value());
  EXPECT_EQ(r.book->title, "The Book");
  EXPECT_EQ(r.book->publisher, "House");
  EXPECT_THAT(r.book->isbns, ElementsAre("9780000000002", "9780000000003"));
  EXPECT_EQ(r.authors[0].role, PersonRole::kEditor);
  EXPECT_EQ(r.title.text, "On salts");
}

TEST(Crossref, PeopleTable) {
  const Record r = Read(
      R"("editor":[{"family":"Editor"}],"author":[{"given":"Plato"},{"name":"Group"},{"family":"Mu&#x00F1;oz","given":"A"}],)"
      R"("translator":[{"family":"T","given":"U"}])");
  ASSERT_EQ(r.authors.size(), 4U);
  EXPECT_EQ(r.authors[0].last_name, "Plato");
  EXPECT_EQ(r.authors[1].collective_name, "Group");
  EXPECT_EQ(r.authors[2].last_name, "Mu\xC3\xB1oz");
  EXPECT_EQ(r.authors[3].role, PersonRole::kEditor);
  EXPECT_THAT(Others(r, "translator"), ElementsAre("T, U"));
}

TEST(Crossref, AWrongOrcidIsKeptAsItCameOnly) {
  const ParsedRecord parsed = Parsed(R"("author":[{"family":"D","ORCID":"https://orcid.org/0000-0002-1825-0098"}])");
  EXPECT_EQ(parsed.record.authors[0].orcid, "");
  EXPECT_EQ(parsed.record.authors[0].identifiers.size(), 1U);
  EXPECT_THAT(Codes(parsed.warnings), ElementsAre("bad-orcid"));
}

TEST(Crossref, AnArticleNumberStandsInForPages) {
  const Record r = Read(R"("article-number":"e104")");
  EXPECT_EQ(r.pages, "e104");
  EXPECT_EQ(r.start_page, "e104");
}

TEST(Crossref, SiciDoisStayWhole) {
  const auto items = ParseCrossref(
      R"({"DOI":"10.1002/(SICI)1097-0000(1999)1:2<3::AID-X4>3.0.CO;2-Y","title":"CSL title","type":"article-journal"})");
  const Record r = OnlyParsed(items).record;
  EXPECT_EQ(r.source_id, "10.1002/(sici)1097-0000(1999)1:2<3::aid-x4>3.0.co;2-y");
  EXPECT_EQ(r.title.text, "CSL title");
}

TEST(Crossref, OneBadWorkCostsOneRecord) {
  const std::vector<Item> items =
      ParseCrossref(WorkList(R"({"DOI":"10.5555/1"},17,{"title":["No DOI"]},{"DOI":"nonsense"},{"DOI":"10.5555/2"})"));
  ASSERT_EQ(items.size(), 5U);
  EXPECT_EQ(std::get<ParsedRecord>(items[0]).record.source_id, "10.5555/1");
  EXPECT_EQ(std::get<Problem>(items[1]).code, "bad-record");
  EXPECT_EQ(std::get<Problem>(items[2]).code, "no-doi");
  EXPECT_EQ(std::get<Problem>(items[3]).code, "no-doi");
  EXPECT_EQ(std::get<ParsedRecord>(items[4]).position.ordinal, 5U);
}

TEST(Crossref, AListWithoutWorksIsSound) { EXPECT_THAT(ParseCrossref(WorkList("")), IsEmpty()); }

TEST(Crossref, OddValuesAreWarnedOfAndCostNothingElse) {
  const ParsedRecord parsed =
      Parsed(R"("title":"One string","volume":12,"issue":3.0,"page":["5-6"],"author":"nobody","publisher":{"x":1})");
  EXPECT_EQ(parsed.record.title.text, "One string");
  EXPECT_EQ(parsed.record.journal.volume, "12");
  EXPECT_EQ(parsed.record.journal.issue, "3");
  EXPECT_EQ(parsed.record.pages, "5-6");
  ASSERT_THAT(Codes(parsed.warnings), ElementsAre("odd-value"));
  EXPECT_THAT(parsed.warnings[0].message, HasSubstr("author"));
  EXPECT_THAT(parsed.warnings[0].message, HasSubstr("publisher"));
}

TEST(Crossref, OfManyBadReferencesAFewAreNamedAndAllCounted) {
  std::string references;
  for (int i = 0; i < 50; ++i) references += std::string(i == 0 ? "" : ",") + R"({"DOI":"none"})";
  const ParsedRecord parsed = Parsed(R"("reference":[)" + references + "]");
  EXPECT_EQ(parsed.record.references.size(), 50U);
  ASSERT_THAT(Codes(parsed.warnings), ElementsAre("bad-doi", "bad-doi", "bad-doi"));
  EXPECT_THAT(parsed.warnings.back().message, HasSubstr("47 more"));
}

TEST(Crossref, UnknownFieldsAreNamed) {
  const ParsedRecord parsed = Parsed(R"("brand-new":1)");
  ASSERT_THAT(Codes(parsed.warnings), ElementsAre("unknown-field"));
  EXPECT_THAT(parsed.warnings[0].message, HasSubstr("brand-new"));
}

TEST(Crossref, DamageInsideStringsIsRepaired) {
  const Record r = Read("\"title\":[\"raw\nbreak \\ud800 half\"]");
  EXPECT_EQ(r.title.text, "raw break \xEF\xBF\xBD half");
  const ParsedRecord nul = Parsed(R"("title":["a\u0000b"])");
  EXPECT_EQ(nul.record.title.text,
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_THAT(Codes(nul.warnings), Contains("control-character"));
}

TEST(Crossref, BytesThatAreNoUtf8AreReplacedAndReported) {
  const ParsedRecord parsed = Parsed("\"title\":[\"a\xFF\"]");
  EXPECT_EQ(parsed.record.title.text, "a\xEF\xBF\xBD");
  EXPECT_THAT(Codes(parsed.warnings), ElementsAre("invalid-utf8"));
}

TEST(Crossref, WhatIsNoAnswerIsOneProblemThatSaysWhat) {
  const struct {
    const char *body, *code, *says;
  } kCases[] = {
      {"", "empty-answer", "empty"},
      {" \n", "empty-answer", "empty"},
      {"Resource not found.", "not-found", "does not know"},
      {"<html><body><h1>429 Too Many Requests</h1></body></html>", "html-answer", "429"},
      {"Service unavailable", "text-answer", "Service unavailable"},
      {R"({"status":"ok","message-type":"work","mess)", "broken-json", "cut"},
      {R"({"status":"failed","message-type":"validation-failure","message":[{"type":"x","message":"No such filter"}]})",
       "error-answer", "No such filter"},
      {R"({"status":"error","message-type":"exception","message":{"message":"Response Exception"}})", "error-answer",
       "Response Exception"},
      {R"({"status":"ok","message-type":"work-agency","message":{"DOI":"10.5555/1"}})", "unexpected-answer",
       "work-agency"},
      {R"({"status":"ok","message-type":"work-list","message":{"total-results":3}})", "unexpected-answer", "work-list"},
      {"[]", "unexpected-answer", "no works"},
      {"{}", "unexpected-answer", "no works"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.body);
    const Problem problem = OnlyProblem(ParseCrossref(c.body));
    EXPECT_EQ(problem.code, c.code);
    EXPECT_EQ(problem.severity, Severity::kError);
    EXPECT_THAT(problem.message, HasSubstr(c.says));
  }
  EXPECT_EQ(OnlyProblem(ParseCrossref(std::string(100'000, '['))).code, "too-deep");
}

TEST(Crossref, ACutAnswerIsAProblemAtEveryByte) { testing::ExpectCutsAreProblems(ParseCrossref, Work(kWholeFields)); }

TEST(Crossref, NoMutationOfTypesDoesHarm) {
  testing::ExpectMutationsAreSafe(ParseCrossref, Work(kWholeFields), 3000);
  testing::ExpectMutationsAreSafe(ParseCrossref, WorkList(R"({"DOI":"10.5555/1"},{"DOI":"10.5555/2"})"), 300);
}

}  // namespace
}  // namespace litmill::parse
