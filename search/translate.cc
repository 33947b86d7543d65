// SPDX-License-Identifier: Apache-2.0
#include "search/translate.h"

#include <fmt/format.h>

#include <array>
#include <memory>

#include "core/unicode.h"
#include "search/target_renderer.h"
#include "search/to_pubmed.h"

namespace litmill::search {
namespace {

struct TargetRow {
  Target target;
  std::string_view name, title;
};

constexpr std::array kTargets{
    TargetRow{Target::kPubMed, "pubmed", "PubMed"},
    TargetRow{Target::kEmbase, "embase", "Embase (embase.com)"},
    TargetRow{Target::kOvidMedline, "ovid-medline", "MEDLINE (Ovid)"},
    TargetRow{Target::kOvidEmbase, "ovid-embase", "Embase (Ovid)"},
    TargetRow{Target::kScopus, "scopus", "Scopus"},
    TargetRow{Target::kWebOfScience, "wos", "Web of Science Core Collection"},
    TargetRow{Target::kEuropePmc, "europepmc", "Europe PMC"},
    TargetRow{Target::kCochrane, "cochrane", "Cochrane CENTRAL"},
};

std::unique_ptr<TargetRenderer> MakeRenderer(Target target, const TranslateOptions& options) {
  switch (target) {
    case Target::kPubMed:
      return nullptr;
    case Target::kEmbase:
      return MakeEmbaseRenderer(options);
    case Target::kOvidMedline:
      return MakeOvidMedlineRenderer(options);
    case Target::kOvidEmbase:
      return MakeOvidEmbaseRenderer(options);
    case Target::kScopus:
      return MakeScopusRenderer(options);
    case Target::kWebOfScience:
      return MakeWebOfScienceRenderer(options);
    case Target::kEuropePmc:
      return MakeEuropePmcRenderer(options);
    case Target::kCochrane:
      return MakeCochraneRenderer(options);
  }
  return nullptr;
}

/// Rendering as PubMed loses next to nothing; what it does lose is said.
void WarnForPubMed(const Node& node, std::vector<Warning>& warnings) {
  for (const Node* leaf : Leaves(node)) {
    const Term* term = leaf->AsTerm();
    if (term == nullptr) continue;
    if (term->text.find('"') != std::string::npos || term->subheading.find('"') != std::string::npos)
      warnings.push_back(
          {"T013", leaf->span, ToPubMed(*leaf), "quotation marks within a term cannot be written; they became spaces"});
    if (term->field == Field::kUnknown)
      warnings.push_back(
          {"T002", leaf->span, ToPubMed(*leaf), "PubMed has no such field; the tag is passed on as it was written"});
  }
}

Translation TranslateLines(const Strategy& strategy, TargetRenderer& renderer) {
  Translation translation;
  for (const Line& line : strategy.lines) {
    const std::string text = renderer.Render(line.query, translation.warnings);
    if (text.empty()) renderer.LeaveOutLine(line.number);
    if (!translation.text.empty()) translation.text.push_back('\n');
    translation.text += renderer.LineLabel(line.number).value_or("") + text;
  }
  return translation;
}

}  // namespace

std::string_view TargetName(Target target) {
  for (const TargetRow& row : kTargets)
    if (row.target == target) return row.name;
  return "";
}

std::string_view TargetTitle(Target target) {
  for (const TargetRow& row : kTargets)
    if (row.target == target) return row.title;
  return "";
}

std::optional<Target> TargetFromName(std::string_view name) {
  const std::string lower = AsciiLower(TrimAscii(name));
  for (const TargetRow& row : kTargets)
    if (row.name == lower) return row.target;
  return std::nullopt;
}

const std::vector<Target>& AllTargets() {
  static const auto* const all = [] {
    auto* built = new std::vector<Target>;
    for (const TargetRow& row : kTargets) built->push_back(row.target);
    return built;
  }();
  return *all;
}

const std::vector<WarningKind>& WarningKinds() {
  static const auto* const kinds = new std::vector<WarningKind>{
      {"T001", "a field is wider or narrower than PubMed's"},
      {"T002", "a field that the target does not have"},
      {"T003", "a MeSH heading with no counterpart"},
      {"T004", "explosion is not carried as MeSH does it"},
      {"T005", "a subheading is not carried"},
      {"T006", "major topic is not carried"},
      {"T007", "proximity is changed"},
      {"T008", "a date that means something else, or has no counterpart"},
      {"T009", "months and days are lost"},
      {"T010", "a publication type with no counterpart, or another meaning"},
      {"T011", "a filter that only PubMed has"},
      {"T012", "truncation is changed"},
      {"T013", "characters are changed"},
      {"T014", "automatic term mapping is not carried"},
      {"T015", "parts of a group were left out: the search is wider or narrower"},
      {"T016", "nothing of a group, a line or the search could be carried"},
      {"T017", "something to be set by hand in the target's form"},
      {"T018", "the order of operators needs care in the target"},
  };
  return *kinds;
}

Translation Translate(const Node& node, Target target, const TranslateOptions& options) {
  Translation translation;
  if (const std::unique_ptr<TargetRenderer> renderer = MakeRenderer(target, options)) {
    translation.text = renderer->Render(node, translation.warnings);
  } else {
    translation.text = ToPubMed(node);
    WarnForPubMed(node, translation.warnings);
  }
  return translation;
}

Translation Translate(const Strategy& strategy, Target target, const TranslateOptions& options) {
  if (strategy.lines.empty()) return Translation{"", {{"T016", {}, "", "the strategy is empty"}}};
  if (target == Target::kPubMed) {
    Translation translation;
    translation.text = ToPubMed(strategy);
    for (const Line& line : strategy.lines) WarnForPubMed(line.query, translation.warnings);
    return translation;
  }
  const std::unique_ptr<TargetRenderer> renderer = MakeRenderer(target, options);
  if (strategy.numbered && renderer->LineLabel(1)) return TranslateLines(strategy, *renderer);
  const Result<Node> whole = Resolve(strategy);
  if (!whole) return Translation{"", {{"T016", {}, "", whole.error().message}}};
  Translation translation;
  translation.text = renderer->Render(*whole, translation.warnings);
  return translation;
}

}  // namespace litmill::search
