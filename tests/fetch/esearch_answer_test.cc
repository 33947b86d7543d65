// SPDX-License-Identifier: Apache-2.0
#include "fetch/esearch_answer.h"

#include <gtest/gtest.h>

#include "tests/support/matchers.h"

namespace litmill::fetch {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;
using ::testing::ElementsAre;

// Synthetic, in the form of a real answer.
constexpr std::string_view kAnswer =
    R"({"header":{"type":"esearch","version":"0.3"},"esearchresult":{"count":"3","retmax":"2","retstart":"1",
"querykey":"1","webenv":"MCID_0","idlist":["90000003","90000001"],"translationset":[{"from":"migraine","to":"\"migraine disorders\"[MeSH Terms]"}],
"querytranslation":"\"migraine disorders\"[MeSH Terms]","errorlist":{"phrasesnotfound":["xyzzy"],"fieldsnotfound":["foo"]},
"warninglist":{"phrasesignored":["the"],"quotedphrasesnotfound":["\"a b\""],"outputmessages":["No items found."]}}})";

TEST(ParseEsearch, ReadsNumbersGivenAsStringsAndEveryWarning) {
  const auto answer = ParseEsearch(kAnswer);
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->count, 3U);
  EXPECT_EQ(answer->start, 1U);
  EXPECT_THAT(answer->pmids, ElementsAre(90000003U, 90000001U));
  EXPECT_EQ(answer->report.query_translation, "\"migraine disorders\"[MeSH Terms]");
  EXPECT_THAT(answer->report.phrases_not_found, ElementsAre("xyzzy"));
  EXPECT_THAT(answer->report.fields_not_found, ElementsAre("foo"));
  EXPECT_THAT(answer->report.phrases_ignored, ElementsAre("the"));
  EXPECT_THAT(answer->report.quoted_phrases_not_found, ElementsAre("\"a b\""));
  EXPECT_TRUE(answer->report.HasWarnings());
}

TEST(ParseEsearch, NumbersMayAlsoBeNumbers) {
  const auto answer = ParseEsearch(R"({"esearchresult":{"count":1,"idlist":[7]}})");
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->count, 1U);
  EXPECT_THAT(answer->pmids, ElementsAre(7U));
}

TEST(ParseEsearch, RefusesWhatIsNoWholeAnswer) {
  for (const char* body :
       {"", "x", "[]", "null", "{}", R"({"esearchresult":null})", R"({"esearchresult":[]})", R"({"esearchresult":{}})",
        R"({"esearchresult":{"count":"1"}})", R"({"esearchresult":{"idlist":[]}})",
        R"({"esearchresult":{"count":"x","idlist":[]}})", R"({"esearchresult":{"count":"-1","idlist":[]}})",
        R"({"esearchresult":{"count":"1","idlist":["0"]}})", R"({"esearchresult":{"count":"1","idlist":["12a"]}})",
        R"({"esearchresult":{"count":"1","idlist":[4294967296]}})",
        R"({"esearchresult":{"count":"1","idlist":[null]}})", R"({"esearchresult":{"count":"","idlist":[]}})",
        R"({"esearchresult":{"count":"99999999999999999999","idlist":[]}})",
        R"({"esearchresult":{"count":"1","idlist":["1"]}} x)"})
    EXPECT_THAT(ParseEsearch(body), IsError(ErrorCode::kCorruptInput)) << body;
}

TEST(ParseEsearch, NoTruncationIsEverTakenForAWholeAnswer) {
  for (std::size_t size = 0; size < kAnswer.size(); ++size)
    EXPECT_THAT(ParseEsearch(kAnswer.substr(0, size)), IsError(ErrorCode::kCorruptInput)) << size;
}

TEST(ParseEsearch, NoItemsFoundAloneIsNoWarning) {
  const auto answer = ParseEsearch(
      R"({"esearchresult":{"count":"0","idlist":[],"warninglist":{"outputmessages":["No items found."]}}})");
  ASSERT_THAT(answer, IsOk());
  EXPECT_FALSE(answer->report.HasWarnings());
}

TEST(JsonErrorText, ReadsMessagesWithRawLineFeeds) {
  EXPECT_EQ(JsonErrorText("{\"esearchresult\":{\"ERROR\":\"Search Backend failed:\nline two\tend\"}}"),
            "Search Backend failed:\nline two\tend");
  EXPECT_EQ(JsonErrorText(R"({"error":"API key invalid","api-key":"x"})"), "API key invalid");
  EXPECT_EQ(JsonErrorText(kAnswer), "");
  EXPECT_EQ(JsonErrorText("not json"), "");
}

TEST(EscapeControlCharacters, TouchesOnlyTheInsideOfStrings) {
  EXPECT_EQ(EscapeControlCharacters("{\n\"a\":\"b\nc\"\n}"), "{\n\"a\":\"b\\u000ac\"\n}");
  EXPECT_EQ(EscapeControlCharacters("\"a\\\"\nb\""), "\"a\\\"\\u000ab\"");
  EXPECT_EQ(EscapeControlCharacters("\"a\\\nb\""), "\"a\\\\\\u000ab\"");
  EXPECT_EQ(EscapeControlCharacters(kAnswer), kAnswer);
}

}  // namespace
}  // namespace litmill::fetch
