// SPDX-License-Identifier: Apache-2.0
#include "parse/medline_values.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/identifiers.h"
#include "core/unicode.h"
#include "parse/record_parts.h"
#include "parse/tagged_values.h"

namespace litmill::parse {
namespace {

constexpr std::pair<std::string_view, std::string_view> kRelations[] = {
    {"CIN", "CommentIn"},
    {"CON", "CommentOn"},
    {"CRI", "CorrectedandRepublishedIn"},
    {"CRF", "CorrectedandRepublishedFrom"},
    {"DDIN", "AssociatedDataset"},
    {"DRIN", "AssociatedPublication"},
    {"ECI", "ExpressionOfConcernIn"},
    {"ECF", "ExpressionOfConcernFor"},
    {"EIN", "ErratumIn"},
    {"EFR", "ErratumFor"},
    {"ORI", "OriginalReportIn"},
    {"PRIN", "PartialRetractionIn"},
    {"PROF", "PartialRetractionOf"},
    {"RIN", "RetractionIn"},
    {"ROF", "RetractionOf"},
    {"RPI", "RepublishedIn"},
    {"RPF", "RepublishedFrom"},
    {"RRI", "RetractedandRepublishedIn"},
    {"RRF", "RetractedandRepublishedFrom"},
    {"SPIN", "SummaryForPatientsIn"},
    {"UIN", "UpdateIn"},
    {"UOF", "UpdateOf"},
};

bool AllDigits(std::string_view text) { return !text.empty() && LeadingDigits(text).size() == text.size(); }

bool IsSuffix(std::string_view word) {
  // PubMed writes II and III as "2nd" and "3rd": "Doe II" has the initials of a name like Ida Irene.
  static constexpr std::array<std::string_view, 7> kSuffixes = {"Jr", "Sr", "1st", "2nd", "3rd", "4th", "5th"};
  return std::find(kSuffixes.begin(), kSuffixes.end(), word) != kSuffixes.end();
}

/// Takes a suffix off the end of `name`, if it has more than one word.
std::string TakeSuffix(std::string_view& name) {
  const std::size_t space = name.rfind(' ');
  if (space == std::string_view::npos || !IsSuffix(name.substr(space + 1))) return {};
  std::string suffix(name.substr(space + 1));
  name = TrimAscii(name.substr(0, space));
  return suffix;
}

/// "CA", "MRC_", "WT_": how PubMed abbreviates an institute.
bool IsAcronym(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
}

}  // namespace

PartialDate MedlineDate(std::string_view text) {
  text = TrimAscii(text);
  if (AllDigits(text) && text.size() == 8) return DateFromParts(text.substr(0, 4), text.substr(4, 2), text.substr(6));
  const std::vector<std::string> words = SplitList(text, text.find('/') == 4 ? "/" : " ");
  const bool has_range = text.find_first_of("-") != std::string_view::npos;
  if (!words.empty() && words.size() <= 3 && !has_range && words[0].size() == 4 && AllDigits(words[0])) {
    PartialDate date = DateFromParts(words[0], words.size() > 1 ? words[1] : "", words.size() > 2 ? words[2] : "");
    if (words.size() == 1 || date.precision != DatePrecision::kYear) return date;
  }
  return DateFromMedlineDate(text);
}

RecordDate MedlineMoment(std::string_view kind, std::string_view text) {
  text = TrimAscii(text);
  RecordDate moment;
  moment.kind = std::string(kind);
  const std::size_t space = text.find(' ');
  const std::string_view rest = space == std::string_view::npos ? "" : TrimAscii(text.substr(space + 1));
  const bool has_time = rest.find(':') != std::string_view::npos;
  moment.date = MedlineDate(has_time ? text.substr(0, space) : text);
  if (has_time) moment.time = std::string(rest);
  return moment;
}

std::pair<std::string_view, std::string_view> ValueAndType(std::string_view text) {
  text = TrimAscii(text);
  const std::size_t bracket = text.rfind('[');
  if (bracket == std::string_view::npos || bracket == 0 || !text.ends_with(']')) return {text, {}};
  return {TrimAscii(text.substr(0, bracket)), text.substr(bracket + 1, text.size() - bracket - 2)};
}

Grant MedlineGrant(std::string_view text) {
  std::vector<std::string> parts;
  while (true) {  // Empty parts count.
    const std::size_t slash = text.find('/');
    parts.emplace_back(TrimAscii(text.substr(0, slash)));
    if (slash == std::string_view::npos) break;
    text.remove_prefix(slash + 1);
  }
  Grant grant;
  const auto take_last = [&parts] {
    std::string part = parts.empty() ? std::string() : std::move(parts.back());
    if (!parts.empty()) parts.pop_back();
    return part;
  };
  if (parts.size() > 2) grant.country = take_last();
  if (parts.size() > 1) grant.agency = take_last();
  if (!parts.empty() && IsAcronym(parts.back())) grant.acronym = take_last();
  // Numbers hold slashes too.
  for (const std::string& part : parts) grant.id += (grant.id.empty() ? "" : "/") + part;
  return grant;
}

std::string_view RelationOf(std::string_view tag) {
  for (const auto& [name, ref_type] : kRelations)
    if (name == tag) return ref_type;
  return {};
}

RelatedRecord MedlineRelation(std::string_view ref_type, std::string text) {
  RelatedRecord related;
  related.ref_type = std::string(ref_type);
  const std::size_t marker = text.find("PMID:");
  if (marker != std::string::npos) {
    std::string_view rest = TrimAscii(std::string_view(text).substr(marker + 5));
    related.pmid = std::string(LeadingDigits(rest));
    rest = TrimAscii(rest.substr(related.pmid.size()));
    if (rest.starts_with('.')) rest = TrimAscii(rest.substr(1));
    related.note = std::string(rest);
    text.resize(marker);
  }
  related.ref_source = std::string(TrimAscii(text));
  if (const std::size_t doi = related.ref_source.find("doi: "); doi != std::string::npos) {
    const std::string_view rest = std::string_view(related.ref_source).substr(doi + 5);
    related.doi = NormaliseDoi(rest.substr(0, rest.find(' '))).value_or("");
  }
  return related;
}

Author MedlineFullName(std::string_view text) {
  text = TrimAscii(text);
  const std::size_t comma = text.find(',');
  Author person;
  if (comma == std::string_view::npos) {
    person.last_name = std::string(text);
    return person;
  }
  std::string_view given = TrimAscii(text.substr(comma + 1));
  // "Roe, Jane B 3rd" and "Roe, Jane B, Jr" both happen.
  if (const std::size_t second = given.find(','); second != std::string_view::npos) {
    person.suffix = std::string(TrimAscii(given.substr(second + 1)));
    given = TrimAscii(given.substr(0, second));
  } else {
    person.suffix = TakeSuffix(given);
  }
  person.last_name = std::string(TrimAscii(text.substr(0, comma)));
  person.fore_name = std::string(given);
  return person;
}

Author MedlineShortName(std::string_view text) {
  text = TrimAscii(text);
  Author person;
  if (text.find(',') != std::string_view::npos) return MedlineFullName(text);
  person.suffix = TakeSuffix(text);
  const std::size_t space = text.rfind(' ');
  const std::string_view initials = space == std::string_view::npos ? "" : text.substr(space + 1);
  const bool fits = !initials.empty() && initials.size() <= 8 &&
                    std::none_of(initials.begin(), initials.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  person.last_name = std::string(fits ? text.substr(0, space) : text);
  if (fits) person.initials = std::string(initials);
  return person;
}

}  // namespace litmill::parse
