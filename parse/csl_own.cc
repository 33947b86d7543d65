// SPDX-License-Identifier: Apache-2.0
#include "parse/csl_own.h"

#include <string>
#include <utility>

#include "core/export_note.h"
#include "parse/csl_parts.h"
#include "parse/record_parts.h"
#include "parse/table_cells.h"

namespace litmill::parse {

bool ReadOwnCslItem(const Json& item, ExportRecord& out) {
  JsonRecord json(out.context);
  const Json* const custom = json.Object(item, "custom");
  const std::string note = custom == nullptr ? std::string() : json.Text(*custom, "litmill");
  if (!note.starts_with("litmill:")) return false;
  const auto text = [&](const char* key) { return json.Text(item, key); };
  Record& record = out.record;
  record.title = {text("title"), {}};
  for (const auto& [key, role] : {std::pair{"author", PersonRole::kAuthor}, std::pair{"editor", PersonRole::kEditor}})
    for (const Json* name : json.Objects(item, key)) {
      Author person;
      person.role = role;
      person.collective_name = json.Text(*name, "literal");
      person.last_name = json.Text(*name, "family");
      person.fore_name = json.Text(*name, "given");
      person.suffix = json.Text(*name, "suffix");
      record.authors.push_back(std::move(person));
    }
  const std::string type = text("type");
  if (type == "article-journal") {
    record.journal.title = text("container-title");
  } else {
    record.type = RecordType::kBook;
    Book& book = record.book.emplace();
    book.title = type == "book" ? std::exchange(record.title.text, {}) : text("container-title");
    if (const std::string isbn = text("ISBN"); !isbn.empty()) book.isbns.push_back(isbn);
    book.publisher = text("publisher");
    book.publisher_location = text("publisher-place");
    book.edition = text("edition");
    book.collection_title = text("collection-title");
  }
  record.journal.iso_abbreviation = text("container-title-short");
  record.journal.volume = text("volume");
  record.journal.issue = text("issue");
  out.SetPages(text("page"));
  out.AddIssnsAndIsbns(text("ISSN"));
  for (const std::string& language : SplitList(text("language"), ";")) record.languages.push_back(language);
  for (const auto& [key, scheme] : {std::pair{"DOI", "doi"}, std::pair{"PMID", "pmid"}, std::pair{"PMCID", "pmcid"}})
    out.AddIdentifier(scheme, text(key), key);
  for (const std::string& name : json.Texts(*custom, "publication_types")) out.AddPublicationType(name);
  for (std::string& word : UnescapedList(text("keyword")))
    record.keywords.push_back({"NOTNLM", false, {std::move(word), {}}});
  if (std::string abstract = text("abstract"); !abstract.empty())
    record.abstract_sections.push_back({{}, {}, {std::move(abstract), {}}});
  if (const Json* issued = json.Object(item, "issued"))
    if (PartialDate date = CslDate(json, *issued); !date.raw.empty())
      record.dates.push_back({"print", std::move(date), {}});
  out.has_identity = ApplyExportNote(note, record) && !record.source_id.empty();
  return true;
}

}  // namespace litmill::parse
