// SPDX-License-Identifier: Apache-2.0
#include "app/ingest.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <deque>
#include <future>
#include <iterator>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "parse/json_answers.h"

namespace litmill::app {
namespace {

constexpr std::size_t kReadBytes = 256U << 10U;
constexpr std::size_t kChunkBytes = 256U << 10U;  // fits the second-level cache together with what is made of it
// What a transaction has written stays in memory until it is committed, so it is bounded by number and by size.
constexpr std::uint64_t kItemsPerCommit = 2'500;
constexpr std::uint64_t kBytesPerCommit = 32U << 20U;
constexpr std::size_t kItemsPerTask = 32;  // of an answer: enough to be worth a worker's while
constexpr std::size_t kTypicalRecordBytes = 4'000;

/// One parsed item and, for a record, its tags or why there are none.
struct TaggedItem {
  parse::Item item;
  TaggedRecord tags;
  std::optional<Error> tag_error;
  std::optional<store::Membership> membership;
};

/// What is done with each record before it is stored. Safe on any thread.
struct Treatment {
  const tag::Tagger* tagger;
  const MembershipJudge* judge;  ///< Null = searches say what the record belongs to.
};

using Chunk = std::vector<std::variant<parse::Slice, parse::Problem>>;

TaggedItem Treat(parse::Item item, const Treatment& treatment) {
  TaggedItem treated{std::move(item), {}, {}, {}};
  if (const auto* parsed = std::get_if<parse::ParsedRecord>(&treated.item)) {
    auto tags = treatment.tagger->TagRecord(parsed->record);
    if (tags)
      treated.tags = std::move(*tags);
    else
      treated.tag_error = std::move(tags).error();
    if (treatment.judge != nullptr) treated.membership = treatment.judge->Judge(parsed->record);
  }
  return treated;
}

std::vector<TaggedItem> ParseAndTreat(Chunk chunk, const Treatment& treatment) {
  std::vector<TaggedItem> out;
  out.reserve(chunk.size());
  for (auto& part : chunk) {
    if (auto* problem = std::get_if<parse::Problem>(&part)) {
      out.push_back({std::move(*problem), {}, {}, {}});
      continue;
    }
    for (parse::Item& item : parse::ParseSlice(std::move(std::get<parse::Slice>(part))))
      out.push_back(Treat(std::move(item), treatment));
  }
  return out;
}

std::vector<TaggedItem> TreatAll(std::vector<parse::Item> items, const Treatment& treatment) {
  std::vector<TaggedItem> out;
  out.reserve(items.size());
  for (parse::Item& item : items) out.push_back(Treat(std::move(item), treatment));
  return out;
}

/// The state of one document on its way in.
class DocumentIngest {
 public:
  DocumentIngest(const IngestRequest& request, store::Corpus& corpus, const Treatment& treatment, WorkerPool& workers)
      : request_(request), corpus_(corpus), treatment_(treatment), workers_(workers) {}

  Result<IngestCounts> RunDocument(ByteReader& bytes, const std::atomic<bool>* stop) {
    return InBatch([&] { return ReadAll(bytes, stop); });
  }

  Result<IngestCounts> RunExport(std::string_view bytes, const parse::ExportOptions& options,
                                 std::vector<parse::UnmappedField>* unmapped, const std::atomic<bool>* stop) {
    return InBatch([&] { return ReadExport(bytes, options, unmapped, stop); });
  }

  Result<IngestCounts> RunAnswer(std::string_view body, AnswerParser parser) {
    return InBatch([&] { return ReadAnswer(body, parser); });
  }

 private:
  template <typename Read>
  Result<IngestCounts> InBatch(const Read& read) {
    LITMILL_CHECK(corpus_.BeginBatch());
    Result<void> done = read();
    // Not marked done: the next run reads the document again from its start, and finds what was committed unchanged.
    if (!done) {
      corpus_.RollbackBatch();
      return Fail(std::move(done).error());
    }
    LITMILL_CHECK(corpus_.CommitBatch());
    return counts_;
  }

  Result<void> ReadAll(ByteReader& bytes, const std::atomic<bool>* stop) {
    LITMILL_TRY(document_id_, corpus_.AddDocument(request_.document, request_.run_id));
    parse::DocumentReader reader(
        {}, [this](parse::Slice slice) { return AddToChunk(std::move(slice)); },
        [this](parse::Problem problem) { chunk_.emplace_back(std::move(problem)); });
    std::string buffer(kReadBytes, '\0');
    for (;;) {
      if (stop != nullptr && stop->load())
        return Fail(ErrorCode::kInterrupted, "stopped while reading " + request_.document.name);
      LITMILL_TRY(const std::size_t got, bytes.Read(buffer.data(), buffer.size()));
      auto fed = got == 0 ? reader.Finish() : reader.Feed(std::string_view(buffer).substr(0, got));
      if (!fed && !IsAboutTheDocument(fed.error())) return fed;
      if (!fed) AddDocumentProblem(fed.error());
      if (!fed || got == 0) break;
    }
    LITMILL_CHECK(SubmitChunk());
    while (!pending_.empty()) LITMILL_CHECK(WriteOldest());
    return Done();
  }

  Result<void> ReadAnswer(std::string_view body, AnswerParser parser) {
    LITMILL_TRY(document_id_, corpus_.AddDocument(request_.document, request_.run_id));
    std::vector<parse::Item> items = parser(body);
    for (std::size_t at = 0; at < items.size(); at += kItemsPerTask) {
      const auto begin = std::make_move_iterator(items.begin() + static_cast<std::ptrdiff_t>(at));
      const auto end = std::make_move_iterator(items.begin() +
                                               static_cast<std::ptrdiff_t>(std::min(at + kItemsPerTask, items.size())));
      LITMILL_CHECK(SubmitItems(std::vector<parse::Item>(begin, end)));
    }
    while (!pending_.empty()) LITMILL_CHECK(WriteOldest());
    return Done();
  }

  Result<void> ReadExport(std::string_view bytes, const parse::ExportOptions& options,
                          std::vector<parse::UnmappedField>* unmapped, const std::atomic<bool>* stop) {
    LITMILL_TRY(document_id_, corpus_.AddDocument(request_.document, request_.run_id));
    std::vector<parse::Item> part;
    const auto report = parse::ReadExport(bytes, options, [&](parse::Item item) -> Result<void> {
      if (stop != nullptr && stop->load())
        return Fail(ErrorCode::kInterrupted, "stopped while reading " + request_.document.name);
      part.push_back(std::move(item));
      return part.size() < kItemsPerTask ? Result<void>() : SubmitItems(std::exchange(part, {}));
    });
    if (!report) return Fail(report.error());
    LITMILL_CHECK(SubmitItems(std::move(part)));
    while (!pending_.empty()) LITMILL_CHECK(WriteOldest());
    *unmapped = report->unmapped;
    return Done();
  }

  Result<void> SubmitItems(std::vector<parse::Item> items) {
    if (items.empty()) return {};
    auto work = [part = std::move(items), treatment = treatment_]() mutable {
      return TreatAll(std::move(part), treatment);
    };
    pending_.push_back({workers_.Submit(std::move(work)), kItemsPerTask * kTypicalRecordBytes});
    while (pending_.size() > 2 * workers_.size()) LITMILL_CHECK(WriteOldest());
    return {};
  }

  Result<void> Done() { return corpus_.MarkDocumentDone(document_id_, {counts_.records, counts_.problems}); }

  static bool IsAboutTheDocument(const Error& error) {
    return error.code == ErrorCode::kInvalidInput || error.code == ErrorCode::kCorruptInput;
  }

  void AddDocumentProblem(const Error& error) {
    parse::Problem problem;
    problem.code = error.code == ErrorCode::kCorruptInput ? "corrupt-document" : "not-pubmed-xml";
    problem.message = error.message;
    chunk_.emplace_back(std::move(problem));
  }

  Result<void> AddToChunk(parse::Slice slice) {
    chunk_bytes_ += slice.bytes.size();
    chunk_.emplace_back(std::move(slice));
    return chunk_bytes_ < kChunkBytes ? Result<void>() : SubmitChunk();
  }

  Result<void> SubmitChunk() {
    if (chunk_.empty()) return {};
    const std::size_t bytes = std::exchange(chunk_bytes_, 0);
    auto work = [chunk = std::exchange(chunk_, {}), treatment = treatment_]() mutable {
      return ParseAndTreat(std::move(chunk), treatment);
    };
    pending_.push_back({workers_.Submit(std::move(work)), bytes});
    // A bounded window: memory stays flat and the oldest chunk, which must be written first, is never far away.
    while (pending_.size() > 2 * workers_.size()) LITMILL_CHECK(WriteOldest());
    return {};
  }

  Result<void> WriteOldest() {
    std::vector<TaggedItem> items = pending_.front().items.get();
    bytes_since_commit_ += pending_.front().bytes;
    pending_.pop_front();
    for (TaggedItem& item : items) {
      LITMILL_CHECK(Write(item));
      if (++items_since_commit_ >= kItemsPerCommit) LITMILL_CHECK(CommitAndGoOn());
    }
    if (bytes_since_commit_ >= kBytesPerCommit) LITMILL_CHECK(CommitAndGoOn());
    if (request_.on_progress) request_.on_progress(counts_.items);
    return {};
  }

  Result<void> CommitAndGoOn() {
    items_since_commit_ = bytes_since_commit_ = 0;
    LITMILL_CHECK(corpus_.CommitBatch());
    return corpus_.BeginBatch();
  }

  Result<void> Write(TaggedItem& item) {
    if (auto* parsed = std::get_if<parse::ParsedRecord>(&item.item)) return WriteRecord(*parsed, item);
    if (auto* deletion = std::get_if<parse::Deletion>(&item.item)) return WriteDeletion(*deletion);
    return WriteProblem(std::get<parse::Problem>(item.item));
  }

  store::RecordOrigin OriginOf(const parse::Position& position) const {
    return {document_id_,       position.offset_bytes,
            position.ordinal,   request_.document.retrieved_at,
            request_.is_import, !request_.document.format.empty()};
  }

  Result<void> WriteRecord(const parse::ParsedRecord& parsed, const TaggedItem& item) {
    ++counts_.items;
    ++counts_.records;
    const Record& record = parsed.record;
    if (request_.wants && !request_.wants(record)) {
      ++counts_.unasked;
      return PutProblem(
          {parse::Severity::kWarning, "unasked-record", record.source_id,
           "the service sent a record that was not asked for; it is kept in the archive only", parsed.position},
          "fetch");
    }
    LITMILL_TRY(const store::PutOutcome outcome, corpus_.PutRecord(record, item.tags, OriginOf(parsed.position),
                                                                   item.membership ? &*item.membership : nullptr));
    const bool stored = outcome == store::PutOutcome::kInserted || outcome == store::PutOutcome::kRevised;
    switch (outcome) {
      case store::PutOutcome::kInserted:
        ++counts_.inserted;
        break;
      case store::PutOutcome::kRevised:
        ++counts_.revised;
        break;
      case store::PutOutcome::kUnchanged:
        ++counts_.unchanged;
        break;
      case store::PutOutcome::kSuperseded:
        ++counts_.superseded;
        break;
    }
    for (const parse::Problem& warning : parsed.warnings) LITMILL_CHECK(PutProblem(warning, "parse", record.source));
    if (item.tag_error) {
      // The record is stored; that its tags are unknown is an error of its own, never "no tags".
      LITMILL_CHECK(PutProblem(
          {parse::Severity::kError, "tag-failed", record.source_id, item.tag_error->message, parsed.position}, "tag",
          record.source));
    }
    if (request_.on_record) request_.on_record(record);
    return corpus_.SetOutcome(request_.run_id, record.source, record.source_id,
                              stored ? store::OutcomeState::kStored : store::OutcomeState::kUnchanged, "");
  }

  Result<void> WriteDeletion(const parse::Deletion& deletion) {
    ++counts_.items;
    ++counts_.deletions;
    LITMILL_TRY(const store::PutOutcome outcome,
                corpus_.PutDeletion("pubmed", deletion.source_id, deletion.version, OriginOf(deletion.position)));
    (void)outcome;  // recorded now or before: the same count
    return corpus_.SetOutcome(request_.run_id, "pubmed", deletion.source_id, store::OutcomeState::kDeletedAtSource, "");
  }

  Result<void> WriteProblem(const parse::Problem& problem) {
    if (problem.severity == parse::Severity::kError) {
      ++counts_.items;
      ++counts_.problems;
      if (request_.on_bad_record && !problem.source_id.empty())
        request_.on_bad_record(problem.source_id, problem.message);
    }
    parse::Problem reported = problem;
    if (request_.will_ask_again) reported.severity = parse::Severity::kWarning;
    return PutProblem(reported, "parse");
  }

  Result<void> PutProblem(const parse::Problem& problem, const char* stage, std::string_view source = {}) {
    if (problem.severity == parse::Severity::kWarning) ++counts_.warnings;
    store::ProblemRow row;
    row.stage = stage;
    row.severity = problem.severity == parse::Severity::kError ? "error" : "warning";
    row.code = problem.code;
    row.source = source.empty() ? request_.document.source : std::string(source);
    row.source_id = problem.source_id;
    row.message = problem.message;
    row.document_id = document_id_;
    row.offset_bytes = problem.position.offset_bytes;
    row.line = problem.position.line;
    row.ordinal = problem.position.ordinal;
    return corpus_.PutProblem(row, request_.run_id);
  }

  const IngestRequest& request_;
  store::Corpus& corpus_;
  const Treatment treatment_;
  WorkerPool& workers_;
  IngestCounts counts_;
  std::int64_t document_id_ = 0;
  std::uint64_t items_since_commit_ = 0, bytes_since_commit_ = 0;
  Chunk chunk_;
  std::size_t chunk_bytes_ = 0;
  struct PendingChunk {
    std::future<std::vector<TaggedItem>> items;
    std::size_t bytes;  ///< Of XML.
  };
  std::deque<PendingChunk> pending_;
};

}  // namespace

IngestCounts& IngestCounts::operator+=(const IngestCounts& other) {
  items += other.items;
  records += other.records;
  inserted += other.inserted;
  revised += other.revised;
  unchanged += other.unchanged;
  superseded += other.superseded;
  unasked += other.unasked;
  deletions += other.deletions;
  problems += other.problems;
  warnings += other.warnings;
  return *this;
}

Result<IngestCounts> Ingester::Ingest(const IngestRequest& request, ByteReader& bytes, const std::atomic<bool>* stop) {
  return DocumentIngest(request, *corpus_, {tagger_, judge_}, *workers_).RunDocument(bytes, stop);
}

Result<IngestCounts> Ingester::IngestExport(const IngestRequest& request, std::string_view bytes,
                                            const parse::ExportOptions& options,
                                            std::vector<parse::UnmappedField>* unmapped,
                                            const std::atomic<bool>* stop) {
  return DocumentIngest(request, *corpus_, {tagger_, judge_}, *workers_).RunExport(bytes, options, unmapped, stop);
}

Result<IngestCounts> Ingester::IngestAnswer(const IngestRequest& request, std::string_view body, AnswerParser parser) {
  return DocumentIngest(request, *corpus_, {tagger_, judge_}, *workers_).RunAnswer(body, parser);
}

AnswerParser FindAnswerParser(std::string_view source, std::string_view kind) {
  struct Entry {
    std::string_view source, kind;
    AnswerParser parser;
  };
  static constexpr Entry kParsers[] = {
      {"crossref", "work", parse::ParseCrossref},
      {"crossref", "works", parse::ParseCrossref},
      {"datacite", "doi", parse::ParseDataCite},
      {"datacite", "dois", parse::ParseDataCite},
      {"embase", "search", parse::ParseEmbase},
      {"europepmc", "search", parse::ParseEuropePmc},
      {"openalex", "works", parse::ParseOpenAlex},
      {"scopus", "search", parse::ParseScopus},
      {"unpaywall", "doi", parse::ParseUnpaywall},
      {"wos", "expanded", parse::ParseWebOfScienceExpanded},
      {"wos", "starter", parse::ParseWebOfScienceStarter},
  };
  for (const Entry& entry : kParsers)
    if (entry.source == source && entry.kind == kind) return entry.parser;
  return nullptr;
}

Result<std::size_t> MemoryReader::Read(char* buffer, std::size_t size) {
  const std::size_t got = std::min(size, rest_.size());
  std::memcpy(buffer, rest_.data(), got);
  rest_.remove_prefix(got);
  return got;
}

}  // namespace litmill::app
