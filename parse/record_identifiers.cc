// SPDX-License-Identifier: Apache-2.0
#include "parse/record_identifiers.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/identifiers.h"
#include "core/unicode.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

std::string SchemeOf(std::string_view id_type) {
  if (id_type.empty() || id_type == "pubmed") return "pmid";  // The DTD's default is "pubmed".
  if (id_type == "pmc") return "pmcid";
  return AsciiLower(id_type);
}

// IdType "pmcid" holds "pmc-id: PMC123;manuscript-id: NIHMS456;" rather than an id.
std::string_view PmcIdInside(std::string_view text) {
  const std::size_t at = text.find("PMC");
  if (at == std::string_view::npos) return text;
  std::size_t end = at + 3;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
  return text.substr(at, end - at);
}

std::optional<std::string> NormalForm(std::string_view scheme, std::string_view text) {
  if (scheme == "doi") return NormaliseDoi(text);
  if (scheme == "pmcid") return NormalisePmcid(PmcIdInside(text));
  if (scheme == "pmid") {
    const auto pmid = ParsePmid(text);
    return pmid ? std::optional<std::string>(fmt::format_int(*pmid).str()) : std::nullopt;
  }
  return std::string(text);
}

Identifier MakeIdentifier(std::string scheme, std::string raw, std::string_view origin) {
  Identifier id;
  std::optional<std::string> normal = NormalForm(scheme, raw);
  id.valid = normal.has_value() && !normal->empty();
  id.value = normal ? *std::move(normal) : raw;
  id.scheme = std::move(scheme);
  id.raw = std::move(raw);
  id.origin = std::string(origin);
  return id;
}

bool SameAs(const Identifier& a, const Identifier& b) {
  return a.scheme == b.scheme && a.value == b.value && a.origin == b.origin && a.valid == b.valid;
}

void WarnOfDois(RecordContext& context, const std::vector<Identifier>& ids) {
  const Identifier* first = nullptr;
  for (const Identifier& id : ids) {
    if (id.scheme != "doi" || !id.valid) continue;
    if (first == nullptr) {
      first = &id;
    } else if (id.value != first->value) {
      context.Warn("doi-conflict", fmt::format("two different DOIs: {} ({}) and {} ({}); the first is taken",
                                               first->value, first->origin, id.value, id.origin));
      return;
    }
  }
}

}  // namespace

void ReadPmid(RecordContext& context, pugi::xml_node element, Record& record, FoundIdentifiers& found) {
  Identifier id = MakeIdentifier("pmid", TextOf(context, element), "PMID");
  const std::string_view version = AttributeOf(element, "Version");
  int number = 0;
  const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), number);
  if (!version.empty() && error == std::errc() && end == version.data() + version.size() && number > 0)
    record.version = number;
  if (id.valid) record.source_id = id.value;
  found.pmid.push_back(std::move(id));
}

void ReadArticleIdList(RecordContext& context, pugi::xml_node list, std::vector<Identifier>& ids) {
  ForEachElement(context, list, [&](pugi::xml_node child, Element name) {
    if (name != Element::kArticleId) {
      context.UnknownElement(list.name(), child);
      return;
    }
    std::string raw = TextOf(context, child);
    if (raw.empty()) return;
    ids.push_back(MakeIdentifier(SchemeOf(AttributeOf(child, "IdType")), std::move(raw), "ArticleIdList"));
  });
}

void ReadELocationId(RecordContext& context, pugi::xml_node element, FoundIdentifiers& found) {
  std::string raw = TextOf(context, element);
  if (raw.empty()) return;
  Identifier id = MakeIdentifier(AsciiLower(AttributeOf(element, "EIdType")), std::move(raw), "ELocationID");
  if (!id.valid)
    context.Warn("bad-doi",
                 fmt::format("ELocationID says doi but \"{}\" is none; it is kept but identifies nothing", id.raw));
  if (AttributeOf(element, "ValidYN") == "N") id.valid = false;
  found.elocation_ids.push_back(std::move(id));
}

void ReadOtherId(RecordContext& context, pugi::xml_node element, Record& record, FoundIdentifiers& found) {
  std::string text = TextOf(context, element);
  if (text.empty()) return;
  const std::string_view source = AttributeOf(element, "Source");
  // "PMC2762775.2", "PMC2762775 [Available on 01/01/10]": the id is the first word.
  const std::string_view word = std::string_view(text).substr(0, text.find(' '));
  if (source == "NLM" && word.starts_with("PMC") && NormalisePmcid(word)) {
    Identifier id = MakeIdentifier("pmcid", std::string(word), "OtherID");
    id.raw = std::move(text);
    found.other_ids.push_back(std::move(id));
  } else if (source == "NLM" && word.find("MS") != std::string_view::npos) {  // NIHMS..., UKMS..., EMS..., CAMS...
    Identifier id = MakeIdentifier("mid", std::string(word), "OtherID");
    id.raw = std::move(text);
    found.other_ids.push_back(std::move(id));
  } else {
    record.other_names.push_back({"other-id", std::string(source), std::move(text)});
  }
}

void FinishIdentifiers(RecordContext& context, FoundIdentifiers&& found, Record& record) {
  std::vector<Identifier>& ids = record.identifiers;
  ids = std::move(found.pmid);
  for (std::vector<Identifier>* more : {&found.article_ids, &found.elocation_ids, &found.other_ids}) {
    for (Identifier& id : *more) {
      if (id.scheme == "pmid" && id.valid && !record.source_id.empty() && id.value != record.source_id) {
        id.valid = false;
        context.Warn(
            "pmid-conflict",
            fmt::format("the article id list names PMID {} in the record of PMID {}; the record's own is taken",
                        id.value, record.source_id));
      }
      if (!id.valid && id.origin == "ArticleIdList" &&
          (id.scheme == "doi" || id.scheme == "pmcid" || id.scheme == "pmid") && !NormalForm(id.scheme, id.raw))
        context.Warn(
            id.scheme == "doi" ? "bad-doi" : "bad-identifier",
            fmt::format("ArticleId says {} but \"{}\" is none; it is kept but identifies nothing", id.scheme, id.raw));
      if (std::none_of(ids.begin(), ids.end(), [&id](const Identifier& other) { return SameAs(id, other); }))
        ids.push_back(std::move(id));
    }
  }
  WarnOfDois(context, ids);
}

}  // namespace litmill::parse
