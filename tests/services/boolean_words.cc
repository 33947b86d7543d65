// SPDX-License-Identifier: Apache-2.0
#include "tests/services/boolean_words.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace litmill::services {

enum class NodeKind { kAnd, kOr, kNot, kPhrase, kYears, kDoi, kPmid, kIgnored };

struct BooleanWords::Node {
  NodeKind kind = NodeKind::kIgnored;
  std::vector<Node> children = {};
  std::vector<std::string> words = {};          ///< kPhrase: patterns, one after the other. kDoi, kPmid: one value.
  std::vector<std::pair<int, int>> years = {};  ///< kYears: any of these ranges, both ends included.
};

namespace {

using Node = BooleanWords::Node;

constexpr int kNoYear = 9'999;

bool IsLetter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) > 127;
}
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsWildcard(char c) { return c == '*' || c == '?' || c == '$'; }

/// Lower-case runs of letters and digits; `wildcards` are letters too where they are allowed.
std::vector<std::string> Words(std::string_view text, bool with_wildcards) {
  std::vector<std::string> words;
  bool inside = false;
  for (const char c : text) {
    if (!IsLetter(c) && !(with_wildcards && IsWildcard(c))) {
      inside = false;
      continue;
    }
    if (!inside) words.emplace_back();
    words.back() += c;
    inside = true;
  }
  for (std::string& word : words) word = LowerAscii(word);
  return words;
}

/// `*` any number of characters, `?` exactly one, `$` none or one.
bool FitsPattern(std::string_view pattern, std::string_view word) {
  if (pattern.empty()) return word.empty();
  const std::string_view rest = pattern.substr(1);
  switch (pattern.front()) {
    case '*':
      return FitsPattern(rest, word) || (!word.empty() && FitsPattern(pattern, word.substr(1)));
    case '?':
      return !word.empty() && FitsPattern(rest, word.substr(1));
    case '$':
      return FitsPattern(rest, word) || (!word.empty() && FitsPattern(rest, word.substr(1)));
    default:
      return !word.empty() && word.front() == pattern.front() && FitsPattern(rest, word.substr(1));
  }
}

bool HasPhrase(const std::vector<std::string>& text, const std::vector<std::string>& phrase) {
  return std::search(text.begin(), text.end(), phrase.begin(), phrase.end(),
                     [](const std::string& word, const std::string& pattern) { return FitsPattern(pattern, word); }) !=
         text.end();
}

Node Joined(NodeKind kind, std::vector<Node> children) {
  if (children.size() == 1) return std::move(children.front());
  return {kind, std::move(children)};
}

/// The years of "2000-2025", "2000 TO 2025", "2020", "2000-01-01 TO *", "2001 OR 2003": four digits each, "*" is open.
Node Years(std::string_view text) {
  std::vector<int> numbers;
  bool is_range = text.find("TO") != std::string_view::npos || text.find("to") != std::string_view::npos;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '*') numbers.push_back(numbers.empty() ? 1 : kNoYear - 1);
    if (!IsDigit(text[i])) continue;
    std::size_t end = i;
    while (end < text.size() && IsDigit(text[end])) ++end;
    if (end - i == 4) {
      numbers.push_back(std::atoi(std::string(text.substr(i, 4)).c_str()));
      if (end + 4 < text.size() && text[end] == '-' && IsDigit(text[end + 4])) is_range = true;  // a range of years
    }
    i = end;
  }
  Node node{NodeKind::kYears};
  if (is_range && numbers.size() == 2)
    node.years.emplace_back(numbers[0], numbers[1]);
  else
    for (const int year : numbers) node.years.emplace_back(year, year);
  return node;
}

enum class FieldKind { kText, kYears, kDoi, kPmid, kIgnored };

FieldKind KindOfField(std::string_view name) {
  static constexpr std::array<std::string_view, 36> kText = {"title-abs-key",
                                                             "title-abs",
                                                             "title",
                                                             "abs",
                                                             "key",
                                                             "authkey",
                                                             "indexterms",
                                                             "chemname",
                                                             "all",
                                                             "ts",
                                                             "ti",
                                                             "ab",
                                                             "ak",
                                                             "kp",
                                                             "title_abs",
                                                             "abstract",
                                                             "kw",
                                                             "keyword",
                                                             "mesh",
                                                             "title-abs-key-auth",
                                                             "tiab",
                                                             "de",
                                                             "lnk",
                                                             "tn",
                                                             "text",
                                                             "tw",
                                                             "it",
                                                             "mh",
                                                             "exp",
                                                             "mj",
                                                             "syn",
                                                             "br",
                                                             "nm",
                                                             "topic",
                                                             "body",
                                                             "su"};
  const std::string lower = LowerAscii(name);
  if (std::find(kText.begin(), kText.end(), lower) != kText.end()) return FieldKind::kText;
  if (lower == "pubyear" || lower == "py" || lower == "pub_year" || lower == "first_pdate" || lower == "p_pdate")
    return FieldKind::kYears;
  if (lower == "doi" || lower == "do") return FieldKind::kDoi;
  if (lower == "pmid" || lower == "ext_id") return FieldKind::kPmid;
  return FieldKind::kIgnored;
}

/// A recursive descent over the text. `failed` is sticky: nothing read after it counts.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::optional<Node> ReadAll() {
    Node root = ReadOr();
    SkipSpace();
    if (failed_ || at_ != text_.size()) return std::nullopt;
    return root;
  }

 private:
  [[nodiscard]] char Peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  void SkipSpace() {
    while (IsSpace(Peek())) ++at_;
  }
  bool Take(char c) {
    if (Peek() != c) return false;
    ++at_;
    return true;
  }
  Node Broken() {
    failed_ = true;
    return {};
  }

  /// The bare word at `at_`, up to what cannot be part of one. Not taken.
  [[nodiscard]] std::string_view PeekWord() const {
    std::size_t end = at_;
    while (end < text_.size() && !IsSpace(text_[end]) &&
           std::string_view("()[]{}\"=<>:/,~").find(text_[end]) == std::string_view::npos)
      ++end;
    return text_.substr(at_, end - at_);
  }
  /// "and", "or", "not", "near" (any proximity operator), or empty. Not taken.
  std::string PeekOperator() {
    SkipSpace();
    const std::string_view word = PeekWord();
    const char after = Peek(word.size());
    const std::string lower = LowerAscii(word);
    if ((lower == "and" || lower == "or" || lower == "not") && after != '=' && after != ':') return lower;
    const bool is_proximity = word == "NEAR" || word == "NEXT" || word == "SAME" || word == "W" || word == "PRE";
    if (is_proximity && (after == '/' || word == "NEAR" || word == "NEXT" || word == "SAME") && after != ':')
      return "near";
    return {};
  }
  void TakeOperator() {
    at_ += PeekWord().size();
    if (!Take('/')) return;
    while (IsDigit(Peek())) ++at_;
  }

  Node ReadOr() {
    std::vector<Node> parts{ReadAnd()};
    while (!failed_ && PeekOperator() == "or") {
      TakeOperator();
      parts.push_back(ReadAnd());
    }
    return Joined(NodeKind::kOr, std::move(parts));
  }

  Node ReadAnd() {
    std::vector<Node> parts{ReadNot()};
    while (!failed_) {
      const std::string op = PeekOperator();
      if (op == "or" || at_ == text_.size() || Peek() == ')') break;
      if (op == "and" || op == "near") TakeOperator();  // else adjacent, or a NOT that ReadNot takes
      parts.push_back(ReadNot());
    }
    return Joined(NodeKind::kAnd, std::move(parts));
  }

  Node ReadNot() {
    if (PeekOperator() != "not") return ReadTerm();
    TakeOperator();
    std::vector<Node> of{ReadNot()};
    return {NodeKind::kNot, std::move(of)};
  }

  Node ReadTerm() {
    if (failed_ || !PeekOperator().empty()) return Broken();
    switch (Peek()) {
      case '(': {
        ++at_;
        Node inner = ReadOr();
        SkipSpace();
        if (failed_ || !Take(')')) return Broken();
        return WithSuffix(std::move(inner));
      }
      case '[':
        return ReadBracket();
      case '"':
        return ReadPhrase('"');
      case '\'':
        return ReadPhrase('\'');
      case '{':
        return ReadPhrase('}');
      default:
        return ReadWord();
    }
  }

  /// "low mood", 'alzheimer's disease' (a quote between letters is an apostrophe), {exact}.
  Node ReadPhrase(char close) {
    std::size_t end = ++at_;
    while (end < text_.size() && !(text_[end] == close && !(close == '\'' && end + 1 < text_.size() &&
                                                            IsLetter(text_[end - 1]) && IsLetter(text_[end + 1]))))
      ++end;
    if (end >= text_.size()) return Broken();
    Node phrase{NodeKind::kPhrase, {}, Words(text_.substr(at_, end - at_), close != '}')};
    at_ = end + 1;
    if (phrase.words.empty()) return Broken();
    if (Peek() == '~') {  // words near each other: ANDed like every other proximity
      ++at_;
      while (IsDigit(Peek())) ++at_;
      Node all{NodeKind::kAnd};
      for (std::string& word : phrase.words) all.children.push_back({NodeKind::kPhrase, {}, {std::move(word)}});
      return all;
    }
    return WithSuffix(std::move(phrase));
  }

  /// [2000-2025]/py, [english]/lim, [mh "Migraine Disorders"].
  Node ReadBracket() {
    const std::size_t end = text_.find(']', at_);
    if (end == std::string_view::npos) return Broken();
    const std::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    if (LowerAscii(inside).starts_with("mh ")) {
      Node heading{NodeKind::kPhrase, {}, Words(inside.substr(3), /*with_wildcards=*/false)};
      return heading.words.empty() ? Broken() : heading;
    }
    if (!Take('/')) return Broken();
    const std::string_view limit = PeekWord();
    at_ += limit.size();
    if (LowerAscii(limit) == "py") return CheckedYears(inside);
    return limit.empty() ? Broken() : Node{};
  }

  Node CheckedYears(std::string_view text) {
    Node years = Years(text);
    return years.years.empty() ? Broken() : years;
  }

  /// A bare word, or the name of a field before "(", "=", "<", ">" or ":".
  Node ReadWord() {
    const std::string_view word = PeekWord();
    if (word.empty() || std::none_of(word.begin(), word.end(), [](char c) { return IsLetter(c) || c == '*'; }))
      return Broken();
    if (word.front() == '#') return Broken();  // a line number: there are no lines here
    at_ += word.size();
    const char after = Peek();
    if (after == '(' && LowerAscii(word) != word) return ReadField(KindOfField(word));
    if (after == ':' && !IsSuffix()) {
      ++at_;
      return ReadField(KindOfField(word));
    }
    const std::size_t before_space = at_;
    SkipSpace();
    if (Peek() == '=' || Peek() == '<' || Peek() == '>') {
      const char op = Peek();
      ++at_;
      if (op != '=' || LowerAscii(word) == "pubyear") return ReadYearLimit(op);
      return ReadField(KindOfField(word));
    }
    if (LowerAscii(word) == "pubyear" && (PeekWord() == "AFT" || PeekWord() == "BEF")) {
      const char op = PeekWord() == "AFT" ? '>' : '<';
      at_ += 3;
      return ReadYearLimit(op);
    }
    at_ = before_space;
    Node term{NodeKind::kPhrase, {}, Words(word, /*with_wildcards=*/true)};
    return term.words.empty() ? Broken() : WithSuffix(std::move(term));
  }

  Node ReadYearLimit(char op) {
    SkipSpace();
    const std::string value(PeekWord());
    if (value.size() != 4 || !std::all_of(value.begin(), value.end(), IsDigit)) return Broken();
    at_ += value.size();
    const int year = std::atoi(value.c_str());
    Node node{NodeKind::kYears};
    node.years.emplace_back(op == '>'   ? year + 1
                            : op == '<' ? 1
                                        : year,
                            op == '<'   ? year - 1
                            : op == '>' ? kNoYear
                                        : year);
    return node;
  }

  /// What follows a field's name: text is read as a query of its own, every other value as it stands.
  Node ReadField(FieldKind kind) {
    SkipSpace();
    if (kind == FieldKind::kText) return ReadTerm();
    const char open = Peek();
    std::string_view value;
    if (open == '(' || open == '[' || open == '"') {
      const char close = open == '(' ? ')' : open == '[' ? ']' : '"';
      const std::size_t end = FindClose(open, close);
      if (end == std::string_view::npos) return Broken();
      value = text_.substr(at_ + 1, end - at_ - 1);
      at_ = end + 1;
    } else {
      const std::size_t from = at_;
      while (at_ < text_.size() && !IsSpace(text_[at_]) && text_[at_] != ')') ++at_;
      value = text_.substr(from, at_ - from);
    }
    if (value.empty()) return Broken();
    if (kind == FieldKind::kYears) return CheckedYears(value);
    if (kind == FieldKind::kDoi || kind == FieldKind::kPmid) {
      while (!value.empty() && (value.front() == '"' || value.front() == '{')) value.remove_prefix(1);
      while (!value.empty() && (value.back() == '"' || value.back() == '}')) value.remove_suffix(1);
      return {kind == FieldKind::kDoi ? NodeKind::kDoi : NodeKind::kPmid, {}, {LowerAscii(value)}};
    }
    return {};
  }

  [[nodiscard]] std::size_t FindClose(char open, char close) const {
    int depth = 0;
    for (std::size_t i = at_; i < text_.size(); ++i) {
      if (text_[i] == open && (open != close || i == at_))
        ++depth;
      else if (text_[i] == close && --depth == 0)
        return i;
    }
    return std::string_view::npos;
  }

  /// At ':': is it ":ti,ab,kw", which follows its term, rather than "TITLE:", which goes before?
  [[nodiscard]] bool IsSuffix() const {
    std::size_t end = at_ + 1;
    while (end < text_.size() && (IsLetter(text_[end]) || text_[end] == ',')) ++end;
    const std::string list(text_.substr(at_ + 1, end - at_ - 1));
    const std::vector<std::string> names = SplitAtCommas(list);
    static constexpr std::array<std::string_view, 14> kNames = {"ti", "ab", "kw", "de", "lnk", "tn", "au",
                                                                "ta", "la", "it", "pt", "py",  "jt", "af"};
    return !names.empty() && std::all_of(names.begin(), names.end(), [](const std::string& name) {
      return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
    });
  }

  /// ":ti,ab,kw", "/exp/mj" after a term. A term whose only fields say nothing about its text holds for every work.
  Node WithSuffix(Node term) {
    if (Peek() == ':' && IsSuffix()) {
      bool is_text = false;
      ++at_;
      while (IsLetter(Peek()) || Peek() == ',') {
        const std::size_t from = at_;
        while (IsLetter(Peek())) ++at_;
        is_text = is_text || KindOfField(text_.substr(from, at_ - from)) == FieldKind::kText;
        Take(',');
      }
      return is_text ? std::move(term) : Node{};
    }
    while (Peek() == '/') {
      ++at_;
      const std::string_view name = PeekWord();
      if (KindOfField(name) != FieldKind::kText) return Broken();
      at_ += name.size();
    }
    return term;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

/// Nothing for a part that is ignored: neither true nor false, also below NOT.
std::optional<bool> Evaluate(const Node& node, const RegisteredWork& work, const std::vector<std::string>& text) {
  switch (node.kind) {
    case NodeKind::kIgnored:
      return std::nullopt;
    case NodeKind::kPhrase:
      return HasPhrase(text, node.words);
    case NodeKind::kDoi:
      return LowerAscii(work.doi) == node.words.front();
    case NodeKind::kPmid:
      return work.pmid != 0 && std::to_string(work.pmid) == node.words.front();
    case NodeKind::kYears:
      return work.year != 0 && std::any_of(node.years.begin(), node.years.end(), [&](const std::pair<int, int>& range) {
               return work.year >= range.first && work.year <= range.second;
             });
    case NodeKind::kNot: {
      const std::optional<bool> inner = Evaluate(node.children.front(), work, text);
      return inner ? std::optional<bool>(!*inner) : std::nullopt;
    }
    case NodeKind::kAnd:
    case NodeKind::kOr:
      break;
  }
  std::optional<bool> sum;
  for (const Node& child : node.children) {
    const std::optional<bool> part = Evaluate(child, work, text);
    if (!part) continue;
    sum = !sum ? *part : node.kind == NodeKind::kAnd ? *sum && *part : *sum || *part;
  }
  return sum;
}

}  // namespace

std::optional<BooleanWords> BooleanWords::Read(std::string_view query) {
  std::optional<Node> root = Reader(query).ReadAll();
  if (!root) return std::nullopt;
  return BooleanWords(std::make_shared<const Node>(std::move(*root)));
}

bool BooleanWords::Matches(const RegisteredWork& work) const {
  return Evaluate(*root_, work, Words(work.title + " " + work.abstract, /*with_wildcards=*/false)).value_or(true);
}

bool MatchesWords(std::string_view query, const RegisteredWork& work) {
  const std::optional<BooleanWords> read = BooleanWords::Read(query);
  return read && read->Matches(work);
}

}  // namespace litmill::services
