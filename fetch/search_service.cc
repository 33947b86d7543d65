// SPDX-License-Identifier: Apache-2.0
#include "fetch/search_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace litmill::fetch {
namespace {

constexpr int kMostPasses = 3;

bool IsLast(const Paging& paging, const ResultPage& page, std::size_t read, bool brought_new) {
  // A cursor may go on for ever, and an index may shrink under us: a page that brings nothing new is always the last.
  if (page.ids.empty() || !brought_new || read >= page.total) return true;
  return paging.by_cursor && page.next_cursor.empty();
}

void AddMessages(std::vector<std::string> more, std::vector<std::string>* messages) {
  for (std::string& message : more)
    if (std::find(messages->begin(), messages->end(), message) == messages->end())
      messages->push_back(std::move(message));
}

Result<ServiceSearch> ReadOnce(const Paging& paging, const AnswerSource& source) {
  ServiceSearch search;
  std::set<std::string> ids;
  PagePosition position;
  while (true) {
    LITMILL_TRY(Answer answer, source.Ask(paging.make_call(position), nullptr));
    LITMILL_TRY(ResultPage page, paging.read_page(answer.response));
    const std::size_t before = ids.size();
    for (const std::string& id : page.ids) ids.insert(id);
    search.count = page.total;
    if (search.query_ran.empty()) search.query_ran = page.query_ran;
    AddMessages(std::move(page.messages), &search.messages);
    search.documents.push_back(std::move(answer.provenance));
    if (IsLast(paging, page, ids.size(), ids.size() > before)) break;
    ++position.number;
    position.offset += page.ids.size();
    position.cursor = page.next_cursor;
  }
  search.ids.assign(ids.begin(), ids.end());
  return search;
}

}  // namespace

Result<ServiceSearch> ReadAllPages(const Paging& paging, const AnswerSource& source, Logger* logger) {
  Error last;
  for (int pass = 1; pass <= kMostPasses; ++pass) {
    Result<ServiceSearch> search = ReadOnce(paging, pass == 1 ? source : source.Fresh());
    if (search && search->ids.size() == search->count) return search;
    if (!search && search.error().code != ErrorCode::kSessionLost) return search;
    last = search ? Error{ErrorCode::kIntegrity, fmt::format("{} counts {} records, its pages held {} different ones",
                                                             paging.service, search->count, search->ids.size())}
                  : search.error();
    if (pass < kMostPasses) logger->Warning(last.message + "; the search is read again from its start");
  }
  return Fail(last.With("the search is not complete"));
}

}  // namespace litmill::fetch
