// SPDX-License-Identifier: Apache-2.0
// The services beside PubMed, by their names in pipeline.yaml: where they are, what they need, what litmill asks them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace litmill::app {

/// What a service is good for here.
enum class ServiceUse {
  kDatabase,  ///< Answers the search strategy, translated; `litmill run` asks it when it is enabled.
  kRegister,  ///< Resolves identifiers; `litmill rebuild` asks it unless it is disabled.
};

struct ServiceFacts {
  std::string_view name;      ///< Key below `sources`, and source of its records and documents.
  std::string_view title;     ///< For people.
  std::string_view platform;  ///< The interface, as PRISMA-S asks; empty for a register.
  ServiceUse use;
  bool enabled;       ///< Unless pipeline.yaml says otherwise.
  int most_a_second;  ///< Requests that the service allows, rounded down, at least 1.
  std::string_view base_url;
  std::string_view key_variable;  ///< Environment variable of the key that it cannot do without; empty = needs none.
};

[[nodiscard]] const std::vector<ServiceFacts>& AllServices();
/// Null when there is none of that name.
[[nodiscard]] const ServiceFacts* FindService(std::string_view name);
/// "Web of Science" for "wos": the source of a record, for people. An unknown source as it is.
[[nodiscard]] std::string DatabaseTitle(std::string_view source);

}  // namespace litmill::app
