// SPDX-License-Identifier: Apache-2.0
#include "tests/search/naive_evaluator.h"

#include <cstdio>
#include <cstdlib>
#include <set>

namespace litmill::search::testing {
namespace {

using Words = std::vector<std::string>;

/// Splits at everything that is no ASCII letter or figure, after the few non-ASCII characters of the test data were
/// written out by hand.
Words NaiveWords(std::string text) {
  const std::vector<std::pair<std::string, std::string>> spelled{{"é", "e"},    {"É", "e"}, {"è", "e"}, {"β", "beta"},
                                                                 {"Β", "beta"}, {"²", "2"}, {"₂", "2"}, {"ß", "ss"}};
  for (const auto& [from, to] : spelled)
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from))
      text.replace(at, from.size(), to);
  Words words;
  std::string word;
  for (const char c : text + " ") {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      word += upper ? static_cast<char>(c + 32) : c;
    } else if (!word.empty()) {
      words.push_back(word);
      word.clear();
    }
  }
  return words;
}

std::string Key(const std::string& text) {
  std::string key;
  for (const std::string& word : NaiveWords(text)) key += (key.empty() ? "" : " ") + word;
  return key;
}

std::string NameKey(std::string name) {
  for (std::size_t at = name.find('\''); at != std::string::npos; at = name.find('\'')) name.erase(at, 1);
  return Key(name);
}

bool Begins(const std::string& text, const std::string& start) { return text.compare(0, start.size(), start) == 0; }

/// Each text of the record that a field searches.
std::vector<Words> TextsOf(const Record& record, Field field) {
  std::vector<Words> texts;
  const bool every = field == Field::kAll || field == Field::kNone;
  const bool tw = every || field == Field::kTextWord;
  const bool tiab = tw || field == Field::kTitleAbstract;
  if (tiab || field == Field::kTitle) texts.push_back(NaiveWords(record.title.text));
  if (tiab || field == Field::kAbstract) {
    std::string whole;
    for (const AbstractSection& section : record.abstract_sections)
      whole += section.label + " " + section.body.text + " ";
    texts.push_back(NaiveWords(whole));
    for (const OtherAbstract& other : record.other_abstracts) {
      std::string text;
      for (const AbstractSection& section : other.sections) text += section.label + " " + section.body.text + " ";
      texts.push_back(NaiveWords(text));
    }
  }
  if (tiab || field == Field::kOtherTerm)
    for (const Keyword& keyword : record.keywords) texts.push_back(NaiveWords(keyword.text.text));
  if (tw) {
    for (const MeshHeading& heading : record.mesh_headings) {
      texts.push_back(NaiveWords(heading.name));
      for (const MeshQualifier& qualifier : heading.qualifiers) texts.push_back(NaiveWords(qualifier.name));
    }
    for (const PublicationType& type : record.publication_types) texts.push_back(NaiveWords(type.name));
    for (const Chemical& chemical : record.chemicals) texts.push_back(NaiveWords(chemical.name));
  }
  if (every || field == Field::kTransliteratedTitle) texts.push_back(NaiveWords(record.vernacular_title.text));
  if (every || field == Field::kAffiliation)
    for (const Author& author : record.authors)
      for (const Affiliation& affiliation : author.affiliations) texts.push_back(NaiveWords(affiliation.text));
  if (every) {
    for (const Author& author : record.authors) texts.push_back(NaiveWords(author.last_name + " " + author.fore_name));
    texts.push_back(NaiveWords(record.journal.title));
    texts.push_back(NaiveWords(record.journal.medline_ta));
  }
  return texts;
}

bool HasPhrase(const Words& text, const Words& phrase, bool prefix) {
  for (std::size_t at = 0; at + phrase.size() <= text.size(); ++at) {
    bool here = true;
    for (std::size_t i = 0; i < phrase.size(); ++i) {
      const bool last = i + 1 == phrase.size();
      here = here && (last && prefix ? Begins(text[at + i], phrase[i]) : text[at + i] == phrase[i]);
    }
    if (here) return true;
  }
  return false;
}

/// Tries every window: the words must all be in it, each as often as asked.
bool HasNear(const Words& text, const Words& words, int between) {
  const std::size_t size = words.size() + static_cast<std::size_t>(between);
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::multiset<std::string> window;
    for (std::size_t i = at; i < text.size() && i < at + size; ++i) window.insert(text[i]);
    bool all = true;
    for (const std::string& word : words) {
      const auto found = window.find(word);
      if (found == window.end()) {
        all = false;
        break;
      }
      window.erase(found);
    }
    if (all) return true;
  }
  return false;
}

void AddAbove(const std::string& heading, const Parents& parents, std::set<std::string>& out) {
  if (!out.insert(heading).second) return;
  const auto above = parents.find(heading);
  if (above == parents.end()) return;
  for (const std::string& parent : above->second) AddAbove(parent, parents, out);
}

bool HeadingMatches(const Term& term, const Record& record, const Parents& parents) {
  if (term.proximity) return false;
  const std::string wanted = Key(term.text);
  if (wanted.empty() || (term.Truncated() && !term.subheading.empty())) return false;
  for (const MeshHeading& heading : record.mesh_headings) {
    std::set<std::string> names{Key(heading.name)};
    if (term.explode) {
      names.clear();
      AddAbove(Key(heading.name), parents, names);
    }
    bool named = false;
    for (const std::string& name : names) named = named || (term.Truncated() ? Begins(name, wanted) : name == wanted);
    if (!named) continue;
    if (term.subheading.empty()) {
      if (term.field == Field::kMesh || heading.Major()) return true;
      continue;
    }
    for (const MeshQualifier& qualifier : heading.qualifiers) {
      const bool major = heading.descriptor_major || qualifier.major;
      if (Key(qualifier.name) == Key(term.subheading) && (term.field == Field::kMesh || major)) return true;
    }
  }
  return false;
}

int Ordinal(const std::string& iso) {
  int year = 0;
  int month = 1;
  int day = 1;
  if (std::sscanf(iso.c_str(), "%d-%d-%d", &year, &month, &day) < 1) return 0;
  return year * 372 + month * 31 + day;
}

bool DateMatches(const DateRange& range, const Record& record) {
  const auto first = [](const DatePoint& d) {
    return d.year * 372 + (d.month == 0 ? 1 : d.month) * 31 + (d.day == 0 ? 1 : d.day);
  };
  const auto last = [](const DatePoint& d) {
    return d.year * 372 + (d.month == 0 ? 12 : d.month) * 31 + (d.day == 0 ? 31 : d.day);
  };
  if (range.period) return false;
  std::vector<std::string> kinds;
  switch (range.field) {
    case Field::kDatePublication:
      kinds = {"print", "electronic"};
      break;
    case Field::kDatePrint:
      kinds = {"print"};
      break;
    case Field::kDateElectronic:
      kinds = {"electronic"};
      break;
    case Field::kDateCreated:
      kinds = {"entrez"};
      break;
    case Field::kDateEntry:
      kinds = {"pubmed"};
      break;
    case Field::kDateMesh:
      kinds = {"medline"};
      break;
    case Field::kDateCompleted:
      kinds = {"completed"};
      break;
    case Field::kDateModified:
      kinds = {"revised"};
      break;
    default:
      std::abort();
  }
  for (const RecordDate& date : record.dates) {
    for (const std::string& kind : kinds) {
      if (date.kind != kind || date.date.iso.empty()) continue;
      const int day = Ordinal(date.date.iso);
      if (day >= first(range.from) && day <= last(range.to)) return true;
    }
  }
  return false;
}

bool TypeMatches(const Term& term, const Record& record, const Parents& parents) {
  const std::string wanted = Key(term.text);
  for (const PublicationType& type : record.publication_types) {
    std::set<std::string> names{Key(type.name)};
    if (term.explode) {
      names.clear();
      AddAbove(Key(type.name), parents, names);
    }
    for (const std::string& name : names)
      if (!wanted.empty() && (term.Truncated() ? Begins(name, wanted) : name == wanted)) return true;
  }
  return false;
}

bool TextMatches(const Term& term, const Record& record) {
  const Words words = NaiveWords(term.text);
  if (words.empty()) return false;
  const std::size_t star = term.text.find('*');
  const bool prefix =
      star != std::string::npos && star + 1 == term.text.size() && star > 0 &&
      !NaiveWords(term.text.substr(star - 1, 1) + "x").empty() &&
      NaiveWords(term.text.substr(0, star)).size() == NaiveWords(term.text.substr(0, star) + "x").size();
  const std::vector<Words> texts = TextsOf(record, term.field);
  const bool proximity =
      term.proximity && !prefix &&
      (term.field == Field::kTitle || term.field == Field::kTitleAbstract || term.field == Field::kAffiliation);
  if (term.field == Field::kNone && !term.quoted && words.size() > 1) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      bool somewhere = false;
      for (const Words& text : texts)
        somewhere = somewhere || HasPhrase(text, {words[i]}, prefix && i + 1 == words.size());
      if (!somewhere) return false;
    }
    return true;
  }
  for (const Words& text : texts)
    if (proximity ? HasNear(text, words, *term.proximity) : HasPhrase(text, words, prefix)) return true;
  return false;
}

bool TermMatches(const Term& term, const Record& record, const Parents& parents) {
  switch (term.field) {
    case Field::kMesh:
    case Field::kMeshMajor:
      return HeadingMatches(term, record, parents);
    case Field::kPublicationType:
      return TypeMatches(term, record, parents);
    case Field::kLanguage:
      for (const std::string& language : record.languages)
        if (language == term.text || (language == "eng" && term.text == "english")) return true;
      return false;
    case Field::kJournal:
      return Key(term.text) == Key(record.journal.title) || Key(term.text) == Key(record.journal.medline_ta);
    case Field::kAuthor:
      for (const Author& author : record.authors) {
        const std::string name = NameKey(author.last_name + " " + author.initials);
        const std::string wanted = NameKey(term.text);
        const bool surname = wanted.find(' ') == std::string::npos;
        if (name == wanted || (surname && Begins(name, wanted + " ")) ||
            (!surname && !term.quoted && Begins(name, wanted)))
          return true;
      }
      return false;
    default:
      return TextMatches(term, record);
  }
}

}  // namespace

bool NaiveMatches(const Node& node, const Record& record, const Parents& parents) {
  if (const Operation* operation = node.AsOperation()) {
    bool result = NaiveMatches(operation->operands[0], record, parents);
    for (std::size_t i = 1; i < operation->operands.size(); ++i) {
      const bool next = NaiveMatches(operation->operands[i], record, parents);
      if (operation->op == Operator::kAnd) result = result && next;
      if (operation->op == Operator::kOr) result = result || next;
      if (operation->op == Operator::kNot) result = result && !next;
    }
    return result;
  }
  if (const DateRange* range = node.AsDateRange()) return DateMatches(*range, record);
  if (const Term* term = node.AsTerm()) return TermMatches(*term, record, parents);
  std::abort();
}

}  // namespace litmill::search::testing
