// SPDX-License-Identifier: Apache-2.0
// Keys and addresses: from the environment, or from a file that the environment names. Never from the command line or
// pipeline.yaml.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/file_system.h"
#include "core/result.h"

namespace litmill::app {

/// The variables of all keys: "NCBI_API_KEY", "SCOPUS_API_KEY", ... Each may also be given by a file: NAME_FILE.
[[nodiscard]] const std::vector<std::string>& KeyVariables();

struct Secrets {
  std::map<std::string, std::string> keys;  ///< Those that are set, by their variable.
  std::string email;  ///< LITMILL_EMAIL or the file LITMILL_EMAIL_FILE: the contact address that services ask for.

  /// The key of that variable; empty when it is not set.
  [[nodiscard]] std::string Key(std::string_view variable) const;
  /// The keys that are set, for redaction.
  [[nodiscard]] std::vector<std::string> Keys() const;
};

/// kConfig when a file named by the environment cannot be read, a value has white space inside (it would break the
/// request), or a key is too short to be one (it could not be kept out of texts). The message names the variable, never
/// the value.
[[nodiscard]] Result<Secrets> ReadSecrets(FileSystem& files);

}  // namespace litmill::app
