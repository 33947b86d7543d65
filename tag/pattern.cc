// SPDX-License-Identifier: Apache-2.0
#include "tag/pattern.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/unicode.h"

namespace litmill::tag {
namespace {

// RE2 throws its cache of states away at the limit and goes on, so that a tight limit costs time and never a match.
constexpr std::int64_t kPatternMemory = std::int64_t{1} << 20U;

RE2::Options Options(std::int64_t memory) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(memory);
  options.set_longest_match(true);
  options.set_never_capture(true);
  return options;
}

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::size_t LastCodePointStart(std::string_view text, std::size_t end) {
  std::size_t start = end - 1;
  while (start > 0 && IsContinuation(text[start])) --start;
  return start;
}

enum class Edged { kNone, kFound, kUndecided };

/// The first match in [from, to), without its edges. Undecided when the edges are not exact and a non-ASCII letter or
/// digit is one.
Edged MatchEdged(const RE2& expression, bool edges_exact, std::string_view text, std::size_t from, std::size_t to,
                 RE2::Anchor anchor, ByteSpan& span) {
  re2::StringPiece match;
  if (!expression.Match(re2::StringPiece(text.data(), text.size()), from, to, anchor, &match, 1)) return Edged::kNone;
  const auto start = static_cast<std::size_t>(match.data() - text.data());
  const DecodedCodePoint before = DecodeUtf8(text, start);
  const std::size_t after = LastCodePointStart(text, start + match.size());
  if (!edges_exact) {
    const char32_t next = DecodeUtf8(text, after).value;
    if ((before.value >= 0x80 && IsLetterOrDigit(before.value)) || (next >= 0x80 && IsLetterOrDigit(next)))
      return Edged::kUndecided;
  }
  span = {static_cast<std::uint32_t>(start + before.size), static_cast<std::uint32_t>(after)};
  return Edged::kFound;
}

/// False (and `spans` of no use) when a match is undecided.
bool FindEdged(const RE2& expression, bool edges_exact, std::string_view text, std::size_t from, std::size_t to,
               bool first_only, std::vector<ByteSpan>& spans) {
  ByteSpan span;
  while (from < to) {
    const Edged found = MatchEdged(expression, edges_exact, text, from, to, RE2::UNANCHORED, span);
    if (found == Edged::kUndecided) return false;
    if (found == Edged::kNone) return true;
    spans.push_back(span);
    if (first_only) return true;
    // The last character of a match can be the edge of the next.
    from = LastCodePointStart(text, span.end);
  }
  return true;
}

/// What RE2 would accept and we must not.
std::string ForbiddenPart(const std::string& pattern) {
  bool quoted = false;  // between \Q and \E
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '\\' || i + 1 >= pattern.size()) continue;
    const char next = pattern[i + 1];
    if (quoted) {
      if (next == 'E') quoted = false;
    } else if (next == 'Q') {
      quoted = true;
    } else if (next == 'C') {
      return "\\C matches single bytes and could cut a character in two; use . instead";
    } else if (next == 'A' || next == 'z') {
      return "patterns are matched anywhere in the text between word edges; leave \\A and \\z out";
    }
    ++i;
  }
  if (!pattern.empty() && pattern.front() == '^')
    return "patterns are matched anywhere in the text between word edges; leave ^ out";
  if (pattern.size() > 1 && pattern.back() == '$' && pattern[pattern.size() - 2] != '\\')
    return "patterns are matched anywhere in the text between word edges; leave $ out";
  return "";
}

/// Whether the pattern plainly means the same between brackets and edges as it does alone. False also when that takes a
/// closer look.
bool SafelyGrouped(const std::string& pattern) {
  int open = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    switch (pattern[i]) {
      case '\\':
        ++i;
        if (i < pattern.size() && (pattern[i] == 'b' || pattern[i] == 'B' || pattern[i] == 'Q')) return false;
        break;
      case '[': {
        const std::size_t end = pattern.find_first_of("()[]", i + 1);
        if (end == std::string::npos || pattern[end] != ']' || pattern[end - 1] == '\\' || pattern[end - 1] == '^' ||
            end == i + 1)
          return false;
        i = end;
        break;
      }
      case '(':
        ++open;
        break;
      case ')':
        if (--open < 0) return false;
        break;
      case '^':
      case '$':
        return false;
      default:
        break;
    }
  }
  return open == 0;
}

/// The pattern on its own, as RE2 sees it: "a)(b" becomes valid only inside the brackets that are put around it.
Result<void> CheckAlone(const std::string& pattern) {
  const RE2 alone(pattern, Options(kPatternMemory));
  if (!alone.ok()) {
    std::string message = alone.error();
    if (pattern.find("(?=") != std::string::npos || pattern.find("(?!") != std::string::npos ||
        pattern.find("(?<") != std::string::npos)
      message += " (RE2 has no look-around: use a mask or a gate)";
    return Fail(ErrorCode::kConfig, message);
  }
  if (RE2::FullMatch("", alone)) return Fail(ErrorCode::kConfig, "the pattern matches the empty text");
  return {};
}

}  // namespace

Result<std::unique_ptr<EdgedPattern>> EdgedPattern::Make(const std::string& pattern, bool case_sensitive) {
  if (FindInvalidUtf8(pattern) != std::string_view::npos)
    return Fail(ErrorCode::kConfig, "the pattern is not valid UTF-8");
  if (const std::string forbidden = ForbiddenPart(pattern); !forbidden.empty())
    return Fail(ErrorCode::kConfig, forbidden);
  std::unique_ptr<EdgedPattern> made(new EdgedPattern(pattern, case_sensitive));
  const std::optional<PatternShape> shape = ReadShape(pattern, case_sensitive);
  bool matches_empty = false;
  if (shape && shape->is_exact) {
    matches_empty = shape->matches_empty;
  } else {
    const RE2& quick = made->Quick();
    if (!quick.ok() || !SafelyGrouped(pattern)) LITMILL_CHECK(CheckAlone(pattern));
    if (!quick.ok()) return Fail(ErrorCode::kConfig, quick.error());
    matches_empty = RE2::FullMatch("  ", quick);
  }
  if (matches_empty) return Fail(ErrorCode::kConfig, "the pattern matches the empty text");
  return made;
}

EdgedPattern::EdgedPattern(const std::string& pattern, bool case_sensitive)
    : source_(pattern), grouped_(fmt::format("{}{})", case_sensitive ? "(?-i:" : "(?i:", pattern)) {}

const RE2& EdgedPattern::Quick() const {
  std::call_once(quick_once_, [this] {
    quick_ = std::make_unique<RE2>("[^0-9A-Za-z]" + grouped_ + "[^0-9A-Za-z]", Options(kPatternMemory));
  });
  return *quick_;
}

const RE2& EdgedPattern::Exact() const {
  std::call_once(exact_once_, [this] {
    exact_ = std::make_unique<RE2>("[^\\pL\\pN]" + grouped_ + "[^\\pL\\pN]", Options(2 * kPatternMemory));
  });
  return *exact_;
}

void EdgedPattern::Find(std::string_view text, std::size_t from, std::size_t to, bool first_only,
                        std::vector<ByteSpan>& spans) const {
  spans.clear();
  // Where no match of the quick expression has a non-ASCII letter or digit beside it, the exact one finds the same
  // matches: its candidates are a part of the quick one's, and leftmost-longest chooses alike.
  if (FindEdged(Quick(), /*edges_exact=*/false, text, from, to, first_only, spans)) return;
  spans.clear();
  FindEdged(Exact(), /*edges_exact=*/true, text, from, to, first_only, spans);
}

void EdgedPattern::FindAll(std::string_view text, std::vector<ByteSpan>& spans) const {
  Find(text, 0, text.size(), false, spans);
}

bool EdgedPattern::MatchesWithin(std::string_view text, ByteSpan where) const {
  // One character to each side, for the edges.
  const std::size_t from = where.start == 0 ? 0 : LastCodePointStart(text, where.start);
  std::size_t to = where.end;
  if (to < text.size()) ++to;
  while (to < text.size() && IsContinuation(text[to])) ++to;
  std::vector<ByteSpan> spans;
  Find(text, from, to, true, spans);
  return !spans.empty();
}

std::optional<ByteSpan> EdgedPattern::MatchAt(std::string_view text, std::size_t start) const {
  const std::size_t edge = LastCodePointStart(text, start);
  const std::size_t end = std::min(text.size(), edge + kLongestMatch);
  // As in Find: the quick expression first, the exact one where a non-ASCII letter or digit stands beside the match.
  ByteSpan span;
  switch (MatchEdged(Quick(), /*edges_exact=*/false, text, edge, end, RE2::ANCHOR_START, span)) {
    case Edged::kNone:
      return std::nullopt;
    case Edged::kFound:
      return span;
    case Edged::kUndecided:
      break;
  }
  if (MatchEdged(Exact(), /*edges_exact=*/true, text, edge, end, RE2::ANCHOR_START, span) == Edged::kNone)
    return std::nullopt;
  return span;
}

}  // namespace litmill::tag
