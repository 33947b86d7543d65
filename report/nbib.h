// SPDX-License-Identifier: Apache-2.0
// MEDLINE text (.nbib) as PubMed writes it: "TAG - value", continuation lines of six spaces, a blank line behind each
// record. For EndNote, Zotero, Mendeley and everything made for PubMed's own files.
//
//   PMID OWN STAT DCOM LR  IS ISBN VI IP DP TI PG BTI CTI VTI EN PB  LID  AB ("LABEL: " before a section)  CI
//   FAU AU AUID AD (affiliations by person)  CN  FED ED  FIR IR IRAD  LA SI GR PT TT DEP PL TA JT JID RN NM SB
//   CIN CON EIN ... (relations; those of retraction are RIN and ROF)  MH (*, /qualifiers)  GS  RF  OTO OT  PMC  COIS
//   PHST (dates of the record's life)  AID (every other identifier, "[doi]", "[pii]", "[scopus]")  PST  SO
//   GN  litmill's own note (core/export_note.h)
//
// The first line of every record is PMID, without a value when the work has none. A retracted work always has the PT
// "Retracted Publication". A suffix stands behind the given names. A person without given names has no comma, and
// neither has a group of editors.
//
// Not carried: tags, inline markup, other abstracts, references, relations of kinds that MEDLINE text has no tag for,
// identifiers of MeSH terms, publication types and people but ORCID. A slash inside a MeSH name is a fraction slash.
#pragma once

#include <string>

#include "store/work_record.h"

namespace litmill::report {

void AppendNbib(const store::WorkRecord& work, std::string& out);

}  // namespace litmill::report
