// SPDX-License-Identifier: Apache-2.0
// Numbers of each registry's form; all of them synthetic.
#include "core/trial_number.h"

#include <gtest/gtest.h>

namespace litmill {
namespace {

struct TrialCase {
  const char* input;
  const char* registry;  // null = refused
  const char* number;
};

class TrialNumbers : public ::testing::TestWithParam<TrialCase> {};

TEST_P(TrialNumbers, HaveOneNormalForm) {
  const auto got = ReadTrialNumber(GetParam().input);
  if (GetParam().registry == nullptr) {
    EXPECT_EQ(got, std::nullopt) << got->number;
    return;
  }
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(got->registry, GetParam().registry);
  EXPECT_EQ(got->number, GetParam().number);
}

INSTANTIATE_TEST_SUITE_P(OfEachRegistry, TrialNumbers,
                         ::testing::Values(TrialCase{"NCT00000001", "ClinicalTrials.gov", "NCT00000001"},
                                           TrialCase{" nct 00000001 ", "ClinicalTrials.gov", "NCT00000001"},
                                           TrialCase{"(NCT00000001)", "ClinicalTrials.gov", "NCT00000001"},
                                           TrialCase{"NL\xE2\x80\x90OMON12345", "OMON", "NLOMON12345"},
                                           TrialCase{"EUCTR2004\xE2\x80\x90"
                                                     "000015\xE2\x80\x91"
                                                     "20\xE2\x80\x93GB",
                                                     "EudraCT", "EUDRACT200400001520"},
                                           TrialCase{"ISRCTN: 00000002", "ISRCTN", "ISRCTN00000002"},
                                           TrialCase{"ACTRN12600000000003", "ANZCTR", "ACTRN12600000000003"},
                                           TrialCase{"DRKS00000004", "DRKS", "DRKS00000004"},
                                           TrialCase{"KCT0000005", "CRiS", "KCT0000005"},
                                           TrialCase{"TCTR20200000006", "TCTR", "TCTR20200000006"},
                                           TrialCase{"PACTR202000000000007", "PACTR", "PACTR202000000000007"},
                                           TrialCase{"UMIN000000008", "UMIN CTR", "UMIN000000008"},
                                           TrialCase{"JPRN-UMIN000000008", "UMIN CTR", "UMIN000000008"},
                                           TrialCase{"jRCTs031180009", "jRCT", "JRCTS031180009"},
                                           TrialCase{"jRCT1031180009", "jRCT", "JRCT1031180009"},
                                           TrialCase{"ChiCTR-TRC-12000010", "ChiCTR", "CHICTRTRC12000010"},
                                           TrialCase{"ChiCTR2000000010", "ChiCTR", "CHICTR2000000010"},
                                           TrialCase{"CTRI/2012/05/000011", "CTRI", "CTRI201205000011"},
                                           TrialCase{"IRCT20080000000012N3", "IRCT", "IRCT20080000000012N3"},
                                           TrialCase{"NTR1234", "NTR", "NTR1234"},
                                           TrialCase{"RPCEC00000013", "RPCEC", "RPCEC00000013"},
                                           TrialCase{"SLCTR/2010/014", "SLCTR", "SLCTR2010014"},
                                           TrialCase{"RBR-2abc5k", "ReBec", "RBR2ABC5K"},
                                           TrialCase{"2004-000015-20", "EudraCT", "EUDRACT200400001520"},
                                           TrialCase{"EudraCT: 2004-000015-20", "EudraCT", "EUDRACT200400001520"},
                                           TrialCase{"EUCTR2004-000015-20-GB", "EudraCT", "EUDRACT200400001520"}));

INSTANTIATE_TEST_SUITE_P(
    WhatMayBeAnyones, TrialNumbers,
    ::testing::Values(TrialCase{"", nullptr, nullptr}, TrialCase{"NCT", nullptr, nullptr},
                      TrialCase{"NCT0000001", nullptr, nullptr}, TrialCase{"NCT000000010", nullptr, nullptr},
                      TrialCase{"see NCT00000001", nullptr, nullptr},
                      TrialCase{"NCT00000001 and NCT00000002", nullptr, nullptr},
                      TrialCase{"12345678", nullptr, nullptr}, TrialCase{"200400001520", nullptr, nullptr},
                      TrialCase{"2004-000015", nullptr, nullptr}, TrialCase{"GENBANK/AB123456", nullptr, nullptr},
                      TrialCase{"RBR-", nullptr, nullptr}, TrialCase{"RBR-abcdef", nullptr, nullptr},
                      TrialCase{"IRCTN5", nullptr, nullptr}, TrialCase{"NTR 12 and more", nullptr, nullptr},
                      TrialCase{"GSE12345", nullptr, nullptr}, TrialCase{"not registered", nullptr, nullptr}));

}  // namespace
}  // namespace litmill
