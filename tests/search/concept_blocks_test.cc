// SPDX-License-Identifier: Apache-2.0
#include "search/concept_blocks.h"

#include <gtest/gtest.h>

#include <string>

#include "search/to_pubmed.h"
#include "tests/support/matchers.h"

namespace litmill::search {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;

ConceptBlock Block(std::string name, std::vector<std::string> terms) {
  ConceptBlock block;
  block.name = std::move(name);
  block.terms = std::move(terms);
  return block;
}

TEST(ConceptBlocks, BecomeAQuery) {
  ConceptBlock magnesium = Block("magnesium", {"magnesium", "low magnesium", "hypomagnes*[ti]", "\"x\"[nm]"});
  magnesium.mesh = {"Magnesium", "Magnesium Deficiency/blood"};
  magnesium.mesh_noexp = {"Magnesium Compounds"};
  SearchLimits limits;
  limits.first_year = 2000;
  limits.last_year = 2025;
  limits.languages = {"english", "ger"};
  limits.publication_types = {"Review"};
  limits.none = {Block("reagents", {"MgCl2[tiab]"}), Block("alloys", {"alloy*[tiab]", "stent*[tiab]"})};
  const Result<Node> query = BuildQuery({magnesium, Block("migraine", {"migrain*"})}, limits);
  ASSERT_THAT(query, IsOk());
  EXPECT_EQ(
      ToPubMed(*query),
      "((\"Magnesium\"[mh] OR \"Magnesium Deficiency/blood\"[mh] OR \"Magnesium Compounds\"[mh:noexp] OR "
      "magnesium[tiab] OR \"low magnesium\"[tiab] OR hypomagnes*[ti] OR \"x\"[nm]) AND migrain*[tiab] AND "
      "2000:2025[dp] "
      "AND \"Review\"[pt] AND (\"english\"[la] OR \"ger\"[la])) NOT (MgCl2[tiab] OR (alloy*[tiab] OR stent*[tiab]))");
}

TEST(ConceptBlocks, OpenYears) {
  SearchLimits limits;
  limits.first_year = 2000;
  const Result<Node> query = BuildQuery({Block("a", {"a[ti]"})}, limits);
  ASSERT_THAT(query, IsOk());
  EXPECT_EQ(ToPubMed(*query), "a[ti] AND 2000:3000[dp]");
}

TEST(ConceptBlocks, ErrorsNameTheBlockAndTheTerm) {
  const Result<Node> bad = BuildQuery({Block("migraine", {"migrain*[tiab]", "headache*[tiba]"})});
  ASSERT_THAT(bad, IsError(ErrorCode::kInvalidInput));
  EXPECT_EQ(bad.error().message.find("migraine, term 2:1:10: error S005"), 0U) << bad.error().message;
  EXPECT_THAT(BuildQuery({}), IsError(ErrorCode::kInvalidInput));
  EXPECT_THAT(BuildQuery({Block("empty", {})}), IsError(ErrorCode::kInvalidInput));
  SearchLimits limits;
  limits.first_year = 2025;
  limits.last_year = 2000;
  EXPECT_THAT(BuildQuery({Block("a", {"a[ti]"})}, limits), IsError(ErrorCode::kInvalidInput));
}

}  // namespace
}  // namespace litmill::search
