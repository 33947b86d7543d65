// SPDX-License-Identifier: Apache-2.0
// Walking Crossref's XML: elements by their names without namespaces, and the one element that a deposit is about.
#pragma once

#include <pugixml.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"
#include "parse/json_reader.h"

namespace litmill::parse {

[[nodiscard]] inline bool IsElement(pugi::xml_node node) { return node.type() == pugi::node_element; }

/// The element's name without its prefix.
[[nodiscard]] std::string_view LocalName(pugi::xml_node node);

/// First child element of that local name, or none.
[[nodiscard]] pugi::xml_node ChildNamed(pugi::xml_node node, std::string_view local_name);

[[nodiscard]] std::vector<pugi::xml_node> ChildrenNamed(pugi::xml_node node, std::string_view local_name);

/// The XML between the element's tags.
[[nodiscard]] std::string InnerXml(pugi::xml_node node);

/// The element's text with its markup, and an attribute's, cleaned.
[[nodiscard]] MarkedText MarkedOf(JsonRecord& fields, pugi::xml_node node);
[[nodiscard]] std::string AttributeOf(JsonRecord& fields, pugi::xml_node node, const char* name);

/// The element that describes the record: an article of a journal, a chapter, a book, ...
struct CrossrefItem {
  pugi::xml_node node;
  pugi::xml_node
      top;           ///< What it stands in, below <crossref>: <journal>, <book>, ...; itself when it stands in nothing.
  std::string type;  ///< Crossref's JSON name for its type ("journal-article").
};

/// Text of the element's own DOI, "" when there is none.
[[nodiscard]] std::string CrossrefDoiOf(pugi::xml_node item);

/// The item of `crossref` whose DOI is `wanted` (normal form, or empty), else the most particular one with a DOI: of an
/// article in an issue of a journal the article, though all three have DOIs. Its node is empty when nothing has a DOI.
[[nodiscard]] CrossrefItem FindCrossrefItem(pugi::xml_node crossref, const std::string& wanted);

}  // namespace litmill::parse
