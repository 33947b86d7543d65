// SPDX-License-Identifier: Apache-2.0
#include "store/dedupe_form.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <tuple>

#include "core/unicode.h"
#include "store/names.h"

namespace litmill::store {
namespace {

constexpr std::size_t kArenaBlockBytes = 256 * 1024;
constexpr std::size_t kSketchSize = 32;
constexpr std::size_t kMaxAuthors = 60;  // lists of a thousand say no more than their first sixty

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsPlaceholder(std::string_view folded) {
  static constexpr std::string_view kWords[] = {
      "",      "na",   "n a",       "none",       "unknown",           "anonymous",     "anon",
      "nil",   "null", "no author", "no authors", "no authors listed", "not available", "et al",
      "others"};
  return std::find(std::begin(kWords), std::end(kWords), folded) != std::end(kWords);
}

bool Contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool StartsWith(std::string_view text, std::string_view front) { return text.substr(0, front.size()) == front; }

void SortUnique(std::vector<std::string_view>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

/// Words that stand in a journal's name or not, as the cataloguer pleases.
bool IsJournalFiller(std::string_view word) {
  if (word == "supplement" || word == "supplements" || word == "suppl") return true;
  if (IsStopWord(word) || word == "d" || word == "l" || word == "del" || word == "di" || word == "du" ||
      word == "des" || word == "fur")
    return true;
  return word.size() == 4 && std::all_of(word.begin(), word.end(), IsDigit);
}

/// "51st", "12", "sixteenth", "annual": which meeting of a series it was.
bool IsOrdinal(std::string_view word) {
  static constexpr std::string_view kWords[] = {
      "annual",    "first",       "second",     "third",      "fourth",      "fifth",      "sixth",      "seventh",
      "eighth",    "ninth",       "tenth",      "eleventh",   "twelfth",     "thirteenth", "fourteenth", "fifteenth",
      "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",   "twenty",     "thirtieth",  "thirty",
      "fortieth",  "forty",       "fiftieth",   "fifty",      "proceedings", "proc"};
  return IsDigit(word.front()) || std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

std::uint32_t TraitsOfType(std::string_view type) {
  std::uint32_t traits = 0;
  if (Contains(type, "preprint") || Contains(type, "posted content")) traits |= kTraitPreprint;
  if (Contains(type, "conference") || Contains(type, "meeting abstract") || Contains(type, "congress") ||
      type == "inproceedings" || Contains(type, "proceedings paper") || type == "abstract" || type == "abstracts")
    traits |= kTraitConference;
  if (type == "article" || Contains(type, "journal article") || type == "journalarticle" || type == "review" ||
      Contains(type, "randomized controlled trial"))
    traits |= kTraitArticle;
  if (Contains(type, "clinical trial protocol") || type == "protocol") traits |= kTraitProtocol;
  if (Contains(type, "trial registry") || Contains(type, "trial registration")) traits |= kTraitRegistration;
  if (Contains(type, "erratum") || Contains(type, "retraction of") || Contains(type, "retraction notice") ||
      Contains(type, "expression of concern") || type == "correction" || type == "corrigendum")
    traits |= kTraitNotice;
  static constexpr std::string_view kOtherKinds[] = {"thesis",   "dissertation", "phdthesis", "mastersthesis",
                                                     "report",   "techreport",   "patent",    "book",
                                                     "data set", "dataset",      "webpage",   "monograph"};
  if (std::find(std::begin(kOtherKinds), std::end(kOtherKinds), type) != std::end(kOtherKinds))
    traits |= kTraitOtherKind;
  return traits;
}

bool IsPreprintDoi(std::string_view doi) {
  // Registrants that give DOIs to preprints alone.
  static constexpr std::string_view kPrefixes[] = {"10.1101/",  "10.21203/", "10.2139/",  "10.48550/", "10.20944/",
                                                   "10.31234/", "10.31219/", "10.31235/", "10.26434/", "10.22541/",
                                                   "10.36227/", "10.64898/", "10.32942/"};
  return std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                     [doi](std::string_view prefix) { return StartsWith(doi, prefix); });
}

bool IsPreprintServer(std::string_view journal) {
  static constexpr std::string_view kNames[] = {"biorxiv",         "medrxiv",  "arxiv",    "ssrn",
                                                "research square", "psyarxiv", "chemrxiv", "preprints org",
                                                "osf preprints",   "preprints"};
  return std::any_of(std::begin(kNames), std::end(kNames), [journal](std::string_view name) {
    return journal == name || StartsWith(journal, std::string(name) + " ");
  });
}

std::uint32_t Hash(std::string_view text, std::uint32_t seed) {
  for (const char c : text) seed = (seed ^ static_cast<unsigned char>(c)) * 16777619U;
  return seed;
}

std::uint32_t Scatter(std::uint32_t x) {
  x ^= x >> 16U;
  x *= 0x7FEB352DU;
  x ^= x >> 15U;
  x *= 0x846CA68BU;
  return x ^ (x >> 16U);
}

void MakeSketch(RecordForm& form, std::string_view text) {
  const std::string folded = FoldWords(text);
  std::vector<std::uint32_t> words;
  for (const std::string_view word : SplitWords(folded)) words.push_back(Hash(word, 2166136261U));
  if (words.size() < 12) return;  // "No abstract available."
  std::vector<std::uint32_t> runs;
  for (std::size_t i = 0; i + 4 <= words.size(); ++i)
    runs.push_back(Scatter(words[i] * 31U + Scatter(words[i + 1] * 17U + Scatter(words[i + 2] * 7U + words[i + 3]))));
  std::sort(runs.begin(), runs.end());
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
  form.abstract_size = static_cast<std::uint32_t>(runs.size());
  if (runs.size() > kSketchSize) runs.resize(kSketchSize);
  form.sketch.assign(runs.begin(), runs.end());
}

void AddIdentifiers(RecordForm& form, const DedupeRecord& record, TextArena& arena) {
  // PubMed's identifier is the PMID itself.
  if (record.source == "pubmed") form.pmids.push_back(form.source_id);
  for (const auto& [scheme, value] : record.identifiers) {
    if (value.empty()) continue;
    if (scheme == "pmid") {
      if (record.source != "pubmed") form.pmids.push_back(arena.Keep(value));
    } else if (scheme == "pmcid") {
      form.pmcids.push_back(arena.Keep(value));
    } else if (scheme == "doi") {
      form.dois.push_back(arena.Keep(value));
    } else if (SourceRank(scheme) < SourceRank("")) {
      // Of another database. Page-like PIIs, ISBNs of the book and trial numbers name no publication.
      form.other_identifiers.push_back(arena.Keep(scheme + ":" + value));
    }
  }
  if (record.source != "pubmed" && !record.source_id.empty())
    form.other_identifiers.push_back(arena.Keep(record.source + ":" + record.source_id));
  for (auto* values : {&form.pmids, &form.pmcids, &form.dois, &form.other_identifiers}) SortUnique(*values);
}

void AddAuthors(RecordForm& form, const DedupeRecord& record, TextArena& arena) {
  form.authors_complete = record.authors_complete && record.authors.size() <= kMaxAuthors;
  for (const DedupeAuthor& author : record.authors) {
    if (form.authors.size() == kMaxAuthors) break;
    const std::string last = FoldWords(author.last_name.empty() ? author.collective_name : author.last_name);
    if (last == "et al" || last == "others") form.authors_complete = false;
    if (IsPlaceholder(last)) continue;
    form.authors.push_back({arena.Keep(last), arena.Keep(FoldWords(author.given))});
  }
}

void AddJournals(RecordForm& form, const DedupeRecord& record, TextArena& arena) {
  for (const std::string& journal : record.journals)
    for (const std::string& name : FoldJournal(journal)) {
      if (IsPreprintServer(name)) form.traits |= kTraitPreprint;
      form.journals.push_back(arena.Keep(name));
    }
  SortUnique(form.journals);
  for (const std::string& issn : record.issns) {
    const std::string folded = JoinWords(FoldWords(issn));
    if (folded.size() == 8) form.issns.push_back(arena.Keep(folded));
  }
  SortUnique(form.issns);
}

void AddTraits(RecordForm& form, const DedupeRecord& record, const FoldedTitle& title) {
  for (const std::string& type : record.types) form.traits |= TraitsOfType(FoldWords(type));
  // The record of a paper may have the DOI of its preprint: then its journal says what it is.
  if (form.journals.empty() && std::any_of(form.dois.begin(), form.dois.end(), IsPreprintDoi))
    form.traits |= kTraitPreprint;
  if (title.is_protocol) form.traits |= kTraitProtocol;
  if (record.is_notice || title.kind == TitleKind::kNotice) form.traits |= kTraitNotice;
  if (title.kind == TitleKind::kReply) form.traits |= kTraitReply;
  const std::string place = AsciiLower(record.volume + " " + record.issue);
  const bool is_supplement = Contains(place, "sup") || Contains(place, "meeting abstract");
  const bool is_one_page = form.pages.is_known && (form.pages.end == 0 || form.pages.end <= form.pages.start + 1);
  const bool names_meeting =
      std::any_of(record.journals.begin(), record.journals.end(),
                  [](const std::string& journal) { return Contains(AsciiLower(journal), ". conference"); });
  if (title.is_abstract || names_meeting || (is_supplement && (is_one_page || !form.pages.is_known)))
    form.traits |= kTraitMeetingAbstract;
}

}  // namespace

std::string_view TextArena::Keep(std::string_view text) {
  if (text.empty()) return {};
  if (used_ + text.size() > size_) {
    size_ = std::max(kArenaBlockBytes, text.size());
    blocks_.push_back(std::make_unique<char[]>(size_));
    used_ = 0;
  }
  char* const copy = blocks_.back().get() + used_;
  std::memcpy(copy, text.data(), text.size());
  used_ += text.size();
  return {copy, text.size()};
}

PagesForm ParsePages(std::string_view pages, TextArena& arena) {
  PagesForm form;
  std::string folded;
  for (const char c : AsciiLower(pages)) {
    if (c == ';' || c == ',') break;
    folded += c;
  }
  for (const std::string_view dash :
       {"\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x92", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x88\x92"})
    for (std::size_t at = folded.find(dash); at != std::string::npos; at = folded.find(dash))
      folded.replace(at, 3, "-");
  folded.erase(std::remove_if(folded.begin(), folded.end(),
                              [](char c) { return c == ' ' || c == '.' || c == ':' || c == '(' || c == ')'; }),
               folded.end());
  // A spreadsheet's reading of "8-21": nobody can tell what it was.
  for (const std::string_view month :
       {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})
    if (Contains(folded, month)) return form;
  for (const std::string_view front : {"pages", "page", "pp", "p"})
    if (StartsWith(folded, front) && folded.size() > front.size() && IsDigit(folded[front.size()]))
      folded.erase(0, front.size());
  std::size_t at = 0;
  while (at < folded.size() && !IsDigit(folded[at]) && folded[at] != '-') ++at;
  const std::string_view prefix = std::string_view(folded).substr(0, at);
  const auto read = [&folded, &at](std::size_t* digits) {
    std::uint64_t number = 0;
    for (*digits = 0; at < folded.size() && IsDigit(folded[at]) && *digits < 15; ++at, ++*digits)
      number = number * 10 + static_cast<std::uint64_t>(folded[at] - '0');
    return number;
  };
  std::size_t start_digits = 0, end_digits = 0;
  form.start = read(&start_digits);
  if (start_digits == 0 || prefix.size() > 6) return {};
  form.is_known = true;
  form.prefix = arena.Keep(prefix);
  const std::size_t dash = folded.find('-', at);
  if (dash == std::string::npos) return form;
  at = dash;
  while (at < folded.size() && !IsDigit(folded[at])) ++at;
  form.end = read(&end_digits);
  // "123-34" ends at 134.
  if (end_digits > 0 && end_digits < start_digits) {
    std::uint64_t power = 1;
    for (std::size_t i = 0; i < end_digits; ++i) power *= 10;
    form.end += form.start / power * power;
  }
  if (form.end < form.start) form.end = 0;
  return form;
}

std::string FoldVolume(std::string_view volume) {
  const std::string_view text = TrimAscii(volume);
  std::size_t digits = 0;
  while (digits < text.size() && IsDigit(text[digits])) ++digits;
  if (digits > 0) {
    if (digits < text.size() && text[digits] == ')') return {};  // the end of "61 (Suppl. 1)"
    std::size_t zeros = 0;
    while (zeros + 1 < digits && text[zeros] == '0') ++zeros;
    return std::string(text.substr(zeros, digits - zeros));
  }
  std::string folded = FoldWords(text);
  for (const std::string_view front : {"volume ", "vol "})
    if (StartsWith(folded, front)) return FoldVolume(std::string_view(folded).substr(front.size()));
  return IsPlaceholder(folded) ? std::string() : folded;
}

bool IsConferenceName(std::string_view folded) {
  for (const std::string_view word : SplitWords(folded))
    if (word == "conference" || word == "proceedings" || word == "symposium" || word == "workshop" ||
        word == "congress" || word == "conf" || word == "proc")
      return true;
  return false;
}

std::vector<std::string> FoldJournal(std::string_view journal) {
  std::vector<std::string> names;
  const auto add = [&names](std::string_view part) {
    std::string name;
    const std::string folded = FoldWords(part);
    const bool is_conference = IsConferenceName(folded);
    for (const std::string_view word : SplitWords(folded)) {
      if (IsJournalFiller(word) || (is_conference && IsOrdinal(word))) continue;
      if (!name.empty()) name += ' ';
      name += word;
    }
    if (name != "electronic resource" && !IsPlaceholder(name) &&
        std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  };
  // In round brackets stands the place of publication or a conference's acronym, in square ones another name.
  std::string text;
  std::size_t open = std::string::npos;
  for (const char c : journal) {
    if ((c == '(' || c == '[') && open == std::string::npos) open = text.size();
    text += c;
    if ((c != ')' && c != ']') || open == std::string::npos) continue;
    const std::string inside = std::string(TrimAscii(std::string_view(text).substr(open + 1, text.size() - open - 2)));
    const bool is_acronym = inside.find(' ') == std::string::npos && inside.size() >= 3 && inside[0] >= 'A' &&
                            inside[1] >= 'A' && inside[1] <= 'Z';
    text.resize(open);
    open = std::string::npos;
    if (c == ']' || is_acronym) add(inside);
  }
  // What follows a full stop and "Conference" is the meeting that a journal's supplement is about.
  for (const std::string_view meeting : {". Conference", ". CONFERENCE", ". conference"})
    if (const std::size_t at = text.find(meeting); at != std::string::npos) text.resize(at);
  const bool is_conference = IsConferenceName(FoldWords(text));
  std::string_view rest = text;
  while (true) {
    const std::size_t parallel = std::min(rest.find(" = "), rest.find(" / "));
    const std::string_view part = rest.substr(0, parallel);
    add(part);
    if (const std::size_t colon = part.find(':'); colon != std::string_view::npos && colon >= 4)
      add(part.substr(0, colon));
    // "ICIS - Thirty First International Conference on ...", "European Conference on ..., ECIS".
    if (is_conference)
      for (const std::string_view separator : {" - ", ", "})
        if (const std::size_t at = part.find(separator); at != std::string_view::npos) {
          add(part.substr(0, at));
          add(part.substr(part.rfind(separator) + separator.size()));
        }
    if (parallel == std::string_view::npos) break;
    rest.remove_prefix(parallel + 3);
  }
  return names;
}

RecordForm MakeForm(const DedupeRecord& record, TextArena& arena) {
  RecordForm form;
  form.source = arena.Keep(record.source);
  form.source_id = arena.Keep(record.source_id);
  form.source_rank = SourceRank(record.source);
  form.is_deleted = record.is_deleted;
  AddIdentifiers(form, record, arena);
  const FoldedTitle title = FoldTitle(record.title);
  form.title = arena.Keep(title.words);
  form.title_is_translated = title.is_translated;
  form.vernacular_title = arena.Keep(FoldTitle(record.vernacular_title).words);
  AddAuthors(form, record, arena);
  form.year_print = record.year_print;
  form.year_electronic = record.year_electronic;
  AddJournals(form, record, arena);
  form.volume = arena.Keep(FoldVolume(record.volume));
  const std::string issue = FoldWords(record.issue);
  form.issue_is_supplement = Contains(issue, "sup") || StartsWith(issue, "s");
  form.issue = arena.Keep(FoldVolume(record.issue));
  form.pages = ParsePages(record.pages, arena);
  AddTraits(form, record, title);
  MakeSketch(form, record.abstract_text);
  return form;
}

bool ComesBefore(const RecordForm& a, const RecordForm& b) {
  return std::tie(a.source_rank, a.source, a.source_id) < std::tie(b.source_rank, b.source, b.source_id);
}

}  // namespace litmill::store
