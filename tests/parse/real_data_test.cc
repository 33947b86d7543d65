// SPDX-License-Identifier: Apache-2.0
// Real PubMed XML, which is not part of the project: every file goes through, the sums balance, and the text equals
// what libxml2 reads.
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>

#include "tests/parse/parse_test_support.h"
#include "tests/support/real_data.h"
#include "tests/support/temp_dir.h"

namespace litmill::parse {
namespace {

using litmill::testing::FilesBelow;
using litmill::testing::ReadTestFile;
using litmill::testing::RealDataFolder;
using testing::HasCode;
using testing::Outcome;
using testing::Read;

const char* const kFolders[] = {"pubmed-xml", "medline-xml-old", "eutils-raw", "torture"};

std::vector<std::string> AllFiles() {
  std::vector<std::string> files;
  for (const char* const folder : kFolders)
    for (const std::string& file : FilesBelow(RealDataFolder() + "/" + folder)) files.push_back(file);
  return files;
}

// Unpacked by zlib, so that the oracle shares nothing with the code under test.
std::string Unpacked(const std::string& path) {
  const gzFile file = gzopen(path.c_str(), "rb");
  std::string out;
  char buffer[1 << 16];
  int size = 0;
  while ((size = gzread(file, buffer, sizeof buffer)) > 0) out.append(buffer, static_cast<std::size_t>(size));
  gzclose(file);
  return out;
}

std::string WithoutSpace(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') out += c;
  return out;
}

using DocumentPtr = std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)>;
using ContextPtr = std::unique_ptr<xmlXPathContext, decltype(&xmlXPathFreeContext)>;
using ObjectPtr = std::unique_ptr<xmlXPathObject, decltype(&xmlXPathFreeObject)>;

class Oracle {
 public:
  explicit Oracle(const std::string& bytes)
      : document_(xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), "x.xml", nullptr,
                                XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
                  &xmlFreeDoc) {}
  [[nodiscard]] bool well_formed() const { return document_ != nullptr; }

  [[nodiscard]] std::vector<xmlNodePtr> Records() const {
    return Find(nullptr, "//PubmedArticle | //PubmedBookArticle | //MedlineCitation[not(ancestor::PubmedArticle)]");
  }
  [[nodiscard]] std::size_t Count(const char* path) const { return Find(nullptr, path).size(); }
  [[nodiscard]] std::vector<std::string> Strings(xmlNodePtr node, const char* path) const {
    std::vector<std::string> out;
    for (const xmlNodePtr found : Find(node, path)) {
      xmlChar* content = xmlXPathCastNodeToString(found);
      out.push_back(WithoutSpace(reinterpret_cast<const char*>(content)));
      xmlFree(content);
    }
    return out;
  }

 private:
  [[nodiscard]] std::vector<xmlNodePtr> Find(xmlNodePtr node, const char* path) const {
    const ContextPtr context(xmlXPathNewContext(document_.get()), &xmlXPathFreeContext);
    if (node != nullptr) xmlXPathSetContextNode(node, context.get());
    const ObjectPtr object(xmlXPathEvalExpression(reinterpret_cast<const xmlChar*>(path), context.get()),
                           &xmlXPathFreeObject);
    std::vector<xmlNodePtr> out;
    if (object != nullptr && object->nodesetval != nullptr)
      for (int i = 0; i < object->nodesetval->nodeNr; ++i) out.push_back(object->nodesetval->nodeTab[i]);
    return out;
  }
  DocumentPtr document_;
};

void DropEmpty(std::vector<std::string>& texts) {
  texts.erase(std::remove(texts.begin(), texts.end(), std::string()), texts.end());
}

std::vector<std::string> OurTexts(const std::vector<AbstractSection>& sections) {
  std::vector<std::string> out;
  for (const AbstractSection& s : sections) out.push_back(WithoutSpace(s.body.text));
  DropEmpty(out);
  return out;
}

void ExpectSameText(const Oracle& oracle, xmlNodePtr node, const Record& record) {
  std::vector<std::string> titles =
      oracle.Strings(node, "descendant-or-self::*/Article/ArticleTitle | BookDocument/ArticleTitle");
  DropEmpty(titles);
  if (titles.empty()) titles = oracle.Strings(node, "BookDocument/Book/BookTitle");
  EXPECT_EQ(WithoutSpace(record.title.text), titles.empty() ? "" : titles[0]) << "title of " << record.source_id;
  std::vector<std::string> abstract =
      oracle.Strings(node, "descendant-or-self::*/Article/Abstract/AbstractText | BookDocument/Abstract/AbstractText");
  DropEmpty(abstract);
  EXPECT_EQ(OurTexts(record.abstract_sections), abstract) << "abstract of " << record.source_id;
  std::vector<std::string> others = oracle.Strings(node, "descendant-or-self::*/OtherAbstract/AbstractText");
  DropEmpty(others);
  std::vector<std::string> our_others;
  for (const OtherAbstract& other : record.other_abstracts)
    for (const std::string& text : OurTexts(other.sections)) our_others.push_back(text);
  EXPECT_EQ(our_others, others) << "other abstracts of " << record.source_id;
}

// Slices that are neither a record nor an error about one are those of deletions.
std::size_t RecordErrors(const Outcome& outcome) {
  return static_cast<std::size_t>(std::count_if(outcome.errors.begin(), outcome.errors.end(), [](const Problem& p) {
    return p.code == "no-pmid" || p.code == "not-well-formed" || p.code == "cut-record" || p.code == "too-deep" ||
           p.code == "record-too-large";
  }));
}

TEST(RealData, EveryFileGoesThroughAndTheTextIsLibxml2s) {
  LITMILL_NEEDS(RealDataFolder());
  std::map<std::string, std::size_t> codes;
  std::size_t files = 0, records = 0, deletions = 0, compared = 0, refused = 0;
  for (const std::string& path : AllFiles()) {
    SCOPED_TRACE(path);
    ++files;
    const std::string bytes = ReadTestFile(path);
    const Outcome outcome = Read(bytes, 10'007);
    records += outcome.records.size();
    deletions += outcome.deletions.size();
    for (const Problem& p : outcome.errors) ++codes["error " + p.code];
    for (const Problem& p : outcome.warnings) ++codes["warning " + p.code];
    const Oracle oracle(Unpacked(path));
    if (!outcome.result) {
      ++refused;
      ++codes["refused " + std::string(ErrorCodeName(outcome.result.error().code))];
      EXPECT_TRUE(!oracle.well_formed() || oracle.Records().empty()) << outcome.result.error().message;
      continue;
    }
    if (!oracle.well_formed()) {
      // What is not well-formed as a document must not pass without a word, unless it is only several roots in a row.
      if (outcome.errors.empty() && outcome.warnings.empty())
        std::printf("not well-formed but whole: %s\n", path.c_str());
      continue;
    }
    const std::vector<xmlNodePtr> nodes = oracle.Records();
    EXPECT_EQ(outcome.slices, outcome.records.size() + RecordErrors(outcome) + oracle.Count("//DeleteCitation"));
    EXPECT_EQ(outcome.deletions.size(), oracle.Count("//DeleteCitation/PMID"));
    EXPECT_EQ(outcome.records.size() + RecordErrors(outcome), nodes.size());
    if (!outcome.errors.empty()) {
      for (const Problem& p : outcome.errors) EXPECT_EQ(p.code, "no-pmid") << "in a well-formed file: " << p.message;
      continue;
    }
    if (nodes.size() != outcome.records.size()) continue;
    for (std::size_t i = 0; i < nodes.size(); ++i) ExpectSameText(oracle, nodes[i], outcome.records[i].record);
    compared += nodes.size();
  }
  std::printf("%zu files (%zu refused): %zu records (%zu compared with libxml2), %zu deletions\n", files, refused,
              records, compared, deletions);
  for (const auto& [code, count] : codes) std::printf("  %6zu %s\n", count, code.c_str());
  EXPECT_GT(compared, 1000U);
}

TEST(RealData, ChunkSizeDoesNotMatter) {
  LITMILL_NEEDS(RealDataFolder());
  for (const std::string& path : AllFiles()) {
    const std::string bytes = ReadTestFile(path);
    if (bytes.size() > 200'000) continue;
    EXPECT_EQ(testing::Describe(Read(bytes, 1013)), testing::Describe(Read(bytes))) << path;
  }
}

TEST(Torture, Probe) {
  LITMILL_NEEDS(RealDataFolder());
  const Outcome outcome = Read(ReadTestFile(RealDataFolder() + "/torture/probe.xml"));
  ASSERT_EQ(outcome.records.size(), 2U);
  const Record& r = outcome.records[0].record;
  EXPECT_EQ(r.source_id, "111");
  EXPECT_EQ(r.title.text, "Mg2+ and p values");
  EXPECT_EQ(r.title.markup, "Mg<sup>2+</sup> and <i>p</i> values");
  ASSERT_EQ(r.abstract_sections.size(), 2U);
  EXPECT_EQ(r.abstract_sections[0].label, "BACKGROUND");
  EXPECT_EQ(r.abstract_sections[0].nlm_category, "BACKGROUND");
  EXPECT_EQ(r.abstract_sections[0].body.text, "Mg2+ at P<0.001 and H2O.");
  EXPECT_EQ(r.abstract_sections[1].body.text, "No effect > placebo.");
  std::vector<std::string> dois;
  for (const Identifier& id : r.identifiers)
    if (id.scheme == "doi") dois.push_back(id.raw);
  for (const std::string& doi : dois) EXPECT_EQ(doi, "10.1/A");
  EXPECT_FALSE(dois.empty());
  ASSERT_EQ(r.references.size(), 1U);
  EXPECT_EQ(r.references[0].identifiers[0].raw, "10.9/CITED");
  ASSERT_EQ(r.authors.size(), 2U);
  EXPECT_EQ(r.authors[0].last_name, "Doe");
  EXPECT_EQ(r.authors[1].collective_name, "MAG Study Group");
  EXPECT_EQ(r.Date("print")->raw, "2010 Summer-Fall");
  EXPECT_EQ(r.Date("print")->iso, "2010-07");
  EXPECT_TRUE(r.IsRetracted());
  EXPECT_EQ(outcome.records[1].record.type, RecordType::kBook);
  EXPECT_EQ(outcome.records[1].record.title.text, "B");
  EXPECT_EQ(outcome.records[1].record.source_id, "333");
  EXPECT_EQ(outcome.records[1].record.abstract_sections[0].body.text, "Book abstract.");
  ASSERT_EQ(outcome.deletions.size(), 1U);
  EXPECT_EQ(outcome.deletions[0].source_id, "999");
  EXPECT_TRUE(outcome.errors.empty());
}

TEST(Torture, BrokenTail) {
  LITMILL_NEEDS(RealDataFolder());
  const Outcome outcome = Read(ReadTestFile(RealDataFolder() + "/torture/broken_tail.xml"));
  ASSERT_EQ(outcome.records.size(), 1U);
  EXPECT_EQ(outcome.records[0].record.source_id, "111");
  ASSERT_EQ(outcome.errors.size(), 1U);
  EXPECT_EQ(outcome.errors[0].code, "cut-record");
  EXPECT_EQ(outcome.errors[0].source_id, "222");
}

TEST(Torture, UnclosedTag) {
  LITMILL_NEEDS(RealDataFolder());
  const Outcome outcome = Read(ReadTestFile(RealDataFolder() + "/torture/unclosed_tag.xml"));
  ASSERT_EQ(outcome.records.size(), 2U);
  EXPECT_EQ(outcome.records[0].record.title.text, "A");
  EXPECT_EQ(outcome.records[1].record.title.text, "C");
  ASSERT_EQ(outcome.errors.size(), 1U);
  EXPECT_EQ(outcome.errors[0].source_id, "2");
}

}  // namespace
}  // namespace litmill::parse
