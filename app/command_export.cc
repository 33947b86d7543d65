// SPDX-License-Identifier: Apache-2.0
// litmill export: taking the corpus away, for other programs and for litmill itself.
#include <iostream>
#include <memory>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/console.h"
#include "app/exit_codes.h"
#include "app/session.h"
#include "report/report.h"
#include "store/export_ids.h"
#include "store/work_record.h"

namespace litmill::app {
namespace {

/// Text gathers to this size before it is written.
constexpr std::size_t kPieceBytes = 1U << 16U;

/// Writes what an export gives: to a file that appears whole or not at all, or to standard output.
class ExportSink {
 public:
  static Result<ExportSink> Open(FileSystem& files, const std::string& path) {
    ExportSink sink;
    if (path.empty()) return sink;
    LITMILL_TRY(sink.file_, files.Create(path));
    return sink;
  }

  /// Where the next text goes; Flush sees to it that it does not grow.
  std::string& text() { return text_; }
  Result<void> Flush(std::size_t most_bytes) {
    if (text_.size() <= most_bytes) return {};
    if (file_) {
      LITMILL_CHECK(file_->Write(text_));
    } else if (!std::cout.write(text_.data(), static_cast<std::streamsize>(text_.size())).flush()) {
      return Fail(ErrorCode::kIo, "standard output: the export could not be written to its end");
    }
    text_.clear();
    return {};
  }
  Result<void> Finish() {
    LITMILL_CHECK(Flush(0));
    return file_ ? file_->Commit() : Result<void>();
  }

 private:
  ExportSink() = default;

  std::unique_ptr<ByteWriter> file_;
  std::string text_;
};

Result<int> ExportIds(Session& session, const ExportOptions& options) {
  LITMILL_TRY(const auto corpus, session.OpenForReading());
  LITMILL_TRY(ExportSink sink, ExportSink::Open(session.files, options.output));
  sink.text() += "pmid,pmcid,doi,source,source_id,sources\r\n";
  std::uint64_t works = 0;
  LITMILL_CHECK(store::ExportIds(*corpus, [&](const store::ExportedIds& ids) -> Result<void> {
    sink.text() += fmt::format("{},{},{},{},{},{}\r\n", ids.pmid, ids.pmcid, CsvCell(ids.doi), ids.source,
                               CsvCell(ids.source_id), ids.sources);
    ++works;
    return sink.Flush(kPieceBytes);
  }));
  LITMILL_CHECK(sink.Finish());
  if (!options.output.empty()) session.console.Info(fmt::format("{}: {} works", options.output, works));
  return kExitOk;
}

Result<int> ExportWorks(Session& session, const ExportOptions& options, report::ExportFormat format) {
  LITMILL_TRY(const auto corpus, session.OpenForReading());
  LITMILL_TRY(std::vector<std::string> facets, store::TaggedFacets(*corpus));
  LITMILL_TRY(ExportSink sink, ExportSink::Open(session.files, options.output));
  const auto writer = report::MakeExportWriter(format, std::move(facets));
  writer->Begin(sink.text());
  std::uint64_t works = 0;
  std::uint64_t retracted = 0;
  LITMILL_CHECK(store::ForEachWorkRecord(*corpus, [&](const store::WorkRecord& work) -> Result<void> {
    writer->Append(work, sink.text());
    ++works;
    if (work.record.IsRetracted()) ++retracted;
    return sink.Flush(kPieceBytes);
  }));
  writer->End(sink.text());
  LITMILL_CHECK(sink.Finish());
  session.console.Info(fmt::format("{}: {} works; retracted {}",
                                   options.output.empty() ? "standard output" : options.output, works, retracted));
  return kExitOk;
}

Result<int> Export(Session& session, const ExportOptions& options) {
  using report::ExportFormat;
  constexpr std::pair<std::string_view, ExportFormat> kFormats[] = {
      {"ris", ExportFormat::kRis},          {"nbib", ExportFormat::kNbib},        {"bibtex", ExportFormat::kBibtex},
      {"csv", ExportFormat::kCsv},          {"csl-json", ExportFormat::kCslJson}, {"jsonl", ExportFormat::kJsonl},
      {"asreview", ExportFormat::kAsreview}};
  for (const auto& [name, format] : kFormats)
    if (name == options.format) return ExportWorks(session, options, format);
  return ExportIds(session, options);
}

}  // namespace

int ExportCommand(const CommonOptions& common, const ExportOptions& options) {
  Session session(common);
  const auto code = Export(session, options);
  return code ? *code : session.FailWith(code.error());
}

}  // namespace litmill::app
