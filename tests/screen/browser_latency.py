#!/usr/bin/env python3
"""How long the page takes in headless Chromium: from the start of the server to the first record, from the key to the next record, and a
decision from the page's request to its answer. `--records 50000` is the size of the targets: start 1 s, next record 100 ms, decision 5 ms at the
median and 50 ms at the 99th percentile. Figures of a busy machine are those of that machine: the load stands beside them."""
import argparse
import os
import pathlib
import sys
import time

import browser
from screening import Server, run, temporary, write_review

WATCH = """
window.measured = {puts: [], keys: []};
const send = window.fetch.bind(window);
window.fetch = async (address, request) => {
  const begin = performance.now(), answer = await send(address, request);
  if (request && request.method === 'PUT') { await answer.clone().arrayBuffer(); measured.puts.push(performance.now() - begin); }
  return answer;
};
let pressed = 0, title = '';
document.addEventListener('keydown', () => { pressed = performance.now(); title = document.querySelector('h1').innerText; }, true);
new MutationObserver(() => {
  const now = document.querySelector('h1');
  if (!pressed || !now || now.innerText === title) return;
  const begin = pressed;
  pressed = 0;
  requestAnimationFrame(() => setTimeout(() => measured.keys.push(performance.now() - begin), 0));  // it is painted
}).observe(document.querySelector('main'), {childList: true, subtree: true});
"""


def cpu(server):
    """Milliseconds of processor time that the server has taken, whatever else the machine does."""
    times = pathlib.Path(f"/proc/{server.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()[11:13]
    return 1000 * sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


# From the request to the last byte of its answer, as the browser itself notes it (Resource Timing). The promise of fetch() comes later: it waits for
# the page's thread, which draws meanwhile; what a reader feels of that is in "next record".
ANSWERED = "performance.getEntriesByType('resource').filter(e => e.name.endsWith('/decision')).map(e => e.responseEnd - e.startTime)"


def shown(name, times):
    times = sorted(times)
    print(f"{name:12} p50 {times[len(times) // 2]:7.1f} ms   p99 {times[len(times) * 99 // 100]:7.1f} ms   of {len(times)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--records", type=int, default=50000)
    parser.add_argument("--decisions", type=int, default=300)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    winnow = str(pathlib.Path(given.winnow).absolute())
    if not browser.CHROMIUM:
        print("skipped: no chromium (cmake/install-packages installs it)")
        return 77
    with temporary() as name:
        folder = write_review(name, records=given.records)
        run(winnow, folder, "run")
        for number in range(given.runs):
            with browser.Browser() as chromium:
                tab = chromium.tab("about:blank#")
                load = os.getloadavg()[0]
                began = time.perf_counter()
                server = Server(winnow, folder)
                up = time.perf_counter()
                tab.call("Page.navigate", {"url": server.links["ANNA"]})
                tab.until("document.querySelector('h1')")
                there = time.perf_counter()
                print(f"run {number + 1}, {given.records} records, load {load:.1f}: server {1000 * (up - began):.0f} ms, page {1000 * (there - up):.0f} ms; "
                      f"the server's processor time {cpu(server):.0f} ms")
                with server:
                    tab.js("performance.setResourceTimingBufferSize(10000)")
                    tab.js(WATCH)
                    spent = cpu(server)
                    done = int(tab.text(".count").split(" ")[0].replace(",", ""))
                    for i in range(given.decisions):
                        tab.press("i")
                        tab.until(f"measured.keys.length === {i + 1}")
                    assert int(tab.text(".count").split(" ")[0].replace(",", "")) == done + given.decisions
                    print(f"{(cpu(server) - spent) / given.decisions:.2f} ms of the server's processor time a decision, the records read with it included")
                    shown("decision", tab.js(ANSWERED))
                    shown("its promise", tab.js("measured.puts"))
                    shown("next record", tab.js("measured.keys"))
                    hosts = {address.split("/")[2] for address in tab.requests() if address.startswith("http")}
                    assert hosts == {server.address.split("/")[2]}, hosts
    return 0


if __name__ == "__main__":
    sys.exit(main())
