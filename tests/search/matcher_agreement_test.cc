// SPDX-License-Identifier: Apache-2.0
// The matcher agrees with a naive evaluator on random strategies and random records.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "search/matcher.h"
#include "search/parser.h"
#include "search/to_pubmed.h"
#include "tests/search/naive_evaluator.h"
#include "tests/search/random_strategy.h"
#include "tests/support/matchers.h"

namespace litmill::search {
namespace {

using litmill::testing::IsOk;
using testing::NaiveMatches;
using testing::Parents;
using testing::RandomStrategy;

// A tree of our own making, synthetic: two headings stand at two places.
constexpr std::string_view kTree =
    "Elements;D01\nMetals;D01.100\nMagnesium;D01.100.200\nMetals, Light;D01.100.150\nMagnesium;D01.100.150.10\n"
    "Nervous System Diseases;C10\nHeadache Disorders;C10.100\nMigraine Disorders;C10.100.10\n"
    "Mental Disorders;F03\nMood Disorders;F03.100\nDepressive Disorder;F03.100.20\nMigraine Disorders;F03.900\n"
    "Clinical Trial;V03.10\nRandomized Controlled Trial;V03.10.20\n";
const Parents& TreeParents() {
  static const auto* const parents = new Parents{
      {"metals", {"elements"}},
      {"metals light", {"metals"}},
      {"magnesium", {"metals", "metals light"}},
      {"headache disorders", {"nervous system diseases"}},
      {"migraine disorders", {"headache disorders", "mental disorders"}},
      {"mood disorders", {"mental disorders"}},
      {"depressive disorder", {"mood disorders"}},
      {"randomized controlled trial", {"clinical trial"}},
  };
  return *parents;
}

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random(seed) {}

  std::string Text(std::size_t longest) {
    std::string text;
    const std::size_t count = random.Pick(longest + 1);
    for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : random.Of(joints)) + random.Of(words);
    return text;
  }

  Record MakeRecord() {
    Record record;
    record.source_id = "1";
    record.title.text = Text(8);
    const std::size_t sections = random.Pick(3);
    for (std::size_t i = 0; i < sections; ++i)
      record.abstract_sections.push_back({random.Chance(2) ? "METHODS" : "", "", {Text(15), ""}});
    if (random.Chance(5)) record.other_abstracts.push_back({"Publisher", "eng", {{"", "", {Text(6), ""}}}, ""});
    for (std::size_t i = random.Pick(3); i > 0; --i) record.keywords.push_back({"NOTNLM", false, {Text(2), ""}});
    if (random.Chance(5)) record.vernacular_title.text = Text(4);
    for (std::size_t i = random.Pick(3); i > 0; --i) {
      MeshHeading heading;
      heading.name = random.Of(headings);
      heading.descriptor_major = random.Chance(3);
      for (std::size_t q = random.Pick(3); q > 0; --q)
        heading.qualifiers.push_back({"", random.Of(qualifiers), random.Chance(3)});
      record.mesh_headings.push_back(heading);
    }
    for (std::size_t i = random.Pick(3); i > 0; --i) record.publication_types.push_back({"", random.Of(types)});
    if (random.Chance(3)) record.chemicals.push_back({"0", "", Text(2)});
    for (std::size_t i = random.Pick(3); i > 0; --i) {
      Author author;
      author.last_name = random.Of(surnames);
      author.initials = random.Of(initials);
      author.fore_name = "Jane";
      if (random.Chance(3)) author.affiliations.push_back({Text(4), {}});
      record.authors.push_back(author);
    }
    record.languages = {random.Of(languages)};
    record.journal.title = random.Of(journals);
    record.journal.medline_ta = "J Synth";
    for (const std::string kind : {"print", "electronic", "entrez", "pubmed", "medline", "revised", "completed"}) {
      if (random.Chance(2)) continue;
      RecordDate date;
      date.kind = kind;
      date.date = *DateFromIso(random.Of(dates));
      record.dates.push_back(date);
    }
    // The fallback for records without print and electronic date has a test of its own.
    if (record.Date("print") == nullptr && record.Date("electronic") == nullptr) {
      RecordDate date;
      date.kind = "print";
      date.date = *DateFromIso("1999");
      record.dates.push_back(date);
    }
    return record;
  }

  Node Leaf() {
    Node node;
    if (random.Chance(10)) {
      DateRange range;
      const std::vector<Field> fields{Field::kDatePublication, Field::kDatePrint,    Field::kDateElectronic,
                                      Field::kDateCreated,     Field::kDateEntry,    Field::kDateMesh,
                                      Field::kDateModified,    Field::kDateCompleted};
      range.field = random.Of(fields);
      range.from = {1998 + static_cast<int>(random.Pick(8)), static_cast<int>(random.Pick(13)), 0};
      range.to = {2004 + static_cast<int>(random.Pick(5)), static_cast<int>(random.Pick(13)), 0};
      if (range.to.month != 0) range.to.day = static_cast<int>(random.Pick(29));
      node.value = range;
      return node;
    }
    Term term;
    switch (random.Pick(8)) {
      case 0:
        term.text = random.Of(headings);
        term.field = random.Chance(3) ? Field::kMeshMajor : Field::kMesh;
        term.explode = !random.Chance(3);
        if (random.Chance(4)) term.subheading = random.Of(qualifiers);
        if (random.Chance(6)) term.text = term.text.substr(0, 5) + "*";
        break;
      case 1:
        term.text = random.Of(types);
        term.field = Field::kPublicationType;
        term.explode = !random.Chance(3);
        break;
      case 2:
        term.text = random.Of(surnames) + (random.Chance(3) ? "" : " " + random.Of(initials));
        term.field = Field::kAuthor;
        break;
      case 3:
        if (random.Chance(2)) {
          term.text = random.Chance(2) ? "english" : random.Of(languages);
          term.field = Field::kLanguage;
        } else {
          term.text = random.Chance(3) ? "j synth" : random.Of(journals);
          term.field = Field::kJournal;
        }
        break;
      default: {
        const std::vector<Field> fields{
            Field::kTitleAbstract, Field::kTitleAbstract,      Field::kTitle, Field::kAbstract,
            Field::kTextWord,      Field::kOtherTerm,          Field::kAll,   Field::kNone,
            Field::kAffiliation,   Field::kTransliteratedTitle};
        term.field = random.Of(fields);
        const std::size_t count = 1 + (random.Chance(2) ? random.Pick(3) : 0);
        for (std::size_t i = 0; i < count; ++i) term.text += (i == 0 ? "" : " ") + random.Of(words);
        if (random.Chance(4)) term.text = term.text.substr(0, term.text.size() / 2) + "*";
        if (random.Chance(3) && count > 1) term.proximity = static_cast<int>(random.Pick(4));
      }
    }
    // A word may have been cut in the middle of a character.
    while (!term.text.empty() &&
           static_cast<unsigned char>(term.text[term.text.size() >= 2 ? term.text.size() - 2 : 0]) >= 0x80)
      term.text = term.text.substr(0, term.text.size() - 2) + "*";
    if (term.text.empty()) term.text = "magnesium";
    term.quoted = random.Chance(2);
    node.value = term;
    return node;
  }

  Node Tree(int depth) {
    if (depth == 0 || random.Chance(4)) return Leaf();
    Operation operation;
    operation.op = random.Chance(2) ? Operator::kOr : random.Chance(2) ? Operator::kAnd : Operator::kNot;
    for (std::size_t i = 2 + random.Pick(3); i > 0; --i) operation.operands.push_back(Tree(depth - 1));
    Node node;
    node.value = std::move(operation);
    return node;
  }

  RandomStrategy random;
  // Few words, so that phrases and neighbours meet often. All synthetic.
  const std::vector<std::string> words{"magnesium",  "low",        "mood",    "of",      "migraine", "migraines",
                                       "Mg2+",       "17β",        "Ménière", "beta",    "blocker",  "beta-blocker",
                                       "depression", "depressive", "Mg",      "sleep's", "low-dose"};
  const std::vector<std::string> joints{" ", " ", " ", ", ", "-", "; ", ". ", " (", ") "};
  const std::vector<std::string> headings{
      "Magnesium",           "Metals",           "Metals, Light",   "Headache Disorders", "Migraine Disorders",
      "Depressive Disorder", "Mental Disorders", "Unlisted Heading"};
  const std::vector<std::string> qualifiers{"drug therapy", "blood", "administration & dosage"};
  const std::vector<std::string> types{"Journal Article", "Clinical Trial", "Randomized Controlled Trial", "Review"};
  const std::vector<std::string> surnames{"Smith", "Ménière", "van der Berg", "O'Neil"};
  const std::vector<std::string> initials{"J", "JA", "K"};
  const std::vector<std::string> languages{"eng", "fre", "ger"};
  const std::vector<std::string> journals{"Journal of Synthetic Trials", "Annals of Made-up Data"};
  const std::vector<std::string> dates{"1998", "2000", "2001-05", "2003-12-31", "2004-01-01", "2006-06", "2008-02-29"};
};

TEST(MatcherAgreement, WithTheNaiveEvaluatorOnTwentyThousandPairs) {
  constexpr std::uint64_t kSeed = 424242;
  Generator generator(kSeed);
  const Result<MeshTree> tree = MeshTree::Parse(kTree);
  ASSERT_THAT(tree, IsOk());
  const Parents none;
  int matched = 0;
  int pairs = 0;
  for (int r = 0; r < 1'000; ++r) {
    const Record record = generator.MakeRecord();
    const bool with_tree = generator.random.Chance(2);
    const SearchableRecord searchable(record, with_tree ? &*tree : nullptr);
    for (int s = 0; s < 20; ++s, ++pairs) {
      const Node query = generator.Tree(3);
      const Matcher matcher(query);
      const bool expected = NaiveMatches(query, record, with_tree ? TreeParents() : none);
      ASSERT_EQ(matcher.Matches(searchable), expected) << "seed " << kSeed << ", record " << r << ", strategy " << s
                                                       << ": " << ToPubMed(query) << "\ntitle: " << record.title.text;
      const Explanation explanation = matcher.Explain(searchable);
      ASSERT_EQ(explanation.matched, expected);
      ASSERT_EQ(FailedParts(explanation).empty(), expected) << ToPubMed(query);
      matched += expected ? 1 : 0;
    }
  }
  EXPECT_GT(matched, pairs / 8) << "too few matches to prove anything";
  EXPECT_LT(matched, pairs * 7 / 8);
}

TEST(MatcherAgreement, SingleClausesAgreeToo) {
  constexpr std::uint64_t kSeed = 5;
  Generator generator(kSeed);
  const Result<MeshTree> tree = MeshTree::Parse(kTree);
  ASSERT_THAT(tree, IsOk());
  int matched = 0;
  for (int i = 0; i < 15'000; ++i) {
    const Record record = generator.MakeRecord();
    const SearchableRecord searchable(record, &*tree);
    const Node leaf = generator.Leaf();
    const bool expected = NaiveMatches(leaf, record, TreeParents());
    const Matcher matcher(leaf);
    ASSERT_EQ(matcher.Matches(searchable), expected) << "seed " << kSeed << ", clause " << i << ": " << ToPubMed(leaf);
    const Explanation explanation = matcher.Explain(searchable);
    EXPECT_EQ(explanation.evidence.empty(), !expected) << ToPubMed(leaf);
    matched += expected ? 1 : 0;
  }
  EXPECT_GT(matched, 1'500);
}

}  // namespace
}  // namespace litmill::search
