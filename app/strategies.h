// SPDX-License-Identifier: Apache-2.0
// The strategies that a `litmill search` command works on: a file's, or the queries of the configuration.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/session.h"
#include "core/result.h"
#include "search/search.h"

namespace litmill::app {

struct NamedStrategy {
  std::string name;  ///< The query's key, or the file's path.
  std::string text;  ///< PubMed syntax.
};

/// The strategy in `file` ("-" is standard input); without a file the query `query` of the configuration, or all of
/// them when that is empty too. kConfig names the known queries when there is none of that name.
[[nodiscard]] Result<std::vector<NamedStrategy>> ReadStrategies(Session& session, const std::string& file,
                                                                const std::string& query);

/// The table from MeSH headings to Emtree in `path`. Errors name the file.
[[nodiscard]] Result<search::EmtreeMap> ReadEmtreeMap(FileSystem& files, const std::string& path);

/// NLM's file of tree numbers; nothing without a path. Errors name the file.
[[nodiscard]] Result<std::optional<search::MeshTree>> ReadMeshTree(FileSystem& files, const std::string& path);

/// A strategy ready for matching records.
struct CompiledStrategy {
  std::string name;
  search::Matcher matcher;
  bool explodes = false;  ///< It has headings with all below them, which need a MeSH tree.
};

/// Each strategy parsed and compiled. kInvalidInput with carets for what PubMed would refuse.
[[nodiscard]] Result<std::vector<CompiledStrategy>> CompileStrategies(const std::vector<NamedStrategy>& strategies,
                                                                      const Clock& clock);
/// Logs what is decided otherwise than PubMed would, each note once.
void LogNotes(const std::vector<CompiledStrategy>& strategies, Console& console);

}  // namespace litmill::app
