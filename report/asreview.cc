// SPDX-License-Identifier: Apache-2.0
#include "report/asreview.h"

#include <algorithm>
#include <vector>

#include "core/export_text.h"
#include "report/citation.h"
#include "report/csv_table.h"

namespace litmill::report {
namespace {

std::vector<std::string> KeywordsAndDescriptors(const Record& record) {
  std::vector<std::string> words = KeywordsOf(record);
  for (const MeshHeading& heading : record.mesh_headings)
    if (std::find(words.begin(), words.end(), heading.name) == words.end()) words.push_back(heading.name);
  return words;
}

}  // namespace

void AppendAsreviewHead(std::string& out) {
  AppendTableRow({"title", "abstract", "authors", "year", "doi", "keywords", "url", "included"}, out);
}

void AppendAsreviewRow(const store::WorkRecord& work, std::string& out) {
  const Record& r = work.record;
  AppendTableRow(
      {TitleOf(r), JoinedAbstract(r), JoinNames(NamesOf(r, PersonRole::kAuthor)), PartsOf(r.PublicationDate()).year,
       IdOf(r, "doi"), JoinLines(KeywordsAndDescriptors(r), "; "), LinkOf(r), ""},
      out);
}

}  // namespace litmill::report
