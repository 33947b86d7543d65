// SPDX-License-Identifier: Apache-2.0
#include "parse/crossref_parts.h"

#include <string_view>
#include <utility>

#include "core/partial_date.h"
#include "core/unicode.h"

namespace litmill::parse {
namespace {

// "23 July 2016" or "2016-07-23", perhaps with a time after a comma.
PartialDate DateInWords(const std::string& value) {
  const std::string_view text = std::string_view(value).substr(0, value.find_first_of(",T"));
  if (auto date = DateFromIso(text)) return *std::move(date);
  const std::size_t first = text.find(' ');
  const std::size_t second = first == std::string_view::npos ? first : text.find(' ', first + 1);
  PartialDate date;
  if (second != std::string_view::npos)
    date = DateFromParts(text.substr(second + 1), text.substr(first + 1, second - first - 1).substr(0, 3),
                         text.substr(0, first));
  date.raw = value;
  return date;
}

}  // namespace

void AddCrossrefAssertion(Record& record, const std::string& name, const std::string& value) {
  if (value.empty()) return;
  if (name == "received" || name == "revised" || name == "accepted" || name == "first_online") {
    const std::string kind = name == "revised" ? "revision-received" : name == "first_online" ? "first-online" : name;
    if (record.Date(kind) == nullptr) record.dates.push_back({kind, DateInWords(value), {}});
    return;
  }
  if (name == "copyright" || name == "Copyright") record.copyright = value;
  if (name == "Ethics" || name == "COI" || name == "conflict_of_interest") record.coi_statement = value;
}

std::string CrossrefCitationText(const CrossrefCitation& citation) {
  std::string text;
  const auto add = [&text](const std::string& part, std::string_view before) {
    if (part.empty()) return;
    if (!text.empty()) text += before;
    text += part;
  };
  add(citation.author, "");
  for (const std::string& title : citation.titles) add(title, ". ");
  add(citation.year, ". ");
  add(citation.volume, ";");
  if (!citation.issue.empty()) text += "(" + citation.issue + ")";
  add(citation.first_page, ":");
  return text;
}

}  // namespace litmill::parse
