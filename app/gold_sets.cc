// SPDX-License-Identifier: Apache-2.0
#include "app/gold_sets.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/unicode.h"

namespace litmill::app {
namespace {

constexpr std::size_t kMaxFileBytes = 1ULL << 30U;
constexpr int kMaxDepth = 8;

bool EndsWith(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

std::string LastPart(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path.substr(path.rfind('/') + 1);
}

class Finder {
 public:
  Finder(FileSystem& files, std::string part) : files_(files), part_(std::move(part)) {}

  Result<GoldCollection> Find(const std::string& path) {
    LITMILL_TRY(const FileInfo info, files_.Stat(path));
    root_size_ = path.size() - (info.is_directory ? 0 : LastPart(path).size());
    if (info.is_directory) {
      LITMILL_CHECK(ReadFolder(path, LastPart(path), 0));
    } else {
      LITMILL_CHECK(ReadOne(path, LastPart(path), LastPart(path)));
    }
    std::stable_sort(found_.sets.begin(), found_.sets.end(),
                     [](const GoldTextSet& a, const GoldTextSet& b) { return a.name < b.name; });
    return std::move(found_);
  }

 private:
  Result<void> ReadFolder(const std::string& path, const std::string& name, int depth) {
    LITMILL_TRY(const std::vector<std::string> names, files_.List(path));
    const std::set<std::string> all(names.begin(), names.end());
    for (const std::string& entry : names) {
      const std::string below = path + "/" + entry;
      LITMILL_TRY(const FileInfo info, files_.Stat(below));
      if (info.is_directory) {
        if (depth == kMaxDepth) {
          found_.passed_over.push_back(below);
        } else {
          LITMILL_CHECK(ReadFolder(below, entry, depth + 1));
        }
        continue;
      }
      if (EndsWith(entry, ".txt") && all.count(entry.substr(0, entry.size() - 4) + ".ann") != 0)
        continue;  // With its .ann.
      LITMILL_CHECK(ReadOne(below, entry, name));
    }
    return {};
  }

  /// `folder` names the set that the file's documents belong to.
  Result<void> ReadOne(const std::string& path, const std::string& name, const std::string& folder) {
    if (path.find(part_, root_size_) == std::string::npos) return {};
    if (EndsWith(name, ".ann")) return ReadAnnotated(path, name, folder);
    LITMILL_TRY(const std::string text, ReadText(path));
    if (LooksLikePubTator(text)) {
      GoldTextSet& pubtator = SetOf(folder, "PubTator");
      pubtator.files.push_back(name);
      ReadPubTator(text, name, pubtator.documents);
      return {};
    }
    GoldTextSet set;
    set.name = name;
    set.files = {name};
    set.format = EndsWith(name, ".json") ? "JSON" : "table";
    const bool is_known =
        set.format == "JSON" ? ReadGoldJson(text, name, set.tables) : ReadGoldTable(text, name, set.tables);
    if (is_known)
      found_.sets.push_back(std::move(set));
    else
      found_.passed_over.push_back(path);
    return {};
  }

  Result<void> ReadAnnotated(const std::string& path, const std::string& name, const std::string& folder) {
    const std::string stem = path.substr(0, path.size() - 4);
    const auto text = ReadText(stem + ".txt");
    if (!text && text.error().code == ErrorCode::kNotFound) {
      SetOf(folder, "brat").documents.problems.push_back(fmt::format("{}: no text beside it", name));
      return {};
    }
    if (!text) return Fail(text.error());
    LITMILL_TRY(const std::string annotations, ReadText(path));
    ReadBrat(*text, annotations, name.substr(0, name.size() - 4), name, SetOf(folder, "brat").documents);
    return {};
  }

  Result<std::string> ReadText(const std::string& path) {
    LITMILL_TRY(std::string text, ReadWholeFile(files_, path, kMaxFileBytes));
    if (text.compare(0, 3, "\xEF\xBB\xBF") == 0) text.erase(0, 3);
    return ReplaceInvalidUtf8(text);
  }

  GoldTextSet& SetOf(const std::string& name, const std::string& format) {
    for (GoldTextSet& set : found_.sets)
      if (set.name == name && set.format == format) return set;
    found_.sets.emplace_back();
    found_.sets.back().name = name;
    found_.sets.back().format = format;
    return found_.sets.back();
  }

  FileSystem& files_;
  std::string part_;
  std::size_t root_size_ = 0;  ///< Of the path that was asked for.
  GoldCollection found_;
};

}  // namespace

std::vector<std::string> GoldCollection::Problems() const {
  std::vector<std::string> all;
  for (const GoldTextSet& set : sets) {
    all.insert(all.end(), set.documents.problems.begin(), set.documents.problems.end());
    all.insert(all.end(), set.tables.problems.begin(), set.tables.problems.end());
  }
  return all;
}

Result<GoldCollection> ReadGold(FileSystem& files, const std::string& path, const std::string& part) {
  return Finder(files, part).Find(path);
}

}  // namespace litmill::app
