// SPDX-License-Identifier: Apache-2.0
// The tags of a markup fragment: which ones are known, and the fragment cut at them into blocks of well-formed XML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parse/record_context.h"

namespace litmill::parse {

struct Block {
  enum class Kind { kText, kHeading, kSectionEnd };
  Kind kind = Kind::kText;
  std::string xml;  ///< Well-formed: only i, b, sup, sub, u and MathML inside.
};

/// `fragment` in blocks, none of them blank. Tags that were escaped as text count as tags; other "<" are text.
[[nodiscard]] std::vector<Block> BlocksOf(RecordContext& context, std::string_view fragment);

/// Nothing but white space.
[[nodiscard]] bool IsBlank(std::string_view xml);

}  // namespace litmill::parse
