// SPDX-License-Identifier: Apache-2.0
#include "core/export_text.h"

#include "core/unicode.h"

namespace litmill {
namespace {

constexpr std::string_view kFractionSlash = "\u2044";

bool BreaksLine(char32_t c) { return c <= 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029; }

std::string WithoutSlash(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '/')
      out += kFractionSlash;
    else
      out += c;
  }
  return OneLine(out);
}

/// Takes a leading star off `name`.
bool TakeStar(std::string_view& name) {
  if (!name.starts_with('*')) return false;
  name.remove_prefix(1);
  return true;
}

std::string WithSlash(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size();) {
    if (name.substr(i).starts_with(kFractionSlash)) {
      out += '/';
      i += kFractionSlash.size();
    } else {
      out += name[i++];
    }
  }
  return out;
}

}  // namespace

std::string OneLine(std::string_view text) {
  std::string repaired;
  if (FindInvalidUtf8(text) != std::string_view::npos) {
    repaired = ReplaceInvalidUtf8(text);
    text = repaired;
  }
  std::string out;
  out.reserve(text.size());
  bool space = false;
  for (std::size_t i = 0; i < text.size();) {
    const auto [c, size] = DecodeUtf8(text, i);
    if (BreaksLine(c)) {
      space = !out.empty();
    } else {
      if (space) out += ' ';
      space = false;
      out.append(text.substr(i, size));
    }
    i += size;
  }
  return out;
}

std::string JoinedSection(const AbstractSection& section) {
  const std::string label = OneLine(section.label);
  const std::string body = OneLine(section.body.text);
  if (label.empty()) return body;
  return body.empty() ? label + ":" : label + ": " + body;
}

std::string JoinedAbstract(const Record& record) {
  std::string joined;
  for (const AbstractSection& section : record.abstract_sections) {
    const std::string piece = JoinedSection(section);
    if (piece.empty()) continue;
    if (!joined.empty()) joined += ' ';
    joined += piece;
  }
  return joined;
}

bool IsListed(const Author& author) {
  return author.valid &&
         !(OneLine(author.last_name) + OneLine(author.fore_name) + OneLine(author.collective_name)).empty();
}

std::string MeshText(const MeshHeading& heading) {
  std::string text = (heading.descriptor_major ? "*" : "") + WithoutSlash(heading.name);
  for (const MeshQualifier& q : heading.qualifiers) text += (q.major ? "/*" : "/") + WithoutSlash(q.name);
  return text;
}

MeshHeading MeshFromText(std::string_view text) {
  MeshHeading heading;
  std::string_view name = text.substr(0, text.find('/'));
  text.remove_prefix(name.size());
  heading.descriptor_major = TakeStar(name);
  heading.name = WithSlash(name);
  while (!text.empty()) {
    text.remove_prefix(1);
    name = text.substr(0, text.find('/'));
    text.remove_prefix(name.size());
    MeshQualifier& qualifier = heading.qualifiers.emplace_back();
    qualifier.major = TakeStar(name);
    qualifier.name = WithSlash(name);
  }
  return heading;
}

}  // namespace litmill
