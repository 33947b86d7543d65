// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <pugixml.hpp>

#include <string>
#include <utility>

#include "core/unicode.h"
#include "parse/crossref_xml_item.h"
#include "parse/crossref_xml_record.h"
#include "parse/encoding.h"
#include "parse/json_answers.h"
#include "parse/json_reader.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

// `body` as UTF-8 by its declaration, or the reason why not. Bytes that are none stay.
Result<std::string> InUtf8(std::string_view body) {
  std::string text;
  const ByteSink sink = [&text](std::string_view bytes) -> Result<void> {
    text += bytes;
    return {};
  };
  Utf8Decoder decoder;
  LITMILL_CHECK(decoder.Feed(body, sink));
  LITMILL_CHECK(decoder.Finish(sink));
  return text;
}

// Every element below `root` in document order, without recursion; `visit(element)` says whether to go below it.
// False when one is nested too deep.
template <typename Visitor>
bool WalkElements(pugi::xml_node root, std::size_t max_depth, Visitor visit) {
  std::size_t depth = 0;
  pugi::xml_node node = root;
  while (node) {
    const bool goes_below = node.type() != pugi::node_element || visit(node);
    if (goes_below && node.first_child()) {
      node = node.first_child();
      if (++depth > max_depth) return false;
      continue;
    }
    while (node != root && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (node == root) break;
    node = node.next_sibling();
  }
  return true;
}

class AnswerReader {
 public:
  std::vector<Item> Read(pugi::xml_node document) {
    const bool is_shallow = WalkElements(document, limits_.max_depth, [](pugi::xml_node) { return true; });
    if (!is_shallow)
      return {
          AnswerProblem("too-deep", fmt::format("the answer of Crossref is nested deeper than {}", limits_.max_depth))};
    // Walked to an end: the depth was found to be sound.
    (void)WalkElements(document, limits_.max_depth, [this](pugi::xml_node node) { return Visit(node); });
    if (items_.empty() && !has_empty_list_)
      items_.emplace_back(AnswerProblem(
          "unexpected-answer",
          fmt::format("the answer holds no deposits of Crossref (UNIXREF or UNIXSD); it is XML of the root <{}>",
                      Excerpt(document.first_child().name()))));
    return std::move(items_);
  }

 private:
  bool Visit(pugi::xml_node node) {
    const std::string_view name = LocalName(node);
    if (name == "query") {
      query_ = node;
      // "unresolved", "multiresolved" and "malformed" queries have no deposit.
      const std::string_view status = node.attribute("status").value();
      if (!ChildNamed(node, "doi_record") && !status.empty() && status != "resolved") NotResolved(node, status);
      return true;
    }
    if (name == "doi_record") {
      ReadDeposit(node);
      return false;
    }
    if (name == "error" && LocalName(node.parent()) == "OAI-PMH") {
      const std::string_view code = node.attribute("code").value();
      if (code == "noRecordsMatch")
        has_empty_list_ = true;
      else
        items_.emplace_back(AnswerProblem(
            code == "idDoesNotExist" ? "not-found" : "error-answer",
            fmt::format("Crossref refused the request: {} {}", Excerpt(code), Excerpt(node.text().get()))));
    }
    if (name == "doi_records" && !ChildNamed(node, "doi_record")) has_empty_list_ = true;
    return true;
  }

  void NotResolved(pugi::xml_node query, std::string_view status) {
    const std::string doi = Excerpt(ChildNamed(query, "doi").text().get());
    const bool is_unknown = status == "unresolved";
    items_.emplace_back(
        AnswerProblem(is_unknown ? "not-found" : "error-answer",
                      fmt::format("Crossref {} \"{}\" ({})", is_unknown ? "does not know" : "refused the request for",
                                  doi, Excerpt(status))));
  }

  void ReadDeposit(pugi::xml_node deposit) {
    Position position;
    position.ordinal = ++ordinal_;
    const auto problem = [&](std::string code, std::string message) {
      items_.emplace_back(Problem{Severity::kError, std::move(code), {}, std::move(message), position});
    };
    pugi::xml_node crossref = ChildNamed(deposit, "crossref");
    if (!crossref) crossref = deposit;
    if (const pugi::xml_node error = ChildNamed(crossref, "error"))
      return problem("not-found", fmt::format("Crossref has no deposit: {}", Excerpt(error.text().get())));
    RecordContext context(limits_, position);
    JsonRecord fields(context);
    Record record;
    const pugi::xml_node query = query_ && query_ == deposit.parent() ? query_ : pugi::xml_node();
    if (!ReadCrossrefXmlRecord(crossref, query, deposit.attribute("timestamp").value(), fields, record))
      return problem("no-doi", fmt::format("deposit {} of the answer has no DOI (or one that is none), so it cannot be "
                                           "stored",
                                           ordinal_));
    if (context.too_deep())
      return problem("too-deep",
                     fmt::format("{}: its markup is nested deeper than {}", record.source_id, limits_.max_depth));
    items_.emplace_back(fields.Finish(std::move(record), position));
  }

  const Limits limits_{};
  std::vector<Item> items_;
  pugi::xml_node query_;
  std::uint64_t ordinal_ = 0;
  bool has_empty_list_ = false;
};

// What a body is that cannot be Crossref's XML at all.
std::optional<Problem> NotXml(std::string_view text) {
  if (text.empty()) return AnswerProblem("empty-answer", "the answer of Crossref is empty");
  const std::string head = AsciiLower(text.substr(0, 200));
  if (head.starts_with("resource not found"))
    return AnswerProblem("not-found",
                         "the answer of Crossref says that it does not know this identifier (\"Resource not found.\")");
  if (head.starts_with("<!doctype html") || head.starts_with("<html"))
    return AnswerProblem("html-answer",
                         fmt::format("the answer of Crossref is a page, not its XML: {}", Excerpt(text)));
  if (text.front() != '<')
    return AnswerProblem("text-answer", fmt::format("the answer of Crossref is no XML but says: {}", Excerpt(text)));
  return std::nullopt;
}

}  // namespace

std::vector<Item> ParseCrossrefXml(std::string_view body) {
  const Result<std::string> decoded = InUtf8(body);
  if (!decoded)
    return {
        AnswerProblem("broken-xml", fmt::format("the answer of Crossref cannot be read: {}", decoded.error().message))};
  const std::string text = ReplaceInvalidUtf8(*decoded);
  const std::string_view trimmed = TrimAscii(text);
  if (auto problem = NotXml(trimmed)) return {*std::move(problem)};
  pugi::xml_document document;
  const pugi::xml_parse_result result = document.load_buffer(
      trimmed.data(), trimmed.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  if (!result)
    return {AnswerProblem(
        "broken-xml", fmt::format("the answer of Crossref ({} bytes) is XML that was cut or damaged at byte {} ({}); "
                                  "it begins: {}",
                                  body.size(), result.offset, result.description(), Excerpt(trimmed)))};
  std::vector<Item> items = AnswerReader().Read(document);
  WarnOfInvalidUtf8(*decoded, items);
  return items;
}

}  // namespace litmill::parse
