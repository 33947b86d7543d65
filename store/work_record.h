// SPDX-License-Identifier: Apache-2.0
// A work as one Record: what export writes, whole and without repeats.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/record.h"
#include "core/result.h"

namespace litmill::store {

class Corpus;

struct WorkTag {
  std::string facet, name;  ///< "condition", "migraine"
};

/// `record` is the representative's record, where each field that it lacks comes from the member that the columns of
/// `works` take it from (store/work_writer.h), and authors from the first member that names any. The lists of
/// identifiers, keywords, MeSH headings, publication types and trial registrations hold those of all members without
/// repeats, the representative's first. It says that it is retracted when any member does.
struct WorkRecord {
  Record record;
  std::vector<WorkTag> tags;         ///< By facet and name.
  std::vector<std::string> sources;  ///< Databases that have it, sorted.
};

/// Calls `take` for each work that is not deleted, by source and source_id of its representative: the same order for
/// every corpus of the same content. One work is in memory at a time. Stops at the first failure.
[[nodiscard]] Result<void> ForEachWorkRecord(const Corpus& corpus,
                                             const std::function<Result<void>(const WorkRecord&)>& take);

/// The facets in which any work has a tag, sorted.
[[nodiscard]] Result<std::vector<std::string>> TaggedFacets(const Corpus& corpus);

}  // namespace litmill::store
