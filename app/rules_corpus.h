// SPDX-License-Identifier: Apache-2.0
// The records of a corpus one after the other, for commands that try rules on them and write nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "app/session.h"
#include "core/record.h"
#include "core/result.h"
#include "core/tagged_record.h"
#include "store/corpus.h"

namespace litmill::app {

struct CorpusRecord {
  std::int64_t work_id = 0;
  std::string name;  ///< "pubmed:12345"
  Record record;     ///< What the tagger reads of it.
};

/// Every record that is there with content and not deleted, by work: those of one work follow one another. Shows
/// progress as `what`.
[[nodiscard]] Result<void> ForEachRecord(Session& session, const store::Corpus& corpus, const std::string& what,
                                         const std::function<Result<void>(const CorpusRecord&)>& visit);

/// What is said of a publication, put together of its records.
struct WorkTag {
  std::uint64_t mentions = 0;
  bool in_title = false, from_text = false, from_index = false;
  Assertion assertion = Assertion::kNegated;  ///< The strongest of its records.
  friend bool operator==(const WorkTag&, const WorkTag&) = default;
};

/// By "facet:concept".
using WorkTags = std::map<std::string, WorkTag>;

void AddTags(const RuleSet& rules, const TaggedRecord& tagged, WorkTags& tags);

}  // namespace litmill::app
