// SPDX-License-Identifier: Apache-2.0
// litmill rules schema: what an editor needs to check and complete rule files.
#include <fmt/format.h>

#include "app/commands.h"
#include "app/exit_codes.h"
#include "app/rules_schema.h"

namespace litmill::app {

int RulesSchemaCommand() {
  fmt::print("{}", RulesSchema());
  return kExitOk;
}

}  // namespace litmill::app
