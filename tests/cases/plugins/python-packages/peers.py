from winnow_worker import *
import peerwords


class Peers(Filter):
    id, version, help = "filters.peers", "1.0.0", "Drops titles without peers."
    reasons = [Reason(DROP, "peers.none", "no peers")]

    def judge(self, record):
        return keep() if any(word in record.first("title").lower() for word in peerwords.WORDS) else drop("peers.none")


serve("example.org", "peers", "1.0.0", "CC0-1.0", [Peers])
