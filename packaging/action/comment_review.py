#!/usr/bin/env python3
"""What the GitHub Action does with a pull request: `winnow check` of the review, `winnow diff` against the review of the base, one comment.

  comment_review.py --winnow BIN --review FILE [--base COMMIT] [--config-only true]

Runs in the repository's folder. Errors and warnings become annotations at their lines. The comment (Markdown) goes to the job's summary
(GITHUB_STEP_SUMMARY) and, with GITHUB_TOKEN and PULL_REQUEST, to the pull request, where a later run replaces it. Exit 1 if the check fails
or the diff cannot be made; a comment that GitHub does not take is a warning. Standard library only.
"""
import argparse, json, os, pathlib, subprocess, sys, tempfile, urllib.error, urllib.request

MARK = "<!-- winnow review -->"
MOST = 50  # records in a comment; GitHub takes 65536 signs


def run(*words, **options):
    return subprocess.run([str(w) for w in words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


def diagnostics(stderr):
    """(what was reported with a place, other lines) of --json's standard error."""
    found, rest = [], []
    for line in stderr.splitlines():
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        (found if isinstance(value, dict) else rest).append(value if isinstance(value, dict) else line)
    return found, rest


def escaped(text, inProperty=False):
    """Text in a workflow command: https://docs.github.com/actions/reference/workflow-commands-for-github-actions"""
    for sign, code in [("%", "%25"), ("\r", "%0D"), ("\n", "%0A")] + ([(":", "%3A"), (",", "%2C")] if inProperty else []):
        text = text.replace(sign, code)
    return text


def annotation(told, folder):
    level = told.get("severity") if told.get("severity") in ("error", "warning") else "notice"
    places = [("file", os.path.normpath(os.path.join(folder, told["file"])))] if told.get("file") else []
    places += [(theirs, str(told[ours])) for theirs, ours in (("line", "line"), ("col", "column")) if places and ours in told]
    text = "; ".join(t for t in (told.get("message", ""), told.get("action", "")) if t)
    return "::%s %s::%s" % (level, ",".join("%s=%s" % (name, escaped(value, True)) for name, value in places), escaped(text))


def cell(text):
    """A cell of a Markdown table: what stands in a review or a record is text, no mark-up, no mention."""
    for sign, code in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("@", "&#64;"), ("|", "\\|"), ("\n", " "), ("`", "&#96;"), ("[", "&#91;"), ("*", "&#42;"), ("_", "&#95;")):
        text = text.replace(sign, code)
    return text


def checked(winnow, review, configOnly):
    """(exit code, lines of Markdown). Prints annotations."""
    done = run(winnow, "--json", "check", *(["--config-only"] if configOnly else []), review.name, cwd=review.parent)
    found, rest = diagnostics(done.stderr)
    for told in found:
        if told.get("severity") != "info":
            print(annotation(told, review.parent))
    errors, warnings = (sum(told.get("severity") == s for told in found) for s in ("error", "warning"))
    said = {0: "The review is in order", 3: "The review is in order and waits for people"}.get(done.returncode, "**The review is not in order**")
    lines = ["%s: %d errors, %d warnings." % (said, errors, warnings)]
    if done.returncode not in (0, 3):
        lines += ["", *("- %s:%s: %s" % (cell(t.get("file", "")), t.get("line", "?"), cell(t.get("message", ""))) for t in found if t.get("severity") == "error")][:MOST]
        lines += ["- " + cell(line) for line in rest if line.strip()] if errors == 0 else []
    return done.returncode, lines


def compared(winnow, review, base):
    """Lines of Markdown about the records whose fate changes since the commit; raises RuntimeError."""
    with tempfile.TemporaryDirectory(prefix="winnow-base-") as temporary:
        before = pathlib.Path(temporary) / "base"
        made = run("git", "worktree", "add", "--quiet", "--detach", before, base)
        if made.returncode != 0:
            raise RuntimeError("git cannot check out the base %s (fetch-depth: 0 fetches it): %s" % (base, made.stderr.strip()))
        try:
            if not (before / review).is_file():
                return ["The base has no `%s`: nothing to compare with." % cell(str(review))]
            done = run(winnow, "--json", "diff", review.resolve(), "--review", before / review)
        finally:
            run("git", "worktree", "remove", "--force", before)
    if done.returncode not in (0, 3):
        raise RuntimeError("winnow diff ended with %d: %s" % (done.returncode, done.stderr.strip()[-1000:]))
    changes, decisions = json.loads(done.stdout)["changes"], json.loads(done.stdout)["decisions"]
    lines = ["**%d records change their fate.** %d decisions stay valid, %d would not be reached any more, %d have no step any more." %
             (len(changes), decisions["valid"], decisions["not_reached"], decisions["without_step"])]
    if changes:
        lines += ["", "| record | before | after |", "|---|---|---|"]
        lines += ["| %s | %s | %s |" % tuple(cell(str(c[key])) for key in ("record", "before", "after")) for c in changes[:MOST]]
    if len(changes) > MOST:
        lines += ["", "… and %d more: `winnow diff` lists them all." % (len(changes) - MOST)]
    return lines


def asked(method, path, body=None):
    address = "%s/repos/%s/%s" % (os.environ.get("GITHUB_API_URL", "https://api.github.com"), os.environ["GITHUB_REPOSITORY"], path)
    request = urllib.request.Request(address, None if body is None else json.dumps(body).encode(), method=method, headers={
        "Authorization": "Bearer " + os.environ["GITHUB_TOKEN"], "Accept": "application/vnd.github+json", "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read() or "null")


def own(number):
    """The comment of an earlier run; None if there is none."""
    for page in range(1, 100):
        comments = asked("GET", "issues/%s/comments?per_page=100&page=%d" % (number, page))
        for comment in comments:
            if comment["body"].startswith(MARK):
                return comment["id"]
        if len(comments) < 100:
            return None


def publish(text):
    if os.environ.get("GITHUB_STEP_SUMMARY"):
        with open(os.environ["GITHUB_STEP_SUMMARY"], "a", encoding="utf-8") as summary:
            summary.write(text)
    number = os.environ.get("PULL_REQUEST")
    if not number or not os.environ.get("GITHUB_TOKEN"):
        return
    try:
        earlier = own(number)
        if earlier is None:
            asked("POST", "issues/%s/comments" % number, {"body": text})
        else:
            asked("PATCH", "issues/comments/%d" % earlier, {"body": text})
    except (urllib.error.URLError, OSError, ValueError) as problem:  # a fork's token may not write
        print("::warning::%s" % escaped("the comment was not written: %s; it stands in the summary of this job" % problem))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--review", required=True, type=pathlib.Path)
    parser.add_argument("--base", default="")
    parser.add_argument("--config-only", default="false", choices=["true", "false"])
    a = parser.parse_args()
    if not a.review.is_file():
        print("::error::%s" % escaped("there is no '%s' in this repository; 'review' names the file" % a.review))
        return 1
    code, lines = checked(a.winnow, a.review, a.config_only == "true")
    failed = code not in (0, 3)
    if a.base and a.config_only == "false" and not failed:
        try:
            lines += ["", *compared(a.winnow, a.review, a.base)]
        except RuntimeError as problem:
            print("::error::%s" % escaped(str(problem)))
            lines += ["", "**Not compared:** " + cell(str(problem))]
            failed = True
    publish("\n".join([MARK, "### Winnow: `%s`" % cell(str(a.review)), "", *lines]) + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
