// SPDX-License-Identifier: Apache-2.0
#include "parse/publication_type_names.h"

#include <algorithm>
#include <string>

#include "core/unicode.h"

namespace litmill::parse {
namespace {

struct Type {
  std::string_view name, ui;
};

// Sorted by the name in lower case. Names and identifiers are those of MeSH.
constexpr Type kTypes[] = {
    {"Bibliography", "D016417"},
    {"Biography", "D019215"},
    {"Case Reports", "D002363"},
    {"Clinical Conference", "D016429"},
    {"Clinical Study", "D000068397"},
    {"Clinical Trial", "D016430"},
    {"Clinical Trial Protocol", "D000078325"},
    {"Clinical Trial, Phase I", "D017426"},
    {"Clinical Trial, Phase II", "D017427"},
    {"Clinical Trial, Phase III", "D017428"},
    {"Clinical Trial, Phase IV", "D017429"},
    {"Comment", "D016420"},
    {"Comparative Study", "D003160"},
    {"Congress", "D016423"},
    {"Consensus Development Conference", "D016446"},
    {"Consensus Development Conference, NIH", "D016447"},
    {"Controlled Clinical Trial", "D018848"},
    {"Corrected and Republished Article", "D016439"},
    {"Dataset", "D064886"},
    {"Duplicate Publication", "D016438"},
    {"Editorial", "D016421"},
    {"English Abstract", "D004740"},
    {"Equivalence Trial", "D000073843"},
    {"Evaluation Studies", "D023362"},  // Its name until 2019.
    {"Evaluation Study", "D023362"},
    {"Expression of Concern", "D000075742"},
    {"Guideline", "D016431"},
    {"Historical Article", "D016456"},
    {"Interview", "D017203"},
    {"Introductory Journal Article", "D054711"},
    {"Journal Article", "D016428"},
    {"Lecture", "D019531"},
    {"Letter", "D016422"},
    {"Meta-Analysis", "D017418"},
    {"Multicenter Study", "D016448"},
    {"News", "D016433"},
    {"Newspaper Article", "D018431"},
    {"Observational Study", "D064888"},
    {"Overall", "D016424"},
    {"Patient Education Handout", "D029282"},
    {"Portrait", "D019477"},
    {"Practice Guideline", "D017065"},
    {"Pragmatic Clinical Trial", "D065007"},
    {"Preprint", "D000076942"},
    {"Published Erratum", "D016425"},
    {"Randomized Controlled Trial", "D016449"},
    {"Randomized Controlled Trial, Veterinary", "D000081262"},
    {"Research Support, N.I.H., Extramural", "D052061"},
    {"Research Support, N.I.H., Intramural", "D052060"},
    {"Research Support, Non-U.S. Gov't", "D013485"},
    {"Research Support, U.S. Gov't, Non-P.H.S.", "D013486"},
    {"Research Support, U.S. Gov't, P.H.S.", "D013487"},
    {"Retracted Publication", "D016441"},
    {"Retraction of Publication", "D016440"},
    {"Review", "D016454"},
    {"Study Guide", "D000072643"},
    {"Systematic Review", "D000078182"},
    {"Twin Study", "D018486"},
    {"Validation Study", "D023361"},
    {"Video-Audio Media", "D059040"},
};

}  // namespace

PublicationType PublicationTypeNamed(std::string_view name) {
  const std::string lower = AsciiLower(name);
  const auto* const found =
      std::find_if(std::begin(kTypes), std::end(kTypes), [&](const Type& t) { return AsciiLower(t.name) == lower; });
  if (found == std::end(kTypes)) return {{}, std::string(name)};
  return {std::string(found->ui), std::string(found->name)};
}

}  // namespace litmill::parse
