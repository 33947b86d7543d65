// SPDX-License-Identifier: Apache-2.0
#include "parse/crossref_xml_item.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/identifiers.h"
#include "parse/markup_fragment.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

// The elements that describe something with a DOI, the most particular first: of an article in an issue of a journal
// the record is the article, though all three have DOIs.
struct ItemElement {
  std::string_view element;
  std::string_view type;  // Crossref's JSON name for it; of books and their parts an attribute says more.
};
constexpr ItemElement kItems[] = {
    {"journal_article", "journal-article"},
    {"conference_paper", "proceedings-article"},
    {"content_item", "book-chapter"},
    {"dataset", "dataset"},
    {"posted_content", "posted-content"},
    {"peer_review", "peer-review"},
    {"dissertation", "dissertation"},
    {"pending_publication", "journal-article"},
    {"report-paper_metadata", "report"},
    {"standard_metadata", "standard"},
    {"book_metadata", "book"},
    {"book_series_metadata", "book"},
    {"book_set_metadata", "book"},
    {"report-paper_series_metadata", "report"},
    {"proceedings_metadata", "proceedings"},
    {"proceedings_series_metadata", "proceedings"},
    {"database_metadata", "database"},
    {"journal_issue", "journal-issue"},
    {"journal_metadata", "journal"},
    {"series_metadata", "book-series"},
    {"set_metadata", "book-set"},
    {"component", "component"},
    {"grant", "grant"},
};

struct StringWriter : pugi::xml_writer {
  std::string out;
  void write(const void* data, std::size_t size) override { out.append(static_cast<const char*>(data), size); }
};

struct WorkElement {
  pugi::xml_node node;
  const ItemElement* element = nullptr;
  std::size_t rank = std::size(kItems);
};

// The element whose DOI was asked for, else the most particular one.
void FindItem(pugi::xml_node parent, const std::string& wanted, int levels, WorkElement& best) {
  for (const pugi::xml_node child : parent.children()) {
    const std::string_view name = LocalName(child);
    if (!IsElement(child) || name == "citation_list" || name == "contributors") continue;
    const auto* const known =
        std::find_if(std::begin(kItems), std::end(kItems), [name](const ItemElement& e) { return e.element == name; });
    if (known != std::end(kItems)) {
      const auto doi = NormaliseDoi(CrossrefDoiOf(child));
      const bool is_wanted = doi && *doi == wanted;
      // One place before all others.
      const std::size_t rank = is_wanted ? 0 : static_cast<std::size_t>(std::distance(std::begin(kItems), known)) + 1;
      if (doi && (best.element == nullptr || rank < best.rank)) best = {child, known, rank};
    }
    if (levels > 0) FindItem(child, wanted, levels - 1, best);
  }
}

std::string TypeOf(const WorkElement& item) {
  const std::string_view element = item.element->element;
  if (element == "content_item") {
    if (item.node.parent() && LocalName(item.node.parent()).starts_with("report")) return "report";
    const std::string_view kind = item.node.attribute("component_type").value();
    if (kind == "section" || kind == "part" || kind == "track") return "book-" + std::string(kind);
    if (kind == "reference_entry") return "reference-entry";
  }
  if (element.starts_with("book_")) {
    const std::string_view kind = item.node.parent().attribute("book_type").value();
    if (kind == "edited_book") return "edited-book";
    if (kind == "monograph") return "monograph";
    if (kind == "reference") return "reference-book";
  }
  return std::string(item.element->type);
}

}  // namespace

std::string_view LocalName(pugi::xml_node node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node ChildNamed(pugi::xml_node node, std::string_view local_name) {
  for (const pugi::xml_node child : node.children())
    if (IsElement(child) && LocalName(child) == local_name) return child;
  return {};
}

std::vector<pugi::xml_node> ChildrenNamed(pugi::xml_node node, std::string_view name) {
  std::vector<pugi::xml_node> found;
  for (const pugi::xml_node child : node.children())
    if (IsElement(child) && LocalName(child) == name) found.push_back(child);
  return found;
}

std::string InnerXml(pugi::xml_node node) {
  StringWriter writer;
  for (const pugi::xml_node child : node.children())
    child.print(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  return std::move(writer.out);
}

MarkedText MarkedOf(JsonRecord& fields, pugi::xml_node node) {
  return TextOfFragment(fields.context(), InnerXml(node));
}

std::string AttributeOf(JsonRecord& fields, pugi::xml_node node, const char* name) {
  return FoldSpace(fields.Clean(node.attribute(name).value()));
}

std::string CrossrefDoiOf(pugi::xml_node item) {
  return FoldSpace(ChildNamed(ChildNamed(item, "doi_data"), "doi").text().get());
}

CrossrefItem FindCrossrefItem(pugi::xml_node crossref, const std::string& wanted) {
  constexpr int kLevels = 4;  // An item stands at most so deep: book, set, series and its metadata.
  WorkElement best;
  FindItem(crossref, wanted, kLevels, best);
  if (best.element == nullptr) return {};
  pugi::xml_node top = best.node;
  while (top.parent() && top.parent() != crossref) top = top.parent();
  return {best.node, top, TypeOf(best)};
}

}  // namespace litmill::parse
