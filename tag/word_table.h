// SPDX-License-Identifier: Apache-2.0
// A fixed table from lower-case words to values, built by the compiler. Nearly every word that is looked up is not
// there, so a word is dismissed by its beginning, then by one look into a sparse table.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tag/word_beginnings.h"

namespace litmill::tag {

/// Of the size and three letters: words of a list differ in them, and nothing depends on how long a word is.
[[nodiscard]] constexpr std::uint32_t WordHash(std::string_view word) {
  if (word.empty()) return 0;
  const auto letter = [word](std::size_t at) -> std::uint32_t { return static_cast<unsigned char>(word[at]); };
  const std::uint32_t hash = letter(0) * 0x9E3779B1U + letter(word.size() / 2) * 0x85EBCA6BU +
                             letter(word.size() - 1) * 0xC2B2AE35U +
                             static_cast<std::uint32_t>(word.size()) * 0x27D4EB2FU;
  return hash >> 16U;
}

/// `kSlots` is a power of two, larger than the number of words.
template <typename Value, std::size_t kSlots>
class WordTable {
 public:
  /// The value of `word`, which is added when it is new.
  constexpr Value& operator[](std::string_view word) {
    beginnings_.Add(word);
    Slot& slot = slots_[SlotOf(word)];
    slot.word = word;
    return slot.value;
  }
  /// Of a word in lower case; null when it is not there.
  [[nodiscard]] const Value* Find(std::string_view lower) const {
    const Slot& slot = slots_[SlotOf(lower)];
    return slot.word.empty() ? nullptr : &slot.value;
  }
  /// False only when neither a word of the table nor one added by AddBeginning begins at `at`, in whatever case.
  [[nodiscard]] bool MayBeginAt(std::string_view text, std::size_t at) const {
    return beginnings_.MayBeginAt(text, at);
  }
  constexpr void AddBeginning(std::string_view beginning) { beginnings_.Add(beginning); }

 private:
  struct Slot {
    std::string_view word;
    Value value{};
  };
  /// Where `word` is, or the free slot where it would be.
  [[nodiscard]] constexpr std::size_t SlotOf(std::string_view word) const {
    std::size_t slot = WordHash(word) % kSlots;
    while (!slots_[slot].word.empty() && slots_[slot].word != word) slot = (slot + 1) % kSlots;
    return slot;
  }

  std::array<Slot, kSlots> slots_{};
  WordBeginnings beginnings_;
};

}  // namespace litmill::tag
