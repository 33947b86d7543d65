// SPDX-License-Identifier: Apache-2.0
// MEDLINE on Ovid: the same headings and publication types as PubMed, so that nearly everything is carried.
#include <fmt/format.h>

#include "search/mesh_qualifiers.h"
#include "search/ovid_renderer.h"

namespace litmill::search {
namespace {

class OvidMedlineRenderer : public OvidRenderer {
 public:
  using OvidRenderer::OvidRenderer;

 protected:
  std::optional<Piece> Heading(const Term& term) override {
    if (term.Truncated()) return LeaveOut("T012", "headings cannot be truncated here");
    const std::string_view code = SubheadingCode(term.subheading);
    if (!term.subheading.empty() && code.empty())
      Warn("T005", fmt::format("\"{}\" is no MeSH subheading; the heading is searched with any", term.subheading));
    return Piece{HeadingText(term.text, term.explode, term.field == Field::kMeshMajor, code), {}, false};
  }

  std::optional<Piece> Other(const Term& term) override {
    switch (term.field) {
      case Field::kPublicationType:
        if (term.explode)
          WarnOnce("T004", "[pt] finds narrower publication types too; .pt. finds only what is written");
        return Piece{Phrase(TargetWords(term.text)).text, FieldWrap{"", ".pt.", false}, false};
      case Field::kSupplementaryConcept:
        return Piece{Phrase(TargetWords(term.text)).text, FieldWrap{"", ".nm.", false}, false};
      case Field::kMeshSubheading: {
        const std::string_view code = SubheadingCode(term.text);
        if (code.empty()) return LeaveOut("T005", fmt::format("\"{}\" is no MeSH subheading", term.text));
        return Piece{std::string(code), FieldWrap{"", ".fs.", false}, false};
      }
      default:
        return OvidRenderer::Other(term);
    }
  }
};

}  // namespace

std::unique_ptr<TargetRenderer> MakeOvidMedlineRenderer(const TranslateOptions& options) {
  return std::make_unique<OvidMedlineRenderer>(options);
}

}  // namespace litmill::search
