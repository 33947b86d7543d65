// SPDX-License-Identifier: Apache-2.0
// A raw HTTP answer saved with its headers ("curl -i", recorded test answers): headers taken off, chunked coding
// undone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"
#include "parse/byte_sink.h"

namespace litmill::parse {

/// True when `bytes` begin as an HTTP answer does. Needs 5 bytes to say yes.
[[nodiscard]] bool IsHttpAnswer(std::string_view bytes);

/// Takes the bytes of one answer. Line ends may be CRLF or LF, since such files pass through version control.
/// Not thread-safe.
class HttpBody {
 public:
  /// kInvalidInput when the headers do not end.
  [[nodiscard]] Result<void> Feed(std::string_view chunk, const ByteSink& sink);
  [[nodiscard]] Result<void> Finish(const ByteSink& sink);
  /// What was wrong with the chunked coding, "" when nothing was. After damage the bytes are handed on as they are.
  [[nodiscard]] const std::string& damage() const { return damage_; }

 private:
  enum class Phase { kHeaders, kFirstSize, kSize, kData, kDataEnd, kTrailer, kPlain };

  [[nodiscard]] Result<bool> Step(const ByteSink& sink, bool at_end);
  [[nodiscard]] Result<bool> StepHeaders(bool at_end);
  [[nodiscard]] bool StepSize(bool at_end);
  [[nodiscard]] Result<bool> StepData(const ByteSink& sink);
  [[nodiscard]] bool StepDataEnd(bool at_end);

  Phase phase_ = Phase::kHeaders;
  std::string pending_;
  std::uint64_t left_in_chunk_ = 0;
  std::string damage_;
};

}  // namespace litmill::parse
