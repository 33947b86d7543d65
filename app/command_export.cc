// SPDX-License-Identifier: Apache-2.0
// litmill export: taking the corpus away. So far its identifiers, from which `litmill rebuild` makes it again.
#include <cstdio>
#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/console.h"
#include "app/exit_codes.h"
#include "app/session.h"
#include "store/export_ids.h"

namespace litmill::app {
namespace {

Result<int> ExportIds(Session& session, const ExportOptions& options) {
  LITMILL_TRY(const auto corpus, session.OpenForReading());
  std::ofstream file;
  if (!options.output.empty()) {
    file.open(options.output, std::ios::binary | std::ios::trunc);
    if (!file) return Fail(ErrorCode::kIo, options.output + ": cannot be written");
  }
  std::ostream& out = options.output.empty() ? std::cout : file;
  out << "pmid,pmcid,doi,source,source_id,sources\r\n";
  std::uint64_t works = 0;
  LITMILL_CHECK(store::ExportIds(*corpus, [&](const store::ExportedIds& ids) -> Result<void> {
    out << ids.pmid << ',' << ids.pmcid << ',' << CsvCell(ids.doi) << ',' << ids.source << ',' << CsvCell(ids.source_id)
        << ',' << ids.sources << "\r\n";
    ++works;
    return {};
  }));
  out.flush();
  if (!out)
    return Fail(ErrorCode::kIo, (options.output.empty() ? "standard output" : options.output) +
                                    ": the list could not be written to its end");
  if (!options.output.empty()) session.console.Info(fmt::format("{}: {} works", options.output, works));
  return kExitOk;
}

}  // namespace

int ExportCommand(const CommonOptions& common, const ExportOptions& options) {
  Session session(common);
  const auto code = ExportIds(session, options);
  return code ? *code : session.FailWith(code.error());
}

}  // namespace litmill::app
