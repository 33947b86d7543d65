// SPDX-License-Identifier: Apache-2.0
#include "search/concept_blocks.h"

#include <fmt/format.h>

#include <utility>

#include "search/parser.h"
#include "search/words.h"

namespace litmill::search {
namespace {

/// Untagged terms get the block's field; positions within a single term mean nothing to the whole, so they go.
void Settle(Node& node, Field field) {
  node.span = Span{};
  node.bracketed = false;
  if (auto* operation = std::get_if<Operation>(&node.value)) {
    for (Node& operand : operation->operands) Settle(operand, field);
  } else if (auto* term = std::get_if<Term>(&node.value)) {
    if (term->field != Field::kNone) return;
    term->field = field;
    if (term->text.find(' ') != std::string::npos) term->quoted = true;
  }
}

Node HeadingNode(std::string_view heading, bool explode) {
  const std::size_t slash = heading.find('/');
  const std::string_view subheading = slash == std::string_view::npos ? std::string_view() : heading.substr(slash + 1);
  heading = heading.substr(0, slash);
  return explode ? MakeMesh(heading, subheading) : MakeMeshNoexp(heading, subheading);
}

Node AnyOf(const std::vector<std::string>& values, Field field) {
  std::vector<Node> nodes;
  for (const std::string& value : values) {
    nodes.push_back(MakeTerm(value, field));
    std::get<Term>(nodes.back().value).quoted = true;  // Stops the mapping to other types or languages.
  }
  return Or(std::move(nodes));
}

}  // namespace

Result<Node> BuildBlock(const ConceptBlock& block) {
  std::vector<Node> nodes;
  for (const std::string& heading : block.mesh) nodes.push_back(HeadingNode(heading, true));
  for (const std::string& heading : block.mesh_noexp) nodes.push_back(HeadingNode(heading, false));
  for (std::size_t i = 0; i < block.terms.size(); ++i) {
    LITMILL_TRY(Node node, ParseQuery(block.terms[i], fmt::format("{}, term {}", block.name, i + 1)));
    Settle(node, block.default_field);
    nodes.push_back(std::move(node));
  }
  if (nodes.empty()) return Fail(ErrorCode::kInvalidInput, fmt::format("block \"{}\" has no terms", block.name));
  return Or(std::move(nodes));
}

Result<Node> BuildQuery(const std::vector<ConceptBlock>& all, const SearchLimits& limits) {
  if (all.empty()) return Fail(ErrorCode::kInvalidInput, "a query needs at least one block");
  std::vector<Node> parts;
  for (const ConceptBlock& block : all) {
    LITMILL_TRY(Node node, BuildBlock(block));
    parts.push_back(std::move(node));
  }
  if (limits.first_year != 0 || limits.last_year != 0) {
    const int first = limits.first_year == 0 ? 1000 : limits.first_year;
    const int last = limits.last_year == 0 ? 3000 : limits.last_year;
    if (first > last)
      return Fail(ErrorCode::kInvalidInput, fmt::format("the years {} to {} end before they begin", first, last));
    parts.push_back(MakeYears(first, last));
  }
  if (!limits.publication_types.empty()) parts.push_back(AnyOf(limits.publication_types, Field::kPublicationType));
  if (!limits.languages.empty()) parts.push_back(AnyOf(limits.languages, Field::kLanguage));
  Node query = And(std::move(parts));
  std::vector<Node> excluded;
  for (const ConceptBlock& block : limits.none) {
    LITMILL_TRY(Node node, BuildBlock(block));
    excluded.push_back(std::move(node));
  }
  if (excluded.empty()) return query;
  return Not(std::move(query), Or(std::move(excluded)));
}

}  // namespace litmill::search
