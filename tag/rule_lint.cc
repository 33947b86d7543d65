// SPDX-License-Identifier: Apache-2.0
#include "tag/rule_lint.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "tag/rule_usage.h"

namespace litmill::tag {
namespace {

/// Fewer matches than this say nothing about what else covers a rule.
constexpr std::uint64_t kLeastMatches = 3;
/// Fewer records than this say nothing about what is too broad.
constexpr std::uint64_t kLeastRecords = 50;
/// RE2 instructions: three times what the largest of litmill's own patterns takes (lists of a hundred salts, gaps of
/// eighty characters). A gap in a repeated group soon takes more.
constexpr int kLargeProgram = 4'000;

std::string IdOf(const Concept& c) { return c.facet + ":" + c.id; }

std::string PlaceOf(const RuleOrigin& origin) {
  return fmt::format("{}:{}:{}", origin.file, origin.line, origin.column);
}

/// The pattern as a person finds it again, cut where it is long.
std::string Shown(const std::string& pattern) {
  constexpr std::size_t kMost = 60;
  if (pattern.size() <= kMost) return "'" + pattern + "'";
  std::size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(pattern[end]) & 0xC0U) == 0x80U) --end;  // not inside a character
  return "'" + pattern.substr(0, end) + "...'";
}

/// The alternatives of a pattern outside brackets: "a(b|c)|d" -> "a(b|c)", "d".
std::vector<std::string> Alternatives(const std::string& pattern) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '(' || c == '[') ++depth;
    if (c == ')' || c == ']') --depth;
    if (c == '|' && depth == 0) {
      parts.emplace_back();
      continue;
    }
    parts.back() += c;
    if (c == '\\' && i + 1 < pattern.size()) parts.back() += pattern[++i];
  }
  return parts;
}

/// "MDD", "(?-i:TRD)", "PTSDs?": capitals and digits that stand alone.
bool IsBareAbbreviation(std::string alternative) {
  if (alternative.starts_with("(?-i:") && alternative.ends_with(')'))
    alternative = alternative.substr(5, alternative.size() - 6);
  if (alternative.ends_with("s?")) alternative.resize(alternative.size() - 2);
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto is_part = [&](char c) { return is_capital(c) || (c >= '0' && c <= '9') || c == '-'; };
  return alternative.size() >= 2 && alternative.size() <= 5 &&
         std::all_of(alternative.begin(), alternative.end(), is_part) &&
         std::count_if(alternative.begin(), alternative.end(), is_capital) >= 2;
}

auto ContentOf(const Rule& r) {
  return std::make_tuple(r.kind, r.pattern, r.case_sensitive, r.gate, r.gate_scope, r.abbreviation);
}

class Findings {
 public:
  Findings(const RuleUsageCounter& usage, const LintOptions& options)
      : usage_(usage), rules_(usage.rules()), options_(options) {}

  std::vector<LintFinding> Take() {
    for (const Concept& c : rules_.rule_set.concepts)
      for (const Rule& rule : c.rules)
        if (rule.kind == RuleKind::kInclude) include_places_.insert(PlaceOf(rule.origin));
    for (std::uint32_t i = 0; i < rules_.rule_set.concepts.size(); ++i) CheckConcept(i);
    for (std::uint32_t r = 0; r < rules_.rules.size(); ++r) CheckRule(r);
    CheckSameWords();
    CheckDuplicates();
    CheckIndexTerms();
    std::stable_sort(found_.begin(), found_.end(), [](const LintFinding& a, const LintFinding& b) {
      return std::tie(a.origin.file, a.origin.line, a.origin.column, a.code, a.subject) <
             std::tie(b.origin.file, b.origin.line, b.origin.column, b.code, b.subject);
    });
    return std::move(found_);
  }

 private:
  void Add(const char* code, const RuleOrigin& origin, std::string subject, std::string message, std::string advice) {
    const auto& codes = LintCodes();
    const auto known = std::find_if(codes.begin(), codes.end(),
                                    [code](const LintCode& c) { return std::string_view(c.code) == code; });
    found_.push_back({code, known->severity, origin, std::move(subject), std::move(message), std::move(advice)});
  }

  [[nodiscard]] const Concept& ConceptAt(std::uint32_t i) const { return rules_.rule_set.concepts[i]; }
  [[nodiscard]] const char* Seen() const {
    return usage_.records() == 0 ? "in the examples" : "in the examples and the corpus";
  }
  [[nodiscard]] bool IsAncestor(std::uint32_t above, std::uint32_t below) const {
    const std::vector<std::uint32_t>& ancestors = rules_.concepts[below].ancestors;
    return std::binary_search(ancestors.begin(), ancestors.end(), above);
  }

  void CheckConcept(std::uint32_t index) {
    const Concept& c = ConceptAt(index);
    if (c.id == kWholeFacet) return;
    const auto count = [&c](bool should) {
      return std::count_if(c.examples.begin(), c.examples.end(), [&](const Example& e) { return e.should == should; });
    };
    const bool has_include =
        std::any_of(c.rules.begin(), c.rules.end(), [](const Rule& r) { return r.kind == RuleKind::kInclude; });
    if (has_include && count(true) == 0)
      Add("R009", c.origin, IdOf(c), "no example says what it should match", "add examples: should: [...]");
    if (has_include && count(false) == 0)
      Add("R010", c.origin, IdOf(c), "no example says what it should not match",
          "add examples: should_not: [...], with the look-alike that you fear most");
    if (has_include || !c.mesh.empty() || !c.publication_types.empty()) return;
    for (std::uint32_t other = 0; other < rules_.concepts.size(); ++other)
      if (IsAncestor(index, other)) return;
    Add("R014", c.origin, IdOf(c), "nothing can tag it: it has no patterns, no index terms and no narrower concept",
        "give it include patterns, or take it out");
  }

  void CheckRule(std::uint32_t index) {
    const CompiledRule& compiled = rules_.rules[index];
    const Rule& rule = *compiled.rule;
    const RuleUsage& usage = usage_.usage()[index];
    CheckCost(compiled);
    if (rule.kind == RuleKind::kMask) {
      // What `blocks` makes of a concept's patterns is a list for all its targets: not each serves each of them.
      if (usage.touching == 0 && include_places_.count(PlaceOf(rule.origin)) == 0)
        Add("R003", rule.origin, rule.name,
            fmt::format("the mask {} touches no match of its concept {}", Shown(rule.pattern), Seen()),
            "add its look-alike as a should_not example, or take it out");
      return;
    }
    CheckInclude(index, compiled, usage);
  }

  void CheckCost(const CompiledRule& compiled) {
    const Rule& rule = *compiled.rule;
    const std::vector<std::uint32_t>& alone = rules_.steps->left_out();
    if (std::find(alone.begin(), alone.end(), compiled.pattern) != alone.end())
      Add("R007", rule.origin, rule.name,
          fmt::format("{} can begin with nearly anything: each text is searched for it alone", Shown(rule.pattern)),
          "write out its first word or characters");
    const int size = rules_.patterns[compiled.pattern]->ProgramSize();
    if (size > kLargeProgram)
      Add("R008", rule.origin, rule.name,
          fmt::format("{} takes {} instructions (more than {})", Shown(rule.pattern), size, kLargeProgram),
          "use smaller repetition counts, or a gate in place of a gap");
  }

  void CheckInclude(std::uint32_t index, const CompiledRule& compiled, const RuleUsage& usage) {
    const Rule& rule = *compiled.rule;
    const Concept& c = ConceptAt(compiled.concept_index);
    const std::uint64_t from_corpus = usage_.records() == 0 ? 0 : usage.matches;
    if (usage.own_examples == 0 && from_corpus == 0) {
      Add("R001", rule.origin, rule.name,
          fmt::format("{} matches in no example of {}{}", Shown(rule.pattern), IdOf(c),
                      usage_.records() == 0 ? "" : " and in no record"),
          "add a should example, or take it out");
    } else if (usage.standing == 0 && c.facet != kCueFacet) {
      Add("R002", rule.origin, rule.name,
          fmt::format("{}: of its matches {} ({}) none becomes a mention", Shown(rule.pattern), Seen(), usage.matches),
          "see why with litmill tag --explain; loosen its gate or the mask");
    }
    CheckCover(index, rule, usage);
    if (usage_.records() >= kLeastRecords && c.facet != kCueFacet &&
        static_cast<double>(usage.records) > options_.broad_share * static_cast<double>(usage_.records()))
      Add("R006", rule.origin, rule.name,
          fmt::format("{} counts in {} of {} records", Shown(rule.pattern), usage.records, usage_.records()),
          "gate it, or raise --broad when that is right for this corpus");
    CheckAbbreviation(rule);
  }

  void CheckCover(std::uint32_t index, const Rule& rule, const RuleUsage& usage) {
    if (usage.matches < kLeastMatches) return;
    for (const std::uint32_t cover : usage.covered_by) {
      // Of two rules that always match the same words only the second is too many.
      const std::vector<std::uint32_t>& back = usage_.usage()[cover].covered_by;
      if (cover > index && std::find(back.begin(), back.end(), index) != back.end()) continue;
      const Rule& other = *rules_.rules[cover].rule;
      Add("R004", rule.origin, rule.name,
          fmt::format("each of its {} matches {} lies in a match of {} ({})", usage.matches, Seen(), other.name,
                      PlaceOf(other.origin)),
          "take it out, or add the example that only it matches");
      return;
    }
  }

  void CheckAbbreviation(const Rule& rule) {
    if (rule.abbreviation != AbbreviationPolicy::kNone || rule.gate_scope != GateScope::kNone) return;
    for (const std::string& alternative : Alternatives(rule.pattern)) {
      if (!IsBareAbbreviation(alternative)) continue;
      Add("R011", rule.origin, rule.name,
          fmt::format("\"{}\" is a short form without a policy: it may stand for something else", alternative),
          "list it under abbreviations as safe, gated or defined");
      return;
    }
  }

  void CheckSameWords() {
    for (const auto& [pair, together] : usage_.same_words()) {
      const auto& [a, b] = pair;
      if (IsAncestor(a, b) || IsAncestor(b, a)) continue;  // the link says so already
      for (const auto& [same, other] : {std::pair(a, b), std::pair(b, a)}) {
        if (together < kLeastMatches || together < usage_.mentions()[same]) continue;
        Add("R005", ConceptAt(same).origin, IdOf(ConceptAt(same)),
            fmt::format("each of its {} mentions {} is one of {} too, by the same words", together, Seen(),
                        IdOf(ConceptAt(other))),
            "make one the parent of the other, or set their patterns apart");
      }
    }
  }

  /// The same rule twice in a concept or in a facet. Facets answer different questions: there it is no mistake.
  void CheckDuplicates() {
    using Key = decltype(std::tuple_cat(std::make_tuple(std::uint32_t{}), ContentOf(Rule())));
    std::map<Key, std::uint32_t> first;
    for (std::uint32_t r = 0; r < rules_.rules.size(); ++r) {
      const CompiledRule& compiled = rules_.rules[r];
      const std::uint32_t facet = rules_.concepts[compiled.concept_index].facet;
      const bool is_mask = compiled.rule->kind == RuleKind::kMask;
      // Masks belong to their concept: two concepts may need the same one.
      const std::uint32_t scope = is_mask ? compiled.concept_index : facet;
      const auto [known, is_new] = first.emplace(std::tuple_cat(std::make_tuple(scope), ContentOf(*compiled.rule)), r);
      if (is_new) continue;
      const CompiledRule& other = rules_.rules[known->second];
      const bool same_concept = other.concept_index == compiled.concept_index;
      Add(same_concept ? "R012" : "R013", compiled.rule->origin, compiled.rule->name,
          fmt::format("{} is also {} ({})", Shown(compiled.rule->pattern), other.rule->name,
                      PlaceOf(other.rule->origin)),
          same_concept ? "take one of them out" : "let one concept be the other's parent, or set them apart");
    }
  }

  void CheckIndexTerms() {
    for (const auto* terms : {&rules_.concepts_of_mesh, &rules_.concepts_of_publication_type}) {
      for (const auto& [ui, owners] : *terms) {
        for (std::size_t i = 0; i + 1 < owners.size(); ++i) {
          for (std::size_t j = i + 1; j < owners.size(); ++j) CheckIndexTerm(ui, owners[i], owners[j]);
        }
      }
    }
  }

  void CheckIndexTerm(const std::string& ui, std::uint32_t a, std::uint32_t b) {
    const bool related = IsAncestor(a, b) || IsAncestor(b, a);
    if (rules_.concepts[a].facet != rules_.concepts[b].facet || (a != b && !related)) return;
    const std::uint32_t broad = a == b || IsAncestor(a, b) ? a : b;
    Add("R015", ConceptAt(broad).origin, IdOf(ConceptAt(broad)),
        a == b ? fmt::format("{} is listed twice", ui)
               : fmt::format("{} stands for it and for its narrower {} too", ui, IdOf(ConceptAt(broad == a ? b : a))),
        "leave it with the narrower concept, which implies this one");
  }

  const RuleUsageCounter& usage_;
  const CompiledRules& rules_;
  const LintOptions& options_;
  std::set<std::string> include_places_;
  std::vector<LintFinding> found_;
};

}  // namespace

std::string_view LintSeverityName(LintSeverity severity) {
  return severity == LintSeverity::kWarning ? "warning" : "note";
}

const std::vector<LintCode>& LintCodes() {
  constexpr LintSeverity kWarning = LintSeverity::kWarning;
  constexpr LintSeverity kNote = LintSeverity::kNote;
  static const std::vector<LintCode> kCodes{
      {"R001", kWarning, "a pattern matches in no example of its concept and, with a corpus, in no record"},
      {"R002", kWarning, "a pattern matches, but every match is masked, ungated or inside a longer mention"},
      {"R003", kNote, "a mask touches no match of its concept"},
      {"R004", kWarning, "every match of a pattern lies in a match of another pattern of its concept"},
      {"R005", kWarning, "two concepts of a facet are always mentioned by the same words"},
      {"R006", kWarning, "a pattern counts in a large share of the corpus's records"},
      {"R007", kWarning, "a pattern can begin with nearly anything, so that it is searched on its own"},
      {"R008", kWarning, "a pattern becomes a very large program"},
      {"R009", kWarning, "a concept has no should example"},
      {"R010", kNote, "a concept has no should_not example"},
      {"R011", kWarning, "an abbreviation has neither a policy nor a gate"},
      {"R012", kWarning, "the same rule twice in a concept"},
      {"R013", kWarning, "the same rule in two concepts of a facet"},
      {"R014", kWarning, "nothing can tag a concept"},
      {"R015", kNote, "an index term stands for a concept and for its parent too"}};
  return kCodes;
}

RuleLinter::RuleLinter(std::unique_ptr<RuleUsageCounter> usage) : usage_(std::move(usage)) {}
RuleLinter::~RuleLinter() = default;

Result<std::unique_ptr<RuleLinter>> RuleLinter::Make(const RuleSet& rules) {
  LITMILL_TRY(auto usage, RuleUsageCounter::Make(rules));
  LITMILL_CHECK(usage->CountExamples());
  return std::unique_ptr<RuleLinter>(new RuleLinter(std::move(usage)));
}

Result<void> RuleLinter::AddRecord(const Record& record) { return usage_->CountRecord(record); }
std::uint64_t RuleLinter::records() const { return usage_->records(); }

std::vector<LintFinding> RuleLinter::Findings(const LintOptions& options) const {
  return tag::Findings(*usage_, options).Take();
}

}  // namespace litmill::tag
