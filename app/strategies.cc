// SPDX-License-Identifier: Apache-2.0
#include "app/strategies.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "app/suggest.h"

namespace litmill::app {
namespace {

constexpr std::size_t kMaxStrategyBytes = 4U << 20U;

search::DatePoint Today(const Clock& clock) {
  const std::string now = FormatUtc(clock.Now());  // YYYY-MM-DD...
  return {std::stoi(now.substr(0, 4)), std::stoi(now.substr(5, 2)), std::stoi(now.substr(8, 2))};
}

bool Explodes(const search::Node& query) {
  for (const search::Node* leaf : search::Leaves(query)) {
    const search::Term* term = leaf->AsTerm();
    const bool is_heading =
        term != nullptr && (term->field == search::Field::kMesh || term->field == search::Field::kMeshMajor);
    if (is_heading && term->explode) return true;
  }
  return false;
}

}  // namespace

Result<std::vector<NamedStrategy>> ReadStrategies(Session& session, const std::string& file, const std::string& query) {
  std::vector<NamedStrategy> strategies;
  if (!file.empty()) {
    LITMILL_TRY(std::string text, ReadWholeFile(session.files, file, kMaxStrategyBytes));
    strategies.push_back({file == "-" ? "standard input" : file, std::move(text)});
    return strategies;
  }
  LITMILL_TRY(const Config config, LoadConfig(session.files, session.common.config));
  std::vector<std::string> names;
  for (const QueryConfig& q : config.queries) {
    names.push_back(q.id);
    if (query.empty() || q.id == query) strategies.push_back({q.id, q.term});
  }
  if (!strategies.empty()) return strategies;
  const std::string suggestion = Suggest(query, names);
  return Fail(ErrorCode::kConfig,
              fmt::format("{}: there is no query \"{}\"; there are: {}{}", config.file, query, fmt::join(names, ", "),
                          suggestion.empty() ? "" : fmt::format("; did you mean \"{}\"?", suggestion)));
}

Result<std::vector<CompiledStrategy>> CompileStrategies(const std::vector<NamedStrategy>& strategies,
                                                        const Clock& clock) {
  std::vector<CompiledStrategy> compiled;
  for (const NamedStrategy& named : strategies) {
    LITMILL_TRY(const search::Strategy strategy, search::ParseStrategy(named.text, named.name));
    LITMILL_TRY(const search::Node query, search::Resolve(strategy));
    compiled.push_back({named.name, search::Matcher(query, {Today(clock)}), Explodes(query)});
  }
  return compiled;
}

void LogNotes(const std::vector<CompiledStrategy>& strategies, Console& console) {
  std::set<std::string> said;
  for (const CompiledStrategy& strategy : strategies) {
    for (const search::EvaluationNote& note : strategy.matcher.notes()) {
      const std::string text = fmt::format("{}: {}", note.clause, note.message);
      if (said.insert(text).second) console.Log(LogLevel::kWarning, text);
    }
  }
}

Result<std::optional<search::MeshTree>> ReadMeshTree(FileSystem& files, const std::string& path) {
  if (path.empty()) return std::optional<search::MeshTree>();
  constexpr std::size_t kMaxBytes = 64U << 20U;
  LITMILL_TRY(const std::string text, ReadWholeFile(files, path, kMaxBytes));
  auto tree = search::MeshTree::Parse(text);
  if (!tree) return Fail(tree.error().code, path + ": " + tree.error().message);
  return std::optional<search::MeshTree>(std::move(*tree));
}

Result<search::EmtreeMap> ReadEmtreeMap(FileSystem& files, const std::string& path) {
  constexpr std::size_t kMaxBytes = 16U << 20U;
  LITMILL_TRY(const std::string text, ReadWholeFile(files, path, kMaxBytes));
  auto map = search::EmtreeMap::Parse(text);
  if (!map) return Fail(map.error().code, path + ": " + map.error().message);
  return map;
}

}  // namespace litmill::app
