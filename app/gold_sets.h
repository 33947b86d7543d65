// SPDX-License-Identifier: Apache-2.0
// Finds the labelled sets in a folder by what its files hold, not by their names.
#pragma once

#include <string>
#include <vector>

#include "app/gold_documents.h"
#include "app/gold_tables.h"
#include "core/file_system.h"
#include "core/result.h"

namespace litmill::app {

/// Documents of a folder (PubTator or brat), or the rows of a table.
struct GoldTextSet {
  std::string name;                ///< The folder's name of documents, the file's of tables.
  std::string format;              ///< "PubTator", "brat", "table", "JSON".
  std::vector<std::string> files;  ///< Names of its files; of brat none: there are hundreds.
  GoldDocuments documents;
  GoldTables tables;
};

struct GoldCollection {
  std::vector<GoldTextSet> sets;         ///< In order of their names.
  std::vector<std::string> passed_over;  ///< Files of no format that is known, for a person.

  /// What could not be read, of all sets.
  [[nodiscard]] std::vector<std::string> Problems() const;
};

/// Sets in `path` (one file, or a folder with its folders), of the files whose path below it holds `part`. kNotFound or
/// kIo for the path itself.
[[nodiscard]] Result<GoldCollection> ReadGold(FileSystem& files, const std::string& path, const std::string& part = "");

}  // namespace litmill::app
