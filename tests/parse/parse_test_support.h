// SPDX-License-Identifier: Apache-2.0
// Synthetic PubMed XML for the tests of the parse stage, and short ways to what comes out. All data here is made up.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parse/parse.h"

namespace litmill::parse::testing {

/// A PubmedArticle whose Article holds `article`; `citation` follows Article, `data` stands in PubmedData.
std::string ArticleXml(const std::string& article, const std::string& citation = {}, const std::string& data = {},
                       const std::string& pmid = "90000001");
/// `records` in a PubmedArticleSet with XML declaration and external DOCTYPE.
std::string SetXml(const std::string& records);

std::string Gzip(std::string_view bytes);

/// What a document gave, sorted by kind.
struct Outcome {
  std::vector<ParsedRecord> records;
  std::vector<Deletion> deletions;
  std::vector<Problem> errors;    ///< Error-level problems of records and of the document.
  std::vector<Problem> warnings;  ///< All warnings, of records too.
  Result<void> result;
  std::uint64_t slices = 0;
};

/// Reads a document in chunks of `chunk_size` (0 = whole).
Outcome Read(std::string_view bytes, std::size_t chunk_size = 0, const Limits& limits = {});

/// The record of a document that holds exactly one and has no errors.
Record OnlyRecord(std::string_view document);

/// One line a thing that came out, with its place: equal strings = equal outcomes.
std::string Describe(const Outcome& outcome);
bool HasCode(const std::vector<Problem>& problems, std::string_view code);

}  // namespace litmill::parse::testing
