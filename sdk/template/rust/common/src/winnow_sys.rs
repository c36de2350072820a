//! The binary interface of Winnow plugins, version 1: made from winnow/abi.h by sdk/rust/bindings.py. Not written by hand.
//! What each function takes and gives, who owns what, and which thread calls: winnow/abi.h.
#![allow(non_camel_case_types, dead_code)]

use std::mem::{align_of, size_of};
use std::os::raw::{c_char, c_void};

pub type winnow_status = i32;

pub const WINNOW_ABI_MAJOR: u32 = 1;
pub const WINNOW_ABI_MINOR: u32 = 0;
pub const WINNOW_NONE: u32 = u32::MAX;
pub const WINNOW_FIELD_RAW: u16 = 1;
pub const WINNOW_FIELD_DERIVED: u16 = 2;
pub const WINNOW_FIELD_REPAIRED: u16 = 4;
pub const WINNOW_FIELD_VOLATILE: u16 = 8;
pub const WINNOW_FIELD_KNOWN: u16 = 16;
pub const WINNOW_KEEP: u32 = 1;
pub const WINNOW_DROP: u32 = 2;
pub const WINNOW_UNSURE: u32 = 3;
pub const WINNOW_CATEGORY: u32 = 4;
pub const WINNOW_WAIT: u32 = 5;
pub const WINNOW_MOST_EVIDENCE: usize = 64;
pub const WINNOW_OK: winnow_status = 0;
pub const WINNOW_FAILED: winnow_status = 1;
pub const WINNOW_CANCELLED: winnow_status = 2;
pub const WINNOW_END: winnow_status = 3;
pub const WINNOW_INFO: u32 = 1;
pub const WINNOW_WARNING: u32 = 2;
pub const WINNOW_ERROR: u32 = 3;
pub const WINNOW_HOST_PROJECTS: u64 = 1 << 16;
pub const WINNOW_HOST_RESOURCES: u64 = 1 << 17;
pub const WINNOW_HOST_BYTES: u64 = 1 << 18;
pub const WINNOW_HEADING: u32 = 1;
pub const WINNOW_STRUCTURE: u32 = 2;
pub const WINNOW_COMMENT: u32 = 3;
pub const WINNOW_SEPARATOR: u32 = 4;
pub const WINNOW_UNREADABLE: u32 = 5;
pub const WINNOW_STRING: u32 = 1;
pub const WINNOW_INTEGER: u32 = 2;
pub const WINNOW_NUMBER: u32 = 3;
pub const WINNOW_BOOLEAN: u32 = 4;
pub const WINNOW_CHOICE: u32 = 5;
pub const WINNOW_LIST: u32 = 6;
pub const WINNOW_MAP: u32 = 7;
pub const WINNOW_DATE: u32 = 8;
pub const WINNOW_FILE: u32 = 9;
pub const WINNOW_OPTION_REQUIRED: u32 = 1;
pub const WINNOW_OPTION_SECRET: u32 = 2;
pub const WINNOW_OPTION_DEPRECATED: u32 = 4;
pub const WINNOW_IMPORTER: u32 = 1;
pub const WINNOW_FILTER: u32 = 2;
pub const WINNOW_MATCHER: u32 = 3;
pub const WINNOW_SAMPLER: u32 = 4;
pub const WINNOW_EXPORTER: u32 = 5;
pub const WINNOW_ANNOTATOR: u32 = 6;
pub const WINNOW_RANKER: u32 = 7;
pub const WINNOW_STATELESS: u32 = 1;
pub const WINNOW_PARALLEL_INSTANCES: u32 = 2;
pub const WINNOW_DETERMINISTIC: u32 = 4;
pub const WINNOW_WANTS_RAW: u32 = 8;
pub const WINNOW_FILLED_IN: u32 = 16;
pub const WINNOW_WANTS_BYTES: u32 = 32;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_str {
    pub data: *const c_char,
    pub size: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_span {
    pub byte: u64,
    pub line: u32,
    pub column: u32,
    pub length: u32,
    pub reserved: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_field {
    pub tag: u32,
    pub origin: u32,
    pub group: u16,
    pub flags: u16,
    pub rule: u32,
    pub value: winnow_str,
    pub line: u32,
    pub reserved: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_record {
    pub id: u64,
    pub fields: *const winnow_field,
    pub field_count: usize,
    pub at: winnow_span,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_batch {
    pub struct_size: u32,
    pub reserved: u32,
    pub records: *const winnow_record,
    pub count: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_reason {
    pub code: winnow_str,
    pub label: winnow_str,
    pub action: u32,
    pub reserved: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_evidence {
    pub field: u32,
    pub begin: u32,
    pub size: u32,
    pub reserved: u32,
    pub label: winnow_str,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_verdict {
    pub record: u64,
    pub action: u32,
    pub reason: u32,
    pub evidence: *const winnow_evidence,
    pub evidence_count: usize,
    pub score: f64,
    pub note: winnow_str,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_annotation {
    pub record: u64,
    pub tag: u32,
    pub origin: u32,
    pub begin: u32,
    pub size: u32,
    pub rule: u32,
    pub reserved: u32,
    pub value: winnow_str,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_key {
    pub record: u64,
    pub space: u32,
    pub reserved: u32,
    pub value: winnow_str,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_pair {
    pub left: u64,
    pub right: u64,
    pub rule: u32,
    pub maybe: u32,
    pub score: f64,
    pub note: winnow_str,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_label {
    pub record: u64,
    pub relevant: u32,
    pub reserved: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_score {
    pub record: u64,
    pub score: f64,
    pub by_chance: u32,
    pub reserved: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_diagnostic {
    pub struct_size: u32,
    pub severity: u32,
    pub code: winnow_str,
    pub message: winnow_str,
    pub action: winnow_str,
    pub at: winnow_span,
    pub record: u64,
    pub option: winnow_str,
    pub stage: winnow_str,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_host {
    pub struct_size: u32,
    pub abi_major: u32,
    pub abi_minor: u32,
    pub reserved: u32,
    pub r#impl: *mut c_void,
    pub extension: Option<unsafe extern "C" fn(*const winnow_host, *const c_char) -> *const c_void>,
    pub tag: Option<unsafe extern "C" fn(*const winnow_host, winnow_str) -> u32>,
    pub diagnose: Option<unsafe extern "C" fn(*const winnow_host, *const winnow_diagnostic)>,
    pub cancelled: Option<unsafe extern "C" fn(*const winnow_host) -> i32>,
    pub tag_name: Option<unsafe extern "C" fn(*const winnow_host, u32) -> winnow_str>,
    pub features: u64,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_declaration {
    pub at: winnow_span,
    pub kind: u32,
    pub reserved: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_source {
    pub struct_size: u32,
    pub reserved: u32,
    pub r#impl: *mut c_void,
    pub name: winnow_str,
    pub size: u64,
    pub next: Option<unsafe extern "C" fn(*const winnow_source, *mut winnow_str) -> winnow_status>,
    pub emit: Option<unsafe extern "C" fn(*const winnow_source, *const winnow_batch) -> winnow_status>,
    pub declare: Option<unsafe extern "C" fn(*const winnow_source, *const winnow_declaration, usize) -> winnow_status>,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_sink {
    pub struct_size: u32,
    pub reserved: u32,
    pub r#impl: *mut c_void,
    pub next: Option<unsafe extern "C" fn(*const winnow_sink, *mut *const winnow_batch) -> winnow_status>,
    pub write: Option<unsafe extern "C" fn(*const winnow_sink, winnow_str) -> winnow_status>,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_out {
    pub struct_size: u32,
    pub reserved: u32,
    pub r#impl: *mut c_void,
    pub verdicts: Option<unsafe extern "C" fn(*const winnow_out, *const winnow_verdict, usize)>,
    pub keys: Option<unsafe extern "C" fn(*const winnow_out, *const winnow_key, usize)>,
    pub pairs: Option<unsafe extern "C" fn(*const winnow_out, *const winnow_pair, usize)>,
    pub annotations: Option<unsafe extern "C" fn(*const winnow_out, *const winnow_annotation, usize)>,
    pub scores: Option<unsafe extern "C" fn(*const winnow_out, *const winnow_score, usize)>,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_probe {
    pub struct_size: u32,
    pub confidence: u32,
    pub dialect: winnow_str,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_importer {
    pub struct_size: u32,
    pub reserved: u32,
    pub probe: Option<unsafe extern "C" fn(*mut c_void, winnow_str, winnow_str, *mut winnow_probe) -> winnow_status>,
    pub read: Option<unsafe extern "C" fn(*mut c_void, *const winnow_source) -> winnow_status>,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_filter {
    pub struct_size: u32,
    pub reserved: u32,
    pub process: Option<unsafe extern "C" fn(*mut c_void, *const winnow_batch, *const winnow_out) -> winnow_status>,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_matcher {
    pub struct_size: u32,
    pub reserved: u32,
    pub keys: Option<unsafe extern "C" fn(*mut c_void, *const winnow_batch, *const winnow_out) -> winnow_status>,
    pub r#match: Option<unsafe extern "C" fn(*mut c_void, *const winnow_batch, *const winnow_out) -> winnow_status>,
    pub settle: Option<unsafe extern "C" fn(*mut c_void, *const winnow_batch, *const winnow_pair, usize, *const winnow_out) -> winnow_status>,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_sampler {
    pub struct_size: u32,
    pub reserved: u32,
    pub keys: Option<unsafe extern "C" fn(*mut c_void, *const winnow_batch, *const winnow_out) -> winnow_status>,
    pub take: Option<unsafe extern "C" fn(*mut c_void, u32, u64, *mut u64) -> winnow_status>,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_exporter {
    pub struct_size: u32,
    pub reserved: u32,
    pub write: Option<unsafe extern "C" fn(*mut c_void, *const winnow_sink) -> winnow_status>,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_annotator {
    pub struct_size: u32,
    pub reserved: u32,
    pub annotate: Option<unsafe extern "C" fn(*mut c_void, *const winnow_batch, *const winnow_out) -> winnow_status>,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_ranker {
    pub struct_size: u32,
    pub reserved: u32,
    pub take: Option<unsafe extern "C" fn(*mut c_void, *const winnow_batch) -> winnow_status>,
    pub learn: Option<unsafe extern "C" fn(*mut c_void, *const winnow_label, usize) -> winnow_status>,
    pub rank: Option<unsafe extern "C" fn(*mut c_void, *const winnow_out) -> winnow_status>,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_option {
    pub struct_size: u32,
    pub r#type: u32,
    pub flags: u32,
    pub reserved: u32,
    pub name: winnow_str,
    pub fallback: winnow_str,
    pub help: winnow_str,
    pub choices: winnow_str,
    pub minimum: winnow_str,
    pub maximum: winnow_str,
    pub replaced_by: winnow_str,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_setting {
    pub name: winnow_str,
    pub value: winnow_str,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_stage {
    pub struct_size: u32,
    pub kind: u32,
    pub flags: u32,
    pub reserved: u32,
    pub id: winnow_str,
    pub version: winnow_str,
    pub help: winnow_str,
    pub options: *const *const winnow_option,
    pub option_count: usize,
    pub reasons: *const winnow_reason,
    pub reason_count: usize,
    pub methods: *const c_void,
    pub create: Option<unsafe extern "C" fn(*const winnow_host, *const winnow_setting, usize) -> *mut c_void>,
    pub destroy: Option<unsafe extern "C" fn(*mut c_void)>,
    pub extension: Option<unsafe extern "C" fn(*mut c_void, *const c_char) -> *const c_void>,
    pub reads: *const winnow_str,
    pub read_count: usize,
    pub gives: *const winnow_str,
    pub give_count: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct winnow_plugin {
    pub struct_size: u32,
    pub abi_major: u32,
    pub abi_minor: u32,
    pub reserved: u32,
    pub vendor: winnow_str,
    pub name: winnow_str,
    pub version: winnow_str,
    pub license: winnow_str,
    pub stage: Option<unsafe extern "C" fn(usize) -> *const winnow_stage>,
    pub extension: Option<unsafe extern "C" fn(*const c_char) -> *const c_void>,
    pub description: winnow_str,
    pub homepage: winnow_str,
    pub support: winnow_str,
    pub keywords: winnow_str,
}

// Constants of a plugin are made of these; nobody writes to them.
unsafe impl Sync for winnow_str {}
unsafe impl Sync for winnow_reason {}
unsafe impl Sync for winnow_option {}
unsafe impl Sync for winnow_stage {}
unsafe impl Sync for winnow_plugin {}

/// Where a member begins behind others of (size, alignment) each: the rule of C, and of repr(C).
const fn offset(before: &[(usize, usize)], alignment: usize) -> usize {
    let (mut at, mut i) = (0, 0);
    while i < before.len() {
        let (size, align) = before[i];
        at = (at + align - 1) / align * align + size;
        i += 1;
    }
    (at + alignment - 1) / alignment * alignment
}

type Function = Option<unsafe extern "C" fn()>;
macro_rules! offset {
    ([$($before:ty),*], $member:ty) => { offset(&[$((size_of::<$before>(), align_of::<$before>())),*], align_of::<$member>()) };
}

// The layout, fixed as in abi.h: what does not hold does not compile.
const _: () = {
    assert!(size_of::<winnow_str>() == 16);
    assert!(size_of::<winnow_span>() == 24);
    assert!(size_of::<winnow_field>() == 40);
    assert!(size_of::<winnow_record>() == 48);
    assert!(size_of::<winnow_batch>() == 24);
    assert!(size_of::<winnow_reason>() == 40);
    assert!(size_of::<winnow_evidence>() == 32);
    assert!(size_of::<winnow_verdict>() == 56);
    assert!(size_of::<winnow_annotation>() == 48);
    assert!(size_of::<winnow_key>() == 32);
    assert!(size_of::<winnow_pair>() == 48);
    assert!(size_of::<winnow_label>() == 16);
    assert!(size_of::<winnow_score>() == 24);
    assert!(size_of::<winnow_diagnostic>() == 120);
    assert!(size_of::<winnow_host>() == 72);
    assert!(size_of::<winnow_declaration>() == 32);
    assert!(size_of::<winnow_source>() == 64);
    assert!(size_of::<winnow_sink>() == 32);
    assert!(size_of::<winnow_out>() == 56);
    assert!(size_of::<winnow_probe>() == 24);
    assert!(size_of::<winnow_importer>() == 24);
    assert!(size_of::<winnow_filter>() == 16);
    assert!(size_of::<winnow_matcher>() == 32);
    assert!(size_of::<winnow_sampler>() == 24);
    assert!(size_of::<winnow_exporter>() == 16);
    assert!(size_of::<winnow_annotator>() == 16);
    assert!(size_of::<winnow_ranker>() == 32);
    assert!(size_of::<winnow_option>() == 128);
    assert!(size_of::<winnow_setting>() == 32);
    assert!(size_of::<winnow_stage>() == 160);
    assert!(size_of::<winnow_plugin>() == 160);
    assert!(offset!([u32, u32, u16, u16, u32], winnow_str) == 16); // winnow_field.value
    assert!(offset!([u32, u32, u16, u16, u32, winnow_str], u32) == 32); // winnow_field.line
    assert!(offset!([u64, *const winnow_field, usize], winnow_span) == 24); // winnow_record.at
    assert!(offset!([u32, u32, u32, u32], winnow_str) == 16); // winnow_evidence.label
    assert!(offset!([u64, u32, u32], *const winnow_evidence) == 16); // winnow_verdict.evidence
    assert!(offset!([u64, u32, u32, *const winnow_evidence, usize], f64) == 32); // winnow_verdict.score
    assert!(offset!([u64, u32, u32, u32, u32, u32, u32], winnow_str) == 32); // winnow_annotation.value
    assert!(offset!([u32, u32, winnow_str, winnow_str, winnow_str], winnow_span) == 56); // winnow_diagnostic.at
    assert!(offset!([u32, u32, winnow_str, winnow_str, winnow_str, winnow_span, u64], winnow_str) == 88); // winnow_diagnostic.option
    assert!(offset!([u32, u32, u32, u32, *mut c_void], Function) == 24); // winnow_host.extension
    assert!(offset!([u32, u32, u32, u32, *mut c_void, Function, Function, Function, Function], Function) == 56); // winnow_host.tag_name
    assert!(offset!([winnow_span], u32) == 24); // winnow_declaration.kind
    assert!(offset!([u32, u32, *mut c_void, winnow_str, u64], Function) == 40); // winnow_source.next
    assert!(offset!([u32, u32, *mut c_void, winnow_str, u64, Function, Function], Function) == 56); // winnow_source.declare
    assert!(offset!([u32, u32, *mut c_void, Function, Function, Function], Function) == 40); // winnow_out.annotations
    assert!(offset!([u32, u32, u32, u32], winnow_str) == 16); // winnow_option.name
    assert!(offset!([u32, u32, u32, u32, winnow_str, winnow_str, winnow_str], *const *const winnow_option) == 64); // winnow_stage.options
    assert!(offset!([u32, u32, u32, u32, winnow_str, winnow_str, winnow_str, *const *const winnow_option, usize, *const winnow_reason, usize, *const c_void], Function) == 104); // winnow_stage.create
    assert!(offset!([u32, u32, u32, u32, winnow_str, winnow_str, winnow_str, *const *const winnow_option, usize, *const winnow_reason, usize, *const c_void, Function, Function, Function], *const winnow_str) == 128); // winnow_stage.reads
    assert!(offset!([u32, u32, u32, u32, winnow_str, winnow_str, winnow_str, *const *const winnow_option, usize, *const winnow_reason, usize, *const c_void, Function, Function, Function, *const winnow_str, usize], *const winnow_str) == 144); // winnow_stage.gives
    assert!(offset!([u32, u32, u32, u32, winnow_str, winnow_str, winnow_str, winnow_str], Function) == 80); // winnow_plugin.stage
    assert!(offset!([u32, u32, u32, u32, winnow_str, winnow_str, winnow_str, winnow_str, Function, Function], winnow_str) == 96); // winnow_plugin.description
};
