// SPDX-License-Identifier: Apache-2.0
#include "parse/encoding.h"

#include <fmt/format.h>
#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "core/unicode.h"

namespace litmill::parse {
namespace {

constexpr std::size_t kLongestDeclaration = 1024;
constexpr std::size_t kOutputBytes = 32U << 10U;

// Only these go to iconv_open: a document must not choose what the C library loads.
bool IsAllowed(std::string_view upper_name) {
  static constexpr std::array<std::string_view, 18> kNames = {
      "UTF-16", "UTF-16LE",  "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE", "LATIN1",  "MACINTOSH", "KOI8-R",
      "KOI8-U", "SHIFT_JIS", "EUC-JP",   "EUC-KR", "GB2312",   "GBK",      "GB18030", "BIG5",      "UCS-2"};
  if (std::find(kNames.begin(), kNames.end(), upper_name) != kNames.end()) return true;
  for (const std::string_view prefix : {"ISO-8859-", "WINDOWS-125", "CP125"})
    if (upper_name.starts_with(prefix) && upper_name.size() <= prefix.size() + 2 &&
        upper_name.find_first_not_of("0123456789", prefix.size()) == std::string_view::npos)
      return true;
  return false;
}

std::string AsciiUpper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

// The encoding that "<?xml ... encoding='...'" names, in capitals; "" when it names none.
std::string DeclaredEncoding(std::string_view declaration) {
  const std::size_t key = declaration.find("encoding");
  if (key == std::string_view::npos) return {};
  const std::size_t open = declaration.find_first_of("\"'", key);
  if (open == std::string_view::npos) return {};
  const std::size_t close = declaration.find(declaration[open], open + 1);
  if (close == std::string_view::npos) return {};
  return AsciiUpper(TrimAscii(declaration.substr(open + 1, close - open - 1)));
}

struct ByteOrderMark {
  std::string_view bytes;
  std::string_view encoding;
  bool is_mark;  // false: the first characters of "<?xml" in that encoding, which are text.
};

// Longer ones first: UTF-32LE begins as UTF-16LE does.
constexpr std::array<ByteOrderMark, 9> kMarks = {{{"\xEF\xBB\xBF", "UTF-8", true},
                                                  {std::string_view("\xFF\xFE\0\0", 4), "UTF-32LE", true},
                                                  {std::string_view("\0\0\xFE\xFF", 4), "UTF-32BE", true},
                                                  {"\xFF\xFE", "UTF-16LE", true},
                                                  {"\xFE\xFF", "UTF-16BE", true},
                                                  {std::string_view("<\0\0\0", 4), "UTF-32LE", false},
                                                  {std::string_view("\0\0\0<", 4), "UTF-32BE", false},
                                                  {std::string_view("<\0", 2), "UTF-16LE", false},
                                                  {std::string_view("\0<", 2), "UTF-16BE", false}}};

}  // namespace

struct Utf8Decoder::Iconv {
  iconv_t handle;
  explicit Iconv(iconv_t h) : handle(h) {}
  Iconv(const Iconv&) = delete;
  Iconv& operator=(const Iconv&) = delete;
  ~Iconv() { iconv_close(handle); }
};

Utf8Decoder::Utf8Decoder() = default;
Utf8Decoder::~Utf8Decoder() = default;

Result<void> Utf8Decoder::Decide(bool at_end, bool* decided) {
  *decided = false;
  if (head_.size() < 4 && !at_end) return {};
  // No further than this, however much has come: the decision must not depend on the size of the chunks.
  const std::string_view head = std::string_view(head_).substr(0, kLongestDeclaration);
  std::size_t skip = 0;
  const auto* mark =
      std::find_if(kMarks.begin(), kMarks.end(), [&](const ByteOrderMark& m) { return head.starts_with(m.bytes); });
  if (mark != kMarks.end()) {
    name_ = std::string(mark->encoding);
    skip = mark->is_mark ? mark->bytes.size() : 0;
  } else {
    const std::size_t first = head.find_first_not_of(" \t\r\n");
    const std::string_view text = first == std::string_view::npos ? std::string_view() : head.substr(first);
    const bool may_declare = text.size() < 5 ? std::string_view("<?xml").starts_with(text) : text.starts_with("<?xml");
    const std::size_t end = may_declare ? text.find("?>") : 0;
    if (end == std::string_view::npos && head.size() < kLongestDeclaration && !at_end) return {};
    if (may_declare && end != std::string_view::npos) name_ = DeclaredEncoding(text.substr(0, end));
    // Who can read the declaration byte by byte has no 16-bit text, whatever it says.
    const bool bytewise = name_.empty() || name_.starts_with("UTF-16") || name_.starts_with("UTF-32") ||
                          name_ == "UCS-2" || name_ == "UTF8" || name_ == "ASCII" || name_ == "US-ASCII";
    if (bytewise) name_ = "UTF-8";
  }
  head_.erase(0, skip);
  if (name_ != "UTF-8") {
    if (!IsAllowed(name_))
      return Fail(
          ErrorCode::kInvalidInput,
          fmt::format(
              "the XML declaration names the encoding \"{}\", which litmill does not know; convert the file to UTF-8",
              ReplaceInvalidUtf8(name_.substr(0, 40))));
    const iconv_t handle = iconv_open("UTF-8", name_.c_str());
    if (handle == reinterpret_cast<iconv_t>(-1))
      return Fail(ErrorCode::kInvalidInput,
                  fmt::format("this system cannot convert the encoding \"{}\"; convert the file to UTF-8", name_));
    iconv_ = std::make_unique<Iconv>(handle);
  }
  *decided = true;
  return {};
}

Result<void> Utf8Decoder::Feed(std::string_view chunk, const ByteSink& sink) {
  if (decided_) return iconv_ ? Convert(chunk, sink) : sink(chunk);
  head_.append(chunk);
  LITMILL_CHECK(Decide(false, &decided_));
  if (!decided_) return {};
  const std::string head = std::move(head_);
  head_.clear();
  return head.empty() ? Result<void>() : Feed(head, sink);
}

Result<void> Utf8Decoder::Convert(std::string_view bytes, const ByteSink& sink) {
  rest_.append(bytes);
  char* in = rest_.data();
  std::size_t left = rest_.size();
  std::array<char, kOutputBytes> output;
  while (left > 0) {
    char* out = output.data();
    std::size_t room = output.size() - 3;  // Room for one U+FFFD.
    const std::size_t converted = iconv(iconv_->handle, &in, &left, &out, &room);
    const int reason = converted == static_cast<std::size_t>(-1) ? errno : 0;
    if (reason == EILSEQ) {
      for (const char c : {'\xEF', '\xBF', '\xBD'}) *out++ = c;
      ++in;
      --left;
      ++replaced_bytes_;
    }
    if (out != output.data())
      LITMILL_CHECK(sink(std::string_view(output.data(), static_cast<std::size_t>(out - output.data()))));
    if (reason == EINVAL) break;  // The end of a character is still to come.
  }
  rest_.erase(0, rest_.size() - left);
  return {};
}

Result<void> Utf8Decoder::Finish(const ByteSink& sink) {
  if (!decided_) {
    LITMILL_CHECK(Decide(true, &decided_));
    const std::string head = std::move(head_);
    head_.clear();
    if (!head.empty()) LITMILL_CHECK(Feed(head, sink));
  }
  if (rest_.empty()) return {};
  replaced_bytes_ += rest_.size();
  rest_.clear();
  return sink("\xEF\xBF\xBD");
}

}  // namespace litmill::parse
