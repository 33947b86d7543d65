// SPDX-License-Identifier: Apache-2.0
// Plain text as a Record, so that text from anywhere can be tagged.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/record.h"

namespace litmill::app {

/// A first paragraph of at most this many bytes that others follow is a title.
inline constexpr std::size_t kMaxPlainTitleBytes = 300;

struct PlainText {
  Record record;
  bool is_repaired = false;  ///< Bytes that are not UTF-8 were replaced by U+FFFD.
};

/// Paragraphs are parted by blank lines. A short first one before others is the title, the others are sections of the
/// abstract without labels. White space and control characters inside a paragraph become one space. Text without any
/// word gives a record without title and sections.
[[nodiscard]] PlainText ReadPlainText(std::string_view text);

}  // namespace litmill::app
