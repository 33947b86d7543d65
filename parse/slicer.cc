// SPDX-License-Identifier: Apache-2.0
#include "parse/slicer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/unicode.h"
#include "parse/looks_like.h"
#include "parse/record_context.h"

namespace litmill::parse {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kHeadBytes = 4096;
constexpr std::size_t kSampleBytes = 60;
constexpr std::size_t kDamagedBytes = 64U << 10U;  // Enough of a record that is too large to read its PMID.
constexpr std::size_t kLongestTag = 64U << 10U;
constexpr std::size_t kLookahead = 32;  // Longer than "</PubmedBookArticleSet" and "<![CDATA[".

struct RecordElement {
  std::string_view name;
  SliceKind kind;
  bool part_of_article;  // It also stands inside PubmedArticle or PubmedBookArticle, and is then no record of its own.
};
constexpr std::array<RecordElement, 6> kRecords = {
    {{"PubmedArticle", SliceKind::kArticle, false},
     {"PubmedBookArticle", SliceKind::kBook, false},
     {"DeleteCitation", SliceKind::kDeletions, false},
     {"DeleteDocument", SliceKind::kDeletions, false},  // Its name before 2003.
     {"MedlineCitation", SliceKind::kArticle, true},
     {"BookDocument", SliceKind::kBook, true}}};
constexpr std::array<std::string_view, 3> kSets = {"PubmedArticleSet", "MedlineCitationSet", "PubmedBookArticleSet"};

std::size_t RecordNamed(std::string_view name) {
  for (std::size_t i = 0; i < kRecords.size(); ++i)
    if (kRecords[i].name == name) return i;
  return kNone;
}

bool IsSet(std::string_view name) { return std::find(kSets.begin(), kSets.end(), name) != kSets.end(); }

bool EndsName(char c) { return IsXmlSpace(c) || c == '>' || c == '/' || c == '\0'; }

// A name as it may stand in a message: whatever the document calls its root, messages are valid UTF-8 and short.
std::string Shown(std::string_view name) { return ReplaceInvalidUtf8(name.substr(0, 60)); }

// The element name at the start of `text`.
std::string_view NameAt(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && !EndsName(text[size])) ++size;
  return text.substr(0, size);
}

// Offset of the '>' that ends the tag at the start of `text`, quotes respected, or npos.
std::size_t TagEnd(std::string_view text) {
  char quote = '\0';
  const std::size_t size = std::min(text.size(), kLongestTag);
  for (std::size_t i = 0; i < size; ++i) {
    const char c = text[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '>') {
      return i;
    } else if (c == '"' || c == '\'') {
      quote = c;
    }
  }
  return kNone;
}

// Every byte of the document is looked at. The inner loop has a fixed length so that compilers make vector code of it.
std::uint64_t CountNewlines(std::string_view text) {
  constexpr std::size_t kLanes = 32;
  std::uint64_t count = 0;
  const char* data = text.data();
  std::size_t left = text.size();
  while (left >= kLanes) {
    std::array<unsigned char, kLanes> lanes{};
    const std::size_t rounds = std::min<std::size_t>(left / kLanes, 255);  // A lane counts to 255.
    for (std::size_t round = 0; round < rounds; ++round, data += kLanes)
      for (std::size_t i = 0; i < kLanes; ++i)
        lanes.data()[i] = static_cast<unsigned char>(lanes.data()[i] + (data[i] == '\n' ? 1 : 0));
    for (const unsigned char lane : lanes) count += lane;
    left -= rounds * kLanes;
  }
  for (; left > 0; --left, ++data) count += *data == '\n' ? 1U : 0U;
  return count;
}

}  // namespace

Slicer::Slicer(const Limits& limits, const DocumentReader::SliceSink& on_slice,
               const DocumentReader::ProblemSink& on_problem)
    : limits_(limits), on_slice_(on_slice), on_problem_(on_problem) {}

Result<void> Slicer::Feed(std::string_view utf8) {
  if (head_.size() < kHeadBytes) head_.append(utf8.substr(0, kHeadBytes - head_.size()));
  buffer_.append(utf8);
  LITMILL_CHECK(Scan(false));
  LITMILL_CHECK(DropOversized());
  DropScanned();
  return {};
}

Result<void> Slicer::Scan(bool at_end) {
  while (true) {
    LITMILL_TRY(const Progress progress, in_record_ ? ScanRecord(at_end) : ScanBetween(at_end));
    if (progress == Progress::kNeedMore) return {};
  }
}

// Whether the name at `at` may be one that begins or ends a record or a set: four letters tell nearly all others apart.
bool Slicer::MayMatter(std::size_t at) const {
  static_assert(kRecords.size() == 6 && kSets.size() == 3, "their first letters stand here");
  if (buffer_.size() - at < 4) return true;
  const char* const name = buffer_.data() + at;
  const auto begins = [name](const char* four) { return std::memcmp(name, four, 4) == 0; };
  return begins("Pubm") || begins("Medl") || begins("Dele") || begins("Book") || begins(root_start_.data());
}

// The inner loop of the stage: most tags are left behind after one look at their first letter.
Result<Slicer::Progress> Slicer::ScanRecord(bool at_end) {
  const std::size_t size = buffer_.size();
  while (true) {
    const void* found = std::memchr(buffer_.data() + scan_, '<', size - scan_);
    if (found == nullptr) {
      scan_ = size;
      return Progress::kNeedMore;
    }
    const auto p = static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data());
    if (size - p < kLookahead && !at_end) {
      scan_ = p;
      return Progress::kNeedMore;
    }
    const char c = buffer_[p + 1];  // At the end this is the string's own NUL.
    const bool is_markup = c == '!' || c == '?';
    scan_ = p + 1;
    if (!is_markup && !MayMatter(c == '/' && p + 1 < size ? p + 2 : p + 1)) {
      // PubMed's own elements begin with a capital. What does not, and DispFormula, is inline: white space around it is
      // text.
      if (c >= 'a' || (c == 'D' && buffer_.compare(p, 5, "<Disp") == 0)) has_inline_ = true;
      continue;
    }
    LITMILL_TRY(const Progress progress, is_markup ? Markup(p, at_end) : TagInRecord(p));
    if (progress == Progress::kNeedMore || !in_record_) return progress;
  }
}

Result<Slicer::Progress> Slicer::ScanBetween(bool at_end) {
  const std::size_t p = buffer_.find('<', scan_);
  NoteJunk(scan_, std::min(p, buffer_.size()));
  scan_ = std::min(p, buffer_.size());
  if (p == std::string::npos || (buffer_.size() - p < kLookahead && !at_end)) return Progress::kNeedMore;
  const char c = buffer_[p + 1];
  return c == '!' || c == '?' ? Markup(p, at_end) : TagBetween(p, at_end);
}

// Comments, CDATA sections, processing instructions and declarations. May hold what looks like tags.
Result<Slicer::Progress> Slicer::Markup(std::size_t p, bool at_end) {
  const std::string_view text = std::string_view(buffer_).substr(p, kLookahead);
  if (text.starts_with("<!--")) return SkipConstruct(p, 4, kComment, at_end);
  if (text.starts_with("<![CDATA[")) return SkipConstruct(p, 9, kCdata, at_end);
  if (text.starts_with("<?")) return SkipConstruct(p, 2, kInstruction, at_end);
  if (text.starts_with("<!DOCTYPE")) return Doctype(p, at_end);
  if (text.starts_with("<!ENTITY"))
    return Fail(ErrorCode::kInvalidInput,
                fmt::format("line {}: an entity declaration; PubMed XML has none and litmill refuses them",
                            PositionAt(p).line));
  if (!in_record_) NoteJunk(p, p + 1);
  scan_ = p + 1;
  return Progress::kGoOn;
}

// Goes behind the construct that begins at `p`. One without an end within a record's size is taken as text, so that a
// stray
// "<!--" cannot swallow the rest of the document.
Slicer::Progress Slicer::SkipConstruct(std::size_t p, std::size_t opener_size, Construct construct, bool at_end) {
  static constexpr std::array<std::string_view, kConstructs> kEnds = {"-->", "]]>", "?>"};
  const std::string_view end = kEnds[construct];
  const std::size_t limit = limits_.max_record_bytes;
  // What earlier searches have looked at is not searched again: many openers without an end stay cheap.
  std::size_t from = p + opener_size;
  if (no_end_before_[construct] > base_ + from) from = static_cast<std::size_t>(no_end_before_[construct] - base_);
  const std::size_t found = from <= buffer_.size() ? buffer_.find(end, from) : kNone;
  if (found != kNone && found - p <= limit) {
    if (!in_record_ && construct == kCdata) NoteJunk(p, found);
    scan_ = found + end.size();
    return Progress::kGoOn;
  }
  const std::size_t searched = found != kNone ? found : buffer_.size() - std::min(buffer_.size(), end.size() - 1);
  no_end_before_[construct] = std::max<std::uint64_t>(no_end_before_[construct], base_ + searched);
  if (found == kNone && !at_end && buffer_.size() - p <= limit + end.size()) {
    scan_ = p;
    return Progress::kNeedMore;
  }
  if (!in_record_) {
    NoteJunk(p, p + opener_size);
    if (at_end) ended_in_tag_ = true;
  }
  scan_ = p + 1;
  return Progress::kGoOn;
}

Result<Slicer::Progress> Slicer::Doctype(std::size_t p, bool at_end) {
  const std::string_view text = std::string_view(buffer_).substr(p);
  const std::size_t end = TagEnd(text);
  // The internal subset is refused as soon as its bracket is seen, however long it may be.
  char quote = '\0';
  for (const char c : text.substr(0, std::min(end, std::min(text.size(), kLongestTag)))) {
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '[') {
      return Fail(ErrorCode::kInvalidInput, fmt::format("line {}: the document type declaration has an internal "
                                                        "subset; PubMed XML has none and litmill refuses it",
                                                        PositionAt(p).line));
    }
  }
  if (end == kNone && text.size() < kLongestTag && !at_end) {
    scan_ = p;
    return Progress::kNeedMore;
  }
  if (in_record_) LITMILL_CHECK(CutRecord(p, "another document begins before its end tag"));
  if (end == kNone) {
    NoteJunk(p, p + 1);
    ended_in_tag_ = at_end;
  }
  scan_ = end == kNone ? p + 1 : p + end + 1;
  return Progress::kGoOn;
}

// A tag inside a record that may be its end, or the sign that its end is missing.
Result<Slicer::Progress> Slicer::TagInRecord(std::size_t p) {
  const std::string_view text(buffer_);
  const bool is_end = buffer_[p + 1] == '/';  // At the end of the document this is the string's own NUL.
  const std::string_view name = NameAt(text.substr(p + (is_end ? 2 : 1), kLookahead));
  const RecordElement& open = kRecords[kind_];
  if (is_end && name == open.name) {
    std::size_t close = p + 2 + name.size();
    while (close < text.size() && IsXmlSpace(text[close])) ++close;
    if (close >= text.size()) {  // The '>' has not come; at the end of the document it never will.
      scan_ = p;
      return Progress::kNeedMore;
    }
    if (text[close] != '>') return Progress::kGoOn;
    LITMILL_CHECK(EmitRecord(close + 1));
    scan_ = close + 1;
  } else if (is_end && IsContainer(name)) {
    LITMILL_CHECK(CutRecord(p, fmt::format("</{}> comes before its end tag </{}>", Shown(name), open.name)));
    scan_ = p;
  } else if (!is_end) {
    const std::size_t record = RecordNamed(name);
    const bool starts_record = record != kNone && (!kRecords[record].part_of_article || kind_ > 1);
    if (starts_record || IsSet(name)) {
      if (starts_record) ++cut_by_start_;
      LITMILL_CHECK(CutRecord(p, fmt::format("<{}> begins before its end tag </{}>", name, open.name)));
      scan_ = p;
    }
  }
  return Progress::kGoOn;
}

Result<Slicer::Progress> Slicer::TagBetween(std::size_t p, bool at_end) {
  const std::string_view text = std::string_view(buffer_).substr(p);
  const std::size_t end = TagEnd(text);
  if (end == kNone) {
    if (text.size() < kLongestTag && !at_end) return Progress::kNeedMore;
    if (at_end && text.size() < kLongestTag) ended_in_tag_ = true;
    NoteJunk(p, p + 1);
    scan_ = p + 1;
    return Progress::kGoOn;
  }
  scan_ = p + end + 1;
  if (text[1] == '/')
    EndTagBetween(p, NameAt(text.substr(2, end - 2)));
  else
    LITMILL_CHECK(StartTagBetween(p, end + 1, NameAt(text.substr(1, end - 1))));
  return Progress::kGoOn;
}

void Slicer::EndTagBetween(std::size_t p, std::string_view name) {
  if (IsContainer(name)) {
    if (open_containers_ > 0) --open_containers_;
    return;
  }
  const std::size_t record = RecordNamed(name);
  if (record == kNone || kRecords[record].part_of_article) {
    NoteJunk(p, p + 1);
  } else if (cut_by_start_ > 0) {
    --cut_by_start_;
  } else {
    Report(Severity::kError, "cut-record",
           fmt::format("</{}> without its start tag: the beginning of a record is missing", name), PositionAt(p));
  }
}

Result<void> Slicer::StartTagBetween(std::size_t p, std::size_t tag_size, std::string_view name) {
  const bool is_empty = buffer_[p + tag_size - 2] == '/';
  const std::size_t record = RecordNamed(name);
  if (record != kNone) {
    FlushJunk();
    Open(p, record);
    return is_empty ? EmitRecord(p + tag_size) : Result<void>();
  }
  if (root_.empty() && !name.empty()) {
    root_ = std::string(name);
    const std::string start = (root_ + ">   ").substr(0, 4);
    std::copy(start.begin(), start.end(), root_start_.begin());
  }
  if (!IsContainer(name))
    NoteJunk(p, p + tag_size);
  else if (!is_empty)
    ++open_containers_;
  return {};
}

void Slicer::Open(std::size_t p, std::size_t kind) {
  record_position_ = PositionAt(p);
  record_position_.ordinal = slices_ + 1;
  record_start_ = p;
  kind_ = kind;
  in_record_ = true;
  oversized_ = false;
  has_inline_ = false;
  last_was_cut_ = false;
}

Result<void> Slicer::EmitRecord(std::size_t end) {
  if (oversized_ || end - record_start_ > limits_.max_record_bytes) return EmitDamaged(end, "record-too-large", {});
  in_record_ = false;
  ++slices_;
  Slice slice;
  slice.kind = kRecords[kind_].kind;
  slice.bytes.assign(buffer_, record_start_, end - record_start_);
  slice.position = record_position_;
  slice.has_inline_markup = has_inline_;
  return on_slice_(std::move(slice));
}

Result<void> Slicer::EmitDamaged(std::size_t end, std::string_view code, std::string damage) {
  in_record_ = false;
  if (oversized_) return {};  // Already told.
  const bool too_large = end - record_start_ > limits_.max_record_bytes;
  ++slices_;
  Slice slice;
  slice.kind = kRecords[kind_].kind;
  slice.bytes.assign(buffer_, record_start_,
                     std::min(end - record_start_, std::min(kDamagedBytes, limits_.max_record_bytes)));
  slice.position = record_position_;
  slice.damage_code = too_large ? "record-too-large" : std::string(code);
  slice.damage =
      too_large ? fmt::format("larger than {} bytes, so it was left out", limits_.max_record_bytes) : std::move(damage);
  return on_slice_(std::move(slice));
}

Result<void> Slicer::CutRecord(std::size_t end, std::string reason) {
  last_was_cut_ = true;
  return EmitDamaged(end, "cut-record", std::move(reason));
}

// A record that outgrows the limit is told at once and its bytes are dropped as they come.
Result<void> Slicer::DropOversized() {
  if (!in_record_ || oversized_ || scan_ - record_start_ <= limits_.max_record_bytes) return {};
  LITMILL_CHECK(EmitDamaged(scan_, "record-too-large", {}));
  in_record_ = true;
  oversized_ = true;
  return {};
}

bool Slicer::IsContainer(std::string_view name) const { return IsSet(name) || (!name.empty() && name == root_); }

Position Slicer::PositionAt(std::size_t p) {
  if (p > line_counted_) {
    line_ += CountNewlines(std::string_view(buffer_).substr(line_counted_, p - line_counted_));
    line_counted_ = p;
  }
  return {base_ + p, line_, slices_};
}

Position Slicer::End() { return PositionAt(buffer_.size()); }

void Slicer::NoteJunk(std::size_t begin, std::size_t end) {
  if (junk_bytes_ == 0) {
    while (begin < end && (IsXmlSpace(buffer_[begin]) || buffer_[begin] == '\0')) ++begin;
    if (begin >= end) return;
    junk_position_ = PositionAt(begin);
    junk_position_.ordinal = slices_;
  }
  junk_bytes_ += end - begin;
  if (junk_sample_.size() < kSampleBytes)
    junk_sample_.append(buffer_, begin, std::min(end - begin, kSampleBytes - junk_sample_.size()));
}

void Slicer::FlushJunk() {
  if (junk_bytes_ == 0) return;
  Report(
      Severity::kWarning, "unexpected-content",
      fmt::format("line {}: content that is no record was left out: {}", junk_position_.line, LooksLike(junk_sample_)),
      junk_position_);
  junk_bytes_ = 0;
  junk_sample_.clear();
}

void Slicer::Report(Severity severity, std::string code, std::string message, const Position& position) {
  on_problem_({severity, std::move(code), {}, std::move(message), position});
}

void Slicer::DropScanned() {
  const std::size_t keep = in_record_ && !oversized_ ? record_start_ : scan_;
  if (keep == 0) return;
  (void)PositionAt(keep);
  buffer_.erase(0, keep);
  base_ += keep;
  scan_ -= keep;
  line_counted_ -= keep;
  record_start_ = in_record_ && !oversized_ ? 0 : record_start_;
}

Result<void> Slicer::NothingFound() const {
  const std::string said = ServiceError(head_);
  const std::string looks = LooksLike(head_);
  if (root_.empty() || looks == "an HTML page")
    return Fail(ErrorCode::kInvalidInput, fmt::format("no PubMed XML: it looks like {}", looks));
  return Fail(ErrorCode::kInvalidInput, fmt::format("no PubMed XML: its root element is <{}>{}", Shown(root_),
                                                    said.empty() ? "" : fmt::format(", and it says \"{}\"", said)));
}

Result<void> Slicer::Finish() {
  LITMILL_CHECK(Scan(true));
  if (in_record_)
    LITMILL_CHECK(
        CutRecord(buffer_.size(), fmt::format("the document ends before its end tag </{}>", kRecords[kind_].name)));
  if (slices_ == 0 && !IsSet(root_)) return NothingFound();
  FlushJunk();
  if ((open_containers_ > 0 || ended_in_tag_) && !last_was_cut_)
    Report(Severity::kError, "cut-document",
           ended_in_tag_ && open_containers_ == 0
               ? std::string("the document ends inside a tag; records may be missing")
               : fmt::format("the document ends before </{}>; records may be missing",
                             root_.empty() ? "..." : Shown(root_)),
           End());
  return {};
}

}  // namespace litmill::parse
