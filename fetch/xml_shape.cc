// SPDX-License-Identifier: Apache-2.0
#include "fetch/xml_shape.h"

#include <fmt/format.h>

#include <vector>

#include "core/unicode.h"

namespace litmill::fetch {
namespace {

constexpr std::size_t kMaxDepth = 1'000;
constexpr std::string_view kSpace = " \t\r\n";
constexpr std::size_t kNone = std::string_view::npos;

bool IsNameStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
         static_cast<unsigned char>(c) >= 0x80;
}

class Inspector {
 public:
  explicit Inspector(std::string_view text) : text_(text) {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;
  }

  XmlShape Run() {
    at_ = SkipSpace(at_);
    shape_.is_xml = at_ < text_.size() && text_[at_] == '<';
    if (!shape_.is_xml) {
      shape_.problem = "no XML";
      return shape_;
    }
    while (at_ < text_.size()) {
      const std::size_t markup = text_.find('<', at_);
      const std::string_view between = text_.substr(at_, markup == kNone ? kNone : markup - at_);
      if (open_.empty() && between.find_first_not_of(kSpace) != kNone) return Stop("text outside the root element");
      if (markup == kNone) break;
      at_ = markup;
      if (!Markup()) return shape_;
    }
    if (!open_.empty()) return Stop(fmt::format("the document ends inside <{}>", open_.back()));
    if (shape_.root.empty()) return Stop("no root element");
    shape_.complete = true;
    return shape_;
  }

 private:
  [[nodiscard]] std::size_t SkipSpace(std::size_t from) const {
    const std::size_t found = text_.find_first_not_of(kSpace, from);
    return found == kNone ? text_.size() : found;
  }
  XmlShape Stop(std::string problem) {
    shape_.problem = std::move(problem);
    return shape_;
  }
  bool Bad(std::string_view what) {
    shape_.problem = fmt::format("{} at byte {}", what, at_);
    return false;
  }
  bool SkipPast(std::string_view end) {
    const std::size_t found = text_.find(end, at_);
    if (found == kNone) return Bad("the document ends inside markup");
    at_ = found + end.size();
    return true;
  }

  bool Markup() {
    const std::string_view rest = text_.substr(at_);
    if (rest.substr(0, 4) == "<!--") {
      at_ += 4;
      return SkipPast("-->");
    }
    if (rest.substr(0, 9) == "<![CDATA[") return open_.empty() ? Bad("text outside the root element") : SkipPast("]]>");
    if (rest.substr(0, 2) == "<?") return SkipPast("?>");
    if (rest.substr(0, 2) == "<!") return Declaration();
    if (rest.substr(0, 2) == "</") return EndTag();
    return StartTag();
  }

  /// <!DOCTYPE ...>, with quoted strings and an internal subset stepped over, nothing of it read.
  bool Declaration() {
    int brackets = 0;
    for (std::size_t i = at_ + 2; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '"' || c == '\'') {
        i = text_.find(c, i + 1);
        if (i == kNone) break;
      } else if (c == '[') {
        ++brackets;
      } else if (c == ']') {
        --brackets;
      } else if (c == '>' && brackets <= 0) {
        at_ = i + 1;
        return true;
      }
    }
    return Bad("the document ends inside a declaration");
  }

  bool EndTag() {
    const std::size_t end = text_.find('>', at_);
    if (end == kNone) return Bad("the document ends inside a tag");
    std::string_view name = text_.substr(at_ + 2, end - at_ - 2);
    name = name.substr(0, name.find_last_not_of(kSpace) + 1);
    if (open_.empty() || open_.back() != name) return Bad("an end tag without its start tag");
    open_.pop_back();
    at_ = end + 1;
    return true;
  }

  bool StartTag() {
    std::size_t i = at_ + 1;
    if (i >= text_.size()) return Bad("the document ends inside a tag");
    if (!IsNameStart(text_[i])) return Bad("a \"<\" that starts no tag");
    const std::size_t name_end = text_.find_first_of(" \t\r\n/><", i);
    if (name_end == kNone) return Bad("the document ends inside a tag");
    const std::string_view name = text_.substr(i, name_end - i);
    for (i = name_end; i < text_.size() && text_[i] != '>'; ++i) {
      if (text_[i] == '<') return Bad("a \"<\" inside a tag");
      if (text_[i] != '"' && text_[i] != '\'') continue;
      i = text_.find(text_[i], i + 1);
      if (i == kNone) break;
    }
    if (i >= text_.size()) return Bad("the document ends inside a tag");
    if (open_.empty() && !shape_.root.empty()) return Bad("a second root element");
    if (shape_.root.empty()) shape_.root = name;
    const bool empty_element = text_[i - 1] == '/';
    at_ = i + 1;
    if (open_.size() < 2 && shape_.error_text.empty() && (name == "ERROR" || name == "error") && !empty_element)
      shape_.error_text = TrimAscii(text_.substr(at_, text_.find('<', at_) - at_));
    if (empty_element) return true;
    if (open_.size() >= kMaxDepth) return Bad("elements nested too deep");
    open_.push_back(name);
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::string_view> open_;
  XmlShape shape_;
};

}  // namespace

XmlShape InspectXml(std::string_view text) { return Inspector(text).Run(); }

}  // namespace litmill::fetch
