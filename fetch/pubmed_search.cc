// SPDX-License-Identifier: Apache-2.0
// Searching PubMed past its cap, with the proof that nothing is missing.
//
// PubMed hands out only the first 9,999 ids of a search. A larger one is cut into ranges of PMIDs, which every record
// has exactly one of: 1 to 99,999,999 is halved until each range fits. The cuts depend on nothing but these numbers, so
// that a later run (and an offline one) asks the very same questions. No page depends on NCBI's history server, so a
// lost session costs nothing but a new search.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

#include "fetch/esearch_answer.h"
#include "fetch/eutils_request.h"
#include "fetch/pubmed_client.h"

namespace litmill::fetch {
namespace {

struct Range {
  std::uint64_t low = 1;
  std::uint64_t high = 0;
};

std::string RangeText(Range range) { return fmt::format("{}:{}", range.low, range.high); }

/// The first 200 bytes of a term, for messages.
std::string Short(const std::string& term) { return term.size() <= 200 ? term : term.substr(0, 200) + "..."; }

}  // namespace

/// One pass over all parts of one search.
class PubmedSearch {
 public:
  PubmedSearch(const PubmedClient& client, const std::string& term) : client_(client), term_(term) {}

  Result<SearchResult> Run() {
    LITMILL_TRY(EsearchAnswer first, AskAll(term_, std::nullopt));
    result_.count = first.count;
    result_.report = first.report;
    if (first.count <= client_.settings_.search_cap) {
      result_.pmids = std::move(first.pmids);
    } else {
      // 8 digits hold every PMID until about 2060; then the bound grows by itself.
      std::uint64_t top = 99'999'999;
      for (const std::uint32_t pmid : first.pmids)
        while (pmid > top) top = top * 10 + 9;
      LITMILL_CHECK(Split({1, top}, first.count));
      std::sort(leaves_.begin(), leaves_.end(), [](const Leaf& a, const Leaf& b) { return a.range.low < b.range.low; });
      for (const Leaf& leaf : leaves_) result_.parts.push_back(RangeText(leaf.range));
    }
    std::sort(result_.pmids.begin(), result_.pmids.end());
    result_.pmids.erase(std::unique(result_.pmids.begin(), result_.pmids.end()), result_.pmids.end());
    if (result_.pmids.size() != result_.count) return Fail(ErrorCode::kIntegrity, Arithmetic());
    return std::move(result_);
  }

 private:
  struct Leaf {
    Range range;
    std::uint64_t found = 0;
  };

  Result<EsearchAnswer> AskOnce(const std::string& term, std::uint64_t start) {
    LITMILL_TRY(Answer answer, client_.Ask(MakeSearchCall(client_.settings_, term, start), nullptr));
    result_.documents.push_back(answer.provenance);
    return ParseEsearch(answer.response.body);
  }

  /// One answer with all ids that the cap allows: when the service gave fewer than it could, the rest is asked for from
  /// where it stopped.
  Result<EsearchAnswer> AskAll(const std::string& term, std::optional<Range> range) {
    LITMILL_TRY(EsearchAnswer answer, AskOnce(term, 0));
    while (answer.count <= client_.settings_.search_cap && answer.pmids.size() < answer.count) {
      LITMILL_TRY(const EsearchAnswer more, AskOnce(term, answer.pmids.size()));
      if (more.pmids.empty() || more.start != answer.pmids.size()) break;
      answer.pmids.insert(answer.pmids.end(), more.pmids.begin(), more.pmids.end());
    }
    for (const std::uint32_t pmid : answer.pmids)
      if (range && (pmid < range->low || pmid > range->high))
        return Fail(
            ErrorCode::kIntegrity,
            fmt::format("PubMed returned PMID {} for the range {} of the search {}: it does not honour the range, so "
                        "the search cannot be split",
                        pmid, RangeText(*range), Short(term_)));
    return answer;
  }

  /// Halves `range`, which holds `count` records (more than the cap). The left half is asked for; the right half's
  /// count follows from it, so that a half which is empty or must be cut again costs no request.
  Result<void> Split(Range range, std::uint64_t count) {
    if (range.low >= range.high)
      return Fail(ErrorCode::kIntegrity, fmt::format("PubMed counts {} records for the single PMID {} in the search {}",
                                                     count, range.low, Short(term_)));
    const std::uint64_t middle = range.low + (range.high - range.low) / 2;
    LITMILL_TRY(const std::uint64_t left, Take({range.low, middle}));
    const Range right{middle + 1, range.high};
    const std::uint64_t right_count = count > left ? count - left : 0;
    if (right_count == 0) {
      leaves_.push_back({right, 0});
      return {};
    }
    if (right_count > client_.settings_.search_cap) return Split(right, right_count);
    LITMILL_CHECK(Take(right));
    return {};
  }

  /// Asks for one range and splits it when it does not fit. Returns its count.
  Result<std::uint64_t> Take(Range range) {
    LITMILL_TRY(EsearchAnswer answer, AskAll(fmt::format("({}) AND {}[UID]", term_, RangeText(range)), range));
    if (answer.count > client_.settings_.search_cap) {
      LITMILL_CHECK(Split(range, answer.count));
      return answer.count;
    }
    leaves_.push_back({range, answer.pmids.size()});
    result_.pmids.insert(result_.pmids.end(), answer.pmids.begin(), answer.pmids.end());
    return answer.count;
  }

  [[nodiscard]] std::string Arithmetic() const {
    std::string message = fmt::format("PubMed counted {} records for the search {}, but handed out {} different PMIDs",
                                      result_.count, Short(term_), result_.pmids.size());
    if (leaves_.empty()) return message;
    constexpr std::size_t kMaxParts = 20;
    message += " in these parts: ";
    for (std::size_t i = 0; i < leaves_.size() && i < kMaxParts; ++i)
      message += fmt::format("{}{} holds {}", i == 0 ? "" : ", ", RangeText(leaves_[i].range), leaves_[i].found);
    if (leaves_.size() > kMaxParts) message += fmt::format(" and {} parts more", leaves_.size() - kMaxParts);
    return message;
  }

  const PubmedClient& client_;
  const std::string& term_;
  SearchResult result_;
  std::vector<Leaf> leaves_;
};

Result<SearchResult> PubmedClient::Search(const std::string& term) {
  Result<SearchResult> result = PubmedSearch(*this, term).Run();
  // The index may move while we ask, and NCBI may lose the session: one fresh search settles both. The archive does not
  // move.
  const bool again = !result && !source_.is_offline() &&
                     (result.error().code == ErrorCode::kIntegrity || result.error().code == ErrorCode::kSessionLost);
  if (!again) return result;
  logger_->Warning(fmt::format("searching once more from the start: {}", result.error().message));
  return PubmedSearch(PubmedClient(settings_, source_.Fresh(), logger_), term).Run();
}

Result<SearchResult> PubmedClient::SearchUpTo(const std::string& term, std::uint32_t most) {
  LITMILL_TRY(Answer answer, Ask(MakeSearchCall(settings_, term, 0, most), nullptr));
  LITMILL_TRY(EsearchAnswer parsed, ParseEsearch(answer.response.body));
  SearchResult result;
  result.count = parsed.count;
  if (parsed.count <= most) result.pmids = std::move(parsed.pmids);
  if (parsed.count <= most && result.pmids.size() != parsed.count)
    return Fail(ErrorCode::kIntegrity, fmt::format("PubMed counted {} records for the search {}, but handed out {}",
                                                   parsed.count, Short(term), result.pmids.size()));
  std::sort(result.pmids.begin(), result.pmids.end());
  result.report = std::move(parsed.report);
  result.documents.push_back(std::move(answer.provenance));
  return result;
}

Result<SearchResult> PubmedClient::SearchModifiedSince(const std::string& term, std::string_view iso_date) {
  const auto number = [&](std::size_t at, std::size_t size) {
    int value = -1;
    const std::string_view digits = iso_date.substr(at, size);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size() && value >= 0 ? value : -1;
  };
  const bool shaped = iso_date.size() == 10 && iso_date[4] == '-' && iso_date[7] == '-';
  const int year = shaped ? number(0, 4) : -1;
  const int month = shaped ? number(5, 2) : -1;
  const int day = shaped ? number(8, 2) : -1;
  const bool valid =
      year >= 0 && month >= 0 && day >= 0 &&
      std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                  std::chrono::day(static_cast<unsigned>(day)))
          .ok();
  if (!valid) return Fail(ErrorCode::kInvalidInput, fmt::format("\"{}\" is no date of the form 2026-11-01", iso_date));
  return Search(fmt::format("({}) AND (\"{:04}/{:02}/{:02}\"[lr] : \"3000\"[lr])", term, year, month, day));
}

}  // namespace litmill::fetch
