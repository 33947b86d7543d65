// SPDX-License-Identifier: Apache-2.0
#include "parse/book.h"

#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "parse/record_content.h"
#include "parse/record_dates.h"
#include "parse/record_identifiers.h"
#include "parse/record_people.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

// What belongs to the whole book. Its authors stand before the chapter's own in the XML, but behind them in the record;
// its DOI identifies the record only when the record is the book.
struct Pending {
  FoundIdentifiers identifiers;
  FoundIdentifiers book_identifiers;
  std::vector<Author> book_authors;
};

void ReadPublisher(RecordContext& context, pugi::xml_node publisher, Book& book) {
  ForEachElement(context, publisher, [&](pugi::xml_node child, Element name) {
    switch (name) {
      case Element::kPublisherName:
        book.publisher = TextOf(context, child);
        break;
      case Element::kPublisherLocation:
        book.publisher_location = TextOf(context, child);
        break;
      default:
        context.UnknownElement(publisher.name(), child);
    }
  });
}

void ReadBook(RecordContext& context, pugi::xml_node element, Record& record, Pending& pending) {
  Book& book = *record.book;
  ForEachElement(context, element, [&](pugi::xml_node child, Element name) {
    switch (name) {
      case Element::kPublisher:
        ReadPublisher(context, child, book);
        break;
      case Element::kBookTitle: {
        MarkedText title = MarkedTextOf(context, child);
        book.title = std::move(title.text);
        book.title_markup = std::move(title.markup);
        break;
      }
      case Element::kPubDate:
        ReadDate(context, child, "print", record);
        break;
      case Element::kBeginningDate:
        ReadDate(context, child, "beginning", record);
        break;
      case Element::kEndingDate:
        ReadDate(context, child, "ending", record);
        break;
      case Element::kAuthorList:
        ReadAuthorList(context, child, record);
        break;
      case Element::kInvestigatorList:
        ReadInvestigatorList(context, child, record);
        break;
      case Element::kVolume:
        book.volume = TextOf(context, child);
        break;
      case Element::kVolumeTitle:
        book.volume_title = TextOf(context, child);
        break;
      case Element::kEdition:
        book.edition = TextOf(context, child);
        break;
      case Element::kCollectionTitle:
        book.collection_title = TextOf(context, child);
        break;
      case Element::kIsbn:
        book.isbns.push_back(TextOf(context, child));
        break;
      case Element::kELocationID:
        ReadELocationId(context, child, pending.book_identifiers);
        break;
      case Element::kMedium:
        book.medium = TextOf(context, child);
        break;
      case Element::kReportNumber:
        book.report_number = TextOf(context, child);
        break;
      default:
        context.UnknownElement(element.name(), child);
    }
  });
  pending.book_authors = std::move(record.authors);
  record.authors.clear();
}

void ReadLocation(RecordContext& context, pugi::xml_node element, Book& book) {
  book.locations.emplace_back(std::string(AttributeOf(element, "Type")), TextOf(context, element));
}

void ReadSectionsOfBook(RecordContext& context, pugi::xml_node sections, Book& book) {
  // Sections nest as deep as the input likes, so this walk goes down and up by hand.
  pugi::xml_node current = sections;
  pugi::xml_node child = sections.first_child();
  std::size_t depth = 0;
  std::size_t deepest = 0;
  while (true) {
    if (!child) {
      if (current == sections) break;
      child = current.next_sibling();
      current = current.parent();
      --depth;
      continue;
    }
    if (child.type() == pugi::node_element) {
      switch (ElementNamed(child.name())) {
        case Element::kSectionTitle:
          book.section_titles.push_back(TextOf(context, child));
          break;
        case Element::kLocationLabel:
          break;  // "1", "2.": where the section stands, which the order says too.
        case Element::kSection:
          current = child;
          child = child.first_child();
          if (++depth > deepest) deepest = depth;
          continue;
        default:
          context.UnknownElement(current.name(), child);
      }
    }
    child = child.next_sibling();
  }
  context.NoteDepth(deepest);
}

void ReadItemList(RecordContext& context, pugi::xml_node list, Record& record) {
  ForEachElement(context, list, [&](pugi::xml_node child, Element name) {
    if (name == Element::kItem)
      record.other_names.push_back({"item", std::string(AttributeOf(list, "ListType")), TextOf(context, child)});
    else
      context.UnknownElement(list.name(), child);
  });
}

void ReadBookDocument(RecordContext& context, pugi::xml_node document, Record& record, Pending& pending) {
  Book& book = *record.book;
  ForEachElement(context, document, [&](pugi::xml_node child, Element name) {
    switch (name) {
      case Element::kPMID:
        ReadPmid(context, child, record, pending.identifiers);
        break;
      case Element::kArticleIdList:
        ReadArticleIdList(context, child, pending.identifiers.article_ids);
        break;
      case Element::kBook:
        ReadBook(context, child, record, pending);
        break;
      case Element::kLocationLabel:
        ReadLocation(context, child, book);
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
      case Element::kLanguage:
        ReadLanguage(context, child, record);
        break;
      case Element::kAuthorList:
        ReadAuthorList(context, child, record);
        break;
      case Element::kInvestigatorList:
        ReadInvestigatorList(context, child, record);
        break;
      case Element::kPublicationType:
        ReadPublicationType(context, child, record);
        break;
      case Element::kAbstract:
        ReadAbstract(context, child, record);
        break;
      case Element::kSections:
        ReadSectionsOfBook(context, child, book);
        break;
      case Element::kKeywordList:
        ReadKeywordList(context, child, record);
        break;
      case Element::kContributionDate:
        ReadDate(context, child, "contribution", record);
        break;
      case Element::kDateRevised:
        ReadDate(context, child, "revised", record);
        break;
      case Element::kGrantList:
        ReadGrantList(context, child, record);
        break;
      case Element::kItemList:
        ReadItemList(context, child, record);
        break;
      case Element::kReferenceList:
        ReadReferenceList(context, child, record);
        break;
      default:
        context.UnknownElement(document.name(), child);
    }
  });
}

// What PubmedBookData holds, and some writers put directly into PubmedBookArticle; false for anything else.
bool ReadBookDataPart(RecordContext& context, pugi::xml_node child, Element name, Record& record, Pending& pending) {
  switch (name) {
    case Element::kHistory:
      ReadHistory(context, child, record);
      return true;
    case Element::kPublicationStatus:
      record.publication_status = TextOf(context, child);
      return true;
    case Element::kArticleIdList:
      ReadArticleIdList(context, child, pending.identifiers.article_ids);
      return true;
    case Element::kObjectList:
      ReadObjectList(context, child, record);
      return true;
    default:
      return false;
  }
}

void ReadBookData(RecordContext& context, pugi::xml_node data, Record& record, Pending& pending) {
  ForEachElement(context, data, [&](pugi::xml_node child, Element name) {
    if (!ReadBookDataPart(context, child, name, record, pending)) context.UnknownElement(data.name(), child);
  });
}

void ReadBookArticle(RecordContext& context, pugi::xml_node root, Record& record, Pending& pending) {
  ForEachElement(context, root, [&](pugi::xml_node child, Element name) {
    if (name == Element::kBookDocument)
      ReadBookDocument(context, child, record, pending);
    else if (name == Element::kPubmedBookData)
      ReadBookData(context, child, record, pending);
    else if (!ReadBookDataPart(context, child, name, record, pending))
      context.UnknownElement(root.name(), child);
  });
}

// A chapter shares its book's DOI with the other chapters: as an identifier of its own it would make them one work.
void PlaceBookIdentifiers(Pending& pending, Record& record) {
  for (Identifier& id : pending.book_identifiers.elocation_ids) {
    if (record.title.text.empty())
      pending.identifiers.elocation_ids.push_back(std::move(id));
    else
      record.other_names.push_back({"book-" + id.scheme, id.origin, std::move(id.value)});
  }
}

}  // namespace

void ReadBookRecord(RecordContext& context, pugi::xml_node root, Record& record) {
  record.type = RecordType::kBook;
  record.book.emplace();
  Pending pending;
  if (ElementNamed(root.name()) == Element::kBookDocument)
    ReadBookDocument(context, root, record, pending);
  else
    ReadBookArticle(context, root, record, pending);
  PlaceBookIdentifiers(pending, record);
  if (record.title.text.empty()) record.title = {record.book->title, record.book->title_markup};
  record.authors.insert(record.authors.end(), std::make_move_iterator(pending.book_authors.begin()),
                        std::make_move_iterator(pending.book_authors.end()));
  FinishPeople({}, record);
  FinishIdentifiers(context, std::move(pending.identifiers), record);
}

}  // namespace litmill::parse
