// SPDX-License-Identifier: Apache-2.0
// The program knows no topic: what is looked for stands in rule files and configurations alone.
//
// Criterion: no string literal of the product's code holds a word of the founding topic or of the second one. Comments
// may; so may the places below: examples and explanations that are printed for people and decide nothing, and lists of
// general English. A name of a substance under study is allowed in none of the stages that decide.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/fold_ascii.h"
#include "tests/support/temp_dir.h"

namespace litmill {
namespace {

using testing::ReadTestFile;

const std::vector<std::string> kTopicWords{"magnes",  "migrain",   "depress",     "dementia",  "alzheimer",
                                           "vitamin", "calcifero", "fibromyalgi", "hydroxyvit"};

/// At most how many literals of a file may hold such a word.
const std::map<std::string, int> kProse{
    {"app/cli.cc", 8},            // examples in the help
    {"store/schema_doc.cc", 1},   // an example of a full-text search in docs/schema.md
    {"search/lint_terms.cc", 4},  // what else a short word may mean ("mg", "D"), whatever the strategy
    {"search/mesh_tree.cc", 1},   // an error message shows what a line looks like
    // Single words in long lists of general medical English, none of which is about the topic:
    {"tag/sentences.cc", 1},             // "vitamin D." may go on: a letter behind a noun
    {"tag/finding_cues.cc", 3},          // what people want less or more of, where a rule file does not say `better`
    {"tag/quantity_count_words.cc", 1},  // people that are counted
    {"tag/quantity_duration.cc", 1},     // illnesses whose duration is no study's
};

/// The texts of the string literals in C++ code, raw ones too; comments and character literals are left out.
std::vector<std::string> StringLiterals(const std::string& code) {
  std::vector<std::string> literals;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (code.compare(i, 2, "//") == 0) {
      i = std::min(code.find('\n', i), code.size());
    } else if (code.compare(i, 2, "/*") == 0) {
      i = std::min(code.find("*/", i + 2), code.size() - 1) + 1;
    } else if (code.compare(i, 2, "R\"") == 0) {
      const std::size_t open = code.find('(', i);
      const std::string close = ")" + code.substr(i + 2, open - i - 2) + "\"";
      const std::size_t end = code.find(close, open);
      literals.push_back(code.substr(open + 1, end - open - 1));
      i = end + close.size() - 1;
    } else if (code[i] == '"' || (code[i] == '\'' && (i == 0 || !IsAsciiWord(code[i - 1])))) {
      const char quote = code[i];
      std::string text;
      for (++i; i < code.size() && code[i] != quote; ++i) {
        text += code[i];
        if (code[i] == '\\') text += code[++i];
      }
      if (quote == '"') literals.push_back(text);
    }
  }
  return literals;
}

TEST(TopicNeutral, TheScannerSeesLiteralsAndNothingElse) {
  EXPECT_EQ(StringLiterals("f(\"a\\\"b\", 'x', '\"'); // \"no\"\n/* \"no\" */ g(R\"q(c \"d)q\", 1'000, \"e\");"),
            (std::vector<std::string>{"a\\\"b", "c \"d", "e"}));
}

TEST(TopicNeutral, NoLiteralOfTheProgramHoldsAWordOfATopic) {
  const std::filesystem::path root(LITMILL_SOURCE_DIR);
  int literals = 0;
  for (const char* stage : {"core", "search", "fetch", "parse", "tag", "store", "report", "app"}) {
    for (const auto& entry : std::filesystem::directory_iterator(root / stage)) {
      if (entry.path().extension() != ".cc" && entry.path().extension() != ".h") continue;
      const std::string name = std::string(stage) + "/" + entry.path().filename().string();
      std::vector<std::string> found;
      for (const std::string& literal : StringLiterals(ReadTestFile(entry.path().string()))) {
        ++literals;
        const std::string folded = FoldToAscii(literal);
        const auto holds = [&folded](const std::string& word) { return folded.find(word) != std::string::npos; };
        if (std::any_of(kTopicWords.begin(), kTopicWords.end(), holds)) found.push_back(literal);
      }
      const auto prose = kProse.find(name);
      EXPECT_LE(static_cast<int>(found.size()), prose == kProse.end() ? 0 : prose->second)
          << name << ": " << ::testing::PrintToString(found);
    }
  }
  EXPECT_GT(literals, 3'000);
}

}  // namespace
}  // namespace litmill
