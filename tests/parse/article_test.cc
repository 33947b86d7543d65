// SPDX-License-Identifier: Apache-2.0
// Every field of an article, from synthetic records; then the forms that older DTDs used.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/parse/parse_test_support.h"

namespace litmill::parse {
namespace {

using testing::ArticleXml;
using ::testing::ElementsAre;
using testing::HasCode;
using testing::OnlyRecord;
using testing::Outcome;
using testing::Read;
using testing::SetXml;

// One record with everything that the DTD of 2025 allows in an article.
const char kFullRecord[] = R"(<PubmedArticle>
  <MedlineCitation Status="MEDLINE" Owner="NLM" IndexingMethod="Curated" VersionID="2" VersionDate="2024/05/01">
    <PMID Version="3"> 90000007
    </PMID>
    <DateCompleted><Year>2024</Year><Month>05</Month><Day>02</Day></DateCompleted>
    <DateRevised><Year>2024</Year><Month>06</Month><Day>11</Day></DateRevised>
    <Article PubModel="Print-Electronic">
      <Journal><ISSN IssnType="Electronic">1111-222X</ISSN>
        <JournalIssue CitedMedium="Internet"><Volume>7</Volume><Issue>2 Suppl</Issue><PubDate><MedlineDate>2023 Nov-Dec</MedlineDate></PubDate></JournalIssue>
        <Title>Annals of invented findings</Title><ISOAbbreviation>Ann Invent Find</ISOAbbreviation></Journal>
      <ArticleTitle>[Ca<sup>2+</sup> &amp; sleep: an <i>invented</i> trial].</ArticleTitle>
      <Pagination><StartPage>201</StartPage><EndPage>210</EndPage><MedlinePgn>201-10</MedlinePgn></Pagination>
      <ELocationID EIdType="doi" ValidYN="N">10.5555/withdrawn.9</ELocationID>
      <ELocationID EIdType="doi" ValidYN="Y">10.5555/aif.2023.201</ELocationID>
      <ELocationID EIdType="pii">S0001</ELocationID>
      <Abstract>
        <AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">Sleep is short.</AbstractText>
        <AbstractText Label="WHAT WE DID" NlmCategory="METHODS">We gave 400&#xa0;mg (n&lt;50).</AbstractText>
        <AbstractText>No label here.</AbstractText>
        <CopyrightInformation>(c) 2023 Nobody.</CopyrightInformation>
      </Abstract>
      <AuthorList CompleteYN="N">
        <Author ValidYN="Y" EqualContrib="Y"><LastName>Sm&#xf8;l</LastName><ForeName>Eva B</ForeName><Initials>EB</Initials><Suffix>Jr</Suffix>
          <Identifier Source="ORCID">http://orcid.org/0000-0002-1825-0097</Identifier>
          <AffiliationInfo><Affiliation>Dept A, Town.</Affiliation><Identifier Source="ROR">https://ror.org/000000000</Identifier></AffiliationInfo>
          <AffiliationInfo><Affiliation>Dept B, Village.</Affiliation></AffiliationInfo></Author>
        <Author ValidYN="N"><LastName>Smol</LastName></Author>
        <Author ValidYN="Y"><CollectiveName>Sleep Study Group</CollectiveName></Author>
      </AuthorList>
      <Language>DAN</Language><Language>eng</Language>
      <DataBankList CompleteYN="Y"><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList><AccessionNumber>NCT99999999</AccessionNumber><AccessionNumber>NCT99999998</AccessionNumber></AccessionNumberList></DataBank>
        <DataBank><DataBankName>Dryad</DataBankName></DataBank></DataBankList>
      <GrantList CompleteYN="Y"><Grant><GrantID>G1</GrantID><Acronym>XX</Acronym><Agency>Invented Fund</Agency><Country>Nowhere</Country></Grant><Grant><Agency>Other Fund</Agency></Grant></GrantList>
      <PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType><PublicationType UI="D016441">Retracted Publication</PublicationType></PublicationTypeList>
      <VernacularTitle>Ca<sup>2+</sup> og s&#xf8;vn</VernacularTitle>
      <ArticleDate DateType="Electronic"><Year>2023</Year><Month>10</Month><Day>30</Day></ArticleDate>
    </Article>
    <MedlineJournalInfo><Country>Nowhere</Country><MedlineTA>Ann Invent Find</MedlineTA><NlmUniqueID>100000009</NlmUniqueID><ISSNLinking>1111-2222</ISSNLinking></MedlineJournalInfo>
    <ChemicalList><Chemical><RegistryNumber>0</RegistryNumber><NameOfSubstance UI="D000001">Inventium</NameOfSubstance></Chemical></ChemicalList>
    <SupplMeshList><SupplMeshName Type="Disease" UI="C000001">Invented disease</SupplMeshName></SupplMeshList>
    <CitationSubset>IM</CitationSubset><CitationSubset>AIM</CitationSubset>
    <CommentsCorrectionsList>
      <CommentsCorrections RefType="RetractionIn"><RefSource>Ann Invent Find. 2024;8(1):1</RefSource></CommentsCorrections>
      <CommentsCorrections RefType="CommentIn"><RefSource>Elsewhere</RefSource><PMID Version="1">90000100</PMID><Note>a note</Note></CommentsCorrections>
    </CommentsCorrectionsList>
    <GeneSymbolList><GeneSymbol>inv1</GeneSymbol></GeneSymbolList>
    <MeshHeadingList>
      <MeshHeading><DescriptorName UI="D012890" MajorTopicYN="N" AutoHM="Y">Sleep</DescriptorName><QualifierName UI="Q000187" MajorTopicYN="Y">drug effects</QualifierName></MeshHeading>
      <MeshHeading><DescriptorName UI="D999999" MajorTopicYN="N" Type="Geographic">Nowhere</DescriptorName></MeshHeading>
    </MeshHeadingList>
    <NumberOfReferences>17</NumberOfReferences>
    <PersonalNameSubjectList><PersonalNameSubject><LastName>Galen</LastName><ForeName>Claudius</ForeName></PersonalNameSubject></PersonalNameSubjectList>
    <OtherID Source="NLM">PMC9900001.2</OtherID><OtherID Source="NLM">NIHMS123456</OtherID><OtherID Source="PIP">777</OtherID>
    <OtherAbstract Type="plain-language-summary" Language="eng"><AbstractText>Plain words.</AbstractText><CopyrightInformation>(c) Them</CopyrightInformation></OtherAbstract>
    <OtherAbstract Type="Publisher" Language="FRE"><AbstractText Label="BUT">Dormir.</AbstractText></OtherAbstract>
    <KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">calcium <i>bis</i>glycinate</Keyword><Keyword MajorTopicYN="Y">sleep</Keyword><Keyword/></KeywordList>
    <CoiStatement>None <b>at all</b>.</CoiStatement>
    <SpaceFlightMission>STS-0</SpaceFlightMission>
    <InvestigatorList><Investigator ValidYN="Y"><LastName>Helper</LastName><ForeName>Hal</ForeName></Investigator></InvestigatorList>
    <GeneralNote Owner="NLM">A remark.</GeneralNote>
  </MedlineCitation>
  <PubmedData>
    <History><PubMedPubDate PubStatus="received"><Year>2023</Year><Month>1</Month><Day>5</Day></PubMedPubDate>
      <PubMedPubDate PubStatus="entrez"><Year>2023</Year><Month>10</Month><Day>31</Day><Hour>3</Hour><Minute>42</Minute></PubMedPubDate></History>
    <PublicationStatus>ppublish</PublicationStatus>
    <ArticleIdList><ArticleId IdType="pubmed">90000007</ArticleId><ArticleId IdType="doi">10.5555/AIF.2023.201</ArticleId><ArticleId IdType="pmc">PMC9900001</ArticleId></ArticleIdList>
    <ObjectList><Object Type="grant"><Param Name="id">1</Param><Param Name="grantor">X</Param></Object></ObjectList>
    <ReferenceList><Title>References</Title>
      <Reference><Citation>Someone. <i>Other</i> paper.</Citation><ArticleIdList><ArticleId IdType="doi">10.5555/not.mine</ArticleId><ArticleId IdType="pubmed">90000200</ArticleId></ArticleIdList></Reference>
      <ReferenceList><Title>Further</Title><Reference><Citation>Second.</Citation></Reference></ReferenceList>
      <Reference><Citation>Third.</Citation></Reference>
    </ReferenceList>
  </PubmedData>
</PubmedArticle>)";

class FullArticle : public ::testing::Test {
 protected:
  const Outcome outcome_ = Read(SetXml(kFullRecord));
  const Record record_ = outcome_.records.empty() ? Record() : outcome_.records[0].record;

  [[nodiscard]] std::string DateIso(std::string_view kind) const {
    const PartialDate* date = record_.Date(kind);
    return date == nullptr ? "(none)" : date->iso;
  }
};

TEST_F(FullArticle, HasNoProblems) {
  EXPECT_TRUE(outcome_.result);
  EXPECT_EQ(outcome_.records.size(), 1U);
  for (const Problem& p : outcome_.errors) ADD_FAILURE() << p.code << " " << p.message;
  for (const Problem& p : outcome_.warnings) ADD_FAILURE() << p.code << " " << p.message;
}

TEST_F(FullArticle, Identity) {
  EXPECT_EQ(record_.source, "pubmed");
  EXPECT_EQ(record_.source_id, "90000007");
  EXPECT_EQ(record_.version, 3);
  EXPECT_EQ(record_.status, "MEDLINE");
  EXPECT_EQ(record_.owner, "NLM");
  EXPECT_EQ(record_.indexing_method, "Curated");
  EXPECT_EQ(record_.pub_model, "Print-Electronic");
  EXPECT_EQ(record_.publication_status, "ppublish");
  EXPECT_EQ(record_.version_id, "2");
  EXPECT_EQ(record_.version_date, "2024/05/01");
}

TEST_F(FullArticle, IdentifiersAreItsOwnAndNormalised) {
  ASSERT_NE(record_.FindIdentifier("doi"), nullptr);
  EXPECT_EQ(record_.FindIdentifier("doi")->value, "10.5555/aif.2023.201");
  EXPECT_EQ(record_.FindIdentifier("doi")->raw, "10.5555/AIF.2023.201");
  EXPECT_EQ(record_.FindIdentifier("doi")->origin, "ArticleIdList");
  EXPECT_EQ(record_.FindIdentifier("pmcid")->value, "PMC9900001");
  EXPECT_EQ(record_.FindIdentifier("pii")->value, "S0001");
  EXPECT_EQ(record_.FindIdentifier("mid")->value, "NIHMS123456");
  const auto withdrawn = std::find_if(record_.identifiers.begin(), record_.identifiers.end(),
                                      [](const Identifier& id) { return id.raw == "10.5555/withdrawn.9"; });
  ASSERT_NE(withdrawn, record_.identifiers.end());
  EXPECT_FALSE(withdrawn->valid);
  for (const Identifier& id : record_.identifiers) EXPECT_NE(id.raw, "10.5555/not.mine");
}

TEST_F(FullArticle, TitlesAndText) {
  EXPECT_EQ(record_.title.text, "[Ca2+ & sleep: an invented trial].");
  EXPECT_EQ(record_.title.markup, "[Ca<sup>2+</sup> &amp; sleep: an <i>invented</i> trial].");
  EXPECT_TRUE(record_.title_is_translated);
  EXPECT_EQ(record_.vernacular_title.text, "Ca2+ og s\xC3\xB8vn");
  ASSERT_EQ(record_.abstract_sections.size(), 3U);
  EXPECT_EQ(record_.abstract_sections[1].label, "WHAT WE DID");
  EXPECT_EQ(record_.abstract_sections[1].nlm_category, "METHODS");
  EXPECT_EQ(record_.abstract_sections[1].body.text, "We gave 400\xC2\xA0mg (n<50).");
  EXPECT_EQ(record_.abstract_sections[2].label, "");
  EXPECT_EQ(record_.copyright, "(c) 2023 Nobody.");
  ASSERT_EQ(record_.other_abstracts.size(), 2U);
  EXPECT_EQ(record_.other_abstracts[0].type, "plain-language-summary");
  EXPECT_EQ(record_.other_abstracts[0].copyright, "(c) Them");
  EXPECT_EQ(record_.other_abstracts[1].language, "fre");
  EXPECT_EQ(record_.other_abstracts[1].sections[0].label, "BUT");
  EXPECT_EQ(record_.coi_statement, "None at all.");
}

TEST_F(FullArticle, People) {
  ASSERT_EQ(record_.authors.size(), 4U);
  const Author& first = record_.authors[0];
  EXPECT_EQ(first.last_name, "Sm\xC3\xB8l");
  EXPECT_EQ(first.fore_name, "Eva B");
  EXPECT_EQ(first.initials, "EB");
  EXPECT_EQ(first.suffix, "Jr");
  EXPECT_EQ(first.orcid, "0000-0002-1825-0097");
  EXPECT_TRUE(first.equal_contribution);
  ASSERT_EQ(first.identifiers.size(), 1U);
  EXPECT_EQ(first.identifiers[0].value, "http://orcid.org/0000-0002-1825-0097");
  ASSERT_EQ(first.affiliations.size(), 2U);
  EXPECT_EQ(first.affiliations[0].text, "Dept A, Town.");
  EXPECT_EQ(first.affiliations[0].identifiers[0].scheme, "ROR");
  EXPECT_FALSE(record_.authors[1].valid);
  EXPECT_EQ(record_.authors[2].collective_name, "Sleep Study Group");
  EXPECT_EQ(record_.authors[3].role, PersonRole::kInvestigator);
  EXPECT_FALSE(record_.authors_complete);
}

TEST_F(FullArticle, JournalAndPages) {
  const Journal& j = record_.journal;
  EXPECT_EQ(j.title, "Annals of invented findings");
  EXPECT_EQ(j.iso_abbreviation, "Ann Invent Find");
  EXPECT_EQ(j.medline_ta, "Ann Invent Find");
  EXPECT_EQ(j.nlm_unique_id, "100000009");
  EXPECT_EQ(j.country, "Nowhere");
  EXPECT_EQ(j.issn_electronic, "1111-222X");
  EXPECT_EQ(j.issn_print, "");
  EXPECT_EQ(j.issn_linking, "1111-2222");
  EXPECT_EQ(j.volume, "7");
  EXPECT_EQ(j.issue, "2 Suppl");
  EXPECT_EQ(j.cited_medium, "Internet");
  EXPECT_EQ(record_.pages, "201-10");
  EXPECT_EQ(record_.start_page, "201");
  EXPECT_EQ(record_.end_page, "210");
  EXPECT_THAT(record_.languages, ElementsAre("dan", "eng"));
}

TEST_F(FullArticle, Dates) {
  EXPECT_EQ(DateIso("completed"), "2024-05-02");
  EXPECT_EQ(DateIso("revised"), "2024-06-11");
  EXPECT_EQ(DateIso("print"), "2023-11");
  EXPECT_EQ(record_.Date("print")->raw, "2023 Nov-Dec");
  EXPECT_EQ(DateIso("electronic"), "2023-10-30");
  EXPECT_EQ(DateIso("received"), "2023-01-05");
  EXPECT_EQ(DateIso("entrez"), "2023-10-31");
  const auto entrez =
      std::find_if(record_.dates.begin(), record_.dates.end(), [](const RecordDate& d) { return d.kind == "entrez"; });
  EXPECT_EQ(entrez->time, "03:42");
}

TEST_F(FullArticle, Indexing) {
  ASSERT_EQ(record_.mesh_headings.size(), 2U);
  EXPECT_EQ(record_.mesh_headings[0].ui, "D012890");
  EXPECT_TRUE(record_.mesh_headings[0].Major());
  EXPECT_FALSE(record_.mesh_headings[0].descriptor_major);
  EXPECT_TRUE(record_.mesh_headings[0].automatic);
  EXPECT_EQ(record_.mesh_headings[0].qualifiers[0].name, "drug effects");
  EXPECT_EQ(record_.mesh_headings[1].type, "Geographic");
  EXPECT_EQ(record_.chemicals[0].registry_number, "0");
  EXPECT_EQ(record_.chemicals[0].ui, "D000001");
  EXPECT_EQ(record_.supplementary_concepts[0].type, "Disease");
  EXPECT_EQ(record_.supplementary_concepts[0].ui, "C000001");
  ASSERT_EQ(record_.keywords.size(), 2U);
  EXPECT_EQ(record_.keywords[0].text.text, "calcium bisglycinate");
  EXPECT_EQ(record_.keywords[0].owner, "NOTNLM");
  EXPECT_TRUE(record_.keywords[1].major);
  EXPECT_THAT(record_.citation_subsets, ElementsAre("IM", "AIM"));
  EXPECT_EQ(record_.number_of_references, "17");
}

TEST_F(FullArticle, TypesGrantsAccessionsRelations) {
  EXPECT_EQ(record_.publication_types[1].ui, "D016441");
  EXPECT_TRUE(record_.IsRetracted());
  ASSERT_EQ(record_.grants.size(), 2U);
  EXPECT_EQ(record_.grants[0].id, "G1");
  EXPECT_EQ(record_.grants[0].acronym, "XX");
  EXPECT_EQ(record_.grants[1].agency, "Other Fund");
  ASSERT_EQ(record_.accessions.size(), 3U);
  EXPECT_EQ(record_.accessions[1].accession, "NCT99999998");
  EXPECT_EQ(record_.accessions[2].bank, "Dryad");
  ASSERT_EQ(record_.related.size(), 2U);
  EXPECT_EQ(record_.related[0].ref_type, "RetractionIn");
  EXPECT_EQ(record_.related[0].pmid, "");
  EXPECT_EQ(record_.related[1].pmid, "90000100");
  EXPECT_EQ(record_.related[1].note, "a note");
}

TEST_F(FullArticle, ReferencesOfNestedListsInOrder) {
  ASSERT_EQ(record_.references.size(), 3U);
  EXPECT_EQ(record_.references[0].citation.text, "Someone. Other paper.");
  EXPECT_EQ(record_.references[0].citation.markup, "Someone. <i>Other</i> paper.");
  ASSERT_EQ(record_.references[0].identifiers.size(), 2U);
  EXPECT_EQ(record_.references[0].identifiers[0].value, "10.5555/not.mine");
  EXPECT_EQ(record_.references[1].citation.text, "Second.");
  EXPECT_EQ(record_.references[2].citation.text, "Third.");
}

TEST_F(FullArticle, RarelyAskedForIsKept) {
  std::vector<std::string> names;
  for (const OtherName& n : record_.other_names) names.push_back(n.kind + "|" + n.source + "|" + n.value);
  EXPECT_THAT(names,
              ElementsAre("gene-symbol||inv1", "personal-name-subject||Galen, Claudius", "other-id|PIP|777",
                          "space-flight-mission||STS-0", "general-note|NLM|A remark.", "object|grant|id=1; grantor=X",
                          "reference-list-title||References", "reference-list-title||Further"));
}

TEST(Doi, TwoDifferentValidOnesAreReportedAndTheCuratedOneComesFirst) {
  const Outcome outcome =
      Read(SetXml(ArticleXml("<ELocationID EIdType=\"doi\">10.5555/a</ELocationID>", {},
                             "<ArticleIdList><ArticleId IdType=\"doi\">10.5555/b</ArticleId></ArticleIdList>")));
  ASSERT_EQ(outcome.records.size(), 1U);
  EXPECT_EQ(outcome.records[0].record.FindIdentifier("doi")->value, "10.5555/b");
  EXPECT_TRUE(HasCode(outcome.warnings, "doi-conflict"));
}

TEST(Doi, TheSameInOtherCaseIsNoConflict) {
  const Outcome outcome =
      Read(SetXml(ArticleXml("<ELocationID EIdType=\"doi\">10.5555/ABC</ELocationID>", {},
                             "<ArticleIdList><ArticleId IdType=\"doi\">10.5555/abc</ArticleId></ArticleIdList>")));
  EXPECT_TRUE(outcome.warnings.empty());
}

TEST(Doi, APageNumberInItsPlaceIsKeptButIdentifiesNothing) {
  const Outcome outcome =
      Read(SetXml(ArticleXml("<ELocationID EIdType=\"doi\" ValidYN=\"Y\">e22.00999</ELocationID>")));
  ASSERT_EQ(outcome.records.size(), 1U);
  EXPECT_EQ(outcome.records[0].record.FindIdentifier("doi"), nullptr);
  EXPECT_TRUE(HasCode(outcome.warnings, "bad-doi"));
  EXPECT_EQ(outcome.records[0].record.identifiers.back().value, "e22.00999");
}

TEST(Identifiers, AForeignPmidInTheListIsNotTaken) {
  const Outcome outcome =
      Read(SetXml(ArticleXml({}, {}, "<ArticleIdList><ArticleId>90000002</ArticleId></ArticleIdList>")));
  EXPECT_EQ(outcome.records[0].record.source_id, "90000001");
  EXPECT_EQ(outcome.records[0].record.FindIdentifier("pmid")->value, "90000001");
  EXPECT_TRUE(HasCode(outcome.warnings, "pmid-conflict"));
}

TEST(Identifiers, PmcidTextFormIsRead) {
  const Record record = OnlyRecord(SetXml(ArticleXml(
      {}, {},
      "<ArticleIdList><ArticleId IdType=\"pmcid\">pmc-id: PMC123;manuscript-id: NIHMS9;</ArticleId></ArticleIdList>")));
  ASSERT_NE(record.FindIdentifier("pmcid"), nullptr);
  EXPECT_EQ(record.FindIdentifier("pmcid")->value, "PMC123");
}

TEST(Orcid, WrongChecksumIsKeptAsItCameWithAWarning) {
  const Outcome outcome =
      Read(SetXml(ArticleXml("<AuthorList><Author><LastName>X</LastName><Identifier "
                             "Source=\"ORCID\">0000-0002-1825-0098</Identifier></Author></AuthorList>")));
  const Author& author = outcome.records[0].record.authors[0];
  EXPECT_EQ(author.orcid, "");
  EXPECT_EQ(author.identifiers[0].value, "0000-0002-1825-0098");
  EXPECT_TRUE(HasCode(outcome.warnings, "bad-orcid"));
}

struct BracketCase {
  const char* title;
  bool translated;
};
class TranslatedTitle : public ::testing::TestWithParam<BracketCase> {};
TEST_P(TranslatedTitle, IsOneWhollyInBrackets) {
  const Record record =
      OnlyRecord(SetXml(ArticleXml(std::string("<ArticleTitle>") + GetParam().title + "</ArticleTitle>")));
  EXPECT_EQ(record.title_is_translated, GetParam().translated) << GetParam().title;
}
INSTANTIATE_TEST_SUITE_P(Cases, TranslatedTitle,
                         ::testing::Values(BracketCase{"[On sleep].", true}, BracketCase{"[On sleep.]", true},
                                           BracketCase{"[On [deep] sleep]", true},
                                           BracketCase{"[Letter] and [reply].", false},
                                           BracketCase{"On [18F] sleep", false}, BracketCase{"[Not Available].", false},
                                           BracketCase{"[]", false}, BracketCase{"", false}));

TEST(Abstract, AnEmptyAbstractTextIsNoAbstract) {
  const Record record =
      OnlyRecord(SetXml(ArticleXml("<Abstract><AbstractText/><AbstractText> </AbstractText></Abstract>")));
  EXPECT_TRUE(record.abstract_sections.empty());
  EXPECT_EQ(AbstractStatus(record), "absent");
}

struct DateCase {
  const char* xml;
  const char* iso;
  DatePrecision precision;
};
class PubDate : public ::testing::TestWithParam<DateCase> {};
TEST_P(PubDate, IsReadInEveryForm) {
  const Record record = OnlyRecord(SetXml(ArticleXml(std::string("<Journal><JournalIssue><PubDate>") + GetParam().xml +
                                                     "</PubDate></JournalIssue></Journal>")));
  ASSERT_NE(record.Date("print"), nullptr);
  EXPECT_EQ(record.Date("print")->iso, GetParam().iso);
  EXPECT_EQ(record.Date("print")->precision, GetParam().precision);
}
INSTANTIATE_TEST_SUITE_P(
    Cases, PubDate,
    ::testing::Values(DateCase{"<Year>2010</Year>", "2010", DatePrecision::kYear},
                      DateCase{"<Year>2010</Year><Month>Jun</Month>", "2010-06", DatePrecision::kMonth},
                      DateCase{"<Year>2010</Year><Month>06</Month><Day>5</Day>", "2010-06-05", DatePrecision::kDay},
                      DateCase{"<Year>2010</Year><Season>Summer</Season>", "2010-07", DatePrecision::kMonth},
                      DateCase{"<Year>2010</Year><Month>Jan-Feb</Month>", "2010-01", DatePrecision::kMonth},
                      DateCase{"<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", "1998-12", DatePrecision::kMonth},
                      DateCase{"<MedlineDate></MedlineDate>", "", DatePrecision::kNone}));

TEST(OldForms, MedlineCitationAloneIsARecord) {
  const Record record = OnlyRecord(
      "<?xml version=\"1.0\"?><MedlineCitationSet><MedlineCitation Owner=\"NLM\" "
      "Status=\"Completed\"><MedlineID>1</MedlineID><PMID>90000005</PMID>"
      "<DateCreated><Year>1999</Year><Month>01</Month><Day>02</Day></DateCreated>"
      "<Article><Journal><ISSN>1111-2222</ISSN></Journal><ArticleTitle>Old.</ArticleTitle><Affiliation>Old "
      "Town.</Affiliation>"
      "<AuthorList><Author><LastName>A</LastName><FirstName>Ann</FirstName><MiddleName>B</MiddleName></"
      "Author><Author><LastName>C</LastName></Author></AuthorList></Article>"
      "<ChemicalList><Chemical><CASRegistryNumber>7439-95-4</CASRegistryNumber><NameOfSubstance>Magnesium</"
      "NameOfSubstance></Chemical></ChemicalList>"
      "<CommentsCorrections><CommentOn><RefSource>J Old "
      "1998</RefSource><PMID>90000004</PMID></CommentOn><ErratumIn><RefSource>J Old "
      "2000</RefSource></ErratumIn></CommentsCorrections>"
      "<MeshHeadingList><MeshHeading><Descriptor "
      "MajorTopicYN=\"Y\">Sleep</Descriptor><SubHeading>physiology</SubHeading></MeshHeading></MeshHeadingList>"
      "</MedlineCitation></MedlineCitationSet>");
  EXPECT_EQ(record.source_id, "90000005");
  EXPECT_EQ(record.Date("created")->iso, "1999-01-02");
  EXPECT_EQ(record.journal.issn_print, "1111-2222");
  ASSERT_EQ(record.authors.size(), 2U);
  EXPECT_EQ(record.authors[0].fore_name, "Ann B");
  ASSERT_EQ(record.authors[0].affiliations.size(), 1U);
  EXPECT_EQ(record.authors[0].affiliations[0].text, "Old Town.");
  EXPECT_TRUE(record.authors[1].affiliations.empty());
  EXPECT_EQ(record.chemicals[0].registry_number, "7439-95-4");
  ASSERT_EQ(record.related.size(), 2U);
  EXPECT_EQ(record.related[0].ref_type, "CommentOn");
  EXPECT_EQ(record.related[0].pmid, "90000004");
  EXPECT_EQ(record.related[1].ref_type, "ErratumIn");
  EXPECT_EQ(record.mesh_headings[0].name, "Sleep");
  EXPECT_EQ(record.mesh_headings[0].qualifiers[0].name, "physiology");
}

TEST(OldForms, AffiliationUnderAuthor) {
  const Record record = OnlyRecord(SetXml(
      ArticleXml("<AuthorList><Author><LastName>A</LastName><Affiliation>There.</Affiliation></Author></AuthorList>")));
  ASSERT_EQ(record.authors[0].affiliations.size(), 1U);
  EXPECT_EQ(record.authors[0].affiliations[0].text, "There.");
}

TEST(UnknownElement, IsLeftOutCountedAndTold) {
  const Outcome outcome = Read(SetXml(
      ArticleXml("<ArticleTitle>T</ArticleTitle><Novelty><Deep>x</Deep></Novelty><Novelty/>", "<Rating>5</Rating>")));
  ASSERT_EQ(outcome.records.size(), 1U);
  EXPECT_EQ(outcome.records[0].record.title.text, "T");
  ASSERT_EQ(outcome.warnings.size(), 1U);
  EXPECT_EQ(outcome.warnings[0].code, "unknown-element");
  EXPECT_EQ(outcome.warnings[0].source_id, "90000001");
  EXPECT_NE(outcome.warnings[0].message.find("3 element(s)"), std::string::npos);
  EXPECT_NE(outcome.warnings[0].message.find("Article/Novelty"), std::string::npos);
  EXPECT_NE(outcome.warnings[0].message.find("MedlineCitation/Rating"), std::string::npos);
}

TEST(StrayText, BetweenElementsIsTold) {
  const Outcome outcome = Read(SetXml(ArticleXml("lost words<ArticleTitle>T</ArticleTitle>")));
  ASSERT_EQ(outcome.records.size(), 1U);
  ASSERT_TRUE(HasCode(outcome.warnings, "stray-text"));
  EXPECT_NE(outcome.warnings[0].message.find("lost words"), std::string::npos);
}

}  // namespace
}  // namespace litmill::parse
