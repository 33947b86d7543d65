// SPDX-License-Identifier: Apache-2.0
#include "parse/export_record.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "parse/database_names.h"
#include "parse/export_abstract.h"
#include "parse/export_date.h"

namespace litmill::parse {
namespace {

const Limits kLimits;

TEST(DatabaseName, ReadsWhatPlatformsPrint) {
  const std::pair<const char*, const char*> cases[] = {
      {"Scopus", "scopus"},
      {"Ovid MEDLINE(R) and Epub Ahead of Print <1946 to June 30, 2025>", "medline"},
      {"Embase Classic+Embase <1947 to 2025 Week 26>", "embase"},
      {"Web of Science Core Collection", "wos"},
      {"The Cochrane Central Register of Controlled Trials", "cochrane"},
      {"APA PsycInfo", "psycinfo"},
      {"PubMed", "pubmed"},
      {"Europe PMC", "europepmc"},
      {"CINAHL with Full Text", "cinahl"},
      {"Global Health <1973 to 2025>", "global-health-1973-to-2025"},
      {"SciELO M\xC3\xA9xico", "scielo-mexico"},
      {"  ", ""},
  };
  for (const auto& [name, expected] : cases) EXPECT_EQ(DatabaseName(name), expected);
}

TEST(AccessionOf, IsStrictAboutTheDatabasesItKnows) {
  struct Case {
    const char *database, *accession, *expected;
  };
  for (const Case& c : std::vector<Case>{{"pubmed", "PMID:  12345", "12345"},
                                         {"pubmed", "L12345", ""},
                                         {"medline", "00012345", "12345"},
                                         {"scopus", "2-s2.0-85012345678", "2-s2.0-85012345678"},
                                         {"scopus", "85012345678", "2-s2.0-85012345678"},
                                         {"scopus", "17", ""},
                                         {"wos", "WOS:000123456700001", "WOS:000123456700001"},
                                         {"wos", "000123456700001", "WOS:000123456700001"},
                                         {"wos", "see note", ""},
                                         {"embase", "2015467890", "L2015467890"},
                                         {"embase", "L2015467890", "L2015467890"},
                                         {"embase", "PMID:35123456", ""},
                                         {"cochrane", "CN-02145678", "CN-02145678"},
                                         {"psycinfo", "2019-12345-001", "2019-12345-001"},
                                         {"file", "123", ""},
                                         {"file", "running text 1", ""}})
    EXPECT_EQ(AccessionOf(c.database, c.accession), c.expected) << c.database << " " << c.accession;
}

TEST(DateFromExport, ReadsEveryWording) {
  const std::pair<const char*, const char*> cases[] = {
      {"2019", "2019"},
      {"2019/03//", "2019-03"},
      {"2019/03/15/Spring", "2019-03-15"},
      {"2019///", "2019"},
      {"2019-03-15", "2019-03-15"},
      {"2019 Mar 15", "2019-03-15"},
      {"15 March 2019", "2019-03-15"},
      {"MAR 15 2019", "2019-03-15"},
      {"March 2019", "2019-03"},
      {"1-Dec-25", "2025-12-01"},
      {"15-Mar-1999", "1999-03-15"},
      {"20190315", "2019-03-15"},
      {"JUL-AUG 2019", "2019-07"},
      {"Mar. 15, 2019", "2019-03-15"},
      {"n.d.", ""},
  };
  for (const auto& [text, iso] : cases) {
    const PartialDate date = DateFromExport(text);
    EXPECT_EQ(date.iso, iso) << text;
    EXPECT_EQ(date.raw, text);
  }
}

std::string LabelsAndTexts(std::string_view abstract) {
  ExportRecord made(kLimits, {});
  made.SetAbstract(abstract);
  std::string out;
  for (const AbstractSection& section : made.record.abstract_sections)
    out += "[" + section.label + "]" + section.body.text;
  return out;
}

TEST(SetAbstract, SplitsAtHeadingsInCapitals) {
  EXPECT_EQ(LabelsAndTexts("BACKGROUND: Salt matters (CI: 95%). METHODS AND RESULTS: RNA: measured. BMI: 23. "
                           "CONCLUSION: It does."),
            "[BACKGROUND]Salt matters (CI: 95%).[METHODS AND RESULTS]RNA: measured. BMI: 23.[CONCLUSION]It does.");
  EXPECT_EQ(LabelsAndTexts("AIM: To see.\nWHAT WE DID: We looked."), "[AIM]To see.[WHAT WE DID]We looked.");
}

TEST(SetAbstract, ReadsHeadingsOfHabitAndMarkup) {
  EXPECT_EQ(LabelsAndTexts("Background: Salt matters. Methods: We looked."),
            "[Background]Salt matters.[Methods]We looked.");
  EXPECT_EQ(LabelsAndTexts("Plain text with Mg<sup>2+</sup> and p < 0.05 &amp; more"),
            "[]Plain text with Mg2+ and p < 0.05 & more");
}

TEST(SetAbstract, NoneIsNone) {
  for (const char* text : {"", "  ", "[No abstract available]", "No abstract available.", "(no abstract)"})
    EXPECT_EQ(LabelsAndTexts(text), "") << text;
}

TEST(SetAbstract, TheCopyrightStatementGoesToItsField) {
  ExportRecord made(kLimits, {});
  made.SetAbstract("Salt matters. \xC2\xA9 2025 by the authors.");
  EXPECT_EQ(made.record.abstract_sections.at(0).body.text, "Salt matters.");
  EXPECT_EQ(made.record.copyright, "\xC2\xA9 2025 by the authors.");
  ExportRecord before(kLimits, {});
  before.SetAbstract("\xC2\xA9 2019 A Publisher. All rights reserved. Salt matters.");
  EXPECT_EQ(before.record.abstract_sections.at(0).body.text, "Salt matters.");
  EXPECT_EQ(before.record.copyright, "\xC2\xA9 2019 A Publisher. All rights reserved.");
}

TEST(ExportRecord, FindsADoiOnlyWhereItIsTheRecords) {
  const std::pair<const char*, const char*> cases[] = {
      {"10.1234/AB.5", "10.1234/ab.5"},
      {"doi: 10.1234/ab.5", "10.1234/ab.5"},
      {"https://doi.org/10.1234/ab%3C5", "10.1234/ab<5"},
      {"http://dx.doi.org/10.1234/ab.5 ", "10.1234/ab.5"},
      {"https://publisher.example/search?q=10.1234/ab.5", ""},
      {"version 10.2", ""},
  };
  for (const auto& [text, doi] : cases) {
    ExportRecord made(kLimits, {});
    EXPECT_EQ(made.AddDoiIn(text, "UR"), *doi != '\0') << text;
    const Identifier* found = made.record.FindIdentifier("doi");
    EXPECT_EQ(found == nullptr ? "" : found->value, doi);
  }
}

TEST(ExportRecord, TellsIssnsFromIsbns) {
  ExportRecord made(kLimits, {});
  made.AddIssnsAndIsbns("20726643 (Electronic) 2072-664x (Linking); 978-3-16-148410-0 0028-0836");
  EXPECT_EQ(made.record.journal.issn_electronic, "2072-6643");
  EXPECT_EQ(made.record.journal.issn_linking, "2072-664X");
  EXPECT_EQ(made.record.journal.issn_print, "0028-0836");
  ASSERT_EQ(made.record.other_names.size(), 1U);
  EXPECT_EQ(made.record.other_names[0].kind, "isbn");
}

/// What a sink hands out for some records of a database.
struct Collected {
  std::vector<std::string> ids;
  std::multimap<std::string, std::string> problems;
  ExportReport report;
};

Collected Collect(const ExportOptions& options, const std::vector<std::pair<std::string, std::string>>& titles) {
  Collected collected;
  const ItemSink sink = [&](Item item) -> Result<void> {
    if (const auto* parsed = std::get_if<ParsedRecord>(&item)) {
      collected.ids.push_back(parsed->record.source + " " + parsed->record.source_id);
      for (const Problem& warning : parsed->warnings) collected.problems.emplace(warning.code, warning.message);
    } else {
      collected.problems.emplace(std::get<Problem>(item).code, std::get<Problem>(item).message);
    }
    return {};
  };
  ExportSink out("test", options, sink);
  out.SetFileDatabase("scopus");
  for (const auto& [accession, title] : titles) {
    ExportRecord made(options.limits, out.At(1, 0));
    made.accession = accession;
    made.record.title.text = title;
    if (!title.empty()) made.AddUnmapped("XX", "kept");
    EXPECT_TRUE(out.Take(std::move(made)));
  }
  collected.report = *out.Finish();
  return collected;
}

TEST(ExportSink, OneAccessionOfTwoDifferentRecordsIsTwoRecords) {
  const Collected c = Collect({}, {{"85000000001", "A"}, {"85000000001", "B"}, {"85000000001", "A"}});
  EXPECT_EQ(c.ids, (std::vector<std::string>{"scopus 2-s2.0-85000000001", "scopus 2-s2.0-85000000001#2",
                                             "scopus 2-s2.0-85000000001"}));
  EXPECT_EQ(c.problems.count("repeated-accession"), 1U);
}

TEST(ExportSink, WithoutAnAccessionTheContentIsTheIdentity) {
  const Collected c = Collect({}, {{"", "A"}, {"", "B"}, {"", "A"}});
  ASSERT_EQ(c.ids.size(), 3U);
  EXPECT_EQ(c.ids[0], c.ids[2]);
  EXPECT_NE(c.ids[0], c.ids[1]);
  EXPECT_TRUE(c.ids[0].starts_with("scopus sha256:")) << c.ids[0];
}

TEST(ExportSink, TheDatabaseGivenWins) {
  EXPECT_EQ(Collect({"Embase", {}}, {{"2015467890", "A"}}).ids, std::vector<std::string>{"embase L2015467890"});
}

TEST(ExportSink, CountsAndReportsUnmappedFieldsAndEmptyRecords) {
  const Collected c = Collect({}, {{"85000000001", "A"}, {"85000000002", "B"}, {"85000000003", ""}});
  EXPECT_EQ(c.report.records, 2U);
  EXPECT_EQ(c.report.errors, 1U);
  ASSERT_EQ(c.report.unmapped.size(), 1U);
  EXPECT_EQ(c.report.unmapped[0].records, 2U);
  EXPECT_EQ(c.problems.count("unmapped-field"), 1U);
  EXPECT_EQ(c.problems.count("empty-record"), 1U);
}

}  // namespace
}  // namespace litmill::parse
