// SPDX-License-Identifier: Apache-2.0
// litmill-standin: the stand-in as a program, for `./dev run` and the command-line tests.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "tests/services/standin.h"
#include "tests/services/works_file.h"

namespace {

int wake_pipe[2] = {-1, -1};

void OnSignal(int) {
  const char byte = 0;
  if (write(wake_pipe[1], &byte, 1) < 0) return;  // The pipe is full: the main thread is woken already.
}

/// Returns on SIGTERM or SIGINT, or, when asked for, once standard input is closed.
void WaitForTheEnd(bool exit_on_eof) {
  while (true) {
    pollfd waiting[2] = {{wake_pipe[0], POLLIN, 0}, {exit_on_eof ? STDIN_FILENO : -1, POLLIN, 0}};
    if (poll(waiting, 2, -1) < 0 && errno != EINTR) return;
    if (waiting[0].revents != 0) return;
    char block[4096];
    if (waiting[1].revents != 0 && read(STDIN_FILENO, block, sizeof(block)) <= 0) return;
  }
}

litmill::Result<void> AddWorks(litmill::services::Standin& standin, const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  auto works = litmill::services::ReadWorks(text.str());
  if (!works) return litmill::Fail(works.error().With(path));
  for (litmill::services::RegisteredWork& work : *works) standin.AddWork(std::move(work));
  return {};
}

int Complain(const litmill::Error& error, int code) {
  fmt::print(stderr, "litmill-standin: {}\n", error.message);
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace litmill::services;
  StandinOptions options;
  std::vector<std::string> files;
  std::string works_file;
  std::vector<std::string> fault_texts;
  bool no_limit = false;
  bool exit_on_eof = false;
  bool list_faults = false;
  CLI::App app{
      "A loopback stand-in of NCBI's E-utilities for PubMed and of the other services. Prints its base URL, then "
      "serves until stopped.\n"
      "Example: litmill-standin tests/data/sample/pubmed_sample_*.xml"};
  app.add_option("FILE", files, "PubMed XML files to serve, in this order")->check(CLI::ExistingFile);
  app.add_option("--works", works_file, "JSON lines: what the services other than PubMed know of")
      ->check(CLI::ExistingFile);
  app.add_option("--port", options.port, "port on 127.0.0.1; 0 takes a free one")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  app.add_option("--api-key", options.api_key, "the one valid API key");
  app.add_flag("--no-limit", no_limit, "never answer 429 (requests are counted all the same)");
  app.add_option("--limit", options.limit, "requests in any second without a key")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--limit-with-key", options.limit_with_key, "requests in any second with the key")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_flag("--require-contact", options.require_contact, "refuse requests without tool and email");
  app.add_option("--search-cap", options.search_cap, "ids that one search shows at most")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--fault", fault_texts,
                 "NAME@ENDPOINT:N or NAME@ENDPOINT:p=0.2,seed=7 (also times=, pmid=, parameter=); repeatable");
  app.add_flag("--list-faults", list_faults, "print the names of all faults and stop");
  app.add_flag("--exit-on-eof", exit_on_eof, "stop when standard input is closed");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  options.enforce_limit = !no_limit;
  if (list_faults) {
    for (const FaultInfo& info : AllFaults())
      fmt::print("{:26} {:24} {:10} {}\n", info.name, info.endpoints, RemedyName(info.remedy), info.what);
    return 0;
  }
  std::vector<FaultRule> rules;
  for (const std::string& text : fault_texts) {
    auto rule = ParseFaultRule(text);
    if (!rule) return Complain(rule.error(), 2);
    rules.push_back(std::move(*rule));
  }
  if (pipe2(wake_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return 1;
  struct sigaction action {};
  action.sa_handler = OnSignal;
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGINT, &action, nullptr);

  auto standin = Standin::Start(options);
  if (!standin) return Complain(standin.error(), 1);
  for (const std::string& file : files) {
    const auto loaded = (*standin)->LoadFile(file);
    if (!loaded) return Complain(loaded.error(), 1);
    for (const std::string& problem : loaded->problems) fmt::print(stderr, "litmill-standin: {}: {}\n", file, problem);
  }
  if (!works_file.empty())
    if (const auto added = AddWorks(**standin, works_file); !added) return Complain(added.error(), 1);
  if (const auto set = (*standin)->SetFaults(std::move(rules)); !set) return Complain(set.error(), 2);
  fmt::print("{}\n", (*standin)->base_url());
  std::fflush(stdout);
  WaitForTheEnd(exit_on_eof);
  return 0;
}
