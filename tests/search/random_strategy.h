// SPDX-License-Identifier: Apache-2.0
// Random trees and random damage for the property tests. The seed is printed by each test that fails.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "search/tree.h"

namespace litmill::search::testing {

class RandomStrategy {
 public:
  explicit RandomStrategy(std::uint64_t seed) : engine_(seed) {}

  /// A tree of at most `depth` levels that PubMed syntax can write. `references` lets line references in.
  Node Tree(int depth, bool references = false);

  /// A leaf of any kind.
  Node Leaf(bool references = false);

  /// Numbered lines, each referring to earlier ones only.
  Strategy Numbered(int lines);

  /// A number from 0 to `below` - 1.
  std::size_t Pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(engine_); }
  bool Chance(std::size_t one_in) { return Pick(one_in) == 0; }
  template <typename T>
  const T& Of(const std::vector<T>& items) {
    return items[Pick(items.size())];
  }

  /// `text` with a few bytes changed, taken out, doubled or put in.
  std::string Damaged(std::string text);

 private:
  Term RandomTerm();
  DateRange RandomRange();
  DatePoint RandomDate();

  std::mt19937_64 engine_;
};

}  // namespace litmill::search::testing
