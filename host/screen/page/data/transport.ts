// What the page asks of its data, whether a server or the page's own file holds them.
import type {Conflict, Decision, Filter, Pair, QueuePage, Resolution, Saved, ScreenRecord, Session} from "./types";

/** An answer that says no: the sentence for people, and what it is about. */
export class Refused extends Error {
  constructor(
      readonly status: number,
      message: string,
      readonly fields: {[item: string]: string} = {},
      readonly record: ScreenRecord|null = null,
  ) {
    super(message);
  }
}

/** A start link works once; the browser is known from an earlier one, as the one of `reader`. */
export class UsedLink extends Error {
  constructor(readonly reader: string) {
    super("used link");
  }
}

export interface SavedFile {
  name: string;
  text: string;
}

/**
 * Every promise of a write resolves only when the decision is kept. A write that gets no answer is repeated until it
 * does; `onTrouble` hears of that. `rev` is the revision of the record that the reader saw.
 */
export interface Transport {
  session(): Promise<Session>;
  queue(step: string, filter: Filter, cursor: string|null): Promise<QueuePage>;
  record(step: string, id: string): Promise<ScreenRecord>;
  decide(step: string, id: string, decision: Decision, rev: number): Promise<Saved>;
  takeBack(step: string, id: string, rev: number): Promise<Saved>;
  pairs(cursor: string|null): Promise<{pairs: Pair[]; next: string | null}>;
  judgePair(id: string, same: boolean): Promise<void>;
  conflicts(step: string): Promise<Conflict[]>;
  resolve(step: string, id: string, resolution: Resolution, rev: number): Promise<void>;
  /** Where the full text can be shown from; null: nowhere. */
  pdfAddress(step: string, id: string): string|null;
  /** Own decisions as files to take along: an address each. */
  exports(step: string): {format: string; address: string}[];
  /** What only lives in this browser so far, as decision files; null: everything is kept elsewhere. */
  unsaved(): {
    decisions: number; files(): Promise<{files: SavedFile[]; count: number}>; saved(count: number): Promise<void>;
    isKept: boolean
  }|null;
  /** Called with true while a write or a reading gets no answer, with false when it does again. */
  onTrouble: (isInTrouble: boolean) => void;
}
