// SPDX-License-Identifier: Apache-2.0
#include "parse/table_cells.h"

#include <algorithm>
#include <utility>

#include "core/identifiers.h"
#include "core/unicode.h"
#include "parse/export_date.h"
#include "parse/record_parts.h"
#include "parse/xml_text.h"

namespace litmill::parse {

bool IsGeneration(std::string_view word) {
  constexpr std::string_view kWords[] = {"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV", "2nd", "3rd"};
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

bool AreInitials(std::string_view text) {
  if (text.empty() || text.size() > 10) return false;
  std::size_t letters = 0;
  for (const char c : text) {
    if (c == '.' || c == '-' || c == ' ') continue;
    if (c >= 'a' && c <= 'z') return false;
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++letters;
  }
  return letters <= 4 && letters > 0 && (letters <= 3 || text.find('.') != std::string_view::npos);
}

namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// "[No author name available]".
bool SaysNone(std::string_view name) { return name.starts_with("[No ") || name.starts_with("[no "); }

Author Person(std::string_view name, Author (*read)(std::string_view)) {
  // "Smith JA Jr": the generation stands behind the initials.
  const std::size_t space = name.rfind(' ');
  if (space != std::string_view::npos && IsGeneration(name.substr(space + 1)) && name.find(' ') != space) {
    std::string_view rest = TrimAscii(name.substr(0, space));
    if (rest.ends_with(',')) rest.remove_suffix(1);
    Author person = read(rest);
    person.suffix = std::string(name.substr(space + 1));
    return person;
  }
  return read(name);
}

std::vector<Author> People(const std::vector<std::string>& names, Author (*read)(std::string_view)) {
  std::vector<Author> people;
  for (const std::string& printed : names) {
    const std::string name = FoldSpace(printed);
    if (name.empty() || SaysNone(name)) continue;
    if (IsGeneration(name) && !people.empty()) {
      people.back().suffix = name;
      continue;
    }
    Author person = Person(name, read);
    if (!person.last_name.empty()) people.push_back(std::move(person));
  }
  return people;
}

}  // namespace

// "Roe, J." and "Roe, Jane" with a comma, "Roe JB" and "Roe J.B." with initials, "Jane Roe" else.
Author PersonInAnyWording(std::string_view name) {
  if (const std::size_t comma = name.find(','); comma != std::string_view::npos) {
    const std::string_view rest = TrimAscii(name.substr(comma + 1));
    return AreInitials(rest) ? PersonWithInitials(name) : PersonLastNameFirst(name);
  }
  const std::size_t space = name.rfind(' ');
  if (space != std::string_view::npos && AreInitials(name.substr(space + 1))) return PersonWithInitials(name);
  return PersonFirstNameFirst(name);
}

std::vector<std::string> SplitTerms(std::string_view text) {
  std::vector<std::string> terms;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool is_end = i == text.size();
    if (!is_end && text[i] == '(') ++depth;
    if (!is_end && text[i] == ')' && depth > 0) --depth;
    if (!is_end && (text[i] != ',' || depth > 0 || i + 1 >= text.size() || !IsXmlSpace(text[i + 1]))) continue;
    if (std::string term = FoldSpace(text.substr(begin, i - begin)); !term.empty()) terms.push_back(std::move(term));
    begin = i + 1;
  }
  return terms;
}

std::vector<Author> PeopleWithInitials(std::string_view names) {
  const bool by_semicolon = names.find(';') != std::string_view::npos;
  return People(SplitList(names, by_semicolon ? ";" : ", "), PersonWithInitials);
}

std::vector<Author> PeopleLastNameFirst(std::string_view names) {
  return People(SplitList(names, ";"), PersonLastNameFirst);
}

std::vector<Author> PeopleInAnyWording(std::string_view names) {
  for (const std::string_view separator : {" and ", ";", "|", "\n"})
    if (names.find(separator) != std::string_view::npos) {
      std::vector<Author> people;
      for (const std::string& part : SplitList(names, separator))
        for (Author& person : People({part}, PersonInAnyWording)) people.push_back(std::move(person));
      return people;
    }
  const std::vector<std::string> parts = SplitList(names, ",");
  if (parts.size() < 2) return People(parts, PersonInAnyWording);
  // "Roe, J., Doe, A.": every second part is initials. "Roe, Jane" alone is one person.
  bool is_paired = parts.size() % 2 == 0;
  for (std::size_t i = 1; is_paired && i < parts.size(); i += 2) is_paired = AreInitials(parts[i]);
  const bool is_one = parts.size() == 2 && parts[0].find(' ') == std::string::npos;
  if (is_one || (parts.size() == 2 && IsGeneration(parts[1]))) return People({std::string(names)}, PersonInAnyWording);
  if (!is_paired) return People(parts, PersonInAnyWording);
  std::vector<std::string> pairs;
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2) pairs.push_back(parts[i] + ", " + parts[i + 1]);
  return People(pairs, PersonInAnyWording);
}

void AddPeople(ExportRecord& out, std::vector<Author> people, PersonRole role) {
  for (Author& person : people) {
    person.role = role;
    out.record.authors.push_back(std::move(person));
  }
}

void ForEachPart(std::string_view text, const std::function<void(std::string_view)>& visit) {
  for (const std::string& part : SplitList(text, ";")) visit(part);
}

void Other(ExportRecord& out, std::string_view kind, std::string_view value) {
  constexpr std::size_t kMostCompared = 200;  // Each is compared with all before it.
  std::string text = FoldSpace(value);
  if (text.empty()) return;
  if (out.record.other_names.size() < kMostCompared)
    AddOther(out.record, kind, {}, std::move(text));
  else
    out.record.other_names.push_back({std::string(kind), {}, std::move(text)});
}

void AddKeywords(ExportRecord& out, std::string_view owner, std::string_view text, std::string_view separator) {
  for (const std::string& part : SplitList(text, separator)) {
    const std::string_view term = part;
    const bool is_major = term.starts_with('*');
    out.AddKeyword(owner, is_major ? term.substr(1) : term, is_major);
  }
}

void AddChemicals(ExportRecord& out, std::string_view text) {
  for (const std::string& term : SplitTerms(text)) {
    const std::size_t open = term.ends_with(')') ? term.rfind('(') : std::string::npos;
    if (open == std::string::npos) {
      out.record.chemicals.push_back({{}, {}, term});
      continue;
    }
    const std::string name(TrimAscii(std::string_view(term).substr(0, open)));
    for (std::string& number : SplitList(std::string_view(term).substr(open + 1, term.size() - open - 2), ","))
      out.record.chemicals.push_back({std::move(number), {}, name});
  }
}

std::vector<std::string> SplitUnescaped(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      parts.back() += text[i];
      parts.back() += text[++i];
    } else if (text[i] == separator) {
      parts.emplace_back();
    } else {
      parts.back() += text[i];
    }
  }
  return parts;
}

std::string WithoutBackslashes(std::string_view text) {
  text = TrimAscii(text);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    out += text[i];
  }
  return out;
}

std::vector<std::string> UnescapedList(std::string_view cell) {
  std::vector<std::string> items;
  for (const std::string& part : SplitUnescaped(cell, ';'))
    if (std::string item = WithoutBackslashes(part); !item.empty()) items.push_back(std::move(item));
  return items;
}

void AddCitedWork(ExportRecord& out, std::string_view text) {
  Reference& reference = out.record.references.emplace_back();
  reference.citation = out.Marked(text);
  const std::string_view citation = reference.citation.text;
  const std::size_t at = citation.find("DOI 10.");
  if (at == std::string_view::npos) return;
  std::string_view doi = citation.substr(at + 4);
  doi = doi.substr(0, doi.find_first_of(" ,"));
  if (const auto normal = NormaliseDoi(doi))
    reference.identifiers.push_back({"doi", *normal, std::string(doi), "citation", true});
}

void AddDateAsItCame(ExportRecord& out, std::string_view kind, std::string_view text) {
  out.record.dates.push_back({std::string(kind), DateFromExport(text), {}});
}

std::string WithoutDecimals(std::string_view number) {
  number = TrimAscii(number);
  const bool is_decimal =
      number.size() > 2 && number.ends_with(".0") && std::all_of(number.begin(), number.end() - 2, IsDigit);
  return std::string(is_decimal ? number.substr(0, number.size() - 2) : number);
}

void SetContainer(ExportRecord& out, std::string_view container, std::string_view type) {
  const std::string lower = AsciiLower(type);
  const bool is_part = lower.find("chapter") != std::string::npos;
  const bool is_book = lower == "book" || lower == "books" || lower == "b";
  const std::string name = out.Marked(container).text;
  Record& record = out.record;
  if (!is_part && !is_book) {
    record.journal.title = name;
    return;
  }
  record.type = RecordType::kBook;
  if (!record.book) record.book.emplace();
  Book& book = *record.book;
  book.title = is_part || record.title.text.empty() ? name : record.title.text;
  if (!is_part && name != book.title) book.collection_title = name;
  book.volume = record.journal.volume;
}

void SetPagesOrNumber(ExportRecord& out, std::string_view first, std::string_view last, std::string_view number) {
  if (!first.empty() || !last.empty())
    out.SetPages(first, last);
  else if (!number.empty())
    out.SetPages(number);
  if (number.empty()) return;
  const std::string value(number);
  AddIdentifierOnce(out.record, {"article-number", value, value, "article number", true});
}

}  // namespace litmill::parse
