// SPDX-License-Identifier: Apache-2.0
#include "app/gold_report.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "app/console.h"

namespace litmill::app {
namespace {

using Json = nlohmann::ordered_json;

/// A text of one line, cut at a character's edge.
std::string Short(const std::string& text) {
  constexpr std::size_t kLongest = 200;
  std::string out = text.substr(0, kLongest);
  if (text.size() > kLongest) {
    std::size_t end = kLongest;
    while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
    out = text.substr(0, end) + "...";
  }
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

std::vector<std::string> RowOf(const std::string& name, const GoldCounts& counts) {
  return {name,
          std::to_string(counts.true_positives + counts.false_negatives),
          std::to_string(counts.true_positives),
          std::to_string(counts.false_positives),
          std::to_string(counts.false_negatives),
          fmt::format("{:.3f}", counts.Precision()),
          fmt::format("{:.3f}", counts.Recall()),
          fmt::format("{:.3f}", counts.F1())};
}

const std::vector<std::string> kHead = {"", "gold", "TP", "FP", "FN", "precision", "recall", "F1"};

std::set<std::string> Predicted(const GoldMeasure& measure) {
  std::set<std::string> labels;
  for (const auto& [pair, count] : measure.confusion) labels.insert(pair.second);
  return labels;
}

std::vector<std::vector<std::string>> ConfusionTable(const GoldMeasure& measure) {
  std::vector<std::vector<std::string>> table{{"gold \\ predicted"}};
  const std::set<std::string> columns = Predicted(measure);
  table[0].insert(table[0].end(), columns.begin(), columns.end());
  std::set<std::string> gold;
  for (const auto& [pair, count] : measure.confusion) gold.insert(pair.first);
  for (const std::string& row : gold) {
    table.push_back({row});
    for (const std::string& column : columns) {
      const auto found = measure.confusion.find({row, column});
      table.back().push_back(std::to_string(found == measure.confusion.end() ? 0 : found->second));
    }
  }
  return table;
}

std::string TextTable(const std::vector<std::vector<std::string>>& table) {
  std::vector<bool> right(table[0].size(), true);
  right[0] = false;
  return FormatTable(table, right);
}

std::string MarkdownTable(const std::vector<std::vector<std::string>>& table) {
  std::string out;
  for (std::size_t i = 0; i < table.size(); ++i) {
    out += "|";
    for (const std::string& cell : table[i]) out += " " + cell + " |";
    out += "\n";
    if (i > 0) continue;
    out += "| --- |";
    for (std::size_t j = 1; j < table[i].size(); ++j) out += " ---: |";
    out += "\n";
  }
  return out;
}

/// How often which row was wrong in which way, most often first.
std::vector<std::vector<std::string>> KindsOfErrors(const GoldMeasure& measure, std::size_t most) {
  std::map<std::pair<std::string, std::string>, std::size_t> counts;
  for (const GoldError& error : measure.errors) ++counts[{error.name, error.kind}];
  std::vector<std::pair<std::size_t, std::pair<std::string, std::string>>> sorted;
  for (const auto& [key, count] : counts) sorted.push_back({count, key});
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::vector<std::string>> table{{"of", "error", "times"}};
  for (std::size_t i = 0; i < sorted.size() && i < most; ++i)
    table.push_back({sorted[i].second.first, sorted[i].second.second, std::to_string(sorted[i].first)});
  return table;
}

/// " (a.txt, b.txt)"
std::string FilesOf(const GoldMeasure& measure) {
  std::string out;
  for (const std::string& file : measure.files) out += (out.empty() ? " (" : ", ") + file;
  return out.empty() ? out : out + ")";
}

std::string FiguresOf(const GoldMeasure& measure) {
  std::string out;
  for (const GoldFigure& figure : measure.figures)
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", figure.name,
                       figure.is_count ? fmt::format("{}", figure.value) : fmt::format("{:.3f}", figure.value));
  return out;
}

}  // namespace

std::string MeasuresAsText(const std::vector<GoldMeasure>& measures, std::size_t max_errors) {
  std::string out;
  for (const GoldMeasure& measure : measures) {
    out +=
        fmt::format("{}: {} ({} {})\n{}\n", measure.set, measure.what, measure.items, measure.item_name, measure.how);
    std::vector<std::vector<std::string>> table{kHead};
    for (const auto& [name, counts] : measure.rows) table.push_back(RowOf(name, counts));
    if (table.size() > 1) out += TextTable(table);
    if (!measure.confusion.empty()) out += TextTable(ConfusionTable(measure));
    out += "=> " + FiguresOf(measure) + "\n";
    const std::size_t shown = std::min(max_errors, measure.errors.size());
    if (shown > 0) out += fmt::format("errors ({} of {}):\n", shown, measure.errors.size());
    for (std::size_t i = 0; i < shown; ++i) {
      const GoldError& error = measure.errors[i];
      out += fmt::format("  {} {} {}: {}\n", error.document, error.kind, error.name, Short(error.words));
    }
    out += "\n";
  }
  return out;
}

Json MeasuresAsJson(const std::vector<GoldMeasure>& measures, const RuleSet& rules) {
  Json json{{"rules", {{"version", rules.version}, {"hash", rules.Hash()}}}, {"measures", Json::array()}};
  for (const GoldMeasure& measure : measures) {
    Json item{{"set", measure.set},        {"files", measure.files}, {"measure", measure.what},
              {"how", measure.how},        {"items", measure.items}, {"item", measure.item_name},
              {"figures", Json::object()}, {"rows", Json::array()},  {"confusion", Json::array()},
              {"errors", Json::array()}};
    for (const GoldFigure& figure : measure.figures) item["figures"][figure.name] = figure.value;
    for (const auto& [name, counts] : measure.rows)
      item["rows"].push_back({{"name", name},
                              {"true_positives", counts.true_positives},
                              {"false_positives", counts.false_positives},
                              {"false_negatives", counts.false_negatives},
                              {"precision", counts.Precision()},
                              {"recall", counts.Recall()},
                              {"f1", counts.F1()}});
    for (const auto& [pair, count] : measure.confusion)
      item["confusion"].push_back({{"gold", pair.first}, {"predicted", pair.second}, {"count", count}});
    for (const GoldError& error : measure.errors)
      item["errors"].push_back(
          {{"document", error.document}, {"kind", error.kind}, {"name", error.name}, {"words", error.words}});
    json["measures"].push_back(std::move(item));
  }
  return json;
}

std::string MeasuresAsMarkdown(const std::vector<GoldMeasure>& measures, const RuleSet& rules) {
  std::string out = fmt::format(
      "# Accuracy\n\nWritten by `litmill evaluate GOLD --markdown docs/accuracy.md`; do not edit.\n\n"
      "Rule set: version `{}`, hash `{}`, {} concepts, {} rules.\n\n"
      "All figures are on the development parts of the labelled sets that are named with them: texts that the authors "
      "of "
      "the rules could read. Expect somewhat less on others. The sets are not part of the project.\n\n"
      "| set | what | on | figures |\n| --- | --- | --- | --- |\n",
      rules.version, rules.Hash(), rules.concepts.size(), rules.FlattenedRules().size());
  for (const GoldMeasure& measure : measures)
    out += fmt::format("| {} | {} | {} {} | {} |\n", measure.set, measure.what, measure.items, measure.item_name,
                       FiguresOf(measure));
  for (const GoldMeasure& measure : measures) {
    out += fmt::format("\n## {}: {}\n\nOn {} {}{}. Counted: {}.\n\n", measure.set, measure.what, measure.items,
                       measure.item_name, FilesOf(measure), measure.how);
    std::vector<std::vector<std::string>> table{kHead};
    for (const auto& [name, counts] : measure.rows) table.push_back(RowOf(name, counts));
    out += MarkdownTable(table);
    if (!measure.confusion.empty()) out += "\n" + MarkdownTable(ConfusionTable(measure));
    constexpr std::size_t kMostKinds = 15;
    if (!measure.errors.empty())
      out += "\nErrors, the most frequent kinds:\n\n" + MarkdownTable(KindsOfErrors(measure, kMostKinds));
  }
  return out;
}

}  // namespace litmill::app
