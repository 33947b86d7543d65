// SPDX-License-Identifier: Apache-2.0
#include "parse/record_people.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/identifiers.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

void ReadAffiliationInfo(RecordContext& context, pugi::xml_node info, Author& person) {
  Affiliation affiliation;
  ForEachElement(context, info, [&](pugi::xml_node child, Element name) {
    switch (name) {
      case Element::kAffiliation:
        affiliation.text = TextOf(context, child);
        break;
      case Element::kIdentifier:
        affiliation.identifiers.push_back({std::string(AttributeOf(child, "Source")), TextOf(context, child)});
        break;
      default:
        context.UnknownElement(info.name(), child);
    }
  });
  if (!affiliation.text.empty() || !affiliation.identifiers.empty())
    person.affiliations.push_back(std::move(affiliation));
}

void ReadPersonIdentifier(RecordContext& context, pugi::xml_node element, Author& person) {
  ExternalIdentifier id{std::string(AttributeOf(element, "Source")), TextOf(context, element)};
  if (id.value.empty()) return;
  if (id.scheme == "ORCID" || id.scheme == "orcid") {
    if (auto orcid = NormaliseOrcid(id.value)) {
      if (person.orcid.empty()) person.orcid = *std::move(orcid);
    } else {
      context.Warn("bad-orcid",
                   fmt::format("\"{}\" of {} is no ORCID (form or checksum); it is kept as it came only", id.value,
                               person.last_name.empty() ? person.collective_name : person.last_name));
    }
  }
  person.identifiers.push_back(std::move(id));
}

void AppendWord(std::string& text, const std::string& word) {
  if (word.empty()) return;
  if (!text.empty()) text += ' ';
  text += word;
}

Author ReadPerson(RecordContext& context, pugi::xml_node element, PersonRole role) {
  Author person;
  person.role = role;
  person.valid = AttributeOf(element, "ValidYN") != "N";
  person.equal_contribution = AttributeOf(element, "EqualContrib") == "Y";
  ForEachElement(context, element, [&](pugi::xml_node child, Element name) {
    switch (name) {
      case Element::kLastName:
        person.last_name = TextOf(context, child);
        break;
      case Element::kForeName:
        person.fore_name = TextOf(context, child);
        break;
      case Element::kFirstName:  // Before 2004: FirstName and MiddleName instead of ForeName.
      case Element::kMiddleName:
        AppendWord(person.fore_name, TextOf(context, child));
        break;
      case Element::kInitials:
        person.initials = TextOf(context, child);
        break;
      case Element::kSuffix:
        person.suffix = TextOf(context, child);
        break;
      case Element::kCollectiveName:
        person.collective_name = TextOf(context, child);
        break;
      case Element::kNameID:  // Identifier's name from 2010 to 2013.
      case Element::kIdentifier:
        ReadPersonIdentifier(context, child, person);
        break;
      case Element::kAffiliationInfo:
        ReadAffiliationInfo(context, child, person);
        break;
      case Element::kAffiliation: {  // Before 2015: directly under the person.
        std::string text = TextOf(context, child);
        if (!text.empty()) person.affiliations.push_back({std::move(text), {}});
        break;
      }
      default:
        context.UnknownElement(element.name(), child);
    }
  });
  return person;
}

}  // namespace

void ReadAuthorList(RecordContext& context, pugi::xml_node list, Record& record) {
  ReserveFor(list, record.authors);
  if (AttributeOf(list, "CompleteYN") == "N") record.authors_complete = false;
  const PersonRole role = AttributeOf(list, "Type") == "editors" ? PersonRole::kEditor : PersonRole::kAuthor;
  ForEachElement(context, list, [&](pugi::xml_node child, Element name) {
    if (name == Element::kAuthor)
      record.authors.push_back(ReadPerson(context, child, role));
    else
      context.UnknownElement(list.name(), child);
  });
}

void ReadInvestigatorList(RecordContext& context, pugi::xml_node list, Record& record) {
  ReserveFor(list, record.authors);
  ForEachElement(context, list, [&](pugi::xml_node child, Element name) {
    if (name == Element::kInvestigator)
      record.authors.push_back(ReadPerson(context, child, PersonRole::kInvestigator));
    else
      context.UnknownElement(list.name(), child);
  });
}

void ReadPersonalNameSubjects(RecordContext& context, pugi::xml_node list, Record& record) {
  ForEachElement(context, list, [&](pugi::xml_node child, Element name) {
    if (name != Element::kPersonalNameSubject) {
      context.UnknownElement(list.name(), child);
      return;
    }
    const Author person = ReadPerson(context, child, PersonRole::kAuthor);
    std::string text = person.last_name;
    const std::string& given = person.fore_name.empty() ? person.initials : person.fore_name;
    if (!given.empty()) text += ", " + given;
    AppendWord(text, person.suffix);
    record.other_names.push_back({"personal-name-subject", {}, std::move(text)});
  });
}

void FinishPeople(std::string article_affiliation, Record& record) {
  const auto by_role = [](const Author& a, const Author& b) { return a.role < b.role; };
  if (!std::is_sorted(record.authors.begin(), record.authors.end(), by_role))
    std::stable_sort(record.authors.begin(), record.authors.end(), by_role);
  if (article_affiliation.empty()) return;
  if (record.authors.empty())
    record.other_names.push_back({"affiliation", {}, std::move(article_affiliation)});
  else
    record.authors.front().affiliations.push_back({std::move(article_affiliation), {}});
}

}  // namespace litmill::parse
