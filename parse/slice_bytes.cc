// SPDX-License-Identifier: Apache-2.0
#include "parse/slice_bytes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include "core/identifiers.h"
#include "core/unicode.h"

namespace litmill::parse {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::size_t kLongestReference = 32;

void RepairUtf8(RecordContext& context, std::string& bytes) {
  const std::size_t bad = FindInvalidUtf8(bytes);
  if (bad != std::string_view::npos) {
    context.Warn(
        "invalid-utf8",
        fmt::format("bytes that are no UTF-8 were replaced by U+FFFD, the first {} bytes into the record", bad));
    bytes = ReplaceInvalidUtf8(bytes);
  }
  std::size_t nul = bytes.find('\0');
  if (nul == std::string::npos) return;
  context.Warn("invalid-utf8",
               fmt::format("NUL bytes were replaced by U+FFFD, the first {} bytes into the record", nul));
  std::string out;
  for (std::size_t begin = 0; begin <= bytes.size();) {
    nul = std::min(bytes.find('\0', begin), bytes.size());
    out.append(bytes, begin, nul - begin);
    if (nul < bytes.size()) out += kReplacement;
    begin = nul + 1;
  }
  bytes = std::move(out);
}

enum class ReferenceKind { kGood, kBadCharacter, kUnknownEntity, kNone };

// `body` is what stands between '&' and ';'.
ReferenceKind Classify(std::string_view body) {
  static constexpr std::array<std::string_view, 5> kKnown = {"amp", "lt", "gt", "quot", "apos"};
  if (std::find(kKnown.begin(), kKnown.end(), body) != kKnown.end()) return ReferenceKind::kGood;
  if (!body.empty() && body.front() == '#') {
    body.remove_prefix(1);
    const bool hex = !body.empty() && body.front() == 'x';
    if (hex) body.remove_prefix(1);
    if (body.empty()) return ReferenceKind::kNone;
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), value, hex ? 16 : 10);
    if (end != body.data() + body.size()) return ReferenceKind::kNone;
    const bool exists = error == std::errc() && value != 0 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    return exists ? ReferenceKind::kGood : ReferenceKind::kBadCharacter;
  }
  const auto is_name_char = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
           c == '-' || c == ':';
  };
  return !body.empty() && std::all_of(body.begin(), body.end(), is_name_char) ? ReferenceKind::kUnknownEntity
                                                                              : ReferenceKind::kNone;
}

struct AmpersandFindings {
  std::vector<std::pair<std::size_t, std::size_t>>
      bad;              ///< Offset and size of references to characters that do not exist.
  std::string unknown;  ///< The first unknown entity.
  std::size_t unknown_count = 0;
  std::size_t stray_count = 0;
};

// Comments and CDATA sections, in order: an ampersand in them is no reference.
class LiteralParts {
 public:
  explicit LiteralParts(std::string_view bytes) : bytes_(bytes) { Advance(0); }
  // Calls must go forward.
  bool Contains(std::size_t at) {
    while (end_ <= at) Advance(end_);
    return begin_ <= at;
  }

 private:
  void Advance(std::size_t from) {
    if (comment_ < from || from == 0) comment_ = bytes_.find("<!--", from);
    if (cdata_ < from || from == 0) cdata_ = bytes_.find("<![CDATA[", from);
    begin_ = std::min(comment_, cdata_);
    end_ = begin_ == kNone ? kNone : bytes_.find(comment_ < cdata_ ? "-->" : "]]>", begin_);
  }

  static constexpr std::size_t kNone = std::string_view::npos;
  std::string_view bytes_;
  std::size_t comment_ = 0;  ///< The next of each kind, so that each is looked for once.
  std::size_t cdata_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

AmpersandFindings CheckAmpersands(std::string_view bytes) {
  AmpersandFindings found;
  std::size_t at = bytes.find('&');
  if (at == std::string_view::npos) return found;
  const bool has_literals = bytes.find("<!") != std::string_view::npos;
  LiteralParts literals(has_literals ? bytes : std::string_view());
  for (; at != std::string_view::npos; at = bytes.find('&', at + 1)) {
    if (has_literals && literals.Contains(at)) continue;
    const std::string_view rest = bytes.substr(at + 1, kLongestReference);
    const std::size_t semicolon = rest.find(';');
    switch (semicolon == std::string_view::npos ? ReferenceKind::kNone : Classify(rest.substr(0, semicolon))) {
      case ReferenceKind::kGood:
        break;
      case ReferenceKind::kBadCharacter:
        found.bad.emplace_back(at, semicolon + 2);
        break;
      case ReferenceKind::kUnknownEntity:
        if (found.unknown_count++ == 0) found.unknown = std::string(bytes.substr(at, semicolon + 2));
        break;
      case ReferenceKind::kNone:
        ++found.stray_count;
        break;
    }
  }
  return found;
}

void RepairReferences(RecordContext& context, std::string& bytes) {
  const AmpersandFindings found = CheckAmpersands(bytes);
  if (found.unknown_count > 0)
    context.Warn("unknown-entity",
                 fmt::format("{} entity reference(s) that XML does not know were left as text, the first {}",
                             found.unknown_count, found.unknown));
  if (found.stray_count > 0)
    context.Warn("stray-ampersand",
                 fmt::format("{} ampersand(s) that should be written &amp; were taken as text", found.stray_count));
  if (found.bad.empty()) return;
  context.Warn(
      "bad-character-reference",
      fmt::format("{} reference(s) to characters that do not exist were replaced by U+FFFD", found.bad.size()));
  std::string out;
  out.reserve(bytes.size());
  std::size_t begin = 0;
  for (const auto& [at, size] : found.bad) {
    out.append(bytes, begin, at - begin);
    out += kReplacement;
    begin = at + size;
  }
  out.append(bytes, begin);
  bytes = std::move(out);
}

}  // namespace

void RepairBytes(RecordContext& context, std::string& bytes) {
  RepairUtf8(context, bytes);
  RepairReferences(context, bytes);
}

std::string GuessPmid(std::string_view bytes) {
  const std::size_t tag = bytes.find("<PMID");
  if (tag == std::string_view::npos) return {};
  const std::size_t text = bytes.find('>', tag);
  if (text == std::string_view::npos) return {};
  const std::size_t end = bytes.find('<', text);
  // Without the end tag the number may be cut off, and a wrong PMID is worse than none.
  if (end == std::string_view::npos || !bytes.substr(end).starts_with("</PMID")) return {};
  const auto pmid = ParsePmid(bytes.substr(text + 1, end - text - 1));
  return pmid ? fmt::format_int(*pmid).str() : std::string();
}

}  // namespace litmill::parse
