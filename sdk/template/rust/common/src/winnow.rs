//! The safe face of winnow/abi.h for every kind of stage. A plugin implements one trait and names its
//! stage; nothing here needs a crate. Panics do not cross the boundary: the host is given their text.
#![allow(dead_code, unused_unsafe)] // rustc before 1.65 holds the blocks in closures of unsafe functions for superfluous

use crate::winnow_sys::*;
use std::borrow::Cow;
use std::mem::size_of;
use std::os::raw::{c_char, c_void};
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::{ptr, slice};

/// The number of a tag's name in this process.
pub type Tag = u32;

/// A view for the host. It must live as long as the host looks at it: of a constant, for ever.
pub const fn text(value: &str) -> winnow_str {
    winnow_str { data: value.as_ptr() as *const c_char, size: value.len() }
}

fn view(bytes: &[u8]) -> winnow_str {
    winnow_str { data: bytes.as_ptr() as *const c_char, size: bytes.len() }
}

const NOTHING: winnow_str = winnow_str { data: ptr::null(), size: 0 };

/// What the host gave; it lives as long as the call that gave it.
unsafe fn bytes<'a>(value: winnow_str) -> &'a [u8] {
    items(value.data as *const u8, value.size)
}

unsafe fn items<'a, T>(first: *const T, count: usize) -> &'a [T] {
    if count == 0 { &[] } else { slice::from_raw_parts(first, count) }
}

// ---- the host -------------------------------------------------------------------------------------------------------

/// The host of one instance; lives as long as it.
#[derive(Clone, Copy)]
pub struct Host(*const winnow_host);

impl Host {
    /// The number of a tag: "title", or as exported: "raw:T1".
    pub fn tag(&self, name: &str) -> Tag {
        unsafe { ((*self.0).tag.unwrap())(self.0, text(name)) }
    }
    /// The name of a number that `tag` or a field gave.
    pub fn tag_name(&self, tag: Tag) -> Cow<'_, str> {
        unsafe { String::from_utf8_lossy(bytes(((*self.0).tag_name.unwrap())(self.0, tag))) }
    }
    /// The run was cancelled: stop soon. What is answered after that is discarded.
    pub fn cancelled(&self) -> bool {
        unsafe { ((*self.0).cancelled.unwrap())(self.0) != 0 }
    }
    /// Tells people what is wrong in the input, where, and what was done about it.
    pub fn warn(&self, code: &str, message: &str, action: &str, at: winnow_span, record: u64) {
        self.diagnose(WINNOW_WARNING, code, message, action, at, record, "");
    }

    #[allow(clippy::too_many_arguments)]
    fn diagnose(&self, severity: u32, code: &str, message: &str, action: &str, at: winnow_span, record: u64, option: &str) {
        let diagnostic = winnow_diagnostic {
            struct_size: size_of::<winnow_diagnostic>() as u32,
            severity,
            code: text(code),
            message: text(message),
            action: text(action),
            at,
            record,
            option: text(option),
            stage: NOTHING,
        };
        unsafe { ((*self.0).diagnose.unwrap())(self.0, &diagnostic) }
    }
}

pub const NO_PLACE: winnow_span = winnow_span { byte: 0, line: 0, column: 0, length: 0, reserved: 0 };

/// The checked values of the options, as text. The host has filled in what was left out.
pub struct Settings<'a>(&'a [winnow_setting]);

impl<'a> Settings<'a> {
    pub fn all(&self, name: &str) -> Vec<Cow<'a, str>> {
        let named = self.0.iter().filter(|s| unsafe { bytes(s.name) } == name.as_bytes());
        named.map(|s| String::from_utf8_lossy(unsafe { bytes(s.value) })).collect()
    }
    pub fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        self.all(name).into_iter().next()
    }
    /// None: the option has no value and no fallback.
    pub fn integer(&self, name: &str) -> Option<i64> {
        self.text(name).and_then(|value| value.parse().ok())
    }
}

/// Settings that the stage cannot work with: the host shows the line of the option.
pub struct Refusal {
    pub option: &'static str,
    pub message: String,
}

// ---- records --------------------------------------------------------------------------------------------------------

/// A value of a record that was handed over.
pub struct Field<'a> {
    /// Its index in the record: where evidence points to.
    pub index: u32,
    pub tag: Tag,
    pub is_raw: bool,
    pub bytes: &'a [u8],
}

impl<'a> Field<'a> {
    /// The value as text; bytes that are none (the input's fault) are replaced, so take places from `bytes`.
    pub fn text(&self) -> Cow<'a, str> {
        String::from_utf8_lossy(self.bytes)
    }
}

/// One record; a view that dies with the call.
pub struct Record<'a>(&'a winnow_record);

impl<'a> Record<'a> {
    /// Names the record in this run: what a ranker keeps. Never an identity, never an order.
    pub fn id(&self) -> u64 {
        self.0.id
    }
    pub fn fields(&self) -> impl Iterator<Item = Field<'a>> {
        let all = unsafe { items(self.0.fields, self.0.field_count) };
        all.iter().enumerate().map(|(index, f)| Field {
            index: index as u32,
            tag: f.tag,
            is_raw: f.flags & WINNOW_FIELD_RAW != 0,
            bytes: unsafe { bytes(f.value) },
        })
    }
    pub fn first(&self, tag: Tag) -> Option<Field<'a>> {
        self.fields().find(|f| f.tag == tag)
    }
}

// ---- stages ---------------------------------------------------------------------------------------------------------

/// What every stage can do: be made of its settings.
pub trait Stage: Sized {
    fn new(host: Host, settings: &Settings) -> Result<Self, Refusal>;
}

/// Bytes in, records out.
pub trait Importer: Stage {
    /// 0: not mine, to 100: certain. `head`: the first bytes, at most 64 KiB.
    fn probe(&self, head: &[u8]) -> u32;
    /// Reads the whole source and emits its records in order.
    fn read(&mut self, source: &mut Source) -> Result<(), Stop>;
}

/// Records in, one verdict each out.
pub trait Filter: Stage {
    fn judge(&mut self, record: &Record) -> Verdict;
}

/// Records in, derived fields out; none that a record has already, and only tags that the stage `gives`.
pub trait Annotator: Stage {
    fn annotate(&mut self, record: &Record) -> Vec<Annotation>;
}

/// Finds records of the same work. The host groups, joins and undoes.
pub trait Matcher: Stage {
    /// Records with an equal key meet in a block; a record without one meets nobody.
    fn keys(&mut self, record: &Record) -> Vec<Key>;
    /// The pairs within one block; symmetric, and independent of the rest of the block.
    fn matches(&mut self, block: &[Record]) -> Vec<Pair>;
}

/// Chooses the first of an order.
pub trait Sampler: Stage {
    /// The record's place: a pure function of the record.
    fn key(&mut self, record: &Record) -> Key;
    /// How many of the `count` records of a space are in the sample.
    fn take(&mut self, space: u32, count: u64) -> u64;
}

/// Learns from what was read, and orders what is left.
pub trait Ranker: Stage {
    /// Takes a record over, each once, before the first rank(). What is needed of it is copied.
    fn take(&mut self, record: &Record);
    /// All that is known now; takes the place of what an earlier call said.
    fn learn(&mut self, labels: &[Label]);
    /// One score for every record without a label.
    fn rank(&mut self) -> Vec<Score>;
}

/// Records in, bytes out.
pub trait Exporter: Stage {
    fn write(&mut self, sink: &mut Sink) -> Result<(), Stop>;
}

/// The host wants no more, or cannot give more: `?` hands it back.
pub struct Stop(winnow_status);

fn checked(status: winnow_status) -> Result<(), Stop> {
    if status == WINNOW_OK { Ok(()) } else { Err(Stop(status)) }
}

/// An answer about a record; reasons by their index in the stage's list.
pub struct Verdict {
    action: u32,
    reason: u32,
    evidence: Vec<winnow_evidence>,
}

impl Verdict {
    pub fn keep() -> Self {
        Verdict { action: WINNOW_KEEP, reason: WINNOW_NONE, evidence: Vec::new() }
    }
    pub fn exclude(reason: u32) -> Self {
        Verdict { action: WINNOW_DROP, reason, evidence: Vec::new() }
    }
    pub fn undecided(reason: u32) -> Self {
        Verdict { action: WINNOW_UNSURE, reason, evidence: Vec::new() }
    }
    /// The bytes `begin..begin + size` of a field's value decided; the deciding ones first.
    pub fn because(mut self, field: &Field, begin: usize, size: usize, label: &'static str) -> Self {
        let (begin, size) = (begin as u32, size as u32);
        self.evidence.push(winnow_evidence { field: field.index, begin, size, reserved: 0, label: text(label) });
        self
    }
}

/// A derived field for a record.
pub struct Annotation {
    tag: Tag,
    value: String,
    rule: Tag,
    origin: (u32, u32, u32),
}

impl Annotation {
    pub fn new(tag: Tag, value: impl Into<String>) -> Self {
        Annotation { tag, value: value.into(), rule: 0, origin: (WINNOW_NONE, 0, 0) }
    }
    /// The bytes `begin..begin + size` of the field that it was read from.
    pub fn from(mut self, field: &Field, begin: usize, size: usize) -> Self {
        self.origin = (field.index, begin as u32, size as u32);
        self
    }
    /// The rule that made it, by its tag.
    pub fn by(mut self, rule: Tag) -> Self {
        self.rule = rule;
        self
    }
}

/// A key of a record: equal values of one space meet, or stand in order.
pub struct Key {
    pub space: u32,
    pub value: Vec<u8>,
}

/// Two records of the same work, by their ids; `rule` is an index into the stage's reasons.
pub struct Pair {
    pub left: u64,
    pub right: u64,
    pub rule: u32,
    /// For the hand-check list, never removed.
    pub is_maybe: bool,
    pub score: f64,
}

/// What a reader has said of a record.
pub struct Label {
    pub record: u64,
    pub is_relevant: bool,
}

/// A record's place in the order; `by_chance`: nothing was learned.
pub struct Score {
    pub record: u64,
    pub score: f64,
    pub by_chance: bool,
}

/// What an importer reads from and emits to.
pub struct Source<'a>(&'a winnow_source, Host);

impl<'a> Source<'a> {
    /// The whole input: simple, and good for files of some hundred megabytes.
    pub fn read_all(&mut self) -> Result<Vec<u8>, Stop> {
        let mut all = Vec::new();
        loop {
            let mut chunk = NOTHING;
            match unsafe { (self.0.next.unwrap())(self.0, &mut chunk) } {
                WINNOW_OK => all.extend_from_slice(unsafe { bytes(chunk) }),
                WINNOW_END => return Ok(all),
                other => return Err(Stop(other)),
            }
        }
    }
    /// Hands one record over; the host copies it.
    pub fn emit(&mut self, record: &NewRecord) -> Result<(), Stop> {
        if self.1.cancelled() {
            return Err(Stop(WINNOW_CANCELLED));
        }
        let fields: Vec<winnow_field> = record.fields.iter().map(|(field, value)| winnow_field { value: view(value), ..*field }).collect();
        let one = winnow_record { id: 0, fields: fields.as_ptr(), field_count: fields.len(), at: record.at };
        let batch = winnow_batch { struct_size: size_of::<winnow_batch>() as u32, reserved: 0, records: &one, count: 1 };
        checked(unsafe { (self.0.emit.unwrap())(self.0, &batch) })
    }
    /// Says what bytes outside of records are (WINNOW_HEADING ...). Only what is recognised: the host reports the rest.
    pub fn declare(&mut self, at: winnow_span, kind: u32) -> Result<(), Stop> {
        checked(unsafe { (self.0.declare.unwrap())(self.0, &winnow_declaration { at, kind, reserved: 0 }, 1) })
    }
}

/// A record that an importer makes.
pub struct NewRecord<'a> {
    pub at: winnow_span,
    fields: Vec<(winnow_field, &'a [u8])>,
}

impl<'a> NewRecord<'a> {
    pub fn new(at: winnow_span) -> Self {
        NewRecord { at, fields: Vec::new() }
    }
    /// A value exactly as exported; gives its index, the origin of what is derived from it.
    pub fn raw(&mut self, tag: Tag, value: &'a [u8], line: u32) -> u32 {
        self.add(tag, WINNOW_NONE, WINNOW_FIELD_RAW, value, line)
    }
    /// A value that was made of the raw one at `origin`.
    pub fn derive(&mut self, tag: Tag, value: &'a [u8], origin: u32) {
        self.add(tag, origin, WINNOW_FIELD_DERIVED, value, 0);
    }
    fn add(&mut self, tag: Tag, origin: u32, flags: u16, value: &'a [u8], line: u32) -> u32 {
        let field = winnow_field { tag, origin, group: 0, flags, rule: 0, value: NOTHING, line, reserved: 0 };
        self.fields.push((field, value));
        self.fields.len() as u32 - 1
    }
}

/// What an exporter reads from and writes to.
pub struct Sink<'a>(&'a winnow_sink);

impl<'a> Sink<'a> {
    /// Calls `each` with every record and the sink to write to, in order.
    pub fn for_each(&mut self, mut each: impl FnMut(&Record, &mut Sink) -> Result<(), Stop>) -> Result<(), Stop> {
        loop {
            let mut batch: *const winnow_batch = ptr::null();
            match unsafe { (self.0.next.unwrap())(self.0, &mut batch) } {
                WINNOW_END => return Ok(()),
                status => checked(status)?,
            }
            for record in unsafe { items((*batch).records, (*batch).count) } {
                each(&Record(record), self)?;
            }
        }
    }
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        checked(unsafe { (self.0.write.unwrap())(self.0, view(bytes)) })
    }
}

// ---- what is declared -----------------------------------------------------------------------------------------------

pub const fn option(kind: u32, name: &'static str, fallback: &'static str, help: &'static str) -> winnow_option {
    winnow_option {
        struct_size: size_of::<winnow_option>() as u32,
        r#type: kind,
        flags: 0,
        reserved: 0,
        name: text(name),
        fallback: text(fallback),
        help: text(help),
        choices: NOTHING,
        minimum: NOTHING,
        maximum: NOTHING,
        replaced_by: NOTHING,
    }
}

pub const fn reason(action: u32, code: &'static str, label: &'static str) -> winnow_reason {
    winnow_reason { code: text(code), label: text(label), action, reserved: 0 }
}

/// Name, version and what it is for; `flags`: WINNOW_DETERMINISTIC ...
pub struct Names {
    pub id: &'static str,
    pub version: &'static str,
    pub help: &'static str,
    pub flags: u32,
}

const fn stage<T: Stage>(kind: u32, names: Names, methods: *const c_void) -> winnow_stage {
    winnow_stage {
        struct_size: size_of::<winnow_stage>() as u32,
        kind,
        flags: names.flags,
        reserved: 0,
        id: text(names.id),
        version: text(names.version),
        help: text(names.help),
        options: ptr::null(),
        option_count: 0,
        reasons: ptr::null(),
        reason_count: 0,
        methods,
        create: Some(create::<T>),
        destroy: Some(destroy::<T>),
        extension: Some(no_extension),
        reads: ptr::null(),
        read_count: 0,
        gives: ptr::null(),
        give_count: 0,
    }
}

struct Table<T>(T);
impl<T: Importer> Table<T> {
    const IMPORTER: winnow_importer =
        winnow_importer { struct_size: size_of::<winnow_importer>() as u32, reserved: 0, probe: Some(probe::<T>), read: Some(read::<T>) };
}
impl<T: Filter> Table<T> {
    const FILTER: winnow_filter = winnow_filter { struct_size: size_of::<winnow_filter>() as u32, reserved: 0, process: Some(process::<T>) };
}
impl<T: Annotator> Table<T> {
    const ANNOTATOR: winnow_annotator =
        winnow_annotator { struct_size: size_of::<winnow_annotator>() as u32, reserved: 0, annotate: Some(annotate::<T>) };
}
impl<T: Matcher> Table<T> {
    const MATCHER: winnow_matcher = winnow_matcher {
        struct_size: size_of::<winnow_matcher>() as u32,
        reserved: 0,
        keys: Some(matcher_keys::<T>),
        r#match: Some(matches::<T>),
        settle: None,
    };
}
impl<T: Sampler> Table<T> {
    const SAMPLER: winnow_sampler = winnow_sampler {
        struct_size: size_of::<winnow_sampler>() as u32,
        reserved: 0,
        keys: Some(sampler_keys::<T>),
        take: Some(take_first::<T>),
    };
}
impl<T: Ranker> Table<T> {
    const RANKER: winnow_ranker = winnow_ranker {
        struct_size: size_of::<winnow_ranker>() as u32,
        reserved: 0,
        take: Some(take_over::<T>),
        learn: Some(learn::<T>),
        rank: Some(rank::<T>),
    };
}
impl<T: Exporter> Table<T> {
    const EXPORTER: winnow_exporter = winnow_exporter { struct_size: size_of::<winnow_exporter>() as u32, reserved: 0, write: Some(write::<T>) };
}

pub const fn importer<T: Importer>(names: Names) -> winnow_stage {
    stage::<T>(WINNOW_IMPORTER, names, &Table::<T>::IMPORTER as *const winnow_importer as *const c_void)
}
pub const fn filter<T: Filter>(names: Names) -> winnow_stage {
    stage::<T>(WINNOW_FILTER, names, &Table::<T>::FILTER as *const winnow_filter as *const c_void)
}
pub const fn annotator<T: Annotator>(names: Names) -> winnow_stage {
    stage::<T>(WINNOW_ANNOTATOR, names, &Table::<T>::ANNOTATOR as *const winnow_annotator as *const c_void)
}
pub const fn matcher<T: Matcher>(names: Names) -> winnow_stage {
    stage::<T>(WINNOW_MATCHER, names, &Table::<T>::MATCHER as *const winnow_matcher as *const c_void)
}
pub const fn sampler<T: Sampler>(names: Names) -> winnow_stage {
    stage::<T>(WINNOW_SAMPLER, names, &Table::<T>::SAMPLER as *const winnow_sampler as *const c_void)
}
pub const fn ranker<T: Ranker>(names: Names) -> winnow_stage {
    stage::<T>(WINNOW_RANKER, names, &Table::<T>::RANKER as *const winnow_ranker as *const c_void)
}
pub const fn exporter<T: Exporter>(names: Names) -> winnow_stage {
    stage::<T>(WINNOW_EXPORTER, names, &Table::<T>::EXPORTER as *const winnow_exporter as *const c_void)
}

impl winnow_stage {
    pub const fn options(mut self, all: &'static [&'static winnow_option]) -> Self {
        self.options = all.as_ptr() as *const *const winnow_option;
        self.option_count = all.len();
        self
    }
    pub const fn reasons(mut self, all: &'static [winnow_reason]) -> Self {
        self.reasons = all.as_ptr();
        self.reason_count = all.len();
        self
    }
    /// The tags whose fields the stage looks at: it is handed those and no others.
    pub const fn reads(mut self, all: &'static [winnow_str]) -> Self {
        self.reads = all.as_ptr();
        self.read_count = all.len();
        self
    }
    /// Annotators: the tags of the fields that are added. They are handed over, too.
    pub const fn gives(mut self, all: &'static [winnow_str]) -> Self {
        self.gives = all.as_ptr();
        self.give_count = all.len();
        self
    }
}

/// Exports the plugin: `export! { vendor: "...", ..., stages: [STAGE] }`.
macro_rules! export {
    (vendor: $vendor:expr, name: $name:expr, version: $version:expr, license: $license:expr, description: $description:expr,
     homepage: $homepage:expr, support: $support:expr, stages: [$($stage:ident),+ $(,)?] $(,)?) => {
        unsafe extern "C" fn stage_at(index: usize) -> *const crate::winnow_sys::winnow_stage {
            let all = [$(&$stage as *const crate::winnow_sys::winnow_stage),+];
            all.get(index).copied().unwrap_or(std::ptr::null())
        }
        #[no_mangle]
        #[allow(non_upper_case_globals)]
        pub static winnow_plugin_v1: crate::winnow_sys::winnow_plugin = crate::winnow_sys::winnow_plugin {
            struct_size: std::mem::size_of::<crate::winnow_sys::winnow_plugin>() as u32,
            abi_major: crate::winnow_sys::WINNOW_ABI_MAJOR,
            abi_minor: crate::winnow_sys::WINNOW_ABI_MINOR,
            reserved: 0,
            vendor: crate::winnow::text($vendor),
            name: crate::winnow::text($name),
            version: crate::winnow::text($version),
            license: crate::winnow::text($license),
            stage: Some(stage_at),
            extension: None,
            description: crate::winnow::text($description),
            homepage: crate::winnow::text($homepage),
            support: crate::winnow::text($support),
            keywords: crate::winnow::text(""),
        };
    };
}
pub(crate) use export;

// ---- what the host calls --------------------------------------------------------------------------------------------

struct Instance<T> {
    host: Host,
    stage: T,
}

/// A panic ends the call, not the host.
fn guarded(host: Host, work: impl FnOnce() -> winnow_status) -> winnow_status {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let what = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        host.diagnose(WINNOW_ERROR, "plugin.exception", what.unwrap_or("a panic"), "", NO_PLACE, 0, "");
        WINNOW_FAILED
    })
}

unsafe extern "C" fn create<T: Stage>(host: *const winnow_host, settings: *const winnow_setting, count: usize) -> *mut c_void {
    let host = Host(host);
    let mut made = ptr::null_mut();
    guarded(host, || match T::new(host, &Settings(unsafe { items(settings, count) })) {
        Ok(stage) => {
            made = Box::into_raw(Box::new(Instance { host, stage })) as *mut c_void;
            WINNOW_OK
        }
        Err(refusal) => {
            host.diagnose(WINNOW_ERROR, "plugin.settings", &refusal.message, "", NO_PLACE, 0, refusal.option);
            WINNOW_FAILED
        }
    });
    made
}

unsafe extern "C" fn destroy<T>(instance: *mut c_void) {
    let host = (*(instance as *const Instance<T>)).host;
    guarded(host, || {
        drop(unsafe { Box::from_raw(instance as *mut Instance<T>) });
        WINNOW_OK
    });
}

unsafe extern "C" fn no_extension(_: *mut c_void, _: *const c_char) -> *const c_void {
    ptr::null()
}

fn status_of(result: Result<(), Stop>) -> winnow_status {
    match result {
        Ok(()) => WINNOW_OK,
        Err(Stop(status)) => status,
    }
}

unsafe extern "C" fn probe<T: Importer>(instance: *mut c_void, head: winnow_str, _: winnow_str, out: *mut winnow_probe) -> winnow_status {
    let instance = &*(instance as *const Instance<T>);
    guarded(instance.host, || {
        unsafe { (*out).confidence = instance.stage.probe(bytes(head)) };
        WINNOW_OK
    })
}

unsafe extern "C" fn read<T: Importer>(instance: *mut c_void, source: *const winnow_source) -> winnow_status {
    let instance = &mut *(instance as *mut Instance<T>);
    let host = instance.host;
    guarded(host, || status_of(instance.stage.read(&mut Source(unsafe { &*source }, host))))
}

/// Calls `each` with the stage and every record; a cancelled run ends between two.
unsafe fn for_each<T>(instance: *mut c_void, batch: *const winnow_batch, mut each: impl FnMut(&mut T, &Record)) -> winnow_status {
    let instance = &mut *(instance as *mut Instance<T>);
    let host = instance.host;
    guarded(host, || {
        for record in unsafe { items((*batch).records, (*batch).count) } {
            if host.cancelled() {
                return WINNOW_CANCELLED;
            }
            each(&mut instance.stage, &Record(record));
        }
        WINNOW_OK
    })
}

unsafe extern "C" fn process<T: Filter>(instance: *mut c_void, batch: *const winnow_batch, out: *const winnow_out) -> winnow_status {
    for_each(instance, batch, |stage: &mut T, record| {
        let answer = stage.judge(record);
        let verdict = winnow_verdict {
            record: record.id(),
            action: answer.action,
            reason: answer.reason,
            evidence: answer.evidence.as_ptr(),
            evidence_count: answer.evidence.len(),
            score: f64::NAN,
            note: NOTHING,
        };
        unsafe { ((*out).verdicts.unwrap())(out, &verdict, 1) };
    })
}

unsafe extern "C" fn annotate<T: Annotator>(instance: *mut c_void, batch: *const winnow_batch, out: *const winnow_out) -> winnow_status {
    for_each(instance, batch, |stage: &mut T, record| {
        for given in stage.annotate(record) {
            let (origin, begin, size) = given.origin;
            let value = text(&given.value);
            let (tag, rule) = (given.tag, given.rule);
            let annotation = winnow_annotation { record: record.id(), tag, origin, begin, size, rule, reserved: 0, value };
            unsafe { ((*out).annotations.unwrap())(out, &annotation, 1) };
        }
    })
}

unsafe fn send_key(record: &Record, key: &Key, out: *const winnow_out) {
    let key = winnow_key { record: record.id(), space: key.space, reserved: 0, value: view(&key.value) };
    ((*out).keys.unwrap())(out, &key, 1);
}

unsafe extern "C" fn matcher_keys<T: Matcher>(instance: *mut c_void, batch: *const winnow_batch, out: *const winnow_out) -> winnow_status {
    for_each(instance, batch, |stage: &mut T, record| {
        for key in stage.keys(record) {
            unsafe { send_key(record, &key, out) };
        }
    })
}

unsafe extern "C" fn sampler_keys<T: Sampler>(instance: *mut c_void, batch: *const winnow_batch, out: *const winnow_out) -> winnow_status {
    for_each(instance, batch, |stage: &mut T, record| unsafe { send_key(record, &stage.key(record), out) })
}

unsafe extern "C" fn matches<T: Matcher>(instance: *mut c_void, batch: *const winnow_batch, out: *const winnow_out) -> winnow_status {
    let instance = &mut *(instance as *mut Instance<T>);
    guarded(instance.host, || {
        let block: Vec<Record> = unsafe { items((*batch).records, (*batch).count) }.iter().map(Record).collect();
        for p in instance.stage.matches(&block) {
            let maybe = u32::from(p.is_maybe);
            let pair = winnow_pair { left: p.left, right: p.right, rule: p.rule, maybe, score: p.score, note: NOTHING };
            unsafe { ((*out).pairs.unwrap())(out, &pair, 1) };
        }
        WINNOW_OK
    })
}

unsafe extern "C" fn take_first<T: Sampler>(instance: *mut c_void, space: u32, count: u64, taken: *mut u64) -> winnow_status {
    let instance = &mut *(instance as *mut Instance<T>);
    guarded(instance.host, || {
        unsafe { *taken = instance.stage.take(space, count) };
        WINNOW_OK
    })
}

unsafe extern "C" fn take_over<T: Ranker>(instance: *mut c_void, batch: *const winnow_batch) -> winnow_status {
    for_each(instance, batch, |stage: &mut T, record| stage.take(record))
}

unsafe extern "C" fn learn<T: Ranker>(instance: *mut c_void, labels: *const winnow_label, count: usize) -> winnow_status {
    let instance = &mut *(instance as *mut Instance<T>);
    guarded(instance.host, || {
        let labels = unsafe { items(labels, count) }.iter().map(|l| Label { record: l.record, is_relevant: l.relevant != 0 });
        instance.stage.learn(&labels.collect::<Vec<_>>());
        WINNOW_OK
    })
}

unsafe extern "C" fn rank<T: Ranker>(instance: *mut c_void, out: *const winnow_out) -> winnow_status {
    let instance = &mut *(instance as *mut Instance<T>);
    guarded(instance.host, || {
        for s in instance.stage.rank() {
            let score = winnow_score { record: s.record, score: s.score, by_chance: u32::from(s.by_chance), reserved: 0 };
            unsafe { ((*out).scores.unwrap())(out, &score, 1) };
        }
        WINNOW_OK
    })
}

unsafe extern "C" fn write<T: Exporter>(instance: *mut c_void, sink: *const winnow_sink) -> winnow_status {
    let instance = &mut *(instance as *mut Instance<T>);
    guarded(instance.host, || status_of(instance.stage.write(&mut Sink(unsafe { &*sink }))))
}
