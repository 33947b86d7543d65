// SPDX-License-Identifier: Apache-2.0
// gzip to bytes, as they come: many members, checksums verified (RFC 1952).
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "core/result.h"
#include "parse/byte_sink.h"

namespace litmill::parse {

/// True when `bytes` begin as a gzip member does.
[[nodiscard]] bool IsGzip(std::string_view bytes);

/// Not thread-safe; one per stream. After an error it must not be used again.
class Inflater {
 public:
  Inflater();
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  /// kCorruptInput when the stream is no sound gzip; what came before the damage has gone to `sink`.
  [[nodiscard]] Result<void> Feed(std::string_view chunk, const ByteSink& sink);
  /// kCorruptInput when the stream ends inside a member.
  [[nodiscard]] Result<void> Finish();
  /// Bytes behind the last member that are neither a member nor zero padding: ignored, as gzip does, but to be told.
  [[nodiscard]] std::uint64_t trailing_bytes() const { return trailing_bytes_; }

 private:
  struct State;
  enum class Phase { kInMember, kBetweenMembers, kTrailing };

  [[nodiscard]] Result<std::size_t> InflateSome(std::string_view chunk, const ByteSink& sink);

  std::unique_ptr<State> state_;
  Phase phase_ = Phase::kBetweenMembers;
  std::uint64_t bytes_in_ = 0;
  std::uint64_t trailing_bytes_ = 0;
};

}  // namespace litmill::parse
