"""What a ledger holds, for comparing two of them.

content()  every row of every table but `run` (the only one that knows the clock) and `digest` (checksums over numbers of rows), numbers of
           rows included: for runs that read the same files in the same order.
meaning()  the same without the numbers of rows and tags, which follow the order in which files were read: each is replaced by what it stands
           for, and hashes over numbers of tags (of readings, views and what outputs were made from) are left out.
"""
import collections, hashlib, sqlite3


def opened(ledger):
    """Opening a ledger may first have to take back what a killed run left half done, so it is opened for writing."""
    return sqlite3.connect("file:%s?mode=rw" % ledger, uri=True)


def digest(rows):
    return len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()


def content(ledger):
    database, dump = opened(ledger), {}
    for (table,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('run', 'digest') ORDER BY name"):
        columns = [row[1] for row in database.execute("PRAGMA table_info(%s)" % table) if not (table == "event" and row[1] in ("id", "run")) and
                   not (table == "output" and row[1] == "id")]
        rows = sorted(map(repr, database.execute("SELECT %s FROM %s" % (",".join(columns), table))))
        dump[table] = digest(sorted(set(rows)) if table == "output" else rows)  # an output may have been written again after the kill
    return dump


# By table: its columns, and what the numbers among them are of.
COLUMNS = {"tag": "name", "source": "name", "file": "source name sha256 reader bytes importer importer_version dialect settings records warnings complete",
           "diagnostic": "file ordinal severity code message action line col record", "record": "id", "stage": "key plugin version settings",
           "sighting": "file ordinal record byte size line content number lasting", "reason": "stage number code label action",
           "verdict": "stage record action reason evidence score note", "pairing": "stage", "pair": "pairing a b rule maybe stands score note",
           "event": "kind step record subject actor value reason note file line", "output": "path sha256"}
NUMBERS = {("file", "source"): "source", ("diagnostic", "file"): "file", ("record", "id"): "record", ("sighting", "file"): "file", ("sighting", "record"): "record",
           ("reason", "stage"): "stage", ("verdict", "stage"): "stage", ("verdict", "record"): "record", ("pairing", "stage"): "stage",
           ("pair", "pairing"): "pairing", ("pair", "a"): "record", ("pair", "b"): "record"}


def names(database):
    """By table and number: what a row stands for."""
    name = collections.defaultdict(dict)
    name["source"] = dict(database.execute("SELECT id, name FROM source"))
    for number, source, *rest in database.execute("SELECT id, source, name, sha256, reader FROM file"):
        name["file"][number] = (name["source"][source], *rest)
    raw = dict(database.execute("SELECT id, raw FROM record"))
    for number, source, content, occurrence, raw_of in database.execute("SELECT id, source, content, occurrence, raw_of FROM record"):
        name["record"][number] = (name["source"][source], content, occurrence, hashlib.sha256(raw[raw_of or number]).hexdigest())
    name["stage"] = dict(database.execute("SELECT id, key FROM stage"))
    for number, stage in database.execute("SELECT id, stage FROM pairing"):
        name["pairing"][number] = name["stage"][stage]
    return name


def meaning(ledger):
    database = opened(ledger)
    name, dump = names(database), {}
    for table, columns in COLUMNS.items():
        columns, rows = columns.split(), []
        for row in database.execute("SELECT %s FROM %s" % (",".join(columns), table)):
            cells = [name[NUMBERS[table, c]].get(value, value) if (table, c) in NUMBERS else value for c, value in zip(columns, row)]
            if table == "pair":
                cells[1:3] = sorted(cells[1:3])  # the first of two is that with the lower number
            rows.append(repr(cells))
        dump[table] = digest(sorted(set(rows)) if table == "output" else sorted(rows))
    return dump
