//! Gives a field that says whether the title is a question. Change this to what you read in records.
mod winnow;
mod winnow_sys;

use winnow::{text, Annotation, Annotator, Host, Names, Record, Refusal, Settings, Stage, Tag};
use winnow_sys::*;

struct MyAnnotator {
    title: Tag,
    question: Tag,
    rule: Tag,
}

impl Stage for MyAnnotator {
    fn new(host: Host, _: &Settings) -> Result<Self, Refusal> {
        Ok(MyAnnotator { title: host.tag("title"), question: host.tag("@NAME@.question"), rule: host.tag("@NAME@.mark") })
    }
}

impl Annotator for MyAnnotator {
    fn annotate(&mut self, record: &Record) -> Vec<Annotation> {
        if record.first(self.question).is_some() {
            return Vec::new(); // never changes what is there
        }
        let title = match record.first(self.title) {
            Some(title) => title,
            None => return Vec::new(),
        };
        match title.bytes.iter().position(|&byte| byte == b'?') {
            Some(mark) => vec![Annotation::new(self.question, "yes").from(&title, mark, 1).by(self.rule)],
            None => Vec::new(), // nothing can be said: never a guess
        }
    }
}

/// It is handed these fields and no others, and asked anew only when one of them has changed.
static READS: [winnow_str; 1] = [text("title")];
static GIVES: [winnow_str; 1] = [text("@NAME@.question")];

static STAGE: winnow_stage = winnow::annotator::<MyAnnotator>(Names {
    id: "annotators.@NAME@",
    version: "0.1.0",
    help: "Says which titles are questions.",
    flags: WINNOW_STATELESS | WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES,
})
.reads(&READS)
.gives(&GIVES);

winnow::export! {
    vendor: "example.org", name: "@NAME@", version: "0.1.0", license: "Apache-2.0",
    description: "What it is for, in a sentence or two.",
    homepage: "https://example.org/@NAME@", support: "https://example.org/@NAME@/issues",
    stages: [STAGE],
}
