// SPDX-License-Identifier: Apache-2.0
#include "parse/export_text.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "core/unicode.h"

namespace litmill::parse {
namespace {

std::string TextOf(std::string_view bytes) {
  auto decoded = DecodeExport(bytes);
  return decoded ? decoded->text : "error: " + decoded.error().message;
}

std::string Codes(std::string_view bytes) {
  std::string codes;
  const auto decoded = DecodeExport(bytes);
  for (const Problem& warning : decoded->warnings) codes += warning.code + ";";
  return codes;
}

TEST(ExportText, ByteOrderMarksDecide) {
  EXPECT_EQ(TextOf("\xEF\xBB\xBFTY  - JOUR\r\n"), "TY  - JOUR\r\n");
  EXPECT_EQ(TextOf(std::string_view("\xFF\xFEP\0T\0\t\0\xE9\0", 10)), "PT\t\xC3\xA9");
  EXPECT_EQ(TextOf(std::string_view("\xFE\xFF\0P\0T", 6)), "PT");
}

TEST(ExportText, BytesThatAreNoUtf8AreWindows1252) {
  EXPECT_EQ(TextOf("Caf\xE9 \x96 \x93x\x94"), "Caf\xC3\xA9 \xE2\x80\x93 \xE2\x80\x9Cx\xE2\x80\x9D");
  EXPECT_EQ(Codes("Caf\xE9\n"), "invalid-utf8;");
  EXPECT_EQ(TextOf("Caf\xE9 and Caf\xC3\xA9"), "Caf\xC3\xA9 and Caf\xC3\xA9");  // both in one file
}

TEST(ExportText, Utf8ThatWasReadAsWindows1252IsPutRight) {
  const std::pair<const char*, const char*> cases[] = {
      {"M\xC3\x83\xC2\xBCller", "M\xC3\xBCller"},                            // u umlaut
      {"patient\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2s", "patient\xE2\x80\x99s"},  // an apostrophe
      {"2\xC3\xA2\xE2\x82\xAC\xE2\x80\x9C"
       "4",
       "2\xE2\x80\x93"
       "4"},  // a dash
      {"\xC3\x82\xC2\xA9 2020", "\xC2\xA9 2020"},
      {"37 \xC3\x82\xC2\xB0"
       "C",
       "37 \xC2\xB0"
       "C"},
  };
  for (const auto& [broken, meant] : cases) {
    EXPECT_EQ(TextOf(broken), meant);
    EXPECT_EQ(Codes(broken), "mojibake;") << broken;
  }
}

TEST(ExportText, SoundTextStaysAsItIs) {
  for (const char* text : {"\xC3\x82ge et \xC3\x8Ele", "M\xC3\xBCller \xC2\xA9", "\xC3\xA2\xC3\xAA", "na\xC3\xAFve",
                           "\xCE\xB1-tocopherol \xE2\x89\xA5 5 \xCE\xBCg", "\xE7\xA3\xB7\xE9\x95\x81",
                           "A\xEF\xBF\xBD"
                           "B"}) {
    EXPECT_EQ(TextOf(text), text);
    EXPECT_EQ(Codes(text), "") << text;
  }
}

TEST(ExportText, ControlCharactersBecomeSpacesAndNulGoes) {
  EXPECT_EQ(TextOf(std::string_view("a\0b\x1A"
                                    "c\td\x7F\n",
                                    9)),
            "ab c\td \n");
  EXPECT_EQ(Codes("a\x01\n"), "control-character;");
}

TEST(ExportText, WarningsNameTheLines) {
  const auto decoded = DecodeExport("one\rtwo \xE9\r\nthree\nfour \xE9\xE9\n");
  ASSERT_EQ(decoded->warnings.size(), 1U);
  EXPECT_EQ(decoded->warnings[0].message, "3 bytes are no UTF-8 and were read as Windows-1252, on lines 2, 4");
  EXPECT_EQ(decoded->warnings[0].position.line, 2U);
}

TEST(ExportText, AnyBytesGiveUtf8) {
  unsigned state = 1;
  for (int round = 0; round < 3'000; ++round) {
    std::string bytes;
    for (int i = 0; i < 40; ++i) {
      state = state * 1'664'525U + 1'013'904'223U;
      bytes += static_cast<char>(state >> 24U);
    }
    const auto decoded = DecodeExport("x" + bytes);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(FindInvalidUtf8(decoded->text), std::string::npos);
  }
}

}  // namespace
}  // namespace litmill::parse
