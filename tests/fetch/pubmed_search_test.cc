// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include <fmt/format.h>

#include "fetch/pubmed_client.h"
#include "tests/fetch/client_rig.h"
#include "tests/support/matchers.h"

namespace litmill::fetch {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;
using testing::ClientRig;
using testing::ComputedTransport;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using testing::FormValue;
using ::testing::HasSubstr;
using testing::kEmail;
using testing::kKey;
using ::testing::Not;
using testing::Reply;
using ::testing::SizeIs;

/// A PubMed with these records, every one of which answers every term; it serves at most `cap` ids of a search and
/// `page` a time.
struct FakePubmed {
  std::set<std::uint32_t> pmids;
  std::uint64_t cap = 10;
  std::uint64_t page = 1'000'000;
  bool ignores_ranges = false;
  std::function<void(int)> before_answer = {};  ///< Called with the number of the request, from 1.
  int requests = 0;

  Result<HttpResponse> operator()(const HttpRequest& request) {
    ++requests;
    if (before_answer) before_answer(requests);
    const std::string term = FormValue(request.body, "term");
    std::uint64_t low = 0;
    std::uint64_t high = ~0ULL;
    const std::size_t at = term.rfind(") AND ");
    if (at != std::string::npos && term.size() > 5 && term.substr(term.size() - 5) == "[UID]" && !ignores_ranges) {
      low = std::stoull(term.substr(at + 6));
      high = std::stoull(term.substr(term.find(':', at) + 1));
    }
    std::vector<std::string> found;
    for (auto it = pmids.rbegin(); it != pmids.rend(); ++it)  // newest first, as PubMed does
      if (*it >= low && *it <= high) found.push_back("\"" + std::to_string(*it) + "\"");
    const std::uint64_t count = found.size();
    const std::uint64_t start = std::stoull(FormValue(request.body, "retstart"));
    const std::uint64_t wanted = std::min<std::uint64_t>(std::stoull(FormValue(request.body, "retmax")), page);
    const std::uint64_t end = std::min({count, start + wanted, cap});
    std::vector<std::string> ids;
    for (std::uint64_t i = start; i < end; ++i) ids.push_back(found[i]);
    return Reply(
        200,
        fmt::format(
            R"({{"header":{{}},"esearchresult":{{"count":"{}","retmax":"{}","retstart":"{}","querykey":"1","webenv":"MCID_{}",)"
            R"("idlist":[{}],"querytranslation":"all[All Fields]"}}}})",
            count, ids.size(), start, requests, fmt::join(ids, ",")),
        "application/json; charset=UTF-8");
  }
};

PubmedSettings Settings(std::uint32_t cap) {
  PubmedSettings settings;
  settings.base_url = "http://stand-in/eutils";
  settings.email = kEmail;
  settings.api_key = kKey;
  settings.search_cap = cap;
  return settings;
}

std::vector<std::string> Terms(const ComputedTransport& network) {
  std::vector<std::string> terms;
  for (const HttpRequest& request : network.requests()) terms.push_back(FormValue(request.body, "term"));
  return terms;
}

TEST(PubmedSearch, ASmallSearchIsOneRequestByPost) {
  FakePubmed pubmed{{5, 3, 90000001}};
  ComputedTransport network(std::ref(pubmed));
  ClientRig rig(network);
  PubmedClient client(Settings(10), rig.client.get(), &rig.log);
  const auto result = client.Search("mg & \"x y\"[tiab]");
  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(result->count, 3U);
  EXPECT_THAT(result->pmids, ElementsAre(3U, 5U, 90000001U));
  EXPECT_THAT(result->parts, ElementsAre());
  EXPECT_EQ(result->report.query_translation, "all[All Fields]");
  ASSERT_THAT(result->documents, SizeIs(1));
  EXPECT_EQ(
      result->documents[0].request,
      "esearch.fcgi?db=pubmed&retmax=10&retmode=json&retstart=0&term=mg%20%26%20%22x%20y%22%5Btiab%5D&usehistory=y");
  ASSERT_THAT(network.requests(), SizeIs(1));
  const HttpRequest& request = network.requests()[0];
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "http://stand-in/eutils/esearch.fcgi");
  EXPECT_EQ(FormValue(request.body, "term"), "mg & \"x y\"[tiab]");
  EXPECT_EQ(FormValue(request.body, "tool"), "litmill");
  EXPECT_EQ(FormValue(request.body, "email"), kEmail);
  EXPECT_EQ(FormValue(request.body, "api_key"), kKey);
  EXPECT_THAT(rig.EverythingKept(), Not(HasSubstr(kKey)));
}

TEST(PubmedSearch, OverTheCapItSplitsOnPmidRanges) {
  FakePubmed pubmed{{1, 2, 3, 30'000'000, 30'000'001, 49'999'999, 50'000'000, 50'000'001, 99'999'999}, 4};
  ComputedTransport network(std::ref(pubmed));
  ClientRig rig(network);
  PubmedClient client(Settings(4), rig.client.get(), &rig.log);
  const auto result = client.Search("t");
  ASSERT_THAT(result, IsOk());
  EXPECT_THAT(result->pmids, ElementsAreArray(pubmed.pmids));
  EXPECT_THAT(result->parts, ElementsAre("1:25000000", "25000001:50000000", "50000001:99999999"));
  EXPECT_THAT(Terms(network), ElementsAre("t", "(t) AND 1:50000000[UID]", "(t) AND 1:25000000[UID]",
                                          "(t) AND 25000001:50000000[UID]", "(t) AND 50000001:99999999[UID]"));
}

TEST(PubmedSearch, AnyRecordsAndAnyCapGiveAllRecordsAndPartsWithoutAGap) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    std::mt19937_64 random(seed);
    FakePubmed pubmed;
    pubmed.cap = 1 + random() % 12;
    const std::uint64_t top = seed % 5 == 0 ? 4'294'967'295 : 42'000'000;  // also PMIDs past 8 digits
    const std::uint64_t size = random() % 80;
    const bool clustered = random() % 2 == 0;
    const std::uint64_t base = 1 + random() % (top - 1'000);
    while (pubmed.pmids.size() < size)
      pubmed.pmids.insert(static_cast<std::uint32_t>(clustered ? base + random() % 200 : 1 + random() % top));
    ComputedTransport network(std::ref(pubmed));
    ClientRig rig(network);
    PubmedClient client(Settings(static_cast<std::uint32_t>(pubmed.cap)), rig.client.get(), &rig.log);
    const auto result = client.Search("t");
    ASSERT_THAT(result, IsOk()) << "seed " << seed;
    EXPECT_THAT(result->pmids, ElementsAreArray(pubmed.pmids)) << "seed " << seed;
    EXPECT_EQ(result->count, size);
    std::uint64_t next = 1;
    for (const std::string& part : result->parts) {
      EXPECT_EQ(std::stoull(part), next) << "seed " << seed;
      next = std::stoull(part.substr(part.find(':') + 1)) + 1;
    }
    if (!result->parts.empty()) {
      EXPECT_GE(next, 100'000'000U);
    }
  }
}

TEST(PubmedSearch, AShortIdListIsCompletedFromWhereItStopped) {
  FakePubmed pubmed{{1, 2, 3, 4, 5, 6, 7}, 10, 3};
  ComputedTransport network(std::ref(pubmed));
  ClientRig rig(network);
  PubmedClient client(Settings(10), rig.client.get(), &rig.log);
  const auto result = client.Search("t");
  ASSERT_THAT(result, IsOk());
  EXPECT_THAT(result->pmids, SizeIs(7));
  std::vector<std::string> starts;
  for (const HttpRequest& request : network.requests()) starts.push_back(FormValue(request.body, "retstart"));
  EXPECT_THAT(starts, ElementsAre("0", "3", "6"));
}

TEST(PubmedSearch, IdsThatNeverComeAreAnIntegrityErrorWithTheArithmetic) {
  int requests = 0;
  ComputedTransport network([&](const HttpRequest&) -> Result<HttpResponse> {
    ++requests;
    return Reply(200, R"({"esearchresult":{"count":"5","retstart":"0","idlist":["1","2","2"]}})", "application/json");
  });
  ClientRig rig(network);
  PubmedClient client(Settings(10), rig.client.get(), &rig.log);
  const auto result = client.Search("t");
  ASSERT_THAT(result, IsError(ErrorCode::kIntegrity));
  EXPECT_THAT(result.error().message, HasSubstr("counted 5 records"));
  EXPECT_THAT(result.error().message, HasSubstr("2 different PMIDs"));
  EXPECT_EQ(requests, 4) << "each of the two attempts asks once for the rest";
}

TEST(PubmedSearch, AnIndexThatMovedMeanwhileIsSearchedOnceMore) {
  FakePubmed pubmed{{1, 2, 3, 4, 5, 6}, 4};
  pubmed.before_answer = [&](int number) {
    if (number == 2) pubmed.pmids.insert(7);
  };
  ComputedTransport network(std::ref(pubmed));
  ClientRig rig(network);
  PubmedClient client(Settings(4), rig.client.get(), &rig.log);
  const auto result = client.Search("t");
  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(result->count, 7U);
  EXPECT_THAT(result->pmids, SizeIs(7));
  EXPECT_THAT(rig.log.AllText(), HasSubstr("counted 6 records"));
}

TEST(PubmedSearch, AServiceThatIgnoresRangesIsFoundOutAtOnce) {
  FakePubmed pubmed{{60'000'001, 60'000'002, 60'000'003, 60'000'004, 60'000'005}, 4};
  pubmed.ignores_ranges = true;
  ComputedTransport network(std::ref(pubmed));
  ClientRig rig(network);
  PubmedClient client(Settings(4), rig.client.get(), &rig.log);
  const auto result = client.Search("t");
  ASSERT_THAT(result, IsError(ErrorCode::kIntegrity));
  EXPECT_THAT(result.error().message, HasSubstr("does not honour the range"));
  EXPECT_EQ(pubmed.requests, 4);
}

TEST(PubmedSearch, ALostSessionLeadsToOneNewSearch) {
  FakePubmed pubmed{{1, 2}};
  int requests = 0;
  ComputedTransport network([&](const HttpRequest& request) -> Result<HttpResponse> {
    if (++requests == 1)
      return Reply(200, R"({"esearchresult":{"ERROR":"Unable to obtain query #1"}})", "application/json");
    return pubmed(request);
  });
  ClientRig rig(network);
  PubmedClient client(Settings(10), rig.client.get(), &rig.log);
  EXPECT_THAT(client.Search("t"), IsOk());
  EXPECT_EQ(requests, 2);
}

TEST(PubmedSearch, ASearchThatNcbiCannotReadIsRefusedAfterTwoRetries) {
  int requests = 0;
  ComputedTransport network([&](const HttpRequest&) -> Result<HttpResponse> {
    ++requests;
    return Reply(200, "{\"esearchresult\":{\"ERROR\":\"Search Backend failed:\nunbalanced\"}}", "application/json");
  });
  ClientRig rig(network);
  PubmedClient client(Settings(10), rig.client.get(), &rig.log);
  const auto result = client.Search("((");
  ASSERT_THAT(result, IsError(ErrorCode::kPermanentRemote));
  EXPECT_THAT(result.error().message, HasSubstr("unbalanced"));
  EXPECT_EQ(requests, 3);
  EXPECT_THAT(rig.Verdicts(), ElementsAre("transient", "transient", "permanent"));
}

TEST(PubmedSearch, NoHitsIsAnAnswerNotAnError) {
  FakePubmed pubmed;
  ComputedTransport network(std::ref(pubmed));
  ClientRig rig(network);
  PubmedClient client(Settings(10), rig.client.get(), &rig.log);
  const auto result = client.Search("t");
  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(result->count, 0U);
  EXPECT_THAT(result->pmids, SizeIs(0));
}

TEST(PubmedSearch, OfflineGivesTheSameResultFromTheArchiveAlone) {
  FakePubmed pubmed{{1, 2, 3, 4, 5, 6, 7, 60'000'000}, 3};
  ComputedTransport network(std::ref(pubmed));
  ClientRig rig(network);
  PubmedClient online(Settings(3), rig.client.get(), &rig.log);
  const auto first = online.Search("t");
  ASSERT_THAT(first, IsOk());
  const int requests = pubmed.requests;
  PubmedSettings other_contact = Settings(3);
  other_contact.email = "somebody-else@example.org";
  other_contact.api_key.clear();
  PubmedClient offline(other_contact, rig.archive.get(), &rig.log);
  const auto second = offline.Search("t");
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->pmids, first->pmids);
  EXPECT_EQ(second->count, first->count);
  EXPECT_EQ(second->parts, first->parts);
  EXPECT_EQ(pubmed.requests, requests);
  const auto unknown = offline.Search("another question");
  ASSERT_THAT(unknown, IsError(ErrorCode::kNotFound));
  EXPECT_THAT(unknown.error().message, HasSubstr("another%20question"));
}

TEST(PubmedSearch, ModifiedSinceAsksForTheModificationDate) {
  FakePubmed pubmed{{4}};
  ComputedTransport network(std::ref(pubmed));
  ClientRig rig(network);
  PubmedClient client(Settings(10), rig.client.get(), &rig.log);
  ASSERT_THAT(client.SearchModifiedSince("a OR b", "2026-11-01"), IsOk());
  EXPECT_THAT(Terms(network), ElementsAre("(a OR b) AND (\"2026/11/01\"[lr] : \"3000\"[lr])"));
  for (const char* date :
       {"", "2026", "2026-11", "2026-13-01", "2026-02-30", "2026/11/01", "2026-11-1x", "-026-11-01", "2026-11-01T"})
    EXPECT_THAT(client.SearchModifiedSince("t", date), IsError(ErrorCode::kInvalidInput)) << date;
}

TEST(PubmedClient, DescribesItsRequestsWithoutSecrets) {
  testing::ScriptedTransport network;
  ClientRig rig(network);
  PubmedClient client(Settings(10), rig.client.get(), &rig.log);
  const auto lines = client.DescribeRequests("magnesium[mh]");
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_EQ(lines[0],
            "POST "
            "http://stand-in/eutils/"
            "esearch.fcgi\ndb=pubmed&retmax=10&retmode=json&retstart=0&term=magnesium%5Bmh%5D&usehistory=y&tool="
            "litmill&email=***&api_key=***");
  EXPECT_EQ(lines[1],
            "POST http://stand-in/eutils/efetch.fcgi\ndb=pubmed&id=<up to 200 PMIDs that the search "
            "finds>&retmode=xml&tool=litmill&email=***&api_key=***");
  EXPECT_THAT(network.requests(), SizeIs(0));
}

}  // namespace
}  // namespace litmill::fetch
