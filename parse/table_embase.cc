// SPDX-License-Identifier: Apache-2.0
#include <iterator>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/unicode.h"
#include "parse/export_date.h"
#include "parse/record_parts.h"
#include "parse/table_cells.h"
#include "parse/table_layouts.h"
#include "parse/trial_numbers.h"

namespace litmill::parse {
namespace {

using Out = ExportRecord&;
using Cell = std::string_view;

constexpr std::ptrdiff_t kMostNamesakes = 8;

std::string PrintedName(const Author& person) {
  // "J.-B." was made "JB": letters are what two wordings of a name share.
  return person.initials.empty() ? person.last_name : person.last_name + " " + person.initials;
}

std::string WithoutDots(std::string_view name) {
  const Author person = PersonWithInitials(name);
  return PrintedName(person);
}

// "(Roe J., roe@example.org; Doe A.) Department, City, Country. , (Doe A.) Another place." Each place goes to the
// authors before it; what has another form is kept as it is.
void AddAddresses(Out out, std::string_view text) {
  std::unordered_multimap<std::string, std::size_t> by_name;
  for (std::size_t i = 0; i < out.record.authors.size(); ++i) by_name.emplace(PrintedName(out.record.authors[i]), i);
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text.find(" , (", at);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view part = TrimAscii(text.substr(at, end - at));
    at = end == text.size() ? end : end + 3;
    const std::size_t close = part.starts_with('(') ? part.find(") ") : std::string_view::npos;
    const std::string place(TrimAscii(close == std::string_view::npos ? part : part.substr(close + 2)));
    bool is_placed = false;
    if (close != std::string_view::npos)
      for (const std::string& name : SplitList(part.substr(1, close - 1), ";")) {
        // Two authors of one printed name share their places: nothing tells which of them is meant.
        const auto [first, last] = by_name.equal_range(WithoutDots(std::string_view(name).substr(0, name.find(','))));
        for (auto found = first; found != last && std::distance(first, found) < kMostNamesakes; ++found) {
          out.record.authors[found->second].affiliations.push_back({place, {}});
          is_placed = true;
        }
      }
    if (!is_placed) Other(out, "affiliation", part);
  }
}

// Terms are joined by commas without a space; terms with a comma of their own have one.
void AddAuthorKeywords(Out out, Cell cell) {
  std::string term;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const bool ends = cell[i] == ',' && i + 1 < cell.size() && cell[i + 1] != ' ';
    if (!ends) term += cell[i];
    if (ends) out.AddKeyword("NOTNLM", std::exchange(term, {}));
  }
  out.AddKeyword("NOTNLM", term);
}

void AddEmtree(Out out, Cell cell, bool is_major) {
  for (const std::string& term : SplitTerms(cell)) out.AddKeyword("EMTREE", term, is_major);
}

void AddOriginalAbstract(Out out, Cell cell) {
  AbstractSection section;
  section.body = out.Marked(cell);
  out.record.other_abstracts.push_back({"original", {}, {std::move(section)}, {}});
}

// "Journal (2024) 15:1 Article Number: 4063. Date of Publication: 1 Dec 2024".
std::string ArticleNumber(std::string_view source) {
  constexpr std::string_view kMark = "Article Number: ";
  const std::size_t begin = source.find(kMark);
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = source.substr(begin + kMark.size());
  const std::string_view number = rest.substr(0, rest.find_first_of(" "));
  return std::string(number.ends_with('.') ? number.substr(0, number.size() - 1) : number);
}

const std::vector<TableColumn>& Columns() {
  static const std::vector<TableColumn> kColumns = {
      {"title", [](Out out, Cell cell) { out.record.title = out.Marked(cell); }},
      {"original title", [](Out out, Cell cell) { out.record.vernacular_title = out.Marked(cell); }},
      {"author names", nullptr},
      {"author addresses", nullptr},
      {"correspondence address", As<"correspondence-address">},
      {"editors", [](Out out, Cell cell) { AddPeople(out, PeopleWithInitials(cell), PersonRole::kEditor); }},
      {"conference editors", [](Out out, Cell cell) { AddPeople(out, PeopleWithInitials(cell), PersonRole::kEditor); }},
      {"aip/ip entry date", [](Out out, Cell cell) { AddDateAsItCame(out, "in-process", cell); }},
      {"full record entry date", [](Out out, Cell cell) { AddDateAsItCame(out, "entered", cell); }},
      {"source", As<"source-string">},
      {"source title", nullptr},
      {"publication year", nullptr},
      {"date of publication", nullptr},
      {"volume", [](Out out, Cell cell) { out.record.journal.volume = std::string(cell); }},
      {"issue", [](Out out, Cell cell) { out.record.journal.issue = std::string(cell); }},
      {"first page", nullptr},
      {"last page", nullptr},
      {"publication type", nullptr},
      {"conference name", As<"conference">},
      {"conference location", As<"conference-location">},
      {"conference date", As<"conference-date">},
      {"name", As<"conference">},
      {"location", As<"conference-location">},
      {"date", As<"conference-date">},
      {"issn", nullptr},
      {"isbn", nullptr},
      {"book publisher", nullptr},
      {"abstract", [](Out out, Cell cell) { out.SetAbstract(cell); }},
      {"original abstract", AddOriginalAbstract},
      {"original non-english abstract", AddOriginalAbstract},
      {"author keywords", AddAuthorKeywords},
      {"emtree drug index terms (major focus)", [](Out out, Cell cell) { AddEmtree(out, cell, true); }},
      {"emtree drug index terms", [](Out out, Cell cell) { AddEmtree(out, cell, false); }},
      {"emtree medical index terms (major focus)", [](Out out, Cell cell) { AddEmtree(out, cell, true); }},
      {"emtree medical index terms", [](Out out, Cell cell) { AddEmtree(out, cell, false); }},
      {"drug tradenames", As<"drug-tradename">},
      {"drug manufacturer", As<"drug-manufacturer">},
      {"device tradenames", As<"device-tradename">},
      {"device manufacturer", As<"device-manufacturer">},
      {"cas registry numbers", [](Out out, Cell cell) { AddChemicals(out, cell); }},
      {"molecular sequence numbers", As<"molecular-sequence-number">},
      {"embase classification",
       // "Immunology, Serology and Transplantation (26), Physiology (2)".
       [](Out out, Cell cell) {
         for (const std::string& term : SplitList(cell, "), "))
           Other(out, "embase-classification", term.ends_with(')') ? term : term + ")");
       }},
      {"clinical trial numbers", [](Out out, Cell cell) { AddTrials(out.record, cell); }},
      {"article language", [](Out out, Cell cell) { out.AddLanguages(cell); }},
      {"summary language", As<"summary-language">},
      {"embase accession id", nullptr},
      {"pui", nullptr},
      {"medline pmid", [](Out out, Cell cell) { out.AddIdentifier("pmid", WithoutDecimals(cell), "Medline PMID"); }},
      {"doi", [](Out out, Cell cell) { out.AddIdentifier("doi", cell, "DOI"); }},
      {"full text link", As<"url">},
      {"embase link", As<"url">},
      {"open url link", As<"url">},
      {"copyright", [](Out out, Cell cell) { out.record.copyright = out.Marked(cell).text; }},
  };
  return kColumns;
}

bool Fits(const TableHeader& header) {
  if (!header.Has("title") || !header.Has("source title")) return false;
  return header.Has("pui") || header.Has("embase accession id") || header.Has("aip/ip entry date") ||
         header.Has("full record entry date") || header.Has("emtree medical index terms");
}

// The number of a record in its link ("...&id=L2029880245&...").
std::string IdIn(std::string_view link) {
  const std::size_t begin = link.find("id=L");
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = link.substr(begin + 3);
  return std::string(rest.substr(0, rest.find('&')));
}

// A printed date may lie in another year than the one of publication: both are kept. A spreadsheet makes "Mar-20" of
// March 2020, which only the year tells from the 20th of March.
void AddPrintDate(const TableRow& row, Out out) {
  const std::string year = WithoutDecimals(row.Cell("publication year"));
  const std::string printed = row.Cell("date of publication");
  PartialDate date = DateFromExport(printed);
  const bool is_month = date.iso.empty() && printed.size() == 6 && printed[3] == '-' && year.size() == 4 &&
                        printed.substr(4) == year.substr(2);
  if (is_month) {
    date = DateFromParts(year, printed.substr(0, 3), {});
    date.raw = printed;
  }
  if (date.iso.empty())
    out.AddDate("print", year.empty() ? printed : year);
  else
    out.record.dates.push_back({"print", date, {}});
  if (date.iso.empty() && !year.empty()) out.AddUnmapped("Date of Publication", printed);
  if (!date.iso.empty() && !year.empty() && !date.iso.starts_with(year)) out.AddDate("publication-year", year);
}

void Finish(const TableRow& row, Out out) {
  Record& record = out.record;
  const std::string type = row.Cell("publication type");
  out.AddPublicationType(type);
  if (AsciiLower(type) == "retracted article" || AsciiLower(type) == "tombstone")
    out.AddPublicationType("Retracted Publication");
  SetContainer(out, row.Cell("source title"), type);
  const std::string publisher = out.Marked(row.Cell("book publisher")).text;
  if (record.book)
    record.book->publisher = publisher;
  else
    Other(out, "publisher", publisher);
  out.AddIssnsAndIsbns(row.Cell("issn"));
  out.AddIssnsAndIsbns(row.Cell("isbn"));
  std::vector<Author> people = PeopleWithInitials(row.Cell("author names"));
  std::vector<Author> editors = std::exchange(record.authors, {});
  AddPeople(out, std::move(people));
  AddAddresses(out, row.Cell("author addresses"));
  AddPeople(out, std::move(editors), PersonRole::kEditor);
  AddPrintDate(row, out);
  SetPagesOrNumber(out, row.Cell("first page"), row.Cell("last page"), ArticleNumber(row.Cell("source")));
  out.accession = row.First({"pui", "embase accession id"});
  if (out.accession.empty()) out.accession = IdIn(row.Cell("embase link"));
  if (out.accession.starts_with("LNCT")) AddTrials(out.record, std::string_view(out.accession).substr(1));
  if (!out.accession.empty()) out.AddIdentifier("embase", out.accession, row.Cell("pui").empty() ? "Embase ID" : "PUI");
}

}  // namespace

const TableLayout& EmbaseTable() {
  static const TableLayout kLayout = {"embase", Fits, Columns, Finish};
  return kLayout;
}

}  // namespace litmill::parse
