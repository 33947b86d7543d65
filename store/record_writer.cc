// SPDX-License-Identifier: Apache-2.0
#include "store/record_writer.h"

#include <string>
#include <string_view>
#include <unordered_map>

#include "store/names.h"
#include "store/sqlite.h"

namespace litmill::store {
namespace {

/// Children before parents, so that no foreign key is ever broken.
constexpr const char* kDeletes[] = {
    "DELETE FROM affiliation_identifiers WHERE record_id = ?",
    "DELETE FROM affiliations WHERE record_id = ?",
    "DELETE FROM author_identifiers WHERE record_id = ?",
    "DELETE FROM authors WHERE record_id = ?",
    "DELETE FROM mesh_qualifiers WHERE record_id = ?",
    "DELETE FROM mesh_headings WHERE record_id = ?",
    "DELETE FROM reference_identifiers WHERE record_id = ?",
    "DELETE FROM record_references WHERE record_id = ?",
    "DELETE FROM other_abstract_sections WHERE record_id = ?",
    "DELETE FROM other_abstract_heads WHERE record_id = ?",
    "DELETE FROM book_isbns WHERE record_id = ?",
    "DELETE FROM book_locations WHERE record_id = ?",
    "DELETE FROM book_sections WHERE record_id = ?",
    "DELETE FROM books WHERE record_id = ?",
    "DELETE FROM record_identifiers WHERE record_id = ?",
    "DELETE FROM abstract_sections WHERE record_id = ?",
    "DELETE FROM record_languages WHERE record_id = ?",
    "DELETE FROM record_dates WHERE record_id = ?",
    "DELETE FROM chemicals WHERE record_id = ?",
    "DELETE FROM supplementary_concepts WHERE record_id = ?",
    "DELETE FROM keywords WHERE record_id = ?",
    "DELETE FROM publication_types WHERE record_id = ?",
    "DELETE FROM grants WHERE record_id = ?",
    "DELETE FROM accessions WHERE record_id = ?",
    "DELETE FROM related_records WHERE record_id = ?",
    "DELETE FROM citation_subsets WHERE record_id = ?",
    "DELETE FROM other_names WHERE record_id = ?",
};

/// The fields that tell two descriptions of a journal apart; volume, issue and medium belong to the record.
std::string JournalKey(const Journal& j) {
  std::string key;
  for (const std::string* field : {&j.title, &j.iso_abbreviation, &j.medline_ta, &j.nlm_unique_id, &j.country,
                                   &j.issn_print, &j.issn_electronic, &j.issn_linking}) {
    key += *field;
    key += '\0';
  }
  return key;
}

/// f(position, item) for each item, until one fails.
template <typename Items, typename F>
Result<void> ForEach(const Items& items, const F& f) {
  std::int64_t position = 0;
  for (const auto& item : items) {
    LITMILL_CHECK(f(position, item));
    ++position;
  }
  return {};
}

}  // namespace

struct RecordWriter::Statements {
  explicit Statements(sqlite3* handle) : db(handle) {}

  sqlite3* db;
  Statement identifier{db, "INSERT INTO record_identifiers VALUES (?, ?, ?, ?, ?, ?, ?)"};
  Statement section{db, "INSERT INTO abstract_sections VALUES (?, ?, ?, ?, ?, ?)"};
  Statement other_head{db, "INSERT INTO other_abstract_heads VALUES (?, ?, ?, ?, ?)"};
  Statement other_section{db, "INSERT INTO other_abstract_sections VALUES (?, ?, ?, ?, ?, ?, ?)"};
  Statement author{db, "INSERT INTO authors VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
  Statement author_identifier{db, "INSERT INTO author_identifiers VALUES (?, ?, ?, ?, ?)"};
  Statement affiliation{db, "INSERT INTO affiliations VALUES (?, ?, ?, ?)"};
  Statement affiliation_identifier{db, "INSERT INTO affiliation_identifiers VALUES (?, ?, ?, ?, ?, ?)"};
  Statement language{db, "INSERT INTO record_languages VALUES (?, ?, ?)"};
  Statement date{db, "INSERT INTO record_dates VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
  Statement heading{db, "INSERT INTO mesh_headings VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
  Statement qualifier{db, "INSERT INTO mesh_qualifiers VALUES (?, ?, ?, ?, ?, ?)"};
  Statement chemical{db, "INSERT INTO chemicals VALUES (?, ?, ?, ?, ?)"};
  Statement supplementary{db, "INSERT INTO supplementary_concepts VALUES (?, ?, ?, ?, ?)"};
  Statement keyword{db, "INSERT INTO keywords VALUES (?, ?, ?, ?, ?, ?)"};
  Statement publication_type{db, "INSERT INTO publication_types VALUES (?, ?, ?, ?)"};
  Statement grant{db, "INSERT INTO grants VALUES (?, ?, ?, ?, ?, ?)"};
  Statement accession{db, "INSERT INTO accessions VALUES (?, ?, ?, ?)"};
  Statement related{db, "INSERT INTO related_records VALUES (?, ?, ?, ?, ?, ?)"};
  Statement reference{db, "INSERT INTO record_references VALUES (?, ?, ?, ?)"};
  Statement reference_identifier{db, "INSERT INTO reference_identifiers VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
  Statement subset{db, "INSERT INTO citation_subsets VALUES (?, ?, ?)"};
  Statement other_name{db, "INSERT INTO other_names VALUES (?, ?, ?, ?, ?)"};
  Statement book{db, "INSERT INTO books VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
  Statement isbn{db, "INSERT INTO book_isbns VALUES (?, ?, ?)"};
  Statement location{db, "INSERT INTO book_locations VALUES (?, ?, ?, ?)"};
  Statement book_section{db, "INSERT INTO book_sections VALUES (?, ?, ?)"};
  Statement find_journal{db,
                         "SELECT journal_id FROM journals WHERE title IS ? AND iso_abbreviation IS ? AND medline_ta IS "
                         "? AND nlm_unique_id IS ? "
                         "AND country IS ? AND issn_print IS ? AND issn_electronic IS ? AND issn_linking IS ?"};
  Statement journal{
      db,
      "INSERT INTO journals (title, iso_abbreviation, medline_ta, nlm_unique_id, country, issn_print, issn_electronic, "
      "issn_linking) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING journal_id"};
  std::vector<std::unique_ptr<Statement>> deletes;
  std::unordered_map<std::string, std::int64_t> journal_ids;

  Result<void> Authors(std::int64_t id, const Record& record);
  Result<void> Abstracts(std::int64_t id, const Record& record);
  Result<void> Indexing(std::int64_t id, const Record& record);
  Result<void> Relations(std::int64_t id, const Record& record);
  Result<void> BookParts(std::int64_t id, const Book& b);
};

RecordWriter::RecordWriter(sqlite3* db) : statements_(std::make_unique<Statements>(db)) {
  for (const char* sql : kDeletes) statements_->deletes.push_back(std::make_unique<Statement>(db, sql));
}
RecordWriter::~RecordWriter() = default;

void RecordWriter::Forget() { statements_->journal_ids.clear(); }

Result<std::int64_t> RecordWriter::JournalId(const Journal& j) {
  std::string key = JournalKey(j);
  if (key.find_first_not_of('\0') == std::string::npos) return 0;
  const auto known = statements_->journal_ids.find(key);
  if (known != statements_->journal_ids.end()) return known->second;
  const auto first = [&](Statement& statement) {
    return statement.First(OrNull{j.title}, OrNull{j.iso_abbreviation}, OrNull{j.medline_ta}, OrNull{j.nlm_unique_id},
                           OrNull{j.country}, OrNull{j.issn_print}, OrNull{j.issn_electronic}, OrNull{j.issn_linking});
  };
  Statement* found = &statements_->find_journal;
  LITMILL_TRY(bool row, first(*found));
  if (!row) {
    found = &statements_->journal;
    LITMILL_TRY(row, first(*found));
  }
  const std::int64_t id = found->Int(0);
  // RETURNING has written all rows before it answers; the step to the end still has to be made.
  LITMILL_TRY(row, found->Step());
  statements_->journal_ids.emplace(std::move(key), id);
  return id;
}

Result<void> RecordWriter::InsertParts(std::int64_t id, const Record& record) {
  Statements& s = *statements_;
  LITMILL_CHECK(ForEach(record.identifiers, [&](std::int64_t n, const Identifier& i) {
    return s.identifier.Run(id, n, i.scheme, i.value, NullIfSame{i.raw, i.value}, OrNull{i.origin}, i.valid);
  }));
  LITMILL_CHECK(
      ForEach(record.languages, [&](std::int64_t n, const std::string& l) { return s.language.Run(id, n, l); }));
  LITMILL_CHECK(ForEach(record.dates, [&](std::int64_t n, const RecordDate& d) {
    return s.date.Run(id, n, d.kind, OrNull{d.date.iso}, OrNull{d.date.iso_end}, DatePrecisionName(d.date.precision),
                      OrNull{d.date.raw}, OrNull{d.time});
  }));
  LITMILL_CHECK(s.Abstracts(id, record));
  LITMILL_CHECK(s.Authors(id, record));
  LITMILL_CHECK(s.Indexing(id, record));
  LITMILL_CHECK(s.Relations(id, record));
  if (record.book) LITMILL_CHECK(s.BookParts(id, *record.book));
  return {};
}

Result<void> RecordWriter::DeleteParts(std::int64_t record_id) {
  for (const auto& statement : statements_->deletes) LITMILL_CHECK(statement->Run(record_id));
  return {};
}

Result<void> RecordWriter::Statements::Abstracts(std::int64_t id, const Record& record) {
  LITMILL_CHECK(ForEach(record.abstract_sections, [&](std::int64_t n, const AbstractSection& a) {
    return section.Run(id, n, OrNull{a.label}, OrNull{a.nlm_category}, a.body.text, OrNull{a.body.markup});
  }));
  std::int64_t running = 0;
  return ForEach(record.other_abstracts, [&](std::int64_t head, const OtherAbstract& other) -> Result<void> {
    LITMILL_CHECK(other_head.Run(id, head, OrNull{other.type}, OrNull{other.language}, OrNull{other.copyright}));
    return ForEach(other.sections, [&](std::int64_t, const AbstractSection& a) {
      return other_section.Run(id, running++, head, OrNull{a.label}, OrNull{a.nlm_category}, a.body.text,
                               OrNull{a.body.markup});
    });
  });
}

Result<void> RecordWriter::Statements::Authors(std::int64_t id, const Record& record) {
  return ForEach(record.authors, [&](std::int64_t n, const Author& a) -> Result<void> {
    LITMILL_CHECK(author.Run(id, n, RoleName(a.role), OrNull{a.last_name}, OrNull{a.fore_name}, OrNull{a.initials},
                             OrNull{a.suffix}, OrNull{a.collective_name}, OrNull{a.orcid}, a.valid,
                             a.equal_contribution));
    LITMILL_CHECK(ForEach(a.identifiers, [&](std::int64_t k, const ExternalIdentifier& i) {
      return author_identifier.Run(id, n, k, OrNull{i.scheme}, i.value);
    }));
    return ForEach(a.affiliations, [&](std::int64_t k, const Affiliation& f) -> Result<void> {
      LITMILL_CHECK(affiliation.Run(id, n, k, f.text));
      return ForEach(f.identifiers, [&](std::int64_t m, const ExternalIdentifier& i) {
        return affiliation_identifier.Run(id, n, k, m, OrNull{i.scheme}, i.value);
      });
    });
  });
}

Result<void> RecordWriter::Statements::Indexing(std::int64_t id, const Record& record) {
  const auto put_heading = [&](std::int64_t n, const MeshHeading& h) -> Result<void> {
    LITMILL_CHECK(heading.Run(id, n, OrNull{h.ui}, h.name, OrNull{h.type}, h.Major(), h.descriptor_major, h.automatic));
    return ForEach(h.qualifiers, [&](std::int64_t k, const MeshQualifier& q) {
      return qualifier.Run(id, n, k, OrNull{q.ui}, q.name, q.major);
    });
  };
  LITMILL_CHECK(ForEach(record.mesh_headings, put_heading));
  LITMILL_CHECK(ForEach(record.chemicals, [&](std::int64_t n, const Chemical& c) {
    return chemical.Run(id, n, OrNull{c.registry_number}, OrNull{c.ui}, c.name);
  }));
  LITMILL_CHECK(ForEach(record.supplementary_concepts, [&](std::int64_t n, const SupplementaryConcept& c) {
    return supplementary.Run(id, n, OrNull{c.ui}, c.name, OrNull{c.type});
  }));
  LITMILL_CHECK(ForEach(record.keywords, [&](std::int64_t n, const Keyword& k) {
    return keyword.Run(id, n, OrNull{k.owner}, k.major, k.text.text, OrNull{k.text.markup});
  }));
  LITMILL_CHECK(ForEach(record.publication_types, [&](std::int64_t n, const PublicationType& t) {
    return publication_type.Run(id, n, OrNull{t.ui}, t.name);
  }));
  LITMILL_CHECK(ForEach(record.citation_subsets,
                        [&](std::int64_t n, const std::string& text) { return subset.Run(id, n, text); }));
  return ForEach(record.other_names, [&](std::int64_t n, const OtherName& o) {
    return other_name.Run(id, n, o.kind, OrNull{o.source}, o.value);
  });
}

Result<void> RecordWriter::Statements::Relations(std::int64_t id, const Record& record) {
  LITMILL_CHECK(ForEach(record.grants, [&](std::int64_t n, const Grant& g) {
    return grant.Run(id, n, OrNull{g.id}, OrNull{g.acronym}, OrNull{g.agency}, OrNull{g.country});
  }));
  LITMILL_CHECK(ForEach(record.accessions, [&](std::int64_t n, const DataBankAccession& a) {
    return accession.Run(id, n, OrNull{a.bank}, OrNull{a.accession});
  }));
  LITMILL_CHECK(ForEach(record.related, [&](std::int64_t n, const RelatedRecord& r) {
    return related.Run(id, n, OrNull{r.ref_type}, OrNull{r.ref_source}, OrNull{r.pmid}, OrNull{r.note});
  }));
  return ForEach(record.references, [&](std::int64_t n, const Reference& r) -> Result<void> {
    LITMILL_CHECK(reference.Run(id, n, OrNull{r.citation.text}, OrNull{r.citation.markup}));
    return ForEach(r.identifiers, [&](std::int64_t k, const Identifier& i) {
      return reference_identifier.Run(id, n, k, i.scheme, i.value, NullIfSame{i.raw, i.value}, OrNull{i.origin},
                                      i.valid);
    });
  });
}

Result<void> RecordWriter::Statements::BookParts(std::int64_t id, const Book& b) {
  LITMILL_CHECK(book.Run(id, OrNull{b.title}, OrNull{b.title_markup}, OrNull{b.publisher}, OrNull{b.publisher_location},
                         OrNull{b.volume}, OrNull{b.volume_title}, OrNull{b.edition}, OrNull{b.collection_title},
                         OrNull{b.medium}, OrNull{b.report_number}));
  LITMILL_CHECK(ForEach(b.isbns, [&](std::int64_t n, const std::string& text) { return isbn.Run(id, n, text); }));
  LITMILL_CHECK(ForEach(b.locations, [&](std::int64_t n, const std::pair<std::string, std::string>& l) {
    return location.Run(id, n, OrNull{l.first}, OrNull{l.second});
  }));
  return ForEach(b.section_titles,
                 [&](std::int64_t n, const std::string& title) { return book_section.Run(id, n, title); });
}

}  // namespace litmill::store
