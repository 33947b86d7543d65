// SPDX-License-Identifier: Apache-2.0
#include "report/csv_table.h"

#include "core/export_note.h"
#include "core/export_text.h"
#include "report/citation.h"

namespace litmill::report {
namespace {

std::vector<std::string> TagsOf(const store::WorkRecord& work, const std::string& facet) {
  std::vector<std::string> names;
  for (const store::WorkTag& tag : work.tags)
    if (tag.facet == facet) names.push_back(tag.name);
  return names;
}

std::vector<std::string> IssnsOf(const Record& r) {
  return {r.journal.issn_print, r.journal.issn_electronic, r.journal.issn_linking};
}

std::vector<std::string> TrialsOf(const Record& r) {
  std::vector<std::string> ids;
  for (const DataBankAccession& a : r.accessions) ids.push_back(a.accession.empty() ? a.bank : a.accession);
  return ids;
}

std::string Abbreviation(const Journal& journal) {
  return journal.iso_abbreviation.empty() ? journal.medline_ta : journal.iso_abbreviation;
}

}  // namespace

std::string TableCell(std::string_view text) {
  std::string cell = OneLine(text);
  const std::size_t first = cell.find_first_not_of('\'');
  if (first != std::string::npos && std::string_view("=+-@").find(cell[first]) != std::string_view::npos)
    cell.insert(cell.begin(), '\'');
  if (cell.find_first_of(",;\"") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

void AppendTableRow(const std::vector<std::string>& cells, std::string& out) {
  bool first = true;
  for (const std::string& cell : cells) {
    if (!first) out += ',';
    first = false;
    out += TableCell(cell);
  }
  out += "\r\n";
}

void AppendCsvHead(const std::vector<std::string>& facets, std::string& out) {
  std::vector<std::string> names = {"title",      "authors",
                                    "year",       "publication_date",
                                    "journal",    "journal_abbreviation",
                                    "volume",     "issue",
                                    "pages",      "doi",
                                    "pmid",       "pmcid",
                                    "issn",       "isbn",
                                    "abstract",   "keywords",
                                    "mesh_terms", "publication_types",
                                    "language",   "editors",
                                    "publisher",  "url",
                                    "trial_ids",  "is_retracted",
                                    "retraction", "source",
                                    "source_id",  "sources"};
  for (const std::string& facet : facets) names.push_back("tags_" + facet);
  names.emplace_back("litmill");
  AppendTableRow(names, out);
}

void AppendCsvRow(const store::WorkRecord& work, const std::vector<std::string>& facets, std::string& out) {
  const Record& r = work.record;
  const PartialDate* date = r.PublicationDate();
  std::vector<std::string> cells = {TitleOf(r),
                                    JoinNames(NamesOf(r, PersonRole::kAuthor)),
                                    PartsOf(date).year,
                                    date == nullptr ? "" : date->iso,
                                    ContainerOf(r),
                                    Abbreviation(r.journal),
                                    r.journal.volume,
                                    r.journal.issue,
                                    r.pages,
                                    IdOf(r, "doi"),
                                    IdOf(r, "pmid"),
                                    IdOf(r, "pmcid"),
                                    JoinList(IssnsOf(r)),
                                    r.book ? JoinList(r.book->isbns) : "",
                                    JoinedAbstract(r),
                                    JoinList(KeywordsOf(r)),
                                    JoinList(MeshOf(r)),
                                    JoinList(TypesOf(r)),
                                    JoinList(r.languages),
                                    JoinNames(NamesOf(r, PersonRole::kEditor)),
                                    r.book ? r.book->publisher : "",
                                    LinkOf(r),
                                    JoinList(TrialsOf(r)),
                                    r.IsRetracted() ? "1" : "0",
                                    RetractionNote(r),
                                    r.source,
                                    r.source_id,
                                    JoinList(work.sources)};
  for (const std::string& facet : facets) cells.push_back(JoinList(TagsOf(work, facet)));
  cells.push_back(ExportNote(r, std::nullopt));
  AppendTableRow(cells, out);
}

}  // namespace litmill::report
