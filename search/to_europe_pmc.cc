// SPDX-License-Identifier: Apache-2.0
// Europe PMC: Lucene's syntax, FIELD:word, [A TO B].
#include <fmt/format.h>

#include <algorithm>

#include "core/unicode.h"
#include "search/dates.h"
#include "search/languages.h"
#include "search/target_renderer.h"
#include "search/words.h"

namespace litmill::search {
namespace {

class EuropePmcRenderer : public TargetRenderer {
 public:
  using TargetRenderer::TargetRenderer;

  /// There are no line references.
  [[nodiscard]] std::optional<std::string> LineLabel(int) const override { return std::nullopt; }

 protected:
  std::optional<FieldWrap> TextField(Field field) override {
    switch (field) {
      case Field::kTitle:
        return Named("TITLE");
      case Field::kAbstract:
        return Named("ABSTRACT");
      case Field::kTitleAbstract:
        WarnOnce("T001", "[tiab] becomes TITLE_ABS: the authors' keywords are not searched");
        return Named("TITLE_ABS");
      case Field::kTextWord:
        WarnOnce("T001", "[tw] becomes TITLE_ABS: headings, keywords and publication types are not searched");
        return Named("TITLE_ABS");
      case Field::kOtherTerm:
        WarnOnce("T001", "[ot] becomes KW: it also searches MeSH headings");
        return Named("KW");
      case Field::kAffiliation:
        return Named("AFF");
      case Field::kNone:
      case Field::kAll:
        WarnOnce("T001", "a term without a field is searched in the full text too, which finds much more than PubMed");
        return FieldWrap{};
      default:
        return std::nullopt;
    }
  }

  std::string Word(const std::string& word) override {
    if (IsSimpleWord(word) && !IsOperator(word)) return word;
    if (word.find('*') != std::string::npos)
      Warn("T012", "no wildcard works between quotation marks, which this word needs");
    return "\"" + Escaped(word) + "\"";
  }

  Piece Phrase(const std::vector<std::string>& words) override {
    if (!HasWildcard(words)) return Piece{"\"" + Escaped(JoinWords(words)) + "\"", {}, false};
    Warn("T012", "no wildcard works in a phrase: the words are joined by AND, which finds more");
    return AllOf(words);
  }

  Piece Proximity(const std::vector<std::string>& words, int between) override {
    Warn("T007",
         fmt::format("no documented proximity: the words are joined by AND instead of {} words apart, which finds more",
                     between));
    return AllOf(words);
  }

  std::optional<Piece> Heading(const Term& term) override {
    Warn("T003", "the heading is searched by name in KW, which holds MeSH headings and keywords alike");
    if (term.explode)
      WarnOnce("T004", "KW does not explode: narrower headings are not searched (the synonym switch is not explosion)");
    if (!term.subheading.empty()) Warn("T005", fmt::format("subheading \"{}\" is not carried", term.subheading));
    if (term.field == Field::kMeshMajor) Warn("T006", "major topic is not carried");
    if (term.Truncated()) Warn("T012", "no wildcard works between quotation marks");
    return Piece{"\"" + Escaped(JoinWords(TargetWords(term.text))) + "\"", Named("KW"), false};
  }

  std::optional<Piece> Dates(const DateRange& range) override {
    const bool by_day = !range.period && (range.from.month != 0 || range.to.month != 0) &&
                        (range.field == Field::kDatePublication || range.field == Field::kDateElectronic);
    if (by_day) {
      WarnOnce("T008",
               "dates: PubMed counts a record whose print or electronic date is in the range; FIRST_PDATE is the "
               "earliest date");
      return Piece{
          fmt::format("FIRST_PDATE:[{} TO {}]", IsoDay(FirstDay(range.from)), IsoDay(LastDay(range.to))), {}, false};
    }
    const auto years = YearsOf(range);
    if (!years) return std::nullopt;
    return Piece{fmt::format("PUB_YEAR:[{} TO {}]", years->from.year, years->to.year), {}, false};
  }

  std::optional<Piece> Other(const Term& term) override {
    const auto named = [&](std::string_view name) {
      return Piece{"\"" + Escaped(JoinWords(TargetWords(term.text))) + "\"", Named(name), false};
    };
    switch (term.field) {
      case Field::kAuthor:
        return named("AUTH");
      case Field::kAuthorId:
        return named("AUTHORID");
      case Field::kJournal:
        return named("JOURNAL");
      case Field::kArticleId:
        return named("DOI");
      case Field::kPmid:
        return Piece{fmt::format("EXT_ID:{} AND SRC:MED", term.text), {}, true};
      case Field::kIsbn:
        return named("ISBN");
      case Field::kVolume:
        return named("VOLUME");
      case Field::kIssue:
        return named("ISSUE");
      case Field::kGrant:
        return named("GRANT_ID");
      case Field::kLanguage:
        return Piece{LanguageCode(term.text), Named("LANG"), false};
      case Field::kPublicationType:
        if (term.explode)
          WarnOnce("T004", "[pt] finds narrower publication types too; PUB_TYPE finds only what is written");
        return named("PUB_TYPE");
      case Field::kFilter:
        if (AsciiLower(term.text) == "hasabstract") return Piece{"HAS_ABSTRACT:Y", {}, false};
        return LeaveOut("T011", fmt::format("\"{}\" is a filter of PubMed's", term.text));
      default:
        return NoSuchField(term);
    }
  }

 private:
  static FieldWrap Named(std::string_view name) { return FieldWrap{fmt::format("{}:", name), "", false}; }
  static std::string Escaped(const std::string& text) { return ReplaceAll(text, "\\", "\\\\"); }
  static std::string IsoDay(int day) {
    // A month's last day is 31 in our arithmetic; a real calendar day is wanted here.
    const int year = day / 10000;
    const int month = day / 100 % 100;
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    int last = 31;
    if (month == 4 || month == 6 || month == 9 || month == 11) last = 30;
    if (month == 2) last = leap ? 29 : 28;
    return fmt::format("{:04}-{:02}-{:02}", year, month, std::min(day % 100, last));
  }
  static bool IsOperator(std::string_view word) {
    return word == "AND" || word == "OR" || word == "NOT" || word == "TO";
  }
};

}  // namespace

std::unique_ptr<TargetRenderer> MakeEuropePmcRenderer(const TranslateOptions& options) {
  return std::make_unique<EuropePmcRenderer>(options);
}

}  // namespace litmill::search
