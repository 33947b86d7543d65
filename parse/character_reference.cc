// SPDX-License-Identifier: Apache-2.0
#include "parse/character_reference.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include "core/unicode.h"

namespace litmill::parse {
namespace {

struct Named {
  std::string_view name;
  char32_t value;
};

// Sorted by name.
constexpr std::array kNamed = {
    Named{"AElig", 0xC6},    Named{"Aacute", 0xC1},   Named{"Acirc", 0xC2},   Named{"Agrave", 0xC0},
    Named{"Alpha", 0x391},   Named{"Aring", 0xC5},    Named{"Atilde", 0xC3},  Named{"Auml", 0xC4},
    Named{"Beta", 0x392},    Named{"Ccedil", 0xC7},   Named{"Delta", 0x394},  Named{"Eacute", 0xC9},
    Named{"Ecirc", 0xCA},    Named{"Egrave", 0xC8},   Named{"Euml", 0xCB},    Named{"Gamma", 0x393},
    Named{"Iacute", 0xCD},   Named{"Icirc", 0xCE},    Named{"Kappa", 0x39A},  Named{"Lambda", 0x39B},
    Named{"Ntilde", 0xD1},   Named{"Oacute", 0xD3},   Named{"Ocirc", 0xD4},   Named{"Omega", 0x3A9},
    Named{"Oslash", 0xD8},   Named{"Otilde", 0xD5},   Named{"Ouml", 0xD6},    Named{"Phi", 0x3A6},
    Named{"Pi", 0x3A0},      Named{"Prime", 0x2033},  Named{"Psi", 0x3A8},    Named{"Scaron", 0x160},
    Named{"Sigma", 0x3A3},   Named{"Theta", 0x398},   Named{"Uacute", 0xDA},  Named{"Ucirc", 0xDB},
    Named{"Uuml", 0xDC},     Named{"aacute", 0xE1},   Named{"acirc", 0xE2},   Named{"aelig", 0xE6},
    Named{"agrave", 0xE0},   Named{"alpha", 0x3B1},   Named{"amp", 0x26},     Named{"apos", 0x27},
    Named{"aring", 0xE5},    Named{"asymp", 0x2248},  Named{"atilde", 0xE3},  Named{"auml", 0xE4},
    Named{"bdquo", 0x201E},  Named{"beta", 0x3B2},    Named{"bull", 0x2022},  Named{"ccedil", 0xE7},
    Named{"chi", 0x3C7},     Named{"copy", 0xA9},     Named{"darr", 0x2193},  Named{"deg", 0xB0},
    Named{"delta", 0x3B4},   Named{"divide", 0xF7},   Named{"eacute", 0xE9},  Named{"ecirc", 0xEA},
    Named{"egrave", 0xE8},   Named{"emsp", 0x2003},   Named{"ensp", 0x2002},  Named{"epsilon", 0x3B5},
    Named{"equiv", 0x2261},  Named{"eta", 0x3B7},     Named{"euml", 0xEB},    Named{"euro", 0x20AC},
    Named{"frac12", 0xBD},   Named{"frac14", 0xBC},   Named{"frac34", 0xBE},  Named{"gamma", 0x3B3},
    Named{"ge", 0x2265},     Named{"gt", 0x3E},       Named{"harr", 0x2194},  Named{"hellip", 0x2026},
    Named{"iacute", 0xED},   Named{"icirc", 0xEE},    Named{"iexcl", 0xA1},   Named{"igrave", 0xEC},
    Named{"infin", 0x221E},  Named{"int", 0x222B},    Named{"iota", 0x3B9},   Named{"iquest", 0xBF},
    Named{"iuml", 0xEF},     Named{"kappa", 0x3BA},   Named{"lambda", 0x3BB}, Named{"laquo", 0xAB},
    Named{"larr", 0x2190},   Named{"ldquo", 0x201C},  Named{"le", 0x2264},    Named{"lsquo", 0x2018},
    Named{"lt", 0x3C},       Named{"mdash", 0x2014},  Named{"micro", 0xB5},   Named{"middot", 0xB7},
    Named{"minus", 0x2212},  Named{"mu", 0x3BC},      Named{"nbsp", 0xA0},    Named{"ndash", 0x2013},
    Named{"ne", 0x2260},     Named{"ntilde", 0xF1},   Named{"nu", 0x3BD},     Named{"oacute", 0xF3},
    Named{"ocirc", 0xF4},    Named{"ograve", 0xF2},   Named{"omega", 0x3C9},  Named{"omicron", 0x3BF},
    Named{"oslash", 0xF8},   Named{"otilde", 0xF5},   Named{"ouml", 0xF6},    Named{"para", 0xB6},
    Named{"part", 0x2202},   Named{"phi", 0x3C6},     Named{"pi", 0x3C0},     Named{"plusmn", 0xB1},
    Named{"pound", 0xA3},    Named{"prime", 0x2032},  Named{"prod", 0x220F},  Named{"psi", 0x3C8},
    Named{"quot", 0x22},     Named{"radic", 0x221A},  Named{"raquo", 0xBB},   Named{"rarr", 0x2192},
    Named{"rdquo", 0x201D},  Named{"reg", 0xAE},      Named{"rho", 0x3C1},    Named{"rsquo", 0x2019},
    Named{"sbquo", 0x201A},  Named{"scaron", 0x161},  Named{"sect", 0xA7},    Named{"shy", 0xAD},
    Named{"sigma", 0x3C3},   Named{"sigmaf", 0x3C2},  Named{"sum", 0x2211},   Named{"sup1", 0xB9},
    Named{"sup2", 0xB2},     Named{"sup3", 0xB3},     Named{"szlig", 0xDF},   Named{"tau", 0x3C4},
    Named{"theta", 0x3B8},   Named{"thinsp", 0x2009}, Named{"times", 0xD7},   Named{"trade", 0x2122},
    Named{"uacute", 0xFA},   Named{"uarr", 0x2191},   Named{"ucirc", 0xFB},   Named{"ugrave", 0xF9},
    Named{"upsilon", 0x3C5}, Named{"uuml", 0xFC},     Named{"xi", 0x3BE},     Named{"yacute", 0xFD},
    Named{"yen", 0xA5},      Named{"yuml", 0xFF},     Named{"zeta", 0x3B6},   Named{"zwj", 0x200D},
    Named{"zwnj", 0x200C},
};

constexpr std::size_t kLongest = 12;  // "#x0010FFFF" and a little.
constexpr int kPasses = 3;            // Escaped once by the service, once by the publisher, once by the author.

std::optional<char32_t> Numbered(std::string_view digits) {
  int base = 10;
  if (!digits.empty() && (digits.front() == 'x' || digits.front() == 'X')) {
    base = 16;
    digits.remove_prefix(1);
  }
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  const bool is_character = value == '\t' || value == '\n' || value == '\r' || (value >= 0x20 && value < 0xD800) ||
                            (value > 0xDFFF && value <= 0x10FFFF);
  return is_character ? std::optional<char32_t>(value) : std::nullopt;
}

std::optional<char32_t> Referred(std::string_view name) {
  if (!name.empty() && name.front() == '#') return Numbered(name.substr(1));
  const auto found = std::lower_bound(kNamed.begin(), kNamed.end(), name,
                                      [](const Named& n, std::string_view wanted) { return n.name < wanted; });
  if (found == kNamed.end() || found->name != name) return std::nullopt;
  return found->value;
}

std::string DecodeOnce(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t ampersand = std::min(text.find('&', at), text.size());
    out += text.substr(at, ampersand - at);
    if (ampersand == text.size()) break;
    const std::size_t length = text.substr(ampersand + 1, kLongest).find(';');
    const auto value = length == std::string_view::npos ? std::nullopt : Referred(text.substr(ampersand + 1, length));
    if (value) {
      AppendUtf8(out, *value);
      at = ampersand + length + 2;
    } else {
      out += '&';
      at = ampersand + 1;
    }
  }
  return out;
}

}  // namespace

std::string DecodeReferences(std::string_view text) {
  std::string out(text);
  for (int pass = 0; pass < kPasses && out.find('&') != std::string::npos; ++pass) {
    std::string decoded = DecodeOnce(out);
    if (decoded == out) break;
    out = std::move(decoded);
  }
  return out;
}

}  // namespace litmill::parse
