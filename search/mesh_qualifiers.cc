// SPDX-License-Identifier: Apache-2.0
#include "search/mesh_qualifiers.h"

#include <array>

#include "core/unicode.h"
#include "search/words.h"

namespace litmill::search {
namespace {

struct Subheading {
  std::string_view code, name;
};

// NLM's topical qualifiers (MeSH 2025), with the few that were withdrawn but stand in older records.
constexpr std::array kSubheadings{
    Subheading{"ab", "abnormalities"},
    Subheading{"ad", "administration & dosage"},
    Subheading{"ae", "adverse effects"},
    Subheading{"ag", "agonists"},
    Subheading{"aa", "analogs & derivatives"},
    Subheading{"an", "analysis"},
    Subheading{"ah", "anatomy & histology"},
    Subheading{"ai", "antagonists & inhibitors"},
    Subheading{"bi", "biosynthesis"},
    Subheading{"bs", "blood supply"},
    Subheading{"bl", "blood"},
    Subheading{"cf", "cerebrospinal fluid"},
    Subheading{"cs", "chemical synthesis"},
    Subheading{"ci", "chemically induced"},
    Subheading{"ch", "chemistry"},
    Subheading{"cl", "classification"},
    Subheading{"co", "complications"},
    Subheading{"cn", "congenital"},
    Subheading{"cy", "cytology"},
    Subheading{"df", "deficiency"},
    Subheading{"dg", "diagnostic imaging"},
    Subheading{"di", "diagnosis"},
    Subheading{"dh", "diet therapy"},
    Subheading{"de", "drug effects"},
    Subheading{"dt", "drug therapy"},
    Subheading{"ec", "economics"},
    Subheading{"ed", "education"},
    Subheading{"em", "embryology"},
    Subheading{"en", "enzymology"},
    Subheading{"ep", "epidemiology"},
    Subheading{"es", "ethics"},
    Subheading{"eh", "ethnology"},
    Subheading{"et", "etiology"},
    Subheading{"ge", "genetics"},
    Subheading{"gd", "growth & development"},
    Subheading{"hi", "history"},
    Subheading{"im", "immunology"},
    Subheading{"in", "injuries"},
    Subheading{"ir", "innervation"},
    Subheading{"is", "instrumentation"},
    Subheading{"ip", "isolation & purification"},
    Subheading{"lj", "legislation & jurisprudence"},
    Subheading{"ma", "manpower"},
    Subheading{"me", "metabolism"},
    Subheading{"mt", "methods"},
    Subheading{"mi", "microbiology"},
    Subheading{"mo", "mortality"},
    Subheading{"nu", "nursing"},
    Subheading{"og", "organization & administration"},
    Subheading{"ps", "parasitology"},
    Subheading{"py", "pathogenicity"},
    Subheading{"pa", "pathology"},
    Subheading{"pk", "pharmacokinetics"},
    Subheading{"pd", "pharmacology"},
    Subheading{"pp", "physiopathology"},
    Subheading{"ph", "physiology"},
    Subheading{"po", "poisoning"},
    Subheading{"pc", "prevention & control"},
    Subheading{"px", "psychology"},
    Subheading{"re", "radiation effects"},
    Subheading{"ra", "radiography"},
    Subheading{"ri", "radionuclide imaging"},
    Subheading{"rt", "radiotherapy"},
    Subheading{"rh", "rehabilitation"},
    Subheading{"sc", "secondary"},
    Subheading{"st", "standards"},
    Subheading{"sn", "statistics & numerical data"},
    Subheading{"sd", "supply & distribution"},
    Subheading{"su", "surgery"},
    Subheading{"tu", "therapeutic use"},
    Subheading{"th", "therapy"},
    Subheading{"to", "toxicity"},
    Subheading{"tm", "transmission"},
    Subheading{"tr", "transplantation"},
    Subheading{"td", "trends"},
    Subheading{"us", "ultrasonography"},
    Subheading{"ul", "ultrastructure"},
    Subheading{"ur", "urine"},
    Subheading{"ut", "utilization"},
    Subheading{"ve", "veterinary"},
    Subheading{"vi", "virology"},
};

const Subheading* Find(std::string_view lower) {
  for (const Subheading& s : kSubheadings)
    if (s.code == lower || s.name == lower) return &s;
  return nullptr;
}

}  // namespace

std::string SubheadingName(std::string_view subheading) {
  std::string lower = ReplaceAll(AsciiLower(FoldWhitespace(subheading)), " and ", " & ");
  const Subheading* known = Find(lower);
  return known == nullptr ? lower : std::string(known->name);
}

std::string_view SubheadingCode(std::string_view subheading) {
  const Subheading* known = Find(ReplaceAll(AsciiLower(FoldWhitespace(subheading)), " and ", " & "));
  return known == nullptr ? std::string_view() : known->code;
}

}  // namespace litmill::search
