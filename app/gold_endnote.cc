// SPDX-License-Identifier: Apache-2.0
#include "app/gold_endnote.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <utility>
#include <variant>

#include "core/unicode.h"
#include "parse/export_file.h"
#include "store/dedupe.h"
#include "store/notice_records.h"

namespace litmill::app {
namespace {

bool IsMarkedDuplicate(const Record& record) {
  return std::any_of(record.other_names.begin(), record.other_names.end(), [](const OtherName& other) {
    return (other.kind == "caption" || other.kind == "label") && AsciiLower(TrimAscii(other.value)) == "duplicate";
  });
}

int YearOf(const Record& record, std::string_view kind) {
  const PartialDate* date = record.Date(kind);
  return date == nullptr ? 0 : std::atoi(date->iso.substr(0, 4).c_str());
}

void AddUnlessEmpty(std::vector<std::string>& list, const std::string& text) {
  if (!text.empty()) list.push_back(text);
}

/// What the corpus would read back of the record for de-duplication (store/dedupe_input.h).
store::DedupeRecord DedupeRecordOf(const Record& r) {
  store::DedupeRecord out;
  out.source = r.source;
  out.source_id = r.source_id;
  for (const Identifier& id : r.identifiers)
    if (id.valid) out.identifiers.emplace_back(id.scheme, id.value);
  out.title = r.title.text;
  out.vernacular_title = r.vernacular_title.text;
  for (const AbstractSection& section : r.abstract_sections)
    out.abstract_text += (out.abstract_text.empty() ? "" : " ") + section.body.text;
  for (const Author& a : r.authors)
    if (a.role == PersonRole::kAuthor && a.valid)
      out.authors.push_back({a.last_name, a.fore_name.empty() ? a.initials : a.fore_name, a.collective_name});
  out.authors_complete = r.authors_complete;
  out.year_print = YearOf(r, "print");
  out.year_electronic = YearOf(r, "electronic");
  for (const std::string* title : {&r.journal.title, &r.journal.iso_abbreviation, &r.journal.medline_ta})
    AddUnlessEmpty(out.journals, *title);
  for (const std::string* issn : {&r.journal.issn_print, &r.journal.issn_electronic, &r.journal.issn_linking})
    AddUnlessEmpty(out.issns, *issn);
  out.volume = r.journal.volume;
  out.issue = r.journal.issue;
  out.pages = r.pages;
  if (r.type == RecordType::kBook) out.types.emplace_back("book");
  for (const PublicationType& type : r.publication_types) out.types.push_back(type.name);
  if (r.book) {
    AddUnlessEmpty(out.journals, r.book->title);
    AddUnlessEmpty(out.journals, r.book->collection_title);
    out.isbns = r.book->isbns;
  }
  out.is_notice = store::IsNotice(r);
  return out;
}

/// A corpus stores a record of a database once, however often it comes; here each is to be found, so the later ones
/// have names of their own and the database's number among their identifiers.
void Name(store::DedupeRecord& record, std::size_t ordinal, std::set<std::string>* names) {
  if (names->insert(record.source + " " + record.source_id).second) return;
  if (!record.source_id.starts_with("sha256:"))
    record.identifiers.emplace_back(record.source == "pubmed" ? "pmid" : record.source, record.source_id);
  record.source = "export";
  record.source_id = std::to_string(ordinal);
}

}  // namespace

Result<GoldSet> ReadEndnoteSet(std::string_view bytes, const std::string& name) {
  GoldPart part;
  part.may_mark_whole_groups = true;
  std::set<std::string> names;
  std::string failure;
  const auto take = [&](const parse::Item& item) -> Result<void> {
    if (const auto* parsed = std::get_if<parse::ParsedRecord>(&item)) {
      part.is_unique.push_back(!IsMarkedDuplicate(parsed->record));
      part.records.push_back(DedupeRecordOf(parsed->record));
      Name(part.records.back(), part.records.size(), &names);
    } else if (std::holds_alternative<parse::Problem>(item)) {
      const auto& problem = std::get<parse::Problem>(item);
      if (problem.severity == parse::Severity::kError && failure.empty()) failure = problem.message;
    }
    return {};
  };
  auto report = parse::ReadExport(bytes, {}, take);
  if (!report) return Fail(report.error().With(name));
  if (!failure.empty()) return Fail(ErrorCode::kCorruptInput, name + ": " + failure);
  const bool is_labelled = std::find(part.is_unique.begin(), part.is_unique.end(), false) != part.is_unique.end();
  return GoldSet{name, {std::move(part)}, is_labelled};
}

}  // namespace litmill::app
