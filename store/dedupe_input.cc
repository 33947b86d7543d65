// SPDX-License-Identifier: Apache-2.0
#include "store/dedupe_input.h"

#include <cstdlib>
#include <string>
#include <utility>

#include "store/notice_records.h"
#include "store/sqlite.h"

namespace litmill::store {
namespace {

/// A child table in the order of record_id, walked beside the records: each row is read once, without a look-up.
class Rows {
 public:
  Rows(sqlite3* db, const char* sql) : statement_(db, sql) {}

  Result<void> Start() {
    LITMILL_CHECK(statement_.Start());
    return Next();
  }
  /// f(statement) for each row of the record; records must be asked for in ascending order.
  template <typename F>
  Result<void> Take(std::int64_t record_id, const F& f) {
    while (has_row_ && statement_.Int(0) <= record_id) {
      if (statement_.Int(0) == record_id) f(statement_);
      LITMILL_CHECK(Next());
    }
    return {};
  }

 private:
  Result<void> Next() {
    LITMILL_TRY(has_row_, statement_.Step());
    return {};
  }
  Statement statement_;
  bool has_row_ = false;
};

constexpr const char* kRecords =
    "SELECT r.record_id, r.work_id, w.record_id = r.record_id, r.source, r.source_id, r.is_deleted, r.title, "
    "r.vernacular_title, r.authors_complete, r.volume, r.issue, r.pages, r.record_type, j.title, j.iso_abbreviation, "
    "j.medline_ta, j.issn_print, j.issn_electronic, j.issn_linking, b.title, b.collection_title "
    "FROM source_records AS r JOIN works AS w ON w.work_id = r.work_id LEFT JOIN journals AS j ON j.journal_id = "
    "r.journal_id LEFT JOIN books AS b ON b.record_id = r.record_id ORDER BY r.record_id";
constexpr const char* kIdentifiers =
    "SELECT record_id, scheme, value FROM record_identifiers WHERE is_valid = 1 ORDER BY record_id, position";
constexpr const char* kAuthors =
    "SELECT record_id, last_name, ifnull(fore_name, initials), collective_name FROM authors WHERE role = 'author' AND "
    "is_valid = 1 ORDER BY record_id, position";
constexpr const char* kSections = "SELECT record_id, text FROM abstract_sections ORDER BY record_id, position";
constexpr const char* kDates =
    "SELECT record_id, kind, iso FROM record_dates WHERE kind IN ('print', 'electronic') AND iso IS NOT NULL ORDER BY "
    "record_id, position";
constexpr const char* kTypes = "SELECT record_id, name FROM publication_types ORDER BY record_id, position";
constexpr const char* kIsbns = "SELECT record_id, isbn FROM book_isbns ORDER BY record_id, position";
void AddUnlessEmpty(std::vector<std::string>& list, std::string text) {
  if (!text.empty()) list.push_back(std::move(text));
}

StoredDedupeRecord ReadRow(const Statement& s) {
  StoredDedupeRecord stored;
  stored.record_id = s.Int(0);
  stored.work_id = s.Int(1);
  stored.represents = s.Bool(2);
  DedupeRecord& r = stored.record;
  r.source = s.Text(3);
  r.source_id = s.Text(4);
  r.is_deleted = s.Bool(5);
  r.title = s.Text(6);
  r.vernacular_title = s.Text(7);
  r.authors_complete = s.Bool(8);
  r.volume = s.Text(9);
  r.issue = s.Text(10);
  r.pages = s.Text(11);
  if (s.View(12) == "book") r.types.emplace_back("book");
  for (const int column : {13, 14, 15, 19, 20}) AddUnlessEmpty(r.journals, s.Text(column));
  for (const int column : {16, 17, 18}) AddUnlessEmpty(r.issns, s.Text(column));
  return stored;
}

class Reader {
 public:
  explicit Reader(sqlite3* db) : db_(db) {}

  Result<void> Run(const std::function<void(const StoredDedupeRecord&)>& take) {
    for (Rows* rows : {&identifiers_, &authors_, &sections_, &dates_, &types_, &isbns_, &notices_})
      LITMILL_CHECK(rows->Start());
    Statement records(db_, kRecords);
    LITMILL_CHECK(records.Start());
    while (true) {
      LITMILL_TRY(const bool row, records.Step());
      if (!row) return {};
      StoredDedupeRecord stored = ReadRow(records);
      LITMILL_CHECK(AddParts(stored.record_id, stored.record));
      take(stored);
    }
  }

 private:
  Result<void> AddParts(std::int64_t record_id, DedupeRecord& r) {
    LITMILL_CHECK(
        identifiers_.Take(record_id, [&](const Statement& s) { r.identifiers.emplace_back(s.Text(1), s.Text(2)); }));
    LITMILL_CHECK(authors_.Take(record_id, [&](const Statement& s) {
      r.authors.push_back({s.Text(1), s.Text(2), s.Text(3)});
    }));
    LITMILL_CHECK(sections_.Take(record_id, [&](const Statement& s) {
      if (!r.abstract_text.empty()) r.abstract_text += ' ';
      r.abstract_text += s.View(1);
    }));
    LITMILL_CHECK(dates_.Take(record_id, [&](const Statement& s) {
      int& year = s.View(1) == "print" ? r.year_print : r.year_electronic;
      if (year == 0) year = std::atoi(s.Text(2).substr(0, 4).c_str());
    }));
    LITMILL_CHECK(types_.Take(record_id, [&](const Statement& s) { r.types.push_back(s.Text(1)); }));
    LITMILL_CHECK(isbns_.Take(record_id, [&](const Statement& s) { r.isbns.push_back(s.Text(1)); }));
    return notices_.Take(record_id, [&](const Statement&) { r.is_notice = true; });
  }

  sqlite3* db_;
  Rows identifiers_{db_, kIdentifiers}, authors_{db_, kAuthors}, sections_{db_, kSections}, dates_{db_, kDates},
      types_{db_, kTypes}, isbns_{db_, kIsbns}, notices_{db_, NoticesSql().c_str()};
};

}  // namespace

Result<void> ForEachDedupeRecord(sqlite3* db, const std::function<void(const StoredDedupeRecord&)>& take) {
  return Reader(db).Run(take);
}

}  // namespace litmill::store
