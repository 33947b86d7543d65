// SPDX-License-Identifier: Apache-2.0
// Titles, pages, volumes and journals as de-duplication compares them. All examples are synthetic.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "store/dedupe_evidence.h"
#include "store/dedupe_form.h"
#include "store/dedupe_title.h"

namespace litmill::testing {
namespace {

using store::TitleMatch;

struct TitlePair {
  const char *first, *second;
  TitleMatch match;
  bool conflicts;
};

TEST(DedupeTitle, TitlesAreComparedAsPeopleReadThem) {
  const std::vector<TitlePair> pairs = {
      {"", "Magnesium and migraine", TitleMatch::kUnknown, false},
      {"", "", TitleMatch::kUnknown, false},
      {"...", "---", TitleMatch::kUnknown, false},
      {"Magnesium and migraine in adults.", "MAGNESIUM AND MIGRAINE IN ADULTS", TitleMatch::kSame, false},
      {"Mg<sup>2+</sup> uptake in cells", "Mg\xC2\xB2\xE2\x81\xBA uptake in cells", TitleMatch::kSame, false},
      {"TNF-\xCE\xB1 in bone", "TNF-alpha in bone", TitleMatch::kSame, false},
      {"Non-small cell tumours of the lung", "Nonsmall cell tumours of the lung", TitleMatch::kSame, false},
      {"Oesophageal tumours: a randomised trial", "Esophageal tumors: a randomized trial", TitleMatch::kSame, false},
      {"Women's health after birth", "Women\xE2\x80\x99s health after birth", TitleMatch::kSame, false},
      {"RETRACTED: Sleep and magnesium", "Sleep and magnesium", TitleMatch::kSame, false},
      {"[Sleep and magnesium in old age]", "Sleep and magnesium in old age", TitleMatch::kSame, false},
      {"Sleep and magnesium [Erratum appears in J Synth 2001;3(4):5 [corrected]]", "Sleep and magnesium",
       TitleMatch::kSame, false},
      {"Anaerobic pulmonary infektion of the lung", "Anaerobic pulmonary infection of the lung", TitleMatch::kNear,
       false},
      {"A phase II study of zinc: part two", "A phase 2 study of zinc: part II", TitleMatch::kSame, false},
      {"Nonimmune adults in a double-blind trial", "Non-immune adults in a double-blinded trial", TitleMatch::kNear,
       false},
      {"Effects of sitagliptin on the ageing heart", "Effects of linagliptin on the ageing heart", TitleMatch::kOverlap,
       false},
      {"Prednisone in giant cell arteritis", "Prednisolone in giant cell arteritis", TitleMatch::kOverlap, false},
      {"Vitamin D and the risk of falls", "Vitamin E and the risk of falls", TitleMatch::kOverlap, true},
      {"Sleep and magnesium in shift workers", "Sleep and magnesium in shift workers: rationale and methods",
       TitleMatch::kContained, false},
      {"Treatment of acute migraine: part I", "Treatment of acute migraine: part II", TitleMatch::kOverlap, true},
      {"Heart statistics 2019 update", "Heart statistics 2020 update", TitleMatch::kOverlap, true},
      {"Effect of 100 mg magnesium on sleep", "Effect of 400 mg magnesium on sleep", TitleMatch::kOverlap, true},
      {"Magnesium in women with migraine", "Magnesium in men with migraine", TitleMatch::kOverlap, true},
      {"Hypertension in pregnancy and magnesium", "Hypotension in pregnancy and magnesium", TitleMatch::kOverlap,
       false},
      {"Рецензия на книгу", "Обзор литературы о сне", TitleMatch::kDifferent, false},
      {"Zinc and the common cold", "Deep learning for retinal images", TitleMatch::kDifferent, false},
  };
  for (const TitlePair& pair : pairs) {
    const std::string a = store::FoldTitle(pair.first).words, b = store::FoldTitle(pair.second).words;
    const auto there = store::CompareTitles(a, b), back = store::CompareTitles(b, a);
    EXPECT_EQ(there.match, pair.match) << pair.first << " | " << pair.second << " score " << there.score;
    EXPECT_EQ(there.conflicts, pair.conflicts) << pair.first << " | " << pair.second;
    EXPECT_EQ(there.match, back.match) << pair.first << " | " << pair.second;
    EXPECT_EQ(there.conflicts, back.conflicts) << pair.first << " | " << pair.second;
  }
}

TEST(DedupeTitle, TheFrontOfATitleSaysWhatItIs) {
  using store::TitleKind;
  const auto kind = [](const char* title) { return store::FoldTitle(title).kind; };
  EXPECT_EQ(kind("Erratum to: Sleep and magnesium"), TitleKind::kNotice);
  EXPECT_EQ(kind("Retraction: Sleep and magnesium"), TitleKind::kNotice);
  EXPECT_EQ(kind("Retraction of the eyelid in young dogs"), TitleKind::kPlain);
  EXPECT_EQ(kind("Correction of hyponatraemia in the ward"), TitleKind::kPlain);
  EXPECT_EQ(kind("Reply to Sleep and magnesium"), TitleKind::kReply);
  EXPECT_EQ(kind("Response of bone to magnesium"), TitleKind::kPlain);
  EXPECT_TRUE(store::FoldTitle("Magnesium for sleep: study protocol for a trial").is_protocol);
  EXPECT_FALSE(store::FoldTitle("A rapid infusion protocol in the ward").is_protocol);
}

TEST(DedupeTitle, EditDistanceIsThatOfTheWholeTable) {
  const auto naive = [](const std::string& a, const std::string& b) {
    std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
      for (std::size_t j = 0; j <= b.size(); ++j)
        table[i][j] = i == 0   ? j
                      : j == 0 ? i
                               : std::min({table[i - 1][j] + 1, table[i][j - 1] + 1,
                                           table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
    return table[a.size()][b.size()];
  };
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string words[2];
    for (std::string& word : words)
      for (std::size_t i = 0, n = random() % (round % 10 == 0 ? 90 : 9); i < n; ++i)
        word += static_cast<char>('a' + random() % 3);
    const std::size_t expected = naive(words[0], words[1]);
    for (const std::size_t limit : {0U, 1U, 2U, 5U, 100U})
      EXPECT_EQ(store::EditDistance(words[0], words[1], limit), std::min<std::size_t>(expected, limit + 1))
          << words[0] << ' ' << words[1] << ' ' << limit;
  }
}

TEST(DedupeForm, PagesAreReadInAllTheirWritings) {
  const std::vector<std::tuple<const char*, const char*, std::uint64_t, std::uint64_t>> rows = {
      {"123-34", "", 123, 134},
      {"123-134", "", 123, 134},
      {"123\xE2\x80\x93"
       "34",
       "", 123, 134},
      {"pp. 12--19", "", 12, 19},
      {"S5-9", "s", 5, 9},
      {"2S5-2S9", "", 2, 0},
      {"e0187376", "e", 187376, 0},
      {"Cd002273", "cd", 2273, 0},
      {"617-20; discussion 620-1", "", 617, 620},
      {"S385S-389", "s", 385, 389},
      {"35+", "", 35, 0}};
  for (const auto& [text, prefix, start, end] : rows) {
    store::TextArena arena;
    const store::PagesForm pages = store::ParsePages(text, arena);
    EXPECT_TRUE(pages.is_known) << text;
    EXPECT_EQ(pages.prefix, prefix) << text;
    EXPECT_EQ(pages.start, start) << text;
    EXPECT_TRUE(end == 0 || pages.end == end) << text;
  }
  for (const char* text : {"", "n/a", "01-Aug", "Mar-21", "(no pagination)", "-"}) {
    store::TextArena arena;
    EXPECT_FALSE(store::ParsePages(text, arena).is_known) << text;
  }
}

TEST(DedupeForm, VolumesLoseTheirSupplements) {
  EXPECT_EQ(store::FoldVolume("38 (Supplement 1)"), "38");
  EXPECT_EQ(store::FoldVolume("Vol. 7"), "7");
  EXPECT_EQ(store::FoldVolume("007"), "7");
  EXPECT_EQ(store::FoldVolume("1)"), "");
  EXPECT_EQ(store::FoldVolume("NA"), "");
}

TEST(DedupeEvidence, JournalsAreKnownByAbbreviationsParallelTitlesAndAcronyms) {
  const auto same = [](const char* a, const char* b) {
    for (const std::string& first : store::FoldJournal(a))
      for (const std::string& second : store::FoldJournal(b))
        if (store::IsSameJournalName(first, second)) return true;
    return false;
  };
  for (const auto& [a, b] : std::vector<std::pair<const char*, const char*>>{
           {"N Engl J Med", "The New England Journal of Medicine"},
           {"Dtsch Arztebl Int", "Deutsches Arzteblatt International"},
           {"PLoS ONE", "PLoS ONE [Electronic Resource]"},
           {"Lung Cancer", "Lung cancer (Amsterdam, Netherlands)"},
           {"Heart. Conference: Synthetic Society Annual Meeting", "Heart"},
           {"J Clin Oncol", "Journal of clinical oncology : official journal of the Synthetic Society"},
           {"Proceedings of the 51st Annual Hawaii International Conference on System Sciences",
            "Hawaii International Conference on System Sciences"},
           {"ECIS", "European Conference on Information Systems"}})
    EXPECT_TRUE(same(a, b)) << a << " | " << b;
  for (const auto& [a, b] : std::vector<std::pair<const char*, const char*>>{
           {"Cancer", "Cancers"},
           {"Diabetes", "Diabetologia"},
           {"Cell", "Cell Reports"},
           {"Heart", "Heart Rhythm"},
           {"Journal of Digital Studies", "Workshop of Digital Studies"},
           {"European Conference on Information Systems", "Americas Conference on Information Systems"},
           {"American Heart Journal", "European Heart Journal"}})
    EXPECT_FALSE(same(a, b)) << a << " | " << b;
}

}  // namespace
}  // namespace litmill::testing
