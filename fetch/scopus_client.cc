// SPDX-License-Identifier: Apache-2.0
#include "fetch/scopus_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "core/unicode.h"
#include "fetch/service_errors.h"

namespace litmill::fetch {
namespace {

constexpr std::string_view kService = "Scopus";
constexpr std::string_view kVariable = "SCOPUS_API_KEY";
/// Where halving begins. Both ends stand open, so that no year is missed.
constexpr int kFirstYear = 1800;
constexpr int kLastYear = 2099;

std::string_view ViewName(ScopusView view) { return view == ScopusView::kStandard ? "STANDARD" : "COMPLETE"; }

std::size_t PageSize(const ScopusSettings& settings) {
  if (settings.page_size != 0) return settings.page_size;
  return settings.view == ScopusView::kStandard ? 200 : 25;
}

Call MakeCall(const ScopusSettings& settings, std::string_view kind, const std::string& parameters,
              std::string canonical, bool asks_for_cursor_right = false) {
  Call call;
  call.source = "scopus";
  call.kind = kind;
  call.canonical_request = "content/search/scopus?" + canonical;
  const bool has_slash = !settings.base_url.empty() && settings.base_url.back() == '/';
  call.request.url = settings.base_url + (has_slash ? "" : "/") + "content/search/scopus?" + parameters;
  AddElsevierHeaders(settings.keys, &call.request);
  call.classify = [asks_for_cursor_right](const HttpResponse& response) {
    return ClassifyScopus(response, asks_for_cursor_right);
  };
  return call;
}

/// One record is the smallest page. The view STANDARD needs no rights.
Call MakeSmallestCall(const ScopusSettings& settings, std::string_view kind, const std::string& query,
                      std::string_view from) {
  const std::string parameters = fmt::format("count=1&query={}&{}&view=STANDARD", PercentEncode(query), from);
  return MakeCall(settings, kind, parameters, parameters, /*asks_for_cursor_right=*/kind == "cursor");
}

std::string YearLimit(int first, int last) {
  std::string limit;
  if (first > kFirstYear) limit += fmt::format(" AND PUBYEAR > {}", first - 1);
  if (last < kLastYear) limit += fmt::format(" AND PUBYEAR < {}", last + 1);
  return limit;
}

std::string YearsForPeople(int first, int last) {
  if (first == last) return fmt::format("the year {}", first);
  return fmt::format("the years {} to {}", first, last);
}

}  // namespace

/// What is learned on the way and reported at the end.
struct ScopusClient::Notes {
  std::string quota;           ///< The latest word on it; empty while there is plenty.
  std::uint64_t too_many = 0;  ///< Hits of the search that was given up for being too large.
  std::string query_ran;       ///< As that search repeated it.
};

struct ScopusClient::Years {
  int first = kFirstYear;
  int last = kLastYear;
};

Call MakeScopusPageCall(const ScopusSettings& settings, const std::string& query, bool by_cursor,
                        const PagePosition& position) {
  const std::string asked = PercentEncode(query);
  const std::string_view view = ViewName(settings.view);
  const std::uint64_t size = PageSize(settings);
  if (by_cursor) {
    const std::string cursor = position.cursor.empty() ? "*" : position.cursor;
    return MakeCall(settings, "search",
                    fmt::format("count={}&cursor={}&query={}&view={}", size, PercentEncode(cursor), asked, view),
                    fmt::format("count={}&page={}&query={}&view={}", size, position.number, asked, view));
  }
  // start + count must stay within the limit: the last page may have to be smaller.
  const std::uint64_t room = settings.most_hits > position.offset ? settings.most_hits - position.offset : 1;
  const std::string parameters = fmt::format("count={}&query={}&start={}&view={}", std::min<std::uint64_t>(size, room),
                                             asked, position.offset, view);
  return MakeCall(settings, "search", parameters, parameters);
}

ScopusClient::ScopusClient(ScopusSettings settings, AnswerSource source, Logger* logger)
    : settings_(std::move(settings)), source_(std::move(source)), logger_(logger) {}

Result<std::uint64_t> ScopusClient::Count(const std::string& query) const {
  LITMILL_CHECK(CheckElsevierKeys(settings_.keys, kService, kVariable));
  LITMILL_TRY(const Answer answer, source_.Ask(MakeSmallestCall(settings_, "count", query, "start=0"), nullptr));
  LITMILL_TRY(const ResultPage page, ParseScopusPage(answer.response.body));
  return page.total;
}

Result<bool> ScopusClient::MayUseCursor(const std::string& query) const {
  if (cursor_right_ == CursorRight::kUnknown) {
    LITMILL_TRY(const Answer answer, source_.Ask(MakeSmallestCall(settings_, "cursor", query, "cursor=%2A"), nullptr));
    const bool is_restricted = answer.response.status == 403;
    if (is_restricted)
      logger_->Debug(fmt::format("Scopus gives this key no cursor; only the first {} hits of a search can be reached",
                                 settings_.most_hits));
    cursor_right_ = is_restricted ? CursorRight::kRestricted : CursorRight::kAllowed;
  }
  return cursor_right_ == CursorRight::kAllowed;
}

Result<ServiceSearch> ScopusClient::ReadByCursor(const std::string& query, Notes* notes) const {
  Paging paging;
  paging.service = kService;
  paging.page_size = PageSize(settings_);
  paging.by_cursor = true;
  paging.make_call = [&](const PagePosition& at) { return MakeScopusPageCall(settings_, query, true, at); };
  paging.read_page = [notes](const HttpResponse& response) {
    NoteElsevierQuota(response, &notes->quota);
    return ParseScopusPage(response.body);
  };
  return ReadAllPages(paging, source_, logger_);
}

/// Nothing when there are more hits than can be reached: `notes` says how many.
Result<std::optional<ServiceSearch>> ScopusClient::ReadByOffset(const std::string& query, const AnswerSource& source,
                                                                Notes* notes) const {
  Paging paging;
  paging.service = kService;
  paging.page_size = PageSize(settings_);
  paging.make_call = [&](const PagePosition& at) { return MakeScopusPageCall(settings_, query, false, at); };
  notes->too_many = 0;
  paging.read_page = [&](const HttpResponse& response) -> Result<ResultPage> {
    NoteElsevierQuota(response, &notes->quota);
    LITMILL_TRY(ResultPage page, ParseScopusPage(response.body));
    if (page.total <= settings_.most_hits) return page;
    notes->too_many = page.total;
    if (notes->query_ran.empty()) notes->query_ran = page.query_ran;
    return Fail(ErrorCode::kPermanentRemote, "more hits than can be reached");  // only ends the reading; see below
  };
  Result<ServiceSearch> search = ReadAllPages(paging, source, logger_);
  if (!search && notes->too_many > 0) return std::optional<ServiceSearch>();
  if (!search) return Fail(std::move(search).error());
  return std::optional<ServiceSearch>(std::move(*search));
}

/// Reads `years`, in halves when they hold too much, and adds what it finds to `sum`.
Result<void> ScopusClient::ReadYears(const std::string& query, Years years, const AnswerSource& source, Notes* notes,
                                     ServiceSearch* sum) const {
  LITMILL_TRY(std::optional<ServiceSearch> part,
              ReadByOffset("(" + query + ")" + YearLimit(years.first, years.last), source, notes));
  if (part) {
    sum->count += part->count;
    sum->ids.insert(sum->ids.end(), part->ids.begin(), part->ids.end());
    for (Provenance& document : part->documents) sum->documents.push_back(std::move(document));
    return {};
  }
  if (years.first == years.last)
    return Fail(ErrorCode::kPermanentRemote,
                fmt::format("Scopus has {} hits in {} alone and shows {} of a search without a cursor. Narrow the "
                            "search, or set SCOPUS_INSTTOKEN, which opens the cursor",
                            notes->too_many, YearsForPeople(years.first, years.last), settings_.most_hits));
  const int middle = years.first + (years.last - years.first) / 2;
  LITMILL_CHECK(ReadYears(query, {years.first, middle}, source, notes, sum));
  return ReadYears(query, {middle + 1, years.last}, source, notes, sum);
}

/// After ReadByOffset found too much. The parts are read again from the service when they do not make up the whole.
Result<ServiceSearch> ScopusClient::ReadByYears(const std::string& query, Notes* notes) const {
  std::string arithmetic;
  for (int pass = 1; pass <= 2; ++pass) {
    const AnswerSource source = pass == 1 ? source_ : source_.Fresh();
    if (pass > 1) {
      LITMILL_TRY(std::optional<ServiceSearch> whole, ReadByOffset(query, source, notes));
      if (whole) return std::move(*whole);
    }
    ServiceSearch sum;
    const std::uint64_t whole_count = notes->too_many;
    const int middle = kFirstYear + (kLastYear - kFirstYear) / 2;
    LITMILL_CHECK(ReadYears(query, {kFirstYear, middle}, source, notes, &sum));
    LITMILL_CHECK(ReadYears(query, {middle + 1, kLastYear}, source, notes, &sum));
    std::sort(sum.ids.begin(), sum.ids.end());
    sum.ids.erase(std::unique(sum.ids.begin(), sum.ids.end()), sum.ids.end());
    if (sum.count == whole_count && sum.ids.size() == whole_count) {
      sum.query_ran = notes->query_ran;
      sum.messages.push_back(
          fmt::format("{} hits are more than the {} that can be reached without a cursor; the "
                      "search was read by years of publication",
                      whole_count, settings_.most_hits));
      return sum;
    }
    arithmetic = fmt::format("Scopus counts {} records; its years of publication hold {}, {} of them different",
                             whole_count, sum.count, sum.ids.size());
    if (pass == 1) logger_->Warning(arithmetic + "; the search is read again from its start");
  }
  return Fail(ErrorCode::kIntegrity, "the search is not complete: " + arithmetic);
}

Result<ServiceSearch> ScopusClient::Search(const std::string& query) const {
  LITMILL_CHECK(CheckElsevierKeys(settings_.keys, kService, kVariable));
  Notes notes;
  ServiceSearch search;
  LITMILL_TRY(const bool may_use_cursor, MayUseCursor(query));
  if (may_use_cursor) {
    LITMILL_TRY(search, ReadByCursor(query, &notes));
  } else {
    LITMILL_TRY(std::optional<ServiceSearch> whole, ReadByOffset(query, source_, &notes));
    if (whole) {
      search = std::move(*whole);
    } else {
      LITMILL_TRY(search, ReadByYears(query, &notes));
    }
  }
  if (!notes.quota.empty()) search.messages.push_back(notes.quota);
  return search;
}

}  // namespace litmill::fetch
