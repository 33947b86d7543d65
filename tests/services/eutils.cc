// SPDX-License-Identifier: Apache-2.0
// Answers in the forms NCBI uses, down to the spots where they are odd (numbers as strings, raw newlines in JSON
// errors).
#include "tests/services/eutils.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tests/services/pubmed_fields.h"

namespace litmill::services {
namespace {

using nlohmann::json;

constexpr std::string_view kDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n";
constexpr std::size_t kMaxSummaries = 500;
constexpr std::size_t kMaxPosted = 10'000;

std::string XmlText(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else if (c == '>')
      escaped += "&gt;";
    else
      escaped += c;
  }
  return escaped;
}

std::string Tag(std::string_view name, std::string_view text) {
  return fmt::format("<{0}>{1}</{0}>", name, XmlText(text));
}

std::uint64_t Number(const std::string& text, std::uint64_t fallback) {
  std::uint64_t value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  return end.ec == std::errc() && !text.empty() ? value : fallback;
}

bool WantsJson(const Request& request) { return request.Parameter("retmode") == "json"; }

Reply JsonReply(const json& document) {
  Reply reply;
  reply.content_type = "application/json; charset=UTF-8";
  reply.body = document.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
  return reply;
}

struct SearchPage {
  SearchOutcome outcome;
  std::vector<std::uint32_t> ids;
  std::uint64_t retstart = 0, retmax = 0;
  int query_key = 0;
  std::string webenv;
  std::vector<std::string> messages;
  bool is_count_only = false;
};

std::string SearchXml(const SearchPage& page) {
  const SearchOutcome& out = page.outcome;
  std::string xml = std::string(kDeclaration) +
                    "<!DOCTYPE eSearchResult PUBLIC \"-//NLM//DTD esearch 20060628//EN\" "
                    "\"https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd\">\n<eSearchResult>";
  xml += fmt::format("<Count>{}</Count>", out.pmids.size());
  if (page.is_count_only) return xml + "</eSearchResult>\n";
  xml += fmt::format("<RetMax>{}</RetMax><RetStart>{}</RetStart>", page.ids.size(), page.retstart);
  if (page.query_key > 0) xml += fmt::format("<QueryKey>{}</QueryKey><WebEnv>{}</WebEnv>", page.query_key, page.webenv);
  xml += page.ids.empty() ? "<IdList/>" : "<IdList>\n";
  for (const std::uint32_t id : page.ids) xml += fmt::format("<Id>{}</Id>\n", id);
  if (!page.ids.empty()) xml += "</IdList>";
  xml += out.translations.empty() ? "<TranslationSet/>" : "<TranslationSet>";
  for (const auto& [from, to] : out.translations)
    xml += "<Translation>" + Tag("From", from) + Tag("To", to) + "</Translation>";
  if (!out.translations.empty()) xml += "</TranslationSet>";
  xml += Tag("QueryTranslation", out.translation);
  std::string errors;
  std::string warnings;
  for (const std::string& phrase : out.phrases_not_found) errors += Tag("PhraseNotFound", phrase);
  for (const std::string& field : out.fields_not_found) errors += Tag("FieldNotFound", field);
  for (const std::string& phrase : out.phrases_ignored) warnings += Tag("PhraseIgnored", phrase);
  for (const std::string& phrase : out.quoted_phrases_not_found) warnings += Tag("QuotedPhraseNotFound", phrase);
  for (const std::string& message : page.messages) warnings += Tag("OutputMessage", message);
  if (!errors.empty()) xml += "<ErrorList>" + errors + "</ErrorList>";
  if (!warnings.empty()) xml += "<WarningList>" + warnings + "</WarningList>";
  return xml + "</eSearchResult>\n";
}

json SearchJson(const SearchPage& page) {
  const SearchOutcome& out = page.outcome;
  json result = {{"count", std::to_string(out.pmids.size())}};
  if (!page.is_count_only) {
    result["retmax"] = std::to_string(page.ids.size());
    result["retstart"] = std::to_string(page.retstart);
    if (page.query_key > 0) {
      result["querykey"] = std::to_string(page.query_key);
      result["webenv"] = page.webenv;
    }
    result["idlist"] = json::array();
    for (const std::uint32_t id : page.ids) result["idlist"].push_back(std::to_string(id));
    result["translationset"] = json::array();
    for (const auto& [from, to] : out.translations) result["translationset"].push_back({{"from", from}, {"to", to}});
    result["querytranslation"] = out.translation;
    if (!out.phrases_not_found.empty() || !out.fields_not_found.empty()) {
      result["errorlist"] = {{"phrasesnotfound", out.phrases_not_found}, {"fieldsnotfound", out.fields_not_found}};
    }
    if (!out.phrases_ignored.empty() || !out.quoted_phrases_not_found.empty() || !page.messages.empty()) {
      result["warninglist"] = {{"phrasesignored", out.phrases_ignored},
                               {"quotedphrasesnotfound", out.quoted_phrases_not_found},
                               {"outputmessages", page.messages}};
    }
  }
  return {{"header", {{"type", "esearch"}, {"version", "0.3"}}}, {"esearchresult", std::move(result)}};
}

/// The records a request means: by id, or a slice of a set on the history server. `error` is set when there is no such
/// set.
struct Selection {
  std::vector<std::uint32_t> ids;
  bool has_only_bad_ids = false;
  int error_status = 200;
  std::string error;
};

Selection Select(const EutilsState& state, const Request& request) {
  Selection selection;
  const std::string key = request.Parameter("query_key");
  if (!key.empty() && request.Parameter("WebEnv").empty()) {
    selection.error_status = 400;
    selection.error = "WebEnv parameter is required";
    return selection;
  }
  if (!key.empty()) {
    const std::vector<std::uint32_t>* set = state.history.Find(request.Parameter("WebEnv"), std::atoi(key.c_str()));
    if (set == nullptr) {
      selection.error = "Unable to obtain query #" + key;
      return selection;
    }
    const std::uint64_t start = Number(request.Parameter("retstart"), 0);
    const std::uint64_t most = std::min<std::uint64_t>(Number(request.Parameter("retmax"), 10'000), 10'000);
    for (std::uint64_t i = start; i < set->size() && i - start < most; ++i) selection.ids.push_back((*set)[i]);
    return selection;
  }
  if (request.Parameter("id").empty()) {
    selection.error = "Supplied id parameter is empty.";
    return selection;
  }
  for (const std::uint32_t id : RequestedIds(request)) {
    if (id != 0 && std::find(selection.ids.begin(), selection.ids.end(), id) == selection.ids.end())
      selection.ids.push_back(id);
  }
  selection.has_only_bad_ids = selection.ids.empty();
  return selection;
}

json SummaryJson(const StoredRecord& record) {
  const SummaryFacts& facts = record.summary;
  json authors = json::array();
  for (const std::string& name : facts.authors)
    authors.push_back({{"name", name}, {"authtype", "Author"}, {"clusterid", ""}});
  json ids = json::array({{{"idtype", "pubmed"}, {"idtypen", 1}, {"value", std::to_string(record.pmid)}}});
  if (!facts.doi.empty()) ids.push_back({{"idtype", "doi"}, {"idtypen", 3}, {"value", facts.doi}});
  if (!facts.pmc.empty()) ids.push_back({{"idtype", "pmc"}, {"idtypen", 8}, {"value", facts.pmc}});
  return {{"uid", std::to_string(record.pmid)},
          {"pubdate", facts.publication_date},
          {"epubdate", facts.electronic_date},
          {"source", facts.journal},
          {"authors", std::move(authors)},
          {"lastauthor", facts.authors.empty() ? "" : facts.authors.back()},
          {"title", facts.title},
          {"volume", facts.volume},
          {"issue", facts.issue},
          {"pages", facts.pages},
          {"lang", facts.languages},
          {"pubtype", facts.publication_types},
          {"pubstatus", facts.status},
          {"articleids", std::move(ids)},
          {"elocationid", facts.doi.empty() ? "" : "doi: " + facts.doi},
          {"doctype", "citation"}};
}

/// The set's order is neither that of the request nor that of the PMIDs; a client must not rely on any.
std::uint32_t Scramble(std::uint32_t pmid) { return pmid * 2654435761U; }

}  // namespace

int HistorySessions::Add(std::string* name, std::vector<std::uint32_t> pmids) {
  if (name->empty() || !Exists(*name)) *name = fmt::format("MCID_{:024x}", 0x5eed0000U + ++made_);
  auto& sets = sessions_[*name];
  sets.push_back(std::move(pmids));
  return static_cast<int>(sets.size());
}

const std::vector<std::uint32_t>* HistorySessions::Find(const std::string& name, int number) const {
  const auto session = sessions_.find(name);
  if (session == sessions_.end() || number < 1 || static_cast<std::size_t>(number) > session->second.size())
    return nullptr;
  return &session->second[static_cast<std::size_t>(number - 1)];
}

std::vector<std::uint32_t> RequestedIds(const Request& request) {
  std::vector<std::uint32_t> ids;
  const std::string list = request.Parameter("id");
  for (std::size_t at = 0; at <= list.size() && !list.empty();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    std::string part = list.substr(at, end - at);
    part.erase(std::remove(part.begin(), part.end(), ' '), part.end());
    const bool is_number =
        !part.empty() && part.size() < 19 && part.find_first_not_of("0123456789") == std::string::npos;
    const std::uint64_t value = is_number ? Number(part, 0) : 0;
    ids.push_back(value <= UINT32_MAX ? static_cast<std::uint32_t>(value) : 0);
    at = end + 1;
  }
  return ids;
}

std::string ArticleSet(const std::vector<std::string>& records) {
  std::string xml =
      "<?xml version=\"1.0\" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC \"-//NLM//DTD PubMedArticle, 1st January 2025//EN\" "
      "\"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd\">\n<PubmedArticleSet>";
  for (const std::string& record : records) xml += (xml.back() == '>' ? "" : "\n") + record;
  return xml + "</PubmedArticleSet>";
}

Reply ErrorReply(const std::string& endpoint, const Request& request, int status, const std::string& message) {
  Reply reply;
  reply.status = status;
  if (WantsJson(request) && (endpoint == "esearch" || endpoint == "esummary")) {
    reply.content_type = "application/json; charset=UTF-8";
    // Control characters go out as they are: NCBI's JSON errors hold raw newlines, which strict parsers refuse.
    const std::string inside = endpoint == "esearch" ? "\"esearchresult\":{\"ERROR\":\"" + message + "\"}"
                                                     : "\"esummaryresult\":[\"" + message + "\"]";
    reply.body = "{\"header\":{\"type\":\"" + endpoint + "\",\"version\":\"0.3\"}," + inside + "}\n";
    return reply;
  }
  const std::string root = endpoint == "efetch" ? "eFetchResult"
                                                : "e" + std::string(1, static_cast<char>(endpoint[1] - 'a' + 'A')) +
                                                      endpoint.substr(2) + "Result";
  const std::string doctype = endpoint == "efetch"
                                  ? "<!DOCTYPE eEfetchResult PUBLIC \"-//NLM//DTD efetch 20131226//EN\" "
                                    "\"https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20131226/efetch.dtd\">\n"
                                  : "";
  reply.body =
      std::string(kDeclaration) + doctype + "<" + root + ">\n\t" + Tag("ERROR", message) + "\n</" + root + ">\n";
  return reply;
}

Reply Esearch(EutilsState* state, const Request& request) {
  std::string webenv = request.Parameter("WebEnv");
  if (!webenv.empty() && !state->history.Exists(webenv)) {
    return ErrorReply("esearch", request, 200, "Unable to obtain query #" + request.Parameter("query_key", "1"));
  }
  SearchPage page;
  page.retstart = Number(request.Parameter("retstart"), 0);
  page.retmax = Number(request.Parameter("retmax"), 20);
  page.is_count_only = request.Parameter("rettype") == "count";
  if (page.retstart >= state->search_cap) {
    return ErrorReply(
        "esearch", request, 200,
        fmt::format(
            "Search Backend failed: Exception:\n'retstart' cannot be larger than {}. For PubMed, ESearch can only "
            "retrieve the first {} records matching the query.",
            state->search_cap - 1, state->search_cap));
  }
  const auto earlier = [&](int number) -> std::optional<std::vector<std::uint32_t>> {
    const std::vector<std::uint32_t>* set = state->history.Find(webenv, number);
    return set == nullptr ? std::nullopt : std::optional(*set);
  };
  std::string term = request.Parameter("term");
  const std::string field = request.Parameter("field");
  if (!field.empty()) term = fmt::format("{}[{}]", term, field);
  const std::string low = request.Parameter("mindate");
  const std::string high = request.Parameter("maxdate");
  if (!low.empty() && !high.empty()) {
    term = fmt::format("({}) AND {}:{}[{}]", term, low, high, request.Parameter("datetype", "pdat"));
  }
  page.outcome = EvaluateQuery(state->records, term, earlier);
  if (!page.outcome.error.empty()) return ErrorReply("esearch", request, 200, page.outcome.error);
  const std::vector<std::uint32_t>& all = page.outcome.pmids;
  if (page.retmax > state->search_cap) {
    page.messages.push_back(
        fmt::format("Restrictions achieved. start and count adjusted to {}, {}", page.retstart, state->search_cap));
    page.retmax = state->search_cap;
  }
  const std::uint64_t visible = std::min<std::uint64_t>(all.size(), state->search_cap);
  for (std::uint64_t i = page.retstart; i < visible && i - page.retstart < page.retmax; ++i) page.ids.push_back(all[i]);
  if (all.empty()) page.messages.emplace_back("No items found.");
  if (request.Parameter("usehistory") == "y") {
    page.query_key = state->history.Add(&webenv, {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(visible)});
    page.webenv = webenv;
  }
  if (WantsJson(request)) return JsonReply(SearchJson(page));
  Reply reply;
  reply.body = SearchXml(page);
  return reply;
}

Reply Efetch(EutilsState* state, const Request& request) {
  Selection selection = Select(*state, request);
  if (!selection.error.empty()) return ErrorReply("efetch", request, selection.error_status, selection.error);
  if (selection.has_only_bad_ids)
    return ErrorReply("efetch", request, 400, "ID list is empty! Possibly it has no correct IDs.");
  const std::string type = request.Parameter("rettype");
  const std::string mode = request.Parameter("retmode", "xml");
  if (mode != "xml" || (!type.empty() && type != "abstract" && type != "xml" && type != "full")) {
    return ErrorReply("efetch", request, 400,
                      fmt::format("the stand-in serves XML records only, not rettype={} retmode={}", type, mode));
  }
  std::sort(selection.ids.begin(), selection.ids.end(),
            [](std::uint32_t a, std::uint32_t b) { return Scramble(a) < Scramble(b); });
  std::vector<std::string> found;
  for (const std::uint32_t id : selection.ids) {
    if (const StoredRecord* record = state->records.Find(id)) found.push_back(record->xml);
  }
  Reply reply;
  reply.body = ArticleSet(found);
  return reply;
}

Reply Esummary(EutilsState* state, const Request& request) {
  const Selection selection = Select(*state, request);
  const bool wants_json = WantsJson(request);
  if (!selection.error.empty()) return ErrorReply("esummary", request, selection.error_status, selection.error);
  if (wants_json && selection.ids.size() > kMaxSummaries) {
    return ErrorReply("esummary", request, 200,
                      "Too many UIDs in request. Maximum number of UIDs is 500 for JSON format output.");
  }
  json result = {{"uids", json::array()}};
  std::string xml = std::string(kDeclaration) + "<eSummaryResult>\n<DocumentSummarySet status=\"OK\">\n";
  for (const std::uint32_t id : selection.ids) {
    const StoredRecord* record = state->records.Find(id);
    const std::string uid = std::to_string(id);
    result["uids"].push_back(uid);
    if (record == nullptr) {
      result[uid] = {{"uid", uid}, {"error", "cannot get document summary"}};
      xml += fmt::format("<DocumentSummary uid=\"{}\"><error>cannot get document summary</error></DocumentSummary>\n",
                         uid);
    } else {
      result[uid] = SummaryJson(*record);
      xml += fmt::format("<DocumentSummary uid=\"{}\">{}{}{}</DocumentSummary>\n", uid,
                         Tag("Title", record->summary.title), Tag("Source", record->summary.journal),
                         Tag("PubDate", record->summary.publication_date));
    }
  }
  if (wants_json)
    return JsonReply({{"header", {{"type", "esummary"}, {"version", "0.3"}}}, {"result", std::move(result)}});
  Reply reply;
  reply.body = xml + "</DocumentSummarySet>\n</eSummaryResult>\n";
  return reply;
}

Reply Epost(EutilsState* state, const Request& request) {
  const std::vector<std::uint32_t> asked = RequestedIds(request);
  if (asked.empty()) return ErrorReply("epost", request, 400, "Empty ID list: nothing to post");
  if (asked.size() > kMaxPosted)
    return ErrorReply("epost", request, 400, "Too many UIDs in request. Maximum number of UIDs is 10000.");
  std::string webenv = request.Parameter("WebEnv");
  if (!webenv.empty() && !state->history.Exists(webenv))
    return ErrorReply("epost", request, 200, "Unable to obtain query #1");
  std::vector<std::uint32_t> good;
  std::string bad;
  for (const std::uint32_t id : asked) {
    if (id == 0)
      bad += Tag("Id", "0");
    else
      good.push_back(id);
  }
  const int key = state->history.Add(&webenv, std::move(good));
  Reply reply;
  reply.body = std::string(kDeclaration) +
               "<!DOCTYPE ePostResult PUBLIC \"-//NLM//DTD epost 20090526//EN\" "
               "\"https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20090526/epost.dtd\"><ePostResult>\n" +
               (bad.empty() ? "" : "<InvalidIdList>" + bad + "</InvalidIdList>") +
               fmt::format("\t<QueryKey>{}</QueryKey>\n\t<WebEnv>{}</WebEnv>\n</ePostResult>\n", key, webenv);
  return reply;
}

Reply Einfo(EutilsState* state, const Request& request) {
  constexpr std::string_view kBuild = "Build-standin.1";
  constexpr std::string_view kUpdated = "2026/01/02 03:04";
  const std::string count = std::to_string(state->records.records().size());
  json fields = json::array();
  std::string xml_fields;
  std::set<std::string_view> seen;  // Several tags are one field; EInfo lists a field once.
  for (const FieldTag& field : AllFieldTags()) {
    if (!seen.insert(field.full_name).second) continue;
    std::string name;
    for (const char c : field.tag) name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const bool is_date = field.kind == FieldTag::Kind::kDate;
    fields.push_back({{"name", name}, {"fullname", field.full_name}, {"isdate", is_date ? "Y" : "N"}});
    xml_fields += "<Field>" + Tag("Name", name) + Tag("FullName", field.full_name) +
                  Tag("IsDate", is_date ? "Y" : "N") + "</Field>";
  }
  if (WantsJson(request)) {
    const json info = {{"dbname", "pubmed"},
                       {"menuname", "PubMed"},
                       {"description", "PubMed bibliographic record (stand-in)"},
                       {"dbbuild", kBuild},
                       {"count", count},
                       {"lastupdate", kUpdated},
                       {"fieldlist", std::move(fields)}};
    return JsonReply(
        {{"header", {{"type", "einfo"}, {"version", "0.3"}}}, {"einforesult", {{"dbinfo", json::array({info})}}}});
  }
  Reply reply;
  reply.body = std::string(kDeclaration) + "<eInfoResult><DbInfo>" + Tag("DbName", "pubmed") +
               Tag("MenuName", "PubMed") + Tag("Description", "PubMed bibliographic record (stand-in)") +
               Tag("DbBuild", kBuild) + Tag("Count", count) + Tag("LastUpdate", kUpdated) + "<FieldList>" + xml_fields +
               "</FieldList></DbInfo></eInfoResult>\n";
  return reply;
}

}  // namespace litmill::services
