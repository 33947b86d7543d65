// SPDX-License-Identifier: Apache-2.0
// Whether a record belongs to a strategy, decided here, with PubMed's semantics and without PubMed.
//
// Compile a tree once, make each record searchable once (search/searchable_record.h), match as often as wanted.
//
// As PubMed does: letter case and accents do not matter; hyphens, apostrophes and other signs separate words; [tiab] is
// title, abstract, other abstracts and authors' keywords; [tw] adds headings, subheadings, substances and publication
// types; [mh] is exploded when the record was made searchable with a MeSH tree, else it is the heading alone; a date
// range takes a record whose print or electronic date is in it; an author without quotation marks is truncated after
// the initials; ":~N" with a wildcard is a plain phrase.
//
// What a record alone cannot tell is in notes(): automatic term mapping of untagged terms (the words are searched in
// all fields instead), pharmacological actions and filters that PubMed computes (they never match), and so on. PubMed's
// phrase index is not there either: a phrase is found when it stands in the record.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "search/searchable_record.h"
#include "search/tree.h"

namespace litmill::search {

/// A clause that is decided otherwise than PubMed would, and how.
struct EvaluationNote {
  Span span;
  std::string clause;
  std::string message;
};

struct EvaluationOptions {
  /// The day that "last 90 days" counts back from. Year 0 = not known: such clauses never match, and a note says so.
  DatePoint today;
};

/// Why a record matches, or why not: the strategy's tree with each node decided.
struct Explanation {
  std::string clause;  ///< In PubMed syntax.
  Span span;
  bool matched = false;
  std::optional<Operator> op;  ///< Nothing for a clause that is no operation.
  std::string
      evidence;  ///< Of a matched clause that is no operation: "title: magnesium", "heading: migraine disorders".
  std::vector<Explanation> children;  ///< Of an operation, in order.
};

/// An immutable compiled strategy; any number of threads may use one.
class Matcher {
 public:
  /// `query` has no line references (search/tree.h: Resolve); one that is there never matches, and a note says so.
  explicit Matcher(const Node& query, const EvaluationOptions& options = {});
  ~Matcher();
  Matcher(Matcher&&) noexcept;
  Matcher& operator=(Matcher&&) noexcept;

  [[nodiscard]] bool Matches(const SearchableRecord& record) const;

  [[nodiscard]] Explanation Explain(const SearchableRecord& record) const;

  [[nodiscard]] const std::vector<EvaluationNote>& notes() const { return notes_; }

 private:
  struct Compiled;
  std::vector<EvaluationNote> notes_;  // Before root_: compiling writes to it.
  std::unique_ptr<const Compiled> root_;
};

/// The clauses (leaves) of `explanation` that matched, from left to right.
[[nodiscard]] std::vector<const Explanation*> MatchedClauses(const Explanation& explanation);

/// For a record that does not match: the smallest parts that kept it out, as the concepts of an AND that found nothing,
/// or what a NOT took away. Empty for one that matches.
[[nodiscard]] std::vector<const Explanation*> FailedParts(const Explanation& explanation);

}  // namespace litmill::search
