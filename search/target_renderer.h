// SPDX-License-Identifier: Apache-2.0
// What all translators share: the walk over the tree, brackets, joining, left-out clauses, warnings. A target says how
// it writes a word, a phrase, a field, a heading and a date, in its own file (to_<target>.cc).
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "search/translate.h"
#include "search/tree.h"

namespace litmill::search {

/// How a target puts a field around words: before and after them; `encloses` when these are brackets already
/// (TITLE-ABS-KEY( ... )), so that several words need none of their own.
struct FieldWrap {
  std::string before;
  std::string after;
  bool encloses = false;
  friend bool operator==(const FieldWrap&, const FieldWrap&) = default;
};

/// A translated clause that is not yet wrapped in its field: neighbours in an OR with the same wrap share it.
struct Piece {
  std::string text;
  FieldWrap wrap;
  bool compound = false;  ///< `text` has an operator at its top.
};

class TargetRenderer {
 public:
  explicit TargetRenderer(const TranslateOptions& options) : options_(options) {}
  virtual ~TargetRenderer() = default;
  TargetRenderer(const TargetRenderer&) = delete;
  TargetRenderer& operator=(const TargetRenderer&) = delete;

  /// The text of `node`, empty when nothing of it could be carried. Warnings are added to `warnings`.
  std::string Render(const Node& node, std::vector<Warning>& warnings);

  /// Lines of which nothing could be carried: references to them are left out.
  void LeaveOutLine(int number) { empty_lines_.insert(number); }

  /// The label in front of a numbered line ("#1 "), or nothing when the target has no line references.
  [[nodiscard]] virtual std::optional<std::string> LineLabel(int number) const;

 protected:
  // What a target is.
  [[nodiscard]] virtual std::string_view OperatorWord(Operator op) const { return OperatorName(op); }
  [[nodiscard]] virtual std::optional<FieldWrap> TextField(
      Field field) = 0;  ///< Nothing: the target has no such field.
  [[nodiscard]] virtual std::string Word(const std::string& word) = 0;
  [[nodiscard]] virtual Piece Phrase(const std::vector<std::string>& words) = 0;
  [[nodiscard]] virtual Piece Proximity(const std::vector<std::string>& words, int between) = 0;
  virtual std::optional<Piece> Heading(const Term& term) = 0;  ///< mh and majr.
  virtual std::optional<Piece> Other(const Term& term) = 0;    ///< Fields that are not searched by words.
  virtual std::optional<Piece> Dates(const DateRange& range) = 0;
  [[nodiscard]] virtual std::string ReferenceText(int number) const;

  // What a target uses.
  void Warn(std::string_view code, std::string message);      ///< About the clause being translated.
  void WarnOnce(std::string_view code, std::string message);  ///< The same message at most once a translation.
  std::optional<Piece> LeaveOut(std::string_view code, std::string message);  ///< Warns "left out: ..."; nothing.
  [[nodiscard]] const TranslateOptions& options() const { return options_; }

  /// `words` joined by AND, for what a target cannot keep together.
  [[nodiscard]] Piece AllOf(const std::vector<std::string>& words);
  /// `words` with `joint` between: a NEAR/3 b NEAR/3 c.
  [[nodiscard]] Piece Chain(const std::vector<std::string>& words, const std::string& joint);
  /// The distance for a target that counts positions (Ovid, Embase).
  [[nodiscard]] int Positions(int between);
  /// First and last year of a publication date range; warns when days are lost or the kind of date differs. Nothing for
  /// dates that only PubMed has, and for periods counted back from the day of the search (both are left out, with a
  /// warning).
  std::optional<DateRange> YearsOf(const DateRange& range);
  /// The one clause that a wide publication type can be carried by ("Review"); warns and gives nothing otherwise.
  std::optional<std::string> DocumentType(const Term& term, std::string_view review, std::string_view editorial,
                                          std::string_view letter);
  std::optional<Piece> NoSuchField(const Term& term);

 private:
  std::optional<Piece> RenderNode(const Node& node, bool root);
  std::optional<Piece> RenderLeaf(const Node& node);
  std::optional<Piece> RenderWords(const Term& term);
  std::optional<Piece> RenderOperation(const Node& node, bool root);
  std::optional<Piece> Join(const Operation& operation, std::vector<Piece> pieces);
  void WarnLeftOut(const Operation& operation, std::size_t left_out);
  virtual void CheckNot(bool root) { (void)root; }

  const TranslateOptions& options_;
  std::vector<Warning>* warnings_ = nullptr;
  const Node* clause_ = nullptr;
  std::set<std::string> once_;
  std::set<int> empty_lines_;
  bool negated_ = false;  ///< Within what a NOT takes away.
};

/// `piece` with its field around it.
[[nodiscard]] Piece Wrapped(const Piece& piece);
/// `piece` as an operand: wrapped, and in brackets when it has an operator at its top.
[[nodiscard]] std::string AsOperand(const Piece& piece);

/// The words of a term, with typographic quotes and dashes as the keyboard has them and double quotes left out.
[[nodiscard]] std::vector<std::string> TargetWords(std::string_view text);
/// True when `word` is letters, digits, hyphens and a final asterisk only, so that it needs no quotation marks.
[[nodiscard]] bool IsSimpleWord(std::string_view word);
[[nodiscard]] bool HasWildcard(const std::vector<std::string>& words);
[[nodiscard]] std::string JoinWords(const std::vector<std::string>& words, std::string_view between = " ");

// One a target file.
[[nodiscard]] std::unique_ptr<TargetRenderer> MakeEmbaseRenderer(const TranslateOptions& options);
[[nodiscard]] std::unique_ptr<TargetRenderer> MakeOvidMedlineRenderer(const TranslateOptions& options);
[[nodiscard]] std::unique_ptr<TargetRenderer> MakeOvidEmbaseRenderer(const TranslateOptions& options);
[[nodiscard]] std::unique_ptr<TargetRenderer> MakeScopusRenderer(const TranslateOptions& options);
[[nodiscard]] std::unique_ptr<TargetRenderer> MakeWebOfScienceRenderer(const TranslateOptions& options);
[[nodiscard]] std::unique_ptr<TargetRenderer> MakeEuropePmcRenderer(const TranslateOptions& options);
[[nodiscard]] std::unique_ptr<TargetRenderer> MakeCochraneRenderer(const TranslateOptions& options);

}  // namespace litmill::search
