// SPDX-License-Identifier: Apache-2.0
// Plain text from anywhere becomes a record without losing a word.
#include "app/plain_text.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "core/unicode.h"

namespace litmill::app {
namespace {

TEST(PlainText, AShortFirstParagraphBeforeOthersIsTheTitle) {
  const Record record = ReadPlainText("Magnesium and sleep\n\nWe gave it.\nThey slept.\n \t\nThe end.\n").record;
  EXPECT_EQ(record.title.text, "Magnesium and sleep");
  ASSERT_EQ(record.abstract_sections.size(), 2U);
  EXPECT_EQ(record.abstract_sections[0].body.text, "We gave it. They slept.");
  EXPECT_EQ(record.abstract_sections[0].label, "");
  EXPECT_EQ(record.abstract_sections[1].body.text, "The end.");
}

TEST(PlainText, ASingleParagraphIsTheAbstract) {
  for (const char* text : {"Only this.", "Only\nthis.", "\n\nOnly this.\n\n", "\xEF\xBB\xBFOnly this."}) {
    const Record record = ReadPlainText(text).record;
    EXPECT_EQ(record.title.text, "") << text;
    ASSERT_EQ(record.abstract_sections.size(), 1U) << text;
    EXPECT_EQ(record.abstract_sections[0].body.text, "Only this.") << text;
  }
}

TEST(PlainText, ABlankLineInADecimalPartsNothing) {
  const Record cut = ReadPlainText("Scores fell from 6.\n\n2 to 4.9 points.\n\nMore.").record;
  EXPECT_EQ(cut.title.text, "Scores fell from 6. 2 to 4.9 points.");
  EXPECT_EQ(cut.abstract_sections.size(), 1U);
  for (const char* text :
       {"A long story, it ended in 2019.\n\n3 people came.", "They took 12.\n\n3. Methods", "End.\n\n3 people came."})
    EXPECT_FALSE(ReadPlainText(text).record.title.text.empty()) << text;
}

TEST(PlainText, ALongFirstParagraphIsNoTitle) {
  const std::string longest(kMaxPlainTitleBytes, 'a');
  EXPECT_EQ(ReadPlainText(longest + "\n\nb").record.title.text, longest);
  EXPECT_EQ(ReadPlainText(longest + "a\n\nb").record.title.text, "");
  EXPECT_EQ(ReadPlainText(longest + "a\n\nb").record.abstract_sections.size(), 2U);
}

TEST(PlainText, EveryConventionOfLineEndsPartsParagraphs) {
  for (const char* text : {"a\n\nb", "a\r\n\r\nb", "a\r\rb", "a\n\n\n\nb", "a\r\n \r\nb"}) {
    const Record record = ReadPlainText(text).record;
    EXPECT_EQ(record.title.text, "a") << text;
    ASSERT_EQ(record.abstract_sections.size(), 1U) << text;
    EXPECT_EQ(record.abstract_sections[0].body.text, "b") << text;
  }
  EXPECT_EQ(ReadPlainText("a\r\nb").record.abstract_sections[0].body.text, "a b");
}

TEST(PlainText, WhatATerminalWouldObeyIsBlank) {
  EXPECT_EQ(ReadPlainText(std::string_view("a\x1b[31mb\0c\x7f", 9)).record.abstract_sections[0].body.text, "a [31mb c");
}

TEST(PlainText, InvalidUtf8IsReplacedAndSaid) {
  const PlainText plain = ReadPlainText("dose\xFF of 3 mg");
  EXPECT_TRUE(plain.is_repaired);
  EXPECT_EQ(plain.record.abstract_sections[0].body.text, "dose\xEF\xBF\xBD of 3 mg");
  EXPECT_FALSE(ReadPlainText("µ ☃").is_repaired);
}

TEST(PlainText, NoTextGivesNoSections) {
  for (const char* text : {"", " \n\n\t", "\xEF\xBB\xBF"}) {
    const Record record = ReadPlainText(text).record;
    EXPECT_TRUE(record.title.text.empty() && record.abstract_sections.empty()) << text;
  }
}

TEST(PlainText, NoWordIsLostWhateverTheText) {
  std::mt19937 random(7);
  const std::string alphabet = "ab \n\n\r\t.\x01";
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (std::size_t i = random() % 60; i > 0; --i) text += alphabet[random() % alphabet.size()];
    const Record record = ReadPlainText(text).record;
    std::string kept = record.title.text;
    for (const AbstractSection& section : record.abstract_sections) kept += section.body.text;
    const auto letters = [](const std::string& from) {
      std::string out;
      for (const char c : from)
        if (c > ' ') out += c;
      return out;
    };
    EXPECT_EQ(letters(kept), letters(text));
  }
}

}  // namespace
}  // namespace litmill::app
