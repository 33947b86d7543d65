// SPDX-License-Identifier: Apache-2.0
#include "core/export_note.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <utility>
#include <vector>

#include "core/export_text.h"
#include "core/unicode.h"

namespace litmill {
namespace {

constexpr std::string_view kHead = "litmill:1";

// --- Writing --------------------------------------------------------------------------------------------------------

void AppendEncoded(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
                       c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4U];
    out += kHex[byte & 0xFU];
  }
}

/// A part with these values; nothing when all of them are empty.
void Append(std::string& out, std::string_view name, std::initializer_list<std::string_view> values) {
  if (std::all_of(values.begin(), values.end(), [](std::string_view v) { return v.empty(); })) return;
  out += '&';
  out += name;
  char separator = '=';
  for (const std::string_view value : values) {
    out += separator;
    separator = ',';
    AppendEncoded(out, OneLine(value));
  }
}

void AppendDates(std::string& out, const Record& record) {
  bool published = false;
  for (const std::string_view kind : {"print", "electronic", "pubmed", "entrez"}) {
    if ((kind == "pubmed" || kind == "entrez") && published) continue;
    const PartialDate* date = record.Date(kind);
    if (date == nullptr || (date->raw.empty() && date->iso.empty())) continue;
    Append(out, "date", {kind, date->iso, date->iso_end, date->raw});
    published = published || date->Year().has_value();
  }
}

/// Whether a format may cut or glue the parts of the name elsewhere than here.
bool IsAmbiguous(const Author& author) {
  if (author.fore_name.empty() || !author.suffix.empty()) return true;
  return (author.last_name + author.fore_name).find_first_of(",;") != std::string::npos;
}

void AppendPeople(std::string& out, const Record& record) {
  std::size_t index = 0;
  for (const Author& author : record.authors) {
    if (author.role != PersonRole::kAuthor || !IsListed(author)) continue;
    const std::string at = std::to_string(index++);
    if (!OneLine(author.collective_name).empty())
      Append(out, "group", {at, author.collective_name});
    else if (IsAmbiguous(author))
      Append(out, "name",
             {at, author.last_name, author.fore_name.empty() ? author.initials : author.fore_name, author.suffix});
    if (!author.orcid.empty()) Append(out, "orcid", {at, author.orcid});
  }
}

void AppendSections(std::string& out, const Record& record) {
  const auto& sections = record.abstract_sections;
  const bool is_plain = sections.size() == 1 && sections[0].label.empty() && sections[0].nlm_category.empty();
  if (is_plain) return;
  for (const AbstractSection& section : sections) {
    if (JoinedSection(section).empty()) continue;
    Append(out, "section",
           {std::to_string(OneLine(section.body.text).size()), section.nlm_category, OneLine(section.label)});
  }
}

void AppendKeywords(std::string& out, const Record& record) {
  const std::string* owner = nullptr;
  std::size_t count = 0;
  const auto end_run = [&] {
    if (count != 0) Append(out, "keywords", {*owner, std::to_string(count)});
    count = 0;
  };
  for (const Keyword& keyword : record.keywords) {
    if (OneLine(keyword.text.text).empty()) continue;
    if (owner == nullptr || *owner != keyword.owner) end_run();
    owner = &keyword.owner;
    ++count;
  }
  end_run();
}

void AppendTail(std::string& out, const Record& record, std::size_t tags) {
  const auto named = std::count_if(record.mesh_headings.begin(), record.mesh_headings.end(),
                                   [](const MeshHeading& h) { return !OneLine(h.name).empty(); });
  if (named != 0) Append(out, "mesh", {std::to_string(named)});
  if (tags != 0) Append(out, "tags", {std::to_string(tags)});
}

/// Stands there also when the notice is not named.
void AppendNotice(std::string& out, const RelatedRecord& related) {
  out += "&retracted=";
  AppendEncoded(out, OneLine(related.pmid));
  out += ',';
  AppendEncoded(out, OneLine(related.doi));
}

// --- Reading --------------------------------------------------------------------------------------------------------

struct Part {
  std::string_view name;
  std::vector<std::string> values;

  /// Empty where the note has fewer values.
  [[nodiscard]] const std::string& At(std::size_t i) const {
    static const std::string kNone;
    return i < values.size() ? values[i] : kNone;
  }
};

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::string Decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? HexDigit(text[i + 1]) : -1;
    const int low = high >= 0 ? HexDigit(text[i + 2]) : -1;
    if (low < 0) {
      out += text[i];
      continue;
    }
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return OneLine(out);
}

/// The next piece of `text` before `separator`; takes both off.
std::string_view Next(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view piece = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return piece;
}

std::vector<Part> ReadParts(std::string_view text) {
  std::vector<Part> parts;
  while (!text.empty()) {
    std::string_view values = Next(text, '&');
    Part& part = parts.emplace_back();
    part.name = Next(values, '=');
    while (!values.empty()) {
      const bool last = values.find(',') == std::string_view::npos;
      part.values.push_back(Decoded(Next(values, ',')));
      if (!last && values.empty()) part.values.emplace_back();
    }
  }
  return parts;
}

std::optional<std::size_t> Number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

DatePrecision PrecisionOf(const std::string& iso) {
  if (iso.size() == 10) return DatePrecision::kDay;
  if (iso.size() == 7) return DatePrecision::kMonth;
  return iso.size() == 4 ? DatePrecision::kYear : DatePrecision::kNone;
}

bool IsIso(const std::string& text) { return text.empty() || DateFromIso(text).has_value(); }

/// The dates of the note in place of the one that the format could hold, when they agree on the year.
void ApplyDates(const std::vector<Part>& parts, Record& record) {
  Record noted;
  for (const Part& part : parts) {
    if (part.name != "date" || !IsIso(part.At(1)) || !IsIso(part.At(2))) continue;
    noted.dates.push_back({part.At(0), {part.At(3), part.At(1), part.At(2), PrecisionOf(part.At(1))}, ""});
  }
  if (noted.dates.empty()) return;
  const PartialDate* read = record.PublicationDate();
  const auto agrees = [read](const RecordDate& d) { return d.date.Year() == read->Year(); };
  if (read != nullptr && std::none_of(noted.dates.begin(), noted.dates.end(), agrees)) return;  // somebody edited it
  const auto published = [](const RecordDate& d) { return d.kind == "print" || d.kind == "electronic"; };
  record.dates.erase(std::remove_if(record.dates.begin(), record.dates.end(), published), record.dates.end());
  for (const RecordDate& date : noted.dates) {
    const bool known = record.Date(date.kind) != nullptr;
    if (!known) record.dates.insert(record.dates.begin(), date);
  }
  std::stable_sort(record.dates.begin(), record.dates.end(), [&](const RecordDate& a, const RecordDate& b) {
    const auto rank = [](const RecordDate& d) { return d.kind == "print" ? 0 : d.kind == "electronic" ? 1 : 2; };
    return rank(a) < rank(b);
  });
}

/// Cuts the abstract where the note says, when every cut falls on the label that is expected there.
void ApplySections(const std::vector<Part>& parts, Record& record) {
  const std::string joined = JoinedAbstract(record);
  std::string_view rest = joined;
  std::vector<AbstractSection> sections;
  for (const Part& part : parts) {
    if (part.name != "section") continue;
    const auto bytes = Number(part.At(0));
    if (!bytes || *bytes > rest.size()) return;
    const std::string& label = part.At(2);
    std::size_t at = 0;
    if (!label.empty()) {
      if (!rest.starts_with(label) || !rest.substr(label.size()).starts_with(':')) return;
      at = label.size() + 1;
      if (*bytes != 0) ++at;
    }
    if (at > rest.size() || *bytes > rest.size() - at) return;
    sections.push_back({label, part.At(1), {std::string(rest.substr(at, *bytes)), ""}});
    if (JoinedSection(sections.back()) != rest.substr(0, at + *bytes)) return;
    rest.remove_prefix(at + *bytes);
    if (rest.starts_with(' ')) rest.remove_prefix(1);
  }
  if (!sections.empty() && rest.empty()) record.abstract_sections = std::move(sections);
}

/// The letters of a name, however it was cut.
std::string Letters(std::initializer_list<std::string_view> parts) {
  std::string letters;
  for (const std::string_view part : parts)
    for (const char c : part)
      if (std::string_view(" ,;").find(c) == std::string_view::npos) letters += c;
  return letters;
}

std::string LettersOf(const Author& a) { return Letters({a.collective_name, a.last_name, a.fore_name, a.suffix}); }

void SetName(Author& author, std::string group, std::string last, std::string given, std::string suffix) {
  author.collective_name = std::move(group);
  author.last_name = std::move(last);
  author.fore_name = std::move(given);
  author.suffix = std::move(suffix);
  // What stands there may have been made of the suffix.
  if (author.last_name.empty() || author.fore_name.empty()) author.initials.clear();
}

/// For most readers a name without a comma is a group, and commas cut: the note knows better.
void ApplyPeople(const std::vector<Part>& parts, Record& record) {
  std::vector<Author*> authors;
  for (Author& author : record.authors) {
    if (author.role != PersonRole::kAuthor || !IsListed(author)) continue;
    authors.push_back(&author);
  }
  std::vector<bool> is_named(authors.size(), false);
  for (const Part& part : parts) {
    const auto index = Number(part.At(0));
    if (!index || *index >= authors.size()) continue;
    Author& author = *authors[*index];
    const std::string letters = LettersOf(author);
    if (part.name == "orcid") {
      author.orcid = part.At(1);
    } else if (part.name == "group" && letters == Letters({part.At(1)})) {
      SetName(author, part.At(1), "", "", "");
      is_named[*index] = true;
    } else if (part.name == "name" && letters == Letters({part.At(1), part.At(2), part.At(3)})) {
      SetName(author, "", part.At(1), part.At(2), part.At(3));
      is_named[*index] = true;
    }
  }
  for (std::size_t i = 0; i < authors.size(); ++i)
    if (!is_named[i] && !authors[i]->collective_name.empty())
      authors[i]->last_name = std::exchange(authors[i]->collective_name, {});
}

/// Splits the one list of keywords into keywords, headings and tags, when it has as many items as the note counts.
void ApplyKeywords(const std::vector<Part>& parts, Record& record) {
  std::vector<std::string> owners;
  std::size_t mesh = 0;
  std::size_t tags = 0;
  for (const Part& part : parts) {
    const auto count = Number(part.At(part.name == "keywords" ? 1 : 0));
    if (!count || *count > record.keywords.size()) continue;
    if (part.name == "keywords" && owners.size() <= record.keywords.size())
      owners.insert(owners.end(), *count, part.At(0));
    if (part.name == "mesh") mesh = *count;
    if (part.name == "tags") tags = *count;
  }
  if (owners.size() + mesh + tags != record.keywords.size()) return;
  for (std::size_t i = 0; i < owners.size(); ++i) record.keywords[i].owner = owners[i];
  for (std::size_t i = owners.size(); i < owners.size() + mesh; ++i)
    record.mesh_headings.push_back(MeshFromText(record.keywords[i].text.text));
  record.keywords.resize(owners.size());
}

void ApplyIdentifiers(const std::vector<Part>& parts, Record& record) {
  std::vector<Identifier> identifiers;
  for (const Part& part : parts)
    if (part.name == "id" && !part.At(0).empty())
      identifiers.push_back({part.At(0), part.At(1), part.At(1), "export", true});
  // What somebody added to the file, or corrected in it, stays.
  for (Identifier& read : record.identifiers) {
    const auto same = [&](const Identifier& i) { return i.scheme == read.scheme && i.value == read.value; };
    if (std::none_of(identifiers.begin(), identifiers.end(), same)) identifiers.push_back(std::move(read));
  }
  record.identifiers = std::move(identifiers);
}

void ApplySingle(const Part& part, Record& record) {
  if (part.name == "source") {
    record.source = part.At(0);
    record.source_id = part.At(1);
  } else if (part.name == "type") {
    record.type = part.At(0) == "book" ? RecordType::kBook : RecordType::kArticle;
  } else if (part.name == "version") {
    record.version = static_cast<int>(std::min<std::size_t>(Number(part.At(0)).value_or(1), 1'000'000));
  } else if (part.name == "status") {
    record.status = part.At(0);
  } else if (part.name == "pages") {
    record.pages = part.At(0);
    record.start_page = part.At(1);
    record.end_page = part.At(2);
  } else if (part.name == "issn") {
    record.journal.issn_print = part.At(0);
    record.journal.issn_electronic = part.At(1);
    record.journal.issn_linking = part.At(2);
  } else if (part.name == "journal") {
    record.journal.iso_abbreviation = part.At(0);
    record.journal.medline_ta = part.At(1);
    record.journal.nlm_unique_id = part.At(2);
    record.journal.country = part.At(3);
  } else if (part.name == "translated") {
    record.title_is_translated = true;
  } else if (part.name == "vernacular") {
    record.vernacular_title = {part.At(0), ""};
  }
}

void ApplyLists(const std::vector<Part>& parts, Record& record) {
  std::vector<std::string> isbns;
  for (const Part& part : parts) {
    ApplySingle(part, record);
    if (part.name == "isbn") isbns.push_back(part.At(0));
    if (part.name != "retracted") continue;
    const auto same = [&](const RelatedRecord& r) {
      return r.ref_type == "RetractionIn" && r.pmid == part.At(0) && r.doi == part.At(1);
    };
    if (std::none_of(record.related.begin(), record.related.end(), same))
      record.related.push_back({"RetractionIn", "", part.At(0), "", part.At(1)});
  }
  if (isbns.empty()) return;
  if (!record.book) record.book.emplace();
  record.book->isbns = std::move(isbns);
}

}  // namespace

std::string ExportNote(const Record& record, std::optional<std::size_t> tags_after_keywords) {
  std::string out(kHead);
  Append(out, "source", {record.source, record.source_id});
  if (record.type == RecordType::kBook) Append(out, "type", {"book"});
  if (record.version != 1) Append(out, "version", {std::to_string(record.version)});
  Append(out, "status", {record.status});
  for (const Identifier& id : record.identifiers)
    if (id.valid && !id.value.empty()) Append(out, "id", {id.scheme, id.value});
  AppendDates(out, record);
  Append(out, "pages", {record.pages, record.start_page, record.end_page});
  const Journal& journal = record.journal;
  Append(out, "issn", {journal.issn_print, journal.issn_electronic, journal.issn_linking});
  if (record.book)
    for (const std::string& isbn : record.book->isbns) Append(out, "isbn", {isbn});
  Append(out, "journal", {journal.iso_abbreviation, journal.medline_ta, journal.nlm_unique_id, journal.country});
  AppendPeople(out, record);
  AppendSections(out, record);
  AppendKeywords(out, record);
  if (tags_after_keywords) AppendTail(out, record, *tags_after_keywords);
  for (const RelatedRecord& related : record.related)
    if (related.ref_type == "RetractionIn") AppendNotice(out, related);
  if (record.title_is_translated) Append(out, "translated", {"1"});
  Append(out, "vernacular", {record.vernacular_title.text});
  return out;
}

bool ApplyExportNote(std::string_view text, Record& record) {
  text = TrimAscii(text);
  if (!text.starts_with(kHead)) return false;
  text.remove_prefix(kHead.size());
  if (!text.empty() && text.front() != '&') return false;
  if (!text.empty()) text.remove_prefix(1);
  const std::vector<Part> parts = ReadParts(text);
  ApplyIdentifiers(parts, record);
  ApplyLists(parts, record);
  ApplyDates(parts, record);
  ApplyPeople(parts, record);
  ApplySections(parts, record);
  ApplyKeywords(parts, record);
  return true;
}

}  // namespace litmill
