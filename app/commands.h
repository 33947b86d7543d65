// SPDX-License-Identifier: Apache-2.0
// The commands: their options and one function each. Every function returns the process's exit code and prints its own
// error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "app/console.h"

namespace litmill::app {

/// What every command takes.
struct CommonOptions {
  std::string config = "pipeline.yaml";
  std::string db;  ///< Empty: the configuration's store.corpus where one is read, else corpus.db.
  OutputFormat format = OutputFormat::kTable;
  LogFormat log_format = LogFormat::kText;
  bool quiet = false;
  std::string command_line;  ///< For the runs table; without the program's folder.
};

struct RunCommandOptions {
  bool offline = false, strict = false, dry_run = false;
  std::uint64_t limit = 0;
  int threads = 2;
  int batch_size = 0;  ///< 0 = the configuration's.
  std::string since;
};

struct RebuildOptions {
  std::string from;       ///< The list.
  std::string failed_to;  ///< File for what led to nothing; empty = none.
  bool offline = false, refresh = false;
  int threads = 2;
};

struct ExportOptions {
  std::string format;  ///< ris, nbib, bibtex, csl-json, csv, jsonl, asreview or ids; checked by the command line.
  std::string output;  ///< Empty = standard output.
};

struct ImportOptions {
  std::vector<std::string> files;
  std::string database;  ///< Where their records come from; empty = as each file says.
  int threads = 2;
};

struct TagOptions {
  std::string explain;             ///< A PMID, PMCID, DOI or work:ID.
  std::string text;                ///< A file of plain text, "-" for standard input. One of the two is given.
  std::vector<std::string> rules;  ///< Rule files or folders; empty = the configuration's.
};

struct EvaluateOptions {
  std::string gold;                            ///< A labelled set or a folder of such; may be empty with trials.
  std::vector<std::string> trials, no_trials;  ///< Documents that are all randomised trials; of which none is.
  std::string part;                            ///< Only files whose path holds this; empty = all.
  std::string facet = "condition";             ///< Of the concepts that PubTator documents are scored on.
  std::vector<std::string> rules;              ///< Rule files or folders; empty = the configuration's.
  std::size_t errors = 10;                     ///< Errors listed for each measure.
  std::string markdown;                        ///< File for the text of docs/accuracy.md; empty = none.
};

struct DedupeOptions {
  std::string path;     ///< evaluate: a labelled set, or a folder of such.
  bool errors = false;  ///< evaluate: the missed, the falsely merged and those for review.
};

struct ReviewOptions {
  std::string export_file, import_file;  ///< review
  std::string record, other;             ///< join, split: "scopus:2-s2.0-1", a PMID, PMCID or DOI, work:ID.
  std::string note;
};

struct QueryOptions {
  std::string sql;
};

struct ValidateOptions {
  bool skip_archive = false;
};

struct SearchOptions {
  std::string file;       ///< A strategy in PubMed syntax; empty = the configuration's queries.
  std::string query;      ///< One of them; empty = all.
  std::string to;         ///< translate, count: the database.
  std::string emtree;     ///< translate: table from MeSH to Emtree.
  std::string mesh_tree;  ///< explain, recall: NLM's tree file, for explosion.
  std::string record;     ///< explain: a PMID, PMCID, DOI or work:ID.
  std::string known;      ///< recall: file of identifiers.
  bool strict = false;    ///< lint, translate: a warning is exit code 6.
};

/// rules lint, diff, coverage
struct RulesOptions {
  std::vector<std::string> paths;  ///< lint, coverage: rule files and folders; empty = the configuration's.
  std::string before;              ///< diff: a rule file or folder, or several joined by commas.
  std::string after;               ///< diff: likewise; empty = the configuration's.
  double broad = 50;               ///< lint: percent of the records.
  std::uint64_t limit = 5;         ///< diff, coverage: works that are named in each list.
};

int RunCommand(const CommonOptions& common, const RunCommandOptions& options);
int RebuildCommand(const CommonOptions& common, const RebuildOptions& options);
int ExportCommand(const CommonOptions& common, const ExportOptions& options);
int ImportCommand(const CommonOptions& common, const ImportOptions& options);
int StatusCommand(const CommonOptions& common);
int ValidateCommand(const CommonOptions& common, const ValidateOptions& options);
int DigestCommand(const CommonOptions& common, bool parts);
int DedupeReviewCommand(const CommonOptions& common, const ReviewOptions& options);
int DedupeJoinCommand(const CommonOptions& common, const ReviewOptions& options);
int DedupeSplitCommand(const CommonOptions& common, const ReviewOptions& options);
int DedupeEvaluateCommand(const CommonOptions& common, const DedupeOptions& options);
int EvaluateCommand(const CommonOptions& common, const EvaluateOptions& options);
int TagCommand(const CommonOptions& common, const TagOptions& options);
int QueryCommand(const CommonOptions& common, const QueryOptions& options);
int ConfigCheckCommand(const CommonOptions& common);
int RulesTestCommand(const CommonOptions& common, const std::vector<std::string>& paths);
int RulesLintCommand(const CommonOptions& common, const RulesOptions& options);
int RulesDiffCommand(const CommonOptions& common, const RulesOptions& options);
int RulesCoverageCommand(const CommonOptions& common, const RulesOptions& options);
int RulesSchemaCommand();
int SearchLintCommand(const CommonOptions& common, const SearchOptions& options);
int SearchTranslateCommand(const CommonOptions& common, const SearchOptions& options);
int SearchExplainCommand(const CommonOptions& common, const SearchOptions& options);
int SearchCountCommand(const CommonOptions& common, const SearchOptions& options);
int SearchAppendixCommand(const CommonOptions& common);
int SearchRecallCommand(const CommonOptions& common, const SearchOptions& options);

}  // namespace litmill::app
