// SPDX-License-Identifier: Apache-2.0
// Registration numbers of clinical trials, in one form for comparing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace litmill {

/// The registration number of a clinical trial.
struct TrialNumber {
  std::string registry;  ///< As PubMed names it: "ClinicalTrials.gov", "ISRCTN", "EudraCT", ...
  std::string number;    ///< For comparing: capitals and digits alone ("NCT01234567", "CTRI201205002681").
};

/// The number that `text` is as a whole, in any usual writing ("nct 01234567", "ChiCTR-TRC-12002345",
/// "EudraCT: 2004-000446-20"), of a registry whose numbers have a form of their own. Nothing for the rest: a number
/// that may be anyone's links nothing.
[[nodiscard]] std::optional<TrialNumber> ReadTrialNumber(std::string_view text);

}  // namespace litmill
