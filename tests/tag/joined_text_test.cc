// SPDX-License-Identifier: Apache-2.0
#include "tag/joined_text.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/tag/tag_test_support.h"

namespace litmill::tag {
namespace {

std::vector<std::string> Names(const JoinedText& text) {
  std::vector<std::string> names;
  for (const Field& f : text.fields)
    names.push_back(std::string(FieldName(f.kind)) + "/" + std::to_string(f.position) + " " + std::string(f.stored));
  return names;
}

OtherAbstract Other(const std::string& language, std::vector<std::string> sections) {
  OtherAbstract other;
  other.language = language;
  for (std::string& s : sections) {
    AbstractSection section;
    section.body.text = std::move(s);
    other.sections.push_back(std::move(section));
  }
  return other;
}

TEST(JoinedText, TakesTitleAbstractAndKeywordsInThisOrder) {
  Record record = testing::WithAbstract({"one", "two"});
  record.title.text = "title";
  record.vernacular_title.text = "Titel";
  record.keywords.push_back({"NOTNLM", false, {"key", ""}});
  record.other_abstracts.push_back(Other("eng", {"plain"}));
  JoinedText text;
  text.Fill(record);
  EXPECT_EQ(Names(text),
            (std::vector<std::string>{"title/0 title", "abstract/0 one", "abstract/1 two", "keyword/0 key"}));
}

TEST(JoinedText, TakesEnglishOtherAbstractsOnlyWithoutAMainOne) {
  Record record;
  record.title.text = "title";
  record.other_abstracts.push_back(Other("spa", {"uno", "dos"}));
  record.other_abstracts.push_back(Other("eng", {"plain", "words"}));
  JoinedText text;
  text.Fill(record);
  EXPECT_EQ(Names(text),
            (std::vector<std::string>{"title/0 title", "other-abstract/2 plain", "other-abstract/3 words"}));
}

TEST(JoinedText, EmptySectionsKeepTheirNumber) {
  const Record record = testing::WithAbstract({"", "two"});
  JoinedText text;
  text.Fill(record);
  EXPECT_EQ(Names(text), (std::vector<std::string>{"abstract/1 two"}));
}

TEST(JoinedText, ARecordWithoutTextIsOneSeparator) {
  JoinedText text;
  text.Fill(Record{});
  EXPECT_TRUE(text.fields.empty());
  EXPECT_EQ(text.buffer, " \xFF ");
}

TEST(JoinedText, MapsEachFieldToItsOwnStoredText) {
  Record record = testing::WithAbstract({"x\u00ADy", "Mg(2+)"});
  record.title.text = "\uFB01x";
  JoinedText text;
  text.Fill(record);
  ASSERT_EQ(text.fields.size(), 3U);
  for (const Field& field : text.fields) {
    EXPECT_EQ(&text.FieldAt(field.start), &field);
    EXPECT_EQ(&text.FieldAt(field.end - 1), &field);
    EXPECT_EQ(text.Stored(field, field.start, field.end),
              (ByteSpan{0, static_cast<std::uint32_t>(field.stored.size())}));
  }
}

}  // namespace
}  // namespace litmill::tag
