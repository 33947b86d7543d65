// SPDX-License-Identifier: Apache-2.0
#include "tag/pattern.h"

#include <algorithm>

#include <fmt/format.h>
#include <utf8proc.h>

#include "core/unicode.h"

namespace litmill::tag {
namespace {

// RE2 throws its cache of states away at the limit and goes on, so that a tight limit costs time and never a match.
constexpr std::int64_t kSetMemory = std::int64_t{32} << 20U;
constexpr std::int64_t kPatternMemory = std::int64_t{1} << 19U;

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
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return true;
    default:
      return false;
  }
}

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::size_t LastCodePointStart(std::string_view text, std::size_t end) {
  std::size_t start = end - 1;
  while (start > 0 && IsContinuation(text[start])) --start;
  return start;
}

/// ASCII letters and digits are no word edge; of other characters the last byte tells where the next one begins.
bool IsEdge(char c) { return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')); }

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
    from = NextEdge(text, span);
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

}  // namespace

std::size_t NextEdge(std::string_view text, const ByteSpan& span) { return LastCodePointStart(text, span.end); }

Result<std::unique_ptr<EdgedPattern>> EdgedPattern::Make(const std::string& pattern, bool case_sensitive) {
  if (FindInvalidUtf8(pattern) != std::string_view::npos)
    return Fail(ErrorCode::kConfig, "the pattern is not valid UTF-8");
  // Alone first: "a)(b" would become valid inside the brackets below.
  const RE2 alone(pattern, Options(kPatternMemory));
  if (!alone.ok()) {
    std::string message = alone.error();
    if (pattern.find("(?=") != std::string::npos || pattern.find("(?!") != std::string::npos ||
        pattern.find("(?<") != std::string::npos)
      message += " (RE2 has no look-around: use a mask or a gate)";
    return Fail(ErrorCode::kConfig, message);
  }
  if (const std::string forbidden = ForbiddenPart(pattern); !forbidden.empty())
    return Fail(ErrorCode::kConfig, forbidden);
  if (RE2::FullMatch("", alone)) return Fail(ErrorCode::kConfig, "the pattern matches the empty text");
  const std::string grouped = fmt::format("{}{})", case_sensitive ? "(?-i:" : "(?i:", pattern);
  std::string quick = "[^0-9A-Za-z]" + grouped + "[^0-9A-Za-z]";
  std::string exact = "[^\\pL\\pN]" + grouped + "[^\\pL\\pN]";
  const RE2 whole(quick, Options(kPatternMemory));
  if (!whole.ok()) return Fail(ErrorCode::kConfig, whole.error());
  return std::unique_ptr<EdgedPattern>(new EdgedPattern(pattern, std::move(quick), std::move(exact)));
}

const RE2& EdgedPattern::Quick() const {
  std::call_once(quick_once_, [this] { quick_ = std::make_unique<RE2>(quick_expression_, Options(kPatternMemory)); });
  return *quick_;
}

const RE2& EdgedPattern::Exact() const {
  std::call_once(exact_once_,
                 [this] { exact_ = std::make_unique<RE2>(exact_expression_, Options(2 * kPatternMemory)); });
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

std::optional<ByteSpan> EdgedPattern::MatchAt(std::string_view text, std::size_t edge) const {
  const std::size_t end = std::min(text.size(), edge + PatternSet::kLongestMatch);
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

Result<PatternSet> PatternSet::Make(const std::vector<std::unique_ptr<EdgedPattern>>& patterns,
                                    const std::vector<std::uint32_t>& numbers) {
  PatternSet result;
  auto set = std::make_unique<RE2::Set>(Options(kSetMemory), RE2::ANCHOR_START);
  auto starts = std::make_unique<MatchStarts>();
  std::string message;
  for (const std::uint32_t number : numbers) {
    if (!starts->Add(patterns[number]->source())) {
      result.left_out_.push_back(number);
      continue;
    }
    if (set->Add(patterns[number]->set_expression(), &message) < 0) return Fail(ErrorCode::kConfig, message);
    result.pattern_of_member_.push_back(number);
  }
  if (result.pattern_of_member_.empty()) return result;
  // Matching with a set that failed to compile crashes (RE2 20220601), so such a set never leaves this function.
  if (!set->Compile())
    return Fail(ErrorCode::kConfig,
                fmt::format("the {} patterns together need more than {} MiB; write shorter repetitions or fewer rules",
                            numbers.size(), kSetMemory >> 20U));
  result.set_ = std::move(set);
  result.starts_ = std::move(starts);
  return result;
}

Result<void> PatternSet::Match(std::string_view text, std::vector<PatternHit>& hits) const {
  hits.clear();
  if (set_ == nullptr) return {};
  std::vector<int> members;
  for (std::size_t start = 1; start < text.size(); ++start) {
    if (!IsEdge(text[start - 1]) || IsContinuation(text[start])) continue;
    if (start + MatchStarts::kLook <= text.size() && !starts_->MayBegin(text.data() + start)) continue;
    LITMILL_CHECK(MatchAt(text, LastCodePointStart(text, start), members, hits));
  }
  return {};
}

Result<void> PatternSet::MatchAt(std::string_view text, std::size_t edge, std::vector<int>& members,
                                 std::vector<PatternHit>& hits) const {
  const std::size_t size = std::min(text.size() - edge, kLongestMatch);
  RE2::Set::ErrorInfo info{RE2::Set::kNoError};
  if (!set_->Match(re2::StringPiece(text.data() + edge, size), &members, &info)) {
    if (info.kind == RE2::Set::kNoError) return {};
    return Fail(ErrorCode::kInternal,
                fmt::format("RE2 gave up on a text of {} bytes ({})", text.size(),
                            info.kind == RE2::Set::kOutOfMemory ? "out of memory" : "inconsistent result"));
  }
  std::sort(members.begin(), members.end());
  for (const int member : members)
    hits.push_back({pattern_of_member_[static_cast<std::size_t>(member)], static_cast<std::uint32_t>(edge)});
  return {};
}

}  // namespace litmill::tag
