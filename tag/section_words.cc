// SPDX-License-Identifier: Apache-2.0
// The numbers are weights of a linear model (a structured perceptron, averaged) that was trained on 398 labelled
// structured abstracts, for the 170 words that tell sections apart best. British spellings and a few words that
// structured abstracts leave to their labels ("conclude") have the weights of their equals. The words of aims are set
// by hand: in structured abstracts many aims end the BACKGROUND, here they are objectives.
#include "tag/section_words.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "tag/word_table.h"

namespace litmill::tag {
namespace {

struct WordWeights {
  std::string_view word;
  RoleWeights weights;  ///< Background, objective, methods, results, conclusions.
};
// clang-format off
constexpr WordWeights kWords[] = {
    {"age", {1, 30, 12, -3, -39}},
    {"aim", {-40, 90, -30, -60, -50}},
    {"aimed", {-40, 90, -30, -60, -50}},
    {"aims", {-40, 90, -30, -60, -50}},
    {"all", {-35, -42, 20, 31, 25}},
    {"allocated", {-14, -5, 20, 0, 0}},
    {"alternative", {9, 9, -23, -4, 10}},
    {"although", {7, -2, -13, 8, -1}},
    {"analysed", {-21, -9, 40, -8, -2}},
    {"analysis", {-1, 27, 14, 17, -58}},
    {"analyzed", {-21, -9, 40, -8, -2}},
    {"appears", {34, -34, -6, -10, 16}},
    {"approach", {11, -6, -6, 2, -1}},
    {"are", {18, 4, -16, -27, 21}},
    {"asked", {7, -12, 18, -13, 0}},
    {"assess", {-13, 54, -8, -46, 14}},
    {"assessed", {31, 22, 43, -95, 0}},
    {"assessing", {-13, 54, -8, -46, 14}},
    {"assigned", {-14, -5, 20, 0, 0}},
    {"based", {-21, -5, 10, -22, 38}},
    {"baseline", {-4, -27, 11, 27, -8}},
    {"be", {27, -18, -46, 1, 36}},
    {"been", {10, 8, 17, -37, 2}},
    {"but", {10, 5, -6, -2, -7}},
    {"by", {-16, 4, 20, 4, -12}},
    {"calculated", {24, -5, 45, -54, -10}},
    {"can", {-7, 7, -14, -5, 19}},
    {"ci", {-12, 13, -24, 23, 0}},
    {"clinical", {7, 11, 1, -24, 5}},
    {"collected", {-21, -20, 47, -6, 0}},
    {"compare", {8, 37, -13, -33, 0}},
    {"conclude", {20, -15, -5, -7, 7}},
    {"concluded", {20, -15, -5, -7, 7}},
    {"conclusion", {20, -15, -5, -7, 7}},
    {"conclusions", {20, -15, -5, -7, 7}},
    {"conclusively", {20, -15, -5, -7, 7}},
    {"conducted", {-22, 4, 45, -28, 0}},
    {"confidence", {27, -38, 14, -3, 0}},
    {"consecutive", {-12, -17, 16, 14, 0}},
    {"could", {-10, 35, -52, -9, 35}},
    {"cross", {13, -35, 48, 0, -26}},
    {"data", {14, -21, -2, -13, 22}},
    {"decreased", {-6, 0, -30, 22, 14}},
    {"determine", {31, 28, -3, -58, 2}},
    {"determined", {38, -10, 25, -26, -27}},
    {"determining", {31, 28, -3, -58, 2}},
    {"did", {-43, 38, -2, 21, -14}},
    {"difference", {3, -4, 15, 11, -25}},
    {"differences", {34, 23, -44, -7, -5}},
    {"diseases", {56, -55, 10, -4, -6}},
    {"divided", {-10, 0, -6, -18, 34}},
    {"does", {-5, 4, -11, 5, 7}},
    {"each", {12, -39, 41, 5, -19}},
    {"effect", {16, 35, -29, -15, -6}},
    {"effective", {8, -17, -4, 11, 2}},
    {"efficacy", {1, 50, -17, -22, -12}},
    {"enrolled", {-14, -5, 20, 0, 0}},
    {"evaluate", {20, 14, -8, -26, 0}},
    {"evaluated", {22, 9, 20, -51, 0}},
    {"evaluating", {20, 14, -8, -26, 0}},
    {"even", {0, 0, 0, 4, -4}},
    {"examine", {-22, 47, -11, 14, -28}},
    {"examining", {-22, 47, -11, 14, -28}},
    {"explore", {-3, 37, -15, -13, -6}},
    {"extracted", {-21, -20, 47, -6, 0}},
    {"found", {-42, 24, -77, 57, 39}},
    {"from", {-28, 6, 12, 8, 2}},
    {"further", {21, -21, 27, -5, -22}},
    {"goal", {-40, 90, -30, -60, -50}},
    {"greater", {-27, 29, 7, 0, -8}},
    {"group", {3, 3, 30, -11, -25}},
    {"groups", {-25, 6, 26, 11, -18}},
    {"had", {-14, 6, -8, 18, -3}},
    {"has", {26, 15, -42, -28, 29}},
    {"have", {20, 5, -15, -9, -1}},
    {"higher", {44, -31, -37, 16, 9}},
    {"however", {10, -7, -57, 30, 23}},
    {"hypothesised", {-40, 90, -30, -60, -50}},
    {"hypothesized", {-40, 90, -30, -60, -50}},
    {"identify", {-34, 48, 11, -47, 21}},
    {"if", {27, 11, 17, -35, -21}},
    {"important", {32, -32, -13, -1, 14}},
    {"improve", {0, 8, -10, 4, -1}},
    {"included", {1, -19, 5, 13, 0}},
    {"increased", {2, 14, -52, -1, 37}},
    {"indicate", {7, -7, 3, -6, 3}},
    {"interval", {-5, -4, -12, 9, 11}},
    {"investigate", {0, 36, -15, -21, 0}},
    {"investigating", {0, 36, -15, -21, 0}},
    {"invited", {-37, -19, 38, 18, 0}},
    {"is", {17, -1, -38, -19, 41}},
    {"it", {25, 26, -18, -17, -16}},
    {"its", {-22, -6, -11, 25, 13}},
    {"likely", {-11, -2, -61, 27, 48}},
    {"may", {11, 13, -20, -44, 40}},
    {"mean", {24, -55, 1, 49, -19}},
    {"measured", {-29, 20, 50, -37, -4}},
    {"median", {-8, 0, -27, 50, -16}},
    {"might", {3, 8, -11, -20, 19}},
    {"months", {-19, 0, 39, -16, -4}},
    {"more", {-83, 54, -19, 24, 24}},
    {"most", {32, -47, -12, 14, 14}},
    {"necessary", {-26, 26, 0, -6, 6}},
    {"need", {-6, -13, 7, 12, -1}},
    {"needed", {5, 49, -46, -5, -3}},
    {"no", {7, -32, -6, 14, 17}},
    {"not", {-6, 1, -15, 8, 12}},
    {"objective", {-40, 90, -30, -60, -50}},
    {"objectives", {-40, 90, -30, -60, -50}},
    {"observed", {-7, 13, -68, 23, 38}},
    {"obtained", {-30, -29, 31, 30, -3}},
    {"odds", {0, 0, -13, 13, 0}},
    {"on", {14, 7, -11, -19, 9}},
    {"only", {7, -9, 21, 6, -25}},
    {"our", {-23, 8, -29, -30, 74}},
    {"overall", {0, -26, -4, 16, 15}},
    {"participants", {-20, 33, 28, 1, -42}},
    {"percent", {0, 0, -23, 22, 1}},
    {"performed", {-8, -4, 21, -13, 3}},
    {"prospective", {-17, -16, 56, -31, 8}},
    {"prospectively", {-51, 29, 25, -7, 4}},
    {"purpose", {-40, 90, -30, -60, -50}},
    {"questionnaire", {-40, 42, 24, -25, 0}},
    {"randomised", {-14, -5, 20, 0, 0}},
    {"randomized", {-14, -5, 20, 0, 0}},
    {"randomly", {-14, -5, 20, 0, 0}},
    {"range", {33, -32, 10, 27, -37}},
    {"ratio", {-5, -4, 6, 18, -14}},
    {"received", {-25, -23, 24, 24, 0}},
    {"recent", {11, -5, 0, -13, 8}},
    {"recorded", {62, -6, -11, -41, -4}},
    {"records", {3, -37, 44, -10, 0}},
    {"recruited", {-37, -19, 38, 18, 0}},
    {"reduce", {10, -10, 0, -5, 5}},
    {"regression", {9, -19, 29, 2, -21}},
    {"relationship", {13, -16, -22, 42, -16}},
    {"remains", {2, 32, -30, -24, 21}},
    {"respectively", {-15, 9, -22, 27, 0}},
    {"results", {27, 5, -5, -20, -7}},
    {"retrospective", {-46, -33, 79, -13, 13}},
    {"retrospectively", {8, -11, 28, -25, 0}},
    {"reviewed", {10, -36, 15, 11, 0}},
    {"risk", {-7, -4, -16, 10, 16}},
    {"role", {10, -14, -37, 31, 10}},
    {"safe", {-1, 10, -15, -26, 31}},
    {"scale", {-18, -4, 52, -18, -13}},
    {"score", {-5, 17, 1, -4, -9}},
    {"sd", {27, -26, 6, 3, -10}},
    {"searched", {-21, -20, 47, -6, 0}},
    {"sectional", {13, -35, 34, 3, -15}},
    {"seems", {-24, 24, 0, -16, 16}},
    {"should", {-26, 23, 15, -18, 5}},
    {"showed", {-3, 0, -55, 56, 2}},
    {"shown", {-20, 19, -2, -11, 13}},
    {"significant", {14, -19, -12, 16, 1}},
    {"significantly", {3, -13, -57, 30, 37}},
    {"similar", {-6, 10, -35, 49, -18}},
    {"some", {29, -21, -31, 30, -7}},
    {"sought", {-40, 90, -30, -60, -50}},
    {"statistically", {0, 0, 29, 6, -35}},
    {"studies", {9, -21, -6, 7, 10}},
    {"study", {-18, -3, -4, 5, 19}},
    {"suggest", {20, -15, -5, -7, 7}},
    {"suggests", {14, -12, -8, -3, 8}},
    {"survey", {-5, -15, 23, -3, 1}},
    {"than", {10, -21, -14, 4, 20}},
    {"that", {-4, 1, 1, 2, 0}},
    {"there", {-3, 20, -55, 20, 18}},
    {"therefore", {16, 16, -33, -1, 1}},
    {"this", {19, 11, -28, -7, 5}},
    {"those", {-26, 21, -14, 23, -3}},
    {"three", {-40, -17, 14, 27, 17}},
    {"to", {27, 8, -10, -18, -8}},
    {"total", {-9, -19, -8, 35, 1}},
    {"two", {8, 39, -12, -14, -20}},
    {"unclear", {17, 8, -21, 0, -3}},
    {"underwent", {-25, -23, 24, 24, 0}},
    {"used", {-3, 9, 56, -14, -48}},
    {"useful", {-16, 26, -8, -6, 4}},
    {"using", {-17, 3, 27, -10, -3}},
    {"versus", {-5, 6, -9, 18, -10}},
    {"vs", {27, -26, 6, 3, -10}},
    {"was", {-2, 23, 7, -4, -24}},
    {"we", {31, -6, -11, -36, 23}},
    {"weeks", {-22, 17, 37, -32, 0}},
    {"were", {-6, -43, 39, 30, -20}},
    {"when", {-13, 19, -27, 3, 18}},
    {"whether", {37, 23, -18, -42, 0}},
    {"will", {-32, 37, -7, -6, 8}},
    {"years", {8, 22, -9, 3, -23}},
};
constexpr RoleWeights kSigns[kSignCount] = {
    {-11, 0, 7, 49, -45},  // kPValue
    {10, -1, -42, 34, -2},  // kPercent
    {-31, -2, -4, 38, 0},  // kPlusMinus
    {-62, 100, -33, -6, 0},  // kToInfinitive
    {-44, 31, -12, -3, 28},  // kWe
    {21, 37, -12, -35, -11},  // kNoNumber
    {-13, -22, 19, 38, -21},  // kManyNumbers
    {44, 19, -19, -30, -14},  // kFirst
    {-14, -14, -10, -39, 77},  // kLast
    {30, 36, 27, -60, -33},  // fifth
    {4, -2, 44, 5, -52},  // fifth
    {5, -44, 26, 32, -19},  // fifth
    {-31, -40, -31, 38, 63},  // fifth
    {-44, -24, -16, 1, 83},  // fifth
};
/// From the role of a sentence (row) to that of the next.
constexpr RoleWeights kSteps[kInferredRoleCount] = {
    {65, 30, 28, -36, -44},
    {-45, 27, 35, -79, 2},
    {-59, -39, 107, 91, -40},
    {-31, -35, -77, 118, 81},
    {-11, -12, -24, -47, 59},
};
// clang-format on

/// Open addressing: nearly every word of a text is looked up, and nearly none is there.
constexpr std::size_t kSlots = 1024;
constexpr std::array<std::uint16_t, kSlots> kTable = [] {
  std::array<std::uint16_t, kSlots> table{};
  for (std::size_t i = 0; i < std::size(kWords); ++i) {
    std::size_t slot = WordHash(kWords[i].word) % kSlots;
    while (table[slot] != 0) slot = (slot + 1) % kSlots;
    table[slot] = static_cast<std::uint16_t>(i + 1);
  }
  return table;
}();

constexpr WordBeginnings kBeginnings = [] {
  WordBeginnings beginnings;
  for (const WordWeights& entry : kWords) beginnings.Add(entry.word);
  return beginnings;
}();

}  // namespace

std::size_t WordCount() { return std::size(kWords); }

const WordBeginnings& SectionWordBeginnings() { return kBeginnings; }

std::optional<std::size_t> FindSectionWord(std::string_view lower) {
  for (std::size_t slot = WordHash(lower) % kSlots; kTable[slot] != 0; slot = (slot + 1) % kSlots)
    if (kWords[kTable[slot] - 1U].word == lower) return kTable[slot] - 1U;
  return std::nullopt;
}

const RoleWeights& WeightsOfWord(std::size_t word) { return kWords[word].weights; }
const RoleWeights& WeightsOfSign(Sign sign) { return kSigns[static_cast<std::size_t>(sign)]; }
const RoleWeights& StepsFrom(std::size_t role) { return kSteps[role]; }

}  // namespace litmill::tag
