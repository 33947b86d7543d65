// SPDX-License-Identifier: Apache-2.0
// Any declared encoding to UTF-8, as the bytes come.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"
#include "parse/byte_sink.h"

namespace litmill::parse {

/// Decides by byte order mark, else by the XML declaration, else UTF-8. UTF-8 passes as it is (ill-formed bytes are the
/// record's business), anything else goes through iconv, bytes that mean nothing there becoming U+FFFD. Not
/// thread-safe.
class Utf8Decoder {
 public:
  Utf8Decoder();
  ~Utf8Decoder();
  Utf8Decoder(const Utf8Decoder&) = delete;
  Utf8Decoder& operator=(const Utf8Decoder&) = delete;

  /// kInvalidInput when the declaration names an encoding that is not known here.
  [[nodiscard]] Result<void> Feed(std::string_view chunk, const ByteSink& sink);
  [[nodiscard]] Result<void> Finish(const ByteSink& sink);
  /// How many bytes were replaced.
  [[nodiscard]] std::uint64_t replaced_bytes() const { return replaced_bytes_; }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  struct Iconv;
  [[nodiscard]] Result<void> Decide(bool at_end, bool* decided);
  [[nodiscard]] Result<void> Convert(std::string_view bytes, const ByteSink& sink);

  bool decided_ = false;
  std::string head_;  ///< What came before the decision.
  std::string name_ = "UTF-8";
  std::unique_ptr<Iconv> iconv_;  ///< Null = UTF-8.
  std::string rest_;              ///< The beginning of a character whose end has not come yet.
  std::uint64_t replaced_bytes_ = 0;
};

}  // namespace litmill::parse
