// SPDX-License-Identifier: Apache-2.0
#include "store/dedupe_title.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/unicode.h"

namespace litmill::store {
namespace {

/// Markup and entities become spaces; a lone "<" stays.
std::string WithoutMarkup(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : ' ';
    const auto is_letter = [](char x) { return (x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z'); };
    if (c == '<' && (is_letter(next) || next == '/')) {
      const std::size_t end = text.find('>', i);
      if (end != std::string_view::npos && end - i <= 60) {
        i = end;  // nothing in its place: "Mg<sup>2+</sup>" is "Mg2+"
        continue;
      }
    }
    if (c == '&' && (is_letter(next) || next == '#')) {
      const std::size_t end = text.find(';', i);
      if (end != std::string_view::npos && end - i <= 8) {
        i = end;
        out += ' ';
        continue;
      }
    }
    out += c;
  }
  return out;
}

/// What databases write into a title in square brackets: "[Abstract]", "[Erratum appears in ...]", "[Japanese]". A
/// title that stands in brackets as a whole is a translation and is kept.
std::string WithoutNotes(std::string_view title) {
  static constexpr std::string_view kFronts[] = {
      "abstract",   "erratum",     "published erratum", "corrected",  "correction",
      "retract",    "see comment", "comment",           "review",     "letter",
      "editorial",  "news",        "summary",           "conference", "poster",
      "meeting",    "english",     "chinese",           "japanese",   "german",
      "french",     "spanish",     "russian",           "italian",    "portuguese",
      "korean",     "polish",      "turkish",           "dutch",      "czech",
      "hungarian",  "danish",      "swedish",           "norwegian",  "in english",
      "in chinese", "in german",   "in french",         "in spanish", "in japanese"};
  std::string out;
  for (std::size_t i = 0; i < title.size(); ++i) {
    if (title[i] != '[' || out.find_first_not_of(" \"'") == std::string::npos) {
      out += title[i];
      continue;
    }
    std::size_t end = i, depth = 0;
    for (; end < title.size(); ++end) {
      if (title[end] == '[') ++depth;
      if (title[end] == ']' && --depth == 0) break;
    }
    const std::string inside = FoldWords(title.substr(i + 1, end - i - 1));
    const bool is_note = std::any_of(std::begin(kFronts), std::end(kFronts), [&inside](std::string_view front) {
      return inside.compare(0, front.size(), front) == 0;
    });
    if (!is_note) {
      out += title[i];
      continue;
    }
    out += ' ';
    i = end;
  }
  return out;
}

/// "Phase II" and "two" are written "phase 2" and "2" elsewhere.
std::string WithNumerals(const std::string& words) {
  static constexpr std::pair<std::string_view, std::string_view> kNumerals[] = {
      {"ii", "2"},    {"iii", "3"},   {"vi", "6"},    {"vii", "7"},  {"viii", "8"}, {"ix", "9"},
      {"one", "1"},   {"two", "2"},   {"three", "3"}, {"four", "4"}, {"five", "5"}, {"six", "6"},
      {"seven", "7"}, {"eight", "8"}, {"nine", "9"},  {"ten", "10"}};
  // Single letters, and "iv" (intravenous), are numerals only after such a word.
  static constexpr std::string_view kBefore[] = {"part",  "phase", "type",   "stage", "grade",
                                                 "class", "level", "volume", "study", "section"};
  static constexpr std::pair<std::string_view, std::string_view> kLetters[] = {
      {"i", "1"}, {"iv", "4"}, {"v", "5"}, {"x", "10"}};
  std::string out;
  std::string_view before;
  for (const std::string_view word : SplitWords(words)) {
    std::string_view written = word;
    for (const auto& [numeral, number] : kNumerals)
      if (word == numeral) written = number;
    if (std::find(std::begin(kBefore), std::end(kBefore), before) != std::end(kBefore))
      for (const auto& [letter, number] : kLetters)
        if (word == letter) written = number;
    if (!out.empty()) out += ' ';
    out += written;
    before = word;
  }
  return out;
}

/// Takes "word word " from the front.
bool EatFront(std::string& words, std::string_view front) {
  if (words.size() <= front.size() || words.compare(0, front.size(), front) != 0 || words[front.size()] != ' ')
    return false;
  words.erase(0, front.size() + 1);
  return true;
}

bool IsFollowedByColon(std::string_view raw) {
  const std::size_t at = raw.find_first_of(":;.]!?");
  const std::size_t space = raw.find(' ');
  return at != std::string_view::npos && (space == std::string_view::npos || at < space);
}

void TakeKind(FoldedTitle& title, std::string_view raw) {
  static constexpr std::string_view kRetracted[] = {
      "retracted article", "retracted chapter",   "retracted paper",   "article retracted", "withdrawn article",
      "retracted",         "withdrawn",           "notice of removal", "removed",           "temporary removal",
      "article in press",  "accepted manuscript", "original article",  "research article"};
  static constexpr std::string_view kNotices[] = {"author correction to",
                                                  "publisher correction to",
                                                  "author correction",
                                                  "publisher correction",
                                                  "correction to",
                                                  "correction for",
                                                  "corrections to",
                                                  "corrigendum to",
                                                  "corrigendum for",
                                                  "corrigendum",
                                                  "erratum to",
                                                  "erratum for",
                                                  "erratum in",
                                                  "erratum",
                                                  "errata",
                                                  "retraction note to",
                                                  "retraction note",
                                                  "retraction notice to",
                                                  "retraction notice",
                                                  "expression of concern",
                                                  "addendum to",
                                                  "addendum"};
  static constexpr std::string_view kReplies[] = {
      "comment on",   "comments on",   "commentary on",   "commentary to",    "comment to",
      "reply to",     "in reply to",   "response to",     "authors reply to", "authors response to",
      "author reply", "authors reply", "author response", "authors response", "letter to the editor",
      "response",     "reply",         "letter by"};
  const bool colon = IsFollowedByColon(raw);
  for (const std::string_view front : kRetracted)
    if (front.find(' ') != std::string_view::npos || colon) EatFront(title.words, front);
  for (const std::string_view front : kNotices)
    if (EatFront(title.words, front)) title.kind = TitleKind::kNotice;
  if (colon && (EatFront(title.words, "retraction") || EatFront(title.words, "correction")))
    title.kind = TitleKind::kNotice;
  for (const std::string_view front : kReplies)
    if ((front.find(' ') != std::string_view::npos || colon) && EatFront(title.words, front))
      title.kind = TitleKind::kReply;
  if (colon && EatFront(title.words, "re")) title.kind = TitleKind::kReply;
}

}  // namespace

FoldedTitle FoldTitle(std::string_view title) {
  FoldedTitle folded;
  const std::string plain = WithoutMarkup(title);
  const std::string_view trimmed = TrimAscii(plain);
  folded.is_translated = !trimmed.empty() && trimmed.front() == '[' && trimmed.find(']') != std::string_view::npos;
  folded.words = WithNumerals(FoldWords(WithoutNotes(trimmed)));
  const std::string lower = AsciiLower(trimmed);
  folded.is_abstract =
      lower.find("[abstract") != std::string::npos || lower.find("[conference abstract") != std::string::npos;
  static constexpr std::string_view kNothing[] = {"na",
                                                  "n a",
                                                  "none",
                                                  "no title",
                                                  "no title available",
                                                  "not available",
                                                  "untitled",
                                                  "title",
                                                  "unknown",
                                                  "title not available",
                                                  "null"};
  if (std::find(std::begin(kNothing), std::end(kNothing), folded.words) != std::end(kNothing)) folded.words.clear();
  TakeKind(folded, trimmed);
  const std::string padded = " " + folded.words + " ";
  static constexpr std::string_view kProtocols[] = {" study protocol ",    " trial protocol ", " review protocol ",
                                                    " research protocol ", " protocol for a ", " protocol for an ",
                                                    " protocol for the ",  " protocol of a ",  " protocol of an "};
  folded.is_protocol = padded.compare(0, 10, " protocol ") == 0 ||
                       std::any_of(std::begin(kProtocols), std::end(kProtocols), [&padded](std::string_view words) {
                         return padded.find(words) != std::string::npos;
                       });
  return folded;
}

}  // namespace litmill::store
