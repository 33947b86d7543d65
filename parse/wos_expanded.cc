// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>

#include "core/unicode.h"
#include "parse/json_answers.h"
#include "parse/json_entries.h"
#include "parse/json_reader.h"
#include "parse/markup_fragment.h"
#include "parse/record_parts.h"
#include "parse/wos_parts.h"

namespace litmill::parse {
namespace {

std::vector<std::string_view> Sorted(std::vector<std::string_view> names) {
  std::sort(names.begin(), names.end());
  return names;
}

// The members of the summary and of the full record's metadata: those that are read, and those left out on purpose
// (editions, counts, the service's own categories in other words).
const std::vector<std::string_view>& SummaryFields() {
  static const std::vector<std::string_view> kFields =
      Sorted({"EWUID", "conferences", "doctypes", "names", "pub_info", "publishers", "special_doctypes", "titles"});
  return kFields;
}
const std::vector<std::string_view>& MetadataFields() {
  static const std::vector<std::string_view> kFields = Sorted(
      {"abstracts", "addresses", "category_info", "fund_ack", "keywords", "languages", "normalized_doctypes",
       "normalized_languages", "refs", "references", "reprint_addresses", "ethics_statement", "conflict_of_interest"});
  return kFields;
}

class RecReader {
 public:
  RecReader(const Json& rec, JsonRecord& json, Record& record) : rec_(rec), json_(json), record_(record) {}

  bool Read() {
    if (!SetWosIdentity(record_, json_.ContentText(rec_, "UID"))) return false;
    static const Json kNothing = Json::object();
    const Json* parts = json_.Object(rec_, "static_data");
    const Json* summary = parts == nullptr ? nullptr : json_.Object(*parts, "summary");
    const Json* metadata = parts == nullptr ? nullptr : json_.Object(*parts, "fullrecord_metadata");
    if (summary == nullptr) summary = &kNothing;
    if (metadata == nullptr) metadata = &kNothing;
    ReadTitles(*summary);
    ReadTypes(*summary);
    ReadAddresses(*metadata);
    ReadPeople(*summary);
    ReadPublication(*summary);
    ReadIdentifiers();
    ReadAbstracts(*metadata);
    for (const Json* language : In(*metadata, "languages", "language"))
      json_.AddLanguage(record_, json_.Content(*language));
    AddKeywords(In(*metadata, "keywords", "keyword"), "NOTNLM");
    ReadItem(parts);
    ReadGrants(*metadata);
    ReadRest(*metadata);
    json_.CheckFields(*summary, SummaryFields(), "summary");
    json_.CheckFields(*metadata, MetadataFields(), "fullrecord_metadata");
    return true;
  }

 private:
  // What {"names": {"count": 2, "name": [...]}} holds: one value or many, objects or text.
  std::vector<const Json*> In(const Json& object, const char* list, const char* element) {
    const Json* holder = Find(object, list);
    if (holder == nullptr || !holder->is_object()) return {};
    return json_.Elements(*holder, element);
  }

  void ReadTitles(const Json& summary) {
    for (const Json* title : In(summary, "titles", "title")) {
      const std::string type = json_.Text(*title, "type");
      MarkedText text = TextOfFragment(json_.context(), json_.Content(*title));
      if (type == "item")
        record_.title = std::move(text);
      else if (type == "source")
        record_.journal.title = std::move(text.text);
      else if (type == "abbrev_iso")
        record_.journal.iso_abbreviation = std::move(text.text);
      else if (type == "foreign")
        record_.vernacular_title = std::move(text);
      else if (type != "source_abbrev" && !type.starts_with("abbrev_"))
        AddOther(record_, "title", type, std::move(text.text));
    }
  }

  void ReadTypes(const Json& summary) {
    for (const char* const list : {"doctypes", "special_doctypes"})
      for (const Json* type : In(summary, list, list == std::string_view("doctypes") ? "doctype" : "special_doctype"))
        if (std::string name = json_.Content(*type); !name.empty())
          record_.publication_types.push_back({{}, std::move(name)});
    if (TitleSaysRetracted(record_.title.text) && !record_.IsRetracted())
      json_.context().Warn("retracted-in-title", "the title says that the work was retracted, but its type does not");
  }

  void ReadAddresses(const Json& metadata) {
    for (const Json* address : In(metadata, "addresses", "address_name")) {
      const Json* spec = Find(*address, "address_spec");
      if (spec == nullptr || !spec->is_object()) continue;
      addresses_.emplace_back(json_.Text(*spec, "addr_no"), json_.Marked(*spec, "full_address").text);
    }
  }

  void ReadPeople(const Json& summary) {
    for (const Json* name : In(summary, "names", "name")) {
      if (!name->is_object()) continue;
      const std::string role = json_.Text(*name, "role");
      Author person = Person(*name);
      if (role == "corp" || role == "book_corp") {
        Author group;
        group.collective_name = json_.Marked(*name, "display_name").text;
        if (!group.collective_name.empty()) record_.authors.push_back(std::move(group));
      } else if (role == "author" || role == "book_editor" || role == "editor" || role == "investigator") {
        person.role = role == "author"         ? PersonRole::kAuthor
                      : role == "investigator" ? PersonRole::kInvestigator
                                               : PersonRole::kEditor;
        if (!person.last_name.empty()) record_.authors.push_back(std::move(person));
      } else {
        AddOther(record_, role, {}, json_.Marked(*name, "display_name").text);
      }
    }
  }

  Author Person(const Json& name) {
    Author person;
    person.last_name = json_.Marked(name, "last_name").text;
    person.fore_name = json_.Marked(name, "first_name").text;
    std::string display = json_.Marked(name, "display_name").text;
    if (display.empty()) display = json_.Marked(name, "full_name").text;
    if (person.last_name.empty()) person = PersonLastNameFirst(display);
    person.suffix = json_.Text(name, "suffix");
    person.initials = json_.Text(name, "initials");
    if (person.initials.empty()) person.initials = PersonWithInitials(json_.Text(name, "wos_standard")).initials;
    if (std::string orcid = json_.Text(name, "orcid_id"); !orcid.empty())
      json_.AddPersonIdentifier(person, "ORCID", std::move(orcid));
    json_.AddPersonIdentifier(person, "researcherid", json_.Text(name, "r_id"));
    // "1 3": the numbers of the addresses.
    for (const std::string& number : SplitList(json_.Text(name, "addr_no"), " "))
      for (const auto& address : addresses_)
        if (address.first == number && !address.second.empty()) person.affiliations.push_back({address.second, {}});
    return person;
  }

  void ReadPublication(const Json& summary) {
    if (const Json* info = json_.Object(summary, "pub_info")) {
      record_.journal.volume = json_.ContentText(*info, "vol");
      record_.journal.issue = json_.ContentText(*info, "issue");
      if (const Json* page = Find(*info, "page")) {
        SetPages(record_, json_.Content(*page), {});
        if (record_.pages.empty() && page->is_object())
          SetPages(record_, json_.Text(*page, "begin"), json_.Text(*page, "end"));
      }
      ReadDates(*info);
      AddOther(record_, "publication-kind", {}, json_.Text(*info, "pubtype"));
      record_.pub_model = json_.Text(*info, "model");
    }
    for (const Json* publisher : In(summary, "publishers", "publisher"))
      for (const Json* name : In(*publisher, "names", "name"))
        AddOther(record_, "publisher", {}, json_.Marked(*name, "display_name").text);
    for (const Json* conference : In(summary, "conferences", "conference"))
      for (const Json* title : In(*conference, "conf_titles", "conf_title"))
        AddOther(record_, "conference", {}, json_.Content(*title));
  }

  // "pubmonth" may hold the day ("SEP 9"); "sortdate" has a day even where none is known.
  void ReadDates(const Json& info) {
    const std::string year = json_.ContentText(info, "pubyear");
    AddWosDate(json_, record_, year, json_.ContentText(info, "pubmonth"));
    if (year.empty()) json_.AddDate(record_, "print", json_.ContentText(info, "sortdate"));
    json_.AddDate(record_, "electronic", json_.ContentText(info, "edate"));
    const std::string early_month = json_.ContentText(info, "early_access_month");
    const std::string early_year = json_.ContentText(info, "early_access_year");
    if (early_year.empty()) return;
    PartialDate early = DateFromMedlineDate(early_month.empty() ? early_year : early_year + " " + early_month);
    if (!early.iso.empty() && record_.Date("electronic") == nullptr)
      record_.dates.push_back({"electronic", std::move(early), {}});
  }

  // No identifiers at all are "identifiers": "".
  void ReadIdentifiers() {
    const Json* dynamic = Find(rec_, "dynamic_data");
    const Json* cluster = Find(dynamic, "cluster_related");
    if (cluster == nullptr || !cluster->is_object()) return;
    for (const Json* id : In(*cluster, "identifiers", "identifier")) {
      if (!id->is_object()) continue;
      AddWosIdentifier(json_, record_, json_.Text(*id, "type"), json_.ContentText(*id, "value"));
    }
  }

  void ReadAbstracts(const Json& metadata) {
    for (const Json* abstract : In(metadata, "abstracts", "abstract")) {
      std::vector<AbstractSection> sections;
      for (const Json* paragraph : In(*abstract, "abstract_text", "p"))
        for (AbstractSection& section : SectionsOfFragment(json_.context(), json_.Content(*paragraph)))
          sections.push_back(std::move(section));
      if (record_.abstract_sections.empty())
        record_.abstract_sections = std::move(sections);
      else if (!sections.empty())
        record_.other_abstracts.push_back({{}, {}, std::move(sections), {}});
    }
  }

  void AddKeywords(const std::vector<const Json*>& keywords, std::string_view owner) {
    for (const Json* keyword : keywords) {
      MarkedText text = TextOfFragment(json_.context(), json_.Content(*keyword));
      if (!text.text.empty()) record_.keywords.push_back({std::string(owner), false, std::move(text)});
    }
  }

  // Keywords Plus are made by Clarivate from the titles of the cited works. Records of MEDLINE bring its headings.
  void ReadItem(const Json* parts) {
    const Json* item = parts == nullptr ? nullptr : json_.Object(*parts, "item");
    if (item == nullptr) return;
    AddKeywords(In(*item, "keywords_plus", "keyword"), "KEYWORDS-PLUS");
  }

  void ReadGrants(const Json& metadata) {
    const Json* funding = Find(metadata, "fund_ack");
    if (funding == nullptr || !funding->is_object()) return;
    for (const Json* json : In(*funding, "grants", "grant")) {
      if (!json->is_object()) continue;
      const std::string agency = TextOfFragment(json_.context(), json_.ContentText(*json, "grant_agency")).text;
      const std::vector<const Json*> numbers = In(*json, "grant_ids", "grant_id");
      for (const Json* number : numbers) record_.grants.push_back({json_.Content(*number), {}, agency, {}});
      if (numbers.empty() && !agency.empty()) record_.grants.push_back({{}, {}, agency, {}});
    }
    for (const Json* paragraph : In(*funding, "fund_text", "p"))
      AddOther(record_, "funding-text", {}, TextOfFragment(json_.context(), json_.Content(*paragraph)).text);
  }

  void ReadRest(const Json& metadata) {
    if (const Json* references = Find(metadata, "refs"); references != nullptr && references->is_object())
      record_.number_of_references = json_.Text(*references, "count");
    const Json* categories = Find(metadata, "category_info");
    if (categories != nullptr && categories->is_object())
      for (const Json* subject : In(*categories, "subjects", "subject")) {
        const std::string kind = json_.Text(*subject, "ascatype");
        if (kind != "extended") AddOther(record_, "wos-category", {}, json_.Content(*subject));
      }
    if (const Json* dates = json_.Object(rec_, "dates")) {
      json_.AddDate(record_, "created", json_.Text(*dates, "date_created"));
      json_.AddDate(record_, "revised", json_.Text(*dates, "date_modified"));
    }
  }

  const Json& rec_;
  JsonRecord& json_;
  Record& record_;
  std::vector<std::pair<std::string, std::string>> addresses_;  // Number and text.
};

constexpr EntryKind kRec{"record", "no-id", "has no UID"};

bool ReadRec(const Json& rec, JsonRecord& json, Record& record) { return RecReader(rec, json, record).Read(); }

// A query without hits can bring XML inside the JSON: {"Data":{"Records":<records></records>},"QueryResult":...}.
std::string WithoutEmptyXml(std::string_view body) {
  std::string text(body);
  const std::size_t begin = text.find("<records>");
  if (begin == std::string::npos || begin > 200) return text;
  const std::size_t end = text.find("</records>", begin);
  if (end == std::string::npos || !TrimAscii(std::string_view(text).substr(begin + 9, end - begin - 9)).empty())
    return text;
  return text.replace(begin, end + 10 - begin, R"({"records":""})");
}

}  // namespace

std::vector<Item> ParseWebOfScienceExpanded(std::string_view body) {
  const std::string repaired = WithoutEmptyXml(body);
  tl::expected<Json, Problem> answer = ReadJsonBody(repaired, "Web of Science Expanded");
  if (!answer) return {std::move(answer.error())};
  std::vector<Item> items;
  const Json* const records = Find(Find(Find(*answer, "Data"), "Records"), "records");
  const Json* const list = Find(records, "REC");
  const Json* const found = Find(Find(*answer, "QueryResult"), "RecordsFound");
  const bool is_empty = records != nullptr && records->is_string() && ScalarText(*records).empty();
  if (list != nullptr && list->is_structured())
    items = ReadEntries(*list, kRec, ReadRec);
  else if (!is_empty && (found == nullptr || ScalarText(*found) != "0"))
    items.emplace_back(WosProblem(*answer));
  WarnOfInvalidUtf8(body, items);
  return items;
}

}  // namespace litmill::parse
