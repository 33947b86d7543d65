// SPDX-License-Identifier: Apache-2.0
#include "app/ingest.h"

#include <gtest/gtest.h>

#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::app {
namespace {

using litmill::testing::IsOk;

/// A synthetic document of `records` records of about a kilobyte each.
std::string Document(int records) {
  std::string xml = "<?xml version=\"1.0\"?>\n<PubmedArticleSet>\n";
  for (int i = 1; i <= records; ++i)
    xml += "<PubmedArticle><MedlineCitation Status=\"MEDLINE\"><PMID Version=\"1\">" + std::to_string(90'100'000 + i) +
           "</PMID><Article><ArticleTitle>Migraine record.</ArticleTitle><Abstract><AbstractText>" +
           std::string(900, 'x') + "</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>\n";
  return xml + "</PubmedArticleSet>\n";
}

class IngestWith : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    RuleSet rules;
    Concept migraine;
    migraine.facet = "condition";
    migraine.id = "migraine";
    Rule& rule = migraine.rules.emplace_back();
    rule.name = "condition/migraine/include/1";
    rule.pattern = "migraines?";
    rules.concepts.push_back(migraine);
    auto tagger = tag::Tagger::Compile(std::move(rules));
    ASSERT_THAT(tagger, IsOk());
    tagger_ = std::move(*tagger);
    auto corpus = store::Corpus::Open(dir_.File("c.db"));
    ASSERT_THAT(corpus, IsOk());
    corpus_ = std::move(*corpus);
    store::RunRow wanted;
    wanted.uuid = "u";
    wanted.command = "import";
    wanted.started_at = "2026-01-02T00:00:00Z";
    const auto run = corpus_->BeginRun(wanted);
    ASSERT_THAT(run, IsOk());
    request_.run_id = run->run_id;
    request_.document = {"pubmed", "file", "f.xml", "sha", 1, ""};
    ASSERT_THAT(corpus_->BeginBatch(), IsOk());
    ASSERT_THAT(corpus_->UseRules(tagger_->rule_set()), IsOk());
    ASSERT_THAT(corpus_->CommitBatch(), IsOk());
  }

  litmill::testing::TempDir dir_;
  std::unique_ptr<tag::Tagger> tagger_;
  std::unique_ptr<store::Corpus> corpus_;
  IngestRequest request_;
};

TEST_P(IngestWith, WorksInBoundedChunksHoweverLargeTheDocument) {
  WorkerPool workers(GetParam());
  std::uint64_t largest_step = 0;
  std::uint64_t seen = 0;
  request_.on_progress = [&](std::uint64_t items) {
    largest_step = std::max(largest_step, items - seen);
    seen = items;
  };
  const std::string bytes = Document(3'000);
  MemoryReader reader(bytes);
  const auto counts = Ingester(tagger_.get(), corpus_.get(), &workers).Ingest(request_, reader, nullptr);
  ASSERT_THAT(counts, IsOk());
  EXPECT_EQ(counts->inserted, 3'000U);
  EXPECT_TRUE(counts->Balanced());
  EXPECT_LT(largest_step, 400U) << "records written at once: the whole document was held in memory";
}

TEST_P(IngestWith, ADocumentThatIsNoXmlIsOneCountedProblem) {
  WorkerPool workers(GetParam());
  MemoryReader reader("502 Bad Gateway");
  const auto counts = Ingester(tagger_.get(), corpus_.get(), &workers).Ingest(request_, reader, nullptr);
  ASSERT_THAT(counts, IsOk());
  EXPECT_EQ(counts->items, 1U);
  EXPECT_EQ(counts->problems, 1U);
  EXPECT_TRUE(counts->Balanced());
}

TEST_P(IngestWith, RecordsThatWereNotAskedForAreKeptOut) {
  WorkerPool workers(GetParam());
  request_.wants = [](const Record& record) { return record.source_id == "90100002"; };
  const std::string bytes = Document(3);
  MemoryReader reader(bytes);
  const auto counts = Ingester(tagger_.get(), corpus_.get(), &workers).Ingest(request_, reader, nullptr);
  ASSERT_THAT(counts, IsOk());
  EXPECT_EQ(counts->inserted, 1U);
  EXPECT_EQ(counts->unasked, 2U);
  EXPECT_TRUE(counts->Balanced());
}

INSTANTIATE_TEST_SUITE_P(Threads, IngestWith, ::testing::Values(0, 3));

}  // namespace
}  // namespace litmill::app
