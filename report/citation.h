// SPDX-License-Identifier: Apache-2.0
// What several export formats say alike of a work: names, dates, keywords, links, its being retracted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"
#include "store/work_record.h"

namespace litmill::report {

/// A person or group that exports name, in one line each. Of a group only `group` is set; of a person at least `last`.
struct Name {
  std::string last, given, suffix, group;
};
/// Those of `role`, in order; given names are the initials where the source has no more.
[[nodiscard]] std::vector<Name> NamesOf(const Record& record, PersonRole role);

/// Year, month and day as digits, as far as known: "2020", "03", "".
struct DateParts {
  std::string year, month, day;
};
[[nodiscard]] DateParts PartsOf(const PartialDate* date);
/// "Jan" to "Dec" for "01" to "12"; empty for anything else.
[[nodiscard]] std::string_view MonthName(std::string_view month);

/// First valid identifier of `scheme` in one line, or empty.
[[nodiscard]] std::string IdOf(const Record& record, std::string_view scheme);
/// Where the work can be read about: by DOI, else at PubMed; empty when it has neither.
[[nodiscard]] std::string LinkOf(const Record& record);

/// Name of a database for people: "pubmed" is "PubMed"; a name that litmill does not know stays.
[[nodiscard]] std::string DatabaseName(std::string_view source);

/// The title that the work is cited by: its own, for a whole book the book's.
[[nodiscard]] std::string TitleOf(const Record& record);
/// Journal, or the book that a chapter is in; empty for a whole book.
[[nodiscard]] std::string ContainerOf(const Record& record);
enum class Kind { kArticle, kChapter, kBook };
[[nodiscard]] Kind KindOf(const Record& record);

/// Keywords, then MeSH headings (MeshText), then tags ("condition: migraine"), in one line each: what goes into the
/// keyword list of a format that has but one. ExportNote(record, tags.size()) tells them apart again.
[[nodiscard]] std::vector<std::string> KeywordList(const store::WorkRecord& work);
[[nodiscard]] std::vector<std::string> KeywordsOf(const Record& record);
[[nodiscard]] std::vector<std::string> MeshOf(const Record& record);
[[nodiscard]] std::vector<std::string> TypesOf(const Record& record);
/// Affiliations of all listed people, each once.
[[nodiscard]] std::vector<std::string> AffiliationsOf(const Record& record);

/// "RETRACTED PUBLICATION" with the notices that are named; empty when it is not retracted.
[[nodiscard]] std::string RetractionNote(const Record& record);

/// The items that are not empty, each in one line, joined.
[[nodiscard]] std::string JoinLines(const std::vector<std::string>& items, std::string_view separator);

/// The same for "; " in formats without a list of their own: "\;" and "\\" stand for a semicolon and a backslash
/// inside.
[[nodiscard]] std::string JoinList(const std::vector<std::string>& items);
/// Names as such lists hold them: "Last, Given, Suffix" with "\," for a comma inside a part; a group as it is.
[[nodiscard]] std::string JoinNames(const std::vector<Name>& names);

}  // namespace litmill::report
