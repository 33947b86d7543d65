// SPDX-License-Identifier: Apache-2.0
// A rule set: what the tagger looks for, as plain data. app/ reads it from the YAML files in rules/, tag/ compiles it,
// store/ keeps it beside the tags that it made.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "core/tagged_record.h"

namespace litmill {

/// Where a rule stands in its file, for messages. Lines and columns count from 1.
struct RuleOrigin {
  std::string file;
  int line = 0;
  int column = 0;
};

enum class RuleKind { kInclude, kMask };
enum class GateScope { kNone, kSentence, kRecord };

/// When an abbreviation stands for its concept. A definition in the record with a long form that is not one of the
/// concept's own patterns ("atopic dermatitis (AD)") always refuses it.
enum class AbbreviationPolicy {
  kNone,     ///< The rule is no abbreviation.
  kSafe,     ///< By itself.
  kGated,    ///< When its gate is met.
  kDefined,  ///< Only where the record defines it with one of the concept's own patterns, or has the concept's MeSH UI.
};

/// Which movement of an outcome is good for the person.
enum class Valence { kUnknown, kLowerIsBetter, kHigherIsBetter };

/// Concepts of this facet are words about other words ("no evidence of", "compared with"): they are matched like any
/// concept, tell how mentions near them are meant (tag/assertion.h), and are never tags.
inline constexpr const char* kCueFacet = "cue";

/// One pattern. RE2 syntax, matched on normalised text between word edges (a letter or digit on neither side) and
/// without regard to case unless `case_sensitive`. A mask blocks `concept` (or every concept of the facet when
/// `concept` is "*") inside its span.
struct Rule {
  std::string name;  ///< Unique in the set and stable: "condition/migraine/include/1".
  RuleKind kind = RuleKind::kInclude;
  std::string pattern;
  bool case_sensitive = false;
  std::string gate;  ///< Pattern that must also match within `gate_scope`; empty = none.
  GateScope gate_scope = GateScope::kNone;
  AbbreviationPolicy abbreviation = AbbreviationPolicy::kNone;
  RuleOrigin origin;
};

struct Example {
  std::string text;
  bool should = true;  ///< The concept must (or must not) be tagged in `text`.
  RuleOrigin origin;
};

struct Concept {
  std::string facet;  ///< "condition", "form", "outcome", "design", ...
  std::string id;     ///< "migraine"; unique in its facet.
  std::string label;  ///< For people: "Migraine".
  std::string definition;
  std::vector<std::string> mesh;  ///< MeSH UIs (descriptor D..., supplementary C...) that stand for the concept.
  std::vector<std::string> publication_types;  ///< Publication type UIs that stand for it.
  std::vector<std::string> parents;            ///< Concept ids of the same facet that it implies.
  Valence valence = Valence::kUnknown;         ///< Of outcomes.
  int rank = 0;  ///< Of a record's concepts of one facet the one with the lowest rank is its main one; 0 = never.
  std::vector<Rule> rules;
  std::vector<Example> examples;
  RuleOrigin origin;
};

/// All rule files together. `version` is the highest-level version string that the files state ("magnesium 1, general
/// 1").
struct RuleSet {
  std::string name;
  std::string version;
  std::vector<Concept> concepts;
  /// How much a mention counts by where it stands, by facet and section role; a facet that is not there counts 1
  /// everywhere.
  std::map<std::string, std::array<double, kSectionRoleCount>> weights;

  /// SHA-256 over everything that can change a tag (not over examples, labels, comments or the order of files): the
  /// identity stored with each tag.
  [[nodiscard]] std::string Hash() const;
  /// All rules in the order of the concepts; Mention::rule_index points into this. The pointers live as long as
  /// `concepts` is not changed.
  [[nodiscard]] std::vector<const Rule*> FlattenedRules() const;
};

}  // namespace litmill
