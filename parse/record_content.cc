// SPDX-License-Identifier: Apache-2.0
#include "parse/record_content.h"

#include <utility>

#include "core/unicode.h"
#include "parse/page_range.h"
#include "parse/record_identifiers.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

// A section without text or heading says nothing: it must not make an absent abstract look present.
void ReadSection(RecordContext& context, pugi::xml_node element, std::vector<AbstractSection>& sections) {
  AbstractSection section;
  section.label = FoldSpace(AttributeOf(element, "Label"));
  section.nlm_category = FoldSpace(AttributeOf(element, "NlmCategory"));
  section.body = MarkedTextOf(context, element);
  if (!section.body.text.empty() || !section.label.empty()) sections.push_back(std::move(section));
}

void ReadSections(RecordContext& context, pugi::xml_node abstract, std::vector<AbstractSection>& sections,
                  std::string& copyright) {
  ForEachElement(context, abstract, [&](pugi::xml_node child, Element name) {
    switch (name) {
      case Element::kAbstractText:
        ReadSection(context, child, sections);
        break;
      case Element::kCopyrightInformation:
        copyright = TextOf(context, child);
        break;
      default:
        context.UnknownElement(abstract.name(), child);
    }
  });
}

void ReadReference(RecordContext& context, pugi::xml_node element, Record& record) {
  Reference reference;
  ForEachElement(context, element, [&](pugi::xml_node child, Element name) {
    switch (name) {
      case Element::kCitation:
        reference.citation = MarkedTextOf(context, child);
        break;
      case Element::kArticleIdList:
        ReadArticleIdList(context, child, reference.identifiers);
        break;
      default:
        context.UnknownElement(element.name(), child);
    }
  });
  record.references.push_back(std::move(reference));
}

void ReadReferenceListTitle(RecordContext& context, pugi::xml_node title, Record& record) {
  std::string text = TextOf(context, title);
  if (!text.empty()) record.other_names.push_back({"reference-list-title", {}, std::move(text)});
}

}  // namespace

void ReadAbstract(RecordContext& context, pugi::xml_node abstract, Record& record) {
  ReadSections(context, abstract, record.abstract_sections, record.copyright);
}

void ReadOtherAbstract(RecordContext& context, pugi::xml_node abstract, Record& record) {
  OtherAbstract other;
  other.type = std::string(AttributeOf(abstract, "Type"));
  const std::string_view language = AttributeOf(abstract, "Language");
  other.language = language.empty() ? "eng" : AsciiLower(language);  // The DTD's default.
  ReadSections(context, abstract, other.sections, other.copyright);
  if (!other.sections.empty() || !other.copyright.empty()) record.other_abstracts.push_back(std::move(other));
}

void ReadPagination(RecordContext& context, pugi::xml_node pagination, Record& record) {
  std::string start, end, pages;
  ForEachElement(context, pagination, [&](pugi::xml_node child, Element name) {
    switch (name) {
      case Element::kStartPage:
        start = TextOf(context, child);
        break;
      case Element::kEndPage:
        end = TextOf(context, child);
        break;
      case Element::kMedlinePgn:
        pages = TextOf(context, child);
        break;
      default:
        context.UnknownElement(pagination.name(), child);
    }
  });
  if (pages.empty()) pages = end.empty() || end == start ? start : start + "-" + end;
  PageRange range = FirstPageRange(pages);
  record.start_page = start.empty() ? std::move(range.start) : std::move(start);
  record.end_page = end.empty() ? std::move(range.end) : CompleteEndPage(record.start_page, end);
  record.pages = std::move(pages);
}

void ReadLanguage(RecordContext& context, pugi::xml_node element, Record& record) {
  std::string language = AsciiLower(TextOf(context, element));
  if (!language.empty()) record.languages.push_back(std::move(language));
}

void ReadPublicationType(RecordContext& context, pugi::xml_node element, Record& record) {
  PublicationType type{std::string(AttributeOf(element, "UI")), TextOf(context, element)};
  if (!type.name.empty() || !type.ui.empty()) record.publication_types.push_back(std::move(type));
}

void ReadKeywordList(RecordContext& context, pugi::xml_node list, Record& record) {
  const std::string_view owner = AttributeOf(list, "Owner");
  ForEachElement(context, list, [&](pugi::xml_node child, Element name) {
    if (name != Element::kKeyword) {
      context.UnknownElement(list.name(), child);
      return;
    }
    Keyword keyword{owner.empty() ? "NLM" : std::string(owner), AttributeOf(child, "MajorTopicYN") == "Y",
                    MarkedTextOf(context, child)};
    if (!keyword.text.text.empty()) record.keywords.push_back(std::move(keyword));
  });
}

void ReadGrantList(RecordContext& context, pugi::xml_node list, Record& record) {
  ForEachElement(context, list, [&](pugi::xml_node child, Element name) {
    if (name != Element::kGrant) {
      context.UnknownElement(list.name(), child);
      return;
    }
    Grant grant;
    ForEachElement(context, child, [&](pugi::xml_node part, Element part_name) {
      switch (part_name) {
        case Element::kGrantID:
          grant.id = TextOf(context, part);
          break;
        case Element::kAcronym:
          grant.acronym = TextOf(context, part);
          break;
        case Element::kAgency:
          grant.agency = TextOf(context, part);
          break;
        case Element::kCountry:
          grant.country = TextOf(context, part);
          break;
        default:
          context.UnknownElement(child.name(), part);
      }
    });
    record.grants.push_back(std::move(grant));
  });
}

void ReadDataBankList(RecordContext& context, pugi::xml_node list, Record& record) {
  ForEachElement(context, list, [&](pugi::xml_node child, Element name) {
    if (name != Element::kDataBank) {
      context.UnknownElement(list.name(), child);
      return;
    }
    std::string bank;
    std::vector<std::string> accessions;
    ForEachElement(context, child, [&](pugi::xml_node part, Element part_name) {
      if (part_name == Element::kDataBankName) {
        bank = TextOf(context, part);
      } else if (part_name == Element::kAccessionNumberList) {
        ForEachElement(context, part, [&](pugi::xml_node number, Element number_name) {
          if (number_name == Element::kAccessionNumber)
            accessions.push_back(TextOf(context, number));
          else
            context.UnknownElement(part.name(), number);
        });
      } else {
        context.UnknownElement(child.name(), part);
      }
    });
    if (accessions.empty() && !bank.empty()) accessions.emplace_back();  // A bank without a number is a fact too.
    for (std::string& accession : accessions) record.accessions.push_back({bank, std::move(accession)});
  });
}

void ReadReferenceList(RecordContext& context, pugi::xml_node list, Record& record) {
  // Lists nest as deep as the input likes, so this walk goes down and up by hand.
  pugi::xml_node current = list;
  pugi::xml_node child = list.first_child();
  std::size_t depth = 0;
  std::size_t deepest = 0;
  while (true) {
    if (!child) {
      if (current == list) break;
      child = current.next_sibling();
      current = current.parent();
      --depth;
      continue;
    }
    if (child.type() == pugi::node_element) {
      switch (ElementNamed(child.name())) {
        case Element::kReference:
          ReadReference(context, child, record);
          break;
        case Element::kTitle:
          ReadReferenceListTitle(context, child, record);
          break;
        case Element::kReferenceList:
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

void ReadObjectList(RecordContext& context, pugi::xml_node list, Record& record) {
  ForEachElement(context, list, [&](pugi::xml_node child, Element name) {
    if (name != Element::kObject) {
      context.UnknownElement(list.name(), child);
      return;
    }
    std::string value;
    ForEachElement(context, child, [&](pugi::xml_node part, Element part_name) {
      if (part_name != Element::kParam) {
        context.UnknownElement(child.name(), part);
        return;
      }
      if (!value.empty()) value += "; ";
      value += std::string(AttributeOf(part, "Name")) + "=" + TextOf(context, part);
    });
    record.other_names.push_back({"object", std::string(AttributeOf(child, "Type")), std::move(value)});
  });
}

}  // namespace litmill::parse
