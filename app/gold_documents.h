// SPDX-License-Identifier: Apache-2.0
// Labelled documents in the formats in which corpora are published: PubTator and brat.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"

namespace litmill::app {

/// What an annotator marked in a document.
struct GoldSpan {
  std::string type;       ///< "Disease", "Outcome", "total-participants", ...
  std::size_t start = 0;  ///< Bytes in the document's text, half-open.
  std::size_t end = 0;
  std::string text;
  std::vector<std::string> ids;  ///< MeSH UIs without "MESH:".
};

/// Where a field of the record stands in the document's text.
struct GoldPiece {
  std::string field;
  std::int32_t position = 0;
  std::size_t start = 0;
};

struct GoldDocument {
  std::string id;
  Record record;
  std::vector<GoldSpan> spans;
  std::vector<GoldPiece> pieces;

  /// The place in the document of byte `at` of a field; npos for a field that the document has not.
  [[nodiscard]] std::size_t PlaceOf(std::string_view field, std::int32_t position, std::size_t at) const;
};

/// Documents of a file, and what of it could not be read ("FILE:LINE: ...").
struct GoldDocuments {
  std::vector<GoldDocument> documents;
  std::vector<std::string> problems;
};

/// Does the text begin as PubTator does ("12345|t|")?
[[nodiscard]] bool LooksLikePubTator(std::string_view text);

/// "PMID|t|title", "PMID|a|abstract", then annotations: PMID, start, end, words, type, identifiers, tab-separated.
/// Offsets count code points of title, a space, abstract. Relations (four columns) are passed over.
void ReadPubTator(std::string_view text, const std::string& file, GoldDocuments& out);

/// brat: `text` with the annotations of the .ann file beside it ("T1<tab>Type START END<tab>words"; offsets count code
/// points). A first line before a blank line is the title; a paragraph that begins with a heading in capitals and a
/// colon is a section of that name.
void ReadBrat(std::string_view text, std::string_view annotations, const std::string& id, const std::string& file,
              GoldDocuments& out);

}  // namespace litmill::app
