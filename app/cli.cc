// SPDX-License-Identifier: Apache-2.0
#include "app/cli.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <functional>
#include <map>

#include "app/commands.h"
#include "app/exit_codes.h"
#include "core/partial_date.h"

namespace litmill::app {
namespace {

/// The options of all commands, filled by CLI11, and the one command that was named.
struct Invocation {
  CommonOptions common;
  RunCommandOptions run;
  ImportOptions import;
  RebuildOptions rebuild;
  ExportOptions exporting;
  TagOptions tag;
  EvaluateOptions evaluate;
  QueryOptions query;
  DedupeOptions dedupe;
  ReviewOptions review;
  ValidateOptions validate;
  SearchOptions search;
  bool digest_parts = false;
  std::vector<std::string> rule_paths;
  RulesOptions rules;
  std::function<int()> action;
};

void AddDb(CLI::App& command, Invocation& in) {
  command.add_option("--db", in.common.db, "Corpus file (default: store.corpus of the configuration, else corpus.db)");
}

void AddConfig(CLI::App& command, Invocation& in) {
  command.add_option("-c,--config", in.common.config, "Configuration")->capture_default_str();
}

void AddFormat(CLI::App& command, Invocation& in, bool csv = false) {
  std::map<std::string, OutputFormat> names{{"table", OutputFormat::kTable}, {"json", OutputFormat::kJson}};
  if (csv) names["csv"] = OutputFormat::kCsv;
  command.add_option("--format", in.common.format, csv ? "Output: table, csv or json" : "Output: table or json")
      ->transform(CLI::CheckedTransformer(names).description(""));
}

void AddThreads(CLI::App& command, int& threads) {
  command.add_option("--threads", threads, "Threads; 1 to 64. The corpus does not depend on it")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
}

void Example(CLI::App& command, const std::string& example) { command.footer("Example:\n  " + example); }

void AddRun(CLI::App& app, Invocation& in) {
  CLI::App* run = app.add_subcommand("run", "Search, fetch, parse, tag and store; goes on where a stopped run ended");
  AddConfig(*run, in);
  AddDb(*run, in);
  AddFormat(*run, in);
  AddThreads(*run, in.run.threads);
  run->add_flag("--offline", in.run.offline, "Use the raw archive alone; no network");
  run->add_flag("--strict", in.run.strict, "Stop with exit code 6 on a search warning; exit 6 on a new retraction");
  run->add_flag("--dry-run", in.run.dry_run, "Print the requests that would be sent, and stop");
  run->add_option("--limit", in.run.limit,
                  "Ask PubMed for at most this many records (for trials); other databases are searched whole")
      ->check(CLI::PositiveNumber);
  run->add_option("--since", in.run.since, "Ask again for stored records modified since this date (YYYY-MM-DD)")
      ->check([](const std::string& text) {
        return DateFromIso(text) && text.size() == 10 ? "" : "a date like 2026-01-31 is expected";
      });
  run->add_option("--batch-size", in.run.batch_size, "Records a request, in place of sources.pubmed.batch_size")
      ->check(CLI::Range(1, 500));
  Example(*run, "litmill run -c pipeline.yaml --limit 500");
  run->callback([&in] { in.action = [&in] { return RunCommand(in.common, in.run); }; });
}

void AddRebuildAndExport(CLI::App& app, Invocation& in) {
  CLI::App* rebuild = app.add_subcommand("rebuild", "A corpus from a list of DOIs, PMIDs and PMCIDs");
  AddConfig(*rebuild, in);
  AddDb(*rebuild, in);
  AddFormat(*rebuild, in);
  AddThreads(*rebuild, in.rebuild.threads);
  rebuild
      ->add_option(
          "--from", in.rebuild.from,
          "The list: one a line, # begins a comment; or a table with a column doi, pmid or pmcid (- is standard "
          "input)")
      ->required();
  rebuild->add_option("--failed-to", in.rebuild.failed_to,
                      "Write what led to nothing there, with the reasons, ready to be given again");
  rebuild->add_flag("--offline", in.rebuild.offline, "Use the raw archive alone; no network");
  rebuild->add_flag("--refresh", in.rebuild.refresh, "Ask again for what the corpus has");
  Example(*rebuild, "litmill rebuild --from included-studies.csv --failed-to not-found.txt");
  rebuild->callback([&in] { in.action = [&in] { return RebuildCommand(in.common, in.rebuild); }; });

  CLI::App* list = app.add_subcommand("export", "Take the corpus away: each work once, merged of its records");
  AddConfig(*list, in);
  AddDb(*list, in);
  list->add_option("--format", in.exporting.format,
                   "ris, nbib (MEDLINE text), bibtex, csl-json, csv (one row a work, a column for each facet of tags), "
                   "jsonl (every field), asreview (for screening), ids (identifiers, for litmill rebuild)")
      ->required()
      ->check(CLI::IsMember({"ris", "nbib", "bibtex", "csl-json", "csv", "jsonl", "asreview", "ids"}).description(""));
  list->add_option("-o,--output", in.exporting.output, "File (default: standard output); it appears when it is whole");
  list->footer(
      "Examples:\n"
      "  litmill export --format ris -o works.ris             for Zotero, EndNote, Rayyan, Covidence\n"
      "  litmill export --format nbib -o works.nbib           as PubMed writes it\n"
      "  litmill export --format bibtex -o works.bib          for LaTeX and JabRef\n"
      "  litmill export --format csl-json -o works.json       for pandoc and citation processors\n"
      "  litmill export --format csv -o works.csv             for a spreadsheet or R\n"
      "  litmill export --format jsonl -o works.jsonl         for a program\n"
      "  litmill export --format asreview -o screening.csv    for ASReview\n"
      "  litmill export --format ids -o works.csv             for litmill rebuild --from works.csv");
  list->callback([&in] { in.action = [&in] { return ExportCommand(in.common, in.exporting); }; });
}

void AddImport(CLI::App& app, Invocation& in) {
  // Not named "import": clang-format takes a line that begins so for a C++20 module.
  CLI::App* files = app.add_subcommand("import",
                                       "Records from files: PubMed XML, what databases and reference managers export, "
                                       "lists of identifiers (- is standard "
                                       "input)");
  AddConfig(*files, in);
  AddDb(*files, in);
  AddFormat(*files, in);
  AddThreads(*files, in.import.threads);
  files->add_option("files", in.import.files, "Files to read")->required();
  files->add_option(
      "--database", in.import.database,
      "Where the records come from (scopus, embase, wos, ...), when the files do not say it or say it wrong");
  Example(*files, "litmill import scopus.csv embase.ris savedrecs.txt pubmed26n0001.xml.gz ids.txt");
  files->callback([&in] { in.action = [&in] { return ImportCommand(in.common, in.import); }; });
}

void AddCare(CLI::App& app, Invocation& in) {
  CLI::App* status = app.add_subcommand("status", "What the corpus holds and how the last runs ended");
  CLI::App* validate = app.add_subcommand("validate", "Check every promise about the corpus and the raw archive");
  CLI::App* digest = app.add_subcommand("digest", "The hash of what the corpus says, whatever the order of writing");
  for (CLI::App* command : {status, validate, digest}) {
    AddConfig(*command, in);
    AddDb(*command, in);
    AddFormat(*command, in);
  }
  validate->add_flag("--skip-archive", in.validate.skip_archive, "Leave out the hashes of the raw archive");
  digest->add_flag("--parts", in.digest_parts, "The hash of each table too, to see where two corpora differ");
  Example(*status, "litmill status --db corpus.db");
  Example(*validate, "litmill validate --db corpus.db");
  Example(*digest, "litmill digest --db corpus.db --parts");
  status->callback([&in] { in.action = [&in] { return StatusCommand(in.common); }; });
  validate->callback([&in] { in.action = [&in] { return ValidateCommand(in.common, in.validate); }; });
  digest->callback([&in] { in.action = [&in] { return DigestCommand(in.common, in.digest_parts); }; });
}

void AddTagAndQuery(CLI::App& app, Invocation& in) {
  CLI::App* tag = app.add_subcommand(
      "tag", "Why a record or any text has its tags: every mention, mask and gate, numbers and findings");
  AddConfig(*tag, in);
  AddDb(*tag, in);
  AddFormat(*tag, in);
  CLI::Option_group* what = tag->add_option_group("what", "One of these");
  what->add_option("--explain", in.tag.explain, "A stored record: a PMID, PMCID, DOI or work:ID");
  what->add_option("--text", in.tag.text,
                   "A file of plain text (- is standard input); no corpus is needed. Blank lines part paragraphs; a "
                   "short first one is the title");
  what->require_option(1);
  tag->add_option("--rules", in.tag.rules,
                  "A rule file or folder; may be repeated (default: those of the configuration)")
      ->allow_extra_args(false);
  Example(*tag,
          "litmill tag --explain 40647320\n"
          "  echo 'Oral magnesium oxide for migraine.' | litmill tag --text -");
  tag->callback([&in] { in.action = [&in] { return TagCommand(in.common, in.tag); }; });

  CLI::App* query = app.add_subcommand("query", "Ask the corpus in SQL; nothing can be changed");
  AddConfig(*query, in);
  AddDb(*query, in);
  AddFormat(*query, in, true);
  query->add_option("sql", in.query.sql, "One SELECT (- reads it from standard input); docs/schema.md has the tables")
      ->required();
  Example(*query,
          "litmill query \"SELECT concept, count(*) AS works FROM tags WHERE facet = 'condition' GROUP BY concept "
          "ORDER BY works DESC\"");
  query->callback([&in] { in.action = [&in] { return QueryCommand(in.common, in.query); }; });
}

/// What persons say of duplicates.
void AddReview(CLI::App& dedupe, Invocation& in) {
  CLI::App* review = dedupe.add_subcommand("review", "Pairs of records that are perhaps one publication");
  AddDb(*review, in);
  AddFormat(*review, in);
  CLI::Option* out = review->add_option("--export", in.review.export_file, "Write them as a CSV table to be filled in");
  review->add_option("--import", in.review.import_file, "Take over the decisions of such a table")->excludes(out);
  Example(*review, "litmill dedupe review --export pairs.csv");
  review->callback([&in] { in.action = [&in] { return DedupeReviewCommand(in.common, in.review); }; });

  CLI::App* join = dedupe.add_subcommand("join", "Say that two records are one publication; remembered for ever");
  AddDb(*join, in);
  join->add_option("record", in.review.record, "scopus:2-s2.0-1, a PMID, PMCID or DOI, or work:ID")->required();
  join->add_option("other", in.review.other, "The other record")->required();
  join->add_option("--note", in.review.note, "Why");
  Example(*join, "litmill dedupe join 34567890 scopus:2-s2.0-85012345678");
  join->callback([&in] { in.action = [&in] { return DedupeJoinCommand(in.common, in.review); }; });

  CLI::App* split = dedupe.add_subcommand("split", "Say that a record is no duplicate of the others of its work");
  AddDb(*split, in);
  split->add_option("record", in.review.record, "scopus:2-s2.0-1, a PMID, PMCID or DOI; work:ID = all its records")
      ->required();
  split->add_option("--note", in.review.note, "Why");
  Example(*split, "litmill dedupe split scopus:2-s2.0-85012345678");
  split->callback([&in] { in.action = [&in] { return DedupeSplitCommand(in.common, in.review); }; });
}

void AddEvaluate(CLI::App& app, Invocation& in) {
  CLI::App* evaluate =
      app.add_subcommand("evaluate", "Precision, recall and F1 of the rules on labelled sets, with the errors");
  AddConfig(*evaluate, in);
  AddFormat(*evaluate, in);
  evaluate->add_option("gold", in.evaluate.gold,
                       "A labelled set or a folder of such: PubTator, brat (.txt with .ann), tables of traps, of "
                       "directions or of studies, JSON of questions");
  evaluate
      ->add_option("--trials", in.evaluate.trials,
                   "Documents (PubTator or brat) that are all randomised trials; may be repeated")
      ->allow_extra_args(false);
  evaluate
      ->add_option("--no-trials", in.evaluate.no_trials,
                   "Documents of which none is a randomised trial; may be repeated")
      ->allow_extra_args(false);
  evaluate->add_option("--part", in.evaluate.part, "Only files whose path below GOLD holds this");
  evaluate->add_option("--facet", in.evaluate.facet, "Of the concepts that PubTator documents are scored on")
      ->capture_default_str();
  evaluate->add_option("--errors", in.evaluate.errors, "Errors listed for each measure (json lists all)")
      ->capture_default_str();
  evaluate->add_option("--markdown", in.evaluate.markdown, "Write the figures to this file instead");
  evaluate
      ->add_option("--rules", in.evaluate.rules,
                   "A rule file or folder; may be repeated (default: those of the configuration)")
      ->allow_extra_args(false);
  Example(*evaluate, "litmill evaluate gold --trials gold/evidence-outcomes --errors 20");
  evaluate->callback([&in] { in.action = [&in] { return EvaluateCommand(in.common, in.evaluate); }; });
}
void AddDedupe(CLI::App& app, Invocation& in) {
  CLI::App* dedupe = app.add_subcommand("dedupe", "The same publication across databases");
  dedupe->require_subcommand(1);
  AddReview(*dedupe, in);
  CLI::App* evaluate = dedupe->add_subcommand(
      "evaluate", "Sensitivity, specificity and false merges on labelled sets; exit code 5 when any is falsely merged");
  AddFormat(*evaluate, in);
  evaluate
      ->add_option("path", in.dedupe.path,
                   "A folder with records_pre_merged.csv and merged_record_ids.csv, with labelled_test_set.csv or with "
                   "test_cases.json; or a folder of such folders")
      ->required();
  evaluate->add_flag("--errors", in.dedupe.errors, "List what was missed, falsely merged or left for review");
  Example(*evaluate, "litmill dedupe evaluate gold/dedupe --errors");
  evaluate->callback([&in] { in.action = [&in] { return DedupeEvaluateCommand(in.common, in.dedupe); }; });
}

/// A subcommand of `litmill search`, with what they all take.
CLI::App& AddSearchCommand(CLI::App& search, Invocation& in, const std::string& name, const std::string& what,
                           int (*run)(const CommonOptions&, const SearchOptions&)) {
  CLI::App* command = search.add_subcommand(name, what);
  AddConfig(*command, in);
  AddFormat(*command, in);
  command->add_option(
      "--file", in.search.file,
      "A strategy in PubMed syntax, numbered lines or not (- is standard input; default: the queries of "
      "the configuration)");
  command->add_option("--query", in.search.query, "One query of the configuration")->excludes("--file");
  command->callback([&in, run] { in.action = [&in, run] { return run(in.common, in.search); }; });
  return *command;
}

void AddSearch(CLI::App& app, Invocation& in) {
  CLI::App* search = app.add_subcommand("search", "The search strategy: checked, translated, tried on the corpus");
  search->require_subcommand(1);
  CLI::App& lint = AddSearchCommand(*search, in, "lint", "What PubMed would misread, with places and suggestions",
                                    SearchLintCommand);
  lint.add_flag("--strict", in.search.strict, "Exit with 6 on a warning");
  Example(lint, "litmill search lint --file strategy.txt");

  CLI::App& translate =
      AddSearchCommand(*search, in, "translate", "The strategy for another database; what cannot be carried is listed",
                       SearchTranslateCommand);
  translate
      .add_option("--to", in.search.to, "pubmed, embase, ovid-medline, ovid-embase, scopus, wos, europepmc or cochrane")
      ->required();
  translate.add_option("--emtree", in.search.emtree, "Table from MeSH headings to Emtree (docs/search/emtree.tsv)");
  translate.add_flag("--strict", in.search.strict, "Exit with 6 on a warning");
  Example(translate, "litmill search translate --to scopus --query migraine");

  CLI::App& explain =
      AddSearchCommand(*search, in, "explain", "Why a record of the corpus is found, or why not", SearchExplainCommand);
  AddDb(explain, in);
  explain.add_option("record", in.search.record, "A PMID, PMCID, DOI or work:ID")->required();
  explain.add_option("--mesh-tree", in.search.mesh_tree, "NLM's file of tree numbers, to explode headings");
  Example(explain, "litmill search explain 40647320 --query migraine");

  CLI::App& count = AddSearchCommand(
      *search, in, "count", "Hits of each clause and line, and what the database really ran", SearchCountCommand);
  AddDb(count, in);
  count.add_option("--on", in.search.to, "pubmed, europepmc, scopus, wos or embase (default: pubmed)");
  Example(count, "litmill search count --query migraine");

  CLI::App& recall = AddSearchCommand(
      *search, in, "recall", "Known records found or missed, and by which part; exit code 6 when any is missed",
      SearchRecallCommand);
  AddDb(recall, in);
  recall.add_option("--known", in.search.known, "File with a PMID, PMCID or DOI a line; # begins a comment")
      ->required();
  recall.add_option("--mesh-tree", in.search.mesh_tree, "NLM's file of tree numbers, to explode headings");
  Example(recall, "litmill search recall --known included-studies.txt");

  CLI::App* appendix = search->add_subcommand("appendix", "The searches of the corpus as PRISMA-S asks, in Markdown");
  AddConfig(*appendix, in);
  AddDb(*appendix, in);
  Example(*appendix, "litmill search appendix > appendix.md");
  appendix->callback([&in] { in.action = [&in] { return SearchAppendixCommand(in.common); }; });
}

/// What helps the authors of rules, besides their examples.
void AddRuleTools(CLI::App& rules, Invocation& in) {
  CLI::App* lint = rules.add_subcommand(
      "lint", "Dead, shadowed, overlapping, too broad, slow and ambiguous rules; exit code 6 on a warning");
  CLI::App* diff =
      rules.add_subcommand("diff", "What differs between two rule sets and, with --db, which tags of which works");
  CLI::App* coverage = rules.add_subcommand(
      "coverage", "How many works each facet and concept reaches, and which works none; nothing is written");
  for (CLI::App* command : {lint, diff, coverage}) {
    AddConfig(*command, in);
    AddFormat(*command, in);
  }
  lint->add_option("--db", in.common.db, "Try the rules on this corpus too (default: on their examples alone)");
  diff->add_option("--db", in.common.db, "Tag this corpus with both, without writing, and compare");
  AddDb(*coverage, in);
  for (CLI::App* command : {lint, coverage})
    command->add_option("paths", in.rules.paths, "Rule files or folders (default: those of the configuration)");
  lint->add_option("--broad", in.rules.broad, "Percent of the corpus's records above which a rule is too broad")
      ->check(CLI::Range(0.0, 100.0))
      ->capture_default_str();
  diff->add_option("old", in.rules.before, "A rule file or folder, or several joined by commas")->required();
  diff->add_option("new", in.rules.after, "Likewise (default: the rules of the configuration)");
  for (CLI::App* command : {diff, coverage})
    command->add_option("--limit", in.rules.limit, "Works to name in each list; 0 = none")->capture_default_str();
  Example(*lint, "litmill rules lint rules/magnesium --db corpus.db");
  Example(*diff, "litmill rules diff ../litmill-1.0/rules rules --db corpus.db");
  Example(*coverage, "litmill rules coverage --db corpus.db --limit 20");
  lint->callback([&in] { in.action = [&in] { return RulesLintCommand(in.common, in.rules); }; });
  diff->callback([&in] { in.action = [&in] { return RulesDiffCommand(in.common, in.rules); }; });
  coverage->callback([&in] { in.action = [&in] { return RulesCoverageCommand(in.common, in.rules); }; });

  CLI::App* schema = rules.add_subcommand("schema", "The JSON Schema of rule files, for editors");
  Example(*schema, "litmill rules schema > rules.schema.json");
  schema->callback([&in] { in.action = [] { return RulesSchemaCommand(); }; });
}

void AddConfigAndRules(CLI::App& app, Invocation& in) {
  CLI::App* config = app.add_subcommand("config", "The configuration");
  config->require_subcommand(1);
  CLI::App* check = config->add_subcommand("check", "Check the configuration and rules, and print what is in effect");
  AddConfig(*check, in);
  Example(*check, "litmill config check -c pipeline.yaml");
  check->callback([&in] { in.action = [&in] { return ConfigCheckCommand(in.common); }; });

  CLI::App* rules = app.add_subcommand("rules", "The rule files");
  rules->require_subcommand(1);
  CLI::App* test = rules->add_subcommand("test", "Run every rule's should and should-not examples");
  AddConfig(*test, in);
  test->add_option("paths", in.rule_paths, "Rule files or folders (default: those of the configuration)");
  Example(*test, "litmill rules test rules/magnesium");
  test->callback([&in] { in.action = [&in] { return RulesTestCommand(in.common, in.rule_paths); }; });
  AddRuleTools(*rules, in);
}

}  // namespace

int RunCli(int argc, char** argv) {
  Invocation in;
  CLI::App app("litmill turns a search strategy written as code into a SQLite corpus of tagged literature.", "litmill");
  app.set_version_flag("--version", std::string("litmill ") + LITMILL_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  app.add_flag("-q,--quiet", in.common.quiet, "Warnings and errors only");
  app.add_option("--log-format", in.common.log_format, "Log lines on standard error: text or json")
      ->transform(CLI::CheckedTransformer(
                      std::map<std::string, LogFormat>{{"text", LogFormat::kText}, {"json", LogFormat::kJson}})
                      .description(""));
  app.footer(
      "Exit codes: 0 complete, 2 usage or configuration, 3 some records failed (listed), 4 source unreachable,\n"
      "5 integrity, 6 attention needed (--strict), 75 locked by another run, 130 interrupted (resumable).");
  AddRun(app, in);
  AddRebuildAndExport(app, in);
  AddImport(app, in);
  AddCare(app, in);
  AddTagAndQuery(app, in);
  AddEvaluate(app, in);
  AddDedupe(app, in);
  AddSearch(app, in);
  AddConfigAndRules(app, in);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitOk : kExitUsage;
  }
  in.common.command_line = "litmill";
  for (int i = 1; i < argc; ++i) in.common.command_line += std::string(" ") + argv[i];
  return in.action();
}

}  // namespace litmill::app
