// SPDX-License-Identifier: Apache-2.0
// From the patterns that hit to the mentions that stand: candidates, masks, gates, longest span.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/record.h"
#include "core/tagged_record.h"
#include "tag/abbreviation_licence.h"
#include "tag/candidate.h"
#include "tag/compiled_rules.h"
#include "tag/joined_text.h"
#include "tag/pattern_spans.h"

namespace litmill::tag {

struct RefusedCandidate {
  Candidate candidate;
  std::string reason;
};

/// Works on one text at a time; keep one per thread, so that its memory is reused.
class Resolver {
 public:
  /// The candidates that stand, by start, end, concept. `refused` (when not null) gets the others with their reasons.
  /// Of the record only the index terms are read: they license abbreviations.
  void Resolve(const CompiledRules& rules, const Record& record, const JoinedText& text,
               std::vector<Candidate>& standing, std::vector<RefusedCandidate>* refused);

 private:
  struct MaskSpan {
    ByteSpan span;
    std::uint32_t rule = 0;
    std::uint32_t reach = 0;  ///< Index of the span with the largest end among this and all before it.
  };

  void Start(const CompiledRules& rules, const Record& record, const JoinedText& text,
             std::vector<RefusedCandidate>* refused);
  void AddCandidates(std::uint32_t pattern, std::vector<Candidate>& candidates);
  void CollectCandidates(std::vector<Candidate>& candidates);
  void DropMasked(std::vector<Candidate>& candidates);
  void DropUngated(std::vector<Candidate>& candidates);
  void DropUnlicensed(std::vector<Candidate>& candidates);
  void DropShorter(std::vector<Candidate>& candidates);
  [[nodiscard]] std::vector<Candidate>::iterator KeepLongest(std::vector<Candidate>::iterator first,
                                                             std::vector<Candidate>::iterator last);
  void CollectMasks(std::uint32_t concept_index);
  [[nodiscard]] const MaskSpan* MaskOver(const Candidate& candidate) const;
  [[nodiscard]] bool GateMet(const CompiledRule& rule, std::uint32_t at);
  [[nodiscard]] ByteSpan SentenceAt(std::uint32_t at);
  void Refuse(const Candidate& candidate, const std::string& reason);
  [[nodiscard]] std::string Words(std::uint32_t start, std::uint32_t end) const;

  const CompiledRules* rules_ = nullptr;
  const Record* record_ = nullptr;
  const JoinedText* text_ = nullptr;
  std::vector<RefusedCandidate>* refused_ = nullptr;

  PatternSpans spans_;
  std::vector<MaskSpan> masks_;  ///< Of the concept in hand.
  AbbreviationLicences licences_;
  const Field* sentence_field_ = nullptr;
  std::vector<std::uint32_t> sentence_starts_;  ///< Of sentence_field_.
  struct GateAnswer {
    std::uint32_t gate = 0;
    ByteSpan sentence;
    bool met = false;
  } last_gate_;
  bool has_last_gate_ = false;
};

}  // namespace litmill::tag
