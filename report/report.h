// SPDX-License-Identifier: Apache-2.0
// The report stage: what the store says, rendered for people and for other programs. Read this first.
//
// In: works as the store merges them (store/work_record.h). Out: text in one of the export formats; nothing is read or
// written here but memory. One header a format says which of its fields carries what, and what it cannot carry:
//
//   report/ris.h  nbib.h  bibtex.h  csl_json.h  csv_table.h  jsonl.h  asreview.h
//   report/export_writer.h   all of them behind one interface
//   report/citation.h        what several of them say alike
//
// Text from outside stays text: whatever a title holds (line ends, braces, "ER  - ", NUL), it cannot begin a field, end
// a record or become a spreadsheet's formula. What a format has no place for goes into litmill's own note
// (core/export_note.h), by which litmill reads its own files back without loss. Nothing can go wrong here.
#pragma once

#include "report/export_writer.h"  // IWYU pragma: export
