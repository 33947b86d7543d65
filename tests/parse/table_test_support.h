// SPDX-License-Identifier: Apache-2.0
// Short ways to what an export file gave, and the properties that hold for every format.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parse/export_file.h"

namespace litmill::parse::testing {

struct Imported {
  std::vector<ParsedRecord> records;
  std::vector<Problem> errors;    ///< Of records and of the file.
  std::vector<Problem> warnings;  ///< Of records and of the file, but not of unmapped fields.
  ExportReport report;

  [[nodiscard]] bool Warns(std::string_view code) const;
  [[nodiscard]] bool Fails(std::string_view code) const;
};

/// Reads `bytes`; a file that is not recognised fails the test.
Imported Import(std::string_view bytes, const ExportOptions& options = {});

/// The record of a file that holds exactly one and has no errors.
Record OnlyRecordOf(std::string_view bytes);

/// "Last|Fore|Initials|Suffix", "{Group}"; editors with "ed:" before.
std::vector<std::string> NamesOf(const Record& record);
/// "owner:text", with an asterisk before major ones.
std::vector<std::string> KeywordsOf(const Record& record);
/// Values of `kind`, in order.
std::vector<std::string> OthersOf(const Record& record, std::string_view kind);
std::string IdOf(const Record& record, std::string_view scheme);
std::string DateOf(const Record& record, std::string_view kind);

/// Cut at every byte, the file gives no more records than the whole, and every record that ends before the cut.
/// `ends` says where each record of the whole ends; `told_beside` how many errors a cut may make beside its record.
void ExpectCutsAreSafe(std::string_view whole, const std::vector<std::size_t>& ends, std::size_t told_beside = 0);

/// A zip archive of these members.
std::string Zip(const std::vector<std::pair<std::string, std::string>>& members);

}  // namespace litmill::parse::testing
