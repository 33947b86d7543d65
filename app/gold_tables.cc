// SPDX-License-Identifier: Apache-2.0
#include "app/gold_tables.h"

#include <map>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/gold_text.h"
#include "core/csv.h"
#include "core/unicode.h"

namespace litmill::app {
namespace {

using Columns = std::map<std::string, std::size_t>;

/// The cells of a row by the names of their columns.
class Row {
 public:
  Row(const Columns& columns, const CsvRow& row) : columns_(columns), row_(row) {}
  [[nodiscard]] std::string operator[](const std::string& name) const {
    const auto found = columns_.find(name);
    if (found == columns_.end() || found->second >= row_.cells.size()) return {};
    return std::string(TrimAscii(row_.cells[found->second]));
  }

 private:
  const Columns& columns_;
  const CsvRow& row_;
};

bool HasAll(const Columns& columns, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (columns.count(name) == 0) return false;
  return true;
}

std::vector<std::string> Tags(const std::string& cell) {
  std::vector<std::string> tags;
  for (const std::string_view part : SplitText(cell, ';'))
    if (!TrimAscii(part).empty()) tags.emplace_back(TrimAscii(part));
  return tags;
}

/// "\n" in a table's cell stands for a line end.
std::string WithLineEnds(std::string text) {
  for (std::size_t at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at)) text.replace(at, 2, "\n");
  return text;
}

std::optional<Movement> MovementOf(std::string label) {
  label = AsciiLower(label);
  for (char& c : label)
    if (c == '_' || c == '-') c = ' ';
  if (label.rfind("significantly ", 0) == 0) label.erase(0, 14);
  if (label == "increased") return Movement::kIncreased;
  if (label == "decreased") return Movement::kDecreased;
  if (label == "no difference" || label == "no significant difference") return Movement::kNoDifference;
  return std::nullopt;
}

/// What a row of the table holds is appended; false when the row is broken.
using Reader = bool (*)(const Row&, GoldTables&);

bool ReadTrap(const Row& row, GoldTables& out) {
  if (row["id"].empty() || row["text"].empty()) return false;
  out.traps.push_back({row["id"], row["group"], row["section"], WithLineEnds(row["text"]), row["note"],
                       Tags(row["expect_plus"]), Tags(row["expect_minus"])});
  return true;
}

bool ReadDirection(const Row& row, GoldTables& out) {
  const auto label = MovementOf(row["label"]);
  if (!label || row["evidence_span"].empty()) return false;
  out.directions.push_back({row["pmcid"] + "/" + row["prompt_id"], row["intervention"], row["comparator"],
                            row["outcome"], row["evidence_span"], *label});
  return true;
}

bool ReadStudy(const Row& row, GoldTables& out) {
  if (row["title"].empty()) return false;
  out.studies.push_back({row["no"], row["title"], row["design"], row["form"], row["judgement"]});
  return true;
}

Reader ReaderFor(const Columns& columns) {
  if (HasAll(columns, {"id", "text", "expect_plus", "expect_minus"})) return ReadTrap;
  if (HasAll(columns, {"intervention", "comparator", "outcome", "label", "evidence_span"})) return ReadDirection;
  if (HasAll(columns, {"title", "design", "form", "judgement"})) return ReadStudy;
  return nullptr;
}

}  // namespace

bool ReadGoldTable(std::string_view text, const std::string& file, GoldTables& out) {
  CsvReader rows(text, '\t', false);
  CsvRow row;
  if (!rows.Next(row)) return false;
  Columns columns;
  for (std::size_t i = 0; i < row.cells.size(); ++i) columns.emplace(std::string(TrimAscii(row.cells[i])), i);
  const Reader read = ReaderFor(columns);
  if (read == nullptr) return false;
  while (rows.Next(row)) {
    if (row.cells.size() > columns.size() || !read(Row(columns, row), out))
      out.problems.push_back(fmt::format("{}:{}: not a row of this table", file, row.line));
  }
  return true;
}

bool ReadGoldJson(std::string_view text, const std::string& file, GoldTables& out) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || json.empty()) return false;
  const auto text_of = [](const nlohmann::json& item, const char* key) {
    return item.is_object() && item.contains(key) && item[key].is_string() ? item[key].get<std::string>()
                                                                           : std::string();
  };
  const std::size_t before = out.questions.size();
  std::vector<std::string> problems;
  for (const auto& [id, item] : json.items()) {
    QuestionRow row{id, text_of(item, "QUESTION"), text_of(item, "LONG_ANSWER"), text_of(item, "final_decision")};
    if (row.question.empty() || row.answer.empty() || (row.label != "yes" && row.label != "no" && row.label != "maybe"))
      problems.push_back(fmt::format("{}: {} is no question with an answer", file, id));
    else
      out.questions.push_back(std::move(row));
  }
  if (out.questions.size() == before) return false;
  out.problems.insert(out.problems.end(), problems.begin(), problems.end());
  return true;
}

}  // namespace litmill::app
