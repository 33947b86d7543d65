// SPDX-License-Identifier: Apache-2.0
#include "store/requested_identifiers.h"

#include <fmt/format.h>

#include "store/sqlite.h"

namespace litmill::store {
namespace {

constexpr struct {
  RequestedState state;
  std::string_view name;
  std::uint64_t RequestedTotals::*sum;
} kStates[] = {
    {RequestedState::kPending, "pending", &RequestedTotals::pending},
    {RequestedState::kStored, "stored", &RequestedTotals::stored},
    {RequestedState::kRepeated, "repeated", &RequestedTotals::repeated},
    {RequestedState::kNotAnIdentifier, "not-an-identifier", &RequestedTotals::not_an_identifier},
    {RequestedState::kNotRegistered, "not-registered", &RequestedTotals::not_registered},
    {RequestedState::kNoMetadata, "no-metadata", &RequestedTotals::no_metadata},
    {RequestedState::kNotFound, "not-found", &RequestedTotals::not_found},
    {RequestedState::kFailed, "failed", &RequestedTotals::failed},
};

Result<RequestedState> StateOf(std::string_view name) {
  for (const auto& known : kStates)
    if (known.name == name) return known.state;
  return Fail(ErrorCode::kCorruptInput, fmt::format("requested_identifiers has the unknown state \"{}\"", name));
}

}  // namespace

std::string_view RequestedStateName(RequestedState state) {
  for (const auto& known : kStates)
    if (known.state == state) return known.name;
  return "failed";
}

Result<std::uint64_t> CountRequestedIdentifiers(sqlite3* db, std::int64_t run_id) {
  Statement count(db, "SELECT count(*) FROM requested_identifiers WHERE run_id = ?");
  LITMILL_CHECK(count.First(run_id));
  return static_cast<std::uint64_t>(count.Int(0));
}

Result<RequestedTotals> ReadRequestedTotals(sqlite3* db, std::int64_t run_id) {
  Statement states(db, "SELECT state, count(*) FROM requested_identifiers WHERE run_id = ? GROUP BY state");
  LITMILL_CHECK(states.Start(run_id));
  RequestedTotals totals;
  while (true) {
    LITMILL_TRY(const bool row, states.Step());
    if (!row) return totals;
    for (const auto& known : kStates)
      if (states.View(0) == known.name) totals.*known.sum = static_cast<std::uint64_t>(states.Int(1));
  }
}

Result<std::vector<RequestedIdentifier>> ReadRequestedIdentifiers(sqlite3* db, std::int64_t run_id) {
  Statement select(
      db,
      "SELECT ordinal, line, input, scheme, value, state, reason, agency, resolved, source, source_id, list "
      "FROM requested_identifiers WHERE run_id = ? ORDER BY ordinal");
  LITMILL_CHECK(select.Start(run_id));
  std::vector<RequestedIdentifier> identifiers;
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) return identifiers;
    RequestedIdentifier& i = identifiers.emplace_back();
    i.ordinal = static_cast<std::uint64_t>(select.Int(0));
    i.line = static_cast<std::uint64_t>(select.Int(1));
    i.input = select.Text(2);
    i.scheme = select.Text(3);
    i.value = select.Text(4);
    LITMILL_TRY(i.state, StateOf(select.View(5)));
    int column = 6;
    for (std::string* field : {&i.reason, &i.agency, &i.resolved, &i.source, &i.source_id, &i.list})
      *field = select.Text(column++);
  }
}

Result<void> PutRequestedIdentifiers(sqlite3* db, std::int64_t run_id,
                                     const std::vector<RequestedIdentifier>& identifiers) {
  Statement clear(db, "DELETE FROM requested_identifiers WHERE run_id = ?");
  LITMILL_CHECK(clear.Run(run_id));
  Statement insert(db, "INSERT INTO requested_identifiers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const RequestedIdentifier& i : identifiers)
    LITMILL_CHECK(insert.Run(run_id, i.ordinal, i.line, i.input, OrNull{i.scheme}, OrNull{i.value},
                             RequestedStateName(i.state), OrNull{i.reason}, OrNull{i.agency}, OrNull{i.resolved},
                             OrNull{i.source}, OrNull{i.source_id}, i.list));
  return {};
}

Result<void> SetRequestedIdentifiers(sqlite3* db, std::int64_t run_id,
                                     const std::vector<RequestedIdentifier>& identifiers) {
  Statement update(
      db,
      "UPDATE requested_identifiers SET line = ?, input = ?, scheme = ?, value = ?, state = ?, reason = ?, "
      "agency = ?, resolved = ?, source = ?, source_id = ?, list = ? WHERE run_id = ? AND ordinal = ? RETURNING 1");
  for (const RequestedIdentifier& i : identifiers) {
    LITMILL_TRY(bool row, update.First(i.line, i.input, OrNull{i.scheme}, OrNull{i.value}, RequestedStateName(i.state),
                                       OrNull{i.reason}, OrNull{i.agency}, OrNull{i.resolved}, OrNull{i.source},
                                       OrNull{i.source_id}, i.list, run_id, i.ordinal));
    if (!row) return Fail(ErrorCode::kNotFound, fmt::format("run {} was given no identifier {}", run_id, i.ordinal));
    while (row) {
      LITMILL_TRY(row, update.Step());
    }
  }
  return {};
}

}  // namespace litmill::store
