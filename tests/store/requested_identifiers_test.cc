// SPDX-License-Identifier: Apache-2.0
// The list of identifiers that a rebuild was given, and what became of each.
#include <gtest/gtest.h>

#include "tests/store/samples.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

using store::RequestedIdentifier;
using store::RequestedState;

class RequestedIdentifiersTest : public ::testing::Test {
 protected:
  std::int64_t Run(const std::string& uuid) {
    const auto run = corpus_->BeginRun({0, uuid, "rebuild", "0.1", uuid, "r", "2024-01-01T00:00:00Z", "", ""});
    EXPECT_THAT(run, IsOk());
    return run ? run->run_id : 0;
  }
  /// One of each state, every field filled.
  static std::vector<RequestedIdentifier> OneOfEachState() {
    std::vector<RequestedIdentifier> list;
    for (const RequestedState state :
         {RequestedState::kStored, RequestedState::kRepeated, RequestedState::kNotAnIdentifier,
          RequestedState::kNotRegistered, RequestedState::kNoMetadata, RequestedState::kNotFound,
          RequestedState::kFailed, RequestedState::kPending}) {
      const std::uint64_t n = list.size() + 1;
      list.push_back(
          {n, n + 10, "DOI: 10.1/x", "doi", "10.1/x", state, "why", "DataCite", "10.1/y", "pubmed", "1", "ids.txt"});
    }
    return list;
  }
  TempDir dir_;
  std::unique_ptr<store::Corpus> corpus_ = OpenCorpus(dir_.File("c.db"));
};

TEST_F(RequestedIdentifiersTest, ComeBackAsTheyWerePut) {
  const std::int64_t run_id = Run("a");
  const std::vector<RequestedIdentifier> list = OneOfEachState();
  ASSERT_THAT(corpus_->PutRequestedIdentifiers(run_id, list), IsOk());
  EXPECT_TRUE(corpus_->RequestedIdentifiers(run_id + 1)->empty());
  const auto back = corpus_->RequestedIdentifiers(run_id);
  ASSERT_THAT(back, IsOk());
  ASSERT_EQ(back->size(), list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    const RequestedIdentifier &is = (*back)[i], &was = list[i];
    EXPECT_EQ(is.ordinal, was.ordinal);
    EXPECT_EQ(is.line, was.line);
    EXPECT_EQ(is.input, was.input);
    EXPECT_EQ(is.scheme, was.scheme);
    EXPECT_EQ(is.value, was.value);
    EXPECT_EQ(is.state, was.state);
    EXPECT_EQ(is.reason, was.reason);
    EXPECT_EQ(is.agency, was.agency);
    EXPECT_EQ(is.resolved, was.resolved);
    EXPECT_EQ(is.source, was.source);
    EXPECT_EQ(is.source_id, was.source_id);
    EXPECT_EQ(is.list, was.list);
    EXPECT_EQ(Ask(*corpus_, "SELECT state FROM requested_identifiers WHERE ordinal = " + std::to_string(i + 1)),
              store::RequestedStateName(was.state));
  }
}

TEST_F(RequestedIdentifiersTest, AreChangedByTheirOrdinal) {
  const std::int64_t run_id = Run("a");
  ASSERT_THAT(corpus_->PutRequestedIdentifiers(run_id, OneOfEachState()), IsOk());
  RequestedIdentifier changed{8, 1, "in", "pmid", "5", RequestedState::kStored, "", "", "", "pubmed", "5"};
  ASSERT_THAT(corpus_->SetRequestedIdentifiers(run_id, {changed}), IsOk());
  const auto back = corpus_->RequestedIdentifiers(run_id);
  EXPECT_EQ(back->at(7).state, RequestedState::kStored);
  EXPECT_EQ(back->at(7).value, "5");
  EXPECT_EQ(back->at(7).reason, "");
  EXPECT_EQ(back->at(6).state, RequestedState::kFailed);
  changed.value = "6";
  EXPECT_THAT(corpus_->SetRequestedIdentifiers(run_id, {changed, {9}}), IsError(ErrorCode::kNotFound));
  EXPECT_EQ(corpus_->RequestedIdentifiers(run_id)->at(7).value, "5") << "all or none";
  ASSERT_THAT(corpus_->PutRequestedIdentifiers(run_id, {changed}), IsOk());
  EXPECT_EQ(corpus_->RequestedIdentifiers(run_id)->size(), 1u) << "a list is replaced as a whole";
}

TEST_F(RequestedIdentifiersTest, AreCountedAndTheRunBalancesWhenNoneIsPending) {
  const std::int64_t run_id = Run("a");
  EXPECT_TRUE(corpus_->Totals(run_id)->Balanced()) << "no list";
  std::vector<RequestedIdentifier> list = OneOfEachState();
  ASSERT_THAT(corpus_->PutRequestedIdentifiers(run_id, list), IsOk());
  const auto totals = corpus_->Totals(run_id);
  EXPECT_EQ(totals->requested, 8u);
  const store::RequestedTotals& t = totals->requested_states;
  for (const std::uint64_t sum :
       {t.pending, t.stored, t.repeated, t.not_an_identifier, t.not_registered, t.no_metadata, t.not_found, t.failed})
    EXPECT_EQ(sum, 1u);
  EXPECT_FALSE(totals->Balanced());
  list.back().state = RequestedState::kFailed;
  ASSERT_THAT(corpus_->SetRequestedIdentifiers(run_id, {list.back()}), IsOk());
  EXPECT_TRUE(corpus_->Totals(run_id)->Balanced());
  EXPECT_EQ(corpus_->Totals(run_id)->requested_states.failed, 2u);
}

TEST_F(RequestedIdentifiersTest, AreShownWithTheirPublicationForTheLatestRebuild) {
  Record retracted = SmallRecord("1", "x");
  retracted.publication_types = {{"D016441", "Retracted Publication"}};
  Put(*corpus_, retracted);
  ASSERT_THAT(corpus_->PutRequestedIdentifiers(Run("a"), OneOfEachState()), IsOk());
  ASSERT_THAT(corpus_->PutRequestedIdentifiers(
                  Run("b"), {{1, 3, "1", "pmid", "1", RequestedState::kStored, "", "", "", "pubmed", "1"},
                             {2, 4, "hello", "", "", RequestedState::kNotAnIdentifier, "no digits"}}),
              IsOk());
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM identifier_outcomes"), "2");
  EXPECT_EQ(Ask(*corpus_,
                "SELECT line || ' ' || work_id || ' ' || sources || ' ' || is_retracted FROM identifier_outcomes WHERE "
                "ordinal = 1"),
            "3 1 pubmed 1");
  EXPECT_EQ(Ask(*corpus_, "SELECT work_id FROM identifier_outcomes WHERE ordinal = 2"), "NULL");
  EXPECT_EQ(FailedChecks(*corpus_), "");
}

}  // namespace
}  // namespace litmill::testing
