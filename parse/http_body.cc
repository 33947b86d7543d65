// SPDX-License-Identifier: Apache-2.0
#include "parse/http_body.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/unicode.h"

namespace litmill::parse {
namespace {

constexpr std::size_t kLargestHeaders = 256U << 10U;
constexpr std::size_t kLongestSizeLine = 256;

// Where the empty line after the headers ends, or npos.
std::size_t HeadersEnd(std::string_view bytes) {
  for (std::size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    if (bytes.substr(at + 1).starts_with('\n')) return at + 2;
    if (bytes.substr(at + 1).starts_with("\r\n")) return at + 3;
  }
  return std::string_view::npos;
}

bool SaysChunked(std::string_view headers) {
  const std::string lower = AsciiLower(headers);
  const std::size_t at = lower.find("\ntransfer-encoding:");
  return at != std::string::npos &&
         lower.substr(at, lower.find('\n', at + 1) - at).find("chunked") != std::string::npos;
}

// The size in a chunk's first line ("1f40", "1F40;name=value"); nothing when it is no such line.
std::optional<std::uint64_t> ChunkSize(std::string_view line) {
  line = TrimAscii(line.substr(0, line.find(';')));
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
  if (line.empty() || error != std::errc() || end != line.data() + line.size()) return std::nullopt;
  return size;
}

}  // namespace

bool IsHttpAnswer(std::string_view bytes) { return bytes.starts_with("HTTP/"); }

Result<void> HttpBody::Feed(std::string_view chunk, const ByteSink& sink) {
  pending_.append(chunk);
  while (true) {
    LITMILL_TRY(const bool more, Step(sink, false));
    if (!more) return {};
  }
}

Result<void> HttpBody::Finish(const ByteSink& sink) {
  while (true) {
    LITMILL_TRY(const bool more, Step(sink, true));
    if (!more) break;
  }
  if ((phase_ == Phase::kData || phase_ == Phase::kSize || phase_ == Phase::kDataEnd) && damage_.empty())
    damage_ = "the answer is cut off before its last chunk";
  return {};
}

// One step; false = needs more bytes.
Result<bool> HttpBody::Step(const ByteSink& sink, bool at_end) {
  switch (phase_) {
    case Phase::kHeaders:
      return StepHeaders(at_end);
    case Phase::kFirstSize:
    case Phase::kSize:
      return StepSize(at_end);
    case Phase::kData:
      return StepData(sink);
    case Phase::kDataEnd:
      return StepDataEnd(at_end);
    case Phase::kTrailer:
      pending_.clear();
      return false;
    case Phase::kPlain:
      break;
  }
  if (!pending_.empty()) LITMILL_CHECK(sink(pending_));
  pending_.clear();
  return false;
}

Result<bool> HttpBody::StepHeaders(bool at_end) {
  const std::size_t end = HeadersEnd(pending_);
  if (end == std::string_view::npos) {
    if (at_end || pending_.size() > kLargestHeaders)
      return Fail(ErrorCode::kInvalidInput, "no PubMed XML: it looks like an HTTP answer, but its headers do not end");
    return false;
  }
  phase_ = SaysChunked(std::string_view(pending_).substr(0, end)) ? Phase::kFirstSize : Phase::kPlain;
  pending_.erase(0, end);
  return true;
}

bool HttpBody::StepSize(bool at_end) {
  const std::size_t line_end = pending_.find('\n');
  if (line_end == std::string::npos && pending_.size() < kLongestSizeLine && !at_end) return false;
  if (pending_.empty()) return false;
  const auto size = ChunkSize(std::string_view(pending_).substr(0, line_end));
  if (!size || line_end == std::string::npos) {
    // "curl -i" keeps the header but undoes the coding, so a body without a first size is a plain body.
    if (phase_ == Phase::kSize) damage_ = "a chunk of the answer has no size; the rest was read as it is";
    phase_ = Phase::kPlain;
    return true;
  }
  pending_.erase(0, line_end + 1);
  left_in_chunk_ = *size;
  phase_ = *size == 0 ? Phase::kTrailer : Phase::kData;
  return true;
}

Result<bool> HttpBody::StepData(const ByteSink& sink) {
  const std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(left_in_chunk_, pending_.size()));
  if (size > 0) LITMILL_CHECK(sink(std::string_view(pending_).substr(0, size)));
  pending_.erase(0, size);
  left_in_chunk_ -= size;
  if (left_in_chunk_ > 0) return false;
  phase_ = Phase::kDataEnd;
  return true;
}

bool HttpBody::StepDataEnd(bool at_end) {
  if (pending_.empty() || (pending_ == "\r" && !at_end)) return false;
  const std::string_view rest = pending_;
  const std::size_t size = rest.starts_with("\r\n") ? 2 : rest.starts_with('\n') ? 1 : 0;
  if (size == 0) damage_ = "a chunk of the answer is longer or shorter than it says; the rest was read as it is";
  pending_.erase(0, size);
  phase_ = size == 0 ? Phase::kPlain : Phase::kSize;
  return true;
}

}  // namespace litmill::parse
