#!/usr/bin/env python3
"""A filter that says when it works, and when the run is cancelled makes up the answers that are left."""
import sys
import time
from winnow_worker import *


class Slow(Filter):
    id, version, help = "filters.slow", "1.0.0", "Drops everything, slowly."
    reasons = [Reason(DROP, "slow.all", "everything")]

    def judge(self, record):
        print("judging", file=sys.stderr, flush=True)
        for _ in range(40):
            if self.host.cancelled():
                print("answers all the same", file=sys.stderr, flush=True)
                return keep()
            time.sleep(0.01)
        return drop("slow.all")


serve("example.org", "slow", "1.0.0", "CC0-1.0", [Slow])
