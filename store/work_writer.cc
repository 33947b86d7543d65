// SPDX-License-Identifier: Apache-2.0
#include "store/work_writer.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/record.h"
#include "store/names.h"
#include "store/record_reader.h"
#include "store/sqlite.h"
#include "store/tag_writer.h"

namespace litmill::store {
namespace {

/// A record of a work. `record` is empty where only a deletion is known.
struct Member {
  std::int64_t record_id = 0;
  std::string source, source_id;
  bool is_deleted = false;
  bool has_content = false;
  std::size_t source_rank = 0;
  Record record;

  [[nodiscard]] auto Preference() const { return std::tie(is_deleted, source_rank, source, source_id); }
};

std::string_view JournalOf(const Record& r) {
  return r.book && r.journal.title.empty() ? std::string_view(r.book->title) : std::string_view(r.journal.title);
}

std::string Joined(const std::vector<std::string>& items) {
  std::string joined;
  for (const std::string& item : items) {
    if (!joined.empty()) joined += "; ";
    joined += item;
  }
  return joined;
}

bool HasYear(const Record& r) { return r.PublicationDate() != nullptr; }
bool HasPlace(const Record& r) { return !r.journal.volume.empty() || !r.journal.issue.empty() || !r.pages.empty(); }

/// The most preferred member with content for which `has` holds, else the representative.
template <typename Has>
const Member& FirstWith(const std::vector<Member>& members, const Has& has) {
  const auto found =
      std::find_if(members.begin(), members.end(), [&](const Member& m) { return m.has_content && has(m.record); });
  return found == members.end() ? members.front() : *found;
}

const Member& AbstractGiver(const std::vector<Member>& members) {
  const Member& whole = FirstWith(members, [](const Record& r) { return AbstractStatus(r) == "present"; });
  if (whole.has_content && AbstractStatus(whole.record) == "present") return whole;
  return FirstWith(members, [](const Record& r) { return AbstractStatus(r) != "absent"; });
}

}  // namespace

struct WorkWriter::State {
  explicit State(sqlite3* handle) : db(handle) {}

  sqlite3* db;
  RecordReader reader{db};
  std::uint64_t full_text_changes = 0;
  std::string derive_tags_sql = std::string(
                                    "INSERT INTO tags SELECT ?1, d.*, (SELECT max(rule_set_id) FROM "
                                    "source_records WHERE work_id = ?1) FROM (") +
                                kDeriveTagsSql + ") AS d";

  Statement is_shared{db, "SELECT count(*) > 1 FROM (SELECT 1 FROM source_records WHERE work_id = ? LIMIT 2)"};
  Statement select_members{
      db,
      "SELECT record_id, source, source_id, is_deleted, content_sha256 IS NOT NULL FROM source_records WHERE work_id = "
      "?"};
  Statement upsert{
      db,
      "INSERT INTO works (work_id, record_id, title, title_markup, year, publication_date, "
      "publication_date_precision, journal, volume, issue, pages, language, type, abstract_status, is_retracted, "
      "is_deleted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (work_id) DO UPDATE SET record_id = excluded.record_id, title = excluded.title, title_markup = "
      "excluded.title_markup, year = excluded.year, publication_date = excluded.publication_date, "
      "publication_date_precision = excluded.publication_date_precision, journal = excluded.journal, volume = "
      "excluded.volume, issue = excluded.issue, pages = excluded.pages, language = excluded.language, type = "
      "excluded.type, abstract_status = excluded.abstract_status, is_retracted = excluded.is_retracted, is_deleted = "
      "excluded.is_deleted"};
  Statement delete_work{db, "DELETE FROM works WHERE work_id = ?"};
  Statement delete_tags{db, "DELETE FROM tags WHERE work_id = ?"};
  Statement derive_tags{db, derive_tags_sql.c_str()};
  Statement delete_field_sources{db, "DELETE FROM work_field_sources WHERE work_id = ?"};
  Statement insert_field_source{db, "INSERT INTO work_field_sources VALUES (?, ?, ?)"};
  Statement indexed_text{db, "SELECT title, abstract FROM works_text WHERE work_id = ?"};
  Statement index_text{db, "INSERT INTO works_fts (rowid, title, abstract) VALUES (?, ?, ?)"};
  Statement unindex_text{db, "INSERT INTO works_fts (works_fts, rowid, title, abstract) VALUES ('delete', ?, ?, ?)"};

  Result<std::vector<Member>> ReadMembers(std::int64_t work_id);
  Result<void> WriteFieldSources(std::int64_t work_id, std::int64_t representative,
                                 const std::vector<std::pair<std::string_view, const Member*>>& fields);
};

WorkWriter::WorkWriter(sqlite3* db) : state_(std::make_unique<State>(db)) {}
WorkWriter::~WorkWriter() = default;

std::uint64_t WorkWriter::full_text_changes() const { return state_->full_text_changes; }

Result<bool> WorkWriter::IsShared(std::int64_t work_id) {
  LITMILL_CHECK(state_->is_shared.First(work_id));
  const bool shared = state_->is_shared.Bool(0);
  state_->is_shared.Reset();
  return shared;
}

/// In the order of preference.
Result<std::vector<Member>> WorkWriter::State::ReadMembers(std::int64_t work_id) {
  std::vector<Member> members;
  LITMILL_CHECK(select_members.Start(work_id));
  while (true) {
    LITMILL_TRY(const bool row, select_members.Step());
    if (!row) break;
    const Statement& s = select_members;
    members.push_back({s.Int(0), s.Text(1), s.Text(2), s.Bool(3), s.Bool(4), SourceRank(s.View(1)), {}});
  }
  for (Member& member : members) {
    if (!member.has_content) continue;
    LITMILL_TRY(member.record, reader.ReadForWork(member.record_id));
  }
  std::sort(members.begin(), members.end(),
            [](const Member& a, const Member& b) { return a.Preference() < b.Preference(); });
  return members;
}

Result<void> WorkWriter::Derive(std::int64_t work_id) {
  State& s = *state_;
  LITMILL_TRY(const std::vector<Member> members, s.ReadMembers(work_id));
  if (members.empty()) return Fail(ErrorCode::kInternal, "a work without records");
  const Member& first = members.front();
  const Member& title = FirstWith(members, [](const Record& r) { return !r.title.text.empty(); });
  const Member& abstract = AbstractGiver(members);
  const Member& dated = FirstWith(members, HasYear);
  const Member& journal = FirstWith(members, [](const Record& r) { return !JournalOf(r).empty(); });
  const Member& place = FirstWith(members, HasPlace);
  const Member& language = FirstWith(members, [](const Record& r) { return !r.languages.empty(); });
  const Member& type = FirstWith(members, [](const Record&) { return true; });
  const Member& retracted = FirstWith(members, [](const Record& r) { return r.IsRetracted(); });
  const PartialDate* date = dated.record.PublicationDate();
  const std::string languages = Joined(language.record.languages);
  LITMILL_CHECK(s.upsert.Run(
      work_id, first.record_id, OrNull{title.record.title.text}, OrNull{title.record.title.markup},
      IdOrNull{date == nullptr ? 0 : date->Year().value_or(0)},
      OrNull{date == nullptr ? std::string_view() : date->iso},
      OrNull{date == nullptr || date->iso.empty() ? std::string_view() : DatePrecisionName(date->precision)},
      OrNull{JournalOf(journal.record)}, OrNull{place.record.journal.volume}, OrNull{place.record.journal.issue},
      OrNull{place.record.pages}, OrNull{languages},
      OrNull{type.has_content ? RecordTypeName(type.record.type) : std::string_view()},
      OrNull{abstract.has_content ? AbstractStatus(abstract.record) : std::string_view()},
      retracted.record.IsRetracted(), first.is_deleted));
  return s.WriteFieldSources(work_id, first.record_id,
                             {{"title", &title},
                              {"abstract", &abstract},
                              {"year", &dated},
                              {"journal", &journal},
                              {"volume", &place},
                              {"issue", &place},
                              {"pages", &place},
                              {"language", &language},
                              {"type", &type},
                              {"is_retracted", &retracted}});
}

Result<void> WorkWriter::State::WriteFieldSources(
    std::int64_t work_id, std::int64_t representative,
    const std::vector<std::pair<std::string_view, const Member*>>& fields) {
  LITMILL_CHECK(delete_field_sources.Run(work_id));
  for (const auto& [field, giver] : fields)
    if (giver->record_id != representative) LITMILL_CHECK(insert_field_source.Run(work_id, field, giver->record_id));
  return {};
}

Result<void> WorkWriter::DeriveTags(std::int64_t work_id) {
  LITMILL_CHECK(state_->delete_tags.Run(work_id));
  return state_->derive_tags.Run(work_id);
}

Result<void> WorkWriter::Remove(std::int64_t work_id) {
  LITMILL_CHECK(state_->delete_tags.Run(work_id));
  LITMILL_CHECK(state_->delete_field_sources.Run(work_id));
  return state_->delete_work.Run(work_id);
}

Result<IndexedText> WorkWriter::ReadIndexedText(std::int64_t work_id) {
  State& s = *state_;
  LITMILL_TRY(const bool row, s.indexed_text.First(work_id));
  if (!row) return IndexedText();
  IndexedText text(std::in_place, s.indexed_text.Text(0), s.indexed_text.Text(1));
  s.indexed_text.Reset();
  return text;
}

/// External content: the index forgets a text only when told that very text.
Result<void> WorkWriter::Reindex(std::int64_t work_id, const IndexedText& before) {
  State& s = *state_;
  LITMILL_TRY(const IndexedText after, ReadIndexedText(work_id));
  if (before == after) return {};
  if (before) LITMILL_CHECK(s.unindex_text.Run(work_id, before->first, before->second));
  if (after) LITMILL_CHECK(s.index_text.Run(work_id, after->first, after->second));
  ++s.full_text_changes;
  return {};
}

}  // namespace litmill::store
