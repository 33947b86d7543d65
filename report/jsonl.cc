// SPDX-License-Identifier: Apache-2.0
#include "report/jsonl.h"

#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/unicode.h"

namespace litmill::report {
namespace {

using Json = nlohmann::ordered_json;

void Set(Json& object, const char* key, const std::string& text) {
  if (!text.empty()) object[key] = text;
}

void Set(Json& object, const char* key, bool value) {
  if (value) object[key] = true;
}

void Set(Json& object, const char* key, Json value) {
  if (!value.empty()) object[key] = std::move(value);
}

void SetMarked(Json& object, const char* key, const char* markup_key, const MarkedText& text) {
  Set(object, key, text.text);
  Set(object, markup_key, text.markup);
}

/// An array with one object for each item, which `fill(object, item)` fills.
template <typename Item, typename Fill>
Json Array(const std::vector<Item>& items, const Fill& fill) {
  Json array = Json::array();
  for (const Item& item : items) {
    Json object = Json::object();
    fill(object, item);
    array.push_back(std::move(object));
  }
  return array;
}

void FillIdentifier(Json& object, const Identifier& id) {
  object["scheme"] = id.scheme;
  object["value"] = id.value;
  if (id.raw != id.value) object["raw"] = id.raw;
  Set(object, "origin", id.origin);
  if (!id.valid) object["valid"] = false;
}

void FillExternal(Json& object, const ExternalIdentifier& id) {
  Set(object, "scheme", id.scheme);
  object["value"] = id.value;
}

void FillSection(Json& object, const AbstractSection& section) {
  Set(object, "label", section.label);
  Set(object, "nlm_category", section.nlm_category);
  object["text"] = section.body.text;
  Set(object, "markup", section.body.markup);
}

std::string_view RoleOf(PersonRole role) {
  switch (role) {
    case PersonRole::kAuthor:
      return "author";
    case PersonRole::kEditor:
      return "editor";
    case PersonRole::kInvestigator:
      return "investigator";
  }
  return "author";
}

void FillAuthor(Json& object, const Author& author) {
  object["role"] = RoleOf(author.role);
  Set(object, "last_name", author.last_name);
  Set(object, "fore_name", author.fore_name);
  Set(object, "initials", author.initials);
  Set(object, "suffix", author.suffix);
  Set(object, "collective_name", author.collective_name);
  Set(object, "orcid", author.orcid);
  Set(object, "identifiers", Array(author.identifiers, FillExternal));
  Set(object, "affiliations", Array(author.affiliations, [](Json& to, const Affiliation& affiliation) {
        to["text"] = affiliation.text;
        Set(to, "identifiers", Array(affiliation.identifiers, FillExternal));
      }));
  if (!author.valid) object["valid"] = false;
  Set(object, "equal_contribution", author.equal_contribution);
}

void FillDate(Json& object, const RecordDate& date) {
  object["kind"] = date.kind;
  Set(object, "iso", date.date.iso);
  Set(object, "iso_end", date.date.iso_end);
  object["precision"] = DatePrecisionName(date.date.precision);
  Set(object, "raw", date.date.raw);
  Set(object, "time", date.time);
}

void FillHeading(Json& object, const MeshHeading& heading) {
  Set(object, "ui", heading.ui);
  object["name"] = heading.name;
  Set(object, "type", heading.type);
  Set(object, "descriptor_major", heading.descriptor_major);
  Set(object, "automatic", heading.automatic);
  Set(object, "qualifiers", Array(heading.qualifiers, [](Json& to, const MeshQualifier& q) {
        Set(to, "ui", q.ui);
        to["name"] = q.name;
        Set(to, "major", q.major);
      }));
}

Json JournalOf(const Journal& j) {
  Json object = Json::object();
  Set(object, "title", j.title);
  Set(object, "iso_abbreviation", j.iso_abbreviation);
  Set(object, "medline_ta", j.medline_ta);
  Set(object, "nlm_unique_id", j.nlm_unique_id);
  Set(object, "country", j.country);
  Set(object, "issn_print", j.issn_print);
  Set(object, "issn_electronic", j.issn_electronic);
  Set(object, "issn_linking", j.issn_linking);
  Set(object, "volume", j.volume);
  Set(object, "issue", j.issue);
  Set(object, "cited_medium", j.cited_medium);
  return object;
}

Json BookOf(const Book& b) {
  Json object = Json::object();
  SetMarked(object, "title", "title_markup", {b.title, b.title_markup});
  Set(object, "publisher", b.publisher);
  Set(object, "publisher_location", b.publisher_location);
  Set(object, "volume", b.volume);
  Set(object, "volume_title", b.volume_title);
  Set(object, "edition", b.edition);
  Set(object, "collection_title", b.collection_title);
  Set(object, "medium", b.medium);
  Set(object, "report_number", b.report_number);
  Set(object, "isbns", Json(b.isbns));
  Set(object, "locations", Array(b.locations, [](Json& to, const std::pair<std::string, std::string>& location) {
        to["type"] = location.first;
        to["label"] = location.second;
      }));
  Set(object, "section_titles", Json(b.section_titles));
  return object;
}

/// JSON escapes only the control characters of ASCII; many programs end a line at others too (U+0085, U+2028, U+2029).
/// Outside of strings they cannot stand.
void AppendOnOneLine(std::string_view json, std::string& out) {
  for (std::size_t i = 0; i < json.size();) {
    const std::size_t size = (static_cast<unsigned char>(json[i]) < 0x7F) ? 1 : DecodeUtf8(json, i).size;
    const char32_t c = size == 1 ? static_cast<unsigned char>(json[i]) : DecodeUtf8(json, i).value;
    if ((c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029)
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else
      out.append(json.substr(i, size));
    i += size;
  }
}

void SetHead(Json& o, const store::WorkRecord& work) {
  const Record& r = work.record;
  o["source"] = r.source;
  o["source_id"] = r.source_id;
  o["sources"] = work.sources;
  o["type"] = r.type == RecordType::kBook ? "book" : "article";
  if (r.version != 1) o["version"] = r.version;
  Set(o, "status", r.status);
  Set(o, "owner", r.owner);
  Set(o, "indexing_method", r.indexing_method);
  Set(o, "pub_model", r.pub_model);
  Set(o, "publication_status", r.publication_status);
  Set(o, "version_date", r.version_date);
  Set(o, "version_id", r.version_id);
  const PartialDate* date = r.PublicationDate();
  if (date != nullptr && date->Year()) o["year"] = *date->Year();
  if (date != nullptr) Set(o, "publication_date", date->iso);
  o["is_retracted"] = r.IsRetracted();
  Set(o, "identifiers", Array(r.identifiers, FillIdentifier));
}

void SetTexts(Json& o, const Record& r) {
  SetMarked(o, "title", "title_markup", r.title);
  SetMarked(o, "vernacular_title", "vernacular_title_markup", r.vernacular_title);
  Set(o, "title_is_translated", r.title_is_translated);
  Set(o, "abstract_sections", Array(r.abstract_sections, FillSection));
  Set(o, "copyright", r.copyright);
  Set(o, "other_abstracts", Array(r.other_abstracts, [](Json& to, const OtherAbstract& other) {
        Set(to, "type", other.type);
        Set(to, "language", other.language);
        Set(to, "sections", Array(other.sections, FillSection));
        Set(to, "copyright", other.copyright);
      }));
  Set(o, "authors", Array(r.authors, FillAuthor));
  if (!r.authors_complete) o["authors_complete"] = false;
  Set(o, "languages", Json(r.languages));
  Set(o, "journal", JournalOf(r.journal));
  if (r.book) o["book"] = BookOf(*r.book);
  Set(o, "pages", r.pages);
  Set(o, "start_page", r.start_page);
  Set(o, "end_page", r.end_page);
  Set(o, "dates", Array(r.dates, FillDate));
}

void SetIndexing(Json& o, const Record& r) {
  Set(o, "mesh_headings", Array(r.mesh_headings, FillHeading));
  Set(o, "chemicals", Array(r.chemicals, [](Json& to, const Chemical& c) {
        Set(to, "registry_number", c.registry_number);
        Set(to, "ui", c.ui);
        to["name"] = c.name;
      }));
  Set(o, "supplementary_concepts", Array(r.supplementary_concepts, [](Json& to, const SupplementaryConcept& c) {
        Set(to, "ui", c.ui);
        to["name"] = c.name;
        Set(to, "type", c.type);
      }));
  Set(o, "keywords", Array(r.keywords, [](Json& to, const Keyword& k) {
        Set(to, "owner", k.owner);
        Set(to, "major", k.major);
        to["text"] = k.text.text;
        Set(to, "markup", k.text.markup);
      }));
  Set(o, "publication_types", Array(r.publication_types, [](Json& to, const PublicationType& t) {
        Set(to, "ui", t.ui);
        to["name"] = t.name;
      }));
  Set(o, "citation_subsets", Json(r.citation_subsets));
  Set(o, "other_names", Array(r.other_names, [](Json& to, const OtherName& n) {
        to["kind"] = n.kind;
        Set(to, "source", n.source);
        to["value"] = n.value;
      }));
}

void SetRelations(Json& o, const Record& r) {
  Set(o, "grants", Array(r.grants, [](Json& to, const Grant& g) {
        Set(to, "id", g.id);
        Set(to, "acronym", g.acronym);
        Set(to, "agency", g.agency);
        Set(to, "country", g.country);
      }));
  Set(o, "accessions", Array(r.accessions, [](Json& to, const DataBankAccession& a) {
        Set(to, "bank", a.bank);
        Set(to, "accession", a.accession);
      }));
  Set(o, "related", Array(r.related, [](Json& to, const RelatedRecord& related) {
        Set(to, "ref_type", related.ref_type);
        Set(to, "ref_source", related.ref_source);
        Set(to, "pmid", related.pmid);
        Set(to, "note", related.note);
        Set(to, "doi", related.doi);
      }));
  Set(o, "references", Array(r.references, [](Json& to, const Reference& reference) {
        SetMarked(to, "citation", "citation_markup", reference.citation);
        Set(to, "identifiers", Array(reference.identifiers, FillIdentifier));
      }));
  Set(o, "coi_statement", r.coi_statement);
  Set(o, "number_of_references", r.number_of_references);
}

}  // namespace

void AppendJsonLine(const store::WorkRecord& work, std::string& out) {
  Json object = Json::object();
  SetHead(object, work);
  SetTexts(object, work.record);
  SetIndexing(object, work.record);
  SetRelations(object, work.record);
  Json tags = Json::object();
  for (const store::WorkTag& tag : work.tags) tags[tag.facet].push_back(tag.name);
  Set(object, "tags", std::move(tags));
  AppendOnOneLine(object.dump(-1, ' ', false, Json::error_handler_t::replace), out);
  out += '\n';
}

}  // namespace litmill::report
