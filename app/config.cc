// SPDX-License-Identifier: Apache-2.0
#include "app/config.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "app/service_table.h"
#include "app/suggest.h"
#include "app/yaml_reader.h"
#include "core/hash.h"
#include "core/unicode.h"
#include "search/parser.h"

namespace litmill::app {
namespace {

using Blocks = std::map<std::string, std::vector<std::string>>;

struct Years {
  std::int64_t first = 0;
  std::int64_t last = 0;
  [[nodiscard]] bool given() const { return first != 0; }
};

std::string BesideFile(const std::string& config_file, const std::string& path) {
  const std::filesystem::path p(path);
  return p.is_absolute() ? path : (std::filesystem::path(config_file).parent_path() / p).string();
}

bool IsPlainName(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

Result<Years> ReadYears(const YamlValue& value) {
  LITMILL_TRY(YamlMap map, value.AsMap());
  Years years;
  LITMILL_TRY(const YamlValue first, map.Need("from"));
  LITMILL_TRY(years.first, first.AsInteger(1500, 3000));
  LITMILL_TRY(const YamlValue last, map.Need("to"));
  LITMILL_TRY(years.last, last.AsInteger(1500, 3000));
  if (years.last < years.first) return Fail(last.ErrorHere("the last year is before the first"));
  LITMILL_CHECK(map.Done());
  return years;
}

/// A term is sent as it is, so what PubMed could not read, or would read across the edge of its block, is refused here.
Result<void> CheckTerm(const YamlValue& where, const std::string& term) {
  for (std::string_view smart : {"\xE2\x80\x9C", "\xE2\x80\x9D"})
    if (term.find(smart) != std::string::npos)
      return Fail(where.ErrorHere("typographic quotation marks mean nothing to PubMed; write straight ones (\")"));
  for (const search::Diagnostic& d : search::ParseLeniently(term).diagnostics) {
    // A field tag that litmill does not know may be PubMed's newest: the search itself will tell.
    if (d.severity != search::Severity::kError || d.code == "S005") continue;
    return Fail(where.ErrorHere(fmt::format("character {} of the term: {}{}", d.span.column, d.message,
                                            d.suggestion.empty() ? "" : fmt::format(" (try: {})", d.suggestion))));
  }
  return {};
}

Result<Blocks> ReadBlocks(const YamlValue& value) {
  LITMILL_TRY(const YamlMap map, value.AsMap());
  Blocks blocks;
  for (const YamlMap::Entry& entry : map.entries()) {
    if (!IsPlainName(entry.key))
      return Fail(entry.value.ErrorHere("a block's name may have letters, digits, '-' and '_'"));
    LITMILL_TRY(const std::vector<YamlValue> terms, entry.value.AsList());
    if (terms.empty()) return Fail(entry.value.ErrorHere("a block needs at least one term"));
    for (const YamlValue& term : terms) {
      LITMILL_TRY(std::string text, term.AsString());
      LITMILL_CHECK(CheckTerm(term, text));
      blocks[entry.key].push_back(std::move(text));
    }
  }
  return blocks;
}

std::string JoinWith(const std::vector<std::string>& items, std::string_view separator) {
  return fmt::format("{}", fmt::join(items, separator));
}

/// One block as PubMed reads it: each term has its own tag, and PubMed works left to right, so everything is bracketed.
Result<std::string> RenderBlock(const YamlValue& where, const Blocks& blocks, const std::string& name) {
  const auto block = blocks.find(name);
  if (block != blocks.end()) return "(" + JoinWith(block->second, " OR ") + ")";
  std::vector<std::string> names;
  for (const auto& [known, terms] : blocks) names.push_back(known);
  const std::string suggestion = Suggest(name, names);
  return Fail(
      where.ErrorHere(fmt::format("there is no block \"{}\" in search.blocks{}", name,
                                  suggestion.empty() ? "" : fmt::format("; did you mean \"{}\"?", suggestion))));
}

Result<QueryConfig> ReadQuery(const YamlMap::Entry& entry, const Blocks& blocks, const Years& years) {
  if (!IsPlainName(entry.key))
    return Fail(entry.value.ErrorHere("a query's name may have letters, digits, '-' and '_'"));
  LITMILL_TRY(YamlMap map, entry.value.AsMap());
  QueryConfig query;
  query.id = entry.key;
  LITMILL_TRY(query.label, map.TakeString("label", entry.key));
  std::vector<std::string> parts;
  const auto term = map.Take("term");
  const auto all = map.Take("all");
  const auto none = map.Take("none");
  LITMILL_CHECK(map.Done());
  if (term.has_value() == all.has_value())
    return Fail(entry.value.ErrorHere("give either \"all\" (names of blocks) or \"term\" (a search in PubMed syntax)"));
  if (term) {
    LITMILL_TRY(const std::string text, term->AsString());
    LITMILL_CHECK(CheckTerm(*term, text));
    parts.push_back("(" + text + ")");
  } else {
    LITMILL_TRY(const std::vector<std::string> names, all->AsStringList());
    if (names.empty()) return Fail(all->ErrorHere("name at least one block"));
    for (const std::string& name : names) {
      LITMILL_TRY(std::string block, RenderBlock(*all, blocks, name));
      parts.push_back(std::move(block));
    }
  }
  // The range form, never a single date: `2000[dp]` misses records whose print and electronic years differ.
  if (years.given()) parts.push_back(fmt::format("{}:{}[dp]", years.first, years.last));
  query.term = JoinWith(parts, " AND ");
  if (none) {
    LITMILL_TRY(const std::vector<std::string> names, none->AsStringList());
    for (const std::string& name : names) {
      LITMILL_TRY(const std::string block, RenderBlock(*none, blocks, name));
      query.term = fmt::format("({}) NOT {}", query.term, block);
    }
  }
  return query;
}

Result<void> ReadSearch(const YamlValue& value, Config& config) {
  LITMILL_TRY(YamlMap map, value.AsMap());
  LITMILL_TRY(config.emtree, map.TakeString("emtree", ""));
  if (!config.emtree.empty()) config.emtree = BesideFile(config.file, config.emtree);
  LITMILL_TRY(config.mesh_tree, map.TakeString("mesh_tree", ""));
  if (!config.mesh_tree.empty()) config.mesh_tree = BesideFile(config.file, config.mesh_tree);
  Years years;
  Blocks blocks;
  if (const auto node = map.Take("years")) {
    LITMILL_TRY(years, ReadYears(*node));
  }
  if (const auto node = map.Take("blocks")) {
    LITMILL_TRY(blocks, ReadBlocks(*node));
  }
  LITMILL_TRY(const YamlValue node, map.Need("queries"));
  LITMILL_CHECK(map.Done());
  LITMILL_TRY(const YamlMap entries, node.AsMap());
  for (const YamlMap::Entry& entry : entries.entries()) {
    LITMILL_TRY(QueryConfig query, ReadQuery(entry, blocks, years));
    config.queries.push_back(std::move(query));
  }
  if (config.queries.empty()) return Fail(node.ErrorHere("at least one query is needed"));
  return {};
}

/// Reads `key` into `value`, which keeps its default when the key is absent.
Result<void> ReadInteger(YamlMap& map, const std::string& key, int least, int most, int& value) {
  const auto node = map.Take(key);
  if (!node) return {};
  LITMILL_TRY(const std::int64_t number, node->AsInteger(least, most));
  value = static_cast<int>(number);
  return {};
}

/// Reads what all services share into `service`, which holds the defaults. `most_a_second`: what the service allows.
Result<void> ReadService(YamlMap& map, int most_a_second, ServiceConfig& service) {
  for (const YamlMap::Entry& entry : map.entries()) {
    const std::string key = AsciiLower(entry.key);
    if (key.find("key") != std::string::npos || key.find("mail") != std::string::npos ||
        key.find("token") != std::string::npos)
      return Fail(
          entry.value.ErrorHere("keys and addresses do not belong in this file; set them in the environment "
                                "(NCBI_API_KEY, LITMILL_EMAIL, ...)"));
  }
  if (const auto node = map.Take("enabled")) {
    LITMILL_TRY(service.enabled, node->AsBool());
  }
  if (const auto node = map.Take("base_url")) {
    LITMILL_TRY(service.base_url, node->AsString());
    if (!service.base_url.starts_with("https://") &&
        !(service.base_url.starts_with("http://") && IsLoopbackUrl(service.base_url)))
      return Fail(node->ErrorHere("an https:// address is expected (http:// only for this machine)"));
    if (service.base_url.back() != '/') service.base_url += '/';
  }
  LITMILL_CHECK(ReadInteger(map, "tries", 1, 20, service.tries));
  LITMILL_CHECK(ReadInteger(map, "retry_delay_ms", 1, 60'000, service.retry_delay_ms));
  LITMILL_CHECK(ReadInteger(map, "stall_timeout_s", 1, 600, service.stall_timeout_s));
  if (const auto node = map.Take("requests_per_second")) {
    const bool ours = IsLoopbackUrl(service.base_url);
    const auto rate = node->AsInteger(1, ours ? 1000 : most_a_second);
    if (!rate)
      return Fail(
          ours ? rate.error()
               : node->ErrorHere(fmt::format("this service allows at most {} requests a second", most_a_second)));
    service.requests_per_second = static_cast<int>(*rate);
  }
  return {};
}

Result<PubmedConfig> ReadPubmed(const YamlValue& value, PubmedConfig pubmed) {
  LITMILL_TRY(YamlMap map, value.AsMap());
  LITMILL_CHECK(ReadService(map, 10, pubmed));
  LITMILL_CHECK(ReadInteger(map, "batch_size", 1, 500, pubmed.batch_size));
  LITMILL_CHECK(map.Done());
  return pubmed;
}

/// True when `key` says `second`, false when it says `first` or is absent.
Result<bool> ReadChoice(YamlMap& map, const std::string& key, std::string_view first, std::string_view second) {
  const auto node = map.Take(key);
  if (!node) return false;
  LITMILL_TRY(const std::string text, node->AsString());
  if (text != first && text != second)
    return Fail(node->ErrorHere(fmt::format("\"{}\" or \"{}\" is expected", first, second)));
  return text == second;
}

/// A list of paths, or of maps with a path and the database that the file comes from.
Result<void> ReadFiles(const YamlValue& value, Config& config) {
  LITMILL_TRY(const std::vector<YamlValue> entries, value.AsList());
  for (const YamlValue& entry : entries) {
    FileConfig& file = config.files.emplace_back();
    if (!entry.IsMap()) {
      LITMILL_TRY(file.path, entry.AsString());
    } else {
      LITMILL_TRY(YamlMap map, entry.AsMap());
      LITMILL_TRY(const YamlValue path, map.Need("path"));
      LITMILL_TRY(file.path, path.AsString());
      LITMILL_TRY(file.database, map.TakeString("database", ""));
      LITMILL_CHECK(map.Done());
    }
    file.path = BesideFile(config.file, file.path);
  }
  return {};
}

Result<void> ReadSources(const YamlValue& value, Config& config) {
  LITMILL_TRY(YamlMap sources, value.AsMap());
  if (const auto files = sources.Take("files")) LITMILL_CHECK(ReadFiles(*files, config));
  if (const auto pubmed = sources.Take("pubmed")) {
    LITMILL_TRY(config.pubmed, ReadPubmed(*pubmed, config.pubmed));
  }
  for (const ServiceFacts& facts : AllServices()) {
    const auto node = sources.Take(std::string(facts.name));
    if (!node) continue;
    LITMILL_TRY(YamlMap map, node->AsMap());
    if (facts.name == "scopus") {
      LITMILL_TRY(config.scopus_complete, ReadChoice(map, "view", "standard", "complete"));
    }
    if (facts.name == "wos") {
      LITMILL_TRY(config.wos_expanded, ReadChoice(map, "api", "starter", "expanded"));
    }
    if (facts.name == "crossref") {
      if (const auto all_works = map.Take("all_works")) {
        LITMILL_TRY(config.crossref_all_works, all_works->AsBool());
      }
    }
    LITMILL_CHECK(ReadService(map, facts.most_a_second, config.services[std::string(facts.name)]));
    LITMILL_CHECK(map.Done());
  }
  return sources.Done();
}

Config Defaults() {
  Config config;
  config.pubmed.enabled = true;
  config.pubmed.base_url = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/";
  for (const ServiceFacts& facts : AllServices()) {
    ServiceConfig& service = config.services[std::string(facts.name)];
    service.enabled = facts.enabled;
    service.base_url = facts.base_url;
  }
  return config;
}

std::string DecidingHash(const Config& config) {
  Sha256 hash;
  for (const QueryConfig& query : config.queries) {
    hash.UpdateField(query.id);
    hash.UpdateField(query.term);
  }
  hash.UpdateField(config.pubmed.enabled ? "pubmed" : "");
  for (const auto& [name, service] : config.services) hash.UpdateField(service.enabled ? name : "");
  if (config.crossref_all_works) hash.UpdateField("crossref all_works");
  return hash.HexDigest();
}

}  // namespace

Result<Config> LoadConfig(FileSystem& files, const std::string& path) {
  auto text = ReadWholeFile(files, path, 4U << 20U);
  if (!text) {
    return Fail(ErrorCode::kConfig,
                text.error().message +
                    (text.error().code == ErrorCode::kNotFound ? "; name the configuration with -c FILE" : ""));
  }
  LITMILL_TRY(const YamlValue root, YamlValue::Parse(*text, path));
  LITMILL_TRY(YamlMap map, root.AsMap());
  Config config = Defaults();
  config.file = path;
  LITMILL_TRY(const YamlValue version, map.Need("version"));
  LITMILL_TRY(const std::int64_t number, version.AsInteger(1, 1));
  (void)number;  // only version 1 exists; a later one must not be read as if it were this
  LITMILL_TRY(const YamlValue name, map.Need("name"));
  LITMILL_TRY(config.name, name.AsString());
  LITMILL_TRY(config.title, map.TakeString("title", config.name));
  LITMILL_TRY(const YamlValue search, map.Need("search"));
  LITMILL_CHECK(ReadSearch(search, config));
  if (const auto sources = map.Take("sources")) {
    LITMILL_CHECK(ReadSources(*sources, config));
  }
  LITMILL_TRY(const YamlValue rules, map.Need("rules"));
  LITMILL_TRY(config.rules, rules.AsStringList());
  for (std::string& rule : config.rules) rule = BesideFile(path, rule);
  if (const auto store = map.Take("store")) {
    LITMILL_TRY(YamlMap store_map, store->AsMap());
    LITMILL_TRY(config.corpus_path, store_map.TakeString("corpus", config.corpus_path));
    LITMILL_TRY(config.archive_path, store_map.TakeString("archive", config.archive_path));
    LITMILL_CHECK(store_map.Done());
  }
  LITMILL_CHECK(map.Done());
  config.sha256 = DecidingHash(config);
  return config;
}

std::string DescribeConfig(const Config& config) {
  std::string out = fmt::format("name: {}\ntitle: {}\nqueries:\n", config.name, config.title);
  for (const QueryConfig& query : config.queries)
    out += fmt::format("  {}: # {}\n    {}\n", query.id, query.label, query.term);
  out += fmt::format("sources:\n  pubmed: {{enabled: {}, base_url: {}, batch_size: {}}}\n", config.pubmed.enabled,
                     config.pubmed.base_url, config.pubmed.batch_size);
  for (const ServiceFacts& facts : AllServices()) {
    const ServiceConfig& service = config.services.at(std::string(facts.name));
    std::string more;
    if (facts.name == "scopus") more = config.scopus_complete ? ", view: complete" : ", view: standard";
    if (facts.name == "wos") more = config.wos_expanded ? ", api: expanded" : ", api: starter";
    if (facts.name == "crossref") more = fmt::format(", all_works: {}", config.crossref_all_works);
    out += fmt::format("  {}: {{enabled: {}, base_url: {}{}}}\n", facts.name, service.enabled, service.base_url, more);
  }
  out += fmt::format("  files: {}\n", config.files.empty() ? "[]" : "");
  for (const FileConfig& file : config.files)
    out +=
        fmt::format("    - {{path: {}{}}}\n", file.path, file.database.empty() ? "" : ", database: " + file.database);
  out += "rules:\n";
  for (const std::string& rule : config.rules) out += fmt::format("  - {}\n", rule);
  out += fmt::format("store: {{corpus: {}, archive: {}}}\nconfiguration hash: {}\n", config.corpus_path,
                     config.archive_path, config.sha256);
  return out;
}

bool IsLoopbackUrl(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return false;
  std::string host = AsciiLower(std::string_view(url).substr(scheme + 3));
  host = host.substr(0, host.find_first_of("/?#"));
  if (host.find('@') != std::string::npos) return false;  // user@host hides the real host
  if (host.starts_with("[::1]")) return host.size() == 5 || host[5] == ':';
  host = host.substr(0, host.find(':'));
  if (host == "localhost") return true;
  return host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos;
}

}  // namespace litmill::app
