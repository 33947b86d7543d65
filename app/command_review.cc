// SPDX-License-Identifier: Apache-2.0
// litmill dedupe review, join and split: what a person says of duplicates, remembered for ever.
#include <cstdio>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/exit_codes.h"
#include "app/review_table.h"
#include "app/run_lock.h"
#include "app/session.h"
#include "store/record_pairs.h"
#include "store/sqlite.h"

namespace litmill::app {
namespace {

constexpr std::size_t kMaxTableBytes = 256U << 20U;

std::string Named(const store::RecordName& name) { return name.source + " " + name.source_id; }

void PrintPairs(const std::vector<store::ReviewPair>& pairs) {
  std::size_t open = 0;
  for (const store::ReviewPair& pair : pairs) {
    if (!pair.decision.empty()) continue;
    ++open;
    const auto print = [](const store::RecordName& name, const std::string& title, const std::string& authors,
                          const std::string& year, const std::string& journal) {
      fmt::print("  {}\n    {}\n    {} ({}) {}\n", Named(name), title, authors, year, journal);
    };
    fmt::print("{}. {}{}\n", open, pair.rule, pair.evidence.empty() ? "" : ": " + pair.evidence);
    print(pair.record, pair.title, pair.authors, pair.year, pair.journal);
    print(pair.other, pair.other_title, pair.other_authors, pair.other_year, pair.other_journal);
  }
  fmt::print("{}{} to decide, {} decided\n", open == 0 ? "" : "\n", open, pairs.size() - open);
  if (open > 0)
    fmt::print(
        "Fill in a table and give it back:  litmill dedupe review --export pairs.csv,  then  --import pairs.csv\n");
}

nlohmann::ordered_json ToJson(const store::ReviewPair& p) {
  return {{"source", p.record.source},
          {"source_id", p.record.source_id},
          {"other_source", p.other.source},
          {"other_source_id", p.other.source_id},
          {"title", p.title},
          {"other_title", p.other_title},
          {"rule", p.rule},
          {"evidence", p.evidence},
          {"decision", p.decision},
          {"note", p.note}};
}

/// "scopus:2-s2.0-1", or what names a work or record by its identifiers: "work:7", a PMID, PMCID or DOI.
Result<store::RecordName> FindName(const store::Corpus& corpus, const std::string& identifier) {
  const std::size_t colon = identifier.find(':');
  if (colon != std::string::npos) {
    store::Statement exact(corpus.handle(), "SELECT 1 FROM source_records WHERE source = ? AND source_id = ?");
    const store::RecordName name{identifier.substr(0, colon), identifier.substr(colon + 1)};
    LITMILL_TRY(const bool found, exact.First(name.source, name.source_id));
    if (found) return name;
  }
  LITMILL_TRY(const std::int64_t record_id, corpus.FindRecord(identifier));
  store::Statement select(corpus.handle(), "SELECT source, source_id FROM source_records WHERE record_id = ?");
  LITMILL_CHECK(select.First(record_id));
  return store::RecordName{select.Text(0), select.Text(1)};
}

/// Opens the corpus for writing, with its lock.
struct OpenedCorpus {
  std::unique_ptr<RunLock> lock;
  std::unique_ptr<store::Corpus> corpus;
};

Result<OpenedCorpus> OpenForWriting(Session& session) {
  const std::string path = session.CorpusPath();
  OpenedCorpus opened;
  LITMILL_TRY(opened.lock, RunLock::Acquire(path, session.common.command_line, session.clock));
  store::OpenOptions options;
  options.create = false;
  LITMILL_TRY(opened.corpus, store::Corpus::Open(path, options));
  return opened;
}

/// Stores the decisions and makes the works anew.
Result<int> Apply(Session& session, store::Corpus& corpus, const std::vector<store::PersonsDecision>& decisions) {
  LITMILL_TRY(const store::CorpusCounts before, corpus.Counts());
  LITMILL_CHECK(store::PutDecisions(corpus, decisions));
  LITMILL_TRY(const store::LinkCounts links, corpus.LinkWorks());
  LITMILL_TRY(const store::CorpusCounts after, corpus.Counts());
  LITMILL_CHECK(corpus.Close());
  session.console.Info(fmt::format("{} decision(s) kept; {} works before, {} now; {} pair(s) to decide",
                                   decisions.size(), WithThousands(before.works), WithThousands(after.works),
                                   WithThousands(links.to_review)));
  if (links.conflicts > 0)
    session.console.Log(LogLevel::kWarning,
                        "some identifiers or decisions contradict each other: litmill query \"SELECT message FROM "
                        "problems WHERE stage = 'store'\"");
  return kExitOk;
}

Result<int> Review(Session& session, const ReviewOptions& options) {
  if (!options.import_file.empty()) {
    LITMILL_TRY(const std::string text, ReadWholeFile(session.files, options.import_file, kMaxTableBytes));
    auto decisions = ReadReviewTable(text, FormatUtc(session.clock.Now()));
    if (!decisions) return Fail(decisions.error().With(options.import_file));
    LITMILL_TRY(const OpenedCorpus opened, OpenForWriting(session));
    return Apply(session, *opened.corpus, *decisions);
  }
  LITMILL_TRY(const auto corpus, session.OpenForReading());
  LITMILL_TRY(const std::vector<store::ReviewPair> pairs, store::ReadReviewPairs(*corpus));
  if (!options.export_file.empty()) {
    LITMILL_CHECK(session.files.WriteAtomically(options.export_file, WriteReviewTable(pairs)));
    session.console.Info(fmt::format("{}: {} pairs", options.export_file, pairs.size()));
  } else if (session.common.format == OutputFormat::kJson) {
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const store::ReviewPair& pair : pairs) json.push_back(ToJson(pair));
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  } else {
    PrintPairs(pairs);
  }
  return kExitOk;
}

Result<int> Join(Session& session, const ReviewOptions& options) {
  LITMILL_TRY(const OpenedCorpus opened, OpenForWriting(session));
  LITMILL_TRY(const store::RecordName record, FindName(*opened.corpus, options.record));
  LITMILL_TRY(const store::RecordName other, FindName(*opened.corpus, options.other));
  return Apply(session, *opened.corpus, {{record, other, true, FormatUtc(session.clock.Now()), options.note}});
}

/// The record against each of its work; of a work every record against every other.
Result<int> Split(Session& session, const ReviewOptions& options) {
  LITMILL_TRY(const OpenedCorpus opened, OpenForWriting(session));
  LITMILL_TRY(const store::RecordName record, FindName(*opened.corpus, options.record));
  LITMILL_TRY(const std::vector<store::RecordName> fellows, store::ReadFellowRecords(*opened.corpus, record));
  if (fellows.empty())
    return Fail(ErrorCode::kInvalidInput, Named(record) + " is the only record of its work: there is nothing to split");
  const std::string now = FormatUtc(session.clock.Now());
  std::vector<store::PersonsDecision> decisions;
  const bool is_work = options.record.starts_with("work:");
  for (std::size_t i = 0; i < fellows.size(); ++i) {
    decisions.push_back({record, fellows[i], false, now, options.note});
    for (std::size_t j = i + 1; is_work && j < fellows.size(); ++j)
      decisions.push_back({fellows[i], fellows[j], false, now, options.note});
  }
  return Apply(session, *opened.corpus, decisions);
}

int Finish(Session& session, const Result<int>& code) { return code ? *code : session.FailWith(code.error()); }

}  // namespace

int DedupeReviewCommand(const CommonOptions& common, const ReviewOptions& options) {
  Session session(common);
  return Finish(session, Review(session, options));
}

int DedupeJoinCommand(const CommonOptions& common, const ReviewOptions& options) {
  Session session(common);
  return Finish(session, Join(session, options));
}

int DedupeSplitCommand(const CommonOptions& common, const ReviewOptions& options) {
  Session session(common);
  return Finish(session, Split(session, options));
}

}  // namespace litmill::app
