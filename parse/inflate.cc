// SPDX-License-Identifier: Apache-2.0
// ISA-L, because it streams and costs a fifth of zlib's sister gzip (docs/performance.md).
#include "parse/inflate.h"

#include <fmt/format.h>
#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <array>
#include <string>

namespace litmill::parse {
namespace {

constexpr std::size_t kOutputBytes = 128U << 10U;
constexpr std::size_t kLargestInput = 1U << 30U;  // ISA-L counts in 32 bits.

std::string_view Reason(int code) {
  switch (code) {
    case ISAL_INVALID_BLOCK:
      return "an invalid block";
    case ISAL_INVALID_SYMBOL:
      return "an invalid symbol";
    case ISAL_INVALID_LOOKBACK:
      return "a reference before the start";
    case ISAL_INVALID_WRAPPER:
      return "an invalid header";
    case ISAL_UNSUPPORTED_METHOD:
      return "an unknown method";
    case ISAL_INCORRECT_CHECKSUM:
      return "a wrong checksum";
    default:
      return "damage";
  }
}

}  // namespace

struct Inflater::State {
  inflate_state isal;
  std::array<char, kOutputBytes> output;
};

bool IsGzip(std::string_view bytes) { return bytes.starts_with("\x1F\x8B\x08"); }

Inflater::Inflater() : state_(std::make_unique<State>()) {}
Inflater::~Inflater() = default;

// Inflates from `chunk` until it is used up or the member ends; returns how many bytes were used.
Result<std::size_t> Inflater::InflateSome(std::string_view chunk, const ByteSink& sink) {
  inflate_state& isal = state_->isal;
  const std::size_t size = std::min(chunk.size(), kLargestInput);
  isal.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(chunk.data()));  // ISA-L only reads it.
  isal.avail_in = static_cast<std::uint32_t>(size);
  while (true) {
    isal.next_out = reinterpret_cast<std::uint8_t*>(state_->output.data());
    isal.avail_out = static_cast<std::uint32_t>(kOutputBytes);
    const int code = isal_inflate(&isal);
    const std::size_t produced = kOutputBytes - isal.avail_out;
    // The last block of a member is handed on only once its checksum is known to be right.
    if (code < 0)
      return Fail(ErrorCode::kCorruptInput, fmt::format("the gzip data is corrupt: {} near byte {}; get the file again",
                                                        Reason(code), bytes_in_ + size - isal.avail_in));
    if (produced > 0) LITMILL_CHECK(sink(std::string_view(state_->output.data(), produced)));
    const bool finished = isal.block_state == ISAL_BLOCK_FINISH;
    if (finished) phase_ = Phase::kBetweenMembers;
    if (finished || (isal.avail_in == 0 && isal.avail_out > 0)) return size - isal.avail_in;
  }
}

Result<void> Inflater::Feed(std::string_view chunk, const ByteSink& sink) {
  while (!chunk.empty()) {
    std::size_t used = 1;
    if (phase_ == Phase::kInMember) {
      LITMILL_TRY(used, InflateSome(chunk, sink));
    } else if (phase_ == Phase::kBetweenMembers && chunk.front() == '\x1F') {
      isal_inflate_init(&state_->isal);
      state_->isal.crc_flag = ISAL_GZIP;
      phase_ = Phase::kInMember;
      used = 0;
    } else if (phase_ == Phase::kTrailing || chunk.front() != '\0') {
      phase_ = Phase::kTrailing;
      used = chunk.size();
      trailing_bytes_ += used;
    }
    bytes_in_ += used;
    chunk.remove_prefix(used);
  }
  return {};
}

Result<void> Inflater::Finish() {
  if (phase_ == Phase::kInMember)
    return Fail(ErrorCode::kCorruptInput,
                fmt::format("the gzip data is cut off after {} bytes; get the file again", bytes_in_));
  return {};
}

}  // namespace litmill::parse
