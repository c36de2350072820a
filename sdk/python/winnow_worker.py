"""Plugins for Winnow in Python: the worker protocol, version 1, with nothing but the standard library.

A plugin is an executable file NAME.plugin.py that ends in serve(...). The host starts it, speaks frames over its standard
input and output (docs/worker-protocol.md), and ends it. What the plugin prints goes to standard error.

    class Shouting(Filter):
        id, version, help = "filters.shouting", "1.0.0", "Drops titles in capitals."
        reasons = [Reason(DROP, "shouting.capitals", "Title in capitals")]
        def judge(self, record):
            return drop("shouting.capitals") if record.first("title").isupper() else keep()

    serve("example.org", "shouting", "1.0.0", "Apache-2.0", [Shouting])
"""
import os
import signal
import struct
import sys
import traceback

PROTOCOL = 1
(HELLO, CREATE, DESTROY, PROBE, READ, PROCESS, KEYS, MATCH, SETTLE, TAKE, WRITE, CHUNK, RECORDS, TEXT, SURVEY, LEARN,
 ANNOTATE, TAKE_RECORDS, LEARN_LABELS, RANK, RESOURCE) = range(1, 22)
(DECLARE, REFUSED, CREATED, PROBED, DONE, TAKEN, VERDICTS, KEYLIST, PAIRS, NEXT, EMIT, NEXT_RECORDS, OUTPUT, DOCUMENT,
 DIAGNOSE, THREW, PROGRESS, BYTES, ANNOTATIONS, SCORES, WANT_RESOURCE) = range(65, 86)
OK, FAILED, CANCELLED, END = 0, 1, 2, 3
KEEP, DROP, UNSURE, CATEGORY, WAIT = 1, 2, 3, 4, 5
INFO, WARNING, ERROR = 1, 2, 3
NONE = 0xFFFFFFFF
RAW, DERIVED, REPAIRED = 1, 2, 4
IMPORTER, FILTER, MATCHER, SAMPLER, EXPORTER, ANNOTATOR, RANKER = 1, 2, 3, 4, 5, 6, 7
HEADING, STRUCTURE, COMMENT, SEPARATOR, UNREADABLE = 1, 2, 3, 4, 5
STATELESS, PARALLEL_INSTANCES, DETERMINISTIC, WANTS_RAW, FILLED_IN, WANTS_BYTES = 1, 2, 4, 8, 16, 32
STRING, INTEGER, NUMBER, BOOLEAN, CHOICE, LIST, MAP, DATE, FILE = 1, 2, 3, 4, 5, 6, 7, 8, 9

_HEADER = struct.Struct("<IB2sB")
_RECORD = struct.Struct("<QQIIII")
_FIELD = struct.Struct("<IIHHIII")


class Refusal(Exception):
    """Raised by a constructor that does not take its settings; the message reaches the user. `option` is the one that is
    refused: the user sees its line of review.yaml. `line` and `column` are a place in the file of an option FILE."""

    def __init__(self, message, option="", line=0, column=0):
        super().__init__(message)
        self.option, self.line, self.column = option, line, column


class Stopped(Exception):
    """The host asked to stop, or its source or sink failed."""

    def __init__(self, status):
        super().__init__("stopped")
        self.status = status


class Option:
    """An option of a stage (docs/abi.md). FILE: the review names a file, the setting is its text. `secret`: the value stands
    in no ledger, log or report. `deprecated`: the host warns whoever sets it. `replaced_by`: it is deprecated, and the host
    gives its value to that one."""

    def __init__(self, kind, name, fallback, help, choices="", minimum="", maximum="", required=False, secret=False, replaced_by="",
                 deprecated=False):
        self.kind, self.name, self.fallback, self.help = kind, name, fallback, help
        self.choices, self.minimum, self.maximum, self.replaced_by = choices, minimum, maximum, replaced_by
        self.flags = (1 if required else 0) | (2 if secret else 0) | (4 if deprecated or replaced_by else 0)


class Reason:
    def __init__(self, action, code, label):
        self.action, self.code, self.label = action, code, label


class Field:
    """One value of a record; `value` is bytes, `text` the same decoded."""
    __slots__ = ("tag", "value", "flags", "group", "origin", "rule", "line")

    def __init__(self, tag, value, flags=DERIVED, group=0, origin=NONE, rule="", line=0):
        self.tag, self.flags, self.group, self.origin, self.rule, self.line = tag, flags, group, origin, rule, line
        self.value = value if isinstance(value, bytes) else value.encode()

    @property
    def text(self):
        return self.value.decode("utf-8", "replace")


class Record:
    """An ordered list of fields, and the place in the source: byte, line, column, length."""

    def __init__(self, byte=0, line=1, column=1, length=0, id=0):
        self.id, self.byte, self.line, self.column, self.length, self.fields = id, byte, line, column, length, []

    def raw(self, tag, value, line):
        """Adds a value exactly as exported; gives its index for derive()."""
        self.fields.append(Field("raw:" + tag, value, RAW, line=line))
        return len(self.fields) - 1

    def derive(self, tag, value, origin=NONE, rule="", group=0):
        self.fields.append(Field(tag, value, DERIVED, group, origin, rule))

    def first(self, tag):
        return next((f.text for f in self.fields if f.tag == tag), "")

    def all(self, tag):
        return [f.text for f in self.fields if f.tag == tag]

    def index(self, tag):
        return next((i for i, f in enumerate(self.fields) if f.tag == tag), NONE)


class Verdict:
    """One answer. `field`, `begin`, `size` are the bytes that decided; because() adds more evidence."""

    def __init__(self, action, reason=None, field=NONE, begin=0, size=0, score=float("nan"), note=""):
        self.action, self.reason, self.score, self.note, self.evidence = action, reason, score, note, []
        if field != NONE:
            self.because(field, begin, size)

    def because(self, field, begin, size, label=""):
        """Bytes of a field that decided, the deciding ones first; `label` says for people what they show."""
        self.evidence.append((field, begin, size, label))
        return self


class Annotation:
    """A derived field for a record: a tag that the stage `gives`, and its value. `origin`, `begin`, `size`: the field that it
    was read from (record.index("title")) and the bytes of its value; size 0 is all of it."""

    def __init__(self, tag, value, origin=NONE, begin=0, size=0, rule=""):
        self.tag, self.value, self.origin, self.begin, self.size, self.rule = tag, value, origin, begin, size, rule


class Match:
    """Two records of one work by the rule `reason` (a code of the stage's reasons). `maybe`: for the hand-check list."""

    def __init__(self, left, right, reason, maybe=False, score=1.0, note=""):
        self.left, self.right, self.reason, self.maybe, self.score, self.note = left, right, reason, maybe, score, note


def keep():
    return Verdict(KEEP)


def drop(reason, **more):
    return Verdict(DROP, reason, **more)


def unsure(reason, **more):
    return Verdict(UNSURE, reason, **more)


class Stage:
    """`reads`: names of the tags that a filter, annotator or ranker looks at; it is handed those fields alone, and asked anew
    when one of them has changed. Empty: all. A name that ends in "." means all tags that begin with it."""
    flags, options, reasons, reads, gives = DETERMINISTIC | PARALLEL_INSTANCES, [], [], [], []

    def __init__(self, host, settings):
        """`settings`: a list of (name, value); the host has checked them."""
        self.host, self.settings = host, settings

    def setting(self, name, fallback=""):
        return next((v for n, v in self.settings if n == name), fallback)


class Importer(Stage):
    """Of a binary format: add WANTS_BYTES to `flags`, and probe() and read() are handed the file's own bytes."""
    kind = IMPORTER

    def probe(self, head, name):
        """How sure it is of the first bytes: 0..100, or (0..100, dialect)."""
        return 0

    def read(self, source):
        """Reads source.chunks() or source.lines() and emits records with source.emit([...]). What is in no record it
        declares before the first record behind it, unless it is blank: the host reports what is left."""
        raise NotImplementedError


class Filter(Stage):
    kind = FILTER
    flags = DETERMINISTIC | PARALLEL_INSTANCES | STATELESS

    def judge(self, record):
        raise NotImplementedError


class Annotator(Stage):
    """Adds derived fields to records and changes none. `gives`: the tags of what it adds."""
    kind = ANNOTATOR
    flags = DETERMINISTIC | PARALLEL_INSTANCES | STATELESS

    def annotate(self, record):
        """Annotations of the record; an empty list if nothing can be said."""
        raise NotImplementedError


class Ranker(Stage):
    """Learns from what was read, and orders what is left."""
    kind = RANKER

    def take(self, record):
        """Takes a record over, before the first rank(); the record's `id` names it from now on."""
        raise NotImplementedError

    def learn(self, labels):
        """`labels`: {id: True if relevant}, all that is known now."""
        raise NotImplementedError

    def rank(self):
        """{id: score} of every record without a label; the greater, the sooner it is read. A value (score, True) says that
        chance alone gave the place."""
        raise NotImplementedError


class Matcher(Stage):
    """Finds records of the same work."""
    kind = MATCHER

    def keys(self, record):
        """Blocking keys as (space, value); records with an equal key meet in a block."""
        raise NotImplementedError

    def match(self, records):
        """The Matches within one block; symmetric, and independent of the rest of the block."""
        raise NotImplementedError


class Sampler(Stage):
    """Chooses the first k of an order."""
    kind = SAMPLER

    def key(self, record):
        """The record's place in the order: (space, value)."""
        raise NotImplementedError

    def take(self, space, count):
        """How many of the `count` records of a space are in the sample."""
        raise NotImplementedError


class Exporter(Stage):
    kind = EXPORTER

    def write(self, sink):
        """Reads sink.records(), writes sink.write(bytes)."""
        raise NotImplementedError


# ---- the pipe


def _text(value):
    value = value if isinstance(value, bytes) else value.encode()
    return struct.pack("<I", len(value)) + value


class _Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, form):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values if len(values) > 1 else values[0]

    def bytes(self):
        size = self.take("I")
        self.at += size
        return self.data[self.at - size:self.at]

    def text(self):
        return self.bytes().decode("utf-8", "replace")


class _Pipe:
    def __init__(self):
        self.input = os.fdopen(os.dup(0), "rb")
        self.output = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)  # what a plugin prints must not become a frame
        self.is_cancelled = False
        signal.signal(signal.SIGTERM, self._cancel)

    def _cancel(self, *_):
        self.is_cancelled = True

    def send(self, kind, payload=b"", flush=False):
        self.output.write(_HEADER.pack(len(payload), kind, b"WN", PROTOCOL) + payload)
        if flush:
            self.output.flush()

    def receive(self):
        self.output.flush()
        header = self.input.read(_HEADER.size)
        if len(header) < _HEADER.size:
            os._exit(0)  # the host has gone
        size, kind, mark, protocol = _HEADER.unpack(header)
        if mark != b"WN" or protocol != PROTOCOL:
            os._exit(2)
        return kind, self.input.read(size)


class Host:
    """What an instance may ask of the host."""

    def __init__(self, pipe):
        self._pipe, self._names, self._numbers = pipe, {}, {}

    def diagnose(self, severity, code, message, action="", line=0, column=0, byte=0, length=0, record=0, option="", stage=""):
        """`record`: an importer's ordinal from 1, otherwise record.id. `option`: the option whose value is meant."""
        self._pipe.send(DIAGNOSE, struct.pack("<I", severity) + _text(code) + _text(message) + _text(action) +
                        struct.pack("<QIIIQ", byte, line, column, length, record) + _text(option) + _text(stage))

    def cancelled(self):
        """True when the user stopped the run: leave loops of your own. Whatever is answered after that is discarded."""
        return self._pipe.is_cancelled

    def progress(self, what, done, total=0):
        """Shows people how far a long piece of work is; total 0: not known."""
        self._pipe.send(PROGRESS, _text(what) + struct.pack("<QQ", done, total), flush=True)

    def resource(self, name):
        """The bytes of a file of the plugin's own package. Raises KeyError if it has none of that name."""
        self._pipe.send(WANT_RESOURCE, _text(name))
        reader = _Reader(self._pipe.receive()[1])
        if reader.take("i") != OK:
            raise KeyError("the plugin's package has no file '%s'" % name)
        return reader.bytes()

    def document(self, name):
        """JSON text of a document of the review (docs/documents.md), empty if there is none."""
        self._pipe.send(DOCUMENT, _text(name))
        return _Reader(self._pipe.receive()[1]).text()

    def _decode(self, reader):
        for _ in range(reader.take("I")):
            number = reader.take("I")
            self._names[number] = reader.text()
        records = []
        for _ in range(reader.take("I")):
            id, byte, line, column, length, fields = _RECORD.unpack_from(reader.data, reader.at)
            reader.at += _RECORD.size
            record = Record(byte, line, column, length, id)
            for _ in range(fields):
                tag, origin, group, flags, rule, line, size = _FIELD.unpack_from(reader.data, reader.at)
                reader.at += _FIELD.size + size
                value = reader.data[reader.at - size:reader.at]
                record.fields.append(Field(self._names[tag], value, flags, group, origin, self._names.get(rule, ""), line))
            records.append(record)
        return records

    def _number(self, name, fresh):
        """Our number of a tag's name; what the host does not know yet goes into `fresh`."""
        if not name:
            return 0
        if name not in self._numbers:
            self._numbers[name] = len(self._numbers) + 1
            fresh.append(name)
        return self._numbers[name]

    def _introduce(self, fresh):
        return struct.pack("<I", len(fresh)) + b"".join(struct.pack("<I", self._numbers[n]) + _text(n) for n in fresh)

    def _encode(self, records):
        fresh = []

        def number(name):
            return self._number(name, fresh)

        body = [struct.pack("<I", len(records))]
        for r in records:
            body.append(_RECORD.pack(r.id, r.byte, r.line, r.column, r.length, len(r.fields)))
            for f in r.fields:
                body.append(_FIELD.pack(number(f.tag), f.origin, f.group, f.flags, number(f.rule), f.line, len(f.value)) + f.value)
        return self._introduce(fresh) + b"".join(body)


class Source:
    def __init__(self, host, name, size):
        self.name, self.size, self._host = name, size, host

    def chunks(self):
        while True:
            self._host._pipe.send(NEXT)
            reader = _Reader(self._host._pipe.receive()[1])
            status = reader.take("i")
            if status == END:
                return
            if status != OK:
                raise Stopped(status)
            yield reader.bytes()

    def lines(self):
        """(text as bytes without its end, byte, line number from 1, byte behind the end) of each line; LF, CR LF."""
        rest, base, number = b"", 0, 0
        for chunk in self.chunks():
            parts = (rest + chunk).split(b"\n")
            rest = parts.pop()
            for part in parts:
                number += 1
                yield part[:-1] if part.endswith(b"\r") else part, base, number, base + len(part) + 1
                base += len(part) + 1
        if rest:
            yield rest[:-1] if rest.endswith(b"\r") else rest, base, number + 1, base + len(rest)

    def declare(self, kind, byte, length, line, column=1):
        """Says what bytes outside of records are: HEADING, STRUCTURE, COMMENT, SEPARATOR or UNREADABLE."""
        self._host._pipe.send(BYTES, struct.pack("<IQIIII", 1, byte, line, column, length, kind))

    def emit(self, records):
        if records:
            self._host._pipe.send(EMIT, self._host._encode(records), flush=True)


class Sink:
    def __init__(self, host):
        self._host = host

    def records(self):
        while True:
            self._host._pipe.send(NEXT_RECORDS)
            reader = _Reader(self._host._pipe.receive()[1])
            status = reader.take("i")
            if status == END:
                return
            if status != OK:
                raise Stopped(status)
            yield from self._host._decode(reader)

    def write(self, data):
        self._host._pipe.send(OUTPUT, _text(data), flush=True)


# ---- serving


def _list(texts):
    return struct.pack("<I", len(texts)) + b"".join(_text(t) for t in texts)


def _declaration(vendor, name, version, license, stages, description, homepage, support, keywords):
    out = [_text(t) for t in (vendor, name, version, license, description, homepage, support, "|".join(keywords))]
    out.append(struct.pack("<I", len(stages)))
    for s in stages:
        out += [struct.pack("<II", s.kind, s.flags), _text(s.id), _text(s.version), _text(s.help), struct.pack("<I", len(s.options))]
        for o in s.options:
            out += [struct.pack("<II", o.kind, o.flags)] + [_text(t) for t in (o.name, o.fallback, o.help, o.choices, o.minimum, o.maximum, o.replaced_by)]
        out.append(struct.pack("<I", len(s.reasons)))
        out += [_text(r.code) + _text(r.label) + struct.pack("<I", r.action) for r in s.reasons]
        out.append(b"\0")  # no settle()
        out += [_list(s.reads), _list(s.gives)]
    return b"".join(out)


def _each(stage, host, records, work):
    """Calls work(record) for each; an exception is remembered with its record. A cancelled run ends between two."""
    for record in records:
        if host.cancelled():
            raise Stopped(CANCELLED)
        try:
            yield record, work(record)
        except (Stopped, Refusal):
            raise
        except Exception as error:
            error.winnow_record = record.id
            raise


def _judge(stage, host, reader):
    codes = {r.code: i for i, r in enumerate(stage.reasons)}
    records = host._decode(reader)
    out = [struct.pack("<I", len(records))]

    def encoded(record):
        v = stage.judge(record)
        if v.reason is not None and v.reason not in codes:
            raise ValueError("the reason '%s' is not among the stage's: %s" % (v.reason, ", ".join(codes) or "it has none"))
        reason = NONE if v.reason is None else codes[v.reason]
        pieces = struct.pack("<I", len(v.evidence)) + b"".join(struct.pack("<III", *e[:3]) + _text(e[3]) for e in v.evidence)
        return struct.pack("<QIId", record.id, v.action, reason, v.score) + _text(v.note) + pieces

    out += [answer for _, answer in _each(stage, host, records, encoded)]
    host._pipe.send(VERDICTS, b"".join(out))


def _annotate(stage, host, reader):
    fresh, body, count = [], [], 0
    for record, given in _each(stage, host, host._decode(reader), lambda record: list(stage.annotate(record))):
        for a in given:
            body.append(struct.pack("<QIIIII", record.id, host._number(a.tag, fresh), a.origin, a.begin, a.size,
                                    host._number(a.rule, fresh)) + _text(a.value))
            count += 1
    host._pipe.send(ANNOTATIONS, host._introduce(fresh) + struct.pack("<I", count) + b"".join(body))


def _keys(stage, host, reader):
    one = stage.kind == SAMPLER
    out = []
    for record, keys in _each(stage, host, host._decode(reader), lambda r: [stage.key(r)] if one else list(stage.keys(r))):
        out += [struct.pack("<QI", record.id, space) + _text(value) for space, value in keys]
    host._pipe.send(KEYLIST, struct.pack("<I", len(out)) + b"".join(out))


def _match(stage, host, reader):
    codes = [r.code for r in stage.reasons]
    out = [struct.pack("<QQIId", m.left, m.right, codes.index(m.reason), int(m.maybe), m.score) + _text(m.note)
           for m in stage.match(host._decode(reader))]
    host._pipe.send(PAIRS, struct.pack("<I", len(out)) + b"".join(out))


def _rank(stage, host):
    scores = stage.rank()
    out = [struct.pack("<I", len(scores))]
    for id, score in scores.items():
        value, by_chance = score if isinstance(score, tuple) else (score, False)
        out.append(struct.pack("<QdI", id, value, int(by_chance)))
    host._pipe.send(SCORES, b"".join(out))


def _work(kind, stage, host, reader):
    if kind == PROBE:
        head, name = reader.bytes(), reader.text()
        found = stage.probe(head, name)
        sure, dialect = found if isinstance(found, tuple) else (found, "")
        host._pipe.send(PROBED, struct.pack("<iI", OK, sure) + _text(dialect))
        return
    if kind == TAKE:
        space = reader.take("I")
        host._pipe.send(TAKEN, struct.pack("<iQ", OK, stage.take(space, reader.take("Q"))))
        return
    if kind == READ:
        name = reader.text()
        stage.read(Source(host, name, reader.take("Q")))
    elif kind == PROCESS:
        _judge(stage, host, reader)
    elif kind == WRITE:
        stage.write(Sink(host))
    elif kind == ANNOTATE:
        _annotate(stage, host, reader)
    elif kind == KEYS:
        _keys(stage, host, reader)
    elif kind == MATCH:
        _match(stage, host, reader)
    elif kind == TAKE_RECORDS:
        for _ in _each(stage, host, host._decode(reader), stage.take):
            pass
    elif kind == LEARN_LABELS:
        stage.learn({id: bool(relevant) for id, relevant in (reader.take("QI") for _ in range(reader.take("I")))})
    elif kind == RANK:
        _rank(stage, host)
    else:
        raise ValueError("a frame of the unknown type %d" % kind)
    host._pipe.send(DONE, struct.pack("<i", OK))


def _create(pipe, host, stages, reader):
    wanted, settings = reader.text(), []
    for _ in range(reader.take("I")):
        name = reader.text()
        settings.append((name, reader.text()))
    stage = None
    try:
        stage = next(s for s in stages if s.id == wanted)(host, settings)
    except Refusal as refusal:
        host.diagnose(ERROR, "plugin.settings", str(refusal), line=refusal.line, column=refusal.column, option=refusal.option)
    except Exception as error:
        _tell(host, error)
    pipe.send(CREATED, struct.pack("<II", 0 if stage is None else 1, 0))
    return stage


def _tell(host, error):
    """A fault of the plugin: told like an exception in a C++ one, with the place in its source and the record."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if os.path.basename(f.filename) != "winnow_worker.py"] or list(frames)
    where = " (%s:%d, in %s)" % (os.path.basename(own[-1].filename), own[-1].lineno, own[-1].name) if own else ""
    host.diagnose(ERROR, "plugin.exception", "%s: %s%s" % (type(error).__name__, error, where),
                  record=getattr(error, "winnow_record", 0))
    traceback.print_exception(type(error), error, error.__traceback__, file=sys.stderr)
    sys.stderr.flush()


def serve(vendor, name, version, license, stages, description="", homepage="", support="", keywords=()):
    """Answers the host until it closes the pipe. The last line of a plugin."""
    pipe = _Pipe()
    host, stage = Host(pipe), None
    while True:
        kind, payload = pipe.receive()
        reader = _Reader(payload)
        try:
            if kind == HELLO:
                pipe.send(DECLARE, _declaration(vendor, name, version, license, stages, description, homepage, support, keywords))
            elif kind == CREATE:
                stage = _create(pipe, host, stages, reader)
            elif kind == DESTROY:
                stage = None
                pipe.send(DONE, struct.pack("<i", OK))
            else:
                _work(kind, stage, host, reader)
        except Stopped as stopped:
            pipe.send(DONE, struct.pack("<i", stopped.status))
        except Exception as error:
            _tell(host, error)
            pipe.send(DONE, struct.pack("<i", FAILED))
