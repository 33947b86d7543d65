// SPDX-License-Identifier: Apache-2.0
#include "search/ovid_renderer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/unicode.h"
#include "search/languages.h"
#include "search/mesh_qualifiers.h"

namespace litmill::search {
namespace {

/// Words that Ovid reads as operators or commands unless they are quoted.
bool IsReserved(std::string_view word) {
  constexpr std::array kReserved{"and", "or", "not", "adj", "exp", "use", "limit", "freq", "from", "remove"};
  const std::string lower = AsciiLower(word);
  return std::find(kReserved.begin(), kReserved.end(), lower) != kReserved.end();
}

FieldWrap Dotted(std::string_view codes) { return FieldWrap{"", fmt::format(".{}.", codes), false}; }

}  // namespace

std::string_view OvidRenderer::OperatorWord(Operator op) const {
  switch (op) {
    case Operator::kAnd:
      return "and";
    case Operator::kOr:
      return "or";
    case Operator::kNot:
      return "not";
  }
  return "";
}

std::optional<std::string> OvidRenderer::LineLabel(int number) const { return fmt::format("{}. ", number); }
std::string OvidRenderer::ReferenceText(int number) const { return fmt::format("{}", number); }

std::optional<FieldWrap> OvidRenderer::TextField(Field field) {
  switch (field) {
    case Field::kTitle:
      return Dotted("ti");
    case Field::kAbstract:
      return Dotted("ab");
    case Field::kTitleAbstract:
      return Dotted("ti,ab,kf");
    case Field::kOtherTerm:
      return Dotted("kf");
    case Field::kAffiliation:
      return Dotted("in");
    case Field::kTransliteratedTitle:
      return Dotted("ot");
    case Field::kTextWord:
      WarnOnce("T001", "[tw] becomes .mp.: which fields that searches depends on the database that is open");
      return Dotted("mp");
    case Field::kNone:
    case Field::kAll:
      return Dotted("af");
    default:
      return std::nullopt;
  }
}

std::string OvidRenderer::Word(const std::string& word) {
  return IsSimpleWord(word) && !IsReserved(word) ? word : "\"" + word + "\"";
}

Piece OvidRenderer::Phrase(const std::vector<std::string>& words) {
  const bool plain = std::all_of(words.begin(), words.end(),
                                 [](const std::string& word) { return IsSimpleWord(word) && !IsReserved(word); });
  const std::string text = JoinWords(words);
  if (!plain && HasWildcard(words))
    Warn("T012", "truncation within quotation marks is not sure to work on Ovid; check the hits");
  // Words side by side are a phrase on Ovid; in a bracket of several they need no more than that.
  return Piece{plain ? text : "\"" + text + "\"", {}, false};
}

Piece OvidRenderer::Proximity(const std::vector<std::string>& words, int between) {
  return Chain(words, fmt::format("adj{}", Positions(between)));
}

std::optional<Piece> OvidRenderer::Dates(const DateRange& range) {
  const auto years = YearsOf(range);
  if (!years) return std::nullopt;
  return Piece{fmt::format("{}:{}", years->from.year, years->to.year), Dotted("(sa_year)"), false};
}

std::optional<Piece> OvidRenderer::Other(const Term& term) {
  const auto dotted = [&](std::string_view code) {
    return Piece{Phrase(TargetWords(term.text)).text, Dotted(code), false};
  };
  switch (term.field) {
    case Field::kAuthor:
      if (!term.quoted && !term.Truncated()) return Piece{term.text + "*", Dotted("au"), false};  // As PubMed does.
      return Piece{term.text, Dotted("au"), false};
    case Field::kJournal:
      return dotted("jn");
    case Field::kLanguage:
      return Piece{LanguageName(term.text), Dotted("lg"), false};
    case Field::kPmid:
      return dotted("ui");
    case Field::kRegistryNumber:
      return dotted("rn");
    case Field::kVolume:
      return dotted("vo");
    case Field::kIssue:
      return dotted("ip");
    case Field::kPagination:
      return dotted("pg");
    case Field::kGrant:
      return dotted("gr");
    case Field::kPlaceOfPublication:
      return dotted("cp");
    case Field::kSecondarySource:
      return dotted("si");
    case Field::kFilter:
      return LeaveOut("T011", fmt::format("\"{}\" is a filter of PubMed's", term.text));
    default:
      return NoSuchField(term);
  }
}

std::string OvidRenderer::HeadingText(std::string_view heading, bool explode, bool major, std::string_view code) {
  const std::vector<std::string> words = TargetWords(heading);
  std::string name = JoinWords(words);
  const bool quote = name.find_first_of("()/") != std::string::npos ||
                     std::any_of(words.begin(), words.end(), [](const std::string& word) { return IsReserved(word); });
  if (quote) name = "\"" + name + "\"";
  return fmt::format("{}{}{}/{}", explode ? "exp " : "", major ? "*" : "", name, code);
}

}  // namespace litmill::search
