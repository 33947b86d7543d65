// SPDX-License-Identifier: Apache-2.0
#include "core/tagged_record.h"

namespace litmill {

std::string_view EvidenceName(Evidence evidence) {
  switch (evidence) {
    case Evidence::kText:
      return "text";
    case Evidence::kMesh:
      return "mesh";
    case Evidence::kPublicationType:
      return "publication-type";
    case Evidence::kChemical:
      return "chemical";
    case Evidence::kKeyword:
      return "keyword";
  }
  return "text";
}

}  // namespace litmill
