// SPDX-License-Identifier: Apache-2.0
// What Crossref knows of a work's relations: corrections, retractions, preprints, reviews.
#pragma once

#include "core/record.h"
#include "parse/json_reader.h"

namespace litmill::parse {

/// update-to, updated-by (publishers' and Retraction Watch's) and relation into `record.related`, under PubMed's names
/// where PubMed has one ("RetractionIn", "ErratumFor", "UpdateOf", ...), else under Crossref's. `ref_source` is
/// "doi:<DOI>", `note` says kind, source and date. A retraction notice gets its publication type.
void ReadCrossrefUpdates(JsonRecord& json, const Json& work, Record& record);

}  // namespace litmill::parse
