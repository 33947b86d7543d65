// SPDX-License-Identifier: Apache-2.0
#include "parse/endnote_record.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/unicode.h"
#include "parse/database_names.h"
#include "parse/record_parts.h"
#include "parse/table_cells.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

using Node = pugi::xml_node;

// Of the numbers that EndNote gives its reference types, those that stand for something else than an article.
struct RefType {
  std::string_view number, name;
  bool is_part, is_book;
};
constexpr RefType kTypes[] = {
    {"17", "Journal Article", false, false},
    {"43", "Journal Article", false, false},  // "Electronic Article".
    {"5", "Book Chapter", true, false},
    {"60", "Book Chapter", true, false},  // "Electronic Book Section".
    {"6", "Book", false, true},
    {"44", "Book", false, true},  // "Electronic Book".
    {"28", "Edited Book", false, true},
    {"10", "Conference Proceedings", false, false},
    {"47", "Proceedings Article", false, false},
    {"32", "Academic Dissertation", false, false},
    {"27", "Report", false, false},
    {"59", "Dataset", false, false},
    {"23", "Newspaper Article", false, false},
    {"25", "Patent", false, false},
};

// What belongs to the library file and not to the record: its name, its running numbers, the program.
constexpr std::string_view kOfTheLibrary[] = {"database",     "source-app", "rec-number",
                                              "foreign-keys", "added-date", "modified-date"};

// The next node behind `node` inside `top`, in document order; null at the end.
Node NextIn(Node top, Node node) {
  if (const Node child = node.first_child()) return child;
  while (node && node != top) {
    if (const Node sibling = node.next_sibling()) return sibling;
    node = node.parent();
  }
  return {};
}

// The text of all runs. Styles that mean something become tags.
std::string Fragment(Node top, bool& has_markup) {
  has_markup = false;
  std::string text;
  for (Node node = NextIn(top, top); node; node = NextIn(top, node)) {
    if (node.type() != pugi::node_pcdata && node.type() != pugi::node_cdata) continue;
    const std::string_view face = node.parent().attribute("face").value();
    const std::string_view tag = face == "superscript"                           ? "sup"
                                 : face == "subscript"                           ? "sub"
                                 : face.find("italic") != std::string_view::npos ? "i"
                                                                                 : "";
    if (tag.empty()) {
      text += node.value();
      continue;
    }
    has_markup = true;
    text += "<" + std::string(tag) + ">" + node.value() + "</" + std::string(tag) + ">";
  }
  return text;
}

std::string Raw(Node node) {
  std::string text;
  for (Node at = NextIn(node, node); at; at = NextIn(node, at))
    if (at.type() == pugi::node_pcdata || at.type() == pugi::node_cdata) text += at.value();
  return text;
}

std::string Text(Node node) { return FoldSpace(Raw(node)); }

// EndNote's own line ends are "&#xD;"; those of the file are only layout.
std::vector<std::string> Lines(Node node) {
  std::vector<std::string> lines;
  for (const std::string& line : SplitList(Raw(node), "\r"))
    if (std::string folded = FoldSpace(line); !folded.empty()) lines.push_back(std::move(folded));
  return lines;
}

class Reader {
 public:
  Reader(Node element, ExportRecord& out) : element_(element), out_(out), record_(out.record) {}

  void Read() {
    // What the others are read by comes first, wherever it stands.
    provider_ = Text(element_.child("remote-database-provider"));
    database_ = Text(element_.child("remote-database-name"));
    is_nlm_ = provider_ == "NLM" || DatabaseName(database_) == "pubmed";
    is_embase_ = AsciiLower(database_).find("embase") != std::string::npos ||
                 (AsciiLower(database_) == "medline" && FirstLine("notes").starts_with('L'));
    if (is_nlm_)
      out_.database = "PubMed";
    else
      out_.database = is_embase_ ? "Embase" : database_;
    ReadType();
    for (const Node child : element_.children())
      if (child.type() == pugi::node_element) ReadChild(child, child.name());
    ReadPlace();
    ReadDates();
  }

 private:
  std::string FirstLine(const char* name) const {
    const std::vector<std::string> lines = Lines(element_.child(name));
    return lines.empty() ? std::string() : lines.front();
  }

  MarkedText Marked(Node node) {
    bool has_markup = false;
    return out_.Marked(Fragment(node, has_markup));
  }

  void Keep(std::string_view kind, Node node) { Other(out_, kind, Marked(node).text); }

  void ReadType() {
    const Node node = element_.child("ref-type");
    const std::string number = Text(node);
    const auto* const known =
        std::find_if(std::begin(kTypes), std::end(kTypes), [&](const RefType& t) { return t.number == number; });
    const std::string name = FoldSpace(node.attribute("name").value());
    // JabRef numbers its types in its own way: a name that contradicts the number wins.
    const std::string lower = AsciiLower(name);
    is_part_ = name.empty() ? known != std::end(kTypes) && known->is_part : lower.find("section") != std::string::npos;
    is_book_ = !is_part_ && (name.empty() ? known != std::end(kTypes) && known->is_book
                                          : lower == "book" || lower == "edited book" || lower == "electronic book");
    const bool agrees = known != std::end(kTypes) && (name.empty() || number == "17" || known->is_part == is_part_);
    if (Text(element_.child("work-type")).empty() || is_part_ || is_book_)
      out_.AddPublicationType(agrees && (is_part_ || is_book_ || lower.find("journal") != std::string::npos)
                                  ? known->name
                              : is_part_ ? std::string_view("Book Chapter")
                                         : std::string_view(name));
  }

  void ReadChild(Node node, std::string_view name) {
    if (std::find(std::begin(kOfTheLibrary), std::end(kOfTheLibrary), name) != std::end(kOfTheLibrary)) return;
    if (name == "contributors") return ReadContributors(node);
    if (name == "titles" || name == "periodical" || name == "alt-periodical" || name == "urls" || name == "dates") {
      for (const Node child : node.children())
        if (child.type() == pugi::node_element) ReadPart(child, name);
      return;
    }
    if (name == "keywords") return ReadKeywords(node);
    ReadField(node, name);
  }

  void ReadContributors(Node node) {
    for (const Node list : node.children()) {
      const std::string_view kind = list.name();
      for (const Node author : list.children()) {
        if (author.type() != pugi::node_element) continue;
        for (const std::string& name : Lines(author)) AddPerson(kind, name);
      }
    }
    std::stable_partition(record_.authors.begin(), record_.authors.end(),
                          [](const Author& a) { return a.role == PersonRole::kAuthor; });
  }

  // "Roe, J. B.", "Roe, Jane, Jr.", "World Health Organization,".
  void AddPerson(std::string_view kind, const std::string& printed) {
    if (kind != "authors" && kind != "secondary-authors") return Other(out_, kind, printed);
    Author person;
    const std::size_t comma = printed.find(',');
    if (comma != std::string::npos && TrimAscii(std::string_view(printed).substr(comma + 1)).empty()) {
      person.collective_name = std::string(TrimAscii(std::string_view(printed).substr(0, comma)));
    } else if (comma == std::string::npos && printed.find(' ') != std::string::npos) {
      person = PersonInAnyWording(printed);
    } else {
      const std::size_t last = printed.rfind(',');
      const std::string_view end =
          TrimAscii(std::string_view(printed).substr(last == std::string::npos ? 0 : last + 1));
      const bool has_suffix = last != comma && IsGeneration(end);
      person = PersonInAnyWording(has_suffix ? std::string_view(printed).substr(0, last) : std::string_view(printed));
      if (has_suffix) person.suffix = std::string(end);
    }
    person.role = kind == "authors" ? PersonRole::kAuthor : PersonRole::kEditor;
    if (!person.last_name.empty() || !person.collective_name.empty()) record_.authors.push_back(std::move(person));
  }

  void ReadPart(Node node, std::string_view holder) {
    const std::string_view name = node.name();
    if (holder == "titles") return ReadTitle(node, name);
    if (holder == "urls") {
      for (Node at = NextIn(node, node); at; at = NextIn(node, at))
        if (std::string_view(at.name()) == "url") AddUrl(Text(at));
      return;
    }
    if (holder == "dates") {
      if (name != "year" && name != "pub-dates" && name != "month" && name != "day") Keep(name, node);
      return;
    }
    std::string& title = name == "full-title" ? periodical_ : abbreviation_;
    if (title.empty())
      title = Marked(node).text;
    else if (const std::string other = Marked(node).text; other != title)
      Other(out_, "alternative-journal-title", other);
  }

  void AddUrl(const std::string& url) {
    if (!out_.AddDoiIn(url, "url")) Other(out_, "url", url);
  }

  void ReadTitle(Node node, std::string_view name) {
    if (name == "title")
      record_.title = Marked(node);
    else if (name == "secondary-title")
      container_ = Marked(node).text;
    else if (name == "alt-title")
      alternative_ = Marked(node).text;
    else if (name == "tertiary-title")
      series_ = Marked(node).text;
    else
      Keep(name, node);
  }

  void ReadKeywords(Node node) {
    for (const Node keyword : node.children())
      for (const std::string& line : Lines(keyword)) {
        const bool is_major = line.starts_with('*');
        const std::string_view words = std::string_view(line).substr(is_major ? 1 : 0);
        // PubMed's headings and the authors' words come in one list, and only a qualifier tells them apart.
        if (is_nlm_ && line.find('/') != std::string::npos && line.find("/ ") == std::string::npos)
          AddHeading(line);
        else
          out_.AddKeyword(is_embase_ ? "EMTREE" : is_nlm_ ? "ENDNOTE" : "NOTNLM", words, is_major);
      }
  }

  void AddHeading(const std::string& line) {
    MeshHeading heading;
    for (const std::string& part : SplitList(line, "/")) {
      const bool is_major = part.starts_with('*');
      std::string name = part.substr(is_major ? 1 : 0);
      if (heading.name.empty()) {
        heading.name = std::move(name);
        heading.descriptor_major = is_major;
      } else {
        heading.qualifiers.push_back({{}, std::move(name), is_major});
      }
    }
    if (!heading.name.empty()) record_.mesh_headings.push_back(std::move(heading));
  }

  void ReadField(Node node, std::string_view name) {
    if (name == "abstract") {
      bool has_markup = false;
      std::string text = Fragment(node, has_markup);
      std::replace(text.begin(), text.end(), '\r', '\n');
      out_.SetAbstract(text);
    } else if (name == "volume") {
      record_.journal.volume = Text(node);
    } else if (name == "number") {
      AddIssue(node);
    } else if (name == "pages") {
      out_.SetPages(Text(node));
    } else if (name == "isbn") {
      for (const std::string& line : Lines(node)) out_.AddIssnsAndIsbns(line);
    } else if (name == "electronic-resource-num") {
      for (const std::string& line : Lines(node))
        if (!out_.AddDoiIn(line, "electronic-resource-num")) out_.AddIdentifier("doi", line, "electronic-resource-num");
    } else if (name == "accession-num") {
      ReadAccession(Text(node));
    } else if (name == "language") {
      out_.AddLanguages(Text(node));
    } else if (name == "work-type") {
      for (const std::string& type : SplitList(Text(node), ";")) out_.AddPublicationType(type);
    } else if (name == "notes") {
      ReadNotes(node);
    } else if (name.starts_with("custom")) {
      ReadCustom(name, Text(node));
    } else if (name == "secondary-title" && container_.empty()) {  // JabRef writes it here.
      container_ = Marked(node).text;
    } else if (name == "auth-address") {
      for (const std::string& line : Lines(node)) Other(out_, "affiliation", line);
    } else {
      ReadRest(node, name);
    }
  }

  void ReadRest(Node node, std::string_view name) {
    // Ours, or read with others.
    if (name == "publisher" || name == "pub-location" || name == "edition" || name == "ref-type" ||
        name == "remote-database-name")
      return;
    constexpr std::string_view kKept[] = {"remote-database-provider",
                                          "label",
                                          "caption",
                                          "call-num",
                                          "section",
                                          "research-notes",
                                          "short-title",
                                          "reprint-edition",
                                          "orig-pub",
                                          "num-vols",
                                          "access-date",
                                          "secondary-title",
                                          "tertiary-title",
                                          "reviewed-item",
                                          "translated-title",
                                          "meeting-place",
                                          "cover",
                                          "size"};
    if (std::find(std::begin(kKept), std::end(kKept), name) != std::end(kKept))
      Keep(name, node);
    else
      out_.AddUnmapped(name, Text(node));
  }

  // Generic references of Embase have the addresses in this field.
  void AddIssue(Node node) {
    const std::string issue = Text(node);
    constexpr std::size_t kLongestIssue = 60;
    if (issue.size() <= kLongestIssue)
      record_.journal.issue = issue;
    else
      Other(out_, "number", issue);
  }

  // A number means what its form or its database says.
  void ReadAccession(const std::string& number) {
    const auto is = [&number](std::string_view database) { return !AccessionOf(database, number).empty(); };
    if (number.starts_with("WOS:") || number.starts_with("ISI:")) {
      SetAccession("Web of Science", "wos", "WOS" + number.substr(3));
    } else if (AsciiLower(number).starts_with("cn-") && is("cochrane")) {
      SetAccession("Cochrane", "cochrane", number);
    } else if (number.starts_with("2-s2.0-")) {
      SetAccession("Scopus", "scopus", number);
    } else if (is_nlm_ && is("pubmed")) {
      SetAccession("PubMed", "pmid", number);
    } else if (is_embase_ && number.starts_with('L') && is("embase")) {
      SetAccession("Embase", "embase", number);
    } else {
      out_.AddIdentifier("accession", number, "accession-num");
      if (!database_.empty() && !is_embase_ && !is_nlm_) out_.accession = number;
    }
  }

  void SetAccession(std::string_view database, std::string_view scheme, const std::string& number) {
    out_.AddIdentifier(scheme, number, "accession-num");
    out_.database = std::string(database);
    out_.accession = number;
  }

  // Exports of embase.com put their number first into the notes, PubMed's number into the fifth custom field.
  void ReadNotes(Node node) {
    const std::vector<std::string> lines = Lines(node);
    if (is_embase_ && !lines.empty() && lines.front().starts_with('L') &&
        !AccessionOf("embase", lines.front()).empty()) {
      out_.AddIdentifier("embase", lines.front(), "notes");
      if (out_.accession.empty()) out_.accession = lines.front();
    }
    for (const std::string& line : lines) Other(out_, "note", line);
  }

  void ReadCustom(std::string_view name, const std::string& text) {
    const auto all_digits = [](std::string_view word) {
      return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    if (name == "custom5" && is_embase_ && all_digits(text)) return out_.AddIdentifier("pmid", text, name);
    if (name == "custom2" && text.starts_with("PMC")) {
      const std::string_view number = std::string_view(text).substr(0, text.find(' '));
      if (all_digits(number.substr(3))) out_.AddIdentifier("pmcid", number, name);
      if (number.size() == text.size()) return;
    }
    Other(out_, name, text);
  }

  void ReadPlace() {
    std::string container = container_.empty() ? periodical_ : container_;
    std::string abbreviation = abbreviation_;
    // PubMed's records have the abbreviation as the title of the journal, and the full one beside it, or none.
    if (abbreviation.empty() && alternative_ != container) abbreviation = alternative_;
    if (container.empty()) container = std::exchange(abbreviation, {});
    if (!periodical_.empty() && periodical_ != container) Other(out_, "alternative-journal-title", periodical_);
    if (!alternative_.empty() && alternative_ != abbreviation && alternative_ != container)
      Other(out_, "alternative-journal-title", alternative_);
    const std::string publisher = Marked(element_.child("publisher")).text;
    const std::string place = Text(element_.child("pub-location"));
    const std::string edition = Text(element_.child("edition"));
    if (!is_part_ && !is_book_) {
      record_.journal.title = std::move(container);
      record_.journal.iso_abbreviation = std::move(abbreviation);
      Other(out_, "publisher", publisher);
      Other(out_, "publisher-location", place);
      Other(out_, "series", series_);
      Other(out_, "edition", edition);
      return;
    }
    record_.type = RecordType::kBook;
    Book& book = record_.book.emplace();
    book.title = is_part_ ? container : record_.title.text;
    book.collection_title = is_part_ || series_.empty() == container.empty() ? series_ : container;
    book.publisher = publisher;
    book.publisher_location = place;
    book.edition = edition;
    book.volume = record_.journal.volume;
    for (auto at = record_.other_names.begin(); at != record_.other_names.end();)
      if (at->kind == "isbn") {
        book.isbns.push_back(std::move(at->value));
        at = record_.other_names.erase(at);
      } else {
        ++at;
      }
  }

  // "2019" and "Sep 18"; what a person typed into the field may be anything.
  void ReadDates() {
    const Node dates = element_.child("dates");
    const std::string year = Text(dates.child("year"));
    std::string printed = Text(dates.child("pub-dates").child("date"));
    if (printed.empty()) printed = FoldSpace(Text(dates.child("month")) + " " + Text(dates.child("day")));
    if (year.empty()) return out_.AddDate("print", printed);
    const bool is_number = printed.find_first_not_of("0123456789") == std::string::npos;
    PartialDate date;
    if (!printed.empty() && printed.size() <= 40 && printed.find(year) == std::string::npos)
      date = is_number ? DateFromParts(year, printed, {}) : DateFromMedlineDate(year + " " + printed);
    if (date.iso.size() > year.size() && date.iso.starts_with(year)) {
      date.raw = year + " " + printed;
      record_.dates.push_back({"print", std::move(date), {}});
      return;
    }
    out_.AddDate("print",
                 printed.size() > year.size() && printed.starts_with(year) && printed.size() <= 40 ? printed : year);
    if (!printed.empty()) Other(out_, "pub-date", printed);
  }

  Node element_;
  ExportRecord& out_;
  Record& record_;
  std::string provider_, database_, periodical_, abbreviation_, container_, alternative_, series_;
  bool is_nlm_ = false, is_embase_ = false, is_part_ = false, is_book_ = false;
};

}  // namespace

void ReadEndnoteRecord(pugi::xml_node element, ExportRecord& out) { Reader(element, out).Read(); }

}  // namespace litmill::parse
