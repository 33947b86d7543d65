// SPDX-License-Identifier: Apache-2.0
// What each format says of a work, field by field, as the headers in report/ promise.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include <vector>

#include "core/export_note.h"
#include "report/asreview.h"
#include "report/bibtex.h"
#include "report/csv_table.h"
#include "tests/report/works.h"

namespace litmill::testing {
namespace {

using report::ExportFormat;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using Works = std::vector<store::WorkRecord>;

store::WorkRecord Chapter() {
  store::WorkRecord work;
  work.record.type = RecordType::kBook;
  work.record.source_id = "5";
  work.record.title.text = "A chapter";
  work.record.book.emplace();
  work.record.book->title = "The book";
  work.record.book->publisher = "Press";
  work.record.book->isbns = {"9780000000001"};
  return work;
}

TEST(Ris, SaysWhatItsHeaderPromises) {
  const std::string ris = Written(ExportFormat::kRis, Works{SampleWork()});
  for (const char* const line :
       {"TY  - JOUR\r\n",
        "AU  - Müller, Jane A, Jr\r\n",
        "AU  - Sleep and Salt Group, the\r\n",
        "AU  - Van Only,\r\n",
        "A2  - Éditeur, E\r\n",
        "TI  - Mg2+ & sleep: 50% of {all}, a study_of \\alpha\r\n",
        "PY  - 2020\r\n",
        "DA  - 2020/03//\r\n",
        "T2  - Journal of Tests\r\n",
        "J2  - J. Tests\r\n",
        "VL  - 12\r\n",
        "IS  - 3\r\n",
        "SP  - 123\r\n",
        "EP  - 134\r\n",
        "SN  - 1111-1111\r\n",
        "AB  - BACKGROUND: Low. WHAT WE DID: Much; more.\r\n",
        "KW  - salt; sea\r\nKW  - magnesium\r\nKW  - Migraine Disorders/*drug therapy\r\nKW  - condition: migraine\r\n"
        "KW  - form: glycinate\r\n",
        "LA  - eng; fre\r\n",
        "M3  - Journal Article\r\n",
        "AD  - Institute; Town\r\n",
        "DO  - 10.5555/a_b.1\r\n",
        "UR  - https://doi.org/10.5555/a_b.1\r\n",
        "C1  - PMID: 90000001\r\n",
        "C2  - PMC900001\r\n",
        "DB  - PubMed\r\nAN  - 90000001\r\n",
        "N1  - RETRACTED PUBLICATION (notice: PMID 90000002)\r\n",
        "C8  - litmill:1&source=pubmed,90000001"})
    EXPECT_THAT(ris, HasSubstr(line));
  EXPECT_TRUE(ris.ends_with("\r\nER  - \r\n\r\n"));
  EXPECT_THAT(ris, Not(HasSubstr("Mueler"))) << "a misspelt name is no author";
}

TEST(Ris, NamesTheDatabaseOfAWorkWithoutPmid) {
  store::WorkRecord work = SampleWork();
  work.record.source = "scopus";
  work.record.source_id = "2-s2.0-1";
  work.record.identifiers.clear();
  const std::string ris = Written(ExportFormat::kRis, Works{work});
  EXPECT_THAT(ris, AllOf(HasSubstr("DB  - Scopus\r\nAN  - 2-s2.0-1\r\n"), Not(HasSubstr("C1  -"))));
}

TEST(Ris, TellsChaptersAndBooksFromArticles) {
  store::WorkRecord work = Chapter();
  EXPECT_THAT(Written(ExportFormat::kRis, Works{work}),
              AllOf(StartsWith("TY  - CHAP\r\n"), HasSubstr("TI  - A chapter\r\n"), HasSubstr("T2  - The book\r\n"),
                    HasSubstr("SN  - 9780000000001\r\nPB  - Press\r\n")));
  work.record.title.text.clear();
  EXPECT_THAT(Written(ExportFormat::kRis, Works{work}),
              AllOf(StartsWith("TY  - BOOK\r\n"), HasSubstr("TI  - The book\r\n"), Not(HasSubstr("T2  -"))));
}

TEST(Nbib, SaysWhatItsHeaderPromises) {
  const std::string nbib = Written(ExportFormat::kNbib, Works{SampleWork()});
  for (const char* const line :
       {"OWN - NLM\nSTAT- MEDLINE\n",
        "IS  - 1111-1111 (Print)\nIS  - 2222-2222 (Electronic)\n",
        "VI  - 12\nIP  - 3\n",
        "DP  - 2020 Mar\n",
        "PG  - 123-34\n",
        "LID - 10.5555/a_b.1 [doi]\n",
        "AB  - BACKGROUND: Low. WHAT WE DID: Much; more.\n",
        "FAU - Müller, Jane A Jr\nAU  - Müller JA Jr\nAUID- ORCID: 0000-0002-1825-0097\nAD  - Institute; Town\n"
        "CN  - Sleep and Salt Group, the\nFAU - Van Only\n",
        "FED - Éditeur, E\nED  - Éditeur E\n",
        "LA  - eng\nLA  - fre\n",
        "SI  - ClinicalTrials.gov/NCT90000001\n",
        "PT  - Journal Article\nPT  - Retracted Publication\n",
        "DEP - 20200405\n",
        "PL  - Nowhere\n",
        "TA  - J Tests\n",
        "JT  - Journal of Tests\n",
        "JID - 123\n",
        "RIN - J Tests. 2021;1:1 PMID: 90000002\n",
        "CIN - J Tests. 2020;9:9\n",
        "MH  - Migraine Disorders/*drug therapy\n",
        "OTO - NOTNLM\nOT  - *salt; sea\nOT  - magnesium\n",
        "PMC - PMC900001\n",
        "PHST- 2020/04/06 06:30 [entrez]\n",
        "AID - 10.5555/a_b.1 [doi]\n",
        "SO  - J Tests. 2020 Mar;12(3):123-34. doi: 10.5555/a_b.1.\n",
        "GN  - litmill:1&source=pubmed,90000001"})
    EXPECT_THAT(nbib, HasSubstr(line));
  EXPECT_THAT(nbib, StartsWith("PMID- 90000001\n"));
  EXPECT_TRUE(nbib.ends_with("\n\n"));
}

TEST(Nbib, WrapsAtSpacesAndJoinsToTheSameText) {
  store::WorkRecord work;
  for (int i = 0; i < 60; ++i)
    work.record.title.text += (i == 0 ? "" : " ") + std::string(static_cast<std::size_t>(i % 13 + 1), 'x') + "é";
  const std::string nbib = Written(ExportFormat::kNbib, Works{work});
  std::string joined;
  std::size_t lines = 0;
  for (std::size_t at = nbib.find("TI  - ") + 6;; at += 6) {
    const std::size_t end = nbib.find('\n', at);
    const std::string line = nbib.substr(at, end - at);
    EXPECT_LE(line.size(), 2 * 82U);
    EXPECT_FALSE(line.ends_with(' '));
    joined += (lines++ == 0 ? "" : " ") + line;
    at = end + 1;
    if (nbib.compare(at, 6, "      ") != 0) break;
  }
  EXPECT_GT(lines, 3U);
  EXPECT_EQ(joined, work.record.title.text);
}

TEST(Nbib, KeepsAPrintedRangeOfDatesAndStandsInForAMissingOne) {
  store::WorkRecord work;
  work.record.dates = {{"print", DateFromMedlineDate("1998 Dec-1999 Jan"), ""}};
  EXPECT_THAT(Written(ExportFormat::kNbib, Works{work}), HasSubstr("DP  - 1998 Dec-1999 Jan\n"));
  work.record.dates = {{"electronic", *DateFromIso("2020-04-05"), ""}};
  EXPECT_THAT(Written(ExportFormat::kNbib, Works{work}),
              AllOf(HasSubstr("DP  - 2020 Apr 5\n"), HasSubstr("DEP - 20200405\n")));
  EXPECT_THAT(Written(ExportFormat::kNbib, Works{work}), StartsWith("PMID- \n")) << "each record begins with PMID";
}

TEST(Bibtex, SaysWhatItsHeaderPromises) {
  const std::string bib = Written(ExportFormat::kBibtex, Works{SampleWork()});
  for (const char* const line : {"@article{muller2020mg2,\n",
                                 "  author = {Müller, Jr, Jane A and {Sleep and Salt Group, the} and {Van Only}},\n",
                                 "  editor = {Éditeur, E},\n",
                                 "  title = {Mg2+ \\& sleep: 50\\% of \\textbraceleft{}all\\textbraceright{}, a "
                                 "study\\_of \\textbackslash{}alpha},\n",
                                 "  journal = {Journal of Tests},\n", "  year = {2020},\n  month = mar,\n",
                                 "  volume = {12},\n  number = {3},\n", "  pages = {123--34},\n",
                                 "  doi = {10.5555/a_b.1},\n", "  pmid = {90000001},\n  pmcid = {PMC900001},\n",
                                 "  keywords = {salt{;} sea; magnesium; Migraine Disorders/*drug therapy; condition: "
                                 "migraine; form: glycinate},\n",
                                 "  note = {RETRACTED PUBLICATION (notice: PMID 90000002)},\n",
                                 "  litmill = {litmill:1\\&source=pubmed,90000001"})
    EXPECT_THAT(bib, HasSubstr(line));
  EXPECT_TRUE(bib.ends_with("},\n}\n\n"));
}

TEST(Bibtex, KeysAreUniqueAndDoNotDependOnWhatComesBehind) {
  store::WorkRecord work;
  work.record.title.text = "The effect";
  Works works;
  for (const char* const id : {"1", "2", "3", "2"}) {
    works.push_back(work);
    works.back().record.source_id = id;
  }
  const std::string all = Written(ExportFormat::kBibtex, works);
  EXPECT_THAT(all, AllOf(HasSubstr("@article{anoneffect,"), HasSubstr("@article{anoneffect-pubmed2,"),
                         HasSubstr("@article{anoneffect-pubmed3,"), HasSubstr("@article{anoneffect-pubmed2-2,")));
  works.pop_back();
  EXPECT_THAT(all, StartsWith(Written(ExportFormat::kBibtex, works)));
}

TEST(CslJson, SaysWhatItsHeaderPromises) {
  const auto items = nlohmann::json::parse(Written(ExportFormat::kCslJson, Works{SampleWork(), Chapter()}));
  ASSERT_EQ(items.size(), 2U);
  nlohmann::json item = items[0];
  EXPECT_THAT(item["custom"]["litmill"].get<std::string>(), StartsWith("litmill:1&source=pubmed,90000001"));
  item.erase("custom");
  EXPECT_EQ(item, nlohmann::json::parse(R"json({
    "id": "pubmed:90000001", "type": "article-journal", "title": "Mg2+ & sleep: 50% of {all}, a study_of \\alpha",
    "author": [{"family": "Müller", "given": "Jane A", "suffix": "Jr"}, {"literal": "Sleep and Salt Group, the"},
               {"family": "Van Only"}],
    "editor": [{"family": "Éditeur", "given": "E"}], "container-title": "Journal of Tests",
    "container-title-short": "J. Tests", "issued": {"date-parts": [[2020, 3]]}, "volume": "12", "issue": "3",
    "page": "123-34", "ISSN": "1111-1111", "DOI": "10.5555/a_b.1", "PMID": "90000001", "PMCID": "PMC900001",
    "URL": "https://doi.org/10.5555/a_b.1", "language": "eng; fre",
    "abstract": "BACKGROUND: Low. WHAT WE DID: Much; more.",
    "keyword": "salt\\; sea; magnesium; Migraine Disorders/*drug therapy; condition: migraine; form: glycinate",
    "genre": "Journal Article", "source": "PubMed", "status": "retracted",
    "note": "RETRACTED PUBLICATION (notice: PMID 90000002)"
})json"))
      << item;
  EXPECT_EQ(items[1]["type"], "chapter");
  EXPECT_EQ(items[1]["container-title"], "The book");
}

TEST(CslJson, OfNoWorkIsAnEmptyArray) {
  EXPECT_TRUE(nlohmann::json::parse(Written(ExportFormat::kCslJson, Works{})).empty());
}

TEST(CslJson, HoldsBothEndsOfARange) {
  store::WorkRecord work;
  work.record.dates = {{"print", DateFromMedlineDate("1998 Dec-1999 Jan"), ""}};
  const auto items = nlohmann::json::parse(Written(ExportFormat::kCslJson, Works{work}));
  EXPECT_EQ(items[0]["issued"], nlohmann::json::parse(R"({"date-parts": [[1998, 12], [1999, 1]]})"));
}

TEST(Csv, SaysWhatItsHeaderPromises) {
  const std::string csv = Written(ExportFormat::kCsv, Works{SampleWork()});
  EXPECT_THAT(csv, StartsWith("title,authors,year,publication_date,journal,journal_abbreviation,volume,issue,pages,doi,"
                              "pmid,pmcid,issn,isbn,abstract,keywords,mesh_terms,publication_types,language,editors,"
                              "publisher,url,trial_ids,is_retracted,retraction,source,source_id,sources,tags_condition,"
                              "tags_form,litmill\r\n"));
  EXPECT_THAT(csv, HasSubstr("\r\n\"Mg2+ & sleep: 50% of {all}, a study_of \\alpha\",\"Müller, Jane A, Jr; Sleep and "
                             "Salt Group\\, the; Van Only\",2020,2020-03,Journal of Tests,J. Tests,12,3,123-34,"
                             "10.5555/a_b.1,90000001,PMC900001,\"1111-1111; 2222-2222\",,"
                             "\"BACKGROUND: Low. WHAT WE DID: Much; more.\",\"salt\\; sea; magnesium\","
                             "Migraine Disorders/*drug therapy,Journal Article,\"eng; fre\",\"Éditeur, E\",,"
                             "https://doi.org/10.5555/a_b.1,NCT90000001,1,RETRACTED PUBLICATION (notice: PMID "
                             "90000002),pubmed,90000001,\"pubmed; scopus\",migraine,glycinate,\"litmill:1&"));
}

TEST(Csv, CellsAreNoFormulasAndComeBackByTakingOneApostropheOff) {
  EXPECT_EQ(report::TableCell("=1+1"), "'=1+1");
  EXPECT_EQ(report::TableCell("'=1+1"), "''=1+1");
  EXPECT_EQ(report::TableCell("'quoted' word"), "'quoted' word");
  EXPECT_EQ(report::TableCell("-5"), "'-5");
  EXPECT_EQ(report::TableCell("\t@x\r\n"), "'@x");
  EXPECT_EQ(report::TableCell("a \"b\", c"), "\"a \"\"b\"\", c\"");
  EXPECT_EQ(report::TableCell("a\r\nb"), "a b");
  EXPECT_EQ(report::TableCell(""), "");
}

TEST(Asreview, HasItsColumnsAndNoLabels) {
  EXPECT_EQ(Written(ExportFormat::kAsreview, Works{SampleWork()}),
            "title,abstract,authors,year,doi,keywords,url,included\r\n"
            "\"Mg2+ & sleep: 50% of {all}, a study_of \\alpha\",\"BACKGROUND: Low. WHAT WE DID: Much; more.\","
            "\"Müller, Jane A, Jr; Sleep and Salt Group\\, the; Van Only\",2020,10.5555/a_b.1,"
            "\"salt; sea; magnesium; Migraine Disorders\",https://doi.org/10.5555/a_b.1,\r\n");
}

TEST(Jsonl, HoldsTheWholeRecord) {
  store::WorkRecord work = SampleWork();
  work.record.title.markup = "Mg<sup>2+</sup>";
  const std::string text = Written(ExportFormat::kJsonl, Works{work});
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
  const auto line = nlohmann::json::parse(text);
  EXPECT_EQ(line["title"], work.record.title.text);
  EXPECT_EQ(line["title_markup"], "Mg<sup>2+</sup>");
  EXPECT_EQ(line["identifiers"][1],
            nlohmann::json::parse(
                R"({"scheme": "doi", "value": "10.5555/a_b.1", "raw": "10.5555/A_B.1", "origin": "ELocationID"})"));
  EXPECT_EQ(line["abstract_sections"][1],
            nlohmann::json::parse(R"({"label": "WHAT WE DID", "nlm_category": "METHODS", "text": "Much; more."})"));
  EXPECT_EQ(line["authors"].size(), 5U) << "the misspelt one too";
  EXPECT_EQ(line["authors"][3]["valid"], false);
  EXPECT_EQ(line["mesh_headings"][0]["qualifiers"][0]["major"], true);
  EXPECT_EQ(line["dates"].size(), 3U);
  EXPECT_EQ(line["related"][0]["ref_type"], "RetractionIn");
  EXPECT_EQ(line["tags"], nlohmann::json::parse(R"({"condition": ["migraine"], "form": ["glycinate"]})"));
  EXPECT_EQ(line["is_retracted"], true);
  EXPECT_EQ(line["year"], 2020);
}

}  // namespace
}  // namespace litmill::testing
