// SPDX-License-Identifier: Apache-2.0
// pipeline.yaml as the program sees it. docs/configuration.md describes every key.
#pragma once

#include <cstdint>
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

struct PubmedConfig {
  bool enabled = true;
  std::string base_url = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/";
  int batch_size = 200;  ///< Records an EFetch; 1 to 500.
  /// 0 = what NCBI allows (3, or 10 with a key). More than that only for a base_url on this machine.
  int requests_per_second = 0;
  int tries = 5;               ///< Of one request, the first included.
  int retry_delay_ms = 1'000;  ///< Before the second try; doubles with each further one.
  int stall_timeout_s = 60;    ///< No byte for this long ends a try.
};

struct Config {
  std::string file;  ///< Where it was read from.
  std::string
      sha256;  ///< Of what decides the corpus (queries, sources' switches, rule paths), not of comments or layout.
  std::string name;
  std::string title;
  std::vector<QueryConfig> queries;
  PubmedConfig pubmed;
  std::vector<std::string> rules;  ///< Files and folders, relative to the configuration file's folder.
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
