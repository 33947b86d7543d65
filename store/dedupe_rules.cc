// SPDX-License-Identifier: Apache-2.0
#include "store/dedupe_rules.h"

namespace litmill::store {
namespace {

bool OnlyOne(const RecordForm& a, const RecordForm& b, std::uint32_t trait) {
  return (a.traits & trait) != (b.traits & trait);
}

bool IsOfMeeting(const RecordForm& form) { return (form.traits & (kTraitConference | kTraitMeetingAbstract)) != 0; }

bool IsAlike(TitleMatch match) { return match != TitleMatch::kUnknown && match <= TitleMatch::kContained; }

/// The place in print agrees: the same pages of the same volume.
bool SamePlace(const Evidence& e) { return e.pages == Match::kSame && e.volume == Match::kSame; }

/// Proceedings have no volumes: there the range of pages must do.
bool SameRange(const Evidence& e) {
  return e.pages == Match::kSame && e.is_page_range && e.volume != Match::kDiffers && e.year == Match::kSame;
}

/// The place in print differs, as far as it can be said.
bool OtherPlace(const Evidence& e) {
  return e.pages == Match::kDiffers || (e.volume == Match::kDiffers && e.pages != Match::kSame) ||
         (e.issue == Match::kDiffers && e.pages != Match::kSame);
}

Judgement Merge(int tier, std::string_view rule, std::string_view why = {}) {
  return {true, DedupeVerdict::kMerged, DedupeRelation::kNone, tier, rule, why};
}
Judgement Review(std::string_view rule, std::string_view why) {
  return {true, DedupeVerdict::kReview, DedupeRelation::kNone, 0, rule, why};
}
Judgement Refuse(std::string_view rule, std::string_view why) {
  return {true, DedupeVerdict::kRefused, DedupeRelation::kNone, 0, rule, why};
}
Judgement Relate(DedupeRelation relation, std::string_view rule, std::string_view why) {
  return {true, DedupeVerdict::kRelated, relation, 0, rule, why};
}

/// "10.21203/rs.3.rs-1/v2", "10.1002/14651858.cd002273.pub3": the part before the version; empty when there is none.
std::string_view VersionedPart(std::string_view doi) {
  const std::size_t mark = doi.find_last_of("./");
  if (mark == std::string_view::npos) return {};
  std::string_view tail = doi.substr(mark + 1);
  for (const std::string_view front : {"pub", "v"})
    if (tail.substr(0, front.size()) == front) {
      tail.remove_prefix(front.size());
      if (!tail.empty() && tail.find_first_not_of("0123456789") == std::string_view::npos) return doi.substr(0, mark);
    }
  return {};
}

bool AreVersions(const RecordForm& a, const RecordForm& b) {
  for (const std::string_view first : a.dois)
    for (const std::string_view second : b.dois) {
      const std::string_view part_a = VersionedPart(first), part_b = VersionedPart(second);
      if (first == second || (part_a.empty() && part_b.empty())) continue;
      if ((part_a.empty() ? first : part_a) == (part_b.empty() ? second : part_b)) return true;
    }
  return false;
}

/// A Cochrane review keeps its number when it is updated, or goes from protocol to review.
bool IsReviewUpdate(const RecordForm& a, const RecordForm& b, const Evidence& e) {
  return a.pages.prefix == "cd" && b.pages.prefix == "cd" && a.pages.start == b.pages.start &&
         (e.issue == Match::kDiffers || (e.year != Match::kSame && e.year != Match::kUnknown));
}

/// What two publications are to each other whose titles and authors are alike but that are not one.
DedupeRelation RelationOf(const RecordForm& a, const RecordForm& b, const Evidence& e) {
  if (OnlyOne(a, b, kTraitNotice) || OnlyOne(a, b, kTraitReply)) return DedupeRelation::kNotice;
  if (OnlyOne(a, b, kTraitProtocol) || OnlyOne(a, b, kTraitRegistration)) return DedupeRelation::kProtocol;
  if (OnlyOne(a, b, kTraitPreprint)) return DedupeRelation::kPreprint;
  if (AreVersions(a, b) || IsReviewUpdate(a, b, e)) return DedupeRelation::kVersion;
  const bool is_elsewhere = e.journal == Match::kDiffers || OtherPlace(e) || e.year == Match::kDiffers;
  const bool is_same_text = e.abstract_text == Match::kSame && e.journal == Match::kSame && e.year == Match::kSame;
  if (is_elsewhere && !is_same_text && e.pages != Match::kSame && IsOfMeeting(a) != IsOfMeeting(b))
    return DedupeRelation::kConferenceAbstract;
  return DedupeRelation::kNone;
}

bool IsRelatedByKind(const RecordForm& a, const RecordForm& b, const Evidence& e) {
  return RelationOf(a, b, e) != DedupeRelation::kNone;
}

/// They share a DOI, PMCID or another database's identifier, which people and publishers also put where it does not
/// belong: the meeting's supplement, the book, the corrected article.
Judgement JudgeSharedIdentifier(const RecordForm& a, const RecordForm& b, const Evidence& e) {
  const std::string_view scheme = e.shared_scheme;
  const int tier = scheme == "pmid" ? 1 : scheme == "pmcid" ? 2 : scheme == "doi" ? 3 : 4;
  if (OnlyOne(a, b, kTraitNotice) && scheme != "pmid")
    return Relate(DedupeRelation::kNotice, "notice", "a notice and the publication that it is about");
  if (e.title.match == TitleMatch::kUnknown) {
    if (e.authors == Match::kDiffers || e.year == Match::kDiffers || e.pages == Match::kDiffers)
      return Review(scheme, "one has no title, and other fields differ");
    if (a.source == b.source && scheme != "pmid") return Review(scheme, "of one database, and one has no title");
    return Merge(tier, scheme);
  }
  if (IsAlike(e.title.match) || e.title.match == TitleMatch::kOverlap) {
    const bool same_print = IsAlike(e.title.match)
                                ? SamePlace(e) || SameRange(e)
                                : e.is_page_range && e.pages == Match::kSame && e.volume != Match::kDiffers;
    if (same_print && e.authors == Match::kSame && e.journal != Match::kDiffers) return Merge(tier, scheme);
    // A PMID is copied, not typed: titles differ by spelling.
    if (scheme == "pmid" && e.authors != Match::kDiffers) return Merge(tier, scheme);
    if (e.pages == Match::kDiffers && (e.abstract_text == Match::kDiffers || e.abstract_text == Match::kClose))
      return Review(scheme, "pages and abstracts differ");
    if (e.title.conflicts) return Review(scheme, "the titles differ in a number or an opposite");
    // "Editorial" in many issues, with the DOI of the first.
    if (!e.is_informative && (OtherPlace(e) || e.authors == Match::kDiffers) && scheme != "pmid")
      return Review(scheme, "the title is too common, and authors or pages differ");
    if (e.authors == Match::kDiffers && OtherPlace(e)) return Review(scheme, "authors and pages differ");
    if (e.title.match == TitleMatch::kOverlap && e.authors != Match::kSame && e.pages != Match::kSame &&
        scheme != "pmid")
      return Review(scheme, "the titles differ, and authors or pages do not decide");
    return Merge(tier, scheme);
  }
  // A translated title, or one of the two is wrong.
  if (scheme == "pmid") {
    if (e.authors == Match::kSame || (SamePlace(e) && e.authors != Match::kDiffers)) return Merge(tier, scheme);
    return Review(scheme, "the titles differ");
  }
  if (e.is_translation && e.authors == Match::kSame && e.year != Match::kDiffers && !OtherPlace(e))
    return Merge(tier, scheme, "one title is a translation");
  return Refuse(scheme, "the titles differ");
}

/// Title and authors agree and the years are not more than one apart; what else must, so that it is one publication?
Judgement JudgeSameTitle(const RecordForm& a, const RecordForm& b, const Evidence& e) {
  const bool journal_agrees = e.journal == Match::kSame;
  const bool abstract_agrees = e.abstract_text == Match::kSame;
  if (OnlyOne(a, b, kTraitOtherKind) && !SamePlace(e))
    return Review("other-kind", "the same title, authors and year, one is a thesis, a report or a book");
  if (e.doi == Match::kDiffers) {
    if (journal_agrees && e.year == Match::kSame && e.is_informative &&
        (SamePlace(e) || (e.pages == Match::kSame && abstract_agrees)))
      return Merge(7, "title+authors+place", "their DOIs differ");
    if (OtherPlace(e) || !e.is_informative || e.is_serial) return {};
    return Review("doi-differs", "title and authors agree, the DOIs differ");
  }
  if (e.pages == Match::kSame && (journal_agrees || e.volume == Match::kSame)) {
    // A short title on one page of two volumes is not enough.
    if (e.is_informative || (SamePlace(e) && journal_agrees) || abstract_agrees) return Merge(5, "title+authors+pages");
    return Review("common-title", "the title is too common");
  }
  if (!e.is_informative || e.is_serial) {
    if (OtherPlace(e) || e.journal == Match::kDiffers || e.year != Match::kSame) return {};
    if (abstract_agrees && journal_agrees && e.volume == Match::kSame) return Merge(7, "title+authors+abstract");
    return Review("common-title", "such a title stands over many publications");
  }
  if (e.pages == Match::kSame && e.year == Match::kSame && (abstract_agrees || e.is_page_range))
    return Merge(6, "title+authors+pages", "the journal is written otherwise");
  if (e.journal == Match::kDiffers) {
    // Volume and number agree by chance once in some hundred times, and pages do not speak against it.
    if (e.volume == Match::kSame && e.issue == Match::kSame && e.pages == Match::kUnknown && e.year == Match::kSame &&
        !IsOfMeeting(a) && !IsOfMeeting(b))
      return Merge(8, "title+authors+issue", "the journal is written otherwise");
    return Review("other-journal", "the same title and authors in another journal");
  }
  if (OtherPlace(e)) {
    if (e.journal != Match::kSame || abstract_agrees || e.pages == Match::kDiffers)
      return Review("other-place", "the same title and authors in another volume or on other pages");
    return {};
  }
  if (e.year != Match::kSame) {
    if (journal_agrees && e.volume == Match::kSame) return Merge(7, "title+authors+volume");
    // Proceedings are dated by the meeting or by the year of publication.
    const bool is_meeting = (a.traits & kTraitConference) != 0 && (b.traits & kTraitConference) != 0;
    if (is_meeting && journal_agrees && e.abstract_text != Match::kDiffers)
      return Merge(8, "title+authors+meeting", "the years differ by one");
    return Review("other-year", "the same title and authors, the years differ by one");
  }
  // Nothing differs; how much agrees depends on what there is.
  if (e.abstract_text == Match::kDiffers)
    return Review("abstracts-differ", "the same title and authors, the abstracts differ");
  if (journal_agrees) return Merge(7, "title+authors+journal");
  if (abstract_agrees) return Merge(7, "title+authors+abstract");
  if (IsOfMeeting(a) != IsOfMeeting(b))
    return Review("other-kind", "the same title, authors and year, one is of a meeting");
  return Merge(8, "title+authors+year", "one of the two names no journal");
}

/// The titles are nearly the same, or one has a subtitle that the other lacks.
Judgement JudgeAlikeTitle(const Evidence& e) {
  if (e.doi == Match::kDiffers || e.year == Match::kUnknown) return {};
  const bool journal_agrees = e.journal == Match::kSame;
  const bool other_abstract = e.abstract_text == Match::kDiffers || e.abstract_text == Match::kClose;
  if (other_abstract && e.title.match != TitleMatch::kNear) {
    if (SamePlace(e)) return Review("near-title", "place and authors agree, titles and abstracts differ");
    return {};
  }
  // Two articles cannot begin and end on the same pages of one volume: then only the cataloguing differs.
  if (e.is_page_range && SamePlace(e) && journal_agrees &&
      (e.title.match != TitleMatch::kOverlap || !e.title.conflicts || e.title.score >= 0.9))
    return Merge(6, "near-title+authors+pages");
  if (SameRange(e) && e.title.match != TitleMatch::kOverlap && !e.title.conflicts)
    return Merge(7, "near-title+authors+pages");
  if (e.title.conflicts) return {};
  if (SameRange(e) && journal_agrees && e.title.score >= 0.75) return Merge(7, "near-title+authors+pages");
  if (e.title.match == TitleMatch::kOverlap) {
    if (e.abstract_text == Match::kSame && e.year == Match::kSame && !OtherPlace(e))
      return Review("abstract", "abstract and authors agree, the titles differ");
    return {};
  }
  const bool is_one_page = SamePlace(e) && journal_agrees &&
                           (e.title.match == TitleMatch::kNear || e.is_informative || e.issue == Match::kSame);
  if (is_one_page && !other_abstract) return Merge(7, "near-title+authors+pages");
  if (OtherPlace(e) || !e.is_informative || e.is_serial) return {};
  const bool in_volume = journal_agrees && e.year == Match::kSame &&
                         ((e.pages == Match::kClose && e.volume == Match::kSame) || e.abstract_text == Match::kSame);
  if (in_volume) return Merge(8, "near-title+authors+journal");
  return Review("near-title", "title and authors are alike");
}

/// One title is a translation or a rewording: only the place in print can tell.
Judgement JudgeOtherTitle(const Evidence& e) {
  if (!SamePlace(e) || !e.is_page_range || e.year != Match::kSame || e.authors_score < 0.9) return {};
  if (e.doi == Match::kDiffers) return {};
  if (e.is_translation && e.journal == Match::kSame) return Merge(8, "place+authors", "one title is a translation");
  return Review("place+authors", "place and authors agree, the titles differ");
}

/// Without authors everything else must agree.
Judgement JudgeWithoutAuthors(const RecordForm& a, const Evidence& e) {
  if (e.title.match != TitleMatch::kSame || e.doi == Match::kDiffers) return {};
  // The abstracts of a meeting as a whole: short titles, but with their year.
  const bool is_dated = e.year == Match::kSame && a.year_print != 0 &&
                        a.title.find(std::to_string(a.year_print)) != std::string_view::npos;
  if (!e.is_informative && !is_dated) return {};
  if (e.journal == Match::kSame && SamePlace(e)) return Merge(7, "title+place");
  if (e.nobody_named && e.journal == Match::kSame && e.volume == Match::kSame && e.year == Match::kSame &&
      !OtherPlace(e))
    return Merge(8, "title+place");
  if (e.journal == Match::kDiffers || OtherPlace(e) || e.year != Match::kSame) return {};
  return Review("no-authors", "the same title, no authors to compare");
}

}  // namespace

bool HaveDifferentPmids(const RecordForm& a, const RecordForm& b) {
  if (a.pmids.empty() || b.pmids.empty()) return false;
  for (const std::string_view first : a.pmids)
    for (const std::string_view second : b.pmids)
      if (first == second) return false;
  return true;
}

Judgement Judge(const RecordForm& a, const RecordForm& b, const Evidence& e) {
  const bool authors_agree = e.authors == Match::kSame;
  const bool nearby = e.year == Match::kSame || e.year == Match::kClose;
  if (e.pmid == Match::kDiffers) {
    if (!e.shared_value.empty()) return Refuse(e.shared_scheme, "their PMIDs differ");
    if (authors_agree && IsAlike(e.title.match) && e.is_informative && IsRelatedByKind(a, b, e))
      return Relate(RelationOf(a, b, e), "kind", "title and authors agree");
    return {};
  }
  const bool is_like = IsAlike(e.title.match) || (e.title.match == TitleMatch::kOverlap && e.is_informative);
  if (is_like && e.authors != Match::kDiffers && e.shared_scheme != "pmid") {
    const DedupeRelation relation = RelationOf(a, b, e);
    // A preprint server may give the version of record's DOI, and a reply may stand under the DOI of the article.
    const bool strong_kind = relation != DedupeRelation::kNone && relation != DedupeRelation::kConferenceAbstract;
    if (relation == DedupeRelation::kConferenceAbstract && e.shared_value.empty() && e.is_informative && !e.is_serial &&
        e.title.match <= TitleMatch::kNear && (authors_agree || e.authors_score >= 0.5))
      return Relate(relation, "kind", "title and authors agree, one is of a meeting");
    if (strong_kind &&
        (e.doi != Match::kSame || relation == DedupeRelation::kNotice || relation == DedupeRelation::kProtocol) &&
        (authors_agree || !e.shared_value.empty()) && (e.is_informative || !e.shared_value.empty()))
      return Relate(relation, "kind", "title and authors agree");
  }
  if (!e.shared_value.empty()) return JudgeSharedIdentifier(a, b, e);
  if (e.title.match == TitleMatch::kUnknown) return {};
  if (!nearby) {
    if (e.is_serial) return {};
    if (authors_agree && e.title.match == TitleMatch::kSame && e.is_informative) {
      if (e.year == Match::kUnknown && SamePlace(e) && e.journal == Match::kSame)
        return Merge(7, "title+authors+pages");
      return Review("other-year", "the same title and authors, another or no year");
    }
    return {};
  }
  if (e.authors == Match::kUnknown) return JudgeWithoutAuthors(a, e);
  if (!authors_agree) {
    if (e.authors == Match::kDiffers) {
      if (e.title.match == TitleMatch::kSame && e.is_informative && SamePlace(e) && e.journal == Match::kSame)
        return Review("other-authors", "title and place agree, the authors differ");
      return {};
    }
    if (IsAlike(e.title.match) && !e.title.conflicts && e.is_informative && SamePlace(e) && e.journal == Match::kSame &&
        e.doi != Match::kDiffers)
      return Merge(7, "title+place", "some of the authors agree");
    if (IsAlike(e.title.match) && e.is_informative && !e.title.conflicts)
      return Review("some-authors", "the title agrees, and some of the authors");
    return {};
  }
  if (e.title.match == TitleMatch::kSame) return JudgeSameTitle(a, b, e);
  if (e.title.match != TitleMatch::kDifferent) {
    const Judgement judgement = JudgeAlikeTitle(e);
    if (judgement.is_decided) return judgement;
  }
  return JudgeOtherTitle(e);
}

bool AreOpposed(const RecordForm& a, const RecordForm& b, const Evidence& e) {
  if (e.pmid == Match::kDiffers) return true;
  if (e.pmid == Match::kSame) return false;
  const Judgement judgement = Judge(a, b, e);
  if (judgement.is_decided && judgement.verdict == DedupeVerdict::kMerged) return false;
  if (judgement.is_decided &&
      (judgement.verdict == DedupeVerdict::kRelated || judgement.verdict == DedupeVerdict::kRefused))
    return true;
  if (OnlyOne(a, b, kTraitNotice)) return true;
  if (e.title.conflicts && !SamePlace(e)) return true;
  if (e.title.match == TitleMatch::kDifferent && !e.is_translation && !SamePlace(e)) return true;
  if (e.authors == Match::kDiffers) return true;
  if (e.year == Match::kDiffers && e.doi != Match::kSame) return true;
  if (e.doi == Match::kDiffers && e.pages != Match::kSame) return true;
  if (e.pages == Match::kDiffers && e.volume == Match::kDiffers) return true;
  if (e.journal == Match::kDiffers && (e.pages == Match::kDiffers || e.volume == Match::kDiffers)) return true;
  return false;
}

}  // namespace litmill::store
