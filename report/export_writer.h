// SPDX-License-Identifier: Apache-2.0
// An export format as its caller sees it: a head, one work after another, an end.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/work_record.h"

namespace litmill::report {

enum class ExportFormat { kRis, kNbib, kBibtex, kCslJson, kCsv, kJsonl, kAsreview };

/// Each call appends text to `out`: Begin once, Append for each work, End once.
class ExportWriter {
 public:
  virtual ~ExportWriter() = default;
  virtual void Begin(std::string& /*out*/) {}
  virtual void Append(const store::WorkRecord& work, std::string& out) = 0;
  virtual void End(std::string& /*out*/) {}
};

/// `facets`: those that the table has columns for; the other formats do not ask.
[[nodiscard]] std::unique_ptr<ExportWriter> MakeExportWriter(ExportFormat format, std::vector<std::string> facets);

}  // namespace litmill::report
