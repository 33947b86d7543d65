// SPDX-License-Identifier: Apache-2.0
#include "app/yaml_reader.h"

#include <yaml-cpp/yaml.h>

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "app/suggest.h"

namespace litmill::app {
namespace {

constexpr std::size_t kMaxYamlBytes = 4U << 20U;

std::string Place(const std::string& file, const YAML::Mark& mark) {
  return mark.is_null() ? file : fmt::format("{}:{}:{}", file, mark.line + 1, mark.column + 1);
}

}  // namespace

YamlValue::YamlValue(const YAML::Node& node, std::shared_ptr<const std::string> file, std::string path)
    : node_(std::make_unique<YAML::Node>(node)), file_(std::move(file)), path_(std::move(path)) {}
YamlValue::YamlValue(const YamlValue& other) : YamlValue(*other.node_, other.file_, other.path_) {}
YamlValue& YamlValue::operator=(const YamlValue& other) {
  if (this != &other) *this = YamlValue(other);
  return *this;
}
YamlValue::YamlValue(YamlValue&&) noexcept = default;
YamlValue& YamlValue::operator=(YamlValue&&) noexcept = default;
YamlValue::~YamlValue() = default;

Result<YamlValue> YamlValue::Parse(const std::string& text, const std::string& file) {
  if (text.size() > kMaxYamlBytes)
    return Fail(ErrorCode::kConfig, fmt::format("{} is larger than {} bytes", file, kMaxYamlBytes));
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(text);
    if (documents.empty() || documents.front().IsNull())
      return Fail(ErrorCode::kConfig, fmt::format("{} is empty", file));
    if (documents.size() > 1)
      return Fail(ErrorCode::kConfig,
                  fmt::format("{}: a second document begins here; only one is read", Place(file, documents[1].Mark())));
    return YamlValue(documents.front(), std::make_shared<const std::string>(file), "");
  } catch (const YAML::Exception& error) {
    return Fail(ErrorCode::kConfig, fmt::format("{}: not valid YAML: {}", Place(file, error.mark), error.msg));
  }
}

bool YamlValue::IsMap() const { return node_->IsMap(); }
bool YamlValue::IsList() const { return node_->IsSequence(); }
int YamlValue::line() const { return node_->Mark().line + 1; }
int YamlValue::column() const { return node_->Mark().column + 1; }

Error YamlValue::ErrorHere(std::string_view problem) const {
  return {ErrorCode::kConfig,
          fmt::format("{}: {}{}{}", Place(*file_, node_->Mark()), path_, path_.empty() ? "" : ": ", problem)};
}

Result<std::string> YamlValue::AsString() const {
  if (!node_->IsScalar() || node_->Scalar().empty()) return Fail(ErrorHere("a text is expected here"));
  return node_->Scalar();
}

Result<std::int64_t> YamlValue::AsInteger(std::int64_t least, std::int64_t most) const {
  const std::string expected = fmt::format("a whole number from {} to {} is expected here", least, most);
  if (!node_->IsScalar()) return Fail(ErrorHere(expected));
  const std::string& text = node_->Scalar();
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most)
    return Fail(ErrorHere(fmt::format("{}, not \"{}\"", expected, text)));
  return value;
}

Result<bool> YamlValue::AsBool() const {
  if (node_->IsScalar() && node_->Scalar() == "true") return true;
  if (node_->IsScalar() && node_->Scalar() == "false") return false;
  return Fail(ErrorHere("true or false is expected here"));
}

Result<double> YamlValue::AsNumber() const {
  double number = 0;
  const std::string& text = node_->Scalar();
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (node_->IsScalar() && !text.empty() && read.ec == std::errc() && read.ptr == text.data() + text.size() &&
      std::isfinite(number))
    return number;
  return Fail(ErrorHere("a number is expected here"));
}

Result<std::vector<YamlValue>> YamlValue::AsList() const {
  if (!node_->IsSequence()) return Fail(ErrorHere("a list is expected here"));
  std::vector<YamlValue> items;
  std::size_t index = 0;
  for (const YAML::Node& item : *node_) items.emplace_back(item, file_, fmt::format("{}[{}]", path_, index++));
  return items;
}

Result<std::vector<std::string>> YamlValue::AsStringList() const {
  if (node_->IsScalar()) {
    LITMILL_TRY(std::string text, AsString());
    return std::vector<std::string>{std::move(text)};
  }
  LITMILL_TRY(const std::vector<YamlValue> items, AsList());
  std::vector<std::string> texts;
  for (const YamlValue& item : items) {
    LITMILL_TRY(std::string text, item.AsString());
    texts.push_back(std::move(text));
  }
  return texts;
}

Result<YamlMap> YamlValue::AsMap() const {
  if (!node_->IsMap()) return Fail(ErrorHere("a mapping (key: value) is expected here"));
  std::vector<YamlMap::Entry> entries;
  std::set<std::string> seen;
  for (const auto& pair : *node_) {
    const YamlValue key(pair.first, file_, path_);
    if (!pair.first.IsScalar() || pair.first.Scalar().empty()) return Fail(key.ErrorHere("a key must be a word"));
    const std::string& name = pair.first.Scalar();
    if (!seen.insert(name).second)
      return Fail(key.ErrorHere(fmt::format("the key \"{}\" stands here a second time", name)));
    entries.push_back(
        {name, key.line(), key.column(), YamlValue(pair.second, file_, path_.empty() ? name : path_ + "." + name)});
  }
  return YamlMap(*this, std::move(entries));
}

std::optional<YamlValue> YamlMap::Take(const std::string& key) {
  known_.insert(key);
  for (const Entry& entry : entries_)
    if (entry.key == key) return entry.value;
  return std::nullopt;
}

Result<YamlValue> YamlMap::Need(const std::string& key) {
  if (auto value = Take(key)) return *value;
  // A mistyped key is the likeliest reason why this one is missing.
  for (const Entry& entry : entries_)
    if (known_.count(entry.key) == 0 && Suggest(entry.key, {key}) == key) return Fail(Done().error());
  return Fail(self_.ErrorHere(fmt::format("the key \"{}\" is missing", key)));
}

Result<std::string> YamlMap::TakeString(const std::string& key, const std::string& otherwise) {
  if (const auto value = Take(key)) return value->AsString();
  return otherwise;
}

Result<void> YamlMap::Done() const {
  for (const Entry& entry : entries_) {
    if (known_.count(entry.key) != 0) continue;
    const std::string suggestion = Suggest(entry.key, {known_.begin(), known_.end()});
    return Fail(ErrorCode::kConfig,
                fmt::format("{}:{}:{}: unknown key \"{}\"{}{}", self_.file(), entry.line, entry.column, entry.key,
                            self_.path().empty() ? "" : " in " + self_.path(),
                            suggestion.empty() ? "" : fmt::format("; did you mean \"{}\"?", suggestion)));
  }
  return {};
}

}  // namespace litmill::app
