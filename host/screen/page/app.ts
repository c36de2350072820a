// Holds the page together: steps, keys, dialogs, what went wrong.
import {Refused, type Transport} from "./data/transport";
import {UndoList} from "./data/undo";
import type {Session, Step} from "./data/types";
import {fill, h} from "./parts/dom";
import {actions, isTyping, keyOf, saveKey, type Action} from "./parts/keys";
import {keepSettings, loadSettings, settings} from "./parts/settings";
import {setLanguage, t} from "./texts/texts";
import {ConflictsView} from "./views/conflicts";
import {showCriteria} from "./views/criteria";
import {ask, isDialogOpen} from "./views/dialog";
import {Frame} from "./views/frame";
import {openHelp} from "./views/help";
import {PairsView} from "./views/pairs";
import {ReadingView} from "./views/reading";
import {applyLooks, openSettings} from "./views/settings";
import type {Context, View} from "./views/view";

const staleAfter = 60 * 60 * 1000;  // milliseconds until the session is asked for again

export class App implements Context {
  readonly frame: Frame;
  readonly undo = new UndoList();
  session!: Session;
  step!: Step;
  private view: View|null = null;
  private askedAt = 0;

  constructor(
      private readonly root: Element,
      readonly transport: Transport,
  ) {
    this.frame = new Frame(root, transport, {
      takeStep: (id) => void this.takeStep(id),
      toggleList: () => (this.frame.list.hidden ? void this.act("search") : this.frame.setListOpen(false)),
      togglePanel: () => void this.act("criteria"),
      openSettings: () => void openSettings(() => this.redraw()),
      openHelp: () => void this.act("help"),
      saveFile: () => void this.act("save"),
    });
    transport.onTrouble = (isInTrouble) => this.frame.showTrouble(isInTrouble);
  }

  async start(): Promise<void> {
    this.session = await this.transport.session();
    this.askedAt = Date.now();
    loadSettings(this.session.keys, this.session.language);
    setLanguage(settings.language);
    applyLooks();
    document.addEventListener("keydown", (event) => this.press(event));
    addEventListener("focus", () => void (Date.now() - this.askedAt > staleAfter && this.refresh()));
    addEventListener("beforeunload", (event) => {
      if (this.view?.hasUnsaved?.()) event.preventDefault();
    });
    const wanted = new URLSearchParams(location.hash.slice(1)).get("step");
    const open = this.session.steps.find((step) => !step.closed && step.progress.open > 0);
    const first = this.session.steps.find((step) => step.id === wanted) ?? open ?? this.session.steps[0];
    if (!first) return fill(this.frame.main, h("div", {class: "finish"}, h("h1", {}, t("nothingHere"))));
    await this.takeStep(first.id);
  }

  async refresh(): Promise<void> {
    this.askedAt = Date.now();
    const session = await this.transport.session();
    this.session = session;
    const same = session.steps.find((step) => step.id === this.step.id);
    if (same) this.step = same;
    this.frame.show(this.session, this.step);
  }

  async report(error: unknown): Promise<void> {
    if (error instanceof Refused && error.status === 401) return this.showAlone(t("startAgain"));
    const view = this.view;
    if (error instanceof Refused && view instanceof ReadingView && view.showFaults(error.fields)) return;
    const why = error instanceof Error ? error.message : String(error);
    await ask(
        t("notSaved"),
        (close) =>
            [h("p", {role: "alert"}, t("refused", {why})),
             h("p", {class: "row end"},
               h("button", {type: "button", class: "main-button", autofocus: true, onclick: () => close(true)},
                 t("close")))]);
  }

  private showAlone(text: string): void {
    this.leaveView();
    fill(this.root, h("main", {class: "alone"}, h("h1", {}, "Winnow"), h("p", {role: "alert"}, text)));
  }

  async takeStep(id: string): Promise<void> {
    let step = this.session.steps.find((one) => one.id === id);
    if (step?.closed) step = await this.lookWhetherOpen(id) ?? step;
    if (!step) return;
    if (this.step !== step && this.view?.hasUnsaved?.() && !(await this.leaveUnsaved()))
      return this.frame.show(this.session, this.step);
    this.leaveView();
    this.step = step;
    history.replaceState(null, "", `#step=${encodeURIComponent(id)}`);
    this.frame.setListOpen(false);
    this.frame.list.textContent = "";
    this.frame.bar.textContent = "";
    this.frame.show(this.session, step);
    showCriteria(this.frame.panel, step);
    const isRead = step.kind !== "pairs" && step.kind !== "conflicts" && !step.closed;
    this.frame.offer(isRead, step.kind !== "pairs" && this.frame.panel.childElementCount > 0, settings.isPanelOpen);
    if (step.closed)
      return this.frame.showMain(
          h("div", {class: "finish"}, h("h1", {tabindex: -1}, t("stepClosed")), h("p", {}, step.closed),
            h("p", {class: "row"},
              h("button", {type: "button", class: "main-button", onclick: () => void this.takeStep(id)},
                t("lookWhetherOpen")))));
    this.frame.showMain(h("p", {class: "hint"}, t("loading")));
    this.view = step.kind === "pairs" ? new PairsView(this) :
        step.kind === "conflicts"     ? new ConflictsView(this) :
                                        new ReadingView(this);
    await this.view.start().catch((error) => this.report(error));
  }

  /** Others may have settled meanwhile what the step waited for. */
  private async lookWhetherOpen(id: string): Promise<Step|undefined> {
    this.session = await this.transport.session();
    this.askedAt = Date.now();
    return this.session.steps.find((one) => one.id === id);
  }

  private leaveView(): void {
    if (this.view) this.view.isLeft = true;
    this.view = null;
  }

  private async leaveUnsaved(): Promise<boolean> {
    const isLeaving = await ask<boolean>(
        t("unsavedAnswers"),
        (close) =>
            [h("p", {class: "row end"},
               h("button", {type: "button", autofocus: true, onclick: () => close(false)}, t("cancel")),
               h("button", {type: "button", onclick: () => close(true)}, t("leave"))),
    ]);
    return isLeaving === true;
  }

  private redraw(): void {
    setLanguage(settings.language);
    this.frame.show(this.session, this.step);
    showCriteria(this.frame.panel, this.step);
    this.view?.redraw();
  }

  private press(event: KeyboardEvent): void {
    if (isDialogOpen() || event.defaultPrevented) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && this.view?.press?.(saveKey))
      event.preventDefault();
    if (event.defaultPrevented || isTyping(event)) return;
    const key = keyOf(event);
    const arrow = key === "arrowright" ? "next" : key === "arrowleft" ? "previous" : null;
    const isChoosing = (event.target as HTMLElement).matches("input[type=radio]");
    if (arrow && !isChoosing) return this.take(event, arrow);
    if (!settings.areKeysOn) return;
    const action = actions.find((one) => settings.keys[one] === key);
    if (action) return this.take(event, action);
    if (this.view?.press?.(key)) event.preventDefault();
  }

  /** A key that is held down moves on, but decides one record only. */
  private take(event: KeyboardEvent, action: Action): void {
    event.preventDefault();
    if (!event.repeat || action === "next" || action === "previous") void this.act(action);
  }

  private async act(action: Action): Promise<void> {
    if (action === "help") return openHelp(this.step, this.transport.unsaved() !== null, this.session.program ?? "");
    if (action === "save") return this.saveFile();
    if (action === "criteria") {
      if (!this.frame.hasCriteria) return;
      this.frame.setPanelOpen(this.frame.panel.hidden);
      if (this.frame.hasRoomBeside()) keepSettings({isPanelOpen: !this.frame.panel.hidden});
      return;
    }
    this.view?.act(action);
  }

  private async saveFile(): Promise<void> {
    const unsaved = this.transport.unsaved();
    if (!unsaved) return;
    const {files, count} = await unsaved.files();
    for (const {name, text} of files) {
      const address = URL.createObjectURL(new Blob([text], {type: "text/csv"}));
      h("a", {href: address, download: name}).click();
      setTimeout(() => URL.revokeObjectURL(address), 60000);
    }
    if (files.length === 0) return;
    await unsaved.saved(count);
    this.frame.showSaved();
    this.frame.announce(t("fileSaved", {names: files.map((file) => file.name).join(", ")}));
  }
}
