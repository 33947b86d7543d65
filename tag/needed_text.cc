// SPDX-License-Identifier: Apache-2.0
#include "tag/needed_text.h"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

namespace litmill::tag {
namespace {

/// Texts in symbols, with kEdge for all word edges.
using Texts = std::vector<std::string>;

constexpr std::size_t kMaxTexts = 48;
constexpr int kMaxSymbols = 4;
/// Beyond this length texts are equally good.
constexpr std::size_t kLongEnough = 8;

/// What is known of a part of a pattern.
struct Known {
  bool whole = false;  ///< `texts` is all that it matches; otherwise each match holds one of them.
  Texts texts;         ///< None: nothing is known.
};

/// How much it says that a match holds one of the texts.
std::size_t Worth(const Texts& texts) {
  if (texts.empty() || texts.size() > kMaxTexts) return 0;
  const auto shorter = [](const std::string& a, const std::string& b) { return a.size() < b.size(); };
  const std::size_t shortest = std::min_element(texts.begin(), texts.end(), shorter)->size();
  return shortest < 3 ? 0 : std::min(shortest, kLongEnough) * kMaxTexts + (kMaxTexts - texts.size());
}

void KeepBetter(Texts& best, const Texts& other) {
  if (Worth(other) > Worth(best)) best = other;
}

Known Learn(const Shape& shape);

Known OfSymbols(Symbols symbols) {
  if ((symbols & ~kEdgeSymbols) == 0) return {true, {std::string(1, static_cast<char>(TextTrigrams::kEdge))}};
  if ((symbols & kEdgeSymbols) != 0 || std::popcount(symbols) > kMaxSymbols) return {};
  Known known{true, {}};
  for (; symbols != 0; symbols &= symbols - 1)
    known.texts.emplace_back(1, static_cast<char>(std::countr_zero(symbols)));
  return known;
}

Known OfSequence(const std::vector<Shape>& parts) {
  Known known{true, {}};
  Texts beginning;   // counts only if there is nothing else: MatchStarts knows it
  Texts run = {""};  // what the parts since the last unknown one match
  const auto end_run = [&](Texts next) {
    if (known.whole)
      beginning = std::move(run);
    else
      KeepBetter(known.texts, run);
    known.whole = false;
    run = std::move(next);
  };
  for (const Shape& part : parts) {
    Known next = Learn(part);
    if (next.whole && run.size() * next.texts.size() <= kMaxTexts) {
      Texts longer;
      for (const std::string& first : run)
        for (const std::string& second : next.texts) longer.push_back(first + second);
      run = std::move(longer);
    } else if (next.whole) {
      end_run(std::move(next.texts));
    } else {
      end_run({""});
      KeepBetter(known.texts, next.texts);
    }
  }
  if (known.whole) return {true, std::move(run)};
  end_run({});
  if (known.texts.empty()) known.texts = std::move(beginning);
  return known;
}

Known OfAlternatives(const std::vector<Shape>& parts) {
  Known known{true, {}};
  for (const Shape& part : parts) {
    const Known next = Learn(part);
    if (next.texts.empty()) return {};
    known.whole = known.whole && next.whole;
    known.texts.insert(known.texts.end(), next.texts.begin(), next.texts.end());
  }
  if (known.texts.size() > kMaxTexts) return {};
  return known;
}

Known OfRepeated(const Shape& shape) {
  Known known = Learn(shape.parts.front());
  if (shape.least == 0 && shape.most == 1 && known.whole) {
    known.texts.emplace_back();
    return known;
  }
  if (shape.least == 0) return {};
  known.whole = known.whole && shape.most == 1;
  return known;
}

Known Learn(const Shape& shape) {
  switch (shape.kind) {
    case Shape::Kind::kSymbol:
      return OfSymbols(shape.symbols);
    case Shape::Kind::kSequence:
      return OfSequence(shape.parts);
    case Shape::Kind::kAlternatives:
      return OfAlternatives(shape.parts);
    case Shape::Kind::kRepeated:
      return OfRepeated(shape);
  }
  return {};
}

}  // namespace

void TextTrigrams::Fill(const std::vector<std::uint8_t>& symbols) {
  words_.fill(0);
  std::uint32_t key = 0;
  for (const std::uint8_t symbol : symbols) {
    if (symbol == kContinuation) continue;
    key = ((key << 6U) | ((kEdgeSymbols & SymbolBit(symbol)) != 0 ? kEdge : symbol)) & 0x3FFFFU;
    const std::uint16_t slot = Slot(0, 0, key);
    words_[slot / 64] |= std::uint64_t{1} << (slot % 64);
  }
}

NeededText::NeededText(const std::optional<Shape>& shape) {
  if (!shape) return;
  Shape edge;
  edge.kind = Shape::Kind::kSymbol;
  edge.symbols = kEdgeSymbols;
  std::vector<Shape> parts = {edge, *shape, edge};
  if (shape->kind == Shape::Kind::kSequence) {
    parts.assign(shape->parts.begin(), shape->parts.end());
    parts.insert(parts.begin(), edge);
    parts.push_back(edge);
  }
  const Known known = OfSequence(parts);
  if (known.whole || Worth(known.texts) == 0) return;
  for (const std::string& text : known.texts) {
    Trigrams trigrams;
    for (std::size_t i = 2; i < text.size(); ++i)
      trigrams.push_back(TextTrigrams::Slot(static_cast<std::uint8_t>(text[i - 2]),
                                            static_cast<std::uint8_t>(text[i - 1]),
                                            static_cast<std::uint8_t>(text[i])));
    choices_.push_back(std::move(trigrams));
  }
}

bool NeededText::MayBeIn(const TextTrigrams& text) const {
  const auto held = [&](const Trigrams& trigrams) {
    return std::all_of(trigrams.begin(), trigrams.end(), [&](std::uint16_t slot) { return text.Has(slot); });
  };
  return choices_.empty() || std::any_of(choices_.begin(), choices_.end(), held);
}

}  // namespace litmill::tag
