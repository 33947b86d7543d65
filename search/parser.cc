// SPDX-License-Identifier: Apache-2.0
#include "search/parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "core/unicode.h"
#include "search/dates.h"
#include "search/lexer.h"
#include "search/numbered_lines.h"
#include "search/source_map.h"
#include "search/term_reader.h"
#include "search/words.h"

namespace litmill::search {
namespace {

/// One line's tokens to a tree. Errors are reported and passed over.
class LineParser {
 public:
  LineParser(const SourceMap& source, std::vector<Token> tokens, std::vector<Diagnostic>& diagnostics)
      : source_(source), tokens_(std::move(tokens)), diagnostics_(diagnostics) {}

  std::optional<Node> Run() {
    std::optional<Branch> result;
    while (true) {
      std::optional<Branch> part = Expression(0);
      if (part) result = result ? Join(Operator::kAnd, std::move(*result), std::move(*part)) : std::move(*part);
      if (Peek().kind == TokenKind::kEnd) break;
      Report("S002", Peek(), "this ')' closes nothing; take it away, or open a bracket before it");
      ++at_;
    }
    if (!result) return std::nullopt;
    return std::move(result->node);
  }

 private:
  struct Branch {
    Node node;
    std::size_t depth = 0;
  };

  [[nodiscard]] const Token& Peek() const { return tokens_[at_]; }
  void Report(std::string_view code, const Token& token, std::string message, std::string suggestion = "") {
    diagnostics_.push_back(
        MakeDiagnostic(code, source_.Locate(token.begin, token.end), std::move(message), std::move(suggestion)));
  }

  static std::optional<Operator> OperatorOf(TokenKind kind) {
    if (kind == TokenKind::kAnd) return Operator::kAnd;
    if (kind == TokenKind::kOr) return Operator::kOr;
    if (kind == TokenKind::kNot) return Operator::kNot;
    return std::nullopt;
  }

  /// Operands joined from left to right, up to ')' or the end.
  std::optional<Branch> Expression(std::size_t level) {
    std::optional<Branch> left;
    while (Peek().kind != TokenKind::kClose && Peek().kind != TokenKind::kEnd) {
      const Operator op = ReadOperator(left.has_value());
      if (Peek().kind == TokenKind::kClose || Peek().kind == TokenKind::kEnd) break;
      std::optional<Branch> right = Operand(level);
      if (!right) continue;
      left = left ? Join(op, std::move(*left), std::move(*right)) : std::move(*right);
    }
    return left;
  }

  /// The operator before the next operand; AND where there is none. Reports those that have too little around them.
  Operator ReadOperator(bool has_left) {
    std::optional<Operator> op;
    while (const std::optional<Operator> next = OperatorOf(Peek().kind)) {
      const Token& token = Peek();
      ++at_;
      if (op && *next == Operator::kNot && *op != Operator::kNot) {
        Report("S010", token, fmt::format("\"{} NOT\" is not PubMed's; its operator is NOT alone", OperatorName(*op)),
               "A NOT B");
      } else if (op) {
        Report("S006", token,
               fmt::format("{} follows {} with nothing between them", OperatorName(*next), OperatorName(*op)));
      } else if (!has_left) {
        Report("S006", token, fmt::format("{} has nothing on its left", OperatorName(*next)));
      }
      op = next;
      const TokenKind after = Peek().kind;
      if (has_left && (after == TokenKind::kClose || after == TokenKind::kEnd))
        Report("S006", token, fmt::format("{} has nothing on its right", OperatorName(*next)));
    }
    return op.value_or(Operator::kAnd);
  }

  std::optional<Branch> Operand(std::size_t level) {
    const Token& token = Peek();
    switch (token.kind) {
      case TokenKind::kOpen:
        return Group(level);
      case TokenKind::kReference: {
        ++at_;
        Branch branch;
        branch.node.value = LineReference{std::max(ReadNumber(token.text), 0)};
        branch.node.span = source_.Locate(token.begin, token.end);
        return branch;
      }
      case TokenKind::kWords:
      case TokenKind::kQuote:
        return Branch{TermOrRange(), 0};
      case TokenKind::kTag:
        ++at_;
        Report("S004", token, fmt::format("the field tag [{}] has no term in front of it", token.text));
        return std::nullopt;
      default:
        ++at_;
        Report("S012", token, "':' makes a range of dates, with a date on both sides", "2000:2025[dp]");
        return std::nullopt;
    }
  }

  std::optional<Branch> Group(std::size_t level) {
    const Token open = Peek();
    if (level >= kMaxNesting) {
      TooDeep(open);
      return std::nullopt;
    }
    ++at_;
    std::optional<Branch> inside = Expression(level + 1);
    if (Peek().kind == TokenKind::kClose) {
      if (!inside) Report("S007", open, "there is nothing between the brackets");
      ++at_;
    } else if (!gave_up_) {
      Report("S001", open, "this '(' is never closed");
    }
    if (Peek().kind == TokenKind::kTag) {
      Report("S011", Peek(),
             fmt::format("[{}] after a bracket does nothing in PubMed: each term needs its own tag", Peek().text),
             fmt::format("(a[{0}] OR b[{0}])", Peek().text));
      ++at_;
    }
    if (inside) inside->node.bracketed = true;
    return inside;
  }

  /// A term with its tag, or a date range with one tag or two.
  Node TermOrRange() {
    const std::size_t first = at_++;
    const Token* tag = TakeTag();
    if (Peek().kind == TokenKind::kColon && at_ + 1 < tokens_.size() &&
        (tokens_[at_ + 1].kind == TokenKind::kWords || tokens_[at_ + 1].kind == TokenKind::kQuote)) {
      const std::size_t second = at_ + 1;
      at_ = second + 1;
      const Token* second_tag = TakeTag();
      return ReadRange(source_, tokens_[first], tag, tokens_[second], second_tag, diagnostics_);
    }
    return ReadTerm(source_, tokens_[first], tag, diagnostics_);
  }

  const Token* TakeTag() { return Peek().kind == TokenKind::kTag ? &tokens_[at_++] : nullptr; }

  /// PubMed has no precedence: what was read so far is the left side, whatever comes.
  Branch Join(Operator op, Branch left, Branch right) {
    if (left.depth + 1 >= kMaxNesting && !(left.node.Is(op) && !left.node.bracketed)) {
      TooDeep(Peek());
      return left;
    }
    const std::size_t begin = left.node.span.begin;
    const std::size_t end = right.node.span.end;
    if (left.node.Is(op) && !left.node.bracketed) {
      left.depth = std::max(left.depth, right.depth + 1);
      std::get<Operation>(left.node.value).operands.push_back(std::move(right.node));
      left.node.span.end = end;
      return left;
    }
    Branch joined;
    joined.depth = std::max(left.depth, right.depth) + 1;
    joined.node.span = source_.Locate(begin, end);
    Operation operation{op, {}};
    operation.operands.push_back(std::move(left.node));
    operation.operands.push_back(std::move(right.node));
    joined.node.value = std::move(operation);
    return joined;
  }

  void TooDeep(const Token& token) {
    if (!gave_up_) {
      Report("S008", token,
             fmt::format("nested more than {} levels deep; the rest is not read. Put parts on lines of their own",
                         kMaxNesting));
    }
    gave_up_ = true;
    at_ = tokens_.size() - 1;
  }

  const SourceMap& source_;
  std::vector<Token> tokens_;
  std::vector<Diagnostic>& diagnostics_;
  std::size_t at_ = 0;
  bool gave_up_ = false;
};

void AddLine(const SourceMap& source, int number, std::size_t begin, std::size_t end, ParsedStrategy& parsed) {
  std::optional<Node> query =
      LineParser(source, Tokenise(source, begin, end, parsed.diagnostics), parsed.diagnostics).Run();
  if (query) {
    Line line{number, std::move(*query), source.Locate(begin, end)};
    line.span = source.Locate(line.query.span.begin, line.query.span.end);
    parsed.strategy.lines.push_back(std::move(line));
  } else if (!HasErrors(parsed.diagnostics)) {
    parsed.diagnostics.push_back(MakeDiagnostic("S007", source.Locate(begin, end), "there is nothing to search for"));
  }
}

/// References to lines that are not there, to themselves, or in a circle.
void ReportReferences(const Strategy& strategy, std::vector<Diagnostic>& diagnostics) {
  std::set<int> numbers;
  for (const Line& line : strategy.lines) numbers.insert(line.number);
  bool all_there = true;
  for (const Line& line : strategy.lines) {
    for (const Node* leaf : Leaves(line.query)) {
      const LineReference* reference = leaf->AsLineReference();
      if (reference == nullptr) continue;
      std::string problem;
      if (!strategy.numbered) {
        problem = fmt::format("#{} names a line, but the lines of this strategy have no numbers", reference->number);
      } else if (numbers.count(reference->number) == 0) {
        problem = fmt::format("there is no line #{}", reference->number);
      } else if (reference->number == line.number) {
        problem = fmt::format("line #{} refers to itself", line.number);
      } else {
        continue;
      }
      all_there = false;
      diagnostics.push_back(MakeDiagnostic("S009", leaf->span, std::move(problem)));
    }
  }
  if (!all_there || !strategy.numbered) return;
  const Result<void> sound = search::CheckReferences(strategy);
  if (!sound) diagnostics.push_back(MakeDiagnostic("S009", strategy.lines.front().span, sound.error().message));
}

}  // namespace

ParsedStrategy ParseLeniently(std::string_view text) {
  ParsedStrategy parsed;
  const SourceMap source(text);
  const std::size_t bad = FindInvalidUtf8(text);
  if (bad != std::string_view::npos) {
    parsed.diagnostics.push_back(
        MakeDiagnostic("S014", source.Locate(bad, bad + 1), "these bytes are not UTF-8; save the text as UTF-8"));
    return parsed;
  }
  const std::vector<NumberedLine> numbered = SplitNumberedLines(text);
  parsed.strategy.numbered = !numbered.empty();
  if (numbered.empty()) {
    AddLine(source, 1, 0, text.size(), parsed);
  }
  std::set<int> seen;
  for (const NumberedLine& line : numbered) {
    if (!seen.insert(line.number).second) {
      parsed.diagnostics.push_back(MakeDiagnostic("S015", source.Locate(line.label_begin, line.label_end),
                                                  fmt::format("there is a line #{} already", line.number)));
      continue;
    }
    AddLine(source, line.number, line.query_begin, line.query_end, parsed);
  }
  // PubMed's history is printed newest first; the result is the highest number.
  std::stable_sort(parsed.strategy.lines.begin(), parsed.strategy.lines.end(),
                   [](const Line& a, const Line& b) { return a.number < b.number; });
  ReportReferences(parsed.strategy, parsed.diagnostics);
  std::stable_sort(parsed.diagnostics.begin(), parsed.diagnostics.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.span.begin < b.span.begin; });
  return parsed;
}

Result<Strategy> ParseStrategy(std::string_view text, std::string_view name) {
  constexpr std::size_t kShown = 20;
  ParsedStrategy parsed = ParseLeniently(text);
  std::string message;
  std::size_t errors = 0;
  for (const Diagnostic& diagnostic : parsed.diagnostics) {
    if (diagnostic.severity != Severity::kError) continue;
    if (++errors <= kShown) message += RenderDiagnostic(diagnostic, text, name);
  }
  if (errors > kShown) message += fmt::format("and {} more errors\n", errors - kShown);
  if (errors == 0) return std::move(parsed.strategy);
  message.pop_back();  // The last line feed.
  return Fail(ErrorCode::kInvalidInput, std::move(message));
}

Result<Node> ParseQuery(std::string_view text, std::string_view name) {
  LITMILL_TRY(Strategy strategy, ParseStrategy(text, name));
  return Resolve(strategy);
}

}  // namespace litmill::search
