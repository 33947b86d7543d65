// SPDX-License-Identifier: Apache-2.0
// litmill tag --explain: a record's text with every mention, and why each look-alike was refused.
#include <unistd.h>

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/exit_codes.h"
#include "app/session.h"

namespace litmill::app {
namespace {

/// The stored text of a field, as mentions address it: (field, position) -> heading and text.
struct FieldText {
  std::string field;
  std::int32_t position = 0;
  std::string heading;
  std::string_view text;
};

std::vector<FieldText> Fields(const Record& record) {
  std::vector<FieldText> fields{{"title", 0, "TITLE", record.title.text}};
  std::int32_t position = 0;
  for (const AbstractSection& section : record.abstract_sections)
    fields.push_back({"abstract", position++, section.label.empty() ? "ABSTRACT" : section.label, section.body.text});
  position = 0;
  for (const OtherAbstract& other : record.other_abstracts)
    for (const AbstractSection& section : other.sections)
      fields.push_back({"other-abstract", position++, "OTHER ABSTRACT (" + other.language + ")", section.body.text});
  position = 0;
  for (const Keyword& keyword : record.keywords)
    fields.push_back({"keyword", position++, "KEYWORD", keyword.text.text});
  return fields;
}

class Explanation {
 public:
  Explanation(const RuleSet& rules, const Record& record, const TaggedRecord& tagged)
      : rules_(rules), flat_(rules.FlattenedRules()), record_(record), tagged_(tagged) {}

  [[nodiscard]] std::string AsText(bool colour) const {
    std::string out;
    for (const FieldText& field : Fields(record_)) {
      const std::vector<const Mention*> mentions = In(field);
      const std::vector<const Rejection*> rejections = RejectedIn(field);
      if (field.field == "keyword" && mentions.empty() && rejections.empty()) continue;
      out += fmt::format("{}{}{}\n{}\n", colour ? "\x1b[1m" : "", field.heading, colour ? "\x1b[0m" : "",
                         Marked(field, mentions, colour));
      for (const Mention* m : mentions)
        out += fmt::format("  + {} \"{}\" [{}-{}] {} in {} by {}\n", NameOf(m->concept_index), m->text, m->start,
                           m->end, AssertionName(m->assertion), SectionRoleName(m->role), RuleName(m->rule_index));
      for (const Mention& cue : tagged_.cues)
        if (cue.field == field.field && cue.position == field.position)
          out += fmt::format("  ~ {} \"{}\" [{}-{}]\n", NameOf(cue.concept_index), cue.text, cue.start, cue.end);
      for (const Rejection* r : rejections)
        out += fmt::format("  - {} \"{}\" [{}-{}] refused: {}\n", NameOf(r->concept_index), r->text, r->start, r->end,
                           r->reason);
      out += "\n";
    }
    out += "INDEX EVIDENCE\n";
    for (const Mention& m : tagged_.mentions)
      if (m.rule_index == kNoRule)
        out += fmt::format("  + {} by {} {} \"{}\"{}\n", NameOf(m.concept_index), m.field, m.ui, m.text,
                           m.major ? " (major)" : "");
    out += "\nTAGS\n";
    for (const Tag& tag : tagged_.tags)
      out += fmt::format("  {}: {} mentions{}{}{}{}{}\n", NameOf(tag.concept_index), tag.mention_count,
                         tag.in_title ? ", in the title" : "", tag.from_text ? ", text" : "",
                         tag.from_index ? ", index" : "", tag.implied ? ", implied by a narrower concept" : "",
                         tag.assertion == Assertion::kPresent ? "" : fmt::format(", {}", AssertionName(tag.assertion)));
    return out;
  }

  [[nodiscard]] nlohmann::ordered_json AsJson() const {
    nlohmann::ordered_json json{
        {"source", record_.source}, {"source_id", record_.source_id}, {"title", record_.title.text}};
    json["mentions"] = nlohmann::ordered_json::array();
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
                                  {"section", SectionRoleName(m.role)},
                                  {"assertion", AssertionName(m.assertion)},
                                  {"rule", RuleName(m.rule_index)}});
    json["cues"] = nlohmann::ordered_json::array();
    for (const Mention& m : tagged_.cues)
      json["cues"].push_back({{"cue", NameOf(m.concept_index)},
                              {"field", m.field},
                              {"position", m.position},
                              {"start", m.start},
                              {"end", m.end},
                              {"text", m.text}});
    json["rejections"] = nlohmann::ordered_json::array();
    for (const Rejection& r : tagged_.rejections)
      json["rejections"].push_back({{"concept", NameOf(r.concept_index)},
                                    {"field", r.field},
                                    {"position", r.position},
                                    {"start", r.start},
                                    {"end", r.end},
                                    {"text", r.text},
                                    {"rule", RuleName(r.rule_index)},
                                    {"reason", r.reason}});
    json["tags"] = nlohmann::ordered_json::array();
    for (const Tag& tag : tagged_.tags)
      json["tags"].push_back({{"concept", NameOf(tag.concept_index)},
                              {"mentions", tag.mention_count},
                              {"in_title", tag.in_title},
                              {"from_text", tag.from_text},
                              {"from_index", tag.from_index},
                              {"major", tag.major},
                              {"implied", tag.implied},
                              {"assertion", AssertionName(tag.assertion)}});
    return json;
  }

 private:
  [[nodiscard]] std::string NameOf(std::uint32_t index) const {
    return rules_.concepts[index].facet + ":" + rules_.concepts[index].id;
  }
  [[nodiscard]] std::string RuleName(std::uint32_t index) const { return index == kNoRule ? "" : flat_[index]->name; }

  [[nodiscard]] std::vector<const Mention*> In(const FieldText& field) const {
    std::vector<const Mention*> found;
    for (const Mention& m : tagged_.mentions)
      if (m.rule_index != kNoRule && m.field == field.field && m.position == field.position) found.push_back(&m);
    return found;
  }
  [[nodiscard]] std::vector<const Rejection*> RejectedIn(const FieldText& field) const {
    std::vector<const Rejection*> found;
    for (const Rejection& r : tagged_.rejections)
      if (r.field == field.field && r.position == field.position) found.push_back(&r);
    return found;
  }

  /// The text with its mentions in colour, or in [[ ]] where there is none. Overlapping mentions are marked as one.
  static std::string Marked(const FieldText& field, const std::vector<const Mention*>& mentions, bool colour) {
    std::vector<std::pair<std::size_t, std::size_t>> spans;
    for (const Mention* m : mentions) spans.emplace_back(m->start, m->end);
    std::sort(spans.begin(), spans.end());
    std::string out;
    std::size_t at = 0;
    for (std::size_t i = 0; i < spans.size();) {
      auto [start, end] = spans[i];
      for (++i; i < spans.size() && spans[i].first < end; ++i) end = std::max(end, spans[i].second);
      out += field.text.substr(at, start - at);
      out += colour ? "\x1b[32m" : "[[";
      out += field.text.substr(start, end - start);
      out += colour ? "\x1b[0m" : "]]";
      at = end;
    }
    return out + std::string(field.text.substr(at));
  }

  const RuleSet& rules_;
  std::vector<const Rule*> flat_;
  const Record& record_;
  const TaggedRecord& tagged_;
};

Result<void> Explain(Session& session, const TagOptions& options) {
  LITMILL_TRY(const Config config, LoadConfig(session.files, session.common.config));
  LITMILL_TRY(const auto tagger, CompileRules(session.files, config.rules));
  LITMILL_TRY(const auto corpus, session.OpenForReading());
  LITMILL_TRY(const std::int64_t record_id, corpus->FindRecord(options.explain));
  LITMILL_TRY(const store::StoredRecord stored, corpus->LoadRecord(record_id));
  LITMILL_TRY(const TaggedRecord tagged, tagger->TagRecord(stored.record, true));
  const Explanation explanation(tagger->rule_set(), stored.record, tagged);
  if (session.common.format == OutputFormat::kJson)
    fmt::print("{}\n", explanation.AsJson().dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  else
    fmt::print("{}", explanation.AsText(isatty(STDOUT_FILENO) == 1));
  return {};
}

}  // namespace

int TagCommand(const CommonOptions& common, const TagOptions& options) {
  Session session(common);
  const auto done = Explain(session, options);
  return done ? kExitOk : session.FailWith(done.error());
}

}  // namespace litmill::app
