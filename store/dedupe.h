// SPDX-License-Identifier: Apache-2.0
// Which source records are the same publication: by identifiers, by what a person decided, and by bibliographic
// evidence. No database here, only the rule; docs/decisions/0014 has why, store/dedupe_rules.cc has the rules one by
// one.
//
// A merge of two papers is worse than a duplicate that stays: where the evidence is not enough, the pair goes to
// review.
//   - A person's decision on a pair wins over everything; of two that contradict each other, "not a duplicate" wins.
//   - Identifiers come first, but never alone against the title: a DOI that conference abstracts or chapters share
//     merges nothing. Two PMIDs are two works.
//   - Then title, authors, year, journal, volume, issue, pages and abstract, compared as cataloguers write them.
//   - Preprint and version of record, conference abstract and article, protocol and result, notices and comments and
//     what they are about are linked as related, never merged.
//   - No false transitivity: A = B and B = C does not merge A with C when A and C contradict each other. The strongest
//     evidence joins first, what would then contradict goes to review.
//
// The result is a function of the set of records and decisions: neither the order of Add nor batches matter. New
// records against old is therefore the same as all at once.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace litmill::store {

struct DedupeAuthor {
  std::string last_name, given;  ///< `given`: fore names or initials.
  std::string collective_name;   ///< A group has only this.
};

/// What de-duplication needs to know of a source record. Everything may be empty except `source`.
struct DedupeRecord {
  std::string source, source_id;  ///< Together unique. Of "pubmed" the identifier is the PMID.
  /// (scheme, value) in normal form, valid ones only. The record's own identifier in its database need not be among
  /// them.
  std::vector<std::pair<std::string, std::string>> identifiers;
  std::string title, vernacular_title, abstract_text;
  std::vector<DedupeAuthor> authors;
  bool authors_complete = true;
  int year_print = 0, year_electronic = 0;  ///< 0 = none.
  std::vector<std::string> journals;        ///< Title and abbreviations; of a chapter or paper its book or proceedings.
  std::vector<std::string> issns, isbns;
  std::string volume, issue, pages;  ///< `pages` or an article number, as printed.
  /// Publication types and record types as the source names them ("Preprint", "Conference Abstract", "article").
  std::vector<std::string> types;
  bool is_notice = false;   ///< A retraction notice, erratum or expression of concern.
  bool is_deleted = false;  ///< Deleted at its source: it is merged with nothing.
};

/// What a person said of two records (by their index).
struct PairDecision {
  std::size_t record = 0, other = 0;
  bool is_duplicate = false;
};

enum class DedupeVerdict {
  kMerged,   ///< One publication. A work of n records has n - 1 of these.
  kReview,   ///< Perhaps one publication: a person should look. Kept apart until then.
  kRelated,  ///< Two publications that belong together (`relation` says how).
  kRefused,  ///< They share an identifier, and other evidence shows that they are not one publication.
};

enum class DedupeRelation {
  kNone,
  kPreprint,            ///< Preprint and version of record.
  kConferenceAbstract,  ///< Conference abstract or paper and article.
  kProtocol,            ///< Protocol or registration and result.
  kNotice,              ///< Correction, comment, reply, retraction notice and what it is about.
  kVersion,             ///< Another version or update of the same review, data set or preprint.
};

/// From 0 (differs) to 1 (agrees); below 0 where one of the two has nothing to compare.
struct DedupeScores {
  double title = -1, authors = -1, journal = -1, locators = -1, year = -1, abstract_text = -1;
};

/// One pair that was decided. `record` comes before `other` in the order of preference (store/names.h, then source,
/// then identifier).
struct DedupeDecision {
  std::size_t record = 0, other = 0;
  DedupeVerdict verdict = DedupeVerdict::kReview;
  DedupeRelation relation = DedupeRelation::kNone;
  std::string rule;      ///< Its stable name: "person", "pmid", "doi", "title+authors+pages", ...
  std::string evidence;  ///< The identifier that they share, or why, in words.
  DedupeScores scores;
};

/// An identifier that stands in records of different works. `records` in the order of preference.
struct LinkConflict {
  std::string scheme, value;
  std::vector<std::size_t> records;
};

struct DedupeResult {
  /// By record: the record that represents its work, the most preferred of it.
  std::vector<std::size_t> representative;
  std::vector<DedupeDecision> decisions;  ///< In canonical order: by record, then other.
  /// Identifiers that stand in records of different works.
  std::vector<LinkConflict> conflicts;
  /// Decisions of persons that contradict each other, directly or through the records that they join: the "duplicate"
  /// that was not followed.
  std::vector<PairDecision> contradictions;
};

/// The stable lower-case names under which the corpus stores them ("merged", "conference-abstract", "" for kNone).
[[nodiscard]] std::string_view DedupeVerdictName(DedupeVerdict verdict);
[[nodiscard]] std::string_view DedupeRelationName(DedupeRelation relation);

/// Takes records one by one and keeps of each only what comparing needs (about a kilobyte), so that a corpus is never
/// in memory as a whole. Not thread-safe.
class Deduplicator {
 public:
  Deduplicator();
  ~Deduplicator();
  Deduplicator(Deduplicator&&) noexcept;
  Deduplicator& operator=(Deduplicator&&) noexcept;

  /// Records are named by the order in which they were added, from 0.
  void Add(const DedupeRecord& record);
  /// May be called again after more records were added.
  [[nodiscard]] DedupeResult Find(const std::vector<PairDecision>& decisions = {}) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// All at once.
[[nodiscard]] DedupeResult Deduplicate(const std::vector<DedupeRecord>& records,
                                       const std::vector<PairDecision>& decisions = {});

}  // namespace litmill::store
