// SPDX-License-Identifier: Apache-2.0
// What a corpus still lacks of a source that knows works by their DOI (Crossref, OpenAlex, Unpaywall), and the
// book-keeping of asking for it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"
#include "core/result.h"

namespace litmill::store {

class Corpus;

/// DOIs in normal form, ascending: one of each work that is not deleted and has no record of `source`. It is the work's
/// DOI as the view `evidence` gives it. Left out are
///   - DOIs that stand in several works (an erratum and its article, abstracts of one conference): what is found for
///     them could be linked with none;
///   - DOIs that a run found `source` not to know, at or after `not_found_since` (UTC; empty = ask again). Runs from
///   the
///     archive alone say nothing about the source.
[[nodiscard]] Result<std::vector<std::string>> DoisWithout(const Corpus& corpus, std::string_view source,
                                                           std::string_view not_found_since);

/// Makes each of `ids` a pending outcome of the run, counted in its found and asked, in one transaction. What the run
/// has asked for already is not counted again; what failed in it is pending again.
[[nodiscard]] Result<void> AddAsked(Corpus& corpus, std::int64_t run_id, std::string_view source,
                                    const std::vector<std::string>& ids);

/// Whether LinkWorks would put `record`, which has `doi`, into the work of that DOI: not when their PMIDs differ, nor
/// when only one of them is a notice about another publication (store/dedupe.h). True when no work has the DOI.
[[nodiscard]] Result<bool> FitsWork(const Corpus& corpus, const Record& record, std::string_view doi);

struct AskedId {
  std::string id;
  bool is_pending = false;
  friend bool operator==(const AskedId&, const AskedId&) = default;
};
/// All that the run asks of `source`, ascending.
[[nodiscard]] Result<std::vector<AskedId>> AskedIds(const Corpus& corpus, std::int64_t run_id, std::string_view source);

}  // namespace litmill::store
