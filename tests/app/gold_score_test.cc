// SPDX-License-Identifier: Apache-2.0
// Every score counted by hand on small sets, and the shipped rules on the real ones.
#include "app/gold_score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "app/gold_report.h"
#include "tests/support/matchers.h"
#include "tests/tag/tag_test_support.h"

namespace litmill::testing {
namespace {

using app::GoldCounts;
using app::GoldDocument;
using app::GoldMeasure;
using app::GoldSpan;
using app::GoldTextSet;
using tag::testing::RuleSetBuilder;
using ::testing::SizeIs;

double Figure(const GoldMeasure& measure, const std::string& name) {
  for (const app::GoldFigure& figure : measure.figures)
    if (figure.name == name) return figure.value;
  ADD_FAILURE() << name;
  return -1;
}

GoldDocument Document(const std::string& id, const std::string& text, std::vector<GoldSpan> spans,
                      const std::string& label = "") {
  GoldDocument document;
  document.id = id;
  document.record.abstract_sections.push_back({label, label, {text, ""}});
  document.pieces.push_back({"abstract", 0, 0});
  document.spans = std::move(spans);
  for (GoldSpan& span : document.spans) {
    span.start = text.find(span.text);
    span.end = span.start + span.text.size();
  }
  return document;
}

GoldSpan Span(const std::string& type, const std::string& text, std::vector<std::string> ids = {}) {
  return {type, 0, 0, text, std::move(ids)};
}

TEST(GoldCounts, FiguresAreDefinedForNothing) {
  GoldCounts counts;
  EXPECT_EQ(counts.Precision(), 0);
  EXPECT_EQ(counts.Recall(), 0);
  EXPECT_EQ(counts.F1(), 0);
  counts.Count(true, true);
  counts.Count(true, false);
  counts.Count(false, true);
  counts.Count(false, true);
  counts.Count(false, false);
  EXPECT_DOUBLE_EQ(counts.Precision(), 1.0 / 3);
  EXPECT_DOUBLE_EQ(counts.Recall(), 0.5);
  EXPECT_DOUBLE_EQ(counts.F1(), 0.4);
}

TEST(GoldScore, AConceptIsGoldByItsOwnIdentifierOrOneBelowIt) {
  RuleSetBuilder builder;
  builder.Simple("condition", "pain", "pain").Simple("condition", "gout", "gout", {"pain"});
  builder.Simple("condition", "unindexed", "rash").Simple("form", "salt", "salt");
  RuleSet rules = builder.Build();
  rules.concepts[0].mesh = {"D000001"};
  rules.concepts[1].mesh = {"D000002"};
  rules.concepts[3].mesh = {"D000003"};
  auto tagger = tag::Tagger::Compile(rules);
  ASSERT_THAT(tagger, IsOk());
  GoldTextSet set;
  set.name = "toy";
  set.documents.documents = {Document("1", "Gout and rash and salt.", {Span("Disease", "Gout", {"D000002"})}),
                             Document("2", "Podagra.", {Span("Disease", "Podagra", {"D000002"})}),
                             Document("3", "Painful pain.", {Span("Disease", "Painful", {"D999999"})})};
  const auto measure = app::ScoreConcepts(**tagger, set, "condition");
  ASSERT_THAT(measure, IsOk());
  EXPECT_EQ(measure->items, 3U);
  ASSERT_THAT(measure->rows, SizeIs(2)) << "a concept without identifier cannot be scored, another facet is not asked";
  EXPECT_EQ(measure->rows.at("condition:gout").true_positives, 1U);
  EXPECT_EQ(measure->rows.at("condition:gout").false_negatives, 1U);
  EXPECT_EQ(measure->rows.at("condition:pain").true_positives, 1U) << "through its child on both sides";
  EXPECT_EQ(measure->rows.at("condition:pain").false_negatives, 1U);
  EXPECT_EQ(measure->rows.at("condition:pain").false_positives, 1U);
  EXPECT_DOUBLE_EQ(Figure(*measure, "micro F1"), 4.0 / 7);
  ASSERT_THAT(measure->errors, SizeIs(3));
  EXPECT_EQ(measure->errors[0].name, "condition:pain") << "most errors first";
}

TEST(GoldScore, ATrapsSectionBecomesItsPartOfARecord) {
  RuleSetBuilder builder;
  builder.Simple("design", "review", "narrative");
  RuleSet rules = builder.Build();
  rules.concepts[0].label = "Review";
  rules.concepts[0].publication_types = {"D016454"};
  const auto record = [&rules](const std::string& section, const std::string& note = "") {
    return app::RecordOfTrap({"X1", "g", section, "Review", note, {}, {}}, rules);
  };
  EXPECT_EQ(record("TITLE").record.title.text, "Review");
  EXPECT_EQ(record("METHODS").record.abstract_sections.at(0).nlm_category, "METHODS");
  EXPECT_EQ(record("KEYWORD").record.keywords.at(0).text.text, "Review");
  EXPECT_EQ(record("COPYRIGHT").record.copyright, "Review");
  EXPECT_EQ(record("MESH", "D000007").record.mesh_headings.at(0).ui, "D000007") << "the note knows";
  EXPECT_EQ(record("CHEMICAL", "C000007").record.chemicals.at(0).ui, "C000007");
  EXPECT_EQ(record("PUBTYPE").record.publication_types.at(0).ui, "D016454") << "the rules know";
  EXPECT_TRUE(record("PUBTYPE").ui_is_known);
  EXPECT_FALSE(record("MESH", "a remark").ui_is_known);
}

TEST(GoldScore, TheSampleSizeIsOneOfTheLabelledTotals) {
  const auto tagger = RuleSetBuilder().Simple("condition", "gout", "gout").Compile();
  GoldTextSet set;
  set.documents.documents = {Document("1", "Nobody came.", {Span("total-participants", "Nobody")}),
                             Document("2", "There was no one else.", {Span("other", "one")}),
                             Document("3", "Some came, sixty of them.", {Span("total-participants", "sixty")})};
  const auto measure = app::ScoreSampleSize(*tagger, set);
  ASSERT_THAT(measure, IsOk());
  EXPECT_EQ(measure->items, 1U) << "a label without a number cannot be scored";
}

TEST(GoldScore, AnOutcomeSpanBelongsByTheWordsOfALabel) {
  RuleSetBuilder builder;
  builder.Add("outcome", "a").label = "Pain score";
  builder.Add("outcome", "b").label = "Quality of life";
  builder.Add("outcome", "c").label = "Visual analogue scale (VAS)";
  builder.Add("outcome", "d").label = "Score";
  builder.Add("condition", "e").label = "Gout";
  const app::OutcomeWords words(builder.Build());
  EXPECT_EQ(words.ConceptOf("pain at rest"), "outcome:a");
  EXPECT_EQ(words.ConceptOf("Pains"), "outcome:a");
  EXPECT_EQ(words.ConceptOf("health-related quality of life"), "outcome:b");
  EXPECT_EQ(words.ConceptOf("quality"), "");
  EXPECT_EQ(words.ConceptOf("VAS at week 4"), "outcome:c");
  EXPECT_EQ(words.ConceptOf("pain by a visual analogue"), "outcome:a") << "all of its words, not two of three";
  EXPECT_EQ(words.ConceptOf("gout score"), "") << "a generic label owns nothing, another facet neither";
}

TEST(GoldScore, OutcomeSpansAreTouchedAndMentionsLieOnThem) {
  RuleSetBuilder builder;
  builder.Simple("outcome", "pain", "pain|ache").Simple("outcome", "sleep", "slept");
  RuleSet rules = builder.Build();
  rules.concepts[0].label = "Pain";
  rules.concepts[1].label = "Sleep";
  auto tagger = tag::Tagger::Compile(rules);
  ASSERT_THAT(tagger, IsOk());
  GoldTextSet set;
  set.documents.documents = {
      Document("1", "Joint pain fell, sleep rose, death did not, they slept.",
               {Span("Outcome", "Joint pain"), Span("Outcome", "sleep"), Span("Outcome", "death")}, "RESULTS"),
      Document("2", "The pain was known.", {Span("Outcome", "known")}, "BACKGROUND"),
      Document("3", "pain pain", {Span("Method", "pain")}, "RESULTS")};
  const auto measures = app::ScoreOutcomes(**tagger, set);
  ASSERT_THAT(measures, IsOk());
  const GoldMeasure& spans = measures->at(0);
  EXPECT_EQ(spans.items, 2U) << "a document without labelled outcomes cannot be scored";
  EXPECT_EQ(Figure(spans, "spans"), 4);
  EXPECT_EQ(Figure(spans, "spans that belong"), 2);
  EXPECT_DOUBLE_EQ(Figure(spans, "share of the belonging spans touched"), 0.5);
  EXPECT_DOUBLE_EQ(Figure(spans, "share of all spans touched"), 0.25);
  const GoldMeasure& mentions = measures->at(1);
  EXPECT_EQ(mentions.rows.at("outcome:pain").true_positives, 1U) << "the mention in BACKGROUND is not asked";
  EXPECT_EQ(mentions.rows.at("outcome:sleep").false_positives, 1U);
}

TEST(GoldScore, DirectionsAreCountedByLabel) {
  GoldTextSet set;
  for (const Movement label :
       {Movement::kIncreased, Movement::kIncreased, Movement::kDecreased, Movement::kNoDifference})
    set.tables.directions.push_back({"1", "a", "b", "c", "text", label});
  const GoldMeasure measure = app::ScoreDirections(set, [](const app::DirectionRow& row) {
    return row.label == Movement::kNoDifference ? Movement::kUnclear : Movement::kIncreased;
  });
  EXPECT_DOUBLE_EQ(Figure(measure, "accuracy"), 0.5);
  EXPECT_EQ(measure.confusion.at({"increased", "increased"}), 2U);
  EXPECT_EQ(measure.confusion.at({"no-difference", "unclear"}), 1U);
  EXPECT_DOUBLE_EQ(Figure(measure, "macro F1"), (0.8 + 0 + 0) / 3) << "no answer is an error, not a label of its own";
  EXPECT_THAT(measure.errors, SizeIs(2));
  const auto json = app::MeasuresAsJson({measure}, RuleSet())["measures"][0];
  EXPECT_EQ(json["items"], 4);
  EXPECT_EQ(json["item"], "rows");
  EXPECT_THAT(json["confusion"], SizeIs(3));
  EXPECT_THAT(json["errors"], SizeIs(2));
}

}  // namespace
}  // namespace litmill::testing
