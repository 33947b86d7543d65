// SPDX-License-Identifier: Apache-2.0
// The record's own identifiers: where PubMed puts them, their normal forms, and what to say when they disagree.
#pragma once

#include <pugixml.hpp>

#include <vector>

#include "core/record.h"
#include "parse/record_context.h"

namespace litmill::parse {

/// Identifiers of one record by where they stood. ArticleIdList is NLM's curated list, so it comes before the
/// publisher's ELocationID.
struct FoundIdentifiers {
  std::vector<Identifier> pmid;
  std::vector<Identifier> article_ids;
  std::vector<Identifier> elocation_ids;
  std::vector<Identifier> other_ids;
};

/// PMID: the record's identity (source_id stays empty when it is no number) and version.
void ReadPmid(RecordContext& context, pugi::xml_node element, Record& record, FoundIdentifiers& found);

/// ArticleIdList (of the record or of a cited work: the caller says which by `ids`).
void ReadArticleIdList(RecordContext& context, pugi::xml_node list, std::vector<Identifier>& ids);

/// ELocationID: a DOI or a publisher's item identifier; ValidYN="N" marks one known to be wrong.
void ReadELocationId(RecordContext& context, pugi::xml_node element, FoundIdentifiers& found);

/// OtherID: PMC ids and manuscript ids of NLM become identifiers, the rest stays a name of its source.
void ReadOtherId(RecordContext& context, pugi::xml_node element, Record& record, FoundIdentifiers& found);

/// Puts them into the record in order of trust and warns about DOIs that are none, or two, and PMIDs that differ.
void FinishIdentifiers(RecordContext& context, FoundIdentifiers&& found, Record& record);

}  // namespace litmill::parse
