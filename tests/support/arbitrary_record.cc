// SPDX-License-Identifier: Apache-2.0
#include "tests/support/arbitrary_record.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <vector>

#include "core/export_text.h"

namespace litmill::testing {
namespace {

const char* const kWords[] = {
    "magnesium", "Müller", "migraine", "Ελλάδα", "магний", "鎂",         "p<0.05;",    "{Mg}", "\\alpha",
    "50%",       "R&D",    "$5",       "a_b",    "#1",     "~x^2",       "\"quoted\"", "it's", "@home",
    "=SUM(A1)",  "-3",     "+4",       "and",    "others", "ER",         "TY",         "-",    "PMID-",
    "Results:",  "n=12,",  "'=1",      "''@x",   "a/b",    "litmill:1&", "100 mg"};
const std::string kHostile[] = {"\r\nER  - \r\n\r\nTY  - JOUR\r\n",
                                "ER  - ",
                                "\n\nPMID- 1\nTI  - x",
                                "},\n}\n\n@article{x,\n  title = {",
                                "{{{",
                                "}}",
                                "\\",
                                "\"\r\n\"",
                                "=HYPERLINK(\"x\")",
                                "\t@x",
                                std::string("nul\0nul", 7),
                                "\x1B[31m",
                                "\xE2\x80\xA8",
                                "\xE2\x80\xA9",
                                "\xC2\x85",
                                "\xFF\xFE",
                                "\xED\xA0\x80",
                                "\xE2\x82",
                                "\v\f",
                                "\r",
                                "\xEF\xBB\xBF",
                                "]\n}",
                                "&tags=99&source=x,y"};

class Maker {
 public:
  Maker(std::mt19937_64& random, Texts texts) : random_(random), texts_(texts) {}

  std::size_t Below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }
  bool Chance(int percent) { return Below(100) < static_cast<std::size_t>(percent); }
  std::string Text(std::size_t most_words) {
    std::string text;
    for (std::size_t n = 1 + Below(most_words); n > 0; --n) {
      if (!text.empty()) text += ' ';
      text += texts_ == Texts::kHostile && Chance(30) ? kHostile[Below(std::size(kHostile))]
                                                      : std::string(kWords[Below(std::size(kWords))]);
    }
    return text;
  }
  std::string Maybe(std::size_t most_words) { return Chance(60) ? Text(most_words) : std::string(); }
  MarkedText Marked(std::size_t most_words) { return {Text(most_words), ""}; }
  std::string Digits(std::size_t n) {
    std::string digits;
    while (digits.size() < n) digits += static_cast<char>('0' + Below(10));
    return digits;
  }
  template <typename Item>
  std::vector<Item> List(std::size_t most, const std::function<Item()>& make) {
    std::vector<Item> items;
    for (std::size_t n = Below(most + 1); n > 0; --n) items.push_back(make());
    return items;
  }

 private:
  std::mt19937_64& random_;
  Texts texts_;
};

PartialDate AnyDate(Maker& m) {
  std::string iso = "19" + std::to_string(50 + m.Below(50));
  if (m.Chance(70)) iso += "-0" + std::to_string(1 + m.Below(9));
  if (iso.size() == 7 && m.Chance(70)) iso += "-1" + std::to_string(m.Below(10));
  PartialDate date = *DateFromIso(iso);
  if (iso.size() == 7 && m.Chance(20)) {
    date.iso_end = iso.substr(0, 5) + "12";
    date.raw = iso + "/12";
  }
  return date;
}

Author AnyAuthor(Maker& m, PersonRole role) {
  Author author;
  author.role = role;
  if (m.Chance(15)) {
    author.collective_name = m.Text(4);
  } else {
    author.last_name = m.Text(2);
    if (m.Chance(85)) author.fore_name = m.Text(2);
    if (m.Chance(10)) author.suffix = "Jr";
    if (m.Chance(30)) author.orcid = "0000-0002-1825-0097";
  }
  author.valid = m.Chance(97);
  author.affiliations = m.List<Affiliation>(2, [&] { return Affiliation{m.Text(6), {}}; });
  return author;
}

void AddIdentifiers(Maker& m, const std::string& source_id, Record& r) {
  if (r.source == "pubmed" || m.Chance(40)) {
    const std::string pmid = r.source == "pubmed" ? source_id : "1" + m.Digits(7);
    r.identifiers.push_back({"pmid", pmid, pmid, "PMID", true});
  }
  if (m.Chance(70)) r.identifiers.push_back({"doi", "10.1234/" + m.Digits(6) + "(a)_b;c", "", "ELocationID", true});
  if (m.Chance(30)) r.identifiers.push_back({"pmcid", "PMC1" + m.Digits(5), "", "ArticleIdList", true});
  if (m.Chance(20)) r.identifiers.push_back({"pii", m.Text(1), "", "ArticleIdList", true});
  if (m.Chance(10)) r.identifiers.push_back({"doi", "not a doi", "", "ArticleIdList", false});
  for (Identifier& id : r.identifiers) id.raw = id.value;
}

void AddIndexing(Maker& m, Record& r) {
  r.keywords = m.List<Keyword>(5, [&] { return Keyword{m.Chance(70) ? "NOTNLM" : m.Maybe(1), false, m.Marked(2)}; });
  r.mesh_headings = m.List<MeshHeading>(4, [&] {
    return MeshHeading{"",    m.Text(2),
                       "",    m.Chance(30),
                       false, m.List<MeshQualifier>(2, [&] {
                         return MeshQualifier{"", m.Text(1), m.Chance(30)}; })};
  });
  for (MeshHeading& heading : r.mesh_headings) {  // A star is a mark, not a letter of a name.
    while (heading.name.starts_with('*')) heading.name.erase(0, 1);
  }
  r.publication_types = m.List<PublicationType>(2, [&] { return PublicationType{"", m.Text(1)}; });
  if (m.Chance(5)) r.publication_types.push_back({"D016441", "Retracted Publication"});
  if (m.Chance(5)) r.related.push_back({"RetractionIn", m.Maybe(3), m.Chance(50) ? "77" : "", "", ""});
  r.chemicals = m.List<Chemical>(2, [&] { return Chemical{m.Maybe(1), "", m.Text(2)}; });
  r.grants = m.List<Grant>(1, [&] { return Grant{m.Maybe(1), "", m.Maybe(2), m.Maybe(1)}; });
  r.accessions = m.List<DataBankAccession>(1, [&] { return DataBankAccession{m.Text(1), m.Maybe(1)}; });
}

}  // namespace

Record ArbitraryRecord(std::mt19937_64& random, const std::string& source_id, Texts texts) {
  Maker m(random, texts);
  Record r;
  r.source = m.Chance(60) ? "pubmed" : m.Chance(50) ? "scopus" : "embase";
  r.source_id = r.source == "pubmed" ? source_id : "L-" + source_id;
  r.status = m.Maybe(1);
  AddIdentifiers(m, source_id, r);
  r.title = m.Chance(95) ? m.Marked(10) : MarkedText{};
  r.title_is_translated = m.Chance(5);
  r.vernacular_title = m.Chance(10) ? m.Marked(4) : MarkedText{};
  r.abstract_sections = m.List<AbstractSection>(4, [&] {
    return AbstractSection{m.Maybe(2), m.Chance(50) ? "METHODS" : "", m.Marked(25)};
  });
  r.copyright = m.Maybe(3);
  for (const PersonRole role : {PersonRole::kAuthor, PersonRole::kEditor, PersonRole::kInvestigator})
    for (std::size_t n = m.Below(role == PersonRole::kAuthor ? 5 : 2); n > 0; --n)
      r.authors.push_back(AnyAuthor(m, role));
  r.languages = m.Chance(50) ? std::vector<std::string>{"eng"} : std::vector<std::string>{"eng", "fre"};
  r.journal = {m.Maybe(3),
               m.Maybe(2),
               m.Maybe(2),
               m.Chance(50) ? m.Digits(7) : "",
               m.Maybe(1),
               m.Chance(50) ? "1234-5679" : "",
               m.Chance(50) ? "8765-4321" : "",
               "",
               m.Maybe(1),
               m.Maybe(1),
               ""};
  if (m.Chance(10)) {
    r.type = RecordType::kBook;
    r.journal.title.clear();
    r.book.emplace();
    r.book->title = m.Text(4);
    r.book->publisher = m.Maybe(2);
    r.book->isbns = m.List<std::string>(2, [&] { return m.Digits(13); });
  }
  r.pages = m.Chance(50) ? "123-34" : m.Maybe(1);
  if (r.pages == "123-34") {
    r.start_page = "123";
    r.end_page = "134";
  }
  for (const char* const kind : {"print", "electronic"})
    if (m.Chance(60)) r.dates.push_back({kind, AnyDate(m), ""});
  if (m.Chance(40)) r.dates.push_back({"entrez", AnyDate(m), "06:30"});
  AddIndexing(m, r);
  r.coi_statement = m.Maybe(4);
  return r;
}

std::string CarriedFields(const Record& r) {
  std::string out;
  const auto add = [&](const std::string& name, const std::vector<std::string>& values) {
    out += name;
    for (const std::string& value : values) out += " | " + OneLine(value);
    out += '\n';
  };
  add("source", {r.source, r.source_id, r.type == RecordType::kBook ? "book" : "article", r.status});
  std::set<std::string> ids;
  for (const Identifier& id : r.identifiers)
    if (id.valid) ids.insert(id.scheme + " " + id.value);
  add("ids", {ids.begin(), ids.end()});
  const bool whole_book = r.book && r.title.text.empty();
  add("title",
      {whole_book ? r.book->title : r.title.text, r.title_is_translated ? "translated" : "", r.vernacular_title.text});
  for (const AbstractSection& s : r.abstract_sections)
    if (!JoinedSection(s).empty()) add("section", {s.label, s.nlm_category, s.body.text});
  for (const Author& a : r.authors)
    if (a.role == PersonRole::kAuthor && IsListed(a))
      add("author",
          {a.last_name, a.fore_name.empty() ? a.initials : a.fore_name, a.suffix, a.collective_name, a.orcid});
  add("languages", r.languages);
  const Journal& j = r.journal;
  add("journal", {j.title, j.iso_abbreviation, j.medline_ta, j.nlm_unique_id, j.country});
  add("issn", {j.issn_print, j.issn_electronic, j.issn_linking});
  if (r.book) {
    add("book", {r.book->title});
    add("isbn", r.book->isbns);
  }
  add("place", {j.volume, j.issue, r.pages, r.start_page, r.end_page});
  for (const std::string_view kind : {"print", "electronic"})
    if (const PartialDate* d = r.Date(kind)) add(std::string(kind), {d->raw, d->iso, d->iso_end});
  for (const MeshHeading& h : r.mesh_headings)
    if (!OneLine(h.name).empty()) add("mesh", {MeshText(h)});
  for (const Keyword& k : r.keywords)
    if (!OneLine(k.text.text).empty()) add("keyword", {k.owner, k.text.text});
  add("retracted", {r.IsRetracted() ? "yes" : "no"});
  return out;
}

}  // namespace litmill::testing
