// SPDX-License-Identifier: Apache-2.0
#include "parse/json_slices.h"

#include <algorithm>

#include "parse/record_context.h"

namespace litmill::parse {
namespace {

// Where the object that begins at `at` ends; npos when it does not.
std::size_t EndOfObject(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  bool in_string = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string) {
      if (c == '\\') ++at;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && --depth == 0) {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

std::size_t PassSpace(std::string_view text, std::size_t at) {
  while (at < text.size() && IsXmlSpace(text[at])) ++at;
  return at;
}

}  // namespace

JsonSlicer::JsonSlicer(std::string_view text) : text_(text) {
  std::size_t at = PassSpace(text, 0);
  // {"items": [ ... ]}, when that is its first member.
  constexpr std::string_view kItems = "\"items\"";
  if (text.substr(at, 1) != "{") return;
  at = PassSpace(text, at + 1);
  if (!text.substr(at).starts_with(kItems)) return;
  at = PassSpace(text, at + kItems.size());
  if (text.substr(at, 1) != ":") return;
  at = PassSpace(text, at + 1);
  if (text.substr(at, 1) == "[") MoveTo(at + 1);
}

void JsonSlicer::MoveTo(std::size_t at) {
  for (; at_ < at; ++at_)
    if (text_[at_] == '\n' || (text_[at_] == '\r' && text_.substr(at_ + 1, 1) != "\n")) ++line_;
}

bool JsonSlicer::Next(JsonSlice& slice) {
  std::size_t at = at_;
  while (at < text_.size() && (IsXmlSpace(text_[at]) || text_[at] == ',' || text_[at] == '[' || text_[at] == ']')) ++at;
  if (at < text_.size() && text_[at] == '}' && PassSpace(text_, at + 1) == text_.size()) at = text_.size();
  MoveTo(at);
  if (at_ >= text_.size()) return false;
  slice = JsonSlice();
  slice.line = line_;
  slice.offset_bytes = at_;
  std::size_t end = 0;
  if (text_[at_] == '{') {
    slice.is_object = true;
    end = EndOfObject(text_, at_);
    if (end == std::string_view::npos) {
      slice.has_end = false;
      end = text_.size();
    }
  } else {
    end = std::min(text_.find('{', at_), text_.size());
  }
  slice.text = text_.substr(at_, end - at_);
  MoveTo(end);
  return true;
}

}  // namespace litmill::parse
