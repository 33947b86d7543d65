// SPDX-License-Identifier: Apache-2.0
#include "parse/record_parts.h"

#include <gmock/gmock.h>

namespace litmill::parse {
namespace {

using ::testing::ElementsAre;

std::string Shown(const Author& a) { return a.last_name + "/" + a.fore_name + "/" + a.initials; }

TEST(RecordParts, NamesFirstNameFirst) {
  EXPECT_EQ(Shown(PersonFirstNameFirst("Ada B. Doe")), "Doe/Ada B./");
  EXPECT_EQ(Shown(PersonFirstNameFirst("Ada van der Doe")), "van der Doe/Ada/");
  EXPECT_EQ(Shown(PersonFirstNameFirst("van Doe")), "Doe/van/");  // The first word is never a particle.
  EXPECT_EQ(Shown(PersonFirstNameFirst("Doe, Ada")), "Doe/Ada/");
  EXPECT_EQ(Shown(PersonFirstNameFirst("Plato")), "Plato//");
  EXPECT_EQ(Shown(PersonFirstNameFirst("  ")), "//");
}

TEST(RecordParts, NamesWithInitials) {
  EXPECT_EQ(Shown(PersonWithInitials("Doe A.B.")), "Doe//AB");
  EXPECT_EQ(Shown(PersonWithInitials("Doe, AB")), "Doe//AB");
  EXPECT_EQ(Shown(PersonWithInitials("van der Roe J.-P.")), "van der Roe//JP");
  EXPECT_EQ(Shown(PersonWithInitials("Doe, Ada")), "Doe/Ada/");
  EXPECT_EQ(Shown(PersonWithInitials("Plato")), "Plato//");
}

TEST(RecordParts, Pages) {
  Record record;
  SetPages(record, "101", "110");
  EXPECT_EQ(record.pages, "101-110");
  SetPages(record, "e12", "e12");
  EXPECT_EQ(record.pages, "e12");
  EXPECT_EQ(record.end_page, "");
  SetPages(record, "", "");
  EXPECT_EQ(record.pages + record.start_page, "");
}

TEST(RecordParts, SmallThings) {
  EXPECT_EQ(HyphenatedIssn("2222222X"), "2222-222X");
  EXPECT_EQ(HyphenatedIssn("1111-1111"), "1111-1111");
  EXPECT_EQ(HyphenatedIssn("salt"), "salt");
  EXPECT_THAT(SplitList("a | b |  | c", " | "), ElementsAre("a", "b", "c"));
  EXPECT_THAT(SplitList("", ","), ElementsAre());
  EXPECT_EQ(LastPathPart("https://openalex.org/W1/"), "W1");
  EXPECT_EQ(LastPathPart("W1"), "W1");
  EXPECT_EQ(LastPathPart("///"), "");
}

TEST(RecordParts, AnotherWorkByItsDoi) {
  RelatedRecord sound, bad;
  NameByDoi(sound, "https://doi.org/10.5555/A");
  EXPECT_EQ(sound.doi, "10.5555/a");
  EXPECT_EQ(sound.ref_source, "");
  NameByDoi(bad, "see there");
  EXPECT_EQ(bad.doi, "");
  EXPECT_EQ(bad.ref_source, "doi:see there");
}

}  // namespace
}  // namespace litmill::parse
