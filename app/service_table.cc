// SPDX-License-Identifier: Apache-2.0
#include "app/service_table.h"

namespace litmill::app {

const std::vector<ServiceFacts>& AllServices() {
  static const std::vector<ServiceFacts> services{
      {"scopus", "Scopus", "Scopus Search API (Elsevier)", ServiceUse::kDatabase, false, 6, "https://api.elsevier.com/",
       "SCOPUS_API_KEY"},
      {"wos", "Web of Science", "Web of Science API (Clarivate)", ServiceUse::kDatabase, false, 2,
       "https://api.clarivate.com/", "WOS_API_KEY"},
      {"embase", "Embase", "Embase API (Elsevier)", ServiceUse::kDatabase, false, 3, "https://api.elsevier.com/",
       "EMBASE_API_KEY"},
      {"europepmc", "Europe PMC", "Europe PMC RESTful web service", ServiceUse::kDatabase, false, 3,
       "https://www.ebi.ac.uk/europepmc/webservices/rest/", ""},
      {"id_converter", "PMC ID converter", "", ServiceUse::kRegister, true, 2,
       "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1/articles/", ""},
      {"doi_agency", "doi.org", "", ServiceUse::kRegister, true, 1, "https://doi.org/doiRA/", ""},
      {"crossref", "Crossref", "", ServiceUse::kRegister, true, 9, "https://api.crossref.org/", ""},
      {"datacite", "DataCite", "", ServiceUse::kRegister, true, 3, "https://api.datacite.org/", ""},
      {"openalex", "OpenAlex", "", ServiceUse::kRegister, false, 5, "https://api.openalex.org/", ""},
      {"unpaywall", "Unpaywall", "", ServiceUse::kRegister, false, 10, "https://api.unpaywall.org/", ""},
  };
  return services;
}

const ServiceFacts* FindService(std::string_view name) {
  for (const ServiceFacts& service : AllServices())
    if (service.name == name) return &service;
  return nullptr;
}

std::string DatabaseTitle(std::string_view source) {
  if (source == "pubmed") return "PubMed";
  const ServiceFacts* facts = FindService(source);
  return std::string(facts == nullptr ? source : facts->title);
}

}  // namespace litmill::app
