// The records of a step in the order in which they are read: pages as they are needed, and a few records ahead.
import type {Transport} from "./transport";
import {stateOf, type Filter, type QueueItem, type QueuePage, type ScreenRecord} from "./types";

const pageAhead = 15;  // records before the end of a page at which the next one is asked for

export const openFilter: Filter = {
  state: "open",
  q: "",
  label: "",
  reason: "",
  missing: "",
  proposal: ""
};

export class Queue {
  items: QueueItem[] = [];
  matching = 0;
  recall = "";
  index = -1;
  filter: Filter = {...openFilter};
  /** Labels seen so far, to be offered again. */
  readonly labels = new Set<string>();
  private next: string|null = null;
  private readonly ahead = new Map<string, Promise<ScreenRecord>>();
  private loading: Promise<boolean>|null = null;

  constructor(
      private readonly transport: Transport,
      readonly step: string,
  ) {}

  get current(): QueueItem|null {
    return this.items[this.index] ?? null;
  }

  async load(filter: Filter): Promise<void> {
    const page = await this.transport.queue(this.step, filter, null);
    this.filter = filter;
    this.index = -1;
    this.items = [];
    this.loading = null;
    this.take(page);
  }

  private take(page: QueuePage): void {
    const known = new Set(this.items.map((item) => item.id));
    this.items.push(...page.records.filter((item) => !known.has(item.id)));
    this.next = page.next;
    this.matching = page.matching;
    this.recall = page.recall ?? "";
    for (const item of page.records)
      for (const label of item.labels) this.labels.add(label);
  }

  get hasMore(): boolean {
    return this.next !== null;
  }

  /** Loads the next page; false if there is none. */
  more(): Promise<boolean> {
    if (this.next === null) return Promise.resolve(false);
    const items = this.items;
    this.loading ??= this.transport.queue(this.step, this.filter, this.next)
                         .then((page) => {
                           if (items === this.items) this.take(page);
                           return true;
                         })
                         .finally(() => (this.loading = null));
    return this.loading;
  }

  /** The place of the next record behind `index`, of the next open one if asked so; -1: none. */
  async following(index: number, isOpenOnly: boolean): Promise<number> {
    for (let i = index + 1; i < this.items.length || (await this.more()); ++i)
      if (!isOpenOnly || this.items[i]?.state === "open") return i < this.items.length ? i : -1;
    return -1;
  }

  /** The record, perhaps read ahead. */
  record(id: string): Promise<ScreenRecord> {
    const record = this.ahead.get(id) ?? this.transport.record(this.step, id);
    this.ahead.delete(id);
    return record;
  }

  /** Reads the next records and the next page ahead, so that they are there when a key is pressed. */
  readAhead(): void {
    if (this.items.length - this.index < pageAhead) this.more().catch(() => {});
    const wanted = this.items.slice(this.index + 1, this.index + 3).map((item) => item.id);
    for (const id of [...this.ahead.keys()])
      if (!wanted.includes(id)) this.ahead.delete(id);
    for (const id of wanted) {
      if (this.ahead.has(id)) continue;
      const record = this.transport.record(this.step, id);
      record.catch(() => this.ahead.delete(id));
      this.ahead.set(id, record);
    }
  }

  /** Takes over what is said of a record now. */
  update(record: ScreenRecord): void {
    this.ahead.delete(record.id);
    const item = this.items.find((one) => one.id === record.id);
    if (item) Object.assign(item, {state: stateOf(record.own), labels: record.own?.labels ?? []});
    for (const label of record.own?.labels ?? []) this.labels.add(label);
  }

  /** The place of a record, which is put behind the current one if it is not in the list. */
  placeOf(record: ScreenRecord): number {
    const found = this.items.findIndex((item) => item.id === record.id);
    if (found >= 0) return found;
    const at = Math.max(this.index, 0);
    this.items.splice(at, 0, {
      id: record.id,
      title: record.title,
      year: record.year,
      state: stateOf(record.own),
      labels: record.own?.labels ?? []
    });
    return at;
  }
}
