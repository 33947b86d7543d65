// SPDX-License-Identifier: Apache-2.0
#include "store/work_record.h"

#include <gmock/gmock.h>

#include <map>

#include "tests/store/samples.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

using store::WorkRecord;
using ::testing::ElementsAre;

Record Elsewhere(const std::string& source, const std::string& source_id, const std::string& title,
                 const std::string& pmid) {
  Record r = SmallRecord(source_id, title);
  r.source = source;
  r.identifiers = {{source, source_id, source_id, "test", true}};
  if (!pmid.empty()) r.identifiers.push_back({"pmid", pmid, pmid, "test", true});
  return r;
}

class WorkRecords : public ::testing::Test {
 protected:
  std::vector<WorkRecord> All() {
    std::vector<WorkRecord> works;
    EXPECT_THAT(store::ForEachWorkRecord(*corpus_,
                                         [&](const WorkRecord& work) -> Result<void> {
                                           works.push_back(work);
                                           return {};
                                         }),
                IsOk());
    return works;
  }
  void Link() { EXPECT_THAT(corpus_->LinkWorks(), IsOk()); }

  TempDir dir_;
  std::unique_ptr<store::Corpus> corpus_ = OpenCorpus(dir_.File("c.db"));
};

TEST_F(WorkRecords, OfOneRecordIsThatRecordWithItsTags) {
  const Record full = FullRecord("7");
  Put(*corpus_, full);
  const auto works = All();
  ASSERT_EQ(works.size(), 1U);
  EXPECT_EQ(works[0].record.title, full.title);
  EXPECT_EQ(works[0].record.abstract_sections.size(), full.abstract_sections.size());
  EXPECT_EQ(works[0].record.references.size(), full.references.size());
  EXPECT_EQ(works[0].record.authors.size(), full.authors.size());
  EXPECT_EQ(works[0].record.identifiers.size(), full.identifiers.size());
  EXPECT_THAT(works[0].sources, ElementsAre("pubmed"));
  std::vector<std::string> tags;
  for (const store::WorkTag& tag : works[0].tags) tags.push_back(tag.facet + "/" + tag.name);
  EXPECT_THAT(tags, ElementsAre("condition/depression", "condition/headache", "condition/migraine", "form/magnesium"));
  EXPECT_EQ(store::TaggedFacets(*corpus_).value(), (std::vector<std::string>{"condition", "form"}));
}

TEST_F(WorkRecords, TakesWhatTheRepresentativeLacksFromTheOthers) {
  Record pubmed = SmallRecord("1", "Magnesium");
  pubmed.abstract_sections.clear();
  pubmed.dates.clear();
  pubmed.pages.clear();
  pubmed.authors.clear();
  pubmed.journal = {};
  pubmed.languages.clear();
  Record scopus = Elsewhere("scopus", "A", "MAGNESIUM", "1");
  scopus.abstract_sections = {{"", "", {"The abstract.", ""}}};
  scopus.copyright = "(c)";
  scopus.dates = {{"print", *DateFromIso("2020-03"), ""}};
  scopus.journal.title = "J";
  scopus.journal.volume = "4";
  scopus.pages = "1-2";
  scopus.authors.resize(1);
  scopus.authors[0].last_name = "Doe";
  scopus.languages = {"fre"};
  Put(*corpus_, scopus);
  Put(*corpus_, pubmed);
  Link();
  const auto works = All();
  ASSERT_EQ(works.size(), 1U);
  const Record& r = works[0].record;
  EXPECT_EQ(r.source, "pubmed");
  EXPECT_EQ(r.source_id, "1");
  EXPECT_EQ(r.title.text, "Magnesium");
  ASSERT_EQ(r.abstract_sections.size(), 1U);
  EXPECT_EQ(r.abstract_sections[0].body.text, "The abstract.");
  EXPECT_EQ(r.copyright, "(c)");
  EXPECT_EQ(r.PublicationDate()->iso, "2020-03");
  EXPECT_EQ(r.journal.title, "J");
  EXPECT_EQ(r.journal.volume, "4");
  EXPECT_EQ(r.pages, "1-2");
  ASSERT_EQ(r.authors.size(), 1U);
  EXPECT_EQ(r.authors[0].last_name, "Doe");
  EXPECT_THAT(r.languages, ElementsAre("fre"));
  EXPECT_THAT(works[0].sources, ElementsAre("pubmed", "scopus"));
}

TEST_F(WorkRecords, UnitesListsWithoutRepeatsTheRepresentativeFirst) {
  Record pubmed = SmallRecord("1", "x");
  pubmed.identifiers.push_back({"doi", "10.1/a", "10.1/a", "ELocationID", true});
  pubmed.identifiers.push_back({"doi", "10.1/a", "10.1/A", "ArticleIdList", true});
  pubmed.keywords = {{"NOTNLM", false, {"Salt", ""}}};
  pubmed.mesh_headings = {{"D1", "Humans", "", false, false, {}}};
  pubmed.publication_types = {{"D016428", "Journal Article"}};
  Record embase = Elsewhere("embase", "L1", "x", "1");
  embase.keywords = {{"EMTREE", false, {"salt", ""}}, {"EMTREE", false, {"sea", ""}}};
  embase.mesh_headings = {{"", "humans", "", false, false, {}}, {"", "Rats", "", false, false, {}}};
  embase.publication_types = {{"", "journal article"}, {"", "Review"}};
  Put(*corpus_, embase);
  Put(*corpus_, pubmed);
  Link();
  const auto works = All();
  ASSERT_EQ(works.size(), 1U);
  const Record& r = works[0].record;
  std::vector<std::string> ids;
  for (const Identifier& id : r.identifiers) ids.push_back(id.scheme + ":" + id.value);
  EXPECT_THAT(ids, ElementsAre("pmid:1", "doi:10.1/a", "embase:L1"));
  ASSERT_EQ(r.keywords.size(), 2U);
  EXPECT_EQ(r.keywords[0].text.text, "Salt");
  EXPECT_EQ(r.keywords[1].text.text, "sea");
  ASSERT_EQ(r.mesh_headings.size(), 2U);
  EXPECT_EQ(r.mesh_headings[0].ui, "D1");
  ASSERT_EQ(r.publication_types.size(), 2U);
  EXPECT_EQ(r.publication_types[1].name, "Review");
}

TEST_F(WorkRecords, SaysRetractedWhenAnyMemberDoes) {
  Record crossref = Elsewhere("crossref", "10.1/x", "x", "1");
  crossref.related = {{"RetractionIn", "", "", "", "10.1/notice"}};
  Put(*corpus_, SmallRecord("1", "x"));
  Put(*corpus_, crossref);
  Put(*corpus_, SmallRecord("2", "y"));
  Link();
  const auto works = All();
  ASSERT_EQ(works.size(), 2U);
  EXPECT_TRUE(works[0].record.IsRetracted());
  EXPECT_EQ(works[0].record.related[0].doi, "10.1/notice");
  EXPECT_FALSE(works[1].record.IsRetracted());
}

TEST_F(WorkRecords, LeavesDeletedWorksOutAndDoesNotDependOnTheOrderOfArrival) {
  const auto other = OpenCorpus(dir_.File("other.db"));
  for (const char* const id : {"3", "1", "2"}) Put(*corpus_, SmallRecord(id, id));
  for (const char* const id : {"1", "2", "3"}) Put(*other, SmallRecord(id, id));
  PutDeletion(*corpus_, "2", 1, "2030-01-01T00:00:00Z");
  PutDeletion(*other, "2", 1, "2030-01-01T00:00:00Z");
  std::vector<std::string> first;
  std::vector<std::string> second;
  for (const WorkRecord& work : All()) first.push_back(work.record.source_id);
  EXPECT_THAT(store::ForEachWorkRecord(*other,
                                       [&](const WorkRecord& work) -> Result<void> {
                                         second.push_back(work.record.source_id);
                                         return {};
                                       }),
              IsOk());
  EXPECT_THAT(first, ElementsAre("1", "3"));
  EXPECT_EQ(first, second);
}

TEST_F(WorkRecords, StopsAtTheFirstFailure) {
  Put(*corpus_, SmallRecord("1", "x"));
  Put(*corpus_, SmallRecord("2", "y"));
  int calls = 0;
  EXPECT_THAT(store::ForEachWorkRecord(*corpus_,
                                       [&](const WorkRecord&) -> Result<void> {
                                         ++calls;
                                         return Fail(ErrorCode::kIo, "full");
                                       }),
              IsError(ErrorCode::kIo));
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace litmill::testing
