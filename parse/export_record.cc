// SPDX-License-Identifier: Apache-2.0
#include "parse/export_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/identifiers.h"
#include "core/unicode.h"
#include "parse/export_abstract.h"
#include "parse/export_date.h"
#include "parse/json_reader.h"
#include "parse/language_code.h"
#include "parse/markup_fragment.h"
#include "parse/publication_type_names.h"
#include "parse/record_parts.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::string> NormalForm(std::string_view scheme, std::string_view raw) {
  if (scheme == "doi") return NormaliseDoi(raw);
  if (scheme == "pmcid") return NormalisePmcid(raw);
  if (scheme != "pmid") return std::string(raw);
  const auto pmid = ParsePmid(raw);
  return pmid ? std::optional<std::string>(fmt::format_int(*pmid).str()) : std::nullopt;
}

/// Digits and the check letter of an ISSN or ISBN, in capitals; "" when there is anything else in it.
std::string BareNumber(std::string_view text) {
  std::string bare;
  for (const char c : text) {
    if (c == '-' || c == ' ') continue;
    if (!IsDigit(c) && c != 'x' && c != 'X') return {};
    bare += c == 'x' ? 'X' : c;
  }
  return bare;
}

/// Parts of "1234-5678 (Electronic) 2345-678X; 978-3-16-148410-0".
std::vector<std::string> NumbersIn(std::string_view text) {
  std::vector<std::string> parts(1);
  bool in_brackets = false;
  for (const char c : text) {
    if (c == '(') {
      if (TrimAscii(parts.back()).empty() && parts.size() > 1) parts.pop_back();
      in_brackets = true;
    }
    const bool separates = c == ';' || c == ',' || c == '\n' || c == '\r' || c == '\t' || c == ' ' || c == '|';
    if (separates && !in_brackets) {
      if (!parts.back().empty()) parts.emplace_back();
    } else {
      parts.back() += c;
    }
    if (c == ')') {
      in_brackets = false;
      parts.emplace_back();
    }
  }
  return parts;
}

}  // namespace

void ExportRecord::AddIdentifier(std::string_view scheme, std::string_view raw, std::string_view origin) {
  raw = TrimAscii(raw);
  if (raw.empty()) return;
  Identifier id{std::string(scheme), std::string(raw), std::string(raw), std::string(origin), true};
  const std::optional<std::string> normal = NormalForm(scheme, raw);
  id.valid = normal.has_value() && !normal->empty();
  if (id.valid)
    id.value = *normal;
  else
    context.Warn(
        scheme == "doi" ? "bad-doi" : "bad-identifier",
        fmt::format("{} says {} but \"{}\" is none; it is kept but identifies nothing", origin, scheme, Excerpt(raw)));
  AddIdentifierOnce(record, std::move(id));
}

bool ExportRecord::AddDoiIn(std::string_view text, std::string_view origin) {
  const std::size_t begin = text.find("10.");
  if (begin == std::string_view::npos) return false;
  const std::string_view rest = text.substr(begin);
  const std::string_view doi = rest.substr(0, rest.find_first_of(" \t\r\n"));
  // An address of a search or of a PDF has a DOI only where the site is the resolver's.
  const bool is_address = AsciiLower(text.substr(0, begin)).find("http") != std::string::npos;
  if (is_address && AsciiLower(text.substr(0, begin)).find("doi.org/") == std::string::npos) return false;
  const auto normal = NormaliseDoi(is_address ? "https://doi.org/" + std::string(doi) : std::string(doi));
  if (!normal) return false;
  AddIdentifierOnce(record, {"doi", *normal, std::string(TrimAscii(text)), std::string(origin), true});
  return true;
}

MarkedText ExportRecord::Marked(std::string_view text) {
  // Without a tag or a reference there is nothing to read.
  if (text.find_first_of("<&") == std::string_view::npos) return {FoldSpace(text), {}};
  return TextOfFragment(context, text);
}

void ExportRecord::SetAbstract(std::string_view text) {
  if (IsNoAbstract(text)) return;
  const auto [body, copyright] = SplitOffCopyright(text);
  if (!copyright.empty() && record.copyright.empty()) record.copyright = Marked(copyright).text;
  record.abstract_sections = SectionsOfPlainAbstract(context, body);
}

void ExportRecord::AddKeyword(std::string_view owner, std::string_view text, bool major) {
  MarkedText marked = Marked(text);
  if (!marked.text.empty()) record.keywords.push_back({std::string(owner), major, std::move(marked)});
}

void ExportRecord::AddPublicationType(std::string_view name) {
  name = TrimAscii(name);
  if (name.empty()) return;
  PublicationType type = PublicationTypeNamed(name);
  const auto same = [&type](const PublicationType& known) { return known.name == type.name; };
  if (std::none_of(record.publication_types.begin(), record.publication_types.end(), same))
    record.publication_types.push_back(std::move(type));
}

void ExportRecord::AddLanguages(std::string_view text) {
  std::string separated(text);
  std::replace_if(
      separated.begin(), separated.end(), [](char c) { return c == ',' || c == '/' || c == '|'; }, ';');
  for (const std::string& name : SplitList(separated, ";")) {
    const auto code = LanguageCode(name);
    if (!code) {
      context.Warn("unknown-language", fmt::format("the language \"{}\" has no code here", Excerpt(name)));
      AddUnmapped("language", name);
    } else if (std::find(record.languages.begin(), record.languages.end(), *code) == record.languages.end()) {
      record.languages.push_back(*code);
    }
  }
}

void ExportRecord::AddDate(std::string_view kind, std::string_view text) {
  text = TrimAscii(text);
  if (text.empty()) return;
  PartialDate date = DateFromExport(text);
  if (date.iso.empty())
    context.Warn("bad-date", fmt::format("\"{}\" is no date that can be read; it is kept as it came", Excerpt(text)));
  record.dates.push_back({std::string(kind), std::move(date), {}});
}

void ExportRecord::SetPages(std::string_view first, std::string_view last) {
  std::string begin(TrimAscii(first));
  // Typographic hyphens and dashes between pages are hyphens.
  for (const std::string_view dash : {"\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x92", "\xE2\x80\x93", "\xE2\x80\x94"})
    for (std::size_t at = begin.find(dash); at != std::string::npos; at = begin.find(dash, at))
      begin.replace(at, dash.size(), "-");
  for (std::size_t at = begin.find("--"); at != std::string::npos; at = begin.find("--")) begin.erase(at, 1);
  if (!begin.empty() || !TrimAscii(last).empty()) parse::SetPages(record, begin, std::string(TrimAscii(last)));
}

void ExportRecord::AddIssnsAndIsbns(std::string_view text) {
  for (const std::string& part : NumbersIn(text)) {
    const std::size_t bracket = part.find('(');
    const std::string kind = AsciiLower(bracket == std::string::npos ? "" : part.substr(bracket));
    const std::string number(TrimAscii(std::string_view(part).substr(0, bracket)));
    if (number.empty()) continue;
    const std::string bare = BareNumber(number);
    Journal& journal = record.journal;
    if (bare.size() == 8) {
      std::string* slot = kind.find("linking") != std::string::npos      ? &journal.issn_linking
                          : kind.find("electronic") != std::string::npos ? &journal.issn_electronic
                          : journal.issn_print.empty()                   ? &journal.issn_print
                                                                         : &journal.issn_electronic;
      std::string issn = HyphenatedIssn(bare);
      const bool is_known =
          issn == journal.issn_print || issn == journal.issn_electronic || (issn == journal.issn_linking);
      if (slot->empty() && (!is_known || slot == &journal.issn_linking))
        *slot = std::move(issn);
      else if (!is_known)
        record.other_names.push_back({"issn", {}, std::move(issn)});
    } else if (bare.size() == 10 || bare.size() == 13) {
      if (record.book)
        record.book->isbns.push_back(number);
      else
        record.other_names.push_back({"isbn", {}, number});
    } else {
      AddUnmapped("issn", number);
    }
  }
}

void ExportRecord::AddUnmapped(std::string_view field, std::string_view value) {
  value = TrimAscii(value);
  if (value.empty()) return;
  record.other_names.push_back({"unmapped", std::string(field), std::string(value)});
  unmapped_.emplace(field);
}

}  // namespace litmill::parse
