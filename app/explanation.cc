// SPDX-License-Identifier: Apache-2.0
#include "app/explanation.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace litmill::app {
namespace {

using Json = nlohmann::ordered_json;

/// What stands in a field, by (field, position): looked up for each field of the record.
template <typename T>
using ByPlace = std::map<std::pair<std::string, std::int32_t>, std::vector<const T*>>;

template <typename T>
const std::vector<const T*>& In(const ByPlace<T>& all, const std::string& field, std::int32_t position) {
  static const std::vector<const T*> kNone;
  const auto found = all.find({field, position});
  return found == all.end() ? kNone : found->second;
}

/// ", results, negated": what is not said by default.
std::string RoleAndAssertion(SectionRole role, Assertion assertion) {
  std::string out;
  if (role != SectionRole::kOther) out += fmt::format(", {}", SectionRoleName(role));
  if (assertion != Assertion::kPresent) out += fmt::format(", {}", AssertionName(assertion));
  return out;
}

std::string Number(const Quantity& q) {
  std::string out = fmt::format("{}", q.amount);
  if (q.upper) out += fmt::format(" to {}", *q.upper);
  return out;
}

Json Optional(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

}  // namespace

/// The stored text of a field, as mentions address it: (field, position) -> heading and text.
struct Explanation::FieldText {
  std::string field;
  std::int32_t position = 0;
  std::string heading;
  std::string_view text;

  /// The text with its mentions in colour, or in [[ ]] where there is none. Overlapping mentions are marked as one.
  [[nodiscard]] std::string Marked(const std::vector<const Mention*>& mentions, bool colour) const {
    std::vector<std::pair<std::size_t, std::size_t>> spans;
    for (const Mention* m : mentions) spans.emplace_back(m->start, m->end);
    std::sort(spans.begin(), spans.end());
    std::string out;
    std::size_t at = 0;
    for (std::size_t i = 0; i < spans.size();) {
      auto [start, end] = spans[i];
      for (++i; i < spans.size() && spans[i].first < end; ++i) end = std::max(end, spans[i].second);
      out += text.substr(at, start - at);
      out += colour ? "\x1b[32m" : "[[";
      out += text.substr(start, end - start);
      out += colour ? "\x1b[0m" : "]]";
      at = end;
    }
    return out + std::string(text.substr(at));
  }
};

std::vector<Explanation::FieldText> Explanation::Fields() const {
  std::vector<FieldText> fields;
  if (!record_.title.text.empty()) fields.push_back({"title", 0, "TITLE", record_.title.text});
  std::int32_t position = 0;
  for (const AbstractSection& section : record_.abstract_sections)
    fields.push_back({"abstract", position++, section.label.empty() ? "ABSTRACT" : section.label, section.body.text});
  position = 0;
  for (const OtherAbstract& other : record_.other_abstracts)
    for (const AbstractSection& section : other.sections)
      fields.push_back({"other-abstract", position++, "OTHER ABSTRACT (" + other.language + ")", section.body.text});
  position = 0;
  for (const Keyword& keyword : record_.keywords)
    fields.push_back({"keyword", position++, "KEYWORD", keyword.text.text});
  return fields;
}

std::string Explanation::NameOf(std::uint32_t index) const {
  return index == kNoConcept ? "" : rules_.concepts[index].facet + ":" + rules_.concepts[index].id;
}

std::string_view Explanation::TextOf(const std::string& field, std::int32_t position) const {
  auto at = static_cast<std::size_t>(position);
  if (field == "title") return record_.title.text;
  if (field == "abstract" && at < record_.abstract_sections.size()) return record_.abstract_sections[at].body.text;
  if (field == "keyword" && at < record_.keywords.size()) return record_.keywords[at].text.text;
  if (field != "other-abstract") return {};
  for (const OtherAbstract& other : record_.other_abstracts) {
    if (at < other.sections.size()) return other.sections[at].body.text;
    at -= other.sections.size();
  }
  return {};
}

std::string Explanation::Words(const std::string& field, std::int32_t position, std::uint32_t start,
                               std::uint32_t end) const {
  const std::string_view text = TextOf(field, position);
  return start <= end && end <= text.size() ? std::string(text.substr(start, end - start)) : std::string();
}

std::string Explanation::FieldsAsText(bool colour) const {
  ByPlace<Mention> all_mentions;
  ByPlace<Rejection> all_rejections;
  for (const Mention& m : tagged_.mentions)
    if (m.rule_index != kNoRule) all_mentions[{m.field, m.position}].push_back(&m);
  for (const Rejection& r : tagged_.rejections) all_rejections[{r.field, r.position}].push_back(&r);
  ByPlace<Mention> all_cues;
  for (const Mention& m : tagged_.cues) all_cues[{m.field, m.position}].push_back(&m);
  std::string out;
  for (const FieldText& field : Fields()) {
    const std::vector<const Mention*>& mentions = In(all_mentions, field.field, field.position);
    const std::vector<const Rejection*>& rejections = In(all_rejections, field.field, field.position);
    if (field.field == "keyword" && mentions.empty() && rejections.empty()) continue;
    out += fmt::format("{}{}{}\n{}\n", colour ? "\x1b[1m" : "", field.heading, colour ? "\x1b[0m" : "",
                       field.Marked(mentions, colour));
    for (const Mention* m : mentions)
      out += fmt::format("  + {} \"{}\" [{}-{}{}] by {}\n", NameOf(m->concept_index), m->text, m->start, m->end,
                         RoleAndAssertion(m->role, m->assertion), RuleName(m->rule_index));
    for (const Mention* cue : In(all_cues, field.field, field.position))
      out += fmt::format("  ~ {} \"{}\" [{}-{}]\n", NameOf(cue->concept_index), cue->text, cue->start, cue->end);
    for (const Rejection* r : rejections)
      out += fmt::format("  - {} \"{}\" [{}-{}] refused: {}\n", NameOf(r->concept_index), r->text, r->start, r->end,
                         r->reason);
    out += "\n";
  }
  return out;
}

std::string Explanation::IndexAsText() const {
  std::string out = "INDEX EVIDENCE\n";
  for (const Mention& m : tagged_.mentions)
    if (m.rule_index == kNoRule)
      out += fmt::format("  + {} by {} {} \"{}\"{}\n", NameOf(m.concept_index), m.field, m.ui, m.text,
                         m.major ? " (major)" : "");
  return out + "\n";
}

std::string Explanation::QuantitiesAsText() const {
  if (tagged_.quantities.empty()) return {};
  std::string out = "QUANTITIES\n";
  for (const Quantity& q : tagged_.quantities) {
    out += fmt::format("  {}: {}", q.kind, Number(q));
    if (!q.unit.empty()) out += " " + q.unit;
    if (!q.per.empty()) out += " per " + q.per;
    if (!q.basis.empty()) out += ", " + q.basis;
    if (q.agent != kNoConcept) out += ", of " + NameOf(q.agent);
    if (q.ci_low && q.ci_high) out += fmt::format(", interval {} to {}", *q.ci_low, *q.ci_high);
    out += fmt::format(" \"{}\" [{}/{} {}-{}{}]\n", q.text, q.field, q.position, q.start, q.end,
                       RoleAndAssertion(q.role, Assertion::kPresent));
  }
  return out + "\n";
}

std::string Explanation::FindingsAsText() const {
  std::string out;
  if (!tagged_.findings.empty()) out += "FINDINGS\n";
  for (const Finding& f : tagged_.findings) {
    out += fmt::format("  {} -> {}: {} ({})", NameOf(f.intervention), NameOf(f.outcome), MovementName(f.movement),
                       BenefitName(f.benefit));
    if (f.direction != kNoConcept) out += ", " + NameOf(f.direction);
    if (f.comparator != kNoConcept) out += ", against " + NameOf(f.comparator);
    if (!f.subgroup.empty()) out += fmt::format(", only \"{}\"", f.subgroup);
    out += fmt::format(", confidence {:.2f} [{}/{} {}-{}{}]\n    \"{}\"\n", f.confidence, f.field, f.position, f.start,
                       f.end, RoleAndAssertion(f.role, f.assertion), Words(f.field, f.position, f.start, f.end));
  }
  if (!tagged_.conclusions.empty()) out += "CONCLUSIONS FROM THE FINDINGS\n";
  for (const Conclusion& c : tagged_.conclusions)
    out += fmt::format("  {} -> {}: {} ({}), {} findings{}\n", NameOf(c.intervention), NameOf(c.outcome),
                       MovementName(c.movement), BenefitName(c.benefit), c.finding_count,
                       c.is_mixed ? " that disagree" : "");
  return out.empty() ? out : out + "\n";
}

std::string Explanation::TagsAsText() const {
  std::string out = "TAGS\n";
  for (const Tag& tag : tagged_.tags)
    out += fmt::format("  {}: {} mentions{}{}{}{}{}, weight {:.2f}\n", NameOf(tag.concept_index), tag.mention_count,
                       tag.in_title ? ", in the title" : "", tag.from_text ? ", text" : "",
                       tag.from_index ? ", index" : "", tag.implied ? ", implied by a narrower concept" : "",
                       RoleAndAssertion(SectionRole::kOther, tag.assertion), tag.weight);
  return out;
}

std::string Explanation::AsText(bool colour) const {
  return FieldsAsText(colour) + IndexAsText() + QuantitiesAsText() + FindingsAsText() + TagsAsText();
}

Json Explanation::QuantitiesAsJson() const {
  Json json = Json::array();
  for (const Quantity& q : tagged_.quantities)
    json.push_back({{"kind", q.kind},
                    {"amount", q.amount},
                    {"upper", Optional(q.upper)},
                    {"unit", q.unit},
                    {"per", q.per},
                    {"basis", q.basis},
                    {"agent", NameOf(q.agent)},
                    {"ci_low", Optional(q.ci_low)},
                    {"ci_high", Optional(q.ci_high)},
                    {"field", q.field},
                    {"position", q.position},
                    {"start", q.start},
                    {"end", q.end},
                    {"text", q.text},
                    {"role", SectionRoleName(q.role)}});
  return json;
}

Json Explanation::FindingsAsJson() const {
  Json json = Json::array();
  for (const Finding& f : tagged_.findings)
    json.push_back({{"intervention", NameOf(f.intervention)},
                    {"outcome", NameOf(f.outcome)},
                    {"direction", NameOf(f.direction)},
                    {"movement", MovementName(f.movement)},
                    {"benefit", BenefitName(f.benefit)},
                    {"comparator", NameOf(f.comparator)},
                    {"subgroup", f.subgroup},
                    {"confidence", f.confidence},
                    {"field", f.field},
                    {"position", f.position},
                    {"start", f.start},
                    {"end", f.end},
                    {"text", Words(f.field, f.position, f.start, f.end)},
                    {"role", SectionRoleName(f.role)},
                    {"assertion", AssertionName(f.assertion)}});
  return json;
}

Json Explanation::TagsAsJson() const {
  Json json = Json::array();
  for (const Tag& tag : tagged_.tags)
    json.push_back({{"concept", NameOf(tag.concept_index)},
                    {"mentions", tag.mention_count},
                    {"in_title", tag.in_title},
                    {"from_text", tag.from_text},
                    {"from_index", tag.from_index},
                    {"major", tag.major},
                    {"implied", tag.implied},
                    {"assertion", AssertionName(tag.assertion)},
                    {"weight", tag.weight}});
  return json;
}

Json Explanation::AsJson() const {
  Json json{{"source", record_.source}, {"source_id", record_.source_id}, {"title", record_.title.text}};
  json["mentions"] = Json::array();
  for (const Mention& m : tagged_.mentions)
    json["mentions"].push_back({{"concept", NameOf(m.concept_index)},
                                {"evidence", EvidenceName(m.evidence)},
                                {"field", m.field},
                                {"position", m.position},
                                {"start", m.start},
                                {"end", m.end},
                                {"text", m.text},
                                {"ui", m.ui},
                                {"major", m.major},
                                {"role", SectionRoleName(m.role)},
                                {"assertion", AssertionName(m.assertion)},
                                {"rule", RuleName(m.rule_index)}});
  json["cues"] = Json::array();
  for (const Mention& m : tagged_.cues)
    json["cues"].push_back({{"cue", NameOf(m.concept_index)},
                            {"field", m.field},
                            {"position", m.position},
                            {"start", m.start},
                            {"end", m.end},
                            {"text", m.text}});
  json["rejections"] = Json::array();
  for (const Rejection& r : tagged_.rejections)
    json["rejections"].push_back({{"concept", NameOf(r.concept_index)},
                                  {"field", r.field},
                                  {"position", r.position},
                                  {"start", r.start},
                                  {"end", r.end},
                                  {"text", r.text},
                                  {"rule", RuleName(r.rule_index)},
                                  {"reason", r.reason}});
  json["quantities"] = QuantitiesAsJson();
  json["findings"] = FindingsAsJson();
  json["conclusions"] = Json::array();
  for (const Conclusion& c : tagged_.conclusions)
    json["conclusions"].push_back({{"intervention", NameOf(c.intervention)},
                                   {"outcome", NameOf(c.outcome)},
                                   {"movement", MovementName(c.movement)},
                                   {"benefit", BenefitName(c.benefit)},
                                   {"mixed", c.is_mixed},
                                   {"findings", c.finding_count}});
  json["tags"] = TagsAsJson();
  return json;
}

}  // namespace litmill::app
