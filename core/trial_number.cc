// SPDX-License-Identifier: Apache-2.0
#include "core/trial_number.h"

#include <algorithm>

#include "core/unicode.h"

namespace litmill {
namespace {

constexpr std::size_t kLongestText = 60;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return c >= 'A' && c <= 'Z'; }
bool AreDigits(std::string_view text) { return std::all_of(text.begin(), text.end(), IsDigit); }

/// A prefix of its own and so many digits.
struct PlainForm {
  std::string_view prefix, registry;
  std::size_t least_digits, most_digits;
};

constexpr PlainForm kPlainForms[] = {
    {"NCT", "ClinicalTrials.gov", 8, 8},
    {"ISRCTN", "ISRCTN", 8, 8},
    {"ACTRN", "ANZCTR", 14, 14},
    {"DRKS", "DRKS", 8, 8},
    {"UMIN", "UMIN CTR", 9, 9},
    {"JRCTS", "jRCT", 9, 9},
    {"JRCT", "jRCT", 10, 10},
    {"JAPICCTI", "JapicCTI", 6, 6},
    {"KCT", "CRiS", 7, 7},
    {"TCTR", "TCTR", 11, 11},
    {"PACTR", "PACTR", 15, 16},
    {"RPCEC", "RPCEC", 8, 8},
    {"SLCTR", "SLCTR", 7, 7},
    {"CTRI", "CTRI", 12, 13},
    {"NTR", "NTR", 3, 5},
    {"NLOMON", "OMON", 4, 6},
};

/// With plain hyphens for all that print as one, and without the brackets around the whole.
std::string WithPlainMarks(std::string_view text) {
  text = TrimAscii(text);
  if (text.size() > 1 && text.front() == '(' && text.back() == ')') text = TrimAscii(text.substr(1, text.size() - 2));
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    // U+2010 to U+2015
    const bool is_hyphen = text.substr(i).starts_with("\xE2\x80") && i + 2 < text.size() &&
                           static_cast<unsigned char>(text[i + 2]) >= 0x90 &&
                           static_cast<unsigned char>(text[i + 2]) <= 0x95;
    plain += is_hyphen ? '-' : text[i];
    if (is_hyphen) i += 2;
  }
  return plain;
}

/// Capitals and digits of `text`; empty when anything else than the marks inside numbers stands in it.
std::string Folded(std::string_view text) {
  std::string folded;
  for (const char c : text) {
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (IsLetter(upper) || IsDigit(upper))
      folded += upper;
    else if (std::string_view(" -/:.").find(c) == std::string_view::npos)
      return {};
  }
  return folded;
}

/// "2004-000446-20", behind "EudraCT" or "EUCTR", before a country.
bool IsEudraCt(std::string_view text, std::string* folded) {
  constexpr std::string_view kForm = "9999-999999-99";
  const std::string_view named = TrimAscii(text);
  const std::size_t begin = named.find_first_of("0123456789");
  if (begin == std::string_view::npos || named.size() < begin + kForm.size()) return false;
  const std::string before = Folded(named.substr(0, begin)), behind = Folded(named.substr(begin + kForm.size()));
  if (before != "" && before != "EUDRACT" && before != "EUDRACTNUMBER" && before != "EUCTR") return false;
  if (behind.size() > 3 || std::any_of(behind.begin(), behind.end(), IsDigit)) return false;
  const std::string_view number = named.substr(begin, kForm.size());
  for (std::size_t i = 0; i < kForm.size(); ++i)
    if (kForm[i] == '-' ? number[i] != '-' : !IsDigit(number[i])) return false;
  *folded = "EUDRACT" + Folded(number);
  return true;
}

/// "CHICTR", perhaps a group of letters, and eight to ten digits.
bool IsChiCtr(std::string_view folded) {
  if (!folded.starts_with("CHICTR")) return false;
  folded.remove_prefix(6);
  std::size_t letters = 0;
  while (letters < folded.size() && IsLetter(folded[letters])) ++letters;
  const std::string_view digits = folded.substr(letters);
  return letters <= 5 && digits.size() >= 8 && digits.size() <= 10 && AreDigits(digits);
}

/// "IRCT", the trial's digits, "N", and which of its applicant's it is.
bool IsIrct(std::string_view folded) {
  if (!folded.starts_with("IRCT")) return false;
  folded.remove_prefix(4);
  const std::size_t n = folded.find('N');
  return n != std::string_view::npos && n >= 8 && n + 1 < folded.size() && AreDigits(folded.substr(0, n)) &&
         AreDigits(folded.substr(n + 1));
}

/// "RBR" and a word of letters and digits.
bool IsReBec(std::string_view folded) {
  if (!folded.starts_with("RBR") || folded.size() < 8 || folded.size() > 11) return false;
  return std::any_of(folded.begin() + 3, folded.end(), IsDigit);
}

}  // namespace

std::optional<TrialNumber> ReadTrialNumber(std::string_view raw) {
  if (raw.size() > kLongestText) return std::nullopt;
  const std::string text = WithPlainMarks(raw);
  std::string folded = Folded(text);
  if (folded.empty()) return std::nullopt;
  if (IsEudraCt(text, &folded)) return TrialNumber{"EudraCT", folded};
  if (folded.starts_with("JPRN")) folded.erase(0, 4);
  for (const PlainForm& form : kPlainForms) {
    if (!folded.starts_with(form.prefix)) continue;
    const std::string_view digits = std::string_view(folded).substr(form.prefix.size());
    if (digits.size() >= form.least_digits && digits.size() <= form.most_digits && AreDigits(digits))
      return TrialNumber{std::string(form.registry), folded};
  }
  if (IsChiCtr(folded)) return TrialNumber{"ChiCTR", folded};
  if (IsIrct(folded)) return TrialNumber{"IRCT", folded};
  if (IsReBec(folded)) return TrialNumber{"ReBec", folded};
  return std::nullopt;
}

}  // namespace litmill
