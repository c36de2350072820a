// Records on which readers differ: both votes, and what they agree on.
import {Refused} from "../data/transport";
import type {Conflict, Step, Vote} from "../data/types";
import {fill, h, type Child} from "../parts/dom";
import {saveKey, type Action} from "../parts/keys";
import {n, t} from "../texts/texts";
import {actionButton, keyButton} from "./buttons";
import {whatNext} from "./finish";
import {recordView} from "./record";
import type {Context, View} from "./view";
import {reasonsOf, reasonText, stateText} from "./wording";

export class ConflictsView implements View {
  private conflicts: Conflict[] = [];
  private index = 0;
  isLeft = false;
  private isBusy = false;
  /** Forms that were shown: what is filled in stays when the reader moves on. */
  private readonly forms = new Map < Conflict, {
    element: HTMLElement;
    save(): Promise<void>
  }
  > ();
  private readonly changed = new Set<Conflict>();

  constructor(private readonly context: Context) {}

  private get of(): string {
    return this.context.step.of ?? this.context.step.id;
  }

  /** The step whose criteria the votes name. */
  private get step(): Step {
    return this.context.session.steps.find((step) => step.id === this.of) ?? this.context.step;
  }

  async start(): Promise<void> {
    this.conflicts = await this.context.transport.conflicts(this.of);
    this.show(this.nextOpen(-1));
  }

  redraw(): void {
    if (this.changed.size === 0) this.forms.clear();  // made anew in another language
    this.show(this.index);
  }

  hasUnsaved = () => this.changed.size > 0;

  act = (action: Action): void => {
    if (this.isBusy) return;
    if (action === "next") this.show(Math.min(this.index + 1, this.conflicts.length));
    if (action === "previous") this.show(Math.max(this.index - 1, 0));
  };

  press(key: string): boolean {
    const conflict = this.conflicts[this.index];
    if (key !== saveKey || !conflict) return false;
    void this.forms.get(conflict)?.save();
    return true;
  }

  private nextOpen(index: number): number {
    const later = this.conflicts.findIndex((one, i) => i > index && one.resolution === null);
    const any = later >= 0 ? later : this.conflicts.findIndex((one) => one.resolution === null);
    return any >= 0 ? any : this.conflicts.length;
  }

  private show(index: number): void {
    if (this.isLeft) return;
    this.index = index;
    const {frame} = this.context;
    const conflict = this.conflicts[index];
    if (conflict)
      this.showConflict(conflict);
    else
      frame.showMain(this.end());
    frame.main.querySelector<HTMLElement>("h1")?.focus({preventScroll: true});
  }

  /** Behind the last conflict; those that were passed over are open still. */
  private end(): HTMLElement {
    const open = this.conflicts.filter((one) => one.resolution === null).length;
    if (open > 0)
      return h(
          "div", {class: "finish"}, h("h1", {tabindex: -1}, t("conflictsOpen", {n: n(open)})),
          h("p", {class: "row"},
            h("button", {type: "button", class: "main-button", onclick: () => this.show(this.nextOpen(-1))},
              t("firstOpen"))));
    return h(
        "div", {class: "finish"},
        h("h1", {tabindex: -1}, t(this.conflicts.length === 0 ? "noConflicts" : "conflictsDone")),
        whatNext(this.context));
  }

  private showConflict(conflict: Conflict): void {
    const {frame} = this.context;
    const position = t("conflictOf", {n: n(this.index + 1), total: n(this.conflicts.length)});
    const resolved = conflict.resolution &&
        h("p", {class: "notice"},
          t("resolved", {final: stateText(conflict.resolution.final)}) + ` (${conflict.resolution.by.join(", ")})`);
    const votes =
        h("section", {class: "votes"}, h("h2", {}, t("votes")),
          h("ul", {}, conflict.votes.map((vote) => h("li", {}, this.vote(vote)))));
    const form = this.forms.get(conflict) ?? this.form(conflict);
    this.forms.set(conflict, form);
    frame.showMain(
        h("div", {class: "reading with-form"}, recordView({...conflict.record, own: null}, this.step, position),
          h("div", {class: "form"}, resolved, votes, form.element)),
    );
    frame.bar.replaceChildren(
        h("div", {class: "words", role: "group", "aria-label": t("decisions")},
          keyButton(saveKey, t("saveAndNext"), () => void form.save(), {class: "word include"})),
        h("div", {class: "others", role: "group", "aria-label": t("moreActions")}, actionButton("previous", this.act),
          actionButton("next", this.act)),
    );
  }

  private vote({reader, decision, reason, note}: Vote): Child {
    return [
      h("strong", {}, reader),
      " ",
      h("span", {class: `chip ${decision === "maybe" ? "undecided" : decision.replace(" ", "-")}`},
        stateText(decision) + (reason ? `: ${reasonText(this.step, reason)}` : "")),
      note && h("p", {class: "note", dir: "auto"}, note),
    ];
  }

  private form(conflict: Conflict): {element: HTMLElement; save(): Promise<void>} {
    const present = conflict.resolution;
    const words = ["include", "exclude", ...(this.step.undecidedAllowed === false ? [] : ["undecided"])];
    const fault = h("p", {class: "fault", role: "alert", hidden: true});
    const note = h("textarea", {id: "resolution-note", rows: 3, dir: "auto"});
    note.value = present?.note ?? "";
    const reasons = reasonsOf(this.step);
    const reason = h("select", {id: "resolution-reason"}, [
      {id: "", text: ""}, ...reasons
    ].map(({id, text}) => h("option", {value: id, selected: id === (present?.reason ?? "")}, text)));
    const reasonLine = h("p", {class: "item"}, h("label", { for: "resolution-reason"
                         }, t("reason")), reason);
    const radio = (word: string) =>
        h("label", {class: "choice-line"},
          h("input", {type: "radio", name: "final", value: word, checked: present?.final === word}),
          h("span", {}, stateText(word)));
    const reader = (name: string) =>
        h("label", {class: "choice-line"},
          h("input", {type: "checkbox", name: "by", value: name, checked: present ? present.by.includes(name) : false}),
          h("span", {dir: "auto"}, name));
    const element = h(
        "form",
        {onsubmit: (event: Event) => event.preventDefault()},
        h("h2", {}, t("resolution")),
        h("fieldset", {class: "item"}, h("legend", {}, t("finalDecision")),
          h("div", {class: "choice-lines"}, words.map(radio))),
        reasons.length > 0 && reasonLine,
        h("fieldset", {class: "item"}, h("legend", {}, t("agreedBy")), h("p", {class: "hint"}, t("agreedByHint")),
          h("div", {class: "choice-lines"}, [...new Set(conflict.votes.map((vote) => vote.reader))].map(reader))),
        h("p", {class: "item"},
          h("label",
            { for: "resolution-note"
            },
            t("note")),
          note),
        fault,
    );
    const chosen = (name: string) => [...element.querySelectorAll<HTMLInputElement>(`input[name=${name}]:checked`)].map(
        (input) => input.value);
    const showReason = () => (reasonLine.hidden = chosen("final")[0] !== "exclude");
    element.addEventListener("input", () => {
      this.changed.add(conflict);
      fault.hidden = true;
      showReason();
    });
    showReason();
    const save = async () => {
      const resolution = {
        final: chosen("final")[0] ?? "",
        by: chosen("by"),
        reason: reasonLine.hidden ? "" : reason.value,
        note: note.value.trim()
      };
      const missing = !resolution.final                                                    ? "needFinal" :
          resolution.by.length < 2                                                         ? "needTwo" :
          resolution.final === "exclude" && this.step.reasonRequired && !resolution.reason ? "needReason" :
                                                                                             null;
      fault.hidden = missing === null;
      fill(fault, missing && t(missing));
      if (missing === null) await this.resolve(conflict, resolution);
    };
    return {element, save};
  }

  /** It was resolved in another window: what is written there counts, and nothing of ours is left to save. */
  private async takeTheirs(): Promise<void> {
    this.changed.clear();
    this.forms.clear();
    this.context.frame.showSaved();
    await this.context.refresh();
    await this.start();
  }

  private async resolve(conflict: Conflict, resolution: NonNullable<Conflict["resolution"]>): Promise<void> {
    if (this.isBusy) return;
    const {frame, transport} = this.context;
    this.isBusy = true;
    frame.showSaving();
    try {
      await transport.resolve(this.of, conflict.record.id, resolution, conflict.rev);
      Object.assign(conflict, {resolution, rev: conflict.rev + 1});
      this.changed.delete(conflict);
      this.forms.delete(conflict);
      frame.showSaved();
      const open = this.conflicts.filter((one) => one.resolution === null).length;
      frame.setProgress({...this.context.step.progress, total: this.conflicts.length, open});
      frame.announce(t("said", {
        what: t("resolved", {final: stateText(resolution.final)}),
        done: n(this.conflicts.length - open),
        total: n(this.conflicts.length)
      }));
      this.show(this.nextOpen(this.index));
    } catch (error) {
      frame.showNotSaved();
      await this.context.report(error);
      if (error instanceof Refused && error.status === 409) await this.takeTheirs();
    } finally {
      this.isBusy = false;
    }
  }
}
