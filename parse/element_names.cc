// SPDX-License-Identifier: Apache-2.0
// A hash table made by the compiler: a record has some 150 elements, so each look-up counts.
#include "parse/element_names.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <type_traits>

namespace litmill::parse {
namespace {

// A name as three machine words that hold its first, middle and last bytes (overlapping when it is short): comparing
// and hashing names then needs no loop and no library call.
struct NameKey {
  std::uint64_t first = 0, middle = 0, last = 0;
  std::size_t size = 0;  ///< 0 = no name, or one that is too long to be known.
  friend constexpr bool operator==(const NameKey&, const NameKey&) = default;
};

constexpr std::size_t kLongestName = 24;  // What three words can hold.

constexpr std::uint64_t Word(const char* bytes, std::size_t size) {
  if (!std::is_constant_evaluated() && std::endian::native == std::endian::little) {
    std::uint64_t word = 0;
    std::uint32_t half = 0;
    if (size == 8) {
      std::memcpy(&word, bytes, 8);
    } else {
      std::memcpy(&half, bytes, 4);
      word = half;
    }
    return word;
  }
  std::uint64_t word = 0;
  for (std::size_t i = size; i > 0; --i) word = word << 8U | static_cast<unsigned char>(bytes[i - 1]);
  return word;
}

constexpr NameKey KeyOf(std::string_view name) {
  const char* const bytes = name.data();
  const std::size_t n = name.size();
  if (n > kLongestName) return {};
  if (n >= 8) return {Word(bytes, 8), Word(bytes + n / 2 - 4, 8), Word(bytes + n - 8, 8), n};
  if (n >= 4) return {Word(bytes, 4), 0, Word(bytes + n - 4, 4), n};
  NameKey key{0, 0, 0, n};
  for (const char c : name) key.first = key.first << 8U | static_cast<unsigned char>(c);
  return key;
}

struct Entry {
  NameKey key;
  Element element = Element::kUnknown;
};

constexpr std::size_t kSlotBits = 10;  // About six times as many slots as names: chains stay short.
constexpr std::size_t kSlots = 1U << kSlotBits;

constexpr std::size_t SlotOf(const NameKey& key) {
  return static_cast<std::size_t>(
      ((key.first ^ (key.last << 5U)) * 0x9E3779B97F4A7C15ULL + key.middle * 0xC2B2AE3D27D4EB4FULL) >>
      (64U - kSlotBits));
}

constexpr Entry kEntries[] = {
#define LITMILL_ELEMENT_ENTRY(name) {KeyOf(#name), Element::k##name},
    LITMILL_PUBMED_ELEMENTS(LITMILL_ELEMENT_ENTRY)
#undef LITMILL_ELEMENT_ENTRY
};
static_assert(std::size(kEntries) < 255, "their numbers must fit one byte");
static_assert(std::all_of(std::begin(kEntries), std::end(kEntries), [](const Entry& e) { return e.key.size != 0; }),
              "too long a name");

// Each slot holds the number of an entry, counted from 1; 0 = none. Small, so that all of it stays in the processor's
// first cache.
constexpr std::array<std::uint8_t, kSlots> MakeTable() {
  std::array<std::uint8_t, kSlots> table{};
  std::uint8_t number = 0;
  for (const Entry& entry : kEntries) {
    std::size_t slot = SlotOf(entry.key);
    while (table[slot] != 0) slot = (slot + 1) % kSlots;
    table[slot] = ++number;
  }
  return table;
}

constexpr std::array<std::uint8_t, kSlots> kTable = MakeTable();

}  // namespace

Element ElementNamed(std::string_view name) {
  const NameKey key = KeyOf(name);
  for (std::size_t slot = SlotOf(key); kTable[slot] != 0; slot = (slot + 1) % kSlots)
    if (const Entry& entry = kEntries[kTable[slot] - 1]; entry.key == key) return entry.element;
  return Element::kUnknown;
}

}  // namespace litmill::parse
