// SPDX-License-Identifier: Apache-2.0
// Outcomes against spans that people marked in abstracts of trials ($LITMILL_GOLD/evidence-outcomes).
//
// Touched: a mention of facet outcome overlaps the span. Precision: of our mentions in sentences of RESULTS and
// CONCLUSIONS, those that overlap a marked span (the markers left out what is only listed or was measured at the start,
// so that some of what counts as wrong here is an outcome all the same).
//
// Trials measure more than any vocabulary names, so recall is asked only of spans that belong to ours. A span belongs
// when it holds a content word of an outcome concept's LABEL: the words of all labels, lower-cased, without plural s,
// without the words of `kNoContent`. Patterns take no part in that: "pain freedom" belongs because there is a concept
// "Pain", whether or not a pattern finds it. The share of all spans is printed beside it.
#include <algorithm>
#include <cctype>
#include <iostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/real_data.h"
#include "tests/tag/brat.h"
#include "tests/tag/shipped_rules.h"
#include "tests/tag/tag_test_support.h"

namespace litmill::tag::testing {
namespace {

using litmill::testing::GoldFolder;

/// Words of labels that say how something is measured or what is done with it, not what it is.
constexpr std::string_view kNoContent =
    " and or of in the to as an a not with that go further said for from is on at by any all other one two rate score "
    "scale "
    "level time number days day test index measure marker status outcome change value use total risk system free point "
    "frequency severity duration response control function activity condition people treatment disease objective "
    "health general clinical physical development procedure intake quality serum plasma tissue calcium iron ";

std::vector<std::string> ContentWords(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  const auto flush = [&words, &word] {
    if (word.size() > 3 && word.back() == 's') word.pop_back();
    if (word.size() > 2 && kNoContent.find(" " + word + " ") == std::string_view::npos) words.push_back(word);
    word.clear();
  };
  for (const char c : text) {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80)
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else
      flush();
  }
  flush();
  return words;
}

struct Figures {
  int spans = 0, touched = 0, belonging = 0, belonging_touched = 0, mentions = 0, right = 0;
};

bool Overlaps(const BratSpan& span, std::size_t start, std::size_t end) { return start < span.end && end > span.start; }

void Score(const BratDocument& document, const std::vector<Mention>& outcomes, const std::set<std::string>& our_words,
           Figures& figures) {
  const auto marks = [&document](const Mention& mention, const BratSpan& span) {
    const std::size_t start = document.StartOf(mention);
    return span.kind == "Outcome" && Overlaps(span, start, start + mention.end - mention.start);
  };
  for (const BratSpan& span : document.spans) {
    if (span.kind != "Outcome") continue;
    const bool touched = std::any_of(outcomes.begin(), outcomes.end(),
                                     [&marks, &span](const Mention& mention) { return marks(mention, span); });
    const std::vector<std::string> words = ContentWords(span.text);
    const bool belongs = std::any_of(words.begin(), words.end(),
                                     [&our_words](const std::string& word) { return our_words.count(word) != 0; });
    ++figures.spans;
    figures.touched += touched ? 1 : 0;
    figures.belonging += belongs ? 1 : 0;
    figures.belonging_touched += belongs && touched ? 1 : 0;
  }
  for (const Mention& mention : outcomes) {
    if (mention.role != SectionRole::kResults && mention.role != SectionRole::kConclusions) continue;
    ++figures.mentions;
    figures.right += std::any_of(document.spans.begin(), document.spans.end(),
                                 [&marks, &mention](const BratSpan& span) { return marks(mention, span); })
                         ? 1
                         : 0;
  }
}

double Share(int part, int whole) { return whole == 0 ? 0 : static_cast<double>(part) / whole; }

TEST(Gold, OutcomesOfTrials) {
  LITMILL_NEEDS(GoldFolder());
  const Tagger* tagger = ShippedTagger();
  ASSERT_NE(tagger, nullptr);
  const RuleSet& rules = tagger->rule_set();
  std::set<std::string> our_words;
  for (const Concept& c : rules.concepts) {
    if (c.facet != "outcome") continue;
    const std::vector<std::string> words = ContentWords(c.label);
    our_words.insert(words.begin(), words.end());
  }
  Figures figures;
  for (const BratDocument& document : ReadBratFolder(GoldFolder() + "/evidence-outcomes")) {
    std::vector<Mention> outcomes;
    for (const Mention& mention : TagOrFail(*tagger, document.record).mentions)
      if (rules.concepts[mention.concept_index].facet == "outcome") outcomes.push_back(mention);
    Score(document, outcomes, our_words, figures);
  }
  std::cout << fmt::format(
      "evidence-outcomes: of {} spans {} belong to the vocabulary, {} of these touched ({:.3f}); {} of all ({:.3f}); "
      "{} mentions in results and conclusions, {} on a span ({:.3f})\n",
      figures.spans, figures.belonging, figures.belonging_touched, Share(figures.belonging_touched, figures.belonging),
      figures.touched, Share(figures.touched, figures.spans), figures.mentions, figures.right,
      Share(figures.right, figures.mentions));
  EXPECT_GT(figures.spans, 3000);
  EXPECT_GE(Share(figures.belonging_touched, figures.belonging), 0.70);
  EXPECT_GE(Share(figures.touched, figures.spans), 0.56);
  EXPECT_GE(Share(figures.right, figures.mentions), 0.82);
}

}  // namespace
}  // namespace litmill::tag::testing
