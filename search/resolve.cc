// SPDX-License-Identifier: Apache-2.0
// Line references replaced by the lines that they name. Expansion can double with every line (#3 = #2 OR #2), so the
// size of the result is computed first and bounded.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "search/tree.h"

namespace litmill::search {
namespace {

class Resolver {
 public:
  Resolver(const Strategy& strategy, std::size_t max_nodes) : max_nodes_(max_nodes) {
    for (const Line& line : strategy.lines) lines_.emplace(line.number, &line);
  }

  Result<Node> LineOf(int number) {
    LITMILL_CHECK(Check(number));
    return Filled(lines_.at(number)->query);
  }

  Result<void> Check(int number) {
    LITMILL_TRY(const Shape shape, ShapeOfLine(number, 0));
    if (shape.nodes > max_nodes_) {
      return Fail(
          ErrorCode::kInvalidInput,
          fmt::format("line #{} grows beyond {} clauses when its line references are filled in", number, max_nodes_));
    }
    if (shape.depth > kMaxDepth) {
      return Fail(ErrorCode::kInvalidInput,
                  fmt::format("line #{} is nested more than {} levels deep when its line references are filled in",
                              number, kMaxDepth));
    }
    return {};
  }

 private:
  static constexpr std::size_t kMaxDepth = 1000;
  struct Shape {
    std::size_t nodes = 1;
    std::size_t depth = 0;
  };

  Result<Shape> ShapeOfLine(int number, int asked_by) {
    const auto known = shapes_.find(number);
    if (known != shapes_.end()) return known->second;
    const auto found = lines_.find(number);
    if (found == lines_.end()) {
      return Fail(ErrorCode::kInvalidInput,
                  asked_by == 0 ? fmt::format("there is no line #{}", number)
                                : fmt::format("line #{} names line #{}, which is not there", asked_by, number));
    }
    if (!open_.emplace(number, true).second) {
      return Fail(ErrorCode::kInvalidInput, fmt::format("line #{} refers to itself, directly or in a circle", number));
    }
    if (open_.size() > kMaxDepth) {
      return Fail(ErrorCode::kInvalidInput,
                  fmt::format("more than {} lines refer to one another in a chain", kMaxDepth));
    }
    LITMILL_TRY(const Shape shape, ShapeOf(found->second->query, number));
    open_.erase(number);
    shapes_.emplace(number, shape);
    return shape;
  }

  Result<Shape> ShapeOf(const Node& node, int line) {
    if (const LineReference* reference = node.AsLineReference()) return ShapeOfLine(reference->number, line);
    Shape shape;
    if (const Operation* operation = node.AsOperation()) {
      for (const Node& operand : operation->operands) {
        LITMILL_TRY(const Shape inner, ShapeOf(operand, line));
        shape.nodes = std::min(shape.nodes + inner.nodes, max_nodes_ + 1);  // Saturates: no overflow.
        shape.depth = std::max(shape.depth, inner.depth + 1);
      }
    }
    return shape;
  }

  Node Filled(const Node& node) const {
    if (const LineReference* reference = node.AsLineReference()) {
      Node filled = Filled(lines_.at(reference->number)->query);
      filled.bracketed = filled.AsOperation() != nullptr;
      return filled;
    }
    const Operation* operation = node.AsOperation();
    if (operation == nullptr) return node;
    Node filled;
    filled.span = node.span;
    filled.bracketed = node.bracketed;
    Operation copy{operation->op, {}};
    copy.operands.reserve(operation->operands.size());
    for (const Node& operand : operation->operands) copy.operands.push_back(Filled(operand));
    filled.value = std::move(copy);
    return filled;
  }

  std::size_t max_nodes_;
  std::map<int, const Line*> lines_;
  std::map<int, Shape> shapes_;
  std::map<int, bool> open_;
};

}  // namespace

Result<void> CheckReferences(const Strategy& strategy, std::size_t max_nodes) {
  Resolver resolver(strategy, max_nodes);
  for (const Line& line : strategy.lines) LITMILL_CHECK(resolver.Check(line.number));
  return {};
}

Result<Node> ResolveLine(const Strategy& strategy, int number, std::size_t max_nodes) {
  return Resolver(strategy, max_nodes).LineOf(number);
}

Result<Node> Resolve(const Strategy& strategy, std::size_t max_nodes) {
  if (strategy.lines.empty()) return Fail(ErrorCode::kInvalidInput, "the strategy is empty");
  return ResolveLine(strategy, strategy.lines.back().number, max_nodes);
}

}  // namespace litmill::search
