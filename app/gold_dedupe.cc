// SPDX-License-Identifier: Apache-2.0
#include "app/gold_dedupe.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include <nlohmann/json.hpp>

#include "app/gold_endnote.h"
#include "core/csv.h"
#include "core/identifiers.h"
#include "core/unicode.h"

namespace litmill::app {
namespace {

using store::DedupeAuthor;
using store::DedupeRecord;
using Fields = std::map<std::string, std::string>;

constexpr std::size_t kMaxFileBytes = 1ULL << 30U;

std::string Join(const std::string& folder, const std::string& name) { return folder + "/" + name; }

bool EndsWith(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

Result<std::string> ReadText(FileSystem& files, const std::string& path) {
  LITMILL_TRY(std::string text, ReadWholeFile(files, path, kMaxFileBytes));
  if (text.compare(0, 3, "\xEF\xBB\xBF") == 0) text.erase(0, 3);
  return ReplaceInvalidUtf8(text);
}

/// Empty where the set says in words that there is nothing.
std::string Value(const Fields& fields, const std::string& name) {
  const auto found = fields.find(name);
  if (found == fields.end()) return {};
  const std::string value(TrimAscii(found->second));
  return value == "NA" || value == "UNKNOWN" || value == "None" ? std::string() : value;
}

std::vector<std::string> SplitAt(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  while (true) {
    const std::size_t next = text.find(separator, at);
    const std::string part(TrimAscii(text.substr(at, next == std::string::npos ? next : next - at)));
    if (!part.empty()) parts.push_back(part);
    if (next == std::string::npos) return parts;
    at = next + separator.size();
  }
}

bool IsInitial(const std::string& word) {
  return word.size() <= 4 && !word.empty() && word.back() == '.' && word[0] >= 'A' && word[0] <= 'Z';
}

DedupeAuthor SplitName(const std::string& name) {
  DedupeAuthor author;
  if (const std::size_t comma = name.find(','); comma != std::string::npos) {
    author.last_name = TrimAscii(name.substr(0, comma));
    author.given = TrimAscii(name.substr(comma + 1));
    return author;
  }
  const std::vector<std::string> words = SplitAt(name, " ");
  // "Last A. B.", "A. B. Last" or "Given Last".
  std::size_t first_given = words.size(), last_given = words.size();
  while (first_given > 1 && IsInitial(words[first_given - 1])) --first_given;
  if (first_given == words.size()) {
    first_given = 0;
    last_given = words.empty() ? 0 : words.size() - 1;
    if (last_given > 0 && IsInitial(words[0])) {
      last_given = 1;
      while (last_given + 1 < words.size() && IsInitial(words[last_given])) ++last_given;
    }
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string& part = i >= first_given && i < last_given ? author.given : author.last_name;
    part += (part.empty() ? "" : " ") + words[i];
  }
  return author;
}

/// "Adeli K.Lewis G. F.": a name begins where a letter follows a full stop at once.
std::vector<std::string> SplitGluedNames(const std::string& text) {
  std::vector<std::string> names(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    names.back() += text[i];
    const bool is_letter =
        i + 1 < text.size() && text[i + 1] != ' ' && text[i + 1] != '.' && text[i + 1] != '-' && text[i + 1] != ',';
    // "J.A." are initials of one name.
    const bool is_initials = i + 2 < text.size() && text[i + 2] == '.';
    if (text[i] == '.' && is_letter && !is_initials) names.emplace_back();
  }
  return names;
}

/// ISSNs and ISBNs often share a column.
void AddNumbers(const std::string& text, DedupeRecord& record) {
  std::string word;
  for (const char c : text + " ") {
    if ((c >= '0' && c <= '9') || c == 'x' || c == 'X' || c == '-') {
      word += c;
      continue;
    }
    if (word.size() == 9 && word[4] == '-') record.issns.push_back(word);
    if (word.size() >= 10 && word.size() != 9) record.isbns.push_back(word);
    word.clear();
  }
}

DedupeRecord MakeRecord(const Fields& fields, const std::string& id) {
  DedupeRecord record;
  record.source = "export";
  record.source_id = id;
  if (const auto doi = NormaliseDoi(Value(fields, "doi"))) record.identifiers.emplace_back("doi", *doi);
  if (const auto pmid = ParsePmid(Value(fields, "pmid")))
    record.identifiers.emplace_back("pmid", std::to_string(*pmid));
  if (const auto pmcid = NormalisePmcid(Value(fields, "pmcid"))) record.identifiers.emplace_back("pmcid", *pmcid);
  record.title = Value(fields, "title");
  record.abstract_text = Value(fields, "abstract");
  record.authors = SplitAuthors(Value(fields, "author"));
  const std::string year = Value(fields, "year");
  if (year.size() >= 4 && year.find_first_not_of("0123456789") >= 4) record.year_print = std::stoi(year.substr(0, 4));
  for (const char* name : {"journal", "booktitle", "series"})
    if (const std::string journal = Value(fields, name); !journal.empty()) record.journals.push_back(journal);
  AddNumbers(Value(fields, "issn"), record);
  AddNumbers(Value(fields, "isbn"), record);
  record.volume = Value(fields, "volume");
  record.issue = Value(fields, "number").empty() ? Value(fields, "issue") : Value(fields, "number");
  record.pages = Value(fields, "pages");
  if (const std::string type = Value(fields, "entrytype"); !type.empty()) record.types.push_back(type);
  if (const std::string type = Value(fields, "type"); !type.empty()) record.types.push_back(type);
  return record;
}

struct Table {
  std::vector<Fields> rows;
};

/// Column names in lower case. A column of running numbers is none of a publication's: such a "number" is no issue.
Result<Table> ReadTable(FileSystem& files, const std::string& path) {
  LITMILL_TRY(const std::string text, ReadText(files, path));
  CsvReader reader(text, ',');
  CsvRow row;
  Table table;
  if (!reader.Next(row)) return Fail(ErrorCode::kInvalidInput, path + " is empty");
  std::vector<std::string> header;
  for (const std::string& cell : row.cells) header.push_back(AsciiLower(TrimAscii(cell)));
  while (reader.Next(row)) {
    Fields& fields = table.rows.emplace_back();
    for (std::size_t i = 0; i < row.cells.size() && i < header.size(); ++i) fields[header[i]] = row.cells[i];
  }
  std::set<std::string> numbers;
  for (const Fields& fields : table.rows) numbers.insert(Value(fields, "number"));
  if (table.rows.size() > 20 && numbers.size() == table.rows.size())
    for (Fields& fields : table.rows) fields.erase("number");
  return table;
}

std::vector<std::vector<std::string>> ParseComponents(const std::string& text) {
  std::vector<std::vector<std::string>> components;
  CsvReader reader(text, ',');
  CsvRow row;
  (void)reader.Next(row);  // the header
  while (reader.Next(row))
    if (!row.cells.empty()) components.push_back(SplitAt(row.cells[0], ";"));
  return components;
}

/// By record; every record that stands in none is one of its own. Nothing when an identifier is unknown.
std::vector<std::size_t> NumberComponents(const std::map<std::string, std::size_t>& index,
                                          const std::vector<std::vector<std::string>>& components) {
  std::vector<std::size_t> of_record(index.size());
  std::iota(of_record.begin(), of_record.end(), 0U);
  std::size_t next = index.size();
  for (const auto& ids : components) {
    for (const std::string& id : ids) {
      const auto found = index.find(id);
      if (found == index.end()) return {};
      of_record[found->second] = next;
    }
    ++next;
  }
  return of_record;
}

/// "id_0000699" and "699" are one record.
std::string NumberOf(const std::string& id) {
  const std::size_t digit = id.find_first_of("123456789");
  return digit == std::string::npos ? id : id.substr(digit);
}

Result<GoldSet> ReadPreMerged(FileSystem& files, const std::string& folder, const std::string& name) {
  LITMILL_TRY(const Table table, ReadTable(files, Join(folder, "records_pre_merged.csv")));
  LITMILL_TRY(const std::string merged, ReadText(files, Join(folder, "merged_record_ids.csv")));
  GoldPart part;
  std::map<std::string, std::size_t> index;
  for (const Fields& fields : table.rows) {
    const std::string id = Value(fields, "id");
    if (!index.emplace(id, part.records.size()).second)
      return Fail(ErrorCode::kInvalidInput, fmt::format("{}: the identifier \"{}\" stands twice", folder, id));
    part.records.push_back(MakeRecord(fields, id));
  }
  part.component = NumberComponents(index, ParseComponents(merged));
  if (part.component.empty())
    return Fail(ErrorCode::kInvalidInput, folder + ": merged_record_ids.csv names a record that is not there");
  return GoldSet{name, {std::move(part)}, true};
}

/// The merged_record_ids.csv that fits the labels: in the folder itself or in a sister folder without records.
std::vector<std::size_t> FindComponents(FileSystem& files, const std::string& folder,
                                        const std::map<std::string, std::size_t>& index, std::size_t duplicates) {
  std::vector<std::string> folders = {folder};
  const std::string parent = folder + "/..";
  if (const auto names = files.List(parent))
    for (const std::string& name : *names) folders.push_back(Join(parent, name));
  for (const std::string& candidate : folders) {
    if (files.Stat(Join(candidate, "records_pre_merged.csv"))) continue;
    const auto text = ReadText(files, Join(candidate, "merged_record_ids.csv"));
    if (!text) continue;
    auto components = ParseComponents(*text);
    std::size_t removed = 0;
    for (auto& ids : components) {
      removed += ids.empty() ? 0 : ids.size() - 1;
      for (std::string& id : ids) id = NumberOf(id);
    }
    if (removed != duplicates) continue;
    if (auto numbered = NumberComponents(index, components); !numbered.empty()) return numbered;
  }
  return {};
}

Result<GoldSet> ReadLabelled(FileSystem& files, const std::string& folder, const std::string& name) {
  LITMILL_TRY(const Table table, ReadTable(files, Join(folder, "labelled_test_set.csv")));
  GoldPart part;
  std::map<std::string, std::size_t> index;
  std::size_t duplicates = 0;
  for (const Fields& fields : table.rows) {
    const std::string id = Value(fields, "record_id");
    if (!index.emplace(NumberOf(id), part.records.size()).second)
      return Fail(ErrorCode::kInvalidInput, fmt::format("{}: the identifier \"{}\" stands twice", folder, id));
    part.records.push_back(MakeRecord(fields, id));
    // The columns are named otherwise in other sets of the kind.
    const std::string label = AsciiLower(Value(fields, "label")), source = AsciiLower(Value(fields, "source"));
    const bool is_unique = label == "unique" || (label != "duplicate" && source == "unique");
    part.is_unique.push_back(is_unique);
    duplicates += is_unique ? 0U : 1U;
  }
  part.component = FindComponents(files, folder, index, duplicates);
  if (!part.component.empty()) part.is_unique.clear();
  return GoldSet{name, {std::move(part)}, true};
}

Fields FieldsOf(const nlohmann::json& object) {
  Fields fields;
  for (const auto& [key, value] : object.items()) {
    std::string name = AsciiLower(key);
    if (name == "authors") name = "author";
    if (value.is_string()) {
      fields[name] = value.get<std::string>();
    } else if (value.is_number_integer()) {
      fields[name] = std::to_string(value.get<long long>());
    } else if (value.is_array()) {
      for (const auto& part : value)
        if (part.is_string()) fields[name] += (fields[name].empty() ? "" : "; ") + part.get<std::string>();
    }
  }
  if (fields.count("custom2") != 0) fields["pmcid"] = fields["custom2"];
  // "journalArticle" of reference managers says nothing of the kind.
  if (Value(fields, "type") == "journalArticle") fields.erase("type");
  return fields;
}

Result<nlohmann::json> ReadJson(FileSystem& files, const std::string& path) {
  LITMILL_TRY(const std::string text, ReadText(files, path));
  nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded()) return Fail(ErrorCode::kInvalidInput, path + " is no JSON");
  return json;
}

Result<GoldSet> ReadTestCases(const nlohmann::json& json, const std::string& name) {
  GoldSet set{name, {}, true};
  for (const auto& one : json["cases"]) {
    if (!one.is_object() || !one.contains("record_a") || !one.contains("record_b") ||
        !one.contains("expected_duplicate"))
      return Fail(ErrorCode::kInvalidInput, name + ": a case needs record_a, record_b and expected_duplicate");
    GoldPart part;
    part.records = {MakeRecord(FieldsOf(one["record_a"]), "a"), MakeRecord(FieldsOf(one["record_b"]), "b")};
    const bool is_duplicate = one["expected_duplicate"].is_boolean() && one["expected_duplicate"].get<bool>();
    part.component = {0, is_duplicate ? 0U : 1U};
    set.parts.push_back(std::move(part));
  }
  return set;
}

Result<std::vector<GoldSet>> ReadJsonFile(FileSystem& files, const std::string& path, const std::string& name) {
  LITMILL_TRY(const nlohmann::json json, ReadJson(files, path));
  std::vector<GoldSet> sets;
  if (json.is_object() && json.contains("cases") && json["cases"].is_array()) {
    LITMILL_TRY(GoldSet set, ReadTestCases(json, name));
    sets.push_back(std::move(set));
  } else if (json.is_array()) {
    GoldPart part;
    for (const auto& object : json)
      if (object.is_object())
        part.records.push_back(MakeRecord(FieldsOf(object), fmt::format("{:06}", part.records.size())));
    part.component.resize(part.records.size());
    std::iota(part.component.begin(), part.component.end(), 0U);
    const bool says_none = name.find("nodupe") != std::string::npos || name.find("false-dupe") != std::string::npos;
    sets.push_back({name, {std::move(part)}, says_none});
  }
  return sets;
}

Result<void> ReadFolder(FileSystem& files, const std::string& folder, const std::string& name, bool descend,
                        std::vector<GoldSet>& sets) {
  LITMILL_TRY(const std::vector<std::string> entries, files.List(folder));
  const auto has = [&entries](const std::string& entry) {
    return std::find(entries.begin(), entries.end(), entry) != entries.end();
  };
  if (has("records_pre_merged.csv")) {
    LITMILL_TRY(GoldSet set, ReadPreMerged(files, folder, name));
    sets.push_back(std::move(set));
  }
  if (has("labelled_test_set.csv")) {
    LITMILL_TRY(GoldSet set, ReadLabelled(files, folder, name));
    sets.push_back(std::move(set));
  }
  for (const std::string& entry : entries) {
    const std::string path = Join(folder, entry);
    const std::string full_name = descend ? entry : Join(name, entry);
    if (EndsWith(entry, ".xml")) {
      LITMILL_TRY(const std::string bytes, ReadWholeFile(files, path, kMaxFileBytes));
      LITMILL_TRY(GoldSet set, ReadEndnoteSet(bytes, full_name));
      sets.push_back(std::move(set));
    } else if (EndsWith(entry, ".json")) {
      LITMILL_TRY(std::vector<GoldSet> found, ReadJsonFile(files, path, full_name));
      std::move(found.begin(), found.end(), std::back_inserter(sets));
    } else if (descend) {
      LITMILL_TRY(const FileInfo info, files.Stat(path));
      if (info.is_directory) LITMILL_CHECK(ReadFolder(files, path, entry, false, sets));
    }
  }
  return {};
}

}  // namespace

std::vector<DedupeAuthor> SplitAuthors(const std::string& text) {
  std::vector<std::string> names;
  if (text.find(" and ") != std::string::npos)
    names = SplitAt(text, " and ");
  else if (text.find(';') != std::string::npos)
    names = SplitAt(text, ";");
  else if (text.find(".,") != std::string::npos)  // "Wallace, M. T.,Stevenson, R. A."
    names = SplitAt(text, ".,");
  else
    names = SplitGluedNames(text);
  std::vector<DedupeAuthor> authors;
  for (const std::string& name : names)
    if (!TrimAscii(name).empty()) authors.push_back(SplitName(std::string(TrimAscii(name))));
  return authors;
}

Result<std::vector<GoldSet>> ReadGoldSets(FileSystem& files, const std::string& path) {
  LITMILL_TRY(const FileInfo info, files.Stat(path));
  std::string folder = path;
  while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  const std::string name = folder.substr(folder.find_last_of('/') + 1);
  std::vector<GoldSet> sets;
  if (info.is_directory) {
    LITMILL_CHECK(ReadFolder(files, folder, name, true, sets));
  } else {
    if (EndsWith(name, ".xml")) {
      LITMILL_TRY(const std::string bytes, ReadWholeFile(files, path, kMaxFileBytes));
      LITMILL_TRY(GoldSet set, ReadEndnoteSet(bytes, name));
      sets.push_back(std::move(set));
    } else {
      LITMILL_TRY(sets, ReadJsonFile(files, path, name));
    }
  }
  if (sets.empty())
    return Fail(ErrorCode::kNotFound,
                path +
                    " has no labelled set: records_pre_merged.csv with merged_record_ids.csv, labelled_test_set.csv, "
                    "an EndNote library (.xml) or test_cases.json is expected in it or in its folders");
  return sets;
}

}  // namespace litmill::app
