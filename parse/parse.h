// SPDX-License-Identifier: Apache-2.0
// The parse stage: bytes to Records. Read this first.
//
// In: the bytes of a PubMed XML document, plain or gzip, in chunks of any size. Out: one item for each record in it, in
// order: a Record, a deletion, or a problem. No I/O beyond the bytes given, no network, no DTD.
//
// Two steps, so that they can run on different threads and a bad record costs one record:
//   DocumentReader  inflates, converts to UTF-8 and cuts the document into slices (one record's bytes each), holding at
//   most one slice. ParseSlice      turns one slice into Items (pure; safe on any thread).
// ParseDocument does both, for those who have the whole document in memory.
//
// Sources of the rules: NLM's PubMed DTD of 2025 (pubmed_250101.dtd) and its predecessors back to MedlineCitationSet.
//
// What can go wrong: the document itself is refused (kCorruptInput: broken gzip; kInvalidInput: no PubMed XML in it, an
// unknown encoding, an internal DTD subset or entity declaration); one record is bad (an Item with a problem, the rest
// goes on), also when it is deeper or larger than the limits. Bytes after the last record and records cut off by the
// end are problems, never silence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/record.h"
#include "core/result.h"

namespace litmill::parse {

/// Bounds that no sound PubMed document meets; they keep a hostile one from taking the machine.
struct Limits {
  std::size_t max_record_bytes = 64U << 20U;
  std::size_t max_depth = 256;
};

/// Where something stands in the uncompressed UTF-8 document. `ordinal` counts slices from 1.
struct Position {
  std::uint64_t offset_bytes = 0;
  std::uint64_t line = 1;
  std::uint64_t ordinal = 0;
};

enum class SliceKind { kArticle, kBook, kDeletions };

/// One record's bytes, from its start tag to its end tag. UTF-8 (invalid bytes are left for ParseSlice to report).
struct Slice {
  SliceKind kind = SliceKind::kArticle;
  std::string bytes;
  Position position;
  /// Set when the slice could not be cut cleanly (no end tag before the next record or the end): ParseSlice reports it.
  std::string damage;
  std::string damage_code;  ///< The code of that problem: "cut-record" or "record-too-large".
  bool has_inline_markup =
      true;  ///< false: no tag in it can stand in running text, so blanks between tags mean nothing.
};

enum class Severity { kWarning, kError };

/// Something a person should know about a record or the document. kError: the record is not stored. kWarning: it is,
/// but something was repaired or left out (invalid bytes replaced, a DOI that is none, two different DOIs, an unknown
/// element).
struct Problem {
  Severity severity = Severity::kError;
  /// Stable. Errors of a record: "cut-record", "record-too-large", "not-well-formed", "too-deep", "no-pmid",
  /// "bad-deletion"; of the document: "cut-document", "broken-http-answer". Warnings: "invalid-utf8",
  /// "bad-character-reference", "unknown-entity", "stray-ampersand", "unknown-element", "stray-text", "doi-conflict",
  /// "pmid-conflict", "bad-doi", "bad-identifier", "bad-orcid"; of the document: "unexpected-content",
  /// "invalid-encoding", "trailing-garbage".
  std::string code;
  std::string source_id;  ///< The PMID where one could be read, else empty.
  std::string message;    ///< A sentence for people.
  Position position;
};

struct Deletion {
  std::string source_id;  ///< PMID digits.
  int version = 1;
  Position position;
};

/// One record and the warnings about it.
struct ParsedRecord {
  Record record;
  Position position;
  std::vector<Problem> warnings;
};

/// Exactly one of: a record, a deletion, or an error-level problem.
using Item = std::variant<ParsedRecord, Deletion, Problem>;

/// Cuts a document into slices as its bytes arrive. Not thread-safe.
class DocumentReader {
 public:
  using SliceSink = std::function<Result<void>(Slice)>;
  using ProblemSink = std::function<void(Problem)>;

  /// `on_slice` takes each slice (an error from it stops Feed and is returned); `on_problem` takes document-level
  /// problems.
  DocumentReader(Limits limits, SliceSink on_slice, ProblemSink on_problem);
  ~DocumentReader();
  DocumentReader(const DocumentReader&) = delete;
  DocumentReader& operator=(const DocumentReader&) = delete;

  [[nodiscard]] Result<void> Feed(std::string_view chunk);
  /// The end of the document. Reports what was cut off. kInvalidInput when there was no PubMed XML at all
  /// (an empty PubmedArticleSet is sound and has no records); kCorruptInput when the gzip stream is cut or fails its
  /// checksum - the slices before that were sound and have been handed out.
  [[nodiscard]] Result<void> Finish();
  [[nodiscard]] std::uint64_t slices() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Parses one slice. A DeleteCitation yields one Item a PMID; every other slice exactly one Item. The slice's bytes are
/// used up (parsed in place).
[[nodiscard]] std::vector<Item> ParseSlice(Slice&& slice, const Limits& limits = {});

/// A whole document in memory: its items in order. Document-level problems are Items too.
[[nodiscard]] Result<std::vector<Item>> ParseDocument(std::string_view bytes, const Limits& limits = {});

}  // namespace litmill::parse
