// SPDX-License-Identifier: Apache-2.0
// Reads abstracts with spans in the brat format: NAME.txt beside NAME.ann.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/record.h"
#include "core/tagged_record.h"

namespace litmill::tag::testing {

struct BratSpan {
  std::string kind;       ///< "Outcome", "total-participants", ...
  std::size_t start = 0;  ///< In bytes of the text, though brat counts characters.
  std::size_t end = 0;    ///< Behind its last part; the gaps of a discontinuous span are in it.
  std::string text;       ///< As the annotation file prints it.
};

struct BratDocument {
  std::string name;
  std::string text;
  std::vector<BratSpan> spans;
  Record record;                            ///< The first line is the title; lines "LABEL : ..." begin sections.
  std::vector<std::size_t> section_starts;  ///< Where each abstract section begins in `text`.

  /// Where the mention of the record stands in `text`.
  [[nodiscard]] std::size_t StartOf(const Mention& mention) const;
};

/// Every document of the folder, by name.
[[nodiscard]] std::vector<BratDocument> ReadBratFolder(const std::string& folder);

}  // namespace litmill::tag::testing
