// SPDX-License-Identifier: Apache-2.0
#include "fetch/id_converter.h"

#include <fmt/format.h>

#include <unordered_map>
#include <utility>

#include "core/identifiers.h"
#include "core/unicode.h"
#include "fetch/json_answer.h"
#include "fetch/service_errors.h"

namespace litmill::fetch {
namespace {

/// NCBI answers 414 to requests over some 8,000 bytes; this leaves room for the rest of the address.
constexpr std::size_t kMaxIdBytes = 7'000;

std::string_view TypeName(ArticleIdType type) {
  switch (type) {
    case ArticleIdType::kPmid:
      return "pmid";
    case ArticleIdType::kPmcid:
      return "pmcid";
    case ArticleIdType::kDoi:
      return "doi";
  }
  return "doi";
}

/// Commas part the ids of a call, so that no id can hold one.
bool CanBeAsked(const std::string& id) {
  for (const char c : id)
    if (c == ',' || static_cast<unsigned char>(c) <= ' ' || c == 0x7F) return false;
  return !id.empty();
}

/// The form in which an id asked for and an id answered are compared.
std::string Key(ArticleIdType type, const std::string& id) {
  if (type == ArticleIdType::kPmid)
    if (const auto pmid = ParsePmid(id)) return std::to_string(*pmid);
  if (type == ArticleIdType::kPmcid)
    if (const auto pmcid = NormalisePmcid(id)) return *pmcid;
  return AsciiLower(id);
}

/// The old service percent-encodes its messages.
std::string Decoded(const std::string& text) {
  std::string out;
  const auto hex = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
      out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string MessageOf(const Json& document) {
  std::string text = MemberText(document, "message");
  if (text.empty()) text = MemberText(document, "error");
  return Excerpt(Decoded(text));
}

std::vector<PmcVersion> ReadVersions(const Json& record) {
  std::vector<PmcVersion> versions;
  const Json* list = FindMember(record, "versions");
  if (list == nullptr || !list->is_array()) return versions;
  for (const Json& entry : *list) {
    std::string pmcid = MemberText(entry, "pmcid");
    if (!pmcid.empty()) versions.push_back({std::move(pmcid), MemberText(entry, "current") == "true"});
  }
  return versions;
}

IdConversion ReadRecord(const Json& record) {
  IdConversion result;
  result.requested = MemberText(record, "requested-id");
  result.pmid = ParsePmid(MemberText(record, "pmid"));
  result.pmcid = NormalisePmcid(MemberText(record, "pmcid")).value_or("");
  result.doi = MemberText(record, "doi");
  result.live = MemberText(record, "live") != "false";
  result.versions = ReadVersions(record);
  const std::string error = MemberText(record, "errmsg");
  // A miss may come without "status": the message decides.
  const bool is_error = !error.empty() || MemberText(record, "status") == "error";
  if (!is_error) {
    result.outcome = ConversionOutcome::kConverted;
    return result;
  }
  const bool not_found = AsciiLower(error).find("not found") != std::string::npos;
  result.outcome = not_found ? ConversionOutcome::kNotInPmc : ConversionOutcome::kInvalid;
  result.message = error.empty() ? "the ID converter reports an error without a message" : Excerpt(error);
  return result;
}

/// Fills `open` (key -> result) from an answer, and takes what was answered out of it.
class AnswerMatcher {
 public:
  AnswerMatcher(ArticleIdType type, std::unordered_map<std::string, IdConversion>* done) : type_(type), done_(done) {}

  Result<void> Take(const Answer& answer, const Ids& asked) {
    LITMILL_TRY(std::vector<IdConversion> records, ParseIdConverter(answer.response.body));
    std::unordered_map<std::string, bool> open;
    for (const std::string& id : asked) open.emplace(Key(type_, id), true);
    for (IdConversion& record : records) {
      record.document_id = answer.provenance.document_id;
      for (const std::string& key : KeysOf(record)) {
        if (open.count(key) == 0) continue;
        done_->insert_or_assign(key, std::move(record));
        break;
      }
    }
    return {};
  }

 private:
  /// What the record says it answers; where it does not say, the id of the type that was asked for.
  [[nodiscard]] std::vector<std::string> KeysOf(const IdConversion& record) const {
    if (!record.requested.empty()) return {Key(type_, record.requested)};
    if (type_ == ArticleIdType::kPmid && record.pmid) return {std::to_string(*record.pmid)};
    if (type_ == ArticleIdType::kPmcid && !record.pmcid.empty()) return {record.pmcid};
    if (type_ == ArticleIdType::kDoi && !record.doi.empty()) return {AsciiLower(record.doi)};
    return {};
  }

  ArticleIdType type_;
  std::unordered_map<std::string, IdConversion>* done_;
};

}  // namespace

Call MakeIdConverterCall(const IdConverterSettings& settings, ArticleIdType type, const std::vector<std::string>& ids) {
  std::string list;
  for (const std::string& id : ids) {
    if (!list.empty()) list += ',';
    list += PercentEncode(id);
  }
  const std::string query = fmt::format("format=json&ids={}&idtype={}", list, TypeName(type));
  Call call;
  call.source = "idconv";
  call.kind = "convert";
  call.canonical_request = "articles?" + query;
  call.classify = ClassifyIdConverter;
  call.repeats_request = true;  // "request" in its answer holds tool and e-mail
  call.request.url = fmt::format("{}?{}", settings.base_url, query);
  if (!settings.tool.empty()) call.request.url += "&tool=" + PercentEncode(settings.tool);
  if (!settings.email.empty()) call.request.url += "&email=" + PercentEncode(settings.email);
  return call;
}

Classification ClassifyIdConverter(const HttpResponse& response) {
  if (auto common = ClassifyCommonFaults(response, "the ID converter")) return *common;
  const Json document = ParseJsonAnswer(response.body);
  if (response.status >= 400) {
    if (document.is_object() && !MessageOf(document).empty())
      return {Verdict::kPermanent, fmt::format("the ID converter says \"{}\"", MessageOf(document))};
    // No words of the service's own: the address is wrong for all requests, but a request may be too long (414).
    return {Verdict::kPermanent, fmt::format("HTTP {}", response.status), 0, response.status == 404};
  }
  if (document.is_discarded()) return {Verdict::kTransient, "the answer is no whole JSON document"};
  if (const std::string message = MessageOf(document); !message.empty()) {
    if (AsciiLower(message).find("rate limit") != std::string::npos)
      return {Verdict::kThrottled, "NCBI's rate limit was exceeded"};
    return {Verdict::kPermanent, fmt::format("the ID converter says \"{}\"", message)};
  }
  return ClassifyRead(response, ParseIdConverter(response.body));
}

Result<std::vector<IdConversion>> ParseIdConverter(std::string_view body) {
  const Json document = ParseJsonAnswer(body);
  const Json* records = FindMember(document, "records");
  if (records == nullptr || !records->is_array())
    return Fail(ErrorCode::kCorruptInput, "no answer of the ID converter: \"records\" is missing");
  std::vector<IdConversion> result;
  for (const Json& record : *records) {
    if (!record.is_object())
      return Fail(ErrorCode::kCorruptInput, "no answer of the ID converter: an entry of \"records\" is no record");
    result.push_back(ReadRecord(record));
  }
  return result;
}

IdConverter::IdConverter(IdConverterSettings settings, AnswerSource source, Logger* logger)
    : settings_(std::move(settings)), source_(source), logger_(logger) {}

Result<std::vector<IdConversion>> IdConverter::Convert(ArticleIdType type, const std::vector<std::string>& ids) const {
  std::unordered_map<std::string, IdConversion> done;
  Ids askable;
  for (const std::string& id : ids)
    if (CanBeAsked(id)) askable.push_back(id);
  std::unordered_map<std::string, std::string> reasons;
  AnswerMatcher matcher(type, &done);
  HalvingLookup lookup(
      [&](const Ids& batch, SendOutcome* outcome) -> Result<void> {
        LITMILL_TRY(const Answer answer, source_.Ask(MakeIdConverterCall(settings_, type, batch), outcome));
        return matcher.Take(answer, batch);
      },
      [&](const std::string& id, const Error& error) { reasons[id] = error.message; }, logger_);
  // What an answer leaves out is asked for once more: an id must not get lost between two counts.
  for (int round = 0; round < 2; ++round) {
    Ids open;
    for (const std::string& id : askable)
      if (done.count(Key(type, id)) == 0 && reasons.count(id) == 0) open.push_back(id);
    for (const Ids& batch : MakeBatches(open, settings_.batch_size, kMaxIdBytes)) LITMILL_CHECK(lookup.Run(batch));
  }
  std::vector<IdConversion> result;
  for (const std::string& id : ids) {
    IdConversion conversion;
    if (const auto found = done.find(Key(type, id)); found != done.end())
      conversion = found->second;
    else if (const auto reason = reasons.find(id); reason != reasons.end())
      conversion.message = reason->second;
    else if (!CanBeAsked(id))
      conversion.message = "the ID converter cannot be asked for an id that is empty or holds a comma or white space";
    else
      conversion.message = "the ID converter left this id out of its answers, twice";
    conversion.requested = id;
    result.push_back(std::move(conversion));
  }
  return result;
}

}  // namespace litmill::fetch
