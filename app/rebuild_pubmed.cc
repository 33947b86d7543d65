// SPDX-License-Identifier: Apache-2.0
// What a rebuild asks PubMed and PMC's ID converter.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "app/pubmed_fetcher.h"
#include "app/rebuild.h"
#include "core/identifiers.h"
#include "fetch/id_converter.h"

namespace litmill::app {
namespace {

constexpr std::size_t kDoisASearch = 100;

}  // namespace

Result<void> Rebuild::ConvertPmcids() {
  std::vector<std::string> pmcids;
  for (const auto& [key, at] : index_) {
    if (key.first == "pmcid" && IsOpen(key)) pmcids.push_back(key.second);
    if (key.first == "pmid" && IsOpen(key)) asked_pmids_.insert(*ParsePmid(key.second));
  }
  if (pmcids.empty()) return {};
  if (!parts_.config->services.at("id_converter").enabled) {
    for (const std::string& pmcid : pmcids)
      End({"pmcid", pmcid}, State::kFailed,
          "pipeline.yaml does not ask PMC's ID converter (sources.id_converter.enabled)");
    return {};
  }
  LITMILL_TRY(const fetch::AnswerSource source,
              Source("id_converter", fetch::kIdConverterBudget, fetch::kIdConverterIntervalMs));
  const fetch::IdConverter converter(
      {parts_.config->services.at("id_converter").base_url, "litmill", parts_.secrets->email}, source, parts_.console);
  const auto converted = converter.Convert(fetch::ArticleIdType::kPmcid, pmcids);
  if (!converted) {
    LITMILL_CHECK(Note("PMC's ID converter", converted.error()));
    for (const std::string& pmcid : pmcids)
      End({"pmcid", pmcid}, State::kFailed, "PMC's ID converter: " + converted.error().message);
    return {};
  }
  for (const fetch::IdConversion& c : *converted) {
    if (c.outcome == fetch::ConversionOutcome::kConverted && c.pmid) {
      pmcid_of_[*c.pmid] = c.requested;
      asked_pmids_.insert(*c.pmid);
    } else {
      const bool failed = c.outcome == fetch::ConversionOutcome::kFailed;
      End({"pmcid", c.requested}, failed ? State::kFailed : State::kNotFound,
          !c.message.empty() ? c.message
          : c.outcome == fetch::ConversionOutcome::kConverted
              ? "the article is in PMC but not in PubMed; ask for it by its DOI" + (c.doi.empty() ? "" : " " + c.doi)
              : "PMC does not know it");
    }
  }
  return {};
}

/// Only a short cut: what the converter does not know, or when it fails, the search below finds.
Result<void> Rebuild::ConvertDois() {
  const std::vector<std::string> dois = OpenDois();
  if (dois.empty() || !parts_.config->services.at("id_converter").enabled) return {};
  LITMILL_TRY(const fetch::AnswerSource source,
              Source("id_converter", fetch::kIdConverterBudget, fetch::kIdConverterIntervalMs));
  const fetch::IdConverter converter(
      {parts_.config->services.at("id_converter").base_url, "litmill", parts_.secrets->email}, source, parts_.console);
  for (std::size_t at = 0; at < dois.size(); at += kSlice) {
    parts_.console->Progress("looking DOIs up in PMC", at, dois.size());
    const auto converted = converter.Convert(fetch::ArticleIdType::kDoi, Slice(dois, at));
    if (!converted) return Note("PMC's ID converter", converted.error());
    for (const fetch::IdConversion& c : *converted)
      if (c.outcome == fetch::ConversionOutcome::kConverted && c.pmid) {
        candidates_.insert(*c.pmid);
        converted_dois_.insert(c.requested);
      }
  }
  return {};
}

Result<void> Rebuild::FindInPubmed() {
  if (!parts_.config->pubmed.enabled) return {};
  std::vector<std::string> dois;
  for (std::string& doi : OpenDois())
    // A quotation mark would end the phrase, and no DOI needs one.
    if (converted_dois_.count(doi) == 0 && doi.find('"') == std::string::npos) dois.push_back(std::move(doi));
  if (dois.empty()) return {};
  LITMILL_TRY(fetch::PubmedClient pubmed, Pubmed());
  for (std::size_t at = 0; at < dois.size(); at += kDoisASearch) {
    parts_.console->Progress("looking DOIs up in PubMed", at, dois.size());
    const auto begin = dois.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end = dois.begin() + static_cast<std::ptrdiff_t>(std::min(at + kDoisASearch, dois.size()));
    const Result<void> found = FindInPubmed(pubmed, {begin, end});
    if (found) continue;
    pubmed_failure_ = found.error().message;
    return Note("PubMed", found.error());
  }
  return {};
}

/// For a DOI that it does not have PubMed may search its parts as words and find thousands: such a batch is halved.
Result<void> Rebuild::FindInPubmed(fetch::PubmedClient& pubmed, const std::vector<std::string>& dois) {
  std::string term;
  for (const std::string& doi : dois) term += fmt::format("{}\"{}\"[doi]", term.empty() ? "" : " OR ", doi);
  const auto most = static_cast<std::uint32_t>(2 * dois.size() + 3);
  const Result<fetch::SearchResult> found = pubmed.SearchUpTo(term, most);
  if (!found && found.error().code == ErrorCode::kNotFound) return {};  // offline: never asked
  if (!found) return Fail(found.error());
  candidates_.insert(found->pmids.begin(), found->pmids.end());
  if (found->count <= most || dois.size() == 1) return {};
  const auto middle = dois.begin() + static_cast<std::ptrdiff_t>(dois.size() / 2);
  LITMILL_CHECK(FindInPubmed(pubmed, {dois.begin(), middle}));
  return FindInPubmed(pubmed, {middle, dois.end()});
}

Result<void> Rebuild::FetchFromPubmed() {
  std::set<std::uint32_t> all = candidates_;
  all.insert(asked_pmids_.begin(), asked_pmids_.end());
  if (all.empty()) return {};
  if (!parts_.config->pubmed.enabled) return EndPmids({}, "pipeline.yaml does not ask PubMed (sources.pubmed.enabled)");
  LITMILL_TRY(fetch::PubmedClient pubmed, Pubmed());
  std::set<std::uint32_t> missing = all;
  std::map<std::uint32_t, std::string> reasons;
  PubmedFetcher::Hooks hooks;
  hooks.wants = [this, &missing](const Record& record) {
    const auto pmid = ParsePmid(record.source_id);
    if (pmid) missing.erase(*pmid);
    if (pmid && asked_pmids_.count(*pmid) > 0) return true;
    return std::any_of(record.identifiers.begin(), record.identifiers.end(), [this](const Identifier& id) {
      return id.valid && id.scheme == "doi" && index_.count({"doi", id.value}) > 0;
    });
  };
  hooks.on_record = [this](const Record& record) { NoteRecord(record); };
  hooks.on_bad_record = [&reasons](const std::string& pmid, const std::string& reason) {
    if (const auto number = ParsePmid(pmid)) reasons[*number] = reason;
  };
  hooks.on_failed = [&reasons](std::uint32_t pmid, const Error& error) -> Result<void> {
    reasons[pmid] = error.message;
    return {};
  };
  std::size_t done = 0;
  const auto batch = static_cast<std::size_t>(parts_.config->pubmed.batch_size);
  hooks.after_batch = [this, &done, &all, batch]() -> Result<void> {
    parts_.console->Progress("fetching records from PubMed", std::min(done += batch, all.size()), all.size());
    return {};
  };
  const PubmedFetcher fetcher({&pubmed, parts_.corpus, parts_.ingester, parts_.threads, parts_.run_id}, hooks);
  Result<void> fetched = fetcher.Fetch({all.begin(), all.end()}, batch);
  // What a batch did not bring is asked for once more, alone.
  if (fetched && !missing.empty() && parts_.connections != nullptr)
    fetched = fetcher.Fetch({missing.begin(), missing.end()}, 1);
  if (!fetched) {
    pubmed_failure_ = fetched.error().message;
    LITMILL_CHECK(Note("PubMed", fetched.error()));
  }
  return EndPmids(reasons, pubmed_failure_);
}

/// PMIDs and PMCIDs that led to nothing, and why; `reasons` by PMID, `failure` for all others.
Result<void> Rebuild::EndPmids(const std::map<std::uint32_t, std::string>& reasons, const std::string& failure) {
  for (const std::uint32_t pmid : asked_pmids_) {
    const auto pmcid = pmcid_of_.find(pmid);
    for (const Key& key :
         {Key{"pmid", std::to_string(pmid)}, Key{"pmcid", pmcid == pmcid_of_.end() ? "" : pmcid->second}}) {
      if (!IsOpen(key)) continue;
      const auto reason = reasons.find(pmid);
      if (reason != reasons.end())
        End(key, State::kFailed, reason->second);
      else if (!failure.empty())
        End(key, State::kFailed, failure);
      else
        End(key, State::kNotFound, "PubMed does not have it");
    }
  }
  return {};
}

}  // namespace litmill::app
