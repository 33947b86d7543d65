// SPDX-License-Identifier: Apache-2.0
#include "core/record.h"

#include <algorithm>

namespace litmill {
namespace {

// "2010" and "2010-06" agree as far as both go: then the finer one says more.
bool IsEarlier(const PartialDate& a, const PartialDate& b) {
  const std::size_t common = std::min(a.iso.size(), b.iso.size());
  const int order = a.iso.compare(0, common, b.iso, 0, common);
  return order != 0 ? order < 0 : a.iso.size() > b.iso.size();
}

}  // namespace

const PartialDate* Record::Date(std::string_view kind) const {
  for (const RecordDate& d : dates)
    if (d.kind == kind) return &d.date;
  return nullptr;
}

const Identifier* Record::FindIdentifier(std::string_view scheme) const {
  for (const Identifier& id : identifiers)
    if (id.scheme == scheme && id.valid) return &id;
  return nullptr;
}

const PartialDate* Record::PublicationDate() const {
  const PartialDate* best = nullptr;
  for (std::string_view kind : {"print", "electronic"}) {
    const PartialDate* date = Date(kind);
    if (date == nullptr || !date->Year()) continue;
    if (best == nullptr || IsEarlier(*date, *best)) best = date;
  }
  if (best != nullptr) return best;
  for (std::string_view kind : {"pubmed", "entrez"}) {
    const PartialDate* date = Date(kind);
    if (date != nullptr && date->Year()) return date;
  }
  return nullptr;
}

bool Record::IsRetracted() const {
  return std::any_of(publication_types.begin(), publication_types.end(),
                     [](const PublicationType& t) { return t.name == "Retracted Publication" || t.ui == "D016441"; }) ||
         std::any_of(related.begin(), related.end(),
                     [](const RelatedRecord& r) { return r.ref_type == "RetractionIn"; });
}

std::string_view AbstractStatus(const Record& record) {
  if (record.abstract_sections.empty()) return "absent";
  for (const AbstractSection& s : record.abstract_sections)
    if (s.body.text.find("(ABSTRACT TRUNCATED") != std::string::npos) return "truncated";
  return "present";
}

}  // namespace litmill
