// SPDX-License-Identifier: Apache-2.0
// The text rule: an element's text is all text below it in document order, white space folded, nothing glued and
// nothing put between at inline tags. In MathML a space goes between parts that would glue to another number (numerator
// and denominator, cells).
#pragma once

#include <pugixml.hpp>

#include <string>
#include <string_view>

#include "core/record.h"
#include "parse/record_context.h"

namespace litmill::parse {

/// Runs of XML white space as one space, ends trimmed.
[[nodiscard]] std::string FoldSpace(std::string_view text);

/// Plain text of `element`.
[[nodiscard]] std::string TextOf(RecordContext& context, pugi::xml_node element);

/// The same without a copy where none is needed. The view lives as long as the slice and the context.
[[nodiscard]] std::string_view TextViewOf(RecordContext& context, pugi::xml_node element);

/// Plain text and, when there is an element inside, the inner XML.
[[nodiscard]] MarkedText MarkedTextOf(RecordContext& context, pugi::xml_node element);

}  // namespace litmill::parse
