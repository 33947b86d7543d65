// SPDX-License-Identifier: Apache-2.0
#include "parse/article.h"

#include <string>
#include <string_view>
#include <utility>

#include "parse/record_content.h"
#include "parse/record_dates.h"
#include "parse/record_identifiers.h"
#include "parse/record_indexing.h"
#include "parse/record_parts.h"
#include "parse/record_people.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

constexpr std::size_t kUsualDates = 10;  // Few records have more.

// What is read in one place and used in another.
struct Pending {
  FoundIdentifiers identifiers;
  std::string article_affiliation;
};

void ReadIssn(RecordContext& context, pugi::xml_node element, Journal& journal) {
  // Before 2006 there was no IssnType: the ISSN was that of the printed journal.
  (AttributeOf(element, "IssnType") == "Electronic" ? journal.issn_electronic : journal.issn_print) =
      TextOf(context, element);
}

void ReadJournalIssue(RecordContext& context, pugi::xml_node issue, Record& record) {
  record.journal.cited_medium = std::string(AttributeOf(issue, "CitedMedium"));
  ForEachElement(context, issue, [&](pugi::xml_node child, Element name) {
    switch (name) {
      case Element::kVolume:
        record.journal.volume = TextOf(context, child);
        break;
      case Element::kIssue:
        record.journal.issue = TextOf(context, child);
        break;
      case Element::kPubDate:
        ReadDate(context, child, "print", record);
        break;
      default:
        context.UnknownElement(issue.name(), child);
    }
  });
}

void ReadJournal(RecordContext& context, pugi::xml_node journal, Record& record) {
  ForEachElement(context, journal, [&](pugi::xml_node child, Element name) {
    switch (name) {
      case Element::kISSN:
        ReadIssn(context, child, record.journal);
        break;
      case Element::kJournalIssue:
        ReadJournalIssue(context, child, record);
        break;
      case Element::kTitle:
        record.journal.title = TextOf(context, child);
        break;
      case Element::kISOAbbreviation:
        record.journal.iso_abbreviation = TextOf(context, child);
        break;
      case Element::kCoden:
        break;  // Before 2003; always empty in NLM's own sample.
      default:
        context.UnknownElement(journal.name(), child);
    }
  });
}

void ReadMedlineJournalInfo(RecordContext& context, pugi::xml_node info, Journal& journal) {
  ForEachElement(context, info, [&](pugi::xml_node child, Element name) {
    switch (name) {
      case Element::kCountry:
        journal.country = TextOf(context, child);
        break;
      case Element::kMedlineTA:
        journal.medline_ta = TextOf(context, child);
        break;
      case Element::kMedlineCode:  // The name of before 2003.
      case Element::kNLMUniqueID:
      case Element::kNlmUniqueID:
        journal.nlm_unique_id = TextOf(context, child);
        break;
      case Element::kISSNLinking:
        journal.issn_linking = TextOf(context, child);
        break;
      default:
        context.UnknownElement(info.name(), child);
    }
  });
}

void ReadPublicationTypeList(RecordContext& context, pugi::xml_node list, Record& record) {
  ForEachElement(context, list, [&](pugi::xml_node child, Element name) {
    if (name == Element::kPublicationType)
      ReadPublicationType(context, child, record);
    else
      context.UnknownElement(list.name(), child);
  });
}

void ReadArticle(RecordContext& context, pugi::xml_node article, Record& record, Pending& pending) {
  record.pub_model = std::string(AttributeOf(article, "PubModel"));
  ForEachElement(context, article, [&](pugi::xml_node child, Element name) {
    switch (name) {
      case Element::kJournal:
        ReadJournal(context, child, record);
        break;
      case Element::kArticleTitle:
        record.title = MarkedTextOf(context, child);
        break;
      case Element::kVernacularTitle:
        record.vernacular_title = MarkedTextOf(context, child);
        break;
      case Element::kPagination:
        ReadPagination(context, child, record);
        break;
      case Element::kELocationID:
        ReadELocationId(context, child, pending.identifiers);
        break;
      case Element::kAbstract:
        ReadAbstract(context, child, record);
        break;
      case Element::kAffiliation:
        pending.article_affiliation = TextOf(context, child);
        break;
      case Element::kAuthorList:
        ReadAuthorList(context, child, record);
        break;
      case Element::kLanguage:
        ReadLanguage(context, child, record);
        break;
      case Element::kDataBankList:
        ReadDataBankList(context, child, record);
        break;
      case Element::kGrantList:
        ReadGrantList(context, child, record);
        break;
      case Element::kPublicationTypeList:
        ReadPublicationTypeList(context, child, record);
        break;
      case Element::kArticleDate:
        ReadDate(context, child, "electronic", record);
        break;
      default:
        context.UnknownElement(article.name(), child);
    }
  });
}

// A list of elements that hold nothing but a name: gene symbols.
void ReadNames(RecordContext& context, pugi::xml_node list, Element wanted, std::string_view kind, Record& record) {
  ForEachElement(context, list, [&](pugi::xml_node child, Element name) {
    if (name == wanted)
      record.other_names.push_back({std::string(kind), {}, TextOf(context, child)});
    else
      context.UnknownElement(list.name(), child);
  });
}

void ReadCitation(RecordContext& context, pugi::xml_node citation, Record& record, Pending& pending) {
  record.status = std::string(AttributeOf(citation, "Status"));
  record.owner = std::string(AttributeOf(citation, "Owner"));
  record.indexing_method = std::string(AttributeOf(citation, "IndexingMethod"));
  record.version_id = std::string(AttributeOf(citation, "VersionID"));
  record.version_date = std::string(AttributeOf(citation, "VersionDate"));
  ForEachElement(context, citation, [&](pugi::xml_node child, Element name) {
    switch (name) {
      case Element::kPMID:
        ReadPmid(context, child, record, pending.identifiers);
        break;
      case Element::kMedlineID:
        break;  // A number of before 2004 that identifies nothing any more.
      case Element::kOtherID:
        ReadOtherId(context, child, record, pending.identifiers);
        break;
      case Element::kDateCreated:
        ReadDate(context, child, "created", record);
        break;
      case Element::kDateCompleted:
        ReadDate(context, child, "completed", record);
        break;
      case Element::kDateRevised:
        ReadDate(context, child, "revised", record);
        break;
      case Element::kArticle:
        ReadArticle(context, child, record, pending);
        break;
      case Element::kMedlineJournalInfo:
        ReadMedlineJournalInfo(context, child, record.journal);
        break;
      case Element::kChemicalList:
        ReadChemicalList(context, child, record);
        break;
      case Element::kSupplMeshList:
        ReadSupplMeshList(context, child, record);
        break;
      case Element::kCitationSubset:
        record.citation_subsets.push_back(TextOf(context, child));
        break;
      case Element::kCommentsCorrectionsList:
        ReadCommentsCorrectionsList(context, child, record);
        break;
      case Element::kCommentsCorrections:
        ReadCommentsCorrections(context, child, record);
        break;
      case Element::kGeneSymbolList:
        ReadNames(context, child, Element::kGeneSymbol, "gene-symbol", record);
        break;
      case Element::kMeshHeadingList:
        ReadMeshHeadingList(context, child, record);
        break;
      case Element::kNumberOfReferences:
        record.number_of_references = TextOf(context, child);
        break;
      case Element::kPersonalNameSubjectList:
        ReadPersonalNameSubjects(context, child, record);
        break;
      case Element::kOtherAbstract:
        ReadOtherAbstract(context, child, record);
        break;
      case Element::kKeywordList:
        ReadKeywordList(context, child, record);
        break;
      case Element::kCoiStatement:
        record.coi_statement = TextOf(context, child);
        break;
      case Element::kSpaceFlightMission:
        record.other_names.push_back({"space-flight-mission", {}, TextOf(context, child)});
        break;
      case Element::kInvestigatorList:
        ReadInvestigatorList(context, child, record);
        break;
      case Element::kGeneralNote:
        record.other_names.push_back(
            {"general-note", std::string(AttributeOf(child, "Owner")), TextOf(context, child)});
        break;
      case Element::kDataBankList:
        ReadDataBankList(context, child, record);
        break;  // Seen here in old records.
      default:
        context.UnknownElement(citation.name(), child);
    }
  });
}

void ReadPubmedData(RecordContext& context, pugi::xml_node data, Record& record, Pending& pending) {
  ForEachElement(context, data, [&](pugi::xml_node child, Element name) {
    switch (name) {
      case Element::kHistory:
        ReadHistory(context, child, record);
        break;
      case Element::kPublicationStatus:
        record.publication_status = TextOf(context, child);
        break;
      case Element::kArticleIdList:
        ReadArticleIdList(context, child, pending.identifiers.article_ids);
        break;
      case Element::kObjectList:
        ReadObjectList(context, child, record);
        break;
      case Element::kReferenceList:
        ReadReferenceList(context, child, record);
        break;
      default:
        context.UnknownElement(data.name(), child);
    }
  });
}

}  // namespace

void ReadArticleRecord(RecordContext& context, pugi::xml_node root, Record& record) {
  Pending pending;
  record.dates.reserve(kUsualDates);
  if (ElementNamed(root.name()) == Element::kMedlineCitation) {
    ReadCitation(context, root, record, pending);
  } else {
    ForEachElement(context, root, [&](pugi::xml_node child, Element name) {
      switch (name) {
        case Element::kMedlineCitation:
          ReadCitation(context, child, record, pending);
          break;
        case Element::kPubmedData:
          ReadPubmedData(context, child, record, pending);
          break;
        default:
          context.UnknownElement(root.name(), child);
      }
    });
  }
  record.title_is_translated = IsInBrackets(record.title.text);
  FinishPeople(std::move(pending.article_affiliation), record);
  FinishIdentifiers(context, std::move(pending.identifiers), record);
}

}  // namespace litmill::parse
