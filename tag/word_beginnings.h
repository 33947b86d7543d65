// SPDX-License-Identifier: Apache-2.0
// Whether a word of a text can be one of a list: nearly all are dismissed by their first three letters, without a call.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace litmill::tag {

/// The beginnings of a list of words.
class WordBeginnings {
 public:
  constexpr void Add(std::string_view word) {
    if (word.size() > 2) {
      third_letters_[PairOf(word)] |= Bit(word[2]);
    } else if (word.size() == 2) {
      third_letters_[PairOf(word)] = kAny;
    } else {
      for (std::size_t second = 0; second < 32; ++second) third_letters_[Low(word[0]) * 32 + second] = kAny;
    }
  }
  /// False only when none of the list, in whatever case, begins with the letter at `at` and what follows.
  [[nodiscard]] bool MayBeginAt(std::string_view text, std::size_t at) const {
    if (at + 2 >= text.size()) return true;
    const char* const letters = text.data() + at;
    return (third_letters_[Low(letters[0]) * 32 + Low(letters[1])] & Bit(letters[2])) != 0;
  }

 private:
  /// Both cases of a letter have the same low five bits. Other bytes share them, which only makes a "may" of a "no".
  [[nodiscard]] static constexpr unsigned Low(char c) { return static_cast<unsigned char>(c) & 31U; }
  [[nodiscard]] static constexpr std::uint32_t Bit(char c) { return std::uint32_t{1} << Low(c); }
  [[nodiscard]] static constexpr std::size_t PairOf(std::string_view word) { return Low(word[0]) * 32 + Low(word[1]); }

  static constexpr std::uint32_t kAny = ~std::uint32_t{0};
  std::array<std::uint32_t, 1024> third_letters_{};  ///< By the first two letters.
};

}  // namespace litmill::tag
