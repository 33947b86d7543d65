// SPDX-License-Identifier: Apache-2.0
#include "app/rules_file.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "app/rule_file_reader.h"
#include "app/suggest.h"

namespace litmill::app {
namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{4} << 20U;  // larger is a mistake or an attack
constexpr std::size_t kMaxFiles = 1000;
constexpr int kMaxFolderDepth = 8;

bool IsRuleFile(std::string_view name) { return name.ends_with(".yaml") || name.ends_with(".yml"); }

Result<void> CollectFiles(FileSystem& files, const std::string& path, int depth, bool named,
                          std::set<std::string>& found) {
  LITMILL_TRY(const FileInfo info, files.Stat(path));
  if (!info.is_directory) {
    if (named || IsRuleFile(path)) found.insert(path);
    if (found.size() > kMaxFiles)
      return Fail(ErrorCode::kConfig, fmt::format("{}: more than {} rule files", path, kMaxFiles));
    return {};
  }
  if (depth > kMaxFolderDepth)
    return Fail(ErrorCode::kConfig, fmt::format("{}: folders nested more than {} deep", path, kMaxFolderDepth));
  LITMILL_TRY(const std::vector<std::string> names, files.List(path));
  const std::string prefix = path.ends_with('/') ? path : path + "/";
  for (const std::string& name : names) {
    if (name.empty() || name.front() == '.') continue;
    LITMILL_CHECK(CollectFiles(files, prefix + name, depth + 1, false, found));
  }
  return {};
}

void NameRules(const Concept& owner, std::string_view kind, std::size_t first, std::vector<Rule>& rules) {
  for (std::size_t i = 0; i < rules.size(); ++i)
    rules[i].name = fmt::format("{}/{}/{}/{}", owner.facet, owner.id, kind, first + i);
}

/// Gives each foreign mask to its concept. They are put in order of their content and equal ones dropped, so that
/// neither file names nor the order of files matter.
Result<void> PlaceForeignMasks(RuleDraft& draft) {
  const auto content = [](const Rule& r) { return std::tie(r.pattern, r.case_sensitive, r.gate, r.gate_scope); };
  std::map<std::string, std::vector<Rule>> by_target;
  for (ForeignMask& mask : draft.foreign_masks) by_target[mask.target].push_back(std::move(mask.rule));
  std::map<std::string, ConceptDraft*> concepts;
  std::set<std::string> facets;
  std::vector<std::string> ids;
  for (ConceptDraft& c : draft.concepts) {
    ids.push_back(c.value.facet + ":" + c.value.id);
    concepts.emplace(ids.back(), &c);
    facets.insert(c.value.facet);
  }
  std::vector<ConceptDraft> whole_facets;
  for (auto& [target, masks] : by_target) {
    std::stable_sort(masks.begin(), masks.end(), [&](const Rule& a, const Rule& b) { return content(a) < content(b); });
    masks.erase(
        std::unique(masks.begin(), masks.end(), [&](const Rule& a, const Rule& b) { return content(a) == content(b); }),
        masks.end());
    const RuleOrigin& origin = masks.front().origin;
    const std::string facet = target.substr(0, target.find(':'));
    if (target.ends_with(":*") && facets.count(facet) != 0) {
      ConceptDraft whole;
      whole.value.facet = facet;
      whole.value.id = "*";
      whole.value.label = fmt::format("Masks for every {}", facet);
      whole.value.origin = origin;
      whole.masks = std::move(masks);
      whole_facets.push_back(std::move(whole));
      continue;
    }
    const auto found = concepts.find(target);
    if (found == concepts.end())
      return Fail(ErrorCode::kConfig, fmt::format("{}:{}:{}: a mask for the unknown concept {}{}", origin.file,
                                                  origin.line, origin.column, target, DidYouMean(target, ids)));
    std::vector<Rule>& own = found->second->masks;
    own.insert(own.end(), masks.begin(), masks.end());
  }
  for (ConceptDraft& whole : whole_facets) draft.concepts.push_back(std::move(whole));
  return {};
}

RuleSet Assemble(RuleDraft& draft) {
  RuleSet set;
  set.weights = std::move(draft.weights);
  for (const auto& [name, version] : draft.versions) {
    set.name += (set.name.empty() ? "" : "+") + name;
    set.version += fmt::format("{}{} {}", set.version.empty() ? "" : ", ", name, version.first);
  }
  std::sort(draft.concepts.begin(), draft.concepts.end(), [](const ConceptDraft& a, const ConceptDraft& b) {
    return std::tie(a.value.facet, a.value.id) < std::tie(b.value.facet, b.value.id);
  });
  for (ConceptDraft& c : draft.concepts) {
    NameRules(c.value, "include", 1, c.includes);
    NameRules(c.value, "mask", 1, c.masks);
    c.value.rules = std::move(c.includes);
    c.value.rules.insert(c.value.rules.end(), c.masks.begin(), c.masks.end());
    set.concepts.push_back(std::move(c.value));
  }
  return set;
}

}  // namespace

Result<RuleSet> LoadRules(FileSystem& files, const std::vector<std::string>& paths) {
  if (paths.empty()) return Fail(ErrorCode::kConfig, "no rule files are named");
  std::set<std::string> found;
  for (const std::string& path : paths) {
    const std::size_t before = found.size();
    LITMILL_CHECK(CollectFiles(files, path, 0, true, found));
    if (found.size() == before)
      return Fail(ErrorCode::kConfig, fmt::format("{}: no new rule file (*.yaml) there", path));
  }
  RuleDraft draft;
  for (const std::string& path : found) {
    auto text = ReadWholeFile(files, path, kMaxFileBytes);
    if (!text) return Fail(std::move(text).error());
    LITMILL_CHECK(ReadRuleFile(path, *text, draft));
  }
  LITMILL_CHECK(PlaceForeignMasks(draft));
  return Assemble(draft);
}

}  // namespace litmill::app
