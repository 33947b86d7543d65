// SPDX-License-Identifier: Apache-2.0
#include "fetch/doi_lookup.h"

#include <fmt/format.h>

#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/unicode.h"

namespace litmill::fetch {
namespace {

class Loop {
 public:
  Loop(const DoiService& service, const DoiLookup::OnDocument& on_document, Logger* logger)
      : service_(service), on_document_(on_document), logger_(logger) {}

  Result<std::vector<DoiAnswer>> Run(const std::vector<std::string>& dois) {
    if (service_.make_batch_call) LITMILL_CHECK(AskInBatches(dois));
    std::vector<DoiAnswer> answers;
    for (const std::string& doi : dois) {
      const std::string key = AsciiLower(doi);
      if (done_.count(key) == 0) LITMILL_CHECK(AskSingly(key));
      answers.push_back(done_[key]);
      answers.back().doi = doi;
    }
    return answers;
  }

 private:
  Result<void> AskInBatches(const std::vector<std::string>& dois) {
    Ids batched;
    for (const std::string& doi : dois)
      if (!doi.empty() && service_.fits_batch(doi)) batched.push_back(AsciiLower(doi));
    HalvingLookup lookup(
        [&](const Ids& batch, SendOutcome* outcome) -> Result<void> {
          if (batch.size() == 1) return {};  // a single one says more when it is asked for by itself
          LITMILL_TRY(const Answer answer, service_.ask(service_.make_batch_call(batch), outcome));
          LITMILL_TRY(const std::vector<std::string> held, service_.read_batch(answer.response.body));
          const std::unordered_set<std::string> asked(batch.begin(), batch.end());
          for (const std::string& doi : held) {
            const std::string key = AsciiLower(doi);
            if (asked.count(key) > 0)
              done_.insert_or_assign(key, DoiAnswer{key, DoiOutcome::kFound, doi, "", answer.provenance.document_id});
          }
          return held.empty() ? Result<void>() : on_document_(answer);
        },
        [](const std::string&, const Error&) { /* offline: looked for singly afterwards */ }, logger_);
    for (const Ids& batch : MakeBatches(batched, service_.batch_size, service_.max_batch_bytes))
      LITMILL_CHECK(lookup.Run(batch));
    return {};
  }

  Result<void> AskSingly(const std::string& doi) {
    DoiAnswer result;
    result.doi = doi;
    HalvingLookup lookup(
        [&](const Ids& one, SendOutcome* outcome) -> Result<void> {
          LITMILL_TRY(const Answer answer, service_.ask(service_.make_call(one.front()), outcome));
          result.document_id = answer.provenance.document_id;
          if (answer.response.status == 404) {
            result.outcome = DoiOutcome::kNotFound;
            result.message = fmt::format("{} does not know this DOI", service_.name);
            return {};
          }
          LITMILL_TRY(result.found_as, service_.read(answer.response.body));
          result.outcome = AsciiLower(result.found_as) == doi ? DoiOutcome::kFound : DoiOutcome::kAlias;
          return on_document_(answer);
        },
        [&](const std::string&, const Error& error) { result.message = error.message; }, logger_);
    if (doi.empty())
      result.message = "an empty DOI cannot be asked for";
    else
      LITMILL_CHECK(lookup.Run({doi}));
    done_.insert_or_assign(doi, std::move(result));
    return {};
  }

  const DoiService& service_;
  const DoiLookup::OnDocument& on_document_;
  Logger* logger_;
  std::unordered_map<std::string, DoiAnswer> done_;  ///< By the DOI in lower case.
};

}  // namespace

Result<std::vector<DoiAnswer>> LookUpDois(const DoiService& service, const std::vector<std::string>& dois,
                                          const DoiLookup::OnDocument& on_document, Logger* logger) {
  return Loop(service, on_document, logger).Run(dois);
}

}  // namespace litmill::fetch
