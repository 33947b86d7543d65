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
#include <yaml-cpp/yaml.h>

#include "app/suggest.h"
#include "core/unicode.h"

namespace litmill::app {
namespace {

// A rule file is written by hand; what is larger than this is a mistake or an attack (aliases can make a small file
// huge).
constexpr std::size_t kMaxFileBytes = std::size_t{4} << 20U;
constexpr std::size_t kMaxFiles = 1000;
constexpr std::size_t kMaxItems = 50'000;  ///< Rules and examples of all files.
constexpr std::size_t kMaxPatternBytes = 20'000;
constexpr int kMaxFolderDepth = 8;

using Keys = std::vector<std::string>;

/// A mask that one concept's file puts on another concept.
struct ForeignMask {
  std::string target;  ///< "condition:depression", "form:*"
  Rule rule;
};

struct ConceptDraft {
  Concept value;
  std::vector<Rule> includes, masks;
};

struct Draft {
  std::vector<ConceptDraft> concepts;
  std::vector<ForeignMask> foreign_masks;
  std::map<std::string, std::pair<std::string, RuleOrigin>> versions;  ///< By set name.
  std::size_t item_count = 0;
};

bool IsName(std::string_view text) {
  return !text.empty() && text.size() <= 80 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

class FileReader {
 public:
  FileReader(std::string path, Draft& draft) : path_(std::move(path)), draft_(draft) {}

  Result<void> Read(const std::string& text) {
    try {
      const std::vector<YAML::Node> documents = YAML::LoadAll(text);
      if (documents.size() != 1)
        return Fail(ErrorCode::kConfig,
                    fmt::format("{}: holds {} YAML documents; a rule file is exactly one", path_, documents.size()));
      return ReadFile(documents[0]);
    } catch (const YAML::Exception& e) {
      return Fail(ErrorCode::kConfig, fmt::format("{}:{}:{}: {}", path_, e.mark.line + 1, e.mark.column + 1, e.msg));
    }
  }

 private:
  using Members = std::map<std::string, YAML::Node>;

  [[nodiscard]] RuleOrigin Origin(const YAML::Node& node) const {
    const YAML::Mark mark = node.Mark();
    return {path_, mark.line + 1, mark.column + 1};
  }

  [[nodiscard]] tl::unexpected<Error> FailAt(const YAML::Node& node, const std::string& what) const {
    const RuleOrigin origin = Origin(node);
    return Fail(ErrorCode::kConfig, fmt::format("{}:{}:{}: {}", origin.file, origin.line, origin.column, what));
  }

  /// The members of a mapping; `allowed` empty = any key.
  Result<Members> Mapping(const YAML::Node& node, const std::string& what, const Keys& allowed) const {
    if (!node.IsMap()) return FailAt(node, fmt::format("{} must be a mapping (key: value)", what));
    Members members;
    for (const auto& entry : node) {
      if (!entry.first.IsScalar()) return FailAt(entry.first, fmt::format("a key of {} must be a word", what));
      const std::string& key = entry.first.Scalar();
      if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), key) == allowed.end())
        return FailAt(entry.first, fmt::format("unknown key \"{}\" in {}{}", key, what, DidYouMean(key, allowed)));
      if (!members.emplace(key, entry.second).second)
        return FailAt(entry.first, fmt::format("the key \"{}\" is there twice in {}", key, what));
    }
    return members;
  }

  Result<std::string> Text(const YAML::Node& node, const std::string& what) const {
    if (!node.IsScalar()) return FailAt(node, fmt::format("{} must be text", what));
    if (TrimAscii(node.Scalar()).empty()) return FailAt(node, fmt::format("{} is empty", what));
    if (FindInvalidUtf8(node.Scalar()) != std::string_view::npos)
      return FailAt(node, fmt::format("{} is not valid UTF-8", what));
    return node.Scalar();
  }

  /// A sequence with at least one item.
  Result<std::vector<YAML::Node>> Items(const YAML::Node& node, const std::string& what) {
    if (!node.IsSequence()) return FailAt(node, fmt::format("{} must be a list (- item)", what));
    std::vector<YAML::Node> items;
    for (const auto& item : node) {
      if (++draft_.item_count > kMaxItems)
        return FailAt(item, fmt::format("the rule files hold more than {} items together", kMaxItems));
      items.push_back(item);
    }
    if (items.empty()) return FailAt(node, fmt::format("{} is an empty list; leave the key out instead", what));
    return items;
  }

  Result<std::vector<std::string>> Texts(const Members& members, const std::string& key, const std::string& owner) {
    std::vector<std::string> texts;
    const auto found = members.find(key);
    if (found == members.end()) return texts;
    LITMILL_TRY(const std::vector<YAML::Node> items, Items(found->second, owner + "." + key));
    for (const YAML::Node& item : items) {
      LITMILL_TRY(std::string text, Text(item, fmt::format("an item of {}.{}", owner, key)));
      if (std::find(texts.begin(), texts.end(), text) != texts.end())
        return FailAt(item, fmt::format("\"{}\" is there twice in {}.{}", text, owner, key));
      texts.push_back(std::move(text));
    }
    return texts;
  }

  Result<void> ReadFile(const YAML::Node& root) {
    LITMILL_TRY(const Members members,
                Mapping(root, "the rule file", {"set", "version", "facet", "define", "masks", "concepts"}));
    for (const char* key : {"set", "version", "facet", "concepts"})
      if (members.count(key) == 0) return FailAt(root, fmt::format("the key \"{}\" is missing", key));
    LITMILL_TRY(const std::string set, Text(members.at("set"), "set"));
    LITMILL_TRY(const std::string version, Text(members.at("version"), "version"));
    LITMILL_TRY(facet_, Text(members.at("facet"), "facet"));
    if (!IsName(set)) return FailAt(members.at("set"), "set must be a name of lower-case letters, digits, - and _");
    if (!IsName(facet_))
      return FailAt(members.at("facet"), "facet must be a name of lower-case letters, digits, - and _");
    const auto [known, is_new] = draft_.versions.emplace(set, std::make_pair(version, Origin(members.at("version"))));
    if (!is_new && known->second.first != version)
      return FailAt(members.at("version"), fmt::format("set \"{}\" has version {} here and {} in {}", set, version,
                                                       known->second.first, known->second.second.file));
    if (members.count("define") != 0) LITMILL_CHECK(ReadDefinitions(members.at("define")));
    if (members.count("masks") != 0) LITMILL_CHECK(ReadForeignMasks(members.at("masks")));
    return ReadConcepts(members.at("concepts"));
  }

  Result<void> ReadDefinitions(const YAML::Node& node) {
    if (!node.IsMap()) return FailAt(node, "define must be a mapping (name: part of a pattern)");
    for (const auto& entry : node) {  // in the order of the file: a definition can use those above it
      LITMILL_TRY(const std::string name, Text(entry.first, "a name in define"));
      LITMILL_TRY(const std::string part, Text(entry.second, "define." + name));
      if (!IsName(name)) return FailAt(entry.first, "a name in define has lower-case letters, digits, - and _");
      if (definitions_.count(name) != 0) return FailAt(entry.first, fmt::format("\"{}\" is defined twice", name));
      LITMILL_TRY(std::string expanded, Expand(entry.second, part));
      definitions_.emplace(name, "(?:" + expanded + ")");
    }
    return {};
  }

  /// Puts definitions in the place of %{name}.
  Result<std::string> Expand(const YAML::Node& node, const std::string& pattern) const {
    std::string result;
    std::size_t at = 0;
    for (std::size_t open = pattern.find("%{"); open != std::string::npos; open = pattern.find("%{", at)) {
      const std::size_t close = pattern.find('}', open);
      const std::string name = close == std::string::npos ? "" : pattern.substr(open + 2, close - open - 2);
      const auto found = definitions_.find(name);
      if (found == definitions_.end()) {
        Keys names;
        for (const auto& definition : definitions_) names.push_back(definition.first);
        return FailAt(node, fmt::format("%{{{}}} is not in this file's define{}", name, DidYouMean(name, names)));
      }
      result.append(pattern, at, open - at).append(found->second);
      at = close + 1;
      if (result.size() > kMaxPatternBytes) break;
    }
    result.append(pattern, at, std::string::npos);
    if (result.size() > kMaxPatternBytes)
      return FailAt(node, fmt::format("the pattern is longer than {} bytes", kMaxPatternBytes));
    return result;
  }

  /// "pattern" or {pattern, case_sensitive, gate, gate_scope, why}.
  Result<Rule> ReadRule(const YAML::Node& node, const std::string& owner, RuleKind kind) const {
    Rule rule;
    rule.kind = kind;
    rule.origin = Origin(node);
    if (node.IsScalar()) {
      LITMILL_TRY(const std::string pattern, Text(node, "a pattern of " + owner));
      LITMILL_TRY(rule.pattern, Expand(node, pattern));
      return rule;
    }
    LITMILL_TRY(const Members members,
                Mapping(node, "a rule of " + owner, {"pattern", "case_sensitive", "gate", "gate_scope", "why"}));
    if (members.count("pattern") == 0) return FailAt(node, fmt::format("a rule of {} has no pattern", owner));
    LITMILL_TRY(const std::string pattern, Text(members.at("pattern"), "pattern"));
    LITMILL_TRY(rule.pattern, Expand(members.at("pattern"), pattern));
    if (members.count("why") != 0) LITMILL_CHECK(Text(members.at("why"), "why"));
    if (members.count("case_sensitive") != 0) {
      const YAML::Node& flag = members.at("case_sensitive");
      if (!flag.IsScalar() || (flag.Scalar() != "true" && flag.Scalar() != "false"))
        return FailAt(flag, "case_sensitive must be true or false");
      rule.case_sensitive = flag.Scalar() == "true";
    }
    return ReadGate(members, rule);
  }

  Result<Rule> ReadGate(const Members& members, Rule rule) const {
    const auto scope = members.find("gate_scope");
    const auto gate = members.find("gate");
    if (gate == members.end()) {
      if (scope != members.end()) return FailAt(scope->second, "gate_scope without a gate");
      return rule;
    }
    LITMILL_TRY(const std::string pattern, Text(gate->second, "gate"));
    LITMILL_TRY(rule.gate, Expand(gate->second, pattern));
    if (scope == members.end()) return FailAt(gate->second, "a gate needs gate_scope: sentence or record");
    LITMILL_TRY(const std::string word, Text(scope->second, "gate_scope"));
    if (word == "sentence")
      rule.gate_scope = GateScope::kSentence;
    else if (word == "record")
      rule.gate_scope = GateScope::kRecord;
    else
      return FailAt(scope->second, fmt::format("gate_scope must be sentence or record, not \"{}\"{}", word,
                                               DidYouMean(word, {"sentence", "record"})));
    return rule;
  }

  Result<std::vector<Rule>> ReadRules(const YAML::Node& node, const std::string& owner, RuleKind kind) {
    std::vector<Rule> rules;
    LITMILL_TRY(const std::vector<YAML::Node> items, Items(node, owner));
    for (const YAML::Node& item : items) {
      LITMILL_TRY(Rule rule, ReadRule(item, owner, kind));
      rules.push_back(std::move(rule));
    }
    return rules;
  }

  /// "facet:concept" or "facet:*".
  Result<void> CheckTarget(const YAML::Node& node, const std::string& target) const {
    const std::size_t colon = target.find(':');
    if (colon == std::string::npos || !IsName(target.substr(0, colon)) ||
        (target.substr(colon + 1) != "*" && !IsName(target.substr(colon + 1))))
      return FailAt(node, fmt::format("\"{}\" is not written as facet:concept or facet:*", target));
    return {};
  }

  Result<void> ReadForeignMasks(const YAML::Node& node) {
    LITMILL_TRY(const Members targets, Mapping(node, "masks", {}));
    for (const auto& [target, list] : targets) {
      LITMILL_CHECK(CheckTarget(list, target));
      LITMILL_TRY(std::vector<Rule> rules, ReadRules(list, "masks." + target, RuleKind::kMask));
      for (Rule& rule : rules) draft_.foreign_masks.push_back({target, std::move(rule)});
    }
    return {};
  }

  Result<void> ReadConcepts(const YAML::Node& node) {
    LITMILL_TRY(const Members concepts, Mapping(node, "concepts", {}));
    if (concepts.empty()) return FailAt(node, "concepts is empty");
    for (const auto& [id, body] : concepts) {
      if (!IsName(id))
        return FailAt(body,
                      fmt::format("the concept id \"{}\" must have lower-case letters, digits, - and _ only", id));
      LITMILL_CHECK(ReadConcept(id, body));
    }
    return {};
  }

  Result<void> ReadConcept(const std::string& id, const YAML::Node& node) {
    static const Keys kKeys = {"label",   "definition", "mesh",   "publication_types", "parents",
                               "include", "mask",       "blocks", "examples"};
    const std::string owner = facet_ + ":" + id;
    LITMILL_TRY(const Members members, Mapping(node, owner, kKeys));
    ConceptDraft draft;
    Concept& value = draft.value;
    value.facet = facet_;
    value.id = id;
    value.origin = Origin(node);
    if (members.count("label") == 0) return FailAt(node, fmt::format("{} has no label", owner));
    LITMILL_TRY(value.label, Text(members.at("label"), owner + ".label"));
    if (members.count("definition") != 0) {
      LITMILL_TRY(value.definition, Text(members.at("definition"), owner + ".definition"));
    }
    LITMILL_TRY(value.mesh, Texts(members, "mesh", owner));
    LITMILL_TRY(value.publication_types, Texts(members, "publication_types", owner));
    LITMILL_TRY(value.parents, Texts(members, "parents", owner));
    if (members.count("include") != 0) {
      LITMILL_TRY(draft.includes, ReadRules(members.at("include"), owner + ".include", RuleKind::kInclude));
    }
    if (members.count("mask") != 0) {
      LITMILL_TRY(draft.masks, ReadRules(members.at("mask"), owner + ".mask", RuleKind::kMask));
    }
    LITMILL_CHECK(ReadBlocks(members, owner, draft.includes));
    LITMILL_CHECK(ReadExamples(members, owner, value.examples));
    draft_.concepts.push_back(std::move(draft));
    return {};
  }

  /// `blocks`: wherever this concept's patterns match, those concepts do not.
  Result<void> ReadBlocks(const Members& members, const std::string& owner, const std::vector<Rule>& includes) {
    LITMILL_TRY(const std::vector<std::string> targets, Texts(members, "blocks", owner));
    if (targets.empty()) return {};
    const YAML::Node& node = members.at("blocks");
    if (includes.empty()) return FailAt(node, fmt::format("{}.blocks needs include patterns", owner));
    for (const std::string& target : targets) {
      LITMILL_CHECK(CheckTarget(node, target));
      if (target == owner || target == facet_ + ":*") return FailAt(node, fmt::format("{} cannot block itself", owner));
      for (Rule rule : includes) {
        rule.kind = RuleKind::kMask;
        draft_.foreign_masks.push_back({target, std::move(rule)});
      }
    }
    return {};
  }

  Result<void> ReadExamples(const Members& members, const std::string& owner, std::vector<Example>& examples) {
    const auto found = members.find("examples");
    if (found == members.end()) return {};
    LITMILL_TRY(const Members lists, Mapping(found->second, owner + ".examples", {"should", "should_not"}));
    for (const auto& [key, list] : lists) {
      LITMILL_TRY(const std::vector<YAML::Node> items, Items(list, owner + ".examples." + key));
      for (const YAML::Node& item : items) {
        LITMILL_TRY(std::string text, Text(item, "an example of " + owner));
        examples.push_back({std::move(text), key == "should", Origin(item)});
      }
    }
    return {};
  }

  std::string path_;
  Draft& draft_;
  std::string facet_;
  std::map<std::string, std::string> definitions_;
};

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
Result<void> PlaceForeignMasks(Draft& draft) {
  const auto content = [](const Rule& r) { return std::tie(r.pattern, r.case_sensitive, r.gate, r.gate_scope); };
  std::map<std::string, std::vector<Rule>> by_target;
  for (ForeignMask& mask : draft.foreign_masks) by_target[mask.target].push_back(std::move(mask.rule));
  std::map<std::string, ConceptDraft*> concepts;
  std::set<std::string> facets;
  Keys ids;
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

RuleSet Assemble(Draft& draft) {
  RuleSet set;
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
  Draft draft;
  for (const std::string& path : found) {
    auto text = ReadWholeFile(files, path, kMaxFileBytes);
    if (!text) return Fail(std::move(text).error());
    FileReader reader(path, draft);
    LITMILL_CHECK(reader.Read(*text));
  }
  LITMILL_CHECK(PlaceForeignMasks(draft));
  return Assemble(draft);
}

}  // namespace litmill::app
