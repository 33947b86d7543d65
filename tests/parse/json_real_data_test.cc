// SPDX-License-Identifier: Apache-2.0
// Real answers of the services, which are not part of the project: every record that a plain reading of the answer
// finds comes out, with its identifier and its title.
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/identifiers.h"
#include "parse/character_reference.h"
#include "tests/parse/json_test_support.h"
#include "tests/support/real_data.h"

namespace litmill::parse {
namespace {

using litmill::testing::FilesBelow;
using litmill::testing::RealDataFolder;
using nlohmann::json;

std::string Unpacked(const std::string& path) {
  const gzFile file = gzopen(path.c_str(), "rb");
  std::string out;
  char buffer[1 << 16];
  int size = 0;
  while ((size = gzread(file, buffer, sizeof buffer)) > 0) out.append(buffer, static_cast<std::size_t>(size));
  gzclose(file);
  return out;
}

// The files of `service`: below its own folder (if it has one), and the recorded answers whose name begins with `host`.
// One body a line of files of lines.
std::vector<std::string> Bodies(const std::string& folder, const std::string& host) {
  std::vector<std::string> paths;
  if (!folder.empty()) paths = FilesBelow(RealDataFolder() + "/" + folder);
  for (const std::string& path : FilesBelow(RealDataFolder() + "/responses"))
    if (path.find("/" + host) != std::string::npos) paths.push_back(path);
  std::vector<std::string> bodies;
  for (const std::string& path : paths) {
    std::string text = Unpacked(path);
    const bool has_lines =
        path.find(".jsonl") != std::string::npos || (folder == "unpaywall-raw" && path.ends_with(".gz"));
    if (!has_lines) {
      bodies.push_back(std::move(text));
      continue;
    }
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) bodies.push_back(line);
  }
  return bodies;
}

// Tags, references and white space away: what is left of a title that two readings must agree on.
std::string Bare(const std::string& markup) {
  static constexpr std::string_view kTagStarts = "/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string out;
  const std::string text = DecodeReferences(markup);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<' && i + 1 < text.size() && kTagStarts.find(text[i + 1]) != std::string_view::npos) {
      const std::size_t end = text.find('>', i);
      if (end != std::string::npos) {
        i = end;
        continue;
      }
    }
    if (text[i] != ' ' && text[i] != '\n' && text[i] != '\t' && text[i] != '\r') out += text[i];
  }
  return out;
}

struct Expected {
  std::string id;
  std::string title;
};

// A plain reading of one service's answers, sharing nothing with the code under test but the DOI's normal form.
using PlainReading = std::vector<Expected> (*)(const json&);

std::string First(const json& object, const char* key) {
  const json value = object.value(key, json());
  if (value.is_array()) return value.empty() || !value[0].is_string() ? std::string() : value[0].get<std::string>();
  return value.is_string() ? value.get<std::string>() : std::string();
}

std::vector<Expected> CrossrefPlainly(const json& answer) {
  std::vector<Expected> expected;
  if (!answer.is_object()) return expected;
  const std::string type = answer.value("message-type", "");
  if (answer.contains("message-type") && type != "work" && type != "work-list") return expected;
  const json& holder = answer.contains("message") ? answer["message"] : answer;
  const json works = holder.contains("items") ? holder["items"] : json::array({holder});
  for (const json& work : works)
    if (work.is_object() && work.contains("DOI"))
      expected.push_back({NormaliseDoi(First(work, "DOI")).value_or("?"), First(work, "title")});
  return expected;
}

std::vector<Expected> DataCitePlainly(const json& answer) {
  std::vector<Expected> expected;
  if (!answer.is_object()) return expected;
  const json& data = answer.contains("data") ? answer["data"] : answer;
  for (const json& entry : data.is_array() ? data : json::array({data})) {
    if (!entry.is_object() || !entry.contains("attributes") || entry.value("type", "") != "dois") continue;
    const json& attributes = entry["attributes"];
    std::string title;
    const json titles = attributes.value("titles", json::array());
    for (const bool typed : {false, true})
      for (const json& one : titles)
        if (title.empty() && (typed || !one.contains("titleType") || one["titleType"].is_null()))
          title = First(one, "title");
    expected.push_back({NormaliseDoi(First(attributes, "doi")).value_or("?"), title});
  }
  return expected;
}

std::vector<Expected> EuropePmcPlainly(const json& answer) {
  std::vector<Expected> expected;
  if (!answer.is_object() || !answer.contains("resultList")) return expected;
  for (const json& result : answer["resultList"].value("result", json::array()))
    if (result.contains("source"))
      expected.push_back({First(result, "source") + "/" + First(result, "id"), First(result, "title")});
  return expected;
}

std::vector<Expected> OpenAlexPlainly(const json& answer) {
  std::vector<Expected> expected;
  if (!answer.is_object()) return expected;
  for (const json& work : answer.contains("results") ? answer["results"] : json::array({answer}))
    if (const std::string id = First(work, "id"); id.starts_with("https://openalex.org/W"))
      expected.push_back({id.substr(21), First(work, "title")});
  return expected;
}

std::vector<Expected> UnpaywallPlainly(const json& answer) {
  if (!answer.is_object() || !answer.contains("doi")) return {};
  return {{NormaliseDoi(First(answer, "doi")).value_or("?"), First(answer, "title")}};
}

std::vector<Expected> ScopusPlainly(const json& answer) {
  std::vector<Expected> expected;
  if (!answer.is_object() || !answer.contains("search-results")) return expected;
  for (const json& entry : answer["search-results"].value("entry", json::array()))
    if (entry.contains("eid")) expected.push_back({First(entry, "eid"), First(entry, "dc:title")});
  return expected;
}

std::vector<Expected> WebOfSciencePlainly(const json& answer) {
  std::vector<Expected> expected;
  if (!answer.is_object() || !answer.contains("Data")) return expected;
  for (const json& rec : answer["Data"]["Records"]["records"]["REC"]) {
    std::string title;
    for (const json& one : rec["static_data"]["summary"]["titles"]["title"])
      if (one["type"] == "item") title = First(one, "content");
    expected.push_back({First(rec, "UID"), title});
  }
  return expected;
}

void Compare(const std::string& folder, const std::string& host, const testing::JsonParser& parse,
             PlainReading read_plainly, std::size_t at_least) {
  std::size_t records = 0;
  std::map<std::string, std::size_t> codes;
  for (const std::string& body : Bodies(folder, host)) {
    const std::vector<Item> items = parse(body);
    testing::ExpectSound(items);
    std::vector<Record> found;
    for (const Item& item : items) {
      if (const auto* parsed = std::get_if<ParsedRecord>(&item)) {
        found.push_back(parsed->record);
        for (const Problem& w : parsed->warnings) ++codes["warning " + w.code];
      } else {
        ++codes["error " + std::get<Problem>(item).code];
      }
    }
    const json answer = json::parse(body, nullptr, false);
    const std::vector<Expected> expected = read_plainly(answer);
    ASSERT_EQ(found.size(), expected.size()) << body.substr(0, 200);
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_EQ(found[i].source_id, expected[i].id);
      EXPECT_EQ(Bare(found[i].title.text), Bare(expected[i].title)) << expected[i].id;
    }
    records += found.size();
  }
  std::printf("%s: %zu records\n", host.c_str(), records);
  for (const auto& [code, count] : codes) std::printf("  %6zu %s\n", count, code.c_str());
  EXPECT_GE(records, at_least);
}

TEST(JsonRealData, Crossref) {
  LITMILL_NEEDS(RealDataFolder());
  Compare("crossref-raw", "api.crossref.org", ParseCrossref, CrossrefPlainly, 1000);
}

TEST(JsonRealData, DataCite) {
  LITMILL_NEEDS(RealDataFolder());
  Compare("datacite-raw", "api.datacite.org_dois", ParseDataCite, DataCitePlainly, 1000);
}

TEST(JsonRealData, EuropePmc) {
  LITMILL_NEEDS(RealDataFolder());
  Compare("europepmc-raw", "www.ebi.ac.uk", ParseEuropePmc, EuropePmcPlainly, 1000);
}

TEST(JsonRealData, OpenAlex) {
  LITMILL_NEEDS(RealDataFolder());
  Compare("openalex-raw", "api.openalex.org", ParseOpenAlex, OpenAlexPlainly, 30);
}

TEST(JsonRealData, Unpaywall) {
  LITMILL_NEEDS(RealDataFolder());
  Compare("unpaywall-raw", "api.unpaywall.org", ParseUnpaywall, UnpaywallPlainly, 1000);
}

TEST(JsonRealData, Scopus) {
  LITMILL_NEEDS(RealDataFolder());
  Compare("scopus-raw", "api.elsevier.com_content_search_scopus", ParseScopus, ScopusPlainly, 10);
}

TEST(JsonRealData, WebOfScienceExpanded) {
  LITMILL_NEEDS(RealDataFolder());
  Compare("", "wos-api.clarivate.com_api_wos_id", ParseWebOfScienceExpanded, WebOfSciencePlainly, 10);
}

std::size_t Count(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

// Of a work with titles in two languages the two answers name different ones first.
bool SameTitle(const Record& a, const Record& b) {
  const std::string title = Bare(b.title.text);
  if (Bare(a.title.text) == title) return true;
  return std::any_of(a.other_names.begin(), a.other_names.end(),
                     [&](const OtherName& o) { return o.kind == "alternative-title" && Bare(o.value) == title; });
}

// One record a deposit; and where the same DOI was recorded as JSON too, both say the same.
TEST(JsonRealData, CrossrefXml) {
  LITMILL_NEEDS(RealDataFolder());
  std::map<std::string, Record> by_doi;
  for (const std::string& body : Bodies("crossref-raw", "api.crossref.org"))
    for (Item& item : ParseCrossref(body))
      if (auto* parsed = std::get_if<ParsedRecord>(&item)) by_doi[parsed->record.source_id] = std::move(parsed->record);
  std::size_t records = 0, compared = 0, same_title = 0, same_people = 0, same_year = 0;
  for (const std::string& body : Bodies("crossref-xml", "api.crossref.org")) {
    if (!body.starts_with("<") || body.find("<doi_record") == std::string::npos) continue;
    const std::vector<Item> items = ParseCrossrefXml(body);
    testing::ExpectSound(items);
    EXPECT_EQ(items.size(), Count(body, "<doi_record ") + Count(body, "<doi_record>")) << body.substr(0, 300);
    for (const Item& item : items) {
      ASSERT_TRUE(std::holds_alternative<ParsedRecord>(item)) << std::get<Problem>(item).message;
      const auto& parsed = std::get<ParsedRecord>(item);
      for (const Problem& w : parsed.warnings)
        EXPECT_TRUE(w.code == "bad-doi" || w.code == "bad-orcid") << w.source_id << " " << w.code << ": " << w.message;
      ++records;
      const auto other = by_doi.find(parsed.record.source_id);
      if (other == by_doi.end()) continue;
      ++compared;
      same_title += SameTitle(parsed.record, other->second) ? 1U : 0U;
      same_people += parsed.record.authors.size() == other->second.authors.size() ? 1U : 0U;
      const PartialDate* a = parsed.record.PublicationDate();
      const PartialDate* b = other->second.PublicationDate();
      same_year += a != nullptr && b != nullptr && a->Year() == b->Year() ? 1U : 0U;
    }
  }
  std::printf(
      "%zu records, %zu of them as JSON too: %zu of the same title, %zu with as many people, %zu of the same year\n",
      records, compared, same_title, same_people, same_year);
  EXPECT_GE(records, 800U);
  EXPECT_GE(compared, 20U);
  EXPECT_GE(same_title * 20, compared * 19);  // A deposit may have been changed between the two recordings.
  EXPECT_GE(same_people * 10, compared * 9);
  EXPECT_GE(same_year * 10, compared * 9);
}

TEST(JsonRealData, NoRecordedErrorIsARecord) {
  LITMILL_NEEDS(RealDataFolder());
  std::size_t bodies = 0;
  for (const std::string& path : FilesBelow(RealDataFolder() + "/errors/recorded")) {
    const std::string body = Unpacked(path);
    for (const testing::JsonParser& parse :
         {testing::JsonParser(ParseCrossref), testing::JsonParser(ParseDataCite), testing::JsonParser(ParseEuropePmc),
          testing::JsonParser(ParseOpenAlex), testing::JsonParser(ParseUnpaywall), testing::JsonParser(ParseScopus),
          testing::JsonParser(ParseEmbase), testing::JsonParser(ParseWebOfScienceStarter),
          testing::JsonParser(ParseWebOfScienceExpanded), testing::JsonParser(ParseCrossrefXml)}) {
      const std::vector<Item> items = parse(body);
      ASSERT_EQ(items.size(), 1U) << path;
      EXPECT_TRUE(std::holds_alternative<Problem>(items[0])) << path;
      testing::ExpectSound(items);
    }
    ++bodies;
  }
  EXPECT_GT(bodies, 10U);
}

}  // namespace
}  // namespace litmill::parse
