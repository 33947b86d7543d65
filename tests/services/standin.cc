// SPDX-License-Identifier: Apache-2.0
// Routes requests: control paths, the rate limit, the key, faults, then the E-utility itself.
#include "tests/services/standin.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <mutex>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tests/services/eutils.h"
#include "tests/services/fault_replies.h"
#include "tests/services/http_server.h"

namespace litmill::services {
namespace {

using nlohmann::json;

constexpr std::string_view kPrefix = "/entrez/eutils/";
constexpr std::size_t kLongestTarget = 8'000;  // Longer GETs get NCBI's 414 page.

using Handler = Reply (*)(EutilsState*, const Request&);
constexpr std::pair<std::string_view, Handler> kHandlers[] = {
    {"esearch", Esearch}, {"efetch", Efetch}, {"esummary", Esummary}, {"epost", Epost}, {"einfo", Einfo}};

Reply JsonAnswer(int status, const json& document) {
  Reply reply;
  reply.status = status;
  reply.content_type = "application/json; charset=UTF-8";
  reply.body = document.dump() + "\n";
  return reply;
}

Reply UriTooLong() {
  Reply reply;
  reply.status = 414;
  reply.content_type = "text/html; charset=utf-8";
  // It begins like XML: a client that sniffs only the first bytes takes it for an answer.
  reply.body =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\"\n"
      "  \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><head>"
      "<title>Submitted URI too large!</title></head><body><h1>Submitted URI too large!</h1></body></html>\n";
  return reply;
}

json LoadJson(const LoadResult& result) {
  return {{"added", result.added},
          {"replaced", result.replaced},
          {"deleted", result.deleted},
          {"problems", result.problems}};
}

}  // namespace

struct Standin::Impl {
  StandinOptions options;
  mutable std::mutex mutex;  // Guards everything below but the servers.
  EutilsState state;
  WorksRegistry works;
  FaultSchedule faults;
  RequestLog log;
  const std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
  std::string other_host_url;
  std::unique_ptr<HttpServer> other_host;  // Declared last: they stop before what their handlers use is gone.
  std::unique_ptr<HttpServer> server;

  std::int64_t NowUs() const {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began).count();
  }
  std::size_t Record(const std::string& endpoint, const Request& request);
  Reply Handle(const Request& request);
  Reply Control(const Request& request);
  Reply Answer(const std::string& endpoint, Handler handler, const Request& request);
  Reply AnswerAboutWorks(const WorksEndpoint& endpoint, const Request& request);
};

std::size_t Standin::Impl::Record(const std::string& endpoint, const Request& request) {
  LoggedRequest entry;
  entry.arrived_us = NowUs();
  entry.endpoint = endpoint;
  entry.method = request.method;
  entry.term = request.Parameter("term");
  entry.pmids = RequestedIds(request);
  entry.retstart = std::strtoull(request.Parameter("retstart").c_str(), nullptr, 10);
  entry.used_history = !request.Parameter("WebEnv").empty();
  entry.has_tool = !request.Parameter("tool").empty();
  entry.has_email = !request.Parameter("email").empty() || !request.Parameter("mailto").empty() ||
                    request.Header("user-agent").find("mailto:") != std::string_view::npos;
  entry.has_api_key = !request.Parameter("api_key").empty() || !request.Header("x-els-apikey").empty() ||
                      !request.Header("x-apikey").empty();
  entry.user_agent = std::string(request.Header("user-agent"));
  return log.Add(std::move(entry));
}

Reply Standin::Impl::Handle(const Request& request) {
  const std::lock_guard lock(mutex);
  if (request.path == "/__standin/loop") {
    log.At(Record("redirect", request)).status = 302;
    Reply reply;
    reply.status = 302;
    reply.headers.emplace_back("Location", "/__standin/loop");
    return reply;
  }
  if (request.path.starts_with("/__standin/")) return Control(request);
  for (const auto& [endpoint, handler] : kHandlers) {
    if (request.path != fmt::format("{}{}.fcgi", kPrefix, endpoint)) continue;
    return Answer(std::string(endpoint), handler, request);
  }
  if (const WorksEndpoint* endpoint = FindWorksEndpoint(request.path)) return AnswerAboutWorks(*endpoint, request);
  Reply reply;
  reply.status = 404;
  reply.content_type = "text/html";
  reply.body = "<html><head><title>404 Not Found</title></head></html>\n";
  log.At(Record("unknown", request)).status = 404;
  return reply;
}

/// One request to an E-utility; `mutex` is held.
Reply Standin::Impl::Answer(const std::string& endpoint, Handler handler, const Request& request) {
  const std::size_t entry = Record(endpoint, request);
  const std::string key = request.Parameter("api_key");
  const bool is_keyed = !key.empty() && key == options.api_key;
  const int limit = is_keyed ? options.limit_with_key : options.limit;
  const int count = log.InLastSecond(log.At(entry).arrived_us);
  const auto finish = [&](Reply reply, std::string_view fault) {
    reply.headers.emplace_back("X-RateLimit-Limit", std::to_string(limit));
    reply.headers.emplace_back("X-RateLimit-Remaining", std::to_string(std::max(0, limit - count)));
    log.At(entry).status = reply.status;
    log.At(entry).fault = fault;
    return reply;
  };
  if (request.method == "GET" && request.target.size() > kLongestTarget) return finish(UriTooLong(), "");
  if (options.enforce_limit && count > limit)
    return finish(ThrottledReply(is_keyed ? key : "127.0.0.1", count, limit, "2"), "");
  if (!key.empty() && !is_keyed) {
    return finish(
        JsonAnswer(400, {{"error", "API key invalid"}, {"api-key", key}, {"type", "invalid"}, {"status", "unknown"}}),
        "");
  }
  if (options.require_contact && (!log.At(entry).has_tool || !log.At(entry).has_email)) {
    return finish(ErrorReply(endpoint, request, 400, "tool and email are required"), "");
  }
  if (request.Parameter("db") != "pubmed" && endpoint != "einfo") {
    return finish(ErrorReply(endpoint, request, 400, "Invalid db name specified: " + request.Parameter("db")), "");
  }
  const std::optional<FaultHit> hit = faults.Next(endpoint, log.At(entry).pmids);
  const bool is_replaced = hit && ReplacesAnswer(hit->info->fault);
  Reply honest = is_replaced ? Reply{} : handler(&state, request);
  if (!hit) return finish(std::move(honest), "");
  return finish(ApplyFault(*hit, endpoint, request, &state, other_host_url, std::move(honest)), hit->info->name);
}

/// One request to a service other than E-utilities, each with its own limits; `mutex` is held.
Reply Standin::Impl::AnswerAboutWorks(const WorksEndpoint& endpoint, const Request& request) {
  const std::string name(endpoint.name);
  const std::size_t entry = Record(name, request);
  const bool is_crossref = endpoint.name.starts_with("crossref");
  const bool is_polite = log.At(entry).has_email;
  const int limit = is_polite ? endpoint.limit.polite : endpoint.limit.anonymous;
  const auto finish = [&](Reply reply, std::string_view fault) {
    if (is_crossref && reply.status != 429) {
      reply.headers.emplace_back("x-rate-limit-limit", std::to_string(options.enforce_limit ? limit : 1'000));
      reply.headers.emplace_back("x-rate-limit-interval", "1s");
      reply.headers.emplace_back("x-concurrency-limit", is_polite ? "3" : "1");
    }
    log.At(entry).status = reply.status;
    log.At(entry).fault = fault;
    return reply;
  };
  if (options.enforce_limit && limit != kUnlimited &&
      log.InLastSecond(log.At(entry).arrived_us, endpoint.name) > limit) {
    Reply reply;  // without a body and without a word on when to come back
    reply.status = 429;
    return finish(std::move(reply), "");
  }
  if (request.method == "GET" && request.target.size() > kLongestTarget) return finish(UriTooLong(), "");
  const std::optional<FaultHit> hit = faults.Next(name, {});
  if (hit && hit->info->fault == Fault::kCursorLost) works.ForgetCursors();
  Reply honest = hit && ReplacesAnswer(hit->info->fault) ? Reply{} : endpoint.handler(&works, request);
  if (!hit) return finish(std::move(honest), "");
  return finish(ApplyFault(*hit, name, request, &state, other_host_url, std::move(honest)), hit->info->name);
}

/// /__standin/...; `mutex` is held.
Reply Standin::Impl::Control(const Request& request) {
  const std::string what = request.path.substr(std::string_view("/__standin/").size());
  if (what == "log" && request.method == "GET") {
    Reply reply;
    reply.content_type = "application/json; charset=UTF-8";
    reply.body = log.ToJson() + "\n";
    return reply;
  }
  if (what == "faults" && request.method == "GET") {
    json list = json::array();
    for (const FaultInfo& info : AllFaults()) {
      list.push_back({{"fault", info.name},
                      {"endpoints", info.endpoints},
                      {"remedy", RemedyName(info.remedy)},
                      {"what", info.what}});
    }
    return JsonAnswer(200, list);
  }
  if (what == "pmids" && request.method == "GET") {
    json list = json::array();
    for (const auto& [pmid, record] : state.records.records()) list.push_back(pmid);
    return JsonAnswer(200, list);
  }
  if (request.method != "POST")
    return JsonAnswer(404, {{"error", "see tests/services/README.md for the control paths"}});
  if (what == "log/clear") {
    log.Clear();
    return JsonAnswer(200, json::object());
  }
  if (what == "records") return JsonAnswer(200, LoadJson(state.records.Load(request.body)));
  if (what == "delete") {
    std::size_t deleted = 0;
    for (const std::uint32_t pmid : RequestedIds(request)) deleted += state.records.Erase(pmid) ? 1U : 0U;
    return JsonAnswer(200, {{"deleted", deleted}});
  }
  if (what == "sessions/forget") {
    state.history.ForgetAll();
    return JsonAnswer(200, json::object());
  }
  if (what == "faults") {
    Result<std::vector<FaultRule>> rules = ParseFaultRulesJson(request.body);
    const Result<void> set = rules ? faults.Set(std::move(*rules)) : Result<void>(Fail(rules.error()));
    return set ? JsonAnswer(200, json::object()) : JsonAnswer(400, {{"error", set.error().message}});
  }
  return JsonAnswer(404, {{"error", "see tests/services/README.md for the control paths"}});
}

Result<std::unique_ptr<Standin>> Standin::Start(StandinOptions options) {
  auto impl = std::make_unique<Impl>();
  impl->state.search_cap = options.search_cap;
  const int port = options.port;
  impl->options = std::move(options);
  Impl* shared = impl.get();
  LITMILL_TRY(impl->other_host, HttpServer::Start("127.0.0.2", 0, [shared](const Request& request) {
                const std::lock_guard lock(shared->mutex);
                shared->log.At(shared->Record("other_host", request)).status = 200;
                return Reply{};
              }));
  impl->other_host_url = fmt::format("http://127.0.0.2:{}", impl->other_host->port());
  LITMILL_TRY(impl->server, HttpServer::Start("127.0.0.1", port,
                                              [shared](const Request& request) { return shared->Handle(request); }));
  return std::unique_ptr<Standin>(new Standin(std::move(impl)));
}

Standin::Standin(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Standin::~Standin() = default;

int Standin::port() const { return impl_->server->port(); }
std::string Standin::base_url() const { return fmt::format("http://127.0.0.1:{}{}", port(), kPrefix); }

std::string Standin::root_url() const { return fmt::format("http://127.0.0.1:{}/", port()); }

void Standin::AddWork(RegisteredWork work) {
  const std::lock_guard lock(impl_->mutex);
  impl_->works.Add(std::move(work));
}

void Standin::SetServiceKey(const std::string& service, const std::string& key) {
  const std::lock_guard lock(impl_->mutex);
  impl_->works.keys[service] = key;
}

void Standin::SetServiceQuota(const std::string& service, std::uint64_t requests) {
  const std::lock_guard lock(impl_->mutex);
  impl_->works.quotas[service] = requests;
}

void Standin::ForgetCursors() {
  const std::lock_guard lock(impl_->mutex);
  impl_->works.ForgetCursors();
}

LoadResult Standin::LoadXml(std::string_view xml) {
  const std::lock_guard lock(impl_->mutex);
  return impl_->state.records.Load(xml);
}

Result<LoadResult> Standin::LoadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Fail(ErrorCode::kIo, fmt::format("cannot read {}", path));
  const std::string xml{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return LoadXml(xml);
}

bool Standin::DeleteRecord(std::uint32_t pmid) {
  const std::lock_guard lock(impl_->mutex);
  return impl_->state.records.Erase(pmid);
}

std::vector<std::uint32_t> Standin::pmids() const {
  const std::lock_guard lock(impl_->mutex);
  std::vector<std::uint32_t> all;
  for (const auto& [pmid, record] : impl_->state.records.records()) all.push_back(pmid);
  return all;
}

std::string Standin::RecordXml(std::uint32_t pmid) const {
  const std::lock_guard lock(impl_->mutex);
  const StoredRecord* record = impl_->state.records.Find(pmid);
  return record == nullptr ? "" : record->xml;
}

Result<void> Standin::SetFaults(std::vector<FaultRule> rules) {
  const std::lock_guard lock(impl_->mutex);
  return impl_->faults.Set(std::move(rules));
}

void Standin::ForgetSessions() {
  const std::lock_guard lock(impl_->mutex);
  impl_->state.history.ForgetAll();
}

void Standin::set_search_cap(std::uint32_t cap) {
  const std::lock_guard lock(impl_->mutex);
  impl_->state.search_cap = cap;
}

std::vector<LoggedRequest> Standin::log() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->log.requests();
}

std::uint64_t Standin::request_count() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->log.requests().size();
}

std::uint64_t Standin::request_count(const std::string& endpoint) const {
  const std::lock_guard lock(impl_->mutex);
  const auto counts = impl_->log.ByEndpoint();
  const auto found = counts.find(endpoint);
  return found == counts.end() ? 0 : found->second;
}

int Standin::max_in_one_second() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->log.MaxInOneSecond();
}

std::string Standin::LogJson() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->log.ToJson();
}

void Standin::ClearLog() {
  const std::lock_guard lock(impl_->mutex);
  impl_->log.Clear();
}

}  // namespace litmill::services
