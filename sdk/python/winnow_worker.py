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
import struct
import sys

PROTOCOL = 1
(HELLO, CREATE, DESTROY, PROBE, READ, PROCESS, KEYS, MATCH, SETTLE, TAKE, WRITE, CHUNK, RECORDS, TEXT) = range(1, 15)
(DECLARE, REFUSED, CREATED, PROBED, DONE, TAKEN, VERDICTS, KEYLIST, PAIRS, NEXT, EMIT, NEXT_RECORDS, OUTPUT, DOCUMENT,
 DIAGNOSE, THREW, PROGRESS, BYTES) = range(65, 83)
OK, FAILED, CANCELLED, END = 0, 1, 2, 3
KEEP, DROP, UNSURE, CATEGORY, WAIT = 1, 2, 3, 4, 5
INFO, WARNING, ERROR = 1, 2, 3
NONE = 0xFFFFFFFF
RAW, DERIVED, REPAIRED = 1, 2, 4
IMPORTER, FILTER, EXPORTER = 1, 2, 5
HEADING, STRUCTURE, COMMENT, SEPARATOR, UNREADABLE = 1, 2, 3, 4, 5
STATELESS, PARALLEL_INSTANCES, DETERMINISTIC, WANTS_RAW, FILLED_IN = 1, 2, 4, 8, 16
STRING, INTEGER, NUMBER, BOOLEAN, CHOICE, LIST, MAP, DATE = 1, 2, 3, 4, 5, 6, 7, 8

_HEADER = struct.Struct("<IB2sB")
_RECORD = struct.Struct("<QQIIII")
_FIELD = struct.Struct("<IIHHIII")


class Refusal(Exception):
    """Raised by a constructor that does not take its settings; the message reaches the user."""


class Stopped(Exception):
    """The host asked to stop, or its source or sink failed."""

    def __init__(self, status):
        super().__init__("stopped")
        self.status = status


class Option:
    def __init__(self, kind, name, fallback, help, choices="", minimum="", maximum="", required=False):
        self.kind, self.name, self.fallback, self.help = kind, name, fallback, help
        self.choices, self.minimum, self.maximum, self.flags = choices, minimum, maximum, 1 if required else 0


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
    def __init__(self, action, reason=None, field=NONE, begin=0, size=0, score=float("nan"), note=""):
        self.action, self.reason, self.field, self.begin, self.size, self.score, self.note = action, reason, field, begin, size, score, note


def keep():
    return Verdict(KEEP)


def drop(reason, **more):
    return Verdict(DROP, reason, **more)


def unsure(reason, **more):
    return Verdict(UNSURE, reason, **more)


class Stage:
    flags, options, reasons = DETERMINISTIC | PARALLEL_INSTANCES, [], []

    def __init__(self, host, settings):
        """`settings`: a list of (name, value); the host has checked them."""
        self.host, self.settings = host, settings

    def setting(self, name, fallback=""):
        return next((v for n, v in self.settings if n == name), fallback)


class Importer(Stage):
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

    def diagnose(self, severity, code, message, action="", line=0, column=0, byte=0, length=0, record=0):
        self._pipe.send(DIAGNOSE, struct.pack("<I", severity) + _text(code) + _text(message) + _text(action) +
                        struct.pack("<QIIIQ", byte, line, column, length, record))

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

    def _encode(self, records):
        fresh = []

        def number(name):
            if not name:
                return 0
            if name not in self._numbers:
                self._numbers[name] = len(self._numbers) + 1
                fresh.append(name)
            return self._numbers[name]

        body = [struct.pack("<I", len(records))]
        for r in records:
            body.append(_RECORD.pack(r.id, r.byte, r.line, r.column, r.length, len(r.fields)))
            for f in r.fields:
                body.append(_FIELD.pack(number(f.tag), f.origin, f.group, f.flags, number(f.rule), f.line, len(f.value)) + f.value)
        names = struct.pack("<I", len(fresh)) + b"".join(struct.pack("<I", self._numbers[n]) + _text(n) for n in fresh)
        return names + b"".join(body)


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


def _declaration(vendor, name, version, license, stages):
    out = [_text(vendor), _text(name), _text(version), _text(license), struct.pack("<I", len(stages))]
    for s in stages:
        out += [struct.pack("<II", s.kind, s.flags), _text(s.id), _text(s.version), _text(s.help), struct.pack("<I", len(s.options))]
        for o in s.options:
            out += [struct.pack("<II", o.kind, o.flags)] + [_text(t) for t in (o.name, o.fallback, o.help, o.choices, o.minimum, o.maximum, "")]
        out.append(struct.pack("<I", len(s.reasons)))
        out += [_text(r.code) + _text(r.label) + struct.pack("<I", r.action) for r in s.reasons]
        out.append(b"\0")  # no settle()
    return b"".join(out)


def _judge(stage, host, reader):
    codes = [r.code for r in stage.reasons]
    records = host._decode(reader)
    out = [struct.pack("<I", len(records))]
    for record in records:
        v = stage.judge(record)
        reason = NONE if v.reason is None else codes.index(v.reason)
        out.append(struct.pack("<QIIIIId", record.id, v.action, reason, v.field, v.begin, v.size, v.score) + _text(v.note))
    host._pipe.send(VERDICTS, b"".join(out))


def _work(kind, stage, host, reader):
    if kind == PROBE:
        head, name = reader.bytes(), reader.text()
        found = stage.probe(head, name)
        sure, dialect = found if isinstance(found, tuple) else (found, "")
        host._pipe.send(PROBED, struct.pack("<iI", OK, sure) + _text(dialect))
        return
    if kind == READ:
        name = reader.text()
        stage.read(Source(host, name, reader.take("Q")))
    elif kind == PROCESS:
        _judge(stage, host, reader)
    elif kind == WRITE:
        stage.write(Sink(host))
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
        host.diagnose(ERROR, wanted.split(".")[-1] + ".settings", str(refusal))
    pipe.send(CREATED, struct.pack("<II", 0 if stage is None else 1, 0))
    return stage


def serve(vendor, name, version, license, stages):
    """Answers the host until it closes the pipe. The last line of a plugin."""
    pipe = _Pipe()
    host, stage = Host(pipe), None
    while True:
        kind, payload = pipe.receive()
        reader = _Reader(payload)
        try:
            if kind == HELLO:
                pipe.send(DECLARE, _declaration(vendor, name, version, license, stages))
            elif kind == CREATE:
                stage = _create(pipe, host, stages, reader)
            elif kind == DESTROY:
                stage = None
                pipe.send(DONE, struct.pack("<i", OK))
            else:
                _work(kind, stage, host, reader)
        except Stopped as stopped:
            pipe.send(DONE, struct.pack("<i", stopped.status))
        except Exception as error:  # a fault of the plugin: told, like an exception in a C++ one
            host.diagnose(ERROR, "plugin.exception", "%s: %s" % (type(error).__name__, error))
            pipe.send(DONE, struct.pack("<i", FAILED))
