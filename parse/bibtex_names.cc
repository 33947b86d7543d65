// SPDX-License-Identifier: Apache-2.0
#include "parse/bibtex_names.h"

#include <algorithm>
#include <utility>

#include "core/unicode.h"
#include "parse/latex_text.h"
#include "parse/record_context.h"
#include "parse/record_parts.h"
#include "parse/table_cells.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

std::string Plain(std::string_view tex) { return FoldSpace(NameOfLatex(tex)); }

// "{World Health Organization}": one pair of braces around all of it.
bool IsGrouped(std::string_view name) {
  if (!name.starts_with('{') || !name.ends_with('}')) return false;
  std::size_t depth = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '\\') {
      ++i;
      continue;
    }
    if (name[i] == '{') ++depth;
    if (name[i] == '}' && --depth == 0 && i + 1 < name.size()) return false;
  }
  return depth == 0;
}

// Parts between the word "and" outside of braces.
std::vector<std::string_view> SplitAtAnd(std::string_view value) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  std::size_t depth = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (c == '\\') ++i;
    if (c == '{') ++depth;
    if (c == '}' && depth > 0) --depth;
    if (depth > 0 || !IsXmlSpace(c) || i + 4 >= value.size() || !IsXmlSpace(value[i + 4])) continue;
    if (AsciiLower(value.substr(i + 1, 3)) != "and") continue;
    parts.push_back(TrimAscii(value.substr(begin, i - begin)));
    begin = i + 5;
    i += 3;
  }
  parts.push_back(begin < value.size() ? TrimAscii(value.substr(begin)) : std::string_view());
  return parts;
}

Author PersonAsWritten(std::string_view name) {
  Author person;
  const std::vector<std::string> parts = SplitOutsideBraces(name, ',');
  if (IsGrouped(name)) {
    person.collective_name = LiteralOfLatex(name);
  } else {
    person.last_name = LiteralOfLatex(parts.front());
    if (parts.size() > 1) person.fore_name = LiteralOfLatex(parts.back());
    if (parts.size() > 2) person.suffix = LiteralOfLatex(parts[1]);
  }
  return person;
}

Author PersonOf(std::string_view name) {
  Author person;
  if (IsGrouped(name)) {
    person.collective_name = Plain(name);
    return person;
  }
  const std::vector<std::string> parts = SplitOutsideBraces(name, ',');
  if (parts.size() < 2) return PersonInAnyWording(Plain(name));
  // "Family, Given, Jr" is wrong but frequent.
  std::size_t suffix = parts.size() > 2 ? 1 : parts.size();
  if (parts.size() > 2 && IsGeneration(Plain(parts[2])) && !IsGeneration(Plain(parts[1]))) suffix = 2;
  const std::string family = Plain(parts[0]);
  const std::string given = Plain(parts[suffix == 1 && parts.size() > 2 ? 2 : 1]);
  person.last_name = family;
  if (AreInitials(given))
    person.initials = BareInitials(given);
  else
    person.fore_name = given;
  if (suffix < parts.size()) person.suffix = Plain(parts[suffix]);
  for (std::size_t i = 3; i < parts.size(); ++i) person.fore_name += ", " + Plain(parts[i]);
  if (person.last_name.empty()) person.last_name = std::exchange(person.fore_name, {});
  return person;
}

}  // namespace

std::vector<std::string> SplitOutsideBraces(std::string_view value, char separator) {
  std::vector<std::string> parts(1);
  std::size_t depth = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (c == '{') ++depth;
    if (c == '}' && depth > 0) --depth;
    if (c == separator && depth == 0 && !(i > 0 && value[i - 1] == '\\')) {
      parts.emplace_back();
      continue;
    }
    parts.back() += c;
  }
  for (std::string& part : parts) part = std::string(TrimAscii(part));
  return parts;
}

std::vector<Author> PeopleOfBibtex(std::string_view value, bool& others, BibtexNames wording) {
  others = false;
  value = TrimAscii(value);
  // Web of Science puts whole values into a second pair of braces.
  if (wording == BibtexNames::kUsual && IsGrouped(value) && SplitAtAnd(value.substr(1, value.size() - 2)).size() > 1 &&
      value.find(',') != std::string_view::npos)
    value = TrimAscii(value.substr(1, value.size() - 2));
  std::vector<Author> people;
  const std::vector<std::string_view> names = SplitAtAnd(value);
  if (wording == BibtexNames::kUsual && names.size() == 1 && names.front().find(';') != std::string_view::npos &&
      !IsGrouped(names.front()))
    return PeopleInAnyWording(Plain(names.front()));
  for (const std::string_view name : names) {
    if (name.empty()) continue;
    if (wording == BibtexNames::kUsual && AsciiLower(name) == "others") {
      others = true;
      continue;
    }
    Author person = wording == BibtexNames::kUsual ? PersonOf(name) : PersonAsWritten(name);
    if (!person.last_name.empty() || !person.collective_name.empty()) people.push_back(std::move(person));
  }
  return people;
}

}  // namespace litmill::parse
