// SPDX-License-Identifier: Apache-2.0
// One file's bytes as an SQLite Archive keeps them: zlib when that is smaller, else as they are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

namespace litmill::fetch {

/// The bytes for column `data`; shorter than `bytes` exactly when compressed.
[[nodiscard]] Result<std::string> PackSqlarBlob(std::string_view bytes);

/// The file's bytes from `data` and `size_bytes` (column `sz`); kCorruptInput when they do not fit together.
[[nodiscard]] Result<std::string> UnpackSqlarBlob(std::string_view data, std::int64_t size_bytes);

}  // namespace litmill::fetch
