// SPDX-License-Identifier: Apache-2.0
// BibTeX. All data here is made up.
#include "parse/export_bibtex.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "parse/bibtex_reader.h"
#include "parse/latex_text.h"
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

struct LatexCase {
  std::string_view tex, text;
};

class LatexText : public ::testing::TestWithParam<LatexCase> {};

TEST_P(LatexText, IsRead) { EXPECT_EQ(TextOfLatex(GetParam().tex), GetParam().text) << GetParam().tex; }

INSTANTIATE_TEST_SUITE_P(
    All, LatexText,
    ::testing::Values(LatexCase{R"({\"o})", "ö"}, LatexCase{R"(\"o)", "ö"}, LatexCase{R"(\"{o})", "ö"},
                      LatexCase{R"(\'{\i})", "í"}, LatexCase{R"(\v{S}koda)", "Škoda"},
                      LatexCase{R"(Fran\c{c}ois)", "François"}, LatexCase{R"(\L{}\'od\'z)", "Łódź"},
                      LatexCase{R"(Stra\ss e)", "Straße"}, LatexCase{R"(\AA ngstr\"om)", "Ångström"},
                      LatexCase{R"(\H{o})", "ő"}, LatexCase{R"(\k{a})", "ą"}, LatexCase{R"(A \& B 5\%)", "A & B 5%"},
                      LatexCase{R"({The} {RNA} World)", "The RNA World"}, LatexCase{"a~b", "a b"},
                      LatexCase{"1--2 --- 3", "1–2 — 3"}, LatexCase{"``so''", "“so”"},
                      LatexCase{R"($\alpha$-helix)", "α-helix"}, LatexCase{R"(Mg$^{2+}$)", "Mg<sup>2+</sup>"},
                      LatexCase{R"(H$_2$O)", "H<sub>2</sub>O"}, LatexCase{"$5 and $6", "$5 and $6"},
                      LatexCase{R"(\textit{E. coli})", "<i>E. coli</i>"}, LatexCase{R"(\unknown{x})", R"(\unknownx)"},
                      LatexCase{R"(O\u2019Neil)", "O’Neil"}, LatexCase{R"({[}EP/1])", "[EP/1]"},
                      LatexCase{R"(5\,mg)", "5 mg"}, LatexCase{R"(a\textsubscript{2})", "a<sub>2</sub>"},
                      LatexCase{R"(x \textless y)", "x &lt;y"}, LatexCase{"\\", "\\"}, LatexCase{R"(\')", ""},
                      LatexCase{"$x^±y$", "x<sup>±</sup>y"}, LatexCase{R"(\'š)", "š\u0301"}));

TEST(BibtexReader, ReadsTheGrammar) {
  BibtexReader reader(
      "% a comment\n@string{js = \"Journal of \" # {Salts}}\n@comment{x = {y}}\n@preamble{\"\\x\"}\n"
      "@Article(key1, Title = \"A {\"}quoted{\"} title\", journal = js, year = 2020, month = jul # \" 1\")\n"
      "@book{, title={No key}}@misc{title={No key at all}}");
  BibEntry entry;
  ASSERT_TRUE(reader.Next(entry));
  EXPECT_EQ(entry.type, "article");
  EXPECT_EQ(entry.key, "key1");
  EXPECT_EQ(entry.line, 5U);
  EXPECT_EQ(entry.Field("title"), "A {\"}quoted{\"} title");
  EXPECT_EQ(entry.Field("journal"), "Journal of Salts");
  EXPECT_EQ(entry.Field("year"), "2020");
  EXPECT_EQ(entry.Field("month"), "jul 1");
  ASSERT_TRUE(reader.Next(entry));
  EXPECT_EQ(entry.key, "");
  EXPECT_EQ(entry.Field("title"), "No key");
  ASSERT_TRUE(reader.Next(entry));
  EXPECT_EQ(entry.Field("title"), "No key at all");
  EXPECT_FALSE(reader.Next(entry));
}

TEST(Bibtex, ReadsScopus) {
  const Imported imported = Import(
      "\nScopus\nEXPORT DATE: 1 June 2020\n\n@ARTICLE{Roe20201,\nauthor={Roe, J.B. and Doe, A. and van der Poe, E.},\n"
      "title={On salts},\njournal={Journal of Salts},\nyear={2020},\nvolume={12},\nnumber={3},\nart_number={e17},\n"
      "doi={10.1234/Salts.17},\nnote={cited By 3},\n"
      "url={https://www.scopus.com/inward/record.uri?eid=2-s2.0-85000000001&doi=10.1234%2fSalts.17},\n"
      "abstract={Salts. \xC2\xA9 2020 The Authors.},\nauthor_keywords={salt;  sea},\nkeywords={sodium, water;  tide},\n"
      "references={Poe E., On rivers, (2001); Foe F., On lakes, (2002)},\nissn={20720000},\npubmed_id={31000001},\n"
      "language={English},\nabbrev_source_title={J. "
      "Salts},\ndocument_type={Review},\nsource={Scopus},\nmade_up={x},\n}\n");
  ASSERT_EQ(imported.records.size(), 1U);
  EXPECT_TRUE(imported.Warns("preamble"));
  EXPECT_TRUE(imported.errors.empty());
  const Record& r = imported.records[0].record;
  EXPECT_EQ(imported.records[0].position.line, 5U);
  EXPECT_EQ(r.source, "scopus");
  EXPECT_EQ(r.source_id, "2-s2.0-85000000001");
  EXPECT_THAT(NamesOf(r), ElementsAre("Roe||JB", "Doe||A", "van der Poe||E"));
  EXPECT_EQ(r.pages, "e17");
  EXPECT_EQ(IdOf(r, "pmid"), "31000001");
  EXPECT_THAT(KeywordsOf(r), ElementsAre("NOTNLM:salt", "NOTNLM:sea", "SCOPUS:sodium, water", "SCOPUS:tide"));
  EXPECT_EQ(r.references.size(), 2U);
  EXPECT_EQ(r.publication_types.at(0).name, "Review");
  ASSERT_EQ(imported.report.unmapped.size(), 1U);
  EXPECT_EQ(imported.report.unmapped[0].name, "made_up");
}

TEST(Bibtex, ReadsWebOfScience) {
  const Record r = OnlyRecordOf(
      "@article{ ISI:000000000000001,\nAuthor = {Roe, Jane and Doe,\n   Ann},\nTitle = {{On salts\n   and waters}},\n"
      "Journal = {{JOURNAL OF SALTS}},\nYear = {{2018}},\nPages = {{740-759}},\nMonth = {{OCT 1}},\n"
      "ISSN = {{0360-0000}},\nEISSN = {{1873-0000}},\nKeywords = {{salt; sea}},\nKeywords-Plus = {{WATER}},\n"
      "Cited-References = {{Poe E, 2001, J SEAS, V1, P2, DOI 10.1234/cited.\n   Foe F, 2002, J LAKES.}},\n"
      "Unique-ID = {{ISI:000000000000001}},\n}\n");
  EXPECT_EQ(r.source, "wos");
  EXPECT_EQ(r.source_id, "WOS:000000000000001");
  EXPECT_EQ(r.title.text, "On salts and waters");
  EXPECT_THAT(NamesOf(r), ElementsAre("Roe|Jane|", "Doe|Ann|"));
  EXPECT_EQ(DateOf(r, "print"), "2018-10-01");
  EXPECT_EQ(r.journal.issn_electronic, "1873-0000");
  ASSERT_EQ(r.references.size(), 2U);
  EXPECT_EQ(r.references[0].identifiers.at(0).value, "10.1234/cited");
  EXPECT_EQ(r.FindIdentifier("doi"), nullptr) << "a cited work's DOI is its own";
}

TEST(Bibtex, ReadsNames) {
  const Record r = OnlyRecordOf(
      R"(@article{k, title={T}, author={Roe, Jr, Jane and {The {Salt} Group} and Ann van der Doe and M{\"u}ller, K.
         and Poe, Edgar, III and {Barnes and Noble} and others}, editor={Foe, F.}})");
  EXPECT_THAT(NamesOf(r), ElementsAre("Roe|Jane||Jr", "{The Salt Group}", "van der Doe|Ann|", "Müller||K",
                                      "Poe|Edgar||III", "{Barnes and Noble}", "ed:Foe||F"));
  EXPECT_FALSE(r.authors_complete);
}

TEST(Bibtex, TakesFromTheBookWhatAPartLeavesOut) {
  const Imported imported = Import(
      "@inproceedings{a, title={Part}, author={Roe, J.}, crossref={B}}\n"
      "@proceedings{b, title={Salt Days}, year={2019}, publisher={Pub}}\n");
  ASSERT_EQ(imported.records.size(), 2U);
  EXPECT_EQ(imported.records[0].record.journal.title, "Salt Days");
  EXPECT_EQ(DateOf(imported.records[0].record, "print"), "2019");
}

TEST(Bibtex, DamageCostsItsEntry) {
  const Imported imported = Import(
      "@article{a, title={One}, year={2020}}\n"
      "a note by somebody\n"
      "@article{b,\n title={Two {unbalanced},\n year={2021}\n}\n"
      "@article{c, title = , = }\n"
      "@article{d, title={Four}, year={2022}}\n"
      "@article{e, title={Five}");
  EXPECT_EQ(imported.records.size() + imported.errors.size(), 5U);
  ASSERT_GE(imported.records.size(), 4U);
  EXPECT_EQ(imported.records[1].record.title.text, "Two unbalanced");
  EXPECT_EQ(DateOf(imported.records[1].record, "print"), "2021");
  EXPECT_TRUE(imported.Warns("unexpected-content"));
  EXPECT_TRUE(imported.Warns("no-end"));
  EXPECT_EQ(imported.records.back().record.title.text, "Five");
}

TEST(Bibtex, IsSafeWhereverItIsCut) {
  const std::string text =
      "@article{a,\n title={One {A}},\n author={Roe, J.},\n}\n\n@article{b,\n title=\"Two\",\n year=2021\n}\n";
  testing::ExpectCutsAreSafe(text, {text.find("}\n\n@") + 1, text.size() - 1});
}

TEST(Bibtex, OwnEntriesComeBack) {
  const Record r = OnlyRecordOf(
      "@article{roe2020salt,\n  author = {Roe, Jane and {The, Group} and {van Doe}, {}},\n"
      "  title = {A -- ``B'' \\& \\textbackslash{}x \\textbraceleft{}y\\textbraceright{} <i> \\$5},\n"
      "  journal = {J Salts},\n  year = {2020},\n  month = mar,\n  pages = {123--34},\n  doi = {10.1234/a_b},\n"
      "  keywords = {a{;}b; c},\n  type = {Journal Article},\n"
      "  litmill = {litmill:1\\&source=pubmed,31000001\\&date=print,2020-03,,2020\\%20Mar\\&pages=123-34,123,134"
      "\\&keywords=NOTNLM,2},\n}\n");
  EXPECT_EQ(r.source, "pubmed");
  EXPECT_EQ(r.source_id, "31000001");
  EXPECT_EQ(r.title.text, "A -- ``B'' & \\x {y} <i> $5");
  EXPECT_EQ(r.pages, "123-34");
  EXPECT_EQ(r.end_page, "134");
  EXPECT_EQ(IdOf(r, "doi"), "10.1234/a_b");
  EXPECT_THAT(KeywordsOf(r), ElementsAre("NOTNLM:a;b", "NOTNLM:c"));
  EXPECT_EQ(r.Date("print")->raw, "2020 Mar");
  EXPECT_TRUE(r.other_names.empty());
}

TEST(Bibtex, HostileInputIsLinear) {
  std::string text = "@article{a, title={";
  for (int i = 0; i < 40000; ++i) text += "{\\'{";
  for (int i = 0; i < 20000; ++i) text += "\n@article{b" + std::to_string(i) + ", title={";
  for (int i = 0; i < 40000; ++i) text += "$^{";
  const auto begin = std::chrono::steady_clock::now();
  (void)Import(text);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
}

}  // namespace
}  // namespace litmill::parse
