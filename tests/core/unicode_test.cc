// SPDX-License-Identifier: Apache-2.0
#include "core/unicode.h"

#include <gtest/gtest.h>

#include <random>

namespace litmill {
namespace {

TEST(Utf8, WellFormedTextPasses) {
  EXPECT_EQ(FindInvalidUtf8(""), std::string_view::npos);
  EXPECT_EQ(FindInvalidUtf8("plain ascii text longer than eight bytes"), std::string_view::npos);
  EXPECT_EQ(FindInvalidUtf8("\xC3\xA9 \xE2\x80\x89 \xF0\x9F\xA7\xAA end"), std::string_view::npos);
}

TEST(Utf8, IllFormedPartsAreFoundAndReplacedOnceEach) {
  // Overlong, surrogate, above U+10FFFF, lone continuation, cut sequence: the cases of the Unicode Standard, table 3-8.
  EXPECT_EQ(FindInvalidUtf8("ab\xC0\x80"), 2U);
  EXPECT_EQ(FindInvalidUtf8("\xED\xA0\x80"), 0U);
  EXPECT_EQ(FindInvalidUtf8("\xF4\x90\x80\x80"), 0U);
  EXPECT_EQ(FindInvalidUtf8("12345678\x80"), 8U);
  EXPECT_EQ(ReplaceInvalidUtf8("a\xF0\x9F\xA7!"), "a\xEF\xBF\xBD!");
  EXPECT_EQ(ReplaceInvalidUtf8("a\xE2\x80"), "a\xEF\xBF\xBD");
  EXPECT_EQ(ReplaceInvalidUtf8("\xFF\xFE"), "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Utf8, RandomBytesBecomeWellFormedAndWellFormedStays) {
  std::mt19937 random(11);
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes;
    for (std::size_t n = random() % 24; n > 0; --n)
      bytes += static_cast<char>(random() % 3 == 0 ? random() % 256 : 'a' + random() % 26);
    const std::string repaired = ReplaceInvalidUtf8(bytes);
    EXPECT_EQ(FindInvalidUtf8(repaired), std::string_view::npos);
    if (FindInvalidUtf8(bytes) == std::string_view::npos) {
      EXPECT_EQ(repaired, bytes);
    }
  }
}

TEST(Utf8, EncodeAndDecodeAreInverse) {
  for (char32_t c :
       {U'\x01', U'\x7F', U'\x80', U'\x7FF', U'\x800', U'\xD7FF', U'\xE000', U'\xFFFF', U'\x10000', U'\x10FFFF'}) {
    std::string text;
    AppendUtf8(text, c);
    EXPECT_EQ(DecodeUtf8(text, 0).value, c);
    EXPECT_EQ(DecodeUtf8(text, 0).size, text.size());
  }
  EXPECT_EQ(DecodeUtf8("\x80", 0).value, 0xFFFDU);
  EXPECT_EQ(DecodeUtf8("", 0).value, 0xFFFDU);
}

TEST(Nfc, ComposesAndLeavesTheRestAlone) {
  EXPECT_EQ(NormaliseNfc("e\xCC\x81"), "\xC3\xA9");
  EXPECT_EQ(NormaliseNfc("Mg\xC2\xB2"), "Mg\xC2\xB2");
}

TEST(FoldWords, TextsThatReadAlikeAreAlike) {
  EXPECT_EQ(FoldWords("  Mg\xC2\xB2\xE2\x81\xBA, and \"Sleep\"! "), "mg2 and sleep");
  EXPECT_EQ(FoldWords("P\xC3\xA9rez-O'Neill"), "perez oneill");
  EXPECT_EQ(FoldWords("Pe\xCC\x81rez"), "perez");
  EXPECT_EQ(FoldWords("Stra\xC3\x9F"
                      "e"),
            "strasse");
  EXPECT_EQ(FoldWords("\xEF\xAC\x81"
                      "brosis"),
            "fibrosis");
  EXPECT_EQ(FoldWords("TNF-\xCE\xB1 and PPAR\xCE\xB3"), "tnf alpha and ppargamma");
  EXPECT_EQ(FoldWords("\xCE\xBB\xCF\x8C\xCE\xB3\xCE\xBF\xCF\x82"),
            FoldWords("\xCE\x9B\xCE\x9F\xCE\x93\xCE\x9F\xCE\xA3"))
      << "a Greek word stays one";
  EXPECT_EQ(FoldWords("\xD0\x9C\xD0\xB0\xD0\xB3\xD0\xBD\xD0\xB8\xD0\xB9"),
            FoldWords("\xD0\xBC\xD0\xB0\xD0\xB3\xD0\xBD\xD0\xB8\xD0\xB9"));
  EXPECT_FALSE(FoldWords("\xD0\x9C\xD0\xB0\xD0\xB3\xD0\xBD\xD0\xB8\xD0\xB9").empty());
  EXPECT_EQ(FoldWords("a\xFF"
                      "b \xC3"),
            "a b");
  EXPECT_EQ(FoldWords("-- ... --"), "");
}

TEST(FoldWords, FoldingTwiceChangesNothing) {
  for (const char* text : {"Mg\xC2\xB2\xE2\x81\xBA", "\xE9\x95\x81\xE4\xB8\x8E\xE7\x9D\xA1\xE7\x9C\xA0",
                           "\xED\x94\x8C\xEB\x9E\xAB", "\xCE\xB1-\xCE\xB2", "\xC4\xB0stanbul"})
    EXPECT_EQ(FoldWords(FoldWords(text)), FoldWords(text)) << text;
}

TEST(Ascii, LowerAndTrimTouchNothingElse) {
  EXPECT_EQ(AsciiLower("Mg\xC3\x89"), "mg\xC3\x89");
  EXPECT_EQ(TrimAscii(" \t a b\r\n"), "a b");
  EXPECT_EQ(TrimAscii(" \n"), "");
  EXPECT_EQ(TrimAscii("\xC2\xA0x"), "\xC2\xA0x");
}

}  // namespace
}  // namespace litmill
