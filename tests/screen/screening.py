"""A small review in a folder of its own, the screening server on it, and a client that speaks as the page does."""
import http.client
import json
import pathlib
import random
import re
import signal
import subprocess
import tempfile
import uuid

REVIEW = """version: 1
review: {title: A small review, question: "Does walking help?"}
reviewers: {ANNA: first author, BO: second author, CARL: adviser}
sources:
  - wave: first
    searched: 2026-01-01
    databases:
      MEDLINE: {platform: Ovid, files: medline.ris}
eligibility:
  all of: {adults: people of 18 years and more}
  none of: {animals: about animals, surgery: about surgery}
selection:
  defaults: {by: ANNA}
  steps:
    - screen: title and abstract
      by: {ANNA: all, BO: SHARE}
      seed: s
      reason: required
      decisions: decisions/title-and-abstract*.csv
      resolutions: decisions/resolutions-title*.csv
    - map: design
      categories: {trial: [], interviews: [], opinion: []}
      exclude: [opinion]
      decisions: decisions/design*.csv
    - screen: full text
      read: full text
      by: {ANNA: all, BO: all}
      decisions: decisions/full-text*.csv
      resolutions: decisions/resolutions-full-text*.csv
"""

CHARTING = """version: 1
review: {title: A small form}
reviewers: {ANNA: first author, BO: second author}
sources:
  - {wave: first, searched: 2026-01-01, databases: {MEDLINE: {platform: Ovid, files: medline.ris}}}
selection:
  steps:
    - {chart: main form, by: READERS, decisions: decisions/main-form*.csv}
charting:
  main form:
    version: 2
    items:
      Author: from author
      Year: from year
      Design: {one of: [trial, interviews, others]}
      Population: {any of: [patients, staff]}
      Participants: number
      Mean age: {decimal: years}
      Age range: {range: years}
      Allocation: {type: text, if: {Design: trial}}
      Finding: quotation
      Arms: {repeat: 2, items: {Name: text, Participants: number}}
    extra: [barriers]
exports:
  - {write: out/charting.csv, using: charting}
"""


def write_review(folder, records=12, share="all", yaml=REVIEW):
    """The review, with invented records that differ from each other."""
    words = "walking running older people heart memory pain sleep balance group garden city stairs water music".split()
    chooser = random.Random(records)
    lines = []
    for number in range(records):
        title = " ".join(chooser.choice(words) for _ in range(6))
        abstract = " ".join(chooser.choice(words) for _ in range(60))
        lines += ["TY  - JOUR", f"AU  - Author{number}, A.", f"TI  - {title} {number}", f"PY  - {1990 + number % 30}",
                  f"JO  - Journal of {number % 40}", f"DO  - 10.5555/walk.{number}"]
        lines += [f"AB  - {abstract}"] if number % 5 != 4 else []
        lines += ["ER  - ", ""]
    folder = pathlib.Path(folder)
    (folder / "medline.ris").write_text("\n".join(lines))
    (folder / "review.yaml").write_text(yaml.replace("SHARE", share))
    return folder


PDF = (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
       b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")


class Server:
    """`winnow screen` on the review of a folder."""

    def __init__(self, winnow, folder, *options):
        self.folder = pathlib.Path(folder)
        self.process = subprocess.Popen([winnow, "--json", "screen", *options, "review.yaml"], cwd=folder,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        text = ""
        for line in self.process.stdout:
            text += line
            try:
                said = json.loads(text)
                break
            except json.JSONDecodeError:
                continue
        else:
            raise AssertionError("the server did not start: " + self.process.stderr.read())
        self.address = said["address"]
        self.port = int(self.address.rsplit(":", 1)[1])
        self.links = {one["id"]: one["link"] for one in said["readers"]}

    def token(self, reader):
        return self.links[reader].split("#token=")[1]

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """Ends it as Ctrl-C does; returns the exit code and what it said on standard error."""
        self.process.send_signal(signal.SIGINT)
        _, errors = self.process.communicate(timeout=60)
        return self.process.returncode, errors

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill()
        self.process.stdout.close()
        self.process.stderr.close()


class Reader:
    """A reader's page: one session, keep-alive."""

    def __init__(self, server, reader):
        self.server = server
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.cookie, self.header = "", ""
        self.heard = []  # every answer as bytes, headers too
        status, body = self.call("POST", "/api/session", {"token": server.token(reader)})
        assert status == 200, (status, body)
        self.header = body["token"]

    def call(self, method, path, body=None, change=None):
        headers = {"Cookie": self.cookie}
        if method != "GET":
            headers |= {"Origin": self.server.address, "Content-Type": "application/json", "X-Winnow-Token": self.header}
            headers["Idempotency-Key"] = change or str(uuid.uuid4())
        self.connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = self.connection.getresponse()
        data = answer.read()
        self.heard.append(str(answer.headers).encode() + data)
        if made := answer.headers.get("Set-Cookie"):
            self.cookie = made.split(";")[0]
        return answer.status, json.loads(data) if data and "json" in answer.headers["Content-Type"] else data

    def get(self, path):
        status, body = self.call("GET", path)
        assert status == 200, (path, status, body)
        return body

    def session(self):
        return self.get("/api/session")

    def records(self, step, **query):
        """Ids of all records of a list, through its pages."""
        ids, cursor = [], None
        while True:
            asked = "&".join(f"{name}={value}" for name, value in (query | ({"cursor": cursor} if cursor else {})).items())
            page = self.get(f"/api/steps/{step}/queue?{asked}")
            ids += [record["id"] for record in page["records"]]
            cursor = page["next"]
            if cursor is None:
                assert len(ids) == page["matching"], (len(ids), page["matching"])
                return ids

    def decide(self, step, record, decision, rev=0, change=None, **more):
        body = {"decision": decision, "reason": "", "note": "", "labels": [], "categories": [], "answers": {}, "rev": rev}
        return self.call("PUT", f"/api/steps/{step}/records/{record}/decision", body | more, change)

    def undo(self, step, record, rev):
        return self.call("DELETE", f"/api/steps/{step}/records/{record}/decision", {"rev": rev})


def rows(folder, name):
    """The rows of a decision file as dictionaries."""
    import csv
    path = pathlib.Path(folder) / "decisions" / name
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def run(winnow, folder, *words):
    """A command on the review; returns its exit code and everything that it printed."""
    done = subprocess.run([winnow, *words], cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def temporary():
    return tempfile.TemporaryDirectory(prefix="winnow-screen-")


def number_before(text, words):
    """'12' of '12 removed'."""
    found = re.search(r"([\d ]+) " + words, text)
    return int(found.group(1).replace(" ", "")) if found else None
