// SPDX-License-Identifier: Apache-2.0
#include "tests/store/samples.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <map>

#include "store/digest.h"
#include "store/query.h"
#include "store/validate.h"
#include "tests/support/matchers.h"

namespace litmill::testing {
namespace {

PartialDate Day(const std::string& iso) { return {iso, iso, "", DatePrecision::kDay}; }

Journal FullJournal() {
  return {"Journal of Invented Nutrition",
          "J Inv Nutr",
          "J Inv Nutr",
          "0000001",
          "Nowhere",
          "1111-1111",
          "2222-2222",
          "3333-3333",
          "12",
          "3",
          "Internet"};
}

Book FullBook() {
  return {"The whole book",
          "The <i>whole</i> book",
          "Press",
          "Town",
          "II",
          "Second volume",
          "3rd",
          "Series",
          "Internet",
          "R-7",
          {"9780000000001", "9780000000002"},
          {{"chapter", "4"}, {"part", "B"}},
          {"Introduction", "Methods"}};
}

std::vector<Author> FullAuthors() {
  Author person{PersonRole::kAuthor,
                "Doe",
                "Jane",
                "J",
                "Jr",
                "",
                "0000-0002-1825-0097",
                {{"ORCID", "0000-0002-1825-0097"}, {"", "x"}},
                {{"First Institute", {{"ROR", "r1"}, {"GRID", "g1"}}}, {"Second Institute", {}}, {"", {}}},
                true,
                true};
  Author group;
  group.collective_name = "The Group";
  Author editor;
  editor.role = PersonRole::kEditor;
  editor.last_name = "Éditeur";
  editor.valid = false;
  Author investigator;
  investigator.role = PersonRole::kInvestigator;
  investigator.last_name = "Quest";
  investigator.affiliations = {{"Third", {{"ISNI", "i"}}}};
  return {person, group, editor, investigator};
}

}  // namespace

Record FullRecord(const std::string& source_id) {
  Record r;
  r.type = RecordType::kBook;
  r.source_id = source_id;
  r.version = 2;
  r.status = "MEDLINE";
  r.owner = "NLM";
  r.indexing_method = "Curated";
  r.pub_model = "Print-Electronic";
  r.publication_status = "ppublish";
  r.version_date = "2020/01/02";
  r.version_id = "v2";
  r.identifiers = {{"pmid", source_id, source_id, "PMID", true},
                   {"doi", "10.1000/x" + source_id, "10.1000/X" + source_id, "ELocationID", true},
                   {"pmcid", "PMC" + source_id, "PMC" + source_id, "ArticleIdList", true},
                   {"doi", "bad doi", "", "ArticleIdList", false}};
  r.title = {"Magnesium in migraine: CO2 and Mg2+", "Magnesium in migraine: CO<sub>2</sub> and Mg<sup>2+</sup>"};
  r.vernacular_title = {"Magnésium et migraine", "<b>Magnésium</b> et migraine"};
  r.title_is_translated = true;
  r.abstract_sections = {
      {"WHAT WE DID",
       "METHODS",
       {"We gave magnesium to people with depression.", "We gave <b>magnesium</b> to people with depression."}},
      {"", "", {"They felt better.", ""}}};
  r.copyright = "Copyright of nobody.";
  r.other_abstracts = {{"plain-language-summary",
                        "eng",
                        {{"", "", {"Magnesium may help.", "<i>Magnesium</i> may help."}}, {"A", "B", {"More.", ""}}},
                        "©"},
                       {"Publisher", "fre", {}, "only a statement"},
                       {"PIP", "", {{"L", "RESULTS", {"Last.", ""}}}, ""}};
  r.authors = FullAuthors();
  r.authors_complete = false;
  r.languages = {"eng", "fre"};
  r.journal = FullJournal();
  r.book = FullBook();
  r.pages = "123-34";
  r.start_page = "123";
  r.end_page = "134";
  r.dates = {{"print", {"1998 Dec-1999 Jan", "1998-12", "1999-01", DatePrecision::kMonth}, ""},
             {"revised", Day("2021-03-04"), ""},
             {"entrez", Day("1999-02-01"), "06:30"},
             {"accepted", {"soon", "", "", DatePrecision::kNone}, ""},
             {"electronic", {"1999", "1999", "", DatePrecision::kYear}, ""}};
  r.mesh_headings = {{"D008881",
                      "Migraine Disorders",
                      "",
                      false,
                      true,
                      {{"Q000188", "drug therapy", true}, {"Q000453", "epidemiology", false}}},
                     {"D005602", "France", "Geographic", true, false, {}}};
  r.chemicals = {{"I38ZP9992A", "D008274", "Magnesium"}, {"0", "", "Placebos"}};
  r.supplementary_concepts = {{"C000001", "Invented disease", "Disease"}, {"", "Other", ""}};
  r.keywords = {{"NOTNLM", true, {"migraine prevention", "<i>migraine</i> prevention"}}, {"", false, {"Mg", ""}}};
  r.publication_types = {{"D016428", "Journal Article"}, {"", "Randomized Controlled Trial"}};
  r.grants = {{"G1", "HL", "NHLBI NIH HHS", "United States"}, {"", "", "Nobody", ""}};
  r.accessions = {{"ClinicalTrials.gov", "NCT00000001"}, {"Dryad", ""}};
  r.related = {{"RetractionIn", "J Inv Nutr. 2022", "999", "see there", "10.1234/notice"}, {"", "old", "", ""}};
  r.references = {{{"Doe J. Title. 1990.", "Doe J. <i>Title</i>. 1990."},
                   {{"pmid", "7", "007", "ArticleIdList", true}, {"doi", "z", "z", "", false}}},
                  {{"Bare", ""}, {}}};
  r.citation_subsets = {"IM", "N"};
  r.other_names = {{"gene-symbol", "", "abc"}, {"general-note", "KIE", "note"}};
  r.coi_statement = "None.";
  r.number_of_references = "43";
  return r;
}

Record SmallRecord(const std::string& source_id, const std::string& title) {
  Record r;
  r.source_id = source_id;
  r.status = "PubMed-not-MEDLINE";
  r.identifiers = {{"pmid", source_id, source_id, "PMID", true}};
  r.title = {title, ""};
  r.languages = {"eng"};
  r.journal.title = "Journal of Invented Nutrition";
  r.dates = {{"print", Day("2010-06-15"), ""}, {"revised", Day("2011-01-01"), ""}};
  r.publication_types = {{"D016428", "Journal Article"}};
  return r;
}

// --- Random records
// ---------------------------------------------------------------------------------------------------

namespace {

class Dice {
 public:
  explicit Dice(std::mt19937_64& random) : random_(random) {}
  bool Chance(int percent) { return static_cast<int>(random_() % 100) < percent; }
  std::size_t Below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }
  std::string Words(int most) {
    static const char* const kWords[] = {"magnesium", "Mg2+",   "migraine", "depression",   "Énergie", "大豆",
                                         "β-blocker", "p<0.05", "sleep",    "of",           "aura",    "trial",
                                         "'; DROP",   "\"x\"",  "&amp;",    "\xE2\x80\x89", "vitamin", "naïve"};
    std::string text;
    for (std::size_t i = 1 + Below(static_cast<std::size_t>(most)); i > 0; --i) {
      if (!text.empty()) text += ' ';
      text += kWords[Below(std::size(kWords))];
    }
    return text;
  }
  std::string Maybe(int most = 3) { return Chance(50) ? Words(most) : std::string(); }
  MarkedText Marked(int most) { return {Words(most), Chance(20) ? "<i>" + Words(2) + "</i>" : std::string()}; }
  template <typename T, typename F>
  std::vector<T> List(std::size_t most, const F& make) {
    std::vector<T> items;
    for (std::size_t i = Below(most + 1); i > 0; --i) items.push_back(make());
    return items;
  }

 private:
  std::mt19937_64& random_;
};

}  // namespace

Record RandomRecord(std::mt19937_64& random, const std::string& source_id) {
  Dice d(random);
  const auto external = [&] { return ExternalIdentifier{d.Maybe(1), d.Words(1)}; };
  const auto section = [&] { return AbstractSection{d.Maybe(2), d.Maybe(1), d.Marked(12)}; };
  const auto identifier = [&] { return Identifier{d.Words(1), d.Words(1), d.Maybe(1), d.Maybe(1), d.Chance(80)}; };
  Record r = SmallRecord(source_id, d.Words(9));
  r.version = 1 + static_cast<int>(d.Below(2));
  r.status = d.Chance(50) ? "MEDLINE" : "Publisher";
  for (Identifier& i : r.identifiers) i.raw = d.Maybe(1);
  if (d.Chance(60)) r.identifiers.push_back({"doi", "10.1/" + source_id, "10.1/" + source_id, "ELocationID", true});
  r.vernacular_title = d.Chance(10) ? d.Marked(4) : MarkedText{};
  r.abstract_sections = d.List<AbstractSection>(4, section);
  r.other_abstracts = d.List<OtherAbstract>(1, [&] {
    return OtherAbstract{d.Maybe(1), d.Maybe(1), d.List<AbstractSection>(2, section), d.Maybe(2)};
  });
  r.authors = d.List<Author>(5, [&] {
    Author a;
    a.last_name = d.Words(1);
    a.fore_name = d.Maybe(1);
    a.identifiers = d.List<ExternalIdentifier>(1, external);
    a.affiliations = d.List<Affiliation>(2, [&] {
      return Affiliation{d.Words(6), d.List<ExternalIdentifier>(1, external)};
    });
    a.valid = d.Chance(95);
    return a;
  });
  if (d.Chance(50)) r.journal = FullJournal();
  if (d.Chance(5)) r.book = FullBook();
  if (d.Chance(50)) r.dates.push_back({"received", Day("2009-0" + std::to_string(1 + d.Below(9)) + "-11"), d.Maybe(1)});
  r.dates[1].date = d.Chance(30) ? PartialDate{} : Day("201" + std::to_string(d.Below(3)) + "-05-05");
  r.mesh_headings = d.List<MeshHeading>(5, [&] {
    return MeshHeading{
        d.Chance(50) ? "D008881" : "D000001", d.Words(2), "", d.Chance(20), false, d.List<MeshQualifier>(2, [&] {
          return MeshQualifier{"Q1", d.Words(1), d.Chance(30)};
        })};
  });
  r.chemicals = d.List<Chemical>(2, [&] { return Chemical{d.Maybe(1), d.Maybe(1), d.Words(1)}; });
  r.keywords = d.List<Keyword>(4, [&] { return Keyword{"NOTNLM", d.Chance(10), d.Marked(2)}; });
  r.references = d.List<Reference>(3, [&] { return Reference{d.Marked(6), d.List<Identifier>(2, identifier)}; });
  if (d.Chance(10)) r.related.push_back({"RetractionIn", d.Words(3), "77", "", d.Chance(50) ? "10.5/n" : ""});
  r.grants = d.List<Grant>(1, [&] { return Grant{d.Maybe(1), d.Maybe(1), d.Words(2), d.Maybe(1)}; });
  r.coi_statement = d.Maybe(8);
  return r;
}

// --- Rules and tags
// ---------------------------------------------------------------------------------------------------

RuleSet SampleRules() {
  const auto make = [](const char* facet, const char* id, std::vector<std::string> mesh,
                       std::vector<std::string> parents) {
    Concept c;
    c.facet = facet;
    c.id = id;
    c.label = id;
    c.definition = std::string("About ") + id;
    c.mesh = std::move(mesh);
    c.parents = std::move(parents);
    c.rules.resize(1);
    c.rules[0].name = std::string(facet) + "/" + id + "/include/1";
    c.rules[0].pattern = id;
    return c;
  };
  RuleSet rules;
  rules.name = "sample";
  rules.version = "sample 1";
  rules.concepts = {make("condition", "headache", {}, {}),   make("condition", "migraine", {"D008881"}, {"headache"}),
                    make("condition", "depression", {}, {}), make("form", "magnesium", {}, {}),
                    make("outcome", "sleep", {}, {}),        make("design", "trial", {}, {}),
                    make("design", "review", {}, {})};
  rules.concepts[4].valence = Valence::kHigherIsBetter;
  rules.concepts[5].rank = 2;
  rules.concepts[6].rank = 1;
  return rules;
}

namespace {

void FindIn(const std::string& text, const std::string& field, int position, Evidence evidence, const RuleSet& rules,
            TaggedRecord& out) {
  std::uint32_t rule = 0;
  for (std::uint32_t c = 0; c < rules.concepts.size(); ++c) {
    const std::string& word = rules.concepts[c].id;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      Mention m{c,
                rule,
                evidence,
                field,
                position,
                static_cast<std::uint32_t>(at),
                static_cast<std::uint32_t>(at + word.size()),
                word,
                "",
                false};
      m.role = field == "title"     ? SectionRole::kTitle
               : field == "keyword" ? SectionRole::kKeyword
                                    : SectionRole::kResults;
      m.weight = field == "title" ? 1 : 0.25;
      if (text.substr(0, at).ends_with("no ")) m.assertion = Assertion::kNegated;
      out.mentions.push_back(std::move(m));
    }
    rule += static_cast<std::uint32_t>(rules.concepts[c].rules.size());
  }
}

/// "12 mg" is a dose of magnesium; a title with "better sleep" is a finding.
void FindMore(const std::string& title, TaggedRecord& out) {
  if (const std::size_t at = title.find("12 mg"); at != std::string::npos) {
    Quantity dose;
    dose.kind = "dose";
    dose.field = "title";
    dose.start = static_cast<std::uint32_t>(at);
    dose.end = dose.start + 5;
    dose.text = "12 mg";
    dose.amount = 12;
    dose.upper = 12.5;
    dose.unit = "mg";
    dose.agent = 3;
    out.quantities.push_back(std::move(dose));
  }
  if (title.find("better sleep") == std::string::npos) return;
  Finding finding;
  finding.intervention = 3;
  finding.outcome = 4;
  finding.direction = 2;
  finding.movement = Movement::kIncreased;
  finding.benefit = Benefit::kBetter;
  finding.confidence = 0.5;
  finding.field = "title";
  finding.end = static_cast<std::uint32_t>(title.size());
  finding.sentence = title;
  finding.role = SectionRole::kTitle;
  out.findings.push_back(std::move(finding));
  out.conclusions.push_back({3, 4, Movement::kIncreased, Benefit::kBetter, false, 1});
}

}  // namespace

TaggedRecord SampleTags(const RuleSet& rules, const Record& record) {
  TaggedRecord out;
  FindMore(record.title.text, out);
  FindIn(record.title.text, "title", 0, Evidence::kText, rules, out);
  int position = 0;
  for (const AbstractSection& s : record.abstract_sections)
    FindIn(s.body.text, "abstract", position++, Evidence::kText, rules, out);
  position = 0;
  for (const OtherAbstract& o : record.other_abstracts)
    for (const AbstractSection& s : o.sections)
      FindIn(s.body.text, "other-abstract", position++, Evidence::kText, rules, out);
  position = 0;
  for (const Keyword& k : record.keywords) FindIn(k.text.text, "keyword", position++, Evidence::kKeyword, rules, out);
  position = 0;
  for (const MeshHeading& h : record.mesh_headings) {
    for (std::uint32_t c = 0; c < rules.concepts.size(); ++c)
      if (std::count(rules.concepts[c].mesh.begin(), rules.concepts[c].mesh.end(), h.ui) > 0)
        out.mentions.push_back({c, kNoRule, Evidence::kMesh, "mesh", position, 0,
                                static_cast<std::uint32_t>(h.name.size()), h.name, h.ui, h.Major()});
    ++position;
  }
  Tag nothing_yet;
  nothing_yet.assertion = Assertion::kNegated;
  std::map<std::uint32_t, Tag> tags;
  for (const Mention& m : out.mentions) {
    std::vector<std::uint32_t> targets = {m.concept_index};
    for (std::uint32_t c = 0; c < rules.concepts.size(); ++c)
      for (const std::string& parent : rules.concepts[m.concept_index].parents)
        if (rules.concepts[c].id == parent && rules.concepts[c].facet == rules.concepts[m.concept_index].facet)
          targets.push_back(c);
    ++tags.emplace(m.concept_index, nothing_yet).first->second.mention_count;
    for (const std::uint32_t c : targets) {
      Tag& tag = tags.emplace(c, nothing_yet).first->second;
      tag.assertion = std::min(tag.assertion, m.assertion);
      tag.weight = std::max(tag.weight, m.weight);
      const bool text = m.evidence == Evidence::kText || m.evidence == Evidence::kKeyword;
      (text ? tag.from_text : tag.from_index) = true;
      if (m.field == "title") tag.in_title = true;
      if (m.major) tag.major = true;
    }
  }
  for (auto& [index, tag] : tags) {
    tag.concept_index = index;
    tag.implied = tag.mention_count == 0;
    out.tags.push_back(tag);
  }
  return out;
}

// --- Corpora
// ----------------------------------------------------------------------------------------------------------

std::unique_ptr<store::Corpus> OpenCorpus(const std::string& path, const store::OpenOptions& options) {
  auto corpus = store::Corpus::Open(path, options);
  if (!corpus) {
    ADD_FAILURE() << corpus.error().message;
    return nullptr;
  }
  if (!options.read_only) {
    EXPECT_THAT((*corpus)->BeginBatch(), IsOk());
    EXPECT_THAT((*corpus)->UseRules(SampleRules()), IsOk());
    EXPECT_THAT((*corpus)->CommitBatch(), IsOk());
  }
  return std::move(*corpus);
}

store::PutOutcome Put(store::Corpus& corpus, const Record& record, const std::string& retrieved_at) {
  EXPECT_THAT(corpus.BeginBatch(), IsOk());
  const auto outcome = corpus.PutRecord(record, SampleTags(SampleRules(), record), {0, 0, 0, retrieved_at});
  EXPECT_THAT(outcome, IsOk());
  EXPECT_THAT(corpus.CommitBatch(), IsOk());
  return outcome.value_or(store::PutOutcome::kSuperseded);
}

store::PutOutcome PutDeletion(store::Corpus& corpus, const std::string& pmid, int version,
                              const std::string& retrieved_at) {
  EXPECT_THAT(corpus.BeginBatch(), IsOk());
  const auto outcome = corpus.PutDeletion("pubmed", pmid, version, {0, 0, 0, retrieved_at});
  EXPECT_THAT(outcome, IsOk());
  EXPECT_THAT(corpus.CommitBatch(), IsOk());
  return outcome.value_or(store::PutOutcome::kInserted);
}

std::string Ask(const store::Corpus& corpus, const std::string& sql) {
  std::string answer = "no row";
  store::RowSink sink;
  sink.on_row = [&](const std::vector<store::Value>& row) {
    if (std::holds_alternative<std::string>(row[0]))
      answer = std::get<std::string>(row[0]);
    else if (std::holds_alternative<std::int64_t>(row[0]))
      answer = std::to_string(std::get<std::int64_t>(row[0]));
    else
      answer = "NULL";
    return false;
  };
  EXPECT_THAT(store::Query(corpus, sql, sink), IsOk()) << sql;
  return answer;
}

void Force(const store::Corpus& corpus, const std::string& sql) {
  char* message = nullptr;
  EXPECT_EQ(sqlite3_exec(corpus.handle(), sql.c_str(), nullptr, nullptr, &message), SQLITE_OK)
      << sql << ": " << (message == nullptr ? "" : message);
  sqlite3_free(message);
}

std::string DigestOf(const store::Corpus& corpus) {
  const auto digest = store::Digest(corpus);
  EXPECT_THAT(digest, IsOk());
  return digest ? digest->sha256 + " searches " + digest->searches_sha256 : std::string();
}

std::string FailedChecks(const store::Corpus& corpus) {
  const auto checks = store::Validate(corpus);
  if (!checks) return checks.error().message;
  std::string failed;
  for (const store::Check& check : *checks)
    if (!check.passed) failed += check.name + ": " + check.detail + "\n";
  return failed;
}

}  // namespace litmill::testing
