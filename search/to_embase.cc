// SPDX-License-Identifier: Apache-2.0
// Embase.com: field codes behind a colon, Emtree terms behind a slash, single quotation marks.
#include <fmt/format.h>

#include "core/unicode.h"
#include "search/languages.h"
#include "search/target_renderer.h"

namespace litmill::search {
namespace {

/// Single quotation marks; double ones where the text has an apostrophe of its own.
std::string Quoted(const std::string& text) {
  const char mark = text.find('\'') == std::string::npos ? '\'' : '"';
  return mark + text + mark;
}

class EmbaseRenderer : public TargetRenderer {
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
      case Field::kOtherTerm:
        return FieldWrap{"", ":kw", false};
      case Field::kTransliteratedTitle:
        return FieldWrap{"", ":tt", false};
      case Field::kTextWord:
        WarnOnce("T001",
                 "[tw] becomes :ti,ab,kw,de,tn: Embase has no text-word field; its index terms are Emtree, not MeSH");
        return FieldWrap{"", ":ti,ab,kw,de,tn", false};
      case Field::kNone:
      case Field::kAll:
        return FieldWrap{};
      default:
        return std::nullopt;
    }
  }

  std::string Word(const std::string& word) override { return IsSimpleWord(word) ? word : Quoted(word); }

  Piece Phrase(const std::vector<std::string>& words) override {
    if (HasWildcard(words)) return Chain(words, "NEXT/1");  // Between quotation marks an asterisk is no wildcard.
    return Piece{Quoted(JoinWords(words)), {}, false};
  }

  Piece Proximity(const std::vector<std::string>& words, int between) override {
    return Chain(words, fmt::format("NEAR/{}", Positions(between)));
  }

  std::optional<Piece> Heading(const Term& term) override {
    const std::vector<EmtreeTerm>* terms = options().emtree == nullptr ? nullptr : options().emtree->Find(term.text);
    if (terms == nullptr)
      return LeaveOut("T003",
                      fmt::format("MeSH heading \"{}\" is not in the Emtree table; litmill does not guess. Add a line "
                                  "\"{}<tab>EMTREE TERM\"",
                                  term.text, term.text));
    if (terms->empty())
      return LeaveOut("T003", fmt::format("the Emtree table says that \"{}\" has no counterpart", term.text));
    if (!term.subheading.empty())
      Warn("T005",
           fmt::format("subheading \"{}\" is not carried; the Emtree term is searched with any", term.subheading));
    std::vector<std::string> parts;
    for (const EmtreeTerm& emtree : *terms)
      parts.push_back(Quoted(emtree.term) + (term.explode && emtree.explode ? "/exp" : "/de") +
                      (term.field == Field::kMeshMajor ? "/mj" : ""));
    WarnOnce("T004", "Emtree is not MeSH: explosion brings other narrower terms");
    return Piece{JoinWords(parts, " OR "), {}, parts.size() > 1};
  }

  std::optional<Piece> Dates(const DateRange& range) override {
    const auto years = YearsOf(range);
    if (!years) return std::nullopt;
    return Piece{fmt::format("[{}-{}]/py", years->from.year, years->to.year), {}, false};
  }

  std::optional<Piece> Other(const Term& term) override {
    switch (term.field) {
      case Field::kAuthor:
        return Piece{Quoted(term.text) + ":au", {}, false};
      case Field::kArticleId:
        return Piece{Quoted(term.text) + ":do", {}, false};
      case Field::kJournal:
        return Piece{Quoted(term.text) + ":jt", {}, false};
      case Field::kLanguage:
        return Piece{fmt::format("[{}]/lim", LanguageName(term.text)), {}, false};
      case Field::kPublicationType: {
        const auto type = DocumentType(term, "[review]/lim", "[editorial]/lim", "[letter]/lim");
        if (!type) return std::nullopt;
        return Piece{*type, {}, false};
      }
      case Field::kFilter:
        return LeaveOut("T011", fmt::format("\"{}\" is a filter of PubMed's", term.text));
      default:
        return NoSuchField(term);
    }
  }
};

}  // namespace

std::unique_ptr<TargetRenderer> MakeEmbaseRenderer(const TranslateOptions& options) {
  return std::make_unique<EmbaseRenderer>(options);
}

}  // namespace litmill::search
