// SPDX-License-Identifier: Apache-2.0
#include "parse/crossref_updates.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "core/identifiers.h"
#include "core/unicode.h"
#include "parse/record_parts.h"

namespace litmill::parse {
namespace {

struct UpdateType {
  std::string_view crossref;
  std::string_view on_work;    // RefType in the record of the work that was updated.
  std::string_view on_notice;  // RefType in the record of the notice.
};

// A withdrawal or a removal takes the work back as a retraction does.
constexpr UpdateType kUpdates[] = {
    {"retraction", "RetractionIn", "RetractionOf"},
    {"withdrawal", "RetractionIn", "RetractionOf"},
    {"removal", "RetractionIn", "RetractionOf"},
    {"partial_retraction", "PartialRetractionIn", "PartialRetractionOf"},
    {"expression_of_concern", "ExpressionOfConcernIn", "ExpressionOfConcernFor"},
    {"correction", "ErratumIn", "ErratumFor"},
    {"corrigendum", "ErratumIn", "ErratumFor"},
    {"erratum", "ErratumIn", "ErratumFor"},
};

struct Relation {
  std::string_view crossref, ref_type;
};

constexpr Relation kRelations[] = {
    {"is-preprint-of", "UpdateIn"}, {"has-preprint", "UpdateOf"},  {"is-comment-on", "CommentOn"},
    {"has-comment", "CommentIn"},   {"is-review-of", "CommentOn"}, {"has-review", "CommentIn"},
    {"is-reply-to", "CommentOn"},   {"has-reply", "CommentIn"},
};

void AddWord(std::string& note, const std::string& word) {
  if (word.empty()) return;
  if (!note.empty()) note += "; ";
  note += word;
}

std::string DateOf(JsonRecord& json, const Json& update) {
  const Json* updated = json.Object(update, "updated");
  const Json* time = Find(updated, "date-time");
  if (time != nullptr) return ScalarText(*time).substr(0, 10);
  const Json* parts = Find(updated, "date-parts");
  if (parts == nullptr || !parts->is_array() || parts->empty() || !parts->front().is_array()) return {};
  std::string date;
  for (const Json& part : parts->front()) {
    const std::string text = ScalarText(part);
    if (!text.empty()) date += (date.empty() ? "" : text.size() == 1 ? "-0" : "-") + text;
  }
  return date;
}

void ReadUpdates(JsonRecord& json, const Json& work, const char* key, bool is_notice, Record& record) {
  for (const Json* update : json.Objects(work, key))
    AddCrossrefUpdate(record, is_notice,
                      {json.Text(*update, "type"), json.Text(*update, "label"), json.Text(*update, "source"),
                       DateOf(json, *update), json.Text(*update, "record-id"), json.Text(*update, "DOI")});
}

void ReadRelations(JsonRecord& json, const Json& work, Record& record) {
  const Json* relations = json.Object(work, "relation");
  if (relations == nullptr) return;
  for (const auto& member : relations->items())
    for (const Json* other : json.Objects(*relations, member.key().c_str()))
      AddCrossrefRelation(record, member.key(), json.Text(*other, "id-type"), json.Text(*other, "id"));
}

}  // namespace

void AddCrossrefUpdate(Record& record, bool is_notice, const CrossrefUpdate& update) {
  std::string type = AsciiLower(update.type);
  std::replace(type.begin(), type.end(), '-', '_');
  std::replace(type.begin(), type.end(), ' ', '_');
  const auto* const known = std::find_if(std::begin(kUpdates), std::end(kUpdates),
                                         [&type](const UpdateType& u) { return u.crossref == type; });
  RelatedRecord related;
  if (known != std::end(kUpdates))
    related.ref_type = std::string(is_notice ? known->on_notice : known->on_work);
  else
    related.ref_type = is_notice ? "UpdateOf" : "UpdateIn";  // Addenda, clarifications, new versions, reinstatements.
  NameByDoi(related, update.doi);
  AddWord(related.note, update.label.empty() ? type : update.label);
  AddWord(related.note, update.source);
  AddWord(related.note, update.date);
  if (!update.record_id.empty()) AddWord(related.note, "record " + update.record_id);
  if (is_notice && related.ref_type == "RetractionOf" && record.publication_types.size() < 3)
    record.publication_types.push_back({"D016440", "Retraction of Publication"});
  record.related.push_back(std::move(related));
}

void AddCrossrefRelation(Record& record, const std::string& name, std::string_view id_type, const std::string& id) {
  if (id.empty()) return;
  const auto* const known = std::find_if(std::begin(kRelations), std::end(kRelations),
                                         [&name](const Relation& r) { return r.crossref == name; });
  const std::string scheme = AsciiLower(id_type);
  RelatedRecord related;
  related.ref_type = known == std::end(kRelations) ? name : std::string(known->ref_type);
  if (scheme == "pmid" && ParsePmid(id))
    related.pmid = fmt::format_int(*ParsePmid(id)).str();
  else if (scheme.empty() || scheme == "doi")
    NameByDoi(related, id);
  else
    related.ref_source = scheme + ":" + id;
  related.note = name;
  // Either side may say it, and often both do.
  const auto same = [&related](const RelatedRecord& r) {
    return r.ref_type == related.ref_type && r.ref_source == related.ref_source && r.doi == related.doi &&
           r.pmid == related.pmid;
  };
  if (std::none_of(record.related.begin(), record.related.end(), same)) record.related.push_back(std::move(related));
}

void ReadCrossrefUpdates(JsonRecord& json, const Json& work, Record& record) {
  ReadUpdates(json, work, "update-to", true, record);
  ReadUpdates(json, work, "updated-by", false, record);
  ReadRelations(json, work, record);
  if (TitleSaysRetracted(record.title.text) && !record.IsRetracted())
    json.context().Warn("retracted-in-title", "the title says that the work was retracted, but Crossref has no update");
}

}  // namespace litmill::parse
