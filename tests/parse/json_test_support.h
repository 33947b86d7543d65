// SPDX-License-Identifier: Apache-2.0
// Short ways to what a JSON answer gave, and the properties every reader of JSON answers must have.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "parse/json_answers.h"

namespace litmill::parse::testing {

using JsonParser = std::function<std::vector<Item>(std::string_view)>;

/// The record of an answer that holds exactly one, with its warnings.
ParsedRecord OnlyParsed(const std::vector<Item>& items);
/// The problem of an answer that is one problem.
Problem OnlyProblem(const std::vector<Item>& items);

/// "label: text" of each section.
std::vector<std::string> SectionTexts(const std::vector<AbstractSection>& sections);

/// Cut at every byte, an answer is one Problem that says so, never a record.
void ExpectCutsAreProblems(const JsonParser& parse, const std::string& body);
/// Any value replaced by one of another type: nothing crashes, every record has its identity, all text is UTF-8.
void ExpectMutationsAreSafe(const JsonParser& parse, const std::string& body, int rounds);
/// Records name their source and id, their text is UTF-8 without NUL, problems say something.
void ExpectSound(const std::vector<Item>& items);

}  // namespace litmill::parse::testing
