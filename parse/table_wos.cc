// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/identifiers.h"
#include "core/unicode.h"
#include "parse/json_reader.h"
#include "parse/record_parts.h"
#include "parse/table_cells.h"
#include "parse/table_layouts.h"
#include "parse/wos_parts.h"

namespace litmill::parse {
namespace {

using Out = ExportRecord&;
using Cell = std::string_view;

// The long name in Excel and the code in tab-delimited files of one column; the code first.
struct WosColumn {
  std::string_view code, name;
  void (*read)(ExportRecord& out, std::string_view cell);
};

void AddGroups(Out out, Cell cell) {
  for (std::string& name : SplitList(cell, ";")) {
    Author group;
    group.collective_name = std::move(name);
    out.record.authors.push_back(std::move(group));
  }
}

// "NSF [71561010, 123]; Another Agency".
void AddFunding(Out out, Cell cell) {
  for (const std::string& part : SplitList(cell, ";")) {
    const std::size_t open = part.ends_with(']') ? part.rfind('[') : std::string::npos;
    const std::string agency(TrimAscii(std::string_view(part).substr(0, open)));
    std::vector<std::string> ids;
    if (open != std::string::npos)
      ids = SplitList(std::string_view(part).substr(open + 1, part.size() - open - 2), ",");
    for (std::string& id : ids) out.record.grants.push_back({std::move(id), {}, agency, {}});
    if (ids.empty()) out.record.grants.push_back({{}, {}, agency, {}});
  }
}

void AddReferences(Out out, Cell cell) {
  for (const std::string& part : SplitList(cell, "; ")) AddCitedWork(out, part);
}

const std::vector<WosColumn>& WosColumns() {
  static const std::vector<WosColumn> kColumns = {
      {"pt", "publication type", nullptr},
      {"au", "authors", nullptr},
      {"af", "author full names", nullptr},
      {"ba", "book authors", nullptr},
      {"bf", "book author full names", nullptr},
      {"be", "book editors",
       [](Out out, Cell cell) { AddPeople(out, PeopleLastNameFirst(cell), PersonRole::kEditor); }},
      {"ed", "editors", [](Out out, Cell cell) { AddPeople(out, PeopleLastNameFirst(cell), PersonRole::kEditor); }},
      {"gp", "book group authors", AddGroups},
      {"ca", "group authors", AddGroups},
      {"ti", "article title", [](Out out, Cell cell) { out.record.title = out.Marked(cell); }},
      {"so", "source title", nullptr},
      {"se", "book series title", nullptr},
      {"bs", "book series subtitle", As<"series-subtitle">},
      {"la", "language", [](Out out, Cell cell) { out.AddLanguages(cell); }},
      {"dt", "document type",
       [](Out out, Cell cell) {
         for (const std::string& type : SplitList(cell, ";")) out.AddPublicationType(type);
       }},
      {"ct", "conference title", As<"conference">},
      {"cy", "conference date", As<"conference-date">},
      {"cl", "conference location", As<"conference-location">},
      {"sp", "conference sponsor", EachAs<"sponsor">},
      {"ho", "conference host", As<"conference-host">},
      {"de", "author keywords", [](Out out, Cell cell) { AddKeywords(out, "NOTNLM", cell, ";"); }},
      {"id", "keywords plus", [](Out out, Cell cell) { AddKeywords(out, "KEYWORDS-PLUS", cell, ";"); }},
      {"ab", "abstract", [](Out out, Cell cell) { out.SetAbstract(cell); }},
      {"c1", "addresses", nullptr},
      {"c3", "affiliations", EachAs<"organization">},
      {"rp", "reprint addresses", As<"correspondence-address">},
      {"em", "email addresses", EachAs<"email">},
      {"ri", "researcher ids", nullptr},
      {"oi", "orcids", nullptr},
      {"fu", "funding orgs", AddFunding},
      {"fp", "funding name preferred", As<"funding-name">},
      {"fx", "funding text", As<"funding-text">},
      {"cr", "cited references", AddReferences},
      {"nr", "cited reference count",
       [](Out out, Cell cell) { out.record.number_of_references = WithoutDecimals(cell); }},
      {"tc", "times cited, wos core", As<"times-cited">},
      {"z9", "times cited, all databases", As<"times-cited-everywhere">},
      {"u1", "180 day usage count", As<"usage-180-days">},
      {"u2", "since 2013 usage count", As<"usage-since-2013">},
      {"pu", "publisher", nullptr},
      {"pi", "publisher city", nullptr},
      {"pa", "publisher address", As<"publisher-address">},
      {"sn", "issn", nullptr},
      {"ei", "eissn", nullptr},
      {"bn", "isbn", nullptr},
      {"j9", "journal abbreviation", As<"journal-abbreviation-29">},
      {"ji", "journal iso abbreviation",
       [](Out out, Cell cell) { out.record.journal.iso_abbreviation = std::string(cell); }},
      {"pd", "publication date", nullptr},
      {"py", "publication year", nullptr},
      {"vl", "volume", [](Out out, Cell cell) { out.record.journal.volume = std::string(cell); }},
      {"is", "issue", [](Out out, Cell cell) { out.record.journal.issue = std::string(cell); }},
      {"pn", "part number", As<"part-number">},
      {"su", "supplement", As<"supplement">},
      {"si", "special issue", As<"special-issue">},
      {"ma", "meeting abstract", As<"meeting-abstract">},
      {"bp", "start page", nullptr},
      {"ep", "end page", nullptr},
      {"ar", "article number", nullptr},
      {"di", "doi", [](Out out, Cell cell) { out.AddIdentifier("doi", cell, "DI"); }},
      {"dl", "doi link", As<"url">},
      {"d2", "book doi", [](Out out, Cell cell) { Other(out, "book-doi", cell); }},
      {"ea", "early access date", [](Out out, Cell cell) { out.AddDate("electronic", cell); }},
      {"ey", "early access year", As<"early-access-year">},
      {"pg", "number of pages", As<"page-count">},
      {"wc", "wos categories", EachAs<"wos-category">},
      {"we", "web of science index", EachAs<"wos-index">},
      {"sc", "research areas", EachAs<"research-area">},
      {"ga", "ids number", As<"ids-number">},
      {"pm", "pubmed id", [](Out out, Cell cell) { out.AddIdentifier("pmid", WithoutDecimals(cell), "PM"); }},
      {"oa", "open access designations", As<"open-access-status">},
      {"hc", "highly cited status", As<"highly-cited">},
      {"hp", "hot paper status", As<"hot-paper">},
      {"da", "date of export", nullptr},  // Of the file, not of the record.
      {"ut", "ut (unique wos id)", nullptr},
      {"ut", "ut (unique id)", nullptr},
      {"", "web of science record", nullptr},  // A link made of the number.
  };
  return kColumns;
}

const std::vector<TableColumn>& Columns() {
  static const std::vector<TableColumn> kColumns = [] {
    std::vector<TableColumn> columns;
    for (const WosColumn& column : WosColumns())
      for (const std::string_view name : {column.code, column.name})
        if (!name.empty()) columns.push_back({name, column.read});
    return columns;
  }();
  return kColumns;
}

// The tab-delimited header is "PT AU ..." ; Excel's has "UT (Unique WOS ID)" as one of its last.
bool Fits(const TableHeader& header) {
  if (header.Has("pt") && header.Has("au") && header.Has("ti") && header.Has("so")) return true;
  return header.Has("article title") && header.Has("source title") &&
         (header.Has("ut (unique wos id)") || header.Has("ut (unique id)") || header.Has("wos categories"));
}

// "[Roe, Jane; Doe, Ann] Univ X, City, Country; [Doe, Ann] Other": each place with its authors, or without.
void AddAddresses(Out out, std::string_view text) {
  std::unordered_map<std::string, std::size_t> by_name;
  for (std::size_t i = 0; i < out.record.authors.size(); ++i) {
    const Author& author = out.record.authors[i];
    by_name.emplace(author.fore_name.empty() ? author.last_name : author.last_name + ", " + author.fore_name, i);
  }
  while (!text.empty()) {
    const std::size_t close = text.starts_with('[') ? text.find(']') : std::string_view::npos;
    const std::size_t end = std::min(text.find(';', close == std::string_view::npos ? 0 : close), text.size());
    const std::string_view part = TrimAscii(text.substr(0, end));
    bool is_placed = false;
    if (close != std::string_view::npos)
      for (const std::string& name : SplitList(text.substr(1, close - 1), ";"))
        if (const auto found = by_name.find(name); found != by_name.end()) {
          out.record.authors[found->second].affiliations.push_back(
              {std::string(TrimAscii(text.substr(close + 1, end - close - 1))), {}});
          is_placed = true;
        }
    if (!is_placed) Other(out, "affiliation", part);
    text = TrimAscii(text.substr(std::min(end + 1, text.size())));
  }
}

// "Roe, Jane/0000-0002-1825-0097; Doe, Ann/...".
void AddPersonNumbers(Out out, std::string_view text, std::string_view scheme) {
  std::unordered_map<std::string, std::size_t> by_name;
  for (std::size_t i = 0; i < out.record.authors.size(); ++i)
    by_name.emplace(AsciiLower(out.record.authors[i].last_name), i);
  for (const std::string& part : SplitList(text, ";")) {
    const std::size_t slash = part.rfind('/');
    if (slash == std::string::npos) continue;
    const std::string name(TrimAscii(std::string_view(part).substr(0, slash)));
    const std::string number = part.substr(slash + 1);
    const auto found = by_name.find(AsciiLower(PersonLastNameFirst(name).last_name));
    const bool is_only =
        found != by_name.end() && AsciiLower(PersonLastNameFirst(name).fore_name).substr(0, 1) ==
                                      AsciiLower(out.record.authors[found->second].fore_name).substr(0, 1);
    if (!is_only) {
      Other(out, AsciiLower(scheme), part);
      continue;
    }
    Author& author = out.record.authors[found->second];
    author.identifiers.push_back({std::string(scheme), number});
    if (const auto orcid = NormaliseOrcid(number); orcid && scheme == "ORCID") author.orcid = *orcid;
  }
}

// Full names, with the initials of the short ones.
std::vector<Author> Authors(const TableRow& row) {
  const std::string full = row.First({"af", "author full names", "bf", "book author full names"});
  const std::string brief = row.First({"au", "authors", "ba", "book authors"});
  std::vector<Author> people = PeopleLastNameFirst(full);
  std::vector<Author> with_initials = PeopleWithInitials(brief + ";");
  if (people.empty()) return with_initials;
  if (people.size() == with_initials.size())
    for (std::size_t i = 0; i < people.size(); ++i)
      if (people[i].last_name == with_initials[i].last_name) people[i].initials = with_initials[i].initials;
  return people;
}

void SetBookOrJournal(const TableRow& row, Out out) {
  Record& record = out.record;
  const std::string source = out.Marked(row.First({"so", "source title"})).text;
  const std::string series = row.First({"se", "book series title"});
  const std::string type = AsciiLower(row.First({"dt", "document type"}));
  const bool is_chapter = type.find("chapter") != std::string::npos;
  const bool is_book = !is_chapter && (type == "book" || row.First({"pt", "publication type"}) == "B");
  SetContainer(out, source, is_chapter ? "Book Chapter" : is_book ? "Book" : "");
  const std::string publisher = row.First({"pu", "publisher"});
  const std::string place = row.First({"pi", "publisher city"});
  if (record.book) {
    record.book->publisher = publisher;
    record.book->publisher_location = place;
    if (record.book->collection_title.empty()) record.book->collection_title = series;
  } else {
    Other(out, "publisher", publisher);
    Other(out, "publisher-location", place);
    Other(out, "series", series);
  }
}

void Finish(const TableRow& row, Out out) {
  Record& record = out.record;
  SetBookOrJournal(row, out);
  record.journal.issn_print = HyphenatedIssn(row.First({"sn", "issn"}));
  record.journal.issn_electronic = HyphenatedIssn(row.First({"ei", "eissn"}));
  for (const std::string& isbn : SplitList(row.First({"bn", "isbn"}), ";")) out.AddIssnsAndIsbns(isbn);
  std::vector<Author> others = std::exchange(record.authors, {});
  AddPeople(out, Authors(row));
  AddAddresses(out, row.First({"c1", "addresses"}));
  AddPersonNumbers(out, row.First({"ri", "researcher ids"}), "researcherid");
  AddPersonNumbers(out, row.First({"oi", "orcids"}), "ORCID");
  std::stable_partition(others.begin(), others.end(), [](const Author& a) { return a.role == PersonRole::kAuthor; });
  for (Author& other : others) record.authors.push_back(std::move(other));
  const std::string year = WithoutDecimals(row.First({"py", "publication year"}));
  const std::string month = row.First({"pd", "publication date"});
  // Excel has the year in the date again ("JUL 2019"), or a date of its own making.
  JsonRecord json(out.context);
  if (month.empty() || year.empty() || month.find(year) != std::string::npos || month.find_first_of("0123456789") == 0)
    out.AddDate("print", month.empty() || month.find(year) == std::string::npos ? year : month);
  else
    AddWosDate(json, record, year, month);
  SetPagesOrNumber(out, row.First({"bp", "start page"}), row.First({"ep", "end page"}),
                   row.First({"ar", "article number"}));
  out.accession = row.First({"ut", "ut (unique wos id)", "ut (unique id)"});
  out.AddIdentifier("wos", out.accession, "UT");
}

}  // namespace

const TableLayout& WebOfScienceTable() {
  static const TableLayout kLayout = {"wos", Fits, Columns, Finish};
  return kLayout;
}

}  // namespace litmill::parse
