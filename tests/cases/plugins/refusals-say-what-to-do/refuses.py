#!/usr/bin/python3
from winnow_worker import *


class Refuses(Filter):
    id, version, help = "filters.refuses", "1.0.0", "Fails while it is made."

    def __init__(self, host, settings):
        super().__init__(host, settings)
        raise ValueError("the pattern has no closing bracket")


serve("example.org", "refuses", "1.0.0", "CC0-1.0", [Refuses])
