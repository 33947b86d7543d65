// SPDX-License-Identifier: Apache-2.0
#include "app/yaml_reader.h"

#include <gtest/gtest.h>

#include "tests/support/matchers.h"

namespace litmill::app {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;

Result<YamlMap> MapOf(const std::string& text) {
  LITMILL_TRY(const YamlValue value, YamlValue::Parse(text, "f.yaml"));
  return value.AsMap();
}

TEST(YamlReader, UnknownKeysAreErrorsWithPlaceAndSuggestion) {
  auto map = MapOf("name: x\nsuorce: y\n");
  ASSERT_THAT(map, IsOk());
  (void)map->Take("name");
  (void)map->Take("source");
  const auto done = map->Done();
  ASSERT_THAT(done, IsError(ErrorCode::kConfig));
  EXPECT_EQ(done.error().message, "f.yaml:2:1: unknown key \"suorce\"; did you mean \"source\"?");
}

TEST(YamlReader, MistypedNeededKeyIsNamedRatherThanTheMissingOne) {
  auto map = MapOf("serach: x\n");
  ASSERT_THAT(map, IsOk());
  const auto need = map->Need("search");
  ASSERT_THAT(need, IsError(ErrorCode::kConfig));
  EXPECT_NE(need.error().message.find("unknown key \"serach\"; did you mean \"search\"?"), std::string::npos)
      << need.error().message;
}

TEST(YamlReader, ValuesSayWhatIsExpectedWhere) {
  auto map = MapOf("a: x\nb: [1]\nc: 7\nd: yes\n");
  ASSERT_THAT(map, IsOk());
  EXPECT_EQ(map->Take("a")->AsInteger(1, 9).error().message,
            "f.yaml:1:4: a: a whole number from 1 to 9 is expected here, not \"x\"");
  EXPECT_THAT(map->Take("b")->AsString(), IsError(ErrorCode::kConfig));
  EXPECT_EQ(map->Take("c")->AsInteger(1, 9).value(), 7);
  EXPECT_THAT(map->Take("c")->AsInteger(8, 9), IsError(ErrorCode::kConfig));
  EXPECT_THAT(map->Take("d")->AsBool(), IsError(ErrorCode::kConfig));
}

TEST(YamlReader, RefusesWhatIsNotOneSoundDocument) {
  for (const char* text : {"", "a: [1\n", "a: 1\n---\nb: 2\n", "a: 1\na: 2\n", "- 1\n", "a: *nowhere\n", "\t- x"}) {
    const auto map = MapOf(text);
    EXPECT_THAT(map, IsError(ErrorCode::kConfig)) << text;
  }
  EXPECT_NE(MapOf("a: [1\nb: 2").error().message.find("f.yaml:"), std::string::npos);
}

TEST(YamlReader, SurvivesDeepNesting) { EXPECT_THAT(MapOf(std::string(200'000, '[')), IsError(ErrorCode::kConfig)); }

}  // namespace
}  // namespace litmill::app
