// SPDX-License-Identifier: Apache-2.0
#include "search/target_renderer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/unicode.h"
#include "search/dates.h"
#include "search/filters.h"
#include "search/lexer.h"
#include "search/to_pubmed.h"
#include "search/words.h"

namespace litmill::search {

std::vector<std::string> TargetWords(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCodePoint point = DecodeUtf8(text, i);
    if (IsCurlyApostrophe(point.value)) {
      plain.push_back('\'');
    } else if (IsTypographicDash(point.value)) {
      plain.push_back('-');
    } else if (point.value == '"' || IsUnicodeSpace(point.value)) {
      plain.push_back(' ');
    } else {
      plain.append(text.substr(i, point.size));
    }
    i += point.size;
  }
  std::vector<std::string> words;
  for (const std::string_view word : SplitWords(plain)) words.emplace_back(word);
  return words;
}

bool IsSimpleWord(std::string_view word) {
  if (word.ends_with('*')) word.remove_suffix(1);
  if (word.empty() || word.front() == '-' || word.back() == '-') return false;
  return std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsDigit(c) || c == '-' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

bool HasWildcard(const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [](const std::string& w) { return w.find('*') != std::string::npos; });
}

std::string JoinWords(const std::vector<std::string>& words, std::string_view between) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out.append(between);
    out += word;
  }
  return out;
}

Piece Wrapped(const Piece& piece) {
  if (piece.wrap == FieldWrap{}) return piece;
  const bool brackets = piece.compound && !piece.wrap.encloses;
  return Piece{piece.wrap.before + (brackets ? "(" + piece.text + ")" : piece.text) + piece.wrap.after, {}, false};
}

std::string AsOperand(const Piece& piece) {
  const Piece wrapped = Wrapped(piece);
  return wrapped.compound ? "(" + wrapped.text + ")" : wrapped.text;
}

std::string TargetRenderer::Render(const Node& node, std::vector<Warning>& warnings) {
  warnings_ = &warnings;
  const std::optional<Piece> piece = RenderNode(node, true);
  if (piece) return Wrapped(*piece).text;
  clause_ = &node;
  Warn("T016", "nothing of this search can be carried");
  return "";
}

std::optional<std::string> TargetRenderer::LineLabel(int number) const { return fmt::format("#{} ", number); }
std::string TargetRenderer::ReferenceText(int number) const { return fmt::format("#{}", number); }

void TargetRenderer::Warn(std::string_view code, std::string message) {
  Warning warning{std::string(code), {}, "", std::move(message)};
  if (clause_ != nullptr) {
    constexpr std::size_t kLongest = 200;
    warning.span = clause_->span;
    warning.clause = ToPubMed(*clause_);
    if (warning.clause.size() > kLongest) {
      std::size_t cut = kLongest;
      while (cut > 0 && (static_cast<unsigned char>(warning.clause[cut]) & 0xC0U) == 0x80U) --cut;
      warning.clause = warning.clause.substr(0, cut) + "...";
    }
  }
  warnings_->push_back(std::move(warning));
}

void TargetRenderer::WarnOnce(std::string_view code, std::string message) {
  if (!once_.insert(std::string(code) + message).second) return;
  const Node* clause = std::exchange(clause_, nullptr);
  Warn(code, std::move(message));
  clause_ = clause;
}

std::optional<Piece> TargetRenderer::LeaveOut(std::string_view code, std::string message) {
  Warn(code, "left out: " + message);
  return std::nullopt;
}

std::optional<Piece> TargetRenderer::NoSuchField(const Term& term) {
  return LeaveOut(
      "T002", fmt::format("there is no field that answers to [{}] ({})", FieldTag(term.field), FieldName(term.field)));
}

std::optional<Piece> TargetRenderer::RenderNode(const Node& node, bool root) {
  if (node.AsOperation() != nullptr) return RenderOperation(node, root);
  clause_ = &node;
  return RenderLeaf(node);
}

std::optional<Piece> TargetRenderer::RenderLeaf(const Node& node) {
  if (const LineReference* reference = node.AsLineReference()) {
    if (empty_lines_.count(reference->number) != 0)
      return LeaveOut("T016", fmt::format("nothing of line #{} could be carried", reference->number));
    return Piece{ReferenceText(reference->number), {}, false};
  }
  if (const DateRange* range = node.AsDateRange()) return Dates(*range);
  const Term& term = *node.AsTerm();
  if (term.field == Field::kUnknown)
    return LeaveOut("T002", fmt::format("PubMed itself has no field [{}]", term.unknown_tag));
  if (IsMeshField(term.field)) return Heading(term);
  if (term.field == Field::kNone && IsBareFilter(term.text)) {
    Term filter = term;
    filter.field = Field::kFilter;
    return Other(filter);
  }
  if (IsTextField(term.field)) return RenderWords(term);
  return Other(term);
}

std::optional<Piece> TargetRenderer::RenderWords(const Term& term) {
  const std::optional<FieldWrap> wrap = TextField(term.field);
  if (!wrap) return NoSuchField(term);
  const std::vector<std::string> words = TargetWords(term.text);
  if (words.empty()) return LeaveOut("T013", "there are no words in it");
  Piece piece;
  if (term.proximity && words.size() > 1) {
    if (HasWildcard(words)) {
      Warn("T007", "PubMed ignores the proximity of a phrase with a wildcard; here the proximity counts");
    }
    if (words.size() > 2)
      Warn("T007", fmt::format("with {} words the distance holds for each pair of neighbours, not for all together",
                               words.size()));
    piece = Proximity(words, *term.proximity);
  } else if (words.size() == 1) {
    piece.text = Word(words[0]);
  } else if (term.field == Field::kNone && !term.quoted) {
    Warn("T014", "PubMed maps untagged words to headings, journals and authors; here each word is searched as text");
    piece = AllOf(words);
  } else {
    piece = Phrase(words);
  }
  if (term.field == Field::kNone && (term.quoted || words.size() == 1))
    Warn("T014", "PubMed maps an untagged term to headings and text; here it is searched as text only");
  piece.wrap = *wrap;
  return piece;
}

std::optional<Piece> TargetRenderer::RenderOperation(const Node& node, bool root) {
  const Operation& operation = *node.AsOperation();
  std::vector<Piece> pieces;
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < operation.operands.size(); ++i) {
    const bool taken_away = operation.op == Operator::kNot && i > 0;
    if (taken_away) negated_ = !negated_;
    std::optional<Piece> piece = RenderNode(operation.operands[i], false);
    if (taken_away) negated_ = !negated_;
    if (piece) {
      pieces.push_back(std::move(*piece));
    } else if (i == 0 && operation.op == Operator::kNot) {
      clause_ = &node;
      return LeaveOut("T015", "what NOT takes away from could not be carried");
    } else {
      ++left_out;
    }
  }
  clause_ = &node;
  if (operation.op == Operator::kNot) CheckNot(root);
  if (pieces.empty()) {
    if (operation.operands.empty()) Warn("T016", "an empty group");
    return std::nullopt;
  }
  if (left_out > 0) WarnLeftOut(operation, left_out);
  return Join(operation, std::move(pieces));
}

void TargetRenderer::WarnLeftOut(const Operation& operation, std::size_t left_out) {
  // Behind a NOT it is the other way round: what finds too little takes away too little.
  const bool finds_less = (operation.op == Operator::kOr) != negated_;
  Warn("T015",
       fmt::format("{} of the {} parts of this {} could not be carried: the search finds {} than PubMed's", left_out,
                   operation.operands.size(), OperatorName(operation.op), finds_less ? "less" : "more"));
}

std::optional<Piece> TargetRenderer::Join(const Operation& operation, std::vector<Piece> pieces) {
  if (pieces.size() == 1) return std::move(pieces.front());
  if (operation.op == Operator::kNot && pieces.size() > 2) {  // A NOT (B OR C): no target can misread it.
    Operation taken{Operator::kOr, {}};
    std::vector<Piece> rest(std::make_move_iterator(pieces.begin() + 1), std::make_move_iterator(pieces.end()));
    std::optional<Piece> joined = Join(taken, std::move(rest));
    pieces.resize(1);
    pieces.push_back(std::move(*joined));
  }
  const std::string between = fmt::format(" {} ", OperatorWord(operation.op));
  if (operation.op == Operator::kOr) {
    std::vector<Piece> merged;
    for (Piece& piece : pieces) {
      if (!merged.empty() && piece.wrap != FieldWrap{} && merged.back().wrap == piece.wrap) {
        merged.back().text += between + (piece.compound ? "(" + piece.text + ")" : piece.text);
        merged.back().compound = true;
      } else {
        if (piece.wrap != FieldWrap{} && piece.compound) piece.text = "(" + piece.text + ")";
        merged.push_back(std::move(piece));
      }
    }
    if (merged.size() == 1) return std::move(merged.front());
    pieces = std::move(merged);
  }
  Piece joined;
  joined.compound = true;
  for (const Piece& piece : pieces) joined.text += (joined.text.empty() ? "" : between) + AsOperand(piece);
  return joined;
}

Piece TargetRenderer::AllOf(const std::vector<std::string>& words) {
  Piece piece;
  piece.compound = words.size() > 1;
  for (const std::string& word : words)
    piece.text += (piece.text.empty() ? "" : fmt::format(" {} ", OperatorWord(Operator::kAnd))) + Word(word);
  return piece;
}

Piece TargetRenderer::Chain(const std::vector<std::string>& words, const std::string& joint) {
  Piece piece;
  piece.compound = true;
  for (const std::string& word : words) piece.text += (piece.text.empty() ? "" : " " + joint + " ") + Word(word);
  return piece;
}

int TargetRenderer::Positions(int between) {
  if (options_.proximity == ProximityRule::kExact) return between + 1;
  Warn("T007", fmt::format("the number {} is kept (same-number rule), so this finds less: the target counts positions, "
                           "PubMed the words between",
                           between));
  return std::max(between, 1);
}

std::optional<DateRange> TargetRenderer::YearsOf(const DateRange& range) {
  if (range.period) {
    LeaveOut("T008", fmt::format("\"{}\" counts from the day of the search; set the date by hand",
                                 FormatPeriod(*range.period)));
    return std::nullopt;
  }
  const bool published = range.field == Field::kDatePublication || range.field == Field::kDateElectronic ||
                         range.field == Field::kDatePrint;
  if (!published) {
    LeaveOut("T008", fmt::format("[{}] is a date of PubMed's own processing", FieldTag(range.field)));
    return std::nullopt;
  }
  if (range.field != Field::kDatePublication)
    Warn("T008", fmt::format("[{}] becomes the year of publication, whichever date that is", FieldTag(range.field)));
  const bool whole_years = (FirstDay(range.from) % 10000 == 101 || IsOpenStart(range.from)) &&
                           (LastDay(range.to) % 10000 == 1231 || IsOpenEnd(range.to));
  if (!whole_years) Warn("T009", "months and days are lost: whole years are searched, which finds more");
  WarnOnce("T008",
           "years: PubMed counts a record whose print or electronic date is in the range; here one year of "
           "publication decides");
  DateRange years = range;
  years.from = DatePoint{range.from.year, 0, 0};
  years.to = DatePoint{range.to.year, 0, 0};
  return years;
}

std::optional<std::string> TargetRenderer::DocumentType(const Term& term, std::string_view review,
                                                        std::string_view editorial, std::string_view letter) {
  const std::string type = AsciiLower(term.text);
  std::string_view found;
  if (type == "review") found = review;
  if (type == "editorial") found = editorial;
  if (type == "letter") found = letter;
  if (found.empty()) {
    LeaveOut("T010",
             fmt::format("publication type \"{}\" has no counterpart that is sure to mean the same", term.text));
    return std::nullopt;
  }
  WarnOnce("T010", "document types are the target's own; they are assigned otherwise than PubMed's publication types");
  return std::string(found);
}

}  // namespace litmill::search
