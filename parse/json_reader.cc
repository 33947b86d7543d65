// SPDX-License-Identifier: Apache-2.0
#include "parse/json_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>

#include "core/identifiers.h"
#include "core/partial_date.h"
#include "core/unicode.h"
#include "parse/language_code.h"
#include "parse/markup_fragment.h"
#include "parse/page_range.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

constexpr std::size_t kMaxDepth = 128;
constexpr std::size_t kNamedAtMost = 5;
constexpr std::size_t kWarningsOfACode = 3;
constexpr std::size_t kExcerptBytes = 200;

bool IsHex4(std::string_view text) {
  return text.size() >= 4 && std::all_of(text.begin(), text.begin() + 4, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

bool IsSurrogate(std::string_view hex, char first_low, char first_high) {
  if (!IsHex4(hex) || (hex[0] != 'd' && hex[0] != 'D')) return false;
  const char c = hex[1] >= 'a' ? static_cast<char>(hex[1] - 'a' + 'A') : hex[1];
  return c >= first_low && c <= first_high;
}
bool IsHighSurrogate(std::string_view hex) { return IsSurrogate(hex, '8', 'B'); }
bool IsLowSurrogate(std::string_view hex) { return IsSurrogate(hex, 'C', 'F'); }

// Copies a document, repairing what makes whole answers unreadable: raw control characters inside strings and halves of
// surrogate pairs. Finds the depth on the way.
class Repairer {
 public:
  explicit Repairer(std::string_view body) : body_(body) { out_.reserve(body.size() + 16); }

  bool Run() {
    for (at_ = 0; at_ < body_.size(); ++at_) {
      const char c = body_[at_];
      if (in_string_)
        InString(c);
      else if (!Outside(c))
        return false;
    }
    return true;
  }
  std::string Take() { return std::move(out_); }

 private:
  bool Outside(char c) {
    if (c == '"') in_string_ = true;
    if ((c == '{' || c == '[') && ++depth_ > kMaxDepth) return false;
    if ((c == '}' || c == ']') && depth_ > 0) --depth_;
    out_ += c;
    return true;
  }

  void InString(char c) {
    if (c == '"') {
      in_string_ = false;
      out_ += c;
    } else if (c == '\\') {
      Escape();
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out_ += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out_ += c;
    }
  }

  void Escape() {
    const std::string_view rest = body_.substr(at_);
    if (rest.size() >= 2 && rest[1] == 'u') {
      const std::string_view hex = rest.substr(2);
      if (IsHighSurrogate(hex) && rest.size() >= 12 && rest.substr(6, 2) == "\\u" && IsLowSurrogate(rest.substr(8))) {
        Copy(12);
        return;
      }
      if (IsHighSurrogate(hex) || IsLowSurrogate(hex)) {
        out_ += "\\ufffd";
        at_ += 5;
        return;
      }
    }
    Copy(2);
  }

  void Copy(std::size_t size) {
    const std::string_view piece = body_.substr(at_, size);
    out_ += piece;
    at_ += piece.size() - 1;
  }

  std::string_view body_;
  std::string out_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  bool in_string_ = false;
};

std::string Joined(const std::vector<std::string>& names) {
  return fmt::format(
      "{}{}",
      fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kNamedAtMost)), ", "),
      names.size() > kNamedAtMost ? ", ..." : "");
}

void AddOnce(std::vector<std::string>& names, std::string name) {
  if (names.size() > kNamedAtMost) return;
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
}

// A thousand bad DOIs among a work's references are one fact: of each code the first few stay.
void KeepAFew(std::vector<Problem>& warnings) {
  std::map<std::string, std::size_t> counts;
  for (const Problem& w : warnings) ++counts[w.code];
  std::map<std::string, std::size_t> seen;
  std::vector<Problem> kept;
  for (Problem& warning : warnings) {
    const std::size_t number = ++seen[warning.code];
    if (number > kWarningsOfACode) continue;
    const std::size_t count = counts[warning.code];
    if (number == kWarningsOfACode && count > number)
      warning.message += fmt::format(" (and {} more of this kind)", count - number);
    kept.push_back(std::move(warning));
  }
  warnings = std::move(kept);
}

}  // namespace

Problem AnswerProblem(std::string code, std::string message) {
  return {Severity::kError, std::move(code), {}, std::move(message), {}};
}

std::string Excerpt(std::string_view text) {
  std::string quoted = ReplaceInvalidUtf8(FoldSpace(text.substr(0, kExcerptBytes * 2)));
  if (quoted.size() > kExcerptBytes) {
    quoted.resize(kExcerptBytes);
    while (!quoted.empty() && FindInvalidUtf8(quoted) != std::string_view::npos) quoted.pop_back();
    quoted += "...";
  }
  for (char& c : quoted)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  return quoted;
}

tl::expected<Json, Problem> ReadJsonBody(std::string_view body, std::string_view service) {
  const std::string_view text = TrimAscii(body.starts_with("\xEF\xBB\xBF") ? body.substr(3) : body);
  const auto problem = [&](std::string code, const std::string& what) {
    return tl::make_unexpected(AnswerProblem(std::move(code), fmt::format("the answer of {} {}", service, what)));
  };
  if (text.empty()) return problem("empty-answer", "is empty");
  if (text.front() == '<') return problem("html-answer", fmt::format("is a page or XML, not JSON: {}", Excerpt(text)));
  if (AsciiLower(text.substr(0, 18)) == "resource not found")
    return problem("not-found", "says that it does not know this identifier (\"Resource not found.\")");
  if (text.front() != '{' && text.front() != '[')
    return problem("text-answer", fmt::format("is no JSON but says: {}", Excerpt(text)));
  Repairer repairer(text);
  if (!repairer.Run()) return problem("too-deep", fmt::format("is nested deeper than {}", kMaxDepth));
  std::string clean = repairer.Take();
  if (FindInvalidUtf8(clean) != std::string_view::npos) clean = ReplaceInvalidUtf8(clean);
  Json json = Json::parse(clean, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded())
    return problem("broken-json", fmt::format("({} bytes) is JSON that was cut or damaged; it begins: {}", body.size(),
                                              Excerpt(text)));
  return json;
}

void WarnOfInvalidUtf8(std::string_view body, std::vector<Item>& items) {
  const std::size_t at = FindInvalidUtf8(body);
  if (at == std::string_view::npos) return;
  for (Item& item : items) {
    auto* const parsed = std::get_if<ParsedRecord>(&item);
    if (parsed == nullptr) continue;
    parsed->warnings.push_back(
        {Severity::kWarning, "invalid-utf8", parsed->record.source_id,
         fmt::format("the answer that this record came with has bytes that are no UTF-8, the first at {}; they were "
                     "replaced by U+FFFD",
                     at),
         parsed->position});
    return;
  }
}

const Json* Find(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

const Json* Find(const Json* object, const char* key) { return object == nullptr ? nullptr : Find(*object, key); }

std::string ScalarText(const Json& value) {
  if (value.is_string()) return FoldSpace(value.get_ref<const std::string&>());
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (value.is_number_unsigned()) return fmt::format_int(value.get<std::uint64_t>()).str();
  if (value.is_number_integer()) return fmt::format_int(value.get<std::int64_t>()).str();
  if (value.is_number_float()) {
    const double number = value.get<double>();
    if (std::abs(number) < 1e15 && std::trunc(number) == number)
      return fmt::format_int(static_cast<std::int64_t>(number)).str();
    return fmt::format("{}", number);
  }
  return {};
}

// NUL and its like have no place in text: databases and XML cut there.
std::string JsonRecord::Clean(std::string text) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && !IsXmlSpace(c); };
  if (std::none_of(text.begin(), text.end(), is_control)) return text;
  has_control_characters_ = true;
  std::string out;
  for (const char c : text) {
    if (is_control(c))
      out += "\xEF\xBF\xBD";
    else
      out += c;
  }
  return out;
}

void JsonRecord::Odd(const char* key) { AddOnce(odd_, key); }

void JsonRecord::CheckFields(const Json& object, const std::vector<std::string_view>& known, std::string_view what) {
  if (!object.is_object()) return;
  for (const auto& member : object.items()) {
    if (std::binary_search(known.begin(), known.end(), std::string_view(member.key()))) continue;
    AddOnce(unknown_, fmt::format("{}{}{}", what, what.empty() ? "" : ".", Excerpt(member.key())));
  }
}

std::string JsonRecord::Raw(const Json& object, const char* key) {
  const Json* value = Find(object, key);
  if (value == nullptr) return {};
  if (value->is_array()) {
    if (value->empty() || value->front().is_null()) return {};
    value = &value->front();
  }
  if (value->is_structured()) {
    Odd(key);
    return {};
  }
  return Clean(value->is_string() ? value->get_ref<const std::string&>() : ScalarText(*value));
}

std::string JsonRecord::Text(const Json& object, const char* key) { return FoldSpace(Raw(object, key)); }

MarkedText JsonRecord::Marked(const Json& object, const char* key) {
  return TextOfFragment(context_, Raw(object, key));
}

std::vector<std::string> JsonRecord::Texts(const Json& object, const char* key) {
  std::vector<std::string> texts;
  const Json* value = Find(object, key);
  if (value == nullptr) return texts;
  const auto take = [&](const Json& element) {
    if (element.is_structured()) {
      Odd(key);
      return;
    }
    std::string text = Clean(ScalarText(element));
    if (!text.empty()) texts.push_back(std::move(text));
  };
  if (value->is_array())
    for (const Json& element : *value) take(element);
  else
    take(*value);
  return texts;
}

std::vector<const Json*> JsonRecord::Objects(const Json& object, const char* key) {
  std::vector<const Json*> objects;
  const Json* value = Find(object, key);
  if (value == nullptr) return objects;
  if (value->is_object()) return {value};
  if (!value->is_array()) {
    Odd(key);
    return objects;
  }
  objects.reserve(value->size());
  for (const Json& element : *value) {
    if (element.is_object())
      objects.push_back(&element);
    else if (!element.is_null())
      Odd(key);
  }
  return objects;
}

const Json* JsonRecord::Object(const Json& object, const char* key) {
  const Json* value = Find(object, key);
  if (value == nullptr || value->is_object()) return value;
  if (!value->is_array() || !value->empty()) Odd(key);
  return nullptr;
}

std::vector<const Json*> JsonRecord::Elements(const Json& object, const char* key) {
  std::vector<const Json*> elements;
  const Json* value = Find(object, key);
  if (value == nullptr) return elements;
  if (!value->is_array()) return {value};
  elements.reserve(value->size());
  for (const Json& element : *value)
    if (!element.is_null()) elements.push_back(&element);
  return elements;
}

std::string JsonRecord::Content(const Json& value) {
  if (!value.is_object()) return Clean(ScalarText(value));
  for (const char* const key : {"$", "content", "value"})
    if (const Json* inner = Find(value, key)) return Clean(ScalarText(*inner));
  return {};
}

std::string JsonRecord::ContentText(const Json& object, const char* key) {
  const std::vector<const Json*> elements = Elements(object, key);
  return elements.empty() ? std::string() : Content(*elements.front());
}

Identifier JsonRecord::MakeIdentifier(std::string_view scheme, std::string raw, std::string_view origin) {
  Identifier id{std::string(scheme), raw, raw, std::string(origin), true};
  std::optional<std::string> normal = raw;
  if (scheme == "doi") normal = NormaliseDoi(raw);
  if (scheme == "pmcid") normal = NormalisePmcid(raw);
  if (scheme == "pmid") {
    const auto pmid = ParsePmid(raw);
    normal = pmid ? std::optional<std::string>(fmt::format_int(*pmid).str()) : std::nullopt;
  }
  id.valid = normal.has_value() && !normal->empty();
  if (id.valid)
    id.value = *std::move(normal);
  else
    context_.Warn(
        scheme == "doi" ? "bad-doi" : "bad-identifier",
        fmt::format("{} says {} but \"{}\" is none; it is kept but identifies nothing", origin, scheme, Excerpt(raw)));
  return id;
}

void JsonRecord::AddPersonIdentifier(Author& person, std::string_view scheme, std::string value) {
  if (value.empty()) return;
  if (AsciiLower(scheme) == "orcid") {
    if (auto orcid = NormaliseOrcid(value)) {
      if (person.orcid.empty()) person.orcid = *std::move(orcid);
    } else {
      context_.Warn("bad-orcid",
                    fmt::format("\"{}\" of {} is no ORCID (form or checksum); it is kept as it came only",
                                Excerpt(value), person.last_name.empty() ? person.collective_name : person.last_name));
    }
  }
  person.identifiers.push_back({std::string(scheme), std::move(value)});
}

void JsonRecord::AddLanguage(Record& record, std::string_view language) {
  if (TrimAscii(language).empty()) return;
  std::string code;
  if (auto known = LanguageCode(language)) {
    code = *std::move(known);
  } else {
    code = AsciiLower(language);
    context_.Warn("unknown-language",
                  fmt::format("the language \"{}\" is not known here; it is kept as it came", Excerpt(language)));
  }
  if (std::find(record.languages.begin(), record.languages.end(), code) == record.languages.end())
    record.languages.push_back(std::move(code));
}

void JsonRecord::AddDate(Record& record, std::string_view kind, std::string_view text) {
  text = TrimAscii(text);
  if (text.empty()) return;
  const std::size_t slash = text.find('/');
  std::string_view day = text.substr(0, slash);
  std::string time;
  if (const std::size_t t = day.find_first_of("T "); t != std::string_view::npos && t >= 10) {
    const std::string_view clock = day.substr(t + 1);
    if (clock.size() >= 8 && clock[2] == ':' && clock[5] == ':') time = std::string(clock.substr(0, 8));
    day = day.substr(0, t);
  }
  std::optional<PartialDate> date = DateFromIso(TrimAscii(day));
  if (!date) {
    date = DateFromMedlineDate(text);
    if (date->iso.empty())
      context_.Warn("bad-date", fmt::format("the {} date \"{}\" could not be read", kind, Excerpt(text)));
  } else if (slash != std::string_view::npos) {
    const std::string_view end = TrimAscii(text.substr(slash + 1));
    if (const auto last = DateFromIso(end.substr(0, end.find_first_of("T ")))) date->iso_end = last->iso;
  }
  date->raw = FoldSpace(text);
  record.dates.push_back({std::string(kind), *std::move(date), std::move(time)});
}

ParsedRecord JsonRecord::Finish(Record&& record, Position position) {
  if (!odd_.empty())
    context_.Warn("odd-value", fmt::format("values of an unexpected type were left out: {}", Joined(odd_)));
  if (!unknown_.empty())
    context_.Warn("unknown-field", fmt::format("fields unknown here were left out: {}", Joined(unknown_)));
  if (has_control_characters_)
    context_.Warn("control-character", "control characters in its text were replaced by U+FFFD");
  std::stable_sort(record.authors.begin(), record.authors.end(),
                   [](const Author& a, const Author& b) { return a.role < b.role; });
  ParsedRecord parsed;
  parsed.warnings = context_.TakeWarnings(record.source_id);
  KeepAFew(parsed.warnings);
  parsed.record = std::move(record);
  parsed.position = position;
  return parsed;
}

void FillPages(Record& record) {
  PageRange range = FirstPageRange(record.pages);
  record.start_page = std::move(range.start);
  record.end_page = std::move(range.end);
}

bool TitleSaysRetracted(std::string_view title) {
  static constexpr std::array<std::string_view, 6> kBeginnings = {
      "retracted:", "retracted article:", "[retracted]", "withdrawn:", "withdrawn article:", "retracted article "};
  const std::string lower = AsciiLower(title.substr(0, 32));
  return std::any_of(kBeginnings.begin(), kBeginnings.end(),
                     [&lower](std::string_view b) { return std::string_view(lower).starts_with(b); });
}

}  // namespace litmill::parse
