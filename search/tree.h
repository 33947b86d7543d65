// SPDX-License-Identifier: Apache-2.0
// A search strategy as a tree of values: terms, dates and line references joined by AND, OR and NOT.
//
// Everything is a value: copy it, compare it, build it in code (Or({Term("migrain*", Field::kTitleAbstract), ...})).
// Positions say where a piece stood in the text; they and `bracketed` do not take part in comparison, so a tree equals
// the tree that its own rendering parses to.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/result.h"
#include "search/fields.h"

namespace litmill::search {

/// Where a piece stands in its source text: a half-open range of bytes, and the line and column of its first character
/// (both from 1; the column counts characters). `line` 0 = built in code.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t line = 0;
  std::size_t column = 0;
};

/// Words to be found in a field: a word, a phrase, a truncated word, a MeSH heading, a publication type, an author ...
struct Term {
  std::string text;  ///< Without its quotes, white space folded; a final '*' is truncation. For mh and majr: heading.
  bool quoted = false;  ///< Written in double quotes.
  Field field = Field::kNone;
  std::string unknown_tag;  ///< What was between the brackets when `field` is kUnknown.
  bool explode = true;      ///< false: [mh:noexp], [majr:noexp], [pt:noexp]: nothing below it in the tree.
  std::string subheading;   ///< For mh and majr: "therapy" or "th" of "Migraine Disorders/therapy"[mh]; else empty.
  std::optional<int> proximity;  ///< N of [tiab:~N]: at most N other words between the words, in any order.

  [[nodiscard]] bool Truncated() const { return !text.empty() && text.back() == '*'; }
  friend bool operator==(const Term&, const Term&) = default;
};

/// One end of a date range. Month and day are 0 when not given. PubMed's open ends are the years 1000 and 3000.
struct DatePoint {
  int year = 0;
  int month = 0;
  int day = 0;
  friend bool operator==(const DatePoint&, const DatePoint&) = default;
};

enum class PeriodUnit { kDays, kMonths, kYears };

/// "last 90 days", counted back from the day of the search.
struct RelativePeriod {
  int count = 0;
  PeriodUnit unit = PeriodUnit::kDays;
  friend bool operator==(const RelativePeriod&, const RelativePeriod&) = default;
};

/// 2000:2025[dp]; a single date (2000[dp]) has from == to and `single`; a relative one has only `period`.
struct DateRange {
  Field field = Field::kDatePublication;
  DatePoint from;
  DatePoint to;
  bool single = false;
  std::optional<RelativePeriod> period;
  friend bool operator==(const DateRange&, const DateRange&) = default;
};

/// #3: the result of another line of the same strategy.
struct LineReference {
  int number = 0;
  friend bool operator==(const LineReference&, const LineReference&) = default;
};

enum class Operator { kAnd, kOr, kNot };

/// "AND", "OR", "NOT".
[[nodiscard]] std::string_view OperatorName(Operator op);

struct Node;

/// Two or more operands joined by one operator. kNot takes each further operand away from the first.
struct Operation {
  Operator op = Operator::kAnd;
  std::vector<Node> operands;
};
bool operator==(const Operation& a, const Operation& b);

/// One node of the tree.
struct Node {
  std::variant<Term, DateRange, LineReference, Operation> value;
  Span span;
  bool bracketed = false;  ///< Stood in round brackets in the text. Lint asks; nothing else does.

  [[nodiscard]] const Term* AsTerm() const { return std::get_if<Term>(&value); }
  [[nodiscard]] const DateRange* AsDateRange() const { return std::get_if<DateRange>(&value); }
  [[nodiscard]] const LineReference* AsLineReference() const { return std::get_if<LineReference>(&value); }
  [[nodiscard]] const Operation* AsOperation() const { return std::get_if<Operation>(&value); }
  [[nodiscard]] bool Is(Operator op) const {
    const Operation* operation = AsOperation();
    return operation != nullptr && operation->op == op;
  }
  friend bool operator==(const Node& a, const Node& b) { return a.value == b.value; }
};

/// One line of a strategy. An unnumbered strategy has one line, numbered 1.
struct Line {
  int number = 1;
  Node query;
  Span span;
  friend bool operator==(const Line& a, const Line& b) { return a.number == b.number && a.query == b.query; }
};

/// A whole strategy. Its result is that of its last line.
struct Strategy {
  std::vector<Line> lines;
  bool numbered = false;  ///< Written as "#1 ...", "#2 ...".
  friend bool operator==(const Strategy&, const Strategy&) = default;
};

// Building in code. A term of several words comes out quoted.
[[nodiscard]] Node MakeTerm(std::string_view text, Field field = Field::kTitleAbstract);
[[nodiscard]] Node MakeMesh(std::string_view heading, std::string_view subheading = "");  ///< With explosion.
[[nodiscard]] Node MakeMeshNoexp(std::string_view heading, std::string_view subheading = "");
[[nodiscard]] Node MakeProximity(std::string_view words, int words_between, Field field = Field::kTitleAbstract);
[[nodiscard]] Node MakeYears(int first, int last, Field field = Field::kDatePublication);
[[nodiscard]] Node MakeReference(int line);
/// `operands` joined; a single operand is returned as it is; empty gives an empty AND, which no renderer takes.
[[nodiscard]] Node And(std::vector<Node> operands);
[[nodiscard]] Node Or(std::vector<Node> operands);
[[nodiscard]] Node Not(Node from, Node taken_away);

/// How many levels of operations there are above the deepest leaf (0 for a leaf).
[[nodiscard]] std::size_t Depth(const Node& node);

/// The leaves (terms, dates, references) from left to right. The pointers live as long as `node` is not changed.
[[nodiscard]] std::vector<const Node*> Leaves(const Node& node);

/// The query of the last line with every line reference replaced by the line that it names. kInvalidInput: no lines, a
/// reference to a line that is not there, to itself or in a circle, or a result of more than `max_nodes` nodes.
[[nodiscard]] Result<Node> Resolve(const Strategy& strategy, std::size_t max_nodes = 100'000);

/// The same for the line `number`.
[[nodiscard]] Result<Node> ResolveLine(const Strategy& strategy, int number, std::size_t max_nodes = 100'000);

/// Whether every line can be resolved; the error is the first line's for which it cannot.
[[nodiscard]] Result<void> CheckReferences(const Strategy& strategy, std::size_t max_nodes = 100'000);

}  // namespace litmill::search
