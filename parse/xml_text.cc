// SPDX-License-Identifier: Apache-2.0
#include "parse/xml_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace litmill::parse {
namespace {

// Appends text, folding white space across calls: a space waits until something follows it.
class FoldedText {
 public:
  explicit FoldedText(std::string& out) : out_(out) {}
  void Append(std::string_view text) {
    std::size_t begin = 0;
    while (begin < text.size()) {
      if (IsXmlSpace(text[begin])) {
        space_waits_ = true;
        ++begin;
        continue;
      }
      std::size_t end = begin + 1;
      while (end < text.size() && !IsXmlSpace(text[end])) ++end;
      // A single blank between two words is the rule: take the words in one piece.
      while (end + 1 < text.size() && text[end] == ' ' && !IsXmlSpace(text[end + 1])) {
        end += 2;
        while (end < text.size() && !IsXmlSpace(text[end])) ++end;
      }
      if (space_waits_ && !out_.empty()) out_ += ' ';
      space_waits_ = false;
      out_.append(text.substr(begin, end - begin));
      begin = end;
    }
  }
  void Space() { space_waits_ = true; }

 private:
  std::string& out_;
  bool space_waits_ = false;
};

std::string_view TrimSpace(std::string_view text) {
  while (!text.empty() && IsXmlSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsXmlSpace(text.back())) text.remove_suffix(1);
  return text;
}

// The high bit set where a byte of `word` is below 0x20 or is a space with a space in the next higher byte; neighbours
// can raise false alarms only.
constexpr std::uint64_t FoldingBits(std::uint64_t word) {
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  constexpr std::uint64_t kHigh = 0x8080808080808080ULL;
  const std::uint64_t control = (word - kOnes * 0x20) & ~word & kHigh;
  const std::uint64_t blank = word ^ (kOnes * 0x20);
  const std::uint64_t spaces = (blank - kOnes) & ~blank & kHigh;
  return control | (spaces & (spaces << 8U));
}

// True when `text` has a tab, a line end or two spaces in a row (or any other control character, to be cheap).
bool NeedsFolding(std::string_view text) {
  const char* const data = text.data();
  const std::size_t size = text.size();
  std::uint64_t word = 0;
  if (size < 8) {
    for (std::size_t i = 0; i < size; ++i)
      if (static_cast<unsigned char>(data[i]) < 0x20 || (data[i] == ' ' && i > 0 && data[i - 1] == ' ')) return true;
    return false;
  }
  // Words overlap by a byte, so that no pair of spaces falls between two, and the last one ends with the text.
  for (std::size_t i = 0; i + 8 < size; i += 7) {
    std::memcpy(&word, data + i, 8);
    if (FoldingBits(word) != 0) return true;
  }
  std::memcpy(&word, data + size - 8, 8);
  return FoldingBits(word) != 0;
}

bool IsText(pugi::xml_node_type type) { return type == pugi::node_pcdata || type == pugi::node_cdata; }

std::string_view LocalName(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

template <std::size_t N>
bool IsOneOf(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// MathML layouts whose parts stand apart on paper although nothing stands between them in the XML.
bool SeparatesItsChildren(std::string_view local_name) {
  static constexpr std::array<std::string_view, 8> kNames = {"mfrac",      "mroot",  "mtable", "mtr",
                                                             "mlabeledtr", "munder", "mover",  "munderover"};
  return IsOneOf(local_name, kNames);
}

bool IsMathRoot(std::string_view name) { return LocalName(name) == "math"; }

bool IsKnownInline(std::string_view name) {
  static constexpr std::array<std::string_view, 7> kNames = {"i", "b", "sup", "sub", "u", "DispFormula", "math"};
  return IsOneOf(name, kNames) || name.find(':') != std::string_view::npos;
}

// The elements of MathML that hold text. White space between the others is indentation: "<mi>Mg</mi>\n <mn>2</mn>" is
// "Mg2".
bool IsMathToken(std::string_view local_name) {
  static constexpr std::array<std::string_view, 5> kNames = {"mi", "mn", "mo", "mtext", "ms"};
  return IsOneOf(local_name, kNames);
}

pugi::xml_node PreviousElement(pugi::xml_node node) {
  do node = node.previous_sibling();
  while (node && node.type() != pugi::node_element);
  return node;
}

// Words of running text or function names ("sin"), but not the one or two letters of a variable or a chemical symbol.
bool IsWord(pugi::xml_node token) {
  const std::string_view name = LocalName(token.name());
  return name == "mtext" || name == "ms" || (name == "mi" && std::strlen(token.child_value()) > 2);
}

// A space goes before `node` when it is the second or a later part of such a layout, a number after a number, or a word
// beside another name or word.
bool NeedsSpaceBefore(pugi::xml_node node) {
  const pugi::xml_node before = PreviousElement(node);
  if (!before) return false;
  if (SeparatesItsChildren(LocalName(node.parent().name()))) return true;
  const std::string_view name = LocalName(node.name());
  const std::string_view name_before = LocalName(before.name());
  if (name == "mn") return name_before == "mn" || IsWord(before);
  const bool both_letters = (name == "mi" || IsWord(node)) && (name_before == "mi" || IsWord(before));
  return both_letters && (IsWord(node) || IsWord(before));
}

bool IsBlank(const char* text) {
  while (IsXmlSpace(*text)) ++text;
  return *text == '\0';
}

void EscapeInto(std::string& out, std::string_view text, bool attribute) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += attribute ? "&quot;" : "\"";
        break;
      default:
        out += c;
    }
  }
}

bool IsEmpty(pugi::xml_node element) { return *element.value() == '\0' && !element.first_child(); }

void OpenTagInto(std::string& out, pugi::xml_node node) {
  out += '<';
  out += node.name();
  for (pugi::xml_attribute a = node.first_attribute(); a; a = a.next_attribute()) {
    out += ' ';
    out += a.name();
    out += "=\"";
    EscapeInto(out, a.value(), true);
    out += '"';
  }
  out += IsEmpty(node) ? "/>" : ">";
}

void CloseTagInto(std::string& out, pugi::xml_node node) {
  if (IsEmpty(node)) return;
  out += "</";
  out += node.name();
  out += '>';
}

// The slow way, for mixed content. Not recursive: the input decides how deep it is. An element's text up to its first
// child is its own value (parse_embed_pcdata); other text is in nodes.
void WalkMixed(RecordContext& context, pugi::xml_node top, FoldedText& text, std::string* markup) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  std::size_t math_depth = 0;  // Depth of the math element we are in, 0 = in none.
  pugi::xml_node node = top;
  const auto leave = [&](pugi::xml_node element) {
    if (markup != nullptr) CloseTagInto(*markup, element);
    if (math_depth == depth) math_depth = 0;
    --depth;
  };
  const auto take_text = [&](const char* value, pugi::xml_node parent) {
    const bool is_indentation = math_depth != 0 && IsBlank(value) && !IsMathToken(LocalName(parent.name()));
    if (!is_indentation) text.Append(value);
    if (markup != nullptr) EscapeInto(*markup, value, false);
  };
  take_text(top.value(), top);
  while (true) {
    const pugi::xml_node child = node.first_child();
    if (child && (node == top || node.type() == pugi::node_element)) {
      node = child;
    } else {
      if (node == top) break;
      if (node.type() == pugi::node_element) leave(node);
      while (!node.next_sibling()) {
        node = node.parent();
        if (node == top) break;
        leave(node);
      }
      if (node == top) break;
      node = node.next_sibling();
    }
    const pugi::xml_node_type type = node.type();
    if (IsText(type)) {
      take_text(node.value(), node.parent());
    } else if (type == pugi::node_element) {
      deepest = std::max(deepest, ++depth);
      const std::string_view name = node.name();
      if (math_depth != 0) {
        if (NeedsSpaceBefore(node)) text.Space();
      } else if (IsMathRoot(name)) {
        math_depth = depth;
      } else if (!IsKnownInline(name)) {
        context.UnknownInlineElement(top.name(), node.name());
        // The blank between two elements that no DTD knows may have been dropped as indentation: better one too many.
        if (node.previous_sibling().type() == pugi::node_element) text.Space();
      }
      if (markup != nullptr) OpenTagInto(*markup, node);
      take_text(node.value(), node);
    }
  }
  context.NoteDepth(deepest);
}

// True when `element` holds nothing or one run of text: nearly always.
bool IsPlain(pugi::xml_node element, const char** text) {
  *text = element.value();
  const pugi::xml_node first = element.first_child();
  const pugi::xml_node_type type = first.type();
  if (type == pugi::node_null) return true;
  // A CDATA section is always a node.
  if (**text != '\0' || !IsText(type) || first.next_sibling().type() != pugi::node_null) return false;
  *text = first.value();
  return true;
}

bool HasElementInside(pugi::xml_node element) {
  for (pugi::xml_node c = element.first_child(); c; c = c.next_sibling())
    if (c.type() == pugi::node_element) return true;
  return false;
}

}  // namespace

std::string FoldSpace(std::string_view text) {
  text = TrimSpace(text);
  if (!NeedsFolding(text)) return std::string(text);
  std::string out;
  FoldedText(out).Append(text);
  return out;
}

std::string_view TextViewOf(RecordContext& context, pugi::xml_node element) {
  const char* plain = nullptr;
  if (IsPlain(element, &plain)) {
    const std::string_view text = TrimSpace(plain);
    if (!NeedsFolding(text)) return text;
  }
  return context.Keep(TextOf(context, element));
}

std::string TextOf(RecordContext& context, pugi::xml_node element) {
  const char* plain = nullptr;
  if (IsPlain(element, &plain)) return FoldSpace(plain);
  std::string out;
  FoldedText text(out);
  WalkMixed(context, element, text, nullptr);
  return out;
}

MarkedText MarkedTextOf(RecordContext& context, pugi::xml_node element) {
  MarkedText out;
  const char* plain = nullptr;
  if (IsPlain(element, &plain)) {
    out.text = FoldSpace(plain);
    return out;
  }
  FoldedText text(out.text);
  WalkMixed(context, element, text, HasElementInside(element) ? &out.markup : nullptr);
  return out;
}

}  // namespace litmill::parse
