// SPDX-License-Identifier: Apache-2.0
// No field may be lost between a Record and the tables.
#include "store/record_writer.h"

#include <gtest/gtest.h>

#include "store/canonical.h"
#include "tests/store/samples.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

std::string Bytes(const Record& record) {
  std::string bytes;
  store::AppendCanonical(record, bytes);
  return bytes;
}

Record PutAndRead(store::Corpus& corpus, const Record& record) {
  Put(corpus, record);
  const auto id = corpus.FindRecord(record.source_id);
  EXPECT_THAT(id, IsOk());
  auto stored = corpus.LoadRecord(*id);
  EXPECT_THAT(stored, IsOk());
  return stored ? stored->record : Record{};
}

TEST(RoundTrip, EveryFieldComesBack) {
  TempDir dir;
  const auto corpus = OpenCorpus(dir.File("c.db"));
  const Record record = FullRecord("12345");
  const Record back = PutAndRead(*corpus, record);
  EXPECT_EQ(Bytes(back), Bytes(record));
  // The hash covers all of it; a few by name, in case the hash itself were blind.
  EXPECT_EQ(back.authors[0].affiliations[0].identifiers[1].value, "g1");
  EXPECT_EQ(back.other_abstracts[1].copyright, "only a statement");
  EXPECT_EQ(back.book->section_titles, record.book->section_titles);
  EXPECT_EQ(back.references[0].identifiers[0].raw, "007");
  EXPECT_EQ(back.identifiers[3].raw, "");
  EXPECT_EQ(FailedChecks(*corpus), "");
}

TEST(RoundTrip, AnEmptyRecordStaysEmpty) {
  TempDir dir;
  const auto corpus = OpenCorpus(dir.File("c.db"));
  Record record;
  record.source_id = "1";
  EXPECT_EQ(Bytes(PutAndRead(*corpus, record)), Bytes(record));
  record.source_id = "2";
  record.book.emplace();  // a book element without any child is not the same as none
  EXPECT_EQ(Bytes(PutAndRead(*corpus, record)), Bytes(record));
}

TEST(RoundTrip, RandomRecordsComeBack) {
  TempDir dir;
  const auto corpus = OpenCorpus(dir.File("c.db"));
  std::mt19937_64 random(20261121);
  for (int i = 1; i <= 150; ++i) {
    const Record record = RandomRecord(random, std::to_string(i));
    ASSERT_EQ(Bytes(PutAndRead(*corpus, record)), Bytes(record)) << "record " << i;
  }
  EXPECT_EQ(FailedChecks(*corpus), "");
}

TEST(RoundTrip, ARevisionReplacesEveryPart) {
  TempDir dir;
  const auto corpus = OpenCorpus(dir.File("c.db"));
  EXPECT_EQ(Put(*corpus, SmallRecord("12345", "Old")), store::PutOutcome::kInserted);
  EXPECT_EQ(Put(*corpus, FullRecord("12345")), store::PutOutcome::kRevised);
  Record later = SmallRecord("12345", "Newest");
  later.version = 3;
  EXPECT_EQ(Bytes(PutAndRead(*corpus, later)), Bytes(later));
  EXPECT_EQ(Ask(*corpus, "SELECT count(*) FROM book_isbns"), "0");
  EXPECT_EQ(Ask(*corpus, "SELECT count(*) FROM affiliation_identifiers"), "0");
  EXPECT_EQ(FailedChecks(*corpus), "");
}

TEST(Journals, OneRowForEachDescription) {
  TempDir dir;
  const auto corpus = OpenCorpus(dir.File("c.db"));
  Put(*corpus, SmallRecord("1", "a"));
  Put(*corpus, SmallRecord("2", "b"));
  Put(*corpus, FullRecord("3"));
  Record without = SmallRecord("4", "c");
  without.journal = {};
  Put(*corpus, without);
  EXPECT_EQ(Ask(*corpus, "SELECT count(*) FROM journals"), "2");
  EXPECT_EQ(Ask(*corpus, "SELECT journal_id FROM source_records WHERE source_id = '4'"), "NULL");
}

TEST(Journals, ARolledBackJournalIsWrittenAgain) {
  TempDir dir;
  const auto corpus = OpenCorpus(dir.File("c.db"));
  const Record record = SmallRecord("1", "a");
  ASSERT_THAT(corpus->BeginBatch(), IsOk());
  ASSERT_THAT(corpus->PutRecord(record, {}, {}), IsOk());
  corpus->RollbackBatch();
  EXPECT_EQ(Bytes(PutAndRead(*corpus, record)), Bytes(record));
  EXPECT_EQ(FailedChecks(*corpus), "");
}

}  // namespace
}  // namespace litmill::testing
