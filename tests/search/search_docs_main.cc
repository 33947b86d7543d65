// SPDX-License-Identifier: Apache-2.0
// litmill_search_docs DIR: writes founding.md and codes.md into docs/search. litmill_search_docs --check DIR: fails
// when they are not what the stage says.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "search/search.h"
#include "tests/search/founding_strategy.h"

namespace {

using litmill::search::EmtreeMap;
using litmill::search::Strategy;
using litmill::search::Target;
using litmill::search::Translation;
using litmill::search::Warning;

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string Cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

/// One line a kind of warning, with the clauses that have it: the same sentence thirteen times helps nobody.
std::string WarningTable(const std::vector<Warning>& warnings) {
  if (warnings.empty()) return "Nothing is lost.\n";
  std::vector<std::pair<std::string, std::vector<std::string>>> rows;
  for (const Warning& warning : warnings) {
    // The sentence about a heading is the same for all headings but for its name, and ends with advice.
    std::string message = warning.message.substr(0, warning.message.find("; litmill does not guess"));
    const std::size_t quote = message.find('"');
    const std::size_t end = quote == std::string::npos ? quote : message.find('"', quote + 1);
    if (warning.code == "T003" && end != std::string::npos) message.replace(quote, end - quote + 1, "...");
    const std::string key = warning.code + "|" + message;
    const auto known = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.first == key; });
    auto& clauses = known == rows.end() ? rows.emplace_back(key, std::vector<std::string>()).second : known->second;
    if (!warning.clause.empty()) clauses.push_back("`" + Cell(warning.clause) + "`");
  }
  std::string out = "| code | what | clauses |\n| --- | --- | --- |\n";
  for (const auto& [key, clauses] : rows) {
    const std::size_t bar = key.find('|');
    out += fmt::format("| {} | {} | {} |\n", key.substr(0, bar), Cell(key.substr(bar + 1)),
                       clauses.empty() ? "the whole search" : fmt::format("{}", fmt::join(clauses, "<br>")));
  }
  return out;
}

std::string Founding(const Strategy& strategy, const EmtreeMap& emtree) {
  std::string out =
      "# The founding strategy in every syntax\n\n"
      "Made by `litmill_search_docs` from the strategy of `pipeline.yaml`; a test notices when it is stale. It mirrors "
      "the\n"
      "stated scope of a published review (doi 10.3390/nu17132216); it is not that review's own search string.\n\n"
      "Read the warnings of a database before using its string: they say what could not be carried. For Embase the "
      "headings\n"
      "come from [emtree.tsv](emtree.tsv), an example of the table that a user keeps; headings that it does not have "
      "are left\n"
      "out, and named.\n";
  for (const Target target : litmill::search::AllTargets()) {
    litmill::search::TranslateOptions options;
    options.emtree = &emtree;
    const Translation translation = litmill::search::Translate(strategy, target, options);
    out += fmt::format("\n## {}\n\n`{}`\n\n```text\n{}\n```\n\n{}", litmill::search::TargetTitle(target),
                       litmill::search::TargetName(target), translation.text, WarningTable(translation.warnings));
  }
  return out;
}

std::string Codes() {
  std::string out =
      "# Codes\n\nMade by `litmill_search_docs`; a test notices when it is stale. A code never changes its meaning.\n\n"
      "## What the linter finds\n\n"
      "An error means that PubMed would not run what was meant; a warning, that it probably would not; an info is "
      "worth a "
      "look.\n\n| code | severity | what |\n| --- | --- | --- |\n";
  for (const auto& kind : litmill::search::DiagnosticKinds())
    out += fmt::format("| {} | {} | {} |\n", kind.code, SeverityName(kind.severity), Cell(kind.title));
  out += "\n## What a translation warns of\n\n| code | what |\n| --- | --- |\n";
  for (const auto& kind : litmill::search::WarningKinds())
    out += fmt::format("| {} | {} |\n", kind.code, Cell(kind.title));
  out += "\n## Field tags\n\nShort or long, in any case and spacing.\n\n| tag | field |\n| --- | --- |\n";
  for (const litmill::search::Field field : litmill::search::AllFields())
    out += fmt::format("| [{}] | {} |\n", FieldTag(field), FieldName(field));
  return out;
}

int Run(bool check, const std::string& folder) {
  const auto emtree = EmtreeMap::Parse(ReadFile(folder + "/emtree.tsv"));
  const auto strategy =
      litmill::search::ParseStrategy(litmill::search::testing::kFoundingStrategy, "founding strategy");
  if (!emtree || emtree->size() == 0 || !strategy) {
    fmt::print(stderr, "litmill_search_docs: {}\n",
               !strategy ? strategy.error().message
               : emtree  ? folder + "/emtree.tsv is empty or missing"
                         : emtree.error().message);
    return 1;
  }
  const std::map<std::string, std::string> pages{{"founding.md", Founding(*strategy, *emtree)}, {"codes.md", Codes()}};
  int failed = 0;
  for (const auto& [name, text] : pages) {
    const std::string path = folder + "/" + name;
    if (!check) {
      std::ofstream out(path, std::ios::binary);
      out << text;
      if (!out.flush().good()) failed = 1;
    } else if (ReadFile(path) != text) {
      fmt::print(stderr, "{} is not what the search stage says; refresh it: cmake --build BUILD --target search_docs\n",
                 path);
      failed = 1;
    }
  }
  return failed;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const bool check = argc == 3 && std::string_view(argv[1]) == "--check";
    if (argc != 2 && !check) {
      fmt::print(stderr, "usage: litmill_search_docs [--check] DIR\n");
      return 2;
    }
    return Run(check, argv[argc - 1]);
  } catch (const std::exception& e) {
    std::fputs(e.what(), stderr);
    return 1;
  }
}
