"""Streams of `winnow stage` for tests and drivers on one machine: read, divide, put together again (docs/stage.md)."""
import concurrent.futures, hashlib, json, subprocess


class Failed(Exception):
    """A part that did not end with 0; its message is what the part said."""


class Stream:
    """A header, the lines of one stream as text, and what its trailer says."""

    def __init__(self, header, lines, trailer=None):
        self.header, self.lines, self.trailer = header, lines, trailer or {}

    @staticmethod
    def parse(text):
        rows = text.split("\n")[:-1]
        if len(rows) < 2 or '"end":true' not in rows[-1]:
            raise Failed("a stream without its trailer")
        trailer = json.loads(rows[-1])
        if trailer["out"] != len(rows) - 2:
            raise Failed("the trailer counts %d lines, %d came" % (trailer["out"], len(rows) - 2))
        return Stream(rows[0], rows[1:-1], trailer)

    def text(self):
        return "\n".join([self.header, *self.lines, '{"end":true,"out":%d}' % len(self.lines)]) + "\n"

    def rows(self):
        return [json.loads(line) for line in self.lines]

    def keeping(self, isWanted):
        return Stream(self.header, [line for line in self.lines if isWanted(json.loads(line))])


class Stage:
    """`winnow stage` with the words that say which stage it is."""

    def __init__(self, winnow, stage, words=(), cwd=None):
        self.winnow, self.stage, self.words, self.cwd = winnow, stage, list(words), cwd

    def run(self, verb, streams=(), words=(), data=None):
        """One part: what goes in, one stream behind the other, and what comes out."""
        text = data if data is not None else "".join(stream.text() for stream in streams).encode()
        done = subprocess.run([self.winnow, "stage", self.stage, "--do", verb, *self.words, *words], input=text, cwd=self.cwd,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode != 0:
            raise Failed("--do %s ended with %d: %s" % (verb, done.returncode, done.stderr.decode("utf-8", "replace")))
        return Stream.parse(done.stdout.decode())

    def parts(self, verb, parts, words=()):
        """Several parts, two at a time; their lines together."""
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            return together(list(pool.map(lambda streams: self.run(verb, streams, words), parts)))


def together(streams):
    """Streams of one kind as one. Their headers must be the same."""
    headers = {stream.header for stream in streams}
    if len(headers) != 1:
        raise Failed("parts of one work have different headers: %s" % sorted(headers))
    return Stream(headers.pop(), [line for stream in streams for line in stream.lines])


def part(text, count):
    """Which of `count` parts a text belongs to, the same in every process."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % count


def divided(stream, count, of):
    """The stream in `count` parts; `of` gives the text of a row that decides."""
    parts = [Stream(stream.header, []) for _ in range(count)]
    for line in stream.lines:
        parts[part(of(json.loads(line)), count)].lines.append(line)
    return parts


def single(keys):
    """Lines of one key each: keys of one record may belong to several parts."""
    return Stream(keys.header, [json.dumps({"record": row["record"], "keys": [key]}, separators=(",", ":"))
                                for row in keys.rows() for key in row["keys"]])


def named(row, member):
    """The records that a line names in a member: one, or a list of them."""
    return row[member] if isinstance(row[member], list) else [row[member]]


def with_records(parts, records, names):
    """Each part with the records that its lines name in the members `names`, in front."""
    byName = {json.loads(line)["record"]: line for line in records.lines}
    pairs = []
    for stream in parts:
        wanted = sorted({record for row in stream.rows() for name in names for record in named(row, name)})
        pairs.append([Stream(records.header, [byName[name] for name in wanted]), stream])
    return pairs


def matched(stage, parts):
    """The pairs of parts of records and what they share."""
    facts = stage.parts("count", parts)
    facts.lines = sorted(set(facts.lines))
    if '"holds":"blocks"' in parts[0][1].header and set(stage.parts("count", [[shared, records] for records, shared in parts]).lines) != set(facts.lines):
        raise Failed("other facts where blocks come before the records")
    with open(stage.facts, "w") as file:
        file.write(facts.text())
    return stage.parts("match", parts, ["--counts", stage.facts])


def deduplicate(stage, records, count):
    """Settled pairs and the work of each record that is in one: keys, count, match, group, settle, cluster."""
    keys = stage.parts("keys", [[one] for one in divided(records, count, lambda row: row["record"])])
    keyed = divided(single(keys), count, lambda row: "%d %s" % tuple(row["keys"][0]))
    pairs = matched(stage, with_records(keyed, records, ["record"]))
    # By blocks, which may be divided any way: here by their first record, as `winnow stage --parts` does.
    blocks = stage.parts("meet", [[one] for one in keyed])
    met = matched(stage, with_records(divided(blocks, count, lambda row: row["records"][0]), records, ["records"]))
    if set(met.lines) != set(pairs.lines):
        raise Failed("other pairs by blocks than by keys")
    groups = stage.run("group", [pairs])
    settled = stage.parts("settle", with_records(divided(groups, count, lambda row: row["group"]), records, ["a", "b"]))
    grouped = {(row["a"], row["b"]): row["group"] for row in groups.rows()}
    works = stage.parts("cluster", with_records(divided(settled, count, lambda row: grouped[row["a"], row["b"]]), records, ["a", "b"]))
    return settled, works


def exitCode(main):
    """What `main` returns; 1 with its words if a part failed."""
    try:
        return main()
    except Failed as failure:
        print("failed: %s" % failure)
        return 1
