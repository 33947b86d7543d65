// SPDX-License-Identifier: Apache-2.0
#include "fetch/service_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace litmill::fetch {
namespace {

TEST(JoinAddress, PutsOneSlashBetween) {
  EXPECT_EQ(JoinAddress("http://h/a", "b"), "http://h/a/b");
  EXPECT_EQ(JoinAddress("http://h/a/", "b"), "http://h/a/b");
}

TEST(EncodeDoiPath, KeepsTheSlashesThatAServerLeavesAlone) {
  struct Case {
    const char* doi;
    const char* path;
  };
  const Case cases[] = {
      {"10.5555/a.b-c_d~e", "10.5555/a.b-c_d~e"},
      {"10.5555/a/b", "10.5555/a/b"},
      {"10.5555/a//b", "10.5555/a%2F/b"},
      {"10.5555/a/../b", "10.5555/a%2F../b"},
      {"10.5555/a/./b", "10.5555/a%2F./b"},
      {"10.5555/a/.b/..c", "10.5555/a/.b/..c"},
      {"10.5555/a/", "10.5555/a%2F"},
      {"10.5555/a/..", "10.5555/a%2F.."},
      {"10.1002/(SICI)1:2<3::A>3.0.CO;2-Y", "10.1002/%28SICI%291%3A2%3C3%3A%3AA%3E3.0.CO%3B2-Y"},
      {"10.5555/a?b#c%2fd e", "10.5555/a%3Fb%23c%252fd%20e"},
      {"10.5555/\xC3\xBC", "10.5555/%C3%BC"},
  };
  for (const Case& c : cases) EXPECT_EQ(EncodeDoiPath(c.doi), c.path);
}

TEST(AddContactAgent, NamesWhoAsksUnlessThatWouldBreakTheHeader) {
  HttpRequest request;
  AddContactAgent("litmill/1", "", &request);
  AddContactAgent("litmill/1", "a@b.example\r\nX-Evil: 1", &request);
  EXPECT_THAT(request.headers, ::testing::SizeIs(0));
  AddContactAgent("litmill/1", "a@b.example", &request);
  EXPECT_THAT(request.headers, ::testing::ElementsAre(std::pair<std::string, std::string>(
                                   "User-Agent", "litmill/1 (mailto:a@b.example)")));
}

}  // namespace
}  // namespace litmill::fetch
