// SPDX-License-Identifier: Apache-2.0
// What the tagger says of a Record: mentions (evidence at a place) and tags (conclusions). Travels from tag/ to store/.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace litmill {

/// From which part of the record the evidence comes.
enum class Evidence { kText, kMesh, kPublicationType, kChemical, kKeyword };
[[nodiscard]] std::string_view EvidenceName(
    Evidence evidence);  // "text", "mesh", "publication-type", "chemical", "keyword"

/// One piece of evidence. For text and keywords `start`/`end` are byte offsets into the *stored* text of the field
/// (half-open, on code-point boundaries) and `text` is exactly those bytes. For MeSH, chemicals and publication types
/// the offsets are 0 and the length of the name, `text` is the name and `ui` its identifier.
struct Mention {
  std::uint32_t concept_index = 0;  ///< Into RuleSet::concepts.
  std::uint32_t rule_index = 0;     ///< Into RuleSet::FlattenedRules(); kNoRule for index evidence.
  Evidence evidence = Evidence::kText;
  std::string field;  ///< "title", "abstract", "other-abstract", "keyword", "mesh", "chemical", "publication-type".
  std::int32_t position = 0;  ///< Which section, keyword, heading ...: its index in the record, from 0.
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  std::string text;
  std::string ui;
  bool major = false;  ///< A MeSH major topic (descriptor or any qualifier).
};
inline constexpr std::uint32_t kNoRule = 0xFFFFFFFF;

/// A look-alike that was seen and refused, for `tag --explain`.
struct Rejection {
  std::uint32_t concept_index = 0;
  std::uint32_t rule_index = 0;
  std::string field;
  std::int32_t position = 0;
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  std::string text;
  std::string reason;  ///< "masked by condition/depression/mask/2 (\"ST depression\")", "gate not met: ...", "inside a
                       ///< longer mention of ...".
};

/// The record is about the concept. `implied` = only through a child concept.
struct Tag {
  std::uint32_t concept_index = 0;
  std::uint32_t mention_count = 0;
  bool in_title = false;
  bool from_text = false;   ///< title, abstract or keyword
  bool from_index = false;  ///< MeSH, chemical, publication type
  bool major = false;
  bool implied = false;
};

struct TaggedRecord {
  std::vector<Mention> mentions;      ///< In order of field, position, start, end, concept: the same for every run.
  std::vector<Tag> tags;              ///< In order of concept index.
  std::vector<Rejection> rejections;  ///< Only when asked for.
};

}  // namespace litmill
