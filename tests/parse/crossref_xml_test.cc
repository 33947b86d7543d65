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

std::string UnixRef(const std::string& crossref) {
  return R"(<?xml version="1.0" encoding="UTF-8"?><doi_records><doi_record owner="10.5555" timestamp="2021-05-06 07:08:09"><crossref>)" +
         crossref + "</crossref></doi_record></doi_records>";
}
std::string UnixSd(const std::string& items, const std::string& crossref) {
  return R"(<crossref_result xmlns="http://www.crossref.org/qrschema/3.0" version="3.0"><query_result><head/><body><query status="resolved">)" +
         items + R"(<doi_record><crossref xmlns="http://www.crossref.org/xschema/1.1">)" + crossref +
         "</crossref></doi_record></query></body></query_result></crossref_result>";
}
Record Read(const std::string& body) {
  const ParsedRecord parsed = OnlyParsed(ParseCrossrefXml(body));
  for (const Problem& w : parsed.warnings) ADD_FAILURE() << w.code << ": " << w.message;
  return parsed.record;
}
std::string Doi(const std::string& doi) { return "<doi_data><doi>" + doi + "</doi><resource>x</resource></doi_data>"; }
std::vector<std::string> Others(const Record& r, std::string_view kind) {
  std::vector<std::string> found;
  for (const OtherName& o : r.other_names)
    if (o.kind == kind) found.push_back(o.value);
  return found;
}

const std::string& WholeArticle() {
  static const std::string kArticle =
      R"(<journal><journal_metadata language="en"><full_title>Journal of Salts</full_title><abbrev_title>J. Salts</abbrev_title>)"
      R"(<issn media_type="print">11111111</issn><issn media_type="electronic">2222-2222</issn>)" +
      Doi("10.5555/journal") +
      R"(</journal_metadata><journal_issue><publication_date media_type="print"><year>2019</year></publication_date>)"
      R"(<journal_volume><volume>12</volume></journal_volume><issue>3</issue></journal_issue>)"
      R"(<journal_article publication_type="full_text" language="de"><titles><title>Salts <i>in</i> <b>vivo</b> &amp; H<sub>2</sub>O</title>)"
      R"(<subtitle>A study</subtitle><original_language_title language="de">Salze</original_language_title></titles>)"
      R"(<contributors><person_name sequence="first" contributor_role="author"><given_name>Ada</given_name><surname>Doe</surname>)"
      R"(<affiliations><institution><institution_name>Salt U</institution_name><institution_id type="ror">https://ror.org/01salt000</institution_id></institution></affiliations>)"
      R"(<ORCID authenticated="true">https://orcid.org/0000-0002-1825-0097</ORCID></person_name>)"
      R"(<organization sequence="additional" contributor_role="author">Salt Group</organization>)"
      R"(<person_name contributor_role="editor"><surname>Roe</surname><affiliation>Sea Inst</affiliation></person_name>)"
      R"(<person_name contributor_role="translator"><given_name>Tom</given_name><surname>Poe</surname></person_name></contributors>)"
      R"(<jats:abstract xmlns:jats="http://www.ncbi.nlm.nih.gov/JATS1"><jats:title>Abstract</jats:title><jats:sec><jats:title>Aim</jats:title><jats:p>To see.</jats:p></jats:sec>)"
      R"(<jats:sec><jats:title>Results</jats:title><jats:p>Mg<jats:sup>2+</jats:sup> rose.</jats:p></jats:sec></jats:abstract>)"
      R"(<publication_date media_type="online"><month>03</month><day>04</day><year>2018</year></publication_date>)"
      R"(<publication_date media_type="print"><month>5</month><year>2018</year></publication_date>)"
      R"(<acceptance_date><month>01</month><day>02</day><year>2018</year></acceptance_date>)"
      R"(<pages><first_page>101</first_page><last_page>110</last_page></pages>)"
      R"(<publisher_item><item_number item_number_type="article_number">17</item_number><identifier id_type="pii">S1</identifier></publisher_item>)"
      R"(<crossmark><crossmark_version>1</crossmark_version><updates><update type="erratum" label="Erratum" date="2019-01-02">10.5555/Other</update></updates>)"
      R"(<custom_metadata><assertion name="received" label="Received">23 July 2017</assertion>)"
      R"(<program xmlns="http://www.crossref.org/fundref.xsd" name="fundref"><assertion name="fundgroup"><assertion name="funder_name">Salt Fund)"
      R"(<assertion name="funder_identifier">http://dx.doi.org/10.13039/1</assertion></assertion><assertion name="award_number">G1</assertion></assertion></program>)"
      R"(<ai:program xmlns:ai="http://www.crossref.org/AccessIndicators.xsd"><ai:license_ref applies_to="vor">https://example.org/by</ai:license_ref></ai:program>)"
      R"(<ct:program xmlns:ct="http://www.crossref.org/clinicaltrials.xsd"><ct:clinical-trial-number registry="10.18810/x">nct00000001</ct:clinical-trial-number></ct:program></custom_metadata></crossmark>)"
      R"(<rel:program xmlns:rel="http://www.crossref.org/relations.xsd"><rel:related_item><rel:intra_work_relation relationship-type="hasPreprint" identifier-type="doi">10.5555/pre</rel:intra_work_relation></rel:related_item></rel:program>)" +
      Doi("10.5555/Salt.1") +
      R"(<citation_list><citation key="1"><author>Poe</author><article_title>On brine</article_title><journal_title>J Sea</journal_title><cYear>2001</cYear><volume>5</volume><issue>2</issue><first_page>17</first_page><doi>10.5555/Cited</doi></citation>)"
      R"(<citation key="2"><unstructured_citation>Moe, <i>Salt</i>, 1999.</unstructured_citation></citation></citation_list>)"
      R"(</journal_article></journal>)";
  return kArticle;
}

void ExpectWholeArticle(const Record& r) {
  EXPECT_EQ(r.source, "crossref");
  EXPECT_EQ(r.source_id, "10.5555/salt.1");
  EXPECT_EQ(r.FindIdentifier("pii")->value, "S1");
  EXPECT_EQ(r.FindIdentifier("article-number")->value, "17");
  EXPECT_EQ(r.title.text, "Salts in vivo & H2O");
  EXPECT_EQ(r.title.markup, "Salts <i>in</i> <b>vivo</b> &amp; H<sub>2</sub>O");
  EXPECT_EQ(r.vernacular_title.text, "Salze");
  EXPECT_THAT(Others(r, "subtitle"), ElementsAre("A study"));
  EXPECT_THAT(SectionTexts(r.abstract_sections), ElementsAre("Aim: To see.", "Results: Mg2+ rose."));
  ASSERT_EQ(r.authors.size(), 3U);
  EXPECT_EQ(r.authors[0].last_name, "Doe");
  EXPECT_EQ(r.authors[0].orcid, "0000-0002-1825-0097");
  EXPECT_EQ(r.authors[0].affiliations[0].text, "Salt U");
  EXPECT_EQ(r.authors[0].affiliations[0].identifiers[0].scheme, "ror");
  EXPECT_EQ(r.authors[1].collective_name, "Salt Group");
  EXPECT_EQ(r.authors[2].role, PersonRole::kEditor);
  EXPECT_EQ(r.authors[2].affiliations[0].text, "Sea Inst");
  EXPECT_THAT(Others(r, "translator"), ElementsAre("Poe, Tom"));
  EXPECT_THAT(r.languages, ElementsAre("ger"));
  EXPECT_EQ(r.journal.title, "Journal of Salts");
  EXPECT_EQ(r.journal.iso_abbreviation, "J. Salts");
  EXPECT_EQ(r.journal.issn_print, "1111-1111");
  EXPECT_EQ(r.journal.issn_electronic, "2222-2222");
  EXPECT_EQ(r.journal.volume, "12");
  EXPECT_EQ(r.journal.issue, "3");
  EXPECT_EQ(r.pages, "101-110");
  EXPECT_EQ(r.Date("electronic")->iso, "2018-03-04");
  EXPECT_EQ(r.Date("print")->iso, "2018-05");
  EXPECT_EQ(r.Date("accepted")->iso, "2018-01-02");
  EXPECT_EQ(r.Date("received")->iso, "2017-07-23");
  EXPECT_EQ(r.publication_types[0].ui, "D016428");
  ASSERT_EQ(r.grants.size(), 1U);
  EXPECT_EQ(r.grants[0].id, "G1");
  EXPECT_EQ(r.grants[0].agency, "Salt Fund");
  EXPECT_THAT(Others(r, "license"), ElementsAre("https://example.org/by"));
  EXPECT_EQ(r.accessions[0].bank, "ClinicalTrials.gov");
  EXPECT_EQ(r.accessions[0].accession, "NCT00000001");
  ASSERT_EQ(r.related.size(), 2U);
  EXPECT_EQ(r.related[0].ref_type, "UpdateOf");
  EXPECT_EQ(r.related[0].doi, "10.5555/pre");
  EXPECT_EQ(r.related[1].ref_type, "ErratumFor");
  EXPECT_EQ(r.related[1].doi, "10.5555/other");
  ASSERT_EQ(r.references.size(), 2U);
  EXPECT_EQ(r.references[0].citation.text, "Poe. On brine. J Sea. 2001;5(2):17");
  EXPECT_EQ(r.references[0].identifiers[0].value, "10.5555/cited");
  EXPECT_EQ(r.references[1].citation.text, "Moe, Salt, 1999.");
}

TEST(CrossrefXml, AWholeArticleInUnixRef) {
  const Record r = Read(UnixRef(WholeArticle()));
  ExpectWholeArticle(r);
  EXPECT_EQ(r.Date("revised")->iso, "2021-05-06");
}

TEST(CrossrefXml, TheSameInUnixSdWithWhatCrossrefAdds) {
  const Record r = Read(UnixSd(
      R"(<doi type="journal_article">10.5555/salt.1</doi><crm-item name="created" type="date">2018-03-05T11:29:04Z</crm-item>)"
      R"(<crm-item name="last-update" type="date">2020-10-11T20:43:13Z</crm-item><crm-item name="publisher-name" type="string">Salt Press</crm-item>)"
      R"(<crm-item name="relation" type="doi" claim="hasPreprint">10.5555/pre</crm-item>)",
      WholeArticle()));
  ExpectWholeArticle(r);
  EXPECT_EQ(r.Date("created")->iso, "2018-03-05");
  EXPECT_EQ(r.Date("revised")->iso, "2020-10-11");
  EXPECT_THAT(Others(r, "publisher"), ElementsAre("Salt Press"));
}

TEST(CrossrefXml, TheRecordIsWhatWasAskedFor) {
  EXPECT_EQ(Read(UnixSd("<doi type=\"journal_title\">10.5555/JOURNAL</doi>", WholeArticle())).source_id,
            "10.5555/journal");
}

TEST(CrossrefXml, AnArticleWithoutADateHasItsIssues) {
  const Record r = Read(UnixRef(
      "<journal><journal_metadata><full_title>J</full_title></journal_metadata><journal_issue><publication_date "
      "media_type=\"print\"><year>2019</year></publication_date></journal_issue><journal_article><titles><title>T</"
      "title>"
      "</titles>" +
      Doi("10.5555/a") + "</journal_article></journal>"));
  EXPECT_EQ(r.PublicationDate()->iso, "2019");
}

TEST(CrossrefXml, AChapterAndItsBook) {
  const std::string book =
      R"(<book book_type="monograph"><book_series_metadata language="en"><series_metadata><titles><title>Salt Series</title></titles><issn>3333-3333</issn></series_metadata>)"
      R"(<titles><title>Big Salts</title></titles><volume>7</volume><publication_date media_type="print"><year>2001</year></publication_date>)"
      R"(<isbn media_type="print">9780000000001</isbn><publisher><publisher_name>Salt Press</publisher_name><publisher_place>Brine</publisher_place></publisher>)" +
      Doi("10.5555/book") +
      R"(</book_series_metadata><content_item component_type="chapter"><titles><title>On brine</title></titles><pages><first_page>1</first_page></pages>)" +
      Doi("10.5555/chapter") + "</content_item></book>";
  const Record chapter = Read(UnixRef(book));
  EXPECT_EQ(chapter.source_id, "10.5555/chapter");
  EXPECT_EQ(chapter.type, RecordType::kBook);
  EXPECT_EQ(chapter.title.text, "On brine");
  EXPECT_EQ(chapter.book->title, "Big Salts");
  EXPECT_EQ(chapter.book->collection_title, "Salt Series");
  EXPECT_EQ(chapter.book->publisher_location, "Brine");
  EXPECT_THAT(chapter.book->isbns, ElementsAre("9780000000001"));
  EXPECT_EQ(chapter.publication_types[0].name, "Book Chapter");
  EXPECT_EQ(chapter.PublicationDate()->iso, "2001");
  const Record whole = Read(UnixSd("<doi type=\"book_title\">10.5555/book</doi>", book));
  EXPECT_EQ(whole.title.text, "Big Salts");
  EXPECT_EQ(whole.publication_types[0].name, "Monograph");
}

TEST(CrossrefXml, OtherKindsOfWorks) {
  const struct {
    std::string crossref;
    const char *type, *date;
  } kCases[] = {
      {"<posted_content "
       "type=\"preprint\"><titles><title>T</title></titles><posted_date><year>2020</year></posted_date>" +
           Doi("10.5555/a") + "</posted_content>",
       "Posted Content", "2020"},
      {"<peer_review><titles><title>T</title></titles><review_date><year>2020</year></review_date>" + Doi("10.5555/a") +
           "</peer_review>",
       "Peer Review", "2020"},
      {"<dissertation><person_name "
       "contributor_role=\"author\"><surname>Doe</surname></person_name><titles><title>T</title>"
       "</titles><approval_date><year>2020</year></approval_date>" +
           Doi("10.5555/a") + "</dissertation>",
       "Academic Dissertation", "2020"},
      {"<conference><proceedings_metadata><proceedings_title>P</proceedings_title>" + Doi("10.5555/p") +
           "</proceedings_metadata><conference_paper><titles><title>T</title></titles><publication_date><year>2020</"
           "year>"
           "</publication_date>" +
           Doi("10.5555/a") + "</conference_paper></conference>",
       "Proceedings Article", "2020"},
  };
  for (const auto& c : kCases) {
    const Record r = Read(UnixRef(c.crossref));
    EXPECT_EQ(r.source_id, "10.5555/a") << c.crossref;
    EXPECT_EQ(r.title.text, "T");
    EXPECT_EQ(r.publication_types[0].name, c.type);
    ASSERT_NE(r.PublicationDate(), nullptr) << c.crossref;
    EXPECT_EQ(r.PublicationDate()->iso, c.date);
  }
}

TEST(CrossrefXml, ARetractionNoticeIsNotRetracted) {
  const Record r = Read(UnixRef(
      "<journal><journal_article><titles><title>Retraction of: Salts</title></titles><crossmark><updates><update "
      "type=\"retraction\" date=\"2020-01-02\">10.5555/salt.1</update></updates></crossmark>" +
      Doi("10.5555/notice") + "</journal_article></journal>"));
  EXPECT_EQ(r.related[0].ref_type, "RetractionOf");
  EXPECT_EQ(r.related[0].doi, "10.5555/salt.1");
  EXPECT_FALSE(r.IsRetracted());
}

TEST(CrossrefXml, AListOfDeposits) {
  const std::string one =
      R"(<doi_record><crossref><peer_review>)" + Doi("10.5555/a") + "</peer_review></crossref></doi_record>";
  const std::string bad = R"(<doi_record><crossref><peer_review/></crossref></doi_record>)";
  const std::vector<Item> items = ParseCrossrefXml("<OAI-PMH><ListRecords><record><metadata><doi_records>" + one + bad +
                                                   one + "</doi_records></metadata></record></ListRecords></OAI-PMH>");
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(std::get<ParsedRecord>(items[0]).record.source_id, "10.5555/a");
  EXPECT_EQ(std::get<Problem>(items[1]).code, "no-doi");
  EXPECT_EQ(std::get<ParsedRecord>(items[2]).position.ordinal, 3U);
  EXPECT_TRUE(ParseCrossrefXml("<doi_records/>").empty());
  EXPECT_TRUE(ParseCrossrefXml("<OAI-PMH><error code=\"noRecordsMatch\">none</error></OAI-PMH>").empty());
}

TEST(CrossrefXml, OtherEncodingsAndBadBytes) {
  const std::string article =
      "<doi_records><doi_record><crossref><peer_review><titles><title>M\xFCller</title></titles>" + Doi("10.5555/a") +
      "</peer_review></crossref></doi_record></doi_records>";
  EXPECT_EQ(Read("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + article).title.text, "M\xC3\xBCller");
  const ParsedRecord parsed = OnlyParsed(ParseCrossrefXml(article));
  EXPECT_EQ(parsed.record.title.text, "M\xEF\xBF\xBDller");
  ASSERT_EQ(parsed.warnings.size(), 1U);
  EXPECT_EQ(parsed.warnings[0].code, "invalid-utf8");
}

TEST(CrossrefXml, UnknownElementsAreNamed) {
  const ParsedRecord parsed = OnlyParsed(
      ParseCrossrefXml(UnixRef("<peer_review>" + Doi("10.5555/a") + "<saltiness>1</saltiness></peer_review>")));
  ASSERT_EQ(parsed.warnings.size(), 1U);
  EXPECT_EQ(parsed.warnings[0].code, "unknown-element");
  EXPECT_THAT(parsed.warnings[0].message, HasSubstr("saltiness"));
}

TEST(CrossrefXml, Refusals) {
  const struct {
    std::string body;
    const char* code;
  } kCases[] = {
      {"", "empty-answer"},
      {"Resource not found.", "not-found"},
      {"<!DOCTYPE html><title>DOI Not Found</title>", "html-answer"},
      {"{\"status\":\"ok\"}", "text-answer"},
      {"<a><b></a>", "broken-xml"},
      {"<rdf>x</rdf>", "unexpected-answer"},
      {UnixRef("<error>No DOI found.</error>"), "not-found"},
      {"<crossref_result><query_result><body><query status=\"unresolved\"><doi>10.5555/none</doi><msg>DOI not found"
       "</msg></query></body></query_result></crossref_result>",
       "not-found"},
      {"<crossref_result><query_result><body><query status=\"malformed\"><doi>x</doi></query></body></query_result>"
       "</crossref_result>",
       "error-answer"},
      {"<OAI-PMH><error code=\"badArgument\">no</error></OAI-PMH>", "error-answer"},
      {"<?xml version=\"1.0\" encoding=\"x-salt\"?><a/>", "broken-xml"},
  };
  for (const auto& c : kCases) EXPECT_EQ(OnlyProblem(ParseCrossrefXml(c.body)).code, c.code) << c.body;
}

TEST(CrossrefXml, ADeepAnswerIsRefused) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  for (int i = 0; i < 100'000; ++i) deep += "</a>";
  EXPECT_EQ(OnlyProblem(ParseCrossrefXml(deep)).code, "too-deep");
}

TEST(CrossrefXml, CutAtEveryByteItIsAProblem) {
  testing::ExpectCutsAreProblems(ParseCrossrefXml, UnixRef(WholeArticle()));
}

}  // namespace
}  // namespace litmill::parse
