// SPDX-License-Identifier: Apache-2.0
#include "parse/bibtex_record.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/unicode.h"
#include "parse/bibtex_names.h"
#include "parse/bibtex_own.h"
#include "parse/json_reader.h"
#include "parse/latex_text.h"
#include "parse/record_parts.h"
#include "parse/table_cells.h"
#include "parse/wos_parts.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

using Out = ExportRecord&;
using Tex = std::string_view;

std::string Plain(Tex tex) { return FoldSpace(NameOfLatex(tex)); }
std::string Code(Tex tex) { return FoldSpace(CodeOfLatex(tex)); }
MarkedText Marked(Out out, Tex tex) { return out.Marked(TextOfLatex(tex)); }

// Of the entry types: what the thing is, in the words of publication types.
constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
    {"article", "Journal Article"},
    {"inproceedings", "Proceedings Article"},
    {"conference", "Proceedings Article"},
    {"proceedings", "Proceedings"},
    {"book", "Book"},
    {"booklet", "Book"},
    {"mvbook", "Book"},
    {"collection", "Edited Book"},
    {"inbook", "Book Chapter"},
    {"incollection", "Book Chapter"},
    {"inreference", "Reference Entry"},
    {"phdthesis", "Academic Dissertation"},
    {"mastersthesis", "Academic Dissertation"},
    {"thesis", "Academic Dissertation"},
    {"techreport", "Report"},
    {"report", "Report"},
    {"dataset", "Dataset"},
    {"patent", "Patent"},
};

// Lists are joined by semicolons, or by commas where there is no semicolon.
template <KindName kOwner>
void Keywords(Out out, Tex tex) {
  const bool by_semicolon = tex.find(';') != Tex::npos;
  for (const std::string& part : SplitOutsideBraces(tex, by_semicolon ? ';' : ','))
    out.AddKeyword(kOwner.text, TextOfLatex(part));
}

template <KindName kKind>
void Kept(Out out, Tex tex) {
  Other(out, kKind.text, Marked(out, tex).text);
}
template <KindName kKind>
void EachKept(Out out, Tex tex) {
  for (const std::string& part : SplitOutsideBraces(tex, ';')) Other(out, kKind.text, Marked(out, part).text);
}
template <KindName kScheme>
void Id(Out out, Tex tex) {
  out.AddIdentifier(kScheme.text, Code(tex), kScheme.text);
}

// "cited By 3" is a count; notes of people are notes.
void Note(Out out, Tex tex) {
  const std::string note = Marked(out, tex).text;
  if (AsciiLower(note).starts_with("cited by"))
    Other(out, "times-cited",
          TrimAscii(std::string_view(note).substr(8)).find_first_of(":") == 0 ? std::string_view(note).substr(9)
                                                                              : std::string_view(note).substr(8));
  else
    Other(out, "note", note);
}

// Each cited work on a line of its own (Web of Science) or between semicolons (Scopus).
void References(Out out, Tex tex) {
  std::string lines(tex);
  const bool by_line = lines.find(".\n") != std::string::npos || lines.find(';') == std::string::npos;
  for (const std::string& part : SplitList(lines, by_line ? "\n" : "; ")) AddCitedWork(out, TextOfLatex(part));
}

// "Roe, Jane/0000-0002-1825-0097", one a line.
template <KindName kScheme>
void PersonNumbers(Out out, Tex tex) {
  for (const std::string& line : SplitList(tex, "\n")) Other(out, kScheme.text, Plain(line));
}

void Type(Out out, Tex tex) {
  for (const std::string& part : SplitOutsideBraces(tex, ';')) out.AddPublicationType(Plain(part));
}

void Grants(Out out, Tex tex) { out.record.grants.push_back({{}, {}, Marked(out, tex).text, {}}); }

struct BibField {
  std::string_view name;
  void (*read)(ExportRecord& out, std::string_view tex);  ///< Null = ReadBibEntry reads it with others.
};

constexpr BibField kFields[] = {
    {"title", nullptr},
    {"subtitle", nullptr},
    {"author", nullptr},
    {"editor", nullptr},
    {"journal", nullptr},
    {"journaltitle", nullptr},
    {"booktitle", nullptr},
    {"year", nullptr},
    {"month", nullptr},
    {"day", nullptr},
    {"date", nullptr},
    {"pages", nullptr},
    {"art_number", nullptr},
    {"article-number", nullptr},
    {"eid", nullptr},
    {"publisher", nullptr},
    {"address", nullptr},
    {"location", nullptr},
    {"edition", nullptr},
    {"series", nullptr},
    {"isbn", nullptr},
    {"unique-id", nullptr},
    {"url", nullptr},
    {"crossref", nullptr},
    {"key", nullptr},
    {"source", nullptr},
    {"keywords", nullptr},
    {"volume", [](Out out, Tex tex) { out.record.journal.volume = Plain(tex); }},
    {"number", [](Out out, Tex tex) { out.record.journal.issue = Plain(tex); }},
    {"issue", [](Out out, Tex tex) { out.record.journal.issue = Plain(tex); }},
    {"abstract", [](Out out, Tex tex) { out.SetAbstract(TextOfLatex(tex)); }},
    {"doi",
     [](Out out, Tex tex) {
       const std::string code = Code(tex);
       if (!out.AddDoiIn(code, "doi")) out.AddIdentifier("doi", code, "doi");
     }},
    {"pmid", Id<"pmid">},
    {"pubmed_id", Id<"pmid">},
    {"pubmedid", Id<"pmid">},
    {"pmcid", Id<"pmcid">},
    {"pmc", Id<"pmcid">},
    {"author_keywords", Keywords<"NOTNLM">},
    {"author-keywords", Keywords<"NOTNLM">},
    {"key words", Keywords<"NOTNLM">},
    {"keyword", Keywords<"NOTNLM">},
    {"keywords-plus", Keywords<"KEYWORDS-PLUS">},
    {"issn", [](Out out, Tex tex) { out.AddIssnsAndIsbns(Code(tex)); }},
    {"print-issn", [](Out out, Tex tex) { out.record.journal.issn_print = HyphenatedIssn(Code(tex)); }},
    {"linking-issn", [](Out out, Tex tex) { out.record.journal.issn_linking = HyphenatedIssn(Code(tex)); }},
    {"eissn", [](Out out, Tex tex) { out.record.journal.issn_electronic = HyphenatedIssn(Code(tex)); }},
    {"language", [](Out out, Tex tex) { out.AddLanguages(Plain(tex)); }},
    {"langid", [](Out out, Tex tex) { out.AddLanguages(Plain(tex)); }},
    {"type", Type},
    {"document_type", Type},
    {"shortjournal", [](Out out, Tex tex) { out.record.journal.iso_abbreviation = Plain(tex); }},
    {"journal-iso", [](Out out, Tex tex) { out.record.journal.iso_abbreviation = Plain(tex); }},
    {"abbrev_source_title", [](Out out, Tex tex) { out.record.journal.iso_abbreviation = Plain(tex); }},
    {"title-abbreviation", [](Out out, Tex tex) { out.record.journal.iso_abbreviation = Plain(tex); }},
    {"nlm-unique-id", [](Out out, Tex tex) { out.record.journal.nlm_unique_id = Plain(tex); }},
    {"number-of-cited-references", [](Out out, Tex tex) { out.record.number_of_references = Plain(tex); }},
    {"cited-references", References},
    {"references", References},
    {"earlyaccessdate", [](Out out, Tex tex) { out.AddDate("electronic", Plain(tex)); }},
    {"note", Note},
    {"annote", Kept<"note">},
    {"affiliation", Kept<"affiliation">},
    {"affiliations", EachKept<"organization">},
    {"author-email", Kept<"email">},
    {"correspondence_address1", Kept<"correspondence-address">},
    {"correspondence_address", Kept<"correspondence-address">},
    {"researcherid-numbers", PersonNumbers<"researcherid">},
    {"orcid-numbers", PersonNumbers<"orcid">},
    {"funding-acknowledgement", Grants},
    {"funding_details", Grants},
    {"grantno", Grants},
    {"funding-text", Kept<"funding-text">},
    {"funding_text", Kept<"funding-text">},
    {"times-cited", Kept<"times-cited">},
    {"usage-count-last-180-days", Kept<"usage-180-days">},
    {"usage-count-since-2013", Kept<"usage-since-2013">},
    {"doc-delivery-number", Kept<"ids-number">},
    {"research-areas", EachKept<"research-area">},
    {"web-of-science-categories", EachKept<"wos-category">},
    {"web-of-science-index", EachKept<"wos-index">},
    {"oa", Kept<"open-access-status">},
    {"da", [](Out, Tex) {}},  // When the file was made.
    {"coden", Kept<"coden">},
    {"chemicals_cas", Kept<"substances">},
    {"tradenames", EachKept<"tradename">},
    {"manufacturers", EachKept<"manufacturer">},
    {"sponsors", EachKept<"sponsor">},
    {"organization", Kept<"organization">},
    {"institution", Kept<"institution">},
    {"school", Kept<"institution">},
    {"meeting", Kept<"conference">},
    {"conference", Kept<"conference">},
    {"howpublished", Kept<"how-published">},
    {"copyright", [](Out out, Tex tex) { out.record.copyright = Plain(tex); }},
};

const BibField* FieldNamed(std::string_view name) {
  if (const auto* const found =
          std::find_if(std::begin(kFields), std::end(kFields), [name](const BibField& f) { return f.name == name; });
      found != std::end(kFields))
    return found;
  // "funding_text 1" (with a no-break space), "funding_text1".
  std::string_view stem = name;
  while (!stem.empty() && stem.back() >= '0' && stem.back() <= '9') stem.remove_suffix(1);
  for (const std::string_view space : {" ", "\xC2\xA0"})
    while (stem.ends_with(space)) stem.remove_suffix(space.size());
  return stem.empty() || stem == name ? nullptr : FieldNamed(stem);
}

class EntryReader {
 public:
  EntryReader(const BibEntry& entry, const BibEntry* parent, Out out)
      : entry_(entry), parent_(parent), out_(out), record_(out.record) {}

  void Read() {
    is_wos_ = entry_.key.starts_with("WOS:") || entry_.key.starts_with("ISI:") || !entry_.Field("unique-id").empty();
    is_scopus_ = AsciiLower(Plain(entry_.Field("source"))) == "scopus" ||
                 entry_.Field("url").find("scopus.com/inward") != Tex::npos;
    ReadPeople();
    ReadType();
    for (const auto& [name, value] : entry_.fields) ReadField(name, value);
    ReadTitles();
    ReadPlace();
    ReadDates();
    ReadIdentity();
  }

 private:
  // Of the entry, else what it inherits from the book or volume that it is a part of.
  Tex Field(std::string_view name, bool inherits = true) const {
    const Tex own = entry_.Field(name);
    return own.empty() && inherits && parent_ != nullptr ? parent_->Field(name) : own;
  }

  void ReadField(const std::string& name, const std::string& value) {
    if (TrimAscii(value).empty()) return;
    const BibField* known = FieldNamed(name);
    if (known == nullptr)
      out_.AddUnmapped(name, FoldSpace(value));
    else if (known->read != nullptr)
      known->read(out_, value);
  }

  void ReadType() {
    const auto* const type = std::find_if(std::begin(kTypes), std::end(kTypes),
                                          [this](const auto& known) { return known.first == entry_.type; });
    const bool says_type = !entry_.Field("document_type").empty() || !entry_.Field("type").empty();
    if (type != std::end(kTypes) && !says_type) out_.AddPublicationType(type->second);
    if (type == std::end(kTypes) && entry_.type != "misc" && entry_.type != "unpublished" && entry_.type != "online")
      Other(out_, "entry-type", entry_.type);
    is_part_ = entry_.type == "inbook" || entry_.type == "incollection";
    is_book_ = entry_.type == "book" || entry_.type == "mvbook" || entry_.type == "collection";
    const std::string said = AsciiLower(Plain(entry_.Field("document_type")));
    if (said == "book chapter") is_part_ = true;
    if (said == "book") is_book_ = !is_part_;
  }

  void ReadPeople() {
    bool others = false;
    AddPeople(out_, PeopleOfBibtex(Field("author", false), others));
    record_.authors_complete = !others;
    AddPeople(out_, PeopleOfBibtex(Field("editor"), others), PersonRole::kEditor);
  }

  void ReadTitles() {
    std::string title = TextOfLatex(Field("title", false));
    if (const Tex subtitle = Field("subtitle", false); !subtitle.empty()) title += ": " + TextOfLatex(subtitle);
    if (title.empty() && (entry_.type == "proceedings" || is_book_)) title = TextOfLatex(Field("booktitle", false));
    record_.title = out_.Marked(title);
  }

  void ReadPlace() {
    const std::string container = ContainerTitle();
    const std::string publisher = Marked(out_, Field("publisher")).text;
    const std::string place = Plain(Field("address").empty() ? Field("location") : Field("address"));
    const std::string series = Marked(out_, Field("series")).text;
    const std::string edition = Plain(Field("edition"));
    if (is_part_ || is_book_) {
      record_.type = RecordType::kBook;
      Book& book = record_.book.emplace();
      book.title = is_part_ || record_.title.text.empty() ? container : record_.title.text;
      book.publisher = publisher;
      book.publisher_location = place;
      book.edition = edition;
      book.collection_title = series;
      book.volume = record_.journal.volume;
    } else {
      record_.journal.title = container;
      Other(out_, "publisher", publisher);
      Other(out_, "publisher-location", place);
      Other(out_, "series", series);
      Other(out_, "edition", edition);
    }
    out_.AddIssnsAndIsbns(Code(Field("isbn")));
    const std::string number = Plain(FirstField({"art_number", "article-number", "eid"}));
    SetPagesOrNumber(out_, Code(Field("pages", false)), {}, number);
  }

  std::string ContainerTitle() {
    for (const std::string_view name : {"journal", "journaltitle", "booktitle"})
      if (const Tex value = Field(name); !value.empty()) return Marked(out_, value).text;
    return parent_ == nullptr ? std::string() : Marked(out_, parent_->Field("title")).text;
  }

  Tex FirstField(std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names)
      if (const Tex value = Field(name, false); !value.empty()) return value;
    return {};
  }

  void ReadDates() {
    const std::string year = Plain(Field("year"));
    std::string month = Plain(Field("month"));
    if (year.empty()) {
      out_.AddDate("print", Plain(Field("date")));
      return;
    }
    if (const std::string day = Plain(Field("day", false)); !day.empty() && !month.empty()) month += " " + day;
    JsonRecord json(out_.context);
    if (month.empty())
      out_.AddDate("print", year);
    else if (month.find_first_not_of("0123456789") == std::string::npos)
      out_.AddDate("print", year + "/" + month);
    else
      AddWosDate(json, record_, year, month);
    if (const std::string date = Plain(Field("date", false)); !date.empty() && date.find(year) == std::string::npos)
      out_.AddUnmapped("date", date);
  }

  void ReadIdentity() {
    const std::string url = Code(Field("url", false));
    const std::string source = Plain(Field("source", false));
    if (is_wos_) {
      out_.database = "Web of Science";
      std::string number = Code(Field("unique-id", false));
      if (number.empty()) number = entry_.key;
      if (number.starts_with("ISI:")) number.replace(0, 3, "WOS");  // The name until 2013.
      out_.accession = number;
      out_.AddIdentifier("wos", number, "Unique-ID");
    }
    if (is_scopus_) {
      out_.database = "Scopus";
      if (const std::size_t at = url.find("eid=2-s2.0-"); at != std::string::npos) {
        out_.accession = url.substr(at + 4, url.find('&', at) - at - 4);
        out_.AddIdentifier("scopus", out_.accession, "url");
      }
    } else {
      Other(out_, "source-string", source);
    }
    if (!url.empty() && !out_.AddDoiIn(url, "url")) Other(out_, "url", url);
    if (const Tex words = Field("keywords", false); !words.empty()) {
      if (is_scopus_)
        Keywords<"SCOPUS">(out_, words);
      else
        Keywords<"NOTNLM">(out_, words);
    }
    Other(out_, "citation-key", entry_.key);
  }

  const BibEntry& entry_;
  const BibEntry* parent_;
  Out out_;
  Record& record_;
  bool is_wos_ = false, is_scopus_ = false, is_part_ = false, is_book_ = false;
};

}  // namespace

void ReadBibEntry(const BibEntry& entry, const BibEntry* parent, ExportRecord& out) {
  if (ReadOwnBibEntry(entry, out)) return;
  EntryReader(entry, parent, out).Read();
}

}  // namespace litmill::parse
