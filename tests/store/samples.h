// SPDX-License-Identifier: Apache-2.0
// Records, rules and tags for the tests of the store. All of it is invented.
#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "core/record.h"
#include "core/rule_set.h"
#include "core/tagged_record.h"
#include "store/corpus.h"

namespace litmill::testing {

/// Every field holds something of its own; every list holds two items or more, where one of them is bare.
[[nodiscard]] Record FullRecord(const std::string& source_id);
/// A short article.
[[nodiscard]] Record SmallRecord(const std::string& source_id, const std::string& title);
/// A record made of `random`: any list may be empty, any text may hold letters of several alphabets.
[[nodiscard]] Record RandomRecord(std::mt19937_64& random, const std::string& source_id);

/// Conditions (one with a parent), a form, an outcome and a design.
[[nodiscard]] RuleSet SampleRules();
/// What a tagger with SampleRules says: each concept's label, found in titles, abstracts and keywords, and its MeSH
/// headings.
[[nodiscard]] TaggedRecord SampleTags(const RuleSet& rules, const Record& record);

/// A corpus at `path` with the sample rules in use; fails the test when it cannot be opened.
[[nodiscard]] std::unique_ptr<store::Corpus> OpenCorpus(const std::string& path,
                                                        const store::OpenOptions& options = {});
/// Puts one record in a batch of its own, with its sample tags.
store::PutOutcome Put(store::Corpus& corpus, const Record& record, const std::string& retrieved_at = {});
store::PutOutcome PutDeletion(store::Corpus& corpus, const std::string& pmid, int version,
                              const std::string& retrieved_at = {});

/// First column of the first row of `sql`, as text; "NULL" for NULL, "no row" for none.
[[nodiscard]] std::string Ask(const store::Corpus& corpus, const std::string& sql);
/// Runs SQL that changes the file, past all of the store's care.
void Force(const store::Corpus& corpus, const std::string& sql);
/// Of content and searches.
[[nodiscard]] std::string DigestOf(const store::Corpus& corpus);
/// "" when every check passes, else the failed ones with their details.
[[nodiscard]] std::string FailedChecks(const store::Corpus& corpus);

}  // namespace litmill::testing
