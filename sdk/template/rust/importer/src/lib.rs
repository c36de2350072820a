//! Reads exports of @NAME@: "== ID" begins a record, "name: value" is a field. Change this to your format.
mod winnow;
mod winnow_sys;

use winnow::{Host, Importer, Names, NewRecord, Refusal, Settings, Source, Stage, Stop, Tag};
use winnow_sys::*;

struct MyImporter {
    host: Host,
    title: Tag,
    year: Tag,
}

impl Stage for MyImporter {
    fn new(host: Host, _: &Settings) -> Result<Self, Refusal> {
        Ok(MyImporter { host, title: host.tag("title"), year: host.tag("issued.year") })
    }
}

impl MyImporter {
    fn add_line<'a>(&self, record: &mut NewRecord<'a>, line: &'a [u8], number: u32) {
        let colon = match line.windows(2).position(|pair| pair == b": ") {
            Some(place) => place,
            None => {
                record.raw(self.host.tag("raw:line"), line, number);
                return;
            }
        };
        let (name, value) = (&line[..colon], &line[colon + 2..]);
        let raw = record.raw(self.host.tag(&format!("raw:{}", String::from_utf8_lossy(name))), value, number);
        match name {
            b"title" => record.derive(self.title, value, raw),
            b"year" => record.derive(self.year, value, raw),
            _ => {}
        }
    }
}

impl Importer for MyImporter {
    fn probe(&self, head: &[u8]) -> u32 {
        if head.starts_with(b"@NAME@ export ") { 100 } else { 0 }
    }

    fn read(&mut self, source: &mut Source) -> Result<(), Stop> {
        let all = source.read_all()?;
        let mut open: Option<NewRecord> = None;
        let mut begin = 0;
        for (line, number) in all.split_inclusive(|byte| *byte == b'\n').zip(1u32..) {
            let words = line.strip_suffix(b"\n").unwrap_or(line);
            let words = words.strip_suffix(b"\r").unwrap_or(words);
            let at = winnow_span { byte: begin, line: number, column: 1, length: line.len() as u32, reserved: 0 };
            begin += line.len() as u64;
            if words.starts_with(b"== ") {
                if let Some(record) = open.replace(NewRecord::new(at)) {
                    source.emit(&record)?;
                }
            }
            match &mut open {
                Some(record) => {
                    record.at.length = (begin - record.at.byte) as u32;
                    if !words.is_empty() {
                        self.add_line(record, words, number);
                    }
                }
                // Only what is recognised is declared: the host reports every other line that is in no record.
                None if number == 1 && words.starts_with(b"@NAME@ export ") => source.declare(at, WINNOW_HEADING)?,
                None => {}
            }
        }
        match &open {
            Some(record) => source.emit(record),
            None => Ok(()),
        }
    }
}

static STAGE: winnow_stage = winnow::importer::<MyImporter>(Names {
    id: "importers.@NAME@",
    version: "0.1.0",
    help: "Exports of @NAME@.",
    flags: WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES,
});

winnow::export! {
    vendor: "example.org", name: "@NAME@", version: "0.1.0", license: "Apache-2.0",
    description: "What it is for, in a sentence or two.",
    homepage: "https://example.org/@NAME@", support: "https://example.org/@NAME@/issues",
    stages: [STAGE],
}
