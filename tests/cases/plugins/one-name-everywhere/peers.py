#!/usr/bin/python3
from winnow_worker import *


class Peers(Filter):
    id, version, help = "filters.peers", "1.0.0", "Keeps everything."

    def judge(self, record):
        return keep()


serve("example.org", "peers", "1.0.0", "CC0-1.0", [Peers])
