// SPDX-License-Identifier: Apache-2.0
// What the readers of JSON answers share: bytes to a tree without exceptions, and access that tolerates odd types.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "core/record.h"
#include "parse/parse.h"
#include "parse/record_context.h"

namespace litmill::parse {

using Json = nlohmann::json;

/// `body` as a JSON object or array, or what it is instead. Raw control characters inside strings and lone surrogates
/// are repaired. `service` is its name for people.
[[nodiscard]] tl::expected<Json, Problem> ReadJsonBody(std::string_view body, std::string_view service);

/// When `body` has bytes that are no UTF-8 (ReadJsonBody replaces them), says so with the first record of `items`.
void WarnOfInvalidUtf8(std::string_view body, std::vector<Item>& items);

[[nodiscard]] Problem AnswerProblem(std::string code, std::string message);

/// At most the first 200 bytes of `text`, white space folded, never half a character: for messages.
[[nodiscard]] std::string Excerpt(std::string_view text);

/// Member `key` of `object`; null when it is missing, JSON's null, or `object` is no object.
[[nodiscard]] const Json* Find(const Json& object, const char* key);
[[nodiscard]] const Json* Find(const Json* object, const char* key);

/// A scalar as text ("" for all else): 12 is "12", 12.0 too, true is "true". White space folded.
[[nodiscard]] std::string ScalarText(const Json& value);

/// Reads the members of one record and gathers what is odd about them.
class JsonRecord {
 public:
  explicit JsonRecord(RecordContext& context) : context_(context) {}

  /// Text of a scalar member. A list counts as its first element.
  [[nodiscard]] std::string Text(const Json& object, const char* key);
  /// The same with markup and character references, read.
  [[nodiscard]] MarkedText Marked(const Json& object, const char* key);
  /// Text as it came (white space too), for fragments of markup.
  [[nodiscard]] std::string Raw(const Json& object, const char* key);
  /// Texts of a list of scalars, empty ones left out. A scalar counts as a list of one.
  [[nodiscard]] std::vector<std::string> Texts(const Json& object, const char* key);
  /// The objects of a list of objects. An object counts as a list of one.
  [[nodiscard]] std::vector<const Json*> Objects(const Json& object, const char* key);
  /// The member when it is an object, else null.
  [[nodiscard]] const Json* Object(const Json& object, const char* key);

  /// The values of a list, nulls left out. Anything else counts as a list of one.
  [[nodiscard]] std::vector<const Json*> Elements(const Json& object, const char* key);
  /// Text of a scalar, or of the "$", "content" or "value" of an object: what is left of an XML element with
  /// attributes.
  [[nodiscard]] std::string Content(const Json& value);
  /// The content of member `key`; of a list its first element's.
  [[nodiscard]] std::string ContentText(const Json& object, const char* key);
  /// `text` with control characters replaced (and noted): for text that is the name of a member.
  [[nodiscard]] std::string Clean(std::string text);

  /// Notes a value that could not be read.
  void Odd(const char* key);
  /// Notes every member of `object` that is not among `known` (sorted).
  void CheckFields(const Json& object, const std::vector<std::string_view>& known, std::string_view what);

  /// An identifier in its normal form; invalid (with a warning) where it has none.
  [[nodiscard]] Identifier MakeIdentifier(std::string_view scheme, std::string raw, std::string_view origin);
  /// An ORCID or another identifier of a person; a bad ORCID is kept as it came.
  void AddPersonIdentifier(Author& person, std::string_view scheme, std::string value);
  /// Language codes and names as ISO 639-2/B.
  void AddLanguage(Record& record, std::string_view language);
  /// A date by its ISO text, also with a time ("2020-01-02T03:04:05Z"), a year or a range ("2001/2003").
  void AddDate(Record& record, std::string_view kind, std::string_view text);

  /// The record with all its warnings.
  [[nodiscard]] ParsedRecord Finish(Record&& record, Position position);

  [[nodiscard]] RecordContext& context() { return context_; }

 private:
  RecordContext& context_;
  std::vector<std::string> odd_;
  std::vector<std::string> unknown_;
  bool has_control_characters_ = false;
};

/// start_page and end_page from `pages`.
void FillPages(Record& record);

/// True when the title begins like "RETRACTED:" or "WITHDRAWN ARTICLE:".
[[nodiscard]] bool TitleSaysRetracted(std::string_view title);

}  // namespace litmill::parse
