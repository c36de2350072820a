//! Finds records with the same DOI. Change this to your rule; the host groups, joins and undoes.
mod winnow;
mod winnow_sys;

use winnow::{reason, Host, Key, Matcher, Names, Pair, Record, Refusal, Settings, Stage, Tag};
use winnow_sys::*;

struct MyMatcher {
    doi: Tag,
}

impl Stage for MyMatcher {
    fn new(host: Host, _: &Settings) -> Result<Self, Refusal> {
        Ok(MyMatcher { doi: host.tag("id.doi") })
    }
}

impl Matcher for MyMatcher {
    fn keys(&mut self, record: &Record) -> Vec<Key> {
        record.first(self.doi).map(|doi| Key { space: 0, value: doi.bytes.to_vec() }).into_iter().collect()
    }

    fn matches(&mut self, block: &[Record]) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for (i, left) in block.iter().enumerate() {
            let doi = match left.first(self.doi) {
                Some(doi) => doi,
                None => continue,
            };
            for right in &block[i + 1..] {
                if right.first(self.doi).map_or(false, |other| other.bytes == doi.bytes) {
                    pairs.push(Pair { left: left.id(), right: right.id(), rule: SAME_DOI, is_maybe: false, score: 1.0 });
                }
            }
        }
        pairs
    }
}

const SAME_DOI: u32 = 0;
static REASONS: [winnow_reason; 1] = [reason(WINNOW_DROP, "@NAME@.doi", "the same DOI")];

static STAGE: winnow_stage = winnow::matcher::<MyMatcher>(Names {
    id: "filters.@NAME@",
    version: "0.1.0",
    help: "Records with the same DOI are the same work.",
    flags: WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES,
})
.reasons(&REASONS);

winnow::export! {
    vendor: "example.org", name: "@NAME@", version: "0.1.0", license: "Apache-2.0",
    description: "What it is for, in a sentence or two.",
    homepage: "https://example.org/@NAME@", support: "https://example.org/@NAME@/issues",
    stages: [STAGE],
}
