// SPDX-License-Identifier: Apache-2.0
// The five E-utilities over the stand-in's records: a request in, an honest reply out. Faults are made elsewhere.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/services/http_server.h"
#include "tests/services/pubmed_query.h"
#include "tests/services/pubmed_records.h"

namespace litmill::services {

/// What a searcher left on the "history server".
class HistorySessions {
 public:
  /// Adds a set to the session named, or to a new one when the name is empty; `name` then holds it. Returns the set's
  /// number (from 1).
  int Add(std::string* name, std::vector<std::uint32_t> pmids);
  /// Null when there is no such session or set.
  [[nodiscard]] const std::vector<std::uint32_t>* Find(const std::string& name, int number) const;
  [[nodiscard]] bool Exists(const std::string& name) const { return sessions_.count(name) > 0; }
  void ForgetAll() { sessions_.clear(); }

 private:
  std::map<std::string, std::vector<std::vector<std::uint32_t>>> sessions_;
  std::uint64_t made_ = 0;
};

struct EutilsState {
  PubmedRecords records;
  HistorySessions history;
  std::uint32_t search_cap = 9'999;  ///< ESearch shows at most so many ids of one query.
};

[[nodiscard]] Reply Esearch(EutilsState* state, const Request& request);
[[nodiscard]] Reply Efetch(EutilsState* state, const Request& request);
[[nodiscard]] Reply Esummary(EutilsState* state, const Request& request);
[[nodiscard]] Reply Epost(EutilsState* state, const Request& request);
[[nodiscard]] Reply Einfo(EutilsState* state, const Request& request);

/// The ids a request names with id=; whatever is no number is 0. Leading zeros are ignored, as EFetch does.
[[nodiscard]] std::vector<std::uint32_t> RequestedIds(const Request& request);

/// <PubmedArticleSet> with NCBI's declaration and DOCTYPE around `records`.
[[nodiscard]] std::string ArticleSet(const std::vector<std::string>& records);
/// An answer that is an error in the form the endpoint uses: XML, or JSON when the request asked for JSON and the
/// endpoint has it.
[[nodiscard]] Reply ErrorReply(const std::string& endpoint, const Request& request, int status,
                               const std::string& message);

}  // namespace litmill::services
