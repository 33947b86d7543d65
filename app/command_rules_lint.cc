// SPDX-License-Identifier: Apache-2.0
// litmill rules lint: rules that compile and are wrong all the same.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/exit_codes.h"
#include "app/rules_corpus.h"
#include "app/session.h"
#include "tag/rule_lint.h"

namespace litmill::app {
namespace {

using nlohmann::ordered_json;

ordered_json ToJson(const tag::LintFinding& f) {
  return {{"code", f.code},
          {"severity", tag::LintSeverityName(f.severity)},
          {"file", f.origin.file},
          {"line", f.origin.line},
          {"column", f.origin.column},
          {"subject", f.subject},
          {"message", f.message},
          {"advice", f.advice}};
}

void PrintText(const tag::LintFinding& f) {
  fmt::print("{}:{}:{}: {} {} {}: {}\n    {}\n", f.origin.file, f.origin.line, f.origin.column,
             tag::LintSeverityName(f.severity), f.code, f.subject, f.message, f.advice);
}

Result<int> Lint(Session& session, const RulesOptions& options) {
  LITMILL_TRY(const RuleSet rules, session.ReadRules(options.paths));
  LITMILL_TRY(const auto linter, tag::RuleLinter::Make(rules));
  if (!session.common.db.empty()) {
    LITMILL_TRY(const auto corpus, session.OpenForReading());
    LITMILL_CHECK(ForEachRecord(session, *corpus, "trying the rules",
                                [&linter](const CorpusRecord& r) { return linter->AddRecord(r.record); }));
  }
  tag::LintOptions how;
  how.broad_share = options.broad / 100;
  const std::vector<tag::LintFinding> findings = linter->Findings(how);
  std::size_t warnings = 0;
  ordered_json json = ordered_json::array();
  const bool as_json = session.common.format == OutputFormat::kJson;
  for (const tag::LintFinding& f : findings) {
    warnings += f.severity == tag::LintSeverity::kWarning ? 1U : 0U;
    if (as_json)
      json.push_back(ToJson(f));
    else
      PrintText(f);
  }
  if (as_json)
    fmt::print("{}\n", json.dump(2, ' ', false, ordered_json::error_handler_t::replace));
  else
    fmt::print("{} concepts, {} rules, tried on {}. Warnings: {}, notes: {}\n", rules.concepts.size(),
               rules.FlattenedRules().size(),
               session.common.db.empty()
                   ? "their examples alone (--db tries them on a corpus)"
                   : fmt::format("their examples and {} records", WithThousands(linter->records())),
               warnings, findings.size() - warnings);
  return warnings == 0 ? kExitOk : kExitAttention;
}

}  // namespace

int RulesLintCommand(const CommonOptions& common, const RulesOptions& options) {
  Session session(common);
  const auto done = Lint(session, options);
  return done ? *done : session.FailWith(done.error());
}

}  // namespace litmill::app
