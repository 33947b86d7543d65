// SPDX-License-Identifier: Apache-2.0
// The look-ups. How a record gets in: search/record_indexer.cc.
#include "search/searchable_record.h"

#include <fmt/format.h>

#include <algorithm>

#include "search/record_indexer.h"

namespace litmill::search {

SearchableRecord::SearchableRecord(const Record& record, const MeshTree* tree) {
  RecordIndexer(record, tree, *this).Run();
}

std::size_t SearchableRecord::LowerBound(std::string_view word) const {
  const std::uint64_t head = HeadOf(word);
  const auto found =
      std::lower_bound(entries_.begin(), entries_.end(), word, [&](const Entry& entry, std::string_view w) {
        return entry.head != head ? entry.head < head : WordOf(entry) < w;
      });
  return static_cast<std::size_t>(found - entries_.begin());
}

std::optional<std::size_t> SearchableRecord::FindWord(std::string_view word) const {
  const std::size_t at = LowerBound(word);
  if (at == entries_.size() || WordOf(entries_[at]) != word) return std::nullopt;
  return at;
}

std::pair<std::size_t, std::size_t> SearchableRecord::PrefixRange(std::string_view prefix) const {
  const std::size_t first = LowerBound(prefix);
  std::size_t last = first;
  while (last < entries_.size() && WordOf(entries_[last]).starts_with(prefix)) ++last;
  return {first, last};
}

std::optional<SearchableRecord::Hit> SearchableRecord::FindPhrase(const std::vector<std::string>& words,
                                                                  bool last_is_prefix, std::uint32_t parts) const {
  if (words.empty()) return std::nullopt;
  const auto first_in = [&](std::size_t entry) -> std::optional<Hit> {
    if ((entries_[entry].parts & parts) == 0) return std::nullopt;
    for (std::uint32_t i = 0; i < entries_[entry].count; ++i) {
      const std::size_t position = positions_[entries_[entry].first + i];
      if ((PartsAt(position) & parts) != 0) return Hit{position, 1};
    }
    return std::nullopt;
  };
  const std::size_t last = words.size() - 1;
  std::pair<std::size_t, std::size_t> ending;
  if (last_is_prefix) {
    ending = PrefixRange(words[last]);
  } else if (const auto entry = FindWord(words[last])) {
    ending = {*entry, *entry + 1};
  }
  if (ending.first == ending.second) return std::nullopt;
  if (last == 0) {
    for (std::size_t entry = ending.first; entry < ending.second; ++entry)
      if (const auto hit = first_in(entry)) return hit;
    return std::nullopt;
  }
  std::vector<std::uint32_t> wanted;
  for (std::size_t i = 0; i < last; ++i) {
    const auto entry = FindWord(words[i]);
    if (!entry || (entries_[*entry].parts & parts) == 0) return std::nullopt;
    wanted.push_back(static_cast<std::uint32_t>(*entry));
  }
  const Entry& start = entries_[wanted[0]];
  for (std::uint32_t k = 0; k < start.count; ++k) {
    const std::size_t position = positions_[start.first + k];
    if ((PartsAt(position) & parts) == 0 || position + last >= sequence_.size()) continue;
    std::size_t i = 1;
    while (i < last && sequence_[position + i] == wanted[i]) ++i;
    const std::uint32_t end = sequence_[position + last];
    if (i == last && end >= ending.first && end < ending.second) return Hit{position, words.size()};
  }
  return std::nullopt;
}

std::optional<SearchableRecord::Hit> SearchableRecord::FindNear(const std::vector<std::string>& words, int between,
                                                                std::uint32_t parts) const {
  // How often each word is needed; then the shortest window over all their positions.
  struct Need {
    std::size_t entry;
    int count;
  };
  std::vector<Need> needs;
  for (const std::string& word : words) {
    const auto entry = FindWord(word);
    if (!entry) return std::nullopt;
    const auto known = std::find_if(needs.begin(), needs.end(), [&](const Need& n) { return n.entry == *entry; });
    if (known == needs.end()) {
      needs.push_back({*entry, 1});
    } else {
      ++known->count;
    }
  }
  std::vector<std::pair<std::size_t, std::size_t>> places;  // (position, index in needs)
  for (std::size_t n = 0; n < needs.size(); ++n) {
    const Entry& entry = entries_[needs[n].entry];
    for (std::uint32_t i = 0; i < entry.count; ++i) {
      const std::size_t position = positions_[entry.first + i];
      if ((PartsAt(position) & parts) != 0) places.emplace_back(position, n);
    }
  }
  std::sort(places.begin(), places.end());
  const std::size_t longest = words.size() + static_cast<std::size_t>(between);
  std::vector<int> missing(needs.size());
  std::size_t left = 0;
  std::size_t unmet = 0;
  const auto reset = [&](std::size_t from) {
    left = from;
    unmet = words.size();
    for (std::size_t n = 0; n < needs.size(); ++n) missing[n] = needs[n].count;
  };
  reset(0);
  for (std::size_t right = 0; right < places.size(); ++right) {
    if (right > left && text_of_[places[right].first] != text_of_[places[left].first]) reset(right);
    if (missing[places[right].second]-- > 0) --unmet;
    while (left < right && missing[places[left].second] < 0) ++missing[places[left++].second];
    const std::size_t length = places[right].first - places[left].first + 1;
    if (unmet == 0 && length <= longest) return Hit{places[left].first, length};
  }
  return std::nullopt;
}

const std::string* SearchableRecord::FindKey(KeySpace space, std::string_view key) const {
  const std::string* found = FindKeyPrefix(space, key);
  return found != nullptr && found->size() == key.size() ? found : nullptr;
}

const std::string* SearchableRecord::FindKeyPrefix(KeySpace space, std::string_view prefix) const {
  const std::vector<std::string>& keys = Keys(space);
  const auto found = std::lower_bound(keys.begin(), keys.end(), prefix);
  return found != keys.end() && found->starts_with(prefix) ? &*found : nullptr;
}

std::string SearchableRecord::Describe(const Hit& hit) const {
  constexpr std::array<std::string_view, 10> kNames{
      "title",    "book title",       "abstract",    "other abstract",       "keyword",
      "indexing", "vernacular title", "affiliation", "conflict of interest", "record"};
  std::size_t part = 0;
  while (part + 1 < kNames.size() && (PartsAt(hit.position) & (1U << part)) == 0) ++part;
  std::string out(kNames[part]);
  out += ":";
  for (std::size_t i = 0; i < hit.length; ++i) {
    out += ' ';
    out += WordOf(entries_[sequence_[hit.position + i]]);
  }
  return out;
}

}  // namespace litmill::search
