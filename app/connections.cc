// SPDX-License-Identifier: Apache-2.0
#include "app/connections.h"

#include <algorithm>
#include <utility>

#include "core/unicode.h"

namespace litmill::app {
namespace {

// 1/3 s exactly still trips NCBI's limiter, so a little is added (protocol sheets of several clients say the same).
constexpr std::int64_t kIntervalMs = 370;
constexpr std::int64_t kIntervalWithKeyMs = 110;

std::int64_t IntervalMs(const ServiceConfig& service, std::int64_t published_ms) {
  if (service.requests_per_second == 0) return published_ms;
  const std::int64_t wanted = (1000 + service.requests_per_second - 1) / service.requests_per_second;
  return IsLoopbackUrl(service.base_url) ? wanted : std::max(wanted, published_ms);
}

/// The budget's name, which all processes on this host share: host and port, and what is counted apart there.
std::string BudgetName(const std::string& base_url, std::string_view limit) {
  const std::size_t start = base_url.find("://") + 3;
  std::string name = AsciiLower(base_url.substr(start, base_url.find('/', start) - start));
  if (!limit.empty()) name.append("-").append(limit);
  return name;
}

}  // namespace

fetch::PubmedSettings PubmedSettingsOf(const Config& config, const Secrets& secrets) {
  fetch::PubmedSettings settings;
  settings.base_url = config.pubmed.base_url;
  settings.batch_size = config.pubmed.batch_size;
  settings.email = secrets.email;
  settings.api_key = secrets.Key("NCBI_API_KEY");
  return settings;
}

Result<void> CheckContact(const ServiceConfig& service, const Secrets& secrets) {
  if (!secrets.email.empty() || IsLoopbackUrl(service.base_url)) return {};
  return Fail(ErrorCode::kConfig,
              "NCBI asks for a contact address with every request: set LITMILL_EMAIL (or LITMILL_EMAIL_FILE)");
}

Result<fetch::HttpClient*> Connections::Open(const ServiceConfig& service, std::string_view limit,
                                             std::int64_t published_ms) {
  Connection connection;
  connection.interval_ms = IntervalMs(service, published_ms);
  fetch::TransportLimits bounds;
  bounds.stall_timeout_s = service.stall_timeout_s;
  connection.transport = std::make_unique<fetch::CurlTransport>(bounds, "litmill/" LITMILL_VERSION, parts_.stop);
  connection.sleeper = std::make_unique<SystemSleeper>(parts_.stop);
  LITMILL_TRY(const std::string folder, fetch::SharedStateFolder());
  LITMILL_TRY(connection.budget, fetch::RateBudget::Open(folder, BudgetName(service.base_url, limit),
                                                         connection.interval_ms, *parts_.clock, *connection.sleeper));
  const fetch::HttpClient::Parts parts{connection.transport.get(),
                                       connection.budget.get(),
                                       parts_.archive,
                                       parts_.clock,
                                       connection.sleeper.get(),
                                       parts_.logger};
  fetch::RetryPolicy retries;
  retries.max_tries = service.tries;
  retries.first_delay_ms = service.retry_delay_ms;
  connection.http =
      std::make_unique<fetch::HttpClient>(parts, retries, run_uuid_, parts_.secrets->Keys(),
                                          static_cast<std::uint64_t>(parts_.clock->SteadyMs()), parts_.secrets->email);
  connections_.push_back(std::move(connection));
  return connections_.back().http.get();
}

Result<fetch::HttpClient*> Connections::OpenPubmed() {
  const bool has_key = !parts_.secrets->Key("NCBI_API_KEY").empty();
  return Open(parts_.config->pubmed, "", has_key ? kIntervalWithKeyMs : kIntervalMs);
}

fetch::ClientStatistics Connections::statistics() const {
  fetch::ClientStatistics sum;
  for (const Connection& connection : connections_) {
    const fetch::ClientStatistics one = connection.http->statistics();
    sum.requests += one.requests;
    sum.retries += one.retries;
    sum.throttled += one.throttled;
    sum.bytes += one.bytes;
  }
  return sum;
}

std::int64_t Connections::LeastMs() const {
  std::int64_t sum = 0;
  for (const Connection& connection : connections_)
    // The first request of a client has nothing to wait for.
    if (const auto requests = static_cast<std::int64_t>(connection.http->statistics().requests); requests > 0)
      sum += (requests - 1) * connection.interval_ms;
  return sum;
}

}  // namespace litmill::app
