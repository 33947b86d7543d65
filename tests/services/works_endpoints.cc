// SPDX-License-Identifier: Apache-2.0
// Which path belongs to which stand-in, and how often each may be asked.
#include "tests/services/datacite.h"
#include "tests/services/embase.h"
#include "tests/services/europepmc.h"
#include "tests/services/openalex.h"
#include "tests/services/scopus.h"
#include "tests/services/unpaywall.h"
#include "tests/services/web_of_science.h"
#include "tests/services/works.h"

namespace litmill::services {
namespace {

constexpr WorksEndpoint kEndpoints[] = {
    {"idconv", "/tools/idconv/api/v1/articles/", ConvertIds, {3, 3}},
    {"doira", "/doiRA/", FindAgencies, {kUnlimited, kUnlimited}},
    {"crossref_work", "/works/", CrossrefWork, {5, 10}},
    {"crossref_list", "/works", CrossrefList, {1, 3}},
    {"europepmc", "/europepmc/webservices/rest/search", AnswerEuropePmc, {5, 5}},
    {"europepmc", "/europepmc/webservices/rest/searchPOST", AnswerEuropePmc, {5, 5}},
    {"datacite", "/dois/", AnswerDataCite, {2, 4}},
    {"openalex", "/openalex/works", AnswerOpenAlex, {10, 10}},
    {"openalex", "/openalex/works/", AnswerOpenAlex, {10, 10}},
    {"unpaywall", "/v2/", AnswerUnpaywall, {5, 5}},
    {"scopus", "/content/search/scopus", SearchScopus, {9, 9}},
    {"embase", "/content/embase/article", SearchEmbase, {4, 4}},  // unpublished; more than litmill may send
    {"wos_starter", "/apis/wos-starter/v1/documents", SearchWebOfScienceStarter, {5, 5}},
    {"wos_expanded", "/api/wos", SearchWebOfScienceExpanded, {5, 5}},
};

}  // namespace

const WorksEndpoint* FindWorksEndpoint(std::string_view path) {
  for (const WorksEndpoint& endpoint : kEndpoints) {
    const bool is_folder = endpoint.prefix.back() == '/';
    if (is_folder ? path.starts_with(endpoint.prefix) : path == endpoint.prefix) return &endpoint;
  }
  return nullptr;
}

}  // namespace litmill::services
