// SPDX-License-Identifier: Apache-2.0
#include "tests/services/boolean_words.h"

#include <gmock/gmock.h>

#include <string>

namespace litmill::services {
namespace {

RegisteredWork Work(const std::string& title, const std::string& abstract = "", int year = 2020) {
  RegisteredWork work{"10.5555/Syn.1"};
  work.title = title;
  work.abstract = abstract;
  work.year = year;
  work.pmid = 90000001;
  return work;
}

const RegisteredWork kWork = Work("Oral magnesium and low mood", "Alzheimer's disease, omega-3; Migraines fell.");

TEST(BooleanWords, EachDatabaseSaysTheSameInItsOwnWay) {
  for (const char* query : {
           "TITLE-ABS-KEY(magnesium OR zinc*) AND TITLE-ABS-KEY(\"low mood\") AND (PUBYEAR > 1999 AND PUBYEAR < 2026)",
           "(INDEXTERMS(\"Magnesium\") OR CHEMNAME(\"magnesium diglycinate\")) AND TITLE-ABS(low W/2 mood)",
           "TITLE-ABS-KEY(migrain*) AND NOT TITLE-ABS-KEY(zinc) AND LANGUAGE(english)",
           "TITLE-ABS-KEY({low mood}) AND PUBYEAR = 2020 AND PUBYEAR AFT 2019 AND PUBYEAR BEF 2021",
           "('magnesium'/exp OR (magnesium OR zinc):ti,ab,kw) AND 'low mood':ti,ab AND [2000-2025]/py",
           "(low NEAR/3 mood):ti,ab,kw AND 'magnesium'/exp/mj NOT [conference abstract]/lim AND [english]/lim",
           "\"alzheimer's disease\":ti,ab OR 'no such thing'/de",
           "'alzheimer's disease':ti,ab",
           "TS=(magnesium AND (migrain* OR depress*)) AND PY=(2000-2025)",
           "TS=(magnesium AND low NEAR/2 mood) AND PY=2020 AND LA=(English) AND DT=(Article OR Review)",
           "ts=magnesium not ts=zinc",
           "TI=(oral magnesium)",
           "(TITLE_ABS:(magnesium OR zinc) OR KW:\"Migraine Disorders\") AND PUB_YEAR:[2000 TO 2025] AND SRC:MED",
           "TITLE:magnesium AND ABSTRACT:migrain* AND FIRST_PDATE:[2000-01-01 TO 2025-12-31] AND LANG:eng",
           "TITLE_ABS:\"mood magnesium\"~4 AND PUB_YEAR:2020 AND PUB_YEAR:[2000 TO *]",
           "([mh Magnesium] OR [mh \"Migraine Disorders\"]) AND (low NEXT mood):ti,ab,kw",
           "magnes?um:ti AND migraine$:ab AND m*gnesium:ti",
           "omega-3 AND DOI(10.5555/syn.1) AND PMID(90000001)",
           "EXT_ID:90000001 AND DO=\"10.5555/SYN.1\"",
           "LANGUAGE(german)",
       }) {
    EXPECT_TRUE(BooleanWords::Read(query)) << query;
    EXPECT_TRUE(MatchesWords(query, kWork)) << query;
  }
}

TEST(BooleanWords, WhatDoesNotFitIsNotFound) {
  for (const char* query : {
           "TITLE-ABS-KEY(zinc)",
           "TITLE-ABS-KEY(magnesium) AND NOT TITLE-ABS-KEY(migrain*)",
           "TITLE-ABS-KEY(\"mood low\")",
           "TITLE-ABS-KEY(magnes)",
           "TITLE-ABS-KEY({migrain*})",
           "magnesium:ti AND [2000-2019]/py",
           "TS=(magnesium) AND PY=(2000-2019)",
           "TS=(magnesium) AND PY=2019",
           "TS=magnesium NOT TS=mood",
           "TITLE:magnesium AND PUB_YEAR:[2021 TO *]",
           "PUBYEAR > 2020",
           "PUBYEAR < 2020",
           "magnes?m:ti",
           "magnesium$$?:ti",
           "NOT magnesium",
           "DOI(10.5555/syn.2)",
           "PMID(1)",
       }) {
    EXPECT_TRUE(BooleanWords::Read(query)) << query;
    EXPECT_FALSE(MatchesWords(query, kWork)) << query;
  }
}

TEST(BooleanWords, AndBindsTighterThanOr) {
  EXPECT_TRUE(MatchesWords("magnesium OR zinc AND iron", kWork));
  EXPECT_FALSE(MatchesWords("(magnesium OR zinc) AND iron", kWork));
  EXPECT_TRUE(MatchesWords("iron AND zinc OR magnesium", kWork));
}

TEST(BooleanWords, AWorkWithoutAYearIsInNoYear) {
  const RegisteredWork undated = Work("Magnesium", "", 0);
  for (const char* query : {"PUBYEAR < 2026", "PUBYEAR > 1000", "[1000-3000]/py", "PY=0"})
    EXPECT_FALSE(MatchesWords(query, undated)) << query;
  EXPECT_TRUE(MatchesWords("NOT PUBYEAR > 1999", undated));
}

TEST(BooleanWords, NonsenseIsNotRead) {
  for (const char* query : {"",
                            "   ",
                            "(",
                            ")",
                            "()",
                            "magnesium)",
                            "(magnesium",
                            "magnesium AND",
                            "OR magnesium",
                            "magnesium AND OR zinc",
                            "\"magnesium",
                            "'magnesium",
                            "{magnesium",
                            "\"\"",
                            "TITLE-ABS-KEY()",
                            "TITLE-ABS-KEY(magnesium",
                            "TS=",
                            "TS=(",
                            "[2000-2025",
                            "[2000-2025]",
                            "[soon]/py",
                            "PUBYEAR > soon",
                            "PUBYEAR >",
                            "#1 AND #2",
                            "magnesium/nonsense",
                            "PY=(soon)",
                            "NOT",
                            "NEAR/3 magnesium",
                            "-"}) {
    EXPECT_FALSE(BooleanWords::Read(query)) << query;
    EXPECT_FALSE(MatchesWords(query, kWork)) << query;
  }
}

TEST(BooleanWords, EveryPrefixOfAQueryIsReadOrRefused) {
  const std::string query =
      "('magnesium'/exp OR TITLE-ABS-KEY(\"low mood\" W/3 {x})) AND [2000-2025]/py NOT PUB_YEAR:[1 TO 2] TS=(a NEAR b) "
      "#";
  for (std::size_t size = 0; size <= query.size(); ++size) (void)MatchesWords(query.substr(0, size), kWork);
  EXPECT_FALSE(BooleanWords::Read(query));
}

}  // namespace
}  // namespace litmill::services
