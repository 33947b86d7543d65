// SPDX-License-Identifier: Apache-2.0
#include "fetch/sqlar_blob.h"

#include <fmt/format.h>
#include <zlib.h>

#include <limits>

namespace litmill::fetch {
namespace {

constexpr std::int64_t kMaxSizeBytes = 1'000'000'000;  // SQLite's own limit for a value: more can only be damage

const Bytef* AsBytes(const char* text) { return static_cast<const Bytef*>(static_cast<const void*>(text)); }
Bytef* AsBytes(char* text) { return static_cast<Bytef*>(static_cast<void*>(text)); }

}  // namespace

Result<std::string> PackSqlarBlob(std::string_view bytes) {
  if (static_cast<std::int64_t>(bytes.size()) > kMaxSizeBytes)
    return Fail(ErrorCode::kInvalidInput,
                fmt::format("a document of {} bytes is too large for the raw archive", bytes.size()));
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  std::string packed(size, '\0');
  if (compress2(AsBytes(packed.data()), &size, AsBytes(bytes.data()), static_cast<uLong>(bytes.size()),
                Z_DEFAULT_COMPRESSION) != Z_OK)
    return Fail(ErrorCode::kInternal, "zlib could not compress a document (out of memory)");
  if (size >= bytes.size()) return std::string(bytes);
  packed.resize(size);
  return packed;
}

Result<std::string> UnpackSqlarBlob(std::string_view data, std::int64_t size_bytes) {
  if (size_bytes < 0 || size_bytes > kMaxSizeBytes || static_cast<std::int64_t>(data.size()) > size_bytes)
    return Fail(ErrorCode::kCorruptInput,
                fmt::format("impossible size {} for {} stored bytes", size_bytes, data.size()));
  if (static_cast<std::int64_t>(data.size()) == size_bytes) return std::string(data);
  std::string bytes(static_cast<std::size_t>(size_bytes), '\0');
  uLongf size = static_cast<uLongf>(size_bytes);
  const int code = uncompress(AsBytes(bytes.data()), &size, AsBytes(data.data()), static_cast<uLong>(data.size()));
  if (code != Z_OK || size != static_cast<uLongf>(size_bytes))
    return Fail(ErrorCode::kCorruptInput, "the compressed bytes are damaged");
  return bytes;
}

}  // namespace litmill::fetch
