// SPDX-License-Identifier: Apache-2.0
#include "parse/crossref_xml_programs.h"

#include <string>
#include <utility>
#include <vector>

#include "parse/crossref_parts.h"
#include "parse/crossref_updates.h"
#include "parse/crossref_xml_item.h"
#include "parse/record_parts.h"
#include "parse/trial_numbers.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

// "isPreprintOf" -> "is-preprint-of".
std::string Dashed(std::string_view camel) {
  std::string out;
  for (const char c : camel) {
    const bool is_capital = c >= 'A' && c <= 'Z';
    if (is_capital && !out.empty()) out += '-';
    out += is_capital ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

class ProgramReader {
 public:
  ProgramReader(JsonRecord& fields, Record& record) : fields_(fields), record_(record) {}

  // Funding, licences, relations, trials: "program" elements, by the names of what is in them.
  void ReadProgram(pugi::xml_node program) {
    if (!ChildrenNamed(program, "assertion").empty()) ReadFunding(program);
    for (const pugi::xml_node license : ChildrenNamed(program, "license_ref"))
      Other("license", Attribute(license, "applies_to"), Marked(license).text);
    for (const pugi::xml_node item : ChildrenNamed(program, "related_item"))
      for (const char* const name : {"inter_work_relation", "intra_work_relation"})
        for (const pugi::xml_node relation : ChildrenNamed(item, name))
          AddCrossrefRelation(record_, Dashed(Attribute(relation, "relationship-type")),
                              Attribute(relation, "identifier-type"), Marked(relation).text);
    for (const pugi::xml_node trial : ChildrenNamed(program, "clinical-trial-number"))
      AddTrial(record_, Attribute(trial, "registry"), Marked(trial).text);
  }

  void ReadCrossmark(pugi::xml_node crossmark) {
    for (const pugi::xml_node update : ChildrenNamed(ChildNamed(crossmark, "updates"), "update"))
      AddCrossrefUpdate(record_, true,
                        {Attribute(update, "type"),
                         Attribute(update, "label"),
                         {},
                         Attribute(update, "date"),
                         {},
                         Marked(update).text});
    const pugi::xml_node custom = ChildNamed(crossmark, "custom_metadata");
    for (const pugi::xml_node program : ChildrenNamed(custom, "program")) ReadProgram(program);
    for (const pugi::xml_node assertion : ChildrenNamed(custom, "assertion"))
      AddCrossrefAssertion(record_, Attribute(assertion, "name"), Marked(assertion).text);
  }

 private:
  // Groups of a funder and its awards; without a group the whole program is one.
  void ReadFunding(pugi::xml_node program) {
    bool has_groups = false;
    for (const pugi::xml_node assertion : ChildrenNamed(program, "assertion"))
      if (Attribute(assertion, "name") == "fundgroup") {
        has_groups = true;
        ReadFundGroup(assertion);
      }
    if (!has_groups) ReadFundGroup(program);
  }

  void ReadFundGroup(pugi::xml_node group) {
    std::string funder;
    std::vector<std::string> awards;
    for (const pugi::xml_node assertion : ChildrenNamed(group, "assertion")) {
      const std::string name = Attribute(assertion, "name");
      if (name == "award_number") awards.push_back(Marked(assertion).text);
      if (name != "funder_name") continue;
      funder = FoldSpace(fields_.Clean(assertion.text().get()));  // Its own text; the identifier stands below it.
      for (const pugi::xml_node id : ChildrenNamed(assertion, "assertion"))
        Other("funder-doi", funder, Marked(id).text);
    }
    for (std::string& award : awards) record_.grants.push_back({std::move(award), {}, funder, {}});
    if (awards.empty() && !funder.empty()) record_.grants.push_back({{}, {}, funder, {}});
  }

  MarkedText Marked(pugi::xml_node node) { return MarkedOf(fields_, node); }
  std::string Attribute(pugi::xml_node node, const char* name) { return AttributeOf(fields_, node, name); }
  void Other(std::string_view kind, std::string source, std::string value) {
    AddOther(record_, kind, std::move(source), std::move(value));
  }

  JsonRecord& fields_;
  Record& record_;
};

}  // namespace

void ReadCrossrefPrograms(pugi::xml_node item, JsonRecord& fields, Record& record) {
  ProgramReader reader(fields, record);
  for (const pugi::xml_node program : ChildrenNamed(item, "program")) reader.ReadProgram(program);
  reader.ReadCrossmark(ChildNamed(item, "crossmark"));
}

void ReadCrossrefQuery(pugi::xml_node query, JsonRecord& fields, Record& record) {
  for (const pugi::xml_node node : ChildrenNamed(query, "crm-item")) {
    const std::string_view name = node.attribute("name").value();
    const std::string value = FoldSpace(fields.Clean(node.text().get()));
    if (name == "relation")
      AddCrossrefRelation(record, Dashed(node.attribute("claim").value()), node.attribute("type").value(), value);
    else if (name == "created")
      fields.AddDate(record, "created", value);
    else if (name == "last-update")
      fields.AddDate(record, "revised", value);
    else if (name == "publisher-name" && !record.book)
      AddOther(record, "publisher", {}, value);
  }
}

}  // namespace litmill::parse
