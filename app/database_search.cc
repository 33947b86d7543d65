// SPDX-License-Identifier: Apache-2.0
#include "app/database_search.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/strategies.h"

namespace litmill::app {
namespace {

/// "PubMed did not run it as written" and "it could not be translated as it was" are different news: each has its key.
std::string WarningsJson(const search::Translation& translation, const fetch::ServiceSearch& answer) {
  nlohmann::json json = nlohmann::json::object();
  for (const search::Warning& warning : translation.warnings)
    json["translation"].push_back(
        fmt::format("{}{}{}: {}", warning.code, warning.clause.empty() ? "" : " ", warning.clause, warning.message));
  if (!answer.messages.empty()) json["messages"] = answer.messages;
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

store::Document DocumentOf(const fetch::Provenance& answer) {
  return {answer.source, answer.kind, answer.name, answer.sha256, answer.size_bytes, answer.retrieved_at};
}

search::Interface InterfaceOf(const Config& config, const ServiceFacts& database) {
  return database.name == "wos" && !config.wos_expanded ? search::Interface::kStarterApi : search::Interface::kApi;
}

Result<std::vector<TranslatedQuery>> TranslateQueries(FileSystem& files, const Config& config,
                                                      const ServiceFacts& database) {
  search::TranslateOptions how;
  search::EmtreeMap emtree;
  if (!config.emtree.empty()) {
    LITMILL_TRY(emtree, ReadEmtreeMap(files, config.emtree));
    how.emtree = &emtree;
  }
  how.used = InterfaceOf(config, database);
  const auto target = search::TargetFromName(database.name);
  if (!target) return Fail(ErrorCode::kInternal, fmt::format("no translator for {}", database.name));
  std::vector<TranslatedQuery> translated;
  for (const QueryConfig& query : config.queries) {
    LITMILL_TRY(const search::Strategy strategy, search::ParseStrategy(query.term, query.id));
    translated.push_back({&query, search::Translate(strategy, *target, how)});
  }
  return translated;
}

Result<void> DatabaseSearch::Search(const std::vector<TranslatedQuery>& queries) const {
  for (const TranslatedQuery& query : queries) {
    LITMILL_TRY(const bool done, parts_.corpus->IsSearchDone(run_id_, parts_.database->name, query.query->id));
    if (!done) LITMILL_CHECK(SearchOne(query));
  }
  return {};
}

Result<void> DatabaseSearch::SearchOne(const TranslatedQuery& query) const {
  const std::string name = fmt::format("{}, query {}", parts_.database->title, query.query->id);
  if (query.translation.text.empty())
    return Fail(ErrorCode::kPermanentRemote,
                fmt::format("{}: nothing of the query can be said in this database's syntax; see litmill search "
                            "translate --to {}",
                            name, parts_.database->name));
  parts_.console->Progress("searching " + name, 0, 0);
  Result<fetch::ServiceSearch> answer = parts_.service->Search(query.translation.text);
  if (!answer) return Fail(answer.error().With(name));
  store::SearchRow row;
  row.query_id = query.query->id;
  row.label = query.query->label;
  row.source = parts_.database->name;
  row.platform = parts_.database->platform;
  row.strategy = query.query->term;
  row.term = query.translation.text;
  row.searched_at = answer->documents.empty() ? FormatUtc(parts_.clock->Now()) : answer->documents.front().retrieved_at;
  row.query_translation = answer->query_ran;
  row.warnings_json = WarningsJson(query.translation, *answer);
  row.hits = answer->count;
  row.source_ids = std::move(answer->ids);
  for (const std::string& message : answer->messages) parts_.console->Warning(fmt::format("{}: {}", name, message));
  return parts_.corpus->PutSearch(row, run_id_);
}

Result<void> DatabaseSearch::IngestPages() const {
  std::uint64_t pages = 0;
  for (const std::string_view kind : {"search", "starter", "expanded"}) {
    const AnswerParser parser = FindAnswerParser(parts_.database->name, kind);
    if (parser == nullptr) continue;
    LITMILL_CHECK(parts_.archive->ForEach(
        parts_.database->name, kind, [this, parser, &pages](const fetch::Provenance& page) -> Result<void> {
          IngestRequest request;
          request.document = DocumentOf(page);
          request.run_id = run_id_;
          LITMILL_TRY(const bool done, parts_.corpus->IsDocumentDone(request.document));
          if (done) return {};
          LITMILL_TRY(const std::string body, parts_.archive->Read(page));
          parts_.console->Progress(fmt::format("reading pages of {}", parts_.database->title), ++pages, 0);
          LITMILL_TRY(const IngestCounts counts, parts_.ingester->IngestAnswer(request, body, parser));
          if (!counts.Balanced())
            return Fail(ErrorCode::kIntegrity,
                        fmt::format("the records of {} do not add up; please report this as a bug", page.name));
          return {};
        }));
  }
  return {};
}

}  // namespace litmill::app
