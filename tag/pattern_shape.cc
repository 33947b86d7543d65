// SPDX-License-Identifier: Apache-2.0
#include "tag/pattern_shape.h"

#include <algorithm>
#include <utility>

#include "core/unicode.h"

namespace litmill::tag {
namespace {

constexpr std::size_t kMaxNesting = 200;

constexpr Symbols SymbolOf(char c) { return SymbolBit(kSymbolOfByte[static_cast<unsigned char>(c)]); }

constexpr Symbols kLetters = SymbolsOf('a', 'z');
constexpr Symbols kDigits = SymbolsOf('0', '9');
constexpr Symbols kSpaces = SymbolOf(' ') | SymbolBit(kRareAscii);
constexpr Symbols kWord = kLetters | kDigits | SymbolOf('_');
/// Symbols of more than one character: to allow one of these is to allow more than was meant.
constexpr Symbols kShared = SymbolBit(kRareAscii) | kBeyondAscii;

/// RE2's limit for a count, and for counts inside counts multiplied.
constexpr std::size_t kMaxCount = 1000;

/// The highest product of counts inside counts; anything above kMaxCount when it is higher.
std::size_t CountProduct(const Shape& shape) {
  std::size_t product = 1;
  for (const Shape& part : shape.parts) product = std::max(product, CountProduct(part));
  if (shape.kind != Shape::Kind::kRepeated) return product;
  const std::size_t count = shape.most == Shape::kUnlimited ? std::max<std::size_t>(shape.least, 1) : shape.most;
  return std::min(product * std::max<std::size_t>(count, 1), kMaxCount + 1);
}

bool MatchesEmpty(const Shape& shape) {
  const auto part_does = [](const Shape& part) { return MatchesEmpty(part); };
  switch (shape.kind) {
    case Shape::Kind::kSymbol:
      return false;
    case Shape::Kind::kSequence:
      return std::all_of(shape.parts.begin(), shape.parts.end(), part_does);
    case Shape::Kind::kAlternatives:
      return std::any_of(shape.parts.begin(), shape.parts.end(), part_does);
    case Shape::Kind::kRepeated:
      return shape.least == 0 || part_does(shape.parts.front());
  }
  return false;
}

Shape OneOf(Symbols symbols) {
  Shape shape;
  shape.kind = Shape::Kind::kSymbol;
  shape.symbols = symbols;
  return shape;
}

/// Reads RE2's syntax far enough to know the characters.
class Reader {
 public:
  Reader(std::string_view pattern, bool case_sensitive)
      : pattern_(pattern), is_exact_(!case_sensitive), all_cases_(!case_sensitive) {}

  std::optional<PatternShape> Read() {
    PatternShape read;
    read.shape = Alternatives(0);
    if (!understood_ || More()) return std::nullopt;
    read.is_exact = is_exact_ && CountProduct(read.shape) <= kMaxCount;
    read.matches_empty = MatchesEmpty(read.shape);
    return read;
  }

 private:
  [[nodiscard]] bool More() const { return at_ < pattern_.size(); }
  [[nodiscard]] bool Next(std::string_view text) const { return pattern_.substr(at_, text.size()) == text; }
  bool Take(std::string_view text) {
    if (!Next(text)) return false;
    at_ += text.size();
    return true;
  }
  Shape NotUnderstood() {
    understood_ = false;
    at_ = pattern_.size();
    return {};
  }
  template <typename T>
  T Roughly(T allowed) {
    is_exact_ = false;
    return allowed;
  }

  Shape Alternatives(std::size_t depth) {
    if (depth > kMaxNesting) return NotUnderstood();
    Shape first = Sequence(depth);
    if (!Next("|")) return first;
    Shape shape;
    shape.kind = Shape::Kind::kAlternatives;
    shape.parts.push_back(std::move(first));
    while (Take("|")) shape.parts.push_back(Sequence(depth));
    return shape;
  }

  Shape Sequence(std::size_t depth) {
    Shape shape;
    while (More() && !Next("|") && !Next(")")) {
      // A repetition of nothing is no pattern.
      if (Next("*") || Next("+") || Next("?")) is_exact_ = false;
      shape.parts.push_back(Item(depth));
      if (TakeRepetition(shape.parts.back()) && !Take("?")) {
        // "a**" is none either. Behind one repetition "?" only says which match to prefer; it is always the longest.
        while (TakeRepetition(shape.parts.back())) is_exact_ = false;
      }
    }
    if (shape.parts.size() == 1) return Shape(std::move(shape.parts.front()));
    return shape;
  }

  bool TakeRepetition(Shape& item) {
    if (Take("*"))
      Repeat(item, 0, Shape::kUnlimited);
    else if (Take("+"))
      Repeat(item, 1, Shape::kUnlimited);
    else if (Take("?"))
      Repeat(item, 0, 1);
    else
      return Next("{") && TakeCounts(item);
    return true;
  }

  static void Repeat(Shape& item, std::size_t least, std::size_t most) {
    Shape repeated;
    repeated.kind = Shape::Kind::kRepeated;
    repeated.least = least;
    repeated.most = most;
    repeated.parts.push_back(std::move(item));
    item = std::move(repeated);
  }

  /// "{2}", "{2,}" or "{2,5}"; any other brace stands for itself.
  bool TakeCounts(Shape& item) {
    const std::size_t brace = at_++;
    const std::optional<std::size_t> least = TakeNumber();
    std::optional<std::size_t> most = least;
    if (Take(",")) most = TakeNumber();
    if (!least || !Take("}")) {
      at_ = brace;
      return false;
    }
    if (most.value_or(kMaxCount) < *least || *least > kMaxCount) is_exact_ = false;
    Repeat(item, *least, most.value_or(Shape::kUnlimited));
    return true;
  }

  std::optional<std::size_t> TakeNumber() {
    std::optional<std::size_t> number;
    while (More() && pattern_[at_] >= '0' && pattern_[at_] <= '9' && number.value_or(0) < 10000)
      number = number.value_or(0) * 10 + static_cast<std::size_t>(pattern_[at_++] - '0');
    return number;
  }

  Shape Item(std::size_t depth) {
    if (Take("(")) return Group(depth);
    if (Take("[")) return OneOf(Class());
    if (Take(".")) return OneOf(kAnySymbol);
    if (Take("^") || Take("$")) return Roughly(Shape{});
    if (!Take("\\")) return OneOf(Literal());
    if (Take("b") || Take("B")) return Roughly(Shape{});
    if (Take("Q")) return Quoted();
    return OneOf(Escaped());
  }

  Shape Group(std::size_t depth) {
    if (Take("?") && !Take(":")) {
      // Flags ("?i:", "?-i:"), a name ("?P<name>") or flags for the rest of the group ("?i)"). What follows may
      // depend on case or not.
      const std::size_t end = pattern_.find_first_of(":>)", at_);
      if (end == std::string_view::npos) return NotUnderstood();
      at_ = end + 1;
      is_exact_ = all_cases_ = false;
      if (pattern_[end] == ')') return {};
    }
    Shape shape = Alternatives(depth + 1);
    return Take(")") ? shape : NotUnderstood();
  }

  Shape Quoted() {
    Shape shape;
    while (More() && !Take("\\E")) shape.parts.push_back(OneOf(Literal()));
    // A repetition behind it would be of its last character alone.
    const bool repeated = Next("*") || Next("+") || Next("?") || Next("{");
    return repeated ? NotUnderstood() : shape;
  }

  /// One character that stands for itself, with all its bytes.
  Symbols Literal() {
    const char c = pattern_[at_++];
    if (static_cast<unsigned char>(c) < 0x80) return Exactly(SymbolOf(c));
    const std::size_t start = at_ - 1;
    while (More() && (static_cast<unsigned char>(pattern_[at_]) & 0xC0U) == 0x80U) ++at_;
    const std::string_view character = pattern_.substr(start, at_ - start);
    // Two characters beyond ASCII are ASCII letters when case does not matter.
    if (character == "\xC5\xBF") return Roughly(kBeyondAscii | SymbolOf('s'));
    if (character == "\xE2\x84\xAA") return Roughly(kBeyondAscii | SymbolOf('k'));
    return Roughly(kBeyondAscii);
  }

  /// `symbols`, exact unless some of them have more than one character.
  Symbols Exactly(Symbols symbols) { return (symbols & kShared) == 0 ? symbols : Roughly(symbols); }

  /// What follows a backslash and stands for one character.
  Symbols Escaped() {
    if (!More()) return Roughly(kAnySymbol);
    if (static_cast<unsigned char>(pattern_[at_]) >= 0x80) return Literal();
    const char c = pattern_[at_++];
    switch (c) {
      case 'd':
        return kDigits;
      case 'w':
        return kWord;
      case 's':
        return Roughly(kSpaces);
      case 'D':
        return kAnySymbol & ~kDigits;
      case 'W':
        return kAnySymbol & ~kWord;
      case 'S':
        return Roughly(kAnySymbol);
      case 'a':
      case 'f':
      case 'n':
      case 'r':
      case 't':
      case 'v':
        return Roughly(SymbolBit(kRareAscii));
      case 'p':
      case 'P':
      case 'x':
        SkipBraced(c == 'x' ? 2 : 1);
        return Roughly(kAnySymbol);
      default:
        break;
    }
    if (c >= '0' && c <= '9') {
      while (More() && pattern_[at_] >= '0' && pattern_[at_] <= '7') ++at_;
      return Roughly(kAnySymbol);
    }
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) NotUnderstood();
    return c == '_' ? Roughly(SymbolOf(c)) : Exactly(SymbolOf(c));
  }

  /// "{Greek}" and "{3b2}", or without braces that many characters.
  void SkipBraced(std::size_t without) {
    const std::size_t end = Next("{") ? pattern_.find('}', at_) : at_ + without - 1;
    at_ = std::min(end, pattern_.size() - 1) + 1;
  }

  Symbols Class() {
    const bool negated = Take("^");
    const bool exact_before = std::exchange(is_exact_, true);
    Symbols set = 0;
    bool first = true;
    while (More() && (first || !Next("]"))) {
      first = false;
      set |= ClassItem();
    }
    if (!Take("]")) NotUnderstood();
    const bool exact_items = std::exchange(is_exact_, exact_before && is_exact_);
    if (!negated) return set;
    // Where symbols are coarser than what is excluded, other characters of them are not: "A" of "[^a]" when case
    // matters, other letters of "[^é]".
    if (!exact_items) return kAnySymbol;
    return kAnySymbol & ~(all_cases_ ? set : set & ~kLetters);
  }

  Symbols ClassItem() {
    if (Next("[:")) {
      const std::size_t end = pattern_.find(":]", at_);
      if (end == std::string_view::npos) return Exactly(SymbolOf(pattern_[at_++]));
      at_ = end + 2;
      return Roughly(kAnySymbol);
    }
    const std::size_t from = at_;
    const Symbols set = Take("\\") ? Escaped() : Literal();
    if (!Next("-") || at_ + 1 >= pattern_.size() || pattern_[at_ + 1] == ']') return set;
    // A range: of two plain ASCII characters, or not looked at closely.
    ++at_;
    const std::size_t to = at_;
    static_cast<void>(Take("\\") ? Escaped() : Literal());
    const bool plain = to == from + 2 && at_ == to + 1 && pattern_[from] != '\\' && pattern_[to] != '\\';
    if (!plain || pattern_[from] > pattern_[to]) return Roughly(kAnySymbol);
    return Exactly(SymbolsOf(pattern_[from], pattern_[to]));
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  bool understood_ = true;
  bool is_exact_;
  bool all_cases_;  ///< Letters are meant without regard to case.
};

}  // namespace

void SymbolsOfText(std::string_view text, std::vector<std::uint8_t>& symbols) {
  symbols.resize(text.size() + 1);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::uint8_t symbol = kSymbolOfByte[static_cast<unsigned char>(text[at])];
    symbols[at] = symbol == kOtherMark && IsLetterOrDigit(DecodeUtf8(text, at).value) ? kOtherLetter : symbol;
  }
  symbols[text.size()] = kNoSymbol;
}

std::optional<PatternShape> ReadShape(std::string_view pattern, bool case_sensitive) {
  return Reader(pattern, case_sensitive).Read();
}

}  // namespace litmill::tag
