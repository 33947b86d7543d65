// SPDX-License-Identifier: Apache-2.0
// litmill tag: what the tagger says of a stored record (--explain) or of any text (--text), and why.
#include <unistd.h>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/exit_codes.h"
#include "app/explanation.h"
#include "app/plain_text.h"
#include "app/session.h"

namespace litmill::app {
namespace {

/// A text to tag is an abstract, an article, at most a book.
constexpr std::size_t kMaxTextBytes = 16ULL << 20U;

Result<void> Print(const Session& session, const tag::Tagger& tagger, const Record& record) {
  LITMILL_TRY(const TaggedRecord tagged, tagger.TagRecord(record, true));
  const Explanation explanation(tagger.rule_set(), record, tagged);
  if (session.common.format == OutputFormat::kJson)
    fmt::print("{}\n", explanation.AsJson().dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  else
    fmt::print("{}", explanation.AsText(isatty(STDOUT_FILENO) == 1));
  return {};
}

Result<void> ExplainStored(Session& session, const tag::Tagger& tagger, const std::string& id) {
  LITMILL_TRY(const auto corpus, session.OpenForReading());
  LITMILL_TRY(const std::int64_t record_id, corpus->FindRecord(id));
  LITMILL_TRY(const store::StoredRecord stored, corpus->LoadRecord(record_id));
  return Print(session, tagger, stored.record);
}

Result<void> ExplainText(Session& session, const tag::Tagger& tagger, const std::string& path) {
  const std::string name = path == "-" ? "standard input" : path;
  LITMILL_TRY(const std::string text, ReadWholeFile(session.files, path, kMaxTextBytes));
  PlainText plain = ReadPlainText(text);
  if (plain.is_repaired)
    session.console.Log(LogLevel::kWarning,
                        fmt::format("{} is not UTF-8 throughout: what could not be read is U+FFFD now", name));
  if (plain.record.title.text.empty() && plain.record.abstract_sections.empty())
    return Fail(ErrorCode::kInvalidInput, fmt::format("there is no text in {}", name));
  plain.record.source_id = path;
  return Print(session, tagger, plain.record);
}

Result<void> Tag(Session& session, const TagOptions& options) {
  LITMILL_TRY(const auto tagger, session.CompileRulesOf(options.rules));
  return options.text.empty() ? ExplainStored(session, *tagger, options.explain)
                              : ExplainText(session, *tagger, options.text);
}

}  // namespace

int TagCommand(const CommonOptions& common, const TagOptions& options) {
  Session session(common);
  const auto done = Tag(session, options);
  return done ? kExitOk : session.FailWith(done.error());
}

}  // namespace litmill::app
