// SPDX-License-Identifier: Apache-2.0
// Web of Science Core Collection: XX=(...), NEAR/n counts the words between as PubMed does, no thesaurus.
#include <fmt/format.h>

#include "search/languages.h"
#include "search/target_renderer.h"
#include "search/words.h"

namespace litmill::search {
namespace {

/// "english" to "English".
std::string Capitalised(std::string name) {
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

class WebOfScienceRenderer : public TargetRenderer {
 public:
  using TargetRenderer::TargetRenderer;

 protected:
  std::optional<FieldWrap> TextField(Field field) override {
    switch (field) {
      case Field::kTitle:
        return Named("TI");
      case Field::kAbstract:
        return TopicInStarter("AB");
      case Field::kTitleAbstract:
        WarnOnce(
            "T001",
            "[tiab] becomes TS (topic): it also searches Keywords Plus, which the database makes from the references");
        return Named("TS");
      case Field::kTextWord:
        WarnOnce("T001", "[tw] becomes TS (topic): headings and publication types are not searched");
        return Named("TS");
      case Field::kOtherTerm:
        return TopicInStarter("AK");
      case Field::kAffiliation:
        if (IsStarter()) return std::nullopt;
        return Named("AD");
      case Field::kNone:
        return Named("TS");
      case Field::kAll:
        return TopicInStarter("ALL");
      default:
        return std::nullopt;
    }
  }

  std::string Word(const std::string& word) override {
    CheckTruncation(word);
    return IsSimpleWord(word) && !IsOperator(word) ? word : "\"" + word + "\"";
  }

  Piece Phrase(const std::vector<std::string>& words) override {
    for (const std::string& word : words) CheckTruncation(word);
    return Piece{"\"" + JoinWords(words) + "\"", {}, false};
  }

  Piece Proximity(const std::vector<std::string>& words, int between) override {
    return Chain(words, fmt::format("NEAR/{}", between));
  }

  std::optional<Piece> Heading(const Term& term) override {
    return LeaveOut(
        "T003", fmt::format("the Core Collection has no headings, so \"{}\" must be covered by text words", term.text));
  }

  std::optional<Piece> Dates(const DateRange& range) override {
    const auto years = YearsOf(range);
    if (!years) return std::nullopt;
    return Piece{fmt::format("{}-{}", years->from.year, years->to.year), Named("PY"), false};
  }

  std::optional<Piece> Other(const Term& term) override {
    const auto named = [&](std::string_view code) {
      const std::vector<std::string> words = TargetWords(term.text);
      return Piece{words.size() == 1 ? Word(words[0]) : Phrase(words).text, Named(code), false};
    };
    switch (term.field) {
      case Field::kAuthor: {
        std::string name = term.text;
        if (!term.quoted && !term.Truncated()) name += "*";  // As PubMed does with the initials.
        return Piece{name.find(' ') == std::string::npos ? name : "\"" + name + "\"", Named("AU"), false};
      }
      case Field::kJournal:
        return named("SO");
      case Field::kArticleId:
        return named("DO");
      case Field::kPmid:
        return named("PMID");
      case Field::kIsbn:
        return named("IS");
      case Field::kGrant:
        if (IsStarter()) return NoSuchField(term);
        return named("FG");
      case Field::kLanguage:
        if (IsStarter()) return NoSuchField(term);
        return Piece{Capitalised(LanguageName(term.text)), Named("LA"), false};
      case Field::kPublicationType: {
        const auto type = DocumentType(term, "Review", "\"Editorial Material\"", "Letter");
        if (!type) return std::nullopt;
        return Piece{*type, Named("DT"), false};
      }
      case Field::kFilter:
        return LeaveOut("T011", fmt::format("\"{}\" is a filter of PubMed's", term.text));
      default:
        return NoSuchField(term);
    }
  }

 private:
  [[nodiscard]] bool IsStarter() const { return options().used == Interface::kStarterApi; }

  /// The Starter API refuses a query with a field that it does not know.
  FieldWrap TopicInStarter(std::string_view code) {
    if (!IsStarter()) return Named(code);
    WarnOnce("T001", fmt::format("{} becomes TS (topic): the Starter API has no field {}", code, code));
    return Named("TS");
  }

  static FieldWrap Named(std::string_view code) { return FieldWrap{fmt::format("{}=(", code), ")", true}; }

  static bool IsOperator(std::string_view word) {
    for (const std::string_view op : {"AND", "OR", "NOT", "NEAR", "SAME", "and", "or", "not", "near", "same"})
      if (word == op) return true;
    return false;
  }

  void CheckTruncation(const std::string& word) {
    if (word.ends_with('*') && CountCharacters(word) < 4)
      Warn("T012", "the asterisk needs at least three characters before it here");
  }
};

}  // namespace

std::unique_ptr<TargetRenderer> MakeWebOfScienceRenderer(const TranslateOptions& options) {
  return std::make_unique<WebOfScienceRenderer>(options);
}

}  // namespace litmill::search
