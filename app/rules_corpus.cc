// SPDX-License-Identifier: Apache-2.0
#include "app/rules_corpus.h"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "store/query.h"

namespace litmill::app {
namespace {

struct RecordPlace {
  std::int64_t record_id = 0;
  std::int64_t work_id = 0;
  std::string name;
};

Result<std::vector<RecordPlace>> RecordsByWork(const store::Corpus& corpus) {
  std::vector<RecordPlace> places;
  const store::RowSink sink{[](const std::vector<std::string>&) {},
                            [&places](const std::vector<store::Value>& row) {
                              places.push_back({std::get<std::int64_t>(row[0]), std::get<std::int64_t>(row[1]),
                                                std::get<std::string>(row[2])});
                              return true;
                            }};
  LITMILL_CHECK(store::Query(corpus,
                             "SELECT record_id, work_id, source || ':' || source_id FROM source_records "
                             "WHERE is_deleted = 0 AND content_sha256 IS NOT NULL ORDER BY work_id, record_id",
                             sink));
  return places;
}

}  // namespace

Result<void> ForEachRecord(Session& session, const store::Corpus& corpus, const std::string& what,
                           const std::function<Result<void>(const CorpusRecord&)>& visit) {
  LITMILL_TRY(const std::vector<RecordPlace> places, RecordsByWork(corpus));
  std::uint64_t done = 0;
  for (const RecordPlace& place : places) {
    LITMILL_TRY(store::StoredRecord stored, corpus.LoadRecord(place.record_id));
    LITMILL_CHECK(visit({place.work_id, place.name, std::move(stored.record)}));
    session.console.Progress(what, ++done, places.size());
  }
  session.console.EndProgress();
  return {};
}

void AddTags(const RuleSet& rules, const TaggedRecord& tagged, WorkTags& tags) {
  for (const Tag& tag : tagged.tags) {
    const Concept& c = rules.concepts[tag.concept_index];
    WorkTag& known = tags[c.facet + ":" + c.id];
    known.mentions += tag.mention_count;
    known.in_title |= tag.in_title;
    known.from_text |= tag.from_text;
    known.from_index |= tag.from_index;
    known.assertion = std::min(known.assertion, tag.assertion);
  }
}

}  // namespace litmill::app
