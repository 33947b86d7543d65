// SPDX-License-Identifier: Apache-2.0
// How the layers of DocumentReader hand bytes on: each calls the next with what it has unwrapped.
#pragma once

#include <functional>
#include <string_view>

#include "core/result.h"

namespace litmill::parse {

/// Takes bytes that live only during the call. An error stops the layer, which returns it.
using ByteSink = std::function<Result<void>(std::string_view)>;

}  // namespace litmill::parse
