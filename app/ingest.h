// SPDX-License-Identifier: Apache-2.0
// One document into the corpus: parse and tag on the workers, store in the document's own order.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/membership.h"
#include "app/worker_pool.h"
#include "core/file_system.h"
#include "core/result.h"
#include "parse/export_file.h"
#include "parse/parse.h"
#include "store/corpus.h"
#include "tag/tag.h"

namespace litmill::app {

/// What a document held and what became of it. Sums: records = inserted + revised + unchanged + superseded + unasked,
/// and items = records + deletions + problems.
struct IngestCounts {
  std::uint64_t items = 0;  ///< Records found, deletions (a PMID each) and records that could not be read.
  std::uint64_t records = 0;
  std::uint64_t inserted = 0;
  std::uint64_t revised = 0;
  std::uint64_t unchanged = 0;   ///< The same revision was stored already.
  std::uint64_t superseded = 0;  ///< A newer revision was stored already.
  std::uint64_t unasked = 0;     ///< Sent by the service though not asked for: kept in the archive only.
  std::uint64_t deletions = 0;
  std::uint64_t problems = 0;  ///< Records that could not be read, each in the table `problems`.
  std::uint64_t warnings = 0;

  [[nodiscard]] bool Balanced() const {
    return records == inserted + revised + unchanged + superseded + unasked && items == records + deletions + problems;
  }
  IngestCounts& operator+=(const IngestCounts& other);
};

struct IngestRequest {
  store::Document document;
  std::int64_t run_id = 0;
  /// Says whether a record was asked for; without it whatever the document holds is wanted (an import).
  std::function<bool(const Record&)> wants;
  /// Records that cannot be read will be asked for once more: what is wrong with them is a warning, not yet an error.
  bool will_ask_again = false;
  /// Of a file that somebody imported: its records are listed, and count as identified.
  bool is_import = false;
  /// Called for each record that could not be read and whose PMID could (null = never).
  std::function<void(const std::string& source_id, const std::string& reason)> on_bad_record;
  /// Called for each record that is in the corpus after this: new, revised, or known before.
  std::function<void(const Record&)> on_record;
  /// Called now and then with the number of items so far, for progress.
  std::function<void(std::uint64_t items)> on_progress;
};

/// Reads one whole answer of a service (parse/json_answers.h).
using AnswerParser = std::vector<parse::Item> (*)(std::string_view body);
/// The parser for the archived answers of `source` and `kind` that hold records; null when there is none.
[[nodiscard]] AnswerParser FindAnswerParser(std::string_view source, std::string_view kind);

class Ingester {
 public:
  /// All must outlive this. `workers` may have no threads: then everything happens on the caller's. With a `judge`,
  /// whose strategies the corpus uses already, each record's membership is decided here; null = searches say it.
  Ingester(const tag::Tagger* tagger, store::Corpus* corpus, WorkerPool* workers,
           const MembershipJudge* judge = nullptr)
      : tagger_(tagger), corpus_(corpus), workers_(workers), judge_(judge) {}

  /// Reads `bytes` to the end. Commits every few thousand records and marks the document done with the last of them: a
  /// killed ingest is taken up by ingesting the document again, which changes nothing that is stored. A document that
  /// is not PubMed XML, or is cut, becomes a problem of the document (and counts as one item); what was sound before is
  /// kept. kIo, kBusy, kCorruptInput: of the corpus; kInterrupted.
  [[nodiscard]] Result<IngestCounts> Ingest(const IngestRequest& request, ByteReader& bytes,
                                            const std::atomic<bool>* stop);
  /// The same for an answer that is not PubMed XML, whole in memory.
  [[nodiscard]] Result<IngestCounts> IngestAnswer(const IngestRequest& request, std::string_view body,
                                                  AnswerParser parser);
  /// The same for a file that a database or a reference manager exported, whole in memory. Adds the fields that litmill
  /// does not read to `unmapped`.
  [[nodiscard]] Result<IngestCounts> IngestExport(const IngestRequest& request, std::string_view bytes,
                                                  const parse::ExportOptions& options,
                                                  std::vector<parse::UnmappedField>* unmapped,
                                                  const std::atomic<bool>* stop);

 private:
  const tag::Tagger* tagger_;
  store::Corpus* corpus_;
  WorkerPool* workers_;
  const MembershipJudge* judge_;
};

/// A ByteReader over bytes in memory; `bytes` must outlive it.
class MemoryReader final : public ByteReader {
 public:
  explicit MemoryReader(std::string_view bytes) : rest_(bytes) {}
  [[nodiscard]] Result<std::size_t> Read(char* buffer, std::size_t size) override;

 private:
  std::string_view rest_;
};

}  // namespace litmill::app
