// SPDX-License-Identifier: Apache-2.0
// Identifiers of publications and people, and the one normal form in which two of them are compared.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace litmill {

/// A PubMed identifier: 1 to 2^32-1. PubMed reads an id as the number its digits spell (leading zeros are
/// ignored), so the number is the normal form. Surrounding white space is allowed, anything else is not.
[[nodiscard]] std::optional<std::uint32_t> ParsePmid(std::string_view text);

/// "PMC" and digits without a version ("pmc123.2", "123" with `bare_digits`, "PMC123" -> "PMC123").
[[nodiscard]] std::optional<std::string> NormalisePmcid(std::string_view text);

/// A DOI in the form used for comparison: prefixes (doi:, http(s)://(dx.)doi.org/) taken off, percent-decoded when it
/// came as a URL, ASCII lower case (DOIs are case-insensitive, DOI Handbook 2.4), white space at the ends and trailing
/// sentence punctuation removed, an unbalanced closing bracket at the end removed. Nothing when what remains is no
/// "10.<registrant>/<suffix>".
[[nodiscard]] std::optional<std::string> NormaliseDoi(std::string_view text);

/// "0000-0002-1825-0097" from any ORCID form, its ISO 7064 checksum verified.
[[nodiscard]] std::optional<std::string> NormaliseOrcid(std::string_view text);

}  // namespace litmill
