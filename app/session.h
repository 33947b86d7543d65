// SPDX-License-Identifier: Apache-2.0
// What several commands set up alike: the console, the configuration, the rules, the corpus.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/config.h"
#include "app/console.h"
#include "core/clock.h"
#include "core/file_system.h"
#include "core/result.h"
#include "store/corpus.h"
#include "tag/tag.h"

namespace litmill::app {

/// The seams as the real program has them, and the person's console.
struct Session {
  explicit Session(const CommonOptions& options) : common(options), console(options.log_format, options.quiet, clock) {}

  const CommonOptions& common;
  SystemClock clock;
  RealFileSystem files;
  Console console;

  /// Prints the error and returns its exit code.
  int FailWith(const Error& error) {
    console.Log(LogLevel::kError, error.message);
    return ExitCodeOf(error);
  }

  /// The corpus to use: --db, else the configuration's when that can be read, else corpus.db.
  [[nodiscard]] std::string CorpusPath();
  [[nodiscard]] Result<std::unique_ptr<store::Corpus>> OpenForReading();
  /// The rules of `paths`, or of the configuration when there are none.
  [[nodiscard]] Result<RuleSet> ReadRules(std::vector<std::string> paths);
  /// The rules of `paths`, else of the configuration, compiled.
  [[nodiscard]] Result<std::unique_ptr<tag::Tagger>> CompileRulesOf(const std::vector<std::string>& paths);

 private:
  static int ExitCodeOf(const Error& error);
};

/// Rules of `paths` compiled. kConfig with file:line:column.
[[nodiscard]] Result<std::unique_ptr<tag::Tagger>> CompileRules(FileSystem& files,
                                                                const std::vector<std::string>& paths);

/// A random version-4 UUID (RFC 9562).
[[nodiscard]] std::string NewUuid();

}  // namespace litmill::app
