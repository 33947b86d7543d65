// SPDX-License-Identifier: Apache-2.0
// Databases as export files name them, and the form of their accession numbers.
#pragma once

#include <string>
#include <string_view>

namespace litmill::parse {

/// "Ovid MEDLINE(R) <1946 to June 30, 2025>" -> "medline"; "Embase Classic+Embase" -> "embase"; "Web of Science Core
/// Collection" -> "wos"; "APA PsycInfo" -> "psycinfo"; "PubMed" -> "pubmed"; ... A name that is not known becomes lower
/// case letters and digits joined by hyphens. Empty when nothing is left.
[[nodiscard]] std::string DatabaseName(std::string_view name);

/// The accession number in the form under which records of `database` (a result of DatabaseName) are stored, e.g.
/// "2-s2.0-85012345678" for Scopus. Empty when `accession` cannot be one: the databases that litmill knows are strict,
/// of another anything is taken that has a digit and is no bare running number of up to five digits.
[[nodiscard]] std::string AccessionOf(std::string_view database, std::string_view accession);

}  // namespace litmill::parse
