// SPDX-License-Identifier: Apache-2.0
// EndNote XML, CSL-JSON and Excel workbooks. All data here is made up.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "parse/export_csl_json.h"
#include "parse/export_endnote_xml.h"
#include "parse/export_xlsx.h"
#include "parse/workbook.h"
#include "parse/zip_archive.h"
#include "table_test_support.h"

namespace litmill::parse {
namespace {

using testing::DateOf;
using ::testing::ElementsAre;
using testing::IdOf;
using testing::Import;
using testing::Imported;
using testing::KeywordsOf;
using testing::NamesOf;
using testing::OnlyRecordOf;
using testing::OthersOf;
using testing::Zip;

// --- EndNote XML ----------------------------------------------------------------------------------------------------

std::string Styled(const std::string& text) { return "<style face=\"normal\" font=\"default\">" + text + "</style>"; }

std::string EndnoteRecord(const std::string& inside) {
  return "<record><database name=\"L.enl\">L.enl</database><source-app name=\"EndNote\" version=\"20\">EndNote"
         "</source-app><rec-number>1</rec-number>" +
         inside + "</record>";
}
std::string EndnoteFile(const std::string& records) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\" ?><xml><records>" + records + "</records></xml>\n";
}

TEST(EndnoteXml, ReadsPubmedsRecord) {
  const Imported imported = Import(EndnoteFile(EndnoteRecord(
      "<ref-type name=\"Journal Article\">17</ref-type><contributors><authors><author>" + Styled("Roe, J.\nB.") +
      "</author><author>" + Styled("Salt Group,") + "</author></authors></contributors><auth-address>" +
      Styled("Univ X&#xD;Univ Y") + "</auth-address><titles><title>" + Styled("Mg") +
      "<style face=\"superscript\">2+</style>" + Styled(" and water") + "</title><secondary-title>" +
      Styled("J Salts") + "</secondary-title></titles><pages>" +
      Styled("480\xE2\x80\x90"
             "6") +
      "</pages><volume>32</volume><number>4</number><edition>2019/08/02</edition><keywords><keyword>" +
      Styled("Salts/*therapeutic use") + "</keyword><keyword>" + Styled("*sea") +
      "</keyword></keywords><dates><year>2019</year><pub-dates><date>Sep 18</date></pub-dates></dates>"
      "<isbn>0066-0000 (Print)&#xD;0066-0001 (Electronic)</isbn><accession-num>31000001</accession-num>"
      "<abstract>BACKGROUND: Salt.&#xD;METHODS: Water.</abstract><custom2>PMC7000001</custom2>"
      "<electronic-resource-num>10.1234/a</electronic-resource-num>"
      "<remote-database-provider>NLM</remote-database-provider><language>eng</language><odd-thing>x</odd-thing>")));
  ASSERT_EQ(imported.records.size(), 1U);
  const Record& r = imported.records[0].record;
  EXPECT_EQ(imported.report.format, "endnote-xml");
  EXPECT_EQ(r.source, "pubmed");
  EXPECT_EQ(r.source_id, "31000001");
  EXPECT_EQ(r.title.text, "Mg2+ and water");
  EXPECT_EQ(r.title.markup, "Mg<sup>2+</sup> and water");
  EXPECT_THAT(NamesOf(r), ElementsAre("Roe||JB", "{Salt Group}"));
  EXPECT_EQ(r.pages, "480-6");
  EXPECT_EQ(r.end_page, "486");
  EXPECT_EQ(DateOf(r, "print"), "2019-09-18");
  EXPECT_EQ(r.journal.issn_print, "0066-0000");
  EXPECT_EQ(r.journal.issn_electronic, "0066-0001");
  EXPECT_EQ(IdOf(r, "pmcid"), "PMC7000001");
  EXPECT_EQ(r.mesh_headings.at(0).qualifiers.at(0).name, "therapeutic use");
  EXPECT_THAT(KeywordsOf(r), ElementsAre("*ENDNOTE:sea"));
  EXPECT_EQ(r.abstract_sections.size(), 2U);
  EXPECT_THAT(OthersOf(r, "affiliation"), ElementsAre("Univ X", "Univ Y"));
  EXPECT_THAT(OthersOf(r, "unmapped"), ElementsAre("x"));
}

TEST(EndnoteXml, TrustsANumberOnlyWhereItsDatabaseIsNamed) {
  const auto record = [](const std::string& inside) {
    return OnlyRecordOf(EndnoteFile(EndnoteRecord("<titles><title>T</title></titles>" + inside)));
  };
  EXPECT_EQ(record("<accession-num>31000001</accession-num>").FindIdentifier("pmid"), nullptr);
  EXPECT_EQ(record("<accession-num>CN-01234567</accession-num>").source_id, "CN-01234567");
  EXPECT_EQ(record("<accession-num>ISI:000000000000001</accession-num>").source_id, "WOS:000000000000001");
  const Record embase = record(
      "<notes>L610000001&#xD;2012-10-10</notes><custom5>31000001</custom5>"
      "<remote-database-name>Embase&#xD;Medline</remote-database-name>");
  EXPECT_EQ(embase.source, "embase");
  EXPECT_EQ(embase.source_id, "L610000001");
  EXPECT_EQ(IdOf(embase, "pmid"), "31000001");
  EXPECT_EQ(record("<custom5>31000001</custom5>").FindIdentifier("pmid"), nullptr);
}

TEST(EndnoteXml, ABadRecordCostsOneRecord) {
  const std::string good = EndnoteRecord("<titles><title>T</title></titles>");
  const Imported imported = Import(
      EndnoteFile(good + "lost words" + EndnoteRecord("<titles><title>T</titles>") + good + "<record><titles>" + good));
  EXPECT_EQ(imported.records.size(), 3U);
  EXPECT_TRUE(imported.Fails("bad-record"));
  EXPECT_TRUE(imported.Fails("unexpected-content"));
  EXPECT_EQ(imported.errors.size(), 3U);
}

TEST(EndnoteXml, IsSafeWhereverItIsCut) {
  const std::string one = EndnoteRecord("<titles><title>One &amp; all</title></titles>");
  const std::string head = EndnoteFile("").substr(0, EndnoteFile("").find("</records>"));
  const std::string text = EndnoteFile(one + one);
  // A cut tag between the records is reported, so the last cuts may count one thing more.
  testing::ExpectCutsAreSafe(text.substr(0, head.size() + 2 * one.size()),
                             {head.size() + one.size(), head.size() + 2 * one.size()});
}

// --- CSL-JSON -------------------------------------------------------------------------------------------------------

constexpr std::string_view kCslItem =
    R"({"id": "roe2020", "type": "article-journal", "title": "On <i>salts</i>", "author": [{"family": "Roe", "given":
    "Jane"}, {"literal": "Salt Group"}, {"family": "Doe", "given": "A.-B."}], "container-title": "J Salts",
    "issued": {"date-parts": [["2020", 3, 4]]}, "volume": 5, "issue": "2", "page": "1-9", "DOI": "10.1234/A", "PMID":
    "31000001", "ISSN": "1234-5678, 8765-4321", "keyword": "salt, sea", "abstract": "We saw.", "language": "en-US",
    "note": "PMCID: PMC7000001\nread it", "odd": {"x": 1}})";

TEST(CslJson, ReadsAnItem) {
  const Imported imported = Import("[" + std::string(kCslItem) + "]");
  ASSERT_EQ(imported.records.size(), 1U);
  EXPECT_EQ(imported.report.format, "csl-json");
  const Record& r = imported.records[0].record;
  EXPECT_EQ(r.title.text, "On salts");
  EXPECT_THAT(NamesOf(r), ElementsAre("Roe|Jane|", "{Salt Group}", "Doe||AB"));
  EXPECT_EQ(DateOf(r, "print"), "2020-03-04");
  EXPECT_EQ(r.journal.volume, "5");
  EXPECT_EQ(r.journal.issn_electronic, "8765-4321");
  EXPECT_EQ(IdOf(r, "doi"), "10.1234/a");
  EXPECT_EQ(IdOf(r, "pmcid"), "PMC7000001");
  EXPECT_THAT(OthersOf(r, "note"), ElementsAre("read it"));
  EXPECT_THAT(r.languages, ElementsAre("eng"));
  EXPECT_THAT(KeywordsOf(r), ElementsAre("NOTNLM:salt", "NOTNLM:sea"));
  EXPECT_THAT(OthersOf(r, "unmapped"), ElementsAre(R"({"x":1})"));
}

TEST(CslJson, ReadsOneObjectLinesAndItems) {
  const std::string item(kCslItem);
  EXPECT_EQ(Import(item).records.size(), 1U);
  EXPECT_EQ(Import(item + "\n" + item).records.size(), 2U);
  EXPECT_EQ(Import("{\"items\": [" + item + "," + item + "]}").records.size(), 2U);
  EXPECT_EQ(
      Import(R"([{"type": "book", "title": "B", "issued": {"raw": "May 2019"}}])").records.at(0).record.book->title,
      "B");
}

TEST(CslJson, ABadItemCostsOneItem) {
  const std::string item(kCslItem);
  const Imported imported = Import("[" + item + ", {\"title\": tru}, 17, " + item + ", {\"title\": \"cut");
  EXPECT_EQ(imported.records.size(), 2U);
  EXPECT_EQ(imported.errors.size(), 3U);
  EXPECT_TRUE(imported.Fails("unexpected-content"));
}

TEST(CslJson, IsSafeWhereverItIsCut) {
  const std::string item = R"({"type": "book", "title": "a \" } b", "id": "x"})";
  const std::string text = "[" + item + ",\n" + item + "]";
  testing::ExpectCutsAreSafe(text, {1 + item.size(), 3 + 2 * item.size()});
}

TEST(CslJson, OwnItemsComeBack) {
  const Record r = OnlyRecordOf(
      R"([{"id":"pubmed:31000001","type":"article-journal","title":"A <i> &amp; B","author":[{"family":"Roe","given":"J"},
      {"literal":"The Group"}],"container-title":"J Salts","issued":{"date-parts":[[2020,3]]},"keyword":"a\\;b; c",
      "custom":{"litmill":"litmill:1&source=pubmed,31000001&date=print,2020-03,,2020%20Mar&group=1,The%20Group&keywords=NOTNLM,2"}}])");
  EXPECT_EQ(r.source_id, "31000001");
  EXPECT_EQ(r.title.text, "A <i> &amp; B");
  EXPECT_THAT(NamesOf(r), ElementsAre("Roe|J|", "{The Group}"));
  EXPECT_THAT(KeywordsOf(r), ElementsAre("NOTNLM:a;b", "NOTNLM:c"));
  EXPECT_EQ(r.Date("print")->raw, "2020 Mar");
}

// --- Excel ----------------------------------------------------------------------------------------------------------

std::string Workbook(const std::string& sheet, const std::string& strings = {}, const std::string& second = {}) {
  std::vector<std::pair<std::string, std::string>> members = {
      {"[Content_Types].xml", "<Types/>"},
      {"xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"rId1\"/>" +
                              std::string(second.empty() ? "" : "<sheet name=\"Two\" sheetId=\"2\" r:id=\"rId2\"/>") +
                              "</sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>"
       "<Relationship Id=\"rId2\" Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>"},
      {"xl/styles.xml",
       "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"d\\-mmm\\-yy\"/></numFmts>"
       "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"},
      {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + sheet + "</sheetData></worksheet>"},
  };
  if (!strings.empty()) members.emplace_back("xl/sharedStrings.xml", "<sst>" + strings + "</sst>");
  if (!second.empty())
    members.emplace_back("xl/worksheets/sheet2.xml", "<worksheet><sheetData>" + second + "</sheetData></worksheet>");
  return Zip(members);
}

TEST(Xlsx, ReadsStringsNumbersDatesAndMissingCells) {
  const Imported imported = Import(Workbook(
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"inlineStr\"><is><t>"
      "date</t></is></c><c r=\"D1\" t=\"str\"><v>pmid</v></c><c r=\"E1\" t=\"str\"><v>abstract</v></c></row>"
      "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>2</v></c><c r=\"C3\" s=\"2\"><v>43831</v></c><c "
      "r=\"D3\"><v>3.1000001E7</v></c>"
      "<c r=\"E3\" t=\"str\"><v>one_x000D_&#10;two</v></c></row>"
      "<row r=\"4\"><c r=\"A4\" t=\"s\"><v>9</v></c></row><row r=\"5\"><c t=\"str\"><v>In order</v></c></row>",
      "<si><t>Title</t></si><si><t>Journal</t></si><si><r><t>Mg</t></r><r><rPr/><t>2+</t></r><rPh><t>no</t></rPh></"
      "si>"));
  EXPECT_EQ(imported.report.format, "xlsx");
  ASSERT_EQ(imported.records.size(), 1U);
  EXPECT_EQ(imported.errors.size(), 1U) << "a row with one cell in a table of five";
  const Record& r = imported.records[0].record;
  EXPECT_EQ(imported.records[0].position.line, 3U);
  EXPECT_EQ(r.title.text, "Mg2+");
  EXPECT_EQ(DateOf(r, "print"), "2020-01-01");
  EXPECT_EQ(IdOf(r, "pmid"), "31000001");
  EXPECT_EQ(r.abstract_sections.at(0).body.text, "one two");
}

TEST(Xlsx, ReportsASheetThatIsNoTable) {
  const Imported imported =
      Import(Workbook("<row><c t=\"str\"><v>title</v></c><c t=\"str\"><v>year</v></c></row>"
                      "<row><c t=\"str\"><v>On salt</v></c><c><v>2020</v></c></row>",
                      {}, "<row><c t=\"str\"><v>notes to self</v></c></row>"));
  EXPECT_EQ(imported.records.size(), 1U);
  ASSERT_EQ(imported.errors.size(), 1U);
  EXPECT_NE(imported.errors[0].message.find("Two"), std::string::npos);
}

TEST(Xlsx, DatesOfSerialNumbers) {
  EXPECT_EQ(DateOfSerial(1, false), "1900-01-01");
  EXPECT_EQ(DateOfSerial(59, false), "1900-02-28");
  EXPECT_EQ(DateOfSerial(61, false), "1900-03-01");
  EXPECT_EQ(DateOfSerial(25569, false), "1970-01-01");
  EXPECT_EQ(DateOfSerial(45351, false), "2024-02-29");
  EXPECT_EQ(DateOfSerial(43831.5, false), "2020-01-01 12:00");
  EXPECT_EQ(DateOfSerial(42369, true), "2020-01-01");
  EXPECT_EQ(DateOfSerial(0, false), "");
  EXPECT_EQ(DateOfSerial(1e9, false), "");
}

TEST(Xlsx, RefusesWhatUnpacksToMoreThanATableCanBe) {
  const std::string bomb = Zip({{"a", std::string(1U << 20U, 'x')}, {"b", "sound"}});
  auto archive = ZipArchive::Open(bomb, 1000);
  ASSERT_TRUE(archive);
  EXPECT_FALSE(archive->Read("a"));
  EXPECT_EQ(archive->Read("b").value(), "sound");
  EXPECT_EQ(archive->Read("c").value(), "");
  EXPECT_FALSE(ZipArchive::Open("PK no zip", 1000));
}

TEST(Xlsx, DamageIsAProblemAndNeverACrash) {
  const std::string book = Workbook("<row><c t=\"str\"><v>title</v></c></row><row><c t=\"str\"><v>T</v></c></row>");
  for (std::size_t cut = 100; cut < book.size(); cut += 7) {
    const Imported imported = Import(book.substr(0, cut));
    EXPECT_TRUE(imported.records.empty());
    EXPECT_EQ(imported.errors.size(), 1U);
  }
  for (std::size_t at = 30; at < book.size(); at += 11) {
    std::string broken = book;
    broken[at] = static_cast<char>(broken[at] ^ 0x55);
    (void)Import(broken);
  }
}

}  // namespace
}  // namespace litmill::parse
