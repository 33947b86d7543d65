// SPDX-License-Identifier: Apache-2.0
#include "tests/services/works_file.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace litmill::services {
namespace {

using nlohmann::json;

RegisteredWork ReadWork(const json& object) {
  RegisteredWork work;
  work.doi = object.at("doi").get<std::string>();
  work.agency = object.value("agency", work.agency);
  work.pmid = object.value("pmid", work.pmid);
  work.pmcid = object.value("pmcid", work.pmcid);
  work.alias_of = object.value("alias_of", work.alias_of);
  work.title = object.value("title", work.title);
  work.abstract = object.value("abstract", work.abstract);
  work.authors = object.value("authors", work.authors);
  work.journal = object.value("journal", work.journal);
  work.issn = object.value("issn", work.issn);
  work.volume = object.value("volume", work.volume);
  work.issue = object.value("issue", work.issue);
  work.pages = object.value("pages", work.pages);
  work.year = object.value("year", work.year);
  work.retracted_by = object.value("retracted_by", work.retracted_by);
  work.databases = object.value("databases", work.databases);
  return work;
}

}  // namespace

Result<std::vector<RegisteredWork>> ReadWorks(std::string_view text) {
  std::vector<RegisteredWork> works;
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    try {
      if (end > 0) works.push_back(ReadWork(json::parse(text.substr(0, end))));
    } catch (const json::exception& error) {
      return Fail(ErrorCode::kInvalidInput, fmt::format("line {} is no work: {}", line, error.what()));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return works;
}

}  // namespace litmill::services
