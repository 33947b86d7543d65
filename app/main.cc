// SPDX-License-Identifier: Apache-2.0
// The program is the library plus this.
#include <cstdio>
#include <exception>

#include "app/cli.h"
#include "app/exit_codes.h"

int main(int argc, char** argv) {
  try {
    return litmill::app::RunCli(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: internal: %s; please report this as a bug\n", error.what());
    return litmill::app::kExitInternal;
  }
}
