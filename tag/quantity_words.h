// SPDX-License-Identifier: Apache-2.0
// Small questions about the words around a number. Everything looks at a bounded stretch, so that reading the
// quantities of a text stays linear.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace litmill::tag {

[[nodiscard]] constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
[[nodiscard]] constexpr bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }
[[nodiscard]] constexpr char ToLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Whether `c` is one of a few characters; unlike find(), no call.
[[nodiscard]] constexpr bool IsAnyOf(char c, std::string_view characters) {
  for (const char one : characters)
    if (one == c) return true;
  return false;
}

/// `lower` has no capitals.
[[nodiscard]] inline bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() &&
         std::equal(text.begin(), text.end(), lower.begin(), [](char a, char b) { return ToLower(a) == b; });
}
[[nodiscard]] inline bool StartsWithIgnoringCase(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() && EqualsIgnoringCase(text.substr(0, lower.size()), lower);
}

/// A word in lower case; longer ones are cut, which none that is looked for is.
class LowerWord {
 public:
  explicit LowerWord(std::string_view word) : size_(std::min(word.size(), bytes_.size())) {
    std::transform(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(size_), bytes_.begin(), ToLower);
  }
  /// The run of ASCII letters that starts at `at`.
  [[nodiscard]] static LowerWord At(std::string_view text, std::size_t at) {
    LowerWord word;
    const std::size_t most = std::min(text.size() - at, word.bytes_.size());
    for (const char* c = text.data() + at; word.size_ < most && IsLetter(*c); ++c)
      word.bytes_[word.size_++] = ToLower(*c);
    return word;
  }
  [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }

 private:
  LowerWord() = default;
  std::array<char, 32> bytes_{};
  std::size_t size_ = 0;
};

/// The run of ASCII letters that ends before `at`, after spaces and hyphens are skipped; empty when something else
/// stands there.
[[nodiscard]] inline std::string_view WordBefore(std::string_view text, std::size_t at) {
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '-')) --at;
  std::size_t start = at;
  while (start > 0 && IsLetter(text[start - 1]) && at - start < 40) --start;
  return text.substr(start, at - start);
}

/// The run of ASCII letters that starts at `at`, after spaces and hyphens are skipped.
[[nodiscard]] inline std::string_view WordAfter(std::string_view text, std::size_t at) {
  for (int i = 0; i < 3 && at < text.size() && (text[at] == ' ' || text[at] == '-'); ++i) ++at;
  std::size_t end = at;
  while (end < text.size() && IsLetter(text[end]) && end - at < 40) ++end;
  return at <= text.size() ? text.substr(at, end - at) : std::string_view();
}

/// A fixed set of lower-case words, sorted when compiled.
template <std::size_t N>
class WordList {
 public:
  explicit constexpr WordList(std::array<std::string_view, N> words) : words_(words) {
    std::sort(words_.begin(), words_.end());
    for (const std::string_view word : words_) sizes_[LetterOf(word)] |= SizeBit(word);
  }
  [[nodiscard]] bool Has(std::string_view lower) const {
    if (lower.empty() || (sizes_[LetterOf(lower)] & SizeBit(lower)) == 0) return false;
    return std::binary_search(words_.begin(), words_.end(), lower);
  }

 private:
  [[nodiscard]] static constexpr std::size_t LetterOf(std::string_view word) {
    return static_cast<unsigned char>(word[0]) & 31U;
  }
  [[nodiscard]] static constexpr std::uint32_t SizeBit(std::string_view word) {
    return word.size() < 32 ? std::uint32_t{1} << word.size() : 0;
  }
  std::array<std::string_view, N> words_;
  std::array<std::uint32_t, 32> sizes_{};  ///< By first letter the sizes of words: dismisses most that are asked for.
};

template <typename... Words>
[[nodiscard]] constexpr auto WordSet(Words... words) {
  return WordList<sizeof...(Words)>({std::string_view(words)...});
}

}  // namespace litmill::tag
