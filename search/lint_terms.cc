// SPDX-License-Identifier: Apache-2.0
// Lint rules that look at one term alone.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/unicode.h"
#include "search/dates.h"
#include "search/filters.h"
#include "search/lint_rules.h"
#include "search/to_pubmed.h"
#include "search/words.h"

namespace litmill::search {
namespace {

struct Ambiguous {
  std::string_view word, reason;
};

// PubMed's text fields do not know letter case, so a unit or a short abbreviation finds all that is written alike.
constexpr std::array kAmbiguous{
    Ambiguous{"mg", "milligrams, myasthenia gravis and magnesium alike: nearly every drug trial"},
    Ambiguous{"g", "grams"},
    Ambiguous{"kg", "kilograms"},
    Ambiguous{"ml", "millilitres"},
    Ambiguous{"l", "litres"},
    Ambiguous{"mm", "millimetres, millimolar, multiple myeloma"},
    Ambiguous{"ms", "milliseconds, mass spectrometry, multiple sclerosis"},
    Ambiguous{"s", "seconds, and what is left of every genitive"},
    Ambiguous{"h", "hours"},
    Ambiguous{"d", "days, vitamin D"},
    Ambiguous{"k", "potassium, kelvin"},
    Ambiguous{"ca", "calcium, cancer, circa, California"},
    Ambiguous{"na", "sodium, not available"},
    Ambiguous{"zn", "zinc and the Zulu nation"},
    Ambiguous{"fe", "iron, fixed effects"},
    Ambiguous{"iv", "intravenous, the Roman four"},
    Ambiguous{"pd", "Parkinson disease, peritoneal dialysis, pharmacodynamics"},
    Ambiguous{"ad", "Alzheimer disease, and the Latin ad of ad libitum"},
    Ambiguous{"md", "mean difference, major depression, the degree"},
    Ambiguous{"ra", "rheumatoid arthritis, right atrium"},
    Ambiguous{"it", "information technology, intrathecal, the pronoun"},
    Ambiguous{"us", "ultrasound, United States, the pronoun"},
    Ambiguous{"or", "odds ratio, operating room, the conjunction"},
    Ambiguous{"in", "the preposition"},
    Ambiguous{"as", "aortic stenosis, arsenic, the conjunction"},
    Ambiguous{"all", "acute lymphoblastic leukaemia, the word"},
    Ambiguous{"aids", "the disease and hearing aids"},
};

// PubMed's stop words that people put in phrases.
constexpr std::array<std::string_view, 24> kStopWords{"a",   "an",   "and", "are",  "as",   "at",    "be",   "by",
                                                      "for", "from", "in",  "is",   "of",   "on",    "or",   "that",
                                                      "the", "to",   "was", "were", "with", "which", "this", "than"};

class TermLinter {
 public:
  TermLinter(const Node& leaf, const LintOptions& options, std::vector<Diagnostic>& out)
      : leaf_(leaf), term_(*leaf.AsTerm()), words_(SplitWords(term_.text)), options_(options), out_(out) {}

  void Run() {
    LowerCaseOperator();
    Wildcards();
    Proximity();
    Quotation();
    if (term_.field == Field::kNone && !IsBareFilter(term_.text)) {
      Report("S112", fmt::format("\"{}\" has no field tag, so PubMed decides what it searches", term_.text),
             fmt::format("{}[tiab]", Quoted()));
    }
    ShortWords();
    Greek();
    if (term_.field == Field::kAbstract)
      Report("S128", "[ab] is not in PubMed's table of tags, though it works", fmt::format("{}[tiab]", Quoted()));
  }

 private:
  void LowerCaseOperator() {
    if (term_.quoted) return;
    for (const std::string_view word : words_) {
      const std::string lower = AsciiLower(word);
      if (lower != "and" && lower != "or" && lower != "not") continue;
      std::string upper(OperatorName(lower == "and" ? Operator::kAnd : lower == "or" ? Operator::kOr : Operator::kNot));
      Report("S104", fmt::format("\"{}\" is an operator only in capitals", word), std::move(upper));
      return;
    }
  }

  void Wildcards() {
    const std::string_view text = term_.text;
    const std::size_t star = text.find_first_of("*?$");
    const std::size_t hash = text.find('#');
    if (star == std::string_view::npos && hash == std::string_view::npos) return;
    if (!IsTextField(term_.field) && term_.field != Field::kMesh && text.find('*') == std::string_view::npos) return;
    if (term_.proximity && text.find('*') != std::string_view::npos) {
      Report("S108", "PubMed drops the \":~N\" of a phrase with a wildcard and searches the plain phrase",
             "one phrase for each ending, joined by OR");
      return;
    }
    const bool at_end_only = star == text.size() - 1 && text.back() == '*' && hash == std::string_view::npos;
    if (!at_end_only) {
      const std::size_t at = star == text.size() - 1 && text.back() == '*' ? hash : std::min(star, hash);
      Report(
          "S107",
          fmt::format("'{}' is no wildcard at this place: PubMed has only '*', at the end of the last word", text[at]),
          "write the forms out, joined by OR");
      return;
    }
    const std::string_view last = words_.back().substr(0, words_.back().size() - 1);
    if (CountCharacters(last) < 4 && words_.size() == 1)
      Report("S106", fmt::format("\"{}\" has {} characters before the asterisk; PubMed wants at least four",
                                 words_.back(), CountCharacters(last)));
  }

  void Proximity() {
    if (!term_.proximity) return;
    if (!TakesProximity(term_.field))
      Report("S109",
             fmt::format("[{}] has no proximity; PubMed drops the \":~{}\" or finds nothing", FieldTag(term_.field),
                         *term_.proximity),
             fmt::format("{}[tiab:~{}]", Quoted(), *term_.proximity));
    if (words_.size() < 2 || !term_.quoted)
      Report("S110", "proximity needs two words or more, between quotation marks",
             fmt::format("\"word word\"[{}:~{}]", FieldTag(term_.field), *term_.proximity));
  }

  void Quotation() {
    if (!term_.quoted && words_.size() > 1) {
      if (IsMeshField(term_.field)) {
        Report("S127", "a heading of several words without quotation marks may be mapped to other headings too",
               fmt::format("\"{}\"[{}]", term_.text, FieldTag(term_.field)));
      } else if (IsTextField(term_.field)) {
        Report("S111", fmt::format("PubMed splits \"{}\" when the phrase is not in its index", term_.text),
               Quoted() + Tag());
      }
    }
    if (!term_.quoted && words_.size() == 1 && IsTextField(term_.field)) {
      const std::size_t hyphen = term_.text.find('-');
      if (hyphen != std::string::npos && hyphen > 0 && hyphen + 1 < term_.text.size())
        Report("S124", fmt::format("\"{}\" finds nothing when the phrase is not in PubMed's index", term_.text),
               fmt::format("\"{}\"{} or proximity 0", ReplaceAll(term_.text, "-", " "), Tag()));
    }
    if (term_.quoted && words_.size() > 1 && IsTextField(term_.field) && !term_.proximity) {
      for (const std::string_view word : words_) {
        if (std::find(kStopWords.begin(), kStopWords.end(), AsciiLower(word)) == kStopWords.end()) continue;
        Report("S119",
               fmt::format(
                   "with the stop word \"{}\" this phrase may not be in PubMed's phrase index; the quotation marks "
                   "are then ignored",
                   word),
               TakesProximity(term_.field) ? fmt::format("{}[{}:~0]", Quoted(), FieldTag(term_.field)) : "");
        return;
      }
    }
  }

  void ShortWords() {
    if (!IsTextField(term_.field) || words_.size() != 1 || term_.field == Field::kAffiliation) return;
    const std::string word = AsciiLower(words_[0]);
    for (const AmbiguousWord& own : options_.ambiguous)
      if (AsciiLower(own.word) == word) return Ambiguous(own.reason);
    for (const auto& known : kAmbiguous)
      if (known.word == word) return Ambiguous(known.reason);
  }

  void Ambiguous(std::string_view reason) {
    Report("S113",
           fmt::format("\"{}\" also means {}; PubMed does not tell capitals from small letters", term_.text, reason),
           "the full word, or the word in a phrase");
  }

  void Greek() {
    for (std::size_t i = 0; i < term_.text.size();) {
      const DecodedCodePoint point = DecodeUtf8(term_.text, i);
      i += point.size;
      const bool greek = point.value >= 0x391 && point.value <= 0x3C9;
      const bool raised = point.value == 0xB2 || point.value == 0xB3 || point.value == 0xB9 ||
                          (point.value >= 0x2070 && point.value <= 0x209C);
      if (!greek && !raised) continue;
      Report("S123",
             greek ? "PubMed reads a Greek letter as its name (beta); other databases may not"
                   : "a raised or lowered figure; write it as a plain figure",
             greek ? "both forms, joined by OR" : "");
      return;
    }
  }

  [[nodiscard]] std::string Quoted() const {
    return words_.size() > 1 ? fmt::format("\"{}\"", term_.text) : term_.text;
  }
  [[nodiscard]] std::string Tag() const {
    return term_.field == Field::kNone ? "" : fmt::format("[{}]", FieldTag(term_.field));
  }
  void Report(std::string_view code, std::string message, std::string suggestion = "") {
    out_.push_back(MakeDiagnostic(code, leaf_.span, std::move(message), std::move(suggestion)));
  }

  const Node& leaf_;
  const Term& term_;
  std::vector<std::string_view> words_;
  const LintOptions& options_;
  std::vector<Diagnostic>& out_;
};

}  // namespace

void LintTerm(const Node& leaf, const LintOptions& options, std::vector<Diagnostic>& out) {
  if (leaf.AsTerm() != nullptr) TermLinter(leaf, options, out).Run();
  const DateRange* range = leaf.AsDateRange();
  if (range != nullptr && range->single && range->field == Field::kDatePublication) {
    const std::string date = FormatDatePoint(range->from);
    out.push_back(MakeDiagnostic("S116", leaf.span,
                                 fmt::format("{}[dp] misses records whose print and electronic dates differ", date),
                                 fmt::format("{0}:{0}[dp]", date)));
  }
}

}  // namespace litmill::search
