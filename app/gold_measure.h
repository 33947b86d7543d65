// SPDX-License-Identifier: Apache-2.0
// What is measured on a labelled set: counts by concept, group or label, and the errors one by one.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace litmill::app {

struct GoldCounts {
  std::size_t true_positives = 0, false_positives = 0, false_negatives = 0;

  void Count(bool gold, bool found);
  void Add(const GoldCounts& other);
  [[nodiscard]] bool HasGold() const { return true_positives + false_negatives > 0; }
  /// Of nothing found the precision is 0, of nothing to find the recall.
  [[nodiscard]] double Precision() const;
  [[nodiscard]] double Recall() const;
  [[nodiscard]] double F1() const;
};

struct GoldError {
  std::string document;
  std::string kind;   ///< "missed", "found", "forbidden", "wrong".
  std::string name;   ///< Of the row: a concept, a group, a label.
  std::string words;  ///< What was missed or found, in the document's words.
};

struct GoldFigure {
  std::string name;
  double value = 0;
  bool is_count = false;  ///< Else a share.
};

struct GoldMeasure {
  std::string set;        ///< "bc5cdr".
  std::string what;       ///< "condition by document", "traps", "direction", ...
  std::string how;        ///< How it is counted, in a sentence.
  std::size_t items = 0;  ///< Documents, traps, rows.
  std::string item_name = "documents";
  std::vector<std::string> files;  ///< Of the set, where they are few.
  std::map<std::string, GoldCounts> rows;
  std::vector<GoldFigure> figures;                                       ///< The headline, best known first.
  std::map<std::pair<std::string, std::string>, std::size_t> confusion;  ///< (gold, predicted) -> rows; for directions.
  std::vector<GoldError> errors;

  [[nodiscard]] GoldCounts Total() const;
  /// Mean F1 of the rows that have gold.
  [[nodiscard]] double MacroF1() const;
  /// The errors of the row that has most of them first; in a row as they came.
  void SortErrors();
};

}  // namespace litmill::app
