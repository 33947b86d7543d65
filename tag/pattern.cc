// SPDX-License-Identifier: Apache-2.0
#include "tag/pattern.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <utf8proc.h>

#include "core/unicode.h"

namespace litmill::tag {
namespace {

// RE2 throws its cache of states away at the limit and goes on, so that a tight limit costs time and never a match. Measured with the shipped rules
// on 30,000 records: the Set slows down below 24 MiB, the patterns not even at half of this.
constexpr std::int64_t kSetMemory = std::int64_t{32} << 20U;
/// Words shorter than this do not speak for a pattern with a gap: they are in every text.
constexpr int kLeastWord = 3;
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

/// Whether a counted repetition allows kGap or more rounds, or any number from a count ("x{3,}").
bool HasGap(const std::string& pattern) {
  constexpr int kGap = 4;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\') {
      ++i;
      // "\\p{Greek}" and "\\x{3b2}" have braces of another kind.
      if (i + 1 < pattern.size() && pattern[i + 1] == '{' && (pattern[i] == 'p' || pattern[i] == 'P' || pattern[i] == 'x')) i = pattern.find('}', i);
      if (i == std::string::npos) return false;
    } else if (in_class) {
      in_class = c != ']';
    } else if (c == '[') {
      in_class = true;
      if (i + 1 < pattern.size() && pattern[i + 1] == '^') ++i;
      if (i + 1 < pattern.size() && pattern[i + 1] == ']') ++i;
    } else if (c == '{' && i + 1 < pattern.size() && pattern[i + 1] >= '0' && pattern[i + 1] <= '9') {
      const std::string counts = pattern.substr(i + 1, pattern.find('}', i) - i - 1);
      const std::size_t comma = counts.find(',');
      const std::string most = comma == std::string::npos ? counts : counts.substr(comma + 1);
      if (most.empty() || std::atoi(most.c_str()) >= kGap) return true;
    } else if (c == '*' && i > 0 && pattern[i - 1] == ']') {
      return true;  // "[^.;]*": a gap without end
    }
  }
  return false;
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
  return std::unique_ptr<EdgedPattern>(new EdgedPattern(std::move(quick), std::move(exact), HasGap(pattern)));
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

Result<std::vector<std::string>> PatternSet::AddGapped(const std::vector<Expression>& expressions) {
  std::vector<std::string> words;
  gapped_ = std::make_unique<re2::FilteredRE2>(kLeastWord);
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    if (!expressions[i].has_gap) continue;
    int id = 0;
    const RE2::ErrorCode code = gapped_->Add(expressions[i].text, Options(kPatternMemory), &id);
    if (code != RE2::NoError) return Fail(ErrorCode::kConfig, fmt::format("\"{}\" does not compile", expressions[i].text));
    pattern_of_gapped_.push_back(static_cast<int>(i));
  }
  if (pattern_of_gapped_.empty()) gapped_.reset();
  else gapped_->Compile(&words);
  return words;
}

Result<PatternSet> PatternSet::Make(const std::vector<Expression>& expressions) {
  PatternSet result;
  if (expressions.empty()) return result;
  auto set = std::make_unique<RE2::Set>(Options(kSetMemory), RE2::UNANCHORED);
  std::string message;
  const auto add = [&](const std::string& expression, int pattern) {
    if (set->Add(expression, &message) < 0) return false;
    result.pattern_of_member_.push_back(pattern);
    return true;
  };
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    if (!expressions[i].has_gap && !add(expressions[i].text, static_cast<int>(i))) return Fail(ErrorCode::kConfig, message);
  }
  LITMILL_TRY(const std::vector<std::string> words, result.AddGapped(expressions));
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!add("(?i:" + RE2::QuoteMeta(words[i]) + ")", ~static_cast<int>(i))) return Fail(ErrorCode::kConfig, message);
  }
  // Matching with a set that failed to compile crashes (RE2 20220601), so such a set never leaves this function.
  if (!set->Compile())
    return Fail(ErrorCode::kConfig, fmt::format("the {} patterns together need more than {} MiB; write shorter repetitions or fewer rules",
                                                expressions.size(), kSetMemory >> 20U));
  result.set_ = std::move(set);
  return result;
}

Result<void> PatternSet::Match(std::string_view text, std::vector<int>& hits) const {
  hits.clear();
  if (set_ == nullptr) return {};
  RE2::Set::ErrorInfo info{RE2::Set::kNoError};
  if (!set_->Match(re2::StringPiece(text.data(), text.size()), &hits, &info) && info.kind != RE2::Set::kNoError)
    return Fail(ErrorCode::kInternal, fmt::format("RE2 gave up on a text of {} bytes ({})", text.size(),
                                                  info.kind == RE2::Set::kOutOfMemory ? "out of memory" : "inconsistent result"));
  std::vector<int> words;
  std::size_t kept = 0;
  for (const int member : hits) {
    const int pattern = pattern_of_member_[static_cast<std::size_t>(member)];
    if (pattern >= 0) hits[kept++] = pattern;
    else words.push_back(~pattern);
  }
  hits.resize(kept);
  if (gapped_ != nullptr) {
    std::vector<int> possible;
    gapped_->AllPotentials(words, &possible);
    for (const int gapped : possible) hits.push_back(pattern_of_gapped_[static_cast<std::size_t>(gapped)]);
  }
  std::sort(hits.begin(), hits.end());
  return {};
}

}  // namespace litmill::tag
