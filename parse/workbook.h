// SPDX-License-Identifier: Apache-2.0
// The sheets of an Excel workbook (XLSX, ECMA-376) as rows of text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/csv.h"
#include "core/result.h"

namespace litmill::parse {

struct Sheet {
  std::string name;
  /// Each with its number in the sheet as `line`, missing cells empty. Numbers that are shown as dates are ISO dates;
  /// formulas are their last value, errors are blank.
  std::vector<CsvRow> rows;
  std::string damage;  ///< What made the rest of the sheet unreadable; empty = nothing.
};

/// True when `head` begins like a zip archive with a workbook in it.
[[nodiscard]] bool LooksLikeWorkbook(std::string_view head);

/// Every sheet in order. kCorruptInput or kInvalidInput when the file is none, is damaged or too large.
[[nodiscard]] Result<std::vector<Sheet>> ReadWorkbook(std::string_view bytes);

/// The ISO date (with time when it has one) of Excel's serial number: days since the end of 1899 with the 29th of
/// February 1900 that never was, or since 1904. Empty when it is none.
[[nodiscard]] std::string DateOfSerial(double serial, bool since_1904);

}  // namespace litmill::parse
