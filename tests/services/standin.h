// SPDX-License-Identifier: Apache-2.0
// A loopback stand-in of NCBI's E-utilities for PubMed, and of the services that resolve DOIs: real HTTP, real limits,
// faults on demand, every request remembered. README.md beside this file has the whole of its behaviour.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "tests/services/faults.h"
#include "tests/services/pubmed_records.h"
#include "tests/services/request_log.h"
#include "tests/services/works.h"

namespace litmill::services {

struct StandinOptions {
  int port = 0;               ///< 0 = any free one.
  std::string api_key;        ///< The one key that is valid; another one sent gets 400.
  bool enforce_limit = true;  ///< 429 above the rate. Counting goes on either way.
  int limit = 3;              ///< Requests in any sliding second without a key.
  int limit_with_key = 10;
  bool require_contact = false;      ///< Refuse requests without tool and email.
  std::uint32_t search_cap = 9'999;  ///< Lower it to make a client split a search.
};

/// Runs from Start until it is destroyed. All methods are thread-safe.
class Standin {
 public:
  /// kIo when no port can be had.
  [[nodiscard]] static Result<std::unique_ptr<Standin>> Start(StandinOptions options);
  ~Standin();
  Standin(const Standin&) = delete;
  Standin& operator=(const Standin&) = delete;

  /// "http://127.0.0.1:PORT/entrez/eutils/", for PubmedSettings::base_url.
  [[nodiscard]] std::string base_url() const;
  /// "http://127.0.0.1:PORT/": Crossref is below it, doi.org's register below "doiRA/", the ID converter below
  /// "tools/idconv/api/v1/articles/", Europe PMC below "europepmc/webservices/rest/", OpenAlex below "openalex/",
  /// DataCite below "dois/" and Unpaywall below "v2/".
  [[nodiscard]] std::string root_url() const;
  [[nodiscard]] int port() const;

  /// A work that the services other than E-utilities know of.
  void AddWork(RegisteredWork work);
  /// See WorksRegistry::keys and ::quotas.
  void SetServiceKey(const std::string& service, const std::string& key);
  void SetServiceQuota(const std::string& service, std::uint64_t requests);
  void ForgetCursors();

  /// Records: from XML text or a file (kIo names it). A DeleteCitation in it deletes; a known PMID is replaced.
  LoadResult LoadXml(std::string_view xml);
  [[nodiscard]] Result<LoadResult> LoadFile(const std::string& path);
  bool DeleteRecord(std::uint32_t pmid);
  [[nodiscard]] std::vector<std::uint32_t> pmids() const;         ///< Ascending.
  [[nodiscard]] std::string RecordXml(std::uint32_t pmid) const;  ///< Empty when there is none.

  /// Replaces the fault schedule; an empty one ends all faults. kConfig names a rule that makes no sense.
  [[nodiscard]] Result<void> SetFaults(std::vector<FaultRule> rules);
  void ForgetSessions();
  void set_search_cap(std::uint32_t cap);

  /// The log so far (a copy), and what it adds up to.
  [[nodiscard]] std::vector<LoggedRequest> log() const;
  [[nodiscard]] std::uint64_t request_count() const;
  [[nodiscard]] std::uint64_t request_count(const std::string& endpoint) const;
  [[nodiscard]] int max_in_one_second() const;
  [[nodiscard]] std::string LogJson() const;
  void ClearLog();

 private:
  struct Impl;
  explicit Standin(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace litmill::services
