// SPDX-License-Identifier: Apache-2.0
// A quick look at an XML document, enough to judge whether it came whole: its root, and whether every element is
// closed.
#pragma once

#include <string>
#include <string_view>

namespace litmill::fetch {

struct XmlShape {
  bool is_xml = false;     ///< The first thing that is not white space is markup.
  std::string root;        ///< Name of the first element; empty when there is none.
  bool complete = false;   ///< Every element is closed and nothing but comments and white space follows the root.
  std::string problem;     ///< Why it is not complete.
  std::string error_text;  ///< Text of an <ERROR> or <error> element that is the root or a child of the root.
};

/// Looks at `text` once, front to back; linear time. It does not replace a parser: attributes and entities are not
/// checked.
[[nodiscard]] XmlShape InspectXml(std::string_view text);

}  // namespace litmill::fetch
