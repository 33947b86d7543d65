// SPDX-License-Identifier: Apache-2.0
#include "app/file_import.h"

#include <utility>

#include <fmt/format.h>

#include "app/identifier_list.h"
#include "core/hash.h"
#include "parse/database_names.h"

namespace litmill::app {
namespace {

constexpr std::size_t kReadBytes = 256U << 10U;
constexpr std::size_t kHeadBytes = 64U << 10U;
constexpr std::size_t kMaxExportBytes = std::size_t{1} << 30U;

/// What the file is, from one reading through it.
struct FileFacts {
  store::Document document;
  std::string head;
};

Result<FileFacts> Describe(ByteReader& reader, const std::string& path) {
  Sha256 hash;
  FileFacts facts;
  facts.document.kind = "file";
  facts.document.name = path;
  std::string buffer(kReadBytes, '\0');
  for (;;) {
    LITMILL_TRY(const std::size_t got, reader.Read(buffer.data(), buffer.size()));
    if (got == 0) break;
    const std::string_view bytes = std::string_view(buffer).substr(0, got);
    if (facts.head.size() < kHeadBytes) facts.head += bytes.substr(0, kHeadBytes - facts.head.size());
    hash.Update(bytes);
    facts.document.size_bytes += got;
  }
  facts.document.sha256 = hash.HexDigest();
  return facts;
}

}  // namespace

Result<FileReport> FileImporter::Import(const std::string& path, const std::string& database) {
  std::string standard_input;
  if (path == "-") {
    LITMILL_TRY(standard_input, ReadWholeFile(*files_, path, kMaxExportBytes));
  }
  const auto open = [&]() -> Result<std::unique_ptr<ByteReader>> {
    if (path == "-") return std::make_unique<MemoryReader>(standard_input);
    return files_->Open(path);
  };
  LITMILL_TRY(const auto first, open());
  LITMILL_TRY(FileFacts facts, Describe(*first, path));
  const auto format = parse::DetectExport(facts.head);
  store::Document& document = facts.document;
  if (!format && IsIdentifierList(facts.head, document.size_bytes <= facts.head.size())) {
    if (path != "-") {
      LITMILL_TRY(standard_input, ReadWholeFile(*files_, path, kMaxExportBytes));
    }
    return KeepList(path, standard_input);
  }
  document.format = std::string(format.value_or(""));
  document.source = !format ? "pubmed" : database.empty() ? "file" : parse::DatabaseName(database);
  LITMILL_TRY(const bool is_known, corpus_->IsDocumentDone(document));
  if (is_known) {
    FileReport report;
    report.path = path;
    report.format = format ? document.format : "pubmed-xml";
    report.is_known = true;
    return report;
  }
  if (!format) {
    LITMILL_TRY(const auto reader, open());
    return ImportPubmedXml(document, *reader);
  }
  if (path != "-") {
    LITMILL_TRY(standard_input, ReadWholeFile(*files_, path, kMaxExportBytes));
  }
  return ImportExport(document, standard_input, database);
}

Result<FileReport> FileImporter::KeepList(const std::string& path, const std::string& bytes) {
  FileReport report;
  report.path = path;
  report.format = kIdentifierListFormat;
  LITMILL_TRY(std::vector<store::RequestedIdentifier> list, ReadIdentifierFile(bytes, path));
  console_->Info(
      fmt::format("{}: a list of {} identifiers, not an export: the services are asked for the records, as "
                  "litmill rebuild asks them",
                  path, WithThousands(list.size())));
  lists_.push_back(std::move(list));
  return report;
}

std::vector<store::RequestedIdentifier> FileImporter::TakeLists() { return JoinLists(std::exchange(lists_, {})); }

IngestRequest FileImporter::RequestFor(const store::Document& document) const {
  IngestRequest request;
  request.document = document;
  request.run_id = run_id_;
  request.is_import = true;
  request.on_progress = [this, &document](std::uint64_t items) { console_->Progress(document.name, items, 0); };
  return request;
}

Result<FileReport> FileImporter::ImportPubmedXml(const store::Document& document, ByteReader& reader) {
  FileReport report;
  report.path = document.name;
  report.format = "pubmed-xml";
  LITMILL_TRY(report.counts, ingester_->Ingest(RequestFor(document), reader, stop_));
  return report;
}

Result<FileReport> FileImporter::ImportExport(const store::Document& document, const std::string& bytes,
                                              const std::string& database) {
  FileReport report;
  report.path = document.name;
  report.format = document.format;
  parse::ExportOptions options;
  options.database = database;
  LITMILL_TRY(report.counts, ingester_->IngestExport(RequestFor(document), bytes, options, &report.unmapped, stop_));
  return report;
}

}  // namespace litmill::app
