// SPDX-License-Identifier: Apache-2.0
// Keys and addresses: from the environment, or from a file that the environment names. Never from the command line or
// pipeline.yaml.
#pragma once

#include <string>
#include <vector>

#include "core/file_system.h"
#include "core/result.h"

namespace litmill::app {

struct Secrets {
  std::string ncbi_api_key;  ///< NCBI_API_KEY or the file NCBI_API_KEY_FILE.
  std::string email;  ///< LITMILL_EMAIL or the file LITMILL_EMAIL_FILE: the contact address that services ask for.

  /// The keys that are set, for redaction.
  [[nodiscard]] std::vector<std::string> Keys() const;
};

/// kConfig when a file named by the environment cannot be read, a value has white space inside (it would break the
/// request), or a key is too short to be one (it could not be kept out of texts). The message names the variable, never
/// the value.
[[nodiscard]] Result<Secrets> ReadSecrets(FileSystem& files);

}  // namespace litmill::app
