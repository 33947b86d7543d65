// SPDX-License-Identifier: Apache-2.0
// Tables by their header row. All data here is made up.
#include "parse/export_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "parse/table_cells.h"
#include "table_test_support.h"

namespace litmill::parse {
namespace {

using testing::DateOf;
using ::testing::ElementsAre;
using testing::IdOf;
using testing::Import;
using testing::Imported;
using ::testing::IsEmpty;
using testing::KeywordsOf;
using testing::NamesOf;
using testing::OnlyRecordOf;
using testing::OthersOf;

constexpr std::string_view kScopusNew =
    "\xEF\xBB\xBF\"Authors\",\"Author full names\",\"Author(s) ID\",\"Title\",\"Year\",\"Source title\",\"Volume\","
    "\"Issue\",\"Art. No.\",\"Page start\",\"Page end\",\"Cited by\",\"DOI\",\"Link\",\"Affiliations\","
    "\"Authors with affiliations\",\"Abstract\",\"Author Keywords\",\"Index Keywords\",\"Chemicals/CAS\","
    "\"Funding Details\",\"Funding Texts\",\"References\",\"Publisher\",\"ISSN\",\"ISBN\",\"PubMed ID\","
    "\"Language of Original Document\",\"Abbreviated Source Title\",\"Document Type\",\"Source\",\"EID\"\n"
    "\"Roe J.B.; Doe A.\",\"Roe, Jane B. (57000000001); Doe, Ann (57000000002)\",\"57000000001; 57000000002\","
    "\"On salts,\nand \"\"waters\"\"\",2024,\"Journal of Salts\",\"12\",\"3\",\"e17\",\"\",\"\",5,\"10.1234/Salts.17\","
    "\"https://www.scopus.com/inward/record.uri?eid=2-s2.0-85000000001&doi=10.1234%2fSalts.17\","
    "\"Univ X, Town\",\"Roe J.B., Univ X, Town, Land; Doe A., Univ Y, City, Land\","
    "\"Salts dissolve. \xC2\xA9 2024 The Author(s).\",\"salt; water\",\"sodium chloride\","
    "\"sodium chloride, 7647-14-5, 1-2-3; Water, \",\"Salt Fund, SF, (123, 456); Water Trust\",\"Thanks.\","
    "\"Poe E., On rivers, (2001); Foe F., On lakes, (2002)\",\"Pub House\",\"20720000\",\"\",\"30000001\",\"English\","
    "\"J. Salts\",\"Article\",\"Scopus\",\"2-s2.0-85000000001\"\n";

TEST(ScopusTable, ReadsTheNewColumns) {
  const Imported imported = Import(kScopusNew);
  ASSERT_EQ(imported.records.size(), 1U);
  const ParsedRecord& parsed = imported.records.front();
  const Record& r = parsed.record;
  EXPECT_EQ(imported.report.format, "scopus-csv");
  EXPECT_TRUE(imported.report.unmapped.empty());
  EXPECT_EQ(parsed.position.line, 2U);
  EXPECT_EQ(r.source, "scopus");
  EXPECT_EQ(r.source_id, "2-s2.0-85000000001");
  EXPECT_EQ(r.title.text, "On salts, and \"waters\"");
  EXPECT_THAT(NamesOf(r), ElementsAre("Roe|Jane B.|JB", "Doe|Ann|A"));
  EXPECT_EQ(r.authors[0].identifiers.at(0).value, "57000000001");
  EXPECT_EQ(r.authors[1].affiliations.at(0).text, "Univ Y, City, Land");
  EXPECT_EQ(r.journal.title, "Journal of Salts");
  EXPECT_EQ(r.journal.iso_abbreviation, "J. Salts");
  EXPECT_EQ(r.journal.issn_print, "2072-0000");
  EXPECT_EQ(r.pages, "e17");
  EXPECT_EQ(DateOf(r, "print"), "2024");
  EXPECT_EQ(IdOf(r, "doi"), "10.1234/salts.17");
  EXPECT_EQ(IdOf(r, "pmid"), "30000001");
  EXPECT_EQ(r.abstract_sections.at(0).body.text, "Salts dissolve.");
  EXPECT_EQ(r.copyright, "\xC2\xA9 2024 The Author(s).");
  EXPECT_THAT(KeywordsOf(r), ElementsAre("NOTNLM:salt", "NOTNLM:water", "SCOPUS:sodium chloride"));
  ASSERT_EQ(r.chemicals.size(), 3U);
  EXPECT_EQ(r.chemicals[0].registry_number, "7647-14-5");
  EXPECT_EQ(r.chemicals[2].name, "Water");
  ASSERT_EQ(r.grants.size(), 3U);
  EXPECT_EQ(r.grants[1].id, "456");
  EXPECT_EQ(r.grants[1].acronym, "SF");
  EXPECT_EQ(r.grants[2].agency, "Water Trust");
  EXPECT_EQ(r.references.size(), 2U);
  EXPECT_THAT(r.languages, ElementsAre("eng"));
}

TEST(ScopusTable, ReadsOldAuthorsWithGenerationsAndNumbers) {
  const Record r = OnlyRecordOf(
      "Authors,Author(s) ID,Title,Year,Source title,Abstract,Source,EID\r\n"
      "\"Roe J.B., Doe A., III, Smith-Lee C.\",\"570001;570002;570003;\",On rivers,2019,River J,[No abstract "
      "available],"
      "Scopus,2-s2.0-85000000002\r\n");
  EXPECT_THAT(NamesOf(r), ElementsAre("Roe||JB", "Doe||A|III", "Smith-Lee||C"));
  EXPECT_EQ(r.authors[2].identifiers.at(0).value, "570003");
  EXPECT_THAT(r.abstract_sections, IsEmpty());
}

TEST(ScopusTable, IsNotATableOfMixedOrigin) {
  // Without a number of Scopus, nothing says that a row is from there.
  const Imported imported = Import("Authors,Title,Year,Source title,Cited by\nRoe J.,On tides,2020,Tide J,3\n");
  EXPECT_EQ(imported.report.format, "table");
  EXPECT_EQ(imported.records.at(0).record.source, "file");
}

TEST(ScopusTable, ReadsBookChapters) {
  const Record r = OnlyRecordOf(
      "Authors,Title,Year,Source title,Page start,Page end,Publisher,ISBN,Document Type,EID\n"
      "Roe J.,A chapter,2018,The Book,10,20,Pub House,9780000000002; 9780000000019,Book Chapter,2-s2.0-85000000003\n");
  ASSERT_TRUE(r.book);
  EXPECT_EQ(r.book->title, "The Book");
  EXPECT_EQ(r.book->publisher, "Pub House");
  EXPECT_EQ(r.book->isbns.size(), 2U);
  EXPECT_EQ(r.pages, "10-20");
}

constexpr std::string_view kEmbaseHeader =
    "Title,Original Title,Author Names,Author Addresses,Full Record Entry Date,Source,Source title,Publication Year,"
    "Volume,Issue,First Page,Last Page,Date of Publication,Publication Type,Name,Location,Date,Editors,Editors,ISSN,"
    "Abstract,Author Keywords,Emtree Drug Index Terms (Major Focus),Emtree Medical Index Terms,CAS Registry Numbers,"
    "Embase Classification,Clinical Trial Numbers,Article Language,Medline PMID,PUI,DOI,Embase Link,Copyright\n";

TEST(EmbaseTable, ReadsRowsBelowASearchQuery) {
  const std::string text =
      "\"SEARCH QUERY\",\"salt:ti\"\n-------------\n\n" + std::string(kEmbaseHeader) +
      "On salt,Vom Salz,\"Roe J.-B., Doe A.\",\"(Roe J.-B., r@example.org; Doe A.) Univ X. , (Doe A.) Univ "
      "Y.\",6/24/25,"
      "J Salts (2025) 13:1 Article Number: 31. Date of Publication: 1 Dec 2025,J Salts,2025,13,1,,,1-Dec-25,Review,"
      "Salt Congress,\"Town, Land\",2025-01-01 to 2025-01-02,Foe F.,Poe E.,2052-0000 (electronic),Salt is salty.,"
      "\"salt,water, sweet,sea\",\"sodium chloride, 2,3 salt (endogenous compound)\",\"human, adult\","
      "\"salt (1-2-3, 4-5-6)\",\"Physiology (2), Immunology, Serology and Transplantation (26)\",NCT01234567,English,"
      "31000001,L2010000001,10.1234/salt.31,https://x.example/?id=L2010000001&a=b,Copyright 2025.\n";
  const Imported imported = Import(text);
  ASSERT_EQ(imported.records.size(), 1U);
  EXPECT_EQ(imported.report.format, "embase-csv");
  EXPECT_TRUE(imported.Warns("preamble"));
  EXPECT_TRUE(imported.report.unmapped.empty());
  const Record& r = imported.records.front().record;
  EXPECT_EQ(imported.records.front().position.line, 5U);
  EXPECT_EQ(r.source, "embase");
  EXPECT_EQ(r.source_id, "L2010000001");
  EXPECT_EQ(r.vernacular_title.text, "Vom Salz");
  EXPECT_THAT(NamesOf(r), ElementsAre("Roe||JB", "Doe||A", "ed:Foe||F", "ed:Poe||E"));
  EXPECT_EQ(r.authors[0].affiliations.size(), 1U);
  EXPECT_EQ(r.authors[1].affiliations.size(), 2U);
  EXPECT_EQ(r.pages, "31");
  EXPECT_EQ(DateOf(r, "print"), "2025-12-01");
  EXPECT_EQ(r.Date("entered")->raw, "6/24/25");
  EXPECT_EQ(r.journal.issn_electronic, "2052-0000");
  EXPECT_THAT(KeywordsOf(r), ElementsAre("NOTNLM:salt", "NOTNLM:water, sweet", "NOTNLM:sea", "*EMTREE:sodium chloride",
                                         "*EMTREE:2,3 salt (endogenous compound)", "EMTREE:human", "EMTREE:adult"));
  EXPECT_EQ(r.chemicals.size(), 2U);
  EXPECT_THAT(OthersOf(r, "conference"), ElementsAre("Salt Congress"));
  EXPECT_THAT(OthersOf(r, "embase-classification"),
              ElementsAre("Physiology (2)", "Immunology, Serology and Transplantation (26)"));
  ASSERT_EQ(r.accessions.size(), 1U);
  EXPECT_EQ(r.accessions[0].bank, "ClinicalTrials.gov");
  EXPECT_EQ(IdOf(r, "pmid"), "31000001");
}

TEST(EmbaseTable, ReadsWhatASpreadsheetMadeOfIt) {
  std::string header(kEmbaseHeader);
  std::replace(header.begin(), header.end(), ',', ';');
  const std::string text =
      "\xEF\xBB\xBFSEARCH QUERY;salt:ti;;;\r\n---------;;;;\r\n;;;;\r\n" + header +
      "On salt;;Roe J., Doe A.;;;;J Salts;2020;;;;;Mar-20;Article;;;;;;;;;;;;;;;;L2010000001;;;\r\n"
      ";;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;\r\n";
  const Record r = OnlyRecordOf(text);
  EXPECT_THAT(NamesOf(r), ElementsAre("Roe||J", "Doe||A"));
  EXPECT_EQ(DateOf(r, "print"), "2020-03");
}

TEST(EmbaseTable, ReadsOneFieldARow) {
  const Imported imported = Import(
      "\"SEARCH QUERY\",\"salt\"\n\n"
      "\"TITLE\",\"On salt\"\n\"AUTHOR NAMES\",\"Roe J.\",\"Doe A.\"\n\"SOURCE TITLE\",\"J Salts\"\n"
      "\"PUBLICATION YEAR\",\"2020\"\n\"EMTREE MEDICAL INDEX TERMS\",\"human\",\"adult\"\n\"PUI\",\"L2010000001\"\n"
      "\"MADE UP\",\"x\"\n\n"
      "\"TITLE\",\"On water\"\n\"AUTHOR NAMES\",\"Poe E.\"\n\"PUI\",\"L2010000002\"\n"
      "\"PUBLICATION YEAR\",\"2019\"\n\"PUI\",\"L2010000003\"\n\"DOI\",\"10.1234/x\"\n");
  EXPECT_EQ(imported.report.format, "embase-csv-rows");
  ASSERT_EQ(imported.records.size(), 3U);
  EXPECT_THAT(NamesOf(imported.records[0].record), ElementsAre("Roe||J", "Doe||A"));
  EXPECT_THAT(KeywordsOf(imported.records[0].record), ElementsAre("EMTREE:human", "EMTREE:adult"));
  EXPECT_EQ(imported.records[0].position.line, 3U);
  EXPECT_EQ(imported.records[1].record.source_id, "L2010000002");
  EXPECT_EQ(imported.records[2].record.source_id, "L2010000003") << "a record without a title is one all the same";
  ASSERT_EQ(imported.report.unmapped.size(), 1U);
  EXPECT_EQ(imported.report.unmapped[0].name, "MADE UP");
}

constexpr std::string_view kCochraneHeader =
    "CENTRAL ID,Author(s),Title,Source,Year,Abstract,Volume,Issue,Pages,Database Name,PubMed ID,Embase ID,CTgov ID,"
    "CINAHL ID,ICTRP ID,Publication Type,Keywords,DOI,URL,Cochrane Review Group Code\n";

TEST(CochraneTable, ReadsNumbersWithTheirDatabases) {
  const Record r = OnlyRecordOf(
      std::string(kCochraneHeader) +
      "CN-01234567,\"Roe, JB; Doe, A\",On salt,J Salts,2020,AIM: to see.,1,2,765\xE2\x80\x90"
      "778,"
      "Cochrane Central Register of Controlled Trials (CENTRAL),PUBMED 31000001,EMBASE 630000001,CTgov NCT01234567,"
      "CINAHL 145000000,ICTRP ISRCTN83547899,Journal article; Conference proceeding,"
      "\"*Salts [adverse effects]; Humans\",10.1234/a,https://www.example.org/CN-01234567,Salt Group\n");
  EXPECT_EQ(r.source, "cochrane");
  EXPECT_EQ(r.source_id, "CN-01234567");
  EXPECT_THAT(NamesOf(r), ElementsAre("Roe||JB", "Doe||A"));
  EXPECT_EQ(IdOf(r, "pmid"), "31000001");
  EXPECT_EQ(IdOf(r, "embase"), "L630000001");
  EXPECT_EQ(IdOf(r, "cinahl"), "145000000");
  EXPECT_EQ(r.pages, "765-778");
  EXPECT_EQ(r.start_page, "765");
  ASSERT_EQ(r.accessions.size(), 2U);
  EXPECT_EQ(r.accessions[1].bank, "ISRCTN");
  EXPECT_THAT(KeywordsOf(r), ElementsAre("*COCHRANE:Salts [adverse effects]", "COCHRANE:Humans"));
}

TEST(CochraneTable, TakesTheAuthorOfARegistersRecordForItsNumber) {
  const Record r =
      OnlyRecordOf(std::string(kCochraneHeader) +
                   "CN-01234568,\"NCT01234567,\",A trial,https://clinicaltrials.gov/study/NCT01234567,2019,,,"
                   ",,Cochrane Central,,,CTgov NCT01234567,,,Trial registry record,,,,\n");
  EXPECT_THAT(r.authors, IsEmpty());
  EXPECT_EQ(r.accessions.size(), 1U);
  EXPECT_EQ(r.journal.title, "");
}

constexpr std::string_view kPubmed =
    "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI\n"
    "31000001,On salt.,\"Roe JB, Doe A Jr, Poe E; Salt Group.\","
    "\"J Salts. 2020 Oct 6;41(9 Pt 2):38-45.e11. doi: 10.1234/a. Epub 2020 Sep 1.\",Roe JB,J Salts,2020,2020/10/07,"
    "PMC7000001,NIHMS1,10.1234/a\n"
    "31000002,On waters.,Roe JB.,J Salts. 2021 Dec:7-9. doi: 10.1234/b.,Roe JB,J Salts,2021,10/6/2021,,,10.1234/b\n"
    "31000003,On tides.,Roe JB.,J Salts. 2021 Dec 9. doi: 10.1234/c. Online ahead of print.,Roe JB,J Salts,2021,,,,\n";

TEST(PubmedTable, ReadsTheCitation) {
  const Imported imported = Import(kPubmed);
  ASSERT_EQ(imported.records.size(), 3U);
  const Record& r = imported.records[0].record;
  EXPECT_EQ(r.source, "pubmed");
  EXPECT_EQ(r.source_id, "31000001");
  EXPECT_THAT(NamesOf(r), ElementsAre("Roe||JB", "Doe||A|Jr", "Poe||E", "{Salt Group}"));
  EXPECT_EQ(r.journal.volume, "41");
  EXPECT_EQ(r.journal.issue, "9 Pt 2");
  EXPECT_EQ(r.pages, "38-45.e11");
  EXPECT_EQ(DateOf(r, "print"), "2020-10-06");
  EXPECT_EQ(imported.records[1].record.pages, "7-9");
  EXPECT_EQ(imported.records[1].record.journal.volume, "");
  EXPECT_EQ(DateOf(imported.records[2].record, "print"), "2021-12-09");
  EXPECT_EQ(imported.records[2].record.pages, "");
  EXPECT_TRUE(imported.warnings.empty()) << imported.warnings.front().message;
}

TEST(WebOfScienceTable, TakesQuotationMarksOfTabbedCellsForLetters) {
  const Imported imported = Import(
      "PT\tAU\tBE\tAF\tTI\tSO\tDE\tID\tAB\tC1\tOI\tFU\tCR\tSN\tEI\tBN\tPD\tPY\tVL\tBP\tEP\tAR\tDI\tPM\tUT\r\n"
      "J\tRoe, J; Doe, A\t\tRoe, Jane; Doe, Ann\t\"Smart\" salts\tJ SALTS\tsalt; sea\tWATER\t\"Salt\" is salt.\t"
      "[Roe, Jane; Doe, Ann] Univ X, Land; [Doe, Ann] Univ Y\tRoe, Jane/0000-0002-1825-0097\tFund [1, 2]; Trust\t"
      "Poe E, 2001, J SEAS, V1, P2, DOI 10.1234/cited\t1234-5678\t8765-4321\t\tMAY-JUN\t2017\t5\t\t\t71\t10.1234/s\t"
      "31000009\tWOS:000000000000001\r\n"
      "B\tPoe, E\tFoe, F\tPoe, Edgar\tA book\tA BOOK\t\t\t\t\t\t\t\t\t\t978-0-00-000000-2\tSPR\t2018\t\t1\t9\t\t\t\t"
      "WOS:000000000000002\r\n");
  ASSERT_EQ(imported.records.size(), 2U);
  EXPECT_EQ(imported.report.format, "wos-table");
  const Record& r = imported.records[0].record;
  EXPECT_EQ(r.title.text, "\"Smart\" salts");
  EXPECT_EQ(r.abstract_sections.at(0).body.text, "\"Salt\" is salt.");
  EXPECT_EQ(r.source_id, "WOS:000000000000001");
  EXPECT_THAT(NamesOf(r), ElementsAre("Roe|Jane|J", "Doe|Ann|A"));
  EXPECT_EQ(r.authors[0].orcid, "0000-0002-1825-0097");
  EXPECT_EQ(r.authors[1].affiliations.size(), 2U);
  EXPECT_EQ(DateOf(r, "print"), "2017-05");
  EXPECT_EQ(r.pages, "71");
  EXPECT_EQ(r.grants.size(), 3U);
  EXPECT_EQ(IdOf(r, "doi"), "10.1234/s");
  EXPECT_EQ(r.references.at(0).identifiers.at(0).value, "10.1234/cited");
  EXPECT_THAT(KeywordsOf(r), ElementsAre("NOTNLM:salt", "NOTNLM:sea", "KEYWORDS-PLUS:WATER"));
  ASSERT_TRUE(imported.records[1].record.book);
  EXPECT_THAT(NamesOf(imported.records[1].record), ElementsAre("Poe|Edgar|E", "ed:Foe|F|"));
  EXPECT_EQ(DateOf(imported.records[1].record, "print"), "2018-04");
}

TEST(WebOfScienceTable, ReadsTheLongNamesOfExcel) {
  const Record r = OnlyRecordOf(
      "Publication Type;Authors;Author Full Names;Article Title;Source Title;Publication Date;Publication Year;Volume;"
      "Start Page;End Page;Article Number;DOI;Pubmed Id;UT (Unique WOS ID)\n"
      "J;\"Roe, J; Doe, A\";\"Roe, Jane; Doe, Ann\";On salt;J SALTS;JUL 1;2020;5;1;9;;10.1234/s;31000009;"
      "WOS:000000000000001\n");
  EXPECT_EQ(r.title.text, "On salt");
  EXPECT_EQ(DateOf(r, "print"), "2020-07-01");
  EXPECT_EQ(r.pages, "1-9");
  EXPECT_EQ(IdOf(r, "pmid"), "31000009");
  EXPECT_EQ(r.source_id, "WOS:000000000000001");
}

TEST(WebOfScienceTable, ReadsUtf16) {
  const std::string text = "PT\tAU\tTI\tSO\tPY\tUT\r\nJ\tRoe, J\tOn salt\tJ SALTS\t2020\tWOS:000000000000001\r\n";
  std::string bytes = "\xFF\xFE";
  for (const char c : text) {
    bytes += c;
    bytes += '\0';
  }
  EXPECT_EQ(OnlyRecordOf(bytes).title.text, "On salt");
}

TEST(GenericTable, ReadsColumnsByTheirUsualNames) {
  const Record r = OnlyRecordOf(
      "record_id,ABSTRACT,Primary_Title,author,year,journal,volume,number,pages,DOI,pubmed_id,keywords,url,included\n"
      "17,We saw.,On salt,\"Roe, J. and van der Doe, Ann\",2008.0,J Salts,2.0,4,1--9,https://doi.org/10.1234/S,"
      "31000001.0,\"['salt', 'sea']\",https://example.org,1\n");
  EXPECT_EQ(r.source, "file");
  EXPECT_TRUE(r.source_id.starts_with("sha256:"));
  EXPECT_THAT(NamesOf(r), ElementsAre("Roe||J", "van der Doe|Ann|"));
  EXPECT_EQ(DateOf(r, "print"), "2008");
  EXPECT_EQ(r.journal.volume, "2");
  EXPECT_EQ(r.pages, "1-9");
  EXPECT_EQ(IdOf(r, "doi"), "10.1234/s");
  EXPECT_EQ(IdOf(r, "pmid"), "31000001");
  EXPECT_THAT(KeywordsOf(r), ElementsAre("NOTNLM:salt", "NOTNLM:sea"));
  EXPECT_THAT(OthersOf(r, "unmapped"), ElementsAre("17", "1"));
}

TEST(GenericTable, KeepsWhatASecondColumnSaysDifferently) {
  const Record r = OnlyRecordOf("title,journal,booktitle,date,year\nOn salt,J Salts,Salt Days,2024-05-01,2020\n");
  EXPECT_EQ(r.journal.title, "J Salts");
  EXPECT_EQ(DateOf(r, "print"), "2020");
  EXPECT_THAT(OthersOf(r, "unmapped"), ::testing::UnorderedElementsAre("Salt Days", "2024-05-01"));
}

TEST(GenericTable, NeedsATitleColumn) {
  EXPECT_FALSE(DetectExport("author,year,journal\nRoe,2020,J Salts\n"));
  EXPECT_TRUE(DetectExport("title\nOn salt\n"));
  EXPECT_FALSE(DetectExport("The title, the author and the year were lost.\n"));
}

TEST(PeopleInAnyWording, TellsNamesFromInitials) {
  const auto names = [](std::string_view text) {
    Record record;
    record.authors = PeopleInAnyWording(text);
    return NamesOf(record);
  };
  EXPECT_THAT(names("Roe, Jane B."), ElementsAre("Roe|Jane B.|"));
  EXPECT_THAT(names("Roe, J., Doe, A.-B."), ElementsAre("Roe||J", "Doe||AB"));
  EXPECT_THAT(names("Roe JB, Doe A"), ElementsAre("Roe||JB", "Doe||A"));
  EXPECT_THAT(names("Jane Roe, Ann van der Doe"), ElementsAre("Roe|Jane|", "van der Doe|Ann|"));
  EXPECT_THAT(names("Roe, Jane; Doe, Ann"), ElementsAre("Roe|Jane|", "Doe|Ann|"));
  EXPECT_THAT(names(""), IsEmpty());
}

TEST(Table, KeepsColumnsAndCellsThatItDoesNotKnow) {
  const Imported imported = Import("title,year,colour,\nOn salt,2020,red,7,surplus\nOn sea,2021,,8\n");
  ASSERT_EQ(imported.records.size(), 2U);
  EXPECT_TRUE(imported.Warns("extra-cells"));
  ASSERT_EQ(imported.report.unmapped.size(), 3U);
  EXPECT_EQ(imported.report.unmapped[0].name, "colour");
  EXPECT_EQ(imported.report.unmapped[0].records, 1U);
  EXPECT_EQ(imported.report.unmapped[1].name, "column 4");
  EXPECT_EQ(imported.report.unmapped[2].name, "column 5");
}

TEST(Table, DamageCostsItsRow) {
  const Imported imported = Import(
      "title,authors,year,journal,doi\n"
      "\"On salt,Roe J.,2020,J Salts,10.1234/a\n"  // a quotation mark that never ends
      "On sea,Roe J.,2021,J Salts,10.1234/b\n"
      ",,,,made by a program\n"
      "title,authors,year,journal,doi\n"
      "On tides,Roe J.,2022,J Salts,10.1234/c\n");
  EXPECT_EQ(imported.records.size(), 3U);
  EXPECT_TRUE(imported.Warns("open-quote"));
  EXPECT_TRUE(imported.Warns("repeated-header"));
  ASSERT_EQ(imported.errors.size(), 1U);
  EXPECT_EQ(imported.errors[0].code, "unexpected-content");
  EXPECT_EQ(imported.errors[0].position.line, 4U);
}

TEST(Table, SaysThatTheFileEndsInsideARow) {
  const Imported imported =
      Import("title,authors,year,abstract\nOn salt,Roe J.,2020,a\nOn sea,\"Roe J., Doe A.\",2021,\"one\ntwo\nthr");
  ASSERT_EQ(imported.records.size(), 2U);
  EXPECT_EQ(imported.records[1].record.abstract_sections.at(0).body.text, "one two thr");
  EXPECT_THAT(NamesOf(imported.records[1].record), ElementsAre("Roe||J", "Doe||A"));
}

TEST(Table, CostsOneRecordWhenARowIsTooLarge) {
  ExportOptions options;
  options.limits.max_record_bytes = 50;
  const Imported imported =
      Import("title,year\nOn salt,2020\n" + std::string(60, 'x') + ",2021\nOn sea,2022\n", options);
  EXPECT_EQ(imported.records.size(), 2U);
  EXPECT_TRUE(imported.Fails("record-too-large"));
}

TEST(Table, TakesRsWordForMissing) {
  const Record r = OnlyRecordOf("title,year,doi,volume\nOn salt,2020,NA,NA\n");
  EXPECT_EQ(r.FindIdentifier("doi"), nullptr);
  EXPECT_EQ(r.journal.volume, "");
}

TEST(Table, GivenDatabaseWins) {
  ExportOptions options;
  options.database = "CINAHL";
  EXPECT_EQ(Import("title,year\nOn salt,2020\n", options).records.at(0).record.source, "cinahl");
}

TEST(Table, IsSafeWhereverItIsCut) {
  std::string pubmed(kPubmed);
  std::vector<std::size_t> ends;
  for (std::size_t at = pubmed.find('\n') + 1; at < pubmed.size();) {
    at = pubmed.find('\n', at) + 1;
    ends.push_back(at);
  }
  testing::ExpectCutsAreSafe(pubmed, ends);
  testing::ExpectCutsAreSafe(kScopusNew, {kScopusNew.size()});
}

TEST(LitmillTable, ComesBack) {
  const Record r = OnlyRecordOf(
      "title,authors,year,publication_date,journal,doi,pmid,abstract,keywords,mesh_terms,publication_types,language,"
      "trial_ids,is_retracted,source,source_id,sources,tags_topic,litmill\r\n"
      "'=Salt & <b>,\"Roe\\, Jr, Jane; Doe, Ann, III\",2020,2020-03,'-Salt J,10.1234/a,31000001,AIM: x,"
      "\"a\\;b; ''+c; *major\",Salts/*adverse effects,Journal Article,eng,NCT01234567,0,europepmc,MED/31000001,"
      "pubmed; europepmc,x,"
      "\"litmill:1&source=europepmc,MED%2F31000001&id=doi,10.1234%2Fa&id=pmid,31000001&date=print,2020-03,,2020%20Mar"
      "&keywords=NOTNLM,3\"\r\n");
  EXPECT_EQ(r.source, "europepmc");
  EXPECT_EQ(r.source_id, "MED/31000001");
  EXPECT_EQ(r.title.text, "=Salt & <b>");
  EXPECT_EQ(r.journal.title, "-Salt J");
  EXPECT_THAT(NamesOf(r), ElementsAre("Roe, Jr|Jane|", "Doe|Ann||III"));
  EXPECT_THAT(KeywordsOf(r), ElementsAre("NOTNLM:a;b", "NOTNLM:''+c", "*NOTNLM:major"));
  EXPECT_EQ(r.mesh_headings.at(0).qualifiers.at(0).major, true);
  EXPECT_EQ(r.Date("print")->raw, "2020 Mar");
  EXPECT_THAT(r.languages, ElementsAre("eng"));
}

TEST(Table, HostileInputIsLinear) {
  // Quotation marks that never end; long lists, and a row of many cells.
  std::string text = "title,authors,keywords,year\n";
  for (int i = 0; i < 3000; ++i) text += "\"open,Roe J.,a; b,2020\nOn salt,Roe J.,a; b,2020\n";
  std::string row = "title,authors,keywords,year\nOn sea,\"";
  for (int i = 0; i < 50000; ++i) row += "Roe J.; ";
  row += "\",\"";
  for (int i = 0; i < 50000; ++i) row += "word" + std::to_string(i) + "; ";
  row += "\",2020" + std::string(100000, ',') + "\n";
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(Import(text).records.size(), 6000U);
  EXPECT_EQ(Import(row).records.size(), 1U);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
}

}  // namespace
}  // namespace litmill::parse
