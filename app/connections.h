// SPDX-License-Identifier: Apache-2.0
// The connections of one run: for each service its own budget, retries and bounds; one archive for all.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/config.h"
#include "app/secrets.h"
#include "core/clock.h"
#include "core/log.h"
#include "core/result.h"
#include "fetch/fetch.h"

namespace litmill::app {

[[nodiscard]] fetch::PubmedSettings PubmedSettingsOf(const Config& config, const Secrets& secrets);

/// kConfig when a service on the network would be asked without the contact address that it wants.
[[nodiscard]] Result<void> CheckContact(const ServiceConfig& service, const Secrets& secrets);

class Connections {
 public:
  struct Parts {  ///< All must outlive this.
    const Config* config;
    const Secrets* secrets;
    fetch::RawArchive* archive;
    const Clock* clock;
    Logger* logger;
    const std::atomic<bool>* stop;
  };
  Connections(Parts parts, std::string run_uuid) : parts_(parts), run_uuid_(std::move(run_uuid)) {}

  /// A client of the service at `service.base_url`. `limit` parts the budgets of one host that counts them apart
  /// ("work" and "list" of Crossref); `published_ms` is the least distance of two requests that the service allows,
  /// which only a service on this machine may be asked to go below. Lives as long as this.
  [[nodiscard]] Result<fetch::HttpClient*> Open(const ServiceConfig& service, std::string_view limit,
                                                std::int64_t published_ms);
  [[nodiscard]] Result<fetch::HttpClient*> OpenPubmed();
  [[nodiscard]] const std::string& run_uuid() const { return run_uuid_; }

  [[nodiscard]] fetch::ClientStatistics statistics() const;  ///< Of all clients together.
  /// How long all requests together take at least, one client after the other, by their rates.
  [[nodiscard]] std::int64_t LeastMs() const;

 private:
  struct Connection {
    std::unique_ptr<fetch::CurlTransport> transport;
    std::unique_ptr<SystemSleeper> sleeper;
    std::unique_ptr<fetch::RateBudget> budget;
    std::unique_ptr<fetch::HttpClient> http;
    std::int64_t interval_ms = 0;
  };
  Parts parts_;
  std::string run_uuid_;
  std::vector<Connection> connections_;
};

}  // namespace litmill::app
