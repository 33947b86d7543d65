// SPDX-License-Identifier: Apache-2.0
// The search stage: a Boolean strategy as a tree. Read this first.
//
// In: a strategy in PubMed syntax (search/parser.h: one query, or numbered lines with references), or concept blocks
// from the configuration (search/concept_blocks.h), or a tree built in code (search/tree.h). Out, as needed:
//   - what is wrong with it, with codes, places and suggestions   Lint            search/lint.h
//   - the same strategy for another database, with every loss     Translate       search/translate.h
//     listed                                                      (MeSH to Emtree: search/emtree_map.h)
//   - whether a record belongs to it, without any network         Matcher         search/matcher.h
//     and which clause decided                                    (explosion: search/mesh_tree.h)
//
// Pure functions: no I/O, no global state; everything may be called from any thread. The text is UTF-8. Parsing takes
// time linear in the text and never fails on hostile input: depth and size are bounded.
//
// What can go wrong: a strategy that PubMed would not run as written is refused by ParseStrategy with kInvalidInput
// (all errors, each with line, column and carets); Lint and ParseLeniently go on with what they could read. A
// translation never fails: what the target cannot carry is in its warnings, and never left out in silence.
#pragma once

#include "search/concept_blocks.h"  // IWYU pragma: export
#include "search/lint.h"            // IWYU pragma: export
#include "search/matcher.h"         // IWYU pragma: export
#include "search/parser.h"          // IWYU pragma: export
#include "search/to_pubmed.h"       // IWYU pragma: export
#include "search/translate.h"       // IWYU pragma: export
#include "search/tree.h"            // IWYU pragma: export
