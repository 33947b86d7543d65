// SPDX-License-Identifier: Apache-2.0
// What `litmill run` says at its end: what was searched, what became of every record, what was not searched.
#pragma once

#include "app/config.h"
#include "app/pipeline.h"
#include "app/session.h"
#include "store/corpus.h"

namespace litmill::app {

/// To standard output, as a table or as JSON.
void PrintRun(const RunSummary& summary, const Session& session, const Config& config, const store::Corpus& corpus);

}  // namespace litmill::app
