// SPDX-License-Identifier: Apache-2.0
#include "store/record_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "store/canonical.h"
#include "store/membership.h"
#include "store/names.h"
#include "store/record_writer.h"
#include "store/revision.h"
#include "store/sqlite.h"
#include "store/tag_writer.h"
#include "store/waiting_rows.h"
#include "store/work_writer.h"

namespace litmill::store {
namespace {

/// Rows of new records wait for one another up to this size, then table after table is written: a table's tail and its
/// indexes stay in the processor's cache while its turn lasts (measured for 30,000 records: 1 MiB 5.8 s, 16 MiB 4.8 s,
/// 64 MiB 4.4 s). A batch is rarely larger, so most wait until it is committed.
constexpr std::size_t kMostWaitingBytes = 48U << 20U;

/// What is stored under a source identifier.
struct Existing {
  std::int64_t record_id = 0, work_id = 0, rule_set_id = 0;
  Revision revision;
  std::string last_seen_at;
  bool has_content = false;
  bool is_deleted = false;
};

std::string WaitingKey(std::string_view source, std::string_view source_id) {
  return std::string(source) + '\0' + std::string(source_id);
}

std::string Joined(const std::vector<std::string>& items, std::string_view separator) {
  std::string joined;
  for (const std::string& item : items) {
    if (!joined.empty()) joined += separator;
    joined += item;
  }
  return joined;
}

}  // namespace

struct RecordStore::State {
  State(sqlite3* handle, TagWriter& tag_writer, MembershipWriter& membership_writer)
      : db(handle), parts(handle), tags(tag_writer), memberships(membership_writer) {}

  sqlite3* db;
  RecordWriter parts;
  TagWriter& tags;
  MembershipWriter& memberships;
  WorkWriter works{db};
  WaitingRows new_works{db, "works"}, new_records{db, "source_records"};
  WaitingRows new_texts{db, "works_fts (rowid, title, abstract)"};
  WaitingRows new_listed{db, "document_records"};
  std::unordered_set<std::string> waiting;  ///< Keys of the records in new_records.
  std::string scratch, abstract;
  std::int64_t last_record_id = 0, last_work_id = 0;  ///< 0 = to be read again.
  std::uint64_t new_works_indexed = 0;

  Statement find{db,
                 "SELECT record_id, work_id, version, revised_on, retrieved_at, last_seen_at, status, content_sha256, "
                 "is_deleted, rule_set_id, "
                 "(SELECT d.format IS NULL FROM documents AS d WHERE d.document_id = source_records.document_id) "
                 "FROM source_records WHERE source = ? AND source_id = ?"};
  Statement last_ids{
      db, "SELECT ifnull((SELECT max(record_id) FROM source_records), 0), ifnull((SELECT max(work_id) FROM works), 0)"};
  Statement upsert_record{
      db,
      "INSERT INTO source_records (record_id, work_id, source, source_id, version, record_type, status, owner, "
      "indexing_method, pub_model, "
      "publication_status, version_date, version_id, revised_on, retrieved_at, last_seen_at, document_id, "
      "document_offset_bytes, "
      "document_ordinal, content_sha256, rule_set_id, is_deleted, title, title_markup, title_is_translated, "
      "vernacular_title, "
      "vernacular_title_markup, copyright, authors_complete, journal_id, volume, issue, cited_medium, pages, "
      "start_page, end_page, "
      "coi_statement, number_of_references) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?, ?, ?, ?) "
      "ON CONFLICT (record_id) DO UPDATE SET version = excluded.version, record_type = excluded.record_type, status = "
      "excluded.status, "
      "owner = excluded.owner, indexing_method = excluded.indexing_method, pub_model = excluded.pub_model, "
      "publication_status = excluded.publication_status, version_date = excluded.version_date, version_id = "
      "excluded.version_id, "
      "revised_on = excluded.revised_on, retrieved_at = excluded.retrieved_at, last_seen_at = excluded.last_seen_at, "
      "document_id = excluded.document_id, document_offset_bytes = excluded.document_offset_bytes, "
      "document_ordinal = excluded.document_ordinal, content_sha256 = excluded.content_sha256, rule_set_id = "
      "excluded.rule_set_id, "
      "is_deleted = excluded.is_deleted, title = excluded.title, title_markup = excluded.title_markup, "
      "title_is_translated = excluded.title_is_translated, vernacular_title = excluded.vernacular_title, "
      "vernacular_title_markup = excluded.vernacular_title_markup, copyright = excluded.copyright, "
      "authors_complete = excluded.authors_complete, journal_id = excluded.journal_id, volume = excluded.volume, issue "
      "= excluded.issue, "
      "cited_medium = excluded.cited_medium, pages = excluded.pages, start_page = excluded.start_page, end_page = "
      "excluded.end_page, "
      "coi_statement = excluded.coi_statement, number_of_references = excluded.number_of_references"};
  Statement insert_bare{
      db,
      "INSERT INTO source_records (record_id, work_id, source, source_id, version, document_id, document_offset_bytes, "
      "document_ordinal, is_deleted) VALUES (?, ?, ?, ?, 0, ?, ?, ?, 1)"};
  Statement upsert_work{
      db,
      "INSERT INTO works (work_id, record_id, title, title_markup, year, publication_date, publication_date_precision, "
      "journal, volume, issue, "
      "pages, language, type, abstract_status, is_retracted, is_deleted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?, ?, ?, ?) "
      "ON CONFLICT (work_id) DO UPDATE SET title = excluded.title, title_markup = excluded.title_markup, year = "
      "excluded.year, "
      "publication_date = excluded.publication_date, publication_date_precision = excluded.publication_date_precision, "
      "journal = excluded.journal, volume = excluded.volume, issue = excluded.issue, pages = excluded.pages, language "
      "= excluded.language, "
      "type = excluded.type, abstract_status = excluded.abstract_status, is_retracted = excluded.is_retracted, "
      "is_deleted = excluded.is_deleted WHERE record_id = excluded.record_id"};
  Statement insert_bare_work{db,
                             "INSERT INTO works (work_id, record_id, is_retracted, is_deleted) VALUES (?, ?, 0, 1)"};
  Statement update_seen{
      db,
      "UPDATE source_records SET retrieved_at = ?, document_id = ?, document_offset_bytes = ?, document_ordinal = ? "
      "WHERE record_id = ?"};
  Statement update_last_seen{db, "UPDATE source_records SET last_seen_at = ? WHERE record_id = ?"};
  Statement update_rules{db, "UPDATE source_records SET rule_set_id = ? WHERE record_id = ?"};
  Statement update_deleted{db, "UPDATE source_records SET is_deleted = ? WHERE record_id = ?"};
  Statement update_work_deleted{db, "UPDATE works SET is_deleted = ? WHERE work_id = ?"};
  Statement insert_deletion{db, "INSERT OR IGNORE INTO deletions VALUES (?, ?, ?, ?, ?) RETURNING 1"};
  Statement select_deletions{db, "SELECT version, reported_at FROM deletions WHERE record_id = ?"};
  Statement work_of{db, "SELECT work_id FROM source_records WHERE record_id = ?"};

  Result<void> Flush();
  std::size_t WaitingBytes() const;
  Result<std::optional<Existing>> Find(std::string_view source, std::string_view source_id);
  Result<void> NextIds(std::int64_t& record_id, std::int64_t& work_id);
  template <typename Write>
  Result<void> WriteRecord(const Existing& ids, const Record& record, const Revision& revision,
                           const RecordOrigin& origin, bool deleted, const Write& write);
  template <typename Write>
  Result<void> WriteWork(const Existing& ids, const Record& record, bool deleted, const Write& write);
  Result<void> InsertNew(const Record& record, const TaggedRecord& tagged, const RecordOrigin& origin,
                         const Revision& revision, const Membership* membership);
  Result<void> Revise(const Existing& existing, const Record& record, const TaggedRecord& tagged,
                      const RecordOrigin& origin, const Revision& revision, const Membership* membership);
  Result<void> SeenAgain(const Existing& existing, const RecordOrigin& origin, bool same_revision);
  Result<bool> RefreshDeleted(const Existing& existing, int version, std::string_view last_seen_at);
  Result<bool> CoveredByDeletion(std::int64_t record_id, int version, std::string_view last_seen_at);
  Result<IndexedText> ReadIndexedText(std::int64_t work_id);
  Result<void> Reindex(std::int64_t work_id, const IndexedText& before);
};

RecordStore::RecordStore(sqlite3* db, TagWriter& tags, MembershipWriter& membership)
    : state_(std::make_unique<State>(db, tags, membership)) {}
RecordStore::~RecordStore() = default;

std::uint64_t RecordStore::full_text_changes() const {
  return state_->new_works_indexed + state_->works.full_text_changes();
}

Result<void> RecordStore::Flush() { return state_->Flush(); }

void RecordStore::Forget() {
  state_->last_record_id = state_->last_work_id = 0;
  state_->waiting.clear();
  for (WaitingRows* rows : {&state_->new_works, &state_->new_records, &state_->new_texts, &state_->new_listed})
    rows->Clear();
  state_->parts.Forget();
}

// --- Arrivals
// ---------------------------------------------------------------------------------------------------------

Result<PutOutcome> RecordStore::PutRecord(const Record& record, const TaggedRecord& tagged, const RecordOrigin& origin,
                                          const Membership* membership) {
  State& s = *state_;
  const PartialDate* revised = record.Date("revised");
  const Revision revision{!origin.is_export,
                          record.version,
                          revised == nullptr ? std::string() : revised->iso,
                          origin.retrieved_at,
                          StatusRank(record.status),
                          ContentHash(record, s.scratch)};
  LITMILL_TRY(const std::optional<Existing> existing, s.Find(record.source, record.source_id));
  if (!existing) {
    LITMILL_CHECK(s.InsertNew(record, tagged, origin, revision, membership));
    return PutOutcome::kInserted;
  }
  if (origin.is_listed) s.new_listed.Add(origin.document_id, origin.ordinal, existing->record_id);
  if (!existing->has_content) {
    LITMILL_CHECK(s.Revise(*existing, record, tagged, origin, revision, membership));
    return PutOutcome::kInserted;
  }
  if (revision.content_sha256 == existing->revision.content_sha256) {
    LITMILL_CHECK(s.SeenAgain(*existing, origin, true));
    LITMILL_TRY(const std::int64_t rule_set_id, s.tags.RuleSetId());
    if (rule_set_id != existing->rule_set_id) LITMILL_CHECK(ReplaceTags(existing->record_id, tagged));
    if (membership != nullptr) LITMILL_CHECK(s.memberships.Replace(existing->record_id, *membership));
    return PutOutcome::kUnchanged;
  }
  if (revision < existing->revision) {
    LITMILL_CHECK(s.SeenAgain(*existing, origin, false));
    if (membership != nullptr) LITMILL_CHECK(s.memberships.DecideLater(existing->record_id));
    return PutOutcome::kSuperseded;
  }
  LITMILL_CHECK(s.Revise(*existing, record, tagged, origin, revision, membership));
  return PutOutcome::kRevised;
}

Result<PutOutcome> RecordStore::PutDeletion(std::string_view source, std::string_view source_id, int version,
                                            const RecordOrigin& origin) {
  State& s = *state_;
  LITMILL_TRY(std::optional<Existing> existing, s.Find(source, source_id));
  const bool is_new = !existing;
  if (is_new) {
    existing.emplace();
    LITMILL_CHECK(s.NextIds(existing->record_id, existing->work_id));
    LITMILL_CHECK(s.insert_bare_work.Run(existing->work_id, existing->record_id));
    LITMILL_CHECK(s.insert_bare.Run(existing->record_id, existing->work_id, source, source_id,
                                    IdOrNull{origin.document_id}, origin.offset_bytes, origin.ordinal));
    existing->is_deleted = true;
  }
  LITMILL_TRY(bool added, s.insert_deletion.First(existing->record_id, version, origin.retrieved_at,
                                                  IdOrNull{origin.document_id}, origin.offset_bytes));
  while (added) {
    LITMILL_TRY(added, s.insert_deletion.Step());
  }
  if (is_new) return PutOutcome::kInserted;
  if (existing->is_deleted) return PutOutcome::kUnchanged;
  LITMILL_TRY(const bool deleted, s.RefreshDeleted(*existing, existing->revision.version, existing->last_seen_at));
  return deleted ? PutOutcome::kRevised : PutOutcome::kSuperseded;
}

Result<void> RecordStore::ReplaceTags(std::int64_t record_id, const TaggedRecord& tagged) {
  State& s = *state_;
  LITMILL_CHECK(s.Flush());
  LITMILL_TRY(const bool row, s.work_of.First(record_id));
  if (!row) return Fail(ErrorCode::kNotFound, fmt::format("no record {}", record_id));
  const std::int64_t work_id = s.work_of.Int(0);
  s.work_of.Reset();
  LITMILL_TRY(const std::int64_t rule_set_id, s.tags.RuleSetId());
  LITMILL_CHECK(s.tags.DeleteMentions(record_id));
  LITMILL_CHECK(s.tags.InsertMentions(record_id, tagged));
  LITMILL_CHECK(s.tags.DeriveTags(work_id));
  return s.update_rules.Run(IdOrNull{rule_set_id}, record_id);
}

// --- Parts of an arrival
// ----------------------------------------------------------------------------------------------

Result<void> RecordStore::State::Flush() {
  LITMILL_CHECK(new_works.Flush());
  LITMILL_CHECK(new_records.Flush());
  LITMILL_CHECK(new_texts.Flush());
  LITMILL_CHECK(new_listed.Flush());
  waiting.clear();
  LITMILL_CHECK(parts.Flush());
  LITMILL_CHECK(memberships.Flush());
  return tags.Flush();
}

std::size_t RecordStore::State::WaitingBytes() const {
  return new_works.bytes() + new_records.bytes() + new_texts.bytes() + parts.waiting_bytes() + tags.waiting_bytes() +
         memberships.waiting_bytes();
}

/// After this nothing of the record waits: whoever changes what is stored may read and write the tables.
Result<std::optional<Existing>> RecordStore::State::Find(std::string_view source, std::string_view source_id) {
  if (waiting.count(WaitingKey(source, source_id)) > 0) LITMILL_CHECK(Flush());
  LITMILL_TRY(const bool row, find.First(source, source_id));
  if (!row) return std::optional<Existing>();
  Existing e;
  e.record_id = find.Int(0);
  e.work_id = find.Int(1);
  e.revision = {find.IsNull(10) || find.Bool(10),
                static_cast<int>(find.Int(2)),
                find.Text(3),
                find.Text(4),
                StatusRank(find.View(6)),
                find.Text(7)};
  e.last_seen_at = find.Text(5);
  e.has_content = !find.IsNull(7);
  e.is_deleted = find.Bool(8);
  e.rule_set_id = find.Int(9);
  find.Reset();
  return std::optional<Existing>(std::move(e));
}

Result<void> RecordStore::State::NextIds(std::int64_t& record_id, std::int64_t& work_id) {
  if (last_record_id == 0) {
    LITMILL_CHECK(last_ids.First());
    last_record_id = last_ids.Int(0);
    last_work_id = last_ids.Int(1);
    last_ids.Reset();
  }
  record_id = ++last_record_id;
  work_id = ++last_work_id;
  return {};
}

Result<void> RecordStore::State::InsertNew(const Record& record, const TaggedRecord& tagged, const RecordOrigin& origin,
                                           const Revision& revision, const Membership* membership) {
  Existing ids;
  LITMILL_CHECK(NextIds(ids.record_id, ids.work_id));
  const auto add_to = [](WaitingRows& rows) {
    return [&rows](const auto&... values) -> Result<void> {
      rows.Add(values...);
      return {};
    };
  };
  LITMILL_CHECK(WriteWork(ids, record, false, add_to(new_works)));
  LITMILL_CHECK(WriteRecord(ids, record, revision, origin, false, add_to(new_records)));
  waiting.insert(WaitingKey(record.source, record.source_id));
  parts.InsertParts(ids.record_id, record);
  LITMILL_CHECK(tags.InsertMentions(ids.record_id, tagged));
  LITMILL_CHECK(tags.InsertTags(ids.work_id, tagged));
  abstract.clear();
  for (const AbstractSection& section : record.abstract_sections) {
    if (&section != &record.abstract_sections.front()) abstract += '\n';
    abstract += section.body.text;
  }
  new_texts.Add(ids.work_id, record.title.text, abstract);
  if (membership != nullptr) memberships.Insert(ids.record_id, *membership);
  if (origin.is_listed) new_listed.Add(origin.document_id, origin.ordinal, ids.record_id);
  ++new_works_indexed;
  return WaitingBytes() < kMostWaitingBytes ? Result<void>() : Flush();
}

Result<void> RecordStore::State::Revise(const Existing& existing, const Record& record, const TaggedRecord& tagged,
                                        const RecordOrigin& origin, const Revision& revision,
                                        const Membership* membership) {
  LITMILL_CHECK(membership != nullptr ? memberships.Replace(existing.record_id, *membership)
                                      : memberships.MarkChanged(existing.record_id));
  LITMILL_TRY(const IndexedText before, ReadIndexedText(existing.work_id));
  LITMILL_TRY(const bool deleted, CoveredByDeletion(existing.record_id, record.version,
                                                    std::max(existing.last_seen_at, origin.retrieved_at)));
  LITMILL_CHECK(WriteRecord(existing, record, revision, origin, deleted,
                            [this](const auto&... values) { return upsert_record.Run(values...); }));
  LITMILL_CHECK(parts.DeleteParts(existing.record_id));
  parts.InsertParts(existing.record_id, record);
  LITMILL_TRY(const bool shared, works.IsShared(existing.work_id));
  if (shared) {
    LITMILL_CHECK(parts.Flush());
    LITMILL_CHECK(works.Derive(existing.work_id));
  } else {
    LITMILL_CHECK(
        WriteWork(existing, record, deleted, [this](const auto&... values) { return upsert_work.Run(values...); }));
  }
  LITMILL_CHECK(tags.DeleteMentions(existing.record_id));
  LITMILL_CHECK(tags.InsertMentions(existing.record_id, tagged));
  LITMILL_CHECK(tags.DeriveTags(existing.work_id));
  return Reindex(existing.work_id, before);
}

/// write(values of all columns of source_records).
template <typename Write>
Result<void> RecordStore::State::WriteRecord(const Existing& ids, const Record& r, const Revision& revision,
                                             const RecordOrigin& origin, bool deleted, const Write& write) {
  LITMILL_TRY(const std::int64_t journal_id, parts.JournalId(r.journal));
  LITMILL_TRY(const std::int64_t rule_set_id, tags.RuleSetId());
  const std::string& last_seen_at = std::max(ids.last_seen_at, origin.retrieved_at);
  return write(ids.record_id, ids.work_id, r.source, r.source_id, r.version, RecordTypeName(r.type), OrNull{r.status},
               OrNull{r.owner}, OrNull{r.indexing_method}, OrNull{r.pub_model}, OrNull{r.publication_status},
               OrNull{r.version_date}, OrNull{r.version_id}, OrNull{revision.revised_on}, OrNull{origin.retrieved_at},
               OrNull{last_seen_at}, IdOrNull{origin.document_id}, origin.offset_bytes, origin.ordinal,
               revision.content_sha256, IdOrNull{rule_set_id}, deleted, OrNull{r.title.text}, OrNull{r.title.markup},
               r.title_is_translated, OrNull{r.vernacular_title.text}, OrNull{r.vernacular_title.markup},
               OrNull{r.copyright}, r.authors_complete, IdOrNull{journal_id}, OrNull{r.journal.volume},
               OrNull{r.journal.issue}, OrNull{r.journal.cited_medium}, OrNull{r.pages}, OrNull{r.start_page},
               OrNull{r.end_page}, OrNull{r.coi_statement}, OrNull{r.number_of_references});
}

/// write(values of all columns of works).
template <typename Write>
Result<void> RecordStore::State::WriteWork(const Existing& ids, const Record& r, bool deleted, const Write& write) {
  const PartialDate* date = r.PublicationDate();
  const std::optional<int> year = date == nullptr ? std::nullopt : date->Year();
  const std::string language = Joined(r.languages, "; ");
  const std::string_view journal = r.book && r.journal.title.empty() ? r.book->title : r.journal.title;
  const std::string_view iso = date == nullptr ? std::string_view() : std::string_view(date->iso);
  const std::string_view precision = iso.empty() ? std::string_view() : DatePrecisionName(date->precision);
  return write(ids.work_id, ids.record_id, OrNull{r.title.text}, OrNull{r.title.markup}, IdOrNull{year.value_or(0)},
               OrNull{iso}, OrNull{precision}, OrNull{journal}, OrNull{r.journal.volume}, OrNull{r.journal.issue},
               OrNull{r.pages}, OrNull{language}, RecordTypeName(r.type), AbstractStatus(r), r.IsRetracted(), deleted);
}

/// An older or the same revision came again: nothing is said anew but that the source still had the record then.
Result<void> RecordStore::State::SeenAgain(const Existing& existing, const RecordOrigin& origin, bool same_revision) {
  if (same_revision && origin.retrieved_at > existing.revision.retrieved_at)
    LITMILL_CHECK(update_seen.Run(origin.retrieved_at, IdOrNull{origin.document_id}, origin.offset_bytes,
                                  origin.ordinal, existing.record_id));
  if (origin.retrieved_at <= existing.last_seen_at) return {};
  LITMILL_CHECK(update_last_seen.Run(origin.retrieved_at, existing.record_id));
  if (!existing.is_deleted) return {};
  const Result<bool> refreshed = RefreshDeleted(existing, existing.revision.version, origin.retrieved_at);
  if (!refreshed) return Fail(refreshed.error());
  return {};
}

// --- Deletions and full text
// ------------------------------------------------------------------------------------------

Result<bool> RecordStore::State::CoveredByDeletion(std::int64_t record_id, int version, std::string_view last_seen_at) {
  std::vector<Deletion> deletions;
  LITMILL_CHECK(select_deletions.Start(record_id));
  while (true) {
    LITMILL_TRY(const bool row, select_deletions.Step());
    if (!row) break;
    deletions.push_back({static_cast<int>(select_deletions.Int(0)), select_deletions.Text(1)});
  }
  return IsDeleted(version, last_seen_at, deletions);
}

Result<bool> RecordStore::State::RefreshDeleted(const Existing& existing, int version, std::string_view last_seen_at) {
  LITMILL_TRY(const bool deleted, CoveredByDeletion(existing.record_id, version, last_seen_at));
  if (deleted == existing.is_deleted) return deleted;
  LITMILL_TRY(const IndexedText before, ReadIndexedText(existing.work_id));
  LITMILL_CHECK(update_deleted.Run(deleted, existing.record_id));
  LITMILL_TRY(const bool shared, works.IsShared(existing.work_id));
  if (shared)
    LITMILL_CHECK(works.Derive(existing.work_id));
  else
    LITMILL_CHECK(update_work_deleted.Run(deleted, existing.work_id));
  LITMILL_CHECK(Reindex(existing.work_id, before));
  return deleted;
}

Result<IndexedText> RecordStore::State::ReadIndexedText(std::int64_t work_id) {
  LITMILL_CHECK(parts.Flush());  // the abstract's new sections
  return works.ReadIndexedText(work_id);
}

Result<void> RecordStore::State::Reindex(std::int64_t work_id, const IndexedText& before) {
  LITMILL_CHECK(parts.Flush());
  return works.Reindex(work_id, before);
}

}  // namespace litmill::store
