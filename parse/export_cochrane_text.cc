// SPDX-License-Identifier: Apache-2.0
#include "parse/export_cochrane_text.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "core/unicode.h"
#include "parse/record_parts.h"
#include "parse/tagged_lines.h"
#include "parse/tagged_values.h"

namespace litmill::parse {
namespace {

// A colon and two or three capitals begin many a line of prose; only these are tags.
constexpr std::array<std::string_view, 20> kTags = {"AB", "AN", "AU", "CC", "CRG", "DOI", "ID", "KY", "NO", "NT",
                                                    "PB", "PG", "PM", "PT", "SO",  "TI",  "US", "VL", "XR", "YR"};

std::string_view TagOf(std::string_view line) {
  const std::size_t colon = line.substr(0, 4).find(':');
  if (colon == std::string_view::npos) return {};
  const std::string_view tag = line.substr(0, colon);
  const bool is_apart = line.size() == colon + 1 || line[colon + 1] == ' ';
  return is_apart && std::find(kTags.begin(), kTags.end(), tag) != kTags.end() ? tag : std::string_view();
}

/// "Record #12 of 271"
bool IsRecordLine(std::string_view line) {
  constexpr std::string_view kMark = "Record #";
  if (!line.starts_with(kMark)) return false;
  line.remove_prefix(kMark.size());
  const std::size_t digits = LeadingDigits(line).size();
  return digits > 0 && line.substr(digits).starts_with(" of ");
}

bool StartsLower(std::string_view word) { return !word.empty() && word.front() >= 'a' && word.front() <= 'z'; }

bool IsParticle(std::string_view word) {
  static constexpr std::array<std::string_view, 14> kParticles = {"van", "von", "de",  "der", "den", "del", "della",
                                                                  "di",  "da",  "dos", "du",  "la",  "le",  "el"};
  const std::string lower = AsciiLower(word);
  return std::find(kParticles.begin(), kParticles.end(), lower) != kParticles.end();
}

/// "Crowther Caroline A", "Van Ryswyk Emer", "Roqué i Figuls Marta": last name first, no comma.
std::string WithComma(std::string_view name) {
  if (name.find(',') != std::string_view::npos) return std::string(name);
  const std::vector<std::string> words = SplitList(name, " ");
  std::size_t last = 0;  // The last word of the last name.
  while (last + 2 < words.size() && (IsParticle(words[last]) || StartsLower(words[last + 1]))) ++last;
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i == last + 1 ? ", " : " ";
    out += words[i];
  }
  return out;
}

class Reader {
 public:
  explicit Reader(ExportRecord& out) : out_(out), record_(out.record) {}

  void Read(const TaggedRecord& record);

 private:
  using Field = TaggedField;
  static const FieldRule<Reader> kRules[];

  void Note(const Field& field, std::string_view kind) { KeepOther(record_, kind, field.tag, field.Value()); }

  void AddKeywords(const Field& field) {
    for (const std::string& keyword : SplitList(field.Value(), ";")) AddCochraneKeyword(out_, keyword);
  }

  // "PUBMED 12345678", "EMBASE 2004567890".
  void AddCrossReference(const Field& field) {
    const std::string text = field.Value();
    std::string_view pmid = NamedPmid(text);
    if (field.tag == "PM" && pmid.empty() && LeadingDigits(text).size() == text.size()) pmid = text;
    if (!pmid.empty())
      AddIdentifierOf(out_, "pmid", pmid, field.tag);
    else if (AsciiLower(text).starts_with("embase "))
      AddIdentifierOf(out_, "embase", std::string_view(text).substr(7), field.tag);
    else
      KeepOther(record_, "cross-reference", field.tag, text);
  }

  ExportRecord& out_;
  Record& record_;
  std::string number_;
};

const FieldRule<Reader> Reader::kRules[] = {
    {"ID", [](Reader& r, const Field& f) { SetOnce(r.out_, r.number_, f.tag, f.Value()); }},
    {"AN", [](Reader& r, const Field& f) { SetOnce(r.out_, r.number_, f.tag, f.Value()); }},
    {"AU",
     [](Reader& r, const Field& f) {
       for (const std::string& name : SplitList(f.Value(), ";"))
         AddPeople(r.out_, PersonRole::kAuthor, WithComma(name));
     }},
    {"TI",
     [](Reader& r, const Field& f) {
       if (r.record_.title.text.empty())
         r.record_.title = r.out_.Marked(f.Value());
       else
         r.Note(f, "repeated");
     }},
    {"SO", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.title, f.tag, f.Value()); }},
    {"YR", [](Reader& r, const Field& f) { r.out_.AddDate("print", f.Value()); }},
    {"VL", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.volume, f.tag, f.Value()); }},
    {"NO", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.issue, f.tag, f.Value()); }},
    {"PG", [](Reader& r, const Field& f) { r.out_.SetPages(f.Value()); }},
    {"PM", [](Reader& r, const Field& f) { r.AddCrossReference(f); }},
    {"XR", [](Reader& r, const Field& f) { r.AddCrossReference(f); }},
    {"PT",
     [](Reader& r, const Field& f) {
       for (const std::string& type : SplitList(f.Value(), ";")) AddTypeOf(r.out_, type);
     }},
    {"KY", [](Reader& r, const Field& f) { r.AddKeywords(f); }},
    {"DOI", [](Reader& r, const Field& f) { AddDoi(r.out_, f.Value(), f.tag); }},
    {"AB", [](Reader& r, const Field& f) { r.out_.SetAbstract(f.Value()); }},
    {"PB", [](Reader& r, const Field& f) { r.Note(f, "publisher"); }},
    {"US", [](Reader& r, const Field& f) { r.Note(f, "url"); }},
    {"CC", [](Reader& r, const Field& f) { r.Note(f, "review-group"); }},
    {"CRG", [](Reader& r, const Field& f) { r.Note(f, "review-group"); }},
    {"NT", [](Reader& r, const Field& f) { r.Note(f, "note"); }},
};

void Reader::Read(const TaggedRecord& record) {
  ReadFields(record, kRules, *this, out_);
  out_.database = "Cochrane Library";
  out_.accession = number_;
  if (!number_.empty()) AddIdentifierOf(out_, "cochrane", number_, "ID");
}

class CochraneTextFormat : public TaggedFormat {
 public:
  LineReading Read(const TextLine& line, const TaggedRecord* open) override {
    const std::string_view text = WithoutByteOrderMarks(line.text);
    if (IsBlankLine(text)) return {LineMeaning::kBlank, false, {}, {}};
    if (IsRecordLine(text)) return {LineMeaning::kFurniture, true, {}, {}};
    if (open == nullptr) return {LineMeaning::kStray, false, {}, {}};
    const std::string_view tag = TagOf(text);
    if (tag.empty()) return {LineMeaning::kContinuation, false, {}, text};
    return {LineMeaning::kField, false, tag, text.substr(tag.size() + 1)};
  }

  void Fill(const TaggedRecord& record, ExportRecord& out) override { Reader(out).Read(record); }
};

}  // namespace

bool RecognisesCochraneText(std::string_view head) {
  LineReader reader(head);
  TextLine line;
  bool has_mark = false;
  for (int seen = 0; seen < 6 && reader.Next(line);) {
    const std::string_view text = WithoutByteOrderMarks(line.text);
    if (IsBlankLine(text)) continue;
    ++seen;
    if (has_mark && !TagOf(text).empty()) return true;
    has_mark = has_mark || IsRecordLine(text);
    if (!has_mark) return false;
  }
  return false;
}

void ReadCochraneText(std::string_view text, ExportSink& sink) {
  CochraneTextFormat format;
  ReadTaggedRecords(text, format, sink);
}

}  // namespace litmill::parse
