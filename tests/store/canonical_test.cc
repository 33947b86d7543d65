// SPDX-License-Identifier: Apache-2.0
#include "store/canonical.h"

#include <gtest/gtest.h>

#include "tests/store/samples.h"

namespace litmill::testing {
namespace {

std::string Hash(const Record& record) {
  std::string scratch = "left over";
  return store::ContentHash(record, scratch);
}

TEST(ContentHash, SameRecordSameHash) { EXPECT_EQ(Hash(FullRecord("1")), Hash(FullRecord("1"))); }

TEST(ContentHash, EveryKindOfChangeShows) {
  const std::string base = Hash(FullRecord("1"));
  const auto changed = [&](auto change) {
    Record record = FullRecord("1");
    change(record);
    return Hash(record) != base;
  };
  EXPECT_TRUE(changed([](Record& r) { r.source_id = "2"; }));
  EXPECT_TRUE(changed([](Record& r) { r.version = 1; }));
  EXPECT_TRUE(changed([](Record& r) { r.title.markup.clear(); }));
  EXPECT_TRUE(changed([](Record& r) { r.authors_complete = true; }));
  EXPECT_TRUE(changed([](Record& r) { r.book.reset(); }));
  EXPECT_TRUE(changed([](Record& r) { std::swap(r.authors[0], r.authors[1]); }));
  EXPECT_TRUE(changed([](Record& r) { r.authors[0].affiliations[0].identifiers.pop_back(); }));
  EXPECT_TRUE(changed([](Record& r) { r.mesh_headings[0].qualifiers[1].major = true; }));
  EXPECT_TRUE(changed([](Record& r) { r.dates[0].date.precision = DatePrecision::kDay; }));
  EXPECT_TRUE(changed([](Record& r) { r.number_of_references = "44"; }));
}

TEST(ContentHash, TextDoesNotSlipIntoTheNextField) {
  Record a = SmallRecord("1", "x");
  Record b = a;
  a.pages = "12";
  a.start_page = "3";
  b.pages = "1";
  b.start_page = "23";
  EXPECT_NE(Hash(a), Hash(b));
}

}  // namespace
}  // namespace litmill::testing
