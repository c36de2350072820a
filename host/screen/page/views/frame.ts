// The parts of the page that stay: heading, list, record, criteria, buttons, and the line that is read aloud.
import type {Progress, Session, Step} from "../data/types";
import type {Transport} from "../data/transport";
import {fill, h, type Child} from "../parts/dom";
import {n, t} from "../texts/texts";
import {nameOf} from "./wording";

export interface FrameActions {
  takeStep(id: string): void;
  toggleList(): void;
  togglePanel(): void;
  openSettings(): void;
  openHelp(): void;
  saveFile(): void;
}

const isNarrow = () => matchMedia("(max-width: 56rem)").matches;

export class Frame {
  readonly list = h("section", {class: "list", hidden: true});
  readonly main = h("main", {class: "main", tabindex: 0});
  readonly panel = h("aside", {class: "panel", tabindex: 0, hidden: true});
  readonly bar = h("section", {class: "bar"});
  hasCriteria = false;
  private hasList = false;
  private readonly heading = h("header", {class: "top"});
  private readonly progress = h("div", {class: "progress"});
  private recall = "";
  private readonly status = h("div", {class: "status"});
  private readonly live = h("p", {class: "unseen", "aria-live": "polite", role: "status"});
  private readonly trouble = h("p", {class: "trouble", role: "alert", hidden: true});

  constructor(
      root: Element,
      private readonly transport: Transport,
      private readonly actions: FrameActions,
  ) {
    fill(
        root, this.live, this.heading, this.trouble, h("div", {class: "middle"}, this.list, this.main, this.panel),
        this.bar);
    root.className = "page";
  }

  /** Draws the heading: after a change of step or language. */
  show(session: Session, step: Step): void {
    document.title = `${nameOf(step)} · ${session.review.title}`;
    const choose = (event: Event) => this.actions.takeStep((event.target as HTMLSelectElement).value);
    const options = session.steps.map((one) => h("option", {value: one.id, selected: one.id === step.id}, nameOf(one)));
    const steps = session.steps.length > 1 ?
        h("select", {class: "steps", "aria-label": t("step"), onchange: choose}, options) :
        h("span", {class: "steps"}, nameOf(step));
    const button = (name: string, text: string, act: () => void, properties = {}) =>
        h("button", {type: "button", class: `tool ${name}`, onclick: act, ...properties}, text);
    fill(
        this.heading,
        h("div", {class: "where"}, h("span", {class: "reader", title: session.reader.name}, session.reader.id),
          h("span", {class: "review", dir: "auto"}, session.review.title), steps),
        this.progress,
        this.status,
        h(
            "nav",
            {class: "tools", "aria-label": t("moreActions")},
            button(
                "to-list", t("list"), this.actions.toggleList,
                {"aria-expanded": String(!this.list.hidden), hidden: !this.hasList}),
            button(
                "to-panel", t("criteria"), this.actions.togglePanel,
                {"aria-expanded": String(!this.panel.hidden), hidden: !this.hasCriteria}),
            button("to-settings", t("settings"), this.actions.openSettings),
            button("to-help", t("help"), this.actions.openHelp),
            ),
    );
    this.list.setAttribute("aria-label", t("list"));
    this.panel.setAttribute("aria-label", t("criteria"));
    this.bar.setAttribute("aria-label", t("decisions"));
    this.setProgress(step.progress);
    this.showSaved();
  }

  setProgress(progress: Progress): void {
    const done = progress.total - progress.open;
    const meter = h("progress", {max: Math.max(progress.total, 1), value: done, "aria-label": t("decisions")});
    const long = t("progressLong", {done: n(done), total: n(progress.total), open: n(progress.open)});
    fill(
        this.progress, meter,
        h("span", {class: "count", title: long}, t("progress", {done: n(done), total: n(progress.total)})),
        this.recall !== "" && h("span", {class: "recall"}, this.recall));
  }

  /** How much has been found, as the server estimates it. */
  setRecall(text: string, progress: Progress): void {
    if (text === this.recall) return;
    this.recall = text;
    this.setProgress(progress);
  }

  showSaving(): void {
    fill(this.status, h("span", {class: "saving"}, t("saving")));
  }

  /** What is kept: said only after it is. */
  showSaved(): void {
    const unsaved = this.transport.unsaved();
    if (unsaved === null) return fill(this.status, h("span", {class: "kept"}, t("saved")));
    const isAllSaved = unsaved.decisions === 0;
    const text = isAllSaved ? t("allInFile") :
        unsaved.isKept      ? t("inBrowser") :
                              t("notInFile", {n: n(unsaved.decisions)});
    const about = unsaved.isKept ? t("notInFile", {n: n(unsaved.decisions)}) : t("memoryOnly");
    const save =
        h("button", {type: "button", class: "tool save-file", title: about, onclick: this.actions.saveFile},
          isAllSaved ? t("saveFile") : `${t("saveFile")} (${n(unsaved.decisions)})`);
    fill(this.status, h("span", {class: isAllSaved || unsaved.isKept ? "kept" : "warned"}, text), save);
  }

  showNotSaved(): void {
    fill(this.status, h("span", {class: "warned"}, t("notSaved")));
  }

  showTrouble(isInTrouble: boolean): void {
    if (this.trouble.hidden !== isInTrouble) return;
    this.trouble.hidden = !isInTrouble;
    this.trouble.textContent = isInTrouble ? t("notAnswering") : "";
    if (isInTrouble && this.status.querySelector(".saving")) this.showNotSaved();
  }

  announce(text: string): void {
    this.live.textContent = text;
  }

  setListOpen(isOpen: boolean): void {
    this.list.hidden = !isOpen;
    this.heading.querySelector(".to-list")?.setAttribute("aria-expanded", String(isOpen));
    if (isOpen && isNarrow()) this.setPanelOpen(false);
  }

  setPanelOpen(isOpen: boolean): void {
    this.panel.hidden = !isOpen;
    this.heading.querySelector(".to-panel")?.setAttribute("aria-expanded", String(isOpen));
    if (isOpen && isNarrow()) this.setListOpen(false);
  }

  /** Offers list and criteria if the step has them, and opens the criteria where there is room. */
  offer(hasList: boolean, hasCriteria: boolean, isOpen: boolean): void {
    Object.assign(this, {hasList, hasCriteria});
    this.heading.querySelector<HTMLElement>(".to-list")!.hidden = !hasList;
    this.heading.querySelector<HTMLElement>(".to-panel")!.hidden = !hasCriteria;
    this.setPanelOpen(hasCriteria && isOpen && !isNarrow());
  }

  /** Whether list and criteria stand beside the record rather than before it. */
  hasRoomBeside(): boolean {
    return !isNarrow();
  }

  /** Fills the middle and begins at its top. */
  showMain(...children: Child[]): void {
    fill(this.main, ...children);
    this.main.scrollTop = 0;
  }
}
