// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/parse/tagged_samples.h"
#include "tests/parse/tagged_test_support.h"

namespace litmill::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Ris, ReadsAPlainRecord) {
  const ReadBack back = ReadText(kRisSample);
  EXPECT_EQ(back.report.format, "ris");
  ASSERT_EQ(back.records.size(), 3U);
  EXPECT_THAT(back.problems, IsEmpty());
  const Record& r = back.At(0);
  EXPECT_EQ(r.source, "file");
  EXPECT_TRUE(r.source_id.starts_with("sha256:"));
  EXPECT_EQ(r.title.text, "Magnesium in the invented garden");
  EXPECT_EQ(People(r), "Roe|Jane B.|; van der Doe||K");
  EXPECT_EQ(r.journal.title, "Journal of Synthetic Gardening");
  EXPECT_EQ(r.journal.iso_abbreviation, "J. Synth. Gard.");
  EXPECT_EQ(Iso(r, "print"), "2019-10-01");
  EXPECT_EQ(r.pages, "123-134");
  EXPECT_EQ(Value(r, "doi"), "10.5555/syn.1");
  EXPECT_EQ(r.journal.issn_print, "0123-4560");
  EXPECT_EQ(Keywords(r), "NOTNLM:garden; NOTNLM:soil");
  EXPECT_EQ(r.publication_types[0].ui, "D016428");
  EXPECT_EQ(back.records[2].position.line, 29U);
}

// Tags have two blanks before the hyphen: anything else inside an abstract is text.
TEST(Ris, ColumnsAreStrict) {
  const ReadBack back = ReadText(kRisSample);
  ASSERT_EQ(back.At(0).abstract_sections.size(), 1U);
  EXPECT_EQ(back.At(0).abstract_sections[0].body.text, "Nothing is known. ER was high, and AU - MD9 stands here.");
}

TEST(Ris, ChaptersAreInBooks) {
  const ReadBack back = ReadText(kRisSample);
  const Record& r = back.At(1);
  EXPECT_EQ(r.title.text, "The second invention");
  ASSERT_TRUE(r.book.has_value());
  EXPECT_EQ(r.book->title, "A Book of Inventions");
  EXPECT_EQ(People(r), "Poe|Edgar||Jr.");
  EXPECT_EQ(Iso(r, "print"), "1998-12");
}

TEST(Ris, OneSpaceStyleAndByteOrderMarkAndLineSeparators) {
  const ReadBack back = ReadText(
      "\xEF\xBB\xBFTY - JOUR\r\nTI - One\xE2\x80\xA8space\r\nAU - Roe, J.\r\nER -\r\n\xEF\xBB\xBFTY  - JOUR\r\nTI  - "
      "Two\r\nAB  - x\r\nAU - MD9\r\nER  -\r\n");
  ASSERT_EQ(back.records.size(), 2U);
  EXPECT_EQ(back.At(0).title.text, "One space");
  EXPECT_EQ(People(back.At(0)), "Roe||J");
  EXPECT_EQ(People(back.At(1)), "");
}

TEST(Ris, MissingEndsCostNothing) {
  const ReadBack back = ReadText("TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\nER  - \nTY  - JOUR\nTI  - C\n");
  ASSERT_EQ(back.records.size(), 3U);
  EXPECT_TRUE(back.Warns(0, "no-end"));
  EXPECT_FALSE(back.Warns(1, "no-end"));
  EXPECT_TRUE(back.Warns(2, "no-end"));
}

TEST(Ris, AnEmptyRecordIsAnErrorOfItsOwn) {
  const ReadBack back = ReadText("TY  - JOUR\nER  - \nTY  - JOUR\nTI  - B\nER  - \n");
  EXPECT_EQ(back.report.records, 1U);
  EXPECT_EQ(back.report.errors, 1U);
  EXPECT_EQ(back.Count("empty-record"), 1U);
}

TEST(Ris, WhatStandsBetweenRecordsIsReportedUnlessItIsFurniture) {
  const ReadBack back = ReadText(
      "Provider: Somebody\nDatabase: PsycINFO\nContent: text/plain\n\n1. \nTY  - JOUR\nTI  - A\nID  - 2020-55555-005\n"
      "PMID  - 90000001\nER  - \n\n<2. >\nTY  - JOUR\nTI  - B\nER  - \nA footnote.\n");
  ASSERT_EQ(back.records.size(), 2U);
  EXPECT_EQ(back.At(0).source, "psycinfo");
  EXPECT_EQ(back.At(0).source_id, "2020-55555-005");
  EXPECT_EQ(Value(back.At(0), "pmid"), "90000001");
  EXPECT_EQ(back.Count("unexpected-content"), 1U);
  EXPECT_EQ(back.problems.back().position.line, 16U);
}

TEST(Ris, UnknownTagsAreKept) {
  const ReadBack back = ReadText("TY  - JOUR\nTI  - A\nQ9  - odd\nER  - \n");
  EXPECT_THAT(Others(back.At(0), "unmapped"), ElementsAre("odd"));
  ASSERT_EQ(back.report.unmapped.size(), 1U);
  EXPECT_EQ(back.report.unmapped[0].name, "Q9");
}

struct OriginCase {
  const char *name, *fields, *source, *id, *pmid;
};

class RisOriginTest : public ::testing::TestWithParam<OriginCase> {};

TEST_P(RisOriginTest, SourceAccessionAndPmidAreThoseOfTheDialect) {
  const OriginCase& c = GetParam();
  const ReadBack back = ReadText(std::string("TY  - JOUR\nTI  - A title\n") + c.fields + "ER  - \n");
  ASSERT_EQ(back.records.size(), 1U);
  EXPECT_EQ(back.At(0).source, c.source);
  if (std::string(c.id).empty()) {
    EXPECT_TRUE(back.At(0).source_id.starts_with("sha256:")) << back.At(0).source_id;
  } else {
    EXPECT_EQ(back.At(0).source_id, c.id);
  }
  EXPECT_EQ(Value(back.At(0), "pmid"), c.pmid);
}

INSTANTIATE_TEST_SUITE_P(
    Dialects, RisOriginTest,
    ::testing::Values(
        OriginCase{"Scopus",
                   "UR  - https://www.scopus.com/inward/record.uri?eid=2-s2.0-90000000001&doi=10.5555%2fsyn\nC2  - "
                   "90000001\nDB  - Scopus\n",
                   "scopus", "2-s2.0-90000000001", "90000001"},
        OriginCase{"EmbaseWithMedline", "U2  - L900000001\nC5  - 90000001\nDB  - Embase\nDB  - Medline\n", "embase",
                   "L900000001", "90000001"},
        OriginCase{"EmbaseOnlyMedline", "DB  - Medline\nU2  - L900000001\n", "embase", "L900000001", ""},
        OriginCase{"EmbaseByAddress",
                   "UR  - https://www.embase.com/search/results?subaction=viewrecord&id=L900000001&from=export\n",
                   "embase", "L900000001", ""},
        OriginCase{"EmbaseNamedPmid", "AN  - PMID:90000001\nDB  - Embase\n", "embase", "", "90000001"},
        OriginCase{"OvidMedline", "ID  - 90000001\nDB  - Ovid MEDLINE(R) <1946 to June 30, 2025>\n", "medline",
                   "90000001", "90000001"},
        OriginCase{"OvidEmbase", "AN  - 2015467890\nDB  - Embase <1974 to 2025 June 30>\nDP  - Ovid Technologies\n",
                   "embase", "L2015467890", ""},
        OriginCase{"WebOfScience", "AN  - WOS:000000000000001\n", "wos", "WOS:000000000000001", ""},
        OriginCase{"WebOfScienceMedline", "AN  - MEDLINE:90000001\nDB  - Web of Science\n", "wos", "MEDLINE:90000001",
                   "90000001"},
        OriginCase{"Central", "AN  - CN-90000001\nC3  - PUBMED 90000001\n", "cochrane", "CN-90000001", "90000001"},
        OriginCase{"Ebsco", "DP  - EBSCOhost\nDB  - ccm\nAN  - 105999999\n", "cinahl", "105999999", ""},
        OriginCase{"EbscoMedlineHasItsOwnNumbers", "DP  - EBSCOhost\nDB  - cmedm\nAN  - 90000001\n", "medline", "", ""},
        OriginCase{"ProQuest", "DB  - ProQuest Central; Sociological Abstracts\nAN  - 2385861734; 90000001\n",
                   "proquest", "2385861734", ""},
        OriginCase{"EndNoteFromPubMed", "DP  - NLM\nAN  - 90000001\n", "pubmed", "90000001", "90000001"},
        OriginCase{"BareNumbersAreNoPmid", "AN  - 90000001\nC2  - 90000002\nID  - 90000003\nU2  - 90000004\n", "file",
                   "", ""},
        OriginCase{"Rayyan", "AN  - rayyan-900000001\n", "file", "", ""},
        OriginCase{"ZoteroNote", "N1  - PMID: 90000001\n", "file", "", "90000001"},
        OriginCase{"NoteOfAnotherPaper", "N1  - Erratum for PMID: 90000001\n", "file", "", ""},
        OriginCase{"LinkToPubMed", "UR  - https://pubmed.ncbi.nlm.nih.gov/90000001/\n", "file", "", "90000001"},
        OriginCase{
            "LinksToTwoPapers",
            "UR  - https://pubmed.ncbi.nlm.nih.gov/90000001/\nL2  - https://www.ncbi.nlm.nih.gov/pubmed/90000002\n",
            "file", "", ""}),
    [](const ::testing::TestParamInfo<OriginCase>& origin) { return origin.param.name; });

TEST(Ris, DoisInTheirManyPlaces) {
  for (const char* const field :
       {"DO  - 10.5555/syn.1", "DO  - doi:10.5555/SYN.1", "DO  - http://dx.doi.org/10.5555/syn.1",
        "DO  - doi: 10.5555/syn.1", "M3  - doi:10.5555/syn.1", "M3  - 10.5555/syn.1", "L3  - 10.5555/syn.1",
        "UR  - https://doi.org/10.5555/syn.1"}) {
    const ReadBack back = ReadText(std::string("TY  - JOUR\nTI  - A\n") + field + "\nER  - \n");
    EXPECT_EQ(Value(back.At(0), "doi"), "10.5555/syn.1") << field;
  }
  const ReadBack other = ReadText("TY  - JOUR\nTI  - A\nUR  - https://example.org/pdf/10.5555/other.pdf\nER  - \n");
  EXPECT_EQ(Value(other.At(0), "doi"), "");
}

TEST(Ris, DatesInTheirManyForms) {
  const std::pair<const char*, const char*> cases[] = {
      {"PY  - 2019\n", "2019"},
      {"Y1  - 2019/03//\n", "2019-03"},
      {"PY  - 2019///\n", "2019"},
      {"PY  - 2019\nDA  - AUG 11\n", "2019-08-11"},
      {"DA  - 2019/03/15/Spring\nPY  - 2019\n", "2019-03-15"},
      {"Y1  - 2019/03//\nPY  - 2019\nDA  - Mar 2019\n", "2019-03"},
      {"PY  - 2019\nDA  - 2018/12/01/\n", "2019"},
  };
  for (const auto& [fields, iso] : cases) {
    const ReadBack back = ReadText(std::string("TY  - JOUR\nTI  - A\n") + fields + "ER  - \n");
    EXPECT_EQ(Iso(back.At(0), "print"), iso) << fields;
  }
}

TEST(Ris, NamesInTheirManyForms) {
  const std::pair<const char*, const char*> cases[] = {
      {"Roe, Jane B.", "Roe|Jane B.|"},
      {"Roe, J.-B.", "Roe||JB"},
      {"Roe, JB", "Roe||JB"},
      {"Roe J.B.", "Roe||JB"},
      {"Ivanov, Yu.V.", "Ivanov||YuV"},
      {"Roe, Jane B, PhD", "Roe|Jane B||PhD"},
      {"Roe, Jr., Jane", "Roe|Jane||Jr."},
      {"van der Roe JB", "van der Roe||JB"},
      {"World Health Organization,", "=World Health Organization"},
      {"Roe JB, van der Doe K, Poe EA", "Roe||JB; van der Doe||K; Poe||EA"},
      {"Roe, J.; Doe, K.", "Roe||J; Doe||K"},
      {"Gonz&aacute;lez, Ana", "Gonz\xC3\xA1lez|Ana|"},
  };
  for (const auto& [name, people] : cases) {
    const ReadBack back = ReadText(std::string("TY  - JOUR\nTI  - A\nAU  - ") + name + "\nER  - \n");
    EXPECT_EQ(People(back.At(0)), people) << name;
  }
}

TEST(Ris, IssnsInTheirManyForms) {
  for (const char* const field : {"SN  - 01234560", "SN  - 0123-4560", "SN  - 01234560 (ISSN)",
                                  "SN  - [\"0123-4560\", \"1234-5679\"]", "SN  - 0123-4560 (Print)0123-4560"}) {
    const ReadBack back = ReadText(std::string("TY  - JOUR\nTI  - A\n") + field + "\nER  - \n");
    EXPECT_EQ(back.At(0).journal.issn_print, "0123-4560") << field;
    EXPECT_THAT(Others(back.At(0), "unmapped"), IsEmpty()) << field;
  }
}

TEST(Ris, ScopusNotesHoldTheReferences) {
  const ReadBack back = ReadText(
      "TY  - JOUR\nTI  - A\nDB  - Scopus\nN1  - Export Date: 15 October 2020\nN1  - References: Roe, J., A thing "
      "(2019) J. "
      "Synth., 1, p. 2; \nDoe, K., Another (2018) J. Synth., 2, p. 3\nKW  - gardens\nER  - \n");
  ASSERT_EQ(back.At(0).references.size(), 2U);
  EXPECT_EQ(back.At(0).references[1].citation.text, "Doe, K., Another (2018) J. Synth., 2, p. 3");
  EXPECT_EQ(Keywords(back.At(0)), "SCOPUS:gardens");
}

TEST(Ris, EmbaseSaysWhoWorksWhere) {
  const ReadBack back = ReadText(
      "TY  - JOUR\nT1  - A\nU2  - L900000001\nA1  - Roe, J.B.\nA1  - Doe, K.\nM1  - (Roe J.B.; Doe K., k@example.org) "
      "Garden "
      "Institute, Utopia\nM1  - (Doe K.) School of Soil\nAD  - K. Doe, Utopia\nKW  - gardening\nC3  - "
      "Spade(Nobody)\nER  - "
      "\n");
  const Record& r = back.At(0);
  ASSERT_EQ(r.authors.size(), 2U);
  EXPECT_EQ(r.authors[0].affiliations.size(), 1U);
  EXPECT_EQ(r.authors[1].affiliations.size(), 2U);
  EXPECT_EQ(r.authors[1].affiliations[1].text, "School of Soil");
  EXPECT_THAT(Others(r, "correspondence"), ElementsAre("K. Doe, Utopia"));
  EXPECT_THAT(Others(r, "device-tradename"), ElementsAre("Spade(Nobody)"));
  EXPECT_EQ(Keywords(r), "EMTREE:gardening");
}

TEST(Ris, WebOfScienceGluesItsFields) {
  const ReadBack back = ReadText(
      "TY  - JOUR\nTI  - A\nAU  - Roe, J\nKW  - garden\nKW  - SOIL SCIENCE\nAD  - Inst A, UtopiaAD  - Inst B, UtopiaFU "
      " - "
      "Garden Fund [G-1, G-2]; Soil Fund\nC6  - NOV 2018\nPY  - 2019\nWE  - Index Expanded (SCI)AN  - "
      "WOS:000000000000001\nER  -\n");
  const Record& r = back.At(0);
  EXPECT_EQ(r.source_id, "WOS:000000000000001");
  ASSERT_EQ(r.grants.size(), 3U);
  EXPECT_EQ(r.grants[1].id + "|" + r.grants[1].agency, "G-2|Garden Fund");
  EXPECT_EQ(Keywords(r), "NOTNLM:garden; KEYWORDS-PLUS:SOIL SCIENCE");
  ASSERT_EQ(r.authors[0].affiliations.size(), 2U);
  EXPECT_EQ(Iso(r, "electronic"), "2018-11");
  EXPECT_THAT(Others(r, "wos-edition"), ElementsAre("Index Expanded (SCI)"));
}

TEST(Ris, OvidLinksBehindTheRecordSayWhereItIsFrom) {
  const ReadBack back = ReadText(
      "1. \nTY  - ELEC\nID  - CN-90000001\nT1  - A\nA1  - NCT00000000\nKW  - *Soil/ch [Chemistry]\nKW  - "
      "Humans\nER  -  \n\nLink to the Ovid Full Text or citation: "
      "http://ovidsp.ovid.com/ovidweb.cgi?T=JS&D=cctr&AN=CN-90000001Link to the External Link Resolver: "
      "http://example.org/\n\n2. \nTY  - JOUR\nT1  - B\nER  - \n");
  ASSERT_EQ(back.records.size(), 2U);
  const Record& r = back.At(0);
  EXPECT_EQ(r.source, "cochrane");
  EXPECT_EQ(r.source_id, "CN-90000001");
  EXPECT_EQ(Headings(r), "Soil*/Chemistry");
  EXPECT_EQ(Keywords(r), "OVID:Humans");
  ASSERT_EQ(r.accessions.size(), 1U);
  EXPECT_THAT(r.authors, IsEmpty());
  EXPECT_EQ(back.At(1).source, "file");
  EXPECT_THAT(back.problems, IsEmpty());
}

TEST(Ris, EbscoSecondAbstractIsTheCopyright) {
  const ReadBack back = ReadText("TY  - JOUR\nT1  - A\nAB  - Real.\nAB  - Copyright of J is theirs.\nER  - \n");
  EXPECT_EQ(back.At(0).abstract_sections.at(0).body.text, "Real.");
  EXPECT_EQ(back.At(0).copyright, "Copyright of J is theirs.");
}

TEST(Ris, ARecordTooLargeCostsOneRecord) {
  parse::ExportOptions options;
  options.limits.max_record_bytes = 200;
  const ReadBack back = ReadText("TY  - JOUR\nTI  - A\nER  - \nTY  - JOUR\nAB  - " + std::string(300, 'x') +
                                     "\nTI  - B\nER  - \nTY  - JOUR\nTI  - C\nER  - \n",
                                 options);
  ASSERT_EQ(back.records.size(), 2U);
  EXPECT_EQ(back.At(1).title.text, "C");
  EXPECT_EQ(back.Count("record-too-large"), 1U);
  EXPECT_EQ(back.report.errors, 1U);
}

}  // namespace
}  // namespace litmill::testing
