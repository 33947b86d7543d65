// SPDX-License-Identifier: Apache-2.0
// litmill rules coverage: how much of a corpus the rules reach.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/exit_codes.h"
#include "app/rules_corpus.h"
#include "app/session.h"

namespace litmill::app {
namespace {

using nlohmann::ordered_json;

struct ConceptCoverage {
  std::uint64_t works = 0, implied_works = 0;
  std::map<std::string, std::uint64_t> mentions;  ///< By field.
};

struct FacetCoverage {
  std::uint64_t works = 0, mentions = 0;
  std::vector<std::string> without;  ///< The first works that have no tag of it.
};

struct Coverage {
  std::uint64_t works = 0, records = 0;
  std::map<std::string, FacetCoverage> facets;
  std::map<std::string, ConceptCoverage> concepts;  ///< By "facet:concept".
};

class CoverageCounter {
 public:
  CoverageCounter(const tag::Tagger& tagger, std::uint64_t limit) : tagger_(tagger), limit_(limit) {
    for (const Concept& c : tagger.rule_set().concepts) {
      if (c.facet == kCueFacet || c.id == "*") continue;  // never tags
      coverage_.facets[c.facet];
      coverage_.concepts[c.facet + ":" + c.id];
    }
  }

  Result<void> Add(const CorpusRecord& r) {
    if (r.work_id != work_id_) FinishWork();
    if (name_.empty()) name_ = r.name;
    work_id_ = r.work_id;
    ++coverage_.records;
    LITMILL_TRY(const TaggedRecord tagged, tagger_.TagRecord(r.record));
    AddTags(tagger_.rule_set(), tagged, tags_);
    for (const Mention& mention : tagged.mentions) {
      const Concept& c = tagger_.rule_set().concepts[mention.concept_index];
      ++coverage_.concepts[c.facet + ":" + c.id].mentions[mention.field];
      ++coverage_.facets[c.facet].mentions;
    }
    return {};
  }

  Coverage Take() {
    FinishWork();
    return std::move(coverage_);
  }

 private:
  void FinishWork() {
    if (name_.empty()) return;
    ++coverage_.works;
    std::set<std::string> facets;
    for (const auto& [id, tag] : tags_) {
      ConceptCoverage& reached = coverage_.concepts[id];
      ++reached.works;
      reached.implied_works += tag.mentions == 0 ? 1U : 0U;
      facets.insert(id.substr(0, id.find(':')));
    }
    for (auto& [facet, reached] : coverage_.facets) {
      if (facets.count(facet) != 0)
        ++reached.works;
      else if (reached.without.size() < limit_)
        reached.without.push_back(name_);
    }
    tags_.clear();
    name_.clear();
  }

  const tag::Tagger& tagger_;
  std::uint64_t limit_;
  std::int64_t work_id_ = 0;
  std::string name_;  ///< Of the work's first record; empty = no work is open.
  WorkTags tags_;
  Coverage coverage_;
};

std::string Percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "" : fmt::format("{:.1f}", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::uint64_t In(const ConceptCoverage& reached, std::initializer_list<const char*> fields) {
  std::uint64_t sum = 0;
  for (const char* field : fields) {
    const auto found = reached.mentions.find(field);
    if (found != reached.mentions.end()) sum += found->second;
  }
  return sum;
}

void PrintText(const Coverage& coverage) {
  fmt::print("{} works, {} records\n\n", WithThousands(coverage.works), WithThousands(coverage.records));
  std::vector<std::vector<std::string>> rows{{"facet", "works", "%", "without", "mentions"}};
  for (const auto& [facet, reached] : coverage.facets)
    rows.push_back({facet, WithThousands(reached.works), Percent(reached.works, coverage.works),
                    WithThousands(coverage.works - reached.works), WithThousands(reached.mentions)});
  fmt::print("{}\n", FormatTable(rows, {false, true, true, true, true}));
  rows = {{"concept", "works", "%", "implied", "title", "abstract", "keyword", "index"}};
  for (const auto& [id, reached] : coverage.concepts)
    rows.push_back({id, WithThousands(reached.works), Percent(reached.works, coverage.works),
                    WithThousands(reached.implied_works), WithThousands(In(reached, {"title"})),
                    WithThousands(In(reached, {"abstract", "other-abstract"})), WithThousands(In(reached, {"keyword"})),
                    WithThousands(In(reached, {"mesh", "chemical", "publication-type"}))});
  fmt::print("{}", FormatTable(rows, {false, true, true, true, true, true, true, true}));
  bool is_first = true;
  for (const auto& [facet, reached] : coverage.facets) {
    if (reached.without.empty()) continue;
    const std::uint64_t all = coverage.works - reached.works;
    fmt::print(
        "{}without {}: {}{}\n", is_first ? "\n" : "", facet, fmt::join(reached.without, " "),
        all > reached.without.size() ? fmt::format(" and {} more", WithThousands(all - reached.without.size())) : "");
    is_first = false;
  }
}

ordered_json ToJson(const Coverage& coverage) {
  ordered_json json{{"works", coverage.works}, {"records", coverage.records}};
  json["facets"] = ordered_json::array();
  for (const auto& [facet, reached] : coverage.facets)
    json["facets"].push_back({{"facet", facet},
                              {"works", reached.works},
                              {"works_without", coverage.works - reached.works},
                              {"mentions", reached.mentions},
                              {"without", reached.without}});
  json["concepts"] = ordered_json::array();
  for (const auto& [id, reached] : coverage.concepts)
    json["concepts"].push_back({{"concept", id},
                                {"works", reached.works},
                                {"implied_works", reached.implied_works},
                                {"mentions", ordered_json(reached.mentions)}});
  return json;
}

Result<void> Measure(Session& session, const RulesOptions& options) {
  LITMILL_TRY(RuleSet rules, session.ReadRules(options.paths));
  LITMILL_TRY(const auto tagger, tag::Tagger::Compile(std::move(rules)));
  LITMILL_TRY(const auto corpus, session.OpenForReading());
  CoverageCounter counter(*tagger, options.limit);
  LITMILL_CHECK(
      ForEachRecord(session, *corpus, "tagging", [&counter](const CorpusRecord& r) { return counter.Add(r); }));
  const Coverage coverage = counter.Take();
  if (session.common.format == OutputFormat::kJson)
    fmt::print("{}\n", ToJson(coverage).dump(2, ' ', false, ordered_json::error_handler_t::replace));
  else
    PrintText(coverage);
  return {};
}

}  // namespace

int RulesCoverageCommand(const CommonOptions& common, const RulesOptions& options) {
  Session session(common);
  const auto done = Measure(session, options);
  return done ? kExitOk : session.FailWith(done.error());
}

}  // namespace litmill::app
