// SPDX-License-Identifier: Apache-2.0
// The tag stage: from a Record to mentions and tags. Read this first.
//
// In: a `RuleSet` (core/rule_set.h) and Records. Out: `TaggedRecord` (core/tagged_record.h): mentions
// (this rule matched these words at this place, or this MeSH heading / publication type / chemical / keyword stands for
// this concept) and tags (this record is about this concept, with the best evidence). Pure functions: no I/O, no state.
//
// How a text is matched: each title, abstract section, other abstract and keyword is normalised (tag/normalise.h: NFKC,
// dashes, spaces, quotes, "Mg(2+)" -> "Mg2+") with a map back to the stored text. All patterns are one network of steps
// (tag/pattern_steps.h), through which walks go from every word start of the record's joined text (tag/match_walker.h).
// They decide most patterns; RE2 checks every pattern when it is read and decides what the network cannot, such as
// letter case (tag/pattern.h). Masks remove look-alikes ("ST depression"), gates demand a second pattern in the
// sentence or record, abbreviations are matched case-sensitively. Of overlapping mentions of the same facet the longest
// stays; a parent concept is implied by its child (tag/resolve.h).
//
// A concept with the id "*" holds masks for its whole facet and is never tagged. Supplementary concepts are evidence
// kMesh, field "supplementary-concept". Sections of other abstracts are counted through, from 0. A tag takes over
// title, text, index and major from its children's evidence; `mention_count` is its own.
//
// What can go wrong: a rule that does not compile (kConfig with file:line:column and rule name). RE2 running short of
// memory on a text goes on without its cache of states: slower, with the same matches. Invalid UTF-8 in a text is
// replaced before matching.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"
#include "core/result.h"
#include "core/rule_set.h"
#include "core/tagged_record.h"

namespace litmill::tag {

/// Compiled rules. Immutable and safe to share between threads after Compile.
class Tagger {
 public:
  /// kConfig when a pattern does not compile, or a parent or concept id is unknown or defined twice.
  [[nodiscard]] static Result<std::unique_ptr<Tagger>> Compile(RuleSet rules);
  ~Tagger();
  Tagger(const Tagger&) = delete;
  Tagger& operator=(const Tagger&) = delete;

  /// An error means that nothing is known about the record's tags, not that it has none.
  [[nodiscard]] Result<TaggedRecord> TagRecord(const Record& record, bool explain = false) const;

  [[nodiscard]] const RuleSet& rule_set() const;
  [[nodiscard]] const std::string& hash() const;

 private:
  struct Impl;
  explicit Tagger(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The concept's examples run against its own rule set: one line per failure ("rules/x.yaml:12:7: condition:migraine
/// should match: ...").
[[nodiscard]] Result<std::vector<std::string>> RunExamples(const Tagger& tagger);

}  // namespace litmill::tag
