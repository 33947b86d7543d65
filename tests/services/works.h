// SPDX-License-Identifier: Apache-2.0
// One list of works that the stand-ins of all services but PubMed share; and the stand-ins of PMC's ID converter, of
// doi.org's register of agencies and of Crossref.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/services/http_server.h"

namespace litmill::services {

/// One DOI and what each service knows of it.
struct RegisteredWork {
  std::string doi;
  std::string agency = "Crossref";  ///< Only "Crossref" ones are works of Crossref.
  std::uint32_t pmid = 0;           ///< 0 = none.
  std::string pmcid = {};           ///< "PMC9900001"; empty = not in PMC.
  int pmc_versions = 1;
  bool live = true;           ///< False: the ID converter calls its ids invalid, live "false".
  std::string alias_of = {};  ///< Crossref redirects (301) to this DOI.
  std::string title = "A synthetic work";
  std::string abstract = {};
  std::vector<std::string> authors = {};  ///< "Muller, Ann B."
  std::string journal = "Journal of Made Up Trials";
  std::string issn = {};  ///< "1234-5679"
  std::string volume = {}, issue = {}, pages = {};
  int year = 2020;                ///< 0 = unknown.
  std::string retracted_by = {};  ///< DOI of the notice; empty = not retracted.
  /// The databases that hold the work and its identifier there: "scopus" -> "2-s2.0-85000000001", "embase" ->
  /// "L2000000001", "wos" -> "WOS:000000000000001", "europepmc" -> "MED/90000001", "openalex" -> "W4000000001".
  /// Crossref, DataCite and Unpaywall need no entry: they hold the works of their agency.
  std::map<std::string, std::string> databases = {};
};

/// Not thread-safe.
class WorksRegistry {
 public:
  void Add(RegisteredWork work);  ///< A known DOI is replaced.
  /// Null when there is none. Case does not matter.
  [[nodiscard]] const RegisteredWork* FindDoi(std::string_view doi) const;
  [[nodiscard]] const RegisteredWork* FindPmid(const std::string& pmid) const;
  [[nodiscard]] const RegisteredWork* FindPmcid(std::string_view pmcid) const;
  [[nodiscard]] const std::map<std::string, RegisteredWork>& works() const { return works_; }  ///< By lower-case DOI.
  /// What `database` holds, in the order of its identifiers.
  [[nodiscard]] std::vector<const RegisteredWork*> HeldBy(const std::string& database) const;

  /// The one key that a service takes, by the service's name ("scopus", "embase", "wos", "openalex"); none = any.
  std::map<std::string, std::string> keys;
  /// Requests that a service answers before it says that the quota is used up; none = any number.
  std::map<std::string, std::uint64_t> quotas;

  [[nodiscard]] std::string MakeCursor(std::size_t offset);
  /// Null when the cursor is unknown or forgotten.
  [[nodiscard]] const std::size_t* FindCursor(const std::string& cursor) const;
  void ForgetCursors() { cursors_.clear(); }

 private:
  std::map<std::string, RegisteredWork> works_;
  std::map<std::string, std::size_t> cursors_;
  std::uint64_t made_ = 0;
};

/// Requests in any sliding second that a service lets pass; kUnlimited = it does not count.
inline constexpr int kUnlimited = 0;
struct RateLimit {
  int anonymous = kUnlimited;
  int polite = kUnlimited;  ///< With a contact address.
};

using WorksHandler = Reply (*)(WorksRegistry*, const Request&);
struct WorksEndpoint {
  std::string_view name;    ///< For faults and the log.
  std::string_view prefix;  ///< Of the path; one that ends in '/' stands for everything below it, another for itself.
  WorksHandler handler;
  RateLimit limit;
};
/// Null when the path is of no service here. The table is in works_endpoints.cc.
[[nodiscard]] const WorksEndpoint* FindWorksEndpoint(std::string_view path);

// What the services' files share.
[[nodiscard]] std::string LowerAscii(std::string_view text);
[[nodiscard]] bool IsShortNumber(const std::string& text);                    ///< 1 to 9 digits.
[[nodiscard]] std::vector<std::string> SplitAtCommas(std::string_view list);  ///< Without empty parts.
/// `json_text` as application/json.
[[nodiscard]] Reply JsonReplyOf(int status, std::string json_text);

[[nodiscard]] Reply ConvertIds(WorksRegistry* registry, const Request& request);
[[nodiscard]] Reply FindAgencies(WorksRegistry* registry, const Request& request);
[[nodiscard]] Reply CrossrefWork(WorksRegistry* registry, const Request& request);
[[nodiscard]] Reply CrossrefList(WorksRegistry* registry, const Request& request);

}  // namespace litmill::services
