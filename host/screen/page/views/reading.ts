// Reads the records of a step one by one: shows, writes what is decided, goes on.
import {Drafts} from "../data/drafts";
import {openFilter, Queue} from "../data/queue";
import {Refused} from "../data/transport";

import {emptyDecision, isDecided, type Decision, type Filter, type Saved, type ScreenRecord, type Step} from "../data/types";
import {h, type Child} from "../parts/dom";
import type {Action} from "../parts/keys";
import {keepSettings, settings} from "../parts/settings";
import {n, t} from "../texts/texts";
import {MapAnswers, ScreenAnswers, type Answers, type Around} from "./answers";
import {actionButton} from "./buttons";
import {ChartAnswers} from "./chart";
import {RecordList} from "./list";
import {askLabels, askNote, askWhichCounts} from "./questions";
import {recordView} from "./record";
import {finish} from "./finish";
import type {Context, View} from "./view";
import {decisionText, reasonText, wholeText} from "./wording";

export class ReadingView implements View, Around {
  private readonly queue: Queue;
  private readonly list: RecordList;
  private readonly answers: Answers;
  private shownRecord: ScreenRecord|null = null;
  isLeft = false;
  private isBusy = false;
  private moves = 0;

  constructor(private readonly context: Context) {
    this.queue = new Queue(context.transport, context.step.id);
    for (const label of context.step.labels ?? []) this.queue.labels.add(label);
    this.answers = this.answersOf(this.step);
    const choose = (index: number) => {
      if (this.isListInFront()) this.context.frame.setListOpen(false);
      void this.go(index);
    };
    const filtered = (filter: Filter) => this.showOnly(filter);
    this.list = new RecordList(context.frame.list, this.queue, this.step, choose, filtered, () => this.leaveList());
  }

  private answersOf(step: Step): Answers {
    if (step.kind === "map") return new MapAnswers(this);
    if (step.kind !== "chart") return new ScreenAnswers(this);
    const {review, reader} = this.context.session;
    return new ChartAnswers(this, new Drafts(review.title, reader.id, step.id));
  }

  /** The step as the session has it now: it is asked for again, and the reader may be at another step meanwhile. */
  get step(): Step {
    return this.context.session.steps.find((step) => step.id === this.queue.step) ?? this.context.step;
  }

  record = () => this.shownRecord;
  announce = (text: string) => this.context.frame.announce(text);

  async start(): Promise<void> {
    await this.queue.load({...openFilter});
    await this.goOn(-1);
    this.list.show();
  }

  redraw(): void {
    this.list.show();
    if (this.shownRecord)
      this.draw(this.shownRecord);
    else if (this.context.frame.main.querySelector(".finish"))
      this.showEnd();
  }

  /** What the server found wrong with answers, by item; false if nothing here shows it. */
  showFaults(faults: {[item: string]: string}): boolean {
    return this.answers instanceof ChartAnswers && this.answers.showFaults(faults);
  }

  hasUnsaved = () => this.answers.hasUnsaved();
  press = (key: string) => this.answers.press(key);

  act = (action: Action): void => {
    if (this.isBusy) return;
    if (this.isListInFront() && action !== "search") return this.leaveList();  // nothing is decided unseen
    void this.perform(action).catch((error) => this.context.report(error));
  };

  private isListInFront(): boolean {
    return !this.context.frame.list.hidden && !this.context.frame.hasRoomBeside();
  }

  private leaveList(): void {
    this.context.frame.setListOpen(false);
    this.focusTitle();
  }

  private async perform(action: Action): Promise<void> {
    if (action === "search") return this.toggleSearch();
    if (action === "next") return this.moveBy(1);
    if (action === "previous") return this.moveBy(-1);
    if (action === "undo") return this.takeBack();
    if (action === "highlights") return this.toggleHighlights();
    if (!this.shownRecord || this.answers.act(action)) return;
    if (action === "note") return this.changeNote(this.shownRecord);
    if (action === "label") return this.changeLabels(this.shownRecord);
  }

  // ---- showing ----

  private async go(index: number): Promise<void> {
    const item = this.queue.items[index];
    if (!item) return;
    const move = ++this.moves;
    this.queue.index = index;
    try {
      const record = await this.queue.record(item.id);
      if (move !== this.moves || this.isLeft) return;
      this.show(record);
      this.focusTitle();
    } catch (error) {
      await this.context.report(error);
    }
  }

  private show(record: ScreenRecord): void {
    this.queue.update(record);
    this.draw(record);
    this.list.follow();
    this.queue.readAhead();
  }

  private draw(record: ScreenRecord): void {
    this.shownRecord = record;
    this.context.frame.setRecall(this.queue.recall, this.step.progress);
    const {q, reason, label, proposal, missing} = this.queue.filter;
    const isFiltered = [q, reason, label, proposal, missing].some((one) => one !== "");
    const position =
        t("progress", {done: n(this.queue.index + 1), total: n(Math.max(this.queue.matching, this.queue.index + 1))}) +
        (isFiltered ? `, ${t("ofFiltered")}` : "");
    const form = this.answers.form(record);
    const full = this.fullText(record);
    this.context.frame.showMain(
        h("div", {class: `reading${full ? " with-pdf" : ""}${form ? " with-form" : ""}`}, full,
          recordView(record, this.step, position), form));
    this.showBar(this.answers.buttons(record), record);
  }

  private showBar(words: Child, record: ScreenRecord|null): void {
    const hasWords = (this.step.words?.include.length ?? 0) + (this.step.words?.exclude.length ?? 0) > 0;
    const off = {disabled: record === null};
    this.context.frame.bar.replaceChildren(
        h("div", {class: "words", role: "group", "aria-label": t("decisions")}, words),
        h(
            "div",
            {class: "others", role: "group", "aria-label": t("moreActions")},
            actionButton("previous", this.act),
            actionButton("next", this.act),
            actionButton("undo", this.act),
            actionButton("note", this.act, off),
            actionButton("label", this.act, off),
            hasWords && actionButton("highlights", this.act, {"aria-pressed": String(settings.areHighlightsOn)}),
            ),
    );
  }

  /** The linked full text beside the record; where there is none, the record alone. */
  private fullText(record: ScreenRecord): HTMLElement|null {
    const address = record.pdf ? this.context.transport.pdfAddress(this.step.id, record.id) : null;
    if (address === null) return null;
    const own = h("a", {href: address, target: "_blank", rel: "noopener noreferrer"}, t("openPdf"));
    return h("section", {class: "full-text"}, h("iframe", {src: address, title: t("pdfTitle")}), h("p", {}, own));
  }

  private focusTitle(): void {
    this.context.frame.main.querySelector<HTMLElement>("h1")?.focus({preventScroll: true});
  }

  // ---- moving ----

  private async moveBy(by: number): Promise<void> {
    const index = by > 0 ? await this.queue.following(this.queue.index, false) : this.queue.index - 1;
    if (index >= 0) await this.go(index);
  }

  /** The next record to be decided, or the end. */
  private async goOn(index: number): Promise<void> {
    const isOpenWalk = this.queue.filter.state === "open";
    let next = await this.queue.following(index, isOpenWalk);
    if (next < 0 && isOpenWalk && this.step.progress.open > 0) {
      // Records before this one may be open still, or have come meanwhile.
      await this.queue.load(this.queue.filter);
      this.list.redraw();
      next = this.queue.items.length > 0 ? 0 : -1;
    }
    if (next >= 0) return this.go(next);
    if (this.isLeft) return;
    ++this.moves;
    this.shownRecord = null;
    this.queue.index = this.queue.items.length;
    this.showEnd();
  }

  private showEnd(): void {
    this.context.frame.showMain(finish(this.context, () => void this.lookAgain()));
    this.showBar(null, null);
    this.focusTitle();
  }

  private async lookAgain(): Promise<void> {
    await this.showOnly({...openFilter, state: "decided"});
    this.context.frame.setListOpen(true);
    this.list.show();
  }

  private async showOnly(filter: Filter): Promise<void> {
    try {
      await this.queue.load(filter);
    } catch (error) {
      return this.context.report(error);
    }
    this.list.redraw();
    const focused = document.activeElement as HTMLElement | null;
    await this.go(0);
    if (this.context.frame.list.contains(focused)) focused!.focus();  // still typing
  }

  private toggleSearch(): void {
    const {list} = this.context.frame;
    const isFocused = list.contains(document.activeElement);
    this.context.frame.setListOpen(list.hidden || !isFocused);
    if (list.hidden) return this.focusTitle();
    this.list.show();
    this.list.follow();
    this.list.focusSearch();
  }

  // ---- writing ----

  decide = async(decision: Decision, whenKept?: () => void): Promise<void> => {
    const record = this.shownRecord;
    if (!record) return;
    const kept = await this.write(record, decision);
    if (!kept) return;
    whenKept?.();
    this.shownRecord = null;  // what is pressed until the next record is there decides nothing
    if (isDecided(decision)) this.context.undo.push({step: this.step.id, record: record.id, before: record.own});
    this.announce(this.saying(decision));
    if (this.step.progress.open === 0) await this.context.refresh();
    const place = this.queue.items.findIndex((item) => item.id === kept.id);
    await this.goOn(place < 0 ? this.queue.index : place);
  };

  /** Writes and takes over what is kept; false if it is not, which has been said. */
  private async write(record: ScreenRecord, decision: Decision|null): Promise<ScreenRecord|null> {
    if (this.isBusy) return null;
    this.isBusy = true;
    this.context.frame.showSaving();
    try {
      const kept = await this.send(record, decision);
      this.context.frame.showSaved();
      this.queue.update(kept);
      this.list.redraw();
      return kept;
    } catch (error) {
      this.context.frame.showNotSaved();
      if (error instanceof Stale)
        this.show(error.record);
      else
        await this.context.report(error);
      return null;
    } finally {
      this.isBusy = false;
    }
  }

  private async send(record: ScreenRecord, decision: Decision|null): Promise<ScreenRecord> {
    const {transport, frame} = this.context;
    try {
      const call = decision === null ? transport.takeBack(this.step.id, record.id, record.rev) :
                                       transport.decide(this.step.id, record.id, decision, record.rev);
      const saved: Saved = await call;
      this.step.progress = saved.progress;
      if (!this.isLeft) frame.setProgress(saved.progress);
      return {...record, own: decision, rev: saved.rev};
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 409 || !error.record) throw error;
      const theirs = wholeText(error.record.own, this.step);
      const yours = wholeText(decision, this.step);
      if (theirs === yours || (await askWhichCounts(theirs, yours))) return this.send(error.record, decision);
      throw new Stale(error.record);
    }
  }

  private saying(decision: Decision): string {
    const {progress} = this.step;
    const values = {
      what: decisionText(decision, this.step) ?? t("saved"),
      done: n(progress.total - progress.open),
      total: n(progress.total)
    };
    return decision.reason ? t("saidReason", {...values, reason: reasonText(this.step, decision.reason)}) :
                             t("said", values);
  }

  private async takeBack(): Promise<void> {
    const last = this.context.undo.last(this.step.id);
    if (!last) return this.announce(t("nothingToUndo"));
    const record = await this.context.transport.record(this.step.id, last.record);
    const draft = last.before && (last.before.note || last.before.labels.length > 0) ? last.before : null;
    let kept = await this.write(record, isDecided(last.before) ? last.before : null);
    if (kept && draft && !isDecided(last.before)) kept = await this.write(kept, draft);
    if (!kept) return;
    this.context.undo.drop(last);
    this.queue.index = this.queue.placeOf(kept);
    this.show(kept);
    this.focusTitle();
    this.announce(
        t("takenBack",
          {done: n(this.step.progress.total - this.step.progress.open), total: n(this.step.progress.total)}));
  }

  private async changeNote(record: ScreenRecord): Promise<void> {
    const note = await askNote(record.own?.note ?? "");
    if (note !== null && note !== (record.own?.note ?? "")) await this.remark(record, {note}, t("noteSaved"));
  }

  private async changeLabels(record: ScreenRecord): Promise<void> {
    const labels = await askLabels(record.own?.labels ?? [], [...this.queue.labels].sort());
    if (labels !== null) await this.remark(record, {labels}, t("labelsSaved"));
  }

  private async remark(record: ScreenRecord, change: Partial<Decision>, said: string): Promise<void> {
    const kept = await this.write(record, {...emptyDecision(), ...record.own, ...change});
    if (!kept) return;
    this.draw(kept);
    this.focusTitle();
    this.announce(said);
  }

  private toggleHighlights(): void {
    keepSettings({areHighlightsOn: !settings.areHighlightsOn});
    if (this.shownRecord) this.draw(this.shownRecord);
    this.announce(t(settings.areHighlightsOn ? "highlightsOn" : "highlightsOff"));
  }
}

/** The reader keeps what was said in another window. */
class Stale extends Error {
  constructor(readonly record: ScreenRecord) {
    super("stale");
  }
}
