// SPDX-License-Identifier: Apache-2.0
// The objects of a JSON file one by one, without reading the file as a whole: a damaged or cut object costs itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace litmill::parse {

struct JsonSlice {
  std::string_view text;
  std::uint64_t line = 1;
  std::size_t offset_bytes = 0;
  bool is_object = false;  ///< Else what stands between the objects of the list.
  bool has_end = true;     ///< false: the file ends inside it.
};

/// The elements of an array, of the array under "items" of an object, or objects one after another.
class JsonSlicer {
 public:
  explicit JsonSlicer(std::string_view text);

  /// False at the end. Commas, brackets and white space between objects are passed over.
  [[nodiscard]] bool Next(JsonSlice& slice);

 private:
  void MoveTo(std::size_t at);

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
};

}  // namespace litmill::parse
