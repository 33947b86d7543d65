// SPDX-License-Identifier: Apache-2.0
#include "parse/tagged_values.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/unicode.h"
#include "parse/record_parts.h"
#include "parse/tagged_lines.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

// Of one publication. Each new one is compared with all before it.
constexpr std::size_t kMaxIdentifiers = 100;

std::string Plain(ExportRecord& out, std::string_view text) { return out.Marked(text).text; }

/// "JB", "J.B.", "J.-B.": capitals only, four at most.
bool IsShortInitials(std::string_view word) {
  std::size_t capitals = 0;
  for (const char c : word) {
    if (IsUpper(c))
      ++capitals;
    else if (c != '.' && c != '-')
      return false;
  }
  return capitals >= 1 && capitals <= 4;
}

/// "Roe JB": at least one word before the initials.
bool IsNameWithInitials(std::string_view name) {
  const std::size_t space = name.rfind(' ');
  return space != std::string_view::npos && IsShortInitials(name.substr(space + 1));
}

bool IsSuffix(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kSuffixes = {"jr", "jr.", "sr",  "sr.", "ii",  "iii",
                                                                 "iv", "2nd", "3rd", "4th", "phd", "md"};
  const std::string lower = AsciiLower(text);
  return std::find(kSuffixes.begin(), kSuffixes.end(), lower) != kSuffixes.end();
}

/// Marks that indexers put behind a name: "[Inventor, Reprint Author]", "(jane@example.org)", "1,2", "*".
std::string_view WithoutMarks(std::string_view name) {
  name = TrimAscii(name);
  if (const std::size_t bracket = name.find(" ["); bracket != std::string_view::npos && name.ends_with(']'))
    name = name.substr(0, bracket);
  if (const std::size_t bracket = name.find(" ("); bracket != std::string_view::npos && name.ends_with(')') &&
                                                   name.substr(bracket).find('@') != std::string_view::npos)
    name = name.substr(0, bracket);
  while (!name.empty() && (IsDigit(name.back()) || name.back() == '*' || name.back() == '+')) {
    // "NCT04381559" is no name with a mark: marks stand behind a space, a comma or a point.
    std::size_t begin = name.size();
    while (begin > 0 &&
           (IsDigit(name[begin - 1]) || name[begin - 1] == ',' || name[begin - 1] == '*' || name[begin - 1] == '+'))
      --begin;
    if (begin == 0 || (name[begin - 1] != ' ' && name[begin] != ',' && name[begin] != '*')) break;
    name = TrimAscii(name.substr(0, begin));
  }
  return name;
}

/// Where a text holds several names: "Roe JB, van der Doe K".
std::vector<std::string> NamesWithInitials(std::string_view text) {
  std::vector<std::string> names = SplitList(text, ",");
  if (names.size() < 2 || !std::all_of(names.begin(), names.end(), IsNameWithInitials)) return {};
  return names;
}

/// "J.", "J.-B.", "Yu.V.", "JB": one letter or two before each point; without a point, capitals only.
bool IsInitials(std::string_view text) {
  if (text.find('.') == std::string_view::npos) return IsShortInitials(text);
  std::size_t letters = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto [value, size] = DecodeUtf8(text, at);
    const bool separates = value == '.' || value == '-' || value == ' ';
    letters = separates ? 0 : letters + 1;
    if (letters == 1 && value >= 'a' && value <= 'z') return false;
    if (letters > 2) return false;
    at += size;
  }
  return true;
}

/// "Roe, Jane B.", "Roe, J.B.", "van der Roe JB". Without a comma and without initials the whole is the last name.
Author PersonOfName(std::string_view name) {
  name = TrimAscii(name);
  Author person;
  const std::size_t comma = name.find(',');
  std::size_t cut = comma;
  if (comma == std::string_view::npos) {
    for (std::size_t end = name.size(); end > 0;) {
      const std::size_t space = name.rfind(' ', end - 1);
      if (space == std::string_view::npos || !IsInitials(name.substr(space + 1, end - space - 1))) break;
      cut = end = space;
    }
  }
  person.last_name = std::string(TrimAscii(name.substr(0, cut)));
  if (cut == std::string_view::npos) return person;
  const std::string_view given = TrimAscii(name.substr(cut + 1));
  (IsInitials(given) ? person.initials : person.fore_name) =
      IsInitials(given) ? BareInitials(given) : std::string(given);
  if (person.last_name.empty()) person.last_name = std::exchange(person.fore_name, {});
  return person;
}

std::string_view DigitsOf(std::string_view text, std::string_view marker, std::string_view lower) {
  const std::size_t at = lower.find(marker);
  return at == std::string_view::npos ? std::string_view() : LeadingDigits(text.substr(at + marker.size()));
}

}  // namespace

void SetOnce(ExportRecord& out, std::string& target, std::string_view tag, std::string value) {
  if (target.empty())
    target = std::move(value);
  else if (target != value)
    KeepOther(out.record, "repeated", tag, std::move(value));
}

void KeepOther(Record& record, std::string_view kind, std::string_view source, std::string value) {
  if (!value.empty()) record.other_names.push_back({std::string(kind), std::string(source), std::move(value)});
}

void AddIdentifierOf(ExportRecord& out, std::string_view scheme, std::string_view raw, std::string_view origin) {
  if (out.record.identifiers.size() < kMaxIdentifiers)
    out.AddIdentifier(scheme, raw, origin);
  else
    KeepOther(out.record, "repeated", origin, std::string(raw));
}

void AddDoi(ExportRecord& out, std::string_view text, std::string_view origin) {
  text = TrimAscii(text);
  if (text.empty()) return;
  const std::size_t begin = text.find("10.");
  // "doi: 10.1000/1" has a space that a DOI cannot have.
  if (begin != std::string_view::npos && begin > 0 && text[begin - 1] == ' ') text.remove_prefix(begin);
  AddIdentifierOf(out, "doi", text, origin);
}

Author PersonOfExport(ExportRecord& out, std::string_view text) {
  const std::string name = Plain(out, WithoutMarks(text));
  Author person;
  // EndNote's way to say that a name is a group's.
  if (name.size() > 1 && name.ends_with(',')) {
    person.collective_name = std::string(TrimAscii(std::string_view(name).substr(0, name.size() - 1)));
    return person;
  }
  const std::size_t first = name.find(',');
  const std::size_t second = first == std::string::npos ? first : name.find(',', first + 1);
  if (second == std::string::npos) return PersonOfName(name);
  const std::string_view middle = TrimAscii(std::string_view(name).substr(first + 1, second - first - 1));
  const std::string_view last = TrimAscii(std::string_view(name).substr(second + 1));
  const std::string family = name.substr(0, first);
  // RIS says "Family, Given, Suffix"; "Family, Suffix, Given" happens.
  const bool is_swapped = IsSuffix(middle);
  person = PersonOfName(family + ", " + std::string(is_swapped ? last : middle));
  person.suffix = std::string(is_swapped ? middle : last);
  return person;
}

void AddPeople(ExportRecord& out, PersonRole role, std::string_view text) {
  for (const std::string& part : SplitList(text, text.find('&') == std::string_view::npos ? ";" : "; ")) {
    std::vector<std::string> names = NamesWithInitials(part);
    if (names.empty()) names.push_back(part);
    for (const std::string& name : names) {
      Author person = PersonOfExport(out, name);
      person.role = role;
      if (!person.last_name.empty() || !person.collective_name.empty()) out.record.authors.push_back(std::move(person));
    }
  }
}

void SortByRole(Record& record) {
  std::stable_sort(record.authors.begin(), record.authors.end(),
                   [](const Author& a, const Author& b) { return a.role < b.role; });
}

std::string_view LeadingDigits(std::string_view text) {
  const std::size_t size = static_cast<std::size_t>(
      std::find_if_not(text.begin(), text.end(), [](char c) { return IsDigit(c); }) - text.begin());
  return text.substr(0, size);
}

std::string_view NamedPmid(std::string_view text) {
  text = TrimAscii(text);
  const std::string head = AsciiLower(text.substr(0, 6));
  if (head.starts_with("pubmed"))
    text.remove_prefix(6);
  else if (head.starts_with("pmid"))
    text.remove_prefix(4);
  else
    return {};
  if (AsciiLower(text.substr(0, 3)) == " id") text.remove_prefix(3);
  const std::size_t begin = text.find_first_not_of(" :-");
  if (begin == 0 || begin == std::string_view::npos) return {};
  text.remove_prefix(begin);
  const std::string_view digits = LeadingDigits(text);
  const std::string_view rest = text.substr(digits.size());
  const bool ends = rest.empty() || rest.front() == ' ' || rest.front() == ';' || rest.front() == ',' ||
                    rest.front() == '.' || rest.front() == '[';
  return ends && digits.size() <= 9 ? digits : std::string_view();
}

std::string_view PmidOfLink(std::string_view url) {
  const std::string lower = AsciiLower(url);
  for (const std::string_view marker :
       {"pubmed.ncbi.nlm.nih.gov/", "ncbi.nlm.nih.gov/pubmed/", "ncbi.nlm.nih.gov/m/pubmed/"})
    if (const std::string_view digits = DigitsOf(url, marker, lower); !digits.empty()) return digits;
  return {};
}

std::string_view PmcidOfLink(std::string_view url) {
  const std::string lower = AsciiLower(url);
  for (const std::string_view marker : {"ncbi.nlm.nih.gov/pmc/articles/pmc", "pmc.ncbi.nlm.nih.gov/articles/pmc"})
    if (const std::string_view digits = DigitsOf(url, marker, lower); !digits.empty())
      return {digits.data() - 3, digits.size() + 3};
  return {};
}

std::string_view QueryValue(std::string_view url, std::string_view parameter) {
  const std::string wanted = std::string(parameter) + "=";
  for (std::size_t at = url.find('?'); at != std::string_view::npos; at = url.find('&', at)) {
    ++at;
    if (!url.substr(at).starts_with(wanted)) continue;
    const std::string_view value = url.substr(at + wanted.size());
    return value.substr(0, value.find_first_of("& \t\r\n#"));
  }
  return {};
}

MeshHeading MeshHeadingOf(std::string_view text) {
  MeshHeading heading;
  for (const std::string& part : SplitList(text, "/")) {
    std::string_view name = part;
    const bool is_major = name.starts_with('*');
    if (is_major) name.remove_prefix(1);
    // Ovid: "tu [Therapeutic Use]".
    const std::size_t bracket = name.find(" [");
    if (bracket != std::string_view::npos && name.ends_with(']')) {
      if (!heading.name.empty())
        name = name.substr(bracket + 2, name.size() - bracket - 3);
      else
        name = name.substr(0, bracket);
    }
    if (heading.name.empty()) {
      heading.name = std::string(name);
      heading.descriptor_major = is_major;
    } else {
      heading.qualifiers.push_back({{}, std::string(name), is_major});
    }
  }
  return heading;
}

void AddCochraneKeyword(ExportRecord& out, std::string_view text) {
  text = TrimAscii(text);
  const bool is_major = text.starts_with('*');
  if (is_major) text.remove_prefix(1);
  const std::size_t bracket = text.find('[');
  if (bracket == std::string_view::npos || bracket == 0 || !text.ends_with(']')) {
    out.AddKeyword("COCHRANE", text, is_major);
    return;
  }
  MeshHeading heading;
  heading.name = std::string(TrimAscii(text.substr(0, bracket)));
  heading.descriptor_major = is_major;
  for (std::string& qualifier : SplitList(text.substr(bracket), "[")) {
    qualifier.resize(std::min(qualifier.size(), qualifier.find(']')));
    const bool major_qualifier = qualifier.starts_with('*');
    if (major_qualifier) qualifier.erase(0, 1);
    if (!qualifier.empty() && qualifier != "checkword") heading.qualifiers.push_back({{}, qualifier, major_qualifier});
  }
  out.record.mesh_headings.push_back(std::move(heading));
}

void AddTypeOf(ExportRecord& out, std::string_view name) {
  constexpr std::size_t kMaxTypes = 100;
  if (out.record.publication_types.size() < kMaxTypes)
    out.AddPublicationType(name);
  else
    KeepOther(out.record, "repeated", "publication type", std::string(name));
}

Chemical ChemicalOf(std::string_view text) {
  Chemical chemical;
  const std::size_t bracket = text.find(" (");
  if (bracket == std::string_view::npos || !text.ends_with(')')) {
    chemical.name = std::string(text);
    return chemical;
  }
  chemical.registry_number = std::string(text.substr(0, bracket));
  chemical.name = std::string(text.substr(bracket + 2, text.size() - bracket - 3));
  return chemical;
}

}  // namespace litmill::parse
