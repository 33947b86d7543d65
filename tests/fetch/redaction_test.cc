// SPDX-License-Identifier: Apache-2.0
#include "fetch/redaction.h"

#include <gtest/gtest.h>

namespace litmill::fetch {
namespace {

TEST(Redactor, ReplacesEveryFormInWhichASecretTravels) {
  const Redactor redactor({"s3cret/Key+1", "some one@example.org"});
  const struct {
    const char* text;
    const char* clean;
  } cases[] = {
      {"nothing here", "nothing here"},
      {"key s3cret/Key+1 end", "key *** end"},
      {"S3CRET/KEY+1", "***"},
      {"api_key=s3cret%2FKey%2B1&x=1", "api_key=***&x=1"},
      {"api_key=s3cret%2fkey%2b1", "api_key=***"},
      {"email=some%20one%40example.org", "email=***"},
      {"email=some+one%40example.org", "email=***"},
      {"s3cret/Key+1s3cret/Key+1", "******"},
      {"s3cret/Key+", "s3cret/Key+"},
  };
  for (const auto& c : cases) EXPECT_EQ(redactor.Redact(c.text), c.clean) << c.text;
}

TEST(Redactor, ALongerSecretThatHoldsAShorterOneLeavesNoRest) {
  EXPECT_EQ(Redactor({"abcd", "abcdefgh"}).Redact("<abcdefgh><abcd>"), "<***><***>");
}

TEST(Redactor, EmptyAndVeryShortSecretsDoNotDestroyTheText) {
  EXPECT_EQ(Redactor({"", "1", "abc"}).Redact("<a>1 abc</a>"), "<a>1 abc</a>");
}

}  // namespace
}  // namespace litmill::fetch
