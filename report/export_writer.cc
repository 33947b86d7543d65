// SPDX-License-Identifier: Apache-2.0
#include "report/export_writer.h"

#include <utility>

#include "report/asreview.h"
#include "report/bibtex.h"
#include "report/csl_json.h"
#include "report/csv_table.h"
#include "report/jsonl.h"
#include "report/nbib.h"
#include "report/ris.h"

namespace litmill::report {
namespace {

/// A format in which each record stands alone.
class RecordByRecord final : public ExportWriter {
 public:
  using Function = void (*)(const store::WorkRecord&, std::string&);
  explicit RecordByRecord(Function append) : append_(append) {}
  void Append(const store::WorkRecord& work, std::string& out) override { append_(work, out); }

 private:
  Function append_;
};

class Bibtex final : public ExportWriter {
 public:
  void Append(const store::WorkRecord& work, std::string& out) override { writer_.Append(work, out); }

 private:
  BibtexWriter writer_;
};

class CslJson final : public ExportWriter {
 public:
  void Begin(std::string& out) override { out += "["; }
  void Append(const store::WorkRecord& work, std::string& out) override {
    out += is_first_ ? "\n" : ",\n";
    is_first_ = false;
    AppendCslItem(work, out);
  }
  void End(std::string& out) override { out += "\n]\n"; }

 private:
  bool is_first_ = true;
};

class Csv final : public ExportWriter {
 public:
  explicit Csv(std::vector<std::string> facets) : facets_(std::move(facets)) {}
  void Begin(std::string& out) override { AppendCsvHead(facets_, out); }
  void Append(const store::WorkRecord& work, std::string& out) override { AppendCsvRow(work, facets_, out); }

 private:
  std::vector<std::string> facets_;
};

class Asreview final : public ExportWriter {
 public:
  void Begin(std::string& out) override { AppendAsreviewHead(out); }
  void Append(const store::WorkRecord& work, std::string& out) override { AppendAsreviewRow(work, out); }
};

}  // namespace

std::unique_ptr<ExportWriter> MakeExportWriter(ExportFormat format, std::vector<std::string> facets) {
  switch (format) {
    case ExportFormat::kRis:
      return std::make_unique<RecordByRecord>(AppendRis);
    case ExportFormat::kNbib:
      return std::make_unique<RecordByRecord>(AppendNbib);
    case ExportFormat::kBibtex:
      return std::make_unique<Bibtex>();
    case ExportFormat::kCslJson:
      return std::make_unique<CslJson>();
    case ExportFormat::kCsv:
      return std::make_unique<Csv>(std::move(facets));
    case ExportFormat::kJsonl:
      return std::make_unique<RecordByRecord>(AppendJsonLine);
    case ExportFormat::kAsreview:
      return std::make_unique<Asreview>();
  }
  return nullptr;
}

}  // namespace litmill::report
