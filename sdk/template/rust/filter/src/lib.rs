//! Excludes records published before a year. A record without a year is undecided, never a guess. Change this to your rule.
mod winnow;
mod winnow_sys;

use winnow::{option, reason, text, Filter, Host, Names, Record, Refusal, Settings, Stage, Tag, Verdict};
use winnow_sys::*;

struct MyFilter {
    year: Tag,
    since: i64,
}

impl Stage for MyFilter {
    fn new(host: Host, settings: &Settings) -> Result<Self, Refusal> {
        let since = settings.integer("since").ok_or(Refusal { option: "since", message: "a year is missing".into() })?;
        Ok(MyFilter { year: host.tag("issued.year"), since })
    }
}

/// The year in the first four bytes.
fn year_of(value: &[u8]) -> Option<i64> {
    std::str::from_utf8(value.get(..4)?).ok()?.parse().ok()
}

impl Filter for MyFilter {
    fn judge(&mut self, record: &Record) -> Verdict {
        for field in record.fields().filter(|f| f.tag == self.year) {
            match year_of(field.bytes) {
                Some(year) if year < self.since => return Verdict::exclude(TOO_OLD).because(&field, 0, 4, "year"),
                Some(_) => return Verdict::keep(),
                None => continue,
            }
        }
        Verdict::undecided(NO_YEAR)
    }
}

static SINCE: winnow_option =
    winnow_option { minimum: text("1400"), maximum: text("2100"), ..option(WINNOW_INTEGER, "since", "2010", "First year that is kept.") };
static OPTIONS: [&winnow_option; 1] = [&SINCE];

const TOO_OLD: u32 = 0;
const NO_YEAR: u32 = 1;
static REASONS: [winnow_reason; 2] = [
    reason(WINNOW_DROP, "@NAME@.too-old", "Published before the period"),
    reason(WINNOW_UNSURE, "@NAME@.no-year", "No year of publication"),
];
/// It is handed these fields and no others, and judges a record anew only when one of them has changed.
static READS: [winnow_str; 1] = [text("issued.year")];

static STAGE: winnow_stage = winnow::filter::<MyFilter>(Names {
    id: "filters.@NAME@",
    version: "0.1.0",
    help: "Excludes records published before a year.",
    flags: WINNOW_STATELESS | WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES,
})
.options(&OPTIONS)
.reasons(&REASONS)
.reads(&READS);

winnow::export! {
    vendor: "example.org", name: "@NAME@", version: "0.1.0", license: "Apache-2.0",
    description: "What it is for, in a sentence or two.",
    homepage: "https://example.org/@NAME@", support: "https://example.org/@NAME@/issues",
    stages: [STAGE],
}
