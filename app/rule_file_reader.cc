// SPDX-License-Identifier: Apache-2.0
#include "app/rule_file_reader.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "app/suggest.h"
#include "app/yaml_reader.h"
#include "core/unicode.h"

namespace litmill::app {
namespace {

constexpr std::size_t kMaxItems = 50'000;
constexpr std::size_t kMaxPatternBytes = 20'000;

bool IsName(std::string_view text) {
  return !text.empty() && text.size() <= 80 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

RuleOrigin OriginOf(const YamlValue& value) { return {value.file(), value.line(), value.column()}; }

Result<std::string> TextOf(const YamlValue& value) {
  LITMILL_TRY(std::string text, value.AsString());
  if (TrimAscii(text).empty()) return Fail(value.ErrorHere("is empty"));
  if (FindInvalidUtf8(text) != std::string_view::npos) return Fail(value.ErrorHere("is not valid UTF-8"));
  return text;
}

Result<std::string> NameIn(const YamlValue& value) {
  LITMILL_TRY(std::string name, TextOf(value));
  if (!IsName(name)) return Fail(value.ErrorHere("must be a name of lower-case letters, digits, - and _"));
  return name;
}

/// "facet:concept" or "facet:*".
Result<void> CheckTarget(const YamlValue& where, const std::string& target) {
  const std::size_t colon = target.find(':');
  if (colon == std::string::npos || !IsName(target.substr(0, colon)) ||
      (target.substr(colon + 1) != "*" && !IsName(target.substr(colon + 1))))
    return Fail(where.ErrorHere(fmt::format("\"{}\" is not written as facet:concept or facet:*", target)));
  return {};
}

class FileReader {
 public:
  explicit FileReader(RuleDraft& draft) : draft_(draft) {}

  Result<void> Read(const YamlValue& root) {
    LITMILL_TRY(YamlMap map, root.AsMap());
    LITMILL_TRY(const YamlValue set_value, map.Need("set"));
    LITMILL_TRY(const std::string set, NameIn(set_value));
    LITMILL_TRY(const YamlValue version_value, map.Need("version"));
    LITMILL_TRY(const std::string version, TextOf(version_value));
    LITMILL_TRY(const YamlValue facet_value, map.Need("facet"));
    LITMILL_TRY(facet_, NameIn(facet_value));
    const auto definitions = map.Take("define");
    const auto masks = map.Take("masks");
    const auto weights = map.Take("weights");
    LITMILL_TRY(const YamlValue concepts, map.Need("concepts"));
    LITMILL_CHECK(map.Done());
    const auto [known, is_new] = draft_.versions.emplace(set, std::make_pair(version, OriginOf(version_value)));
    if (!is_new && known->second.first != version)
      return Fail(version_value.ErrorHere(fmt::format("set \"{}\" has version {} here and {} in {}", set, version,
                                                      known->second.first, known->second.second.file)));
    if (definitions) LITMILL_CHECK(ReadDefinitions(*definitions));
    if (masks) LITMILL_CHECK(ReadForeignMasks(*masks));
    if (weights) LITMILL_CHECK(ReadWeights(*weights));
    return ReadConcepts(concepts);
  }

 private:
  /// A list with at least one item.
  Result<std::vector<YamlValue>> Items(const YamlValue& list) {
    LITMILL_TRY(std::vector<YamlValue> items, list.AsList());
    if (items.empty()) return Fail(list.ErrorHere("is an empty list; leave the key out instead"));
    draft_.item_count += items.size();
    if (draft_.item_count > kMaxItems)
      return Fail(list.ErrorHere(fmt::format("the rule files hold more than {} items together", kMaxItems)));
    return items;
  }

  /// Texts of the list at `key`, each once; none when the key is absent.
  Result<std::vector<std::string>> Texts(YamlMap& map, const std::string& key) {
    std::vector<std::string> texts;
    const auto list = map.Take(key);
    if (!list) return texts;
    LITMILL_TRY(const std::vector<YamlValue> items, Items(*list));
    for (const YamlValue& item : items) {
      LITMILL_TRY(std::string text, TextOf(item));
      if (std::find(texts.begin(), texts.end(), text) != texts.end())
        return Fail(item.ErrorHere(fmt::format("\"{}\" is there twice", text)));
      texts.push_back(std::move(text));
    }
    return texts;
  }

  /// In the order of the file: a definition can use those above it.
  Result<void> ReadDefinitions(const YamlValue& value) {
    LITMILL_TRY(const YamlMap map, value.AsMap());
    for (const YamlMap::Entry& entry : map.entries()) {
      if (!IsName(entry.key))
        return Fail(entry.value.ErrorHere("a name in define has lower-case letters, digits, - and _"));
      LITMILL_TRY(std::string expanded, Pattern(entry.value));
      definitions_.emplace(entry.key, "(?:" + expanded + ")");
    }
    return {};
  }

  /// The pattern in `value`, with definitions put in the place of %{name}.
  Result<std::string> Pattern(const YamlValue& value) const {
    LITMILL_TRY(const std::string pattern, TextOf(value));
    std::string result;
    std::size_t at = 0;
    for (std::size_t open = pattern.find("%{"); open != std::string::npos; open = pattern.find("%{", at)) {
      const std::size_t close = pattern.find('}', open);
      const std::string name = close == std::string::npos ? "" : pattern.substr(open + 2, close - open - 2);
      const auto found = definitions_.find(name);
      if (found == definitions_.end()) {
        std::vector<std::string> names;
        for (const auto& definition : definitions_) names.push_back(definition.first);
        return Fail(
            value.ErrorHere(fmt::format("%{{{}}} is not in this file's define{}", name, DidYouMean(name, names))));
      }
      result.append(pattern, at, open - at).append(found->second);
      at = close + 1;
      if (result.size() > kMaxPatternBytes) break;
    }
    result.append(pattern, at, std::string::npos);
    if (result.size() > kMaxPatternBytes)
      return Fail(value.ErrorHere(fmt::format("the pattern is longer than {} bytes", kMaxPatternBytes)));
    return result;
  }

  /// "pattern" or {pattern, case_sensitive, gate, gate_scope, why}.
  Result<Rule> ReadRule(const YamlValue& value, RuleKind kind) const {
    Rule rule;
    rule.kind = kind;
    rule.origin = OriginOf(value);
    if (!value.IsMap()) {
      LITMILL_TRY(rule.pattern, Pattern(value));
      return rule;
    }
    LITMILL_TRY(YamlMap map, value.AsMap());
    LITMILL_TRY(const YamlValue pattern, map.Need("pattern"));
    LITMILL_TRY(rule.pattern, Pattern(pattern));
    if (const auto why = map.Take("why")) LITMILL_CHECK(TextOf(*why));
    if (const auto flag = map.Take("case_sensitive")) {
      LITMILL_TRY(rule.case_sensitive, flag->AsBool());
    }
    LITMILL_CHECK(ReadGate(map, rule));
    LITMILL_CHECK(map.Done());
    return rule;
  }

  Result<void> ReadGate(YamlMap& map, Rule& rule) const {
    const auto gate = map.Take("gate");
    const auto scope = map.Take("gate_scope");
    if (!gate) return scope ? Fail(scope->ErrorHere("gate_scope without a gate")) : Result<void>();
    LITMILL_TRY(rule.gate, Pattern(*gate));
    if (!scope) return Fail(gate->ErrorHere("a gate needs gate_scope: sentence or record"));
    LITMILL_TRY(const std::string word, TextOf(*scope));
    if (word != "sentence" && word != "record")
      return Fail(scope->ErrorHere(
          fmt::format("must be sentence or record, not \"{}\"{}", word, DidYouMean(word, {"sentence", "record"}))));
    rule.gate_scope = word == "sentence" ? GateScope::kSentence : GateScope::kRecord;
    return {};
  }

  /// The rules of `list`; none when it is absent.
  Result<std::vector<Rule>> ReadRules(const std::optional<YamlValue>& list, RuleKind kind) {
    std::vector<Rule> rules;
    if (!list) return rules;
    LITMILL_TRY(const std::vector<YamlValue> items, Items(*list));
    for (const YamlValue& item : items) {
      LITMILL_TRY(Rule rule, ReadRule(item, kind));
      rules.push_back(std::move(rule));
    }
    return rules;
  }

  Result<void> ReadForeignMasks(const YamlValue& value) {
    LITMILL_TRY(const YamlMap targets, value.AsMap());
    for (const YamlMap::Entry& entry : targets.entries()) {
      LITMILL_CHECK(CheckTarget(entry.value, entry.key));
      LITMILL_TRY(std::vector<Rule> rules, ReadRules(entry.value, RuleKind::kMask));
      for (Rule& rule : rules) draft_.foreign_masks.push_back({entry.key, std::move(rule)});
    }
    return {};
  }

  /// {title: 1, background: 0.3, ...}: for the whole facet, so only one of its files may say it.
  Result<void> ReadWeights(const YamlValue& value) {
    LITMILL_TRY(YamlMap map, value.AsMap());
    std::array<double, kSectionRoleCount> weights{};
    weights.fill(1);
    for (std::size_t i = 0; i < kSectionRoleCount; ++i) {
      const auto weight = map.Take(std::string(SectionRoleName(static_cast<SectionRole>(i))));
      if (!weight) continue;
      LITMILL_TRY(weights[i], weight->AsNumber());
      if (!(weights[i] >= 0 && weights[i] <= 1)) return Fail(weight->ErrorHere("must be a number from 0 to 1"));
    }
    LITMILL_CHECK(map.Done());
    if (!draft_.weights.emplace(facet_, weights).second)
      return Fail(value.ErrorHere(fmt::format("another file has weights for the facet {} already", facet_)));
    return {};
  }

  Result<void> ReadConcepts(const YamlValue& value) {
    LITMILL_TRY(const YamlMap concepts, value.AsMap());
    if (concepts.entries().empty()) return Fail(value.ErrorHere("is empty"));
    for (const YamlMap::Entry& entry : concepts.entries()) {
      if (!IsName(entry.key))
        return Fail(entry.value.ErrorHere(
            fmt::format("the concept id \"{}\" must have lower-case letters, digits, - and _ only", entry.key)));
      LITMILL_CHECK(ReadConcept(entry.key, entry.value));
    }
    return {};
  }

  Result<void> ReadConcept(const std::string& id, const YamlValue& value) {
    LITMILL_TRY(YamlMap map, value.AsMap());
    ConceptDraft draft;
    Concept& c = draft.value;
    c.facet = facet_;
    c.id = id;
    c.origin = OriginOf(value);
    LITMILL_TRY(const YamlValue label, map.Need("label"));
    LITMILL_TRY(c.label, TextOf(label));
    if (const auto definition = map.Take("definition")) {
      LITMILL_TRY(c.definition, TextOf(*definition));
    }
    LITMILL_TRY(c.mesh, Texts(map, "mesh"));
    LITMILL_TRY(c.publication_types, Texts(map, "publication_types"));
    LITMILL_TRY(c.parents, Texts(map, "parents"));
    LITMILL_TRY(draft.includes, ReadRules(map.Take("include"), RuleKind::kInclude));
    LITMILL_CHECK(ReadAbbreviations(map, draft.includes));
    LITMILL_TRY(draft.masks, ReadRules(map.Take("mask"), RuleKind::kMask));
    LITMILL_CHECK(ReadValence(map, c));
    if (const auto rank = map.Take("rank")) {
      LITMILL_TRY(const std::int64_t number, rank->AsInteger(1, 1000));
      c.rank = static_cast<int>(number);
    }
    LITMILL_CHECK(ReadBlocks(map, facet_ + ":" + id, draft.includes));
    if (const auto examples = map.Take("examples")) LITMILL_CHECK(ReadExamples(*examples, c.examples));
    LITMILL_CHECK(map.Done());
    draft_.concepts.push_back(std::move(draft));
    return {};
  }

  /// {short: MDD, policy: safe | gated | defined, gate: ..., gate_scope: record}, behind the other includes.
  Result<void> ReadAbbreviations(YamlMap& map, std::vector<Rule>& includes) {
    const auto list = map.Take("abbreviations");
    if (!list) return {};
    LITMILL_TRY(const std::vector<YamlValue> items, Items(*list));
    for (const YamlValue& item : items) {
      LITMILL_TRY(YamlMap entry, item.AsMap());
      Rule rule;
      rule.origin = OriginOf(item);
      rule.case_sensitive = true;
      LITMILL_TRY(const YamlValue short_form, entry.Need("short"));
      LITMILL_TRY(rule.pattern, Pattern(short_form));
      LITMILL_TRY(const YamlValue policy_value, entry.Need("policy"));
      LITMILL_TRY(const std::string policy, TextOf(policy_value));
      if (const auto why = entry.Take("why")) LITMILL_CHECK(TextOf(*why));
      LITMILL_CHECK(ReadGate(entry, rule));
      LITMILL_CHECK(entry.Done());
      constexpr std::pair<std::string_view, AbbreviationPolicy> kPolicies[] = {
          {"safe", AbbreviationPolicy::kSafe},
          {"gated", AbbreviationPolicy::kGated},
          {"defined", AbbreviationPolicy::kDefined}};
      const auto* const known = std::find_if(std::begin(kPolicies), std::end(kPolicies),
                                             [&policy](const auto& p) { return p.first == policy; });
      if (known == std::end(kPolicies))
        return Fail(policy_value.ErrorHere(fmt::format("must be safe, gated or defined, not \"{}\"{}", policy,
                                                       DidYouMean(policy, {"safe", "gated", "defined"}))));
      rule.abbreviation = known->second;
      if ((rule.abbreviation == AbbreviationPolicy::kGated) != (rule.gate_scope != GateScope::kNone))
        return Fail(policy_value.ErrorHere("policy gated, and no other, needs a gate"));
      includes.push_back(std::move(rule));
    }
    return {};
  }

  static Result<void> ReadValence(YamlMap& map, Concept& c) {
    const auto better = map.Take("better");
    if (!better) return {};
    LITMILL_TRY(const std::string word, TextOf(*better));
    if (word != "lower" && word != "higher")
      return Fail(better->ErrorHere(fmt::format("must be lower or higher, not \"{}\"", word)));
    c.valence = word == "lower" ? Valence::kLowerIsBetter : Valence::kHigherIsBetter;
    return {};
  }

  /// `blocks`: wherever this concept's patterns match, those concepts do not.
  Result<void> ReadBlocks(YamlMap& map, const std::string& owner, const std::vector<Rule>& includes) {
    LITMILL_TRY(const std::vector<std::string> targets, Texts(map, "blocks"));
    if (targets.empty()) return {};
    const YamlValue where = *map.Take("blocks");
    if (includes.empty()) return Fail(where.ErrorHere("needs include patterns"));
    for (const std::string& target : targets) {
      LITMILL_CHECK(CheckTarget(where, target));
      if (target == owner || target == facet_ + ":*")
        return Fail(where.ErrorHere(fmt::format("{} cannot block itself", owner)));
      for (Rule rule : includes) {
        rule.kind = RuleKind::kMask;
        draft_.foreign_masks.push_back({target, std::move(rule)});
      }
    }
    return {};
  }

  Result<void> ReadExamples(const YamlValue& value, std::vector<Example>& examples) {
    LITMILL_TRY(YamlMap map, value.AsMap());
    for (const bool should : {true, false}) {
      const auto list = map.Take(should ? "should" : "should_not");
      if (!list) continue;
      LITMILL_TRY(const std::vector<YamlValue> items, Items(*list));
      for (const YamlValue& item : items) {
        LITMILL_TRY(std::string text, TextOf(item));
        examples.push_back({std::move(text), should, OriginOf(item)});
      }
    }
    return map.Done();
  }

  RuleDraft& draft_;
  std::string facet_;
  std::map<std::string, std::string> definitions_;
};

}  // namespace

Result<void> ReadRuleFile(const std::string& path, const std::string& text, RuleDraft& draft) {
  LITMILL_TRY(const YamlValue root, YamlValue::Parse(text, path));
  return FileReader(draft).Read(root);
}

}  // namespace litmill::app
