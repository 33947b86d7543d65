// SPDX-License-Identifier: Apache-2.0
// PubMed's search fields: every field tag, short or long, as one enum.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace litmill::search {

/// A field that PubMed can search. The comment is its canonical short tag.
enum class Field {
  kNone,                   ///< No tag: PubMed maps the words itself (automatic term mapping).
  kUnknown,                ///< A tag that PubMed does not have; what was written is kept with the term.
  kAbstract,               ///< ab
  kAffiliation,            ///< ad
  kAll,                    ///< all
  kArticleId,              ///< aid
  kAuthor,                 ///< au
  kAuthorFirst,            ///< 1au
  kAuthorFull,             ///< fau
  kAuthorId,               ///< auid
  kAuthorLast,             ///< lastau
  kBook,                   ///< book
  kConflictOfInterest,     ///< cois
  kCorporateAuthor,        ///< cn
  kDateCompleted,          ///< dcom
  kDateCreated,            ///< crdt
  kDateElectronic,         ///< epdat
  kDateEntry,              ///< edat
  kDateMesh,               ///< mhda
  kDateModified,           ///< lr
  kDatePrint,              ///< ppdat
  kDatePublication,        ///< dp
  kEditor,                 ///< ed
  kFilter,                 ///< sb
  kGrant,                  ///< gr
  kInvestigator,           ///< ir
  kInvestigatorFull,       ///< fir
  kIsbn,                   ///< isbn
  kIssue,                  ///< ip
  kJournal,                ///< ta
  kJournalId,              ///< jid
  kLanguage,               ///< la
  kLocationId,             ///< lid
  kMesh,                   ///< mh
  kMeshMajor,              ///< majr
  kMeshSubheading,         ///< sh
  kOtherTerm,              ///< ot (the authors' keywords)
  kPagination,             ///< pg
  kPersonalNameSubject,    ///< ps
  kPharmacologicalAction,  ///< pa
  kPlaceOfPublication,     ///< pl
  kPmid,                   ///< pmid
  kPublicationType,        ///< pt
  kPublisher,              ///< pubn
  kRegistryNumber,         ///< rn
  kSecondarySource,        ///< si
  kSupplementaryConcept,   ///< nm
  kTextWord,               ///< tw
  kTitle,                  ///< ti
  kTitleAbstract,          ///< tiab
  kTransliteratedTitle,    ///< tt
  kVolume,                 ///< vi
};

/// The canonical short tag without brackets ("tiab"); empty for kNone and kUnknown.
[[nodiscard]] std::string_view FieldTag(Field field);

/// PubMed's own long name ("Title/Abstract"); empty for kNone and kUnknown.
[[nodiscard]] std::string_view FieldName(Field field);

/// The field of a tag without brackets and modifiers, short or long, in any case and spacing ("TIAB", "Title/Abstract",
/// "date - publication"); nothing when PubMed has no such tag.
[[nodiscard]] std::optional<Field> FieldFromTag(std::string_view tag);

/// The known tag nearest to `tag` ("tia" gives "tiab"), or empty when none is near.
[[nodiscard]] std::string NearestTag(std::string_view tag);

/// Every field that has a tag, in the order of the enum.
[[nodiscard]] const std::vector<Field>& AllFields();

[[nodiscard]] bool IsDateField(Field field);
[[nodiscard]] bool IsMeshField(Field field);     ///< mh or majr: the term is a MeSH heading.
[[nodiscard]] bool TakesProximity(Field field);  ///< ti, tiab, ad: all that PubMed supports.
[[nodiscard]] bool TakesNoexp(Field field);      ///< mh, majr, sh, pt: searched with what is below them in the tree.
[[nodiscard]] bool IsTextField(Field field);     ///< Searched by words: ti, ab, tiab, tw, ot, tt, ad, all or no tag.

}  // namespace litmill::search
