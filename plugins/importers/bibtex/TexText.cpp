#include "TexText.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <winnow/formats/ascii.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::bibtex {

namespace {

struct Symbol {
  std::string_view command, text;
};
/// The LaTeX companion; "The Comprehensive LaTeX Symbol List". Sorted by bytes.
constexpr Symbol kSymbols[] = {{"AA", "Å"},
                               {"AE", "Æ"},
                               {"Alpha", "Α"},
                               {"Beta", "Β"},
                               {"Chi", "Χ"},
                               {"DH", "Ð"},
                               {"DJ", "Đ"},
                               {"Delta", "Δ"},
                               {"Epsilon", "Ε"},
                               {"Eta", "Η"},
                               {"Gamma", "Γ"},
                               {"IJ", "Ĳ"},
                               {"Iota", "Ι"},
                               {"Kappa", "Κ"},
                               {"L", "Ł"},
                               {"LaTeX", "LaTeX"},
                               {"Lambda", "Λ"},
                               {"NG", "Ŋ"},
                               {"O", "Ø"},
                               {"OE", "Œ"},
                               {"Omega", "Ω"},
                               {"P", "¶"},
                               {"Phi", "Φ"},
                               {"Pi", "Π"},
                               {"Psi", "Ψ"},
                               {"S", "§"},
                               {"SS", "SS"},
                               {"Sigma", "Σ"},
                               {"TH", "Þ"},
                               {"TeX", "TeX"},
                               {"Theta", "Θ"},
                               {"Upsilon", "Υ"},
                               {"Xi", "Ξ"},
                               {"aa", "å"},
                               {"ae", "æ"},
                               {"alpha", "α"},
                               {"approx", "≈"},
                               {"ast", "∗"},
                               {"beta", "β"},
                               {"bigcirc", "◯"},
                               {"bullet", "•"},
                               {"cap", "∩"},
                               {"cdot", "·"},
                               {"cdots", "⋯"},
                               {"chi", "χ"},
                               {"circ", "∘"},
                               {"cong", "≅"},
                               {"copyright", "©"},
                               {"cup", "∪"},
                               {"dag", "†"},
                               {"dagger", "†"},
                               {"ddag", "‡"},
                               {"degree", "°"},
                               {"delta", "δ"},
                               {"dh", "ð"},
                               {"div", "÷"},
                               {"dj", "đ"},
                               {"dots", "…"},
                               {"ell", "ℓ"},
                               {"emptyset", "∅"},
                               {"epsilon", "ε"},
                               {"equiv", "≡"},
                               {"eta", "η"},
                               {"euro", "€"},
                               {"exists", "∃"},
                               {"forall", "∀"},
                               {"gamma", "γ"},
                               {"ge", "≥"},
                               {"geq", "≥"},
                               {"gg", "≫"},
                               {"guillemotleft", "«"},
                               {"guillemotright", "»"},
                               {"hbar", "ħ"},
                               {"i", "ı"},
                               {"ij", "ĳ"},
                               {"in", "∈"},
                               {"infty", "∞"},
                               {"int", "∫"},
                               {"iota", "ι"},
                               {"j", "ȷ"},
                               {"kappa", "κ"},
                               {"l", "ł"},
                               {"lambda", "λ"},
                               {"langle", "⟨"},
                               {"lbrace", "{"},
                               {"ldots", "…"},
                               {"le", "≤"},
                               {"leftarrow", "←"},
                               {"leftrightarrow", "↔"},
                               {"leq", "≤"},
                               {"ll", "≪"},
                               {"log", "log"},
                               {"mp", "∓"},
                               {"mu", "μ"},
                               {"nabla", "∇"},
                               {"ne", "≠"},
                               {"neg", "¬"},
                               {"neq", "≠"},
                               {"ng", "ŋ"},
                               {"nu", "ν"},
                               {"o", "ø"},
                               {"oe", "œ"},
                               {"omega", "ω"},
                               {"oplus", "⊕"},
                               {"otimes", "⊗"},
                               {"partial", "∂"},
                               {"perp", "⊥"},
                               {"phi", "φ"},
                               {"pi", "π"},
                               {"pm", "±"},
                               {"pounds", "£"},
                               {"prime", "′"},
                               {"prod", "∏"},
                               {"propto", "∝"},
                               {"psi", "ψ"},
                               {"qquad", " "},
                               {"quad", " "},
                               {"rangle", "⟩"},
                               {"rbrace", "}"},
                               {"rho", "ρ"},
                               {"rightarrow", "→"},
                               {"sigma", "σ"},
                               {"sim", "∼"},
                               {"simeq", "≃"},
                               {"slash", "/"},
                               {"sqrt", "√"},
                               {"ss", "ß"},
                               {"star", "⋆"},
                               {"subset", "⊂"},
                               {"sum", "∑"},
                               {"tau", "τ"},
                               {"textasciicircum", "^"},
                               {"textasciigrave", "`"},
                               {"textasciitilde", "~"},
                               {"textbackslash", "\\"},
                               {"textbar", "|"},
                               {"textbullet", "•"},
                               {"textcopyright", "©"},
                               {"textdegree", "°"},
                               {"textdollar", "$"},
                               {"textemdash", "—"},
                               {"textendash", "–"},
                               {"texteuro", "€"},
                               {"textexclamdown", "¡"},
                               {"textgreater", ">"},
                               {"textless", "<"},
                               {"textmu", "µ"},
                               {"textordfeminine", "ª"},
                               {"textordmasculine", "º"},
                               {"textquestiondown", "¿"},
                               {"textquotedbl", "\""},
                               {"textquotedblleft", "“"},
                               {"textquotedblright", "”"},
                               {"textquoteleft", "‘"},
                               {"textquoteright", "’"},
                               {"textquotesingle", "'"},
                               {"textregistered", "®"},
                               {"textsection", "§"},
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
                               {"vert", "|"},
                               {"wedge", "∧"},
                               {"xi", "ξ"},
                               {"zeta", "ζ"}};
static_assert(std::is_sorted(std::begin(kSymbols), std::end(kSymbols),
                             [](const Symbol& a, const Symbol& b) { return a.command < b.command; }));

std::string_view symbolOf(std::string_view command) {
  const auto at = std::lower_bound(std::begin(kSymbols), std::end(kSymbols), command,
                                   [](const Symbol& s, std::string_view c) { return s.command < c; });
  return at != std::end(kSymbols) && at->command == command ? at->text : std::string_view{};
}

struct Accent {
  char command;
  std::string_view combining;  ///< the mark behind its letter
  std::string_view letters;    ///< pairs that Unicode has as one character: letter, character, ...
};
constexpr Accent kAccents[] = {
    {'`', "\u0300", "AÀaàEÈeèIÌiìOÒoòUÙuùNǸnǹWẀwẁYỲyỳ"},
    {'\'', "\u0301", "AÁaáEÉeéIÍiíOÓoóUÚuúYÝyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźGǴgǵKḰkḱMḾmḿPṔpṕWẂwẃ"},
    {'^', "\u0302", "AÂaâEÊeêIÎiîOÔoôUÛuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑ"},
    {'"', "\u0308", "AÄaäEËeëIÏiïOÖoöUÜuüYŸyÿHḦhḧWẄwẅXẌxẍtẗ"},
    {'~', "\u0303", "AÃaãNÑnñOÕoõIĨiĩUŨuũEẼeẽYỸyỹVṼvṽ"},
    {'=', "\u0304", "AĀaāEĒeēIĪiīOŌoōUŪuūGḠgḡYȲyȳ"},
    {'.', "\u0307", "CĊcċEĖeėGĠgġIİZŻzżBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡTṪtṫWẆwẇXẊxẋYẎyẏAȦaȧOȮoȯ"},
    {'u', "\u0306", "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭ"},
    {'v', "\u030C", "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔGǦgǧKǨkǩjǰHȞhȟ"},
    {'H', "\u030B", "OŐoőUŰuű"},
    {'c', "\u0327", "CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩDḐdḑHḨhḩ"},
    {'k', "\u0328", "AĄaąEĘeęIĮiįUŲuųOǪoǫ"},
    {'r', "\u030A", "AÅaåUŮuůwẘyẙ"},
    {'d', "\u0323", "AẠaạEẸeẹIỊiịOỌoọUỤuụYỴyỵDḌdḍHḤhḥKḲkḳLḶlḷMṂmṃNṆnṇRṚrṛSṢsṣTṬtṭVṾvṿWẈwẉZẒzẓ"},
    {'b', "\u0331", "DḎdḏKḴkḵLḺlḻNṈnṉRṞrṟTṮtṯZẔzẕhẖ"},
    {'t', "\u0361", ""},
    {'-', "\u0305", ""},
    {'>', "\u20D7", ""}};

/// Accents of mathematics are the same marks under longer names.
constexpr Symbol kLongAccents[] = {{"acute", "'"},    {"bar", "="},   {"breve", "u"}, {"check", "v"},
                                   {"ddot", "\""},    {"dot", "."},   {"grave", "`"}, {"hat", "^"},
                                   {"overline", "-"}, {"tilde", "~"}, {"vec", ">"},   {"widehat", "^"},
                                   {"widetilde", "~"}};

const Accent* accentOf(std::string_view command) {
  for (const Symbol& s : kLongAccents)
    if (s.command == command) command = s.text;
  if (command.size() != 1) return nullptr;
  const auto at =
      std::find_if(std::begin(kAccents), std::end(kAccents), [&](const Accent& a) { return a.command == command[0]; });
  return at == std::end(kAccents) ? nullptr : at;
}

std::size_t sizeOfCharacter(unsigned char lead) { return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4; }

void appendAccented(std::string& out, const Accent& accent, std::string_view letter) {
  if (letter.size() == 1)
    for (std::size_t i = 0; i < accent.letters.size();) {
      const std::size_t size = sizeOfCharacter(static_cast<unsigned char>(accent.letters[i + 1]));
      if (accent.letters[i] == letter[0]) {
        out += accent.letters.substr(i + 1, size);
        return;
      }
      i += 1 + size;
    }
  out += letter;
  if (!letter.empty()) out += accent.combining;
}

constexpr std::string_view kScriptSigns = "0123456789+-=()";
constexpr std::array<std::string_view, 15> kSuperscripts = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷",
                                                            "⁸", "⁹", "⁺", "⁻", "⁼", "⁽", "⁾"};
constexpr std::array<std::string_view, 15> kSubscripts = {"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇",
                                                          "₈", "₉", "₊", "₋", "₌", "₍", "₎"};

using formats::isLetter;

/// Commands that print nothing of their first argument.
bool hidesArgument(std::string_view command) {
  for (const std::string_view c : {"vphantom", "hphantom", "phantom", "hspace", "vspace", "noopsort", "label", "index",
                                   "discretionary", "href", "setlength", "color", "textcolor"})
    if (command == c) return true;
  return false;
}

class Conversion {
 public:
  explicit Conversion(std::string_view tex) : tex_(tex) {}

  std::string run() {
    out_.reserve(tex_.size());
    while (at_ < tex_.size()) step();
    closeQuotes(0);
    std::string storage;
    std::string_view clean = formats::collapse(out_, storage);
    return std::string(clean);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < tex_.size() ? tex_[at_ + ahead] : '\0'; }

  void step() {
    const char c = tex_[at_];
    switch (c) {
      case '\\':
        return command();
      case '{':
        ++depth_, ++at_;
        return;
      case '}':
        closeGroup();
        return;
      case '~':
        out_ += ' ', ++at_;
        return;
      case '$':
        return dollar();
      case '-':
        return dash();
      case '`':
        return quote('`', "‘", "“");
      case '\'':
        return quote('\'', "'", "”");
      case '^':
      case '_':
        if (inMath_) return script(c == '^');
        break;
      case '&':
        if (peek(1) != ' ') return entity();
        break;
      default:
        return plainRun();
    }
    out_ += c;
    ++at_;
  }
  /// Text up to the next sign that means something to TeX.
  void plainRun() {
    static constexpr auto kSigns = [] {
      std::array<bool, 256> signs{};
      for (const char c : std::string_view("\\{}~$-`'^_&")) signs[static_cast<unsigned char>(c)] = true;
      return signs;
    }();
    std::size_t end = at_ + 1;
    while (end < tex_.size() && !kSigns[static_cast<unsigned char>(tex_[end])]) ++end;
    out_.append(tex_, at_, end - at_);
    at_ = end;
  }

  void closeGroup() {
    if (depth_ > 0) --depth_;
    closeQuotes(depth_);
    ++at_;
  }
  void closeQuotes(std::size_t depth) {
    while (!quotes_.empty() && quotes_.back() >= depth) {
      out_ += "”";
      quotes_.pop_back();
    }
  }

  void dash() {
    std::size_t count = 0;
    while (peek(count) == '-' && count < 3) ++count;
    out_ += count == 1 ? "-" : count == 2 ? "–" : "—";
    at_ += count;
  }
  void quote(char sign, std::string_view one, std::string_view two) {
    const bool isDouble = peek(1) == sign;
    out_ += isDouble ? two : one;
    at_ += isDouble ? 2 : 1;
  }
  /// "&amp;" and others that web pages left in.
  void entity() {
    const std::size_t end = tex_.substr(at_, 12).find(';');
    if (end == std::string_view::npos) {
      out_ += '&';
      ++at_;
      return;
    }
    out_ += formats::decodeEntities(tex_.substr(at_, end + 1));
    at_ += end + 1;
  }

  /// Dollars around something mathematical; others are money.
  void dollar() {
    if (inMath_) {
      inMath_ = false;
      ++at_;
      return;
    }
    std::size_t begin = at_ + 1;
    if (begin < tex_.size() && tex_[begin] == '$') ++begin;
    const std::size_t end = tex_.find('$', begin);
    const std::string_view inside =
        end == std::string_view::npos ? std::string_view{} : tex_.substr(begin, end - begin);
    const bool isMath = end != std::string_view::npos && inside.size() < 400 &&
                        (inside.size() <= 3 || inside.find_first_of("\\^_{=<>+-*/") != std::string_view::npos);
    if (!isMath) {
      out_ += '$';
      ++at_;
      return;
    }
    inMath_ = begin == at_ + 1;  // "$$ ... $$" is read as text between
    at_ = begin;
  }

  /// x^2, x^{-1}, x_{ij}, 20^\circ.
  void script(bool isSuper) {
    ++at_;
    std::string_view group;
    if (peek() == '{') {
      const std::size_t end = tex_.find('}', at_);
      if (end == std::string_view::npos) return;
      group = tex_.substr(at_ + 1, end - at_ - 1);
      if (group.find_first_of("\\{") != std::string_view::npos && group != "\\circ")
        return;  // its text follows as it stands
      at_ = end + 1;
    } else if (tex_.substr(at_, 5) == "\\circ") {
      group = tex_.substr(at_, 5);
      at_ += 5;
    } else {
      group = tex_.substr(at_, at_ < tex_.size() ? sizeOfCharacter(static_cast<unsigned char>(tex_[at_])) : 0);
      if (!group.empty() && group[0] == '\\') return;
      at_ += group.size();
    }
    if (group == "\\circ" && isSuper) {
      out_ += "°";
      return;
    }
    const bool isPlain = group.find_first_not_of(kScriptSigns) == std::string_view::npos;
    for (const char c : group)
      out_ += isPlain ? (isSuper ? kSuperscripts : kSubscripts)[kScriptSigns.find(c)] : std::string_view(&c, 1);
  }

  void command() {
    ++at_;
    if (at_ >= tex_.size()) return;
    const std::size_t begin = at_;
    if (!isLetter(tex_[at_])) {
      sign();
      return;
    }
    while (at_ < tex_.size() && isLetter(tex_[at_])) ++at_;
    const std::string_view name = tex_.substr(begin, at_ - begin);
    if (const Accent* accent = accentOf(name)) return accented(*accent);
    if (const std::string_view text = symbolOf(name); !text.empty()) {
      out_ += text;
      return skipBehindName();
    }
    if (name == "enquote" || name == "mkbibquote") {
      out_ += "“";
      skipBlanks();
      if (peek() == '{') quotes_.push_back(depth_);
      return;
    }
    if (name == "textsuperscript" || name == "textsubscript") {
      skipBlanks();
      const bool wasMath = inMath_;
      if (peek() == '{') {
        --at_;
        script(name == "textsuperscript");
      }
      inMath_ = wasMath;
      return;
    }
    if (name == "url" || name == "path") return address();
    if (hidesArgument(name)) return hide(name == "discretionary" ? 3 : 1);
    skipBehindName();
  }

  /// A command's name swallows the blanks behind it; "{}" only ends it.
  void skipBehindName() {
    if (peek() == '{' && peek(1) == '}')
      at_ += 2;
    else
      skipBlanks();
  }
  void skipBlanks() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\t' || peek() == '\r') ++at_;
  }
  void hide(int arguments) {
    for (; arguments > 0; --arguments) {
      skipBlanks();
      if (peek() != '{') return;
      std::size_t open = 0;
      for (; at_ < tex_.size(); ++at_) {
        if (tex_[at_] == '{') ++open;
        if (tex_[at_] == '}' && --open == 0) {
          ++at_;
          break;
        }
      }
    }
  }
  void address() {
    skipBlanks();
    if (peek() != '{') return;
    const std::size_t end = tex_.find('}', at_);
    if (end == std::string_view::npos) return;
    out_ += verbatim(tex_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
  }

  /// A backslash and something that is no letter.
  void sign() {
    const char c = tex_[at_];
    // "\\-" and "\\>" are no accents though kAccents knows marks under these signs.
    if (const Accent* accent = c == '-' || c == '>' ? nullptr : accentOf({&c, 1}); accent != nullptr) {
      ++at_;
      return accented(*accent);
    }
    ++at_;
    switch (c) {
      case '&':
      case '%':
      case '$':
      case '#':
      case '_':
      case '{':
      case '}':
        out_ += c;
        return;
      case ',':
      case ';':
      case ':':
      case ' ':
      case '\n':
      case '\t':
      case '\\':
        out_ += ' ';
        return;
      case '-':
      case '/':
      case '!':
      case '(':
      case ')':
      case '[':
      case ']':
      case '@':
        return;
      default:
        out_ += c;
        return;
    }
  }

  /// The letter of an accent: v, {v}, \i, {\i}, { v}.
  void accented(const Accent& accent) {
    skipBlanks();
    std::size_t opened = 0;
    while (peek() == '{') ++opened, ++at_;
    skipBlanks();
    std::string letter;
    if (peek() == '\\') {
      const std::size_t begin = ++at_;
      while (at_ < tex_.size() && isLetter(tex_[at_])) ++at_;
      const std::string_view name = tex_.substr(begin, at_ - begin);
      if (!symbolOf(name).empty())
        letter = name == "i" ? "i" : name == "j" ? "j" : std::string(symbolOf(name));
      else
        at_ = begin - 1;  // an accent upon an accent: the inner one is read by itself
      if (!letter.empty()) skipBehindName();
    } else if (at_ < tex_.size() && tex_[at_] != '}') {
      const std::size_t size = sizeOfCharacter(static_cast<unsigned char>(tex_[at_]));
      letter = tex_.substr(at_, size);
      at_ += letter.size();
    }
    appendAccented(out_, accent, letter);
    for (; opened > 0; --opened) {
      if (peek() != '}') break;
      ++at_;
    }
    depth_ += opened;
  }

  std::string_view tex_;
  std::string out_;
  std::size_t at_ = 0, depth_ = 0;
  std::vector<std::size_t> quotes_;
  bool inMath_ = false;
};

/// Bytes that mean something to TeX or are blanks but a space. A table, because find_first_of looks each byte up by
/// memchr.
constexpr auto kTexSigns = [] {
  std::array<bool, 256> signs{};
  for (const char c : std::string_view("\\{}~$`'&-\n\r\t")) signs[static_cast<unsigned char>(c)] = true;
  return signs;
}();

bool isPlain(std::string_view tex) {
  return std::none_of(tex.begin(), tex.end(), [](char c) { return kTexSigns[static_cast<unsigned char>(c)]; });
}

}  // namespace

std::string plainText(std::string_view tex) {
  if (isPlain(tex)) return formats::collapsed(tex);
  return Conversion(tex).run();
}

std::string verbatim(std::string_view tex) {
  std::string out;
  out.reserve(tex.size());
  for (std::size_t i = 0; i < tex.size(); ++i) {
    if (tex[i] == '\\' && i + 1 < tex.size()) {
      if (std::string_view("_%&#~{}$-").find(tex[i + 1]) != std::string_view::npos) {
        if (tex[i + 1] != '-') out += tex[i + 1];
        ++i;
        continue;
      }
      if (tex.substr(i, 9) == "\\textless" || tex.substr(i, 12) == "\\textgreater") {
        out += tex[i + 5] == 'l' ? '<' : '>';
        i += tex[i + 5] == 'l' ? 8 : 11;
        if (i + 1 < tex.size() && tex[i + 1] == ' ') ++i;
        continue;
      }
      if (tex.substr(i, 4) == "\\url" || tex.substr(i, 5) == "\\path") {
        i += tex[i + 1] == 'u' ? 3 : 4;
        continue;
      }
    }
    if (tex[i] == '{' || tex[i] == '}') continue;
    out += tex[i];
  }
  return formats::decodeEntities(formats::collapsed(out));
}

std::string addressIn(std::string_view tex) {
  for (const std::string_view command : {"\\href", "\\url"}) {
    const std::size_t at = tex.find(command);
    const std::size_t open = at == std::string_view::npos ? at : tex.find('{', at);
    const std::size_t close = open == std::string_view::npos ? open : tex.find('}', open);
    if (close != std::string_view::npos) return verbatim(tex.substr(open + 1, close - open - 1));
  }
  return verbatim(tex);
}

}  // namespace winnow::bibtex
