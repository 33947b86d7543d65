// SPDX-License-Identifier: Apache-2.0
// PubMed's publication types by their names, for formats that give the name alone.
#pragma once

#include <string_view>

#include "core/record.h"

namespace litmill::parse {

/// The type with its MeSH identifier and PubMed's spelling where PubMed has one of this name (letter case does not
/// matter), else the name alone.
[[nodiscard]] PublicationType PublicationTypeNamed(std::string_view name);

}  // namespace litmill::parse
