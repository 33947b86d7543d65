// SPDX-License-Identifier: Apache-2.0
#include "report/citation.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "core/export_text.h"

namespace litmill::report {
namespace {

void AddLine(std::vector<std::string>& lines, std::string_view text) {
  std::string line = OneLine(text);
  if (!line.empty()) lines.push_back(std::move(line));
}

/// A backslash before each of `special` in `text`.
std::string Escape(std::string_view text, std::string_view special) {
  std::string out;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::vector<Name> NamesOf(const Record& record, PersonRole role) {
  std::vector<Name> names;
  for (const Author& author : record.authors) {
    if (author.role != role || !IsListed(author)) continue;
    Name name;
    name.group = OneLine(author.collective_name);
    if (name.group.empty()) {
      name.last = OneLine(author.last_name);
      name.given = OneLine(author.fore_name);
      if (name.last.empty()) name.last = std::exchange(name.given, {});
      if (name.given.empty()) name.given = OneLine(author.initials);
      name.suffix = OneLine(author.suffix);
    }
    names.push_back(std::move(name));
  }
  return names;
}

DateParts PartsOf(const PartialDate* date) {
  if (date == nullptr || !DateFromIso(date->iso)) return {};
  const std::string& iso = date->iso;
  return {iso.substr(0, 4), iso.size() > 6 ? iso.substr(5, 2) : "", iso.size() > 9 ? iso.substr(8, 2) : ""};
}

std::string_view MonthName(std::string_view month) {
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(month.data(), month.data() + month.size(), number);
  if (error != std::errc() || end != month.data() + month.size() || number < 1 || number > kMonths.size()) return {};
  return kMonths[number - 1];
}

std::string IdOf(const Record& record, std::string_view scheme) {
  const Identifier* id = record.FindIdentifier(scheme);
  return id == nullptr ? std::string() : OneLine(id->value);
}

std::string LinkOf(const Record& record) {
  if (const std::string doi = IdOf(record, "doi"); !doi.empty()) {
    // What would end or break a link in a text is encoded (RFC 3986), the slash stays readable.
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string link = "https://doi.org/";
    for (const char c : doi) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte > 0x20 && byte < 0x7F && std::string_view("\"#%<>?[\\]^`{|}").find(c) == std::string_view::npos) {
        link += c;
      } else {
        link += '%';
        link += kHex[byte >> 4U];
        link += kHex[byte & 0xFU];
      }
    }
    return link;
  }
  const std::string pmid = IdOf(record, "pmid");
  return pmid.empty() ? std::string() : "https://pubmed.ncbi.nlm.nih.gov/" + pmid + "/";
}

std::string DatabaseName(std::string_view source) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kNames = {{{"pubmed", "PubMed"},
                                                                                     {"europepmc", "Europe PMC"},
                                                                                     {"embase", "Embase"},
                                                                                     {"scopus", "Scopus"},
                                                                                     {"wos", "Web of Science"},
                                                                                     {"crossref", "Crossref"},
                                                                                     {"datacite", "DataCite"},
                                                                                     {"openalex", "OpenAlex"},
                                                                                     {"unpaywall", "Unpaywall"},
                                                                                     {"cochrane", "Cochrane"}}};
  for (const auto& [name, shown] : kNames)
    if (name == source) return std::string(shown);
  return OneLine(source);
}

Kind KindOf(const Record& record) {
  if (record.type != RecordType::kBook || !record.book) return Kind::kArticle;
  const std::string title = OneLine(record.title.text);
  return title.empty() || title == OneLine(record.book->title) ? Kind::kBook : Kind::kChapter;
}

std::string TitleOf(const Record& record) {
  return KindOf(record) == Kind::kBook ? OneLine(record.book->title) : OneLine(record.title.text);
}

std::string ContainerOf(const Record& record) {
  if (KindOf(record) == Kind::kBook) return {};
  std::string journal = OneLine(record.journal.title);
  if (journal.empty() && record.book) journal = OneLine(record.book->title);
  return journal;
}

std::vector<std::string> KeywordsOf(const Record& record) {
  std::vector<std::string> lines;
  for (const Keyword& keyword : record.keywords) AddLine(lines, keyword.text.text);
  return lines;
}

std::vector<std::string> MeshOf(const Record& record) {
  std::vector<std::string> lines;
  for (const MeshHeading& heading : record.mesh_headings)
    if (!OneLine(heading.name).empty()) lines.push_back(MeshText(heading));
  return lines;
}

std::vector<std::string> KeywordList(const store::WorkRecord& work) {
  std::vector<std::string> lines = KeywordsOf(work.record);
  for (std::string& heading : MeshOf(work.record)) lines.push_back(std::move(heading));
  for (const store::WorkTag& tag : work.tags) AddLine(lines, tag.facet + ": " + tag.name);
  return lines;
}

std::vector<std::string> TypesOf(const Record& record) {
  std::vector<std::string> lines;
  for (const PublicationType& type : record.publication_types) AddLine(lines, type.name);
  return lines;
}

std::vector<std::string> AffiliationsOf(const Record& record) {
  std::vector<std::string> lines;
  for (const Author& author : record.authors) {
    if (!IsListed(author)) continue;
    for (const Affiliation& affiliation : author.affiliations) {
      std::string line = OneLine(affiliation.text);
      if (!line.empty() && std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(std::move(line));
    }
  }
  return lines;
}

std::string RetractionNote(const Record& record) {
  if (!record.IsRetracted()) return {};
  std::vector<std::string> notices;
  for (const RelatedRecord& related : record.related) {
    if (related.ref_type != "RetractionIn") continue;
    if (!related.pmid.empty()) notices.push_back("PMID " + OneLine(related.pmid));
    if (related.pmid.empty() && !related.doi.empty()) notices.push_back("doi " + OneLine(related.doi));
  }
  const std::string named = JoinLines(notices, ", ");
  return named.empty() ? "RETRACTED PUBLICATION" : "RETRACTED PUBLICATION (notice: " + named + ")";
}

std::string JoinLines(const std::vector<std::string>& items, std::string_view separator) {
  std::string joined;
  for (const std::string& item : items) {
    const std::string line = OneLine(item);
    if (line.empty()) continue;
    if (!joined.empty()) joined += separator;
    joined += line;
  }
  return joined;
}

std::string JoinList(const std::vector<std::string>& items) {
  std::string joined;
  for (const std::string& item : items) {
    const std::string line = OneLine(item);
    if (line.empty()) continue;
    if (!joined.empty()) joined += "; ";
    joined += Escape(line, "\\;");
  }
  return joined;
}

std::string JoinNames(const std::vector<Name>& names) {
  std::string joined;
  for (const Name& name : names) {
    if (!joined.empty()) joined += "; ";
    joined += Escape(name.group.empty() ? name.last : name.group, "\\;,");
    if (!name.given.empty() || !name.suffix.empty()) joined += ", " + Escape(name.given, "\\;,");
    if (!name.suffix.empty()) joined += ", " + Escape(name.suffix, "\\;,");
  }
  return joined;
}

}  // namespace litmill::report
