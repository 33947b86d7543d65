// SPDX-License-Identifier: Apache-2.0
// A hash table made by the compiler: a record has some 150 elements, so each look-up counts.
#include "parse/element_names.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace litmill::parse {
namespace {

struct Entry {
  std::string_view name;
  Element element = Element::kUnknown;
};

constexpr std::size_t kSlots = 1024;  // A power of two, about six times the number of names: chains stay short.

constexpr std::size_t SlotOf(std::string_view name) {
  const auto at = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(name[i])); };
  const std::size_t n = name.size();
  return (n * 131 + at(0) * 7 + at(n / 2) * 61 + at(n - 1) * 293 + at(n / 3) * 17) % kSlots;
}

constexpr std::array<Entry, kSlots> MakeTable() {
  std::array<Entry, kSlots> table{};
  constexpr Entry kEntries[] = {
#define LITMILL_ELEMENT_ENTRY(name) {#name, Element::k##name},
      LITMILL_PUBMED_ELEMENTS(LITMILL_ELEMENT_ENTRY)
#undef LITMILL_ELEMENT_ENTRY
  };
  for (const Entry& entry : kEntries) {
    std::size_t slot = SlotOf(entry.name);
    while (!table[slot].name.empty()) slot = (slot + 1) % kSlots;
    table[slot] = entry;
  }
  return table;
}

constexpr std::array<Entry, kSlots> kTable = MakeTable();

}  // namespace

Element ElementNamed(std::string_view name) {
  if (name.empty()) return Element::kUnknown;
  for (std::size_t slot = SlotOf(name); !kTable[slot].name.empty(); slot = (slot + 1) % kSlots)
    if (kTable[slot].name == name) return kTable[slot].element;
  return Element::kUnknown;
}

}  // namespace litmill::parse
