// SPDX-License-Identifier: Apache-2.0
// Invented works for the tests of export formats.
#pragma once

#include <random>
#include <string>

#include "report/export_writer.h"
#include "store/work_record.h"
#include "tests/support/arbitrary_record.h"

namespace litmill::testing {

/// An article with something in most fields.
inline store::WorkRecord SampleWork() {
  store::WorkRecord work;
  Record& r = work.record;
  r.source_id = "90000001";
  r.status = "MEDLINE";
  r.owner = "NLM";
  r.identifiers = {{"pmid", "90000001", "90000001", "PMID", true},
                   {"doi", "10.5555/a_b.1", "10.5555/A_B.1", "ELocationID", true},
                   {"pmcid", "PMC900001", "PMC900001", "ArticleIdList", true}};
  r.title.text = "Mg2+ & sleep: 50% of {all}, a study_of \\alpha";
  r.abstract_sections = {{"BACKGROUND", "BACKGROUND", {"Low.", ""}}, {"WHAT WE DID", "METHODS", {"Much; more.", ""}}};
  Author jane;
  jane.last_name = "Müller";
  jane.fore_name = "Jane A";
  jane.initials = "JA";
  jane.suffix = "Jr";
  jane.orcid = "0000-0002-1825-0097";
  jane.affiliations = {{"Institute; Town", {}}};
  Author group;
  group.collective_name = "Sleep and Salt Group, the";
  Author alone;
  alone.last_name = "Van Only";
  Author misspelt;
  misspelt.last_name = "Mueler";
  misspelt.valid = false;
  Author editor;
  editor.role = PersonRole::kEditor;
  editor.last_name = "Éditeur";
  editor.fore_name = "E";
  r.authors = {jane, group, alone, misspelt, editor};
  r.languages = {"eng", "fre"};
  r.journal = {"Journal of Tests", "J. Tests", "J Tests", "123", "Nowhere", "1111-1111",
               "2222-2222",        "",         "12",      "3",   ""};
  r.pages = "123-34";
  r.start_page = "123";
  r.end_page = "134";
  r.dates = {{"print", {"2020 Mar", "2020-03", "", DatePrecision::kMonth}, ""},
             {"electronic", {"2020 Apr 05", "2020-04-05", "", DatePrecision::kDay}, ""},
             {"entrez", {"2020 4 6", "2020-04-06", "", DatePrecision::kDay}, "06:30"}};
  r.mesh_headings = {{"D008881", "Migraine Disorders", "", false, false, {{"Q", "drug therapy", true}}}};
  r.keywords = {{"NOTNLM", true, {"salt; sea", ""}}, {"NOTNLM", false, {"magnesium", ""}}};
  r.publication_types = {{"D016428", "Journal Article"}};
  r.related = {{"RetractionIn", "J Tests. 2021;1:1", "90000002", "", ""},
               {"CommentIn", "J Tests. 2020;9:9", "", "", ""}};
  r.accessions = {{"ClinicalTrials.gov", "NCT90000001"}};
  work.tags = {{"condition", "migraine"}, {"form", "glycinate"}};
  work.sources = {"pubmed", "scopus"};
  return work;
}

inline store::WorkRecord ArbitraryWork(std::mt19937_64& random, const std::string& source_id, Texts texts) {
  store::WorkRecord work;
  work.record = ArbitraryRecord(random, source_id, texts);
  if (random() % 2 == 0) work.tags = {{"condition", "migraine"}, {"form", "citrate"}};
  work.sources = {work.record.source};
  return work;
}

template <typename Works>
std::string Written(report::ExportFormat format, const Works& works) {
  const auto writer = report::MakeExportWriter(format, {"condition", "form"});
  std::string out;
  writer->Begin(out);
  for (const store::WorkRecord& work : works) writer->Append(work, out);
  writer->End(out);
  return out;
}

}  // namespace litmill::testing
