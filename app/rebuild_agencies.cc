// SPDX-License-Identifier: Apache-2.0
// What a rebuild asks about the DOIs that PubMed does not have.
#include <fmt/format.h>

#include "app/rebuild.h"
#include "core/identifiers.h"
#include "fetch/crossref_client.h"
#include "fetch/datacite_client.h"
#include "fetch/doi_agency.h"

namespace litmill::app {

Result<void> Rebuild::AskAgencies() {
  const std::vector<std::string> dois = OpenDois();
  if (dois.empty()) return {};
  if (!pubmed_failure_.empty()) {
    // Whether PubMed has them is not known, and a poorer record must not slip into its place.
    for (const std::string& doi : dois)
      End({"doi", doi}, State::kFailed, "PubMed could not be asked: " + pubmed_failure_);
    return {};
  }
  if (!parts_.config->services.at("doi_agency").enabled) {
    for (const std::string& doi : dois) agency_of_[doi] = "Crossref";  // which says so when it is not
    return {};
  }
  LITMILL_TRY(const fetch::AnswerSource source,
              Source("doi_agency", fetch::kDoiAgencyBudget, fetch::kDoiAgencyIntervalMs));
  fetch::DoiAgencySettings settings;
  settings.base_url = parts_.config->services.at("doi_agency").base_url;
  const fetch::DoiAgencyClient client(settings, source, parts_.console);
  for (std::size_t at = 0; at < dois.size(); at += kSlice) {
    parts_.console->Progress("asking who registered the DOIs", at, dois.size());
    const std::vector<std::string> slice = Slice(dois, at);
    const auto answers = client.LookUp(slice);
    if (!answers) {
      LITMILL_CHECK(Note("doi.org", answers.error()));
      for (const std::string& doi : OpenDois())
        if (agency_of_.count(doi) == 0) End({"doi", doi}, State::kFailed, "doi.org: " + answers.error().message);
      return {};
    }
    for (const fetch::DoiAgencyAnswer& answer : *answers) {
      const Key key{"doi", answer.doi};
      switch (answer.outcome) {
        case fetch::AgencyOutcome::kRegistered:
          agency_of_[answer.doi] = answer.agency;
          list_[index_.at(key)].agency = answer.agency;
          if (answer.agency != "Crossref" && answer.agency != "DataCite")
            End(key, State::kNoMetadata,
                fmt::format("registered by {}, which litmill does not ask for metadata", answer.agency));
          break;
        case fetch::AgencyOutcome::kNotRegistered:
        case fetch::AgencyOutcome::kInvalid:
          End(key, State::kNotRegistered, answer.message);
          break;
        case fetch::AgencyOutcome::kUnknown:
          End(key, State::kNoMetadata, answer.message);
          break;
        case fetch::AgencyOutcome::kFailed:
          End(key, State::kFailed, "doi.org: " + answer.message);
          break;
      }
    }
  }
  return {};
}

Result<void> Rebuild::AskCrossref() {
  const std::vector<std::string> dois = OpenDoisOf("Crossref");
  if (dois.empty()) return {};
  if (!parts_.config->services.at("crossref").enabled) {
    for (const std::string& doi : dois)
      End({"doi", doi}, State::kNoMetadata,
          "registered at Crossref, which pipeline.yaml does not ask (sources.crossref.enabled)");
    return {};
  }
  const bool has_contact = !parts_.secrets->email.empty();
  LITMILL_TRY(const fetch::AnswerSource works,
              Source("crossref", "work", fetch::CrossrefIntervalMs(false, has_contact)));
  LITMILL_TRY(const fetch::AnswerSource lists,
              Source("crossref", "list", fetch::CrossrefIntervalMs(true, has_contact)));
  fetch::CrossrefSettings settings;
  settings.base_url = parts_.config->services.at("crossref").base_url;
  settings.agent = "litmill/" LITMILL_VERSION;
  settings.contact = parts_.secrets->email;
  const fetch::CrossrefClient client(settings, works, lists, parts_.console);
  for (std::size_t at = 0; at < dois.size(); at += kSlice) {
    parts_.console->Progress("asking Crossref", at, dois.size());
    const std::vector<std::string> slice = Slice(dois, at);
    const auto answers = client.LookUpAll(slice, [this](const fetch::Answer& answer) { return IngestAnswer(answer); });
    if (!answers) {
      LITMILL_CHECK(Note("Crossref", answers.error()));
      for (const std::string& doi : OpenDoisOf("Crossref"))
        End({"doi", doi}, State::kFailed, "Crossref: " + answers.error().message);
      return {};
    }
    for (const fetch::CrossrefAnswer& answer : *answers) {
      const Key key{"doi", answer.doi};
      if (answer.outcome == fetch::CrossrefOutcome::kAlias) {
        NoteAlias(answer.doi, answer.found_as, "crossref");
      } else if (answer.outcome == fetch::CrossrefOutcome::kNotFound) {
        End(key, State::kNoMetadata, "registered at Crossref, which has no record of it");
      } else if (answer.outcome == fetch::CrossrefOutcome::kFailed) {
        End(key, State::kFailed, "Crossref: " + answer.message);
      }
    }
  }
  return {};
}

Result<void> Rebuild::AskDataCite() {
  const std::vector<std::string> dois = OpenDoisOf("DataCite");
  if (dois.empty()) return {};
  if (!parts_.config->services.at("datacite").enabled) {
    for (const std::string& doi : dois)
      End({"doi", doi}, State::kNoMetadata,
          "registered at DataCite, which pipeline.yaml does not ask (sources.datacite.enabled)");
    return {};
  }
  LITMILL_TRY(const fetch::AnswerSource source,
              Source("datacite", "", fetch::DataCiteIntervalMs(!parts_.secrets->email.empty())));
  fetch::DataCiteSettings settings;
  settings.base_url = parts_.config->services.at("datacite").base_url;
  settings.agent = "litmill/" LITMILL_VERSION;
  settings.contact = parts_.secrets->email;
  const fetch::DataCiteClient client(settings, source, parts_.console);
  for (std::size_t at = 0; at < dois.size(); at += kSlice) {
    parts_.console->Progress("asking DataCite", at, dois.size());
    const std::vector<std::string> slice = Slice(dois, at);
    const auto answers = client.LookUpAll(slice, [this](const fetch::Answer& answer) { return IngestAnswer(answer); });
    if (!answers) {
      LITMILL_CHECK(Note("DataCite", answers.error()));
      for (const std::string& doi : OpenDoisOf("DataCite"))
        End({"doi", doi}, State::kFailed, "DataCite: " + answers.error().message);
      return {};
    }
    for (const fetch::DoiAnswer& answer : *answers) {
      if (answer.outcome == fetch::DoiOutcome::kAlias)
        NoteAlias(answer.doi, answer.found_as, "datacite");
      else if (answer.outcome == fetch::DoiOutcome::kNotFound)
        End({"doi", answer.doi}, State::kNoMetadata, "registered at DataCite, which has no record of it");
      else if (answer.outcome == fetch::DoiOutcome::kFailed)
        End({"doi", answer.doi}, State::kFailed, "DataCite: " + answer.message);
    }
  }
  return {};
}

/// The record stands under the DOI that the service led to.
void Rebuild::NoteAlias(const std::string& doi, const std::string& found_as, const std::string& source) {
  const auto name = NormaliseDoi(found_as);
  list_[index_.at({"doi", doi})].resolved = name.value_or(found_as);
  if (name) found_.emplace(Key{"doi", doi}, Found{source, *name});
}

}  // namespace litmill::app
