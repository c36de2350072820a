#!/usr/bin/env python3
"""The GitHub Action's script in a repository made for it, before a server that answers as GitHub's interface for comments does.

  action.py --winnow BIN --review FOLDER
"""
import argparse, http.server, json, os, pathlib, re, shutil, subprocess, sys, tempfile, threading

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent


class GitHub(http.server.BaseHTTPRequestHandler):
    comments, asked, refuse = [{"id": 7, "body": "a comment of a person"}], [], False

    def answer(self):
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "null")
        GitHub.asked.append((self.command, self.path, self.headers.get("Authorization")))
        if GitHub.refuse:
            self.send_error(403)
            return
        if self.command == "POST":
            GitHub.comments.append({"id": len(GitHub.comments) + 100, "body": body["body"]})
        if self.command == "PATCH":
            number = int(self.path.rsplit("/", 1)[1])
            next(c for c in GitHub.comments if c["id"] == number)["body"] = body["body"]
        data = json.dumps(GitHub.comments if self.command == "GET" else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PATCH = answer

    def log_message(self, *words):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True, type=pathlib.Path)
    parser.add_argument("--review", required=True, type=pathlib.Path)
    a = parser.parse_args()
    if shutil.which("git") is None:
        print("skipped: git is missing")
        return 77
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), GitHub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(prefix="winnow-action-") as temporary:
        folder = pathlib.Path(temporary) / "repository"
        shutil.copytree(a.review, folder / "review", ignore=shutil.ignore_patterns("out", "*.ledger*", "review.lock"))
        yaml, summary = folder / "review/review.yaml", folder.parent / "summary"
        git = lambda *words: subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *words], cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
        git("init", "--quiet")
        git("add", ".")
        git("commit", "--quiet", "-m", "base")
        base = git("rev-parse", "HEAD")

        def act(*words, **more):
            environment = {"GITHUB_API_URL": "http://127.0.0.1:%d" % server.server_address[1], "GITHUB_REPOSITORY": "team/review", "GITHUB_TOKEN": "secret",
                           "PULL_REQUEST": "12", "GITHUB_STEP_SUMMARY": str(summary), "PATH": os.environ["PATH"], "HOME": temporary, **more}
            done = subprocess.run([sys.executable, str(SOURCE / "packaging/action/comment_review.py"), "--winnow", str(a.winnow.resolve()), "--review", "review/review.yaml",
                                   *words], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            assert not done.stderr, done.stderr
            return done.returncode, done.stdout

        def written():
            return [c["body"] for c in GitHub.comments if "winnow review" in c["body"]]

        # Nothing changed.
        code, said = act("--base", base)
        assert code == 0 and "::warning file=review/exports/first/embase.ris,line=303,col=1::the record before this TY has no ER line" in said, said
        assert len(written()) == 1 and "**0 records change their fate.**" in written()[0], written()
        # A language more: the records that change, in the same comment.
        original = yaml.read_text(encoding="utf-8")
        assert "keep: [English]" in original
        yaml.write_text(original.replace("keep: [English]", "keep: [English, Norwegian]"), encoding="utf-8")
        code, said = act("--base", base)
        count = re.search(r"\*\*(\d+) records change their fate\.\*\*", written()[0])
        assert code == 0 and len(written()) == 1 and count and int(count.group(1)) > 0, written()
        assert written()[0].count("| r:") == int(count.group(1)) and "excluded at language" in written()[0], written()
        assert GitHub.comments[0]["body"] == "a comment of a person" and {"GET", "POST", "PATCH"} == {m for m, _, _ in GitHub.asked}, GitHub.asked
        assert {t for _, _, t in GitHub.asked} == {"Bearer secret"} and "**%s records" % count.group(1) in summary.read_text(encoding="utf-8")
        assert not git("worktree", "list").count("\n"), "the base stayed checked out"
        # A mistake: annotated at its place, in the comment, and the job fails. Without exports the configuration alone is looked at.
        yaml.write_text(original.replace("keep: [English]", "keeep: [English]"), encoding="utf-8")
        line = 1 + original[:original.index("keep: [English]")].count("\n")
        for more in ((), ("--config-only", "true")):
            code, said = act("--base", base, *more)
            assert code == 1 and "::error file=review/review.yaml,line=%d,col=" % line in said and "keeep" in written()[0] and "not in order" in written()[0], (said, written())
        # A base that is not there, a token that may not write, no review.
        yaml.write_text(original, encoding="utf-8")
        code, said = act("--base", "0" * 40)
        assert code == 1 and "fetch-depth" in said and "Not compared" in written()[0], said
        GitHub.refuse = True
        code, said = act("--base", base)
        assert code == 0 and "::warning::the comment was not written" in said, said
        yaml.unlink()
        code, said = act("--base", base)
        assert code == 1 and said.startswith("::error::there is no 'review/review.yaml'"), said
    print("comments %d, questions %d" % (len(written()), len(GitHub.asked)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
