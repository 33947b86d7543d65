// SPDX-License-Identifier: Apache-2.0
#include "app/run_report.h"

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/identifier_report.h"
#include "app/service_table.h"

namespace litmill::app {
namespace {

nlohmann::ordered_json ToJson(const SourceFailure& failure) {
  nlohmann::ordered_json json{{"source", failure.source}, {"skipped", failure.skipped}, {"reason", failure.reason}};
  for (const auto& [query, text] : failure.queries) json["queries"].push_back({{"query", query}, {"text", text}});
  return json;
}

/// What was not searched can be searched by hand: the texts are there to be copied.
void PrintFailures(const std::vector<SourceFailure>& failures) {
  for (const SourceFailure& failure : failures) {
    const ServiceFacts* facts = FindService(failure.source);
    const bool is_register = facts != nullptr && facts->use == ServiceUse::kRegister;
    fmt::print("\nNot {}{}: {} ({}).\n", is_register ? "asked" : "searched",
               failure.skipped ? ""
               : is_register   ? " to the end"
                               : " to its end",
               failure.title, failure.reason);
    if (failure.queries.empty()) continue;
    fmt::print("Search there by hand, and import the export:\n");
    for (const auto& [query, text] : failure.queries) fmt::print("  {}:\n    {}\n", query, text);
  }
}

std::vector<std::pair<std::string, std::uint64_t>> Sums(const RunSummary& summary) {
  const store::RunTotals& t = summary.totals;
  return {{"found", t.plan.found},
          {"known", t.plan.known},
          {"known_missing", t.plan.known_missing},
          {"left_out", t.plan.left_out},
          {"asked", t.plan.asked},
          {"stored", t.stored},
          {"unchanged", t.unchanged},
          {"merged_into", t.merged_into},
          {"deleted_at_source", t.deleted_at_source},
          {"not_found", t.not_found},
          {"failed", t.failed}};
}

void PrintTable(const RunSummary& summary, const Config& config, const store::Corpus& corpus) {
  std::vector<std::vector<std::string>> searches{{"database", "query", "hits", "label"}};
  for (const store::SearchRow& search : summary.searches)
    searches.push_back({DatabaseTitle(search.source), search.query_id, WithThousands(search.hits), search.label});
  fmt::print("{}\n", FormatTable(searches, {false, false, true, false}));
  if (!summary.files.empty()) {
    std::vector<std::vector<std::string>> files{{"file", "format", "records", "problems"}};
    for (const FileReport& file : summary.files)
      files.push_back({file.path + (file.is_known ? " (imported before)" : ""), file.format,
                       WithThousands(file.counts.records), WithThousands(file.counts.problems)});
    fmt::print("{}\n", FormatTable(files, {false, false, true, true}));
  }
  if (!summary.identifiers.empty()) fmt::print("{}\n", IdentifierTable(summary.totals, summary.identifiers));
  const store::RunTotals& t = summary.totals;
  std::vector<std::vector<std::string>> rows{{"records", "number", "meaning"}};
  const auto add = [&rows](const char* name, std::uint64_t number, const char* meaning) {
    rows.push_back({name, WithThousands(number), meaning});
  };
  add("found", t.plan.found, "distinct records of all searches, each database for itself; and works looked up");
  add("- known", t.plan.known, "stored before, not modified since");
  if (t.plan.known_missing > 0)
    add("- known missing", t.plan.known_missing, "not delivered lately; asked for again after a week");
  if (t.plan.left_out > 0) add("- left out", t.plan.left_out, "beyond --limit");
  add("= asked for", t.plan.asked, "");
  add("  stored", t.stored, "new or revised");
  add("  unchanged", t.unchanged, "the same revision came again");
  if (t.merged_into > 0) add("  merged", t.merged_into, "joined another work");
  if (t.deleted_at_source > 0) add("  deleted", t.deleted_at_source, "the database has deleted it");
  add("  not found", t.not_found, "listed by a search, not delivered; or looked up, and unknown");
  add("  failed", t.failed, "see the table outcomes");
  fmt::print("{}", FormatTable(rows, {false, true, false}));
  const auto counts = corpus.Counts();
  if (counts)
    fmt::print(
        "\n{}: {} works, {} tagged, {} tags, {} retracted, {} deleted; {} problems and {} warnings in this run\n",
        config.corpus_path, WithThousands(counts->works), WithThousands(counts->tagged_works),
        WithThousands(counts->tags), WithThousands(counts->retracted), WithThousands(counts->deleted),
        WithThousands(t.problems_error), WithThousands(t.problems_warning));
  fmt::print("requests: {} ({} repeated), {:.1f} MB\n", summary.network.requests, summary.network.retries,
             static_cast<double>(summary.network.bytes) / 1e6);
  if (summary.links.merged_works > 0)
    fmt::print("linked: {} source records are {} works; {} of them in more than one database{}\n",
               WithThousands(summary.links.records), WithThousands(summary.links.works),
               WithThousands(summary.links.merged_works),
               summary.links.conflicts == 0
                   ? ""
                   : fmt::format("; {} contradictions, see problems", WithThousands(summary.links.conflicts)));
  if (summary.retagged > 0)
    fmt::print("tagged again with changed rules: {} records\n", WithThousands(summary.retagged));
  PrintFailures(summary.failures);
}

void PrintJson(const RunSummary& summary) {
  nlohmann::ordered_json json;
  json["run"] = summary.run.uuid;
  json["resumed"] = summary.run.resumed;
  for (const store::SearchRow& search : summary.searches)
    json["searches"].push_back({{"source", search.source},
                                {"query", search.query_id},
                                {"hits", search.hits},
                                {"term", search.term},
                                {"translation", search.query_translation},
                                {"warnings", nlohmann::json::parse(search.warnings_json, nullptr, false)}});
  for (const FileReport& file : summary.files)
    json["files"].push_back({{"file", file.path},
                             {"format", file.format},
                             {"imported_before", file.is_known},
                             {"records", file.counts.records},
                             {"problems", file.counts.problems},
                             {"balanced", file.counts.Balanced()}});
  if (!summary.identifiers.empty()) AddIdentifiers(summary.totals, summary.identifiers, json);
  for (const auto& [name, number] : Sums(summary)) json["records"][name] = number;
  json["not_searched"] = nlohmann::json::array();
  for (const SourceFailure& failure : summary.failures) json["not_searched"].push_back(ToJson(failure));
  json["linked"] = {{"records", summary.links.records},
                    {"works", summary.links.works},
                    {"in_several_databases", summary.links.merged_works},
                    {"contradictions", summary.links.conflicts}};
  json["balanced"] = summary.totals.Balanced();
  json["problems"] = {{"errors", summary.totals.problems_error}, {"warnings", summary.totals.problems_warning}};
  json["network"] = {{"requests", summary.network.requests},
                     {"retries", summary.network.retries},
                     {"throttled", summary.network.throttled},
                     {"bytes", summary.network.bytes}};
  json["retagged"] = summary.retagged;
  json["newly_retracted"] = summary.newly_retracted;
  fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace

void PrintRun(const RunSummary& summary, const Session& session, const Config& config, const store::Corpus& corpus) {
  if (session.common.format == OutputFormat::kJson)
    PrintJson(summary);
  else if (!session.common.quiet)
    PrintTable(summary, config, corpus);
}

}  // namespace litmill::app
