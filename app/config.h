// SPDX-License-Identifier: Apache-2.0
// pipeline.yaml as the program sees it. docs/configuration.md describes every key.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/file_system.h"
#include "core/result.h"

namespace litmill::app {

/// One question to every source, in PubMed syntax, dates included.
struct QueryConfig {
  std::string id;  ///< Key in the file: letters, digits, '-' and '_'. Membership is stored under it.
  std::string label;
  std::string term;
};

/// How to talk to one service.
struct ServiceConfig {
  bool enabled = false;
  std::string base_url;  ///< Ends in '/'.
  /// 0 = what the service allows. More than that only for a base_url on this machine.
  int requests_per_second = 0;
  int tries = 5;               ///< Of one request, the first included.
  int retry_delay_ms = 1'000;  ///< Before the second try; doubles with each further one.
  int stall_timeout_s = 60;    ///< No byte for this long ends a try.
};

struct PubmedConfig : ServiceConfig {
  int batch_size = 200;  ///< Records an EFetch; 1 to 500.
};

/// A file that a run imports.
struct FileConfig {
  std::string path;      ///< As the configuration's folder makes it.
  std::string database;  ///< Where its records come from; empty = as it says.
};

struct Config {
  std::string file;  ///< Where it was read from.
  std::string
      sha256;  ///< Of what decides the corpus (queries, sources' switches, rule paths), not of comments or layout.
  std::string name;
  std::string title;
  std::vector<QueryConfig> queries;
  std::string mesh_tree;  ///< NLM's file of tree numbers, for deciding membership here; empty = headings alone.
  std::string emtree;     ///< Table from MeSH headings to Emtree; empty = no heading is mapped.
  PubmedConfig pubmed;
  /// The others by their names in app/service_table.h; every one is there.
  std::map<std::string, ServiceConfig> services;
  std::vector<FileConfig> files;    ///< sources.files
  bool scopus_complete = false;     ///< sources.scopus.view: complete
  bool wos_expanded = false;        ///< sources.wos.api: expanded
  bool crossref_all_works = false;  ///< sources.crossref.all_works: look up every work, not only what a rebuild lacks
  std::vector<std::string> rules;   ///< Files and folders, relative to the configuration file's folder.
  std::string corpus_path = "corpus.db";
  std::string archive_path = "raw.sqlar";
};

/// kConfig with file:line:column for everything that is wrong; unknown keys are errors; a key that looks like a secret
/// is refused.
[[nodiscard]] Result<Config> LoadConfig(FileSystem& files, const std::string& path);

/// The effective configuration as YAML, defaults filled in and queries rendered, for `litmill config check`.
[[nodiscard]] std::string DescribeConfig(const Config& config);

/// True for http(s) URLs of this machine (127.0.0.0/8, [::1], localhost), where the published rate limits do not apply.
[[nodiscard]] bool IsLoopbackUrl(const std::string& url);

}  // namespace litmill::app
