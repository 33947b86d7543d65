// SPDX-License-Identifier: Apache-2.0
#include "search/fold.h"

#include <array>
#include <cstdint>
#include <unordered_map>

#include "core/unicode.h"

namespace litmill::search {
namespace {

using FoldTable = std::unordered_map<char32_t, std::string>;

constexpr std::array<std::string_view, 25> kGreek{
    "alpha", "beta",    "gamma", "delta", "epsilon", "zeta",  "eta", "theta",   "iota", "kappa", "lambda", "mu",   "nu",
    "xi",    "omicron", "pi",    "rho",   "sigma",   "sigma", "tau", "upsilon", "phi",  "chi",   "psi",    "omega"};

std::string Utf8(char32_t c) {
  std::string out;
  AppendUtf8(out, c);
  return out;
}

/// Adds what `base` and a combining mark compose to, with `folded` as its reading. Core's composition is the oracle, so
/// that the table is Unicode's own and need not be typed in.
void AddComposed(FoldTable& table, const std::string& base, const std::string& folded, char32_t mark,
                 std::vector<std::pair<std::string, std::string>>* composed_out) {
  const std::string composed = NormaliseNfc(base + Utf8(mark));
  const DecodedCodePoint point = DecodeUtf8(composed, 0);
  if (point.size != composed.size()) return;  // Did not compose to one character.
  table.emplace(point.value, folded);
  if (composed_out != nullptr) composed_out->emplace_back(composed, folded);
}

void AddAccented(FoldTable& table) {
  std::vector<std::pair<std::string, std::string>> bases;
  for (char c = 'a'; c <= 'z'; ++c) {
    bases.emplace_back(std::string(1, c), std::string(1, c));
    bases.emplace_back(std::string(1, static_cast<char>(c - 'a' + 'A')), std::string(1, c));
  }
  for (std::size_t i = 0; i < kGreek.size(); ++i) {
    bases.emplace_back(Utf8(static_cast<char32_t>(0x3B1 + i)), std::string(kGreek[i]));
    if (i != 17) bases.emplace_back(Utf8(static_cast<char32_t>(0x391 + i)), std::string(kGreek[i]));
  }
  for (const auto& [base, folded] : bases) {
    const DecodedCodePoint point = DecodeUtf8(base, 0);
    if (point.value >= 0x80) table.emplace(point.value, folded);
  }
  std::vector<std::pair<std::string, std::string>> composed;
  for (const auto& [base, folded] : bases)
    for (char32_t mark = 0x300; mark <= 0x345; ++mark) AddComposed(table, base, folded, mark, &composed);
  // Two marks on one letter, as in Vietnamese.
  for (const auto& [base, folded] : composed)
    for (const char32_t mark :
         {U'\x300', U'\x301', U'\x302', U'\x303', U'\x304', U'\x306', U'\x307', U'\x308', U'\x309', U'\x30C', U'\x323'})
      AddComposed(table, base, folded, mark, nullptr);
}

void AddOthers(FoldTable& table) {
  const std::array<std::pair<char32_t, std::string_view>, 40> single{{
      {0xAA, "a"},      {0xB2, "2"},     {0xB3, "3"},     {0xB5, "mu"},       {0xB9, "1"},    {0xBA, "o"},
      {0xC6, "ae"},     {0xD0, "d"},     {0xD8, "o"},     {0xDE, "th"},       {0xDF, "ss"},   {0xE6, "ae"},
      {0xF0, "d"},      {0xF8, "o"},     {0xFE, "th"},    {0x110, "d"},       {0x111, "d"},   {0x126, "h"},
      {0x127, "h"},     {0x131, "i"},    {0x141, "l"},    {0x142, "l"},       {0x152, "oe"},  {0x153, "oe"},
      {0x17F, "s"},     {0x1E9E, "ss"},  {0x2071, "i"},   {0x207F, "n"},      {0x212A, "k"},  {0x212B, "a"},
      {0x3D1, "theta"}, {0x3D5, "phi"},  {0x3D6, "pi"},   {0x3F5, "epsilon"}, {0xFB00, "ff"}, {0xFB01, "fi"},
      {0xFB02, "fl"},   {0xFB03, "ffi"}, {0xFB04, "ffl"}, {0x2126, "omega"},
  }};
  for (const auto& [point, folded] : single) table[point] = std::string(folded);
  for (char32_t i = 0; i < 10; ++i) {
    const std::string figure(1, static_cast<char>('0' + i));
    if (i == 0 || i >= 4) table[0x2070 + i] = figure;
    table[0x2080 + i] = figure;
    table[0xFF10 + i] = figure;
  }
  for (char32_t i = 0; i < 26; ++i) {
    const std::string letter(1, static_cast<char>('a' + i));
    table[0xFF21 + i] = letter;
    table[0xFF41 + i] = letter;
  }
  for (char32_t c = 0x410; c <= 0x42F; ++c) table[c] = Utf8(c + 0x20);  // Cyrillic capitals.
  for (char32_t c = 0x400; c <= 0x40F; ++c) table[c] = Utf8(c + 0x50);
}

const FoldTable& Table() {
  static const FoldTable* const table = [] {
    auto* built = new FoldTable;
    AddAccented(*built);
    AddOthers(*built);
    return built;
  }();
  return *table;
}

bool IsDropped(char32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF || (c >= 0x300 && c <= 0x36F) ||
         (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE00 && c <= 0xFE0F);
}

/// Signs that are neither letters nor figures. Blocks of punctuation, symbols and spaces; what is in none is a letter.
bool IsSeparator(char32_t c) {
  return (c >= 0x80 && c <= 0xBF) || c == 0xD7 || c == 0xF7 || (c >= 0x2B0 && c <= 0x2FF) || c == 0x37E || c == 0x387 ||
         (c >= 0x2000 && c <= 0x206F) || (c >= 0x207A && c <= 0x207E) || (c >= 0x208A && c <= 0x208E) ||
         (c >= 0x20A0 && c <= 0x20CF) || (c >= 0x2100 && c <= 0x2BFF) || (c >= 0x2E00 && c <= 0x2E7F) ||
         (c >= 0x3000 && c <= 0x303F) || (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xFF00 && c <= 0xFFFF);
}

class Folder {
 public:
  std::vector<std::string> Run(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if (byte < 0x80) {
        Ascii(text[i]);
        ++i;
        continue;
      }
      const DecodedCodePoint point = DecodeUtf8(text, i);
      Other(point.value, text.substr(i, point.size));
      i += point.size;
    }
    EndWord();
    return std::move(words_);
  }

 private:
  void Ascii(char c) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      word_.push_back(c);
    } else if (c >= 'A' && c <= 'Z') {
      word_.push_back(static_cast<char>(c - 'A' + 'a'));
    } else {
      EndWord();
    }
  }

  void Other(char32_t c, std::string_view bytes) {
    if (IsDropped(c)) return;
    const auto found = Table().find(c);
    if (found != Table().end()) {
      word_ += found->second;
    } else if (IsSeparator(c)) {
      EndWord();
    } else {
      word_.append(bytes);
    }
  }

  void EndWord() {
    if (!word_.empty()) words_.push_back(std::move(word_));
    word_.clear();
  }

  std::vector<std::string> words_;
  std::string word_;
};

}  // namespace

std::vector<std::string> FoldWords(std::string_view text) { return Folder().Run(text); }

std::string FoldKey(std::string_view text) {
  std::string key;
  for (const std::string& word : FoldWords(text)) {
    if (!key.empty()) key.push_back(' ');
    key += word;
  }
  return key;
}

std::string FoldName(std::string_view name) {
  std::string plain;
  for (std::size_t i = 0; i < name.size();) {
    const DecodedCodePoint point = DecodeUtf8(name, i);
    const char32_t c = point.value;
    const bool apostrophe = c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x2BC || c == 0x2032 || c == 0xB4;
    if (!apostrophe) plain.append(name.substr(i, point.size));
    i += point.size;
  }
  return FoldKey(plain);
}

}  // namespace litmill::search
