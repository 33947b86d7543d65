// SPDX-License-Identifier: Apache-2.0
#include "core/record.h"

#include <gtest/gtest.h>

namespace litmill {
namespace {

Record WithDates(std::initializer_list<std::pair<const char*, const char*>> dates) {
  Record record;
  for (const auto& [kind, iso] : dates) record.dates.push_back({kind, *DateFromIso(iso), ""});
  return record;
}

TEST(PublicationDate, IsTheEarliestOfPrintAndElectronic) {
  EXPECT_EQ(WithDates({{"print", "2026-01"}, {"electronic", "2025-12-20"}}).PublicationDate()->iso, "2025-12-20");
  EXPECT_EQ(WithDates({{"print", "2010-03"}, {"electronic", "2010-05-20"}}).PublicationDate()->iso, "2010-03");
}

TEST(PublicationDate, TheFinerOfTwoThatAgreeSaysMore) {
  EXPECT_EQ(WithDates({{"print", "2010"}, {"electronic", "2010-05-20"}}).PublicationDate()->iso, "2010-05-20");
  EXPECT_EQ(WithDates({{"electronic", "2010"}, {"print", "2010-05"}}).PublicationDate()->iso, "2010-05");
}

TEST(PublicationDate, FallsBackToHistory) {
  EXPECT_EQ(WithDates({{"received", "2009-01-01"}, {"entrez", "2010-02-02"}}).PublicationDate()->iso, "2010-02-02");
  EXPECT_EQ(WithDates({{"received", "2009-01-01"}}).PublicationDate(), nullptr);
}

TEST(Retraction, IsToldByTypeOrRelationAndNoticesAreNotRetracted) {
  Record by_type;
  by_type.publication_types.push_back({"D016441", "Retracted Publication"});
  EXPECT_TRUE(by_type.IsRetracted());
  Record by_relation;
  by_relation.related.push_back({"RetractionIn", "J Made Up. 2024", "", ""});
  EXPECT_TRUE(by_relation.IsRetracted());
  Record notice;
  notice.publication_types.push_back({"D016440", "Retraction of Publication"});
  notice.related.push_back({"RetractionOf", "", "90000001", ""});
  EXPECT_FALSE(notice.IsRetracted());
}

TEST(FindIdentifier, PassesOverInvalidOnes) {
  Record record;
  record.identifiers.push_back({"doi", "10.5555/wrong", "10.5555/wrong", "ELocationID", false});
  record.identifiers.push_back({"doi", "10.5555/right", "10.5555/RIGHT", "ELocationID", true});
  ASSERT_NE(record.FindIdentifier("doi"), nullptr);
  EXPECT_EQ(record.FindIdentifier("doi")->value, "10.5555/right");
  EXPECT_EQ(record.FindIdentifier("pmcid"), nullptr);
}

TEST(MeshHeadings, AreMajorByDescriptorOrQualifier) {
  MeshHeading heading;
  EXPECT_FALSE(heading.Major());
  heading.qualifiers.push_back({"Q000188", "drug therapy", true});
  EXPECT_TRUE(heading.Major());
}

TEST(AbstractStatusOf, TellsAbsentTruncatedPresent) {
  Record record;
  EXPECT_EQ(AbstractStatus(record), "absent");
  record.abstract_sections.push_back({"", "", {"Short.", ""}});
  EXPECT_EQ(AbstractStatus(record), "present");
  record.abstract_sections.push_back({"", "", {"Long ... (ABSTRACT TRUNCATED AT 250 WORDS)", ""}});
  EXPECT_EQ(AbstractStatus(record), "truncated");
}

}  // namespace
}  // namespace litmill
