// SPDX-License-Identifier: Apache-2.0
// Books and chapters; synthetic records.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/parse/parse_test_support.h"

namespace litmill::parse {
namespace {

using ::testing::ElementsAre;
using testing::OnlyRecord;
using testing::SetXml;

std::string BookXml(const std::string& title) {
  return R"(<PubmedBookArticle><BookDocument><PMID Version="1">90000010</PMID>
  <ArticleIdList><ArticleId IdType="bookaccession">NBK999</ArticleId></ArticleIdList>
  <Book><Publisher><PublisherName>Invented Press</PublisherName><PublisherLocation>Nowhere</PublisherLocation></Publisher>
    <BookTitle book="inv">The <i>Invented</i> Book</BookTitle><PubDate><Year>2019</Year><Month>03</Month></PubDate>
    <BeginningDate><Year>1993</Year></BeginningDate><EndingDate><Year>2020</Year></EndingDate>
    <AuthorList Type="editors"><Author><LastName>Editor</LastName></Author></AuthorList>
    <AuthorList Type="authors"><Author><LastName>BookAuthor</LastName></Author></AuthorList>
    <Volume>1</Volume><VolumeTitle>First</VolumeTitle><Edition>2nd</Edition><CollectionTitle>Series</CollectionTitle>
    <Isbn>9780000000001</Isbn><Isbn>9780000000002</Isbn><ELocationID EIdType="doi">10.5555/book</ELocationID><Medium>Internet</Medium><ReportNumber>R1</ReportNumber></Book>
  <LocationLabel Type="chapter">Chapter 4</LocationLabel>)" +
         title + R"(<Pagination><MedlinePgn>12-9</MedlinePgn></Pagination><Language>eng</Language>
  <AuthorList Type="authors"><Author><LastName>ChapterAuthor</LastName></Author></AuthorList>
  <PublicationType UI="D016454">Review</PublicationType>
  <Abstract><AbstractText>About it.</AbstractText></Abstract>
  <Sections><Section><LocationLabel>1</LocationLabel><SectionTitle>One</SectionTitle><Section><SectionTitle>One A</SectionTitle></Section></Section><Section><SectionTitle>Two</SectionTitle></Section></Sections>
  <KeywordList Owner="NLM"><Keyword>k</Keyword></KeywordList>
  <ContributionDate><Year>2019</Year><Month>2</Month><Day>1</Day></ContributionDate><DateRevised><Year>2020</Year><Month>1</Month><Day>2</Day></DateRevised>
  <GrantList><Grant><Agency>Fund</Agency></Grant></GrantList><ItemList ListType="Synonyms"><Item>Other name</Item></ItemList>
  <ReferenceList><Reference><Citation>R</Citation></Reference></ReferenceList></BookDocument>
  <PubmedBookData><History><PubMedPubDate PubStatus="pubmed"><Year>2019</Year><Month>3</Month><Day>4</Day></PubMedPubDate></History>
  <PublicationStatus>ppublish</PublicationStatus><ArticleIdList><ArticleId IdType="pubmed">90000010</ArticleId></ArticleIdList></PubmedBookData></PubmedBookArticle>)";
}

TEST(WholeBook, EveryField) {
  const Record record = OnlyRecord(SetXml(BookXml("")));
  EXPECT_EQ(record.type, RecordType::kBook);
  EXPECT_EQ(record.source_id, "90000010");
  EXPECT_EQ(record.title.text, "The Invented Book");
  EXPECT_EQ(record.title.markup, "The <i>Invented</i> Book");
  ASSERT_TRUE(record.book.has_value());
  const Book& book = *record.book;
  EXPECT_EQ(book.title, "The Invented Book");
  EXPECT_EQ(book.publisher, "Invented Press");
  EXPECT_EQ(book.publisher_location, "Nowhere");
  EXPECT_EQ(book.volume, "1");
  EXPECT_EQ(book.volume_title, "First");
  EXPECT_EQ(book.edition, "2nd");
  EXPECT_EQ(book.collection_title, "Series");
  EXPECT_EQ(book.medium, "Internet");
  EXPECT_EQ(book.report_number, "R1");
  EXPECT_THAT(book.isbns, ElementsAre("9780000000001", "9780000000002"));
  EXPECT_THAT(book.locations, ElementsAre(std::pair<std::string, std::string>("chapter", "Chapter 4")));
  EXPECT_THAT(book.section_titles, ElementsAre("One", "One A", "Two"));
  EXPECT_EQ(record.FindIdentifier("bookaccession")->value, "NBK999");
  EXPECT_EQ(record.FindIdentifier("doi")->value, "10.5555/book");
  EXPECT_EQ(record.Date("print")->iso, "2019-03");
  EXPECT_EQ(record.Date("beginning")->iso, "1993");
  EXPECT_EQ(record.Date("ending")->iso, "2020");
  EXPECT_EQ(record.Date("contribution")->iso, "2019-02-01");
  EXPECT_EQ(record.Date("revised")->iso, "2020-01-02");
  EXPECT_EQ(record.Date("pubmed")->iso, "2019-03-04");
  EXPECT_EQ(record.publication_types[0].name, "Review");
  EXPECT_EQ(record.abstract_sections[0].body.text, "About it.");
  EXPECT_EQ(record.end_page, "19");
  EXPECT_EQ(record.grants[0].agency, "Fund");
  EXPECT_EQ(record.references.size(), 1U);
  EXPECT_EQ(record.other_names[0].kind, "item");
  EXPECT_EQ(record.other_names[0].source, "Synonyms");
}

TEST(Chapter, HasItsOwnTitleAndItsAuthorsFirst) {
  const Record record =
      OnlyRecord(SetXml(BookXml("<ArticleTitle book=\"inv\" part=\"ch4\">The Chapter</ArticleTitle>")));
  EXPECT_EQ(record.title.text, "The Chapter");
  EXPECT_EQ(record.book->title, "The Invented Book");
  ASSERT_EQ(record.authors.size(), 3U);
  EXPECT_EQ(record.authors[0].last_name, "ChapterAuthor");
  EXPECT_EQ(record.authors[1].last_name, "BookAuthor");
  EXPECT_EQ(record.authors[2].last_name, "Editor");
  EXPECT_EQ(record.authors[2].role, PersonRole::kEditor);
}

TEST(Chapter, DoesNotTakeTheDoiOfItsBook) {
  const Record record = OnlyRecord(SetXml(BookXml("<ArticleTitle>The Chapter</ArticleTitle>")));
  EXPECT_EQ(record.FindIdentifier("doi"), nullptr);
  bool kept = false;
  for (const OtherName& name : record.other_names)
    kept = kept || (name.kind == "book-doi" && name.value == "10.5555/book");
  EXPECT_TRUE(kept);
}

TEST(Chapter, BareBookDocumentIsARecord) {
  EXPECT_EQ(
      OnlyRecord("<BookDocument><PMID>90000011</PMID><Book><BookTitle>B</BookTitle></Book></BookDocument>").title.text,
      "B");
}

}  // namespace
}  // namespace litmill::parse
