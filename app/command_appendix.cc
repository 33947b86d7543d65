// SPDX-License-Identifier: Apache-2.0
// litmill search appendix: the search as PRISMA-S asks for it (Rethlefsen et al. 2021, Systematic Reviews 10:39), all
// 16 items. What litmill recorded is filled in; what only the reviewers know is left for them, and says so.
#include <algorithm>
#include <cstdio>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/exit_codes.h"
#include "app/service_table.h"
#include "app/session.h"
#include "app/strategies.h"
#include "store/query.h"

namespace litmill::app {
namespace {

constexpr const char* kToFill = "_To be filled in by the reviewers: litmill does not record it._";

/// The latest search of one query in one database, and when it was first made.
struct SearchRecord {
  std::string query_id, label, source, platform, term, searched_at, hits, translation, warnings, strategy, limits,
      first_at, times;
};

struct ImportedFile {
  std::string name, sha256, source, records;
};

std::string Text(const store::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return {};
}

Result<std::vector<std::vector<std::string>>> Ask(const store::Corpus& corpus, std::string_view sql) {
  std::vector<std::vector<std::string>> rows;
  store::RowSink sink;
  sink.on_columns = [](const std::vector<std::string>&) {};
  sink.on_row = [&rows](const std::vector<store::Value>& row) {
    std::vector<std::string>& cells = rows.emplace_back();
    for (const store::Value& value : row) cells.push_back(Text(value));
    return true;
  };
  LITMILL_CHECK(store::Query(corpus, sql, sink));
  return rows;
}

Result<std::vector<SearchRecord>> ReadSearches(const store::Corpus& corpus) {
  LITMILL_TRY(const auto rows,
              Ask(corpus,
                  "SELECT s.query_id, ifnull(s.label, s.query_id), s.source, ifnull(s.platform, ''), s.term, "
                  "s.searched_at, s.hits, ifnull(s.query_translation, ''), ifnull(s.warnings_json, ''), "
                  "ifnull(s.strategy, ''), ifnull(s.limits, ''), "
                  "(SELECT min(f.searched_at) FROM searches f WHERE f.query_id = s.query_id AND f.source = s.source), "
                  "(SELECT count(*) FROM searches f WHERE f.query_id = s.query_id AND f.source = s.source) "
                  "FROM searches s WHERE s.search_id = (SELECT max(l.search_id) FROM searches l "
                  "WHERE l.query_id = s.query_id AND l.source = s.source) ORDER BY s.source <> 'pubmed', s.source, "
                  "s.search_id"));
  std::vector<SearchRecord> searches;
  for (const auto& r : rows)
    searches.push_back({r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10], r[11], r[12]});
  return searches;
}

Result<std::vector<ImportedFile>> ReadImports(const store::Corpus& corpus) {
  LITMILL_TRY(const auto rows,
              Ask(corpus,
                  "SELECT d.name, d.sha256, d.source, (SELECT count(*) FROM source_records r WHERE r.document_id = "
                  "d.document_id) FROM documents d WHERE d.kind = 'file' ORDER BY d.document_id"));
  std::vector<ImportedFile> files;
  for (const auto& r : rows) files.push_back({r[0], r[1], r[2], r[3]});
  return files;
}

/// Text from outside inside a Markdown table: no cell may end early, no markup may start.
std::string Cell(std::string_view text) {
  std::string cell;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      cell += ' ';
      continue;
    }
    if (c == '|' || c == '\\' || c == '`' || c == '*' || c == '_' || c == '<' || c == '[') cell += '\\';
    cell += c;
  }
  return cell;
}

/// A code block whose fence is longer than any run of backticks inside.
std::string Fenced(std::string_view text) {
  std::size_t longest = 2;
  for (std::size_t i = 0, run = 0; i < text.size(); ++i) {
    run = text[i] == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  return fmt::format("{}\n{}\n{}\n", fence, text, fence);
}

void PrintItem(int number, std::string_view name, std::string_view text) {
  fmt::print("## {}. {}\n{}\n\n", number, name, text);
}

std::string Databases(const std::vector<SearchRecord>& searches, const std::vector<ImportedFile>& files) {
  std::vector<std::string> lines;  // in the order of the searches
  for (const SearchRecord& s : searches) {
    std::string line = fmt::format("- {}, on {}", Cell(DatabaseTitle(s.source)),
                                   s.platform.empty() ? "an unnamed platform" : Cell(s.platform));
    if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(std::move(line));
  }
  std::string text = fmt::format("{}", fmt::join(lines, "\n"));
  if (!files.empty()) {
    text +=
        "\n\nRecords from files (the search was made outside litmill):\n\n| file | database | records | sha256 |\n| "
        "--- | --- | --- | --- |";
    for (const ImportedFile& f : files)
      text += fmt::format("\n| {} | {} | {} | {} |", Cell(f.name), Cell(f.source), f.records, f.sha256);
  }
  return text.empty() ? "No search and no file is recorded in this corpus." : text;
}

/// What is kept of the warnings of a search: {"translation": [...], "phrases_not_found": [...], ...}, as lists.
std::string Warnings(const std::string& warnings_json) {
  const nlohmann::json json = nlohmann::json::parse(warnings_json, nullptr, false);
  if (!json.is_object()) return {};
  std::string text;
  for (const auto& [name, list] : json.items()) {
    std::string kind = name;
    std::replace(kind.begin(), kind.end(), '_', ' ');
    text += name == "translation" ? "\nThe translation does not carry over as it was:\n"
                                  : fmt::format("\nThe database remarked ({}):\n", Cell(kind));
    for (const auto& item : list)
      text += fmt::format("- {}\n", Cell(item.is_string() ? item.get<std::string>() : item.dump()));
  }
  return text;
}

std::string Strategies(const std::vector<SearchRecord>& searches) {
  std::string text = "Copied and pasted exactly as run.\n";
  for (const SearchRecord& s : searches) {
    text += fmt::format("\n### {} ({})\n{}", Cell(s.label), Cell(DatabaseTitle(s.source)), Fenced(s.term));
    if (!s.strategy.empty()) text += fmt::format("Translated from the strategy:\n{}", Fenced(s.strategy));
    if (!s.translation.empty()) text += fmt::format("The database ran it as:\n{}", Fenced(s.translation));
    text += Warnings(s.warnings);
  }
  return searches.empty() ? std::string(kToFill) : text;
}

/// What the strategies themselves restrict: dates, languages, publication types.
std::string Limits(const std::vector<SearchRecord>& searches) {
  std::set<std::string> found;
  for (const SearchRecord& s : searches) {
    // A translated term is in another syntax; its limits are those of the strategy that it came from.
    const search::ParsedStrategy parsed = search::ParseLeniently(s.strategy.empty() ? s.term : s.strategy);
    for (const search::Line& line : parsed.strategy.lines)
      for (const search::Node* leaf : search::Leaves(line.query)) {
        const search::Term* term = leaf->AsTerm();
        const bool is_limit = term == nullptr || term->field == search::Field::kLanguage ||
                              term->field == search::Field::kPublicationType;
        if (is_limit && leaf->AsLineReference() == nullptr) found.insert(search::ToPubMed(*leaf));
      }
  }
  std::string text = found.empty() ? "None in the strategies." : "In the strategies:";
  for (const std::string& clause : found) text += "\n- " + Cell(clause);
  std::set<std::string> outside;
  for (const SearchRecord& s : searches)
    if (!s.limits.empty())
      outside.insert(fmt::format("\n- {} ({}): {}", Cell(s.label), Cell(DatabaseTitle(s.source)), Cell(s.limits)));
  if (!outside.empty()) text += fmt::format("\n\nSet outside the strategies:{}", fmt::join(outside, ""));
  if (found.empty() && outside.empty()) return text;
  return text + "\n\nThe reasons are to be filled in by the reviewers.";
}

std::string Dates(const std::vector<SearchRecord>& searches) {
  std::string text =
      "| search | database | first run (UTC) | latest run (UTC) | runs |\n| --- | --- | --- | --- | --- |";
  for (const SearchRecord& s : searches)
    text += fmt::format("\n| {} | {} | {} | {} | {} |", Cell(s.label), Cell(DatabaseTitle(s.source)), s.first_at,
                        s.searched_at, s.times);
  return searches.empty() ? std::string(kToFill) : text;
}

std::string Totals(const std::vector<SearchRecord>& searches, const std::vector<ImportedFile>& files) {
  std::string text = "| from | records |\n| --- | --- |";
  for (const SearchRecord& s : searches)
    text += fmt::format("\n| {} ({}) | {} |", Cell(s.label), Cell(DatabaseTitle(s.source)), s.hits);
  for (const ImportedFile& f : files) text += fmt::format("\n| {} | {} |", Cell(f.name), f.records);
  return text + "\n\nThe searches overlap; a file's number counts the records whose latest revision came from it.";
}

Result<int> Appendix(Session& session) {
  LITMILL_TRY(const auto corpus, session.OpenForReading());
  LITMILL_TRY(const auto searches, ReadSearches(*corpus));
  LITMILL_TRY(const auto files, ReadImports(*corpus));
  LITMILL_TRY(const auto works, Ask(*corpus, "SELECT count(*) FROM works WHERE is_deleted = 0"));
  fmt::print("# Appendix: the literature search (PRISMA-S)\n\n");
  PrintItem(1, "Database name", Databases(searches, files));
  PrintItem(2, "Multi-database searching", "Each database was searched by itself.");
  PrintItem(3, "Study registries", kToFill);
  PrintItem(4, "Online resources and browsing", kToFill);
  PrintItem(5, "Citation searching", kToFill);
  PrintItem(6, "Contacts", kToFill);
  PrintItem(7, "Other methods", kToFill);
  PrintItem(8, "Full search strategies", Strategies(searches));
  PrintItem(9, "Limits and restrictions", Limits(searches));
  PrintItem(10, "Search filters", kToFill);
  PrintItem(11, "Prior work", kToFill);
  PrintItem(
      12, "Updates",
      "litmill searches again with the same strategy, and asks for records that the database modified since; see 13.");
  PrintItem(13, "Dates of searches", Dates(searches));
  PrintItem(14, "Peer review", kToFill);
  PrintItem(15, "Total records",
            Totals(searches, files) + fmt::format("\n\nPublications in the corpus: {}.", works[0][0]));
  PrintItem(
      16, "Deduplication",
      "litmill counts a record once for each database that has it, and joins records into one work by PMID, PMCID or "
      "DOI, unless their titles contradict it, and by title, authors, journal, pages and abstract; persons' decisions "
      "on doubtful pairs are followed. View duplicates names rule and evidence of each pair, review_pairs what was "
      "decided by hand, source_overlap the sums.");
  return kExitOk;
}

}  // namespace

int SearchAppendixCommand(const CommonOptions& common) {
  Session session(common);
  const auto code = Appendix(session);
  return code ? *code : session.FailWith(code.error());
}

}  // namespace litmill::app
