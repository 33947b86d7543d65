// SPDX-License-Identifier: Apache-2.0
// A small run over a corpus: what the fault tests interrupt.
#pragma once

#include <string>
#include <vector>

#include "store/store.h"
#include "tests/fault/fault_vfs.h"
#include "tests/store/samples.h"

namespace litmill::testing {

/// The records of one run, among them a revision of a stored one; the third batch deletes one.
inline std::vector<std::vector<Record>> ScenarioBatches() {
  Record revised = FullRecord("1");
  revised.version = 3;
  Record elsewhere = SmallRecord("A", "sleep");  // the same publication as 3
  elsewhere.source = "scopus";
  elsewhere.identifiers = {{"pmid", "3", "3", "test", true}};
  return {{FullRecord("1"), SmallRecord("2", "migraine")}, {SmallRecord("3", "depression"), revised, elsewhere}};
}

/// Opens, runs, closes through the fault VFS. Stops at the first failure, as the program does.
[[nodiscard]] inline Result<void> RunScenario(const std::string& path) {
  LITMILL_TRY(const auto corpus, store::Corpus::Open(path, {false, true, kFaultVfs}));
  LITMILL_TRY(const std::vector<store::RunRow> earlier, corpus->Runs(1000));
  LITMILL_TRY(const store::RunRow run, corpus->BeginRun({0, "run " + std::to_string(earlier.size()), "run", "0", "c",
                                                         "r", "2024-01-01T00:00:00Z", "", ""}));
  LITMILL_TRY(const bool searched, corpus->IsSearchDone(run.run_id, "pubmed", "q"));
  if (!searched)
    LITMILL_CHECK(corpus->PutSearch({"q", "", "pubmed", "", "t", "now", "", "", 3, {"1", "2", "3"}}, run.run_id));
  LITMILL_TRY(const bool planned, corpus->IsPlanned(run.run_id));
  if (!planned) {
    LITMILL_TRY([[maybe_unused]] const store::FetchPlan plan, corpus->Plan(run.run_id, {}, 0, ""));
  }
  const RuleSet rules = SampleRules();
  for (const std::vector<Record>& batch : ScenarioBatches()) {
    LITMILL_CHECK(corpus->BeginBatch());
    LITMILL_CHECK(corpus->UseRules(rules));
    for (const Record& record : batch) {
      LITMILL_TRY([[maybe_unused]] const store::PutOutcome outcome,
                  corpus->PutRecord(record, SampleTags(rules, record), {}));
      LITMILL_CHECK(corpus->SetOutcome(run.run_id, record.source, record.source_id, store::OutcomeState::kStored, ""));
    }
    LITMILL_CHECK(corpus->CommitBatch());
  }
  LITMILL_CHECK(corpus->BeginBatch());
  LITMILL_TRY([[maybe_unused]] const store::PutOutcome deleted, corpus->PutDeletion("pubmed", "2", 1, {}));
  LITMILL_CHECK(corpus->CommitBatch());
  LITMILL_TRY([[maybe_unused]] const store::LinkCounts linked, corpus->LinkWorks());
  LITMILL_CHECK(corpus->FinishRun(run.run_id, "complete", "2024-01-01T01:00:00Z"));
  return corpus->Close();
}

}  // namespace litmill::testing
