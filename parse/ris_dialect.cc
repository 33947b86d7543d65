// SPDX-License-Identifier: Apache-2.0
#include "parse/ris_dialect.h"

#include <algorithm>
#include <utility>

#include "core/unicode.h"
#include "parse/database_names.h"
#include "parse/record_parts.h"
#include "parse/tagged_values.h"

namespace litmill::parse {
namespace {

// The pseudo field under which the reader keeps Ovid's line of links behind a record.
constexpr std::string_view kOvidLinks = "OVID";

// EBSCO's short names of its databases, in DB or in addresses.
constexpr std::pair<std::string_view, std::string_view> kEbscoCodes[] = {
    {"aph", "Academic Search Premier"},
    {"a9h", "Academic Search Complete"},
    {"asn", "Academic Search Ultimate"},
    {"bth", "Business Source Complete"},
    {"ccm", "CINAHL"},
    {"c8h", "CINAHL"},
    {"cin20", "CINAHL"},
    {"rzh", "CINAHL"},
    {"cmedm", "MEDLINE"},
    {"mdc", "MEDLINE"},
    {"mnh", "MEDLINE"},
    {"eric", "ERIC"},
    {"psyh", "PsycINFO"},
    {"s3h", "SPORTDiscus"},
    {"sih", "SocINDEX"},
};

// How Ovid's names of its databases in addresses begin.
constexpr std::pair<std::string_view, std::string_view> kOvidCodes[] = {
    {"med", "Ovid MEDLINE"},   {"ppez", "Ovid MEDLINE"},     {"prem", "Ovid MEDLINE"}, {"pmnm", "Ovid MEDLINE"},
    {"mesz", "Ovid MEDLINE"},  {"emed", "Embase"},           {"emez", "Embase"},       {"emex", "Embase"},
    {"oemez", "Embase"},       {"cctr", "Cochrane CENTRAL"}, {"psyc", "PsycINFO"},     {"psyh", "PsycINFO"},
    {"caba", "CAB Abstracts"}, {"cagh", "Global Health"},    {"amed", "AMED"},         {"hmic", "HMIC"},
    {"biop", "BIOSIS"},        {"bios", "BIOSIS"},
};

bool AllDigits(std::string_view text) { return !text.empty() && LeadingDigits(text).size() == text.size(); }

bool Contains(std::string_view text, std::string_view part) { return AsciiLower(text).find(part) != std::string::npos; }

/// Asked many times of one record, so read once.
struct Marks {
  explicit Marks(const TaggedRecord& record)
      : db(record.First("DB")),
        dp(record.First("DP")),
        an(record.First("AN")),
        id(record.First("ID")),
        ui(record.First("UI")),
        u2(record.First("U2")),
        ovid(record.First(kOvidLinks)) {
    constexpr int kMaxLinks = 20;
    int seen = 0;
    for (const TaggedField& field : record.fields) {
      if (field.tag == "DB" && field.Value() != db) more_db += (more_db.empty() ? "" : "; ") + field.Value();
      if ((field.tag == "UR" || field.tag == "L2") && seen++ < kMaxLinks) links += field.Value() + "\n";
    }
  }
  std::string db, more_db, dp, an, id, ui, u2, ovid, links;
};

std::string LinkWith(const Marks& marks, std::string_view part) {
  for (const std::string& link : SplitList(marks.links + marks.ovid, "\n"))
    if (Contains(link, part)) return link;
  return {};
}

RisDialect DialectOf(const Marks& m) {
  if (m.an.starts_with("WOS:") || Contains(m.db, "web of science")) return RisDialect::kWos;
  if (Contains(m.dp, "ovid") || m.db.starts_with("Ovid") || !LinkWith(m, "ovidsp.ovid.com").empty() ||
      (m.db.find(" <") != std::string::npos && m.db.ends_with('>')))
    return RisDialect::kOvid;
  if (AsciiLower(m.db) == "scopus" || !LinkWith(m, "scopus.com/").empty()) return RisDialect::kScopus;
  const bool has_lui = m.u2.size() > 6 && m.u2.front() == 'L' && AllDigits(std::string_view(m.u2).substr(1));
  if (has_lui || Contains(m.db, "embase") || !LinkWith(m, "embase.com/").empty()) return RisDialect::kEmbase;
  if (Contains(m.dp, "ebsco") || !LinkWith(m, "ebscohost.com").empty()) return RisDialect::kEbsco;
  if (Contains(m.db, "proquest") || Contains(m.dp, "proquest") || !LinkWith(m, "proquest.com/").empty())
    return RisDialect::kProquest;
  if (m.an.starts_with("CN-") || m.id.starts_with("CN-") || Contains(m.db, "cochrane")) return RisDialect::kCochrane;
  return RisDialect::kOther;
}

std::string NameOfCode(std::string_view code) {
  for (const auto& [known, name] : kEbscoCodes)
    if (AsciiLower(code) == known) return std::string(name);
  return std::string(code);
}

void SetAccession(RisOrigin& origin, std::string value, std::string_view tag) {
  if (!origin.accession.empty() || value.empty()) return;
  origin.accession = std::move(value);
  origin.accession_tag = tag;
}

void SetPmid(RisOrigin& origin, std::string_view digits, std::string_view tag) {
  if (!origin.pmid.empty() || !AllDigits(digits)) return;
  origin.pmid = std::string(digits);
  origin.pmid_tag = tag;
}

void ReadOvid(const Marks& m, RisOrigin& origin) {
  std::string number_in_link;
  if (const std::string link = LinkWith(m, "ovidsp.ovid.com"); !link.empty()) {
    const std::string_view code = QueryValue(link, "D");
    for (const auto& [prefix, name] : kOvidCodes)
      if (origin.database.empty() && AsciiLower(code).starts_with(prefix)) origin.database = std::string(name);
    number_in_link = std::string(QueryValue(link, "AN"));
    // Another line follows without a break: "...AN=20203152553Link to the External Link Resolver".
    if (const std::size_t glued = number_in_link.find("Link"); glued != std::string::npos) number_in_link.resize(glued);
  }
  if (!number_in_link.empty() && number_in_link == m.id) SetAccession(origin, m.id, "ID");
  SetAccession(origin, m.an, "AN");
  SetAccession(origin, m.ui, "UI");
  SetAccession(origin, m.id, "ID");
  if (DatabaseName(origin.database) == "medline") SetPmid(origin, origin.accession, origin.accession_tag);
}

void ReadEmbase(const Marks& m, const TaggedRecord& record, RisOrigin& origin) {
  // The platform holds MEDLINE's records too ("DB  - Medline"), under numbers of its own.
  origin.database = "Embase";
  if (m.u2.starts_with('L')) SetAccession(origin, m.u2, "U2");
  if (m.an.starts_with('L')) SetAccession(origin, m.an, "AN");
  SetAccession(origin, std::string(QueryValue(LinkWith(m, "embase.com/"), "id")), "UR");
  SetPmid(origin, record.First("C5"), "C5");
}

void ReadOther(const Marks& m, RisOrigin& origin) {
  if (m.an.starts_with("pub.") && origin.database.empty()) origin.database = "Dimensions";
  if (const std::string link = LinkWith(m, "https://lens.org/"); !link.empty() && origin.database.empty()) {
    origin.database = "Lens.org";
    SetAccession(origin, std::string(LastPathPart(link)), "UR");
  }
  // EndNote writes PubMed's records with the provider NLM.
  const bool is_pubmed = Contains(m.db, "pubmed") || Contains(m.db, "medline") ||
                         (m.db.empty() && (m.dp == "NLM" || AsciiLower(m.dp) == "pubmed"));
  if (is_pubmed && AllDigits(m.an)) {
    SetPmid(origin, m.an, "AN");
    if (origin.database.empty()) origin.database = "PubMed";
  }
  const bool is_known = !origin.database.empty();
  if (is_known && !m.an.starts_with("rayyan")) SetAccession(origin, m.an, "AN");
  if (is_known && Contains(origin.database, "psycinfo")) SetAccession(origin, m.id, "ID");
}

/// "PMID: 1", "PUBMED 1" at the beginning of a field where people and programs put it: says itself what it is.
void ReadNamedPmids(const TaggedRecord& record, RisOrigin& origin) {
  for (const TaggedField& field : record.fields) {
    if (!origin.pmid.empty()) return;
    const std::string_view tag = field.tag;
    if (tag == "PMID") SetPmid(origin, field.Value(), tag);
    const bool may_name = tag == "AN" || tag == "N1" || tag == "M1" || tag == "M2" || tag == "XR" || tag == "U2" ||
                          tag == "ID" || (tag.size() == 2 && tag.front() == 'C' && IsDigit(tag.back()));
    if (!may_name) continue;
    for (const std::string& line : field.Lines())
      for (const std::string& part : SplitList(line, tag == "AN" || tag == "N1" ? ";" : "\n"))
        SetPmid(origin, NamedPmid(part), tag);
  }
}

/// An address of PubMed among the record's links, when all of them agree.
void ReadLinkedPmid(const Marks& m, RisOrigin& origin) {
  std::string found;
  for (const std::string& link : SplitList(m.links, "\n")) {
    const std::string_view digits = PmidOfLink(link);
    if (digits.empty()) continue;
    if (!found.empty() && found != digits) return;
    found = std::string(digits);
  }
  SetPmid(origin, found, "UR");
}

}  // namespace

RisOrigin RisOriginOf(const TaggedRecord& record, std::string_view database) {
  const Marks m(record);
  RisOrigin origin;
  origin.dialect = DialectOf(m);
  const bool has_name = std::any_of(m.db.begin(), m.db.end(), [](unsigned char c) { return c >= 'A'; });
  origin.database = has_name ? m.db : std::string(database);
  switch (origin.dialect) {
    case RisDialect::kScopus:
      origin.database = "Scopus";
      SetAccession(origin, std::string(QueryValue(LinkWith(m, "scopus.com/"), "eid")), "UR");
      SetPmid(origin, record.First("C2"), "C2");
      break;
    case RisDialect::kEmbase:
      ReadEmbase(m, record, origin);
      break;
    case RisDialect::kOvid:
      ReadOvid(m, origin);
      break;
    case RisDialect::kWos:
      origin.database = "Web of Science";
      SetAccession(origin, m.an, "AN");
      if (m.an.starts_with("MEDLINE:")) SetPmid(origin, std::string_view(m.an).substr(8), "AN");
      break;
    case RisDialect::kEbsco: {
      const std::string link = LinkWith(m, "ebscohost.com");
      origin.database = NameOfCode(m.db.empty() ? QueryValue(link, "db") : m.db);
      const bool is_medline = DatabaseName(origin.database) == "medline";
      // EBSCO's numbers of MEDLINE's records are its own.
      if (!is_medline) SetAccession(origin, m.an, "AN");
      if (!is_medline) SetAccession(origin, std::string(QueryValue(link, "AN")), "UR");
      SetPmid(origin, record.First("C2"), "C2");
      break;
    }
    case RisDialect::kProquest:
      // Several of its databases at once ("ProQuest Central; Sociological Abstracts") are ProQuest's platform.
      if (origin.database.empty() || origin.database.find(';') != std::string::npos || !m.more_db.empty())
        origin.database = "ProQuest";
      // "2385861734; 32672909": its own number, then one of the database's.
      SetAccession(origin, m.an.substr(0, m.an.find(';')), "AN");
      break;
    case RisDialect::kCochrane:
      origin.database = "Cochrane Library";
      SetAccession(origin, m.an.starts_with("CN-") ? m.an : m.id, m.an.starts_with("CN-") ? "AN" : "ID");
      break;
    case RisDialect::kOther:
      ReadOther(m, origin);
      break;
  }
  ReadNamedPmids(record, origin);
  ReadLinkedPmid(m, origin);
  return origin;
}

}  // namespace litmill::parse
