// SPDX-License-Identifier: Apache-2.0
// What the tagger says of a Record: mentions (evidence at a place) and tags (conclusions). Travels from tag/ to store/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace litmill {

/// From which part of the record the evidence comes.
enum class Evidence { kText, kMesh, kPublicationType, kChemical, kKeyword };
[[nodiscard]] std::string_view EvidenceName(
    Evidence evidence);  // "text", "mesh", "publication-type", "chemical", "keyword"

/// What a sentence is there for. From the section's NLM category or its label, else from the words of the sentence.
enum class SectionRole : std::uint8_t {
  kTitle,
  kBackground,
  kObjective,
  kMethods,
  kResults,
  kConclusions,
  kLimitations,
  kKeyword,
  kIndex,  ///< MeSH heading, chemical, publication type.
  kOther,  ///< Nothing is known: an unstructured sentence without cues.
};
inline constexpr std::size_t kSectionRoleCount = 10;
[[nodiscard]] std::string_view SectionRoleName(
    SectionRole role);  // "title", "background", ..., "keyword", "index", "other"

/// How the text means what it mentions, strongest first: a tag takes the strongest of its mentions.
enum class Assertion : std::uint8_t {
  kPresent,
  kHedged,      ///< "may improve", "is thought to".
  kObjective,   ///< What the study set out to do: "to assess the effect on ...".
  kComparator,  ///< "compared with magnesium oxide".
  kBackground,  ///< What was known before, and histories: "a family history of migraine".
  kExcluded,    ///< Of the people who could not take part.
  kNegated,     ///< "no evidence of dementia".
};
[[nodiscard]] std::string_view AssertionName(Assertion assertion);  // "present", "hedged", ..., "negated"

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
  SectionRole role = SectionRole::kOther;
  Assertion assertion = Assertion::kPresent;
  double weight = 1;  ///< 0 to 1, by facet and role; see RuleSet::weights.
};
inline constexpr std::uint32_t kNoRule = 0xFFFFFFFF;
inline constexpr std::uint32_t kNoConcept = 0xFFFFFFFF;

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
  Assertion assertion = Assertion::kPresent;  ///< The strongest of its mentions (and of its children's).
  double weight = 0;                          ///< 0 to 1: the largest weight among its mentions (and its children's).
};

/// A number with its meaning. The place is given as in Mention.
struct Quantity {
  std::string kind;  ///< "dose", "duration", "follow-up", "baseline-period", "washout", "infusion-time", "sample-size",
                     ///< "effect", "p-value".
  std::string field;
  std::int32_t position = 0;
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  std::string text;             ///< Exactly the bytes of the place.
  double amount = 0;            ///< The parsed value; of a range its lower end; of an effect its estimate.
  std::optional<double> upper;  ///< Of a range.
  std::string unit;   ///< "mg", "mmol", "day", "week", "OR", "SMD", "<" (of a p-value), "participants", "studies" ...
  std::string per;    ///< Of a dose: "day", "2/day" (the amount twice a day), "single", "kg", "kg/day", "hour", "week"
                      ///< ...; empty = not said.
  std::string basis;  ///< Of a dose: "elemental", "salt"; empty = not said. Of a sample size its role: "total" (one a
                      ///< record; the sum of the arms where only they are told), "arm", "analysed", "screened",
                      ///< "studies".
  std::uint32_t agent = kNoConcept;       ///< Of a dose: what was given; a concept of a facet of agents.
  std::optional<double> ci_low, ci_high;  ///< Of an effect: its confidence interval as printed beside it.
  SectionRole role = SectionRole::kOther;
};

enum class Movement : std::uint8_t { kIncreased, kDecreased, kNoDifference, kUnclear };
[[nodiscard]] std::string_view MovementName(Movement movement);  // "increased", "decreased", "no-difference", "unclear"

/// What the movement means for the person: movement times the outcome's valence.
enum class Benefit : std::uint8_t { kBetter, kWorse, kNone, kUnknown };
[[nodiscard]] std::string_view BenefitName(Benefit benefit);  // "better", "worse", "none", "unknown"

/// One sentence's statement that an intervention or exposure moved an outcome.
struct Finding {
  std::uint32_t intervention = kNoConcept;  ///< A form or an exposure.
  std::uint32_t outcome = kNoConcept;       ///< An outcome, or a condition where the sentence names no outcome.
  std::uint32_t direction = kNoConcept;     ///< The concept of facet direction that the cue stands for.
  Movement movement = Movement::kUnclear;
  Benefit benefit = Benefit::kUnknown;
  std::uint32_t comparator = kNoConcept;
  std::string subgroup;   ///< The words that limit it to a part of the people; empty = all.
  double confidence = 0;  ///< 0 to 1.
  std::string field;      ///< Of the sentence.
  std::int32_t position = 0;
  std::uint32_t start = 0;  ///< The sentence, as in Mention.
  std::uint32_t end = 0;
  std::string sentence;  ///< Exactly these bytes.
  SectionRole role = SectionRole::kOther;
  Assertion assertion = Assertion::kPresent;
};

/// What the findings of a record say together of one intervention and outcome.
struct Conclusion {
  std::uint32_t intervention = kNoConcept;
  std::uint32_t outcome = kNoConcept;
  Movement movement = Movement::kUnclear;
  Benefit benefit = Benefit::kUnknown;
  bool is_mixed = false;  ///< Findings disagree.
  std::uint32_t finding_count = 0;
};

struct TaggedRecord {
  std::vector<Mention> mentions;      ///< In order of field, position, start, end, concept: the same for every run.
  std::vector<Tag> tags;              ///< In order of concept index.
  std::vector<Rejection> rejections;  ///< Only when asked for.
  std::vector<Mention> cues;          ///< Matches of the facet "cue"; only when asked for.
  std::vector<Quantity> quantities;   ///< In order of field, position, start.
  std::vector<Finding> findings;      ///< In order of field, position, start, intervention, outcome.
  std::vector<Conclusion> conclusions;
};

}  // namespace litmill
