// SPDX-License-Identifier: Apache-2.0
// What Crossref knows of a work's relations: corrections, retractions, preprints, reviews.
#pragma once

#include <string>
#include <string_view>

#include "core/record.h"
#include "parse/json_reader.h"

namespace litmill::parse {

/// update-to, updated-by (publishers' and Retraction Watch's) and relation into `record.related`, under PubMed's names
/// where PubMed has one ("RetractionIn", "ErratumFor", "UpdateOf", ...), else under Crossref's. `doi` names
/// the other work, `note` says kind, source and date. A retraction notice gets its publication type.
void ReadCrossrefUpdates(JsonRecord& json, const Json& work, Record& record);

struct CrossrefUpdate {
  std::string type, label, source, date, record_id;
  std::string doi;  ///< Of the other publication.
};

/// One update; `is_notice`: the record is the notice, the other work is what it updates.
void AddCrossrefUpdate(Record& record, bool is_notice, const CrossrefUpdate& update);

/// One relation by Crossref's JSON name ("is-preprint-of"), unless it is there already.
void AddCrossrefRelation(Record& record, const std::string& name, std::string_view id_type, const std::string& id);

}  // namespace litmill::parse
