// SPDX-License-Identifier: Apache-2.0
#include "fetch/crossref_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>
#include <utility>

#include "core/unicode.h"
#include "fetch/service_request.h"

namespace litmill::fetch {
namespace {

/// The service and those on the way stop reading an address somewhere between 2 and 4 kB.
constexpr std::size_t kMaxFilterBytes = 2'000;
constexpr int kMaxPasses = 4;
constexpr std::string_view kWorkKind = "work";

void Finish(const CrossrefSettings& settings, Call* call) {
  call->source = "crossref";
  call->asked_interval_ms = CrossrefAskedIntervalMs;
  call->request.url = JoinAddress(settings.base_url, call->request.url);
  if (settings.contact.empty()) return;
  call->request.url += call->request.url.find('?') == std::string::npos ? '?' : '&';
  call->request.url += "mailto=" + PercentEncode(settings.contact);
  AddContactAgent(settings.agent, settings.contact, &call->request);
}

Call MakeListCall(const CrossrefSettings& settings, std::string_view kind, const std::string& query,
                  std::string canonical) {
  Call call;
  call.kind = kind;
  call.canonical_request = std::move(canonical);
  call.classify = [](const HttpResponse& response) { return ClassifyCrossref(response, /*is_list=*/true); };
  call.request.url = "works?" + query;
  Finish(settings, &call);
  return call;
}

/// Each value of a filter list encoded; commas part them and stay.
std::string EncodeList(std::string_view filter) {
  std::string out;
  for (const char c : filter) {
    if (c == ',' || c == ':')
      out += c;
    else
      out += PercentEncode(std::string_view(&c, 1));
  }
  return out;
}

}  // namespace

class ConcurrencyGate {
 public:
  explicit ConcurrencyGate(int limit) : limit_(limit) {}
  void Enter() {
    std::unique_lock lock(mutex_);
    free_.wait(lock, [this] { return running_ < limit_; });
    ++running_;
  }
  void Leave() {
    const std::lock_guard lock(mutex_);
    --running_;
    free_.notify_all();
  }
  void SetLimit(int limit) {
    const std::lock_guard lock(mutex_);
    limit_ = limit;
    free_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable free_;
  int limit_;
  int running_ = 0;
};

std::int64_t CrossrefIntervalMs(bool is_list, bool has_contact) {
  if (is_list) return has_contact ? 357 : 1'110;
  return has_contact ? 111 : 222;
}

Call MakeCrossrefWorkCall(const CrossrefSettings& settings, const std::string& doi) {
  Call call;
  call.kind = kWorkKind;
  call.request.url = "works/" + PercentEncode(doi);  // slashes too: "//" and "/../" must not be taken for a path
  call.canonical_request = call.request.url;
  call.classify = [](const HttpResponse& response) { return ClassifyCrossref(response, /*is_list=*/false); };
  Finish(settings, &call);
  return call;
}

Call MakeCrossrefBatchCall(const CrossrefSettings& settings, const std::vector<std::string>& dois) {
  std::string query = "filter=";
  for (const std::string& doi : dois) query += (query.back() == '=' ? "doi:" : ",doi:") + PercentEncode(doi);
  query += fmt::format("&rows={}", dois.size());
  return MakeListCall(settings, "works", query, "works?" + query);
}

Call MakeCrossrefPageCall(const CrossrefSettings& settings, const std::string& filter, const std::string& cursor,
                          std::size_t page) {
  const std::string asked = EncodeList(filter);
  return MakeListCall(settings, "list",
                      fmt::format("cursor={}&filter={}&rows={}", PercentEncode(cursor), asked, settings.page_size),
                      fmt::format("works?filter={}&page={}&rows={}", asked, page, settings.page_size));
}

CrossrefClient::CrossrefClient(CrossrefSettings settings, AnswerSource works, AnswerSource lists, Logger* logger)
    : settings_(std::move(settings)),
      works_(works),
      lists_(lists),
      logger_(logger),
      gate_(std::make_unique<ConcurrencyGate>(settings_.contact.empty() ? 1 : 3)) {}

CrossrefClient::~CrossrefClient() = default;

Result<Answer> CrossrefClient::Ask(const AnswerSource& source, const Call& call, SendOutcome* outcome) const {
  gate_->Enter();
  Result<Answer> answer = source.Ask(call, outcome);
  gate_->Leave();
  if (!answer) return answer;
  const std::string_view limit = TrimAscii(answer->response.Header("x-concurrency-limit"));
  if (limit.size() == 1 && limit[0] >= '1' && limit[0] <= '9') gate_->SetLimit(limit[0] - '0');
  return answer;
}

DoiService CrossrefClient::Service() const {
  DoiService service;
  service.name = "Crossref";
  service.ask = [this](const Call& call, SendOutcome* outcome) {
    return Ask(call.kind == kWorkKind ? works_ : lists_, call, outcome);
  };
  service.make_call = [this](const std::string& doi) { return MakeCrossrefWorkCall(settings_, doi); };
  service.read = [](std::string_view body) -> Result<std::string> {
    LITMILL_TRY(const CrossrefPage page, ParseCrossref(body, /*is_list=*/false));
    return page.dois.front();
  };
  return service;
}

Result<CrossrefAnswer> CrossrefClient::LookUp(const std::string& doi, const OnDocument& on_document) const {
  LITMILL_TRY(std::vector<CrossrefAnswer> answers, LookUpDois(Service(), {doi}, on_document, logger_));
  return std::move(answers.front());
}

Result<std::vector<CrossrefAnswer>> CrossrefClient::LookUpAll(const std::vector<std::string>& dois,
                                                              const OnDocument& on_document) const {
  constexpr std::size_t kFilterName = 4;  // "doi:", counted as part of each id
  DoiService service = Service();
  service.batch_size = settings_.batch_size;
  service.max_batch_bytes = kMaxFilterBytes - std::min(kMaxFilterBytes / 2, settings_.batch_size * kFilterName);
  service.fits_batch = [](const std::string& doi) { return doi.find(',') == std::string::npos; };
  service.make_batch_call = [this](const Ids& batch) { return MakeCrossrefBatchCall(settings_, batch); };
  service.read_batch = [](std::string_view body) -> Result<std::vector<std::string>> {
    LITMILL_TRY(CrossrefPage page, ParseCrossref(body, /*is_list=*/true));
    return std::move(page.dois);
  };
  return LookUpDois(service, dois, on_document, logger_);
}

/// One pass over the list; nothing when the cursor was lost on the way.
Result<std::optional<CrossrefList>> CrossrefClient::ListOnce(const std::string& filter,
                                                             const OnDocument& on_document) const {
  CrossrefList list;
  std::set<std::string> seen;
  std::string cursor = "*";
  for (std::size_t page_number = 1;; ++page_number) {
    const Result<Answer> answer = Ask(lists_, MakeCrossrefPageCall(settings_, filter, cursor, page_number), nullptr);
    if (!answer && answer.error().code == ErrorCode::kSessionLost && page_number > 1)
      return std::optional<CrossrefList>();
    if (!answer) return Fail(answer.error());
    LITMILL_TRY(const CrossrefPage page, ParseCrossref(answer->response.body, /*is_list=*/true));
    list.total = page.total;
    list.documents.push_back(answer->provenance);
    const std::size_t before = seen.size();
    for (const std::string& doi : page.dois) seen.insert(AsciiLower(doi));
    if (!page.dois.empty()) LITMILL_CHECK(on_document(*answer));
    // Cursors go on for ever: a page that is not full, or brings nothing new, is the last.
    if (page.dois.size() < settings_.page_size || seen.size() == before || page.next_cursor.empty()) break;
    cursor = page.next_cursor;
  }
  list.dois.assign(seen.begin(), seen.end());
  return std::optional<CrossrefList>(std::move(list));
}

Result<CrossrefList> CrossrefClient::List(const std::string& filter, const OnDocument& on_document) const {
  std::string arithmetic;
  int complete_passes = 0;
  for (int pass = 1; pass <= kMaxPasses && complete_passes < 2; ++pass) {
    LITMILL_TRY(std::optional<CrossrefList> list, ListOnce(filter, on_document));
    if (!list) {
      logger_->Warning("Crossref lost the cursor of a list (it lives five minutes); the list is read again");
      continue;
    }
    ++complete_passes;
    if (list->dois.size() == list->total) {
      list->passes = pass;
      return std::move(*list);
    }
    arithmetic =
        fmt::format("Crossref counts {} works, its pages held {} different ones", list->total, list->dois.size());
    logger_->Warning(arithmetic + "; the list is read again");
  }
  if (complete_passes == 0)
    return Fail(
        ErrorCode::kTransientRemote,
        fmt::format("Crossref lost the cursor of the list \"{}\" {} times. Try again later", filter, kMaxPasses));
  return Fail(ErrorCode::kIntegrity, fmt::format("the list \"{}\" is not complete: {}", filter, arithmetic));
}

}  // namespace litmill::fetch
