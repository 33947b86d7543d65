// SPDX-License-Identifier: Apache-2.0
// The stand-ins of PMC's ID converter, of doi.org's register of agencies and of Crossref, over one list of works.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

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

  [[nodiscard]] std::string MakeCursor(std::size_t offset);
  /// Null when the cursor is unknown or forgotten.
  [[nodiscard]] const std::size_t* FindCursor(const std::string& cursor) const;
  void ForgetCursors() { cursors_.clear(); }

 private:
  std::map<std::string, RegisteredWork> works_;
  std::map<std::string, std::size_t> cursors_;
  std::uint64_t made_ = 0;
};

using WorksHandler = Reply (*)(WorksRegistry*, const Request&);
struct WorksEndpoint {
  std::string_view name;
  std::string_view prefix;  ///< Of the path.
  WorksHandler handler;
};
/// "idconv", "doira", "crossref_work" or "crossref_list"; null when the path is none of theirs.
[[nodiscard]] const WorksEndpoint* FindWorksEndpoint(std::string_view path);

[[nodiscard]] Reply ConvertIds(WorksRegistry* registry, const Request& request);
[[nodiscard]] Reply FindAgencies(WorksRegistry* registry, const Request& request);
[[nodiscard]] Reply CrossrefWork(WorksRegistry* registry, const Request& request);
[[nodiscard]] Reply CrossrefList(WorksRegistry* registry, const Request& request);

}  // namespace litmill::services
