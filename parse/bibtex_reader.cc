// SPDX-License-Identifier: Apache-2.0
#include "parse/bibtex_reader.h"

#include <algorithm>

#include "core/unicode.h"

namespace litmill::parse {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
// Of names of fields and macros; some programs write spaces into them ("key words").
bool IsNameChar(char c) {
  return IsLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' || c == '.' || c == '+' ||
         c == '/' || static_cast<unsigned char>(c) >= 0x80;
}

std::string_view TrimEnd(std::string_view text) {
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

// Text outside of entries without lines that are comments.
std::string WithoutComments(std::string_view text) {
  std::string said;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    const std::string_view line = TrimAscii(text.substr(0, end));
    if (!line.empty() && line.front() != '%') said += (said.empty() ? "" : "\n") + std::string(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return said;
}

// The name of the field that `line` begins ("  author = {"), and where its value begins; npos when it begins none.
std::pair<std::string, std::size_t> FieldStart(std::string_view line) {
  std::size_t at = line.find_first_not_of(" \t,");
  if (at == std::string_view::npos || !IsLetter(line[at])) return {{}, std::string_view::npos};
  const std::size_t begin = at;
  while (at < line.size() && IsNameChar(line[at])) ++at;
  std::string name = AsciiLower(line.substr(begin, at - begin));
  while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
  if (at >= line.size() || line[at] != '=') return {{}, std::string_view::npos};
  ++at;
  while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
  return {std::move(name), at};
}

// Whether a line of `value`, but not its first, begins a field.
bool HoldsField(std::string_view value) {
  for (std::size_t at = value.find('\n'); at != std::string_view::npos; at = value.find('\n', at + 1)) {
    const std::string_view line = value.substr(at + 1, value.find_first_of("\r\n", at + 1) - at - 1);
    const std::size_t begin = FieldStart(line).second;
    if (begin < line.size() && (line[begin] == '{' || line[begin] == '"')) return true;
  }
  return false;
}

}  // namespace

std::string_view BibEntry::Field(std::string_view name) const {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [name](const auto& field) { return field.first == name; });
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

void BibtexReader::MoveTo(std::size_t at) {
  for (; at_ < at; ++at_)
    if (text_[at_] == '\n' || (text_[at_] == '\r' && text_.substr(at_ + 1, 1) != "\n")) ++line_;
}

void BibtexReader::PassSpace() {
  std::size_t at = at_;
  while (at < text_.size() && IsSpace(text_[at])) ++at;
  MoveTo(at);
}

// "@article{", "@ comment (" : a word of letters and an opening delimiter.
bool BibtexReader::AtEntry(std::size_t at) const {
  if (at >= text_.size() || text_[at] != '@') return false;
  for (++at; at < text_.size() && (text_[at] == ' ' || text_[at] == '\t');) ++at;
  const std::size_t begin = at;
  while (at < text_.size() && IsLetter(text_[at])) ++at;
  if (at == begin || at - begin > 40) return false;
  while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t')) ++at;
  return at < text_.size() && (text_[at] == '{' || text_[at] == '(');
}

std::string_view BibtexReader::Word() {
  PassSpace();
  const std::size_t begin = at_;
  while (at_ < text_.size() && IsNameChar(text_[at_])) ++at_;
  return text_.substr(begin, at_ - begin);
}

bool BibtexReader::Next(BibEntry& entry) {
  for (;;) {
    entry = BibEntry();
    PassSpace();
    if (at_ >= text_.size()) return false;
    entry.line = line_;
    entry.offset_bytes = at_;
    if (!AtEntry(at_)) {
      // "@" begins an entry wherever it stands, but an address ("a@b.c (") in a note does not.
      std::size_t next = at_ + 1;
      while (next < text_.size() && !((IsSpace(text_[next - 1]) || text_[next - 1] == '}') && AtEntry(next))) ++next;
      entry.text = WithoutComments(text_.substr(at_, next - at_));
      MoveTo(next);
      if (entry.text.empty()) continue;
      return true;
    }
    ++at_;
    entry.type = AsciiLower(Word());
    PassSpace();
    const char open = text_[at_];
    if (entry.type == "comment" || entry.type == "preamble") {
      std::string ignored;
      const std::size_t begin = at_;
      if (!ReadDelimited(open, ignored)) {  // Only its line then.
        at_ = begin;
        MoveTo(std::min(text_.find_first_of("\r\n", begin), text_.size()));
      }
      continue;
    }
    ++at_;
    ReadEntry(entry, open == '{' ? '}' : ')');
    entry.size_bytes = at_ - entry.offset_bytes;
    if (entry.type != "string") return true;
    for (auto& [name, value] : entry.fields) macros_[name] = std::move(value);
  }
}

void BibtexReader::ReadEntry(BibEntry& entry, char close) {
  PassSpace();
  // The key ends at the comma. An entry without one begins with a field.
  const std::size_t key_end = text_.find_first_of(",=}\r\n", at_);
  const bool has_key = entry.type != "string" && key_end != std::string_view::npos && text_[key_end] != '=';
  if (has_key) {
    entry.key = std::string(TrimEnd(text_.substr(at_, key_end - at_)));
    MoveTo(key_end);
  }
  const std::size_t body = at_;
  const std::uint64_t body_line = line_;
  while (at_ < text_.size()) {
    while (at_ < text_.size() && (IsSpace(text_[at_]) || text_[at_] == ',')) MoveTo(at_ + 1);
    if (at_ >= text_.size()) break;
    if (text_[at_] == close) {
      ++at_;
      return;
    }
    if (AtEntry(at_)) break;
    if (!ReadField(entry, close)) {
      at_ = body;
      line_ = body_line;
      RepairByLines(entry, body);
      return;
    }
  }
  entry.has_no_end = true;
  // A brace too many in a value takes the fields behind it in, and the entry's own end.
  if (!entry.fields.empty() && HoldsField(entry.fields.back().second)) {
    at_ = body;
    line_ = body_line;
    RepairByLines(entry, body);
  }
}

bool BibtexReader::ReadField(BibEntry& entry, char close) {
  std::string name(Word());
  for (PassSpace(); at_ < text_.size() && IsNameChar(text_[at_]); PassSpace()) name += " " + std::string(Word());
  if (name.empty() || at_ >= text_.size() || text_[at_] != '=') return false;
  ++at_;
  std::string value;
  if (!ReadValue(value)) return false;
  entry.fields.emplace_back(AsciiLower(name), std::move(value));
  // Behind a value stands a comma or the end; a field without a comma before it is common all the same.
  PassSpace();
  return at_ >= text_.size() || text_[at_] == ',' || text_[at_] == close || IsLetter(text_[at_]) || AtEntry(at_);
}

bool BibtexReader::ReadValue(std::string& value) {
  for (;;) {
    PassSpace();
    if (at_ >= text_.size()) return false;
    const char c = text_[at_];
    if (c == '{' || c == '"') {
      std::string part;
      if (!ReadDelimited(c, part)) return false;
      value += part;
    } else {
      const std::string word(Word());
      if (word.empty()) return c == ',' || c == '}' || c == ')';  // "year = ,"
      const auto macro = macros_.find(AsciiLower(word));
      value += macro == macros_.end() ? word : macro->second;
    }
    PassSpace();
    if (at_ >= text_.size() || text_[at_] != '#') return true;
    ++at_;
  }
}

// From the delimiter on. False when it has no end before the next entry.
bool BibtexReader::ReadDelimited(char open, std::string& value) {
  const char close = open == '{' ? '}' : open == '(' ? ')' : '"';
  const std::size_t begin = at_ + 1;
  std::size_t depth = 0;
  for (std::size_t i = begin; i < text_.size(); ++i) {
    const char c = text_[i];
    if (c == '\\' && i + 1 < text_.size() && (text_[i + 1] == '{' || text_[i + 1] == '}' || text_[i + 1] == '\\')) {
      // BibTeX itself counts escaped braces; what programs write balances either way.
      const bool is_brace = text_[i + 1] != '\\';
      if (is_brace) {
        // "\}" that would close the value: the value ends in a backslash only by mistake.
        ++i;
        continue;
      }
      ++i;
      continue;
    }
    if (c == close && depth == 0) {
      value.assign(text_.substr(begin, i - begin));
      MoveTo(i + 1);
      return true;
    }
    if (c == '{') ++depth;
    if (c == '}' && depth > 0) --depth;
    if (c == '@' && (text_[i - 1] == '\n' || text_[i - 1] == '\r') && AtEntry(i)) return false;
  }
  return false;
}

// Fields begin on lines of their own, and end before the next one does.
void BibtexReader::RepairByLines(BibEntry& entry, std::size_t begin) {
  entry.fields.clear();
  entry.is_repaired = true;
  std::size_t end = begin;
  while (end < text_.size() && !((text_[end - 1] == '\n' || text_[end - 1] == '\r') && AtEntry(end))) ++end;
  std::string_view rest = text_.substr(begin, end - begin);
  while (!rest.empty()) {
    const std::size_t line_end = std::min(rest.find_first_of("\r\n"), rest.size());
    const std::string_view line = rest.substr(0, line_end);
    if (auto [name, value] = FieldStart(line); value != std::string_view::npos)
      entry.fields.emplace_back(std::move(name), std::string(line.substr(value)));
    else if (!entry.fields.empty())
      entry.fields.back().second += "\n" + std::string(line);
    rest.remove_prefix(std::min(line_end + 1, rest.size()));
  }
  for (std::size_t i = 0; i < entry.fields.size(); ++i) {
    std::string& value = entry.fields[i].second;
    const auto trim = [&value](std::string_view ends) {
      while (!value.empty() && (IsSpace(value.back()) || ends.find(value.back()) != std::string_view::npos))
        value.pop_back();
    };
    trim(",");
    if (i + 1 == entry.fields.size() && value.ends_with('}')) value.pop_back();  // The entry's own.
    trim(",");
    if (value.starts_with('{') || value.starts_with('"')) {
      if (value.ends_with('}') || value.ends_with('"')) value.pop_back();
      if (!value.empty()) value.erase(0, 1);
    }
  }
  MoveTo(end);
}

}  // namespace litmill::parse
