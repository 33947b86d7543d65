// SPDX-License-Identifier: Apache-2.0
// BibTeX in UTF-8, for LaTeX, JabRef and Zotero.
//
//   @article, @incollection (chapter) or @book, key authorYEARword ("muller2020magnesium")
//   author, editor "Last, Suffix, Given and ..."; a group, or a name that BibTeX would cut, stands in braces
//   title  journal, booktitle  shortjournal  year  month (the macro)  volume  number  pages ("123--34")  issn, isbn
//   publisher  address  edition  language  doi  url  pmid  pmcid  abstract (as in RIS)  note (retracted)
//   keywords (as KW in RIS, joined by "; ", a semicolon inside as "{;}")  type (publication types joined by "; ")
//   litmill (core/export_note.h)
//
// Each field is one line in braces that are balanced for BibTeX, which does not know "\{": \ { } are written
// \textbackslash{} \textbraceleft{} \textbraceright{}, ~ and ^ \textasciitilde{} \textasciicircum{}, and & % $ # _
// get a backslash; only doi, url, pmid and pmcid are as they are (a brace or backslash in them as above).
//
// Not carried: as RIS, and investigators and affiliations.
#pragma once

#include <string>
#include <unordered_set>

#include "store/work_record.h"

namespace litmill::report {

/// Remembers the keys that it gave: a second muller2020magnesium gets its source's identifier behind it, and a letter
/// when even that is taken. Keys of works that are in the file do not change when others come behind them.
class BibtexWriter {
 public:
  void Append(const store::WorkRecord& work, std::string& out);

 private:
  [[nodiscard]] std::string NewKey(const Record& record);

  std::unordered_set<std::string> keys_;
};

}  // namespace litmill::report
