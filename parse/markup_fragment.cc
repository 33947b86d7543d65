// SPDX-License-Identifier: Apache-2.0
#include "parse/markup_fragment.h"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "core/unicode.h"
#include "parse/character_reference.h"
#include "parse/xml_text.h"

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

struct Block {
  enum class Kind { kText, kHeading, kSectionEnd };
  Kind kind = Kind::kText;
  std::string xml;  // Well-formed: only i, b, sup, sub, u and MathML inside.
};

bool IsBlank(std::string_view xml) { return std::all_of(xml.begin(), xml.end(), IsXmlSpace); }

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

std::vector<Block> BlocksOf(RecordContext& context, std::string_view fragment) {
  const std::string text = RestoreEscapedTags(context, fragment);
  const bool has_math = text.find("math>") != std::string::npos && text.find("</") != std::string::npos &&
                        (text.find(":math>") != std::string::npos || text.find("</math>") != std::string::npos);
  return Splitter(context, has_math).Split(text);
}

MarkedText Read(RecordContext& context, const std::string& xml) {
  if (xml.find_first_of("<&") == std::string::npos) return {FoldSpace(xml), {}};
  pugi::xml_document document;
  const std::string wrapped = "<t>" + xml + "</t>";
  const pugi::xml_parse_result result =
      document.load_buffer(wrapped.data(), wrapped.size(),
                           pugi::parse_default | pugi::parse_embed_pcdata | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  if (!result) return {FoldSpace(xml), {}};  // Cannot be: the splitter writes it well-formed.
  return MarkedTextOf(context, document.document_element());
}

// Headings of structured abstracts, longest first where one begins another.
constexpr std::string_view kHeadings[] = {"Background and objectives",
                                          "Background and aims",
                                          "Background and purpose",
                                          "Background",
                                          "Introduction",
                                          "Objectives",
                                          "Objective",
                                          "Purpose",
                                          "Aims",
                                          "Aim",
                                          "Materials and methods",
                                          "Material and methods",
                                          "Patients and methods",
                                          "Methods and results",
                                          "Methods",
                                          "Method",
                                          "Methodology",
                                          "Study design",
                                          "Design",
                                          "Setting",
                                          "Participants",
                                          "Patients",
                                          "Interventions",
                                          "Intervention",
                                          "Main outcome measures",
                                          "Main results",
                                          "Results",
                                          "Findings",
                                          "Discussion",
                                          "Conclusions",
                                          "Conclusion",
                                          "Interpretation",
                                          "Significance",
                                          "Funding",
                                          "Trial registration"};

constexpr int kMostGlued = 40;  // No abstract has more sections.

bool SameHeading(std::string_view text, std::string_view heading) { return AsciiLower(text) == AsciiLower(heading); }

std::string_view TrimHeading(std::string_view text) {
  text = TrimAscii(text);
  while (!text.empty() && (text.back() == ':' || text.back() == '.')) text.remove_suffix(1);
  return TrimAscii(text);
}

bool IsKnownHeading(std::string_view text) {
  text = TrimHeading(text);
  return std::any_of(std::begin(kHeadings), std::end(kHeadings),
                     [text](std::string_view h) { return SameHeading(text, h); });
}

// "<b>Background:</b> Magnesium ...": takes the heading off `xml`.
std::string TakeBoldHeading(std::string& xml) {
  const std::size_t begin = xml.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos || xml.compare(begin, 3, "<b>") != 0) return {};
  const std::size_t end = xml.find("</b>", begin);
  if (end == std::string::npos) return {};
  std::string heading = xml.substr(begin + 3, end - begin - 3);
  if (heading.find('<') != std::string::npos || !IsKnownHeading(heading)) return {};
  std::size_t rest = xml.find_first_not_of(" \t\r\n", end + 4);
  if (rest != std::string::npos && xml[rest] == ':') ++rest;
  xml = rest == std::string::npos ? std::string() : xml.substr(rest);
  return std::string(TrimHeading(heading));
}

// "BackgroundMagnesium is ...": a known heading with its capital, and right after it a word with its own. Also all in
// capitals ("BACKGROUNDMagnesium").
std::size_t GluedHeadingSize(std::string_view text) {
  for (const std::string_view heading : kHeadings) {
    if (text.size() < heading.size() + 2 || !SameHeading(text.substr(0, heading.size()), heading)) continue;
    const char first = text[heading.size()];
    const char second = text[heading.size() + 1];
    const bool starts_word = first >= 'A' && first <= 'Z' && (second == ' ' || (second >= 'a' && second <= 'z'));
    if (starts_word && text.front() >= 'A' && text.front() <= 'Z') return heading.size();
  }
  return 0;
}

class SectionBuilder {
 public:
  explicit SectionBuilder(RecordContext& context) : context_(context) {}

  void Heading(const std::string& xml) {
    const std::string label = Read(context_, xml).text;
    const bool is_first = sections_.empty() && body_.empty() && label_.empty();
    if (is_first && SameHeading(TrimHeading(label), "abstract")) return;
    Begin(std::string(TrimHeading(label)));
  }

  void Text(std::string xml) {
    if (std::string heading = TakeBoldHeading(xml); !heading.empty()) Begin(std::move(heading));
    const std::size_t begin = std::min(xml.find_first_not_of(" \t\r\n"), xml.size());
    if (const std::size_t size = GluedHeadingSize(std::string_view(xml).substr(begin)); size != 0) {
      has_glued_ = true;
      Begin(xml.substr(begin, size));
      xml = xml.substr(begin + size);
    }
    // Once one heading was glued, the others in the same block are too: "... in rats.MethodsRats were fed".
    for (int splits = 0; has_glued_ && splits < kMostGlued; ++splits) {
      const auto [at, size] = NextGlued(xml);
      if (size == 0) break;
      Append(xml.substr(0, at));
      Begin(xml.substr(at, size));
      xml = xml.substr(at + size);
    }
    Append(xml);
  }

  void Begin(std::string label) {
    if (!body_.empty() || !label_.empty())
      sections_.push_back({std::move(label_), {}, Read(context_, std::exchange(body_, {}))});
    label_ = std::move(label);
  }

  std::vector<AbstractSection> Finish() {
    Begin({});
    return std::move(sections_);
  }

 private:
  void Append(const std::string& xml) {
    if (IsBlank(xml)) return;
    if (!body_.empty()) body_ += ' ';
    body_ += xml;
  }

  // A glued heading after the end of a sentence, outside inline tags.
  static std::pair<std::size_t, std::size_t> NextGlued(std::string_view xml) {
    int depth = 0;
    for (std::size_t i = 0; i < xml.size(); ++i) {
      if (xml[i] == '<') depth += xml.substr(i, 2) == "</" ? -1 : 1;
      if (xml[i] != '.' || depth != 0) continue;
      const std::size_t at = std::min(xml.find_first_not_of(" \t\r\n", i + 1), xml.size());
      if (const std::size_t size = GluedHeadingSize(xml.substr(at)); size != 0) return {at, size};
    }
    return {0, 0};
  }

  RecordContext& context_;
  std::vector<AbstractSection> sections_;
  std::string label_, body_;
  bool has_glued_ = false;
};

}  // namespace

MarkedText TextOfFragment(RecordContext& context, std::string_view fragment) {
  std::string xml;
  for (const Block& block : BlocksOf(context, fragment)) {
    if (block.kind == Block::Kind::kSectionEnd) continue;
    if (!xml.empty()) xml += ' ';
    xml += block.xml;
  }
  return Read(context, xml);
}

std::vector<AbstractSection> SectionsOfFragment(RecordContext& context, std::string_view fragment) {
  SectionBuilder builder(context);
  for (Block& block : BlocksOf(context, fragment)) {
    switch (block.kind) {
      case Block::Kind::kHeading:
        builder.Heading(block.xml);
        break;
      case Block::Kind::kSectionEnd:
        builder.Begin({});
        break;
      case Block::Kind::kText:
        builder.Text(std::move(block.xml));
        break;
    }
  }
  return builder.Finish();
}

}  // namespace litmill::parse
