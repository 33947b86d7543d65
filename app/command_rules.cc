// SPDX-License-Identifier: Apache-2.0
// litmill config check and litmill rules test: is what the user wrote right?
#include <fmt/format.h>

#include "app/commands.h"
#include "app/exit_codes.h"
#include "app/secrets.h"
#include "app/session.h"

namespace litmill::app {
namespace {

std::string CountsOf(const RuleSet& rules) {
  std::size_t examples = 0;
  for (const Concept& concept_rules : rules.concepts) examples += concept_rules.examples.size();
  return fmt::format("{} concepts, {} rules, {} examples (version {}, hash {})", rules.concepts.size(),
                     rules.FlattenedRules().size(), examples, rules.version, rules.Hash().substr(0, 12));
}

Result<void> CheckConfig(Session& session) {
  LITMILL_TRY(const Config config, LoadConfig(session.files, session.common.config));
  LITMILL_TRY(const Secrets secrets, ReadSecrets(session.files));
  LITMILL_TRY(const auto tagger, CompileRules(session.files, config.rules));
  fmt::print("{}rule set: {}\n", DescribeConfig(config), CountsOf(tagger->rule_set()));
  for (const std::string& variable : KeyVariables())
    fmt::print("{}: {}\n", variable, secrets.Key(variable).empty() ? "not set" : "set");
  fmt::print("LITMILL_EMAIL: {}\n", secrets.email.empty() ? "not set (NCBI asks for it)" : "set");
  return {};
}

Result<bool> TestRules(Session& session, const std::vector<std::string>& paths) {
  LITMILL_TRY(RuleSet rules, session.ReadRules(paths));
  LITMILL_TRY(const auto tagger, tag::Tagger::Compile(std::move(rules)));
  LITMILL_TRY(const std::vector<std::string> failures, tag::RunExamples(*tagger));
  for (const std::string& failure : failures) fmt::print("{}\n", failure);
  fmt::print("{}: {}\n", CountsOf(tagger->rule_set()),
             failures.empty() ? "all examples hold" : fmt::format("{} examples fail", failures.size()));
  return failures.empty();
}

}  // namespace

int ConfigCheckCommand(const CommonOptions& common) {
  Session session(common);
  const auto done = CheckConfig(session);
  return done ? kExitOk : session.FailWith(done.error());
}

int RulesTestCommand(const CommonOptions& common, const std::vector<std::string>& paths) {
  Session session(common);
  const auto passed = TestRules(session, paths);
  if (!passed) return session.FailWith(passed.error());
  return *passed ? kExitOk : kExitIntegrity;
}

}  // namespace litmill::app
