// SPDX-License-Identifier: Apache-2.0
#include "app/membership.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/hash.h"

namespace litmill::app {
namespace {

constexpr int kRecordsPerCommit = 1'000;

/// To be raised when the evaluation of a strategy changes, so that what was decided before is decided again.
constexpr std::string_view kEvaluation = "evaluation 1";

std::vector<NamedStrategy> QueriesOf(const Config& config) {
  std::vector<NamedStrategy> strategies;
  for (const QueryConfig& query : config.queries) strategies.push_back({query.id, query.term});
  return strategies;
}

}  // namespace

Result<std::unique_ptr<MembershipJudge>> MembershipJudge::Make(FileSystem& files, const Config& config,
                                                               const Clock& clock) {
  std::unique_ptr<MembershipJudge> judge(new MembershipJudge());
  LITMILL_TRY(judge->compiled_, CompileStrategies(QueriesOf(config), clock));
  LITMILL_TRY(judge->tree_, ReadMeshTree(files, config.mesh_tree));
  Sha256 hash;
  hash.UpdateField(kEvaluation);
  for (const QueryConfig& query : config.queries) {
    hash.UpdateField(query.id);
    hash.UpdateField(query.term);
    judge->set_.strategies.emplace_back(query.id, query.term);
  }
  hash.UpdateField(judge->tree_ ? judge->tree_->sha256() : std::string());
  judge->set_.sha256 = hash.HexDigest();
  return judge;
}

store::Membership MembershipJudge::Judge(const Record& record) const {
  const search::SearchableRecord searchable(record, tree_ ? &*tree_ : nullptr);
  store::Membership membership;
  for (const CompiledStrategy& strategy : compiled_)
    if (strategy.matcher.Matches(searchable)) membership.query_ids.push_back(strategy.name);
  return membership;
}

std::string MembershipJudge::Caveat() const {
  std::size_t clauses = 0;
  for (const CompiledStrategy& strategy : compiled_) clauses += strategy.matcher.notes().size();
  std::string caveat;
  if (!tree_ && std::any_of(compiled_.begin(), compiled_.end(), [](const CompiledStrategy& s) { return s.explodes; }))
    caveat =
        "a MeSH heading finds only itself, not the narrower ones (search.mesh_tree in the configuration names a "
        "tree)";
  if (clauses > 0)
    caveat += fmt::format("{}{} clause(s) are decided otherwise than PubMed would (litmill search explain says which)",
                          caveat.empty() ? "" : "; ", clauses);
  return caveat;
}

Result<std::uint64_t> DecideMembershipAgain(store::Corpus& corpus, const MembershipJudge& judge, Console& console) {
  LITMILL_CHECK(corpus.UseStrategies(judge.strategies()));
  std::uint64_t done = 0;
  std::int64_t after = 0;
  for (;;) {
    LITMILL_TRY(const std::vector<std::int64_t> ids, corpus.RecordsToDecide(after, kRecordsPerCommit));
    if (ids.empty()) return done;
    LITMILL_CHECK(corpus.BeginBatch());
    for (const std::int64_t id : ids) {
      LITMILL_TRY(const store::StoredRecord stored, corpus.LoadRecord(id));
      LITMILL_CHECK(corpus.ReplaceMembership(id, judge.Judge(stored.record)));
    }
    LITMILL_CHECK(corpus.CommitBatch());
    after = ids.back();
    done += ids.size();
    console.Progress("deciding again which records the queries find", done, 0);
  }
}

Result<std::uint64_t> DecideMembershipAgain(store::Corpus& corpus, FileSystem& files, const Config& config,
                                            const Clock& clock, Console& console) {
  LITMILL_TRY(const std::vector<std::int64_t> any, corpus.RecordsToDecide(0, 1));
  if (any.empty()) return 0;  // as long as no strategies are in use, every decision counts as one of others
  LITMILL_TRY(const auto judge, MembershipJudge::Make(files, config, clock));
  return DecideMembershipAgain(corpus, *judge, console);
}

}  // namespace litmill::app
