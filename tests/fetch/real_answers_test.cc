// SPDX-License-Identifier: Apache-2.0
// The classifier on answers that NCBI really gave (folder of real data, not part of the project).
#include <gtest/gtest.h>

#include <string>

#include "fetch/pubmed_client.h"
#include "fetch/xml_shape.h"
#include "tests/fetch/scripted_transport.h"
#include "tests/support/real_data.h"
#include "tests/support/temp_dir.h"

namespace litmill::fetch {
namespace {

using litmill::testing::FilesBelow;
using litmill::testing::ReadTestFile;
using litmill::testing::RealDataFolder;
using testing::Reply;

TEST(RealAnswers, RecordedErrorsAreNeverTakenForAnswers) {
  LITMILL_NEEDS(RealDataFolder());
  int seen = 0;
  for (const std::string& path : FilesBelow(RealDataFolder() + "/errors/recorded")) {
    const std::size_t at = path.find("eutils.ncbi.nlm.nih.gov_");
    if (at == std::string::npos) continue;
    ++seen;
    const int status = std::stoi(path.substr(at + 24, 3));
    const std::string body = ReadTestFile(path);
    const Classification result = ClassifyEutils(Reply(status, body), true);
    EXPECT_EQ(VerdictName(result.verdict), "permanent") << path << ": " << result.reason;
    EXPECT_EQ(result.refuses_everything, body.find("API key invalid") != std::string::npos) << path;
    EXPECT_NE(VerdictName(ClassifyEutils(Reply(200, body), false).verdict), "ok") << path;
  }
  EXPECT_GE(seen, 5);
}

TEST(RealAnswers, RecordedEfetchAnswersAreWhole) {
  LITMILL_NEEDS(RealDataFolder());
  int seen = 0;
  for (const std::string& path : FilesBelow(RealDataFolder() + "/responses")) {
    if (path.find("eutils") == std::string::npos || path.find("efetch") == std::string::npos) continue;
    const std::string body = ReadTestFile(path);
    const XmlShape shape = InspectXml(body);
    EXPECT_TRUE(shape.complete) << path << ": " << shape.problem;
    if (shape.root != "PubmedArticleSet") continue;
    ++seen;
    EXPECT_EQ(VerdictName(ClassifyEutils(Reply(200, body), true).verdict), "ok") << path;
    for (std::size_t cut = 1; cut < 50; ++cut) {  // ... and stop being so wherever they are cut
      const std::size_t size = body.rfind('>') * cut / 50;
      EXPECT_EQ(VerdictName(ClassifyEutils(Reply(200, body.substr(0, size)), true).verdict), "transient")
          << path << " cut at " << size;
    }
  }
  EXPECT_GE(seen, 1);
}

TEST(RealAnswers, OtherAnswersAreNoArticleSetAndNeverCrash) {
  LITMILL_NEEDS(RealDataFolder());
  int seen = 0;
  for (const std::string& path : FilesBelow(RealDataFolder() + "/eutils-raw")) {
    const std::string body = ReadTestFile(path);
    const Classification as_fetch = ClassifyEutils(Reply(200, body), true);
    const Classification as_search = ClassifyEutils(Reply(200, body), false);
    const bool article_set = InspectXml(body).root == "PubmedArticleSet";
    if (!article_set) {
      EXPECT_NE(VerdictName(as_fetch.verdict), "ok") << path;
    }
    EXPECT_NE(VerdictName(as_search.verdict), "ok") << path << " (there is no ESearch JSON in this folder)";
    ++seen;
  }
  EXPECT_GE(seen, 50);
}

TEST(RealAnswers, WellFormedPubmedFilesAreSeenAsWhole) {
  LITMILL_NEEDS(RealDataFolder());
  const std::string malformed = ReadTestFile(RealDataFolder() + "/malformed-xml.tsv");
  int seen = 0;
  for (const std::string& path : FilesBelow(RealDataFolder() + "/pubmed-xml")) {
    if (path.size() < 4 || path.substr(path.size() - 4) != ".xml") continue;
    const std::string name = path.substr(path.rfind('/') + 1);
    if (malformed.find(name) != std::string::npos || name.find("Malformed") != std::string::npos) continue;
    const std::string body = ReadTestFile(path);
    if (body.substr(0, 2) == "\xFF\xFE" || body.substr(0, 2) == "\xFE\xFF")
      continue;  // UTF-16 files do not come from EFetch
    const XmlShape shape = InspectXml(body);
    EXPECT_TRUE(shape.complete) << path << ": " << shape.problem;
    ++seen;
  }
  EXPECT_GE(seen, 50);
}

}  // namespace
}  // namespace litmill::fetch
