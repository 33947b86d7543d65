// SPDX-License-Identifier: Apache-2.0
#include "parse/database_names.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/fold_ascii.h"
#include "core/identifiers.h"
#include "core/unicode.h"

namespace litmill::parse {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }
bool AllDigits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit); }

/// The first that is part of the name decides: Embase's own platform names MEDLINE beside it.
constexpr std::pair<std::string_view, std::string_view> kNames[] = {
    {"europe pmc", "europepmc"},
    {"europepmc", "europepmc"},
    {"pubmed central", "pmc"},
    {"pubmed", "pubmed"},
    {"embase", "embase"},
    {"medline", "medline"},
    {"scopus", "scopus"},
    {"web of science", "wos"},
    {"web of knowledge", "wos"},
    {"webofscience", "wos"},
    {"science citation index", "wos"},
    {"cochrane", "cochrane"},
    {"cinahl", "cinahl"},
    {"psycinfo", "psycinfo"},
    {"psychinfo", "psycinfo"},
    {"google scholar", "google-scholar"},
    {"ieee", "ieee"},
    {"openalex", "openalex"},
    {"crossref", "crossref"},
    {"datacite", "datacite"},
};

std::string Slug(std::string_view name) {
  std::string slug;
  for (const char c : FoldToAscii(name)) {
    if (IsAsciiWord(c))
      slug += c;
    else if (!slug.empty() && slug.back() != '-')
      slug += '-';
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug;
}

std::string PmidIn(std::string_view text) {
  if (AsciiLower(text.substr(0, 5)) == "pmid:") text.remove_prefix(5);
  const auto pmid = ParsePmid(text);
  return pmid ? fmt::format_int(*pmid).str() : std::string();
}

std::string ScopusEid(std::string_view text) {
  constexpr std::string_view kPrefix = "2-s2.0-";
  if (text.starts_with(kPrefix)) return AllDigits(text.substr(kPrefix.size())) ? std::string(text) : std::string();
  return text.size() >= 8 && AllDigits(text) ? std::string(kPrefix) + std::string(text) : std::string();
}

/// "WOS:000123456700001", "MEDLINE:123", "BCI:BCI200100012345": a file of the platform's and a number.
std::string WosUid(std::string_view text) {
  if (text.size() == 15 && AllDigits(text)) return "WOS:" + std::string(text);
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return {};
  const std::string_view file = text.substr(0, colon), number = text.substr(colon + 1);
  const bool fits =
      std::all_of(file.begin(), file.end(), IsCapital) && number.size() >= 4 &&
      std::all_of(number.begin(), number.end(), [](char c) { return IsDigit(c) || IsCapital(c) || c == '-'; });
  return fits ? std::string(text) : std::string();
}

/// "L2015467890"; a trial's record has its registration behind the letter ("LNCT03841500").
std::string EmbaseLui(std::string_view text) {
  std::string_view number = text.starts_with('L') ? text.substr(1) : text;
  if (number.starts_with("NCT")) number.remove_prefix(3);
  if (number.size() < 6 || !AllDigits(number)) return {};
  return text.starts_with('L') ? std::string(text) : "L" + std::string(text);
}

std::string CochraneNumber(std::string_view text) {
  const bool fits = text.size() > 5 && AsciiLower(text.substr(0, 3)) == "cn-" && AllDigits(text.substr(3));
  return fits ? "CN-" + std::string(text.substr(3)) : std::string();
}

/// Of a database that has no rule here.
std::string AnyAccession(std::string_view text) {
  constexpr std::size_t kLongest = 64, kLongestRunningNumber = 5;
  if (text.size() > kLongest || text.find_first_of(" \t\r\n") != std::string_view::npos) return {};
  if (std::none_of(text.begin(), text.end(), IsDigit)) return {};
  return text.size() <= kLongestRunningNumber && AllDigits(text) ? std::string() : std::string(text);
}

}  // namespace

std::string DatabaseName(std::string_view name) {
  const std::string lower = AsciiLower(TrimAscii(name));
  for (const auto& [part, database] : kNames)
    if (lower.find(part) != std::string::npos) return std::string(database);
  if (lower == "central") return "cochrane";
  if (lower == "wos") return "wos";
  return Slug(lower);
}

std::string AccessionOf(std::string_view database, std::string_view accession) {
  const std::string_view text = TrimAscii(accession);
  if (text.empty()) return {};
  if (database == "pubmed" || database == "medline") return PmidIn(text);
  if (database == "scopus") return ScopusEid(text);
  if (database == "wos") return WosUid(text);
  if (database == "embase") return EmbaseLui(text);
  if (database == "cochrane") return CochraneNumber(text);
  return AnyAccession(text);
}

}  // namespace litmill::parse
