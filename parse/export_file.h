// SPDX-License-Identifier: Apache-2.0
// Files that databases and reference managers export, to Items: one whole file in, its records in order out, whatever
// the format. Pure, no I/O.
//
// The format is told by the content, never by the file's name. A record's `source` is the database that it comes from:
// the one given, else what the record says, else what the format says, else "file". Its `source_id` is its accession
// number there ("2-s2.0-123", "WOS:000123456700001", "L2015467890", "CN-01234567", a PMID) where the record has one of
// the right form, else "sha256:" and sixteen digits over its content: the same record from two files is one.
//
// Fields that litmill does not know are never dropped: they are other names of the kind "unmapped" (source: the tag or
// column, value: its text as it came), and each is reported once a file ("unmapped-field") with the number of its
// records.
//
// Warnings of a record, besides those of parse/json_answers.h: "invalid-utf8", "control-character", "mojibake" (UTF-8
// that was read as Latin-1 somewhere on the way, put right), "no-end" (the format's end mark is missing), "no-title",
// "open-quote", "extra-cells", "repeated-accession" (two different records of the file claim one accession number: the
// later ones get "#2", "#3" behind it), "bad-year". Errors of a record: "empty-record", "bad-record",
// "record-too-large"; of the file: "unexpected-content" (what stands between the records, never in silence).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "parse/parse.h"

namespace litmill::parse {

struct ExportOptions {
  std::string database;  ///< Every record of the file comes from it, whatever the file says; empty = as the file says.
  Limits limits;
};

/// A tag or column that litmill does not know.
struct UnmappedField {
  std::string name;
  std::uint64_t records = 0;  ///< That have it.
};

struct ExportReport {
  std::string format;                   ///< "medline", "ris", "scopus-csv", ...; see ExportFormats.
  std::uint64_t records = 0;            ///< Handed out.
  std::uint64_t errors = 0;             ///< Records that could not be read: Problems of the level kError.
  std::uint64_t warnings = 0;           ///< Of records and of the file.
  std::vector<UnmappedField> unmapped;  ///< By name.
};

/// Takes each Item; an error from it stops the reading and is returned.
using ItemSink = std::function<Result<void>(Item)>;

/// The format of a file that begins with `head` (its first 64 KiB or all of it), as it came from disk; nothing when it
/// is none of an export (PubMed XML is not one: parse/parse.h reads it).
[[nodiscard]] std::optional<std::string_view> DetectExport(std::string_view head);

/// Every format by its name, with a sentence for people.
struct ExportFormatName {
  std::string_view name, description;
};
[[nodiscard]] std::vector<ExportFormatName> ExportFormats();

/// Reads a whole file. kInvalidInput when its format is not known here; the message says what it looks like.
[[nodiscard]] Result<ExportReport> ReadExport(std::string_view bytes, const ExportOptions& options,
                                              const ItemSink& sink);

}  // namespace litmill::parse
