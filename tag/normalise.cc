// SPDX-License-Identifier: Apache-2.0
#include "tag/normalise.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>

#include "core/unicode.h"

namespace litmill::tag {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool IsAsciiLetter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }

bool IsDeleted(char32_t c) { return c == 0x00AD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF; }

/// The one ASCII character that stands for `c` in normalised text, or 0.
char SimpleForm(char32_t c) {
  switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x02BC:
    case 0x00B4:
    case 0xFF07:
      return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0x00AB:
    case 0x00BB:
      return '"';
    case 0x2212:
    case 0xFE58:
    case 0xFE63:
    case 0xFF0D:
    case 0x2043:
      return '-';
    case 0x00A0:
    case 0x1680:
    case 0x202F:
    case 0x205F:
    case 0x3000:
    case 0x0085:
    case 0x2028:
    case 0x2029:
      return ' ';
    default:
      break;
  }
  if (c >= 0x2010 && c <= 0x2015) return '-';
  if (c >= 0x2000 && c <= 0x200A) return ' ';
  return 0;
}

/// Formulas whose subscript old PubMed records put in brackets. Not any letter: "migraine(1)" is a citation.
constexpr std::array<std::string_view, 16> kSubscripted = {"MgSO", "MgCl", "CaCl", "SO", "CO", "PO", "NO",  "HCO",
                                                           "H",    "O",    "N",    "B",  "I",  "Q",  "CoQ", "MgCO"};

/// The length of a bracketed charge or subscript at `open` ("(2+)", "(+)", "(4)") whose brackets go, or 0.
std::size_t BracketedChargeSize(std::string_view text, std::size_t open) {
  std::size_t i = open + 1;
  while (i < text.size() && i < open + 3 && IsAsciiDigit(text[i])) ++i;
  const bool digits = i > open + 1;
  const bool sign = i < text.size() && (text[i] == '+' || text[i] == '-');
  if (sign) ++i;
  if ((!digits && !sign) || i >= text.size() || text[i] != ')') return 0;
  std::size_t token = open;
  while (token > 0 && open - token < 9 && (IsAsciiLetter(text[token - 1]) || IsAsciiDigit(text[token - 1]))) --token;
  const std::string_view formula = text.substr(token, open - token);
  if (formula.empty() || formula.size() > 8 || !IsAsciiLetter(formula.back())) return 0;
  const bool listed = std::find(kSubscripted.begin(), kSubscripted.end(), formula) != kSubscripted.end();
  return sign || listed ? i + 1 - open : 0;
}

class Builder {
 public:
  Builder(std::string_view stored, std::string& out, std::vector<Segment>& segments)
      : stored_(stored), out_(out), segments_(segments), first_(segments.size()) {}

  void Run() {
    out_.reserve(out_.size() + stored_.size());
    while (at_ < stored_.size()) {
      const std::size_t plain = PlainRunEnd();
      if (plain > at_) CopyVerbatim(plain);
      if (at_ < stored_.size()) Special();
    }
  }

 private:
  static bool Plain(unsigned char c) { return c >= 0x20 && c < 0x7F && c != '('; }

  /// End of the bytes from at_ that are copied as they are: printable ASCII, no second space of a run.
  [[nodiscard]] std::size_t PlainRunEnd() const {
    const std::size_t size = stored_.size();
    const char* const text = stored_.data();
    const auto stops = [](char c, char before) {
      return static_cast<unsigned>(!Plain(static_cast<unsigned char>(c))) |
             (static_cast<unsigned>(c == ' ') & static_cast<unsigned>(before == ' '));
    };
    std::size_t i = at_;
    if (i == size || stops(text[i], EndsWithSpace() ? ' ' : '\0') != 0) return i;
    ++i;
    // Block by block, without a branch for each byte, so that the compiler can use vectors.
    constexpr std::size_t kBlock = 16;
    for (unsigned stop = 0; i + kBlock <= size; i += kBlock) {
      for (std::size_t k = 0; k < kBlock; ++k) stop |= stops(text[i + k], text[i + k - 1]);
      if (stop != 0) break;
    }
    while (i < size && stops(text[i], text[i - 1]) == 0) ++i;
    return i;
  }

  /// Whether this text's normal form so far ends with a space.
  [[nodiscard]] bool EndsWithSpace() const { return produced_ && !out_.empty() && out_.back() == ' '; }

  void CopyVerbatim(std::size_t end) {
    const std::size_t size = end - at_;
    if (segments_.size() > first_ && segments_.back().verbatim) {
      segments_.back().normal_size += static_cast<std::uint32_t>(size);
      segments_.back().stored_size += static_cast<std::uint32_t>(size);
    } else {
      segments_.push_back({Offset(out_.size()), Offset(size), Offset(at_), Offset(size), true});
    }
    out_.append(stored_.substr(at_, size));
    at_ = end;
    produced_ = true;
  }

  void Replace(std::size_t stored_size, std::string_view normal) {
    segments_.push_back({Offset(out_.size()), Offset(normal.size()), Offset(at_), Offset(stored_size), false});
    out_.append(normal);
    at_ += stored_size;
    if (!normal.empty()) produced_ = true;
  }

  void Space(std::size_t stored_size) { Replace(stored_size, EndsWithSpace() ? "" : " "); }

  void Special() {
    const auto c = static_cast<unsigned char>(stored_[at_]);
    if (c == '(') {
      const std::size_t size = BracketedChargeSize(stored_, at_);
      if (size == 0) return CopyVerbatim(at_ + 1);
      // One segment with its brackets, so that a span of "Mg2+" re-reads as "Mg(2+)" and not as "Mg(2+".
      return Replace(size, stored_.substr(at_ + 1, size - 2));
    }
    if (c < 0x80) return Space(1);  // the second space of a run, or a control character
    const DecodedCodePoint code = DecodeUtf8(stored_, at_);
    if (IsDeleted(code.value)) return Replace(code.size, "");
    if (const char simple = SimpleForm(code.value); simple != 0) {
      if (simple == ' ') return Space(code.size);
      return Replace(code.size, std::string_view(&simple, 1));
    }
    Cluster(code);
  }

  /// One grapheme cluster through NFKC. Its first character may be an ASCII one that was already copied.
  void Cluster(DecodedCodePoint first) {
    code_points_.clear();
    std::int32_t state = 0;
    if (TakeBackAscii(first.value)) {
      const auto base = static_cast<char32_t>(static_cast<unsigned char>(stored_[at_]));
      first = {base, 1};
    }
    std::size_t end = at_;
    char32_t previous = 0;
    DecodedCodePoint code = first;
    while (true) {
      if (!IsDeleted(code.value)) code_points_.push_back(static_cast<utf8proc_int32_t>(code.value));
      previous = code.value;
      end += code.size;
      if (end >= stored_.size()) break;
      code = DecodeUtf8(stored_, end);
      if (utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(previous),
                                           static_cast<utf8proc_int32_t>(code.value), &state))
        break;
    }
    AppendCompatible(end - at_);
  }

  /// An ASCII character just copied that `next` combines with is taken out again, to be composed with it.
  bool TakeBackAscii(char32_t next) {
    if (segments_.size() == first_ || !segments_.back().verbatim || out_.empty()) return false;
    const auto base = static_cast<unsigned char>(out_.back());
    if (base >= 0x80) return false;
    std::int32_t state = 0;
    if (utf8proc_grapheme_break_stateful(base, static_cast<utf8proc_int32_t>(next), &state)) return false;
    out_.pop_back();
    --at_;
    --segments_.back().normal_size;
    if (--segments_.back().stored_size == 0) segments_.pop_back();
    return true;
  }

  void AppendCompatible(std::size_t stored_size) {
    decomposed_.clear();
    for (const utf8proc_int32_t code : code_points_) {
      std::array<utf8proc_int32_t, 32> part{};  // the longest compatibility decomposition has 18 code points
      int boundary = 0;
      const auto count =
          utf8proc_decompose_char(code, part.data(), static_cast<utf8proc_ssize_t>(part.size()),
                                  static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_COMPOSE), &boundary);
      if (count < 0 || count > static_cast<utf8proc_ssize_t>(part.size())) {
        decomposed_.push_back(static_cast<utf8proc_int32_t>(kReplacement));
      } else {
        decomposed_.insert(decomposed_.end(), part.begin(), part.begin() + count);
      }
    }
    OrderMarks();
    const auto composed =
        utf8proc_normalize_utf32(decomposed_.data(), static_cast<utf8proc_ssize_t>(decomposed_.size()),
                                 static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    normal_.clear();
    for (utf8proc_ssize_t i = 0; i < composed; ++i) {
      const auto code = static_cast<char32_t>(decomposed_[static_cast<std::size_t>(i)]);
      if (IsDeleted(code)) continue;
      const char simple = code == ' ' ? ' ' : SimpleForm(code);
      if (simple == ' ' && (normal_.empty() ? EndsWithSpace() : normal_.back() == ' ')) continue;
      if (simple != 0)
        normal_.push_back(simple);
      else
        AppendUtf8(normal_, code);
    }
    if (normal_ == stored_.substr(at_, stored_size)) return CopyVerbatim(at_ + stored_size);
    Replace(stored_size, normal_);
  }

  /// Canonical ordering: marks by combining class, stable. (utf8proc does it only inside utf8proc_decompose.)
  void OrderMarks() {
    const auto combining = [](utf8proc_int32_t c) { return utf8proc_get_property(c)->combining_class; };
    for (auto from = decomposed_.begin(); from != decomposed_.end();) {
      if (combining(*from) == 0) {
        ++from;
        continue;
      }
      const auto to = std::find_if(from, decomposed_.end(), [&](utf8proc_int32_t c) { return combining(c) == 0; });
      std::stable_sort(from, to, [&](utf8proc_int32_t a, utf8proc_int32_t b) { return combining(a) < combining(b); });
      from = to;
    }
  }

  static std::uint32_t Offset(std::size_t value) { return static_cast<std::uint32_t>(value); }

  std::string_view stored_;
  std::string& out_;
  std::vector<Segment>& segments_;
  std::size_t first_;  ///< Segments before this belong to other texts.
  std::size_t at_ = 0;
  bool produced_ = false;  ///< Whether this text has put anything into out_.
  std::vector<utf8proc_int32_t> code_points_, decomposed_;
  std::string normal_;
};

}  // namespace

void AppendNormalised(std::string_view stored, std::string& out, std::vector<Segment>& segments) {
  Builder(stored, out, segments).Run();
}

ByteSpan ToStored(const Segment* segments, std::size_t count, std::uint32_t start, std::uint32_t end) {
  const auto holding = [&](std::uint32_t at) {
    // The last segment that starts at or before `at`; deleted ones (size 0) are stepped over because a later one starts
    // there too.
    const Segment* after = std::upper_bound(
        segments, segments + count, at, [](std::uint32_t value, const Segment& s) { return value < s.normal_start; });
    const Segment* found = after == segments ? segments : after - 1;
    while (found != segments && found->normal_size == 0) --found;
    return found;
  };
  const Segment* first = holding(start);
  const Segment* last = holding(end - 1);
  ByteSpan span;
  span.start = first->verbatim ? first->stored_start + (start - first->normal_start) : first->stored_start;
  span.end = last->verbatim ? last->stored_start + (end - last->normal_start) : last->stored_start + last->stored_size;
  return span;
}

NormalisedText Normalise(std::string_view stored) {
  NormalisedText result;
  AppendNormalised(stored, result.text, result.segments);
  return result;
}

}  // namespace litmill::tag
