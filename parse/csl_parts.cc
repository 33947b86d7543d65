// SPDX-License-Identifier: Apache-2.0
#include "parse/csl_parts.h"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace litmill::parse {
namespace {

void AddAffiliation(JsonRecord& reader, const Json& json, Author& person) {
  Affiliation affiliation;
  affiliation.text = reader.Marked(json, "name").text;
  for (const char* const key : {"department", "place"})
    for (const std::string& part : reader.Texts(json, key)) {
      if (!affiliation.text.empty()) affiliation.text += ", ";
      affiliation.text += part;
    }
  for (const Json* id : reader.Objects(json, "id")) {
    std::string value = reader.Text(*id, "id");
    if (!value.empty()) affiliation.identifiers.push_back({reader.Text(*id, "id-type"), std::move(value)});
  }
  if (!affiliation.text.empty() || !affiliation.identifiers.empty())
    person.affiliations.push_back(std::move(affiliation));
}

}  // namespace

PartialDate CslDate(JsonRecord& reader, const Json& json) {
  const Json* parts = Find(json, "date-parts");
  if (parts == nullptr || !parts->is_array() || parts->empty()) {
    if (const Json* text = Find(json, "date-time")) {
      const std::string iso = ScalarText(*text);
      if (auto date = DateFromIso(std::string_view(iso).substr(0, 10))) return *std::move(date);
    }
    return {};
  }
  const auto part = [](const Json& list, std::size_t i) {
    return list.is_array() && i < list.size() ? ScalarText(list[i]) : std::string();
  };
  const Json& first = parts->front();
  PartialDate date = DateFromParts(part(first, 0), part(first, 1), part(first, 2));
  if (parts->size() > 1) {
    const Json& last = parts->back();
    date.iso_end = DateFromParts(part(last, 0), part(last, 1), part(last, 2)).iso;
  }
  if (date.iso.empty() && !date.raw.empty())
    reader.context().Warn("bad-date", fmt::format("the date \"{}\" could not be read", Excerpt(date.raw)));
  return date;
}

// Names may hold markup and references ("Mu&#x00F1;oz").
Author CslPerson(JsonRecord& reader, const Json& json, PersonRole role) {
  const auto name = [&](const char* key) { return reader.Marked(json, key).text; };
  Author person;
  person.role = role;
  person.last_name = name("family");
  person.fore_name = name("given");
  person.suffix = name("suffix");
  person.collective_name = name("name");
  if (person.collective_name.empty()) person.collective_name = name("literal");
  if (person.last_name.empty()) {
    std::string& group = person.collective_name;
    if (group.empty()) {
      person.last_name = std::exchange(person.fore_name, {});  // One name only.
    } else if (!person.fore_name.empty()) {
      person.last_name = std::exchange(group, {});
    }
  }
  reader.AddPersonIdentifier(person, "ORCID", reader.Text(json, "ORCID"));
  for (const Json* affiliation : reader.Objects(json, "affiliation")) AddAffiliation(reader, *affiliation, person);
  return person;
}

}  // namespace litmill::parse
