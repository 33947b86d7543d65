// SPDX-License-Identifier: Apache-2.0
#include "store/work_linker.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "store/linker.h"
#include "store/sqlite.h"
#include "store/work_writer.h"

namespace litmill::store {
namespace {

constexpr std::size_t kMostNamedRecords = 10;

/// A row of work_links, or of the conflicts in problems.
using LinkRow = std::tuple<std::int64_t, std::int64_t, std::string, std::string>;
using ConflictRow = std::tuple<std::string, std::string, std::string>;  ///< source, source_id, message

class WorkLinker {
 public:
  WorkLinker(sqlite3* db, WorkWriter& works) : db_(db), works_(works) {}
  Result<LinkCounts> Run();

 private:
  Result<bool> HasNothingToLink();
  Result<void> ReadRecords();
  Result<void> ReadIdentifiers();
  Result<void> ReadNotices();
  Result<std::vector<std::int64_t>> ChooseWorks();
  Result<void> Move(const std::vector<std::int64_t>& target);
  Result<void> WriteLinks();
  Result<void> WriteConflicts();
  Result<LinkCounts> Count() const;

  sqlite3* db_;
  WorkWriter& works_;
  // By record, in the order of record_id.
  std::vector<LinkableRecord> records_;
  std::vector<std::int64_t> record_ids_, work_ids_;
  std::vector<bool> represents_;                            ///< Is the representative of the work that it has now.
  std::unordered_map<std::int64_t, std::size_t> index_of_;  ///< By record_id.
  LinkedRecords linked_;
};

/// Of one database, nothing links; and nothing is linked as long as there never were two.
Result<bool> WorkLinker::HasNothingToLink() {
  Statement sources(db_, "SELECT (SELECT min(source) FROM source_records) IS (SELECT max(source) FROM source_records)");
  LITMILL_CHECK(sources.First());
  return sources.Bool(0);
}

Result<void> WorkLinker::ReadRecords() {
  Statement select(db_,
                   "SELECT r.record_id, r.work_id, r.source, r.source_id, r.is_deleted, w.record_id = r.record_id FROM "
                   "source_records AS r JOIN works AS w ON w.work_id = r.work_id ORDER BY r.record_id");
  LITMILL_CHECK(select.Start());
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) return {};
    record_ids_.push_back(select.Int(0));
    work_ids_.push_back(select.Int(1));
    records_.push_back({select.Text(2), select.Text(3), {}, false, select.Bool(4)});
    represents_.push_back(select.Bool(5));
    index_of_.emplace(record_ids_.back(), records_.size() - 1);
  }
}

Result<void> WorkLinker::ReadIdentifiers() {
  Statement select(db_,
                   "SELECT record_id, scheme, value FROM record_identifiers WHERE is_valid = 1 AND (scheme IN ('pmid', "
                   "'pmcid', 'doi') OR scheme IN (SELECT DISTINCT source FROM source_records))");
  LITMILL_CHECK(select.Start());
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) return {};
    const auto record = index_of_.find(select.Int(0));
    if (record != index_of_.end()) records_[record->second].identifiers.emplace_back(select.Text(1), select.Text(2));
  }
}

/// Only what is about a fault of another publication. A comment has a DOI of its own.
Result<void> WorkLinker::ReadNotices() {
  Statement select(db_,
                   "SELECT record_id FROM publication_types WHERE name IN ('Published Erratum', 'Retraction of "
                   "Publication', 'Retraction Notice', 'Expression of Concern') UNION SELECT record_id FROM "
                   "related_records WHERE ref_type IN ('ErratumFor', 'RetractionOf', 'PartialRetractionOf', "
                   "'ExpressionOfConcernFor')");
  LITMILL_CHECK(select.Start());
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) return {};
    const auto record = index_of_.find(select.Int(0));
    if (record != index_of_.end()) records_[record->second].is_notice = true;
  }
}

/// The work of each record: that of its representative, who keeps the one it has unless the representative of another
/// work has an older right to it.
Result<std::vector<std::int64_t>> WorkLinker::ChooseWorks() {
  Statement last(db_, "SELECT max(work_id) FROM works");
  LITMILL_CHECK(last.First());
  std::int64_t last_work_id = last.Int(0);
  std::unordered_map<std::int64_t, std::size_t> owner;  // by work
  for (std::size_t r = 0; r < records_.size(); ++r) {
    if (linked_.representative[r] != r) continue;
    const auto [other, is_first] = owner.emplace(work_ids_[r], r);
    if (!is_first && represents_[r]) other->second = r;
  }
  std::vector<std::int64_t> own(records_.size(), 0);
  for (std::size_t r = 0; r < records_.size(); ++r)
    if (linked_.representative[r] == r) own[r] = owner[work_ids_[r]] == r ? work_ids_[r] : ++last_work_id;
  std::vector<std::int64_t> target;
  target.reserve(records_.size());
  for (std::size_t r = 0; r < records_.size(); ++r) target.push_back(own[linked_.representative[r]]);
  return target;
}

/// The text of a work hangs on its row and on its records' sections, not on which record belongs to it: what the index
/// holds can be read until the row is written.
Result<void> WorkLinker::Move(const std::vector<std::int64_t>& target) {
  std::set<std::int64_t> touched;
  Statement move(db_, "UPDATE source_records SET work_id = ? WHERE record_id = ?");
  for (std::size_t r = 0; r < records_.size(); ++r) {
    if (target[r] == work_ids_[r]) continue;
    touched.insert({work_ids_[r], target[r]});
    LITMILL_CHECK(move.Run(target[r], record_ids_[r]));
  }
  const std::set<std::int64_t> alive(target.begin(), target.end());
  for (const bool removes : {true, false}) {  // the works that go make room: a record represents one work only
    for (const std::int64_t work_id : touched) {
      if (removes == (alive.count(work_id) > 0)) continue;
      LITMILL_TRY(const IndexedText before, works_.ReadIndexedText(work_id));
      LITMILL_CHECK(removes ? works_.Remove(work_id) : works_.Derive(work_id));
      if (!removes) LITMILL_CHECK(works_.DeriveTags(work_id));
      LITMILL_CHECK(works_.Reindex(work_id, before));
    }
  }
  return {};
}

Result<void> WorkLinker::WriteLinks() {
  std::vector<LinkRow> now, was;
  for (const WorkLink& l : linked_.links)
    now.emplace_back(record_ids_[l.record], record_ids_[l.other], l.rule, l.value);
  std::sort(now.begin(), now.end());
  Statement select(db_, "SELECT record_id, other_record_id, rule, value FROM work_links ORDER BY 1, 2");
  LITMILL_CHECK(select.Start());
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) break;
    was.emplace_back(select.Int(0), select.Int(1), select.Text(2), select.Text(3));
  }
  if (now == was) return {};
  Statement clear(db_, "DELETE FROM work_links");
  LITMILL_CHECK(clear.Run());
  Statement insert(db_, "INSERT INTO work_links VALUES (?, ?, ?, ?)");
  for (const auto& [record, other, rule, value] : now) LITMILL_CHECK(insert.Run(record, other, rule, value));
  return {};
}

Result<void> WorkLinker::WriteConflicts() {
  std::vector<ConflictRow> now, was;
  for (const LinkConflict& c : linked_.conflicts) {
    std::vector<std::string> names;
    for (const std::size_t r : c.records) {
      if (names.size() == kMostNamedRecords) break;
      names.push_back(records_[r].source + " " + records_[r].source_id);
    }
    const std::size_t more = c.records.size() - names.size();
    const LinkableRecord& first = records_[c.records.front()];
    now.emplace_back(first.source, first.source_id,
                     fmt::format("{} {} stands in {} records that cannot all be one publication: {}{}; see work_links "
                                 "for what was joined",
                                 c.scheme, c.value, c.records.size(), fmt::join(names, ", "),
                                 more == 0 ? "" : fmt::format(" and {} more", more)));
  }
  std::sort(now.begin(), now.end());
  constexpr const char* kSelect =
      "SELECT source, source_id, message FROM problems WHERE stage = 'store' AND code = 'identifier-conflict' ORDER BY "
      "1, 2, 3";
  Statement select(db_, kSelect);
  LITMILL_CHECK(select.Start());
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) break;
    was.emplace_back(select.Text(0), select.Text(1), select.Text(2));
  }
  if (now == was) return {};
  Statement clear(db_, "DELETE FROM problems WHERE stage = 'store' AND code = 'identifier-conflict'");
  LITMILL_CHECK(clear.Run());
  Statement insert(db_,
                   "INSERT INTO problems (stage, severity, code, source, source_id, message, offset_bytes, line, "
                   "ordinal) VALUES ('store', 'warning', 'identifier-conflict', ?, ?, ?, 0, 0, 0)");
  for (const auto& [source, source_id, message] : now) LITMILL_CHECK(insert.Run(source, source_id, message));
  return {};
}

Result<LinkCounts> WorkLinker::Count() const {
  Statement select(db_,
                   "SELECT (SELECT count(*) FROM works), (SELECT count(*) FROM source_records), (SELECT count(*) FROM "
                   "(SELECT DISTINCT r.work_id FROM work_links AS l JOIN source_records AS r ON r.record_id = "
                   "l.record_id))");
  LITMILL_CHECK(select.First());
  const auto count = [&](int column) { return static_cast<std::uint64_t>(select.Int(column)); };
  return LinkCounts{count(0), count(1), count(2), linked_.conflicts.size()};
}

Result<LinkCounts> WorkLinker::Run() {
  LITMILL_TRY(const bool nothing, HasNothingToLink());
  if (nothing) return Count();
  LITMILL_CHECK(ReadRecords());
  LITMILL_CHECK(ReadIdentifiers());
  LITMILL_CHECK(ReadNotices());
  linked_ = LinkRecords(records_);
  LITMILL_TRY(const std::vector<std::int64_t> target, ChooseWorks());
  LITMILL_CHECK(Move(target));
  LITMILL_CHECK(WriteLinks());
  LITMILL_CHECK(WriteConflicts());
  return Count();
}

}  // namespace

Result<LinkCounts> LinkWorks(sqlite3* db, WorkWriter& works) { return WorkLinker(db, works).Run(); }

}  // namespace litmill::store
