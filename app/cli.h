// SPDX-License-Identifier: Apache-2.0
// The command line: every command, option, and example.
#pragma once

namespace litmill::app {

/// Parses the command line, runs the command and returns the exit code.
[[nodiscard]] int RunCli(int argc, char** argv);

}  // namespace litmill::app
