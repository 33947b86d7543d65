// SPDX-License-Identifier: Apache-2.0
#include "parse/record_parts.h"

#include <algorithm>
#include <utility>

#include "core/identifiers.h"
#include "core/unicode.h"
#include "parse/page_range.h"

namespace litmill::parse {
namespace {

bool IsDigitOrX(char c) { return (c >= '0' && c <= '9') || c == 'x' || c == 'X'; }

bool StartsLower(std::string_view word) { return !word.empty() && word.front() >= 'a' && word.front() <= 'z'; }

// "J.B.", "JB", "J.-P.": every letter a capital, or a dot after each.
bool LooksLikeInitials(std::string_view word) {
  if (word.empty() || word.size() > 12) return false;
  if (word.find('.') != std::string_view::npos) return true;
  return word.size() <= 4 &&
         std::none_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == ','; });
}

}  // namespace

void AddOther(Record& record, std::string_view kind, std::string source, std::string value) {
  if (value.empty()) return;
  const auto same = [&](const OtherName& o) { return o.kind == kind && o.source == source && o.value == value; };
  if (std::none_of(record.other_names.begin(), record.other_names.end(), same))
    record.other_names.push_back({std::string(kind), std::move(source), std::move(value)});
}

void AddIdentifierOnce(Record& record, Identifier id) {
  const auto same = [&id](const Identifier& known) { return known.scheme == id.scheme && known.value == id.value; };
  if (std::none_of(record.identifiers.begin(), record.identifiers.end(), same))
    record.identifiers.push_back(std::move(id));
}

Author PersonLastNameFirst(std::string_view name) {
  Author person;
  const std::size_t comma = name.find(',');
  person.last_name = std::string(TrimAscii(name.substr(0, comma)));
  if (comma != std::string_view::npos) person.fore_name = std::string(TrimAscii(name.substr(comma + 1)));
  if (person.last_name.empty()) person.last_name = std::exchange(person.fore_name, {});
  return person;
}

Author PersonFirstNameFirst(std::string_view name) {
  name = TrimAscii(name);
  if (name.find(',') != std::string_view::npos) return PersonLastNameFirst(name);
  std::size_t at = name.rfind(' ');
  if (at == std::string_view::npos) return PersonLastNameFirst(name);
  while (true) {
    const std::size_t before = at == 0 ? std::string_view::npos : name.rfind(' ', at - 1);
    if (before == std::string_view::npos || !StartsLower(name.substr(before + 1))) break;
    at = before;
  }
  Author person;
  person.last_name = std::string(TrimAscii(name.substr(at + 1)));
  person.fore_name = std::string(TrimAscii(name.substr(0, at)));
  return person;
}

std::string BareInitials(std::string_view initials) {
  std::string out;
  for (const char c : initials)
    if (c != '.' && c != ' ' && c != '-') out += c;
  return out;
}

Author PersonWithInitials(std::string_view name) {
  name = TrimAscii(name);
  Author person;
  const std::size_t comma = name.rfind(',');
  const std::size_t cut = comma != std::string_view::npos ? comma : name.rfind(' ');
  const std::string_view rest = cut == std::string_view::npos ? std::string_view() : TrimAscii(name.substr(cut + 1));
  if (!LooksLikeInitials(rest)) return PersonLastNameFirst(name);
  person.last_name = std::string(TrimAscii(name.substr(0, cut)));
  person.initials = BareInitials(rest);
  return person;
}

void SetPages(Record& record, const std::string& first, const std::string& last) {
  record.pages = last.empty() || last == first ? first : first.empty() ? last : first + "-" + last;
  PageRange range = FirstPageRange(record.pages);
  record.start_page = std::move(range.start);
  record.end_page = std::move(range.end);
}

std::string HyphenatedIssn(std::string issn) {
  if (issn.size() == 8 && std::all_of(issn.begin(), issn.end(), IsDigitOrX)) issn.insert(4, 1, '-');
  return issn;
}

std::vector<std::string> SplitList(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (const std::string_view part = TrimAscii(text.substr(0, end)); !part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(end + separator.size(), text.size()));
  }
  return parts;
}

std::string_view LastPathPart(std::string_view url) {
  url = TrimAscii(url);
  while (!url.empty() && url.back() == '/') url.remove_suffix(1);
  const std::size_t slash = url.rfind('/');
  return slash == std::string_view::npos ? url : url.substr(slash + 1);
}

void NameByDoi(RelatedRecord& related, const std::string& doi) {
  if (auto normal = NormaliseDoi(doi))
    related.doi = *std::move(normal);
  else if (!doi.empty())
    related.ref_source = "doi:" + doi;
}

bool IsInBrackets(std::string_view title) {
  if (!title.empty() && title.back() == '.') title.remove_suffix(1);
  if (title.size() < 3 || title.front() != '[' || title.back() != ']' || title == "[Not Available]") return false;
  int open = 0;
  for (std::size_t i = 0; i < title.size(); ++i) {
    if (title[i] == '[') ++open;
    if (title[i] == ']' && --open == 0) return i + 1 == title.size();
  }
  return false;
}

}  // namespace litmill::parse
