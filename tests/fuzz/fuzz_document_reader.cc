// SPDX-License-Identifier: Apache-2.0
// DocumentReader on any bytes: chunked equals whole, places go forward, messages are valid UTF-8. The first byte
// chooses the chunk size, so the engine finds the sizes that matter.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "core/unicode.h"
#include "parse/parse.h"

namespace {

using namespace litmill;         // NOLINT(google-build-using-namespace): a program of one file.
using namespace litmill::parse;  // NOLINT(google-build-using-namespace)

void Require(bool condition) {
  if (!condition) std::abort();
}

constexpr std::string_view kCorrupt = "corrupt";

std::string Number(std::uint64_t number) { return std::to_string(number) + ";"; }

// Everything that came out, as one string.
std::string Read(std::string_view bytes, std::size_t chunk) {
  std::string out;
  Limits limits;
  limits.max_record_bytes = 2000;  // Small, so that its edge is met.
  std::uint64_t slices = 0;
  std::uint64_t last_offset = 0;
  DocumentReader reader(
      limits,
      [&](Slice slice) -> Result<void> {
        Require(slice.position.ordinal == ++slices);
        Require(slices == 1 || slice.position.offset_bytes > last_offset);
        Require(slice.bytes.size() <= limits.max_record_bytes);
        last_offset = slice.position.offset_bytes;
        out += "slice " + slice.bytes + "|" + slice.damage + "|" + Number(slice.position.offset_bytes) +
               Number(slice.position.line) + Number(slice.has_inline_markup ? 1 : 0);
        return {};
      },
      [&](const Problem& p) {
        Require(FindInvalidUtf8(p.message) == std::string_view::npos);
        out += "problem " + p.code + p.message + Number(p.position.offset_bytes) + Number(p.position.line) +
               Number(p.position.ordinal);
      });
  Result<void> result;
  for (std::size_t at = 0; at < bytes.size() && result; at += chunk) result = reader.Feed(bytes.substr(at, chunk));
  if (result) result = reader.Finish();
  Require(reader.slices() == slices);
  if (!result) Require(FindInvalidUtf8(result.error().message) == std::string_view::npos);
  if (!result && result.error().code == ErrorCode::kCorruptInput) return std::string(kCorrupt);
  return out + "|" + (result ? "ok" : result.error().message);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string whole = Read(bytes, std::max<std::size_t>(bytes.size(), 1));
  const std::string chunked = Read(bytes, 1 + data[0] % 64U);
  // How far damaged gzip data inflates before the damage is met, and so what is said of it, depends on how it comes;
  // that it is refused does not.
  if (whole == kCorrupt || chunked == kCorrupt)
    Require(!whole.ends_with("|ok") && !chunked.ends_with("|ok"));
  else
    Require(whole == chunked);
  return 0;
}
