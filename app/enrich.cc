// SPDX-License-Identifier: Apache-2.0
#include "app/enrich.h"

#include <algorithm>
#include <memory>
#include <set>
#include <tuple>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "app/database_search.h"
#include "app/pubmed_run.h"

namespace litmill::app {
namespace {

/// DOIs that are looked up before their outcomes are written.
constexpr std::size_t kSlice = 1'000;

bool IsOfTheSource(const Error& error) {
  return error.code == ErrorCode::kThrottled || error.code == ErrorCode::kTransientRemote ||
         error.code == ErrorCode::kPermanentRemote || error.code == ErrorCode::kSessionLost ||
         error.code == ErrorCode::kConfig;
}

bool IsAsked(const std::vector<store::AskedId>& asked, const std::string& doi) {
  const auto at = std::lower_bound(asked.begin(), asked.end(), doi,
                                   [](const store::AskedId& one, const std::string& value) { return one.id < value; });
  return at != asked.end() && at->id == doi;
}

}  // namespace

Result<store::LinkCounts> Enrichment::Run() {
  parts_.console->Progress("linking the records of different databases", 0, 0);
  LITMILL_TRY(store::LinkCounts links, parts_.corpus->LinkWorks());
  // All is planned before the first answer: what an answer brings is a work of its own until it is linked.
  std::vector<const ServiceFacts*> sources;
  for (const std::string_view name : {"crossref", "openalex", "unpaywall"}) {
    if (!IsWanted(name)) continue;
    LITMILL_TRY(const bool has_pending, Plan(*FindService(name)));
    if (has_pending) sources.push_back(FindService(name));
  }
  if (sources.empty()) return links;
  for (const ServiceFacts* source : sources) LITMILL_CHECK(Ask(*source));
  parts_.console->Progress("linking the records of different databases", 0, 0);
  return parts_.corpus->LinkWorks();
}

bool Enrichment::IsWanted(std::string_view source) const {
  if (source == "crossref") return parts_.config->crossref_all_works;
  return parts_.config->services.at(std::string(source)).enabled;
}

/// True when the source is to be asked for something.
Result<bool> Enrichment::Plan(const ServiceFacts& source) {
  const bool is_offline = parts_.connections == nullptr;
  LITMILL_TRY(const std::vector<std::string> dois,
              store::DoisWithout(*parts_.corpus, source.name, is_offline ? "" : MissingSince(*parts_.clock)));
  if (!is_offline && source.name == "unpaywall" && parts_.secrets->email.empty()) {
    if (dois.empty()) return false;
    failures_.push_back({std::string(source.name), std::string(source.title),
                         "it answers only who names a contact address: set LITMILL_EMAIL to yours", true});
    parts_.console->Warning(fmt::format("{} is not asked: {}", source.title, failures_.back().reason));
    LITMILL_CHECK(SettleTheRest(source, {}, store::OutcomeState::kFailed, failures_.back().reason));
    return false;
  }
  if (!dois.empty()) LITMILL_CHECK(store::AddAsked(*parts_.corpus, parts_.run_id, source.name, dois));
  LITMILL_TRY(const Asked asked, store::AskedIds(*parts_.corpus, parts_.run_id, source.name));
  return std::any_of(asked.begin(), asked.end(), [](const store::AskedId& one) { return one.is_pending; });
}

Result<void> Enrichment::Ask(const ServiceFacts& source) {
  LITMILL_TRY(const Asked asked, store::AskedIds(*parts_.corpus, parts_.run_id, source.name));
  return parts_.connections == nullptr ? AskArchive(source, asked) : AskService(source, asked);
}

/// A run that goes on makes the same slices again, so that the service's archived answers fit its questions.
Result<void> Enrichment::AskService(const ServiceFacts& source, const Asked& asked) {
  LITMILL_TRY(const std::unique_ptr<fetch::DoiLookup> client, OpenClient(source.name));
  failed_ = 0;
  for (std::size_t at = 0; at < asked.size(); at += kSlice) {
    parts_.console->Progress(fmt::format("asking {}", source.title), at, asked.size());
    std::vector<std::string> slice;
    bool has_pending = false;
    for (std::size_t i = at; i < std::min(at + kSlice, asked.size()); ++i) {
      slice.push_back(asked[i].id);
      has_pending |= asked[i].is_pending;
    }
    if (!has_pending) continue;
    Taken taken;
    const auto answers = client->LookUpAll(slice, [&](const fetch::Answer& answer) {
      return Take(answer.provenance, answer.response.body, asked, &taken);
    });
    if (answers) {
      LITMILL_CHECK(Settle(source, *answers, taken));
      continue;
    }
    const Error& error = answers.error();
    if (!IsOfTheSource(error)) return Fail(error);
    parts_.console->Warning(fmt::format("{}: {}", source.title, error.message));
    failures_.push_back({std::string(source.name), std::string(source.title), error.message, false});
    return SettleTheRest(source, taken, store::OutcomeState::kFailed, error.message);
  }
  if (failed_ > 0)
    parts_.console->Warning(fmt::format("{}: {} of {} works could not be looked up; see the table outcomes",
                                        source.title, failed_, asked.size()));
  return {};
}

/// Not by the questions that were asked: other runs asked for other DOIs together. Whatever the archive has will do.
Result<void> Enrichment::AskArchive(const ServiceFacts& source, const Asked& asked) {
  Taken taken;
  std::uint64_t seen = 0;
  for (const char* const kind : {"work", "works", "doi"}) {
    if (FindAnswerParser(source.name, kind) == nullptr) continue;
    LITMILL_CHECK(parts_.archive->ForEach(source.name, kind, [&](const fetch::Provenance& document) -> Result<void> {
      if (document.http_status >= 400) return {};  // "unknown", in the service's words
      parts_.console->Progress(fmt::format("reading what {} answered, documents", source.title), ++seen, 0);
      LITMILL_TRY(const std::string body, parts_.archive->Read(document));
      return Take(document, body, asked, &taken);
    }));
  }
  return SettleTheRest(source, taken, store::OutcomeState::kNotFound, "not in the raw archive");
}

/// The records of an answer that are taken, by their source_id: one for each DOI that was asked for. OpenAlex has some
/// works twice; two records of one source never are one work, so the better known of them is taken.
Result<std::set<std::string>> Enrichment::Choose(const std::vector<parse::Item>& items, const Asked& asked,
                                                 Taken* taken) const {
  std::map<std::string, const Record*> best;  // by DOI
  const auto rank = [](const Record& r) {
    return std::make_tuple(r.FindIdentifier("pmid") == nullptr, r.source_id.size(), std::string_view(r.source_id));
  };
  for (const parse::Item& item : items) {
    const auto* parsed = std::get_if<parse::ParsedRecord>(&item);
    if (parsed == nullptr) continue;
    for (const Identifier& id : parsed->record.identifiers) {
      if (id.scheme != "doi" || !id.valid || !IsAsked(asked, id.value)) continue;
      LITMILL_TRY(const bool fits, store::FitsWork(*parts_.corpus, parsed->record, id.value));
      if (!fits) {
        taken->refused.insert(id.value);
        continue;
      }
      const auto [at, is_first] = best.emplace(id.value, &parsed->record);
      if (!is_first && rank(parsed->record) < rank(*at->second)) at->second = &parsed->record;
    }
  }
  std::set<std::string> chosen;
  for (const auto& [doi, record] : best) chosen.insert(record->source_id);
  return chosen;
}

Result<void> Enrichment::Take(const fetch::Provenance& document, std::string_view body, const Asked& asked,
                              Taken* taken) {
  const AnswerParser parser = FindAnswerParser(document.source, document.kind);
  if (parser == nullptr)
    return Fail(ErrorCode::kInternal, fmt::format("no parser for {} {}", document.source, document.kind));
  const std::vector<parse::Item> items = parser(body);
  LITMILL_TRY(const std::set<std::string> chosen, Choose(items, asked, taken));
  const bool has_records = std::any_of(items.begin(), items.end(), [](const parse::Item& item) {
    return std::holds_alternative<parse::ParsedRecord>(item);
  });
  // Nothing of it is wanted. (Where it holds no record at all, its problem must be told.)
  if (chosen.empty() && (has_records || parts_.connections == nullptr)) return {};
  IngestRequest request;
  request.document = DocumentOf(document);
  request.run_id = parts_.run_id;
  request.wants = [&chosen](const Record& record) { return chosen.count(record.source_id) > 0; };
  request.on_record = [&asked, taken](const Record& record) {
    for (const Identifier& id : record.identifiers)
      if (id.scheme == "doi" && id.valid && IsAsked(asked, id.value)) taken->stored.emplace(id.value, record.source_id);
  };
  LITMILL_TRY(const IngestCounts counts, parts_.ingester->IngestAnswer(request, body, parser));
  if (!counts.Balanced())
    return Fail(ErrorCode::kIntegrity,
                fmt::format("the records of {} do not add up; please report this as a bug", document.name));
  return {};
}

// --- The end of each DOI
// ----------------------------------------------------------------------------------------------

Result<void> Enrichment::Settle(const ServiceFacts& source, const std::vector<fetch::DoiAnswer>& answers,
                                const Taken& taken) {
  LITMILL_CHECK(parts_.corpus->BeginBatch());
  for (const fetch::DoiAnswer& answer : answers) {
    store::OutcomeState state = store::OutcomeState::kFailed;
    std::string reason = answer.message;
    const auto record = taken.stored.find(answer.doi);
    if (record != taken.stored.end()) {
      if (record->second == answer.doi) continue;  // its record has set it
      state = store::OutcomeState::kStored;
      reason.clear();
    } else if (taken.refused.count(answer.doi) > 0) {
      state = store::OutcomeState::kNotFound;
      reason = fmt::format("the record that {} has of it is of another publication", source.title);
    } else if (answer.outcome == fetch::DoiOutcome::kNotFound) {
      state = store::OutcomeState::kNotFound;
    } else if (answer.outcome == fetch::DoiOutcome::kAlias) {
      state = store::OutcomeState::kNotFound;
      reason = fmt::format("{} leads to {}, whose record does not have this DOI", source.title, answer.found_as);
    } else if (answer.outcome == fetch::DoiOutcome::kFound) {
      reason = "the service's answer holds no readable record of it; see the table problems";
    }
    failed_ += state == store::OutcomeState::kFailed ? 1 : 0;
    LITMILL_CHECK(parts_.corpus->SetOutcome(parts_.run_id, source.name, answer.doi, state, reason));
  }
  return parts_.corpus->CommitBatch();
}

/// What is stored is stored; all else that is pending ends in `state`.
Result<void> Enrichment::SettleTheRest(const ServiceFacts& source, const Taken& taken, store::OutcomeState state,
                                       const std::string& reason) {
  LITMILL_TRY(const Asked asked, store::AskedIds(*parts_.corpus, parts_.run_id, source.name));
  LITMILL_CHECK(parts_.corpus->BeginBatch());
  for (const store::AskedId& one : asked) {
    if (!one.is_pending) continue;
    const bool is_stored = taken.stored.count(one.id) > 0;
    LITMILL_CHECK(parts_.corpus->SetOutcome(parts_.run_id, source.name, one.id,
                                            is_stored ? store::OutcomeState::kStored : state, is_stored ? "" : reason));
  }
  return parts_.corpus->CommitBatch();
}

// --- Clients
// ----------------------------------------------------------------------------------------------------------

Result<fetch::AnswerSource> Enrichment::Open(std::string_view source, std::string_view limit,
                                             std::int64_t published_ms) const {
  LITMILL_TRY(fetch::HttpClient* const http,
              parts_.connections->Open(parts_.config->services.at(std::string(source)), limit, published_ms));
  return fetch::AnswerSource(http, parts_.archive, parts_.connections->run_uuid());
}

Result<std::unique_ptr<fetch::DoiLookup>> Enrichment::OpenClient(std::string_view source) const {
  const std::string& base_url = parts_.config->services.at(std::string(source)).base_url;
  const std::string& contact = parts_.secrets->email;
  if (source == "openalex") {
    LITMILL_TRY(const fetch::AnswerSource works, Open(source, "", fetch::kOpenAlexIntervalMs));
    fetch::OpenAlexSettings settings;
    settings.base_url = base_url;
    settings.api_key = parts_.secrets->Key("OPENALEX_API_KEY");
    settings.contact = contact;
    return std::make_unique<fetch::OpenAlexClient>(std::move(settings), works, parts_.console);
  }
  if (source == "unpaywall") {
    LITMILL_TRY(const fetch::AnswerSource works, Open(source, "", fetch::kUnpaywallIntervalMs));
    return std::make_unique<fetch::UnpaywallClient>(fetch::UnpaywallSettings{base_url, contact}, works, parts_.console);
  }
  LITMILL_TRY(const fetch::AnswerSource works,
              Open(source, "work", fetch::CrossrefIntervalMs(false, !contact.empty())));
  LITMILL_TRY(const fetch::AnswerSource lists, Open(source, "list", fetch::CrossrefIntervalMs(true, !contact.empty())));
  fetch::CrossrefSettings settings;
  settings.base_url = base_url;
  settings.agent = "litmill/" LITMILL_VERSION;
  settings.contact = contact;
  return std::make_unique<fetch::CrossrefClient>(std::move(settings), works, lists, parts_.console);
}

}  // namespace litmill::app
