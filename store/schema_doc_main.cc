// SPDX-License-Identifier: Apache-2.0
// litmill_schema_doc FILE: writes docs/schema.md. litmill_schema_doc --check FILE: fails when the file is not what the
// schema says.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "store/corpus.h"
#include "store/schema_doc.h"

namespace {

int Run(bool check, const std::string& path) {
  const auto corpus = litmill::store::Corpus::Open(":memory:");
  const auto text = corpus ? litmill::store::DescribeSchema((*corpus)->handle())
                           : litmill::Result<std::string>(litmill::Fail(corpus.error()));
  if (!text) {
    fmt::print(stderr, "litmill_schema_doc: {}\n", text.error().message);
    return 1;
  }
  if (!check) {
    std::ofstream out(path, std::ios::binary);
    out << *text;
    return out.flush().good() ? 0 : 1;
  }
  std::ifstream in(path, std::ios::binary);
  const std::string stored{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (stored == *text) return 0;
  fmt::print(stderr, "{} is not what the schema says; refresh it: cmake --build BUILD --target schema_doc\n", path);
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const bool check = argc == 3 && std::string_view(argv[1]) == "--check";
    if (argc != 2 && !check) {
      fmt::print(stderr, "usage: litmill_schema_doc [--check] FILE\n");
      return 2;
    }
    return Run(check, argv[argc - 1]);
  } catch (const std::exception& e) {
    std::fputs(e.what(), stderr);
    return 1;
  }
}
