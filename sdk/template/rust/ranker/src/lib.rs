//! Puts records first whose titles share words with included ones. Change this to your model.
mod winnow;
mod winnow_sys;

use std::collections::{BTreeMap, BTreeSet};
use winnow::{text, Host, Label, Names, Ranker, Record, Refusal, Score, Settings, Stage, Tag};
use winnow_sys::*;

struct MyRanker {
    title: Tag,
    words: BTreeMap<u64, BTreeSet<String>>,
    read: BTreeSet<u64>,
    wanted: BTreeSet<String>,
}

impl Stage for MyRanker {
    fn new(host: Host, _: &Settings) -> Result<Self, Refusal> {
        Ok(MyRanker { title: host.tag("title"), words: BTreeMap::new(), read: BTreeSet::new(), wanted: BTreeSet::new() })
    }
}

impl Ranker for MyRanker {
    fn take(&mut self, record: &Record) {
        let title = record.first(self.title).map_or(String::new(), |title| title.text().to_lowercase());
        let words = title.split_whitespace().filter(|word| word.chars().count() > 3);
        self.words.insert(record.id(), words.map(String::from).collect());
    }

    fn learn(&mut self, labels: &[Label]) {
        self.read = labels.iter().map(|label| label.record).collect();
        let relevant = labels.iter().filter(|label| label.is_relevant).filter_map(|label| self.words.get(&label.record));
        self.wanted = relevant.flatten().cloned().collect();
    }

    fn rank(&mut self) -> Vec<Score> {
        let open = self.words.iter().filter(|(record, _)| !self.read.contains(record));
        let shared = |words: &BTreeSet<String>| words.intersection(&self.wanted).count() as f64;
        open.map(|(&record, words)| Score { record, score: shared(words), by_chance: self.wanted.is_empty() }).collect()
    }
}

/// It is handed these fields and no others, and asked anew only when one of them has changed.
static READS: [winnow_str; 1] = [text("title")];

static STAGE: winnow_stage = winnow::ranker::<MyRanker>(Names {
    id: "rankers.@NAME@",
    version: "0.1.0",
    help: "Records whose titles share words with included ones first.",
    flags: WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES,
})
.reads(&READS);

winnow::export! {
    vendor: "example.org", name: "@NAME@", version: "0.1.0", license: "Apache-2.0",
    description: "What it is for, in a sentence or two.",
    homepage: "https://example.org/@NAME@", support: "https://example.org/@NAME@/issues",
    stages: [STAGE],
}
