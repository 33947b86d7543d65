// SPDX-License-Identifier: Apache-2.0
#include "parse/export_file.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "parse/export_bibtex.h"
#include "parse/export_cochrane_text.h"
#include "parse/export_csl_json.h"
#include "parse/export_embase_rows.h"
#include "parse/export_endnote_xml.h"
#include "parse/export_medline.h"
#include "parse/export_ovid_tagged.h"
#include "parse/export_record.h"
#include "parse/export_refer.h"
#include "parse/export_ris.h"
#include "parse/export_text.h"
#include "parse/export_wos_text.h"
#include "parse/export_xlsx.h"
#include "parse/looks_like.h"
#include "parse/table_layouts.h"

namespace litmill::parse {
namespace {

constexpr std::size_t kHeadBytes = 64U << 10U;

/// The first that recognises the file reads it: what is told by a mark of its own before what is told by its shape.
const std::vector<ExportReader>& Readers() {
  static const std::vector<ExportReader> kReaders = {
      {"medline", "MEDLINE format (nbib) of PubMed, ERIC and KoreaMed", RecognisesMedline, ReadMedline, false},
      {"ris",
       "RIS, in the dialects of Scopus, Embase, Ovid, Web of Science, EBSCO, ProQuest, Cochrane and reference managers",
       RecognisesRis, ReadRis, false},
      {"wos-text", "plain text of the Web of Science (.txt, .ciw)", RecognisesWosText, ReadWosText, false},
      {"ovid-tagged", "Ovid's tagged format (Reprint/Medlars)", RecognisesOvidTagged, ReadOvidTagged, false},
      {"cochrane-text", "text export of the Cochrane Library", RecognisesCochraneText, ReadCochraneText, false},
      {"refer", "Refer, as EndNote writes it (.enw)", RecognisesRefer, ReadRefer, false},
      {"xlsx", "Excel workbook with a table of any of the layouts of CSV", RecognisesXlsx, ReadXlsx, true},
      {"endnote-xml", "EndNote XML", RecognisesEndnoteXml, ReadEndnoteXml},
      {"csl-json", "CSL-JSON", RecognisesCslJson, ReadCslJson},
      {"litmill-csv", "litmill's own table", RecognisesTable<LitmillTable>, ReadTableOf<LitmillTable>},
      {"embase-csv-rows", "Embase, CSV with one field a row", RecognisesEmbaseRows, ReadEmbaseRows},
      {"scopus-csv", "Scopus, CSV", RecognisesTable<ScopusTable>, ReadTableOf<ScopusTable>},
      {"embase-csv", "Embase, CSV with one record a row", RecognisesTable<EmbaseTable>, ReadTableOf<EmbaseTable>},
      {"cochrane-csv", "Cochrane Library, CSV", RecognisesTable<CochraneTable>, ReadTableOf<CochraneTable>},
      {"pubmed-csv", "PubMed, CSV", RecognisesTable<PubmedTable>, ReadTableOf<PubmedTable>},
      {"pubmed2xl", "PubMed2XL, CSV", RecognisesTable<Pubmed2xlTable>, ReadTableOf<Pubmed2xlTable>},
      {"wos-table", "Web of Science, tab-delimited or Excel's columns", RecognisesTable<WebOfScienceTable>,
       ReadTableOf<WebOfScienceTable>},
      // An entry may stand anywhere in a file of BibTeX, so it shows itself last.
      {"bibtex", "BibTeX", RecognisesBibtex, ReadBibtex},
      {"table", "a table with a title column (CSV, semicolons or tabs)", RecognisesTable<GenericTable>,
       ReadTableOf<GenericTable>},
  };
  return kReaders;
}

const ExportReader* FindReader(std::string_view raw_head) {
  for (const ExportReader& reader : Readers())
    if (reader.is_binary && reader.recognises(raw_head)) return &reader;
  const std::string head = DecodeExportHead(raw_head);
  for (const ExportReader& reader : Readers())
    if (!reader.is_binary && reader.recognises(head)) return &reader;
  return nullptr;
}

}  // namespace

std::optional<std::string_view> DetectExport(std::string_view head) {
  const ExportReader* reader = FindReader(head.substr(0, kHeadBytes));
  return reader == nullptr ? std::nullopt : std::optional(reader->name);
}

std::vector<ExportFormatName> ExportFormats() {
  std::vector<ExportFormatName> names;
  for (const ExportReader& reader : Readers()) names.push_back({reader.name, reader.description});
  return names;
}

Result<ExportReport> ReadExport(std::string_view bytes, const ExportOptions& options, const ItemSink& sink) {
  const ExportReader* reader = FindReader(bytes.substr(0, kHeadBytes));
  if (reader == nullptr)
    return Fail(ErrorCode::kInvalidInput,
                fmt::format("no export format that litmill knows: it looks like {}", LooksLike(bytes.substr(0, 200))));
  ExportSink exported(reader->name, options, sink);
  if (reader->is_binary) {
    reader->read(bytes, exported);
    return exported.Finish();
  }
  LITMILL_TRY(ExportText text, DecodeExport(bytes));
  for (Problem& warning : text.warnings)
    if (!exported.Report(warning.severity, warning.code, std::move(warning.message), warning.position)) break;
  reader->read(text.text, exported);
  return exported.Finish();
}

}  // namespace litmill::parse
