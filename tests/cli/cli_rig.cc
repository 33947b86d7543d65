// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/cli_rig.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "tests/services/works_file.h"

namespace litmill::testing {
namespace {

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  for (; at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
  return text;
}

}  // namespace

std::vector<std::string> CliRig::SampleFiles() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(LITMILL_SOURCE_DIR "/tests/data/sample"))
    if (entry.path().filename().string().starts_with("pubmed_sample")) files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  EXPECT_FALSE(files.empty());
  return files;
}

services::StandinOptions CliRig::DefaultOptions() {
  services::StandinOptions options;
  options.enforce_limit = false;
  return options;
}

CliRig::CliRig(bool polite, services::StandinOptions options) {
  auto service = services::Standin::Start(std::move(options));
  if (!service) {
    ADD_FAILURE() << service.error().message;
    std::abort();
  }
  service_ = std::move(*service);
  for (const std::string& file : SampleFiles()) {
    const auto loaded = service_->LoadFile(file);
    EXPECT_TRUE(loaded.has_value()) << file;
  }
  auto works = services::ReadWorks(ReadTestFile(LITMILL_SOURCE_DIR "/tests/data/sample/works.jsonl"));
  EXPECT_TRUE(works.has_value());
  for (services::RegisteredWork& work : *works) service_->AddWork(std::move(work));
  speed_ = polite ? "" : ", requests_per_second: 1000, retry_delay_ms: 20, stall_timeout_s: 2";
  yaml_ = ReadTestFile(LITMILL_SOURCE_DIR "/pipeline.yaml");
  yaml_ = Replaced(yaml_, "pubmed: {enabled: true}",
                   "pubmed: {enabled: true, base_url: '" + service_->base_url() + "'" + speed_ + "}\n" + Registers());
  for (const std::string name : {"scopus", "wos", "embase", "europepmc"})
    yaml_ = Replaced(yaml_, name + ": {enabled: false}", Database(name, false));
  yaml_ = Replaced(yaml_, "docs/search/emtree.tsv", LITMILL_SOURCE_DIR "/docs/search/emtree.tsv");
  yaml_ = Replaced(yaml_, "rules/", LITMILL_SOURCE_DIR "/rules/");
  WritePipeline(yaml_);
  env_["LITMILL_STATE_DIR"] = File("state");
}

CliRig::~CliRig() = default;

/// Where the stand-ins of the services that resolve identifiers are.
std::string CliRig::Registers() const {
  std::string yaml;
  for (const auto& [name, path] :
       {std::pair("id_converter", "tools/idconv/api/v1/articles/"), std::pair("doi_agency", "doiRA/"),
        std::pair("crossref", ""), std::pair("datacite", ""), std::pair("openalex", "openalex/"),
        std::pair("unpaywall", "")})
    yaml += std::string("  ") + name + ": {base_url: '" + service_->root_url() + path + "'" + speed_ + "}\n";
  return yaml;
}

std::string CliRig::Database(const std::string& name, bool enabled) const {
  const std::string path = name == "europepmc" ? "europepmc/webservices/rest/" : "";
  return name + ": {enabled: " + (enabled ? "true" : "false") + ", base_url: '" + service_->root_url() + path + "'" +
         speed_ + "}";
}

void CliRig::EnableDatabases(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    WritePipeline(yaml_ = Replaced(yaml_, Database(name, false), Database(name, true)));
    if (name == "europepmc") continue;
    std::string variable = name + "_API_KEY";
    std::transform(variable.begin(), variable.end(), variable.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    SetEnv(variable, KeyOf(name));
    service_->SetServiceKey(name, KeyOf(name));
  }
}

void CliRig::WritePipeline(const std::string& yaml) { WriteTestFile(File("pipeline.yaml"), yaml); }

pid_t CliRig::Start(const std::vector<std::string>& arguments) {
  const pid_t process = fork();
  if (process != 0) return process;
  if (chdir(dir_.path().c_str()) != 0) _exit(126);
  const int in = open(input_.empty() ? "/dev/null" : input_.c_str(), O_RDONLY);
  const int out = open("out.txt", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  const int err = open("err.txt", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  dup2(in, 0);
  dup2(out, 1);
  dup2(err, 2);
  std::vector<std::string> words{LITMILL_BINARY};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  std::vector<std::string> settings{"PATH=/usr/bin:/bin", "TMPDIR=" + dir_.path()};
  for (const auto& [name, value] : env_) settings.push_back(name + "=" + value);
  for (const char* name : {"ASAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS"})
    if (const char* value = std::getenv(name)) settings.push_back(std::string(name) + "=" + value);
  std::vector<char*> envp;
  for (std::string& setting : settings) envp.push_back(setting.data());
  envp.push_back(nullptr);
  execve(LITMILL_BINARY, argv.data(), envp.data());
  _exit(127);
}

CliResult CliRig::Wait(pid_t process) {
  int status = 0;
  waitpid(process, &status, 0);
  CliResult result;
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.out = ReadTestFile(File("out.txt"));
  result.err = ReadTestFile(File("err.txt"));
  return result;
}

CliResult CliRig::Run(const std::vector<std::string>& arguments) { return Wait(Start(arguments)); }

void CliRig::RunPipeline(const std::vector<std::string>& more) {
  std::vector<std::string> arguments{"run"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const CliResult result = Run(arguments);
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
}

std::string CliRig::Digest(const std::string& db) {
  const CliResult result = Run({"digest", "--db", db});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out.size(), 65U + 75U) << result.out;  // content and searches
  return result.out;
}

std::string CliRig::Ask(const std::string& sql, const std::string& db) {
  const CliResult result = Run({"query", "--db", db, "--format", "csv", sql});
  EXPECT_EQ(result.exit_code, 0) << sql << "\n" << result.err;
  const std::size_t row = result.out.find("\r\n");
  if (row == std::string::npos) return {};
  return result.out.substr(row + 2, result.out.find("\r\n", row + 2) - row - 2);
}

void CliRig::FaultAt(const std::string& fault, const std::string& endpoint, std::uint64_t at) {
  services::FaultRule rule;
  rule.fault = fault;
  rule.endpoint = endpoint;
  rule.at = at;
  EXPECT_TRUE(service_->SetFaults({rule}).has_value()) << fault << " at " << endpoint;
}

void CliRig::NoFaults() { EXPECT_TRUE(service_->SetFaults({}).has_value()); }

void CliRig::ForgetCorpus() {
  for (const auto& entry : std::filesystem::directory_iterator(dir_.path()))
    if (entry.path().filename().string().starts_with("corpus.db")) std::filesystem::remove(entry.path());
}

void CliRig::ForgetEverything() {
  ForgetCorpus();
  for (const auto& entry : std::filesystem::directory_iterator(dir_.path()))
    if (entry.path().filename().string().starts_with("raw.sqlar")) std::filesystem::remove(entry.path());
}

}  // namespace litmill::testing
