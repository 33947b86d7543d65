// SPDX-License-Identifier: Apache-2.0
// Turns an honest reply into the broken one a fault stands for.
#pragma once

#include <string>

#include "tests/services/eutils.h"
#include "tests/services/faults.h"
#include "tests/services/http_server.h"

namespace litmill::services {

/// True for faults that happen instead of the request: nothing is searched, fetched or posted then.
[[nodiscard]] bool ReplacesAnswer(Fault fault);

/// The reply with the fault in it. `other_host_url` is where redirect_other_host points.
[[nodiscard]] Reply ApplyFault(const FaultHit& hit, const std::string& endpoint, const Request& request,
                               EutilsState* state, const std::string& other_host_url, Reply honest);

/// The 429 answer in NCBI's form.
[[nodiscard]] Reply ThrottledReply(const std::string& who, int count, int limit, const std::string& retry_after);

}  // namespace litmill::services
