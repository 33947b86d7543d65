// SPDX-License-Identifier: Apache-2.0
#include "parse/record_indexing.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

bool IsYes(pugi::xml_node element, const char* attribute) { return AttributeOf(element, attribute) == "Y"; }

MeshHeading ReadMeshHeading(RecordContext& context, pugi::xml_node element) {
  MeshHeading heading;
  ForEachElement(context, element, [&](pugi::xml_node child, Element name) {
    switch (name) {
      case Element::kDescriptor:  // Before 2004.
      case Element::kDescriptorName:
        heading.ui = std::string(AttributeOf(child, "UI"));
        heading.name = TextOf(context, child);
        heading.type = std::string(AttributeOf(child, "Type"));
        heading.descriptor_major = IsYes(child, "MajorTopicYN");
        heading.automatic = heading.automatic || IsYes(child, "AutoHM");
        break;
      case Element::kSubHeading:  // Before 2004.
      case Element::kQualifierName:
        heading.automatic = heading.automatic || IsYes(child, "AutoHM");
        heading.qualifiers.push_back(
            {std::string(AttributeOf(child, "UI")), TextOf(context, child), IsYes(child, "MajorTopicYN")});
        break;
      default:
        context.UnknownElement(element.name(), child);
    }
  });
  return heading;
}

// What the containers of before 2008 were called; each is now a RefType of the same name.
bool IsOldRelation(std::string_view name) {
  static constexpr std::array<std::string_view, 14> kNames = {"CommentOn",
                                                              "CommentIn",
                                                              "ErratumIn",
                                                              "ErratumFor",
                                                              "PartialRetractionIn",
                                                              "PartialRetractionOf",
                                                              "RepublishedFrom",
                                                              "RepublishedIn",
                                                              "RetractionOf",
                                                              "RetractionIn",
                                                              "UpdateIn",
                                                              "UpdateOf",
                                                              "SummaryForPatientsIn",
                                                              "OriginalReportIn"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// One part of a relation; false when it is none.
bool ReadRelationPart(RecordContext& context, pugi::xml_node child, Element name, RelatedRecord& relation) {
  switch (name) {
    case Element::kRefSource:
      relation.ref_source = TextOf(context, child);
      return true;
    case Element::kPMID:
      relation.pmid = TextOf(context, child);
      return true;
    case Element::kNote:
      relation.note = TextOf(context, child);
      return true;
    case Element::kMedlineID:
      return true;  // A number of before 2004 that identifies nothing any more.
    default:
      return false;
  }
}

bool IsEmpty(const RelatedRecord& r) { return r.ref_source.empty() && r.pmid.empty() && r.note.empty(); }

}  // namespace

void ReadMeshHeadingList(RecordContext& context, pugi::xml_node list, Record& record) {
  ReserveFor(list, record.mesh_headings);
  ForEachElement(context, list, [&](pugi::xml_node child, Element name) {
    if (name == Element::kMeshHeading)
      record.mesh_headings.push_back(ReadMeshHeading(context, child));
    else
      context.UnknownElement(list.name(), child);
  });
}

void ReadChemicalList(RecordContext& context, pugi::xml_node list, Record& record) {
  ForEachElement(context, list, [&](pugi::xml_node child, Element name) {
    if (name != Element::kChemical) {
      context.UnknownElement(list.name(), child);
      return;
    }
    Chemical chemical;
    ForEachElement(context, child, [&](pugi::xml_node part, Element part_name) {
      switch (part_name) {
        case Element::kCASRegistryNumber:  // Before 2003.
        case Element::kRegistryNumber:
          chemical.registry_number = TextOf(context, part);
          break;
        case Element::kNameOfSubstance:
          chemical.ui = std::string(AttributeOf(part, "UI"));
          chemical.name = TextOf(context, part);
          break;
        default:
          context.UnknownElement(child.name(), part);
      }
    });
    record.chemicals.push_back(std::move(chemical));
  });
}

void ReadSupplMeshList(RecordContext& context, pugi::xml_node list, Record& record) {
  ForEachElement(context, list, [&](pugi::xml_node child, Element name) {
    if (name == Element::kSupplMeshName)
      record.supplementary_concepts.push_back(
          {std::string(AttributeOf(child, "UI")), TextOf(context, child), std::string(AttributeOf(child, "Type"))});
    else
      context.UnknownElement(list.name(), child);
  });
}

void ReadCommentsCorrections(RecordContext& context, pugi::xml_node element, Record& record) {
  RelatedRecord relation;
  relation.ref_type = std::string(AttributeOf(element, "RefType"));
  ForEachElement(context, element, [&](pugi::xml_node child, Element name) {
    if (ReadRelationPart(context, child, name, relation)) return;
    if (!IsOldRelation(child.name())) {
      context.UnknownElement(element.name(), child);
      return;
    }
    RelatedRecord old;
    old.ref_type = child.name();
    ForEachElement(context, child, [&](pugi::xml_node part, Element part_name) {
      if (!ReadRelationPart(context, part, part_name, old)) context.UnknownElement(child.name(), part);
    });
    record.related.push_back(std::move(old));
  });
  if (!IsEmpty(relation)) record.related.push_back(std::move(relation));
}

void ReadCommentsCorrectionsList(RecordContext& context, pugi::xml_node list, Record& record) {
  ReserveFor(list, record.related);
  ForEachElement(context, list, [&](pugi::xml_node child, Element name) {
    if (name == Element::kCommentsCorrections)
      ReadCommentsCorrections(context, child, record);
    else
      context.UnknownElement(list.name(), child);
  });
}

}  // namespace litmill::parse
