// SPDX-License-Identifier: Apache-2.0
// What is wrong with rules that compile: dead, shadowed, overlapping, too broad, slow, untested, ambiguous.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"
#include "core/result.h"
#include "core/rule_set.h"

namespace litmill::tag {

class RuleUsageCounter;

enum class LintSeverity : std::uint8_t { kWarning, kNote };
[[nodiscard]] std::string_view LintSeverityName(LintSeverity severity);  // "warning", "note"

/// One kind of finding. A code never changes its meaning.
struct LintCode {
  const char* code;
  LintSeverity severity;
  const char* what;
};
[[nodiscard]] const std::vector<LintCode>& LintCodes();

struct LintFinding {
  std::string code;  ///< Of LintCodes().
  LintSeverity severity = LintSeverity::kWarning;
  RuleOrigin origin;
  std::string subject;  ///< The rule's name, or "facet:concept".
  std::string message;
  std::string advice;
};

struct LintOptions {
  /// Share of the corpus's records above which a rule is too broad.
  double broad_share = 0.5;
};

/// Give it the records of a corpus, if there is one; the examples of the rules are always read.
class RuleLinter {
 public:
  /// kConfig when the rules do not compile.
  [[nodiscard]] static Result<std::unique_ptr<RuleLinter>> Make(const RuleSet& rules);
  ~RuleLinter();
  RuleLinter(const RuleLinter&) = delete;
  RuleLinter& operator=(const RuleLinter&) = delete;

  [[nodiscard]] Result<void> AddRecord(const Record& record);
  [[nodiscard]] std::uint64_t records() const;
  /// By file, line, column, code.
  [[nodiscard]] std::vector<LintFinding> Findings(const LintOptions& options = {}) const;

 private:
  explicit RuleLinter(std::unique_ptr<RuleUsageCounter> usage);
  std::unique_ptr<RuleUsageCounter> usage_;
};

}  // namespace litmill::tag
