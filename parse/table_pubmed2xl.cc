// SPDX-License-Identifier: Apache-2.0
// PubMed2XL: the fields of a MEDLINE file under long names, the lines of a field joined by "||".
#include <algorithm>
#include <string>
#include <utility>

#include "core/identifiers.h"
#include "core/unicode.h"
#include "parse/record_parts.h"
#include "parse/table_cells.h"
#include "parse/table_layouts.h"

namespace litmill::parse {
namespace {

using Out = ExportRecord&;
using Cell = std::string_view;

constexpr std::string_view kLine = "||";

// A text that was wrapped over lines.
std::string Unwrapped(Cell cell) {
  std::string text;
  for (const std::string& line : SplitList(cell, kLine)) text += (text.empty() ? "" : " ") + line;
  return text;
}

template <KindName kKind>
void LinesAs(Out out, Cell cell) {
  for (const std::string& line : SplitList(cell, kLine)) Other(out, kKind.text, out.Marked(line).text);
}

// "2020/10/27 00:00" -> date and time; midnight says nothing.
void AddDateAndTime(Out out, std::string_view kind, std::string_view text) {
  const std::size_t space = text.find(' ');
  out.AddDate(kind, text.substr(0, space));
  if (space == std::string_view::npos || out.record.dates.empty()) return;
  const std::string_view time = TrimAscii(text.substr(space + 1));
  if (time != "00:00") out.record.dates.back().time = std::string(time);
}

// "2020/10/27 00:00 [received]||...".
void AddHistory(Out out, Cell cell) {
  for (const std::string& line : SplitList(cell, kLine)) {
    const std::size_t open = line.rfind('[');
    if (open == std::string::npos || !line.ends_with(']')) {
      out.AddUnmapped("Publication History Status", line);
      continue;
    }
    AddDateAndTime(out, std::string_view(line).substr(open + 1, line.size() - open - 2),
                   TrimAscii(std::string_view(line).substr(0, open)));
  }
}

// "10.1/x [doi]||S00 [pii]"; lines may be joined by a space ("S00 [pii] 10.1/x [doi] e12").
void AddIdentifiers(Out out, Cell cell, std::string_view origin) {
  const std::string text = Unwrapped(cell);
  std::string_view rest = text;
  for (std::size_t open = rest.find('['); open != std::string_view::npos; open = rest.find('[')) {
    const std::size_t close = rest.find(']', open);
    if (close == std::string_view::npos) break;
    const std::string_view value = TrimAscii(rest.substr(0, open));
    out.AddIdentifier(rest.substr(open + 1, close - open - 1), value, origin);
    rest = TrimAscii(rest.substr(close + 1));
  }
  // A bare number is where the article stands in its volume.
  if (!rest.empty() && out.record.pages.empty()) out.SetPages(rest);
  if (!rest.empty()) out.AddIdentifier("article-number", rest, origin);
}

// "Gut. 2020;69:1. doi: 10.1/x. PMID: 123".
void AddRelated(Out out, std::string_view type, Cell cell) {
  for (const std::string& line : SplitList(cell, kLine)) {
    RelatedRecord related;
    related.ref_type = std::string(type);
    related.ref_source = line;
    if (const std::size_t pmid = line.rfind("PMID: "); pmid != std::string::npos) {
      if (const auto number = ParsePmid(std::string_view(line).substr(pmid + 6)))
        related.pmid = std::to_string(*number);
      related.ref_source = std::string(TrimAscii(std::string_view(line).substr(0, pmid)));
    }
    if (const std::size_t doi = related.ref_source.find("doi: "); doi != std::string::npos) {
      const std::string_view rest = std::string_view(related.ref_source).substr(doi + 5);
      if (const auto normal = NormaliseDoi(rest.substr(0, rest.find(' ')))) related.doi = *normal;
    }
    out.record.related.push_back(std::move(related));
  }
}

void AddHeadings(Out out, Cell cell) {
  for (const std::string& line : SplitList(cell, kLine)) {
    MeshHeading heading;
    for (const std::string& part : SplitList(out.Marked(line).text, "/")) {
      const bool is_major = part.starts_with('*');
      std::string name = is_major ? part.substr(1) : part;
      if (heading.name.empty()) {
        heading.name = std::move(name);
        heading.descriptor_major = is_major;
      } else {
        heading.qualifiers.push_back({{}, std::move(name), is_major});
      }
    }
    if (!heading.name.empty()) out.record.mesh_headings.push_back(std::move(heading));
  }
}

// "R01 HL1/HL/NHLBI NIH HHS/United States".
void AddGrants(Out out, Cell cell) {
  for (const std::string& line : SplitList(cell, kLine)) {
    std::vector<std::string> parts = SplitList(line, "/");
    if (parts.size() < 3) {
      out.record.grants.push_back({line, {}, {}, {}});
      continue;
    }
    Grant grant;
    grant.country = std::move(parts.back());
    grant.agency = std::move(parts[parts.size() - 2]);
    if (parts.size() > 3) grant.acronym = std::move(parts[parts.size() - 3]);
    const std::size_t id_parts = parts.size() > 3 ? parts.size() - 3 : 1;
    for (std::size_t i = 0; i < id_parts; ++i) grant.id += (i == 0 ? "" : "/") + parts[i];
    out.record.grants.push_back(std::move(grant));
  }
}

// "ClinicalTrials.gov/NCT03468114".
void AddAccessions(Out out, Cell cell) {
  for (const std::string& line : SplitList(cell, kLine)) {
    const std::size_t slash = line.find('/');
    if (slash == std::string::npos)
      out.record.accessions.push_back({line, {}});
    else
      out.record.accessions.push_back({line.substr(0, slash), line.substr(slash + 1)});
  }
}

void AddGroups(Out out, Cell cell) {
  for (std::string& name : SplitList(cell, kLine)) {
    Author group;
    group.collective_name = std::move(name);
    out.record.authors.push_back(std::move(group));
  }
}

// Full names and short ones stand in the same order.
std::vector<Author> People(const std::string& full, const std::string& brief) {
  const std::vector<std::string> names = SplitList(full, kLine);
  const std::vector<std::string> short_names = SplitList(brief, kLine);
  std::vector<Author> people;
  for (const std::string& name : names.empty() ? short_names : names)
    people.push_back(names.empty() ? PersonWithInitials(name) : PersonLastNameFirst(name));
  if (!names.empty() && names.size() == short_names.size())
    for (std::size_t i = 0; i < people.size(); ++i) people[i].initials = PersonWithInitials(short_names[i]).initials;
  return people;
}

const std::vector<TableColumn>& Columns() {
  static const std::vector<TableColumn> kColumns = {
      {"pmid", nullptr},
      {"pmc id", [](Out out, Cell cell) { out.AddIdentifier("pmcid", cell, "PMC ID"); }},
      {"title", [](Out out, Cell cell) { out.record.title = out.Marked(Unwrapped(cell)); }},
      {"author(s)", nullptr},
      {"author(s) full name", nullptr},
      {"author(s) affiliation", LinesAs<"affiliation">},
      {"corporate author", nullptr},
      {"collaborator(s)", nullptr},
      {"collaborator(s) full name", nullptr},
      {"collaborator(s) affiliation", LinesAs<"affiliation">},
      {"source", As<"source-string">},
      {"transliterated title", [](Out out, Cell cell) { out.record.vernacular_title = out.Marked(Unwrapped(cell)); }},
      {"journal title abbreviation", [](Out out, Cell cell) { out.record.journal.medline_ta = std::string(cell); }},
      {"journal title", [](Out out, Cell cell) { out.record.journal.title = out.Marked(Unwrapped(cell)).text; }},
      {"issn", [](Out out, Cell cell) { out.AddIssnsAndIsbns(cell); }},
      {"volume", [](Out out, Cell cell) { out.record.journal.volume = std::string(cell); }},
      {"issue", [](Out out, Cell cell) { out.record.journal.issue = std::string(cell); }},
      {"pages", [](Out out, Cell cell) { out.SetPages(cell); }},
      {"place of publication", [](Out out, Cell cell) { out.record.journal.country = std::string(cell); }},
      {"abstract", [](Out out, Cell cell) { out.SetAbstract(Unwrapped(cell)); }},
      {"copyright information", [](Out out, Cell cell) { out.record.copyright = out.Marked(Unwrapped(cell)).text; }},
      {"language",
       [](Out out, Cell cell) {
         for (const std::string& line : SplitList(cell, kLine)) out.AddLanguages(line);
       }},
      {"publication type",
       [](Out out, Cell cell) {
         for (const std::string& line : SplitList(cell, kLine)) out.AddPublicationType(line);
       }},
      {"mesh terms", AddHeadings},
      {"other term", [](Out out, Cell cell) { AddKeywords(out, "NOTNLM", cell, kLine); }},
      {"keywords", [](Out out, Cell cell) { AddKeywords(out, "NOTNLM", cell, kLine); }},
      {"grant number", AddGrants},
      {"number of references", [](Out out, Cell cell) { out.record.number_of_references = std::string(cell); }},
      {"general note", LinesAs<"general-note">},
      {"date of publication", [](Out out, Cell cell) { out.AddDate("print", cell); }},
      {"date of electronic publication", [](Out out, Cell cell) { out.AddDate("electronic", cell); }},
      {"date created", [](Out out, Cell cell) { AddDateAndTime(out, "created", cell); }},
      {"date completed", [](Out out, Cell cell) { out.AddDate("completed", cell); }},
      {"date revised", [](Out out, Cell cell) { out.AddDate("revised", cell); }},
      {"mesh date", nullptr},  // As "medline" and "entrez" in the history.
      {"entrez date", nullptr},
      {"status", [](Out out, Cell cell) { out.record.status = std::string(cell); }},
      {"publication status", [](Out out, Cell cell) { out.record.publication_status = std::string(cell); }},
      {"publication history status", AddHistory},
      {"article identifier", [](Out out, Cell cell) { AddIdentifiers(out, cell, "Article Identifier"); }},
      {"location identifier", [](Out out, Cell cell) { AddIdentifiers(out, cell, "Location Identifier"); }},
      {"nlm unique id", [](Out out, Cell cell) { out.record.journal.nlm_unique_id = std::string(cell); }},
      {"manuscript identifier", [](Out out, Cell cell) { out.AddIdentifier("mid", cell, "Manuscript Identifier"); }},
      {"secondary source id", AddAccessions},
      {"publishing model", [](Out out, Cell cell) { out.record.pub_model = std::string(cell); }},
      {"comment on", [](Out out, Cell cell) { AddRelated(out, "CommentOn", cell); }},
      {"comment in", [](Out out, Cell cell) { AddRelated(out, "CommentIn", cell); }},
      {"erratum in", [](Out out, Cell cell) { AddRelated(out, "ErratumIn", cell); }},
      {"erratum for", [](Out out, Cell cell) { AddRelated(out, "ErratumFor", cell); }},
      {"corrected and republished in", [](Out out, Cell cell) { AddRelated(out, "CorrectedandRepublishedIn", cell); }},
      {"corrected and republished from",
       [](Out out, Cell cell) { AddRelated(out, "CorrectedandRepublishedFrom", cell); }},
      {"retraction in", [](Out out, Cell cell) { AddRelated(out, "RetractionIn", cell); }},
      {"retraction of", [](Out out, Cell cell) { AddRelated(out, "RetractionOf", cell); }},
      {"owner", [](Out out, Cell cell) { out.record.owner = std::string(cell); }},
  };
  return kColumns;
}

bool Fits(const TableHeader& header) {
  return header.Has("pmid") && header.Has("title") && header.Has("author(s) full name") &&
         header.Has("journal title abbreviation");
}

void Finish(const TableRow& row, Out out) {
  AddPeople(out, People(row.Cell("author(s) full name"), row.Cell("author(s)")));
  AddGroups(out, row.Cell("corporate author"));
  AddPeople(out, People(row.Cell("collaborator(s) full name"), row.Cell("collaborator(s)")), PersonRole::kInvestigator);
  if (out.record.Date("medline") == nullptr) AddDateAndTime(out, "medline", row.Cell("mesh date"));
  if (out.record.Date("entrez") == nullptr) AddDateAndTime(out, "entrez", row.Cell("entrez date"));
  out.accession = WithoutDecimals(row.Cell("pmid"));
  out.AddIdentifier("pmid", out.accession, "PMID");
}

}  // namespace

const TableLayout& Pubmed2xlTable() {
  static const TableLayout kLayout = {"pubmed", Fits, Columns, Finish};
  return kLayout;
}

}  // namespace litmill::parse
