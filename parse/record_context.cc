// SPDX-License-Identifier: Apache-2.0
#include "parse/record_context.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/unicode.h"

namespace litmill::parse {
namespace {

constexpr std::size_t kNamedAtMost = 5;
constexpr std::size_t kQuotedBytes = 40;

void AddOnce(std::vector<std::string>& names, std::string name) {
  if (names.size() < kNamedAtMost && std::find(names.begin(), names.end(), name) == names.end())
    names.push_back(std::move(name));
}

// Depth of the deepest element below `top`, walked without recursion because the input decides how deep it is.
std::size_t DepthBelow(pugi::xml_node top) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  pugi::xml_node node = top;
  while (true) {
    if (const pugi::xml_node child = node.first_child()) {
      node = child;
      deepest = std::max(deepest, ++depth);
      continue;
    }
    while (node != top && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (node == top) return deepest;
    node = node.next_sibling();
  }
}

}  // namespace

void RecordContext::Warn(std::string_view code, std::string message) {
  warnings_.push_back({Severity::kWarning, std::string(code), {}, std::move(message), position_});
}

void RecordContext::UnknownElement(const char* parent, pugi::xml_node element) {
  UnknownInlineElement(parent, element.name());
  NoteDepth(DepthBelow(element));
}

void RecordContext::UnknownInlineElement(const char* parent, const char* name) {
  ++unknown_count_;
  if (unknown_.size() < kNamedAtMost) AddOnce(unknown_, fmt::format("{}/{}", parent, name));
}

void RecordContext::StrayText(const char* parent, const char* text) {
  ++stray_count_;
  if (stray_.size() >= kNamedAtMost) return;
  std::string quoted(std::string_view(text).substr(0, kQuotedBytes));
  // The cut may fall inside a character.
  while (!quoted.empty() && FindInvalidUtf8(quoted) != std::string_view::npos) quoted.pop_back();
  AddOnce(stray_, fmt::format("{} (\"{}\")", parent, TrimAscii(quoted)));
}

void RecordContext::NoteDepth(std::size_t below) {
  // Every walk starts at most a dozen levels below the record, which the cap has room for.
  if (below > limits_.max_depth) too_deep_ = true;
}

std::vector<Problem> RecordContext::TakeWarnings(const std::string& source_id) {
  if (unknown_count_ > 0)
    Warn("unknown-element",
         fmt::format("{} element(s) unknown at their place were left out or kept as text only: {}{}", unknown_count_,
                     fmt::join(unknown_, ", "), unknown_count_ > unknown_.size() ? ", ..." : ""));
  if (stray_count_ > 0)
    Warn("stray-text", fmt::format("text was left out where PubMed's format has only elements: {}{}",
                                   fmt::join(stray_, ", "), stray_count_ > stray_.size() ? ", ..." : ""));
  for (Problem& warning : warnings_) warning.source_id = source_id;
  return std::move(warnings_);
}

}  // namespace litmill::parse
