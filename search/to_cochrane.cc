// SPDX-License-Identifier: Apache-2.0
// Cochrane CENTRAL (Search Manager): field codes behind a colon, [mh ...], NEAR/n counts the words between.
#include <fmt/format.h>

#include "core/unicode.h"
#include "search/mesh_qualifiers.h"
#include "search/target_renderer.h"

namespace litmill::search {
namespace {

std::string AsciiUpper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

class CochraneRenderer : public TargetRenderer {
 public:
  using TargetRenderer::TargetRenderer;

 protected:
  std::optional<FieldWrap> TextField(Field field) override {
    switch (field) {
      case Field::kTitle:
        return FieldWrap{"", ":ti", false};
      case Field::kAbstract:
        return FieldWrap{"", ":ab", false};
      case Field::kTitleAbstract:
        return FieldWrap{"", ":ti,ab,kw", false};
      case Field::kTextWord:
        WarnOnce("T001", "[tw] becomes :ti,ab,kw: publication types and other PubMed fields are not searched");
        return FieldWrap{"", ":ti,ab,kw", false};
      case Field::kOtherTerm:
        WarnOnce("T001", "[ot] becomes :kw: it also searches MeSH and Emtree headings");
        return FieldWrap{"", ":kw", false};
      case Field::kNone:
      case Field::kAll:
        return FieldWrap{};
      default:
        return std::nullopt;
    }
  }

  std::string Word(const std::string& word) override {
    return IsSimpleWord(word) && !IsOperator(word) ? word : "\"" + word + "\"";
  }

  Piece Phrase(const std::vector<std::string>& words) override {
    if (HasWildcard(words)) return Chain(words, "NEXT");  // Between quotation marks an asterisk is no wildcard.
    return Piece{"\"" + JoinWords(words) + "\"", {}, false};
  }

  Piece Proximity(const std::vector<std::string>& words, int between) override {
    return Chain(words, fmt::format("NEAR/{}", between));
  }

  std::optional<Piece> Heading(const Term& term) override {
    if (term.Truncated()) return LeaveOut("T012", "headings cannot be truncated here");
    if (term.field == Field::kMeshMajor) Warn("T006", "major topic is not carried: the heading is searched as any");
    const std::vector<std::string> words = TargetWords(term.text);
    std::string name = JoinWords(words);
    if (words.size() > 1 || !IsSimpleWord(name)) name = "\"" + name + "\"";
    const std::string_view code = SubheadingCode(term.subheading);
    if (!term.subheading.empty() && code.empty())
      Warn("T005", fmt::format("\"{}\" is no MeSH subheading; the heading is searched with any", term.subheading));
    return Piece{fmt::format("[mh {}{}{}{}]", term.explode ? "" : "^", name, code.empty() ? "" : "/", AsciiUpper(code)),
                 {},
                 false};
  }

  std::optional<Piece> Dates(const DateRange& range) override {
    const auto years = YearsOf(range);
    if (!years) return std::nullopt;
    return LeaveOut("T017", fmt::format("dates are no part of the text here; set the limit \"{} to {}\" in the form",
                                        years->from.year, years->to.year));
  }

  std::optional<Piece> Other(const Term& term) override {
    const auto coded = [&](std::string_view code) {
      const std::vector<std::string> words = TargetWords(term.text);
      Piece piece = words.size() == 1 ? Piece{Word(words[0]), {}, false} : Phrase(words);
      piece.wrap = FieldWrap{"", fmt::format(":{}", code), false};
      return piece;
    };
    switch (term.field) {
      case Field::kAuthor:
        return coded("au");
      case Field::kJournal:
        return coded("so");
      case Field::kPublicationType:
        if (term.explode) WarnOnce("T004", "[pt] finds narrower publication types too; :pt finds only what is written");
        return coded("pt");
      case Field::kMeshSubheading: {
        const std::string_view code = SubheadingCode(term.text);
        if (code.empty()) return LeaveOut("T005", fmt::format("\"{}\" is no MeSH subheading", term.text));
        return Piece{fmt::format("[mh /{}]", AsciiUpper(code)), {}, false};
      }
      case Field::kFilter:
        return LeaveOut("T011", fmt::format("\"{}\" is a filter of PubMed's", term.text));
      default:
        return NoSuchField(term);
    }
  }

 private:
  static bool IsOperator(std::string_view word) {
    const std::string upper = AsciiUpper(word);
    return upper == "AND" || upper == "OR" || upper == "NOT" || upper == "NEAR" || upper == "NEXT";
  }
};

}  // namespace

std::unique_ptr<TargetRenderer> MakeCochraneRenderer(const TranslateOptions& options) {
  return std::make_unique<CochraneRenderer>(options);
}

}  // namespace litmill::search
