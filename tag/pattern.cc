// SPDX-License-Identifier: Apache-2.0
#include "tag/pattern.h"

#include <algorithm>

#include <fmt/format.h>
#include <utf8proc.h>

#include "core/unicode.h"

namespace litmill::tag {
namespace {

// Measured with the shipped rules: the Set's automaton needs under 8 MiB; a rule's stays under 100 KiB. RE2 throws its cache away at the limit
// and goes on, so that a tight limit costs time and never a match.
constexpr std::int64_t kSetMemory = std::int64_t{32} << 20U;
constexpr std::int64_t kPatternMemory = std::int64_t{1} << 20U;

RE2::Options Options(std::int64_t memory) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(memory);
  options.set_longest_match(true);
  options.set_never_capture(true);
  return options;
}

bool IsLetterOrDigit(char32_t c) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LL: case UTF8PROC_CATEGORY_LT: case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO: case UTF8PROC_CATEGORY_ND: case UTF8PROC_CATEGORY_NL: case UTF8PROC_CATEGORY_NO:
      return true;
    default: return false;
  }
}

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::size_t LastCodePointStart(std::string_view text, std::size_t end) {
  std::size_t start = end - 1;
  while (start > 0 && IsContinuation(text[start])) --start;
  return start;
}

/// False (and `spans` of no use) when the edges are not exact and a match has a non-ASCII letter or digit beside it.
bool FindEdged(const RE2& expression, bool edges_exact, std::string_view text, std::size_t from, std::size_t to, bool first_only,
               std::vector<ByteSpan>& spans) {
  const re2::StringPiece whole(text.data(), text.size());
  re2::StringPiece match;
  while (from < to && expression.Match(whole, from, to, RE2::UNANCHORED, &match, 1)) {
    const auto start = static_cast<std::size_t>(match.data() - text.data());
    const DecodedCodePoint before = DecodeUtf8(text, start);
    const std::size_t after = LastCodePointStart(text, start + match.size());
    if (!edges_exact) {
      const char32_t next = DecodeUtf8(text, after).value;
      if ((before.value >= 0x80 && IsLetterOrDigit(before.value)) || (next >= 0x80 && IsLetterOrDigit(next))) return false;
    }
    spans.push_back({static_cast<std::uint32_t>(start + before.size), static_cast<std::uint32_t>(after)});
    if (first_only) return true;
    from = LastCodePointStart(text, after);  // the last character of this match can be the left edge of the next
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
  if (!pattern.empty() && pattern.front() == '^') return "patterns are matched anywhere in the text between word edges; leave ^ out";
  if (pattern.size() > 1 && pattern.back() == '$' && pattern[pattern.size() - 2] != '\\')
    return "patterns are matched anywhere in the text between word edges; leave $ out";
  return "";
}

}  // namespace

Result<std::unique_ptr<EdgedPattern>> EdgedPattern::Make(const std::string& pattern, bool case_sensitive) {
  if (FindInvalidUtf8(pattern) != std::string_view::npos) return Fail(ErrorCode::kConfig, "the pattern is not valid UTF-8");
  // Alone first: "a)(b" would become valid inside the brackets below.
  const RE2 alone(pattern, Options(kPatternMemory));
  if (!alone.ok()) {
    std::string message = alone.error();
    if (pattern.find("(?=") != std::string::npos || pattern.find("(?!") != std::string::npos || pattern.find("(?<") != std::string::npos)
      message += " (RE2 has no look-around: use a mask or a gate)";
    return Fail(ErrorCode::kConfig, message);
  }
  if (const std::string forbidden = ForbiddenPart(pattern); !forbidden.empty()) return Fail(ErrorCode::kConfig, forbidden);
  if (RE2::FullMatch("", alone)) return Fail(ErrorCode::kConfig, "the pattern matches the empty text");
  const std::string grouped = fmt::format("{}{})", case_sensitive ? "(?-i:" : "(?i:", pattern);
  std::string quick = "[^0-9A-Za-z]" + grouped + "[^0-9A-Za-z]";
  std::string exact = "[^\\pL\\pN]" + grouped + "[^\\pL\\pN]";
  const RE2 whole(quick, Options(kPatternMemory));
  if (!whole.ok()) return Fail(ErrorCode::kConfig, whole.error());
  return std::unique_ptr<EdgedPattern>(new EdgedPattern(std::move(quick), std::move(exact)));
}

const RE2& EdgedPattern::Quick() const {
  std::call_once(quick_once_, [this] { quick_ = std::make_unique<RE2>(quick_expression_, Options(kPatternMemory)); });
  return *quick_;
}

const RE2& EdgedPattern::Exact() const {
  std::call_once(exact_once_, [this] { exact_ = std::make_unique<RE2>(exact_expression_, Options(2 * kPatternMemory)); });
  return *exact_;
}

void EdgedPattern::Find(std::string_view text, std::size_t from, std::size_t to, bool first_only,
                        std::vector<ByteSpan>& spans) const {
  spans.clear();
  // Where no match of the quick expression has a non-ASCII letter or digit beside it, the exact one finds the same matches: its
  // candidates are a part of the quick one's, and leftmost-longest chooses alike.
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

Result<PatternSet> PatternSet::Make(const std::vector<std::string>& expressions) {
  if (expressions.empty()) return PatternSet(nullptr);
  auto set = std::make_unique<RE2::Set>(Options(kSetMemory), RE2::UNANCHORED);
  for (const std::string& expression : expressions) {
    std::string message;
    if (set->Add(expression, &message) < 0) return Fail(ErrorCode::kConfig, message);
  }
  // Matching with a set that failed to compile crashes (RE2 20220601), so such a set never leaves this function.
  if (!set->Compile())
    return Fail(ErrorCode::kConfig, fmt::format("the {} patterns together need more than {} MiB; write shorter repetitions or fewer rules",
                                                expressions.size(), kSetMemory >> 20U));
  return PatternSet(std::move(set));
}

Result<void> PatternSet::Match(std::string_view text, std::vector<int>& hits) const {
  hits.clear();
  if (set_ == nullptr) return {};
  RE2::Set::ErrorInfo info{RE2::Set::kNoError};
  if (!set_->Match(re2::StringPiece(text.data(), text.size()), &hits, &info) && info.kind != RE2::Set::kNoError)
    return Fail(ErrorCode::kInternal, fmt::format("RE2 gave up on a text of {} bytes ({})", text.size(),
                                                  info.kind == RE2::Set::kOutOfMemory ? "out of memory" : "inconsistent result"));
  std::sort(hits.begin(), hits.end());
  return {};
}

}  // namespace litmill::tag
