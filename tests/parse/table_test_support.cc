// SPDX-License-Identifier: Apache-2.0
#include "table_test_support.h"

#include <zlib.h>

#include <algorithm>
#include <cstdint>

namespace litmill::parse::testing {
namespace {

bool HasCodeIn(const std::vector<Problem>& problems, std::string_view code) {
  return std::any_of(problems.begin(), problems.end(), [code](const Problem& p) { return p.code == code; });
}

void Put(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

std::string Deflated(const std::string& content) {
  z_stream stream{};
  if (deflateInit2(&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string input = content;
  std::string out(deflateBound(&stream, static_cast<uLong>(content.size())), '\0');
  stream.next_in = static_cast<Bytef*>(static_cast<void*>(input.data()));
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = static_cast<Bytef*>(static_cast<void*>(out.data()));
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace

bool Imported::Warns(std::string_view code) const { return HasCodeIn(warnings, code); }
bool Imported::Fails(std::string_view code) const { return HasCodeIn(errors, code); }

Imported Import(std::string_view bytes, const ExportOptions& options) {
  Imported imported;
  const auto take = [&imported](Item item) -> Result<void> {
    if (auto* const parsed = std::get_if<ParsedRecord>(&item)) {
      for (const Problem& warning : parsed->warnings) imported.warnings.push_back(warning);
      imported.records.push_back(std::move(*parsed));
    } else if (auto* const problem = std::get_if<Problem>(&item)) {
      if (problem->code == "unmapped-field") return {};
      (problem->severity == Severity::kError ? imported.errors : imported.warnings).push_back(std::move(*problem));
    }
    return {};
  };
  Result<ExportReport> report = ReadExport(bytes, options, take);
  if (!report) {
    ADD_FAILURE() << report.error().message;
    return imported;
  }
  imported.report = *std::move(report);
  EXPECT_EQ(imported.report.records, imported.records.size());
  EXPECT_EQ(imported.report.errors, imported.errors.size());
  return imported;
}

Record OnlyRecordOf(std::string_view bytes) {
  Imported imported = Import(bytes);
  EXPECT_EQ(imported.records.size(), 1U);
  for (const Problem& error : imported.errors) ADD_FAILURE() << error.code << ": " << error.message;
  return imported.records.empty() ? Record() : std::move(imported.records.front().record);
}

std::vector<std::string> NamesOf(const Record& record) {
  std::vector<std::string> names;
  for (const Author& a : record.authors) {
    std::string name = a.role == PersonRole::kEditor ? "ed:" : "";
    name +=
        a.collective_name.empty() ? a.last_name + "|" + a.fore_name + "|" + a.initials : "{" + a.collective_name + "}";
    if (!a.suffix.empty()) name += "|" + a.suffix;
    names.push_back(std::move(name));
  }
  return names;
}

std::vector<std::string> KeywordsOf(const Record& record) {
  std::vector<std::string> keywords;
  for (const Keyword& k : record.keywords) keywords.push_back((k.major ? "*" : "") + k.owner + ":" + k.text.text);
  return keywords;
}

std::vector<std::string> OthersOf(const Record& record, std::string_view kind) {
  std::vector<std::string> values;
  for (const OtherName& o : record.other_names)
    if (o.kind == kind) values.push_back(o.value);
  return values;
}

std::string IdOf(const Record& record, std::string_view scheme) {
  const Identifier* const id = record.FindIdentifier(scheme);
  return id == nullptr ? std::string() : id->value;
}

std::string DateOf(const Record& record, std::string_view kind) {
  const PartialDate* const date = record.Date(kind);
  return date == nullptr ? std::string() : date->iso;
}

void ExpectCutsAreSafe(std::string_view whole, const std::vector<std::size_t>& ends, std::size_t told_beside) {
  const std::size_t records = Import(whole).records.size();
  ASSERT_EQ(records, ends.size());
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    const std::string_view head = whole.substr(0, cut);
    std::vector<ParsedRecord> read;
    std::size_t errors = 0;
    const auto take = [&](Item item) -> Result<void> {
      if (auto* const parsed = std::get_if<ParsedRecord>(&item)) read.push_back(std::move(*parsed));
      if (const auto* const problem = std::get_if<Problem>(&item)) errors += problem->severity == Severity::kError;
      return {};
    };
    if (!DetectExport(head)) continue;
    ASSERT_TRUE(ReadExport(head, {}, take)) << "cut at " << cut;
    const auto complete = static_cast<std::size_t>(
        std::count_if(ends.begin(), ends.end(), [cut](std::size_t end) { return end <= cut; }));
    EXPECT_GE(read.size(), complete) << "cut at " << cut;
    EXPECT_LE(read.size(), complete + 1) << "cut at " << cut;
    EXPECT_LE(read.size() + errors, complete + 1 + told_beside) << "cut at " << cut;
  }
}

std::string Zip(const std::vector<std::pair<std::string, std::string>>& members) {
  std::string out;
  std::string directory;
  for (const auto& [name, content] : members) {
    const std::string packed = Deflated(content);
    std::string input = content;
    const auto crc = static_cast<std::uint32_t>(
        crc32(0, static_cast<Bytef*>(static_cast<void*>(input.data())), static_cast<uInt>(input.size())));
    const auto offset = static_cast<std::uint32_t>(out.size());
    std::string common;
    Put(common, 20, 2);
    Put(common, 0, 2);
    Put(common, 8, 2);
    Put(common, 0, 4);
    Put(common, crc, 4);
    Put(common, static_cast<std::uint32_t>(packed.size()), 4);
    Put(common, static_cast<std::uint32_t>(content.size()), 4);
    Put(common, static_cast<std::uint32_t>(name.size()), 2);
    Put(common, 0, 2);
    out += "PK\x03\x04" + common + name + packed;
    directory += "PK\x01\x02";
    Put(directory, 20, 2);
    directory += common;
    Put(directory, 0, 2);
    Put(directory, 0, 4);
    Put(directory, 0, 4);
    Put(directory, offset, 4);
    directory += name;
  }
  const auto begin = static_cast<std::uint32_t>(out.size());
  out += directory + "PK\x05\x06";
  Put(out, 0, 4);
  Put(out, static_cast<std::uint32_t>(members.size()), 2);
  Put(out, static_cast<std::uint32_t>(members.size()), 2);
  Put(out, static_cast<std::uint32_t>(directory.size()), 4);
  Put(out, begin, 4);
  Put(out, 0, 2);
  return out;
}

}  // namespace litmill::parse::testing
