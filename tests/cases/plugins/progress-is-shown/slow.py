#!/usr/bin/env python3
import time
from winnow_worker import *


class Slow(Filter):
    id, version, help = "filters.slow", "1.0.0", "Looks at something for a while."

    def __init__(self, host, settings):
        super().__init__(host, settings)
        self.done = False

    def judge(self, record):
        for i in range(0 if self.done else 100):
            self.host.progress("looking at parts", i, 100)
            time.sleep(0.015)
        self.done = True
        return keep()


serve("example.org", "slow", "1.0.0", "CC0-1.0", [Slow])
