// SPDX-License-Identifier: Apache-2.0
// Reading a paged search to its end, on a made-up service whose pages are "total next-cursor id id ...".
#include "fetch/search_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include <fmt/format.h>

#include "tests/fetch/lookup_rig.h"
#include "tests/support/matchers.h"

namespace litmill::fetch {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::LookupRig;
using testing::Reply;
using testing::ScriptedTransport;
using ::testing::SizeIs;

constexpr const char* kNoCursor = "-";

Paging MakePaging(bool by_cursor) {
  Paging paging;
  paging.service = "Synthetic";
  paging.page_size = 2;
  paging.by_cursor = by_cursor;
  paging.make_call = [](const PagePosition& position) {
    Call call;
    call.source = "synthetic";
    call.kind = "search";
    call.canonical_request = fmt::format("search?page={}", position.number);
    call.request.url =
        fmt::format("http://127.0.0.1:1/?n={}&offset={}&cursor={}", position.number, position.offset, position.cursor);
    call.classify = [](const HttpResponse& response) -> Classification {
      if (response.body == "lost") return {Verdict::kSessionLost, "the cursor is unknown"};
      return {};
    };
    return call;
  };
  paging.read_page = [](const HttpResponse& response) -> Result<ResultPage> {
    std::istringstream text(response.body);
    ResultPage page;
    if (!(text >> page.total >> page.next_cursor)) return Fail(ErrorCode::kCorruptInput, "no page");
    if (page.next_cursor == kNoCursor) page.next_cursor.clear();
    for (std::string id; text >> id;) page.ids.push_back(id);
    page.query_ran = "as it ran";
    page.messages.push_back("a word");
    return page;
  };
  return paging;
}

struct SearchServiceTest : ::testing::Test {
  void Page(const std::string& body) { network.Add(Reply(200, body, "text/plain")); }
  Result<ServiceSearch> ByCursor(const AnswerSource& source) {
    return ReadAllPages(MakePaging(true), source, &rig.log);
  }
  Result<ServiceSearch> ByCursor() { return ByCursor(AnswerSource(&rig.polite)); }
  Result<ServiceSearch> ByNumber() { return ReadAllPages(MakePaging(false), AnswerSource(&rig.polite), &rig.log); }
  std::vector<std::string> Addresses() const {
    std::vector<std::string> addresses;
    for (const HttpRequest& request : network.requests()) addresses.push_back(request.url.substr(20));
    return addresses;
  }
  ScriptedTransport network;
  LookupRig rig{network};
};

TEST_F(SearchServiceTest, PagesFollowTheCursorUntilAllHitsAreThere) {
  Page("3 c1 b a");
  Page("3 c2 c");
  const auto search = ByCursor();
  ASSERT_THAT(search, IsOk());
  EXPECT_EQ(search->count, 3U);
  EXPECT_THAT(search->ids, ElementsAre("a", "b", "c"));
  EXPECT_EQ(search->query_ran, "as it ran");
  EXPECT_THAT(search->messages, ElementsAre("a word"));
  ASSERT_THAT(search->documents, SizeIs(2));
  EXPECT_EQ(search->documents[1].request, "search?page=2");
  EXPECT_THAT(Addresses(), ElementsAre("n=1&offset=0&cursor=", "n=2&offset=2&cursor=c1"));
}

TEST_F(SearchServiceTest, NumberedPagesAreAskedForWhileHitsAreMissing) {
  Page("5 - a b");
  Page("5 - c");  // a short page is not the last one
  Page("5 - d e");
  const auto search = ByNumber();
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->ids, SizeIs(5));
  EXPECT_THAT(Addresses(), ElementsAre("n=1&offset=0&cursor=", "n=2&offset=2&cursor=", "n=3&offset=3&cursor="));
}

TEST_F(SearchServiceTest, NoHitsAreOnePage) {
  Page("0 -");
  const auto search = ByCursor();
  ASSERT_THAT(search, IsOk());
  EXPECT_EQ(search->count, 0U);
  EXPECT_THAT(search->ids, SizeIs(0));
  EXPECT_THAT(search->documents, SizeIs(1));
}

TEST_F(SearchServiceTest, AnEndlessCursorEndsWithTheLastHit) {
  Page("2 c1 a b");
  ASSERT_THAT(ByCursor(), IsOk());  // the cursor c1 is never asked for
  EXPECT_THAT(network.requests(), SizeIs(1));
}

TEST_F(SearchServiceTest, APageThatBringsNothingNewEndsThePass) {
  for (int pass = 0; pass < 3; ++pass) {
    Page("9 c1 a b");
    Page("9 c1 b a");  // and so on for ever, if it were asked
  }
  const auto search = ByCursor();
  ASSERT_THAT(search, IsError(ErrorCode::kIntegrity));
  EXPECT_EQ(network.left(), 0U);
}

TEST_F(SearchServiceTest, ASumThatDoesNotComeOutIsReadAgain) {
  Page("3 c1 a b");
  Page("3 - a");
  Page("3 d1 a b");
  Page("3 - c");
  const auto search = ByCursor();
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->ids, SizeIs(3));
  EXPECT_THAT(search->documents, SizeIs(2));
  EXPECT_THAT(rig.log.AllText(), HasSubstr("counts 3 records, its pages held 2 different ones"));
}

TEST_F(SearchServiceTest, ASumThatNeverComesOutIsAnErrorWithTheArithmetic) {
  for (int pass = 0; pass < 3; ++pass) Page("4 - a b");
  const auto search = ByCursor();
  ASSERT_THAT(search, IsError(ErrorCode::kIntegrity));
  EXPECT_THAT(search.error().message, HasSubstr("Synthetic counts 4 records, its pages held 2 different ones"));
  EXPECT_EQ(network.left(), 0U);
}

TEST_F(SearchServiceTest, TooManyRecordsAreNoMoreRightThanTooFew) {
  for (int pass = 0; pass < 3; ++pass) Page("1 - a b");
  EXPECT_THAT(ByNumber(), IsError(ErrorCode::kIntegrity));
}

TEST_F(SearchServiceTest, ALostCursorStartsAgainFromTheFirstPage) {
  Page("3 c1 a b");
  Page("lost");
  Page("3 d1 a b");
  Page("3 - c");
  const auto search = ByCursor();
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->ids, SizeIs(3));
  EXPECT_THAT(Addresses()[3], HasSubstr("cursor=d1"));
}

TEST_F(SearchServiceTest, ACursorThatIsAlwaysLostIsAnError) {
  for (int pass = 0; pass < 3; ++pass) {
    Page("3 c1 a b");
    Page("lost");
  }
  EXPECT_THAT(ByCursor(), IsError(ErrorCode::kSessionLost));
  EXPECT_EQ(network.left(), 0U);
}

TEST_F(SearchServiceTest, OtherErrorsEndTheSearchAtOnce) {
  Page("3 c1 a b");
  Page("nonsense");
  EXPECT_THAT(ByCursor(), IsError(ErrorCode::kCorruptInput));
  EXPECT_THAT(network.requests(), SizeIs(2));
}

TEST_F(SearchServiceTest, ARunThatGoesOnAsksForNoPageTwice) {
  Page("5 c1 a b");
  Page("5 c2 c d");
  network.AddFailure(ErrorCode::kInterrupted, "stopped");
  ASSERT_THAT(ByCursor(), IsError(ErrorCode::kInterrupted));
  Page("5 - e");
  const AnswerSource resumed(&rig.polite, rig.archive.get(), "run-1");
  const auto search = ByCursor(resumed);
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->ids, SizeIs(5));
  EXPECT_THAT(search->documents, SizeIs(3));
  ASSERT_THAT(network.requests(), SizeIs(4));
  EXPECT_THAT(Addresses()[3], HasSubstr("n=3&offset=4&cursor=c2"));
  const auto again = ByCursor(resumed);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->ids, search->ids);
  EXPECT_THAT(network.requests(), SizeIs(4));
}

TEST_F(SearchServiceTest, AnotherRunAsksAfresh) {
  Page("1 - a");
  ASSERT_THAT(ByCursor(), IsOk());
  Page("2 - a b");
  const auto search = ByCursor(AnswerSource(&rig.polite, rig.archive.get(), "run-2"));
  ASSERT_THAT(search, IsOk());
  EXPECT_EQ(search->count, 2U);
}

TEST_F(SearchServiceTest, WhatTheRunRemembersWronglyIsReadAgainFromTheService) {
  for (int pass = 0; pass < 3; ++pass) Page("3 - a b");
  ASSERT_THAT(ByCursor(), IsError(ErrorCode::kIntegrity));
  Page("3 - a b c");
  const auto search = ByCursor(AnswerSource(&rig.polite, rig.archive.get(), "run-1"));
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->ids, SizeIs(3));
}

TEST_F(SearchServiceTest, OfflineTheArchiveAnswers) {
  Page("3 c1 a b");
  Page("3 - c");
  ASSERT_THAT(ByCursor(), IsOk());
  const RawArchive* archive = rig.archive.get();
  const auto search = ByCursor(AnswerSource(archive));
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->ids, SizeIs(3));
  EXPECT_THAT(network.requests(), SizeIs(2));
}

}  // namespace
}  // namespace litmill::fetch
