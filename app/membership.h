// SPDX-License-Identifier: Apache-2.0
// Which queries of the configuration an imported record belongs to: no search of a database says it, so it is decided
// here, with PubMed's semantics (search/matcher.h).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "app/config.h"
#include "app/console.h"
#include "app/strategies.h"
#include "core/clock.h"
#include "core/file_system.h"
#include "core/result.h"
#include "store/corpus.h"

namespace litmill::app {

/// The configuration's queries, compiled. Immutable: any number of threads may use one.
class MembershipJudge {
 public:
  /// `today` is what "last 90 days" counts back from. kInvalidInput with carets for a query that PubMed would refuse;
  /// kConfig, kIo: of the MeSH tree that the configuration names.
  [[nodiscard]] static Result<std::unique_ptr<MembershipJudge>> Make(FileSystem& files, const Config& config,
                                                                     const Clock& clock);

  [[nodiscard]] store::Membership Judge(const Record& record) const;
  [[nodiscard]] const store::StrategySet& strategies() const { return set_; }
  /// What is decided otherwise than PubMed would, in a sentence; empty = nothing.
  [[nodiscard]] std::string Caveat() const;

 private:
  MembershipJudge() = default;

  std::vector<CompiledStrategy> compiled_;
  std::optional<search::MeshTree> tree_;
  store::StrategySet set_;
};

/// Makes `judge`'s strategies the corpus' and decides again what others decided, or what has changed since; returns how
/// many records. No batch may be open. Killed in between, the next call goes on with the rest.
[[nodiscard]] Result<std::uint64_t> DecideMembershipAgain(store::Corpus& corpus, const MembershipJudge& judge,
                                                          Console& console);
/// The same with the configuration's queries, which are compiled only when something was ever decided here.
[[nodiscard]] Result<std::uint64_t> DecideMembershipAgain(store::Corpus& corpus, FileSystem& files,
                                                          const Config& config, const Clock& clock, Console& console);

}  // namespace litmill::app
