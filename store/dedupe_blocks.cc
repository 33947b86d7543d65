// SPDX-License-Identifier: Apache-2.0
#include "store/dedupe_blocks.h"

#include <algorithm>
#include <string>
#include <tuple>

namespace litmill::store {
namespace {

/// Blocks up to this size are compared all with all; of a larger one each record is compared with its neighbours.
constexpr std::size_t kWholeBlock = 40;
constexpr std::size_t kWindow = 10;
constexpr std::size_t kPrefixWords = 5;

struct Key {
  std::uint64_t hash;
  std::uint32_t place;
};

std::uint64_t Hash(char kind, std::string_view text, std::uint64_t number = 0) {
  std::uint64_t hash = 14695981039346656037ULL ^ static_cast<unsigned char>(kind);
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  hash ^= number * 0x9E3779B97F4A7C15ULL;
  hash ^= hash >> 31U;
  hash *= 0xBF58476D1CE4E5B9ULL;
  return hash ^ (hash >> 29U);
}

int YearOf(const RecordForm& form) { return form.year_print != 0 ? form.year_print : form.year_electronic; }

class KeyMaker {
 public:
  explicit KeyMaker(std::vector<Key>& keys) : keys_(keys) {}

  void AddRecord(const RecordForm& form, std::uint32_t place) {
    place_ = place;
    for (const std::string_view value : form.pmids) Add('p', value);
    for (const std::string_view value : form.pmcids) Add('c', value);
    for (const std::string_view value : form.dois) Add('d', value);
    for (const std::string_view value : form.other_identifiers) Add('o', value);
    AddTitle(form.title, form);
    AddTitle(form.vernacular_title, form);
    AddPlace(form);
    // Equal abstracts have equal smallest hashes; two of them, so that one changed word does not part them.
    for (std::size_t i = 0; i < form.sketch.size() && i < 2; ++i) Add('a', {}, form.sketch[i]);
  }

 private:
  void Add(char kind, std::string_view text, std::uint64_t number = 0) {
    keys_.push_back({Hash(kind, text, number), place_});
  }

  void AddTitle(std::string_view title, const RecordForm& form) {
    if (title.empty()) return;
    Add('t', JoinWords(title));
    std::vector<std::string_view> words = SplitWords(title);
    words.erase(std::remove_if(words.begin(), words.end(), IsStopWord), words.end());
    const auto join = [&words](std::size_t first, std::size_t count) {
      std::string text;
      for (std::size_t i = first; i < first + count; ++i) text += words[i];
      return text;
    };
    if (words.size() > kPrefixWords) {
      Add('f', join(0, kPrefixWords));
      Add('l', join(words.size() - kPrefixWords, kPrefixWords));
    }
    // A misprint stands at one place: either these three words are sound or those.
    if (words.size() >= 3 && !form.authors.empty() && YearOf(form) != 0) {
      const auto year = static_cast<std::uint64_t>(YearOf(form));
      Add('y', join(0, 3), year);
      Add('z', join(words.size() - 3, 3), year);
    }
  }

  void AddPlace(const RecordForm& form) {
    if (!form.pages.is_known || form.pages.start <= 1) return;
    if (!form.volume.empty()) Add('v', form.volume, form.pages.start * 4096 + static_cast<std::uint64_t>(YearOf(form)));
    if (!form.authors.empty()) Add('n', form.authors.front().last, form.pages.start);
  }

  std::vector<Key>& keys_;
  std::uint32_t place_ = 0;
};

/// The order within a block that is too large: likely duplicates stand side by side.
bool IsBefore(const RecordForm& a, const RecordForm& b) {
  const std::string_view author_a = a.authors.empty() ? std::string_view() : a.authors.front().last;
  const std::string_view author_b = b.authors.empty() ? std::string_view() : b.authors.front().last;
  return std::make_tuple(a.title, author_a, YearOf(a), a.volume, a.pages.start) <
         std::make_tuple(b.title, author_b, YearOf(b), b.volume, b.pages.start);
}

}  // namespace

std::vector<RecordPair> FindCandidates(const std::vector<RecordForm>& forms, const std::vector<std::uint32_t>& order) {
  std::vector<Key> keys;
  keys.reserve(order.size() * 12);
  KeyMaker maker(keys);
  for (std::uint32_t place = 0; place < order.size(); ++place)
    if (!forms[order[place]].is_deleted) maker.AddRecord(forms[order[place]], place);
  std::sort(keys.begin(), keys.end(),
            [](const Key& a, const Key& b) { return std::tie(a.hash, a.place) < std::tie(b.hash, b.place); });

  std::vector<RecordPair> pairs;
  std::vector<std::uint32_t> block;
  for (std::size_t begin = 0, end = 0; begin < keys.size(); begin = end) {
    block.clear();
    for (end = begin; end < keys.size() && keys[end].hash == keys[begin].hash; ++end)
      if (block.empty() || block.back() != keys[end].place) block.push_back(keys[end].place);
    if (block.size() < 2) continue;
    const bool is_hub = block.size() > kWholeBlock;
    if (is_hub)
      std::stable_sort(block.begin(), block.end(),
                       [&](std::uint32_t a, std::uint32_t b) { return IsBefore(forms[order[a]], forms[order[b]]); });
    for (std::size_t i = 0; i < block.size(); ++i) {
      const std::size_t last = is_hub ? std::min(block.size(), i + 1 + kWindow) : block.size();
      for (std::size_t j = i + 1; j < last; ++j)
        pairs.emplace_back(std::min(block[i], block[j]), std::max(block[i], block[j]));
    }
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

}  // namespace litmill::store
