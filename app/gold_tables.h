// SPDX-License-Identifier: Apache-2.0
// Labelled sets that are tables or JSON: traps, directions of effects, studies, questions with answers. A table is
// known by the names of its columns, whatever the file's name.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/tagged_record.h"

namespace litmill::app {

/// A text with tags that it must and must not get. Tags are "facet:concept", "facet:concept@assertion", "dose:500 mg"
/// ... (app/gold_claims.h).
struct Trap {
  std::string id, group;
  std::string section;  ///< TITLE, METHODS, ..., MESH, PUBTYPE, CHEMICAL, KEYWORD, COPYRIGHT.
  std::string text, note;
  std::vector<std::string> expected, forbidden;
};

/// Which way an outcome moved, by a passage of an article.
struct DirectionRow {
  std::string id;
  std::string intervention, comparator, outcome, span;
  Movement label = Movement::kUnclear;
};

/// A study as a person described it: phrases, not concepts.
struct StudyRow {
  std::string id, title, design, form, judgement;
};

/// A question that a study's abstract answers.
struct QuestionRow {
  std::string id, question, answer;
  std::string label;  ///< "yes", "no", "maybe".
};

struct GoldTables {
  std::vector<Trap> traps;
  std::vector<DirectionRow> directions;
  std::vector<StudyRow> studies;
  std::vector<QuestionRow> questions;
  std::vector<std::string> problems;  ///< "FILE:LINE: ...".
};

/// False when the columns are those of no table that is known.
[[nodiscard]] bool ReadGoldTable(std::string_view text, const std::string& file, GoldTables& out);
/// An object of questions by identifier; false for any other JSON.
[[nodiscard]] bool ReadGoldJson(std::string_view text, const std::string& file, GoldTables& out);

}  // namespace litmill::app
