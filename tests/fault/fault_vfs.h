// SPDX-License-Identifier: Apache-2.0
// A SQLite VFS that counts the operations which change or sync files and, at a chosen one, kills the process or fails.
#pragma once

namespace litmill::testing {

enum class FaultMode {
  kCount,       ///< Nothing fails.
  kDie,         ///< _exit at the operation, before it is done.
  kTearAndDie,  ///< A write leaves its first half behind, then _exit.
  kFailOnce,    ///< The operation answers `code`, the following ones work.
  kFailForEver  ///< It and all that follow answer `code`.
};

inline constexpr const char* kFaultVfs = "litmill-fault";
inline constexpr int kDiedOnPurpose = 99;

/// Registers the VFS (once a process) and arms it: the `at`-th operation from now (from 1) is hit.
void ArmFault(FaultMode mode, int at, int code);
/// Operations since ArmFault.
[[nodiscard]] int FaultOperations();
/// How many operations were made to fail since ArmFault.
[[nodiscard]] int FaultsInjected();

}  // namespace litmill::testing
