// SPDX-License-Identifier: Apache-2.0
#include "tests/parse/json_test_support.h"

#include <nlohmann/json.hpp>
#include <random>

#include "core/unicode.h"

namespace litmill::parse::testing {
namespace {

using nlohmann::json;

// Every value in `tree`, for a mutation to pick from.
void Collect(json& tree, std::vector<json*>& values) {
  values.push_back(&tree);
  if (tree.is_structured())
    for (json& child : tree) Collect(child, values);
}

const std::vector<json>& Replacements() {
  static const std::vector<json> kValues = {
      nullptr,
      true,
      0,
      -1,
      18446744073709551615ULL,
      -9223372036854775807LL,
      1e300,
      0.5,
      "",
      "text",
      "<i>x</b",
      "&lt;jats:p&gt;&#0;",
      "2020-13-45",
      std::string("\0\x01", 2),
      json::array(),
      json::object(),
      json::array({nullptr}),
      json::array({json::array({nullptr})}),
      json::array({json::object()}),
      json::array({1, "a"}),
      json::object({{"date-parts", json::array({json::array({"x", -5, 1e300})})}})};
  return kValues;
}

void ExpectText(const std::string& text) {
  EXPECT_EQ(FindInvalidUtf8(text), std::string_view::npos);
  EXPECT_EQ(text.find('\0'), std::string::npos);
}

}  // namespace

ParsedRecord OnlyParsed(const std::vector<Item>& items) {
  if (items.size() == 1 && std::holds_alternative<ParsedRecord>(items[0])) return std::get<ParsedRecord>(items[0]);
  ADD_FAILURE() << items.size() << " items"
                << (!items.empty() && std::holds_alternative<Problem>(items[0])
                        ? ", the first a problem: " + std::get<Problem>(items[0]).message
                        : "");
  return {};
}

Problem OnlyProblem(const std::vector<Item>& items) {
  if (items.size() == 1 && std::holds_alternative<Problem>(items[0])) return std::get<Problem>(items[0]);
  ADD_FAILURE() << items.size() << " items, not one problem";
  return {};
}

std::vector<std::string> SectionTexts(const std::vector<AbstractSection>& sections) {
  std::vector<std::string> texts;
  for (const AbstractSection& s : sections) texts.push_back(s.label + ": " + s.body.text);
  return texts;
}

void ExpectSound(const std::vector<Item>& items) {
  for (const Item& item : items) {
    if (const auto* problem = std::get_if<Problem>(&item)) {
      EXPECT_FALSE(problem->code.empty());
      EXPECT_FALSE(problem->message.empty());
      ExpectText(problem->message);
      continue;
    }
    ASSERT_TRUE(std::holds_alternative<ParsedRecord>(item));
    const auto& parsed = std::get<ParsedRecord>(item);
    EXPECT_FALSE(parsed.record.source.empty());
    EXPECT_FALSE(parsed.record.source_id.empty());
    EXPECT_GT(parsed.position.ordinal, 0U);
    EXPECT_LT(parsed.warnings.size(), 200U);
    ExpectText(parsed.record.title.text);
    ExpectText(parsed.record.title.markup);
    for (const AbstractSection& s : parsed.record.abstract_sections) ExpectText(s.label + s.body.text + s.body.markup);
    for (const Author& a : parsed.record.authors) ExpectText(a.last_name + a.fore_name + a.collective_name);
    for (const OtherName& o : parsed.record.other_names) ExpectText(o.kind + o.source + o.value);
    for (const Problem& w : parsed.warnings) {
      EXPECT_EQ(w.severity, Severity::kWarning);
      EXPECT_EQ(w.source_id, parsed.record.source_id);
      ExpectText(w.message);
    }
  }
}

void ExpectCutsAreProblems(const JsonParser& parse, const std::string& body) {
  for (std::size_t size = 0; size < body.size(); ++size) {
    const std::vector<Item> items = parse(std::string_view(body).substr(0, size));
    ASSERT_EQ(items.size(), 1U) << "cut at " << size;
    ASSERT_TRUE(std::holds_alternative<Problem>(items[0])) << "cut at " << size;
    ExpectSound(items);
  }
}

void ExpectMutationsAreSafe(const JsonParser& parse, const std::string& body, int rounds) {
  std::mt19937 random(20261122);  // NOLINT: the same mutations each time.
  const json original = json::parse(body);
  for (int round = 0; round < rounds; ++round) {
    json mutated = original;
    for (int times = round % 3; times >= 0; --times) {
      std::vector<json*> values;
      Collect(mutated, values);
      *values[random() % values.size()] = Replacements()[random() % Replacements().size()];
    }
    SCOPED_TRACE(mutated.dump());
    ExpectSound(parse(mutated.dump()));
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace litmill::parse::testing
