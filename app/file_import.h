// SPDX-License-Identifier: Apache-2.0
// A file of records into the corpus: PubMed XML, or whatever a database or a reference manager exports.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/console.h"
#include "app/ingest.h"
#include "core/file_system.h"
#include "core/result.h"
#include "parse/export_file.h"
#include "store/corpus.h"

namespace litmill::app {

struct FileReport {
  std::string path;
  std::string format;     ///< "pubmed-xml", "ris", ...
  bool is_known = false;  ///< The same bytes were imported before.
  IngestCounts counts;
  std::vector<parse::UnmappedField> unmapped;  ///< Fields that litmill does not read; kept in other_names.
};

/// The `format` of a list of identifiers: it holds no records, so the services are asked for them.
inline constexpr std::string_view kIdentifierListFormat = "identifiers";

/// Reads files, each once however often it is given.
class FileImporter {
 public:
  /// All must outlive this. `run_id`: the run that imports.
  FileImporter(FileSystem* files, store::Corpus* corpus, Ingester* ingester, Console* console, std::int64_t run_id,
               const std::atomic<bool>* stop)
      : files_(files), corpus_(corpus), ingester_(ingester), console_(console), run_id_(run_id), stop_(stop) {}

  /// `path` may be "-" for standard input. `database`: where its records come from, whatever the file says (empty = as
  /// it says; PubMed XML is PubMed's). A file of no format that litmill knows is one problem of the file; a list of
  /// identifiers is kept for TakeLists. kNotFound, kIo; kInterrupted; errors of the corpus.
  [[nodiscard]] Result<FileReport> Import(const std::string& path, const std::string& database);
  /// The lists of identifiers among the files since the last call, as one.
  [[nodiscard]] std::vector<store::RequestedIdentifier> TakeLists();

 private:
  Result<FileReport> ImportPubmedXml(const store::Document& document, ByteReader& reader);
  Result<FileReport> ImportExport(const store::Document& document, const std::string& bytes,
                                  const std::string& database);
  Result<FileReport> KeepList(const std::string& path, const std::string& bytes);
  [[nodiscard]] IngestRequest RequestFor(const store::Document& document) const;

  FileSystem* files_;
  store::Corpus* corpus_;
  Ingester* ingester_;
  Console* console_;
  std::int64_t run_id_;
  const std::atomic<bool>* stop_;
  std::vector<std::vector<store::RequestedIdentifier>> lists_;
};

}  // namespace litmill::app
