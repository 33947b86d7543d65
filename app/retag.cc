// SPDX-License-Identifier: Apache-2.0
#include "app/retag.h"

#include <vector>

namespace litmill::app {
namespace {

constexpr int kRecordsPerCommit = 1'000;

}  // namespace

Result<std::uint64_t> TagAgainWhatOtherRulesTagged(store::Corpus& corpus, const tag::Tagger& tagger, Console& console) {
  LITMILL_CHECK(corpus.BeginBatch());
  LITMILL_CHECK(corpus.UseRules(tagger.rule_set()));
  LITMILL_CHECK(corpus.CommitBatch());
  std::uint64_t done = 0;
  std::int64_t after = 0;
  for (;;) {
    LITMILL_TRY(const std::vector<std::int64_t> ids, corpus.RecordsWithOtherRules(after, kRecordsPerCommit));
    if (ids.empty()) return done;
    LITMILL_CHECK(corpus.BeginBatch());
    for (const std::int64_t id : ids) {
      LITMILL_TRY(const store::StoredRecord stored, corpus.LoadRecord(id));
      auto tags = tagger.TagRecord(stored.record);
      if (!tags) return Fail(tags.error().With("record " + stored.record.source_id));
      LITMILL_CHECK(corpus.ReplaceTags(id, *tags));
    }
    LITMILL_CHECK(corpus.CommitBatch());
    after = ids.back();
    done += ids.size();
    console.Progress("tagging again with the changed rules", done, 0);
  }
}

}  // namespace litmill::app
