// SPDX-License-Identifier: Apache-2.0
#include "tag/match_starts.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

namespace litmill::tag {
namespace {

using Symbols = std::uint64_t;  ///< A set of symbols, one bit each.

constexpr unsigned kRareAscii = 62;
constexpr unsigned kNonAscii = 63;

/// ASCII letters without case, digits and the usual punctuation have a symbol of their own; the rest shares two.
constexpr std::array<std::uint8_t, 256> MakeSymbols() {
  std::array<std::uint8_t, 256> symbols{};
  for (std::size_t c = 0; c < symbols.size(); ++c) symbols[c] = c < 0x80 ? kRareAscii : kNonAscii;
  symbols[0xFF] = kRareAscii;  // between fields; no pattern matches it, so it can only stand behind a match
  std::uint8_t next = 0;
  for (char c = 'a'; c <= 'z'; ++c, ++next) {
    symbols[static_cast<unsigned char>(c)] = next;
    symbols[static_cast<unsigned char>(c - 'a' + 'A')] = next;
  }
  for (const char c : std::string_view("0123456789 -,.()/+'\":;%&_[]<>=*#@$!?"))
    symbols[static_cast<unsigned char>(c)] = next++;
  return symbols;
}
constexpr std::array<std::uint8_t, 256> kSymbols = MakeSymbols();

constexpr Symbols Bit(unsigned symbol) { return Symbols{1} << symbol; }
constexpr Symbols SymbolsOf(char first, char last) {
  Symbols set = 0;
  for (int c = static_cast<unsigned char>(first); c <= static_cast<unsigned char>(last); ++c)
    set |= Bit(kSymbols[static_cast<std::size_t>(c)]);
  return set;
}
constexpr Symbols SymbolOf(char c) { return Bit(kSymbols[static_cast<unsigned char>(c)]); }

constexpr Symbols kAnything = ~Symbols{0};
constexpr Symbols kDigits = SymbolsOf('0', '9');
constexpr Symbols kEdges = ~(SymbolsOf('a', 'z') | kDigits);
constexpr Symbols kWord = SymbolsOf('a', 'z') | kDigits | SymbolOf('_');
constexpr Symbols kSpaces = SymbolOf(' ') | Bit(kRareAscii);
/// Without regard to case, U+017F is an s and U+212A a k.
constexpr Symbols kForeign = Bit(kNonAscii) | SymbolOf('s') | SymbolOf('k');

constexpr std::size_t kMaxPrefixes = 300;
/// Of the 262,144 beginnings that there are.
constexpr std::size_t kMaxSpelledOut = 200;
constexpr std::size_t kMaxBeginnings = 8000;
constexpr std::size_t kMaxNesting = 200;

constexpr std::size_t kDepth = MatchStarts::kLook;

/// The beginning of some matches: for each place the symbols that may stand there. Shorter than kDepth where the
/// pattern may end so early.
struct Prefix {
  std::array<Symbols, kDepth> places{};
  std::size_t size = 0;
  friend auto operator<=>(const Prefix&, const Prefix&) = default;
};
using Prefixes = std::vector<Prefix>;

Prefixes Nothing() { return {Prefix{}}; }

Prefixes OneOf(Symbols symbols) {
  Prefix prefix;
  prefix.places[0] = symbols;
  prefix.size = 1;
  return {prefix};
}

Prefixes Anything() {
  Prefixes shape;
  for (std::size_t size = 0; size <= kDepth; ++size) {
    Prefix prefix;
    std::fill_n(prefix.places.begin(), size, kAnything);
    prefix.size = size;
    shape.push_back(prefix);
  }
  return shape;
}

/// Sorted, each prefix once. Of too many, only the first places are kept apart.
void Tidy(std::vector<Prefix>& prefixes) {
  const auto sort_unique = [&] {
    std::sort(prefixes.begin(), prefixes.end());
    prefixes.erase(std::unique(prefixes.begin(), prefixes.end()), prefixes.end());
  };
  sort_unique();
  for (std::size_t kept = kDepth - 1; prefixes.size() > kMaxPrefixes; --kept) {
    for (Prefix& prefix : prefixes) {
      if (prefix.size < kept) continue;
      std::fill(prefix.places.begin() + static_cast<std::ptrdiff_t>(kept), prefix.places.end(), kAnything);
      prefix.size = kDepth;
    }
    sort_unique();
  }
}

Prefixes Either(Prefixes a, const Prefixes& b) {
  a.insert(a.end(), b.begin(), b.end());
  Tidy(a);
  return a;
}

Prefixes Then(const Prefixes& a, const Prefixes& b) {
  Prefixes both;
  for (const Prefix& first : a) {
    if (first.size == kDepth) {
      both.push_back(first);
      continue;
    }
    for (const Prefix& second : b) {
      Prefix joined = first;
      for (std::size_t i = 0; i < second.size && joined.size < kDepth; ++i)
        joined.places[joined.size++] = second.places[i];
      both.push_back(joined);
    }
  }
  Tidy(both);
  return both;
}

Prefixes Repeated(const Prefixes& one, std::size_t least, std::optional<std::size_t> most) {
  // More rounds than there are places add no prefix.
  Prefixes rounds = Nothing();
  std::size_t done = 0;
  for (; done < std::min(least, kDepth); ++done) rounds = Then(rounds, one);
  Prefixes all = rounds;
  for (const std::size_t last = std::min(most.value_or(kDepth), kDepth); done < last; ++done) {
    rounds = Then(rounds, one);
    all = Either(std::move(all), rounds);
  }
  return all;
}

/// Reads RE2's syntax far enough to know the characters; the pattern is one that RE2 accepts.
class Reader {
 public:
  explicit Reader(std::string_view pattern) : pattern_(pattern) {}

  Prefixes Read() {
    Prefixes shape = Alternatives(0);
    return understood_ && at_ == pattern_.size() ? shape : Anything();
  }

 private:
  [[nodiscard]] bool More() const { return at_ < pattern_.size(); }
  [[nodiscard]] bool Next(std::string_view text) const { return pattern_.substr(at_, text.size()) == text; }
  bool Take(std::string_view text) {
    if (!Next(text)) return false;
    at_ += text.size();
    return true;
  }
  Prefixes NotUnderstood() {
    understood_ = false;
    at_ = pattern_.size();
    return Anything();
  }

  Prefixes Alternatives(std::size_t depth) {
    if (depth > kMaxNesting) return NotUnderstood();
    Prefixes shape = Sequence(depth);
    while (Take("|")) shape = Either(std::move(shape), Sequence(depth));
    return shape;
  }

  Prefixes Sequence(std::size_t depth) {
    Prefixes shape = Nothing();
    while (More() && !Next("|") && !Next(")")) {
      Prefixes item = Item(depth);
      bool repeated = true;
      while (repeated) repeated = TakeRepetition(item);
      shape = Then(shape, item);
    }
    return shape;
  }

  bool TakeRepetition(Prefixes& item) {
    if (Take("*"))
      item = Repeated(item, 0, std::nullopt);
    else if (Take("+"))
      item = Repeated(item, 1, std::nullopt);
    else if (Take("?"))
      item = Repeated(item, 0, 1);  // also behind another repetition ("+?"), where it adds nothing wrong
    else
      return Next("{") && TakeCounts(item);
    return true;
  }

  /// "{2}", "{2,}" or "{2,5}"; any other brace stands for itself.
  bool TakeCounts(Prefixes& item) {
    const std::size_t brace = at_++;
    const std::optional<std::size_t> least = TakeNumber();
    std::optional<std::size_t> most = least;
    if (Take(",")) most = TakeNumber();
    if (!least || !Take("}")) {
      at_ = brace;
      return false;
    }
    item = Repeated(item, *least, most);
    return true;
  }

  std::optional<std::size_t> TakeNumber() {
    std::optional<std::size_t> number;
    while (More() && pattern_[at_] >= '0' && pattern_[at_] <= '9' && number.value_or(0) < 10000)
      number = number.value_or(0) * 10 + static_cast<std::size_t>(pattern_[at_++] - '0');
    return number;
  }

  Prefixes Item(std::size_t depth) {
    if (Take("(")) return Group(depth);
    if (Take("[")) return OneOf(Class());
    if (Take(".")) return OneOf(kAnything);
    if (Take("^") || Take("$")) return Nothing();
    if (!Take("\\")) return OneOf(Literal());
    if (Take("b") || Take("B")) return Nothing();
    if (Take("Q")) return Quoted();
    return OneOf(Escaped());
  }

  Prefixes Group(std::size_t depth) {
    if (Take("?")) {
      // Flags ("?i:", "?-i:"), a name ("?P<name>") or flags for the rest of the group ("?i)"): none of them changes
      // what is known here.
      const std::size_t end = pattern_.find_first_of(":>)", at_);
      if (end == std::string_view::npos) return NotUnderstood();
      at_ = end + 1;
      if (pattern_[end] == ')') return Nothing();
    }
    Prefixes shape = Alternatives(depth + 1);
    return Take(")") ? shape : NotUnderstood();
  }

  Prefixes Quoted() {
    Prefixes shape = Nothing();
    while (More() && !Take("\\E")) shape = Then(shape, OneOf(Literal()));
    return shape;
  }

  /// One character that stands for itself, with all its bytes.
  Symbols Literal() {
    const char c = pattern_[at_++];
    if (static_cast<unsigned char>(c) < 0x80) return SymbolOf(c);
    while (More() && (static_cast<unsigned char>(pattern_[at_]) & 0xC0U) == 0x80U) ++at_;
    return kForeign;
  }

  /// What follows a backslash and stands for one character.
  Symbols Escaped() {
    if (!More()) return kAnything;
    if (static_cast<unsigned char>(pattern_[at_]) >= 0x80) return Literal();
    const char c = pattern_[at_++];
    switch (c) {
      case 'd':
        return kDigits;
      case 'w':
        return kWord;
      case 's':
        return kSpaces;
      case 'D':
      case 'W':
      case 'S':
        return kAnything;
      case 'a':
      case 'f':
      case 'n':
      case 'r':
      case 't':
      case 'v':
        return Bit(kRareAscii);
      case 'p':
      case 'P':
      case 'x':
        SkipBraced(c == 'x' ? 2 : 1);
        return kAnything;
      default:
        break;
    }
    if (c >= '0' && c <= '9') {
      while (More() && pattern_[at_] >= '0' && pattern_[at_] <= '7') ++at_;
      return kAnything;
    }
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) NotUnderstood();
    return SymbolOf(c);
  }

  /// "{Greek}" and "{3b2}", or without braces that many characters.
  void SkipBraced(std::size_t without) {
    const std::size_t end = Next("{") ? pattern_.find('}', at_) : at_ + without - 1;
    at_ = std::min(end, pattern_.size() - 1) + 1;
  }

  Symbols Class() {
    const bool negated = Take("^");
    Symbols set = 0;
    bool first = true;
    while (More() && (first || !Next("]"))) {
      first = false;
      set |= ClassItem();
    }
    if (!Take("]")) NotUnderstood();
    // Symbols are coarser than characters: those of "[^a]" still hold "A", those of "[^é]" other letters.
    return negated ? kAnything : set;
  }

  Symbols ClassItem() {
    if (Next("[:")) {
      const std::size_t end = pattern_.find(":]", at_);
      if (end == std::string_view::npos) return SymbolOf(pattern_[at_++]);
      at_ = end + 2;
      return kAnything;
    }
    const std::size_t from = at_;
    const Symbols set = Take("\\") ? Escaped() : Literal();
    if (!Next("-") || at_ + 1 >= pattern_.size() || pattern_[at_ + 1] == ']') return set;
    // A range: of two plain ASCII characters, or not looked at closely.
    ++at_;
    const std::size_t to = at_;
    static_cast<void>(Take("\\") ? Escaped() : Literal());
    const bool plain = to == from + 2 && at_ == to + 1 && pattern_[from] != '\\' && pattern_[to] != '\\';
    return plain ? SymbolsOf(pattern_[from], pattern_[to]) : kAnything;
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  bool understood_ = true;
};

/// The key of a beginning. Hashed: two beginnings may share a slot, which only costs a look too many.
constexpr std::uint64_t Extend(std::uint64_t key, std::uint8_t symbol) {
  return (key + symbol + 1) * 0x9E3779B97F4A7C15ULL;
}
constexpr std::size_t Slot(std::uint64_t key) { return static_cast<std::size_t>(key >> 46U); }

/// Calls `visit` with each way to spell the first `size` places of the prefix in `symbols`.
template <typename Visit>
void ForEachSpelling(const Prefix& prefix, std::size_t size, std::array<std::uint8_t, kDepth>& symbols,
                     std::size_t place, const Visit& visit) {
  if (place == size) return visit();
  for (unsigned symbol = 0; symbol < 64; ++symbol) {
    if ((prefix.places[place] & Bit(symbol)) == 0) continue;
    symbols[place] = static_cast<std::uint8_t>(symbol);
    ForEachSpelling(prefix, size, symbols, place + 1, visit);
  }
}

}  // namespace

bool MatchStarts::Add(std::string_view pattern) {
  // Behind a match stands a word edge, and behind that anything.
  const Prefixes prefixes =
      Then(Then(Reader(pattern).Read(), OneOf(kEdges)), Repeated(OneOf(kAnything), kDepth, kDepth));
  const auto spellings = [](const Prefix& prefix, std::size_t size) {
    std::size_t product = 1;
    for (std::size_t i = 0; i < size && product < kMaxBeginnings; ++i)
      product *= static_cast<std::size_t>(std::popcount(prefix.places[i]));
    return product;
  };
  std::size_t total = 0;
  for (const Prefix& prefix : prefixes) total += spellings(prefix, kSteps[0]);
  if (total > kMaxBeginnings) return false;
  for (const Prefix& prefix : prefixes) {
    std::size_t last = 0;
    while (last + 1 < kSteps.size() && spellings(prefix, kSteps[last + 1]) <= kMaxSpelledOut) ++last;
    std::array<std::uint8_t, kDepth> symbols{};
    ForEachSpelling(prefix, kSteps[last], symbols, 0, [&] {
      std::uint64_t key = 0;
      for (std::size_t step = 0, i = 0; step <= last; ++step) {
        for (; i < kSteps[step]; ++i) key = Extend(key, symbols[i]);
        (step == last ? enough_ : more_)[step][Slot(key)] = true;
      }
    });
  }
  return true;
}

bool MatchStarts::MayBegin(const char* text) const {
  std::uint64_t key = 0;
  for (std::size_t step = 0, i = 0; step < kSteps.size(); ++step) {
    for (; i < kSteps[step]; ++i) {
      const std::uint8_t symbol = kSymbols[static_cast<unsigned char>(text[i])];
      if (symbol == kNonAscii) return true;
      key = Extend(key, symbol);
    }
    const std::size_t slot = Slot(key);
    if (enough_[step][slot]) return true;
    if (!more_[step][slot]) return false;
  }
  return false;
}

}  // namespace litmill::tag
