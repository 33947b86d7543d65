// SPDX-License-Identifier: Apache-2.0
// The table of what E-utilities answers mean. All bodies are synthetic.
#include <gtest/gtest.h>

#include <string>

#include "fetch/pubmed_client.h"
#include "tests/fetch/scripted_transport.h"

namespace litmill::fetch {
namespace {

using testing::Reply;

const std::string kWholeSet =
    "<?xml version=\"1.0\" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC \"-//NLM//DTD PubMedArticle, 1st January 2025//EN\" "
    "\"https://dtd.nlm.nih.gov/ncbi/pubmed/out/"
    "pubmed_250101.dtd\">\n<PubmedArticleSet>\n<PubmedArticle><MedlineCitation>"
    "<PMID Version=\"1\">90000001</PMID><Article><ArticleTitle>Mg<sup>2+</sup> &amp; API key invalid, Search Backend "
    "failed</ArticleTitle></Article>"
    "</MedlineCitation></PubmedArticle>\n</PubmedArticleSet>\n";
const std::string kWholeSearch =
    R"({"header":{"type":"esearch","version":"0.3"},"esearchresult":{"count":"1","retmax":"1","retstart":"0","idlist":["90000001"],)"
    R"("translationset":[],"querytranslation":"error timeout"}})";

std::string FetchError(const std::string& text) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\" ?><!DOCTYPE eEfetchResult PUBLIC \"-//X\" "
         "\"https://x/efetch.dtd\"><eFetchResult><ERROR>" +
         text + "</ERROR></eFetchResult>";
}
std::string SearchError(const std::string& text) {
  return R"({"header":{},"esearchresult":{"ERROR":")" + text + "\"}}";
}

struct Case {
  const char* name;
  bool xml;
  HttpResponse answer;
  Verdict verdict;
  int permanent_after = 0;
  bool refuses_everything = false;
};

TEST(ClassifyEutils, EachKnownAnswer) {
  const std::string page = "<html><head><title>502 Bad Gateway</title></head><body>x</body></html>";
  const std::string xhtml =
      "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://x\"><html><body>URI "
      "too large</body></html>";
  const std::string empty_set =
      "<?xml version=\"1.0\" ?><!DOCTYPE PubmedArticleSet><PubmedArticleSet></PubmedArticleSet>";
  const std::string limit = R"({"error":"API rate limit exceeded","api-key":"127.0.0.1","count":"4","limit":"3"})";
  const std::string bad_key = R"({"error":"API key invalid","api-key":"XYZXYZ","type":"invalid","status":"unknown"})";
  const Case cases[] = {
      {"whole set", true, Reply(200, kWholeSet), Verdict::kOk},
      {"empty set", true, Reply(200, empty_set), Verdict::kOk},
      {"self-closed set", true, Reply(200, "<PubmedArticleSet/>"), Verdict::kOk},
      {"whole search", false, Reply(200, kWholeSearch), Verdict::kOk},
      {"429 json", true, Reply(429, limit), Verdict::kThrottled},
      {"429 html", false, Reply(429, page), Verdict::kThrottled},
      {"429 empty", false, Reply(429, ""), Verdict::kThrottled},
      {"limit with 200", true, Reply(200, limit), Verdict::kThrottled},
      {"bad key", true, Reply(400, bad_key), Verdict::kPermanent, 0, true},
      {"bad key search", false, Reply(400, bad_key), Verdict::kPermanent, 0, true},
      {"blocked", false, Reply(403, page), Verdict::kPermanent, 0, true},
      {"not found", false, Reply(404, page), Verdict::kPermanent},
      {"xhtml 414", false, Reply(414, xhtml), Verdict::kPermanent},
      {"xhtml 200", true, Reply(200, xhtml), Verdict::kTransient},
      {"502 page", true, Reply(502, page), Verdict::kTransient},
      {"500 empty", false, Reply(500, ""), Verdict::kTransient},
      {"503 whole body", true, Reply(503, kWholeSet), Verdict::kTransient},
      {"200 page", true, Reply(200, page), Verdict::kTransient},
      {"200 page search", false, Reply(200, "<!DOCTYPE html>\n<HTML>maintenance</HTML>"), Verdict::kTransient},
      {"200 empty", true, Reply(200, ""), Verdict::kTransient},
      {"200 blank search", false, Reply(200, " \n"), Verdict::kTransient},
      {"no ids", true, Reply(400, FetchError("ID list is empty! Possibly it has no correct IDs.")),
       Verdict::kPermanent},
      {"no ids 200", true, Reply(200, FetchError("Supplied id parameter is empty.")), Verdict::kPermanent},
      {"no id list", true, Reply(200, FetchError("Empty id list - nothing todo")), Verdict::kPermanent},
      {"no WebEnv", true, Reply(400, FetchError("WebEnv parameter is required")), Verdict::kPermanent},
      {"bad db", false, Reply(200, SearchError("Invalid db name specified: pub")), Verdict::kPermanent},
      {"proxy", true, Reply(400, FetchError("error in proxy_stream(): 502 Bad Gateway")), Verdict::kTransient},
      {"viewer", true, Reply(200, FetchError("External viewer error: x")), Verdict::kTransient},
      {"timeout", true, Reply(400, FetchError("Status: Timeout")), Verdict::kTransient},
      {"pubone", true, Reply(400, FetchError("Failed to connect to PubOne service")), Verdict::kTransient},
      {"summary", true, Reply(400, FetchError("Error occurred: cannot get document summary")), Verdict::kTransient},
      {"eof", true, Reply(200, FetchError("Read failed: EOF (the other side has unexpectedly closed connection)")),
       Verdict::kTransient},
      {"c++", true, Reply(200, FetchError("NCBI C++ Exception: CTxRawClient")), Verdict::kTransient},
      {"querysrv", false, Reply(200, SearchError("Unable to open connection to #PMQuerySrv")), Verdict::kTransient},
      {"route", false, Reply(200, "Unable to route request!", "text/plain"), Verdict::kTransient},
      {"route 400", true, Reply(400, "Unable to route request!", "text/plain"), Verdict::kTransient},
      {"session fetch", true, Reply(200, FetchError("Unable to obtain query #1")), Verdict::kSessionLost},
      {"session fetch 400", true, Reply(400, FetchError("Unable to obtain query #1")), Verdict::kSessionLost},
      {"session search", false, Reply(200, SearchError("Unable to obtain query #1")), Verdict::kSessionLost},
      {"syntax or backend", false, Reply(200, SearchError("Search Backend failed: x")), Verdict::kTransient, 3},
      {"outage 2025", false, Reply(200, SearchError("Search Backend failed: Database is not supported: pubmed")),
       Verdict::kTransient},
      {"past the cap", false,
       Reply(200, SearchError("Search Backend failed: Exception:\n'retstart' cannot be larger than 9998.\nFor PubMed")),
       Verdict::kPermanent},
      {"xml error on search", false,
       Reply(200, "<eSearchResult><ERROR>Search Backend failed: x</ERROR></eSearchResult>"), Verdict::kTransient, 3},
      {"unknown words", true, Reply(200, FetchError("the moon is full")), Verdict::kTransient, 3},
      {"unknown words search", false, Reply(200, SearchError("the moon is full")), Verdict::kTransient, 3},
      {"unknown words 400", true, Reply(400, FetchError("the moon is full")), Verdict::kPermanent},
      {"error in the set", true, Reply(200, "<PubmedArticleSet><ERROR>the moon is full</ERROR></PubmedArticleSet>"),
       Verdict::kTransient, 3},
      {"wrong root", true, Reply(200, "<eSummaryResult/>"), Verdict::kTransient, 3},
      {"json for xml", true, Reply(200, kWholeSearch), Verdict::kTransient},
      {"xml for json", false, Reply(200, kWholeSet), Verdict::kTransient},
      {"malformed set", true, Reply(200, "<PubmedArticleSet><a></b></PubmedArticleSet>"), Verdict::kTransient},
      {"damaged byte", true,
       Reply(200,
             "<PubmedArticleSet>M\xFC"
             "ller</PubmedArticleSet>"),
       Verdict::kTransient},
      {"text after the set", true, Reply(200, "<PubmedArticleSet/>502 Bad"), Verdict::kTransient},
      {"408", true, Reply(408, ""), Verdict::kTransient},
      {"302 left over", true, Reply(302, ""), Verdict::kPermanent},
  };
  for (const Case& c : cases) {
    const Classification result = ClassifyEutils(c.answer, c.xml);
    EXPECT_EQ(VerdictName(result.verdict), VerdictName(c.verdict)) << c.name << ": " << result.reason;
    EXPECT_EQ(result.permanent_after, c.permanent_after) << c.name;
    EXPECT_EQ(result.refuses_everything, c.refuses_everything) << c.name;
    EXPECT_EQ(result.reason.empty(), c.verdict == Verdict::kOk) << c.name;
    EXPECT_LT(result.reason.size(), 400U) << c.name;
    EXPECT_EQ(result.reason.find("XYZXYZ"), std::string::npos) << "a key in the reason";
    EXPECT_EQ(result.reason.find('\n'), std::string::npos) << c.name;
  }
}

TEST(ClassifyEutils, ACutEfetchDocumentIsNeverTakenForAWholeOne) {
  const std::size_t whole = kWholeSet.rfind('>') + 1;  // the final line feed carries nothing
  for (std::size_t size = 0; size < whole; ++size)
    EXPECT_EQ(VerdictName(ClassifyEutils(Reply(200, kWholeSet.substr(0, size)), true).verdict), "transient") << size;
}

TEST(ClassifyEutils, ACutEsearchAnswerIsNeverTakenForAWholeOne) {
  for (std::size_t size = 0; size < kWholeSearch.size(); ++size)
    EXPECT_EQ(VerdictName(ClassifyEutils(Reply(200, kWholeSearch.substr(0, size)), false).verdict), "transient")
        << size;
}

TEST(ClassifyEutils, AHoleInTheMiddleOfADocumentIsSeen) {
  const std::size_t from = kWholeSet.find("<MedlineCitation>");
  const std::size_t to = kWholeSet.find("</MedlineCitation>");
  std::string holed = kWholeSet;
  holed.erase(from, to - from);
  EXPECT_EQ(ClassifyEutils(Reply(200, holed), true).verdict, Verdict::kTransient);
}

}  // namespace
}  // namespace litmill::fetch
