// SPDX-License-Identifier: Apache-2.0
#include "parse/markup_fragment.h"

#include <pugixml.hpp>

#include <algorithm>
#include <string>
#include <utility>

#include "core/unicode.h"
#include "parse/markup_blocks.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

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

bool IsKnownHeading(std::string_view text) {
  text = TrimHeading(text);
  return std::any_of(std::begin(kHeadings), std::end(kHeadings),
                     [text](std::string_view h) { return SameHeading(text, h); });
}

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
