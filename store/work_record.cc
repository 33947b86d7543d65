// SPDX-License-Identifier: Apache-2.0
#include "store/work_record.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <type_traits>
#include <utility>

#include "core/unicode.h"
#include "store/corpus.h"
#include "store/names.h"
#include "store/record_reader.h"
#include "store/sqlite.h"

namespace litmill::store {
namespace {

struct Member {
  std::int64_t record_id = 0;
  std::string source, source_id;
  bool is_deleted = false;
  Record record = {};

  [[nodiscard]] auto Preference() const { return std::make_tuple(is_deleted, SourceRank(source), source, source_id); }
};

/// The items of `more` whose key is new, behind those of `list`; repeats in `list` itself go too.
template <typename Item, typename KeyOf>
void Unite(std::vector<Item>& list, const std::vector<const std::vector<Item>*>& more, const KeyOf& key_of) {
  std::set<decltype(key_of(list.front()))> seen;
  std::vector<Item> united;
  const auto add = [&](const std::vector<Item>& items) {
    for (const Item& item : items)
      if (seen.insert(key_of(item)).second) united.push_back(item);
  };
  add(list);
  for (const std::vector<Item>* items : more) add(*items);
  list = std::move(united);
}

/// Takes what `field` of works stands for from `giver`.
void TakeField(std::string_view field, const Record& giver, Record& out) {
  if (field == "title") {
    out.title = giver.title;
    out.title_is_translated = giver.title_is_translated;
    if (out.vernacular_title.text.empty()) out.vernacular_title = giver.vernacular_title;
  } else if (field == "abstract") {
    out.abstract_sections = giver.abstract_sections;
    out.copyright = giver.copyright;
  } else if (field == "year") {
    out.dates = giver.dates;
  } else if (field == "journal") {
    const Journal own = std::exchange(out.journal, giver.journal);
    out.journal.volume = own.volume;
    out.journal.issue = own.issue;
    out.journal.cited_medium = own.cited_medium;
    if (!out.book) out.book = giver.book;
  } else if (field == "volume") {
    out.journal.volume = giver.journal.volume;
  } else if (field == "issue") {
    out.journal.issue = giver.journal.issue;
  } else if (field == "pages") {
    out.pages = giver.pages;
    out.start_page = giver.start_page;
    out.end_page = giver.end_page;
  } else if (field == "language") {
    out.languages = giver.languages;
  } else if (field == "type") {
    out.type = giver.type;
  } else if (field == "is_retracted") {
    for (const RelatedRecord& related : giver.related)
      if (related.ref_type == "RetractionIn") out.related.push_back(related);
  }
}

/// The lists to which every member adds.
void UniteLists(const std::vector<Member>& members, Record& out) {
  const auto of = [&](auto list) {
    std::vector<const std::remove_reference_t<decltype(out.*list)>*> lists;
    for (const Member& member : members) lists.push_back(&(member.record.*list));
    return lists;
  };
  // One database says an identifier twice too (ELocationID and ArticleIdList).
  Unite(out.identifiers, of(&Record::identifiers),
        [](const Identifier& i) { return std::make_tuple(i.scheme, i.value, i.valid); });
  if (members.size() == 1) return;
  Unite(out.keywords, of(&Record::keywords), [](const Keyword& k) { return AsciiLower(k.text.text); });
  Unite(out.mesh_headings, of(&Record::mesh_headings), [](const MeshHeading& h) { return AsciiLower(h.name); });
  Unite(out.publication_types, of(&Record::publication_types),
        [](const PublicationType& t) { return AsciiLower(t.name); });
  Unite(out.accessions, of(&Record::accessions),
        [](const DataBankAccession& a) { return std::make_pair(a.bank, a.accession); });
  for (const Member& member : members)
    if (out.authors.empty()) {
      out.authors = member.record.authors;
      out.authors_complete = member.record.authors_complete;
    }
}

class WorkRecordReader {
 public:
  explicit WorkRecordReader(sqlite3* db) : db_(db) {}

  Result<WorkRecord> Read(std::int64_t work_id, std::int64_t representative);

 private:
  Result<std::vector<Member>> Members(std::int64_t work_id);
  Result<void> TakeFields(std::int64_t work_id, const std::vector<Member>& members, Record& out);

  sqlite3* db_;
  RecordReader reader_{db_};
  Statement members_{db_,
                     "SELECT record_id, source, source_id, is_deleted FROM source_records WHERE work_id = ? AND "
                     "content_sha256 IS NOT NULL"};
  Statement fields_{db_, "SELECT field, record_id FROM work_field_sources WHERE work_id = ? ORDER BY field"};
  Statement tags_{db_, "SELECT facet, concept FROM asserted_tags WHERE work_id = ? ORDER BY facet, concept"};
};

/// In the order of preference, each with its record.
Result<std::vector<Member>> WorkRecordReader::Members(std::int64_t work_id) {
  std::vector<Member> members;
  LITMILL_CHECK(members_.Start(work_id));
  while (true) {
    LITMILL_TRY(const bool row, members_.Step());
    if (!row) break;
    members.push_back({members_.Int(0), members_.Text(1), members_.Text(2), members_.Bool(3)});
  }
  for (Member& member : members) {
    LITMILL_TRY(member.record, reader_.Read(member.record_id));
  }
  std::sort(members.begin(), members.end(),
            [](const Member& a, const Member& b) { return a.Preference() < b.Preference(); });
  return members;
}

Result<void> WorkRecordReader::TakeFields(std::int64_t work_id, const std::vector<Member>& members, Record& out) {
  LITMILL_CHECK(fields_.Start(work_id));
  while (true) {
    LITMILL_TRY(const bool row, fields_.Step());
    if (!row) return {};
    for (const Member& member : members)
      if (member.record_id == fields_.Int(1)) TakeField(fields_.View(0), member.record, out);
  }
}

Result<WorkRecord> WorkRecordReader::Read(std::int64_t work_id, std::int64_t representative) {
  WorkRecord work;
  LITMILL_TRY(const std::vector<Member> members, Members(work_id));
  for (const Member& member : members) {
    if (member.record_id == representative) work.record = member.record;
    if (!member.is_deleted) work.sources.push_back(member.source);
  }
  std::sort(work.sources.begin(), work.sources.end());
  work.sources.erase(std::unique(work.sources.begin(), work.sources.end()), work.sources.end());
  LITMILL_CHECK(TakeFields(work_id, members, work.record));
  UniteLists(members, work.record);
  LITMILL_CHECK(tags_.Start(work_id));
  while (true) {
    LITMILL_TRY(const bool row, tags_.Step());
    if (!row) return work;
    work.tags.push_back({tags_.Text(0), tags_.Text(1)});
  }
}

}  // namespace

Result<void> ForEachWorkRecord(const Corpus& corpus, const std::function<Result<void>(const WorkRecord&)>& take) {
  WorkRecordReader reader(corpus.handle());
  // The order is that of the index over (source, source_id): nothing is gathered to be sorted.
  Statement select(corpus.handle(),
                   "SELECT w.work_id, w.record_id FROM source_records AS r CROSS JOIN works AS w ON w.record_id = "
                   "r.record_id WHERE w.is_deleted = 0 ORDER BY r.source, r.source_id");
  LITMILL_CHECK(select.Start());
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) return {};
    LITMILL_TRY(const WorkRecord work, reader.Read(select.Int(0), select.Int(1)));
    LITMILL_CHECK(take(work));
  }
}

Result<std::vector<std::string>> TaggedFacets(const Corpus& corpus) {
  Statement select(corpus.handle(), "SELECT DISTINCT facet FROM tags ORDER BY facet");
  std::vector<std::string> facets;
  LITMILL_CHECK(select.Start());
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) return facets;
    facets.push_back(select.Text(0));
  }
}

}  // namespace litmill::store
