// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>

#include "core/unicode.h"
#include "parse/json_reader.h"
#include "parse/record_parts.h"
#include "parse/table_cells.h"
#include "parse/table_layouts.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

using Out = ExportRecord&;
using Cell = std::string_view;

// "Lovelace, Ada (57200000000)" -> the name and the number.
std::pair<std::string, std::string> NameAndNumber(std::string_view text) {
  const std::size_t open = text.rfind('(');
  if (open == std::string_view::npos || !text.ends_with(')')) return {std::string(text), {}};
  return {std::string(TrimAscii(text.substr(0, open))), std::string(text.substr(open + 1, text.size() - open - 2))};
}

// Full names with their numbers where the export has them, else the short names; each fills what the other lacks.
std::vector<Author> Authors(const TableRow& row) {
  std::vector<Author> brief = PeopleWithInitials(row.Cell("authors"));
  std::vector<std::string> numbers = SplitList(row.Cell("author(s) id"), ";");
  const std::vector<std::string> printed = SplitList(row.Cell("author full names"), ";");
  std::vector<Author> people;
  for (const std::string& one : printed) {
    auto [name, number] = NameAndNumber(one);
    for (Author& person : PeopleLastNameFirst(name)) {
      if (!number.empty()) person.identifiers.push_back({"scopus", number});
      people.push_back(std::move(person));
    }
  }
  if (people.empty()) {
    people = std::move(brief);
    if (numbers.size() == people.size())
      for (std::size_t i = 0; i < people.size(); ++i) people[i].identifiers.push_back({"scopus", numbers[i]});
  } else if (brief.size() == people.size()) {
    for (std::size_t i = 0; i < people.size(); ++i)
      if (people[i].last_name == brief[i].last_name) people[i].initials = brief[i].initials;
  }
  return people;
}

// Behind "Lovelace A., ", "Lovelace, A., " or "Lovelace, Ada, ": the place. Empty when `text` begins otherwise.
std::string_view PlaceBehindName(std::string_view text, const Author& person) {
  if (!text.starts_with(person.last_name)) return {};
  std::string_view rest = text.substr(person.last_name.size());
  if (rest.starts_with(", ") && person.fore_name.empty() && person.initials.empty()) return rest.substr(2);
  if (!rest.starts_with(", ") && !rest.starts_with(' ')) return {};
  if (!person.suffix.empty())
    if (const std::size_t at = rest.find(", " + person.suffix + ", "); at != std::string_view::npos)
      return TrimAscii(rest.substr(at + person.suffix.size() + 4));
  const std::size_t end = rest.find(", ", 1);
  return end == std::string_view::npos ? std::string_view() : TrimAscii(rest.substr(end + 2));
}

// One part an author, in their order, each begun by the name. False when the cell is not of this form.
bool AddAffiliations(std::vector<Author>& people, std::string_view text) {
  const std::vector<std::string> parts = SplitList(text, "; ");
  if (parts.size() != people.size()) return false;
  const auto names = [&people](const std::string& part, std::size_t i) {
    return part.starts_with(people[i].last_name);
  };
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (!names(parts[i], i)) return false;
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (const std::string_view place = PlaceBehindName(parts[i], people[i]); !place.empty())
      people[i].affiliations.push_back({std::string(place), {}});
  return true;
}

// "https://www.scopus.com/inward/record.uri?eid=2-s2.0-123&..." -> "2-s2.0-123".
std::string EidIn(std::string_view link) {
  const std::size_t begin = link.find("eid=2-s2.0-");
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = link.substr(begin + 4);
  return std::string(rest.substr(0, rest.find('&')));
}

// "name, 7732-18-5, 12-34-5; other, 1-2-3".
void AddSubstances(Out out, Cell cell) {
  for (const std::string& part : SplitList(cell, ";")) {
    std::vector<std::string> words = SplitList(part, ", ");
    std::vector<std::string> numbers;
    const auto is_number = [](const std::string& word) {
      return std::count(word.begin(), word.end(), '-') == 2 &&
             word.find_first_not_of("0123456789-") == std::string::npos;
    };
    while (words.size() > 1 && is_number(words.back())) {
      numbers.insert(numbers.begin(), std::move(words.back()));
      words.pop_back();
    }
    std::string name;
    for (std::string& word : words) name += (name.empty() ? "" : ", ") + word;
    while (name.ends_with(',')) name.pop_back();
    if (numbers.empty()) out.record.chemicals.push_back({{}, {}, name});
    for (std::string& number : numbers) out.record.chemicals.push_back({std::move(number), {}, name});
  }
}

// "National Science Foundation, NSF: 71561010, 123" or "..., NSF, (71561010; 123)".
void AddFunding(Out out, Cell cell) {
  for (const std::string& part : SplitList(out.Marked(cell).text, "; ")) {
    std::string_view agency = part;
    std::string_view numbers;
    if (const std::size_t open = agency.rfind(", ("); open != std::string_view::npos && agency.ends_with(')')) {
      numbers = agency.substr(open + 3, agency.size() - open - 4);
      agency = agency.substr(0, open);
    } else if (const std::size_t colon = agency.rfind(": "); colon != std::string_view::npos) {
      numbers = agency.substr(colon + 2);
      agency = agency.substr(0, colon);
    }
    std::string acronym;
    if (const std::size_t comma = agency.rfind(','); comma != std::string_view::npos) {
      const std::string_view word = TrimAscii(agency.substr(comma + 1));
      const bool is_acronym = word.size() <= 12 && word.find(' ') == std::string_view::npos &&
                              std::any_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
      if (is_acronym) {
        acronym = std::string(word);
        agency = agency.substr(0, comma);
      }
    }
    const std::vector<std::string> ids = SplitList(numbers, ", ");
    const std::string name(TrimAscii(agency));
    for (const std::string& id : ids) out.record.grants.push_back({id, acronym, name, {}});
    if (ids.empty()) out.record.grants.push_back({{}, acronym, name, {}});
  }
}

void AddReferences(Out out, Cell cell) {
  for (const std::string& part : SplitList(cell, "; ")) {
    Reference& reference = out.record.references.emplace_back();
    reference.citation = out.Marked(part);
  }
}

const std::vector<TableColumn>& Columns() {
  static const std::vector<TableColumn> kColumns = {
      {"authors", nullptr},
      {"author full names", nullptr},
      {"author(s) id", nullptr},
      {"authors with affiliations", nullptr},
      {"affiliations", nullptr},
      {"title", nullptr},
      {"document title", nullptr},
      {"source title", nullptr},
      {"document type", nullptr},
      {"year", nullptr},
      {"page start", nullptr},
      {"page end", nullptr},
      {"art. no.", nullptr},
      {"eid", nullptr},
      {"volume", [](Out out, Cell cell) { out.record.journal.volume = WithoutDecimals(cell); }},
      {"issue", [](Out out, Cell cell) { out.record.journal.issue = WithoutDecimals(cell); }},
      {"abbreviated source title",
       [](Out out, Cell cell) { out.record.journal.iso_abbreviation = out.Marked(cell).text; }},
      {"page count", As<"page-count">},
      {"cited by", As<"times-cited">},
      {"doi", [](Out out, Cell cell) { out.AddIdentifier("doi", cell, "DOI"); }},
      {"link", As<"url">},
      {"abstract", [](Out out, Cell cell) { out.SetAbstract(cell); }},
      {"author keywords", [](Out out, Cell cell) { AddKeywords(out, "NOTNLM", cell, ";"); }},
      {"index keywords", [](Out out, Cell cell) { AddKeywords(out, "SCOPUS", cell, ";"); }},
      {"molecular sequence numbers", EachAs<"molecular-sequence-number">},
      {"chemicals/cas", AddSubstances},
      {"tradenames", EachAs<"tradename">},
      {"manufacturers", EachAs<"manufacturer">},
      {"funding details", AddFunding},
      {"funding texts", As<"funding-text">},
      {"funding text", As<"funding-text">},
      {"references", AddReferences},
      {"correspondence address", As<"correspondence-address">},
      {"editors", nullptr},
      {"publisher", nullptr},
      {"sponsors", EachAs<"sponsor">},
      {"conference name", As<"conference">},
      {"conference date", As<"conference-date">},
      {"conference location", As<"conference-location">},
      {"conference code", As<"conference-code">},
      {"issn", nullptr},
      {"isbn", nullptr},
      {"coden", As<"coden">},
      {"pubmed id", [](Out out, Cell cell) { out.AddIdentifier("pmid", WithoutDecimals(cell), "PubMed ID"); }},
      {"language of original document", [](Out out, Cell cell) { out.AddLanguages(cell); }},
      {"publication stage", As<"publication-stage">},
      {"open access", As<"open-access-status">},
      {"access type", As<"open-access-status">},
      {"source", [](Out out, Cell cell) { out.database = std::string(cell); }},
  };
  return kColumns;
}

bool Fits(const TableHeader& header) {
  return header.Has("title") && header.Has("source title") && (header.Has("eid") || header.Has("link")) &&
         (header.Has("authors") || header.Has("year"));
}

void Finish(const TableRow& row, Out out) {
  Record& record = out.record;
  record.title = out.Marked(row.First({"title", "document title"}));
  const std::string type = row.Cell("document type");
  out.AddPublicationType(type);
  if (type == "Retracted") out.AddPublicationType("Retracted Publication");
  SetContainer(out, row.Cell("source title"), type);
  const std::string publisher = out.Marked(row.Cell("publisher")).text;
  if (record.book)
    record.book->publisher = publisher;
  else
    Other(out, "publisher", publisher);
  out.AddIssnsAndIsbns(row.Cell("issn"));
  out.AddIssnsAndIsbns(row.Cell("isbn"));
  std::vector<Author> people = Authors(row);
  if (!AddAffiliations(people, row.Cell("authors with affiliations")))
    for (const std::string& place : SplitList(row.Cell("affiliations"), "; ")) Other(out, "affiliation", place);
  AddPeople(out, std::move(people));
  AddPeople(out, PeopleWithInitials(row.Cell("editors")), PersonRole::kEditor);
  out.AddDate("print", WithoutDecimals(row.Cell("year")));
  SetPagesOrNumber(out, WithoutDecimals(row.Cell("page start")), WithoutDecimals(row.Cell("page end")),
                   WithoutDecimals(row.Cell("art. no.")));
  out.accession = row.Cell("eid");
  if (out.accession.empty()) out.accession = EidIn(row.Cell("link"));
  if (!out.accession.empty()) out.AddIdentifier("scopus", out.accession, "EID");
}

}  // namespace

const TableLayout& ScopusTable() {
  static const TableLayout kLayout = {"scopus", Fits, Columns, Finish};
  return kLayout;
}

}  // namespace litmill::parse
