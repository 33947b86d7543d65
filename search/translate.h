// SPDX-License-Identifier: Apache-2.0
// One strategy in the syntax of another database.
//
// A translation keeps the tree and its brackets. What the target cannot carry is done as near as it can be, or left
// out, and each time there is a warning that names the clause and says what became of it; nothing is dropped in
// silence. A clause left out of an OR makes the search narrower; left out of an AND or behind NOT, wider: that is a
// warning too.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/emtree_map.h"
#include "search/tree.h"

namespace litmill::search {

enum class Target { kPubMed, kEmbase, kOvidMedline, kOvidEmbase, kScopus, kWebOfScience, kEuropePmc, kCochrane };

/// "pubmed", "embase", "ovid-medline", "ovid-embase", "scopus", "wos", "europepmc", "cochrane": for the command line.
[[nodiscard]] std::string_view TargetName(Target target);
/// "Embase (embase.com)", ...: for people.
[[nodiscard]] std::string_view TargetTitle(Target target);
[[nodiscard]] std::optional<Target> TargetFromName(std::string_view name);
[[nodiscard]] const std::vector<Target>& AllTargets();

/// What a translation could not carry as it was.
struct Warning {
  std::string code;    ///< "T003"; WarningKinds lists them.
  Span span;           ///< Of the clause in the source; line 0 when the tree was built in code.
  std::string clause;  ///< The clause in PubMed syntax; empty when the warning is about the whole search.
  std::string message;
};

struct Translation {
  std::string text;  ///< Empty when nothing at all could be carried (then warnings say why).
  std::vector<Warning> warnings;
};

/// What [tiab:~N] becomes where a target counts positions, not the words between (Ovid, Embase). kExact: adj(N+1) finds
/// the same records; kSameNumber: adjN, as other tools do, which is narrower by one word.
enum class ProximityRule { kExact, kSameNumber };

/// Where the search will be run: what a database takes on its web pages its API may not take. Scopus' API knows no
/// INDEXTERMS; Web of Science Starter only TI, TS, AU, SO, PY, DT, DO, PMID and a few that no PubMed tag answers to.
enum class Interface { kWeb, kApi, kStarterApi };

struct TranslateOptions {
  const EmtreeMap* emtree = nullptr;  ///< For Embase; null = no heading is mapped. Must outlive the call.
  ProximityRule proximity = ProximityRule::kExact;
  Interface used = Interface::kWeb;
};

/// `node` has no line references (use Resolve, or the function below).
[[nodiscard]] Translation Translate(const Node& node, Target target, const TranslateOptions& options = {});

/// A whole strategy: numbered lines stay numbered lines where the target has line references, else they are put in.
[[nodiscard]] Translation Translate(const Strategy& strategy, Target target, const TranslateOptions& options = {});

/// Every warning code and what it means in a line: the table of the documentation.
struct WarningKind {
  std::string_view code;
  std::string_view title;
};
[[nodiscard]] const std::vector<WarningKind>& WarningKinds();

}  // namespace litmill::search
