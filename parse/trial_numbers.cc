// SPDX-License-Identifier: Apache-2.0
#include "parse/trial_numbers.h"

#include <algorithm>
#include <utility>

#include "core/trial_number.h"
#include "core/unicode.h"
#include "parse/record_parts.h"
#include "parse/xml_text.h"

namespace litmill::parse {

void AddTrial(Record& record, std::string registry, std::string number) {
  if (number.empty()) return;
  if (auto trial = ReadTrialNumber(number)) {
    registry = std::move(trial->registry);
    if (registry == "ClinicalTrials.gov") number = std::move(trial->number);
  }
  record.accessions.push_back({std::move(registry), std::move(number)});
}

bool AddTrialNumber(Record& record, std::string_view text) {
  text = TrimAscii(text);
  if (!ReadTrialNumber(text)) return false;
  AddTrial(record, {}, std::string(text));
  return true;
}

void AddTrials(Record& record, std::string_view text) {
  constexpr std::size_t kMostCompared = 100;
  std::string spaced(text);
  std::replace_if(
      spaced.begin(), spaced.end(), [](char c) { return c == ',' || c == ';' || IsXmlSpace(c); }, ' ');
  std::vector<DataBankAccession>& trials = record.accessions;
  for (std::string& number : SplitList(spaced, " ")) {
    if (std::none_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; })) continue;
    AddTrial(record, {}, std::move(number));
    const std::string& added = trials.back().accession;
    if (trials.size() < kMostCompared &&
        std::any_of(trials.begin(), trials.end() - 1, [&](const DataBankAccession& t) { return t.accession == added; }))
      trials.pop_back();
  }
}

}  // namespace litmill::parse
