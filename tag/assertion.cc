// SPDX-License-Identifier: Apache-2.0
#include "tag/assertion.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>

#include "tag/byte_scan.h"
#include "tag/cues.h"

namespace litmill::tag {
namespace {

constexpr std::uint32_t kNowhere = 0xFFFFFFFF;
/// Coordinated words stand close together: what is longer is no " , severe or ".
constexpr std::uint32_t kMaxCoordinationBytes = 40;

constexpr bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

enum MarkKind : std::uint8_t { kOutside, kInWord, kJoinsWords };

/// Hyphens and apostrophes inside a word belong to it.
constexpr std::array<MarkKind, 256> kMarkKinds = [] {
  std::array<MarkKind, 256> kinds{};
  for (std::size_t c = 0; c < kinds.size(); ++c)
    if (IsWordByte(static_cast<char>(c))) kinds[c] = kInWord;
  kinds['-'] = kinds['\''] = kJoinsWords;
  return kinds;
}();

bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() && std::equal(text.begin(), text.end(), lower.begin(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
         });
}

/// A cue of the sentence, with the mention that it is part of, if any.
struct PlacedCue {
  ByteSpan span;
  CueKind kind = CueKind::kScopeEnd;
  std::uint32_t inside_start = 0;       ///< Of the mention around it; 0 when there is none.
  std::uint32_t inside_end = kNowhere;  ///< Likewise; kNowhere when there is none.
};

/// The reach of the latest cue of a kind, while the sweep is inside it.
struct OpenScope {
  PlacedCue cue;
  std::uint32_t from = 0;    ///< Words are counted from here.
  std::uint32_t caught = 0;  ///< The far edge of the last mention caught; 0 = none yet.
  std::uint32_t caught_facet = 0;
};

constexpr std::uint32_t Bit(CueKind kind) { return std::uint32_t{1} << static_cast<unsigned>(kind); }
std::size_t LowestBit(std::uint32_t bits) { return static_cast<std::size_t>(std::countr_zero(bits)); }

/// Works on one sentence after the other; its memory is used again, from record to record too.
class Asserter {
 public:
  /// Returns how many steps it took.
  std::size_t Run(const CompiledRules& rules, Analysis& analysis) {
    rules_ = &rules;
    analysis_ = &analysis;
    steps_ = 0;
    const std::vector<Sentence>& sentences = analysis_->passages.sentences();
    std::vector<Candidate>& mentions = analysis_->standing;
    std::size_t mention = 0, cue = 0;
    for (const Sentence& sentence : sentences) {
      const std::size_t first_mention = mention, first_cue = cue;
      while (mention < mentions.size() && mentions[mention].start < sentence.end) ++mention;
      while (cue < analysis_->cues.size() && analysis_->cues[cue].start < sentence.end) ++cue;
      if (mention == first_mention) continue;
      mentions_ = mentions.data() + first_mention;
      mention_count_ = mention - first_mention;
      sentence_ = &sentence;
      SetByRole();
      if (cue == first_cue || sentence.role == SectionRole::kKeyword) continue;
      PlaceCues(first_cue, cue);
      if (cues_.empty()) continue;
      FindMarks();
      ByWholeSentence();
      SweepForward();
      SweepBackward();
    }
    return steps_;
  }

 private:
  [[nodiscard]] const CompiledConcept& ConceptOf(const Candidate& mention) const {
    return rules_->concepts[mention.concept_index];
  }

  void SetByRole() {
    for (std::size_t i = 0; i < mention_count_; ++i) {
      Assertion& assertion = mentions_[i].assertion;
      assertion = Assertion::kPresent;
      const bool is_design = ConceptOf(mentions_[i]).facet_traits == kDesignFacet;
      // A design in what is only taken for background is more often this study's than another's.
      if (sentence_->role == SectionRole::kBackground && !(is_design && sentence_->is_inferred))
        assertion = Assertion::kBackground;
      // "To assess ... in a randomised trial": the design is no plan, it is how this was done.
      if (sentence_->role == SectionRole::kObjective && !is_design) assertion = Assertion::kObjective;
    }
  }

  /// Whether cues of the kind count in a sentence of that role: methods hedge with "could" and measure "to assess",
  /// titles do neither.
  [[nodiscard]] bool CountsHere(CueKind kind, const Candidate& cue) const {
    const SectionRole role = sentence_->role;
    switch (kind) {
      case CueKind::kHedgeBefore:
      case CueKind::kHedgeAfter:
      case CueKind::kNeededBefore:
      case CueKind::kNeededAfter:
        return role != SectionRole::kTitle && role != SectionRole::kMethods;
      case CueKind::kAim:
        return role != SectionRole::kTitle;
      case CueKind::kAimOpening:
        return role != SectionRole::kTitle && role != SectionRole::kMethods && role != SectionRole::kResults &&
               IsOpening(cue.start);
      case CueKind::kBackground:
        return role == SectionRole::kMethods || role == SectionRole::kObjective || role == SectionRole::kOther;
      default:
        return true;
    }
  }

  /// Whether nothing but marks stands between the start of the sentence and `at`.
  [[nodiscard]] bool IsOpening(std::uint32_t at) const {
    if (at - sentence_->start > 8) return false;
    const std::string_view before(analysis_->text.buffer.data() + sentence_->start, at - sentence_->start);
    return std::none_of(before.begin(), before.end(), IsWordByte);
  }

  void PlaceCues(std::size_t first, std::size_t last) {
    cues_.clear();
    std::uint32_t reach_end = 0, reach_start = 0;  // the mention that reaches farthest among those that started
    std::size_t mention = 0;
    for (std::size_t i = first; i < last; ++i) {
      const Candidate& cue = analysis_->cues[i];
      for (; mention < mention_count_ && mentions_[mention].start <= cue.start; ++mention) {
        if (mentions_[mention].end <= reach_end) continue;
        reach_end = mentions_[mention].end;
        reach_start = mentions_[mention].start;
      }
      const CueKind kind = rules_->concepts[cue.concept_index].cue_kind;
      if (!CountsHere(kind, cue)) continue;
      PlacedCue placed{{cue.start, cue.end}, kind, 0, kNowhere};
      if (reach_end >= cue.end) {
        placed.inside_start = reach_start;
        placed.inside_end = reach_end;
      }
      cues_.push_back(placed);
    }
  }

  /// Where words start, and the marks that end clauses.
  void FindMarks() {
    const std::uint32_t start = sentence_->start;
    const std::string_view text = std::string_view(analysis_->text.buffer).substr(start, sentence_->end - start);
    words_.resize(text.size() + 1);
    // Without branches: where words begin cannot be foretold.
    std::uint32_t* next = words_.data();
    unsigned in_word = 0;
    for (std::uint32_t at = 0; at < text.size(); ++at) {
      const MarkKind kind = kMarkKinds[static_cast<unsigned char>(text.data()[at])];
      *next = start + at;
      next += static_cast<unsigned>(kind == kInWord) & (in_word ^ 1U);
      in_word = static_cast<unsigned>(kind == kInWord) | (static_cast<unsigned>(kind == kJoinsWords) & in_word);
    }
    words_.resize(static_cast<std::size_t>(next - words_.data()));
    commas_.clear();
    breaks_.clear();
    const auto is_mark = [](char c) { return c == ',' || c == ';' || c == ':'; };
    for (std::size_t at = FindByte(text, 0, is_mark); at + 1 < text.size(); at = FindByte(text, at + 1, is_mark))
      if (text[at + 1] == ' ') (text[at] == ',' ? commas_ : breaks_).push_back(start + static_cast<std::uint32_t>(at));
  }

  static std::size_t CountIn(const std::vector<std::uint32_t>& places, std::uint32_t from, std::uint32_t to) {
    if (from >= to) return 0;
    return static_cast<std::size_t>(std::lower_bound(places.begin(), places.end(), to) -
                                    std::lower_bound(places.begin(), places.end(), from));
  }

  void Weaken(Candidate& mention, Assertion assertion) {
    // A stated aim outranks the section it stands in: many aims are told at the end of the BACKGROUND.
    if (assertion == Assertion::kObjective && mention.assertion == Assertion::kBackground)
      mention.assertion = assertion;
    else
      mention.assertion = std::max(mention.assertion, assertion);
  }

  void ByWholeSentence() {
    const auto tells = [](const PlacedCue& c) { return SpecOf(c.kind).reach == CueReach::kSentence; };
    const auto told = std::find_if(cues_.begin(), cues_.end(), tells);
    if (told == cues_.end()) return;
    for (std::size_t i = 0; i < mention_count_; ++i) {
      ++steps_;
      if (mentions_[i].start >= told->inside_start && mentions_[i].end <= told->inside_end)
        mentions_[i].assertion = std::max(mentions_[i].assertion, SpecOf(told->kind).assertion);
    }
  }

  void CloseAt(CueKind end) {
    constexpr std::uint32_t kFar = Bit(CueKind::kAim) | Bit(CueKind::kAimOpening) | Bit(CueKind::kExclusionList);
    if (end == CueKind::kScopeEnd)
      open_ &= kFar;
    else if (end == CueKind::kInclusion)
      open_ &= ~(Bit(CueKind::kExclusionList) | Bit(CueKind::kExclusionBefore));
    else
      open_ = 0;
  }
  void Open(const PlacedCue& cue, std::uint32_t from) {
    scopes_[static_cast<std::size_t>(cue.kind)] = {cue, from, 0, 0};
    open_ |= Bit(cue.kind);
  }
  void Close(const OpenScope& scope) { open_ &= ~Bit(scope.cue.kind); }

  void SweepForward() {
    open_ = 0;
    std::size_t cue = 0, mark = 0;
    const PlacedCue* joined = nullptr;
    for (std::size_t i = 0; i < mention_count_; ++i) {
      Candidate& mention = mentions_[i];
      // What ends before the mention starts, in order.
      while (true) {
        const std::uint32_t next_cue = cue < cues_.size() ? cues_[cue].span.end : kNowhere;
        const std::uint32_t next_mark = mark < breaks_.size() ? breaks_[mark] : kNowhere;
        if (std::min(next_cue, next_mark) > mention.start) break;
        ++steps_;
        if (next_mark < next_cue) {
          CloseAt(CueKind::kScopeEnd);
          ++mark;
          continue;
        }
        const PlacedCue& passed = cues_[cue++];
        const CueReach reach = SpecOf(passed.kind).reach;
        if (reach == CueReach::kEnd && passed.inside_end == kNowhere) CloseAt(passed.kind);
        if (reach == CueReach::kForward) Open(passed, passed.span.end);
        if (reach == CueReach::kJoined) joined = &passed;
      }
      if (joined != nullptr && IsHyphen(joined->span.end, mention.start))
        Weaken(mention, SpecOf(joined->kind).assertion);
      for (std::uint32_t rest = open_; rest != 0; rest &= rest - 1) CatchForward(scopes_[LowestBit(rest)], mention);
    }
  }

  [[nodiscard]] bool IsHyphen(std::uint32_t from, std::uint32_t to) const {
    return to == from + 1 && analysis_->text.buffer[from] == '-';
  }

  /// Whether one of the words between, which are few, starts another phrase.
  [[nodiscard]] bool PhraseEndsIn(std::uint32_t from, std::uint32_t to) const {
    constexpr std::string_view kStarters[] = {"in",   "on",     "for",   "during", "after", "at",  "by",
                                              "when", "before", "among", "was",    "were",  "had", "as"};
    for (auto word = std::lower_bound(words_.begin(), words_.end(), from); word != words_.end() && *word < to; ++word) {
      const std::string_view rest(analysis_->text.buffer.data() + *word, std::min<std::uint32_t>(to - *word, 12));
      const std::string_view text = rest.substr(0, rest.find(' '));
      if (std::any_of(std::begin(kStarters), std::end(kStarters),
                      [text](std::string_view s) { return EqualsIgnoringCase(text, s); }))
        return true;
    }
    return false;
  }

  void CatchForward(OpenScope& scope, Candidate& mention) {
    ++steps_;
    const CueSpec& spec = SpecOf(scope.cue.kind);
    if (mention.end > scope.cue.inside_end) return;
    if ((ConceptOf(mention).facet_traits & spec.facets) == 0) {
      if (spec.phrase_ends) Close(scope);
      return;
    }
    const std::uint32_t facet = ConceptOf(mention).facet;
    if (spec.scope == CueScope::kList && scope.caught != 0) {
      if (mention.start >= scope.caught &&
          !Coordinated(scope.caught, mention.start, facet == scope.caught_facet, IsOpening(scope.cue.span.start)))
        return;
    } else if (spec.scope != CueScope::kRest) {
      const bool comma_ends = spec.comma_ends || IsOpening(scope.cue.span.start);
      if ((comma_ends && CountIn(commas_, scope.from, mention.start) != 0) ||
          CountIn(words_, scope.from, mention.start) > spec.words ||
          (spec.phrase_ends && PhraseEndsIn(scope.from, mention.start))) {
        Close(scope);
        return;
      }
    }
    Weaken(mention, spec.assertion);
    if (mention.end > scope.caught) {
      scope.caught = mention.end;
      scope.caught_facet = facet;
    }
  }

  void SweepBackward() {
    open_ = 0;
    by_end_.clear();
    for (std::size_t i = 0; i < mention_count_; ++i) by_end_.push_back(&mentions_[i]);
    std::sort(by_end_.begin(), by_end_.end(), [](const Candidate* a, const Candidate* b) {
      return a->end != b->end ? a->end > b->end : a->start > b->start;
    });
    std::size_t cue = cues_.size(), mark = breaks_.size();
    const PlacedCue* joined = nullptr;
    for (Candidate* mention : by_end_) {
      while (true) {
        const std::uint32_t next_cue = cue > 0 ? cues_[cue - 1].span.start : 0;
        const std::uint32_t next_mark = mark > 0 ? breaks_[mark - 1] : 0;
        const std::uint32_t next = std::max(next_cue, next_mark);
        if (next == 0 || next < mention->end) break;
        ++steps_;
        if (next_mark > next_cue) {
          CloseAt(CueKind::kScopeEnd);
          --mark;
          continue;
        }
        const PlacedCue& passed = cues_[--cue];
        const CueReach reach = SpecOf(passed.kind).reach;
        if (reach == CueReach::kEnd && passed.inside_end == kNowhere) CloseAt(passed.kind);
        if (reach == CueReach::kBackward) Open(passed, passed.span.start);
        if (reach == CueReach::kJoined) joined = &passed;
      }
      if (joined != nullptr && IsHyphen(mention->end, joined->span.start))
        Weaken(*mention, SpecOf(joined->kind).assertion);
      for (std::uint32_t rest = open_; rest != 0; rest &= rest - 1) CatchBackward(scopes_[LowestBit(rest)], *mention);
    }
  }

  void CatchBackward(OpenScope& scope, Candidate& mention) {
    ++steps_;
    const CueSpec& spec = SpecOf(scope.cue.kind);
    if (mention.start < scope.cue.inside_start || (ConceptOf(mention).facet_traits & spec.facets) == 0) return;
    const std::uint32_t facet = ConceptOf(mention).facet;
    if (spec.scope == CueScope::kList && scope.caught != 0) {
      if (mention.end <= scope.caught && !Coordinated(mention.end, scope.caught, facet == scope.caught_facet, false))
        return;
    } else if (spec.scope != CueScope::kRest) {
      if ((spec.comma_ends && CountIn(commas_, mention.end, scope.from) != 0) ||
          CountIn(words_, mention.end, scope.from) > spec.words) {
        Close(scope);
        return;
      }
      // "Improvement in sleep was not seen" speaks of the improvement.
      if (spec.scope == CueScope::kList && BehindPreposition(mention.start)) {
        scope.from = std::min(scope.from, mention.start);
        return;
      }
    }
    Weaken(mention, spec.assertion);
    if (scope.caught == 0 || mention.start < scope.caught) {
      scope.caught = mention.start;
      scope.caught_facet = facet;
    }
  }

  [[nodiscard]] bool BehindPreposition(std::uint32_t at) const {
    const auto word = std::lower_bound(words_.begin(), words_.end(), at);
    if (word == words_.begin() || at == 0) return false;
    const std::uint32_t start = *std::prev(word);
    if (at - start > 8) return false;
    std::string_view before(analysis_->text.buffer.data() + start, at - start);
    while (!before.empty() && before.back() == ' ') before.remove_suffix(1);
    constexpr std::string_view kPrepositions[] = {"in", "with", "on", "for", "to", "after", "by", "from", "during"};
    return std::any_of(std::begin(kPrepositions), std::end(kPrepositions),
                       [before](std::string_view p) { return EqualsIgnoringCase(before, p); });
  }

  /// Whether the words between two mentions only list them: ", severe ", " or ", "/". Mentions of different facets are
  /// listed only by "or": behind "and" a new statement may start. After a cue that opens the sentence a comma alone
  /// ends the list: "Compared with placebo, magnesium ...".
  [[nodiscard]] bool Coordinated(std::uint32_t from, std::uint32_t to, bool same_facet, bool opening) const {
    if (from >= to) return true;
    if (to - from > kMaxCoordinationBytes) return false;
    const std::string_view gap(analysis_->text.buffer.data() + from, to - from);
    bool separated = false, has_or = false, has_word = false;
    int others = 0;
    for (std::size_t i = 0; i < gap.size();) {
      const char c = gap[i];
      if (c == ';' || c == ':' || c == '.') return false;
      if (!IsWordByte(c)) {
        separated = separated || c == ',' || c == '/' || (c == '(' && same_facet);
        has_or = has_or || c == '/';
        ++i;
        continue;
      }
      std::size_t end = i;
      while (end < gap.size() && (IsWordByte(gap[end]) || gap[end] == '-')) ++end;
      const std::string_view word = gap.substr(i, end - i);
      const bool is_or = EqualsIgnoringCase(word, "or") || EqualsIgnoringCase(word, "nor");
      const bool is_and = EqualsIgnoringCase(word, "and");
      has_or = has_or || is_or;
      has_word = has_word || is_or || is_and;
      separated = separated || is_or || is_and;
      if (!is_or && !is_and && ++others > 2) return false;
      i = end;
    }
    return separated && (same_facet || has_or) && (has_word || !opening || gap.find(',') == std::string_view::npos);
  }

  const CompiledRules* rules_ = nullptr;
  Analysis* analysis_ = nullptr;
  const Sentence* sentence_ = nullptr;
  Candidate* mentions_ = nullptr;
  std::size_t mention_count_ = 0;
  std::vector<PlacedCue> cues_;
  std::vector<std::uint32_t> words_, commas_, breaks_;  ///< Ascending.
  std::vector<Candidate*> by_end_;
  std::array<OpenScope, kCueKindCount> scopes_;  ///< By CueKind.
  std::uint32_t open_ = 0;                       ///< A bit for each kind of cue whose scope is open.
  std::size_t steps_ = 0;
};

}  // namespace

std::size_t Assert(const CompiledRules& rules, Analysis& analysis) {
  thread_local Asserter asserter;
  return asserter.Run(rules, analysis);
}

}  // namespace litmill::tag
