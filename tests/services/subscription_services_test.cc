// SPDX-License-Identifier: Apache-2.0
// The shapes in which the stand-ins of Scopus, Embase and Web of Science answer: what parsers rely on.
#include <gmock/gmock.h>

#include <string>

#include <nlohmann/json.hpp>

#include "tests/services/embase.h"
#include "tests/services/scopus.h"
#include "tests/services/web_of_science.h"

namespace litmill::services {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

using Handler = Reply (*)(WorksRegistry*, const Request&);

WorksRegistry Registry(int works = 1) {
  WorksRegistry registry;
  for (int i = 1; i <= works; ++i) {
    const std::string n = std::to_string(i);
    RegisteredWork work{"10.5555/Syn." + n, "Crossref", 90000000U + static_cast<std::uint32_t>(i)};
    work.title = "Mg & <i>mood</i>";
    work.abstract = "Made up.";
    work.authors = {"Muller, Ann B.", "Group"};
    work.issn = "1234-5679";
    work.volume = "7";
    work.issue = "2";
    work.pages = "10-19";
    work.year = 2023;
    work.databases = {
        {"scopus", "2-s2.0-8500000000" + n}, {"embase", "L200000000" + n}, {"wos", "WOS:00000000000000" + n}};
    registry.Add(work);
  }
  registry.Add({"10.5555/elsewhere"});
  return registry;
}

Request Ask(std::map<std::string, std::string> parameters,
            std::vector<std::pair<std::string, std::string>> headers = {{"x-els-apikey", "k"}, {"x-apikey", "k"}}) {
  Request request;
  request.parameters = std::move(parameters);
  request.headers = std::move(headers);
  return request;
}

json Body(const Reply& reply) { return json::parse(reply.body, nullptr, /*allow_exceptions=*/false); }

const std::vector<std::pair<std::string, std::string>> kSubscriber = {{"x-els-apikey", "k"}, {"x-els-insttoken", "t"}};

TEST(ScopusStandin, StandardEntriesHaveTheFirstAuthorAndNoAbstract) {
  WorksRegistry registry = Registry();
  const json page = Body(SearchScopus(&registry, Ask({{"query", "mood"}})));
  ASSERT_TRUE(page.contains("search-results"));
  const json& results = page["search-results"];
  EXPECT_EQ(results["opensearch:totalResults"], "1");
  EXPECT_EQ(results["opensearch:Query"]["@searchTerms"], "mood");
  EXPECT_FALSE(results.contains("cursor"));
  ASSERT_EQ(results["entry"].size(), 1U);
  const json expected = json::parse(R"({"@_fa":"true","citedby-count":"0","dc:creator":"Muller A.B.",
    "dc:identifier":"SCOPUS_ID:85000000001","dc:title":"Mg &amp; &lt;i&gt;mood&lt;/i&gt;","eid":"2-s2.0-85000000001",
    "openaccess":"0","openaccessFlag":false,"prism:aggregationType":"Journal","prism:coverDate":"2023-01-01",
    "prism:coverDisplayDate":"January 2023","prism:doi":"10.5555/Syn.1","prism:issn":"12345679",
    "prism:issueIdentifier":"2","prism:pageRange":"10-19","prism:publicationName":"Journal of Made Up Trials",
    "prism:url":"https://api.elsevier.com/content/abstract/scopus_id/85000000001","prism:volume":"7",
    "pubmed-id":"90000001","subtype":"ar","subtypeDescription":"Article"})");
  EXPECT_EQ(results["entry"][0], expected);
}

TEST(ScopusStandin, CompleteEntriesHaveAuthorsAndAbstract) {
  WorksRegistry registry = Registry();
  const json page =
      Body(SearchScopus(&registry, Ask({{"query", "mood"}, {"view", "COMPLETE"}, {"cursor", "*"}}, kSubscriber)));
  ASSERT_TRUE(page.contains("search-results"));
  const json& entry = page["search-results"]["entry"][0];
  EXPECT_EQ(entry["dc:description"], "Made up.");
  EXPECT_EQ(entry["author"][0]["surname"], "Muller");
  EXPECT_EQ(entry["author"][0]["given-name"], "Ann B.");
  EXPECT_EQ(entry["author"][0]["initials"], "A.B.");
  EXPECT_EQ(entry["author"][1]["authname"], "Group");
  EXPECT_EQ(entry["author-count"]["$"], "2");
  EXPECT_FALSE(page["search-results"]["cursor"]["@next"].get<std::string>().empty());
}

TEST(ScopusStandin, LimitsRightsAndTheEmptySet) {
  WorksRegistry registry = Registry();
  struct Case {
    std::map<std::string, std::string> parameters;
    bool is_subscriber;
    int status;
    const char* said;
  };
  const Case cases[] = {
      {{{"query", "zinc"}}, false, 200, "Result set was empty"},
      {{{"query", "mood"}, {"count", "201"}}, false, 400, "maximum number allowed"},
      {{{"query", "mood"}, {"count", "26"}, {"view", "COMPLETE"}}, true, 400, "maximum number allowed"},
      {{{"query", "mood"}, {"count", "200"}, {"start", "4800"}}, false, 200, "Result set was empty"},
      {{{"query", "mood"}, {"count", "200"}, {"start", "4900"}}, false, 400, "number of search results"},
      {{{"query", "mood"}, {"cursor", "*"}}, false, 403, "Use of the cursor parameter is restricted"},
      {{{"query", "mood"}, {"cursor", "stale"}}, true, 400, "cursor"},
      {{{"query", "mood"}, {"cursor", "*"}, {"start", "0"}}, true, 400, "exclude"},
      {{{"query", "mood"}, {"view", "COMPLETE"}}, false, 401, "not authorized to access the requested view"},
      {{{"query", "mood"}, {"view", "x"}}, false, 400, "View"},
      {{{"query", "mood("}}, false, 400, "Error translating query"},
      {{{"query", "mood"}, {"apiKey", "k"}}, false, 400, "does not belong into an address"},
  };
  for (const Case& c : cases) {
    const Reply reply = SearchScopus(&registry, c.is_subscriber ? Ask(c.parameters, kSubscriber) : Ask(c.parameters));
    EXPECT_EQ(reply.status, c.status) << c.said;
    EXPECT_THAT(reply.body, HasSubstr(c.said));
  }
}

TEST(EmbaseStandin, RecordsHaveTheServicesShape) {
  WorksRegistry registry = Registry(2);
  const json page = Body(SearchEmbase(&registry, Ask({{"query", "'mood':ti"}, {"start", "2"}, {"count", "5"}})));
  const json expected = json::parse(R"({"header":{"hits":2},"results":[{
    "itemInfo":{"itemIdList":{"doi":"10.5555/Syn.2","lui":"L2000000002","medl":"90000002","pui":"2000000002"}},
    "head":{"abstracts":{"abstracts":[{"paras":["Made up."]}]},
      "authorList":{"authors":[{"surname":"Muller","givenName":"Ann B.","initials":"A."},{"surname":"Group"}]},
      "citationTitle":{"titleText":[{"ttltext":"Mg & <i>mood</i>"}]},
      "source":{"issn":["1234-5679"],"issue":"2","pageRange":"10-19","publicationYear":"2023",
        "sourceTitle":["Journal of Made Up Trials"],"volume":"7"}}}]})");
  EXPECT_EQ(page, expected) << page.dump();
  EXPECT_EQ(SearchEmbase(&registry, Ask({{"query", "mood"}, {"start", "0"}})).status, 400);
  EXPECT_EQ(SearchEmbase(&registry, Ask({{"query", "mood"}, {"count", "101"}})).status, 400);
}

TEST(WebOfScienceStandin, StarterHitsHaveTheServicesShape) {
  WorksRegistry registry = Registry();
  const json page = Body(SearchWebOfScienceStarter(&registry, Ask({{"q", "TS=mood"}})));
  const json expected = json::parse(R"({"metadata":{"total":1,"page":1,"limit":10},"hits":[{
    "uid":"WOS:000000000000001","title":"Mg & <i>mood</i>","types":["Article"],"sourceTypes":["Article"],
    "source":{"sourceTitle":"Journal of Made Up Trials","publishYear":2023,"volume":"7","issue":"2",
      "pages":{"range":"10-19","begin":"10"}},
    "names":{"authors":[{"displayName":"Muller, Ann B.","wosStandard":"Muller, AB"},
                        {"displayName":"Group","wosStandard":"Group"}]},
    "links":{},"citations":[{"db":"WOS","count":0}],
    "identifiers":{"doi":"10.5555/Syn.1","issn":"1234-5679","pmid":"90000001"},"keywords":{"authorKeywords":[]}}]})");
  EXPECT_EQ(page, expected) << page.dump();
  EXPECT_EQ(SearchWebOfScienceStarter(&registry, Ask({{"q", "TS=mood"}, {"limit", "51"}})).status, 400);
  EXPECT_EQ(SearchWebOfScienceStarter(&registry, Ask({{"q", "TS=("}})).status, 400);
}

TEST(WebOfScienceStandin, ExpandedRecordsHaveTheServicesShape) {
  WorksRegistry registry = Registry(2);
  const auto ask = [&](const std::string& query, const std::string& first) {
    return Body(SearchWebOfScienceExpanded(&registry,
                                           Ask({{"databaseId", "WOS"}, {"usrQuery", query}, {"firstRecord", first}})));
  };
  const json both = ask("TS=mood", "1");
  EXPECT_EQ(both["QueryResult"]["RecordsFound"], 2);
  ASSERT_TRUE(both["Data"]["Records"]["records"]["REC"].is_array());
  const json expected = json::parse(R"({"UID":"WOS:000000000000002",
    "static_data":{
      "summary":{"pub_info":{"pubtype":"Journal","has_abstract":"Y","pubyear":2023,"sortdate":"2023-01-01","vol":"7",
          "issue":"2","page":{"content":"10-19","begin":"10"}},
        "titles":{"count":2,"title":[{"type":"source","content":"Journal of Made Up Trials"},
                                     {"type":"item","content":"Mg & <i>mood</i>"}]},
        "doctypes":{"count":1,"doctype":"Article"},
        "names":{"count":2,"name":[
          {"role":"author","seq_no":1,"display_name":"Muller, Ann B.","wos_standard":"Muller, AB","last_name":"Muller",
           "first_name":"Ann B."},
          {"role":"author","seq_no":2,"display_name":"Group","wos_standard":"Group","last_name":"Group",
           "first_name":""}]}},
      "fullrecord_metadata":{"abstracts":{"count":1,"abstract":{"abstract_text":{"count":1,"p":"Made up."}}}}},
    "dynamic_data":{"cluster_related":{"identifiers":{"identifier":[{"type":"doi","value":"10.5555/Syn.2"},
      {"type":"issn","value":"1234-5679"},{"type":"pmid","value":"MEDLINE:90000002"}]}}}})");
  EXPECT_EQ(ask("TS=mood", "2")["Data"]["Records"]["records"]["REC"], expected) << both.dump();
  EXPECT_EQ(ask("TS=zinc", "1")["Data"]["Records"]["records"], "");
  EXPECT_EQ(ask("TS=(", "1")["code"], 400);
}

TEST(SubscriptionStandins, OnlyTheRightKeyAndAQuotaOpenThem) {
  struct Case {
    Handler handler;
    const char* service;
    const char* query;
    int refused;
  };
  for (const Case& c :
       {Case{SearchScopus, "scopus", "query", 403}, Case{SearchEmbase, "embase", "query", 403},
        Case{SearchWebOfScienceStarter, "wos", "q", 401}, Case{SearchWebOfScienceExpanded, "wos", "usrQuery", 401}}) {
    WorksRegistry registry = Registry();
    const std::map<std::string, std::string> parameters{{c.query, "mood"}, {"databaseId", "WOS"}};
    EXPECT_EQ(c.handler(&registry, Ask(parameters)).status, 200);
    EXPECT_EQ(c.handler(&registry, Ask(parameters, {})).status, c.refused);
    registry.keys[c.service] = "another";
    EXPECT_EQ(c.handler(&registry, Ask(parameters)).status, c.refused);
    registry.keys[c.service] = "k";
    registry.quotas[c.service] = 1;
    EXPECT_EQ(c.handler(&registry, Ask(parameters)).status, 200);
    EXPECT_EQ(c.handler(&registry, Ask(parameters)).status, 429);
  }
}

}  // namespace
}  // namespace litmill::services
