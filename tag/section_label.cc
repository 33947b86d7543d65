// SPDX-License-Identifier: Apache-2.0
#include "tag/section_label.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <vector>

#include "tag/byte_scan.h"

namespace litmill::tag {
namespace {

using Role = SectionRole;

/// Words of labels, without "s" at their end. Weak ones count only where no other word does.
struct LabelWord {
  std::string_view word;
  Role role;
  bool weak = false;
};
constexpr LabelWord kWords[] = {
    {"background", Role::kBackground},
    {"introduction", Role::kBackground},
    {"context", Role::kBackground},
    {"rationale", Role::kBackground},
    {"motivation", Role::kBackground},
    {"importance", Role::kBackground, true},
    {"problem", Role::kBackground, true},
    {"known", Role::kBackground},
    {"gap", Role::kBackground},
    {"ethnopharmacological", Role::kBackground},
    {"hintergrund", Role::kBackground},
    {"einleitung", Role::kBackground},
    {"antecedente", Role::kBackground},
    {"introducción", Role::kBackground},
    {"introducao", Role::kBackground},
    {"contexte", Role::kBackground},
    {"objective", Role::kObjective},
    {"aim", Role::kObjective},
    {"purpose", Role::kObjective},
    {"goal", Role::kObjective},
    {"hypothese", Role::kObjective},
    {"hypothesi", Role::kObjective},
    {"question", Role::kObjective},
    {"scope", Role::kObjective, true},
    {"objetivo", Role::kObjective},
    {"objectif", Role::kObjective},
    {"ziel", Role::kObjective},
    {"zielsetzung", Role::kObjective},
    {"fragestellung", Role::kObjective},
    {"method", Role::kMethods},
    {"methodology", Role::kMethods},
    {"material", Role::kMethods},
    {"design", Role::kMethods},
    {"setting", Role::kMethods},
    {"patient", Role::kMethods, true},
    {"participant", Role::kMethods},
    {"subject", Role::kMethods},
    {"population", Role::kMethods},
    {"sample", Role::kMethods},
    {"animal", Role::kMethods, true},
    {"intervention", Role::kMethods},
    {"exposure", Role::kMethods},
    {"treatment", Role::kMethods, true},
    {"therapy", Role::kMethods, true},
    {"procedure", Role::kMethods},
    {"technique", Role::kMethods},
    {"approach", Role::kMethods},
    {"measure", Role::kMethods},
    {"measurement", Role::kMethods},
    {"outcome", Role::kMethods, true},
    {"endpoint", Role::kMethods, true},
    {"case", Role::kMethods, true},
    {"diagnosi", Role::kMethods, true},
    {"diagnose", Role::kMethods, true},
    {"concern", Role::kMethods},
    {"data", Role::kMethods, true},
    {"source", Role::kMethods},
    {"search", Role::kMethods},
    {"selection", Role::kMethods},
    {"criteria", Role::kMethods},
    {"extraction", Role::kMethods},
    {"acquisition", Role::kMethods},
    {"collection", Role::kMethods},
    {"analysi", Role::kMethods},
    {"analyse", Role::kMethods},
    {"statistic", Role::kMethods, true},
    {"level", Role::kMethods, true},
    {"evidence", Role::kMethods, true},
    {"review", Role::kMethods, true},
    {"experiment", Role::kMethods, true},
    {"experimental", Role::kMethods, true},
    {"description", Role::kMethods, true},
    {"innovation", Role::kMethods, true},
    {"implementation", Role::kMethods},
    {"methoden", Role::kMethods},
    {"methode", Role::kMethods},
    {"método", Role::kMethods},
    {"metodo", Role::kMethods},
    {"méthode", Role::kMethods},
    {"material", Role::kMethods},
    {"result", Role::kResults},
    {"finding", Role::kResults},
    {"observation", Role::kResults},
    {"synthesi", Role::kResults},
    {"ergebnisse", Role::kResults},
    {"ergebni", Role::kResults},
    {"resultado", Role::kResults},
    {"résultat", Role::kResults},
    {"conclusion", Role::kConclusions},
    {"concluding", Role::kConclusions},
    {"discussion", Role::kConclusions},
    {"interpretation", Role::kConclusions},
    {"implication", Role::kConclusions},
    {"significance", Role::kConclusions, true},
    {"relevance", Role::kConclusions, true},
    {"recommendation", Role::kConclusions},
    {"summary", Role::kConclusions, true},
    {"comment", Role::kConclusions},
    {"lesson", Role::kConclusions},
    {"message", Role::kConclusions},
    {"point", Role::kConclusions, true},
    {"perspective", Role::kConclusions},
    {"outlook", Role::kConclusions},
    {"future", Role::kConclusions, true},
    {"impact", Role::kConclusions, true},
    {"application", Role::kConclusions, true},
    {"add", Role::kConclusions},
    {"translational", Role::kConclusions, true},
    {"new", Role::kConclusions, true},
    {"opinion", Role::kConclusions},
    {"schlussfolgerung", Role::kConclusions},
    {"schlussfolgerungen", Role::kConclusions},
    {"fazit", Role::kConclusions},
    {"conclusione", Role::kConclusions},
    {"conclusión", Role::kConclusions},
    {"conclusõe", Role::kConclusions},
    {"conclusao", Role::kConclusions},
    {"limitation", Role::kLimitations},
    {"strength", Role::kLimitations},
    {"caution", Role::kLimitations},
    {"weaknesse", Role::kLimitations},
};
/// Sections that are about the paper, not its subject: whatever else their labels say, they are no evidence.
constexpr std::string_view kAside[] = {"registration", "registry",      "funding", "sponsor",      "sponsorship",
                                       "availability", "supplementary", "keyword", "abbreviation", "disclosure",
                                       "copyright",    "registered",    "video",   "prospero",     "identifier"};
/// Words that labels have beside those that tell.
constexpr std::string_view kFillers[] = {
    "and",      "or",       "of",       "the",     "main",   "primary", "secondary", "study",    "research",
    "trial",    "in",       "for",      "this",    "a",      "an",      "key",       "clinical", "principal",
    "general",  "specific", "overall",  "current", "recent", "what",    "is",        "already",  "on",
    "topic",    "with",     "to",       "our",     "we",     "did",     "found",     "it",       "mean",
    "y",        "et",       "und",      "e",       "de",     "results", "major",     "outcome",  "statistical",
    "practice", "assessed", "measured", "used"};

bool IsAsciiUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsAsciiLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsLetter(char c) { return IsAsciiUpper(c) || IsAsciiLower(c) || (c & 0x80) != 0; }

/// The words of a label, lower case, without the "s" of a plural.
std::vector<std::string> WordsOf(std::string_view label) {
  std::vector<std::string> words;
  bool in_word = false;
  for (const char c : label) {
    if (IsLetter(c)) {
      if (!in_word) words.emplace_back();
      words.back() += IsAsciiUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    }
    in_word = IsLetter(c);
  }
  for (std::string& word : words)
    if (word.size() > 3 && word.back() == 's') word.pop_back();
  return words;
}

const LabelWord* FindWord(std::string_view word) {
  const auto* const found =
      std::find_if(std::begin(kWords), std::end(kWords), [word](const LabelWord& w) { return w.word == word; });
  return found == std::end(kWords) ? nullptr : found;
}

/// The later in an abstract, the larger; limitations only where nothing else tells.
int Rank(Role role) { return role == Role::kLimitations ? 0 : static_cast<int>(role); }

std::optional<Role> RoleOfWords(const std::vector<std::string>& words) {
  std::optional<Role> strong, weak;
  for (const std::string& word : words) {
    if (std::find(std::begin(kAside), std::end(kAside), word) != std::end(kAside)) return Role::kOther;
    const LabelWord* known = FindWord(word);
    if (known == nullptr) continue;
    std::optional<Role>& role = known->weak ? weak : strong;
    if (!role || Rank(known->role) > Rank(*role)) role = known->role;
  }
  return strong ? strong : weak;
}

bool IsFiller(std::string_view word) {
  return std::any_of(std::begin(kFillers), std::end(kFillers), [word](std::string_view f) { return f == word; });
}

/// For labels that nothing but their words sets apart from a sentence: all words must be words of labels.
std::optional<Role> StrictRole(std::string_view label) {
  const std::vector<std::string> words = WordsOf(label);
  if (words.empty() || words.size() > 7) return std::nullopt;
  const bool all_known = std::all_of(words.begin(), words.end(), [](const std::string& w) {
    return FindWord(w) != nullptr || IsFiller(w) ||
           std::find(std::begin(kAside), std::end(kAside), w) != std::end(kAside);
  });
  return all_known ? RoleOfWords(words) : std::nullopt;
}

/// Labels that are seen without any mark behind them, or glued to the next word.
constexpr std::string_view kBareLabels[] = {"BACKGROUND", "INTRODUCTION", "OBJECTIVES",  "OBJECTIVE",     "PURPOSE",
                                            "AIMS",       "AIM",          "METHODS",     "METHOD",        "RESULTS",
                                            "RESULT",     "CONCLUSIONS",  "CONCLUSION",  "DISCUSSION",    "FINDINGS",
                                            "DESIGN",     "SETTING",      "LIMITATIONS", "INTERPRETATION"};

bool StartsWithIgnoringCase(std::string_view text, std::string_view upper) {
  return text.size() >= upper.size() && std::equal(upper.begin(), upper.end(), text.begin(), [](char a, char b) {
           return a == (IsAsciiLower(b) ? static_cast<char>(b - 'a' + 'A') : b);
         });
}

/// "BackgroundThe" or "BACKGROUND The".
std::optional<InlineLabel> BareLabelAt(std::string_view sentence) {
  for (const std::string_view label : kBareLabels) {
    if (!StartsWithIgnoringCase(sentence, label) || sentence.size() < label.size() + 3) continue;
    const bool capitals = sentence.substr(0, label.size()) == label;
    const std::string_view rest = sentence.substr(label.size());
    const bool glued = !capitals && IsAsciiUpper(rest[0]) && (IsAsciiLower(rest[1]) || rest[1] == ' ');
    const bool apart = capitals && rest[0] == ' ' && IsAsciiUpper(rest[1]) && (IsAsciiLower(rest[2]) || rest[2] == ' ');
    if (glued || apart) return InlineLabel{*RoleOfLabel(label), label.size()};
  }
  return std::nullopt;
}

}  // namespace

std::optional<SectionRole> RoleOfLabel(std::string_view label) {
  std::vector<std::string> words = WordsOf(label.substr(0, 200));
  const auto has = [&words](std::string_view w) { return std::find(words.begin(), words.end(), w) != words.end(); };
  if (has("background") && has("data")) return Role::kBackground;  // "summary of background data"
  return RoleOfWords(words);
}

std::optional<InlineLabel> InlineLabelAt(std::string_view sentence) {
  constexpr std::size_t kMaxLabel = 70;
  if (sentence.empty() || !IsAsciiUpper(sentence.front())) return std::nullopt;
  const std::string_view window = sentence.substr(0, kMaxLabel);
  const std::size_t mark = FindByte(window, 0, [](char c) { return c == ':' || c == '.'; });
  if (mark < window.size() && (mark + 1 == sentence.size() || sentence[mark + 1] == ' ')) {
    if (const auto role = StrictRole(sentence.substr(0, mark))) return InlineLabel{*role, mark + 1};
  }
  return BareLabelAt(sentence);
}

}  // namespace litmill::tag
