// SPDX-License-Identifier: Apache-2.0
// Page ranges as MEDLINE prints them: "123-34" means 123 to 134.
#pragma once

#include <string>
#include <string_view>

namespace litmill::parse {

struct PageRange {
  std::string start;
  std::string end;
};

/// First and last page of the first range in `pages`; `end` is empty when only one page is named.
/// "123-34" -> 123, 134; "S1-9; discussion S10" -> S1, S9; "e12" -> e12, "".
[[nodiscard]] PageRange FirstPageRange(std::string_view pages);

/// `end` with the leading part that it leaves out taken from `start` ("101", "10" -> "110"; "S11", "9" -> "S19");
/// `end` itself when it is complete or the two do not fit.
[[nodiscard]] std::string CompleteEndPage(std::string_view start, std::string_view end);

}  // namespace litmill::parse
