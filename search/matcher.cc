// SPDX-License-Identifier: Apache-2.0
#include "search/matcher.h"

#include <utility>

#include "search/compiled_leaf.h"
#include "search/to_pubmed.h"

namespace litmill::search {

/// The tree again, leaves compiled. An operation with no operands never matches.
struct Matcher::Compiled {
  CompiledLeaf leaf;
  bool is_operation = false;
  Operator op = Operator::kAnd;
  std::vector<Compiled> operands;
  std::string clause;
  Span span;

  static Compiled From(const Node& node, const EvaluationOptions& options, std::vector<EvaluationNote>& notes) {
    Compiled compiled;
    compiled.clause = ToPubMed(node);
    compiled.span = node.span;
    if (const Operation* operation = node.AsOperation()) {
      compiled.is_operation = true;
      compiled.op = operation->op;
      for (const Node& operand : operation->operands) compiled.operands.push_back(From(operand, options, notes));
    } else {
      compiled.leaf = CompileLeaf(node, options, notes);
    }
    return compiled;
  }

  [[nodiscard]] bool Matches(const SearchableRecord& record) const {
    if (!is_operation) return leaf.Matches(record, nullptr);
    if (operands.empty()) return false;
    if (op == Operator::kOr) {
      for (const Compiled& operand : operands)
        if (operand.Matches(record)) return true;
      return false;
    }
    if (!operands.front().Matches(record)) return false;
    for (std::size_t i = 1; i < operands.size(); ++i)
      if (operands[i].Matches(record) != (op == Operator::kAnd)) return false;
    return true;
  }

  [[nodiscard]] Explanation Explain(const SearchableRecord& record) const {
    Explanation explanation;
    explanation.clause = clause;
    explanation.span = span;
    if (!is_operation) {
      explanation.matched = leaf.Matches(record, &explanation.evidence);
      if (!explanation.matched) explanation.evidence.clear();
      return explanation;
    }
    explanation.op = op;
    std::size_t matched = 0;
    for (const Compiled& operand : operands) {
      explanation.children.push_back(operand.Explain(record));
      matched += explanation.children.back().matched ? 1U : 0U;
    }
    const bool first = !operands.empty() && explanation.children.front().matched;
    switch (op) {
      case Operator::kAnd:
        explanation.matched = !operands.empty() && matched == operands.size();
        break;
      case Operator::kOr:
        explanation.matched = matched > 0;
        break;
      case Operator::kNot:
        explanation.matched = first && matched == 1;
        break;
    }
    return explanation;
  }
};

namespace {

void CollectMatched(const Explanation& explanation, std::vector<const Explanation*>& out) {
  if (explanation.children.empty() && explanation.matched) out.push_back(&explanation);
  for (const Explanation& child : explanation.children) CollectMatched(child, out);
}

/// The smallest parts of a failed `explanation` that kept the record out.
void CollectBlocking(const Explanation& explanation, std::vector<const Explanation*>& out) {
  const bool from_failed =
      explanation.op == Operator::kNot && !explanation.children.empty() && !explanation.children.front().matched;
  if (explanation.op == Operator::kAnd) {
    for (const Explanation& child : explanation.children)
      if (!child.matched) CollectBlocking(child, out);
  } else if (from_failed) {
    CollectBlocking(explanation.children.front(), out);
  } else if (explanation.op == Operator::kNot) {
    for (std::size_t i = 1; i < explanation.children.size(); ++i)
      if (explanation.children[i].matched) out.push_back(&explanation.children[i]);
  } else {
    out.push_back(&explanation);  // A clause; or an OR, whose parts are all as little to blame.
  }
}

}  // namespace

Matcher::Matcher(const Node& query, const EvaluationOptions& options)
    : root_(std::make_unique<Compiled>(Compiled::From(query, options, notes_))) {}
Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;

bool Matcher::Matches(const SearchableRecord& record) const { return root_->Matches(record); }
Explanation Matcher::Explain(const SearchableRecord& record) const { return root_->Explain(record); }

std::vector<const Explanation*> MatchedClauses(const Explanation& explanation) {
  std::vector<const Explanation*> out;
  CollectMatched(explanation, out);
  return out;
}

std::vector<const Explanation*> FailedParts(const Explanation& explanation) {
  std::vector<const Explanation*> out;
  if (!explanation.matched) CollectBlocking(explanation, out);
  return out;
}

}  // namespace litmill::search
