// SPDX-License-Identifier: Apache-2.0
// The stand-in of Scopus Search, and the error envelopes that Elsevier's services share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tests/services/works.h"

namespace litmill::services {

[[nodiscard]] Reply SearchScopus(WorksRegistry* registry, const Request& request);

/// {"service-error": {"status": {"statusCode": ..., "statusText": ...}}}
[[nodiscard]] Reply ElsevierError(int status, std::string_view code, std::string_view text);
/// 429 with X-ELS-Status and the time when the quota begins anew.
[[nodiscard]] Reply ElsevierQuotaUsedUp();
/// Every entry of `service` (its key, its quota): the refusal, or nothing. Counts the request towards the quota.
[[nodiscard]] std::optional<Reply> RefuseElsevierRequest(WorksRegistry* registry, const std::string& service,
                                                         const Request& request);
/// X-RateLimit-Limit, -Remaining and -Reset of `service`.
void AddElsevierQuota(const WorksRegistry& registry, const std::string& service, Reply* reply);

}  // namespace litmill::services
