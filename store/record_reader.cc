// SPDX-License-Identifier: Apache-2.0
#include "store/record_reader.h"

#include <fmt/format.h>

#include <string>

#include "store/cited_identifiers.h"
#include "store/names.h"
#include "store/sqlite.h"

namespace litmill::store {
namespace {

/// f(statement) for each row of one record.
template <typename F>
Result<void> ForEachRow(Statement& statement, std::int64_t record_id, const F& f) {
  LITMILL_CHECK(statement.Start(record_id));
  while (true) {
    LITMILL_TRY(const bool row, statement.Step());
    if (!row) return {};
    f(statement);
  }
}

/// scheme, value, raw, origin, is_valid from `column` on.
Identifier ReadIdentifier(const Statement& s, int column) {
  Identifier i{s.Text(column), s.Text(column + 1), {}, s.Text(column + 3), s.Bool(column + 4)};
  i.raw = s.IsNull(column + 2) ? i.value : s.Text(column + 2);
  return i;
}

/// label, nlm_category, text, markup from `column` on.
AbstractSection ReadSection(const Statement& s, int column) {
  return {s.Text(column), s.Text(column + 1), {s.Text(column + 2), s.Text(column + 3)}};
}

std::size_t At(const Statement& s, int column) { return static_cast<std::size_t>(s.Int(column)); }

}  // namespace

struct RecordReader::Statements {
  explicit Statements(sqlite3* handle) : db(handle) {}

  sqlite3* db;
  Statement record{
      db,
      "SELECT r.record_type, r.source, r.source_id, r.version, r.status, r.owner, r.indexing_method, r.pub_model, "
      "r.publication_status, r.version_date, r.version_id, r.title, r.title_markup, r.vernacular_title, "
      "r.vernacular_title_markup, "
      "r.title_is_translated, r.copyright, r.authors_complete, r.volume, r.issue, r.cited_medium, r.pages, "
      "r.start_page, r.end_page, "
      "r.coi_statement, r.number_of_references, j.title, j.iso_abbreviation, j.medline_ta, j.nlm_unique_id, j.country, "
      "j.issn_print, "
      "j.issn_electronic, j.issn_linking FROM source_records AS r LEFT JOIN journals AS j ON j.journal_id = "
      "r.journal_id "
      "WHERE r.record_id = ? AND r.content_sha256 IS NOT NULL"};
  Statement identifiers{
      db, "SELECT scheme, value, raw, origin, is_valid FROM record_identifiers WHERE record_id = ? ORDER BY position"};
  Statement sections{
      db, "SELECT label, nlm_category, text, markup FROM abstract_sections WHERE record_id = ? ORDER BY position"};
  Statement other_heads{
      db, "SELECT type, language, copyright FROM other_abstract_heads WHERE record_id = ? ORDER BY position"};
  Statement other_sections{
      db,
      "SELECT head_position, label, nlm_category, text, markup FROM other_abstract_sections WHERE record_id = ? "
      "ORDER BY position"};
  Statement authors{db,
                    "SELECT role, last_name, fore_name, initials, suffix, collective_name, orcid, is_valid, "
                    "equal_contribution FROM authors "
                    "WHERE record_id = ? ORDER BY position"};
  Statement author_identifiers{db,
                               "SELECT author_position, scheme, value FROM author_identifiers WHERE record_id = ? "
                               "ORDER BY author_position, position"};
  Statement affiliations{
      db, "SELECT author_position, text FROM affiliations WHERE record_id = ? ORDER BY author_position, position"};
  Statement affiliation_identifiers{
      db,
      "SELECT author_position, affiliation_position, scheme, value FROM affiliation_identifiers "
      "WHERE record_id = ? ORDER BY author_position, affiliation_position, position"};
  Statement languages{db, "SELECT language FROM record_languages WHERE record_id = ? ORDER BY position"};
  Statement dates{
      db, "SELECT kind, raw, iso, iso_end, precision, time FROM record_dates WHERE record_id = ? ORDER BY position"};
  Statement headings{db,
                     "SELECT ui, name, type, descriptor_is_major, is_automatic FROM mesh_headings WHERE record_id = ? "
                     "ORDER BY position"};
  Statement qualifiers{db,
                       "SELECT heading_position, ui, name, is_major FROM mesh_qualifiers WHERE record_id = ? "
                       "ORDER BY heading_position, position"};
  Statement chemicals{db, "SELECT registry_number, ui, name FROM chemicals WHERE record_id = ? ORDER BY position"};
  Statement supplementary{db,
                          "SELECT ui, name, type FROM supplementary_concepts WHERE record_id = ? ORDER BY position"};
  Statement keywords{db, "SELECT owner, is_major, text, markup FROM keywords WHERE record_id = ? ORDER BY position"};
  Statement publication_types{db, "SELECT ui, name FROM publication_types WHERE record_id = ? ORDER BY position"};
  Statement grants{db,
                   "SELECT grant_number, acronym, agency, country FROM grants WHERE record_id = ? ORDER BY position"};
  Statement accessions{db, "SELECT bank, accession FROM accessions WHERE record_id = ? ORDER BY position"};
  Statement related{
      db, "SELECT ref_type, ref_source, pmid, note, doi FROM related_records WHERE record_id = ? ORDER BY position"};
  Statement references{db,
                       "SELECT citation, citation_markup, doi, pmcid, pmid FROM record_references WHERE record_id = ? "
                       "ORDER BY position"};
  Statement reference_identifiers{
      db,
      "SELECT reference_position, position, scheme, value, raw, origin, is_valid FROM reference_identifiers "
      "WHERE record_id = ? ORDER BY reference_position, position"};
  Statement subsets{db, "SELECT subset FROM citation_subsets WHERE record_id = ? ORDER BY position"};
  Statement other_names{db, "SELECT kind, source, value FROM other_names WHERE record_id = ? ORDER BY position"};
  Statement book{db,
                 "SELECT title, title_markup, publisher, publisher_location, volume, volume_title, edition, "
                 "collection_title, medium, "
                 "report_number FROM books WHERE record_id = ?"};
  Statement isbns{db, "SELECT isbn FROM book_isbns WHERE record_id = ? ORDER BY position"};
  Statement locations{db, "SELECT type, label FROM book_locations WHERE record_id = ? ORDER BY position"};
  Statement book_sections{db, "SELECT title FROM book_sections WHERE record_id = ? ORDER BY position"};

  Result<void> Head(std::int64_t id, Record& out);
  Result<void> Texts(std::int64_t id, Record& out);
  Result<void> People(std::int64_t id, Record& out);
  Result<void> Indexing(std::int64_t id, Record& out);
  Result<void> Relations(std::int64_t id, Record& out);
  Result<void> BookParts(std::int64_t id, Record& out);
  Result<void> Types(std::int64_t id, Record& out);
  Result<void> Related(std::int64_t id, Record& out);
};

RecordReader::RecordReader(sqlite3* db) : statements_(std::make_unique<Statements>(db)) {}
RecordReader::~RecordReader() = default;

Result<Record> RecordReader::Read(std::int64_t record_id) {
  Record record;
  LITMILL_CHECK(statements_->Head(record_id, record));
  LITMILL_CHECK(statements_->Texts(record_id, record));
  LITMILL_CHECK(statements_->People(record_id, record));
  LITMILL_CHECK(statements_->Indexing(record_id, record));
  LITMILL_CHECK(statements_->Relations(record_id, record));
  LITMILL_CHECK(statements_->BookParts(record_id, record));
  return record;
}

Result<Record> RecordReader::ReadForWork(std::int64_t record_id) {
  Record record;
  LITMILL_CHECK(statements_->Head(record_id, record));
  LITMILL_CHECK(statements_->Texts(record_id, record));
  LITMILL_CHECK(statements_->Types(record_id, record));
  LITMILL_CHECK(statements_->Related(record_id, record));
  LITMILL_CHECK(statements_->BookParts(record_id, record));
  return record;
}

Result<void> RecordReader::Statements::Types(std::int64_t id, Record& out) {
  return ForEachRow(publication_types, id, [&](const Statement& s) {
    out.publication_types.push_back({s.Text(0), s.Text(1)});
  });
}

Result<void> RecordReader::Statements::Related(std::int64_t id, Record& out) {
  return ForEachRow(related, id, [&](const Statement& s) {
    out.related.push_back({s.Text(0), s.Text(1), s.Text(2), s.Text(3), s.Text(4)});
  });
}

Result<void> RecordReader::Statements::Head(std::int64_t id, Record& out) {
  LITMILL_TRY(const bool row, record.First(id));
  if (!row) return Fail(ErrorCode::kNotFound, fmt::format("no record {} with content", id));
  const Statement& s = record;
  out.type = RecordTypeFromName(s.View(0));
  out.version = static_cast<int>(s.Int(3));
  int column = 0;
  for (std::string* field : {&out.source, &out.source_id}) *field = s.Text(++column);
  column = 3;
  for (std::string* field :
       {&out.status, &out.owner, &out.indexing_method, &out.pub_model, &out.publication_status, &out.version_date,
        &out.version_id, &out.title.text, &out.title.markup, &out.vernacular_title.text, &out.vernacular_title.markup})
    *field = s.Text(++column);
  out.title_is_translated = s.Bool(15);
  out.copyright = s.Text(16);
  out.authors_complete = s.Bool(17);
  column = 17;
  Journal& j = out.journal;
  for (std::string* field :
       {&j.volume, &j.issue, &j.cited_medium, &out.pages, &out.start_page, &out.end_page, &out.coi_statement,
        &out.number_of_references, &j.title, &j.iso_abbreviation, &j.medline_ta, &j.nlm_unique_id, &j.country,
        &j.issn_print, &j.issn_electronic, &j.issn_linking})
    *field = s.Text(++column);
  record.Reset();
  return {};
}

Result<void> RecordReader::Statements::Texts(std::int64_t id, Record& out) {
  LITMILL_CHECK(
      ForEachRow(identifiers, id, [&](const Statement& s) { out.identifiers.push_back(ReadIdentifier(s, 0)); }));
  LITMILL_CHECK(
      ForEachRow(sections, id, [&](const Statement& s) { out.abstract_sections.push_back(ReadSection(s, 0)); }));
  LITMILL_CHECK(ForEachRow(other_heads, id, [&](const Statement& s) {
    out.other_abstracts.push_back({s.Text(0), s.Text(1), {}, s.Text(2)});
  }));
  LITMILL_CHECK(ForEachRow(other_sections, id, [&](const Statement& s) {
    out.other_abstracts.at(At(s, 0)).sections.push_back(ReadSection(s, 1));
  }));
  LITMILL_CHECK(ForEachRow(languages, id, [&](const Statement& s) { out.languages.push_back(s.Text(0)); }));
  return ForEachRow(dates, id, [&](const Statement& s) {
    out.dates.push_back({s.Text(0), {s.Text(1), s.Text(2), s.Text(3), DatePrecisionFromName(s.View(4))}, s.Text(5)});
  });
}

Result<void> RecordReader::Statements::People(std::int64_t id, Record& out) {
  LITMILL_CHECK(ForEachRow(authors, id, [&](const Statement& s) {
    out.authors.push_back({RoleFromName(s.View(0)),
                           s.Text(1),
                           s.Text(2),
                           s.Text(3),
                           s.Text(4),
                           s.Text(5),
                           s.Text(6),
                           {},
                           {},
                           s.Bool(7),
                           s.Bool(8)});
  }));
  if (out.authors.empty()) return {};
  LITMILL_CHECK(ForEachRow(author_identifiers, id, [&](const Statement& s) {
    out.authors.at(At(s, 0)).identifiers.push_back({s.Text(1), s.Text(2)});
  }));
  LITMILL_CHECK(ForEachRow(affiliations, id, [&](const Statement& s) {
    out.authors.at(At(s, 0)).affiliations.push_back({s.Text(1), {}});
  }));
  return ForEachRow(affiliation_identifiers, id, [&](const Statement& s) {
    out.authors.at(At(s, 0)).affiliations.at(At(s, 1)).identifiers.push_back({s.Text(2), s.Text(3)});
  });
}

Result<void> RecordReader::Statements::Indexing(std::int64_t id, Record& out) {
  LITMILL_CHECK(ForEachRow(headings, id, [&](const Statement& s) {
    out.mesh_headings.push_back({s.Text(0), s.Text(1), s.Text(2), s.Bool(3), s.Bool(4), {}});
  }));
  if (!out.mesh_headings.empty())
    LITMILL_CHECK(ForEachRow(qualifiers, id, [&](const Statement& s) {
      out.mesh_headings.at(At(s, 0)).qualifiers.push_back({s.Text(1), s.Text(2), s.Bool(3)});
    }));
  LITMILL_CHECK(ForEachRow(chemicals, id, [&](const Statement& s) {
    out.chemicals.push_back({s.Text(0), s.Text(1), s.Text(2)});
  }));
  LITMILL_CHECK(ForEachRow(supplementary, id, [&](const Statement& s) {
    out.supplementary_concepts.push_back({s.Text(0), s.Text(1), s.Text(2)});
  }));
  LITMILL_CHECK(ForEachRow(keywords, id, [&](const Statement& s) {
    out.keywords.push_back({s.Text(0), s.Bool(1), {s.Text(2), s.Text(3)}});
  }));
  LITMILL_CHECK(Types(id, out));
  LITMILL_CHECK(ForEachRow(subsets, id, [&](const Statement& s) { out.citation_subsets.push_back(s.Text(0)); }));
  return ForEachRow(other_names, id, [&](const Statement& s) {
    out.other_names.push_back({s.Text(0), s.Text(1), s.Text(2)});
  });
}

Result<void> RecordReader::Statements::Relations(std::int64_t id, Record& out) {
  LITMILL_CHECK(ForEachRow(grants, id, [&](const Statement& s) {
    out.grants.push_back({s.Text(0), s.Text(1), s.Text(2), s.Text(3)});
  }));
  LITMILL_CHECK(ForEachRow(accessions, id, [&](const Statement& s) {
    out.accessions.push_back({s.Text(0), s.Text(1)});
  }));
  LITMILL_CHECK(Related(id, out));
  LITMILL_CHECK(ForEachRow(references, id, [&](const Statement& s) {
    out.references.push_back({{s.Text(0), s.Text(1)}, FromColumns({s.View(2), s.View(3), s.View(4)})});
  }));
  if (out.references.empty()) return {};
  return ForEachRow(reference_identifiers, id, [&](const Statement& s) {
    InsertRow(out.references.at(At(s, 0)).identifiers, At(s, 1), ReadIdentifier(s, 2));
  });
}

Result<void> RecordReader::Statements::BookParts(std::int64_t id, Record& out) {
  LITMILL_CHECK(ForEachRow(book, id, [&](const Statement& s) {
    out.book = Book{s.Text(0), s.Text(1), s.Text(2), s.Text(3), s.Text(4), s.Text(5), s.Text(6),
                    s.Text(7), s.Text(8), s.Text(9), {},        {},        {}};
  }));
  if (!out.book) return {};
  LITMILL_CHECK(ForEachRow(isbns, id, [&](const Statement& s) { out.book->isbns.push_back(s.Text(0)); }));
  LITMILL_CHECK(
      ForEachRow(locations, id, [&](const Statement& s) { out.book->locations.emplace_back(s.Text(0), s.Text(1)); }));
  return ForEachRow(book_sections, id, [&](const Statement& s) { out.book->section_titles.push_back(s.Text(0)); });
}

}  // namespace litmill::store
