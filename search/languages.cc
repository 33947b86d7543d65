// SPDX-License-Identifier: Apache-2.0
#include "search/languages.h"

#include <array>

#include "core/unicode.h"

namespace litmill::search {
namespace {

struct Language {
  std::string_view code, name;
};

// MEDLINE's language codes: those of ISO 639-2/B.
constexpr std::array kLanguages{
    Language{"afr", "afrikaans"},    Language{"alb", "albanian"},
    Language{"ara", "arabic"},       Language{"arm", "armenian"},
    Language{"aze", "azerbaijani"},  Language{"bos", "bosnian"},
    Language{"bul", "bulgarian"},    Language{"cat", "catalan"},
    Language{"chi", "chinese"},      Language{"cze", "czech"},
    Language{"dan", "danish"},       Language{"dut", "dutch"},
    Language{"eng", "english"},      Language{"epo", "esperanto"},
    Language{"est", "estonian"},     Language{"fin", "finnish"},
    Language{"fre", "french"},       Language{"geo", "georgian"},
    Language{"ger", "german"},       Language{"gla", "scottish gaelic"},
    Language{"gre", "greek"},        Language{"heb", "hebrew"},
    Language{"hin", "hindi"},        Language{"hrv", "croatian"},
    Language{"hun", "hungarian"},    Language{"ice", "icelandic"},
    Language{"ind", "indonesian"},   Language{"ita", "italian"},
    Language{"jpn", "japanese"},     Language{"kin", "kinyarwanda"},
    Language{"kor", "korean"},       Language{"lat", "latin"},
    Language{"lav", "latvian"},      Language{"lit", "lithuanian"},
    Language{"mac", "macedonian"},   Language{"mal", "malayalam"},
    Language{"may", "malay"},        Language{"nor", "norwegian"},
    Language{"per", "persian"},      Language{"pol", "polish"},
    Language{"por", "portuguese"},   Language{"pus", "pushto"},
    Language{"rum", "romanian"},     Language{"rus", "russian"},
    Language{"san", "sanskrit"},     Language{"slo", "slovak"},
    Language{"slv", "slovenian"},    Language{"spa", "spanish"},
    Language{"srp", "serbian"},      Language{"swe", "swedish"},
    Language{"tha", "thai"},         Language{"tur", "turkish"},
    Language{"ukr", "ukrainian"},    Language{"urd", "urdu"},
    Language{"vie", "vietnamese"},   Language{"wel", "welsh"},
    Language{"und", "undetermined"}, Language{"mul", "multiple languages"},
};

const Language* Find(std::string_view lower) {
  for (const Language& language : kLanguages)
    if (language.code == lower || language.name == lower) return &language;
  return nullptr;
}

}  // namespace

std::string LanguageCode(std::string_view language) {
  std::string lower = AsciiLower(TrimAscii(language));
  const Language* known = Find(lower);
  return known == nullptr ? lower : std::string(known->code);
}

std::string LanguageName(std::string_view language) {
  std::string lower = AsciiLower(TrimAscii(language));
  const Language* known = Find(lower);
  return known == nullptr ? lower : std::string(known->name);
}

}  // namespace litmill::search
