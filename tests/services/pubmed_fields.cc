// SPDX-License-Identifier: Apache-2.0
// Tables only.
#include "tests/services/pubmed_fields.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace litmill::services {
namespace {

FieldTag Words(std::string_view tag, TextField field, std::string_view name) {
  return {tag, FieldTag::Kind::kText, field, {}, {}, false, name};
}
FieldTag Values(std::string_view tag, ListField field, bool is_hierarchical, std::string_view name) {
  return {tag, FieldTag::Kind::kList, {}, field, {}, is_hierarchical, name};
}
FieldTag Dates(std::string_view tag, DateField field, std::string_view name) {
  return {tag, FieldTag::Kind::kDate, {}, {}, field, false, name};
}
FieldTag Uid(std::string_view tag) { return {tag, FieldTag::Kind::kUid, {}, {}, {}, false, "UID"}; }

/// Parent and what stands directly below it, in normalised form. The branches the founding strategies explode, nothing
/// more.
const std::map<std::string, std::vector<std::string>, std::less<>>& Tree() {
  static const std::map<std::string, std::vector<std::string>, std::less<>> tree = {
      {"magnesium", {}},
      {"magnesium compounds",
       {"magnesium chloride", "magnesium hydroxide", "magnesium oxide", "magnesium sulfate", "magnesium silicates"}},
      {"magnesium deficiency", {}},
      {"depression", {"depression postpartum"}},
      {"depressive disorder",
       {"depression postpartum", "depressive disorder major", "depressive disorder treatment resistant",
        "dysthymic disorder", "seasonal affective disorder", "premenstrual dysphoric disorder"}},
      {"migraine disorders",
       {"migraine with aura", "migraine without aura", "ophthalmoplegic migraine", "alice in wonderland syndrome"}},
      {"headache", {}},
      {"headache disorders", {"headache disorders primary", "headache disorders secondary"}},
      {"headache disorders primary",
       {"migraine disorders", "tension type headache", "trigeminal autonomic cephalalgias"}},
      {"dementia",
       {"alzheimer disease", "dementia vascular", "frontotemporal dementia", "lewy body disease",
        "dementia multi infarct"}},
      {"alzheimer disease", {}},
      {"cognition", {"awareness", "comprehension", "executive function", "metacognition"}},
      {"cognition disorders", {"cognitive dysfunction"}},
      {"cognitive dysfunction", {}},
      {"memory", {"memory short term", "memory long term", "memory episodic", "mental recall", "spatial memory"}},
      {"sleep wake disorders",
       {"sleep initiation and maintenance disorders", "restless legs syndrome", "sleep deprivation",
        "sleep apnea syndromes", "parasomnias"}},
      {"fibromyalgia", {}},
      {"anxiety", {"performance anxiety", "dental anxiety"}},
      {"stress psychological", {"burnout psychological", "psychological distress", "financial stress"}},
      {"animals",
       {"humans", "rats", "rats wistar", "rats sprague dawley", "mice", "mice inbred c57bl", "mice transgenic",
        "rabbits", "swine"}},
      {"rats", {"rats wistar", "rats sprague dawley"}},
      {"mice", {"mice inbred c57bl", "mice transgenic"}},
      {"clinical trial",
       {"clinical trial phase ii", "clinical trial phase iii", "controlled clinical trial", "pragmatic clinical trial",
        "randomized controlled trial"}},
      {"controlled clinical trial", {"randomized controlled trial"}},
      {"review", {"systematic review"}},
      {"observational study", {}},
  };
  return tree;
}

const std::set<std::string, std::less<>>& KnownHeadings() {
  static const std::set<std::string, std::less<>> known = [] {
    std::set<std::string, std::less<>> all;
    for (const auto& [parent, children] : Tree()) {
      all.insert(parent);
      all.insert(children.begin(), children.end());
    }
    return all;
  }();
  return known;
}

}  // namespace

const std::vector<FieldTag>& AllFieldTags() {
  static const std::vector<FieldTag> tags = {
      Words("all", TextField::kAll, "All Fields"),
      Words("allfields", TextField::kAll, "All Fields"),
      Words("tw", TextField::kAll, "Text Word"),
      Words("textword", TextField::kAll, "Text Word"),
      Words("tiab", TextField::kTitleAbstract, "Title/Abstract"),
      Words("title/abstract", TextField::kTitleAbstract, "Title/Abstract"),
      Words("ti", TextField::kTitle, "Title"),
      Words("title", TextField::kTitle, "Title"),
      Words("ab", TextField::kAbstract, "Abstract"),
      Words("abstract", TextField::kAbstract, "Abstract"),
      Words("ot", TextField::kKeywords, "Other Term"),
      Words("au", TextField::kAuthor, "Author"),
      Words("author", TextField::kAuthor, "Author"),
      Words("cn", TextField::kAuthor, "Corporate Author"),
      Words("ad", TextField::kAffiliation, "Affiliation"),
      Words("affiliation", TextField::kAffiliation, "Affiliation"),
      Values("mh", ListField::kMesh, true, "MeSH Terms"),
      Values("mesh", ListField::kMesh, true, "MeSH Terms"),
      Values("meshterms", ListField::kMesh, true, "MeSH Terms"),
      Values("mh:noexp", ListField::kMesh, false, "MeSH Terms:noexp"),
      Values("mesh:noexp", ListField::kMesh, false, "MeSH Terms:noexp"),
      Values("majr", ListField::kMajor, true, "MeSH Major Topic"),
      Values("majr:noexp", ListField::kMajor, false, "MeSH Major Topic:noexp"),
      Values("sh", ListField::kSubheading, false, "MeSH Subheading"),
      Values("nm", ListField::kSubstance, false, "Supplementary Concept"),
      Values("supplementaryconcept", ListField::kSubstance, false, "Supplementary Concept"),
      Values("rn", ListField::kRegistryNumber, false, "EC/RN Number"),
      Values("pt", ListField::kPublicationType, true, "Publication Type"),
      Values("publicationtype", ListField::kPublicationType, true, "Publication Type"),
      Values("pt:noexp", ListField::kPublicationType, false, "Publication Type:noexp"),
      Values("la", ListField::kLanguage, false, "Language"),
      Values("language", ListField::kLanguage, false, "Language"),
      Values("ta", ListField::kJournal, false, "Journal"),
      Values("journal", ListField::kJournal, false, "Journal"),
      Values("aid", ListField::kIdentifier, false, "Article Identifier"),
      Values("doi", ListField::kIdentifier, false, "Article Identifier"),
      Values("lid", ListField::kIdentifier, false, "Location ID"),
      Values("si", ListField::kDataBank, false, "Secondary Source ID"),
      Values("gr", ListField::kGrant, false, "Grants and Funding"),
      Values("sb", ListField::kSubset, false, "Filter"),
      Values("filter", ListField::kSubset, false, "Filter"),
      Dates("dp", DateField::kPublication, "Date - Publication"),
      Dates("pdat", DateField::kPublication, "Date - Publication"),
      Dates("edat", DateField::kEntry, "Date - Entry"),
      Dates("crdt", DateField::kCreation, "Date - Create"),
      Dates("mhda", DateField::kMesh, "Date - MeSH"),
      Dates("lr", DateField::kRevised, "Date - Modification"),
      Dates("mdat", DateField::kRevised, "Date - Modification"),
      Dates("dcom", DateField::kCompleted, "Date - Completion"),
      Uid("uid"),
      Uid("pmid"),
  };
  return tags;
}

const FieldTag* FindFieldTag(std::string_view tag) {
  std::string plain;
  for (const char c : tag) {
    if (c != ' ') plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  const std::vector<FieldTag>& tags = AllFieldTags();
  const auto found = std::find_if(tags.begin(), tags.end(), [&](const FieldTag& known) { return known.tag == plain; });
  return found == tags.end() ? nullptr : &*found;
}

void AddNarrower(std::vector<std::string>* headings) {
  for (std::size_t i = 0; i < headings->size(); ++i) {  // The list grows while it is walked.
    const auto below = Tree().find((*headings)[i]);
    if (below == Tree().end()) continue;
    for (const std::string& child : below->second) {
      if (std::find(headings->begin(), headings->end(), child) == headings->end()) headings->push_back(child);
    }
  }
}

bool IsKnownHeading(std::string_view normalised) { return KnownHeadings().count(normalised) > 0; }

bool IsReadyMadeFilter(std::string_view normalised) {
  static constexpr std::array<std::string_view, 4> kFilters = {"hasabstract", "hasretractionin", "haserratumin",
                                                               "hasexpressionofconcernin"};
  return std::find(kFilters.begin(), kFilters.end(), normalised) != kFilters.end();
}

}  // namespace litmill::services
