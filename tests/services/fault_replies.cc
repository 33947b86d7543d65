// SPDX-License-Identifier: Apache-2.0
// The wire form of each fault.
#include "tests/services/fault_replies.h"

#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tests/services/scopus.h"

#include "tests/services/works.h"

namespace litmill::services {
namespace {

constexpr std::string_view kRecordEnds[] = {"</PubmedArticle>", "</PubmedBookArticle>"};

Reply HtmlReply(int status, std::string_view title) {
  Reply reply;
  reply.status = status;
  reply.content_type = "text/html";
  reply.body = fmt::format(
      "<html><head><title>{0}</title></head>\n<body><center><h1>{0}</h1></center><hr><center>stand-in</center></body></"
      "html>\n",
      title);
  return reply;
}

std::size_t Percent(const std::string& body, int percent) {
  return body.size() * static_cast<std::size_t>(std::clamp(percent, 0, 100)) / 100;
}

std::string Gzip(const std::string& plain) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string input = plain;
  std::string packed(deflateBound(&stream, plain.size()) + 64, '\0');
  stream.next_in = static_cast<Bytef*>(static_cast<void*>(input.data()));
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = static_cast<Bytef*>(static_cast<void*>(packed.data()));
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string HttpDate(std::time_t when) {
  std::tm parts{};
  gmtime_r(&when, &parts);
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays[parts.tm_wday], parts.tm_mday,
                     kMonths[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

/// The records of an article set, as they stand in it.
std::vector<std::string> RecordsOf(const std::string& body) {
  std::vector<std::string> records;
  std::size_t at = body.find("<PubmedArticleSet>");
  at = at == std::string::npos ? body.size() : at + 18;
  while (true) {
    at = body.find("<Pubmed", at);
    if (at == std::string::npos) return records;
    std::size_t end = std::string::npos;
    for (const std::string_view mark : kRecordEnds) {
      const std::size_t found = body.find(mark, at);
      if (found != std::string::npos) end = std::min(end, found + mark.size());
    }
    if (end == std::string::npos) return records;
    records.push_back(body.substr(at, end - at));
    at = end;
  }
}

void BreakTag(std::string* record) {
  const std::size_t title = record->find("</ArticleTitle>");
  if (title != std::string::npos) record->erase(title, 15);
}

void BreakUtf8(std::string* record) {
  const std::size_t title = record->find("<ArticleTitle");
  const std::size_t text = title == std::string::npos ? title : record->find('>', title);
  if (text != std::string::npos) record->insert(text + 1, "\xC3(");
}

/// Faults that change which records an EFetch answer holds.
Reply ChangeRecords(const FaultHit& hit, const Request& request, const EutilsState& state, Reply honest) {
  std::vector<std::string> records = RecordsOf(honest.body);
  if (records.empty()) return honest;
  switch (hit.info->fault) {
    case Fault::kWrongRecord: {
      const std::vector<std::uint32_t> asked = RequestedIds(request);
      for (const auto& [pmid, record] : state.records.records()) {
        if (std::find(asked.begin(), asked.end(), pmid) != asked.end()) continue;
        records.front() = record.xml;
        break;
      }
      break;
    }
    case Fault::kMissingRecord: {
      const auto missing = std::min(records.size(), static_cast<std::size_t>(std::max(hit.parameter, 0)));
      records.erase(records.begin(), records.begin() + static_cast<std::ptrdiff_t>(missing));
      break;
    }
    case Fault::kDuplicateRecord:
      records.push_back(records.front());
      break;
    case Fault::kMalformedRecord:
      BreakTag(&records.front());
      break;
    case Fault::kInvalidUtf8Record:
      BreakUtf8(&records.front());
      break;
    default:
      break;
  }
  honest.body = ArticleSet(records);
  return honest;
}

/// Takes the last ids off a search answer of either form; its counts stay.
std::string WithoutLastIds(std::string body, int how_many) {
  const bool is_json = body.starts_with('{');
  const std::size_t list = body.find(is_json ? "\"idlist\":[" : "<IdList>");
  if (list == std::string::npos) return body;
  for (int i = 0; i < how_many; ++i) {
    const std::size_t end = body.find(is_json ? "]" : "</IdList>", list);
    const std::size_t first = is_json ? list + 10 : list + 8;
    std::size_t cut = body.rfind(is_json ? "," : "<Id>", end);
    if (cut == std::string::npos || cut < first) cut = first;
    body.erase(cut, end - cut);
  }
  return body;
}

/// Europe PMC's count of hits, `more` higher.
Reply WithHitCount(Reply honest, int more) {
  const std::string_view name = "\"hitCount\":";
  const std::size_t at = honest.body.find(name);
  if (at == std::string::npos) return honest;
  const std::size_t number = at + name.size();
  const std::size_t end = honest.body.find_first_not_of("0123456789", number);
  const int count = std::atoi(honest.body.substr(number, end - number).c_str());
  honest.body.replace(number, end - number, std::to_string(count + more));
  return honest;
}

/// Takes the last record off a page of a service that answers with records; its count stays.
std::string WithoutLastRecord(const std::string& body) {
  using nlohmann::json;
  json page = json::parse(body, nullptr, /*allow_exceptions=*/false);
  for (const char* path : {"/search-results/entry", "/results", "/hits", "/Data/Records/records/REC"}) {
    const json::json_pointer place(path);
    if (page.is_discarded() || !page.contains(place)) continue;
    json& list = page[place];
    if (list.is_array() && !list.empty()) list.erase(list.size() - 1);
  }
  return page.is_discarded() ? body : page.dump();
}

Reply WithDelivery(Reply reply, Delivery delivery, std::size_t sent_bytes, int pause_ms = 0) {
  reply.delivery = delivery;
  reply.sent_bytes = sent_bytes;
  reply.pause_ms = pause_ms;
  return reply;
}

}  // namespace

Reply ThrottledReply(const std::string& who, int count, int limit, const std::string& retry_after) {
  Reply reply;
  reply.status = 429;
  reply.content_type = "application/json";
  if (!retry_after.empty()) reply.headers.emplace_back("Retry-After", retry_after);
  reply.body =
      fmt::format("{{\"error\":\"API rate limit exceeded\",\"api-key\":\"{}\",\"count\":\"{}\",\"limit\":\"{}\"}}\n",
                  who, count, limit);
  return reply;
}

bool ReplacesAnswer(Fault fault) {
  switch (fault) {
    case Fault::kThrottled:
    case Fault::kThrottledHttpDate:
    case Fault::kThrottledNoRetryAfter:
    case Fault::kHttp500:
    case Fault::kHttp502:
    case Fault::kHttp503:
    case Fault::kHttp504:
    case Fault::kProxyStream400:
    case Fault::kError200:
    case Fault::kBackendFailed200:
    case Fault::kHtmlPage200:
    case Fault::kResetBeforeHeaders:
    case Fault::kRedirectLoop:
    case Fault::kRedirectOtherHost:
    case Fault::kSessionLost:
    case Fault::kDocsumBackendFailed:
    case Fault::kException500:
    case Fault::kVersionAlone:
    case Fault::kSearchNotFound:
    case Fault::kElsevierQuota:
    case Fault::kElsevierTooMany:
    case Fault::kElsevier500:
    case Fault::kGarbage200:
      return true;
    default:
      return false;
  }
}

Reply ApplyFault(const FaultHit& hit, const std::string& endpoint, const Request& request, EutilsState* state,
                 const std::string& other_host_url, Reply honest) {
  const int parameter = hit.parameter;
  const std::size_t part = Percent(honest.body, parameter);
  switch (hit.info->fault) {
    case Fault::kThrottled:
      return ThrottledReply("127.0.0.1", 4, 3, std::to_string(parameter));
    case Fault::kThrottledHttpDate:
      return ThrottledReply("127.0.0.1", 4, 3, HttpDate(std::time(nullptr) + parameter));
    case Fault::kThrottledNoRetryAfter:
      return ThrottledReply("127.0.0.1", 4, 3, "");
    case Fault::kHttp500:
      return HtmlReply(500, "WWW Error 500 Diagnostic");
    case Fault::kHttp502:
      return HtmlReply(502, "502 Bad Gateway");
    case Fault::kHttp503:
      return HtmlReply(503, "503 Service Unavailable");
    case Fault::kHttp504:
      return HtmlReply(504, "504 Gateway Time-out");
    case Fault::kProxyStream400:
      return ErrorReply(endpoint, request, 400, "Error occurred: proxy_stream(): 502 Bad Gateway");
    case Fault::kError200:
      return ErrorReply(endpoint, request, 200, "External viewer error: Status: Timeout");
    case Fault::kBackendFailed200:
      return ErrorReply(endpoint, request, 200, "Search Backend failed: Database is not supported: pubmed");
    case Fault::kHtmlPage200:
      return HtmlReply(200, "Scheduled maintenance");
    case Fault::kEmptyBody:
      honest.body.clear();
      return honest;
    case Fault::kCutBody:
      honest.body.resize(part);
      return honest;
    case Fault::kCutBodyAt:
      honest.body.resize(std::min(honest.body.size(), static_cast<std::size_t>(std::max(parameter, 0))));
      return honest;
    case Fault::kCutConnection:
      return WithDelivery(std::move(honest), Delivery::kCloseInBody, part);
    case Fault::kLengthTooShort:
      return WithDelivery(std::move(honest), Delivery::kLengthTooShort, part);
    case Fault::kChunkedAbort:
      return WithDelivery(std::move(honest), Delivery::kChunkedAbort, part);
    case Fault::kResetBeforeHeaders:
      return WithDelivery(std::move(honest), Delivery::kResetBeforeHeaders, 0);
    case Fault::kResetInBody:
      return WithDelivery(std::move(honest), Delivery::kResetInBody, part);
    case Fault::kStall: {
      const std::size_t first = honest.body.size() / 10;
      return WithDelivery(std::move(honest), Delivery::kStall, first, parameter);
    }
    case Fault::kSlowBytes:
      return WithDelivery(std::move(honest), Delivery::kSlow, 0, parameter);
    case Fault::kGzip:
    case Fault::kGzipCut:
      honest.body = Gzip(honest.body);
      if (hit.info->fault == Fault::kGzipCut) honest.body.resize(Percent(honest.body, parameter));
      honest.headers.emplace_back("Content-Encoding", "gzip");
      return honest;
    case Fault::kMalformedJson:
      honest.body = honest.body.substr(0, honest.body.size() / 2) + "]";
      return honest;
    case Fault::kRedirectLoop: {
      Reply reply = HtmlReply(302, "302 Found");
      reply.headers.emplace_back("Location", "/__standin/loop");
      return reply;
    }
    case Fault::kRedirectOtherHost: {
      Reply reply = HtmlReply(302, "302 Found");
      reply.headers.emplace_back("Location", other_host_url + request.target);
      return reply;
    }
    case Fault::kSessionLost:
      state->history.ForgetAll();
      return ErrorReply(endpoint, request, 200, "Unable to obtain query #1");
    case Fault::kCountMismatch:
      honest.body = WithoutLastIds(std::move(honest.body), parameter);
      return honest;
    case Fault::kDocsumBackendFailed: {
      Reply reply;
      reply.body =
          "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<eSummaryResult>\n<DocumentSummarySet status=\"OK\">\n"
          "<!-- error: DocSum Backend failed -->\n</DocumentSummarySet>\n</eSummaryResult>\n";
      return reply;
    }
    case Fault::kException500: {
      Reply reply;
      reply.status = 500;
      reply.content_type = "application/json";
      reply.body =
          "{\"status\":\"error\",\"message-type\":\"exception\",\"message\":{\"name\":\"stand-in\",\"message\":"
          "\"Response "
          "Exception\"}}";
      return reply;
    }
    case Fault::kCursorLost:
      return honest;
    case Fault::kVersionAlone:
      return JsonReplyOf(200, R"({"version":"6.9"})");
    case Fault::kSearchNotFound:
      return HtmlReply(404, "404 Not Found");
    case Fault::kWrongHitCount:
      return WithHitCount(std::move(honest), parameter);
    case Fault::kElsevierQuota:
      return ElsevierQuotaUsedUp();
    case Fault::kElsevierTooMany:
      return ElsevierError(429, "TOO_MANY_REQUESTS", "Too many requests");
    case Fault::kElsevier500:
      return ElsevierError(500, "GENERAL_SYSTEM_ERROR", "System error");
    case Fault::kGarbage200:
      return JsonReplyOf(200, "upstream: overloaded\x01 {");
    case Fault::kShortPage:
      honest.body = WithoutLastRecord(honest.body);
      return honest;
    case Fault::kWrongRecord:
    case Fault::kMissingRecord:
    case Fault::kDuplicateRecord:
    case Fault::kMalformedRecord:
    case Fault::kInvalidUtf8Record:
      return ChangeRecords(hit, request, *state, std::move(honest));
  }
  return honest;
}

}  // namespace litmill::services
