// SPDX-License-Identifier: Apache-2.0
#include "app/rebuild.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/database_search.h"
#include "core/identifiers.h"
#include "store/export_ids.h"

namespace litmill::app {
namespace {

bool IsOfTheSource(const Error& error) {
  return error.code == ErrorCode::kThrottled || error.code == ErrorCode::kTransientRemote ||
         error.code == ErrorCode::kPermanentRemote || error.code == ErrorCode::kSessionLost ||
         error.code == ErrorCode::kNotFound;
}

}  // namespace

Result<void> Rebuild::Run(const std::vector<store::RequestedIdentifier>& list) {
  LITMILL_CHECK(Load(list));
  if (!parts_.refresh) LITMILL_CHECK(TakeKnown());
  LITMILL_CHECK(ConvertPmcids());
  LITMILL_CHECK(ConvertDois());
  LITMILL_CHECK(FindInPubmed());
  LITMILL_CHECK(FetchFromPubmed());
  LITMILL_CHECK(AskAgencies());
  LITMILL_CHECK(AskCrossref());
  LITMILL_CHECK(AskDataCite());
  return Settle();
}

// --- What is asked for
// ------------------------------------------------------------------------------------------------

Result<void> Rebuild::Load(const std::vector<store::RequestedIdentifier>& list) {
  LITMILL_CHECK(parts_.corpus->PutRequestedIdentifiers(parts_.run_id, list));
  list_ = list;
  for (std::size_t i = 0; i < list_.size(); ++i)
    if (list_[i].state == State::kPending) index_.emplace(Key{list_[i].scheme, list_[i].value}, i);
  return {};
}

/// What a rebuild would fetch from a service is taken as it is when the corpus has it.
Result<void> Rebuild::TakeKnown() {
  return store::ExportIds(*parts_.corpus, [this](const store::ExportedIds& known) -> Result<void> {
    if (known.source != "pubmed" && known.source != "crossref" && known.source != "datacite") return {};
    for (const auto& [scheme, value] : {Key{"pmid", known.pmid}, Key{"pmcid", known.pmcid}, Key{"doi", known.doi}})
      if (!value.empty() && index_.count({scheme, value}) > 0)
        found_.emplace(Key{scheme, value}, Found{known.source, known.source_id});
    return {};
  });
}

std::vector<std::string> Rebuild::Slice(const std::vector<std::string>& all, std::size_t from) {
  const auto begin = all.begin() + static_cast<std::ptrdiff_t>(from);
  return {begin, all.begin() + static_cast<std::ptrdiff_t>(std::min(from + kSlice, all.size()))};
}

bool Rebuild::IsOpen(const Key& key) const {
  const auto at = index_.find(key);
  return at != index_.end() && list_[at->second].state == State::kPending && found_.count(key) == 0;
}

std::vector<std::string> Rebuild::OpenDois() const {
  std::vector<std::string> dois;
  for (const auto& [key, at] : index_)
    if (key.first == "doi" && IsOpen(key)) dois.push_back(key.second);
  return dois;
}

std::vector<std::string> Rebuild::OpenDoisOf(std::string_view agency) const {
  std::vector<std::string> dois;
  for (const auto& [doi, its_agency] : agency_of_)
    if (its_agency == agency && IsOpen({"doi", doi})) dois.push_back(doi);
  return dois;
}

void Rebuild::End(const Key& key, State state, std::string reason) {
  store::RequestedIdentifier& identifier = list_[index_.at(key)];
  identifier.state = state;
  identifier.reason = std::move(reason);
}

// --- What comes back
// --------------------------------------------------------------------------------------------------

/// Everything by which a stored record could have been asked for.
void Rebuild::NoteRecord(const Record& record) {
  const Found found{record.source, record.source_id};
  for (const Identifier& id : record.identifiers)
    if (id.valid && index_.count({id.scheme, id.value}) > 0) found_.emplace(Key{id.scheme, id.value}, found);
  if (record.source != "pubmed") return;
  found_.emplace(Key{"pmid", record.source_id}, found);
  const auto pmid = ParsePmid(record.source_id);
  const auto pmcid = pmid ? pmcid_of_.find(*pmid) : pmcid_of_.end();
  if (pmcid != pmcid_of_.end()) found_.emplace(Key{"pmcid", pmcid->second}, found);
}

Result<void> Rebuild::IngestAnswer(const fetch::Answer& answer) {
  IngestRequest request;
  request.document = DocumentOf(answer.provenance);
  request.run_id = parts_.run_id;
  request.on_record = [this](const Record& record) { NoteRecord(record); };
  const AnswerParser parser = FindAnswerParser(answer.provenance.source, answer.provenance.kind);
  if (parser == nullptr)
    return Fail(ErrorCode::kInternal,
                fmt::format("no parser for {} {}", answer.provenance.source, answer.provenance.kind));
  LITMILL_TRY(const IngestCounts counts, parts_.ingester->IngestAnswer(request, answer.response.body, parser));
  if (!counts.Balanced())
    return Fail(ErrorCode::kIntegrity,
                fmt::format("the records of {} do not add up; please report this as a bug", answer.provenance.name));
  return {};
}

// --- The end
// ----------------------------------------------------------------------------------------------------------

Result<void> Rebuild::Settle() {
  for (const auto& [key, at] : index_) {
    store::RequestedIdentifier& identifier = list_[at];
    const auto found = found_.find(key);
    if (found != found_.end() && identifier.state == State::kPending) {
      std::tie(identifier.source, identifier.source_id) = found->second;
      identifier.state = State::kStored;
    } else if (identifier.state == State::kPending) {
      identifier.state = State::kFailed;
      identifier.reason = "the service's answer held no readable record of it; see the table problems";
    }
  }
  return parts_.corpus->SetRequestedIdentifiers(parts_.run_id, list_);
}

Result<fetch::AnswerSource> Rebuild::Source(const std::string& service, std::string_view limit,
                                            std::int64_t published_ms) {
  if (parts_.connections == nullptr) return fetch::AnswerSource(parts_.archive);
  LITMILL_TRY(fetch::HttpClient* const http,
              parts_.connections->Open(parts_.config->services.at(service), limit, published_ms));
  return fetch::AnswerSource(http, parts_.archive, parts_.connections->run_uuid());
}

Result<fetch::PubmedClient> Rebuild::Pubmed() {
  const fetch::PubmedSettings settings = PubmedSettingsOf(*parts_.config, *parts_.secrets);
  if (parts_.connections == nullptr)
    return fetch::PubmedClient(settings, fetch::AnswerSource(parts_.archive), parts_.console);
  LITMILL_TRY(fetch::HttpClient* const http, parts_.connections->OpenPubmed());
  return fetch::PubmedClient(settings, fetch::AnswerSource(http, parts_.archive, parts_.connections->run_uuid()),
                             parts_.console);
}

/// A service's failure is kept and told; any other ends the run.
Result<void> Rebuild::Note(std::string_view title, const Error& error) {
  if (!IsOfTheSource(error)) return Fail(error);
  parts_.console->Warning(fmt::format("{}: {}", title, error.message));
  failures_.emplace_back(title, error.message);
  return {};
}

}  // namespace litmill::app
