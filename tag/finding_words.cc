// SPDX-License-Identifier: Apache-2.0
#include "tag/finding_words.h"

#include <algorithm>
#include <cmath>

#include "tag/finding_cues.h"

namespace litmill::tag {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
/// Bytes beyond ASCII count as letters, but for those of the middle dot, the plus-minus and comparison signs.
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

/// The sign of several bytes at `at`, as one ASCII character; 0 when there is none. `size` gets its bytes.
char WideSign(std::string_view text, std::size_t at, std::size_t& size) {
  struct Sign {
    std::string_view bytes;
    char as;
  };
  constexpr Sign kSigns[] = {{"\xC2\xB1", '~'},     {"\xE2\x89\xA4", '<'}, {"\xE2\x89\xA5", '>'}, {"\xC3\x97", '*'},
                             {"\xE2\xA9\xBD", '<'}, {"\xE2\xA9\xBE", '>'}, {"\xC2\xA0", ' '},     {"\xE2\x80\x89", ' '},
                             {"\xE2\x88\x92", '-'}, {"\xE2\x80\x93", '-'}, {"\xE2\x80\x94", '-'}};
  for (const Sign& sign : kSigns) {
    if (text.substr(at, sign.bytes.size()) != sign.bytes) continue;
    size = sign.bytes.size();
    return sign.as;
  }
  return 0;
}

/// Bytes of a decimal separator between digits at `at` ("." "," or the middle dot); 0 when there is none.
std::size_t DecimalMark(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const bool wide = text.substr(at, 2) == "\xC2\xB7" || text.substr(at, 2) == "\xCB\x99";
  const std::size_t size = wide ? 2 : (text[at] == '.' || text[at] == ',') ? 1 : 0;
  return size != 0 && at + size < text.size() && IsDigit(text[at + size]) ? size : 0;
}

struct Number {
  double value = 0;
  std::size_t end = 0;
};

/// The number whose digits (or decimal point) start at `at`. "1,234" is a thousand; "0,05" is a twentieth.
Number ReadNumber(std::string_view text, std::size_t at) {
  Number number;
  std::size_t i = at;
  for (; i < text.size() && IsDigit(text[i]); ++i) number.value = number.value * 10 + (text[i] - '0');
  while (true) {
    const std::size_t mark = DecimalMark(text, i);
    if (mark == 0) break;
    std::size_t digits = i + mark;
    while (digits < text.size() && IsDigit(text[digits])) ++digits;
    const std::size_t count = digits - i - mark;
    const bool thousands = text[i] == ',' && count == 3 && i > at && text[at] != '0' && i - at <= 3;
    double part = 0;
    for (std::size_t k = i + mark; k < digits; ++k) part = part * 10 + (text[k] - '0');
    number.value = thousands ? number.value * 1000 + part : number.value + part / std::pow(10.0, count);
    i = digits;
    if (!thousands) break;
  }
  number.end = i;
  return number;
}

/// Inflected forms share their beginning; short words lose a plural s.
std::string_view KeyOf(std::string_view word) {
  constexpr std::size_t kKeyBytes = 6;
  if (word.size() > kKeyBytes) return word.substr(0, kKeyBytes);
  if (word.size() > 3 && word.back() == 's' && word[word.size() - 2] != 's') word.remove_suffix(1);
  return word;
}

}  // namespace

void SpanWords::Fill(std::string_view span) {
  lower_.assign(span.substr(0, kLongestSpan));
  for (char& c : lower_)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  words_.clear();
  Split();
  MarkCues();
  MarkClauses();
  MarkNegated();
}

void SpanWords::Split() {
  const std::string_view text = lower_;
  std::size_t i = 0;
  const auto add = [this, text](std::size_t start, std::size_t end, WordKind kind, double value) {
    Word word;
    word.text = text.substr(start, end - start);
    word.key = kind == WordKind::kWord ? KeyOf(word.text) : word.text;
    word.kind = kind;
    word.value = value;
    word.at = static_cast<std::uint32_t>(start);
    words_.push_back(word);
  };
  while (i < text.size()) {
    const char c = text[i];
    std::size_t size = 1;
    const char wide = static_cast<unsigned char>(c) >= 0x80 ? WideSign(text, i, size) : static_cast<char>(0);
    const char previous = i == 0 ? ' ' : text[i - 1];
    if (IsDigit(c) || (c == '.' && !IsDigit(previous) && DecimalMark(text, i) != 0)) {
      const Number number = ReadNumber(text, i);
      const bool minus =
          !words_.empty() && words_.back().text == "-" && words_.back().at + 1 == i &&
          (words_.back().at == 0 || std::string_view(" ([,=:;~").find(text[i - 2]) != std::string_view::npos);
      if (minus) words_.pop_back();
      add(i, number.end, WordKind::kNumber, minus ? -number.value : number.value);
      i = number.end;
    } else if (wide != 0) {
      if (wide != ' ') {
        add(i, i + size, WordKind::kSign, 0);
        static constexpr std::string_view kAsWritten = "~<>*-";
        words_.back().text = kAsWritten.substr(kAsWritten.find(wide), 1);
      }
      i += size;
    } else if (IsLetter(c)) {
      std::size_t end = i;
      while (end < text.size() && (IsLetter(text[end]) || IsDigit(text[end]) ||
                                   (text[end] == '\'' && end + 1 < text.size() && IsLetter(text[end + 1])))) {
        std::size_t ignored = 0;
        if (static_cast<unsigned char>(text[end]) >= 0x80 && WideSign(text, end, ignored) != 0) break;
        ++end;
      }
      add(i, end, WordKind::kWord, 0);
      i = end;
    } else {
      if (c != ' ' && c != '\n' && c != '\t') add(i, i + 1, WordKind::kSign, 0);
      ++i;
    }
  }
}

void SpanWords::MarkCues() {
  for (Word& word : words_) {
    if (word.kind != WordKind::kWord) continue;
    if (const CueEntry* entry = FindCue(word.text)) {
      word.cue = entry->cue;
      word.sign = entry->sign;
    }
  }
}

/// A clause ends at a semicolon, a full stop and before "but", "whereas", "while", "however"; also at the comma that
/// ends a clause begun by "although".
void SpanWords::MarkClauses() {
  std::uint32_t sentence = 0;
  std::uint32_t clause = 0;
  int depth = 0;
  bool conceding = false;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    Word& word = words_[i];
    if (word.text == "(" || word.text == "[") ++depth;
    if ((word.text == ")" || word.text == "]") && depth > 0) --depth;
    const bool fresh = i == 0 || words_[i - 1].clause != clause;
    if (word.cue == WordCue::kConcession && depth == 0) {
      if (!fresh) ++clause;
      conceding = word.text == "although" || word.text == "though" || word.text == "despite" || word.text == "while" ||
                  word.text == "whereas";
    }
    word.sentence = sentence;
    word.clause = clause;
    if (word.kind != WordKind::kSign) continue;
    const bool stop = word.text == "." && i + 1 < words_.size() && words_[i + 1].at > word.at + 1 &&
                      !(words_[i + 1].kind == WordKind::kNumber && i > 0 && words_[i - 1].text == "p") &&
                      !(i > 0 && words_[i - 1].cue == WordCue::kVersus && words_[i - 1].text == "vs");
    if (stop) {
      ++sentence;
      ++clause;
      depth = 0;
      conceding = false;
    } else if (word.text == ";" && depth == 0) {
      ++clause;
    } else if (word.text == "," && depth == 0 && conceding) {
      ++clause;
      conceding = false;
    }
  }
}

void SpanWords::MarkNegated() {
  constexpr std::size_t kReach = 9;  // "did not result in a statistically significant reduction"
  std::size_t last = words_.size();
  for (std::size_t i = 0; i < words_.size(); ++i) {
    Word& word = words_[i];
    if (word.cue == WordCue::kNegator) {
      const bool not_only = i + 1 < words_.size() && words_[i + 1].text == "only";
      if (!not_only) last = i;
      continue;
    }
    if (last == words_.size()) continue;
    const bool broken = words_[last].clause != word.clause || i - last > kReach;
    if (broken || word.text == "," || word.text == ")" || word.text == ":") {
      if (broken || words_[last].text != "neither") last = words_.size();
    } else {
      word.negated = true;
    }
  }
}

void ContentKeys(const SpanWords& phrase, std::vector<std::string_view>& keys) {
  keys.clear();
  for (const Word& word : phrase.words()) {
    if (word.kind != WordKind::kWord || IsFunctionWord(word.text)) continue;
    if (std::find(keys.begin(), keys.end(), word.key) == keys.end()) keys.push_back(word.key);
  }
}

}  // namespace litmill::tag
