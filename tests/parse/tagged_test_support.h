// SPDX-License-Identifier: Apache-2.0
// Reading an export in a test: its records and its problems, side by side.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parse/export_file.h"

namespace litmill::testing {

struct ReadBack {
  parse::ExportReport report;
  std::vector<parse::ParsedRecord> records;
  std::vector<parse::Problem> problems;
  std::string failure;  ///< Of the whole file; empty = it was read.

  [[nodiscard]] const Record& At(std::size_t i) const { return records.at(i).record; }
  [[nodiscard]] std::size_t Count(std::string_view code) const {
    return static_cast<std::size_t>(
        std::count_if(problems.begin(), problems.end(), [code](const parse::Problem& p) { return p.code == code; }));
  }
  [[nodiscard]] bool Warns(std::size_t i, std::string_view code) const {
    const std::vector<parse::Problem>& warnings = records.at(i).warnings;
    return std::any_of(warnings.begin(), warnings.end(), [code](const parse::Problem& p) { return p.code == code; });
  }
};

inline ReadBack ReadText(std::string_view text, const parse::ExportOptions& options = {}) {
  ReadBack back;
  auto report = parse::ReadExport(text, options, [&back](parse::Item item) -> Result<void> {
    if (auto* record = std::get_if<parse::ParsedRecord>(&item))
      back.records.push_back(std::move(*record));
    else
      back.problems.push_back(std::get<parse::Problem>(std::move(item)));
    return {};
  });
  if (report)
    back.report = *std::move(report);
  else
    back.failure = report.error().message;
  return back;
}

/// The values of the record's other names of `kind`.
inline std::vector<std::string> Others(const Record& record, std::string_view kind) {
  std::vector<std::string> values;
  for (const OtherName& other : record.other_names)
    if (other.kind == kind) values.push_back(other.value);
  return values;
}

inline std::string Value(const Record& record, std::string_view scheme) {
  const Identifier* id = record.FindIdentifier(scheme);
  return id == nullptr ? std::string() : id->value;
}

/// "Roe|Jane B|JB|Jr", groups as "=Group"; joined by "; ".
inline std::string People(const Record& record) {
  std::string out;
  for (const Author& a : record.authors) {
    if (!out.empty()) out += "; ";
    if (!a.collective_name.empty()) {
      out += "=" + a.collective_name;
      continue;
    }
    out += a.last_name + "|" + a.fore_name + "|" + a.initials;
    if (!a.suffix.empty()) out += "|" + a.suffix;
    if (a.role != PersonRole::kAuthor) out += a.role == PersonRole::kEditor ? " (ed)" : " (inv)";
  }
  return out;
}

/// "OWNER:keyword" or "OWNER:*keyword", joined by "; ".
inline std::string Keywords(const Record& record) {
  std::string out;
  for (const Keyword& k : record.keywords)
    out += (out.empty() ? "" : "; ") + k.owner + ":" + (k.major ? "*" : "") + k.text.text;
  return out;
}

/// "Name*/qualifier*", joined by "; ".
inline std::string Headings(const Record& record) {
  std::string out;
  for (const MeshHeading& h : record.mesh_headings) {
    out += (out.empty() ? "" : "; ") + h.name + (h.descriptor_major ? "*" : "");
    for (const MeshQualifier& q : h.qualifiers) out += "/" + q.name + (q.major ? "*" : "");
  }
  return out;
}

inline std::string Iso(const Record& record, std::string_view kind) {
  const PartialDate* date = record.Date(kind);
  return date == nullptr ? std::string() : date->iso;
}

}  // namespace litmill::testing
