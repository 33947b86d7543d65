// SPDX-License-Identifier: Apache-2.0
#include "store/revision.h"

#include <algorithm>

namespace litmill::store {

int StatusRank(std::string_view status) {
  if (status == "MEDLINE") return 4;
  if (status == "PubMed-not-MEDLINE" || status == "OLDMEDLINE") return 3;
  if (status == "In-Process" || status == "In-Data-Review") return 2;
  if (status == "Publisher") return 1;
  return 0;
}

bool IsDeleted(int version, std::string_view last_seen_at, const std::vector<Deletion>& deletions) {
  return std::any_of(deletions.begin(), deletions.end(), [&](const Deletion& d) {
    const bool seen_later = !last_seen_at.empty() && !d.reported_at.empty() && last_seen_at > d.reported_at;
    return d.version >= version && !seen_later;
  });
}

}  // namespace litmill::store
