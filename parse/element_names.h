// SPDX-License-Identifier: Apache-2.0
// The element names of PubMed XML (DTD of 2025 and its predecessors) as an enumeration, so that each reader is one
// switch.
#pragma once

#include <string_view>

namespace litmill::parse {

// Names of predecessors stand in the last rows: MedlineID, FirstName, Descriptor, ... are what 2001 to 2013 wrote.
// clang-format off
#define LITMILL_PUBMED_ELEMENTS(X)                                                                                   \
  X(Abstract) X(AbstractText) X(AccessionNumber) X(AccessionNumberList) X(Acronym) X(Affiliation) X(AffiliationInfo) \
  X(Agency) X(Article) X(ArticleDate) X(ArticleId) X(ArticleIdList) X(ArticleTitle) X(Author) X(AuthorList)          \
  X(BeginningDate) X(Book) X(BookDocument) X(BookTitle) X(Chemical) X(ChemicalList) X(Citation) X(CitationSubset)    \
  X(CoiStatement) X(CollectionTitle) X(CollectiveName) X(CommentsCorrections) X(CommentsCorrectionsList)             \
  X(ContributionDate) X(CopyrightInformation) X(Country) X(DataBank) X(DataBankList) X(DataBankName)                 \
  X(DateCompleted) X(DateCreated) X(DateRevised) X(Day) X(DeleteCitation) X(DeleteDocument) X(DescriptorName)        \
  X(Edition) X(ELocationID) X(EndPage) X(EndingDate) X(ForeName) X(GeneSymbol) X(GeneSymbolList) X(GeneralNote)      \
  X(Grant) X(GrantID) X(GrantList) X(History) X(Hour) X(ISOAbbreviation) X(ISSN) X(ISSNLinking) X(Identifier)        \
  X(Initials) X(Investigator) X(InvestigatorList) X(Isbn) X(Issue) X(Item) X(ItemList) X(Journal) X(JournalIssue)    \
  X(Keyword) X(KeywordList) X(Language) X(LastName) X(LocationLabel) X(MedlineCitation) X(MedlineDate)               \
  X(MedlineJournalInfo) X(MedlinePgn) X(MedlineTA) X(Medium) X(MeshHeading) X(MeshHeadingList) X(Minute) X(Month)    \
  X(NameOfSubstance) X(NlmUniqueID) X(Note) X(NumberOfReferences) X(Object) X(ObjectList) X(OtherAbstract)           \
  X(OtherID) X(PMID) X(Pagination) X(Param) X(PersonalNameSubject) X(PersonalNameSubjectList) X(PubDate)             \
  X(PubMedPubDate) X(PublicationStatus) X(PublicationType) X(PublicationTypeList) X(Publisher) X(PublisherLocation)  \
  X(PublisherName) X(PubmedArticle) X(PubmedBookArticle) X(PubmedBookData) X(PubmedData) X(QualifierName)            \
  X(RefSource) X(Reference) X(ReferenceList) X(RegistryNumber) X(ReportNumber) X(Season) X(Second) X(Section)        \
  X(SectionTitle) X(Sections) X(SpaceFlightMission) X(StartPage) X(Suffix) X(SupplMeshList) X(SupplMeshName)         \
  X(Title) X(VernacularTitle) X(Volume) X(VolumeTitle) X(Year)                                                       \
  X(CASRegistryNumber) X(Coden) X(Descriptor) X(FirstName) X(MedlineCode) X(MedlineID) X(MiddleName) X(NLMUniqueID)  \
  X(NameID) X(SubHeading)
// clang-format on

enum class Element {
  kUnknown,
#define LITMILL_ELEMENT_ENUMERATOR(name) k##name,
  LITMILL_PUBMED_ELEMENTS(LITMILL_ELEMENT_ENUMERATOR)
#undef LITMILL_ELEMENT_ENUMERATOR
};

/// The element called `name`, or kUnknown. Names are case-sensitive, as XML is.
[[nodiscard]] Element ElementNamed(std::string_view name);

}  // namespace litmill::parse
