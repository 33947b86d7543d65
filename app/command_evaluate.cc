// SPDX-License-Identifier: Apache-2.0
// litmill evaluate: how well the rules do on labelled sets.
#include <algorithm>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/exit_codes.h"
#include "app/gold_direction.h"
#include "app/gold_report.h"
#include "app/gold_score.h"
#include "app/gold_sets.h"
#include "app/session.h"

namespace litmill::app {
namespace {

struct Evaluation {
  std::vector<GoldMeasure> measures;
  std::vector<std::string> problems;  ///< Lines that could not be read.
};

bool HasSpan(const GoldTextSet& set, bool (*is_wanted)(const GoldSpan&)) {
  for (const GoldDocument& document : set.documents.documents)
    if (std::any_of(document.spans.begin(), document.spans.end(), is_wanted)) return true;
  return false;
}

bool HasIdentifiers(const GoldTextSet& set) {
  return HasSpan(set, [](const GoldSpan& span) { return !span.ids.empty(); });
}

/// Every measure that the set's labels allow.
Result<void> Measure(const tag::Tagger& tagger, const GoldTextSet& set, const std::string& facet,
                     std::vector<GoldMeasure>& measures) {
  if (HasIdentifiers(set)) {
    LITMILL_TRY(GoldMeasure concepts, ScoreConcepts(tagger, set, facet));
    measures.push_back(std::move(concepts));
  }
  if (HasSpan(set, [](const GoldSpan& span) { return span.type == "total-participants"; })) {
    LITMILL_TRY(GoldMeasure sizes, ScoreSampleSize(tagger, set));
    measures.push_back(std::move(sizes));
  }
  if (HasSpan(set, [](const GoldSpan& span) { return IsOutcomeSpan(span); })) {
    LITMILL_TRY(std::vector<GoldMeasure> outcomes, ScoreOutcomes(tagger, set));
    std::move(outcomes.begin(), outcomes.end(), std::back_inserter(measures));
  }
  if (!set.tables.traps.empty()) {
    LITMILL_TRY(GoldMeasure traps, ScoreTraps(tagger, set));
    measures.push_back(std::move(traps));
  }
  if (!set.tables.directions.empty()) measures.push_back(ScoreDirections(set, DirectionByTagger));
  if (!set.tables.questions.empty()) measures.push_back(ScoreQuestions(set, DirectionByTagger));
  if (!set.tables.studies.empty()) {
    LITMILL_TRY(GoldMeasure studies, ScoreStudies(tagger, set));
    measures.push_back(std::move(studies));
  }
  return {};
}

/// All sets of labelled concepts as one, where there are several.
void AddTogether(const std::string& facet, std::vector<GoldMeasure>& measures) {
  GoldMeasure all;
  std::size_t sets = 0;
  for (const GoldMeasure& measure : measures) {
    if (measure.what != ConceptMeasureName(facet)) continue;
    ++sets;
    all.set += (all.set.empty() ? "" : " + ") + measure.set;
    all.what = measure.what;
    all.how = measure.how;
    all.items += measure.items;
    for (const auto& [name, counts] : measure.rows) all.rows[name].Add(counts);
  }
  if (sets < 2) return;
  AddConceptFigures(all);
  measures.push_back(std::move(all));
}

Result<std::vector<GoldTextSet>> ReadDocuments(Session& session, const std::vector<std::string>& paths,
                                               Evaluation& evaluation) {
  std::vector<GoldTextSet> sets;
  for (const std::string& path : paths) {
    LITMILL_TRY(GoldCollection gold, ReadGold(session.files, path));
    const std::vector<std::string> problems = gold.Problems();
    evaluation.problems.insert(evaluation.problems.end(), problems.begin(), problems.end());
    std::size_t documents = 0;
    for (GoldTextSet& set : gold.sets) {
      documents += set.documents.documents.size();
      if (!set.documents.documents.empty()) sets.push_back(std::move(set));
    }
    if (documents == 0)
      return Fail(ErrorCode::kInvalidInput,
                  fmt::format("{} holds no documents in PubTator's or brat's format (.txt with .ann)", path));
  }
  return sets;
}

Result<void> MeasureGold(Session& session, const tag::Tagger& tagger, const EvaluateOptions& options,
                         Evaluation& evaluation) {
  LITMILL_TRY(const GoldCollection gold, ReadGold(session.files, options.gold, options.part));
  evaluation.problems = gold.Problems();
  if (!gold.passed_over.empty())
    session.console.Log(LogLevel::kInfo,
                        fmt::format("files in no format that is known, passed over: {} ({}{})", gold.passed_over.size(),
                                    gold.passed_over.front(), gold.passed_over.size() > 1 ? ", ..." : ""));
  for (const GoldTextSet& set : gold.sets) {
    const std::size_t before = evaluation.measures.size();
    LITMILL_CHECK(Measure(tagger, set, options.facet, evaluation.measures));
    for (std::size_t i = before; i < evaluation.measures.size(); ++i) evaluation.measures[i].files = set.files;
    if (evaluation.measures.size() == before)
      session.console.Log(LogLevel::kWarning, fmt::format("{} has no labels that can be scored", set.name));
  }
  if (evaluation.measures.empty())
    return Fail(ErrorCode::kInvalidInput,
                fmt::format("there is no labelled set{} in {}; `litmill evaluate --help` names the formats",
                            options.part.empty() ? "" : " with " + options.part + " in its path", options.gold));
  AddTogether(options.facet, evaluation.measures);
  return {};
}

/// Labels that a folder may well lack are named, so that nobody thinks that they were counted.
void NameMissing(Session& session, const std::vector<GoldMeasure>& measures, const std::string& facet) {
  std::string missing;
  for (const std::string& what :
       {std::string("traps"), ConceptMeasureName(facet), std::string("direction"), std::string("sample size"),
        std::string("outcome spans"), std::string("randomised trials")}) {
    if (std::none_of(measures.begin(), measures.end(), [&](const GoldMeasure& m) { return m.what == what; }))
      missing += (missing.empty() ? "" : ", ") + what;
  }
  if (!missing.empty())
    session.console.Log(LogLevel::kInfo, fmt::format("not measured, for want of labels: {}", missing));
}

Result<Evaluation> Evaluate(Session& session, const EvaluateOptions& options) {
  if (options.gold.empty() && options.trials.empty())
    return Fail(ErrorCode::kConfig, "name a labelled set, or --trials with documents that are all trials");
  if (options.trials.empty() && !options.no_trials.empty())
    return Fail(ErrorCode::kConfig, "--no-trials measures nothing without --trials");
  LITMILL_TRY(const auto tagger, session.CompileRulesOf(options.rules));
  Evaluation evaluation;
  if (!options.gold.empty()) LITMILL_CHECK(MeasureGold(session, *tagger, options, evaluation));
  if (!options.trials.empty()) {
    LITMILL_TRY(const auto trials, ReadDocuments(session, options.trials, evaluation));
    LITMILL_TRY(const auto others, ReadDocuments(session, options.no_trials, evaluation));
    LITMILL_TRY(GoldMeasure measure, ScoreTrials(*tagger, trials, others));
    evaluation.measures.push_back(std::move(measure));
  }
  for (const std::string& problem : evaluation.problems) session.console.Log(LogLevel::kWarning, problem);
  NameMissing(session, evaluation.measures, options.facet);
  const RuleSet& rules = tagger->rule_set();
  if (!options.markdown.empty()) {
    LITMILL_CHECK(session.files.WriteAtomically(options.markdown, MeasuresAsMarkdown(evaluation.measures, rules)));
  } else if (session.common.format == OutputFormat::kJson) {
    nlohmann::ordered_json json = MeasuresAsJson(evaluation.measures, rules);
    json["problems"] = evaluation.problems;
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  } else {
    fmt::print("{}", MeasuresAsText(evaluation.measures, options.errors));
  }
  return evaluation;
}

}  // namespace

int EvaluateCommand(const CommonOptions& common, const EvaluateOptions& options) {
  Session session(common);
  const auto evaluation = Evaluate(session, options);
  if (!evaluation) return session.FailWith(evaluation.error());
  return evaluation->problems.empty() ? kExitOk : kExitPartial;
}

}  // namespace litmill::app
