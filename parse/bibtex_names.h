// SPDX-License-Identifier: Apache-2.0
// Names and lists in values of BibTeX, where braces protect what stands in them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"

namespace litmill::parse {

enum class BibtexNames {
  kUsual,      ///< TeX is read, and capitals with dots are initials.
  kAsWritten,  ///< litmill's own: nothing is read into the parts.
};

/// The people of an author or editor field: "Family, Jr, Given and {A Group} and Given von Family". `others` = the list
/// ends in "and others".
[[nodiscard]] std::vector<Author> PeopleOfBibtex(std::string_view value, bool& others,
                                                 BibtexNames names = BibtexNames::kUsual);

/// The parts of `value` between `separator`s outside of braces, still in TeX.
[[nodiscard]] std::vector<std::string> SplitOutsideBraces(std::string_view value, char separator);

}  // namespace litmill::parse
