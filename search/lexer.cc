// SPDX-License-Identifier: Apache-2.0
#include "search/lexer.h"

#include <fmt/format.h>

#include "core/unicode.h"
#include "search/words.h"

namespace litmill::search {
namespace {

class Lexer {
 public:
  Lexer(const SourceMap& source, std::size_t begin, std::size_t end, std::vector<Diagnostic>& diagnostics)
      : source_(source), text_(source.text().substr(0, end)), at_(begin), diagnostics_(diagnostics) {}

  std::vector<Token> Run() {
    while (SkipSpace()) Next();
    Add(TokenKind::kEnd, at_, at_);
    return std::move(tokens_);
  }

 private:
  /// Passes over white space and invisible characters; false at the end.
  bool SkipSpace() {
    while (at_ < text_.size()) {
      const DecodedCodePoint point = DecodeUtf8(text_, at_);
      if (!IsSpaceAt(at_) && !IsInvisible(point.value)) return true;
      at_ += point.size;
    }
    return false;
  }

  [[nodiscard]] bool IsSpaceAt(std::size_t offset) const {
    if (static_cast<unsigned char>(text_[offset]) < 0x80) return IsSpace(text_[offset]);
    return IsUnicodeSpace(DecodeUtf8(text_, offset).value);
  }

  /// Length of the quotation mark at `offset`, or 0.
  [[nodiscard]] std::size_t QuoteAt(std::size_t offset) const {
    if (text_[offset] == '"') return 1;
    if (static_cast<unsigned char>(text_[offset]) < 0x80) return 0;
    const DecodedCodePoint point = DecodeUtf8(text_, offset);
    return IsCurlyDoubleQuote(point.value) ? point.size : 0;
  }

  void Next() {
    const char c = text_[at_];
    if (c == '(') return AddOne(TokenKind::kOpen);
    if (c == ')') return AddOne(TokenKind::kClose);
    if (c == ':') return AddOne(TokenKind::kColon);
    if (c == '[') return Tag();
    if (c == ']') {
      Report("S004", at_, at_ + 1, "']' closes no field tag");
      ++at_;
      return;
    }
    if (const std::size_t size = QuoteAt(at_)) return Quote(size);
    Words();
  }

  void Tag() {
    const std::size_t begin = at_;
    std::size_t end = begin + 1;
    while (end < text_.size() && text_[end] != ']' && text_[end] != '[' && text_[end] != '(' && text_[end] != ')' &&
           text_[end] != '\n' && QuoteAt(end) == 0)
      ++end;
    if (end >= text_.size() || text_[end] != ']') {
      Report("S004", begin, begin + 1, "this field tag is never closed; write ']' after it");
      at_ = begin + 1;
      return;
    }
    std::string name = CleanText(text_.substr(begin + 1, end - begin - 1));
    if (name.empty()) {
      Report("S004", begin, end + 1, "the field tag is empty");
    } else {
      tokens_.push_back({TokenKind::kTag, begin, end + 1, std::move(name)});
    }
    at_ = end + 1;
  }

  void Quote(std::size_t mark) {
    const std::size_t begin = at_;
    std::size_t end = begin + mark;
    while (end < text_.size() && QuoteAt(end) == 0) ++end;
    if (end >= text_.size()) {
      if (!unclosed_reported_) Report("S003", begin, begin + mark, "this quotation mark is never closed");
      unclosed_reported_ = true;
      at_ = begin + mark;  // What follows is read as words, so that the rest is still checked.
      return;
    }
    std::string inside = CleanText(text_.substr(begin + mark, end - begin - mark));
    at_ = end + QuoteAt(end);
    if (inside.empty()) return Report("S007", begin, at_, "there is nothing between the quotation marks");
    tokens_.push_back({TokenKind::kQuote, begin, at_, std::move(inside)});
  }

  /// A run of words up to a bracket, a quotation mark, an operator or a reference.
  void Words() {
    const std::size_t begin = at_;
    std::size_t end = begin;  // Of the run so far.
    while (at_ < text_.size() && !IsStop(at_)) {
      const std::size_t word = at_;
      while (at_ < text_.size() && !IsStop(at_) && !IsSpaceAt(at_)) at_ += DecodeUtf8(text_, at_).size;
      // An invisible character in a word is no part of it: what people see as AND is the operator.
      const std::string seen = CleanText(text_.substr(word, at_ - word));
      const TokenKind kind = SpecialWord(seen);
      if (kind != TokenKind::kWords) {
        AddWords(begin, end);
        tokens_.push_back({kind, word, at_, kind == TokenKind::kReference ? seen.substr(1) : ""});
        return;
      }
      end = at_;
      if (!SkipSpace()) break;
    }
    AddWords(begin, end);
  }

  /// A run that ends in a colon, before a quotation mark, is the first end of a date range.
  void AddWords(std::size_t begin, std::size_t end) {
    std::string words = CleanText(text_.substr(begin, end - begin));
    std::size_t colon = std::string_view::npos;
    if (words.ends_with(':')) {
      colon = text_.substr(0, end).rfind(':');
      words = FoldWhitespace(std::string_view(words).substr(0, words.size() - 1));
      end = colon;
    }
    if (!words.empty()) tokens_.push_back({TokenKind::kWords, begin, end, std::move(words)});
    if (colon != std::string_view::npos) Add(TokenKind::kColon, colon, colon + 1);
  }

  [[nodiscard]] bool IsStop(std::size_t offset) const {
    const char c = text_[offset];
    return c == '(' || c == ')' || c == '[' || c == ']' || QuoteAt(offset) != 0;
  }

  static TokenKind SpecialWord(std::string_view word) {
    if (word == "AND") return TokenKind::kAnd;
    if (word == "OR") return TokenKind::kOr;
    if (word == "NOT") return TokenKind::kNot;
    if (word.size() >= 2 && word.front() == '#' && ReadNumber(word.substr(1)) >= 0) return TokenKind::kReference;
    return TokenKind::kWords;
  }

  void AddOne(TokenKind kind) {
    Add(kind, at_, at_ + 1);
    ++at_;
  }
  void Add(TokenKind kind, std::size_t begin, std::size_t end) { tokens_.push_back({kind, begin, end, ""}); }
  void Report(std::string_view code, std::size_t begin, std::size_t end, std::string message) {
    diagnostics_.push_back(MakeDiagnostic(code, source_.Locate(begin, end), std::move(message)));
  }

  const SourceMap& source_;
  std::string_view text_;
  std::size_t at_;
  std::vector<Diagnostic>& diagnostics_;
  std::vector<Token> tokens_;
  bool unclosed_reported_ = false;
};

}  // namespace

bool IsCurlyDoubleQuote(char32_t c) { return c == 0x201C || c == 0x201D || c == 0x201E || c == 0x201F || c == 0x2033; }
bool IsCurlyApostrophe(char32_t c) {
  return c == 0x2018 || c == 0x2019 || c == 0x201A || c == 0x201B || c == 0x2032 || c == 0x00B4;
}
bool IsUnicodeSpace(char32_t c) {
  return c == 0x00A0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}
bool IsInvisible(char32_t c) {
  if (c < 0x20) return c < '\t' || c > '\r';
  return c == 0x7F || c == 0x00AD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}
bool IsTypographicDash(char32_t c) { return (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }

std::string CleanText(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCodePoint point = DecodeUtf8(text, i);
    if (IsUnicodeSpace(point.value)) {
      out.push_back(' ');
    } else if (IsCurlyDoubleQuote(point.value)) {
      out.push_back('"');
    } else if (!IsInvisible(point.value)) {
      out.append(text.substr(i, point.size));
    }
    i += point.size;
  }
  return FoldWhitespace(out);
}

std::vector<Token> Tokenise(const SourceMap& source, std::size_t begin, std::size_t end,
                            std::vector<Diagnostic>& diagnostics) {
  return Lexer(source, begin, end, diagnostics).Run();
}

}  // namespace litmill::search
