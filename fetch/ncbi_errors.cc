// SPDX-License-Identifier: Apache-2.0
// What NCBI means when it does not answer the question: its texts and pages sorted into verdicts.
#include <fmt/format.h>

#include <array>
#include <optional>

#include "core/unicode.h"
#include "fetch/esearch_answer.h"
#include "fetch/pubmed_client.h"
#include "fetch/service_errors.h"
#include "fetch/xml_shape.h"

namespace litmill::fetch {
namespace {

struct KnownText {
  std::string_view needle;  ///< Lower case
  Verdict verdict;
  std::string_view reason;  ///< Empty: NCBI's own words are shown.
  int permanent_after = 0;
  bool refuses_everything = false;
};

constexpr int kTwoRetries = 3;  // tries

// The first line that matches decides, so the narrower text stands before the wider. Texts were seen in real answers.
constexpr std::array kKnownTexts = {
    KnownText{"api rate limit exceeded", Verdict::kThrottled, "NCBI's rate limit was exceeded"},
    KnownText{"api key", Verdict::kPermanent, "NCBI refused the API key: check NCBI_API_KEY, or run without one", 0,
              true},
    KnownText{"unable to obtain query", Verdict::kSessionLost, "NCBI no longer knows the search session"},
    KnownText{"cannot be larger than", Verdict::kPermanent, ""},
    KnownText{"out of acceptable range", Verdict::kPermanent, ""},
    // An outage of July 2025 said this of pubmed itself.
    KnownText{"database is not supported", Verdict::kTransient, "NCBI's search backend is down"},
    // A query NCBI cannot read and a backend that is down look the same here.
    KnownText{"search backend failed", Verdict::kTransient, "", kTwoRetries},
    KnownText{"id list is empty", Verdict::kPermanent, "none of the ids is a PMID that NCBI knows how to read"},
    KnownText{"empty id list", Verdict::kPermanent, ""},
    KnownText{"parameter is empty", Verdict::kPermanent, ""},
    KnownText{"parameter is required", Verdict::kPermanent, ""},
    KnownText{"invalid db name", Verdict::kPermanent, ""},
    KnownText{"error occurred: cannot get document summary", Verdict::kTransient, ""},
    KnownText{"cannot get document summary", Verdict::kPermanent, ""},
    KnownText{": not found", Verdict::kPermanent, ""},
    KnownText{"proxy_stream()", Verdict::kTransient, ""},
    KnownText{"external viewer error", Verdict::kTransient, ""},
    KnownText{"status: timeout", Verdict::kTransient, ""},
    KnownText{"failed to connect", Verdict::kTransient, ""},
    KnownText{"unable to open connection", Verdict::kTransient, ""},
    KnownText{"unable to route request", Verdict::kTransient, ""},
    KnownText{"read failed: eof", Verdict::kTransient, ""},
    KnownText{"unexpectedly closed connection", Verdict::kTransient, ""},
    KnownText{"ncbi c++ exception", Verdict::kTransient, ""},
    KnownText{"ctxrawclient", Verdict::kTransient, ""},
    KnownText{"bad gateway", Verdict::kTransient, ""},
    KnownText{"service unavailable", Verdict::kTransient, ""},
    KnownText{"temporarily unavailable", Verdict::kTransient, ""},
    KnownText{"timed out", Verdict::kTransient, ""},
    KnownText{"timeout", Verdict::kTransient, ""},
    KnownText{"backend failed", Verdict::kTransient, "", kTwoRetries},
};

std::optional<Classification> FromText(std::string_view text) {
  const std::string lower = AsciiLower(text);
  for (const KnownText& known : kKnownTexts) {
    if (lower.find(known.needle) == std::string::npos) continue;
    Classification result{known.verdict, std::string(known.reason), known.permanent_after, known.refuses_everything};
    if (result.reason.empty()) result.reason = fmt::format("NCBI says \"{}\"", Excerpt(text));
    return result;
  }
  return std::nullopt;
}

bool IsHtml(std::string_view body, const XmlShape& shape) {
  const std::string head = AsciiLower(body.substr(0, 1024));
  return AsciiLower(shape.root) == "html" || head.find("<!doctype html") != std::string::npos ||
         head.find("<html") != std::string::npos;
}

struct ServiceNote {
  std::string text;
  bool is_error = false;  ///< It stood where the service puts errors; false: a plain text that may be one.
};

/// The service's own message in `body`, if any. Never looks into a PubmedArticleSet's records, whose abstracts may hold
/// any words.
ServiceNote FindNote(std::string_view body, const XmlShape& shape, bool html) {
  if (html) return {};
  if (shape.is_xml) return {shape.error_text, !shape.error_text.empty()};
  const std::string_view trimmed = TrimAscii(body);
  if (!trimmed.empty() && trimmed.front() == '{') {
    std::string text = JsonErrorText(body);
    const bool is_error = !text.empty();
    return {std::move(text), is_error};
  }
  constexpr std::size_t kShortNote = 2'000;
  if (trimmed.size() > kShortNote) return {};
  return {std::string(trimmed), false};  // such as "Unable to route request!"
}

/// The verdict from the HTTP status alone, for an answer that is no success.
Classification FromStatus(int status, std::string_view note) {
  std::string reason = fmt::format("HTTP {}", status);
  if (!note.empty()) reason += fmt::format(" ({})", Excerpt(note));
  if (status >= 500 || status == 408 || status == 425) return {Verdict::kTransient, std::move(reason)};
  // 403: the address is blocked or the use refused; every other request would be refused too.
  return {Verdict::kPermanent, std::move(reason), 0, status == 401 || status == 403};
}

Classification JudgeXml(const XmlShape& shape, std::string_view body) {
  if (!shape.is_xml) return {Verdict::kTransient, "the answer is no XML"};
  if (!shape.complete)
    return {Verdict::kTransient, fmt::format("the XML did not come whole: {}", Excerpt(shape.problem))};
  if (shape.root != "PubmedArticleSet")
    return {Verdict::kTransient, fmt::format("the answer is a <{}>, not a PubmedArticleSet", Excerpt(shape.root)),
            kTwoRetries};
  // EFetch always writes UTF-8: another byte was damaged on the way.
  if (const std::size_t at = FindInvalidUtf8(body); at != std::string::npos)
    return {Verdict::kTransient, fmt::format("the XML holds a byte that is not UTF-8, at byte {}", at)};
  return {};
}

Classification JudgeEsearch(std::string_view body) {
  const Result<EsearchAnswer> answer = ParseEsearch(body);
  if (!answer) return {Verdict::kTransient, answer.error().message};
  return {};
}

}  // namespace

std::string_view VerdictName(Verdict verdict) {
  switch (verdict) {
    case Verdict::kOk:
      return "ok";
    case Verdict::kThrottled:
      return "throttled";
    case Verdict::kTransient:
      return "transient";
    case Verdict::kPermanent:
      return "permanent";
    case Verdict::kSessionLost:
      return "session-lost";
  }
  return "permanent";
}

Classification ClassifyEutils(const HttpResponse& response, bool expects_xml) {
  if (response.status == 429) return {Verdict::kThrottled, "NCBI's rate limit was exceeded (HTTP 429)"};
  const XmlShape shape = InspectXml(response.body);
  const bool html = IsHtml(response.body, shape);
  const ServiceNote note = FindNote(response.body, shape, html);
  if (!note.text.empty())
    if (std::optional<Classification> known = FromText(note.text)) return *known;
  if (response.status < 200 || response.status > 299) return FromStatus(response.status, note.text);
  if (TrimAscii(response.body).empty()) return {Verdict::kTransient, "the answer is empty"};
  if (html)
    return {Verdict::kTransient, fmt::format("an HTML page came instead of an answer (HTTP {})", response.status)};
  // An error message that we do not know: tried again, as NCBI's own tools do, then believed.
  if (note.is_error) return {Verdict::kTransient, fmt::format("NCBI says \"{}\"", Excerpt(note.text)), kTwoRetries};
  return expects_xml ? JudgeXml(shape, response.body) : JudgeEsearch(response.body);
}

}  // namespace litmill::fetch
