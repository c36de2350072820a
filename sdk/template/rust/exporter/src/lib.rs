//! Writes one title a line. Change this to your format.
mod winnow;
mod winnow_sys;

use winnow::{Exporter, Host, Names, Refusal, Settings, Sink, Stage, Stop, Tag};
use winnow_sys::*;

struct MyExporter {
    title: Tag,
}

impl Stage for MyExporter {
    fn new(host: Host, _: &Settings) -> Result<Self, Refusal> {
        Ok(MyExporter { title: host.tag("title") })
    }
}

impl Exporter for MyExporter {
    fn write(&mut self, sink: &mut Sink) -> Result<(), Stop> {
        sink.for_each(|record, sink| {
            if let Some(title) = record.first(self.title) {
                sink.write(title.bytes)?;
            }
            sink.write(b"\n")
        })
    }
}

static STAGE: winnow_stage = winnow::exporter::<MyExporter>(Names {
    id: "exporters.@NAME@",
    version: "0.1.0",
    help: "One title a line.",
    flags: WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES,
});

winnow::export! {
    vendor: "example.org", name: "@NAME@", version: "0.1.0", license: "Apache-2.0",
    description: "What it is for, in a sentence or two.",
    homepage: "https://example.org/@NAME@", support: "https://example.org/@NAME@/issues",
    stages: [STAGE],
}
