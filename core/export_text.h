// SPDX-License-Identifier: Apache-2.0
// The plain forms in which export formats hold what a Record holds in parts; parse/ reads them back.
#pragma once

#include <string>
#include <string_view>

#include "core/record.h"

namespace litmill {

/// `text` as one line that no line-based format can misread: every run of control characters, line ends (U+2028 and
/// U+2029 too) and white space becomes one space, the ends are trimmed, what is not UTF-8 becomes U+FFFD. Text as a
/// Record promises it comes back unchanged.
[[nodiscard]] std::string OneLine(std::string_view text);

/// The abstract in one line as PubMed's text format writes it: sections in order, "LABEL: " before each that has one.
[[nodiscard]] std::string JoinedAbstract(const Record& record);

/// A section as it stands in JoinedAbstract; empty when it has neither label nor text.
[[nodiscard]] std::string JoinedSection(const AbstractSection& section);

/// Whether exports name the person or group: not one without any name, and no misspelt name that PubMed keeps for
/// searching.
[[nodiscard]] bool IsListed(const Author& author);

/// "Migraine Disorders/*drug therapy/epidemiology": a star marks the major topics. A slash inside a name is written as
/// a fraction slash (U+2044), so that names and qualifiers stay apart.
[[nodiscard]] std::string MeshText(const MeshHeading& heading);
/// What MeshText wrote, without the identifiers that it cannot hold.
[[nodiscard]] MeshHeading MeshFromText(std::string_view text);

}  // namespace litmill
