// SPDX-License-Identifier: Apache-2.0
// YAML that people write: every error says file:line:column, and a mistyped key gets a suggestion.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace YAML {
class Node;
}

namespace litmill::app {

class YamlMap;

/// A value in a YAML file. Copies share the document. All errors are kConfig.
class YamlValue {
 public:
  /// Parses one document of at most 4 MiB. `file` is its name in messages.
  [[nodiscard]] static Result<YamlValue> Parse(const std::string& text, const std::string& file);

  YamlValue(const YAML::Node& node, std::shared_ptr<const std::string> file, std::string path);
  YamlValue(const YamlValue&);
  YamlValue& operator=(const YamlValue&);
  YamlValue(YamlValue&&) noexcept;
  YamlValue& operator=(YamlValue&&) noexcept;
  ~YamlValue();

  [[nodiscard]] bool IsMap() const;
  [[nodiscard]] bool IsList() const;
  [[nodiscard]] int line() const;    ///< From 1.
  [[nodiscard]] int column() const;  ///< From 1.
  [[nodiscard]] const std::string& file() const { return *file_; }
  [[nodiscard]] const std::string& path() const { return path_; }  ///< "sources.pubmed.batch_size"

  /// "file:line:column: path: `problem`"
  [[nodiscard]] Error ErrorHere(std::string_view problem) const;

  [[nodiscard]] Result<std::string> AsString() const;  ///< A scalar that is not empty.
  [[nodiscard]] Result<std::int64_t> AsInteger(std::int64_t least, std::int64_t most) const;
  [[nodiscard]] Result<bool> AsBool() const;
  [[nodiscard]] Result<double> AsNumber() const;  ///< Finite, with a point for its decimals.
  [[nodiscard]] Result<std::vector<YamlValue>> AsList() const;
  [[nodiscard]] Result<std::vector<std::string>> AsStringList() const;  ///< A list of scalars, or one scalar.
  /// Refuses a key that stands twice.
  [[nodiscard]] Result<YamlMap> AsMap() const;

 private:
  std::unique_ptr<YAML::Node> node_;
  std::shared_ptr<const std::string> file_;
  std::string path_;
};

/// The keys of a mapping. Take what is known, then call Done: what is left is an unknown key.
class YamlMap {
 public:
  struct Entry {
    std::string key;
    int line = 0;
    int column = 0;
    YamlValue value;
  };
  YamlMap(YamlValue self, std::vector<Entry> entries) : self_(std::move(self)), entries_(std::move(entries)) {}

  /// The value of `key`, or nothing; the key counts as known either way.
  [[nodiscard]] std::optional<YamlValue> Take(const std::string& key);
  [[nodiscard]] Result<YamlValue> Need(const std::string& key);  ///< kConfig when it is missing.
  [[nodiscard]] Result<std::string> TakeString(const std::string& key, const std::string& otherwise);
  /// All entries in the file's order, for mappings whose keys are names chosen by the user.
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  /// kConfig for the first key that was never taken, with the known key it resembles.
  [[nodiscard]] Result<void> Done() const;

 private:
  YamlValue self_;
  std::vector<Entry> entries_;
  std::set<std::string> known_;
};

}  // namespace litmill::app
