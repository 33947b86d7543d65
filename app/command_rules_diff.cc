// SPDX-License-Identifier: Apache-2.0
// litmill rules diff: what differs between two rule sets and, on a corpus, what that would do to its tags.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/exit_codes.h"
#include "app/rules_corpus.h"
#include "app/rules_diff.h"
#include "app/rules_file.h"
#include "app/session.h"

namespace litmill::app {
namespace {

using nlohmann::ordered_json;

/// Works whose tag of one concept would change, the first of them by name.
struct TagChanges {
  std::uint64_t gained = 0, lost = 0, altered = 0;  ///< altered: still tagged, by other evidence.
  std::vector<std::string> gained_by, lost_by, altered_in;
};

struct CorpusChanges {
  std::uint64_t works = 0, changed_works = 0;
  std::map<std::string, TagChanges> by_concept;
};

/// Works come with their records one after the other; a work is compared when the next begins.
class CorpusComparison {
 public:
  CorpusComparison(const tag::Tagger& before, const tag::Tagger& after, std::uint64_t limit)
      : before_(before), after_(after), limit_(limit) {}

  Result<void> Add(const CorpusRecord& r) {
    if (r.work_id != work_id_) FinishWork();
    if (name_.empty()) name_ = r.name;
    work_id_ = r.work_id;
    LITMILL_TRY(const TaggedRecord was, before_.TagRecord(r.record));
    AddTags(before_.rule_set(), was, old_tags_);
    LITMILL_TRY(const TaggedRecord is, after_.TagRecord(r.record));
    AddTags(after_.rule_set(), is, new_tags_);
    return {};
  }

  CorpusChanges Take() {
    FinishWork();
    return std::move(changes_);
  }

 private:
  void FinishWork() {
    if (name_.empty()) return;
    ++changes_.works;
    if (old_tags_ != new_tags_) Compare();
    old_tags_.clear();
    new_tags_.clear();
    name_.clear();
  }

  void Compare() {
    ++changes_.changed_works;
    for (const auto& [id, was] : old_tags_) {
      const auto is = new_tags_.find(id);
      if (is == new_tags_.end()) {
        TagChanges& change = changes_.by_concept[id];
        Note(change.lost, change.lost_by);
      } else if (!(is->second == was)) {
        TagChanges& change = changes_.by_concept[id];
        Note(change.altered, change.altered_in);
      }
    }
    for (const auto& tag : new_tags_) {
      if (old_tags_.count(tag.first) != 0) continue;
      TagChanges& change = changes_.by_concept[tag.first];
      Note(change.gained, change.gained_by);
    }
  }

  void Note(std::uint64_t& count, std::vector<std::string>& names) const {
    if (count++ < limit_) names.push_back(name_);
  }

  const tag::Tagger& before_;
  const tag::Tagger& after_;
  std::uint64_t limit_;
  std::int64_t work_id_ = 0;
  std::string name_;  ///< Of the work's first record; empty = no work is open.
  WorkTags old_tags_, new_tags_;
  CorpusChanges changes_;
};

std::string Shown(const Rule& rule) {
  std::string text = fmt::format("{} '{}'", rule.kind == RuleKind::kMask ? "mask" : "include", rule.pattern);
  if (rule.case_sensitive) text += ", case-sensitive";
  if (rule.gate_scope != GateScope::kNone)
    text +=
        fmt::format(", gate '{}' in the {}", rule.gate, rule.gate_scope == GateScope::kRecord ? "record" : "sentence");
  if (rule.abbreviation == AbbreviationPolicy::kSafe) text += ", safe abbreviation";
  if (rule.abbreviation == AbbreviationPolicy::kGated) text += ", gated abbreviation";
  if (rule.abbreviation == AbbreviationPolicy::kDefined) text += ", abbreviation where defined";
  return text;
}

std::string Place(const Rule& rule) {
  return fmt::format("{}:{}:{}", rule.origin.file, rule.origin.line, rule.origin.column);
}

void PrintText(const RuleSetDiff& diff) {
  for (const std::string& id : diff.removed) fmt::print("- {}\n", id);
  for (const std::string& id : diff.added) fmt::print("+ {}\n", id);
  for (const ConceptChange& change : diff.changed) {
    fmt::print("~ {}{}{}\n", change.id, change.fields.empty() ? "" : ": ", fmt::join(change.fields, ", "));
    for (const Rule& rule : change.removed) fmt::print("    - {} ({})\n", Shown(rule), Place(rule));
    for (const Rule& rule : change.added) fmt::print("    + {} ({})\n", Shown(rule), Place(rule));
  }
  for (const std::string& facet : diff.weights) fmt::print("~ weights of the facet {}\n", facet);
  if (diff.IsEmpty())
    fmt::print("The rules say the same.\n");
  else
    fmt::print("Concepts: {} added, {} removed, {} changed. {}\n", diff.added.size(), diff.removed.size(),
               diff.changed.size(),
               diff.changes_tags ? "The hash changes: records will be tagged again."
                                 : "The hash stays: no record is tagged again.");
}

void PrintText(const CorpusChanges& changes) {
  fmt::print("\nTags of {} of {} works would change.\n", WithThousands(changes.changed_works),
             WithThousands(changes.works));
  if (changes.by_concept.empty()) return;
  std::vector<std::vector<std::string>> rows{{"concept", "gained", "lost", "other evidence"}};
  for (const auto& [id, change] : changes.by_concept)
    rows.push_back({id, WithThousands(change.gained), WithThousands(change.lost), WithThousands(change.altered)});
  fmt::print("{}", FormatTable(rows, {false, true, true, true}));
  for (const auto& [id, change] : changes.by_concept) {
    if (!change.gained_by.empty()) fmt::print("{} gained: {}\n", id, fmt::join(change.gained_by, " "));
    if (!change.lost_by.empty()) fmt::print("{} lost: {}\n", id, fmt::join(change.lost_by, " "));
    if (!change.altered_in.empty()) fmt::print("{} by other evidence: {}\n", id, fmt::join(change.altered_in, " "));
  }
}

ordered_json ToJson(const std::vector<Rule>& rules) {
  ordered_json list = ordered_json::array();
  for (const Rule& rule : rules) list.push_back({{"rule", Shown(rule)}, {"name", rule.name}, {"place", Place(rule)}});
  return list;
}

ordered_json ToJson(const RuleSetDiff& diff) {
  ordered_json json{{"added", diff.added}, {"removed", diff.removed}, {"changed", ordered_json::array()}};
  for (const ConceptChange& change : diff.changed)
    json["changed"].push_back({{"concept", change.id},
                               {"fields", change.fields},
                               {"rules_removed", ToJson(change.removed)},
                               {"rules_added", ToJson(change.added)}});
  json["weights"] = diff.weights;
  json["hash_changes"] = diff.changes_tags;
  return json;
}

ordered_json ToJson(const CorpusChanges& changes) {
  ordered_json json{{"works", changes.works}, {"changed_works", changes.changed_works}};
  json["concepts"] = ordered_json::array();
  for (const auto& [id, change] : changes.by_concept)
    json["concepts"].push_back({{"concept", id},
                                {"gained", change.gained},
                                {"lost", change.lost},
                                {"other_evidence", change.altered},
                                {"gained_by", change.gained_by},
                                {"lost_by", change.lost_by},
                                {"other_evidence_in", change.altered_in}});
  return json;
}

std::vector<std::string> SplitPaths(const std::string& joined) {
  std::vector<std::string> paths;
  std::size_t at = 0;
  while (at <= joined.size()) {
    const std::size_t comma = std::min(joined.find(',', at), joined.size());
    if (comma > at) paths.push_back(joined.substr(at, comma - at));
    at = comma + 1;
  }
  return paths;
}

Result<void> Compare(Session& session, const RulesOptions& options) {
  LITMILL_TRY(RuleSet before, LoadRules(session.files, SplitPaths(options.before)));
  LITMILL_TRY(RuleSet after, session.ReadRules(SplitPaths(options.after)));
  const RuleSetDiff diff = DiffRuleSets(before, after);
  LITMILL_TRY(const auto old_tagger, tag::Tagger::Compile(std::move(before)));
  LITMILL_TRY(const auto new_tagger, tag::Tagger::Compile(std::move(after)));
  const bool as_json = session.common.format == OutputFormat::kJson;
  ordered_json json = ToJson(diff);
  if (!as_json) PrintText(diff);
  if (!session.common.db.empty()) {
    LITMILL_TRY(const auto corpus, session.OpenForReading());
    CorpusComparison comparison(*old_tagger, *new_tagger, options.limit);
    LITMILL_CHECK(ForEachRecord(session, *corpus, "comparing tags",
                                [&comparison](const CorpusRecord& r) { return comparison.Add(r); }));
    const CorpusChanges changes = comparison.Take();
    if (!as_json) PrintText(changes);
    json["corpus"] = ToJson(changes);
  }
  if (as_json) fmt::print("{}\n", json.dump(2, ' ', false, ordered_json::error_handler_t::replace));
  return {};
}

}  // namespace

int RulesDiffCommand(const CommonOptions& common, const RulesOptions& options) {
  Session session(common);
  const auto done = Compare(session, options);
  return done ? kExitOk : session.FailWith(done.error());
}

}  // namespace litmill::app
