// SPDX-License-Identifier: Apache-2.0
#include "tag/text_runs.h"

#include <array>

namespace litmill::tag {
namespace {

/// Each kind a bit of its own: what `kind & ~before` leaves begins a run.
enum Kind : std::uint8_t { kOther = 0, kLetter = 1, kDigit = 2 };

constexpr std::array<Kind, 256> kKinds = [] {
  std::array<Kind, 256> kinds{};
  for (std::size_t c = 'a'; c <= 'z'; ++c) kinds[c] = kinds[c - 'a' + 'A'] = kLetter;
  for (std::size_t c = '0'; c <= '9'; ++c) kinds[c] = kDigit;
  return kinds;
}();

}  // namespace

void TextRuns::Fill(std::string_view text) {
  if (places_.size() <= text.size()) places_.resize(text.size() + 1);
  // Without branches: where words begin cannot be foretold.
  const char* const bytes = text.data();
  std::uint32_t* next = places_.data();
  Kind before = kOther;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const Kind kind = kKinds[static_cast<unsigned char>(bytes[at])];
    *next = static_cast<std::uint32_t>(at);
    next += static_cast<unsigned>((kind & ~static_cast<unsigned>(before)) != 0);
    before = kind;
  }
  count_ = static_cast<std::size_t>(next - places_.data());
}

}  // namespace litmill::tag
