// SPDX-License-Identifier: Apache-2.0
// Retry-After from a hostile server: a wait is never negative and never absurdly long, white space around it means
// nothing.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "fetch/http_client.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view value(static_cast<const char*>(static_cast<const void*>(data)), size);
  const litmill::WallTime now{std::chrono::sys_days(std::chrono::year(2026) / 1 / 2)};
  const auto wait = litmill::fetch::ParseRetryAfter(value, now);
  constexpr std::int64_t kCenturyMs = 1000LL * 3600 * 24 * 366 * 100;
  if (wait && (*wait < 0 || *wait > kCenturyMs)) std::abort();
  if (litmill::fetch::ParseRetryAfter(" " + std::string(value) + " ", now) != wait) std::abort();
  return 0;
}
