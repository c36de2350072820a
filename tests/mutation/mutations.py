"""What a mutation is: the text lists of places, and a generator of new ones. No builds here (mutate.py does those)."""
import dataclasses, fnmatch, hashlib, random, re


@dataclasses.dataclass
class Mutation:
    id: str
    file: str             # relative to the tree
    find: str             # text of one place in the file
    make: str             # what stands there instead
    what: str = ""        # what nobody would notice
    equivalent: str = ""  # why no test can notice it
    nth: int = 0          # which of the places that read alike, from 1; 0: there is one

    def place(self, text):
        """Where the place begins. ValueError if it does not exist (any longer), or which one is meant is not said."""
        at = -1
        for _ in range(max(self.nth, 1)):
            at = text.find(self.find, at + 1)
            if at < 0:
                raise ValueError("%s: %s has no place %d that reads %r" % (self.id, self.file, max(self.nth, 1), self.find))
        if self.nth == 0 and text.find(self.find, at + 1) >= 0:
            raise ValueError("%s: %r stands more than once in %s; say `nth:` or more of the line" % (self.id, self.find, self.file))
        return at

    def applied(self, text):
        """The file's text with the mutation."""
        at = self.place(text)
        return text[:at] + self.make + text[at + len(self.find):]

    def line(self, text):
        """The line of the place, from 1."""
        return text.count("\n", 0, self.place(text)) + 1


def readList(path):
    """The mutations of a text list: blocks of `key: value`, empty lines between them, # comments. In `find` and
    `make` \\n is the end of a line and \\\\ a backslash."""
    known, found = {f.name for f in dataclasses.fields(Mutation)}, []
    block = {}
    for number, line in enumerate(path.read_text().splitlines() + [""], 1):
        if line.startswith("#"):
            continue
        if not line.strip():
            if block:
                found.append(Mutation(**block))
            block = {}
            continue
        key, colon, value = line.partition(":")
        if not colon or key not in known or key in block:
            raise ValueError("%s:%d: expected one of %s, each once, got %r" % (path, number, ", ".join(sorted(known)), line))
        value = value[1:] if value.startswith(" ") else value
        if key in ("find", "make"):
            value = re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], value)
        block[key] = int(value) if key == "nth" else value
    return found


def codeOnly(text):
    """The text with comments, literals and preprocessor lines blanked out, byte for byte as long."""
    token = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|^[ \t]*#[^\n]*', re.S | re.M)
    # A digit separator (1'000) is no character literal.
    hidden = re.sub(r"(?<=\d)'(?=\d)", "0", text)
    return token.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), hidden)


# Operator -> what stands for it. clang-format puts blanks around operators and none around template brackets.
OPERATORS = {" < ": " <= ", " <= ": " < ", " > ": " >= ", " >= ": " > ", " == ": " != ", " != ": " == ", " && ": " || ", " || ": " && ",
             " + 1": "", " - 1": "", "true": "false", "false": "true", "continue;": "{}", "break;": "{}"}
PATTERN = re.compile(r" (?:[<>]=?|[!=]=|&&|\|\|) | [+-] 1\b|\b(?:true|false)\b|\b(?:continue|break);")
NUMBER = re.compile(r"(?<![\w.'])\d+(?![\w.'])")
# A call or an assignment that fills its line; declarations and returns would not compile without it.
STATEMENT = re.compile(r"^ +(?:[\w.\[\]]|->|::)+(?:\(.*\)| [+|&-]?= .*);$", re.M)
NO_CODE = re.compile(r"static_assert|\[\[|\btemplate\b|\boperator\b|\bcase\b|\bdefault\b|= default|= delete|\breserve\(")


def candidates(file, text):
    """Every mutation that the operators can make of one file, as (line, find, make, nth)."""
    code, starts = codeOnly(text), [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    lines = text.split("\n")
    codeLines = code.split("\n")
    for number, line in enumerate(lines):
        if NO_CODE.search(line):
            continue
        hidden = codeLines[number]
        spans = [(m.start(), m.end(), OPERATORS[m.group()]) for m in PATTERN.finditer(hidden)]
        spans += [(m.start(), m.end(), str(int(m.group()) + 1)) for m in NUMBER.finditer(hidden)]
        spans += [(0, len(line), "")] * bool(STATEMENT.match(hidden))
        nth = occurrence(text, line, starts[number]) if spans else 0
        for begin, end, make in sorted(spans):
            yield Mutation("", file, line, line[:begin] + make + line[end:], nth=nth)


NOT_THE_PROGRAM = ("*/test/*", "*/fit/*", "*/measure/*", "*/simulation/*", "*/bench/*", "*/embed/*")
MOST_OF_A_FILE = 20  # a table of numbers would crowd out the code


def occurrence(text, line, start):
    """Which of the places that read like the line begins at `start`; 0 if it is the only one."""
    places = [match.start() for match in re.finditer("(?=%s)" % re.escape(line), text)]
    return places.index(start) + 1 if len(places) > 1 else 0


def generate(tree, folders, skipped, seed, count):
    """`count` mutations of the sources in the folders, the folders in turns; the same seed and tree give the same ones.
    `skipped` holds the equivalent ones, as (file, find, make)."""
    chance = random.Random(seed)
    pools = []
    for folder in folders:
        pool = []
        for path in sorted(tree.glob(folder + "/**/*.cpp")):
            name = path.relative_to(tree).as_posix()
            if not any(fnmatch.fnmatch(name, no) for no in NOT_THE_PROGRAM):
                ofFile = [m for m in candidates(name, path.read_text()) if (m.file, m.find, m.make) not in skipped]
                pool += chance.sample(ofFile, min(len(ofFile), MOST_OF_A_FILE))
        chance.shuffle(pool)
        pools.append(pool)
    made = []
    while len(made) < count and any(pools):
        for pool in pools:
            if pool and len(made) < count:
                mutation = pool.pop()
                mutation.id = "g" + hashlib.sha256(repr((mutation.file, mutation.find, mutation.make, mutation.nth)).encode()).hexdigest()[:7]
                made.append(mutation)
    return made
