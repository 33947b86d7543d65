// SPDX-License-Identifier: Apache-2.0
#include "store/cited_identifiers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace litmill::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Identifier Plain(const std::string& scheme, const std::string& value) {
  return {scheme, value, value, "ArticleIdList", true};
}

std::vector<Identifier> ThereAndBack(const std::vector<Identifier>& identifiers) {
  store::CitedIdentifiers split;
  store::SplitCited(identifiers, split);
  std::vector<Identifier> back = store::FromColumns(split.columns);
  for (const std::size_t place : split.rows) store::InsertRow(back, place, identifiers[place]);
  return back;
}

bool Same(const std::vector<Identifier>& a, const std::vector<Identifier>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Identifier& x, const Identifier& y) {
    return x.scheme == y.scheme && x.value == y.value && x.raw == y.raw && x.origin == y.origin && x.valid == y.valid;
  });
}

TEST(CitedIdentifiers, PlainOnesNeedNoRow) {
  const std::vector<Identifier> list = {Plain("doi", "10.1/x"), Plain("pmcid", "PMC1"), Plain("pmid", "7")};
  store::CitedIdentifiers split;  // its views point into the list
  store::SplitCited(list, split);
  EXPECT_THAT(split.columns, ElementsAre("10.1/x", "PMC1", "7"));
  EXPECT_THAT(split.rows, IsEmpty());
}

TEST(CitedIdentifiers, WhatAColumnCannotSayGetsARow) {
  Identifier wrong = Plain("pmid", "7"), spelt = Plain("doi", "10.1/x"), elsewhere = Plain("doi", "10.1/y");
  wrong.valid = false;
  spelt.raw = "https://doi.org/10.1/X";
  elsewhere.origin = "ELocationID";
  const std::vector<Identifier> list = {wrong,
                                        spelt,
                                        elsewhere,
                                        Plain("url", "u"),
                                        Plain("pmid", ""),
                                        Plain("pmid", "8"),
                                        Plain("pmid", "9"),
                                        Plain("doi", "10.1/z")};
  store::CitedIdentifiers split;
  store::SplitCited(list, split);
  EXPECT_THAT(split.columns, ElementsAre("", "", "8"));
  EXPECT_THAT(split.rows, ElementsAre(0, 1, 2, 3, 4, 6, 7));
}

TEST(CitedIdentifiers, AnyListComesBackInItsOrder) {
  std::mt19937_64 random(20261122);
  const std::vector<std::string> schemes = {"doi", "pmcid", "pmid", "url", ""};
  for (int i = 0; i < 5000; ++i) {
    std::vector<Identifier> list(random() % 6);
    for (Identifier& one : list) {
      one = Plain(schemes[random() % schemes.size()], random() % 9 == 0 ? "" : std::to_string(random() % 100));
      if (random() % 4 == 0) one.raw = "raw";
      if (random() % 6 == 0) one.valid = false;
      if (random() % 8 == 0) one.origin = "";
    }
    ASSERT_TRUE(Same(ThereAndBack(list), list)) << "list " << i;
  }
}

}  // namespace
}  // namespace litmill::testing
