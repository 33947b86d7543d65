// SPDX-License-Identifier: Apache-2.0
// Looking DOIs up at a service that holds works by DOI (Crossref, DataCite, OpenAlex, Unpaywall): what comes back, and
// the loop that they share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/log.h"
#include "core/result.h"
#include "fetch/http_client.h"
#include "fetch/lookup.h"

namespace litmill::fetch {

enum class DoiOutcome {
  kFound,
  kAlias,     ///< Found under another DOI, `found_as`.
  kNotFound,  ///< The service does not know it.
  kFailed,    ///< Nothing sound could be had; `message` says why.
};

/// What became of one DOI.
struct DoiAnswer {
  std::string doi;  ///< As it was asked for.
  DoiOutcome outcome = DoiOutcome::kFailed;
  std::string found_as;          ///< The DOI of the work as the service writes it; empty when there is none.
  std::string message;           ///< For people; empty when found.
  std::int64_t document_id = 0;  ///< The archived answer it rests on (for kNotFound the 404); 0 = none.
};

/// Thread-safe.
class DoiLookup {
 public:
  using OnDocument = std::function<Result<void>(const Answer&)>;
  virtual ~DoiLookup() = default;
  /// One answer for each of `dois`, in their order; case and repetitions cost no request. `on_document` takes each
  /// answer of the service that holds a work. An error only when going on is pointless (interrupted, throttled for
  /// good, refused altogether, service gone, archive; kConfig when a setting it cannot do without is missing).
  [[nodiscard]] virtual Result<std::vector<DoiAnswer>> LookUpAll(const std::vector<std::string>& dois,
                                                                 const OnDocument& on_document) const = 0;
};

/// One service's way of being asked for DOIs.
struct DoiService {
  std::string name;  ///< For people.
  std::function<Result<Answer>(const Call&, SendOutcome*)> ask;
  std::function<Call(const std::string& doi)> make_call;
  /// The DOI of the work that a sound answer (other than a 404) holds.
  std::function<Result<std::string>(std::string_view body)> read;

  // Batches, where there are any.
  std::size_t batch_size = 1;
  std::size_t max_batch_bytes = 2'000;
  std::function<bool(const std::string& doi)> fits_batch = {};
  std::function<Call(const Ids& dois)> make_batch_call = {};
  std::function<Result<std::vector<std::string>>(std::string_view body)> read_batch = {};
};

/// Batches first, then singly what no batch held: there an alias, or a DOI that the batch could not carry, looks the
/// same as an unknown one. A DOI that fails costs itself alone.
[[nodiscard]] Result<std::vector<DoiAnswer>> LookUpDois(const DoiService& service, const std::vector<std::string>& dois,
                                                        const DoiLookup::OnDocument& on_document, Logger* logger);

}  // namespace litmill::fetch
