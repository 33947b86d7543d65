// SPDX-License-Identifier: Apache-2.0
#include "parse/markup_blocks.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "core/unicode.h"
#include "parse/character_reference.h"

namespace litmill::parse {
namespace {

enum class TagKind { kUnknown, kInline, kTransparent, kMath, kBlock, kHeading, kSection, kTex };

struct KnownTag {
  std::string_view name;  // Local name, lower case.
  TagKind kind;
  std::string_view becomes;  // Of inline tags: PubMed's name for it.
};

constexpr KnownTag kTags[] = {
    {"i", TagKind::kInline, "i"},     {"italic", TagKind::kInline, "i"},    {"em", TagKind::kInline, "i"},
    {"b", TagKind::kInline, "b"},     {"bold", TagKind::kInline, "b"},      {"strong", TagKind::kInline, "b"},
    {"sup", TagKind::kInline, "sup"}, {"sub", TagKind::kInline, "sub"},     {"inf", TagKind::kInline, "sub"},
    {"u", TagKind::kInline, "u"},     {"underline", TagKind::kInline, "u"}, {"title", TagKind::kHeading, {}},
    {"h1", TagKind::kHeading, {}},    {"h2", TagKind::kHeading, {}},        {"h3", TagKind::kHeading, {}},
    {"h4", TagKind::kHeading, {}},    {"h5", TagKind::kHeading, {}},        {"h6", TagKind::kHeading, {}},
    {"sec", TagKind::kSection, {}},   {"section", TagKind::kSection, {}},   {"tex-math", TagKind::kTex, {}},
    {"tex", TagKind::kTex, {}},       {"annotation", TagKind::kTex, {}},    {"annotation-xml", TagKind::kTex, {}},
};

constexpr std::string_view kBlocks[] = {"abstract",
                                        "trans-abstract",
                                        "p",
                                        "div",
                                        "br",
                                        "break",
                                        "hr",
                                        "list",
                                        "list-item",
                                        "ul",
                                        "ol",
                                        "li",
                                        "dl",
                                        "dt",
                                        "dd",
                                        "def-list",
                                        "def-item",
                                        "def",
                                        "table",
                                        "thead",
                                        "tbody",
                                        "tr",
                                        "td",
                                        "th",
                                        "caption",
                                        "table-wrap",
                                        "fig",
                                        "disp-formula",
                                        "disp-quote",
                                        "blockquote",
                                        "label",
                                        "boxed-text",
                                        "statement",
                                        "verse-group",
                                        "verse-line",
                                        "supplementary-material",
                                        "disp-formula-group",
                                        "pre",
                                        "article-title"};

constexpr std::string_view kTransparent[] = {"sc",
                                             "small-caps",
                                             "scp",
                                             "tt",
                                             "monospace",
                                             "span",
                                             "font",
                                             "a",
                                             "ext-link",
                                             "xref",
                                             "email",
                                             "uri",
                                             "named-content",
                                             "styled-content",
                                             "strike",
                                             "s",
                                             "inline-formula",
                                             "del",
                                             "ins",
                                             "small",
                                             "big",
                                             "roman",
                                             "sans-serif",
                                             "overline",
                                             "abbrev",
                                             "target",
                                             "graphic",
                                             "alternatives",
                                             "inline-graphic",
                                             "fn",
                                             "related-article",
                                             "nobr",
                                             "code",
                                             "cite",
                                             "q",
                                             "center",
                                             "private-char",
                                             "named-anchor",
                                             "bold-italic",
                                             "img",
                                             "institution",
                                             "chem-struct",
                                             "x",
                                             "term",
                                             "inline-supplementary-material",
                                             "col",
                                             "colgroup",
                                             "formula"};

constexpr std::string_view kMath[] = {
    "math",     "mi",       "mn",    "mo",         "mrow",      "msup",       "msub",        "msubsup",       "mfrac",
    "mtext",    "msqrt",    "mroot", "mover",      "munder",    "munderover", "mfenced",     "mspace",        "mstyle",
    "mtable",   "mtr",      "mtd",   "mlabeledtr", "semantics", "none",       "mprescripts", "mmultiscripts", "mpadded",
    "mphantom", "menclose", "ms",    "merror",     "maction"};

template <std::size_t N>
bool Has(const std::string_view (&names)[N], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

struct Tag {
  TagKind kind = TagKind::kUnknown;
  std::string name;  // As it goes into the XML, for inline and math.
  bool closes = false;
  bool empty = false;
  std::size_t size = 0;  // Bytes from '<' to '>'.
};

bool IsNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':';
}
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

TagKind KindOf(std::string_view local, bool has_prefix, std::string& becomes) {
  for (const KnownTag& tag : kTags) {
    if (tag.name != local) continue;
    becomes = std::string(tag.becomes);
    return tag.kind;
  }
  if (Has(kMath, local)) {
    becomes = std::string(local);
    return TagKind::kMath;
  }
  if (Has(kBlocks, local)) return TagKind::kBlock;
  if (Has(kTransparent, local) || has_prefix) return TagKind::kTransparent;
  return TagKind::kUnknown;
}

// End of the attributes that begin at `at` (the place of ">" or "/>"), or npos when that is no list of attributes:
// "<a and b>" is text.
std::size_t SkipAttributes(std::string_view text, std::size_t at) {
  while (true) {
    const std::size_t before = at;
    while (at < text.size() && IsXmlSpace(text[at])) ++at;
    if (at >= text.size()) return std::string_view::npos;
    if (text[at] == '>' || (text[at] == '/' && at + 1 < text.size() && text[at + 1] == '>')) return at;
    if (at == before) return std::string_view::npos;
    const std::size_t name = at;
    while (at < text.size() && IsNameByte(text[at])) ++at;
    if (at == name || at + 1 >= text.size() || text[at] != '=') return std::string_view::npos;
    const char quote = text[at + 1];
    if (quote == '"' || quote == '\'') {
      at = text.find(quote, at + 2);
      if (at == std::string_view::npos) return at;
      ++at;
    } else {
      ++at;
      while (at < text.size() && !IsXmlSpace(text[at]) && text[at] != '>') ++at;
    }
  }
}

// The tag that begins at text[0] == '<', or nothing when that is a less-than sign.
std::optional<Tag> ReadTag(RecordContext& context, std::string_view text) {
  Tag tag;
  std::size_t at = 1;
  if (at < text.size() && text[at] == '/') {
    tag.closes = true;
    ++at;
  }
  if (at >= text.size() || !IsLetter(text[at])) return std::nullopt;
  const std::size_t name_begin = at;
  while (at < text.size() && IsNameByte(text[at])) ++at;
  const std::string name = AsciiLower(text.substr(name_begin, at - name_begin));
  const std::size_t end = SkipAttributes(text, at);
  if (end == std::string_view::npos) return std::nullopt;
  tag.empty = text[end] == '/';
  tag.size = end + (tag.empty ? 2 : 1);
  const std::size_t colon = name.find(':');
  const bool has_prefix = colon != std::string::npos;
  const std::string local = has_prefix ? name.substr(colon + 1) : name;
  tag.kind = KindOf(local, has_prefix, tag.name);
  if (tag.kind == TagKind::kUnknown) return std::nullopt;
  if (tag.kind == TagKind::kTransparent && has_prefix && !Has(kTransparent, local) && !tag.closes)
    context.UnknownInlineElement("text", name.c_str());
  return tag;
}

void EscapeInto(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (static_cast<unsigned char>(c) < 0x20 && !IsXmlSpace(c))
      out += "\xEF\xBF\xBD";  // XML has no such character.
    else
      out += c;
  }
}

// Tags that were escaped as text ("&lt;i&gt;", "&amp;lt;jats:p&amp;gt;") as tags again; other references stay.
std::string RestoreEscapedTags(RecordContext& context, std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t opening = 0;
    if (text.substr(at).starts_with("&lt;")) opening = 4;
    if (text.substr(at).starts_with("&amp;lt;")) opening = 8;
    if (opening != 0) {
      const std::string_view closing_mark = opening == 4 ? "&gt;" : "&amp;gt;";
      const std::string_view window = text.substr(at + opening, 80);
      const std::size_t closing = window.find(closing_mark);
      if (closing != std::string_view::npos) {
        const std::string candidate = "<" + std::string(window.substr(0, closing)) + ">";
        const auto tag = ReadTag(context, candidate);
        if (tag && tag->size == candidate.size()) {
          out += candidate;
          at += opening + closing + closing_mark.size();
          continue;
        }
      }
    }
    out += text[at++];
  }
  return out;
}

// Cuts a fragment into blocks of well-formed XML.
class Splitter {
 public:
  Splitter(RecordContext& context, bool has_math) : context_(context), has_math_(has_math) {}

  std::vector<Block> Split(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
      if (text[at] != '<') {
        const std::size_t end = std::min(text.find('<', at), text.size());
        TakeText(text.substr(at, end - at));
        at = end;
      } else if (const std::size_t skipped = SkipSpecial(text.substr(at)); skipped != 0) {
        at += skipped;
      } else if (const auto tag = ReadTag(context_, text.substr(at))) {
        TakeTag(*tag);
        at += tag->size;
      } else {
        TakeText("<");
        ++at;
      }
    }
    Flush();
    return std::move(blocks_);
  }

 private:
  void TakeText(std::string_view text) {
    if (tex_depth_ == 0) EscapeInto(current_, DecodeReferences(text));
  }

  // A comment, a CDATA section or a processing instruction.
  std::size_t SkipSpecial(std::string_view text) {
    const auto skip = [&](std::string_view begin, std::string_view end, bool is_text, bool& has_end) -> std::size_t {
      if (!has_end || !text.starts_with(begin)) return 0;
      const std::size_t found = text.find(end, begin.size());
      has_end = found != std::string_view::npos;  // Looked for once: a thousand beginnings must not cost the square.
      if (!has_end) return 0;
      if (is_text) EscapeInto(current_, text.substr(begin.size(), found - begin.size()));
      return found + end.size();
    };
    if (const std::size_t n = skip("<!--", "-->", false, has_comment_end_)) return n;
    if (const std::size_t n = skip("<![CDATA[", "]]>", true, has_cdata_end_)) return n;
    return skip("<?", "?>", false, has_instruction_end_);
  }

  void TakeTag(const Tag& tag) {
    switch (tag.kind) {
      case TagKind::kInline:
      case TagKind::kMath:
        TakeInline(tag);
        break;
      case TagKind::kTex:  // The same formula a second time, where there is MathML.
        if (has_math_ && !tag.empty) {
          if (!tag.closes)
            ++tex_depth_;
          else if (tex_depth_ > 0)
            --tex_depth_;
        }
        break;
      case TagKind::kHeading:
        Flush();
        in_heading_ = !tag.closes && !tag.empty;
        break;
      case TagKind::kSection:
        Flush();
        if (tag.closes) blocks_.push_back({Block::Kind::kSectionEnd, {}});
        break;
      case TagKind::kBlock:
        Flush();
        break;
      case TagKind::kTransparent:
      case TagKind::kUnknown:
        break;
    }
  }

  void TakeInline(const Tag& tag) {
    if (tex_depth_ != 0) return;
    if (tag.empty) {
      if (tag.kind == TagKind::kMath) current_ += "<" + tag.name + "/>";
      return;
    }
    if (!tag.closes) {
      if (open_.size() >= context_.limits().max_depth) {
        context_.NoteDepth(open_.size() + 1);
        return;
      }
      open_.push_back(tag.name);
      current_ += "<" + tag.name + ">";
      return;
    }
    const auto found = std::find(open_.rbegin(), open_.rend(), tag.name);
    if (found == open_.rend()) return;  // An end without a beginning.
    const auto keep = static_cast<std::size_t>(std::distance(found, open_.rend())) - 1;
    CloseDownTo(keep);
  }

  void CloseDownTo(std::size_t keep) {
    while (open_.size() > keep) {
      current_ += "</" + open_.back() + ">";
      open_.pop_back();
    }
  }

  void Flush() {
    CloseDownTo(0);
    if (!IsBlank(current_))
      blocks_.push_back({in_heading_ ? Block::Kind::kHeading : Block::Kind::kText, std::move(current_)});
    current_.clear();
    in_heading_ = false;
  }

  RecordContext& context_;
  bool has_math_;
  std::vector<Block> blocks_;
  std::string current_;
  std::vector<std::string> open_;
  std::size_t tex_depth_ = 0;
  bool in_heading_ = false;
  bool has_comment_end_ = true;
  bool has_cdata_end_ = true;
  bool has_instruction_end_ = true;
};

}  // namespace

bool IsBlank(std::string_view xml) { return std::all_of(xml.begin(), xml.end(), IsXmlSpace); }

std::vector<Block> BlocksOf(RecordContext& context, std::string_view fragment) {
  const std::string text = RestoreEscapedTags(context, fragment);
  const bool has_math = text.find("math>") != std::string::npos && text.find("</") != std::string::npos &&
                        (text.find(":math>") != std::string::npos || text.find("</math>") != std::string::npos);
  return Splitter(context, has_math).Split(text);
}

}  // namespace litmill::parse
