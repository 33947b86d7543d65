// SPDX-License-Identifier: Apache-2.0
#include "fetch/esearch_answer.h"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/identifiers.h"

namespace litmill::fetch {
namespace {

using Json = nlohmann::json;

Json ParseJson(std::string_view body) {
  const std::string clean = EscapeControlCharacters(body);
  return Json::parse(clean, nullptr, /*allow_exceptions=*/false);
}

/// The member `key`, or null.
const Json* Find(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

std::optional<std::uint64_t> Number(const Json* value) {
  if (value == nullptr) return std::nullopt;
  if (value->is_number_unsigned()) return value->get<std::uint64_t>();
  if (!value->is_string()) return std::nullopt;
  const auto& text = value->get_ref<const std::string&>();
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// The strings of object[key]; nothing when it is missing. A single string counts as a list of one.
std::vector<std::string> Strings(const Json* object, const char* key) {
  std::vector<std::string> result;
  const Json* list = object == nullptr ? nullptr : Find(*object, key);
  if (list == nullptr) return result;
  if (list->is_string()) result.push_back(list->get<std::string>());
  if (list->is_array())
    for (const Json& item : *list)
      if (item.is_string()) result.push_back(item.get<std::string>());
  return result;
}

SearchReport ReadReport(const Json& answer) {
  SearchReport report;
  if (const Json* text = Find(answer, "querytranslation"); text != nullptr && text->is_string())
    report.query_translation = text->get<std::string>();
  const Json* errors = Find(answer, "errorlist");
  const Json* warnings = Find(answer, "warninglist");
  report.phrases_not_found = Strings(errors, "phrasesnotfound");
  report.fields_not_found = Strings(errors, "fieldsnotfound");
  report.phrases_ignored = Strings(warnings, "phrasesignored");
  report.quoted_phrases_not_found = Strings(warnings, "quotedphrasesnotfound");
  report.messages = Strings(warnings, "outputmessages");
  return report;
}

tl::unexpected<Error> NotWhole(std::string_view what) {
  return Fail(ErrorCode::kCorruptInput, fmt::format("no whole ESearch answer: {}", what));
}

}  // namespace

std::string EscapeControlCharacters(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool in_string = false;
  bool escaped = false;
  for (const char c : text) {
    if (in_string && static_cast<unsigned char>(c) < 0x20) {
      if (escaped) out += '\\';  // a backslash before a raw control character can only have meant itself
      escaped = false;
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
      continue;
    }
    out += c;
    if (in_string && escaped) {
      escaped = false;
    } else if (in_string && c == '\\') {
      escaped = true;
    } else if (c == '"') {
      in_string = !in_string;
    }
  }
  return out;
}

std::string JsonErrorText(std::string_view body) {
  const Json document = ParseJson(body);
  const Json* answer = Find(document, "esearchresult");
  for (const Json* place : {answer, &document}) {
    if (place == nullptr) continue;
    for (const char* key : {"ERROR", "error"})
      if (const Json* text = Find(*place, key); text != nullptr && text->is_string()) return text->get<std::string>();
  }
  return {};
}

Result<EsearchAnswer> ParseEsearch(std::string_view body) {
  const Json document = ParseJson(body);
  if (document.is_discarded()) return NotWhole("not JSON");
  const Json* answer = Find(document, "esearchresult");
  if (answer == nullptr) return NotWhole("\"esearchresult\" is missing");
  const auto count = Number(Find(*answer, "count"));
  if (!count) return NotWhole("\"count\" is missing or no number");
  const Json* ids = Find(*answer, "idlist");
  if (ids == nullptr || !ids->is_array()) return NotWhole("\"idlist\" is missing");
  EsearchAnswer result;
  result.count = *count;
  result.start = Number(Find(*answer, "retstart")).value_or(0);
  result.pmids.reserve(ids->size());
  for (const Json& id : *ids) {
    const auto number = Number(&id);
    const auto pmid = number ? ParsePmid(std::to_string(*number)) : std::nullopt;
    if (!pmid) return NotWhole("an id is no PMID");
    result.pmids.push_back(*pmid);
  }
  result.report = ReadReport(*answer);
  return result;
}

bool SearchReport::HasWarnings() const {
  if (!phrases_not_found.empty() || !fields_not_found.empty() || !phrases_ignored.empty() ||
      !quoted_phrases_not_found.empty())
    return true;
  for (const std::string& message : messages)
    if (message != "No items found.") return true;
  return false;
}

}  // namespace litmill::fetch
