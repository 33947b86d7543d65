// SPDX-License-Identifier: Apache-2.0
// Which client asks which database, and how fast.
#include <utility>

#include "app/database_search.h"
#include "fetch/embase_client.h"
#include "fetch/europepmc_client.h"
#include "fetch/scopus_client.h"
#include "fetch/web_of_science_client.h"

namespace litmill::app {
namespace {

/// Least distance of two requests to `database`, as the service allows it.
std::int64_t IntervalMs(std::string_view database) {
  if (database == "scopus") return fetch::kScopusIntervalMs;
  if (database == "embase") return fetch::kEmbaseIntervalMs;
  if (database == "wos") return fetch::kWebOfScienceIntervalMs;
  return fetch::kEuropePmcIntervalMs;
}

}  // namespace

Result<std::unique_ptr<fetch::SearchService>> OpenDatabase(const ServiceFacts& database, const Config& config,
                                                           const Secrets& secrets, Connections* connections,
                                                           const fetch::RawArchive& archive, Logger* logger) {
  const ServiceConfig& service = config.services.at(std::string(database.name));
  fetch::AnswerSource source(&archive);
  if (connections != nullptr) {
    LITMILL_TRY(fetch::HttpClient* const http, connections->Open(service, database.name, IntervalMs(database.name)));
    source = fetch::AnswerSource(http, &archive, connections->run_uuid());
  }
  if (database.name == "scopus") {
    fetch::ScopusSettings settings;
    settings.base_url = service.base_url;
    settings.keys = {secrets.Key("SCOPUS_API_KEY"), secrets.Key("SCOPUS_INSTTOKEN")};
    settings.view = config.scopus_complete ? fetch::ScopusView::kComplete : fetch::ScopusView::kStandard;
    return std::make_unique<fetch::ScopusClient>(std::move(settings), std::move(source), logger);
  }
  if (database.name == "embase") {
    fetch::EmbaseSettings settings;
    settings.base_url = service.base_url;
    settings.keys = {secrets.Key("EMBASE_API_KEY"), secrets.Key("EMBASE_INSTTOKEN")};
    return std::make_unique<fetch::EmbaseClient>(std::move(settings), std::move(source), logger);
  }
  if (database.name == "wos") {
    fetch::WebOfScienceSettings settings;
    settings.api = config.wos_expanded ? fetch::WebOfScienceApi::kExpanded : fetch::WebOfScienceApi::kStarter;
    settings.base_url = service.base_url + (config.wos_expanded ? "api/wos" : "apis/wos-starter/v1/");
    settings.api_key = secrets.Key("WOS_API_KEY");
    return std::make_unique<fetch::WebOfScienceClient>(std::move(settings), std::move(source), logger);
  }
  fetch::EuropePmcSettings settings;
  settings.base_url = service.base_url;
  settings.agent = "litmill/" LITMILL_VERSION;
  settings.contact = secrets.email;
  return std::make_unique<fetch::EuropePmcClient>(std::move(settings), std::move(source), logger);
}

}  // namespace litmill::app
