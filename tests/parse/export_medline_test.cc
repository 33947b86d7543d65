// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/parse/tagged_samples.h"
#include "tests/parse/tagged_test_support.h"

namespace litmill::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Medline, RecordReadsLikeTheXmlOne) {
  const ReadBack back = ReadText(kMedlineSample);
  ASSERT_EQ(back.failure, "");
  EXPECT_EQ(back.report.format, "medline");
  ASSERT_EQ(back.records.size(), 3U);
  EXPECT_THAT(back.problems, IsEmpty());
  const Record& r = back.At(0);
  EXPECT_EQ(r.source, "pubmed");
  EXPECT_EQ(r.source_id, "90000001");
  EXPECT_EQ(back.records[0].position.line, 2U);
  EXPECT_EQ(back.records[0].position.offset_bytes, 1U);
  EXPECT_EQ(r.title.text, "Magnesium in the invented garden: a synthetic trial of tomatoes.");
  EXPECT_EQ(People(r), "Roe|Jane B|JB|Jr; van der Doe|Kim|K; =Tomato Study Group");
  EXPECT_EQ(r.authors[0].orcid, "0000-0002-1825-0097");
  ASSERT_EQ(r.authors[0].affiliations.size(), 2U);
  EXPECT_EQ(r.authors[0].affiliations[1].text, "School of Soil, Utopia.");
  ASSERT_EQ(r.abstract_sections.size(), 3U);
  EXPECT_EQ(r.abstract_sections[1].label, "METHODS");
  EXPECT_EQ(r.abstract_sections[1].body.text, "We invented it. AU - MD9 stands here, and ER - too.");
  EXPECT_EQ(r.copyright, "Copyright (c) 2019 Nobody.");
  EXPECT_EQ(r.journal.title, "Journal of synthetic gardening");
  EXPECT_EQ(r.journal.medline_ta, "J Synth Gard");
  EXPECT_EQ(r.journal.nlm_unique_id, "9999999");
  EXPECT_EQ(r.journal.country, "Utopia");
  EXPECT_EQ(r.journal.issn_electronic, "1234-5679");
  EXPECT_EQ(r.journal.issn_print, "0123-4560");
  EXPECT_EQ(r.journal.issn_linking, "0123-4560");
  EXPECT_EQ(r.pages, "123-34");
  EXPECT_EQ(r.start_page, "123");
  EXPECT_EQ(r.end_page, "134");
  EXPECT_EQ(Value(r, "pmid"), "90000001");
  EXPECT_EQ(Value(r, "doi"), "10.5555/syn.1");
  EXPECT_EQ(Value(r, "pii"), "S0123-4560(19)00001-1");
  EXPECT_EQ(Value(r, "pmcid"), "PMC9000001");
  EXPECT_EQ(Headings(r), "Humans; Magnesium*/therapeutic use; Solanum lycopersicum/drug effects/growth & development*");
  ASSERT_EQ(r.chemicals.size(), 2U);
  EXPECT_EQ(r.chemicals[0].registry_number, "I38ZP9992A");
  EXPECT_EQ(r.chemicals[0].name, "Magnesium");
  ASSERT_EQ(r.accessions.size(), 1U);
  EXPECT_EQ(r.accessions[0].bank + "/" + r.accessions[0].accession, "ClinicalTrials.gov/NCT00000000");
  ASSERT_EQ(r.related.size(), 1U);
  EXPECT_EQ(r.related[0].ref_type, "CommentIn");
  EXPECT_EQ(r.related[0].pmid, "90000009");
  EXPECT_EQ(r.related[0].doi, "10.5555/syn.9");
  EXPECT_EQ(r.related[0].ref_source, "J Synth Gard. 2020 Jan;8(1):1-2. doi: 10.5555/syn.9.");
  EXPECT_EQ(Keywords(r), "NOTNLM:garden; NOTNLM:*soil");
  EXPECT_EQ(r.publication_types[1].ui, "D016449");
  EXPECT_EQ(r.status, "MEDLINE");
  EXPECT_EQ(r.owner, "NLM");
  EXPECT_EQ(r.publication_status, "ppublish");
  EXPECT_EQ(r.coi_statement, "None declared.");
  EXPECT_THAT(r.languages, ElementsAre("eng"));
  EXPECT_THAT(r.citation_subsets, ElementsAre("IM"));
}

TEST(Medline, DatesHaveTheKindsOfTheXml) {
  const ReadBack back = ReadText(kMedlineSample);
  const Record& r = back.At(0);
  EXPECT_EQ(Iso(r, "print"), "2019-10-01");
  EXPECT_EQ(Iso(r, "electronic"), "2019-09-15");
  EXPECT_EQ(Iso(r, "completed"), "2020-03-16");
  EXPECT_EQ(Iso(r, "revised"), "2021-04-17");
  EXPECT_EQ(Iso(r, "received"), "2019-03-01");
  // Told twice, by PHST and by a tag of its own, they are there once.
  EXPECT_EQ(Iso(r, "pubmed"), "2019-10-02");
  EXPECT_EQ(std::count_if(r.dates.begin(), r.dates.end(), [](const RecordDate& d) { return d.kind == "pubmed"; }), 1);
  EXPECT_EQ(Iso(r, "medline"), "2020-03-17");
  EXPECT_EQ(Iso(r, "entrez"), "2019-10-02");
  for (const RecordDate& date : r.dates) {
    if (date.kind == "entrez") {
      EXPECT_EQ(date.time, "07:30");
    }
  }
  EXPECT_EQ(Iso(back.At(1), "print"), "1998-12");
  EXPECT_EQ(back.At(1).Date("print")->iso_end, "1999-01");
}

TEST(Medline, TranslatedTitlesAndRetractionNotices) {
  const ReadBack back = ReadText(kMedlineSample);
  const Record& r = back.At(1);
  EXPECT_TRUE(r.title_is_translated);
  EXPECT_EQ(r.vernacular_title.text, "Die zweite Erfindung.");
  ASSERT_EQ(r.related.size(), 1U);
  EXPECT_EQ(r.related[0].ref_type, "RetractionOf");
  EXPECT_FALSE(r.IsRetracted());
}

TEST(Medline, GrantsWithAndWithoutNumbersAndAcronyms) {
  const ReadBack back = ReadText(
      "PMID- 1\nTI  - T.\nGR  - R01 CA1/CA/NCI NIH HHS/United States\nGR  - MC_UU_1/1/MRC_/Medical Research "
      "Council/United "
      "Kingdom\nGR  - 0447/A Foundation/\nGR  - 001/WHO_/World Health Organization/International\n");
  std::vector<std::string> grants;
  for (const Grant& g : back.At(0).grants) grants.push_back(g.id + "|" + g.acronym + "|" + g.agency + "|" + g.country);
  EXPECT_THAT(grants, ElementsAre("R01 CA1|CA|NCI NIH HHS|United States",
                                  "MC_UU_1/1|MRC_|Medical Research Council|United Kingdom", "0447||A Foundation|",
                                  "001|WHO_|World Health Organization|International"));
}

TEST(Medline, NumbersWithTheirNameBeforeThem) {
  const ReadBack back = ReadText("PMID- 1\nTI  - T.\nISBN- ISBN 978-3-16-148410-0\nISBN- ISBN\n");
  EXPECT_THAT(Others(back.At(0), "isbn"), ElementsAre("978-3-16-148410-0"));
}

TEST(Medline, ArticleNumbersAreThePagesOfTheXml) {
  const ReadBack back = ReadText("PMID- 1\nTI  - T.\nLID - e1005666\nLID - 10.5555/syn.1 [doi]\n");
  EXPECT_EQ(back.At(0).pages, "e1005666");
  EXPECT_EQ(Value(back.At(0), "doi"), "10.5555/syn.1");
}

TEST(Medline, OldRecords) {
  const ReadBack back = ReadText(
      "PMID-90000004\r\nOWN - KIE\r\nDA  - 19990101\r\nAU  - Roe JB 3rd\r\nAU  - Doe II\r\nTI  - Old.\r\n"
      "AD  - Institute of Old Things.\r\nRF  - 17\r\nOID - NLM: PMC9000004\r\nOID - KIE: 101009\r\nGN  - KIE: 1 "
      "ref.\r\n");
  ASSERT_EQ(back.records.size(), 1U);
  const Record& r = back.At(0);
  EXPECT_EQ(r.source_id, "90000004");
  EXPECT_EQ(People(r), "Roe||JB|3rd; Doe||II");
  EXPECT_EQ(Iso(r, "created"), "1999-01-01");
  EXPECT_EQ(r.number_of_references, "17");
  EXPECT_EQ(Value(r, "pmcid"), "PMC9000004");
  EXPECT_THAT(Others(r, "other-id"), ElementsAre("101009"));
  EXPECT_THAT(Others(r, "general-note"), ElementsAre("KIE: 1 ref."));
}

TEST(Medline, EditorsInvestigatorsAndOneAffiliationBeforeAll) {
  const ReadBack back = ReadText(
      "PMID- 5\nTI  - T.\nAD  - The first one's.\nFAU - Roe, Jane\nAU  - Roe J\nFIR - Moe, Mo\nIR  - Moe M\nIRAD- "
      "Elsewhere.\n"
      "FED - Doe, Kim\nED  - Doe K\nBTI - A book\nPB  - A publisher\nISBN- 978-3-16-148410-0\n");
  const Record& r = back.At(0);
  EXPECT_EQ(People(r), "Roe|Jane|J; Doe|Kim|K (ed); Moe|Mo|M (inv)");
  ASSERT_EQ(r.authors[0].affiliations.size(), 1U);
  EXPECT_EQ(r.authors[2].affiliations.at(0).text, "Elsewhere.");
  ASSERT_TRUE(r.book.has_value());
  EXPECT_EQ(r.book->title, "A book");
  EXPECT_THAT(r.book->isbns, ElementsAre("978-3-16-148410-0"));
}

TEST(Medline, OtherAbstractsKeepTheirLanguage) {
  const ReadBack back =
      ReadText("PMID- 6\nTI  - T.\nAB  - Main.\nOABL- spa\nOAB - Otro.\nOABL- spa\nOCI - Copyright theirs.\n");
  const Record& r = back.At(0);
  ASSERT_EQ(r.abstract_sections.size(), 1U);
  EXPECT_EQ(r.abstract_sections[0].body.text, "Main.");
  ASSERT_EQ(r.other_abstracts.size(), 1U);
  EXPECT_EQ(r.other_abstracts[0].language, "spa");
  EXPECT_EQ(r.other_abstracts[0].copyright, "Copyright theirs.");
}

TEST(Medline, EricHasItsOwnNumbers) {
  const ReadBack back = ReadText(
      "OWN - ERIC\nTI  - Teaching gardens\nAU  - Roe, Jane B.\nOID - EJ9000001\nISSN- EISSN-1234-5679\nDP  - 2013\n"
      "LID - http://eric.example.org/?id=EJ9000001\n\nOWN - ERIC\nTI  - More gardens\nOID - ED9000002\n");
  ASSERT_EQ(back.records.size(), 2U);
  EXPECT_EQ(back.At(0).source, "eric");
  EXPECT_EQ(back.At(0).source_id, "EJ9000001");
  EXPECT_EQ(back.At(0).journal.issn_electronic, "1234-5679");
  EXPECT_EQ(People(back.At(0)), "Roe|Jane B.|");
  EXPECT_EQ(back.At(1).source_id, "ED9000002");
}

TEST(Medline, WhatItDoesNotKnowIsKeptAndReported) {
  const ReadBack back = ReadText(
      "Search: gardens\n\nPMID- 7\nQQQ - odd\n      value\nVI  - 1\nSO invalid line\nTI  - Title\nwrapped without "
      "indent\n\n"
      "a footer\n");
  ASSERT_EQ(back.records.size(), 1U);
  const Record& r = back.At(0);
  EXPECT_EQ(r.title.text, "Title wrapped without indent");
  EXPECT_THAT(Others(r, "unmapped"), ElementsAre("odd\n      value", "SO invalid line"));
  ASSERT_EQ(back.report.unmapped.size(), 2U);
  EXPECT_EQ(back.report.unmapped[1].name, "QQQ");
  EXPECT_EQ(back.Count("unexpected-content"), 2U);
  EXPECT_EQ(back.problems[0].position.line, 1U);
}

TEST(Medline, RecordWithoutBlankLineBeforeItIsARecord) {
  const ReadBack back = ReadText("PMID- 8\nTI  - A\nPMID- 9\nTI  - B\nPMID- 10\n\nPMID- 11\nTI  - C\n");
  ASSERT_EQ(back.records.size(), 4U);
  EXPECT_EQ(back.At(1).source_id, "9");
  EXPECT_TRUE(back.Warns(2, "no-title"));
}

}  // namespace
}  // namespace litmill::testing
