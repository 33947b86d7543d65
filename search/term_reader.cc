// SPDX-License-Identifier: Apache-2.0
#include "search/term_reader.h"

#include <fmt/format.h>

#include <utility>

#include "core/unicode.h"
#include "search/dates.h"
#include "search/words.h"

namespace litmill::search {
namespace {

/// What a tag says: [tiab:~3] is kTitleAbstract with proximity 3.
struct TagReading {
  Field field = Field::kNone;
  bool explode = true;
  std::optional<int> proximity;
};

class TagReader {
 public:
  TagReader(const SourceMap& source, const Token& tag, std::vector<Diagnostic>& diagnostics)
      : source_(source), tag_(tag), diagnostics_(diagnostics) {}

  TagReading Read() {
    TagReading reading;
    const std::size_t colon = tag_.text.find(':');
    const std::string name(TrimAscii(std::string_view(tag_.text).substr(0, colon)));
    const auto field = FieldFromTag(name);
    reading.field = field.value_or(Field::kUnknown);
    if (!field) {
      const std::string nearest = NearestTag(name);
      Report("S005", fmt::format("PubMed has no field tag [{}]", tag_.text),
             nearest.empty() ? "" : fmt::format("[{}]", nearest));
      return reading;
    }
    if (colon != std::string::npos) Modifier(TrimAscii(std::string_view(tag_.text).substr(colon + 1)), reading);
    return reading;
  }

 private:
  void Modifier(std::string_view modifier, TagReading& reading) {
    if (AsciiLower(modifier) == "noexp") {
      if (TakesNoexp(reading.field)) {
        reading.explode = false;
      } else {
        Report("S013",
               fmt::format("[{}] is not searched with a tree, so \":noexp\" means nothing", FieldTag(reading.field)));
      }
      return;
    }
    if (modifier.starts_with('~')) {
      const int words = ReadNumber(TrimAscii(modifier.substr(1)));
      if (words >= 0 && words <= kMaxProximity) {
        reading.proximity = words;
      } else {
        Report("S013", fmt::format("the number of words after '~' must be 0 to {}", kMaxProximity));
      }
      return;
    }
    Report("S013", fmt::format("\":{}\" is no modifier; there are :noexp and :~N", modifier));
  }

  void Report(std::string_view code, std::string message, std::string suggestion = "") {
    diagnostics_.push_back(
        MakeDiagnostic(code, source_.Locate(tag_.begin, tag_.end), std::move(message), std::move(suggestion)));
  }

  const SourceMap& source_;
  const Token& tag_;
  std::vector<Diagnostic>& diagnostics_;
};

Node DateNode(const SourceMap& source, std::size_t begin, std::size_t end, DateRange range, Field field,
              std::vector<Diagnostic>& diagnostics) {
  Node node;
  node.span = source.Locate(begin, end);
  range.field = field;
  if (Reversed(range)) {
    diagnostics.push_back(MakeDiagnostic(
        "S012", node.span, "the range ends before it begins",
        fmt::format("{}:{}[{}]", FormatDatePoint(range.to), FormatDatePoint(range.from), FieldTag(field))));
  }
  node.value = std::move(range);
  return node;
}

void SplitSubheading(Term& term) {
  const std::size_t slash = term.text.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 >= term.text.size()) return;
  term.subheading = FoldWhitespace(std::string_view(term.text).substr(slash + 1));
  term.text = FoldWhitespace(std::string_view(term.text).substr(0, slash));
}

}  // namespace

Node ReadTerm(const SourceMap& source, const Token& words, const Token* tag, std::vector<Diagnostic>& diagnostics) {
  const TagReading reading = tag == nullptr ? TagReading{} : TagReader(source, *tag, diagnostics).Read();
  const std::size_t end = tag == nullptr ? words.end : tag->end;
  if (IsDateField(reading.field)) {
    if (auto range = ParseDateRange(words.text))
      return DateNode(source, words.begin, end, std::move(*range), reading.field, diagnostics);
    diagnostics.push_back(MakeDiagnostic("S012", source.Locate(words.begin, words.end),
                                         fmt::format("\"{}\" is no date or range of dates", words.text),
                                         fmt::format("2000/01/01:2025/12/31[{}]", FieldTag(reading.field))));
  }
  Term term;
  term.text = words.text;
  term.quoted = words.kind == TokenKind::kQuote;
  term.field = reading.field;
  if (reading.field == Field::kUnknown) term.unknown_tag = tag->text;
  term.explode = reading.explode;
  term.proximity = reading.proximity;
  if (IsMeshField(reading.field)) SplitSubheading(term);
  Node node;
  node.span = source.Locate(words.begin, end);
  node.value = std::move(term);
  return node;
}

Node ReadRange(const SourceMap& source, const Token& first, const Token* first_tag, const Token& second,
               const Token* second_tag, std::vector<Diagnostic>& diagnostics) {
  const Token* tag = second_tag != nullptr ? second_tag : first_tag;
  const std::size_t end = second_tag != nullptr ? second_tag->end : second.end;
  const TagReading reading = tag == nullptr ? TagReading{} : TagReader(source, *tag, diagnostics).Read();
  const auto report = [&](std::string message) {
    diagnostics.push_back(MakeDiagnostic("S012", source.Locate(first.begin, end), std::move(message),
                                         "\"2000/01/01\"[dp] : \"2025/12/31\"[dp]"));
  };
  if (first_tag != nullptr && second_tag != nullptr && FieldFromTag(first_tag->text) != FieldFromTag(second_tag->text))
    report(
        fmt::format("the two ends of the range have different tags, [{}] and [{}]", first_tag->text, second_tag->text));
  const auto from = ParseDatePoint(first.text);
  const auto to = ParseDatePoint(second.text);
  if (from && to && IsDateField(reading.field))
    return DateNode(source, first.begin, end, DateRange{reading.field, *from, *to, false, std::nullopt}, reading.field,
                    diagnostics);
  if (reading.field != Field::kUnknown)
    report(fmt::format("\"{} : {}\" is no range of dates with a date tag", first.text, second.text));
  Term term;
  term.text = first.text + " : " + second.text;
  term.quoted = true;
  term.field = reading.field;
  if (reading.field == Field::kUnknown) term.unknown_tag = tag->text;
  Node node;
  node.span = source.Locate(first.begin, end);
  node.value = std::move(term);
  return node;
}

}  // namespace litmill::search
