// SPDX-License-Identifier: Apache-2.0
// Runs the built litmill in a folder of the test's own, against a stand-in of NCBI in this process.
#pragma once

#include <sys/types.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/services/standin.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {

struct CliResult {
  int exit_code = -1;  ///< 128 + signal when a signal ended it.
  std::string out;
  std::string err;
};

class CliRig {
 public:
  /// Starts the stand-in with the bundled sample and writes pipeline.yaml: the shipped one, its source pointed at the
  /// stand-in. With `polite` the published rate holds; without it requests may come as fast as they can.
  explicit CliRig(bool polite = false, services::StandinOptions options = DefaultOptions());
  ~CliRig();
  CliRig(const CliRig&) = delete;
  CliRig& operator=(const CliRig&) = delete;

  [[nodiscard]] static services::StandinOptions DefaultOptions();
  /// The bundled synthetic records, without the update file.
  [[nodiscard]] static std::vector<std::string> SampleFiles();
  [[nodiscard]] services::Standin& service() { return *service_; }
  [[nodiscard]] std::string File(const std::string& name) const { return dir_.File(name); }
  /// Variables for the program, besides PATH and the rig's own.
  void SetEnv(const std::string& name, const std::string& value) { env_[name] = value; }

  /// A file of the rig's folder for standard input; empty = nothing to read.
  void SetInput(const std::string& name) { input_ = name; }

  /// Runs `litmill ARGS` to its end in the rig's folder.
  CliResult Run(const std::vector<std::string>& arguments);
  /// Starts it and returns at once; Wait or Kill must follow.
  pid_t Start(const std::vector<std::string>& arguments);
  CliResult Wait(pid_t process);

  /// `litmill run` that must end with exit code 0.
  void RunPipeline(const std::vector<std::string>& more = {});
  /// `litmill digest` of `db`.
  std::string Digest(const std::string& db = "corpus.db");
  /// Its first line: records, works and tags, whatever was searched.
  std::string ContentDigest(const std::string& db = "corpus.db") { return Digest(db).substr(0, 64); }
  /// First cell of the first row of `litmill query`.
  std::string Ask(const std::string& sql, const std::string& db = "corpus.db");
  /// Lets `fault` happen at the `at`-th request from now to `endpoint`; nothing else is scheduled any more.
  void FaultAt(const std::string& fault, const std::string& endpoint, std::uint64_t at);
  void NoFaults();
  /// Enables these databases besides PubMed, with the keys that they want.
  void EnableDatabases(const std::vector<std::string>& names);
  /// The key in the environment for `database`: no output, file or message may ever hold it.
  [[nodiscard]] static std::string KeyOf(const std::string& database) { return database + "-KEY-never-to-be-seen"; }
  /// Removes corpus and archive with all their side files.
  void ForgetEverything();
  void ForgetCorpus();
  void WritePipeline(const std::string& yaml);
  [[nodiscard]] std::string PipelineYaml() const { return yaml_; }

 private:
  [[nodiscard]] std::string Registers() const;
  [[nodiscard]] std::string Database(const std::string& name, bool enabled) const;

  TempDir dir_;
  std::string speed_;
  std::unique_ptr<services::Standin> service_;
  std::map<std::string, std::string> env_;
  std::string yaml_;
  std::string input_;
};

}  // namespace litmill::testing
