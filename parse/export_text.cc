// SPDX-License-Identifier: Apache-2.0
#include "parse/export_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/unicode.h"
#include "parse/encoding.h"
#include "parse/inflate.h"

namespace litmill::parse {
namespace {

constexpr std::size_t kMostNamedLines = 8;

/// Windows-1252 from 0x80 to 0x9F; 0 = no character there. The rest is Latin-1.
constexpr std::array<char32_t, 32> kWindows1252 = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                   0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

char32_t FromWindows1252(unsigned char byte) {
  if (byte < 0x80 || byte > 0x9F) return byte;
  const char32_t character = kWindows1252[byte - 0x80U];
  return character == 0 ? byte : character;
}

/// The byte that Windows-1252 has for a character, or -1.
int ToWindows1252(char32_t character) {
  if (character < 0x100) return static_cast<int>(character);
  const auto found = std::find(kWindows1252.begin(), kWindows1252.end(), character);
  return found == kWindows1252.end() ? -1 : 0x80 + static_cast<int>(found - kWindows1252.begin());
}

/// The lines on which one kind of thing was put right.
class Repairs {
 public:
  void Note(std::uint64_t line) {
    ++count_;
    if (lines_.empty() || lines_.back() != line) {
      ++line_count_;
      if (lines_.size() < kMostNamedLines) lines_.push_back(line);
    }
  }
  void AddTo(std::vector<Problem>& warnings, std::string_view code, std::string_view what) const {
    if (count_ == 0) return;
    Problem problem;
    problem.severity = Severity::kWarning;
    problem.code = std::string(code);
    problem.message = fmt::format("{} {} on line{} {}{}", count_, what, line_count_ == 1 ? "" : "s",
                                  fmt::join(lines_, ", "), line_count_ > lines_.size() ? ", ..." : "");
    problem.position.line = lines_.front();
    warnings.push_back(std::move(problem));
  }

 private:
  std::uint64_t count_ = 0, line_count_ = 0;
  std::vector<std::uint64_t> lines_;
};

/// UTF-8 whose bytes were taken for Windows-1252: the character that was meant, and how many bytes of `text` it takes.
/// Only sequences that no language writes: a letter of the Latin-1 supplement before signs.
DecodedCodePoint MojibakeAt(std::string_view text) {
  constexpr std::array<int, 7> kFirstBytes = {0xC2, 0xC3, 0xC5, 0xCE, 0xCF, 0xE2, 0xEF};
  if (!text.starts_with('\xC3')) return {0, 0};  // none of the letters that these bytes are begins otherwise
  std::string bytes;
  std::size_t at = 0, wanted = 1;
  while (bytes.size() < wanted) {
    if (at >= text.size()) return {0, 0};
    const DecodedCodePoint character = DecodeUtf8(text, at);
    const int byte = ToWindows1252(character.value);
    if (byte < 0x80) return {0, 0};
    if (bytes.empty()) {
      if (std::find(kFirstBytes.begin(), kFirstBytes.end(), byte) == kFirstBytes.end()) return {0, 0};
      wanted = byte >= 0xE0 ? 3 : 2;
    } else if (byte > 0xBF) {
      return {0, 0};
    }
    bytes += static_cast<char>(byte);
    at += character.size;
  }
  const DecodedCodePoint meant = DecodeUtf8(bytes, 0);
  return meant.size == bytes.size() && meant.value >= 0xA0 ? DecodedCodePoint{meant.value, at} : DecodedCodePoint{0, 0};
}

/// Appends to `unpacked` as far as the stream is sound.
Result<void> Unpack(std::string_view bytes, std::string& unpacked) {
  Inflater inflater;
  LITMILL_CHECK(inflater.Feed(bytes, [&unpacked](std::string_view part) -> Result<void> {
    unpacked.append(part);
    return {};
  }));
  return inflater.Finish();
}

Result<std::string> ToUtf8(std::string_view bytes) {
  std::string utf8;
  const auto append = [&utf8](std::string_view part) -> Result<void> {
    utf8.append(part);
    return {};
  };
  Utf8Decoder decoder;
  LITMILL_CHECK(decoder.Feed(bytes, append));
  LITMILL_CHECK(decoder.Finish(append));
  return utf8;
}

/// One pass over the text, copying what is sound.
class Cleaner {
 public:
  explicit Cleaner(std::string_view text) : text_(text) {}

  ExportText Clean() {
    out_.text.reserve(text_.size());
    while (at_ < text_.size()) {
      const auto byte = static_cast<unsigned char>(text_[at_]);
      if (byte < 0x80)
        TakeAscii(byte);
      else
        TakeCharacter();
    }
    not_utf8_.AddTo(out_.warnings, "invalid-utf8", "bytes are no UTF-8 and were read as Windows-1252,");
    mojibake_.AddTo(out_.warnings, "mojibake",
                    "characters were UTF-8 that something had read as Windows-1252; they were put right,");
    controls_.AddTo(out_.warnings, "control-character", "control characters were replaced by spaces,");
    return std::move(out_);
  }

 private:
  void TakeAscii(unsigned char byte) {
    ++at_;
    const bool ends_line = byte == '\n' || (byte == '\r' && !text_.substr(at_).starts_with('\n'));
    if (ends_line) ++line_;
    if (byte >= 0x20 && byte != 0x7F) {
      out_.text += static_cast<char>(byte);
    } else if (byte == '\n' || byte == '\r' || byte == '\t') {
      out_.text += static_cast<char>(byte);
    } else {
      controls_.Note(line_);
      if (byte != 0) out_.text += ' ';
    }
  }

  void TakeCharacter() {
    const DecodedCodePoint character = DecodeUtf8(text_, at_);
    if (character.size == 1) {  // no character above 0x7F has one byte
      not_utf8_.Note(line_);
      AppendUtf8(out_.text, FromWindows1252(static_cast<unsigned char>(text_[at_])));
      ++at_;
      return;
    }
    const DecodedCodePoint meant = MojibakeAt(text_.substr(at_));
    if (meant.size > 0) {
      mojibake_.Note(line_);
      AppendUtf8(out_.text, meant.value);
      at_ += meant.size;
      return;
    }
    out_.text.append(text_.substr(at_, character.size));
    at_ += character.size;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
  ExportText out_;
  Repairs not_utf8_, mojibake_, controls_;
};

}  // namespace

Result<ExportText> DecodeExport(std::string_view bytes) {
  std::string unpacked;
  if (IsGzip(bytes)) {
    LITMILL_CHECK(Unpack(bytes, unpacked));
    bytes = unpacked;
  }
  LITMILL_TRY(const std::string utf8, ToUtf8(bytes));
  return Cleaner(utf8).Clean();
}

std::string DecodeExportHead(std::string_view head) {
  std::string unpacked;
  if (IsGzip(head)) {
    (void)Unpack(head, unpacked);  // the head of a stream always ends in the middle
    head = unpacked;
  }
  const auto utf8 = ToUtf8(head);
  return utf8 ? Cleaner(*utf8).Clean().text : std::string();
}

}  // namespace litmill::parse
