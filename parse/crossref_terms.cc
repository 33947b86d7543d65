// SPDX-License-Identifier: Apache-2.0
#include "parse/crossref_terms.h"

#include <algorithm>
#include <iterator>

namespace litmill::parse {
namespace {

// Names as PubMed has them where it has one, so that one rule serves both.
constexpr CrossrefType kTypes[] = {
    {"journal-article", "Journal Article", "D016428", false},
    {"article-journal", "Journal Article", "D016428", false},  // CSL's name for it.
    {"proceedings-article", "Proceedings Article", "", false},
    {"paper-conference", "Proceedings Article", "", false},
    {"posted-content", "Posted Content", "", false},
    {"dissertation", "Academic Dissertation", "D019478", false},
    {"thesis", "Academic Dissertation", "D019478", false},
    {"dataset", "Dataset", "D064886", false},
    {"report", "Report", "", false},
    {"peer-review", "Peer Review", "", false},
    {"book", "Book", "", true},
    {"monograph", "Monograph", "", true},
    {"edited-book", "Edited Book", "", true},
    {"reference-book", "Reference Book", "", true},
    {"book-chapter", "Book Chapter", "", true},
    {"chapter", "Book Chapter", "", true},
    {"book-section", "Book Section", "", true},
    {"book-part", "Book Part", "", true},
    {"book-track", "Book Track", "", true},
    {"book-series", "Book Series", "", true},
    {"book-set", "Book Set", "", true},
    {"reference-entry", "Reference Entry", "", true},
};

}  // namespace

const std::vector<std::string_view>& CrossrefFields() {
  static const std::vector<std::string_view> kFields = [] {
    std::vector<std::string_view> fields = {"DOI",
                                            "ISBN",
                                            "ISSN",
                                            "URL",
                                            "abstract",
                                            "accepted",
                                            "aliases",
                                            "alternative-id",
                                            "approved",
                                            "archive",
                                            "article-number",
                                            "assertion",
                                            "author",
                                            "award",
                                            "award-start",
                                            "chair",
                                            "clinical-trial-number",
                                            "component-number",
                                            "container-title",
                                            "container-title-short",
                                            "content-created",
                                            "content-domain",
                                            "content-updated",
                                            "created",
                                            "degree",
                                            "deposited",
                                            "description",
                                            "edition-number",
                                            "editor",
                                            "event",
                                            "event-title",
                                            "free-to-read",
                                            "funder",
                                            "group-title",
                                            "indexed",
                                            "institution",
                                            "intended-application",
                                            "is-referenced-by-count",
                                            "isbn-type",
                                            "issn-type",
                                            "issue",
                                            "issue-title",
                                            "issued",
                                            "journal-issue",
                                            "journal-title",
                                            "language",
                                            "license",
                                            "link",
                                            "member",
                                            "original-title",
                                            "page",
                                            "part-number",
                                            "posted",
                                            "prefix",
                                            "proceedings-subject",
                                            "project",
                                            "publisher",
                                            "publisher-location",
                                            "published",
                                            "published-online",
                                            "published-other",
                                            "published-print",
                                            "reference",
                                            "reference-count",
                                            "references-count",
                                            "relation",
                                            "resource",
                                            "review",
                                            "score",
                                            "short-container-title",
                                            "short-title",
                                            "source",
                                            "special_numbering",
                                            "standards-body",
                                            "status",
                                            "subject",
                                            "subtitle",
                                            "subtype",
                                            "title",
                                            "translator",
                                            "type",
                                            "update-policy",
                                            "update-to",
                                            "updated-by",
                                            "version",
                                            "volume",
                                            "issn",
                                            "id"};
    std::sort(fields.begin(), fields.end());
    return fields;
  }();
  return kFields;
}

const CrossrefType* CrossrefTypeNamed(std::string_view crossref) {
  const auto* const found = std::find_if(std::begin(kTypes), std::end(kTypes),
                                         [crossref](const CrossrefType& t) { return t.crossref == crossref; });
  return found == std::end(kTypes) ? nullptr : found;
}

}  // namespace litmill::parse
