// The page's own file as its data: records inside, decisions in the browser until they are saved as a decision file.
import {decisionFile, type Row} from "./csv";
import {newKey} from "./change";
import {openStore, type Store} from "./store";
import {Refused, type SavedFile, type Transport} from "./transport";
import {emptyDecision, stateOf} from "./types";
import type {Conflict, Decision, Filter, Pair, Progress, QueueItem, QueuePage, Saved, ScreenRecord, Session, Step} from "./types";

/** What stands in the element #pack. */
export interface PackData {
  session: Session;
  records: {[step: string]: ScreenRecord[]};
  pairs?: Pair[];
}

const pageSize = 50;

/** FNV-1a over UTF-16 units: tells packs apart in one browser. */
function hashOf(text: string, start: number): string {
  let hash = start;
  for (let i = 0; i < text.length; ++i) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

function nameOf(data: PackData): string {
  const ids = Object.entries(data.records).map(([step, records]) => [step, ...records.map((record) => record.id)]);
  const all = JSON.stringify(
      [data.session.review.title, data.session.reader.id, ids, (data.pairs ?? []).map((pair) => pair.id)]);
  return `winnow-${hashOf(all, 0x811c9dc5)}${hashOf(all, 0x050c5d1f)}`;
}

interface Kept {
  own: Decision|null;
  rev: number;
}

export class Pack implements Transport {
  onTrouble: (isInTrouble: boolean) => void = () => {};
  private readonly byStep = new Map<string, Map<string, ScreenRecord>>();
  private readonly kept = new Map<string, Kept>();
  private rows: Row[] = [];
  private savedCount = 0;

  private constructor(
      private readonly data: PackData,
      private readonly store: Store<Row>,
  ) {
    for (const [step, records] of Object.entries(data.records))
      this.byStep.set(step, new Map(records.map((record) => [record.id, record])));
  }

  static async open(data: PackData): Promise<Pack> {
    const pack = new Pack(data, await openStore<Row>(nameOf(data)));
    await pack.catchUp();
    pack.savedCount = await pack.store.savedCount();
    addEventListener("beforeunload", (event) => {
      if (pack.rows.length > pack.savedCount) event.preventDefault();
    });
    return pack;
  }

  async session(): Promise<Session> {
    return {
      ...this.data.session,
      steps: this.data.session.steps.map((step) => ({...step, progress: this.progress(step)}))
    };
  }

  async queue(step: string, filter: Filter, cursor: string|null): Promise<QueuePage> {
    // The cursor is a place among all records, so that records which leave the filter meanwhile hide no other.
    const all = [...this.recordsOf(step).values()];
    const records: QueueItem[] = [];
    let matching = 0;
    let next: string|null = null;
    for (const [index, one] of all.entries()) {
      const record = this.current(step, one);
      if (!matches(record, filter)) continue;
      ++matching;
      if (index < Number(cursor ?? 0)) continue;
      if (records.length === pageSize)
        next ??= String(index);
      else
        records.push(queueItem(record));
    }
    return {records, next, matching};
  }

  async record(step: string, id: string): Promise<ScreenRecord> {
    const record = this.recordsOf(step).get(id);
    if (!record) throw new Refused(404, `this file holds no record ${id}`);
    return this.current(step, record);
  }

  async decide(step: string, id: string, decision: Decision, rev: number): Promise<Saved> {
    return this.append({step, record: id, decision, ...this.stamp()}, rev);
  }

  async takeBack(step: string, id: string, rev: number): Promise<Saved> {
    return this.append({step, record: id, decision: null, ...this.stamp()}, rev);
  }

  async pairs(): Promise<{pairs: Pair[]; next: string | null}> {
    const said = new Map(
        this.rows.filter((row) => row.other !== undefined).map((row) => [row.record + " " + row.other, row.same]));
    const pairs = (this.data.pairs ?? []).map((pair) => {
      const same = said.get(pair.left.id + " " + pair.right.id);
      return same === undefined ? pair : {...pair, own: same ? ("same" as const) : ("different" as const)};
    });
    return {pairs, next: null};
  }

  async judgePair(id: string, same: boolean): Promise<void> {
    const pair = (this.data.pairs ?? []).find((one) => one.id === id);
    const step = this.data.session.steps.find((one) => one.kind === "pairs");
    if (!pair || !step) throw new Refused(404, `this file holds no pair ${id}`);
    await this.keep({step: step.id, record: pair.left.id, other: pair.right.id, same, decision: null, ...this.stamp()});
  }

  async conflicts(): Promise<Conflict[]> {
    return [];  // a pack never holds another reader's answers
  }

  async resolve(): Promise<void> {
    throw new Refused(403, "conflicts are resolved on the page of winnow screen");
  }

  pdfAddress(): null {
    return null;
  }

  exports(): [] {
    return [];
  }

  unsaved() {
    return {
      decisions: this.rows.length - this.savedCount,
      files: () => this.files(),
      saved: (count: number) => this.markSaved(count),
      isKept: this.store.isKept,
    };
  }

  /** Takes over what another window of this file added. */
  private async catchUp(): Promise<void> {
    for (const row of await this.store.since(this.rows.length)) this.apply(row);
  }

  private async files(): Promise<{files: SavedFile[]; count: number}> {
    await this.catchUp();
    const reader = this.data.session.reader.id;
    const files = this.data.session.steps.flatMap((step) => {
      const rows = this.rows.filter((row) => row.step === step.id);
      return rows.length === 0 ?
          [] :
          [{name: `${step.id}-${reader}.csv`, text: decisionFile(step, reader, rows, this.recordsOf(step.id))}];
    });
    return {files, count: this.rows.length};
  }

  /**
   * When a change is made and what it is known by. A clock that was set back does not turn the order of rows around.
   */
  private stamp(): {time: string; change: string} {
    const now = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    const last = this.rows[this.rows.length - 1]?.time ?? "";
    return {time: now > last ? now : last, change: newKey()};
  }

  private async markSaved(count: number): Promise<void> {
    this.savedCount = count;
    await this.store.setSavedCount(this.savedCount);
  }

  private async append(row: Row, rev: number): Promise<Saved> {
    await this.catchUp();
    const record = await this.record(row.step, row.record);
    if (record.rev !== rev) throw new Refused(409, "the record was decided in another window", {}, record);
    await this.keep(row);
    const step = this.data.session.steps.find((one) => one.id === row.step)!;
    return {rev: rev + 1, progress: this.progress(step)};
  }

  private async keep(row: Row): Promise<void> {
    await this.store.add(row);
    if (this.store.isKept)
      await this.catchUp();
    else
      this.apply(row);
  }

  private apply(row: Row): void {
    this.rows.push(row);
    if (row.other !== undefined) return;
    const key = row.step + " " + row.record;
    const rev = this.kept.get(key)?.rev ?? this.recordsOf(row.step).get(row.record)?.rev ?? 0;
    this.kept.set(key, {own: row.decision, rev: rev + 1});
  }

  private recordsOf(step: string): Map<string, ScreenRecord> {
    return this.byStep.get(step) ?? new Map<string, ScreenRecord>();
  }

  private current(step: string, record: ScreenRecord): ScreenRecord {
    const kept = this.kept.get(step + " " + record.id);
    return kept ? {...record, own: kept.own && {...emptyDecision(), ...kept.own}, rev: kept.rev} : record;
  }

  private progress(step: Step): Progress {
    if (step.kind === "pairs") return this.pairProgress();
    const progress = {total: 0, open: 0, include: 0, exclude: 0, undecided: 0, notRetrieved: 0};
    for (const record of this.recordsOf(step.id).values()) {
      ++progress.total;
      const state = stateOf(this.current(step.id, record).own);
      ++progress[state === "not retrieved" ? "notRetrieved" : (state as keyof typeof progress)];
    }
    return progress;
  }

  private pairProgress(): Progress {
    const pairs = this.data.pairs ?? [];
    const said = new Set(this.rows.filter((row) => row.other !== undefined).map((row) => row.record + " " + row.other));
    const open = pairs.filter((pair) => pair.own === null && !said.has(pair.left.id + " " + pair.right.id)).length;
    return {total: pairs.length, open, include: pairs.length - open, exclude: 0, undecided: 0};
  }
}

function queueItem({id, title, year, own}: ScreenRecord): QueueItem {
  return {id, title, year, state: stateOf(own), labels: own?.labels ?? []};
}

function matches(record: ScreenRecord, filter: Filter): boolean {
  const state = stateOf(record.own);
  const wanted = filter.state || "all";
  if (wanted !== "all" && wanted !== state && !(wanted === "decided" && state !== "open")) return false;
  if (filter.label && !(record.own?.labels ?? []).includes(filter.label)) return false;
  if (filter.reason && record.own?.reason !== filter.reason) return false;
  if (filter.proposal && !(record.proposals ?? []).some((one) => one.decision === filter.proposal)) return false;
  if (filter.missing === "abstract" && record.abstract.trim() !== "") return false;
  const text = [
    record.title, record.abstract, ...record.authors, ...record.keywords, record.journal, record.year ?? "",
    record.doi ?? "", record.pmid ?? "", record.own?.note ?? ""
  ].join("\n").toLowerCase();
  return filter.q.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
