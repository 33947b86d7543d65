// SPDX-License-Identifier: Apache-2.0
// Parses and evaluates in one pass: every sub-expression yields the set of records and its translation.
#include "tests/services/pubmed_query.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include <fmt/format.h>

#include "tests/services/pubmed_fields.h"

namespace litmill::services {
namespace {

constexpr int kMaxDepth = 200;
constexpr std::array<std::string_view, 20> kStopwords = {"a",    "an",   "and", "as",  "at",   "by",  "for",
                                                         "from", "in",   "is",  "of",  "on",   "or",  "that",
                                                         "the",  "this", "to",  "was", "were", "with"};

enum class TokenKind { kOpen, kClose, kColon, kQuoted, kTag, kWord, kEnd };
struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string text;
};

bool IsOperator(const Token& token) {
  return token.kind == TokenKind::kWord && (token.text == "AND" || token.text == "OR" || token.text == "NOT");
}

std::vector<Token> Lex(std::string_view term) {
  std::vector<Token> tokens;
  std::size_t i = 0;
  const auto until = [&](char end) {
    const std::size_t close = term.find(end, i + 1);
    std::string inside(term.substr(i + 1, close == std::string_view::npos ? close : close - i - 1));
    i = close == std::string_view::npos ? term.size() : close + 1;
    return inside;
  };
  while (i < term.size()) {
    const char c = term[i];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',')
      ++i;
    else if (c == '(')
      ++i, tokens.push_back({TokenKind::kOpen, ""});
    else if (c == ')')
      ++i, tokens.push_back({TokenKind::kClose, ""});
    else if (c == ':')
      ++i, tokens.push_back({TokenKind::kColon, ""});
    else if (c == '"')
      tokens.push_back({TokenKind::kQuoted, until('"')});
    else if (c == '[')
      tokens.push_back({TokenKind::kTag, until(']')});
    else {
      const std::size_t end = std::min(term.find_first_of(" \t\r\n,():\"[", i), term.size());
      tokens.push_back({TokenKind::kWord, std::string(term.substr(i, end - i))});
      i = end;
    }
  }
  tokens.push_back({TokenKind::kEnd, ""});
  return tokens;
}

using DocSet = std::vector<bool>;  // One flag a record, in the order of PubmedRecords::records().

struct Value {
  DocSet set;
  std::string translation;
};

class Evaluator {
 public:
  Evaluator(const PubmedRecords& records, std::string_view term, const EarlierSets& earlier)
      : records_(records), earlier_(earlier), tokens_(Lex(term)) {
    for (const auto& [pmid, record] : records.records()) docs_.push_back(&record);
  }

  SearchOutcome Run() {
    if (tokens_.size() == 1) {
      out_.error = "Empty term and query_key - nothing todo";
      return std::move(out_);
    }
    Value value = Expression(0);
    if (out_.error.empty() && Peek().kind == TokenKind::kClose) Refuse("unbalanced parentheses");
    if (!out_.error.empty()) return std::move(out_);
    std::vector<const StoredRecord*> hits;
    for (std::size_t i = 0; i < docs_.size(); ++i) {
      if (value.set[i]) hits.push_back(docs_[i]);
    }
    const auto created = [](const StoredRecord* record) {
      const std::vector<int>& dates = record->dates[static_cast<std::size_t>(DateField::kCreation)];
      return dates.empty() ? 0 : dates.front();
    };
    std::sort(hits.begin(), hits.end(), [&](const StoredRecord* a, const StoredRecord* b) {
      return std::pair(created(a), a->pmid) > std::pair(created(b), b->pmid);
    });
    for (const StoredRecord* hit : hits) out_.pmids.push_back(hit->pmid);
    out_.translation = std::move(value.translation);
    return std::move(out_);
  }

 private:
  const Token& Peek(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
  Token Next() { return tokens_[at_ < tokens_.size() - 1 ? at_++ : at_]; }
  void Refuse(std::string_view why) {
    if (out_.error.empty()) out_.error = fmt::format("Search Backend failed: {}", why);
  }
  Value Nothing() const { return {DocSet(docs_.size()), ""}; }

  Value Expression(int depth);
  Value Operand(int depth);
  Value Term();
  Value Range(const std::string& low, const std::string& high, const FieldTag* tag);
  Value Tagged(const std::string& text, bool is_quoted, const FieldTag& tag, int distance);
  Value Untagged(const std::string& text, bool is_quoted);
  const FieldTag* ReadTag(int* distance, std::string* raw);

  DocSet WithPhrase(TextField field, const std::vector<std::string>& words, bool is_prefix) const;
  DocSet WithNearby(TextField field, const std::vector<std::string>& words, int distance) const;
  DocSet WithValue(ListField field, const std::vector<std::string>& values, bool is_prefix) const;
  DocSet WithDate(DateField field, int low, int high) const;
  template <typename Predicate>
  DocSet Where(Predicate predicate) const {
    DocSet set(docs_.size());
    for (std::size_t i = 0; i < docs_.size(); ++i) set[i] = predicate(*docs_[i]);
    return set;
  }

  const PubmedRecords& records_;
  const EarlierSets& earlier_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::vector<const StoredRecord*> docs_;
  SearchOutcome out_;
};

Value Evaluator::Expression(int depth) {
  if (depth > kMaxDepth) {
    Refuse("too many levels of parentheses");
    return Nothing();
  }
  while (IsOperator(Peek())) out_.phrases_ignored.push_back(Next().text);  // An operator with nothing before it.
  Value left = Operand(depth);
  while (out_.error.empty() && Peek().kind != TokenKind::kEnd && Peek().kind != TokenKind::kClose) {
    std::string operation = "AND";
    if (IsOperator(Peek())) operation = Next().text;
    // PubMed was seen to run "A AND NOT B" as "A AND B": the second operator is lost.
    while (IsOperator(Peek())) out_.phrases_ignored.push_back(Next().text);
    if (Peek().kind == TokenKind::kEnd || Peek().kind == TokenKind::kClose) {
      out_.phrases_ignored.push_back(operation);
      break;
    }
    const Value right = Operand(depth);
    for (std::size_t i = 0; i < docs_.size(); ++i) {
      left.set[i] = operation == "OR"    ? left.set[i] || right.set[i]
                    : operation == "NOT" ? left.set[i] && !right.set[i]
                                         : left.set[i] && right.set[i];
    }
    left.translation += fmt::format(" {} {}", operation, right.translation);
  }
  return left;
}

Value Evaluator::Operand(int depth) {
  if (Peek().kind == TokenKind::kOpen) {
    Next();
    Value inside = Expression(depth + 1);
    if (Peek().kind != TokenKind::kClose) {
      Refuse("unbalanced parentheses");
      return inside;
    }
    Next();
    // A tag after a group is not PubMed's syntax; it is dropped, and said so.
    if (Peek().kind == TokenKind::kTag) out_.phrases_ignored.push_back("[" + Next().text + "]");
    inside.translation = "(" + inside.translation + ")";
    return inside;
  }
  if (Peek().kind == TokenKind::kEnd)
    return Nothing();  // An open parenthesis or a lonely operator; the caller says which.
  if (Peek().kind == TokenKind::kClose || Peek().kind == TokenKind::kColon || Peek().kind == TokenKind::kTag) {
    if (Peek().kind == TokenKind::kClose) {
      Refuse("unbalanced parentheses");
    } else {
      out_.phrases_ignored.push_back(Next().text);
    }
    return Nothing();
  }
  return Term();
}

const FieldTag* Evaluator::ReadTag(int* distance, std::string* raw) {
  *distance = -1;
  raw->clear();
  if (Peek().kind != TokenKind::kTag) return nullptr;
  *raw = Next().text;
  const std::size_t tilde = raw->find(":~");
  if (tilde != std::string::npos) *distance = std::atoi(raw->c_str() + tilde + 2);
  return FindFieldTag(std::string_view(*raw).substr(0, tilde));
}

Value Evaluator::Term() {
  const bool is_quoted = Peek().kind == TokenKind::kQuoted;
  std::string text = Next().text;
  if (!is_quoted) {
    while (Peek().kind == TokenKind::kWord && !IsOperator(Peek())) text += " " + Next().text;
  }
  if (text.size() > 1 && text[0] == '#' && text.find_first_not_of("0123456789", 1) == std::string::npos) {
    const auto set = earlier_ ? earlier_(std::atoi(text.c_str() + 1)) : std::nullopt;
    if (!set) {
      out_.error = "Unable to obtain query " + text;
      return Nothing();
    }
    return {Where([&](const StoredRecord& r) { return std::find(set->begin(), set->end(), r.pmid) != set->end(); }),
            text};
  }
  int distance = -1;
  std::string raw;
  const FieldTag* tag = ReadTag(&distance, &raw);
  if (Peek().kind == TokenKind::kColon && (Peek(1).kind == TokenKind::kWord || Peek(1).kind == TokenKind::kQuoted)) {
    Next();
    const std::string high = Next().text;
    const FieldTag* high_tag = ReadTag(&distance, &raw);
    return Range(text, high, high_tag != nullptr ? high_tag : tag);
  }
  if (tag == nullptr && !raw.empty()) {
    out_.fields_not_found.push_back(raw);
    Value none = Nothing();
    none.translation = fmt::format("{}[{}]", text, raw);
    return none;
  }
  return tag == nullptr ? Untagged(text, is_quoted) : Tagged(text, is_quoted, *tag, distance);
}

Value Evaluator::Range(const std::string& low, const std::string& high, const FieldTag* tag) {
  if (tag != nullptr && tag->kind == FieldTag::Kind::kUid) {
    const auto from = std::strtoull(low.c_str(), nullptr, 10);
    const auto to = std::strtoull(high.c_str(), nullptr, 10);
    return {Where([&](const StoredRecord& r) { return r.pmid >= from && r.pmid <= to; }),
            fmt::format("{}:{}[UID]", low, high)};
  }
  const int from = ParseSearchDate(low, false);
  const int to = ParseSearchDate(high, true);
  if (tag == nullptr || tag->kind != FieldTag::Kind::kDate || from == 0 || to == 0) {
    out_.phrases_ignored.push_back(low + ":" + high);
    return Nothing();
  }
  return {WithDate(tag->date, from, to), fmt::format("{}:{}[{}]", low, high, tag->full_name)};
}

Value Evaluator::Tagged(const std::string& text, bool is_quoted, const FieldTag& tag, int distance) {
  Value value = Nothing();
  const bool has_star = !text.empty() && text.back() == '*';
  const std::string stem = has_star ? text.substr(0, text.size() - 1) : text;
  const std::vector<std::string> words = SplitWords(stem);
  const bool is_prefix = has_star && !words.empty() && words.back().size() >= 4;
  if (has_star && !is_prefix) out_.phrases_ignored.push_back(text);  // Too short to be truncated.
  const std::string shown = has_star ? text : fmt::format("\"{}\"", stem);
  value.translation = fmt::format("{}[{}]", shown, tag.full_name);
  switch (tag.kind) {
    case FieldTag::Kind::kUid: {
      const auto pmid = std::strtoull(text.c_str(), nullptr, 10);
      value.set = Where([&](const StoredRecord& r) { return r.pmid == pmid; });
      value.translation = fmt::format("{}[UID]", text);
      return value;
    }
    case FieldTag::Kind::kDate: {
      const int from = ParseSearchDate(text, false);
      if (from == 0)
        out_.phrases_ignored.push_back(text);
      else
        value.set = WithDate(tag.date, from, ParseSearchDate(text, true));
      return value;
    }
    case FieldTag::Kind::kList: {
      std::vector<std::string> values = {Normalise(stem)};
      const bool explodes = tag.is_hierarchical && !is_prefix;
      if (explodes) AddNarrower(&values);
      value.set = WithValue(tag.list, values, is_prefix);
      const bool is_known = tag.is_hierarchical && IsKnownHeading(values.front());
      if (!is_known && std::find(value.set.begin(), value.set.end(), true) == value.set.end()) {
        out_.phrases_not_found.push_back(is_quoted ? shown : text);
      }
      return value;
    }
    case FieldTag::Kind::kText:
      break;
  }
  if (distance >= 0 && !has_star) {
    value.set = WithNearby(tag.text, words, distance);
    value.translation = fmt::format("\"{}\"[{}:~{}]", stem, tag.full_name, distance);
    return value;
  }
  value.set = WithPhrase(tag.text, words, is_prefix);
  if (std::find(value.set.begin(), value.set.end(), true) != value.set.end()) return value;
  if (words.size() <= 1) {
    out_.phrases_not_found.push_back(text);
    return value;
  }
  // Not in the phrase index: PubMed drops the quotes and looks for the words one by one, which answers another
  // question.
  if (is_quoted) out_.quoted_phrases_not_found.push_back(fmt::format("\"{}\"[{}]", text, tag.full_name));
  value.set.assign(docs_.size(), true);
  value.translation.clear();
  for (const std::string& word : words) {
    const bool truncated = is_prefix && &word == &words.back();
    const DocSet one = WithPhrase(tag.text, {word}, truncated);
    for (std::size_t i = 0; i < one.size(); ++i) value.set[i] = value.set[i] && one[i];
    value.translation += fmt::format("{}\"{}{}\"[{}]", value.translation.empty() ? "" : " AND ", word,
                                     truncated ? "*" : "", tag.full_name);
  }
  value.translation = "(" + value.translation + ")";
  return value;
}

Value Evaluator::Untagged(const std::string& text, bool is_quoted) {
  static const FieldTag& all = *FindFieldTag("all");
  static const FieldTag& mesh = *FindFieldTag("mh");
  if (IsReadyMadeFilter(Normalise(text))) return Tagged(text, false, *FindFieldTag("sb"), -1);
  if (is_quoted || text.back() == '*') return Tagged(text, is_quoted, all, -1);
  // Automatic term mapping, reduced to the subject table: the whole text as a heading, else word by word.
  const auto mapped = [&](const std::string& phrase) {
    Value value = Tagged(phrase, false, all, -1);
    if (!IsKnownHeading(Normalise(phrase))) return value;
    const Value heading = Tagged(phrase, false, mesh, -1);
    for (std::size_t i = 0; i < docs_.size(); ++i) value.set[i] = value.set[i] || heading.set[i];
    value.translation = fmt::format("({} OR {})", heading.translation, value.translation);
    out_.translations.emplace_back(phrase, value.translation.substr(1, value.translation.size() - 2));
    return value;
  };
  const std::vector<std::string> words = SplitWords(text);
  if (words.size() == 1 || IsKnownHeading(Normalise(text))) return mapped(text);
  Value value{DocSet(docs_.size(), true), ""};
  for (const std::string& word : words) {
    if (std::find(kStopwords.begin(), kStopwords.end(), word) != kStopwords.end()) {
      out_.phrases_ignored.push_back(word);
      continue;
    }
    const Value one = mapped(word);
    for (std::size_t i = 0; i < docs_.size(); ++i) value.set[i] = value.set[i] && one.set[i];
    value.translation += (value.translation.empty() ? "" : " AND ") + one.translation;
  }
  if (value.translation.empty()) value.set.assign(docs_.size(), false);
  return value;
}

DocSet Evaluator::WithPhrase(TextField field, const std::vector<std::string>& words, bool is_prefix) const {
  std::vector<std::vector<WordId>> ids;
  for (std::size_t i = 0; i < words.size(); ++i)
    ids.push_back(records_.Words(words[i], is_prefix && i + 1 == words.size()));
  if (ids.empty() || std::any_of(ids.begin(), ids.end(), [](const auto& choice) { return choice.empty(); }))
    return DocSet(docs_.size());
  return Where([&](const StoredRecord& record) {
    const std::vector<WordId>& text = record.text[static_cast<std::size_t>(field)];
    for (std::size_t at = 0; at + ids.size() <= text.size(); ++at) {
      std::size_t same = 0;
      while (same < ids.size() && std::binary_search(ids[same].begin(), ids[same].end(), text[at + same])) ++same;
      if (same == ids.size()) return true;
    }
    return false;
  });
}

DocSet Evaluator::WithNearby(TextField field, const std::vector<std::string>& words, int distance) const {
  std::vector<std::vector<WordId>> ids;
  for (const std::string& word : words) ids.push_back(records_.Words(word, false));
  const std::size_t window = words.size() + static_cast<std::size_t>(distance);
  return Where([&](const StoredRecord& record) {
    const std::vector<WordId>& text = record.text[static_cast<std::size_t>(field)];
    for (std::size_t at = 0; at < text.size(); ++at) {
      std::size_t found = 0;
      for (const std::vector<WordId>& choice : ids) {
        for (std::size_t i = at; i < std::min(at + window, text.size()) && text[i] != kGap; ++i) {
          if (!std::binary_search(choice.begin(), choice.end(), text[i])) continue;
          ++found;
          break;
        }
      }
      if (found == ids.size() && !ids.empty()) return true;
    }
    return false;
  });
}

DocSet Evaluator::WithValue(ListField field, const std::vector<std::string>& values, bool is_prefix) const {
  return Where([&](const StoredRecord& record) {
    const std::vector<std::string>& list = record.lists[static_cast<std::size_t>(field)];
    return std::any_of(list.begin(), list.end(), [&](const std::string& have) {
      return std::any_of(values.begin(), values.end(), [&](const std::string& want) {
        return have == want || (is_prefix && have.starts_with(want));
      });
    });
  });
}

DocSet Evaluator::WithDate(DateField field, int low, int high) const {
  return Where([&](const StoredRecord& record) {
    const std::vector<int>& dates = record.dates[static_cast<std::size_t>(field)];
    return std::any_of(dates.begin(), dates.end(), [&](int date) { return date >= low && date <= high; });
  });
}

}  // namespace

SearchOutcome EvaluateQuery(const PubmedRecords& records, std::string_view term, const EarlierSets& earlier) {
  return Evaluator(records, term, earlier).Run();
}

}  // namespace litmill::services
