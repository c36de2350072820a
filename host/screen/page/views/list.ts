// The list of records: what is shown, looked for, and a window of rows on however many there are.
import type {Queue} from "../data/queue";
import type {Filter, QueueItem, Step} from "../data/types";
import {fill, h, type Child} from "../parts/dom";
import {n, t} from "../texts/texts";
import {reasonsOf, stateText} from "./wording";

const spare = 6;          // rows drawn above and below what can be seen
const typingPause = 250;  // milliseconds

const signs: {[state: string]: string} = {
  include: "✓",
  exclude: "✕",
  undecided: "?",
  "not retrieved": "⌀"
};

export class RecordList {
  private readonly count = h("p", {class: "hint matching", role: "status"});
  private readonly rows = h("ol", {class: "rows"});
  private readonly scroller = h("div", {class: "scroller", onscroll: () => this.draw()}, this.rows);
  private search = h("input", {type: "search"});
  private timer = 0;

  constructor(
      private readonly element: HTMLElement,
      private readonly queue: Queue,
      private readonly step: Step,
      private readonly choose: (index: number) => void,
      private readonly filtered: (filter: Filter) => Promise<void>,
      private readonly close: () => void,
  ) {}

  show(): void {
    this.search = h("input", {
      type: "search",
      value: this.queue.filter.q,
      "aria-label": t("findIn"),
      placeholder: t("findIn"),
      oninput: () => this.later()
    });
    fill(
        this.element,
        h("form", {
          class: "filters",
          role: "search",
          onsubmit: (event: Event) => event.preventDefault(),
          onkeydown: (event: KeyboardEvent) => this.leave(event)
        },
          this.search, this.filters()),
        this.count,
        this.scroller,
    );
    this.redraw();
  }

  focusSearch(): void {
    this.search.focus();
    this.search.select();
  }

  /** Draws again: after a decision, a page or a move. */
  redraw(): void {
    const {matching} = this.queue;
    this.count.textContent = matching === 0 ? t("nothingMatches") :
        matching === 1                      ? t("matchingOne") :
                                              t("matching", {n: n(matching)});
    this.draw();
  }

  /** Brings the current record into sight. */
  follow(): void {
    const height = rowHeight();
    const top = this.queue.index * height;
    const {scrollTop, clientHeight} = this.scroller;
    if (top < scrollTop || top + height > scrollTop + clientHeight)
      this.scroller.scrollTop = Math.max(0, top - clientHeight / 3);
    this.draw();
  }

  private filters(): Child[] {
    const states = [
      "open", "all", "decided", "include", "exclude", ...(this.step.undecidedAllowed === false ? [] : ["undecided"]),
      ...(this.step.notRetrieved ? ["not retrieved"] : [])
    ];
    const isMade = this.step.kind === "map" || this.step.kind === "chart";
    const shownStates = isMade ? ["open", "all", "decided"] : states;
    const name = (state: string) =>
        (state === "all"         ? t("stateAll") :
             state === "decided" ? t("stateDecided") :
                                   stateText(state));
    const reasons = isMade ? [] : reasonsOf(this.step);
    return [
      select(
          t("show"), shownStates.map((state) => [state, name(state)]), this.queue.filter.state,
          (state) => this.apply({state})),
      reasons.length > 0 &&
          select(
              t("reason"), [["", t("anyReason")], ...reasons.map(({id, text}): [string, string] => [id, text])],
              this.queue.filter.reason, (reason) => this.apply({reason, ...(reason ? {state: "all"} : {})})),
      this.step.proposes === true &&
          select(
              t("proposals"),
              [
                ["", t("anyProposal")], ["exclude", t("stateExclude")], ["keep", t("stateInclude")],
                ["undecided", t("stateUndecided")]
              ],
              this.queue.filter.proposal, (proposal) => this.apply({proposal, ...(proposal ? {state: "all"} : {})})),
      this.queue.labels.size > 0 &&
          select(
              t("label"),
              [["", t("anyLabel")], ...[...this.queue.labels].sort().map((label): [string, string] => [label, label])],
              this.queue.filter.label, (label) => this.apply({label, ...(label ? {state: "all"} : {})})),
      h("label", {class: "check"}, h("input", {
          type: "checkbox",
          checked: this.queue.filter.missing !== "",
          onchange: (event: Event) =>
              this.apply({missing: (event.target as HTMLInputElement).checked ? "abstract" : ""})
        }),
        t("missingAbstract")),
    ];
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.apply({}), typingPause);
  }

  private apply(change: Partial<Filter>): void {
    clearTimeout(this.timer);
    void this.filtered({...this.queue.filter, q: this.search.value.trim(), ...change}).then(() => {
      this.scroller.scrollTop = 0;
      this.redraw();
    });
  }

  private leave(event: KeyboardEvent): void {
    if (event.key === "Escape") this.close();
    if (event.target !== this.search || (event.key !== "Enter" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    if (event.key === "Enter") this.apply({});
    this.rows.querySelector("button")?.focus();
  }

  private draw(): void {
    if (this.element.hidden) return;
    const {items} = this.queue;
    const height = rowHeight();
    const first = Math.max(0, Math.floor(this.scroller.scrollTop / height) - spare);
    const last =
        Math.min(items.length, Math.ceil((this.scroller.scrollTop + this.scroller.clientHeight) / height) + spare);
    const focused = (document.activeElement as HTMLElement | null)?.dataset["index"];
    this.rows.style.height = `${items.length * height}px`;
    fill(this.rows, items.slice(first, last).map((item, i) => this.row(item, first + i, height)));
    if (focused !== undefined)
      this.rows.querySelector<HTMLElement>(`[data-index="${focused}"]`)?.focus({preventScroll: true});
    if (last === items.length && this.queue.hasMore)
      this.queue.more().then(() => this.redraw(), () => {});  // asked for again
  }

  private row(item: QueueItem, index: number, height: number): HTMLElement {
    const isCurrent = index === this.queue.index;
    const entry = h(
        "li",
        {"aria-setsize": this.queue.matching, "aria-posinset": index + 1},
        h(
            "button",
            {
              type: "button",
              "data-index": index,
              "aria-current": isCurrent ? "true" : null,
              onclick: () => this.choose(index),
              onkeydown: (event: KeyboardEvent) => this.move(event, index)
            },
            h("span", {class: `sign ${item.state.replace(" ", "-")}`, "aria-hidden": "true"}, signs[item.state] ?? "·"),
            h("span", {class: "name", dir: "auto"}, item.title.trim() || t("noTitle")),
            h("span", {class: "unseen"}, `, ${stateText(item.state)}`),
            item.year !== null && h("span", {class: "year"}, String(item.year)),
            ),
    );
    entry.style.top = `${index * height}px`;
    return entry;
  }

  private move(event: KeyboardEvent, index: number): void {
    if (event.key === "Escape") return this.close();
    const to = index + (event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0);
    if (to === index || to < 0 || to >= this.queue.items.length) return;
    event.preventDefault();
    const height = rowHeight();
    const {scrollTop, clientHeight} = this.scroller;
    if (to * height < scrollTop) this.scroller.scrollTop = to * height;
    if ((to + 1) * height > scrollTop + clientHeight) this.scroller.scrollTop = (to + 1) * height - clientHeight;
    this.draw();
    this.rows.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus({preventScroll: true});
  }
}

/** Rows grow with the size of text. */
const rowHeight = () => 3.75 * parseFloat(getComputedStyle(document.documentElement).fontSize);

function select(
    name: string, options: [string, string][], value: string, change: (value: string) => void): HTMLElement {
  const chosen = options.map(([id, text]) => h("option", {value: id, selected: id === value}, text));
  return h(
      "label", {class: "field"}, h("span", {}, name),
      h("select", {onchange: (event: Event) => change((event.target as HTMLSelectElement).value)}, chosen));
}
