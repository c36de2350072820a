#!/usr/bin/python3
"""Puts records first that share words with what was included. Change this to your model."""
from winnow_worker import Ranker, serve


class @CLASS@Ranker(Ranker):
    id, version, help = "rankers.@NAME@", "0.1.0", "Records that share words with included ones first."
    reads = ["title"]

    def __init__(self, host, settings):
        super().__init__(host, settings)
        self.words, self.labels = {}, {}

    def take(self, record):
        self.words[record.id] = {word for word in record.first("title").lower().split() if len(word) > 3}

    def learn(self, labels):
        self.labels = labels

    def rank(self):
        wanted = set().union(*(self.words[id] for id, relevant in self.labels.items() if relevant))
        return {id: (float(len(words & wanted)), not wanted) for id, words in self.words.items() if id not in self.labels}


serve("example.org", "@NAME@", "0.1.0", "Apache-2.0", [@CLASS@Ranker], description="What it is for, in a sentence or two.")
