// SPDX-License-Identifier: Apache-2.0
#include "core/identifiers.h"

#include <gtest/gtest.h>

namespace litmill {
namespace {

TEST(Pmid, IsTheNumberItsDigitsSpell) {
  EXPECT_EQ(ParsePmid("40647320"), 40647320U);
  EXPECT_EQ(ParsePmid(" 00012 \n"), 12U);
  EXPECT_EQ(ParsePmid("4294967295"), 4294967295U);
}

TEST(Pmid, RefusesEverythingElse) {
  for (const char* text : {"", "0", "000", "-1", "12a", "1 2", "4294967296", "99999999999999999999", "PMID 1"})
    EXPECT_EQ(ParsePmid(text), std::nullopt) << text;
}

TEST(Pmcid, DropsVersionAndCase) {
  EXPECT_EQ(NormalisePmcid("PMC12252419"), "PMC12252419");
  EXPECT_EQ(NormalisePmcid(" pmc2762775.2 "), "PMC2762775");
  for (const char* text : {"", "PMC", "123", "PMC12a", "PMC1.x", "PMC0", "pmc-id: PMC1;"})
    EXPECT_EQ(NormalisePmcid(text), std::nullopt) << text;
}

struct DoiCase {
  const char* input;
  const char* expected;  // null = refused
};

class DoiForms : public ::testing::TestWithParam<DoiCase> {};

TEST_P(DoiForms, HaveOneNormalForm) {
  const auto got = NormaliseDoi(GetParam().input);
  if (GetParam().expected == nullptr) {
    EXPECT_EQ(got, std::nullopt) << *got;
  } else {
    ASSERT_TRUE(got.has_value());
    EXPECT_EQ(*got, GetParam().expected);
    EXPECT_EQ(NormaliseDoi(*got), got) << "the normal form is not stable";
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, DoiForms,
    ::testing::Values(DoiCase{"10.3390/NU17132216", "10.3390/nu17132216"},
                      DoiCase{"doi:10.3390/nu17132216", "10.3390/nu17132216"},
                      DoiCase{"DOI: 10.3390/nu17132216.", "10.3390/nu17132216"},
                      DoiCase{"https://doi.org/10.1007%2Fs13760-019-01101-x", "10.1007/s13760-019-01101-x"},
                      DoiCase{"10.1007%2Fs13760-019-01101-x", "10.1007/s13760-019-01101-x"},
                      DoiCase{"http://dx.doi.org/10.1016/S2095-4964(15)60195-9", "10.1016/s2095-4964(15)60195-9"},
                      DoiCase{"(10.1016/S2095-4964(15)60195-9)", nullptr},
                      DoiCase{"10.1016/S2095-4964(15)60195-9)", "10.1016/s2095-4964(15)60195-9"},
                      DoiCase{"10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2",
                              "10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2"},
                      DoiCase{"doi: https://doi.org/10.5555/a,", "10.5555/a"}, DoiCase{"10.1000.10/x", "10.1000.10/x"},
                      DoiCase{"10.5555/a%2Fb", "10.5555/a%2fb"},  // not a URL: the percent sign is part of the name
                      DoiCase{"e22.00123", nullptr}, DoiCase{"10.5555/", nullptr}, DoiCase{"10./x", nullptr},
                      DoiCase{"10.x/y", nullptr}, DoiCase{"10.5555/a b", nullptr}, DoiCase{"", nullptr},
                      DoiCase{"11.5555/a", nullptr}));

TEST(Orcid, EveryFormWithASoundChecksum) {
  for (const char* text :
       {"0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097", "http://orcid.org/0000-0002-1825-0097",
        "0000000218250097", " orcid.org/0000-0002-1825-0097 "})
    EXPECT_EQ(NormaliseOrcid(text), "0000-0002-1825-0097") << text;
  EXPECT_EQ(NormaliseOrcid("0000-0001-5109-370x"), std::nullopt);
  EXPECT_EQ(NormaliseOrcid("0000-0002-1694-233X"), "0000-0002-1694-233X");
}

TEST(Orcid, WrongChecksumIsNoOrcid) {
  for (const char* text : {"0000-0002-1825-0098", "", "0000", "0000-0002-1825-009A", "x000-0002-1825-0097"})
    EXPECT_EQ(NormaliseOrcid(text), std::nullopt) << text;
}

}  // namespace
}  // namespace litmill
