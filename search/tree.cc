// SPDX-License-Identifier: Apache-2.0
#include "search/tree.h"

#include <algorithm>
#include <utility>

#include "search/words.h"

namespace litmill::search {
namespace {

Node Join(Operator op, std::vector<Node> operands) {
  if (operands.size() == 1) return std::move(operands.front());
  Node node;
  node.value = Operation{op, std::move(operands)};
  return node;
}

void CollectLeaves(const Node& node, std::vector<const Node*>& out) {
  if (const Operation* operation = node.AsOperation()) {
    for (const Node& operand : operation->operands) CollectLeaves(operand, out);
  } else {
    out.push_back(&node);
  }
}

}  // namespace

std::string_view OperatorName(Operator op) {
  switch (op) {
    case Operator::kAnd:
      return "AND";
    case Operator::kOr:
      return "OR";
    case Operator::kNot:
      return "NOT";
  }
  return "";
}

bool operator==(const Operation& a, const Operation& b) { return a.op == b.op && a.operands == b.operands; }

Node MakeTerm(std::string_view text, Field field) {
  Term term;
  term.text = FoldWhitespace(text);
  term.quoted = term.text.find(' ') != std::string::npos;
  term.field = field;
  Node node;
  node.value = std::move(term);
  return node;
}

Node MakeMesh(std::string_view heading, std::string_view subheading) {
  Term term;
  term.text = FoldWhitespace(heading);
  term.subheading = FoldWhitespace(subheading);
  term.quoted = true;
  term.field = Field::kMesh;
  Node node;
  node.value = std::move(term);
  return node;
}

Node MakeMeshNoexp(std::string_view heading, std::string_view subheading) {
  Node node = MakeMesh(heading, subheading);
  std::get<Term>(node.value).explode = false;
  return node;
}

Node MakeProximity(std::string_view words, int words_between, Field field) {
  Node node = MakeTerm(words, field);
  Term& term = std::get<Term>(node.value);
  term.quoted = true;
  term.proximity = words_between;
  return node;
}

Node MakeYears(int first, int last, Field field) {
  Node node;
  node.value = DateRange{field, DatePoint{first, 0, 0}, DatePoint{last, 0, 0}, false, std::nullopt};
  return node;
}

Node MakeReference(int line) {
  Node node;
  node.value = LineReference{line};
  return node;
}

Node And(std::vector<Node> operands) { return Join(Operator::kAnd, std::move(operands)); }
Node Or(std::vector<Node> operands) { return Join(Operator::kOr, std::move(operands)); }

Node Not(Node from, Node taken_away) {
  std::vector<Node> operands;
  operands.push_back(std::move(from));
  operands.push_back(std::move(taken_away));
  return Join(Operator::kNot, std::move(operands));
}

std::size_t Depth(const Node& node) {
  const Operation* operation = node.AsOperation();
  if (operation == nullptr) return 0;
  std::size_t deepest = 0;
  for (const Node& operand : operation->operands) deepest = std::max(deepest, Depth(operand));
  return deepest + 1;
}

std::vector<const Node*> Leaves(const Node& node) {
  std::vector<const Node*> out;
  CollectLeaves(node, out);
  return out;
}

}  // namespace litmill::search
