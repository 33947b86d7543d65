// SPDX-License-Identifier: Apache-2.0
#include "parse/language_code.h"

#include <algorithm>
#include <array>

#include "core/unicode.h"

namespace litmill::parse {
namespace {

struct Language {
  std::string_view two, bibliographic, terminological, name;
};

constexpr std::array kLanguages = {
    Language{"en", "eng", "eng", "english"},    Language{"de", "ger", "deu", "german"},
    Language{"fr", "fre", "fra", "french"},     Language{"es", "spa", "spa", "spanish"},
    Language{"it", "ita", "ita", "italian"},    Language{"pt", "por", "por", "portuguese"},
    Language{"nl", "dut", "nld", "dutch"},      Language{"da", "dan", "dan", "danish"},
    Language{"sv", "swe", "swe", "swedish"},    Language{"no", "nor", "nor", "norwegian"},
    Language{"nb", "nob", "nob", "bokmal"},     Language{"nn", "nno", "nno", "nynorsk"},
    Language{"fi", "fin", "fin", "finnish"},    Language{"is", "ice", "isl", "icelandic"},
    Language{"pl", "pol", "pol", "polish"},     Language{"cs", "cze", "ces", "czech"},
    Language{"sk", "slo", "slk", "slovak"},     Language{"hu", "hun", "hun", "hungarian"},
    Language{"ro", "rum", "ron", "romanian"},   Language{"bg", "bul", "bul", "bulgarian"},
    Language{"ru", "rus", "rus", "russian"},    Language{"uk", "ukr", "ukr", "ukrainian"},
    Language{"be", "bel", "bel", "belarusian"}, Language{"sr", "srp", "srp", "serbian"},
    Language{"hr", "hrv", "hrv", "croatian"},   Language{"bs", "bos", "bos", "bosnian"},
    Language{"sl", "slv", "slv", "slovenian"},  Language{"mk", "mac", "mkd", "macedonian"},
    Language{"sq", "alb", "sqi", "albanian"},   Language{"el", "gre", "ell", "greek"},
    Language{"tr", "tur", "tur", "turkish"},    Language{"ar", "ara", "ara", "arabic"},
    Language{"fa", "per", "fas", "persian"},    Language{"he", "heb", "heb", "hebrew"},
    Language{"hi", "hin", "hin", "hindi"},      Language{"ur", "urd", "urd", "urdu"},
    Language{"bn", "ben", "ben", "bengali"},    Language{"ta", "tam", "tam", "tamil"},
    Language{"zh", "chi", "zho", "chinese"},    Language{"ja", "jpn", "jpn", "japanese"},
    Language{"ko", "kor", "kor", "korean"},     Language{"vi", "vie", "vie", "vietnamese"},
    Language{"th", "tha", "tha", "thai"},       Language{"id", "ind", "ind", "indonesian"},
    Language{"ms", "may", "msa", "malay"},      Language{"ca", "cat", "cat", "catalan"},
    Language{"gl", "glg", "glg", "galician"},   Language{"eu", "baq", "eus", "basque"},
    Language{"cy", "wel", "cym", "welsh"},      Language{"ga", "gle", "gle", "irish"},
    Language{"et", "est", "est", "estonian"},   Language{"lv", "lav", "lav", "latvian"},
    Language{"lt", "lit", "lit", "lithuanian"}, Language{"ka", "geo", "kat", "georgian"},
    Language{"hy", "arm", "hye", "armenian"},   Language{"az", "aze", "aze", "azerbaijani"},
    Language{"kk", "kaz", "kaz", "kazakh"},     Language{"uz", "uzb", "uzb", "uzbek"},
    Language{"mn", "mon", "mon", "mongolian"},  Language{"af", "afr", "afr", "afrikaans"},
    Language{"sw", "swa", "swa", "swahili"},    Language{"la", "lat", "lat", "latin"},
    Language{"eo", "epo", "epo", "esperanto"},  Language{"mt", "mlt", "mlt", "maltese"},
};

// Codes that say "several" or "unknown" are codes all the same.
constexpr std::array<std::string_view, 4> kSpecial = {"und", "mul", "zxx", "mis"};

}  // namespace

std::optional<std::string> LanguageCode(std::string_view language) {
  const std::string lower = AsciiLower(TrimAscii(language));
  // "en-US", "en_GB": the region says nothing about the language.
  const std::string_view code = std::string_view(lower).substr(0, lower.find_first_of("-_"));
  const auto found = std::find_if(kLanguages.begin(), kLanguages.end(), [&](const Language& l) {
    return code == l.two || code == l.bibliographic || code == l.terminological || lower == l.name;
  });
  if (found != kLanguages.end()) return std::string(found->bibliographic);
  if (std::find(kSpecial.begin(), kSpecial.end(), code) != kSpecial.end()) return std::string(code);
  return std::nullopt;
}

}  // namespace litmill::parse
