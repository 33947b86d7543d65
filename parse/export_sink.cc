// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/hash.h"
#include "parse/database_names.h"
#include "parse/export_record.h"

namespace litmill::parse {
namespace {

/// Over what a person would call the content: two records that differ in any of it are different. Notes are left out:
/// "Export Date" and counts of citations differ from one export to the next.
std::string ContentDigest(const Record& r) {
  Sha256 hash;
  for (const std::string* text :
       {&r.title.text, &r.vernacular_title.text, &r.journal.title, &r.journal.volume, &r.journal.issue, &r.pages})
    hash.UpdateField(*text);
  hash.UpdateField(r.book ? r.book->title : std::string());
  for (const AbstractSection& section : r.abstract_sections) hash.UpdateField(section.label + ":" + section.body.text);
  for (const Author& a : r.authors) hash.UpdateField(a.last_name + "," + a.fore_name + a.initials + a.collective_name);
  for (const RecordDate& d : r.dates) hash.UpdateField(d.kind + ":" + d.date.raw);
  for (const Identifier& id : r.identifiers) hash.UpdateField(id.scheme + ":" + id.value);
  for (const Keyword& k : r.keywords) hash.UpdateField(k.text.text);
  return hash.HexDigest().substr(0, 16);
}

bool IsEmpty(const Record& r) {
  return r.title.text.empty() && r.vernacular_title.text.empty() && r.authors.empty() && r.identifiers.empty() &&
         r.abstract_sections.empty() && !r.book;
}

}  // namespace

void ExportSink::SettleIdentity(ExportRecord& finished) {
  Record& record = finished.record;
  if (finished.has_identity && options_.database.empty()) return;
  record.source = !options_.database.empty()   ? DatabaseName(options_.database)
                  : !finished.database.empty() ? DatabaseName(finished.database)
                                               : file_database_;
  if (record.source.empty()) record.source = "file";
  const std::string digest = ContentDigest(record);
  std::string id = AccessionOf(record.source, finished.accession);
  if (id.empty()) {
    record.source_id = "sha256:" + digest;
    return;
  }
  std::vector<std::string>& contents = claimed_[record.source + '\0' + id];
  const auto known = std::find(contents.begin(), contents.end(), digest);
  const auto place = known - contents.begin();
  if (known == contents.end()) {
    contents.push_back(digest);
    if (place > 0)
      finished.context.Warn(
          "repeated-accession",
          fmt::format("{} {} stands in {} different records of this file; this one is stored as {}#{}", record.source,
                      id, place + 1, id, place + 1));
  }
  record.source_id = place == 0 ? id : fmt::format("{}#{}", id, place + 1);
}

bool ExportSink::Take(ExportRecord&& finished) {
  if (IsEmpty(finished.record))
    return Report(Severity::kError, "empty-record", "a record without title, authors, abstract and identifiers",
                  finished.position);
  SettleIdentity(finished);
  if (finished.record.title.text.empty() && finished.record.vernacular_title.text.empty())
    finished.context.Warn("no-title", "the record has no title");
  for (const std::string& field : finished.unmapped()) ++unmapped_[field];
  std::vector<Problem> warnings = finished.context.TakeWarnings(finished.record.source_id);
  ++report_.records;
  report_.warnings += warnings.size();
  return Hand(ParsedRecord{std::move(finished.record), finished.position, std::move(warnings)});
}

bool ExportSink::Report(Severity severity, std::string_view code, std::string message, Position position) {
  ++(severity == Severity::kError ? report_.errors : report_.warnings);
  return Hand(Problem{severity, std::string(code), {}, std::move(message), position});
}

bool ExportSink::Hand(Item item) {
  if (stopped_by_) return false;
  auto taken = sink_(std::move(item));
  if (!taken) stopped_by_ = std::move(taken).error();
  return !stopped_by_;
}

Result<ExportReport> ExportSink::Finish() {
  for (const auto& [name, records] : unmapped_) {
    report_.unmapped.push_back({name, records});
    (void)Report(
        Severity::kWarning, "unmapped-field",
        fmt::format("the field \"{}\" of {} record(s) is not one that litmill reads; it is kept in other_names", name,
                    records),
        {});
  }
  if (stopped_by_) return Fail(*std::move(stopped_by_));
  return std::move(report_);
}

}  // namespace litmill::parse
