// SPDX-License-Identifier: Apache-2.0
#include "app/session.h"

#include <random>

#include <fmt/format.h>

#include "app/exit_codes.h"
#include "app/rules_file.h"

namespace litmill::app {

int Session::ExitCodeOf(const Error& error) { return ExitCodeFor(error.code); }

std::string Session::CorpusPath() {
  if (!common.db.empty()) return common.db;
  const auto config = LoadConfig(files, common.config);
  return config ? config->corpus_path : "corpus.db";
}

Result<std::unique_ptr<store::Corpus>> Session::OpenForReading() {
  const std::string path = CorpusPath();
  store::OpenOptions options;
  options.read_only = true;
  options.create = false;
  auto corpus = store::Corpus::Open(path, options);
  if (!corpus && corpus.error().code == ErrorCode::kNotFound)
    return Fail(
        ErrorCode::kNotFound,
        fmt::format("there is no corpus at {}; make one with `litmill run` or `litmill import`, or name it with --db",
                    path));
  return corpus;
}

Result<RuleSet> Session::ReadRules(std::vector<std::string> paths) {
  if (paths.empty()) {
    LITMILL_TRY(const Config config, LoadConfig(files, common.config));
    paths = config.rules;
  }
  return LoadRules(files, paths);
}

Result<std::unique_ptr<tag::Tagger>> CompileRules(FileSystem& files, const std::vector<std::string>& paths) {
  LITMILL_TRY(RuleSet rules, LoadRules(files, paths));
  return tag::Tagger::Compile(std::move(rules));
}

Result<std::unique_ptr<tag::Tagger>> Session::CompileRulesOf(const std::vector<std::string>& paths) {
  LITMILL_TRY(RuleSet rules, ReadRules(paths));
  return tag::Tagger::Compile(std::move(rules));
}

std::string NewUuid() {
  std::random_device device;
  const auto word = [&device]() -> std::uint32_t { return device(); };
  const std::uint32_t a = word();
  const std::uint32_t b = word();
  const std::uint32_t c = word();
  const std::uint32_t d = word();
  return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:04x}{:08x}", a, b >> 16U, b & 0xFFFU,
                     0x8000U | ((c >> 16U) & 0x3FFFU), c & 0xFFFFU, d);
}

}  // namespace litmill::app
