// SPDX-License-Identifier: Apache-2.0
#include "search/source_map.h"

#include <algorithm>

#include "core/unicode.h"

namespace litmill::search {
namespace {

constexpr std::size_t kStep = 64;

void Advance(std::string_view text, std::size_t& offset, std::size_t& line, std::size_t& column) {
  if (text[offset] == '\n') {
    ++line;
    column = 1;
    ++offset;
    return;
  }
  offset += DecodeUtf8(text, offset).size;
  ++column;
}

}  // namespace

SourceMap::SourceMap(std::string_view text) : text_(text) {
  std::size_t line = 1;
  std::size_t column = 1;
  std::size_t next = 0;
  for (std::size_t offset = 0; offset < text.size();) {
    if (offset >= next) {
      marks_.push_back({offset, line, column});
      next = offset + kStep;
    }
    Advance(text, offset, line, column);
  }
  if (marks_.empty()) marks_.push_back({0, 1, 1});
}

Span SourceMap::Locate(std::size_t begin, std::size_t end) const {
  begin = std::min(begin, text_.size());
  const auto after = std::upper_bound(marks_.begin(), marks_.end(), begin,
                                      [](std::size_t offset, const Mark& mark) { return offset < mark.offset; });
  Mark mark = *(after == marks_.begin() ? after : after - 1);
  while (mark.offset < begin) Advance(text_, mark.offset, mark.line, mark.column);
  return Span{begin, std::clamp(end, begin, text_.size()), mark.line, mark.column};
}

}  // namespace litmill::search
