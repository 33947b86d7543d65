// SPDX-License-Identifier: Apache-2.0
// Ctrl-C and SIGTERM ask the run to stop at the next safe point; a second one ends the process at once.
#pragma once

#include <atomic>

namespace litmill::app {

/// Installs the handlers (once a process) and returns the flag that they set. The flag lives as long as the process.
[[nodiscard]] const std::atomic<bool>* InstallInterruptHandlers();

}  // namespace litmill::app
