// SPDX-License-Identifier: Apache-2.0
#include "store/work_linker.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "store/dedupe.h"
#include "store/dedupe_input.h"
#include "store/record_pairs.h"
#include "store/sqlite.h"
#include "store/work_writer.h"

namespace litmill::store {
namespace {

constexpr std::size_t kMostNamedRecords = 10;

/// A row of the conflicts in problems: source, source_id, code, message.
using ConflictRow = std::tuple<std::string, std::string, std::string, std::string>;

class WorkLinker {
 public:
  WorkLinker(sqlite3* db, WorkWriter& works) : db_(db), works_(works) {}
  Result<LinkCounts> Run();

 private:
  Result<bool> HasNothingToLink();
  Result<void> FindDuplicates();
  Result<std::vector<PairDecision>> ReadDecisions();
  Result<std::vector<std::int64_t>> ChooseWorks();
  Result<void> Move(const std::vector<std::int64_t>& target);
  Result<void> WriteConflicts();
  [[nodiscard]] Result<std::vector<ConflictRow>> TrialsOfMany() const;
  [[nodiscard]] std::vector<ConflictRow> Conflicts() const;
  [[nodiscard]] std::string NameOf(std::size_t record) const {
    return names_[record].first + " " + names_[record].second;
  }
  Result<LinkCounts> Count() const;

  sqlite3* db_;
  WorkWriter& works_;
  // By record, in the order of record_id.
  std::vector<std::int64_t> record_ids_, work_ids_;
  std::vector<std::pair<std::string, std::string>> names_;  ///< Source and identifier there.
  std::vector<bool> represents_;                            ///< Is the representative of the work that it has now.
  std::unordered_map<std::int64_t, std::size_t> index_of_;  ///< By record_id.
  DedupeResult found_;
};

/// PubMed alone has no duplicates: two PMIDs are two works, unless a person says otherwise.
Result<bool> WorkLinker::HasNothingToLink() {
  Statement sources(db_,
                    "SELECT NOT EXISTS (SELECT 1 FROM source_records WHERE source <> 'pubmed') AND NOT EXISTS (SELECT "
                    "1 FROM pair_decisions) AND NOT EXISTS (SELECT 1 FROM record_pairs)");
  LITMILL_CHECK(sources.First());
  return sources.Bool(0);
}

Result<void> WorkLinker::FindDuplicates() {
  Deduplicator deduplicator;
  LITMILL_CHECK(ForEachDedupeRecord(db_, [&](const StoredDedupeRecord& stored) {
    index_of_.emplace(stored.record_id, record_ids_.size());
    record_ids_.push_back(stored.record_id);
    work_ids_.push_back(stored.work_id);
    represents_.push_back(stored.represents);
    names_.emplace_back(stored.record.source, stored.record.source_id);
    deduplicator.Add(stored.record);
  }));
  LITMILL_TRY(const std::vector<PairDecision> decisions, ReadDecisions());
  found_ = deduplicator.Find(decisions);
  return {};
}

Result<std::vector<PairDecision>> WorkLinker::ReadDecisions() {
  std::vector<PairDecision> decisions;
  Statement select(db_, "SELECT record_id, other_record_id, is_duplicate FROM pair_decisions ORDER BY 1, 2");
  LITMILL_CHECK(select.Start());
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) return decisions;
    decisions.push_back({index_of_.at(select.Int(0)), index_of_.at(select.Int(1)), select.Bool(2)});
  }
}

/// The work of each record: that of its representative, who keeps the one it has unless the representative of another
/// work has an older right to it.
Result<std::vector<std::int64_t>> WorkLinker::ChooseWorks() {
  Statement last(db_, "SELECT max(work_id) FROM works");
  LITMILL_CHECK(last.First());
  std::int64_t last_work_id = last.Int(0);
  std::unordered_map<std::int64_t, std::size_t> owner;  // by work
  for (std::size_t r = 0; r < record_ids_.size(); ++r) {
    if (found_.representative[r] != r) continue;
    const auto [other, is_first] = owner.emplace(work_ids_[r], r);
    if (!is_first && represents_[r]) other->second = r;
  }
  std::vector<std::int64_t> own(record_ids_.size(), 0);
  for (std::size_t r = 0; r < record_ids_.size(); ++r)
    if (found_.representative[r] == r) own[r] = owner[work_ids_[r]] == r ? work_ids_[r] : ++last_work_id;
  std::vector<std::int64_t> target;
  target.reserve(record_ids_.size());
  for (std::size_t r = 0; r < record_ids_.size(); ++r) target.push_back(own[found_.representative[r]]);
  return target;
}

/// The text of a work hangs on its row and on its records' sections, not on which record belongs to it: what the index
/// holds can be read until the row is written.
Result<void> WorkLinker::Move(const std::vector<std::int64_t>& target) {
  std::set<std::int64_t> touched;
  Statement move(db_, "UPDATE source_records SET work_id = ? WHERE record_id = ?");
  for (std::size_t r = 0; r < record_ids_.size(); ++r) {
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

std::vector<ConflictRow> WorkLinker::Conflicts() const {
  std::vector<ConflictRow> rows;
  for (const LinkConflict& c : found_.conflicts) {
    std::vector<std::string> named;
    for (const std::size_t r : c.records) {
      if (named.size() == kMostNamedRecords) break;
      named.push_back(NameOf(r));
    }
    const std::size_t more = c.records.size() - named.size();
    const auto& [source, source_id] = names_[c.records.front()];
    rows.emplace_back(source, source_id, "identifier-conflict",
                      fmt::format("{} {} stands in {} records that are not all one publication: {}{}; see record_pairs "
                                  "for what was decided and why",
                                  c.scheme, c.value, c.records.size(), fmt::join(named, ", "),
                                  more == 0 ? "" : fmt::format(" and {} more", more)));
  }
  for (const PairDecision& c : found_.contradictions) {
    const auto& [source, source_id] = names_[c.record];
    rows.emplace_back(source, source_id, "decision-conflict",
                      fmt::format("{} and {} were said to be duplicates, and other decisions contradict it: they stay "
                                  "apart (see pair_decisions)",
                                  NameOf(c.record), NameOf(c.other)));
  }
  return rows;
}

/// A number in so many publications is a programme's, or a mistake's: it relates none of them (view related_works).
Result<std::vector<ConflictRow>> WorkLinker::TrialsOfMany() const {
  std::vector<ConflictRow> rows;
  Statement select(db_, "SELECT trial, count(*) FROM trial_works GROUP BY trial HAVING count(*) > 50 ORDER BY trial");
  LITMILL_CHECK(select.Start());
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) return rows;
    rows.emplace_back("", "", "trial-of-many",
                      fmt::format("the trial number {} stands in {} publications, which are not related by it one by "
                                  "one; the view trial_works lists them",
                                  select.View(0), select.Int(1)));
  }
}

Result<void> WorkLinker::WriteConflicts() {
  std::vector<ConflictRow> now = Conflicts();
  LITMILL_TRY(std::vector<ConflictRow> trials, TrialsOfMany());
  std::move(trials.begin(), trials.end(), std::back_inserter(now));
  std::sort(now.begin(), now.end());
  std::vector<ConflictRow> was;
  Statement select(db_,
                   "SELECT source, source_id, code, message FROM problems WHERE stage = 'store' AND code IN "
                   "('identifier-conflict', 'decision-conflict', 'trial-of-many') ORDER BY 1, 2, 3, 4");
  LITMILL_CHECK(select.Start());
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) break;
    was.emplace_back(select.Text(0), select.Text(1), select.Text(2), select.Text(3));
  }
  if (now == was) return {};
  Statement clear(db_,
                  "DELETE FROM problems WHERE stage = 'store' AND code IN ('identifier-conflict', 'decision-conflict', "
                  "'trial-of-many')");
  LITMILL_CHECK(clear.Run());
  Statement insert(db_,
                   "INSERT INTO problems (stage, severity, code, source, source_id, message, offset_bytes, line, "
                   "ordinal) VALUES ('store', 'warning', ?, ?, ?, ?, 0, 0, 0)");
  for (const auto& [source, source_id, code, message] : now)
    LITMILL_CHECK(insert.Run(code, source, source_id, message));
  return {};
}

Result<LinkCounts> WorkLinker::Count() const {
  Statement select(db_,
                   "SELECT (SELECT count(*) FROM works), (SELECT count(*) FROM source_records), (SELECT count(*) FROM "
                   "(SELECT DISTINCT r.work_id FROM record_pairs AS p JOIN source_records AS r ON r.record_id = "
                   "p.record_id WHERE p.verdict = 'merged')), (SELECT count(*) FROM record_pairs WHERE verdict = "
                   "'review')");
  LITMILL_CHECK(select.First());
  const auto count = [&](int column) { return static_cast<std::uint64_t>(select.Int(column)); };
  return LinkCounts{count(0), count(1), count(2), found_.conflicts.size() + found_.contradictions.size(), count(3)};
}

Result<LinkCounts> WorkLinker::Run() {
  LITMILL_TRY(const bool nothing, HasNothingToLink());
  if (nothing) {
    LITMILL_CHECK(WriteConflicts());
    return Count();
  }
  LITMILL_CHECK(FindDuplicates());
  LITMILL_TRY(const std::vector<std::int64_t> target, ChooseWorks());
  LITMILL_CHECK(Move(target));
  LITMILL_CHECK(WriteRecordPairs(db_, found_.decisions, record_ids_));
  LITMILL_CHECK(WriteConflicts());
  return Count();
}

}  // namespace

Result<LinkCounts> LinkWorks(sqlite3* db, WorkWriter& works) { return WorkLinker(db, works).Run(); }

}  // namespace litmill::store
