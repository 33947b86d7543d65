// SPDX-License-Identifier: Apache-2.0
// A client that knows a contact address but no key, on a scripted network: what the look-up services get.
#pragma once

#include <string>
#include <vector>

#include "fetch/http_client.h"
#include "tests/fetch/client_rig.h"

namespace litmill::fetch::testing {

struct LookupRig : ClientRig {
  explicit LookupRig(Transport& network, RetryPolicy policy = {}, std::int64_t interval_ms = 0)
      : ClientRig(network, policy, interval_ms),
        polite({&network, budget.get(), archive.get(), &time, &time, &log}, policy, "run-1", {}, 42, kEmail) {}
  HttpClient polite;
};

inline HttpResponse JsonReply(int status, std::string body,
                              std::vector<std::pair<std::string, std::string>> headers = {}) {
  return Reply(status, std::move(body), "application/json;charset=utf-8", std::move(headers));
}

}  // namespace litmill::fetch::testing
