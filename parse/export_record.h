// SPDX-License-Identifier: Apache-2.0
// What the readers of export files share: a record in the making, and the place where the finished ones go.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/record.h"
#include "core/result.h"
#include "parse/export_file.h"
#include "parse/record_context.h"

namespace litmill::parse {

/// One record of an export while its reader fills it. `record` is filled directly; the functions are for what every
/// format does alike. Empty values are ignored everywhere.
class ExportRecord {
 public:
  ExportRecord(const Limits& limits, Position begin) : position(begin), context(limits, begin) {}

  Record record;
  Position position;
  RecordContext context;

  /// The database as the record names it ("Scopus", "Ovid MEDLINE(R) <1946 to ...>"); empty = it does not say.
  std::string database;
  /// Its accession number there, as it came. Only from a field that means this in the format at hand.
  std::string accession;

  /// record.source and record.source_id are set already: litmill's own export says which record it is.
  bool has_identity = false;

  /// An identifier by its scheme (pmid, pmcid, doi, pii, ...), normalised; one that has no normal form is kept, marked
  /// as invalid, with a warning. The same one twice is once.
  void AddIdentifier(std::string_view scheme, std::string_view raw, std::string_view origin);
  /// A DOI if `text` has one (also inside an address or behind "doi:"); false when there is none.
  bool AddDoiIn(std::string_view text, std::string_view origin);
  /// Titles, abstracts and keywords of exports hold HTML tags and character references now and then: read, with markup.
  [[nodiscard]] MarkedText Marked(std::string_view text);
  /// The abstract, in sections where its headings show ("BACKGROUND: ... METHODS: ..."); "[No abstract available]" and
  /// the like are none. A copyright statement at its end ("(c) 2025 Elsevier B.V. All rights reserved.", "Copyright
  /// ...") goes to record.copyright.
  void SetAbstract(std::string_view text);
  void AddKeyword(std::string_view owner, std::string_view text, bool major = false);
  /// A publication type by name; no MeSH identifier unless PubMed has the type by that name.
  void AddPublicationType(std::string_view name);
  /// Names and codes as ISO 639-2/B; several may stand in one text ("English; German").
  void AddLanguages(std::string_view text);
  /// "print" or another kind of date from any wording: "2019", "2019/03//", "2019/03/15/Spring", "2019 Mar 15",
  /// "15 March 2019", "MAR 15 2019", "2019-03-15", "1-Dec-25" (what Excel makes of a date).
  void AddDate(std::string_view kind, std::string_view text);
  /// "12" and "34" or "12-34": record.pages, start_page, end_page.
  void SetPages(std::string_view first, std::string_view last = {});
  /// ISSNs and ISBNs as they come in one field, several or one, with "(ISSN)", "(Electronic)", "(Linking)" behind.
  void AddIssnsAndIsbns(std::string_view text);
  /// A field that litmill does not know: kept raw.
  void AddUnmapped(std::string_view field, std::string_view value);

  /// The tags and columns given to AddUnmapped, each once.
  [[nodiscard]] const std::set<std::string, std::less<>>& unmapped() const { return unmapped_; }

 private:
  std::set<std::string, std::less<>> unmapped_;
};

/// Takes a reader's records: settles whose record it is and under which identifier, warns, counts, and hands it on.
class ExportSink {
 public:
  ExportSink(std::string_view format, const ExportOptions& options, const ItemSink& sink)
      : options_(options), sink_(sink) {
    report_.format = std::string(format);
  }

  /// What the file as a whole says about its database, for records that say nothing.
  void SetFileDatabase(std::string_view database) { file_database_ = std::string(database); }

  /// Place of the next record: where it begins; its ordinal is filled in.
  [[nodiscard]] Position At(std::uint64_t line, std::uint64_t offset_bytes) { return {offset_bytes, line, ++ordinal_}; }
  [[nodiscard]] const Limits& limits() const { return options_.limits; }

  /// A finished record. False = stop reading.
  [[nodiscard]] bool Take(ExportRecord&& finished);
  /// A record that could not be read (kError), or something odd about the file (kWarning). False = stop reading.
  [[nodiscard]] bool Report(Severity severity, std::string_view code, std::string message, Position position);

  /// The sum, or the error that stopped the reading. Reports the unmapped fields.
  [[nodiscard]] Result<ExportReport> Finish();

 private:
  [[nodiscard]] bool Hand(Item item);
  void SettleIdentity(ExportRecord& finished);

  const ExportOptions& options_;
  const ItemSink& sink_;
  std::string file_database_;
  std::uint64_t ordinal_ = 0;
  std::map<std::string, std::uint64_t, std::less<>> unmapped_;
  /// By source and accession: the content of each record that claimed it, to tell a repeat from a different one.
  std::unordered_map<std::string, std::vector<std::string>> claimed_;
  std::optional<Error> stopped_by_;
  ExportReport report_;
};

/// What a format brings to the table in export_file.cc. `text` is UTF-8 without a byte order mark, NUL bytes taken out.
struct ExportReader {
  std::string_view name;         ///< "ris"
  std::string_view description;  ///< "RIS, in the dialects of ..."
  bool (*recognises)(std::string_view head);
  /// Reads to the end of `text`, or until the sink says stop.
  void (*read)(std::string_view text, ExportSink& sink);
  bool is_binary = false;  ///< Sees the bytes as they are on disk.
};

}  // namespace litmill::parse
