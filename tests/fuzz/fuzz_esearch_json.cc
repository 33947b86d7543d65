// SPDX-License-Identifier: Apache-2.0
// ESearch answers and error pages from a hostile server: what is accepted has only PMIDs in it, what is refused says
// why in few printable bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/unicode.h"
#include "fetch/esearch_answer.h"
#include "fetch/pubmed_client.h"

namespace {

void CheckReason(const litmill::fetch::Classification& result) {
  if (result.reason.empty() != (result.verdict == litmill::fetch::Verdict::kOk)) std::abort();
  if (result.reason.size() > 800) std::abort();
  if (litmill::FindInvalidUtf8(result.reason) != std::string::npos) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  litmill::fetch::HttpResponse response;
  constexpr int kStatuses[] = {200, 400, 404, 414, 429, 500, 503, 204};
  response.status = kStatuses[data[0] % 8];
  response.body.assign(static_cast<const char*>(static_cast<const void*>(data)) + 1, size - 1);
  const litmill::fetch::Classification search = litmill::fetch::ClassifyEutils(response, false);
  CheckReason(search);
  CheckReason(litmill::fetch::ClassifyEutils(response, true));
  const auto answer = litmill::fetch::ParseEsearch(response.body);
  if (search.verdict == litmill::fetch::Verdict::kOk && !answer) std::abort();
  if (answer)
    for (const std::uint32_t pmid : answer->pmids)
      if (pmid == 0) std::abort();
  const std::string once = litmill::fetch::EscapeControlCharacters(response.body);
  if (litmill::fetch::EscapeControlCharacters(once) != once) std::abort();
  return 0;
}
