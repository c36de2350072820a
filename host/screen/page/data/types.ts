// What the page and what serves it say to each other. docs/screening.md describes the calls.

export type Word = "include"|"exclude"|"undecided"|"not retrieved";
export type StepKind = "screen"|"full-text"|"map"|"chart"|"pairs"|"conflicts";

/** A criterion, a category, an answer of a closed question. */
export interface Choice {
  id: string;
  text: string;
}

/** An item of a charting form. */
export interface Item {
  id: string;
  name: string;
  type: string;
  help?: string;
  choices?: Choice[];
  required?: boolean;
  unit?: string;
  if?: {item: string; is: string | string[]}|null;
  /** Items in a row with the same group are one turn of a repeated group: "Arms 2". */
  group?: string|null;
  /** "author" or "year": filled in from the record. */
  from?: string;
  /** Heading of its column in a decision file. */
  heading?: string;
}

export interface Progress {
  total: number;
  open: number;
  include: number;
  exclude: number;
  undecided: number;
  notRetrieved?: number;
}

export interface Step {
  id: string;
  name: string;
  kind: StepKind;
  question?: string;
  /** The criteria: what has to hold, and what must not. */
  include?: Choice[];
  exclude?: Choice[];
  /** What an exclusion may name, in the order of the keys. */
  reasons?: Choice[];
  reasonRequired?: boolean;
  undecidedAllowed?: boolean;
  notRetrieved?: boolean;
  categories?: Choice[];
  manyCategories?: boolean;
  /** A filter proposes what becomes of the records. */
  proposes?: boolean;
  items?: Item[];
  formVersion?: string;
  words?: {include: string[]; exclude: string[]};
  labels?: string[];
  blind?: boolean;
  order?: string;
  progress: Progress;
  /** Why the step cannot be read now. */
  closed?: string|null;
  /** Conflicts: the step whose votes differ. */
  of?: string;
}

export interface Session {
  reader: {id: string; name: string};
  review: {title: string};
  language: string;
  steps: Step[];
  keys: string;
  token?: string;
  program?: string;
}

export type Answer = string|string[];

export interface Decision {
  decision: Word|null;
  reason: string;
  note: string;
  labels: string[];
  categories: string[];
  answers: {[item: string]: Answer};
}

/** What a filter proposes, with the words that it goes by: UTF-16 units of the field. */
export interface Proposal {
  by: string;
  decision: string;
  reason?: string;
  field?: string;
  begin?: number;
  length?: number;
}

export interface ScreenRecord {
  id: string;
  title: string;
  abstract: string;
  authors: string[];
  year: string|number|null;
  journal: string;
  volume?: string;
  issue?: string;
  pages?: string;
  doi?: string;
  pmid?: string;
  url?: string;
  language?: string;
  type?: string;
  keywords: string[];
  pdf?: boolean;
  number?: string;
  firstAuthor?: string;
  /** Family name of the first author, as a charting form begins with it. */
  firstFamily?: string;
  own: Decision|null;
  rev: number;
  proposals?: Proposal[];
  /** Why the record cannot be decided here. */
  why?: string|null;
}

export interface QueueItem {
  id: string;
  title: string;
  year: string|number|null;
  state: string;
  labels: string[];
}

export interface QueuePage {
  records: QueueItem[];
  next: string|null;
  matching: number;
  /** A sentence on how much of what is relevant has been found, where the review estimates it. */
  recall?: string|null;
}

export interface Filter {
  state: string;
  q: string;
  label: string;
  reason: string;
  missing: string;
  proposal: string;
}

export interface Saved {
  rev: number;
  progress: Progress;
}

export interface Pair {
  id: string;
  left: ScreenRecord;
  right: ScreenRecord;
  why: string[];
  own: "same"|"different"|null;
}

export interface Vote {
  reader: string;
  decision: string;
  reason?: string;
  note?: string;
}

export interface Resolution {
  final: string;
  by: string[];
  reason: string;
  note: string;
}

export interface Conflict {
  record: ScreenRecord;
  votes: Vote[];
  resolution: Resolution|null;
  rev: number;
}

export const emptyDecision = (): Decision =>
    ({decision: null, reason: "", note: "", labels: [], categories: [], answers: {}});

/** Whether anything stands in a decision that counts as one. */
export function isDecided(own: Decision|null): boolean {
  return own !== null && (own.decision !== null || own.categories.length > 0 || Object.keys(own.answers).length > 0);
}

/** The state of a record as the queue names it. */
export function stateOf(own: Decision|null): string {
  if (own === null || !isDecided(own)) return "open";
  return own.decision ?? "include";
}
