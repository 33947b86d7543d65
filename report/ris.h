// SPDX-License-Identifier: Apache-2.0
// RIS: what Zotero, EndNote, Mendeley, Rayyan, Covidence and ASReview import.
//
//   TY  JOUR, CHAP or BOOK                    TI  title              T2  journal, or the chapter's book
//   AU  author "Last, Given, Suffix"; a group has no comma of ours   A2  editors    A4  investigators
//   J2  abbreviated journal    VL IS volume, issue    SP EP first and last page    SN  first ISSN or ISBN
//   PY  year    DA  "YYYY/MM/DD/" as far as known    LA  languages    M3  publication types joined by "; "
//   AB  abstract in one line, "LABEL: " before a section    AD  affiliations joined by "; "
//   KW  keywords, MeSH headings ("Migraine Disorders/*drug therapy"), tags ("condition: migraine"), in this order
//   DO  DOI    UR  link    C2  PMCID    DB, AN  "PubMed" and the PMID, else the database and its identifier
//   C1  "PMID: n", whatever the database    N1  "RETRACTED PUBLICATION ..." when it is
//   PB CY ET  publisher, place, edition of a book    C8  litmill's own note (core/export_note.h)
//
// Not carried: inline markup, affiliations by person, other abstracts, chemicals, grants, references, relations but
// retraction, identifiers of MeSH terms, dates of the record's life.
// A comma inside a person's name becomes a space; the note has the name.
#pragma once

#include <string>

#include "store/work_record.h"

namespace litmill::report {

/// Lines end with CR LF; the record ends with "ER  - " and a blank line.
void AppendRis(const store::WorkRecord& work, std::string& out);

}  // namespace litmill::report
