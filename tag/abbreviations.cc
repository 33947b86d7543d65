// SPDX-License-Identifier: Apache-2.0
#include "tag/abbreviations.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "tag/byte_scan.h"

namespace litmill::tag {
namespace {

constexpr std::size_t kMinShortBytes = 2;
constexpr std::size_t kMaxShortBytes = 12;
constexpr std::size_t kMaxShortWords = 2;
/// No long form is longer; it also bounds the work at each bracket.
constexpr std::size_t kMaxLongBytes = 200;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAlnum(char c) { return IsUpper(c) || (c >= 'a' && c <= 'z') || IsDigit(c) || (c & 0x80) != 0; }
char Lower(char c) { return IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

std::size_t CountWords(std::string_view text) {
  std::size_t words = 0;
  for (std::size_t i = 0; i < text.size(); ++i) words += text[i] != ' ' && (i == 0 || text[i - 1] == ' ') ? 1U : 0U;
  return words;
}

/// Whether `text` can be a short form: a few letters, a capital among them, that begin with a letter or digit.
bool LooksShort(std::string_view text) {
  if (text.size() < kMinShortBytes || text.size() > kMaxShortBytes || !IsAlnum(text.front())) return false;
  if (CountWords(text) > kMaxShortWords || text.find_first_of("=<>%") != std::string_view::npos) return false;
  return std::any_of(text.begin(), text.end(), IsUpper);
}

/// Schwartz and Hearst: each letter of the short form, from its end, is found in `text` from its end; the first one at
/// the start of a word. Returns where the long form starts.
std::optional<std::size_t> LongFormStart(std::string_view short_form, std::string_view text) {
  std::size_t at = text.size();  // one past the place of the last letter found
  for (std::size_t s = short_form.size(); s-- > 0;) {
    if (!IsAlnum(short_form[s])) continue;
    const char wanted = Lower(short_form[s]);
    const auto fits = [&](std::size_t i) {
      return Lower(text[i]) == wanted && (s > 0 || i == 0 || !IsAlnum(text[i - 1]));
    };
    while (at > 0 && !fits(at - 1)) --at;
    if (at == 0) return std::nullopt;
    --at;
  }
  // The start of the word, not of a part behind a hyphen.
  while (at > 0 && text[at - 1] != ' ' && text[at - 1] != '(') --at;
  return at;
}

/// The long form's start in `text`, if it can stand for the short form.
std::optional<std::size_t> Expand(std::string_view short_form, std::string_view text) {
  auto start = LongFormStart(short_form, text);
  if (!start && short_form.size() > kMinShortBytes && short_form.back() == 's' &&
      IsUpper(short_form[short_form.size() - 2])) {
    short_form.remove_suffix(1);  // "AEDs"
    start = LongFormStart(short_form, text);
  }
  if (!start) return std::nullopt;
  const std::string_view long_form = text.substr(*start);
  const std::size_t letters = static_cast<std::size_t>(std::count_if(short_form.begin(), short_form.end(), IsAlnum));
  if (long_form.size() <= short_form.size() || CountWords(long_form) > std::min(letters + 5, letters * 2))
    return std::nullopt;
  return start;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return text;
}

/// The text of one field; definitions are given as places in the buffer.
class Finder {
 public:
  Finder(std::string_view text, std::uint32_t offset, std::vector<AbbreviationDefinition>& definitions)
      : text_(text), offset_(offset), definitions_(definitions) {}

  void Run() {
    const auto opens = [](char c) { return c == '(' || c == '['; };
    const auto is_bracket = [](char c) { return c == '(' || c == ')' || c == '[' || c == ']'; };
    for (std::size_t open = FindByte(text_, 0, opens); open < text_.size(); open = FindByte(text_, open + 1, opens)) {
      const std::string_view window = text_.substr(open + 1, kMaxLongBytes);
      const std::size_t close = FindByte(window, 0, is_bracket);
      if (close == window.size() || window[close] == '(' || window[close] == '[' || open == 0) continue;
      const std::string_view inside = window.substr(0, close);
      if (!AddLongBefore(open, inside)) AddShortBefore(open, inside);
    }
  }

 private:
  /// "Alzheimer's disease (AD; n = 5)".
  bool AddLongBefore(std::size_t open, std::string_view inside) {
    const std::string_view short_form = Trimmed(inside.substr(0, inside.find_first_of(";,:=")));
    if (!LooksShort(short_form)) return false;
    const std::size_t from = open > kMaxLongBytes ? open - kMaxLongBytes : 0;
    const std::string_view before = Trimmed(text_.substr(from, open - from));
    const auto start = Expand(short_form, before);
    if (!start) return false;
    Add(short_form, before.substr(*start));
    return true;
  }

  /// "AD (Alzheimer's disease)".
  void AddShortBefore(std::size_t open, std::string_view inside) {
    const std::string_view before = Trimmed(text_.substr(open > 20 ? open - 20 : 0, open > 20 ? 20 : open));
    const std::size_t space = before.find_last_of(" ([");
    const std::string_view short_form = space == std::string_view::npos ? before : before.substr(space + 1);
    if (!LooksShort(short_form) || CountWords(short_form) != 1) return;
    const std::string_view long_form = Trimmed(inside.substr(0, inside.find_first_of(";,:=")));
    const auto start = Expand(short_form, long_form);
    if (start && *start == 0) Add(short_form, long_form);
  }

  void Add(std::string_view short_form, std::string_view long_form) {
    definitions_.push_back({Place(short_form), Place(long_form)});
  }
  [[nodiscard]] ByteSpan Place(std::string_view part) const {
    const auto start = offset_ + static_cast<std::uint32_t>(part.data() - text_.data());
    return {start, start + static_cast<std::uint32_t>(part.size())};
  }

  std::string_view text_;
  std::uint32_t offset_;
  std::vector<AbbreviationDefinition>& definitions_;
};

}  // namespace

void FindAbbreviationDefinitions(const JoinedText& text, std::vector<AbbreviationDefinition>& definitions) {
  definitions.clear();
  for (const Field& field : text.fields)
    Finder(std::string_view(text.buffer).substr(field.start, field.end - field.start), field.start, definitions).Run();
  std::sort(definitions.begin(), definitions.end(),
            [](const auto& a, const auto& b) { return a.short_form.start < b.short_form.start; });
}

}  // namespace litmill::tag
