// SPDX-License-Identifier: Apache-2.0
// The bytes of an export file to clean UTF-8: what editors, spreadsheets and old downloads have done to them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "parse/parse.h"

namespace litmill::parse {

struct ExportText {
  std::string text;  ///< UTF-8 without a byte order mark; line ends as they came.
  /// What was put right, each kind once with the lines: "invalid-utf8", "mojibake", "control-character".
  std::vector<Problem> warnings;
};

/// gzip is unpacked; byte order marks decide (UTF-8, UTF-16, UTF-32), an XML declaration counts. Bytes that are no
/// UTF-8 are read as Windows-1252 one by one. UTF-8 that was once read as Windows-1252 is put right where it can be
/// nothing else. Control characters become spaces, NUL bytes go. kCorruptInput: broken gzip. kInvalidInput: an
/// encoding that is not known here.
[[nodiscard]] Result<ExportText> DecodeExport(std::string_view bytes);

/// The text of the first bytes of a file, for telling its format; a cut in the middle of anything is no error.
[[nodiscard]] std::string DecodeExportHead(std::string_view head);

}  // namespace litmill::parse
