// SPDX-License-Identifier: Apache-2.0
// Embase on Ovid: Ovid's syntax with Emtree terms from the user's table.
#include <fmt/format.h>

#include "search/ovid_renderer.h"

namespace litmill::search {
namespace {

class OvidEmbaseRenderer : public OvidRenderer {
 public:
  using OvidRenderer::OvidRenderer;

 protected:
  std::optional<Piece> Heading(const Term& term) override {
    const std::vector<EmtreeTerm>* terms = options().emtree == nullptr ? nullptr : options().emtree->Find(term.text);
    if (terms == nullptr)
      return LeaveOut("T003",
                      fmt::format("MeSH heading \"{}\" is not in the Emtree table; litmill does not guess. Add a line "
                                  "\"{}<tab>EMTREE TERM\"",
                                  term.text, term.text));
    if (terms->empty())
      return LeaveOut("T003", fmt::format("the Emtree table says that \"{}\" has no counterpart", term.text));
    if (!term.subheading.empty())
      Warn("T005",
           fmt::format("subheading \"{}\" is not carried; the Emtree term is searched with any", term.subheading));
    WarnOnce("T004", "Emtree is not MeSH: explosion brings other narrower terms");
    std::vector<std::string> parts;
    for (const EmtreeTerm& emtree : *terms)
      parts.push_back(HeadingText(emtree.term, term.explode && emtree.explode, term.field == Field::kMeshMajor, ""));
    return Piece{JoinWords(parts, " or "), {}, parts.size() > 1};
  }

  std::optional<Piece> Other(const Term& term) override {
    if (term.field == Field::kPublicationType) {
      const auto type = DocumentType(term, "review", "editorial", "letter");
      if (!type) return std::nullopt;
      return Piece{*type, FieldWrap{"", ".pt.", false}, false};
    }
    if (term.field == Field::kPmid) return LeaveOut("T002", "records here have no PMID as their number");
    return OvidRenderer::Other(term);
  }
};

}  // namespace

std::unique_ptr<TargetRenderer> MakeOvidEmbaseRenderer(const TranslateOptions& options) {
  return std::make_unique<OvidEmbaseRenderer>(options);
}

}  // namespace litmill::search
