// SPDX-License-Identifier: Apache-2.0
// Tables cut at every byte, layout by layout: no record that is whole is lost, and the cut costs one at most.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/parse/table_test_support.h"

namespace litmill::parse {
namespace {

/// Synthetic: what stands above the records, and three of them as the layout has them.
struct CutSample {
  const char* name;
  const char* format;
  std::string head;
  std::vector<std::string> records;
};

std::string With(std::string text, char from, char to) {
  for (char& c : text)
    if (c == from) c = to;
  return text;
}

const std::string kEmbaseColumns =
    "Title,Author Names,Source,Source title,Publication Year,Volume,Issue,First Page,Last Page,Publication Type,"
    "Abstract,Emtree Medical Index Terms,Article Language,Medline PMID,PUI,DOI\n";

const std::string kCochraneColumns =
    "CENTRAL ID,Author(s),Title,Source,Year,Abstract,Volume,Issue,Pages,Database Name,PubMed ID,Embase ID,CTgov ID,"
    "CINAHL ID,ICTRP ID,Publication Type,Keywords,DOI,URL,Cochrane Review Group Code\n";

const std::string kWosColumns = "PT\tAU\tAF\tTI\tSO\tDE\tAB\tC1\tPD\tPY\tVL\tBP\tEP\tAR\tDI\tPM\tUT\r\n";

std::vector<CutSample> Samples() {
  return {
      {"EmbaseRecordARow",
       "embase-csv",
       "\"SEARCH QUERY\",\"salt:ti, not sea\"\n-------------\n\n" + kEmbaseColumns,
       {"On salt,\"Roe J.-B., Doe A.\",J Salts (2025) 13:1,J Salts,2025,13,1,1,9,Article,\"Salt is salty.\nIt is "
        "\"\"very\"\" salty.\",\"human, adult\",English,31000001,L2010000001,10.1234/salt.31\n",
        "\"On sea, and salt\",Poe E.,J Salts (2024) 12:2,J Salts,2024,12,2,,,Review,,,English,,L2010000002,\n",
        "On tides,,,J Salts,2023,,,,,Article,\"None, yet.\",,,,L2010000003,10.1234/salt.33\n"}},
      {"EmbaseFieldARow",
       "embase-csv-rows",
       "\"SEARCH QUERY\",\"salt\"\n\n",
       {"\"TITLE\",\"On salt\"\n\"AUTHOR NAMES\",\"Roe J.\",\"Doe A.\"\n\"SOURCE TITLE\",\"J Salts\"\n"
        "\"PUBLICATION YEAR\",\"2020\"\n\"ABSTRACT\",\"Salt is salty.\nIt is \"\"very\"\" salty.\"\n"
        "\"PUI\",\"L2010000001\"\n\n",
        "\"TITLE\",\"On sea, and salt\"\n\"AUTHOR NAMES\",\"Poe E.\"\n\"PUBLICATION YEAR\",\"2019\"\n"
        "\"PUI\",\"L2010000002\"\n\n",
        "\"TITLE\",\"On tides\"\n\"PUI\",\"L2010000003\"\n\"DOI\",\"10.1234/x\"\n"}},
      {"Cochrane",
       "cochrane-csv",
       "\xEF\xBB\xBF" + kCochraneColumns,
       {"CN-01234567,\"Roe, JB; Doe, A\",On salt,J Salts,2020,\"AIM: to see.\nRESULTS: \"\"seen\"\".\",1,2,765-778,"
        "Cochrane Central,PUBMED 31000001,EMBASE 630000001,,,,Journal article,\"*Salts [adverse effects]; Humans\","
        "10.1234/a,https://www.example.org/CN-01234567,Salt Group\n",
        "CN-01234568,\"NCT01234567,\",A trial,https://clinicaltrials.gov/study/NCT01234567,2019,,,,,Cochrane Central,,,"
        "CTgov NCT01234567,,,Trial registry record,,,,\n",
        "CN-01234569,\"Poe, E\",\"On sea, and salt\",J Salts,2018,,3,,7,Cochrane Central,,,,,,Journal article,,,,\n"}},
      {"WebOfScience",
       "wos-table",
       kWosColumns,
       {"J\tRoe, J; Doe, A\tRoe, Jane; Doe, Ann\t\"Smart\" salts\tJ SALTS\tsalt; sea\t\"Salt\" is salt.\t[Roe, Jane; "
        "Doe, Ann] Univ X, Land\tMAY-JUN\t2017\t5\t\t\t71\t10.1234/s\t31000009\tWOS:000000000000001\r\n",
        "J\tPoe, E\tPoe, Edgar\tOn sea\tJ SALTS\t\t\t\tJUL 1\t2018\t6\t1\t9\t\t\t\tWOS:000000000000002\r\n",
        "J\tFoe, F\tFoe, Fay\t\"On tides\"\tJ SALTS\ttide\tNone.\t\t\t2019\t7\t2\t8\t\t\t\tWOS:000000000000003\r\n"}},
      {"Generic",
       "table",
       "title,authors,year,journal,abstract,doi\n",
       {"On salt,\"Roe, J.; Doe, A.\",2020,J Salts,\"Salt is salty.\nIt is \"\"very\"\" salty.\",10.1234/a\n",
        "\"On sea, and salt\",\"Poe, E.\",2021,J Salts,,\n", "On tides,,2022,,None.,10.1234/c\n"}},
      {"GenericWithSemicolonsAndOldLineEnds",
       "table",
       "title;authors;year;colour\r",
       {"On salt;\"Roe, J.\";2020;red\r", "\"On sea; and salt\";Poe E;2021;\r", "On tides;;2022;blue\r"}},
      {"GenericWithTabs",
       "table",
       With("title,authors,year,journal\r\n", ',', '\t'),
       {"On salt\tRoe, J.\t2020\tJ Salts\r\n", "\"On\" sea\tPoe, E.\t2021\tJ Salts\r\n", "On tides\t\t2022\t\r\n"}},
  };
}

class TableCuts : public ::testing::TestWithParam<CutSample> {};

TEST_P(TableCuts, AreSafeAtEveryByte) {
  std::string whole = GetParam().head;
  std::vector<std::size_t> ends;
  for (const std::string& record : GetParam().records) ends.push_back((whole += record).size());
  const testing::Imported imported = testing::Import(whole);
  EXPECT_EQ(imported.report.format, GetParam().format);
  EXPECT_TRUE(imported.errors.empty()) << imported.errors.front().message;
  // Where a row is one field, half of it is an error of its own beside the record.
  const bool is_field_a_row = imported.report.format == "embase-csv-rows";
  testing::ExpectCutsAreSafe(whole, ends, is_field_a_row ? 1 : 0);
}

INSTANTIATE_TEST_SUITE_P(EachLayout, TableCuts, ::testing::ValuesIn(Samples()),
                         [](const auto& sample) { return std::string(sample.param.name); });

}  // namespace
}  // namespace litmill::parse
