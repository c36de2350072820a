// Pairs of records that may be one work: side by side, with what differs marked.
import type {Pair, ScreenRecord} from "../data/types";
import {h, type Child} from "../parts/dom";
import type {Action} from "../parts/keys";
import {n, t} from "../texts/texts";
import {actionButton} from "./buttons";
import {whatNext} from "./finish";
import type {Context, View} from "./view";

export class PairsView implements View {
  private pairs: Pair[] = [];
  private next: string|null = null;
  private index = 0;
  isLeft = false;
  private isBusy = false;
  private said: Pair[] = [];

  constructor(private readonly context: Context) {}

  async start(): Promise<void> {
    await this.load(null);
    const open = this.pairs.findIndex((pair) => pair.own === null);
    this.show(open < 0 ? this.pairs.length : open);
  }

  redraw(): void {
    this.show(this.index);
  }

  act = (action: Action): void => {
    if (this.isBusy) return;
    if (action === "next")
      void this.go(this.index + 1);
    else if (action === "previous")
      void this.go(this.index - 1);
    else if (action === "undo")
      this.goBack();
    else if (action === "same" || action === "different")
      void this.judge(action);
  };

  private async load(cursor: string|null): Promise<void> {
    const page = await this.context.transport.pairs(cursor);
    this.pairs.push(...page.pairs);
    this.next = page.next;
  }

  private async go(index: number): Promise<void> {
    if (index < 0) return;
    try {
      if (index >= this.pairs.length && this.next !== null) await this.load(this.next);
      this.show(Math.min(index, this.pairs.length));
    } catch (error) {
      await this.context.report(error);
    }
  }

  /** A pair is answered anew rather than left without an answer. */
  private goBack(): void {
    const last = this.said.pop();
    if (!last) return this.context.frame.announce(t("nothingToUndo"));
    this.show(this.pairs.indexOf(last));
    this.context.frame.main.querySelector(".position")?.after(h("p", {class: "notice"}, t("answerAnew")));
    this.context.frame.announce(t("answerAnew"));
  }

  private async judge(own: "same"|"different"): Promise<void> {
    const pair = this.pairs[this.index];
    if (!pair) return;
    this.isBusy = true;
    this.context.frame.showSaving();
    try {
      await this.context.transport.judgePair(pair.id, own === "same");
      this.takeOver(pair, own);
    } catch (error) {
      this.context.frame.showNotSaved();
      await this.context.report(error);
      return;
    } finally {
      this.isBusy = false;
    }
    await this.go(this.index + 1);
  }

  private takeOver(pair: Pair, own: "same"|"different"): void {
    const {progress} = this.context.step;
    if (pair.own === null && progress.open > 0) {
      --progress.open;
      ++progress.include;
    }
    pair.own = own;
    this.said.push(pair);
    this.context.frame.setProgress(progress);
    this.context.frame.showSaved();
    this.context.frame.announce(
        t("said", {what: t(own), done: n(progress.total - progress.open), total: n(progress.total)}));
  }

  private show(index: number): void {
    if (this.isLeft) return;
    this.index = index;
    const pair = this.pairs[index];
    const {frame, step} = this.context;
    if (!pair) {
      const isOpen = this.pairs.some((one) => one.own === null);
      const says = this.pairs.length === 0 ? "noPairs" : isOpen ? "pairsOpen" : "pairsDone";
      frame.showMain(h("div", {class: "finish"}, h("h1", {tabindex: -1}, t(says)), !isOpen && whatNext(this.context)));
    } else {
      const total = n(Math.max(step.progress.total, this.pairs.length));
      const position =
          h("p", {class: "position"}, t("pairOf", {n: n(index + 1), total}),
            pair.own && h("span", {class: `chip ${pair.own}`}, t(pair.own)));
      frame.showMain(
          h("article", {class: "pair"}, position, h("h1", {tabindex: -1}, t("pairQuestion")), table(pair),
            pair.why.length > 0 &&
                h("section", {class: "why"}, h("h2", {}, t("pairWhy")),
                  h("ul", {}, pair.why.map((why) => h("li", {}, why))))),
      );
    }
    const word = (own: "same"|"different") =>
        actionButton(own, this.act, {class: `word ${own}`, "aria-pressed": String(pair?.own === own), disabled: !pair});
    frame.bar.replaceChildren(
        h("div", {class: "words", role: "group", "aria-label": t("decisions")}, word("same"), word("different")),
        h("div", {class: "others", role: "group", "aria-label": t("moreActions")}, actionButton("previous", this.act),
          actionButton("next", this.act), actionButton("undo", this.act)),
    );
    frame.main.querySelector<HTMLElement>("h1")?.focus({preventScroll: true});
  }
}

type Row = [string, string, string];

function rowsOf(left: ScreenRecord, right: ScreenRecord): Row[] {
  const row = (name: string, of: (record: ScreenRecord) => string): Row => [name, of(left), of(right)];
  return [
    row(t("fieldTitle"), (r) => r.title),
    row(t("fieldAuthors"), (r) => r.authors.join("; ")),
    row(t("fieldYear"), (r) => String(r.year ?? "")),
    row(t("fieldJournal"), (r) => r.journal),
    row(t("fieldVolume"), (r) => [r.volume, r.issue, r.pages].filter(Boolean).join(", ")),
    row(t("fieldDoi"), (r) => r.doi ?? ""),
    row(t("fieldType"), (r) => r.type ?? ""),
    row(t("fieldLanguage"), (r) => r.language ?? ""),
    row(t("fieldAbstract"), (r) => r.abstract),
  ].filter(([, a, b]) => a !== "" || b !== "");
}

/** A table, so that a screen reader says which field and which side. */
function table(pair: Pair): HTMLElement {
  const head =
      h("tr", {}, h("th", {scope: "col"}, t("field")), h("th", {scope: "col"}, t("left")),
        h("th", {scope: "col"}, t("right")));
  const row = ([name, left, right]: Row) => {
    const isEqual = left === right;
    const sign =
        isEqual ? h("span", {class: "equal"}, `= ${t("equal")}`) : h("span", {class: "differs"}, `≠ ${t("differs")}`);
    const side = (text: string, other: string, label: string) =>
        h("td", {dir: "auto", "data-side": label}, isEqual ? text : differences(text, other));
    return h(
        "tr", {class: isEqual ? "" : "unequal"}, h("th", {scope: "row"}, name, sign), side(left, right, t("left")),
        side(right, left, t("right")));
  };
  return h("table", {class: "sides"}, h("thead", {}, head), h("tbody", {}, rowsOf(pair.left, pair.right).map(row)));
}

/** The text with its words marked that the other side does not have in this order. */
function differences(text: string, other: string): Child[] {
  const words = text.split(/(\s+)/);
  const common = commonWords(words.filter(isWord), other.split(/\s+/));
  let at = 0;
  return words.map((word) => (!isWord(word) ? word : common.has(at++) ? word : h("mark", {class: "differs"}, word)));
}

const isWord = (word: string) => /\S/.test(word);

/** Places of the longest common subsequence; texts too long for that are compared from both ends. */
function commonWords(mine: string[], theirs: string[]): Set<number> {
  const plain = (word: string) => word.toLowerCase().replace(/[.,;:]+$/, "");
  const a = mine.map(plain);
  const b = theirs.map(plain);
  const common = new Set<number>();
  let begin = 0;
  while (begin < a.length && begin < b.length && a[begin] === b[begin]) common.add(begin++);
  let end = 0;
  while (end < a.length - begin && end < b.length - begin && a[a.length - 1 - end] === b[b.length - 1 - end])
    common.add(a.length - 1 - end++);
  const [rows, columns] = [a.length - begin - end, b.length - begin - end];
  if (rows * columns > 1_000_000) return common;
  const lengths = Array.from({length: rows + 1}, () => new Uint16Array(columns + 1));
  const same = (i: number, j: number) => a[begin + i] === b[begin + j];
  for (let i = rows - 1; i >= 0; --i)
    for (let j = columns - 1; j >= 0; --j)
      lengths[i]![j] = same(i, j) ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
  for (let i = 0, j = 0; i < rows && j < columns;)
    if (same(i, j)) {
      common.add(begin + i++);
      ++j;
    } else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!)
      ++i;
    else
      ++j;
  return common;
}
