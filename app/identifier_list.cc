// SPDX-License-Identifier: Apache-2.0
#include "app/identifier_list.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "core/delimited.h"
#include "core/identifiers.h"
#include "core/unicode.h"
#include "parse/export_text.h"

namespace litmill::app {
namespace {

using Identifier = std::pair<std::string, std::string>;  // scheme, value

/// Which column of a table holds which identifier; -1 = none.
struct Columns {
  int pmid = -1, pmcid = -1, doi = -1;
  [[nodiscard]] bool any() const { return pmid >= 0 || pmcid >= 0 || doi >= 0; }
};

std::optional<Identifier> AsPmid(std::string_view text) {
  const std::string lower = AsciiLower(TrimAscii(text));
  std::string_view rest = lower;
  for (const std::string_view prefix :
       {"https://pubmed.ncbi.nlm.nih.gov/", "https://www.ncbi.nlm.nih.gov/pubmed/", "pmid:", "pmid ", "medline:"})
    if (rest.starts_with(prefix)) rest.remove_prefix(prefix.size());
  while (!rest.empty() && rest.back() == '/') rest.remove_suffix(1);
  const auto pmid = ParsePmid(rest);
  if (!pmid) return std::nullopt;
  return Identifier{"pmid", std::to_string(*pmid)};
}

std::optional<Identifier> AsPmcid(std::string_view text) {
  std::string_view rest = TrimAscii(text);
  for (const std::string_view prefix :
       {"https://pmc.ncbi.nlm.nih.gov/articles/", "https://www.ncbi.nlm.nih.gov/pmc/articles/", "PMCID:", "PMCID "})
    if (AsciiLower(rest).starts_with(AsciiLower(prefix))) rest = TrimAscii(rest.substr(prefix.size()));
  while (!rest.empty() && rest.back() == '/') rest.remove_suffix(1);
  auto pmcid = NormalisePmcid(rest);
  if (!pmcid) return std::nullopt;
  return Identifier{"pmcid", std::move(*pmcid)};
}

std::optional<Identifier> AsDoi(std::string_view text) {
  auto doi = NormaliseDoi(text);
  if (!doi) return std::nullopt;
  constexpr std::array<std::string_view, 7> kOfAddresses{"/abstract", "/full/html", "/full", "/fulltext",
                                                         "/pdf",      ".pdf",       "/epdf"};
  for (const std::string_view ending : kOfAddresses)
    if (doi->ends_with(ending) && doi->find('/') < doi->size() - ending.size())
      doi->resize(doi->size() - ending.size());
  return Identifier{"doi", std::move(*doi)};
}

std::optional<Identifier> AsAny(std::string_view text) {
  for (const auto read : {AsPmid, AsPmcid, AsDoi})
    if (auto identifier = read(text)) return identifier;
  return std::nullopt;
}

/// "PubMed ID" -> "pubmedid". What holds a digit names no column: "PMID: 12345" is an identifier already.
std::string NameOfColumn(std::string_view cell) {
  std::string name;
  for (const char c : AsciiLower(cell)) {
    if (c >= '0' && c <= '9') return std::string(cell);
    if (c >= 'a' && c <= 'z') name += c;
  }
  return name;
}

Columns ReadHeader(const std::vector<std::string>& cells) {
  Columns columns;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string name = NameOfColumn(cells[i]);
    if (name == "pmid" || name == "pubmedid") columns.pmid = static_cast<int>(i);
    if (name == "pmcid" || name == "pmc") columns.pmcid = static_cast<int>(i);
    if (name == "doi") columns.doi = static_cast<int>(i);
  }
  return columns;
}

/// The separator with which the first row names a column of identifiers, and the columns; a lone word is no table.
std::pair<char, Columns> FindTable(std::string_view text) {
  for (const char separator : {',', ';'}) {
    const std::vector<TableRow> rows = ReadTable(text.substr(0, 4096), separator);
    if (rows.empty()) continue;
    const Columns columns = ReadHeader(rows.front().cells);
    if (columns.any()) return {separator, columns};
  }
  return {',', {}};
}

std::optional<Identifier> FromRow(const std::vector<std::string>& cells, const Columns& columns) {
  const auto cell = [&cells](int column) {
    return column >= 0 && static_cast<std::size_t>(column) < cells.size()
               ? std::string_view(cells[static_cast<std::size_t>(column)])
               : std::string_view();
  };
  if (auto pmid = AsPmid(cell(columns.pmid))) return pmid;
  if (auto pmcid = AsPmcid(cell(columns.pmcid))) return pmcid;
  return AsDoi(cell(columns.doi));
}

std::string Joined(const std::vector<std::string>& cells, char separator) {
  std::string out;
  for (const std::string& cell : cells) out += (out.empty() ? "" : std::string(1, separator)) + cell;
  return out;
}

/// A plain line, its comment taken off: a '#' behind a space begins one, inside a DOI it is part of it.
std::string_view WithoutComment(std::string_view line) {
  for (const std::string_view mark : {" #", "\t#"}) line = line.substr(0, line.find(mark));
  return TrimAscii(line);
}

class List {
 public:
  void Add(std::size_t line, std::string input, const std::optional<Identifier>& identifier) {
    store::RequestedIdentifier& added = list_.emplace_back();
    added.ordinal = list_.size();
    added.line = line;
    added.input = std::move(input);
    added.state = store::RequestedState::kNotAnIdentifier;
    if (!identifier) return;
    std::tie(added.scheme, added.value) = *identifier;
    added.state = seen_.insert(*identifier).second ? store::RequestedState::kPending : store::RequestedState::kRepeated;
  }
  [[nodiscard]] bool any() const { return !seen_.empty(); }
  std::vector<store::RequestedIdentifier> Take() { return std::move(list_); }

 private:
  std::vector<store::RequestedIdentifier> list_;
  std::set<Identifier> seen_;
};

void AddLines(std::string_view text, List* list) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    const std::string_view raw = TrimAscii(text.substr(0, end));
    const std::size_t mark = text.substr(end).starts_with("\r\n") ? 2 : 1;
    text.remove_prefix(std::min(end + mark, text.size()));
    if (raw.empty() || raw.front() == '#') continue;
    const std::string_view shown = WithoutComment(raw);
    list->Add(line, std::string(shown), AsAny(shown));
  }
}

/// Every column names identifiers, or what `litmill export --format ids` writes beside them.
bool HasOnlyIdentifierColumns(const std::vector<std::string>& cells) {
  const std::set<std::string> known{"", "pmid", "pubmedid", "pmcid", "pmc", "doi", "source", "sourceid", "sources"};
  return std::all_of(cells.begin(), cells.end(),
                     [&known](const std::string& cell) { return known.count(NameOfColumn(cell)) > 0; });
}

List ReadList(std::string_view text) {
  List list;
  const auto [separator, columns] = FindTable(text);
  if (columns.any()) {
    const std::vector<TableRow> rows = ReadTable(text, separator);
    for (std::size_t i = 1; i < rows.size(); ++i)
      list.Add(rows[i].line, Joined(rows[i].cells, separator), FromRow(rows[i].cells, columns));
  } else {
    AddLines(text, &list);
  }
  return list;
}

}  // namespace

Result<std::vector<store::RequestedIdentifier>> ReadIdentifierList(std::string_view text) {
  List list = ReadList(text);
  if (!list.any())
    return Fail(ErrorCode::kInvalidInput,
                "no PMID, PMCID or DOI is in it; one a line is expected, or a table with a "
                "column pmid, pmcid or doi");
  return list.Take();
}

Result<std::vector<store::RequestedIdentifier>> ReadIdentifierFile(std::string_view bytes, const std::string& list) {
  auto text = parse::DecodeExport(bytes);
  if (!text) return Fail(text.error().With(list));
  auto identifiers = ReadIdentifierList(text->text);
  if (!identifiers) return Fail(identifiers.error().With(list));
  for (store::RequestedIdentifier& identifier : *identifiers) identifier.list = list;
  return identifiers;
}

bool IsIdentifierList(std::string_view head, bool is_whole) {
  const std::string decoded = parse::DecodeExportHead(head);
  std::string_view text = decoded;
  // The last line may be half of one.
  if (!is_whole) text = text.substr(0, text.find_last_of("\r\n") + 1);
  const auto [separator, columns] = FindTable(text);
  List list = ReadList(text);
  if (!list.any()) return false;
  if (columns.any()) return HasOnlyIdentifierColumns(ReadTable(text, separator).front().cells);
  const std::vector<store::RequestedIdentifier> lines = list.Take();
  const auto identifiers =
      static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), [](const store::RequestedIdentifier& line) {
        return line.state != store::RequestedState::kNotAnIdentifier;
      }));
  return 3 * identifiers >= 2 * lines.size();
}

std::vector<store::RequestedIdentifier> JoinLists(std::vector<std::vector<store::RequestedIdentifier>> lists) {
  std::vector<store::RequestedIdentifier> all;
  std::set<Identifier> seen;
  for (std::vector<store::RequestedIdentifier>& list : lists)
    for (store::RequestedIdentifier& identifier : list) {
      identifier.ordinal = all.size() + 1;
      if (identifier.state == store::RequestedState::kPending &&
          !seen.emplace(identifier.scheme, identifier.value).second)
        identifier.state = store::RequestedState::kRepeated;
      all.push_back(std::move(identifier));
    }
  return all;
}

}  // namespace litmill::app
