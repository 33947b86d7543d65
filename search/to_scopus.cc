// SPDX-License-Identifier: Apache-2.0
// Scopus: FIELD(...), W/n counts the words between as PubMed does, AND NOT.
#include <fmt/format.h>

#include "search/languages.h"
#include "search/target_renderer.h"

namespace litmill::search {
namespace {

class ScopusRenderer : public TargetRenderer {
 public:
  using TargetRenderer::TargetRenderer;

 protected:
  [[nodiscard]] std::string_view OperatorWord(Operator op) const override {
    return op == Operator::kNot ? "AND NOT" : OperatorName(op);
  }

  std::optional<FieldWrap> TextField(Field field) override {
    const auto named = [](std::string_view name) { return FieldWrap{fmt::format("{}(", name), ")", true}; };
    switch (field) {
      case Field::kTitle:
        return named("TITLE");
      case Field::kAbstract:
        return named("ABS");
      case Field::kTitleAbstract:
        WarnOnce("T001", "[tiab] becomes TITLE-ABS-KEY: it also searches index terms, not only the authors' keywords");
        return named("TITLE-ABS-KEY");
      case Field::kTextWord:
        WarnOnce("T001", "[tw] becomes TITLE-ABS-KEY: publication types and other PubMed fields are not searched");
        return named("TITLE-ABS-KEY");
      case Field::kOtherTerm:
        return named("AUTHKEY");
      case Field::kAffiliation:
        return named("AFFIL");
      case Field::kNone:
        return named("TITLE-ABS-KEY");
      case Field::kAll:
        WarnOnce("T001", "[all] becomes ALL: in Scopus that includes the references, which finds much more");
        return named("ALL");
      default:
        return std::nullopt;
    }
  }

  std::string Word(const std::string& word) override { return IsSimpleWord(word) ? word : "\"" + word + "\""; }

  Piece Phrase(const std::vector<std::string>& words) override {
    // Double quotation marks are Scopus' loose phrase: plurals and punctuation do not matter, wildcards work.
    return Piece{"\"" + JoinWords(words) + "\"", {}, false};
  }

  Piece Proximity(const std::vector<std::string>& words, int between) override {
    return Chain(words, fmt::format("W/{}", between));
  }

  std::optional<Piece> Heading(const Term& term) override {
    const bool on_the_web = options().used == Interface::kWeb;
    const std::string_view field = on_the_web ? "INDEXTERMS" : "KEY";
    if (on_the_web)
      Warn("T003",
           "Scopus has no MeSH of its own: INDEXTERMS searches the index terms that came with a record from any "
           "source, for this heading by name");
    else
      Warn("T003",
           "Scopus has no MeSH of its own, and its API no INDEXTERMS: KEY searches the index terms that came with a "
           "record from any source, and the authors' keywords, for this heading by name");
    if (term.explode) WarnOnce("T004", fmt::format("{} does not explode: narrower headings are not searched", field));
    if (!term.subheading.empty()) Warn("T005", fmt::format("subheading \"{}\" is not carried", term.subheading));
    if (term.field == Field::kMeshMajor) Warn("T006", "major topic is not carried");
    return Piece{"\"" + JoinWords(TargetWords(term.text)) + "\"", FieldWrap{fmt::format("{}(", field), ")", true},
                 false};
  }

  std::optional<Piece> Dates(const DateRange& range) override {
    const auto years = YearsOf(range);
    if (!years) return std::nullopt;
    return Piece{fmt::format("PUBYEAR > {} AND PUBYEAR < {}", years->from.year - 1, years->to.year + 1), {}, true};
  }

  std::optional<Piece> Other(const Term& term) override {
    const auto named = [&](std::string_view name) {
      const std::vector<std::string> words = TargetWords(term.text);
      return Piece{words.size() == 1 ? Word(words[0]) : Phrase(words).text,
                   FieldWrap{fmt::format("{}(", name), ")", true}, false};
    };
    switch (term.field) {
      case Field::kAuthor:
        return named("AUTH");
      case Field::kAuthorFirst:
        return named("FIRSTAUTH");
      case Field::kJournal:
        return named("SRCTITLE");
      case Field::kArticleId:
        return named("DOI");
      case Field::kPmid:
        return named("PMID");
      case Field::kIsbn:
        return named("ISBN");
      case Field::kVolume:
        return named("VOLUME");
      case Field::kIssue:
        return named("ISSUE");
      case Field::kRegistryNumber:
        return named("CASREGNUMBER");
      case Field::kSupplementaryConcept:
        Warn("T001", "[nm] becomes CHEMNAME, which names chemicals otherwise than NLM");
        return named("CHEMNAME");
      case Field::kLanguage:
        return Piece{LanguageName(term.text), FieldWrap{"LANGUAGE(", ")", true}, false};
      case Field::kPublicationType: {
        const auto type = DocumentType(term, "re", "ed", "le");
        if (!type) return std::nullopt;
        return Piece{*type, FieldWrap{"DOCTYPE(", ")", true}, false};
      }
      case Field::kFilter:
        return LeaveOut("T011", fmt::format("\"{}\" is a filter of PubMed's", term.text));
      default:
        return NoSuchField(term);
    }
  }

 private:
  void CheckNot(bool root) override {
    if (!root)
      Warn("T018",
           "Scopus advises AND NOT only at the end of a search; here it stands in brackets within one: check the hits");
  }
};

}  // namespace

std::unique_ptr<TargetRenderer> MakeScopusRenderer(const TranslateOptions& options) {
  return std::make_unique<ScopusRenderer>(options);
}

}  // namespace litmill::search
