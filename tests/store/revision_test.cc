// SPDX-License-Identifier: Apache-2.0
#include "store/revision.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace litmill::store {
namespace {

TEST(Revision, VersionBeforeDateBeforeRetrievalBeforeStatusBeforeContent) {
  const Revision base{true, 1, "2020-01-01", "2024-01-01T00:00:00Z", 2, "b"};
  const auto with = [&](auto change) {
    Revision r = base;
    change(r);
    return r;
  };
  const Revision old_everything_but_version{true, 2, "", "", 0, "a"};
  EXPECT_GT(old_everything_but_version, base);
  EXPECT_LT(with([](Revision& r) {
              r.is_native = false;
              r.version = 3;
            }),
            base)
      << "what an export says never replaces the source's own form";
  EXPECT_GT(with([](Revision& r) {
              r.revised_on = "2020-01-02";
              r.retrieved_at = "";
            }),
            base);
  EXPECT_LT(with([](Revision& r) {
              r.revised_on = "";
              r.retrieved_at = "2030-01-01T00:00:00Z";
            }),
            base);
  EXPECT_GT(with([](Revision& r) {
              r.retrieved_at = "2024-01-01T00:00:01Z";
              r.status_rank = 0;
            }),
            base);
  EXPECT_LT(with([](Revision& r) {
              r.retrieved_at = "";
              r.status_rank = 4;
            }),
            base);
  EXPECT_GT(with([](Revision& r) {
              r.status_rank = 3;
              r.content_sha256 = "a";
            }),
            base);
  EXPECT_GT(with([](Revision& r) { r.content_sha256 = "c"; }), base);
}

TEST(Revision, IsATotalOrder) {
  std::vector<Revision> all;
  for (const bool is_native : {false, true})
    for (const int version : {1, 2})
      for (const char* revised : {"", "2020", "2020-01-01"})
        for (const char* retrieved : {"", "2024-01-01T00:00:00Z"})
          for (const int rank : {0, 4})
            for (const char* hash : {"a", "b"}) all.push_back({is_native, version, revised, retrieved, rank, hash});
  const std::vector<Revision> sorted = all;  // made in ascending order
  for (const Revision& a : all)
    for (const Revision& b : all) {
      EXPECT_EQ((a < b) + (b < a) + (a == b), 1);
      for (const Revision& c : all)
        if (a < b && b < c) {
          EXPECT_LT(a, c);
        }
    }
  std::mt19937_64 random(7);
  std::shuffle(all.begin(), all.end(), random);
  std::sort(all.begin(), all.end());
  EXPECT_EQ(all, sorted);
}

TEST(StatusRank, TheMoreFinishedRecordWins) {
  EXPECT_GT(StatusRank("MEDLINE"), StatusRank("PubMed-not-MEDLINE"));
  EXPECT_GT(StatusRank("PubMed-not-MEDLINE"), StatusRank("In-Process"));
  EXPECT_EQ(StatusRank("In-Process"), StatusRank("In-Data-Review"));
  EXPECT_GT(StatusRank("In-Process"), StatusRank("Publisher"));
  EXPECT_GT(StatusRank("Publisher"), StatusRank("anything"));
}

TEST(IsDeleted, TableOfCases) {
  const std::string t1 = "2024-01-01T00:00:00Z", t2 = "2024-02-01T00:00:00Z";
  EXPECT_FALSE(IsDeleted(1, t1, {}));
  EXPECT_TRUE(IsDeleted(1, t1, {{1, t2}}));
  EXPECT_TRUE(IsDeleted(1, t2, {{1, t2}})) << "at the same moment the deletion wins";
  EXPECT_FALSE(IsDeleted(1, t2, {{1, t1}})) << "retrieved after the deletion was reported";
  EXPECT_TRUE(IsDeleted(1, "", {{1, t1}})) << "time of the record unknown";
  EXPECT_TRUE(IsDeleted(1, t2, {{1, ""}})) << "time of the deletion unknown";
  EXPECT_FALSE(IsDeleted(2, t1, {{1, t2}})) << "an older version was deleted";
  EXPECT_TRUE(IsDeleted(2, t1, {{1, t2}, {2, t2}}));
  EXPECT_FALSE(IsDeleted(2, t2, {{1, ""}, {2, t1}}));
}

}  // namespace
}  // namespace litmill::store
