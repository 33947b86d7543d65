// SPDX-License-Identifier: Apache-2.0
// The fetch stage: from a question to raw documents. Read this first.
//
// In: a query or a list of PMIDs, and the service's settings. Out: raw documents (bytes with provenance), each already
// durable in the raw archive when it is handed on. fetch never makes a Record; it reads only the control answers of a
// service (how many hits, which PMIDs).
//
//   Transport     one HTTP exchange (CurlTransport; a scripted one in tests)
//   RateBudget    one budget of requests a service and host, for all threads and processes
//   HttpClient    retries, waits and classification on top of the two; archives every answer
//   RawArchive    the SQLite Archive with its provenance table
//   PubmedClient  ESearch with its 9,999 cap, EFetch in batches
//   IdConverter   PMID, PMCID and DOI of articles in PMC, 200 a call
//   CrossrefClient  works by DOI, lists by cursor
//   DoiAgencyClient  who registered a DOI, and whether it exists
//   EuropePmcClient  searches of Europe PMC, page by page
//   DataCiteClient, OpenAlexClient, UnpaywallClient  works by DOI
//   ScopusClient, EmbaseClient, WebOfScienceClient  searches of the subscription databases, page by page
//
// What can go wrong is in each header; the kinds are kThrottled, kTransientRemote (retries used up), kPermanentRemote
// (refused: bad key, bad query), kSessionLost (history gone), kInterrupted, kIo and kBusy (archive). No error and no
// archived byte holds a secret.
#pragma once

#include "fetch/crossref_client.h"        // IWYU pragma: export
#include "fetch/datacite_client.h"        // IWYU pragma: export
#include "fetch/doi_agency.h"             // IWYU pragma: export
#include "fetch/embase_client.h"          // IWYU pragma: export
#include "fetch/europepmc_client.h"       // IWYU pragma: export
#include "fetch/http_client.h"            // IWYU pragma: export
#include "fetch/id_converter.h"           // IWYU pragma: export
#include "fetch/openalex_client.h"        // IWYU pragma: export
#include "fetch/pubmed_client.h"          // IWYU pragma: export
#include "fetch/rate_budget.h"            // IWYU pragma: export
#include "fetch/raw_archive.h"            // IWYU pragma: export
#include "fetch/scopus_client.h"          // IWYU pragma: export
#include "fetch/search_service.h"         // IWYU pragma: export
#include "fetch/transport.h"              // IWYU pragma: export
#include "fetch/unpaywall_client.h"       // IWYU pragma: export
#include "fetch/web_of_science_client.h"  // IWYU pragma: export
