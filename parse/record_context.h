// SPDX-License-Identifier: Apache-2.0
// What the readers of one record share: its limits, the warnings they find, and the one way to walk an element's children.
#pragma once

#include <pugixml.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parse/element_names.h"
#include "parse/parse.h"

namespace litmill::parse {

/// White space as XML knows it; everything else is text.
constexpr bool IsXmlSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Gathers what is odd about one record. Not thread-safe; one per record.
class RecordContext {
 public:
  RecordContext(const Limits& limits, Position position) : limits_(limits), position_(position) {}
  RecordContext(const RecordContext&) = delete;
  RecordContext& operator=(const RecordContext&) = delete;

  void Warn(std::string_view code, std::string message);
  /// An element that no DTD known here has at this place; its depth is checked, its content left out.
  void UnknownElement(const char* parent, pugi::xml_node element);
  /// An element unknown here, whose text was kept all the same.
  void UnknownInlineElement(const char* parent, const char* name);
  /// Text directly inside an element that should hold only elements.
  void StrayText(const char* parent, const char* text);
  /// Told by every walk that goes as deep as the document does; `below` counts from the walked element.
  void NoteDepth(std::size_t below);

  [[nodiscard]] bool too_deep() const { return too_deep_; }
  [[nodiscard]] const Limits& limits() const { return limits_; }
  /// All warnings, the unknown elements and stray texts as one each, with the record's PMID and place filled in.
  [[nodiscard]] std::vector<Problem> TakeWarnings(const std::string& source_id);

 private:
  const Limits& limits_;
  Position position_;
  std::vector<Problem> warnings_;
  std::vector<std::string> unknown_;  ///< "Parent/Child", each once, a few only.
  std::size_t unknown_count_ = 0;
  std::vector<std::string> stray_;  ///< "Parent (\"text\")", a few only.
  std::size_t stray_count_ = 0;
  bool too_deep_ = false;
};

/// Calls `visit(child, element)` for each child element of `parent` in order. Text that should not be there is noted, unknown
/// elements are the visitor's to report (its `default:`), because a known name can stand in a wrong place too.
template <typename Visitor>
void ForEachElement(RecordContext& context, pugi::xml_node parent, Visitor visit) {
  for (pugi::xml_node child = parent.first_child();; child = child.next_sibling()) {
    const pugi::xml_node_type type = child.type();
    if (type == pugi::node_null) return;
    if (type == pugi::node_element) {
      visit(child, ElementNamed(child.name()));
    } else if (type == pugi::node_pcdata || type == pugi::node_cdata) {
      const char* text = child.value();
      while (IsXmlSpace(*text)) ++text;
      if (*text != '\0') context.StrayText(parent.name(), text);
    }
  }
}

/// Value of attribute `name`, "" when absent. The view lives as long as the slice.
[[nodiscard]] inline std::string_view AttributeOf(pugi::xml_node node, const char* name) {
  return node.attribute(name).value();
}

}  // namespace litmill::parse
