// SPDX-License-Identifier: Apache-2.0
// Counting requests in a sliding second.
#include "tests/services/request_log.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace litmill::services {
namespace {

constexpr std::int64_t kSecondUs = 1'000'000;

/// Counts towards the rate of E-utilities.
bool Counts(const LoggedRequest& request) {
  for (const std::string_view utility : {"esearch", "efetch", "esummary", "epost", "einfo", "unknown"})
    if (request.endpoint == utility) return true;
  return false;
}

}  // namespace

std::size_t RequestLog::Add(LoggedRequest request) {
  requests_.push_back(std::move(request));
  return requests_.size() - 1;
}

int RequestLog::InLastSecond(std::int64_t now_us) const {
  int count = 0;
  for (auto at = requests_.rbegin(); at != requests_.rend() && at->arrived_us > now_us - kSecondUs; ++at)
    count += Counts(*at) ? 1 : 0;
  return count;
}

int RequestLog::InLastSecond(std::int64_t now_us, std::string_view endpoint) const {
  int count = 0;
  for (auto at = requests_.rbegin(); at != requests_.rend() && at->arrived_us > now_us - kSecondUs; ++at)
    count += at->endpoint == endpoint ? 1 : 0;
  return count;
}

int RequestLog::MaxInOneSecond() const {
  std::vector<std::int64_t> times;
  for (const LoggedRequest& request : requests_) {
    if (Counts(request)) times.push_back(request.arrived_us);
  }
  std::size_t most = 0;
  for (std::size_t first = 0, last = 0; last < times.size(); ++last) {
    while (times[last] - times[first] >= kSecondUs) ++first;
    most = std::max(most, last - first + 1);
  }
  return static_cast<int>(most);
}

std::map<std::string, std::uint64_t> RequestLog::ByEndpoint() const {
  std::map<std::string, std::uint64_t> counts;
  for (const LoggedRequest& request : requests_) ++counts[request.endpoint];
  return counts;
}

std::string RequestLog::ToJson() const {
  nlohmann::json list = nlohmann::json::array();
  for (const LoggedRequest& request : requests_) {
    list.push_back({{"arrived_us", request.arrived_us},
                    {"endpoint", request.endpoint},
                    {"method", request.method},
                    {"term", request.term},
                    {"pmids", request.pmids},
                    {"retstart", request.retstart},
                    {"used_history", request.used_history},
                    {"has_tool", request.has_tool},
                    {"has_email", request.has_email},
                    {"has_api_key", request.has_api_key},
                    {"user_agent", request.user_agent},
                    {"status", request.status},
                    {"fault", request.fault}});
  }
  return nlohmann::json{{"count", requests_.size()},
                        {"max_in_one_second", MaxInOneSecond()},
                        {"by_endpoint", ByEndpoint()},
                        {"requests", std::move(list)}}
      .dump(1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace litmill::services
