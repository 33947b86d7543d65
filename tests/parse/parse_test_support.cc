// SPDX-License-Identifier: Apache-2.0
#include "tests/parse/parse_test_support.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>

namespace litmill::parse::testing {

std::string ArticleXml(const std::string& article, const std::string& citation, const std::string& data,
                       const std::string& pmid) {
  return "<PubmedArticle><MedlineCitation Status=\"MEDLINE\" Owner=\"NLM\"><PMID Version=\"1\">" + pmid +
         "</PMID><Article PubModel=\"Print\">" + article + "</Article>" + citation + "</MedlineCitation><PubmedData>" +
         data + "</PubmedData></PubmedArticle>";
}

std::string SetXml(const std::string& records) {
  return "<?xml version=\"1.0\" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC \"-//NLM//DTD PubMedArticle, 1st January "
         "2025//EN\" "
         "\"https://dtd.example/pubmed_250101.dtd\">\n<PubmedArticleSet>\n" +
         records + "\n</PubmedArticleSet>\n";
}

std::string Gzip(std::string_view bytes) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

Outcome Read(std::string_view bytes, std::size_t chunk_size, const Limits& limits) {
  Outcome outcome;
  const auto take_problem = [&outcome](Problem problem) {
    (problem.severity == Severity::kError ? outcome.errors : outcome.warnings).push_back(std::move(problem));
  };
  DocumentReader reader(
      limits,
      [&](Slice slice) -> Result<void> {
        for (Item& item : ParseSlice(std::move(slice), limits)) {
          if (auto* record = std::get_if<ParsedRecord>(&item)) {
            for (const Problem& warning : record->warnings) outcome.warnings.push_back(warning);
            outcome.records.push_back(std::move(*record));
          } else if (auto* deletion = std::get_if<Deletion>(&item)) {
            outcome.deletions.push_back(*deletion);
          } else {
            take_problem(std::get<Problem>(std::move(item)));
          }
        }
        return {};
      },
      take_problem);
  if (chunk_size == 0) chunk_size = std::max<std::size_t>(bytes.size(), 1);
  for (std::size_t at = 0; at < bytes.size() && outcome.result; at += chunk_size)
    outcome.result = reader.Feed(bytes.substr(at, chunk_size));
  if (outcome.result) outcome.result = reader.Finish();
  outcome.slices = reader.slices();
  return outcome;
}

Record OnlyRecord(std::string_view document) {
  Outcome outcome = Read(document);
  EXPECT_TRUE(outcome.result) << outcome.result.error().message;
  EXPECT_EQ(outcome.records.size(), 1U);
  for (const Problem& p : outcome.errors) ADD_FAILURE() << p.code << ": " << p.message;
  return outcome.records.empty() ? Record() : std::move(outcome.records.front().record);
}

std::string Describe(const Outcome& outcome) {
  std::string out;
  const auto place = [](const Position& p) { return fmt::format(" @{}:{}#{}\n", p.offset_bytes, p.line, p.ordinal); };
  for (const ParsedRecord& r : outcome.records) {
    out += fmt::format("record {} v{} {} |{}|{}|", r.record.source_id, r.record.version, r.record.title.text,
                       r.record.title.markup, r.record.authors.size());
    for (const AbstractSection& s : r.record.abstract_sections) out += s.label + ":" + s.body.text + "|";
    out += place(r.position);
  }
  for (const Deletion& d : outcome.deletions)
    out += fmt::format("deletion {} v{}", d.source_id, d.version) + place(d.position);
  for (const auto* list : {&outcome.errors, &outcome.warnings})
    for (const Problem& p : *list)
      out += fmt::format("problem {} {} {}", p.code, p.source_id, p.message) + place(p.position);
  out += outcome.result
             ? "ok"
             : std::string(ErrorCodeName(outcome.result.error().code)) + " " + outcome.result.error().message;
  return out;
}

bool HasCode(const std::vector<Problem>& problems, std::string_view code) {
  return std::any_of(problems.begin(), problems.end(), [code](const Problem& p) { return p.code == code; });
}

}  // namespace litmill::parse::testing
