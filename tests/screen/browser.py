"""Drives headless Chromium by its DevTools protocol over a pipe: Python's standard library is enough, no driver program has to fit
the browser's version."""
import base64
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NAMED = {"Enter": (13, "\r"), "Tab": (9, ""), "Escape": (27, ""), "ArrowRight": (39, ""), "ArrowLeft": (37, ""), "ArrowDown": (40, ""),
         "ArrowUp": (38, ""), "Backspace": (8, ""), " ": (32, " ")}


class PageError(AssertionError):
    """What was waited for did not come, or a script of the page failed."""


class Browser:
    """One browser with a profile of its own, which `close` removes."""

    def __init__(self, downloads=None):
        self.profile = tempfile.mkdtemp(prefix="winnow-browser-")
        to_browser, self.write_end = os.pipe()
        self.read_end, from_browser = os.pipe()
        arguments = ["--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                     "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
                     "--force-color-profile=srgb", "--hide-scrollbars", f"--user-data-dir={self.profile}", "about:blank"]

        def pipes():  # the browser reads commands from 3 and writes answers to 4
            low, high = os.dup2(to_browser, 100), os.dup2(from_browser, 101)
            os.dup2(low, 3)
            os.dup2(high, 4)

        self.process = subprocess.Popen([CHROMIUM, *arguments], preexec_fn=pipes, pass_fds=(3, 4), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
                                        env={**os.environ, "HOME": self.profile})
        os.close(to_browser)
        os.close(from_browser)
        self.buffer, self.count, self.events = b"", 0, []
        if downloads:
            self.call("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)})

    def close(self):
        os.close(self.write_end)
        os.close(self.read_end)
        try:
            os.killpg(self.process.pid, signal.SIGKILL)  # its own group
        except ProcessLookupError:
            pass
        self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def call(self, method, parameters=None, session=None, seconds=60):
        number, deadline = self._send(method, parameters, session), time.monotonic() + seconds
        while time.monotonic() < deadline:
            answer = self._next(deadline)
            if answer.get("id") == number:
                if "error" in answer:
                    raise PageError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)
            if answer.get("method") == "Page.javascriptDialogOpening":  # leaving with something unsaved: leave
                self._send("Page.handleJavaScriptDialog", {"accept": True}, answer["sessionId"])
        raise PageError(f"{method}: no answer in {seconds} s")

    def _send(self, method, parameters, session):
        self.count += 1
        message = {"id": self.count, "method": method, "params": parameters or {}, **({"sessionId": session} if session else {})}
        os.write(self.write_end, json.dumps(message).encode() + b"\0")
        return self.count

    def _next(self, deadline):
        import select
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.read_end], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise PageError("the browser does not answer")
            piece = os.read(self.read_end, 1 << 16)
            if not piece:
                raise PageError("the browser ended")
            self.buffer += piece
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def tab(self, address, width=1280, height=800):
        return Tab(self, address, width, height)


class Tab:
    def __init__(self, browser, address, width, height):
        self.browser = browser
        target = browser.call("Target.createTarget", {"url": "about:blank"})["targetId"]
        self.target = target
        self.session = browser.call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(domain + ".enable")
        self.size(width, height)
        self.open(address)

    def call(self, method, parameters=None):
        return self.browser.call(method, parameters, self.session)

    def open(self, address):
        self.call("Page.navigate", {"url": address})
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'")

    def reload(self):
        self.js("window.isOfBefore = true")  # the old document, complete as it is, stays until the new one comes
        self.call("Page.reload")
        self.until("!window.isOfBefore && document.readyState === 'complete'")

    def size(self, width, height, scale=1):
        self.call("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False})

    def theme(self, scheme):
        self.call("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def js(self, expression):
        result = self.call("Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True})
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise PageError(details.get("exception", {}).get("description") or details["text"])
        return result["result"].get("value")

    def until(self, expression, seconds=60):
        deadline = time.monotonic() + seconds
        while True:
            try:
                if self.js(f"!!({expression})"):
                    return
            except PageError:
                pass  # the page is being replaced
            if time.monotonic() > deadline:
                raise PageError(f"never true: {expression}\n{self.text('body')}")
            time.sleep(0.01)

    def text(self, selector):
        return self.js(f"(document.querySelector({json.dumps(selector)}) || {{}}).innerText")

    def press(self, key, modifiers=0):
        code, text = NAMED[key] if key in NAMED else (ord(key.upper()), key)
        event = {"key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        if len(key) == 1 and key.isalpha():
            event["code"] = "Key" + key.upper()
        self.call("Input.dispatchKeyEvent", {"type": "keyDown", **event, **({"text": text} if text and not modifiers else {})})
        self.call("Input.dispatchKeyEvent", {"type": "keyUp", **event})

    def save_file(self, path, seconds=60):
        """Presses the key that saves the page's file, and waits until the browser has written it."""
        self.press("f")
        deadline = time.monotonic() + seconds
        while not path.exists() or path.stat().st_size == 0:
            if time.monotonic() > deadline:
                raise PageError(f"{path.name} was not saved")
            time.sleep(0.02)

    def type(self, text):
        self.call("Input.insertText", {"text": text})

    def click(self, selector):
        self.until(f"document.querySelector({json.dumps(selector)})")
        self.js(f"document.querySelector({json.dumps(selector)}).click()")

    def screenshot(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("Page.captureScreenshot", {"format": "png"})["data"]))

    def _own(self, method):
        self.js("0")  # events that are on their way
        return [event["params"] for event in self.browser.events if event.get("sessionId") == self.session and event.get("method") == method]

    def requests(self):
        return [event["request"]["url"] for event in self._own("Network.requestWillBeSent")]

    def bodies(self):
        """What the page was answered, by address and number of the request."""
        answered = {event["requestId"]: event["response"]["url"] for event in self._own("Network.responseReceived")}
        texts = {}
        for number, address in answered.items():
            try:
                body = self.call("Network.getResponseBody", {"requestId": number})
                texts[f"{address} {number}"] = base64.b64decode(body["body"]).decode(errors="replace") if body["base64Encoded"] else body["body"]
            except PageError:
                pass  # the browser let it go with the page that asked for it
        return texts

    def warnings_on_leaving(self):
        return len([event for event in self._own("Page.javascriptDialogOpening") if event["type"] == "beforeunload"])

    def faults(self):
        """Exceptions and errors that the page logged, among them what its policy refused."""
        thrown = [event["exceptionDetails"].get("exception", {}).get("description", event["exceptionDetails"]["text"]) for event in self._own("Runtime.exceptionThrown")]
        return thrown + [event["entry"]["text"] for event in self._own("Log.entryAdded") if event["entry"]["level"] == "error"]

    def close(self):
        self.call("Page.close")
