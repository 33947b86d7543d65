// SPDX-License-Identifier: Apache-2.0
// litmill search lint and translate: the strategy itself. No network, no corpus.
#include <cstdio>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/exit_codes.h"
#include "app/session.h"
#include "app/strategies.h"

namespace litmill::app {
namespace {

using nlohmann::ordered_json;

void PrintJson(const ordered_json& json) {
  fmt::print("{}\n", json.dump(2, ' ', false, ordered_json::error_handler_t::replace));
}

ordered_json ToJson(const std::string& strategy, const search::Diagnostic& d) {
  return {{"strategy", strategy},      {"code", d.code},          {"severity", search::SeverityName(d.severity)},
          {"line", d.span.line},       {"column", d.span.column}, {"message", d.message},
          {"suggestion", d.suggestion}};
}

Result<int> LintAll(Session& session, const SearchOptions& options) {
  LITMILL_TRY(const auto strategies, ReadStrategies(session, options.file, options.query));
  ordered_json json = ordered_json::array();
  std::size_t errors = 0, warnings = 0;
  for (const NamedStrategy& named : strategies) {
    const std::vector<search::Diagnostic> found = search::Lint(named.text);
    for (const search::Diagnostic& d : found) {
      errors += d.severity == search::Severity::kError ? 1U : 0U;
      warnings += d.severity == search::Severity::kWarning ? 1U : 0U;
      json.push_back(ToJson(named.name, d));
    }
    if (session.common.format != OutputFormat::kJson)
      fmt::print("{}", search::RenderDiagnostics(found, named.text, named.name));
  }
  if (session.common.format == OutputFormat::kJson)
    PrintJson(json);
  else
    fmt::print("{} {} checked. Errors: {}, warnings: {}\n", strategies.size(),
               strategies.size() == 1 ? "strategy" : "strategies", errors, warnings);
  if (errors > 0) return kExitUsage;
  return warnings > 0 && options.strict ? kExitAttention : kExitOk;
}

Result<int> TranslateAll(Session& session, const SearchOptions& options) {
  const auto target = search::TargetFromName(options.to);
  if (!target) {
    std::vector<std::string_view> names;
    for (const search::Target t : search::AllTargets()) names.push_back(search::TargetName(t));
    return Fail(ErrorCode::kConfig,
                fmt::format("\"{}\" is no database; --to takes {}", options.to, fmt::join(names, ", ")));
  }
  search::TranslateOptions how;
  search::EmtreeMap emtree;
  if (!options.emtree.empty()) {
    LITMILL_TRY(emtree, ReadEmtreeMap(session.files, options.emtree));
    how.emtree = &emtree;
  }
  LITMILL_TRY(const auto strategies, ReadStrategies(session, options.file, options.query));
  ordered_json json = ordered_json::array();
  std::size_t warnings = 0;
  for (const NamedStrategy& named : strategies) {
    LITMILL_TRY(const search::Strategy strategy, search::ParseStrategy(named.text, named.name));
    const search::Translation translation = search::Translate(strategy, *target, how);
    ordered_json listed = ordered_json::array();
    for (const search::Warning& w : translation.warnings) {
      ++warnings;
      listed.push_back({{"code", w.code}, {"clause", w.clause}, {"message", w.message}});
      if (session.common.format != OutputFormat::kJson)
        session.console.Log(LogLevel::kWarning, fmt::format("{}: {} {}{}{}", named.name, w.code, w.clause,
                                                            w.clause.empty() ? "" : ": ", w.message));
    }
    json.push_back({{"strategy", named.name},
                    {"database", search::TargetTitle(*target)},
                    {"text", translation.text},
                    {"warnings", std::move(listed)}});
    if (session.common.format == OutputFormat::kJson) continue;
    if (strategies.size() > 1) fmt::print("{}# {}\n", json.size() > 1 ? "\n" : "", named.name);
    fmt::print("{}\n", translation.text);
  }
  if (session.common.format == OutputFormat::kJson) PrintJson(json);
  return warnings > 0 && options.strict ? kExitAttention : kExitOk;
}

}  // namespace

int SearchLintCommand(const CommonOptions& common, const SearchOptions& options) {
  Session session(common);
  const auto code = LintAll(session, options);
  return code ? *code : session.FailWith(code.error());
}

int SearchTranslateCommand(const CommonOptions& common, const SearchOptions& options) {
  Session session(common);
  const auto code = TranslateAll(session, options);
  return code ? *code : session.FailWith(code.error());
}

}  // namespace litmill::app
