// SPDX-License-Identifier: Apache-2.0
#include "store/schema_doc.h"

#include <fmt/format.h>

#include <map>
#include <string_view>
#include <vector>

#include "store/migrations.h"
#include "store/sqlite.h"

namespace litmill::store {
namespace {

constexpr std::string_view kIntroduction =
    "# The corpus: schema\n\n"
    "<!-- Made from the database by `cmake --build BUILD --target schema_doc`. Do not edit: the descriptions are "
    "comments in store/migration_*.cc. -->\n\n"
    "A corpus is one SQLite file that any client can open. `PRAGMA application_id` is {} (\"lmil\"), `PRAGMA "
    "user_version` is {} (the schema version).\n"
    "Everything bibliographic hangs on `source_records.record_id`; `works` is derived from it, so that merging "
    "publications can be undone.\n"
    "Times are UTC in ISO 8601, yes/no columns are 0 or 1, an element that the source did not have is NULL. Positions "
    "count from 0.\n\n"
    "`works_fts` is an FTS5 index over title and abstract of `works_text` (rowid = work_id; case and accents do not "
    "matter):\n"
    "`SELECT w.work_id, w.title FROM works_fts JOIN works AS w ON w.work_id = works_fts.rowid WHERE works_fts MATCH "
    "'magnes* AND migraine'`.\n";

/// The name before, and the comment after, "--" in one line of the schema.
struct Commented {
  std::string name, comment;
};

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t,(");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t,") + 1 - begin);
}

/// First line: the object itself (name empty). Others: "column TYPE ..., -- comment" or "... AS column, -- comment".
std::vector<Commented> ReadComments(std::string_view sql, bool is_view) {
  std::vector<Commented> lines;
  for (bool first = true; !sql.empty(); first = false) {
    const std::size_t end = sql.find('\n');
    const std::string_view line = sql.substr(0, end);
    sql.remove_prefix(end == std::string_view::npos ? sql.size() : end + 1);
    const std::size_t dashes = line.find("-- ");
    if (dashes == std::string_view::npos) continue;
    const std::string_view code = Trim(line.substr(0, dashes));
    std::string_view name;
    if (!first) name = is_view ? code.substr(code.rfind(' ') + 1) : code.substr(0, code.find(' '));
    lines.push_back({std::string(name), std::string(line.substr(dashes + 3))});
  }
  return lines;
}

std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '<') out += '\\';
    out += c;
  }
  return out;
}

/// column -> "table (column)" that it refers to.
Result<std::map<std::string, std::string>> ForeignKeys(sqlite3* db, const std::string& table) {
  Statement keys(db, "SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?)");
  LITMILL_CHECK(keys.Start(table));
  std::map<std::string, std::string> parents;
  while (true) {
    LITMILL_TRY(const bool row, keys.Step());
    if (!row) return parents;
    std::string& all = parents[keys.Text(0)];
    const std::string parent = "`" + keys.Text(1) + "`";
    if (all.find(parent) == std::string::npos) all += (all.empty() ? "" : ", ") + parent;
  }
}

Result<std::string> DescribeColumns(sqlite3* db, const std::string& table, const std::string& sql, bool is_view) {
  const std::vector<Commented> comments = ReadComments(sql, is_view);
  if (comments.empty() || !comments.front().name.empty())
    return Fail(ErrorCode::kInternal, fmt::format("{} has no description", table));
  LITMILL_TRY(const auto parents, ForeignKeys(db, table));
  std::string out = fmt::format("{}\n\n| column | type | |\n| --- | --- | --- |\n", Escaped(comments.front().comment));
  Statement columns(db, "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?) ORDER BY cid");
  LITMILL_CHECK(columns.Start(table));
  while (true) {
    LITMILL_TRY(const bool row, columns.Step());
    if (!row) return out;
    const std::string name = columns.Text(0);
    std::string comment;
    for (const Commented& c : comments)
      if (c.name == name) comment = c.comment;
    if (comment.empty()) return Fail(ErrorCode::kInternal, fmt::format("{}.{} has no description", table, name));
    std::string type = columns.Text(1);
    if (!is_view && columns.Int(2) == 0 && columns.Int(3) == 0) type += " or NULL";
    if (columns.Int(3) > 0) type += ", key";
    const auto parent = parents.find(name);
    out += fmt::format("| `{}` | {} | {}{} |\n", name, type, Escaped(comment),
                       parent == parents.end() ? "" : fmt::format(" -> {}", parent->second));
  }
}

Result<std::string> DescribeIndexes(sqlite3* db, const std::string& table) {
  Statement indexes(
      db,
      "SELECT l.name, (SELECT group_concat(ifnull(i.name, '(expression)'), ', ') FROM pragma_index_info(l.name) AS i), "
      "l.\"unique\" FROM pragma_index_list(?) AS l WHERE l.origin <> 'pk' ORDER BY l.name");
  LITMILL_CHECK(indexes.Start(table));
  std::string out;
  while (true) {
    LITMILL_TRY(const bool row, indexes.Step());
    if (!row) break;
    out += fmt::format("{}({}){}", out.empty() ? "" : ", ", indexes.View(1), indexes.Bool(2) ? " unique" : "");
  }
  return out.empty() ? out : "\nIndexed: " + out + ".\n";
}

Result<std::string> DescribeAll(sqlite3* db, const char* type) {
  const bool is_view = std::string_view(type) == "view";
  Statement objects(db,
                    "SELECT name, sql FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'works\\_fts%' ESCAPE '\\' "
                    "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid");
  LITMILL_CHECK(objects.Start(type));
  std::string out;
  while (true) {
    LITMILL_TRY(const bool row, objects.Step());
    if (!row) return out;
    const std::string name = objects.Text(0);
    LITMILL_TRY(const std::string columns, DescribeColumns(db, name, objects.Text(1), is_view));
    LITMILL_TRY(const std::string indexes, DescribeIndexes(db, name));
    out += fmt::format("\n### {}\n{}{}", name, columns, indexes);
  }
}

}  // namespace

Result<std::string> DescribeSchema(sqlite3* db) {
  LITMILL_TRY(const std::string views, DescribeAll(db, "view"));
  LITMILL_TRY(const std::string tables, DescribeAll(db, "table"));
  return fmt::format(kIntroduction, kApplicationId, kSchemaVersion) + "\n## Views\n" + views + "\n## Tables\n" + tables;
}

}  // namespace litmill::store
