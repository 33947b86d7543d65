// SPDX-License-Identifier: Apache-2.0
// A table for ASReview (and for Rayyan's CSV import): title, abstract, authors, year, doi, keywords, url, included.
//
// `included` is empty: nothing is labelled yet. Each work is one row, so no duplicates reach the screening. Authors are
// "Last, Given; ..."; keywords are keywords and MeSH descriptors joined by "; ". Nothing else is carried: to take a
// corpus away and back, use csv or jsonl.
#pragma once

#include <string>

#include "store/work_record.h"

namespace litmill::report {

void AppendAsreviewHead(std::string& out);
void AppendAsreviewRow(const store::WorkRecord& work, std::string& out);

}  // namespace litmill::report
