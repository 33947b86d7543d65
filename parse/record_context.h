// SPDX-License-Identifier: Apache-2.0
// What the readers of one record share: its limits, the warnings they find, and the one way to walk an element's
// children.
#pragma once

#include <pugixml.hpp>

#include <cstddef>
#include <forward_list>
#include <string>
#include <string_view>
#include <utility>
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

  /// Keeps `text` as long as the context lives.
  [[nodiscard]] std::string_view Keep(std::string text) { return kept_.emplace_front(std::move(text)); }

  [[nodiscard]] bool too_deep() const { return too_deep_; }
  [[nodiscard]] const Limits& limits() const { return limits_; }
  /// All warnings, the unknown elements and stray texts as one each, with the record's PMID and place filled in.
  [[nodiscard]] std::vector<Problem> TakeWarnings(const std::string& source_id);

 private:
  const Limits& limits_;
  Position position_;
  std::forward_list<std::string> kept_;
  std::vector<Problem> warnings_;
  std::vector<std::string> unknown_;  ///< "Parent/Child", each once, a few only.
  std::size_t unknown_count_ = 0;
  std::vector<std::string> stray_;  ///< "Parent (\"text\")", a few only.
  std::size_t stray_count_ = 0;
  bool too_deep_ = false;
};

/// Calls `visit(child, element)` for each child element of `parent` in order. Text that should not be there is noted,
/// unknown elements are the visitor's to report (its `default:`), because a known name can stand in a wrong place too.
template <typename Visitor>
void ForEachElement(RecordContext& context, pugi::xml_node parent, Visitor visit) {
  const auto expect_blank = [&](const char* text) {
    while (IsXmlSpace(*text)) ++text;
    if (*text != '\0') context.StrayText(parent.name(), text);
  };
  expect_blank(parent.value());  // Text before the first child (parse_embed_pcdata).
  for (pugi::xml_node child = parent.first_child();; child = child.next_sibling()) {
    const char* const name = child.name();
    if (*name != '\0') {  // Of the nodes that ParseSlice asks for, elements alone have names.
      visit(child, ElementNamed(name));
    } else if (child.type() == pugi::node_null) {
      return;
    } else {
      expect_blank(child.value());
    }
  }
}

/// Makes room in `elements`, when it is empty, for one element for each child of `list`.
template <typename T>
void ReserveFor(pugi::xml_node list, std::vector<T>& elements) {
  if (!elements.empty()) return;  // Growing by little again and again would cost the square of the input.
  std::size_t count = 0;
  for (pugi::xml_node child = list.first_child(); child; child = child.next_sibling()) ++count;
  elements.reserve(count);
}

/// Value of attribute `name`, "" when absent. The view lives as long as the slice.
[[nodiscard]] inline std::string_view AttributeOf(pugi::xml_node node, const char* name) {
  return node.attribute(name).value();
}

}  // namespace litmill::parse
