// SPDX-License-Identifier: Apache-2.0
// What cells of tables hold, whatever the layout: lists of people, pages, index terms, books.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"
#include "parse/export_record.h"

namespace litmill::parse {

/// Parts of `text` between commas that are followed by a space and stand outside brackets: "a (b, c), 2,3-d" -> "a (b,
/// c)" and "2,3-d".
[[nodiscard]] std::vector<std::string> SplitTerms(std::string_view text);

/// "Roe J.B., Doe A., III, Smith-Lee C." or with semicolons: names with initials as indexers print them.
[[nodiscard]] std::vector<Author> PeopleWithInitials(std::string_view names);
/// "Roe, Jane B.; Doe, A." -> people by "; ".
[[nodiscard]] std::vector<Author> PeopleLastNameFirst(std::string_view names);
/// Any usual wording: "Roe, Jane and Doe, A.", "Roe, J.; Doe, A.", "Jane Roe, Ann Doe", "Roe JB, Doe A", "Roe, J., Doe,
/// A.".
[[nodiscard]] std::vector<Author> PeopleInAnyWording(std::string_view names);

/// "Roe, J.", "Roe, Jane", "Roe JB", "Jane Roe".
[[nodiscard]] Author PersonInAnyWording(std::string_view name);
/// "Jr", "III".
[[nodiscard]] bool IsGeneration(std::string_view word);
/// "J.", "J.-P.", "JB": capitals with dots, hyphens and spaces, and few.
[[nodiscard]] bool AreInitials(std::string_view text);

void AddPeople(ExportRecord& out, std::vector<Author> people, PersonRole role = PersonRole::kAuthor);

/// The non-empty parts between semicolons.
void ForEachPart(std::string_view text, const std::function<void(std::string_view)>& visit);
/// Another name of `kind`, white space folded.
void Other(ExportRecord& out, std::string_view kind, std::string_view value);

/// Readers of columns: `As<"url">` keeps the whole cell as another name of this kind, `EachAs<"sponsor">` each part
/// between semicolons.
template <std::size_t kSize>
struct KindName {
  char text[kSize] = {};
  constexpr KindName(const char (&literal)[kSize]) {  // NOLINT(google-explicit-constructor): a literal is meant.
    for (std::size_t i = 0; i < kSize; ++i) text[i] = literal[i];
  }
};
template <KindName kKind>
void As(ExportRecord& out, std::string_view cell) {
  Other(out, kKind.text, out.Marked(cell).text);
}
template <KindName kKind>
void EachAs(ExportRecord& out, std::string_view cell) {
  ForEachPart(cell, [&out](std::string_view part) { Other(out, kKind.text, out.Marked(part).text); });
}

/// Each part of `text` between `separator`s as a keyword of `owner`; a leading asterisk marks a major one.
void AddKeywords(ExportRecord& out, std::string_view owner, std::string_view text, std::string_view separator);
/// "phosphate (14066-19-4, 14265-44-2), melanin (8049-97-6)".
void AddChemicals(ExportRecord& out, std::string_view text);

/// Lists as litmill writes them: the parts between `separator`s that no backslash stands before (backslashes stay), one
/// of them without its backslashes, and both together for "; ".
[[nodiscard]] std::vector<std::string> SplitUnescaped(std::string_view text, char separator);
[[nodiscard]] std::string WithoutBackslashes(std::string_view text);
[[nodiscard]] std::vector<std::string> UnescapedList(std::string_view text);

/// "Roe J, 2001, J SALTS, V5, P17, DOI 10.1234/x": the cited work's DOI is its own.
void AddCitedWork(ExportRecord& out, std::string_view text);

/// A date of the database's own work. Spreadsheets write it in an order that nothing tells ("6/11/25"): then it is kept
/// as it came, without a warning for every row.
void AddDateAsItCame(ExportRecord& out, std::string_view kind, std::string_view text);

/// A number that a program made a decimal of: "2008.0" -> "2008"; anything else as it is.
[[nodiscard]] std::string WithoutDecimals(std::string_view number);
/// An abstract, title or other text with a type: "Book", "Chapter" make the record a book's; `container` is the journal
/// or the book.
void SetContainer(ExportRecord& out, std::string_view container, std::string_view type);
/// Pages from their parts; where there are none, the article number.
void SetPagesOrNumber(ExportRecord& out, std::string_view first, std::string_view last, std::string_view number);

}  // namespace litmill::parse
