// SPDX-License-Identifier: Apache-2.0
#include "parse/latex_text.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "core/unicode.h"

namespace litmill::parse {
namespace {

constexpr int kMaxDepth = 40;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Commands that put a mark on the letter behind them.
constexpr std::pair<char, char32_t> kAccents[] = {
    {'`', 0x300}, {'\'', 0x301}, {'^', 0x302}, {'~', 0x303}, {'=', 0x304}, {'u', 0x306}, {'.', 0x307}, {'"', 0x308},
    {'r', 0x30A}, {'H', 0x30B},  {'v', 0x30C}, {'d', 0x323}, {'c', 0x327}, {'k', 0x328}, {'b', 0x331},
};

struct Symbol {
  std::string_view command, text;
};
constexpr Symbol kSymbols[] = {
    {"AA", "Å"},
    {"AE", "Æ"},
    {"DH", "Ð"},
    {"DJ", "Đ"},
    {"Delta", "Δ"},
    {"Gamma", "Γ"},
    {"L", "Ł"},
    {"Lambda", "Λ"},
    {"O", "Ø"},
    {"OE", "Œ"},
    {"Omega", "Ω"},
    {"P", "¶"},
    {"Phi", "Φ"},
    {"Pi", "Π"},
    {"Psi", "Ψ"},
    {"S", "§"},
    {"SS", "ẞ"},
    {"Sigma", "Σ"},
    {"TH", "Þ"},
    {"Theta", "Θ"},
    {"Xi", "Ξ"},
    {"aa", "å"},
    {"ae", "æ"},
    {"alpha", "α"},
    {"approx", "≈"},
    {"beta", "β"},
    {"bullet", "•"},
    {"cdot", "·"},
    {"chi", "χ"},
    {"circ", "°"},
    {"copyright", "©"},
    {"dag", "†"},
    {"ddag", "‡"},
    {"degree", "°"},
    {"delta", "δ"},
    {"dh", "ð"},
    {"div", "÷"},
    {"dj", "đ"},
    {"dots", "…"},
    {"epsilon", "ε"},
    {"eta", "η"},
    {"euro", "€"},
    {"gamma", "γ"},
    {"ge", "≥"},
    {"geq", "≥"},
    {"geqslant", "≥"},
    {"i", "ı"},
    {"infty", "∞"},
    {"iota", "ι"},
    {"j", "ȷ"},
    {"kappa", "κ"},
    {"l", "ł"},
    {"lambda", "λ"},
    {"ldots", "…"},
    {"le", "≤"},
    {"left", ""},
    {"leftarrow", "←"},
    {"leq", "≤"},
    {"leqslant", "≤"},
    {"mu", "μ"},
    {"ne", "≠"},
    {"neq", "≠"},
    {"nu", "ν"},
    {"o", "ø"},
    {"oe", "œ"},
    {"omega", "ω"},
    {"phi", "φ"},
    {"pi", "π"},
    {"pm", "±"},
    {"pounds", "£"},
    {"prime", "′"},
    {"psi", "ψ"},
    {"rho", "ρ"},
    {"right", ""},
    {"rightarrow", "→"},
    {"sigma", "σ"},
    {"sim", "∼"},
    {"ss", "ß"},
    {"tau", "τ"},
    {"textasciicircum", "^"},
    {"textasciitilde", "~"},
    {"textbackslash", "\\"},
    {"textbar", "|"},
    {"textbraceleft", "{"},
    {"textbraceright", "}"},
    {"textbullet", "•"},
    {"textcopyright", "©"},
    {"textdegree", "°"},
    {"textellipsis", "…"},
    {"textemdash", "—"},
    {"textendash", "–"},
    {"texteuro", "€"},
    {"textgreater", "&gt;"},
    {"textless", "&lt;"},
    {"textmu", "µ"},
    {"textperiodcentered", "·"},
    {"textquotedbl", "\""},
    {"textquotedblleft", "“"},
    {"textquotedblright", "”"},
    {"textquoteleft", "‘"},
    {"textquoteright", "’"},
    {"textquotesingle", "'"},
    {"textregistered", "®"},
    {"textsterling", "£"},
    {"texttimes", "×"},
    {"texttrademark", "™"},
    {"textunderscore", "_"},
    {"th", "þ"},
    {"theta", "θ"},
    {"times", "×"},
    {"to", "→"},
    {"upsilon", "υ"},
    {"varepsilon", "ε"},
    {"varphi", "φ"},
    {"xi", "ξ"},
    {"zeta", "ζ"},
};

// Commands around a text, and the tag that they become; "" = the text alone.
constexpr std::pair<std::string_view, std::string_view> kWrappers[] = {
    {"emph", "i"},
    {"enquote", ""},
    {"ensuremath", ""},
    {"hbox", ""},
    {"mathbf", "b"},
    {"mathit", "i"},
    {"mathrm", ""},
    {"mathsf", ""},
    {"mbox", ""},
    {"mkbibemph", "i"},
    {"operatorname", ""},
    {"text", ""},
    {"textbf", "b"},
    {"textit", "i"},
    {"textmd", ""},
    {"textnormal", ""},
    {"textrm", ""},
    {"textsc", ""},
    {"textsf", ""},
    {"textsl", "i"},
    {"textsubscript", "sub"},
    {"textsuperscript", "sup"},
    {"texttt", ""},
    {"textup", ""},
    {"uppercase", ""},
    {"url", ""},
};

// Switches inside a group: they go.
bool IsSwitch(std::string_view command) {
  constexpr std::string_view kSwitches[] = {"bf",      "bfseries", "em", "it", "itshape", "normalfont", "rm",     "sc",
                                            "scshape", "sf",       "sl", "tt", "upshape", "relax",      "protect"};
  return std::find(std::begin(kSwitches), std::end(kSwitches), command) != std::end(kSwitches);
}

class LatexReader {
 public:
  LatexReader(std::string_view tex, bool with_tags, bool with_ligatures)
      : tex_(tex), with_tags_(with_tags), with_ligatures_(with_ligatures) {}

  std::string Run() {
    Read(0, tex_.size(), 0, false);
    return std::move(out_);
  }

 private:
  // Where the group that opens at `open` closes; `end` when it does not.
  [[nodiscard]] std::size_t CloseOf(std::size_t open, std::size_t end) const {
    std::size_t depth = 0;
    for (std::size_t i = open; i < end; ++i) {
      if (tex_[i] == '\\') {
        ++i;
        continue;
      }
      if (tex_[i] == '{') ++depth;
      if (tex_[i] == '}' && --depth == 0) return i;
    }
    return end;
  }

  void Read(std::size_t at, std::size_t end, int depth, bool in_math) {
    while (at < end) at = One(at, end, depth, in_math);
  }

  // One thing at `at`; where the next begins.
  std::size_t One(std::size_t at, std::size_t end, int depth, bool in_math) {
    const char c = tex_[at];
    const std::string_view rest = tex_.substr(at, end - at);
    if (c == '\\') return Command(at, end, depth, in_math);
    if (c == '{' || c == '}') return at + 1;
    if (c == '~') {
      out_ += ' ';
      return at + 1;
    }
    if (c == '$' && depth < kMaxDepth) return Math(at, end, depth);
    if (in_math && (c == '^' || c == '_')) return Script(at, end, depth);
    for (const auto& [from, to] : {std::pair{"---", "—"}, {"--", "–"}, {"``", "“"}, {"''", "”"}})
      if (with_ligatures_ && rest.starts_with(from)) {
        out_ += to;
        return at + std::string_view(from).size();
      }
    // A whole character, which an accent or "^" may take for its argument.
    const std::size_t size = std::min(DecodeUtf8(tex_, at).size, end - at);
    out_ += tex_.substr(at, size);
    return at + size;
  }

  // "$...$" is mathematics where there is something to read in it; else it is money.
  std::size_t Math(std::size_t at, std::size_t end, int depth) {
    constexpr std::size_t kLongest = 300;
    const std::size_t close = tex_.substr(0, std::min(end, at + kLongest)).find('$', at + 1);
    const bool is_math = close != std::string_view::npos &&
                         tex_.substr(at + 1, close - at - 1).find_first_of("\\^_{") != std::string_view::npos;
    if (!is_math) {
      out_ += '$';
      return at + 1;
    }
    Read(at + 1, close, depth + 1, true);
    return close + 1;
  }

  std::size_t Script(std::size_t at, std::size_t end, int depth) {
    Open(tex_[at] == '^' ? "sup" : "sub");
    const std::size_t next = Argument(at + 1, end, depth, true);
    Close(tex_[at] == '^' ? "sup" : "sub");
    return next;
  }

  // A group, or the one thing behind a command.
  std::size_t Argument(std::size_t at, std::size_t end, int depth, bool in_math) {
    while (at < end && IsSpace(tex_[at])) ++at;
    if (at >= end) return end;
    if (depth >= kMaxDepth) return at;
    if (tex_[at] != '{') return One(at, end, depth + 1, in_math);
    const std::size_t close = CloseOf(at, end);
    Read(at + 1, close, depth + 1, in_math);
    return std::min(close + 1, end);
  }

  void Open(std::string_view tag) {
    if (with_tags_ && !tag.empty()) out_ += "<" + std::string(tag) + ">";
  }
  void Close(std::string_view tag) {
    if (with_tags_ && !tag.empty()) out_ += "</" + std::string(tag) + ">";
  }

  std::size_t Command(std::size_t at, std::size_t end, int depth, bool in_math) {
    std::size_t name_end = at + 1;
    while (name_end < end && IsLetter(tex_[name_end])) ++name_end;
    if (name_end == at + 1) return Sign(at, end, depth, in_math);
    const std::string_view name = tex_.substr(at + 1, name_end - at - 1);
    // "\u2019" of some program's JSON is no breve over a 2.
    if (const std::string_view hex = tex_.substr(at + 2, 4); name.front() == 'u' && at + 6 <= end) {
      std::uint32_t value = 0;
      if (std::from_chars(hex.data(), hex.data() + 4, value, 16).ptr == hex.data() + 4 && hex.size() == 4 &&
          value >= 0xA0 && (value < 0xD800 || value > 0xDFFF)) {
        AppendUtf8(out_, value);
        return at + 6;
      }
    }
    if (name.size() == 1)
      if (const char32_t mark = MarkOf(name.front()); mark != 0) return Accent(mark, name_end, end, depth);
    const auto* const symbol =
        std::find_if(std::begin(kSymbols), std::end(kSymbols), [name](const Symbol& s) { return s.command == name; });
    if (symbol != std::end(kSymbols)) {
      const bool is_reference = !with_tags_ && symbol->text.starts_with('&');
      out_ += is_reference ? std::string_view(symbol->text == "&lt;" ? "<" : ">") : symbol->text;
      return PassSpace(name_end, end);
    }
    for (const auto& [command, tag] : kWrappers)
      if (command == name && depth < kMaxDepth) {
        Open(tag);
        const std::size_t next = Argument(name_end, end, depth, in_math);
        Close(tag);
        return next;
      }
    if (IsSwitch(name)) return PassSpace(name_end, end);
    out_ += tex_.substr(at, name_end - at);
    return name_end;
  }

  // A space behind a command in letters only ends its name.
  [[nodiscard]] std::size_t PassSpace(std::size_t at, std::size_t end) const {
    while (at < end && IsSpace(tex_[at])) ++at;
    return at;
  }

  static char32_t MarkOf(char command) {
    const auto* const found = std::find_if(std::begin(kAccents), std::end(kAccents),
                                           [command](const auto& accent) { return accent.first == command; });
    return found == std::end(kAccents) ? 0 : found->second;
  }

  // "\&", "\'e", "\\".
  std::size_t Sign(std::size_t at, std::size_t end, int depth, bool in_math) {
    if (at + 1 >= end) {
      out_ += '\\';
      return end;
    }
    const char sign = tex_[at + 1];
    if (std::string_view("&%$#_{}").find(sign) != std::string_view::npos) {
      out_ += sign;
      return at + 2;
    }
    if (IsSpace(sign) || sign == '\\' || sign == ',' || sign == ';') {
      out_ += ' ';
      return at + 2;
    }
    if (sign == '-' || sign == '/' || sign == '!') return at + 2;
    if (in_math && (sign == '(' || sign == ')')) return at + 2;
    if (const char32_t mark = MarkOf(sign); mark != 0) return Accent(mark, at + 2, end, depth);
    out_ += '\\';
    return at + 1;
  }

  // The mark goes behind the first letter of the argument; without one it stays a command.
  std::size_t Accent(char32_t mark, std::size_t at, std::size_t end, int depth) {
    std::string before = std::exchange(out_, {});
    const std::size_t next = Argument(at, end, depth, false);
    std::string letter = std::exchange(out_, std::move(before));
    if (letter.starts_with("ı")) letter.replace(0, 2, "i");
    if (letter.starts_with("ȷ")) letter.replace(0, 2, "j");
    if (letter.empty()) return next;
    const std::size_t size = DecodeUtf8(letter, 0).size;
    std::string marked = letter.substr(0, size);
    AppendUtf8(marked, mark);
    out_ += NormaliseNfc(marked) + letter.substr(size);
    return next;
  }

  std::string_view tex_;
  bool with_tags_, with_ligatures_;
  std::string out_;
};

}  // namespace

std::string TextOfLatex(std::string_view tex) {
  if (tex.find_first_of("\\{}~$-`'") == std::string_view::npos) return std::string(tex);
  return LatexReader(tex, true, true).Run();
}

std::string NameOfLatex(std::string_view tex) { return LatexReader(tex, false, true).Run(); }

std::string LiteralOfLatex(std::string_view tex) { return LatexReader(tex, false, false).Run(); }

std::string CodeOfLatex(std::string_view tex) {
  std::string out;
  for (std::size_t i = 0; i < tex.size(); ++i) {
    const char c = tex[i];
    if (c == '{' || c == '}') continue;
    if (c == '\\' && i + 1 < tex.size() && std::string_view("&%$#_{}~\\").find(tex[i + 1]) != std::string_view::npos)
      continue;
    out += c;
  }
  return out;
}

}  // namespace litmill::parse
