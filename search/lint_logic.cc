// SPDX-License-Identifier: Apache-2.0
// Lint rules that look at how terms are put together.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/unicode.h"
#include "search/filters.h"
#include "search/lint_rules.h"
#include "search/to_pubmed.h"
#include "search/words.h"

namespace litmill::search {
namespace {

bool IsMeshTerm(const Node& node, std::string_view heading) {
  const Term* term = node.AsTerm();
  return term != nullptr && term->field == Field::kMesh && AsciiLower(term->text) == heading;
}

/// Limits, not concepts: dates, languages, publication types, filters.
bool IsLimit(const Node& node) {
  if (node.AsDateRange() != nullptr) return true;
  const Term* term = node.AsTerm();
  return term != nullptr && (term->field == Field::kLanguage || term->field == Field::kFilter);
}

struct SpellingPair {
  std::string_view british, american;
};

// Parts of words by which British and American spelling differ in this literature.
constexpr std::array kSpellings{
    SpellingPair{"aemi", "emi"},
    SpellingPair{"paediatr", "pediatr"},
    SpellingPair{"oestr", "estr"},
    SpellingPair{"oedema", "edema"},
    SpellingPair{"haem", "hem"},
    SpellingPair{"anaesth", "anesth"},
    SpellingPair{"tumour", "tumor"},
    SpellingPair{"behaviour", "behavior"},
    SpellingPair{"randomis", "randomiz"},
    SpellingPair{"gynaeco", "gyneco"},
    SpellingPair{"foet", "fet"},
    SpellingPair{"diarrhoea", "diarrhea"},
    SpellingPair{"orthopaedic", "orthopedic"},
    SpellingPair{"leukaem", "leukem"},
    SpellingPair{"colour", "color"},
    SpellingPair{"fibre", "fiber"},
    SpellingPair{"ageing", "aging"},
    SpellingPair{"sulph", "sulf"},
};

/// Each beginning of a term is looked up, which is quadratic in its length: longer ones than any real term are not
/// looked at.
constexpr std::size_t kLongestTerm = 200;

class LogicLinter {
 public:
  explicit LogicLinter(std::vector<Diagnostic>& out) : out_(out) {}

  void Line(const Node& root) { Visit(root, nullptr); }

  /// Spelling and missing headings are questions to the whole strategy: a variant on another line will do.
  void Whole(const Strategy& strategy) {
    std::set<std::string> words;
    std::vector<const Node*> leaves;
    for (const search::Line& line : strategy.lines)
      for (const Node* leaf : Leaves(line.query)) leaves.push_back(leaf);
    for (const Node* leaf : leaves)
      if (const Term* term = leaf->AsTerm()) words.insert(AsciiLower(term->text));
    for (const Node* leaf : leaves) Spelling(*leaf, words);
  }

 private:
  void Visit(const Node& node, const Node* parent) {
    const Operation* operation = node.AsOperation();
    if (operation == nullptr) return;
    Mixed(node, *operation);
    if (operation->op == Operator::kOr) Alternatives(*operation);
    if (operation->op == Operator::kNot) TakenAway(*operation, parent);
    if (operation->op == Operator::kAnd) Required(*operation);
    for (const Node& operand : operation->operands) Visit(operand, &node);
  }

  void Mixed(const Node& node, const Operation& operation) {
    const Node& first = operation.operands.front();
    const Operation* inner = first.AsOperation();
    if (inner == nullptr || first.bracketed || inner->op == operation.op || first.span.line == 0) return;
    if (operation.op == Operator::kNot && inner->op == Operator::kAnd)
      return;  // A AND B NOT C means the same either way.
    Report("S105", node,
           fmt::format("{} after {} without brackets: PubMed first does the {}, as ({}) {} ...",
                       OperatorName(operation.op), OperatorName(inner->op), OperatorName(inner->op), Short(first),
                       OperatorName(operation.op)),
           "put brackets around what belongs together");
  }

  /// Duplicates, terms within truncated terms, limits among concepts.
  void Alternatives(const Operation& operation) {
    std::unordered_map<std::string, const Node*> seen;
    std::map<Field, std::set<std::string>> stems;
    std::size_t limits = 0;
    for (const Node& operand : operation.operands) {
      limits += IsLimit(operand) ? 1U : 0U;
      if (operand.AsOperation() != nullptr) continue;
      if (!seen.emplace(AsciiLower(ToPubMed(operand)), &operand).second)
        Report("S114", operand, fmt::format("{} stands in this OR already", Short(operand)), "take one away");
      const Term* term = operand.AsTerm();
      if (term != nullptr && term->Truncated() && !term->proximity && IsTextField(term->field))
        stems[term->field].insert(AsciiLower(std::string_view(term->text).substr(0, term->text.size() - 1)));
    }
    if (limits > 0 && limits < operation.operands.size())
      Report("S129", operation.operands.front(),
             "a date, language or filter stands in an OR with concepts: it limits nothing", "join it by AND");
    for (const Node& operand : operation.operands) Within(operand, stems);
  }

  /// A word that a truncated word of the same field beside it finds already.
  void Within(const Node& operand, const std::map<Field, std::set<std::string>>& stems) {
    const Term* term = operand.AsTerm();
    if (term == nullptr || term->proximity || stems.count(term->field) == 0) return;
    if (term->text.size() > kLongestTerm) return;
    std::string text = AsciiLower(term->text);
    if (term->Truncated()) text.pop_back();
    const std::set<std::string>& same_field = stems.at(term->field);
    for (std::size_t size = text.size(); size >= 4; --size) {
      if (term->Truncated() && size == text.size()) continue;
      const std::string stem = text.substr(0, size);
      if (same_field.count(stem) == 0) continue;
      // "depress* disorder" is no stem of "depressive disorder": a stem of one word covers words, not phrases.
      if (text.find(' ') != std::string::npos && stem.find(' ') == std::string::npos && text.find(' ') <= size)
        continue;
      Report("S121", operand, fmt::format("{} is found by {}* beside it", Short(operand), stem), "take it away");
      return;
    }
  }

  void Required(const Operation& operation) {
    for (const Node& operand : operation.operands) {
      if (IsMeshTerm(operand, "humans"))
        Report("S117", operand, "AND humans[mh] drops every record that has no headings yet, the newest among them",
               "NOT (animals[mh] NOT humans[mh])");
      if (operation.operands.size() > 1) Concept(operand);
    }
  }

  void TakenAway(const Operation& operation, const Node* parent) {
    Concept(operation.operands.front());
    for (std::size_t i = 1; i < operation.operands.size(); ++i) {
      const Node& taken = operation.operands[i];
      if (IsMeshTerm(taken, "animals")) {
        Report("S118", taken, "Humans is below Animals in the tree, so this takes away human studies as well",
               "NOT (animals[mh] NOT humans[mh])");
      } else if (!IsAnimalFilter(taken) && !IsAnimalFilter(operation, parent)) {
        Report("S120", taken, fmt::format("NOT {} also takes away records about both", Short(taken)), "");
      }
    }
  }

  /// animals[mh] NOT humans[mh]: the one NOT that is safe.
  static bool IsAnimalFilter(const Node& node) {
    const Operation* operation = node.AsOperation();
    return operation != nullptr && operation->op == Operator::kNot && operation->operands.size() == 2 &&
           IsMeshTerm(operation->operands[0], "animals") && IsMeshTerm(operation->operands[1], "humans");
  }
  static bool IsAnimalFilter(const Operation& operation, const Node* parent) {
    return parent != nullptr && operation.operands.size() == 2 && IsMeshTerm(operation.operands[0], "animals") &&
           IsMeshTerm(operation.operands[1], "humans");
  }

  /// One concept of an AND: headings and text words should both be there.
  void Concept(const Node& node) {
    if (node.Is(Operator::kAnd) || node.Is(Operator::kNot)) return;  // Its own parts are looked at one by one.
    std::size_t headings = 0;
    std::size_t texts = 0;
    std::size_t others = 0;
    for (const Node* leaf : Leaves(node)) {
      const Term* term = leaf->AsTerm();
      if (term == nullptr || IsBareFilter(term->text)) {
        ++others;
      } else if (IsMeshField(term->field)) {
        ++headings;
      } else if (IsTextField(term->field) || term->field == Field::kSupplementaryConcept) {
        ++texts;
      } else {
        ++others;
      }
    }
    const bool filter = IsMeshTerm(node, "humans") || IsMeshTerm(node, "animals");
    if (others > 0 || filter) return;
    if (headings > 0 && texts == 0)
      Report("S125", node, "this concept is searched by headings only; records not yet indexed are missed",
             "add text words, as \"...\"[tiab]");
    if (texts > 0 && headings == 0)
      Report("S126", node, "this concept is searched by text words only", "look for a MeSH heading");
  }

  void Spelling(const Node& leaf, const std::set<std::string>& words) {
    const Term* term = leaf.AsTerm();
    if (term == nullptr || !IsTextField(term->field) || term->text.size() > kLongestTerm) return;
    const std::string text = AsciiLower(term->text);
    for (const SpellingPair& pair : kSpellings) {
      const bool british = text.find(pair.british) != std::string::npos;
      const bool american = !british && text.find(pair.american) != std::string::npos;
      // "emi" is in "migraine with premises" too: only a form that is British for sure asks for its American twin, and
      // the other way round only for the long, unmistakable parts.
      if (!british && (!american || pair.american.size() < 5)) continue;
      const std::string twin =
          british ? ReplaceAll(text, pair.british, pair.american) : ReplaceAll(text, pair.american, pair.british);
      if (Covered(twin, words)) continue;
      Report("S122", leaf, fmt::format("\"{}\" is only the {} spelling", term->text, british ? "British" : "American"),
             twin);
      return;
    }
  }

  /// True when `twin` is among the words, or a truncated word finds it.
  static bool Covered(const std::string& twin, const std::set<std::string>& words) {
    if (words.count(twin) != 0) return true;
    for (std::size_t size = twin.size(); size >= 4; --size)
      if (words.count(twin.substr(0, size) + "*") != 0) return true;
    return false;
  }

  static std::string Short(const Node& node) {
    constexpr std::size_t kLongest = 60;
    std::string text = ToPubMed(node);
    if (text.size() <= kLongest) return text;
    std::size_t cut = kLongest;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
    return text.substr(0, cut) + "...";
  }

  void Report(std::string_view code, const Node& node, std::string message, std::string suggestion) {
    out_.push_back(MakeDiagnostic(code, node.span, std::move(message), std::move(suggestion)));
  }

  std::vector<Diagnostic>& out_;
};

}  // namespace

void LintLogic(const Strategy& strategy, std::vector<Diagnostic>& out) {
  LogicLinter linter(out);
  for (const Line& line : strategy.lines) linter.Line(line.query);
  linter.Whole(strategy);
}

}  // namespace litmill::search
