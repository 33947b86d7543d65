// SPDX-License-Identifier: Apache-2.0
#include "store/record_writer.h"

#include <fmt/format.h>

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/trial_number.h"
#include "store/cited_identifiers.h"
#include "store/names.h"
#include "store/sqlite.h"
#include "store/waiting_rows.h"

namespace litmill::store {
namespace {

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

/// f(position, item) for each item.
template <typename Items, typename F>
void ForEach(const Items& items, const F& f) {
  std::int64_t position = 0;
  for (const auto& item : items) f(position++, item);
}

}  // namespace

struct RecordWriter::State {
  explicit State(sqlite3* handle) : db(handle) {}

  sqlite3* db;
  std::deque<WaitingRows> tables;  ///< Parents before children.
  std::deque<std::string> delete_sql;
  std::deque<Statement> deletes;  ///< Children before parents, so that no foreign key is ever broken.
  WaitingRows& identifier = Table("record_identifiers");
  WaitingRows& section = Table("abstract_sections");
  WaitingRows& other_head = Table("other_abstract_heads");
  WaitingRows& other_section = Table("other_abstract_sections");
  WaitingRows& author = Table("authors");
  WaitingRows& author_identifier = Table("author_identifiers");
  WaitingRows& affiliation = Table("affiliations");
  WaitingRows& affiliation_identifier = Table("affiliation_identifiers");
  WaitingRows& language = Table("record_languages");
  WaitingRows& date = Table("record_dates");
  WaitingRows& heading = Table("mesh_headings");
  WaitingRows& qualifier = Table("mesh_qualifiers");
  WaitingRows& chemical = Table("chemicals");
  WaitingRows& supplementary = Table("supplementary_concepts");
  WaitingRows& keyword = Table("keywords");
  WaitingRows& publication_type = Table("publication_types");
  WaitingRows& grant = Table("grants");
  WaitingRows& accession = Table("accessions");
  WaitingRows& related = Table("related_records");
  WaitingRows& reference = Table("record_references");
  WaitingRows& reference_identifier = Table("reference_identifiers");
  WaitingRows& subset = Table("citation_subsets");
  WaitingRows& other_name = Table("other_names");
  WaitingRows& book = Table("books");
  WaitingRows& isbn = Table("book_isbns");
  WaitingRows& location = Table("book_locations");
  WaitingRows& book_section = Table("book_sections");
  Statement find_journal{db,
                         "SELECT journal_id FROM journals WHERE title IS ? AND iso_abbreviation IS ? AND medline_ta IS "
                         "? AND nlm_unique_id IS ? "
                         "AND country IS ? AND issn_print IS ? AND issn_electronic IS ? AND issn_linking IS ?"};
  Statement journal{
      db,
      "INSERT INTO journals (title, iso_abbreviation, medline_ta, nlm_unique_id, country, issn_print, issn_electronic, "
      "issn_linking) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING journal_id"};
  std::unordered_map<std::string, std::int64_t> journal_ids;
  CitedIdentifiers cited;  ///< Scratch.

  WaitingRows& Table(const char* name) {
    delete_sql.push_front(fmt::format("DELETE FROM {} WHERE record_id = ?", name));
    deletes.emplace_front(db, delete_sql.front().c_str());
    return tables.emplace_back(db, name);
  }
  void Authors(std::int64_t id, const Record& record);
  void Abstracts(std::int64_t id, const Record& record);
  void Indexing(std::int64_t id, const Record& record);
  void Relations(std::int64_t id, const Record& record);
  void BookParts(std::int64_t id, const Book& b);
};

RecordWriter::RecordWriter(sqlite3* db) : state_(std::make_unique<State>(db)) {}
RecordWriter::~RecordWriter() = default;

void RecordWriter::Forget() {
  state_->journal_ids.clear();
  for (WaitingRows& table : state_->tables) table.Clear();
}

Result<void> RecordWriter::Flush() {
  for (WaitingRows& table : state_->tables) LITMILL_CHECK(table.Flush());
  return {};
}

std::size_t RecordWriter::waiting_bytes() const {
  std::size_t bytes = 0;
  for (const WaitingRows& table : state_->tables) bytes += table.bytes();
  return bytes;
}

Result<std::int64_t> RecordWriter::JournalId(const Journal& j) {
  std::string key = JournalKey(j);
  if (key.find_first_not_of('\0') == std::string::npos) return 0;
  const auto known = state_->journal_ids.find(key);
  if (known != state_->journal_ids.end()) return known->second;
  const auto first = [&](Statement& statement) {
    return statement.First(OrNull{j.title}, OrNull{j.iso_abbreviation}, OrNull{j.medline_ta}, OrNull{j.nlm_unique_id},
                           OrNull{j.country}, OrNull{j.issn_print}, OrNull{j.issn_electronic}, OrNull{j.issn_linking});
  };
  Statement* found = &state_->find_journal;
  LITMILL_TRY(bool row, first(*found));
  if (!row) {
    found = &state_->journal;
    LITMILL_TRY(row, first(*found));
  }
  const std::int64_t id = found->Int(0);
  // RETURNING has written all rows before it answers; the step to the end still has to be made.
  LITMILL_TRY(row, found->Step());
  state_->journal_ids.emplace(std::move(key), id);
  return id;
}

void RecordWriter::InsertParts(std::int64_t id, const Record& record) {
  State& s = *state_;
  ForEach(record.identifiers, [&](std::int64_t n, const Identifier& i) {
    s.identifier.Add(id, n, i.scheme, i.value, NullIfSame{i.raw, i.value}, OrNull{i.origin}, i.valid);
  });

  ForEach(record.languages, [&](std::int64_t n, const std::string& l) { s.language.Add(id, n, l); });
  ForEach(record.dates, [&](std::int64_t n, const RecordDate& d) {
    s.date.Add(id, n, d.kind, OrNull{d.date.iso}, OrNull{d.date.iso_end}, DatePrecisionName(d.date.precision),
               OrNull{d.date.raw}, OrNull{d.time});
  });
  s.Abstracts(id, record);
  s.Authors(id, record);
  s.Indexing(id, record);
  s.Relations(id, record);
  if (record.book) s.BookParts(id, *record.book);
}

Result<void> RecordWriter::DeleteParts(std::int64_t record_id) {
  LITMILL_CHECK(Flush());
  for (Statement& statement : state_->deletes) LITMILL_CHECK(statement.Run(record_id));
  return {};
}

void RecordWriter::State::Abstracts(std::int64_t id, const Record& record) {
  ForEach(record.abstract_sections, [&](std::int64_t n, const AbstractSection& a) {
    section.Add(id, n, OrNull{a.label}, OrNull{a.nlm_category}, a.body.text, OrNull{a.body.markup});
  });
  std::int64_t running = 0;
  ForEach(record.other_abstracts, [&](std::int64_t head, const OtherAbstract& other) {
    other_head.Add(id, head, OrNull{other.type}, OrNull{other.language}, OrNull{other.copyright});
    ForEach(other.sections, [&](std::int64_t, const AbstractSection& a) {
      other_section.Add(id, running++, head, OrNull{a.label}, OrNull{a.nlm_category}, a.body.text,
                        OrNull{a.body.markup});
    });
  });
}

void RecordWriter::State::Authors(std::int64_t id, const Record& record) {
  ForEach(record.authors, [&](std::int64_t n, const Author& a) {
    author.Add(id, n, RoleName(a.role), OrNull{a.last_name}, OrNull{a.fore_name}, OrNull{a.initials}, OrNull{a.suffix},
               OrNull{a.collective_name}, OrNull{a.orcid}, a.valid, a.equal_contribution);
    ForEach(a.identifiers, [&](std::int64_t k, const ExternalIdentifier& i) {
      author_identifier.Add(id, n, k, OrNull{i.scheme}, i.value);
    });
    ForEach(a.affiliations, [&](std::int64_t k, const Affiliation& f) {
      affiliation.Add(id, n, k, f.text);
      ForEach(f.identifiers, [&](std::int64_t m, const ExternalIdentifier& i) {
        affiliation_identifier.Add(id, n, k, m, OrNull{i.scheme}, i.value);
      });
    });
  });
}

void RecordWriter::State::Indexing(std::int64_t id, const Record& record) {
  const auto put_heading = [&](std::int64_t n, const MeshHeading& h) {
    heading.Add(id, n, OrNull{h.ui}, h.name, OrNull{h.type}, h.Major(), h.descriptor_major, h.automatic);
    ForEach(h.qualifiers,
            [&](std::int64_t k, const MeshQualifier& q) { qualifier.Add(id, n, k, OrNull{q.ui}, q.name, q.major); });
  };
  ForEach(record.mesh_headings, put_heading);
  ForEach(record.chemicals, [&](std::int64_t n, const Chemical& c) {
    chemical.Add(id, n, OrNull{c.registry_number}, OrNull{c.ui}, c.name);
  });
  ForEach(record.supplementary_concepts, [&](std::int64_t n, const SupplementaryConcept& c) {
    supplementary.Add(id, n, OrNull{c.ui}, c.name, OrNull{c.type});
  });
  ForEach(record.keywords, [&](std::int64_t n, const Keyword& k) {
    keyword.Add(id, n, OrNull{k.owner}, k.major, k.text.text, OrNull{k.text.markup});
  });
  ForEach(record.publication_types,
          [&](std::int64_t n, const PublicationType& t) { publication_type.Add(id, n, OrNull{t.ui}, t.name); });
  ForEach(record.citation_subsets, [&](std::int64_t n, const std::string& text) { subset.Add(id, n, text); });
  ForEach(record.other_names,
          [&](std::int64_t n, const OtherName& o) { other_name.Add(id, n, o.kind, OrNull{o.source}, o.value); });
}

void RecordWriter::State::Relations(std::int64_t id, const Record& record) {
  ForEach(record.grants, [&](std::int64_t n, const Grant& g) {
    grant.Add(id, n, OrNull{g.id}, OrNull{g.acronym}, OrNull{g.agency}, OrNull{g.country});
  });
  ForEach(record.accessions, [&](std::int64_t n, const DataBankAccession& a) {
    const auto trial = ReadTrialNumber(a.accession);
    accession.Add(id, n, OrNull{a.bank}, OrNull{a.accession}, OrNull{trial ? trial->number : std::string_view()});
  });
  ForEach(record.related, [&](std::int64_t n, const RelatedRecord& r) {
    related.Add(id, n, OrNull{r.ref_type}, OrNull{r.ref_source}, OrNull{r.pmid}, OrNull{r.note}, OrNull{r.doi});
  });
  ForEach(record.references, [&](std::int64_t n, const Reference& r) {
    SplitCited(r.identifiers, cited);
    reference.Add(id, n, OrNull{r.citation.text}, OrNull{r.citation.markup}, OrNull{cited.columns[0]},
                  OrNull{cited.columns[1]}, OrNull{cited.columns[2]});
    for (const std::size_t k : cited.rows) {
      const Identifier& i = r.identifiers[k];
      reference_identifier.Add(id, n, k, i.scheme, i.value, NullIfSame{i.raw, i.value}, OrNull{i.origin}, i.valid);
    }
  });
}

void RecordWriter::State::BookParts(std::int64_t id, const Book& b) {
  book.Add(id, OrNull{b.title}, OrNull{b.title_markup}, OrNull{b.publisher}, OrNull{b.publisher_location},
           OrNull{b.volume}, OrNull{b.volume_title}, OrNull{b.edition}, OrNull{b.collection_title}, OrNull{b.medium},
           OrNull{b.report_number});
  ForEach(b.isbns, [&](std::int64_t n, const std::string& text) { isbn.Add(id, n, text); });
  ForEach(b.locations, [&](std::int64_t n, const std::pair<std::string, std::string>& l) {
    location.Add(id, n, OrNull{l.first}, OrNull{l.second});
  });
  ForEach(b.section_titles, [&](std::int64_t n, const std::string& title) { book_section.Add(id, n, title); });
}

}  // namespace litmill::store
