// SPDX-License-Identifier: Apache-2.0
// A Record's fields into a SearchableRecord: which element answers to which of PubMed's fields.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"
#include "search/mesh_tree.h"
#include "search/searchable_record.h"

namespace litmill::search {

class RecordIndexer {
 public:
  RecordIndexer(const Record& record, const MeshTree* tree, SearchableRecord& out)
      : record_(record), tree_(tree), out_(out) {}
  void Run();

 private:
  void Texts();
  void Headings();
  void Heading(const MeshHeading& heading);
  void PublicationTypes();
  void People();
  void Person(const Author& author);
  void Source();
  void Identifiers();
  void Substances();
  void Filters();
  void Days();
  [[nodiscard]] int Day(std::string_view kind) const;
  [[nodiscard]] std::vector<std::string> Above(std::string_view heading) const;

  void AddText(std::string_view text, std::uint32_t parts);
  void AddWords(const std::vector<std::string>& words, std::uint32_t parts);
  void AddKey(KeySpace space, std::string_view text);  ///< Folded; nothing when no word is left.
  void AddFoldedKey(KeySpace space, std::string key);
  void Finish();

  const Record& record_;
  const MeshTree* tree_;
  SearchableRecord& out_;
  /// One word of the record at its position; sorted by word and position in the end.
  struct Token {
    std::uint64_t head;  ///< The first eight bytes, so that most comparisons are one of numbers.
    std::uint32_t text, size;
    std::uint32_t position, parts;
  };
  std::string letters_;
  std::vector<Token> tokens_;
};

}  // namespace litmill::search
