//! Takes the first tenth by title. Change this to your order: a pure function of the record.
mod winnow;
mod winnow_sys;

use winnow::{Host, Key, Names, Record, Refusal, Sampler, Settings, Stage, Tag};
use winnow_sys::*;

struct MySampler {
    title: Tag,
}

impl Stage for MySampler {
    fn new(host: Host, _: &Settings) -> Result<Self, Refusal> {
        Ok(MySampler { title: host.tag("title") })
    }
}

impl Sampler for MySampler {
    fn key(&mut self, record: &Record) -> Key {
        Key { space: 0, value: record.first(self.title).map_or(Vec::new(), |title| title.bytes.to_vec()) }
    }

    fn take(&mut self, _: u32, count: u64) -> u64 {
        (count + 9) / 10
    }
}

static STAGE: winnow_stage = winnow::sampler::<MySampler>(Names {
    id: "filters.@NAME@",
    version: "0.1.0",
    help: "The first tenth of the records by title.",
    flags: WINNOW_STATELESS | WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES,
});

winnow::export! {
    vendor: "example.org", name: "@NAME@", version: "0.1.0", license: "Apache-2.0",
    description: "What it is for, in a sentence or two.",
    homepage: "https://example.org/@NAME@", support: "https://example.org/@NAME@/issues",
    stages: [STAGE],
}
