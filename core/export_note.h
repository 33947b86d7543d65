// SPDX-License-Identifier: Apache-2.0
// The note that litmill leaves in each record of its export files: what the format has no place for, so that its
// own reader gives back the same Record. Other programs show it as a custom field, or pass over it.
//
//   litmill:1&source=pubmed,31234567&date=print,2020-03,,2020%20Mar&group=The%20Group
//
// One word of ASCII: parts joined by "&", a part is a name, "=" and values joined by ","; a value is percent-encoded
// (RFC 3986), all but letters, digits and "-._~". It stands in RIS as C8, in BibTeX as the field `litmill`, in CSL-JSON
// as custom.litmill, in CSV as the column `litmill`, in MEDLINE text as a GN line.
//
//   source=NAME,ID            type=book                version=N          status=TEXT
//   id=SCHEME,VALUE           (each valid identifier)
//   date=KIND,ISO,END,RAW     (print, electronic, or the one that stands for them)
//   pages=PRINTED,START,END   issn=PRINT,ELECTRONIC,LINKING      isbn=TEXT (each)
//   journal=ISO-ABBREVIATION,MEDLINE-TA,NLM-ID,COUNTRY
//   group=INDEX,NAME  orcid=INDEX,VALUE  name=INDEX,LAST,GIVEN,SUFFIX   (of the author at INDEX, from 0; `name` where
//                     commas, a suffix or missing given names leave doubt)
//   section=BYTES,NLM-CATEGORY,LABEL (each section of the abstract; BYTES = length of its text)
//   keywords=OWNER,COUNT (each run of one owner)  mesh=COUNT  tags=COUNT  (what the list of keywords holds, in order)
//   retracted=PMID,DOI (each retraction notice)  translated=1  vernacular=TEXT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/record.h"

namespace litmill {

/// The note for `record`. `tags_after_keywords`: the format has one list for keywords, then MeSH headings (as
/// MeshText), then this number of tags; without it the format has places of its own for them.
[[nodiscard]] std::string ExportNote(const Record& record, std::optional<std::size_t> tags_after_keywords);

/// Makes `record`, as a reader of the format understood it, what the note says it was. False, and nothing changed, when
/// `text` is no note of a version known here. A part that does not agree with the record (somebody edited it) is passed
/// over: the record is then what the other fields say.
bool ApplyExportNote(std::string_view text, Record& record);

}  // namespace litmill
