// The charting form beside the record.
import type {Drafts} from "../data/drafts";
import {faultOf, isAsked, prefilled, type Answers as FormAnswers} from "../data/form";
import {emptyDecision, type Answer, type Item, type ScreenRecord} from "../data/types";
import {h, type Child} from "../parts/dom";
import {saveKey} from "../parts/keys";
import {t} from "../texts/texts";
import type {Answers, Around} from "./answers";
import {keyButton} from "./buttons";
import {fieldOf, type Field} from "./fields";

export class ChartAnswers implements Answers {
  private fields = new Map<string, Field>();
  private boxes = new Map<string, HTMLElement>();
  private answers: FormAnswers = {};
  private summary = h("p", {class: "summary", role: "alert", hidden: true});
  private readonly openTurns = new Set<string>();

  /** `drafts`: answers that are not saved yet; moving on loses none. */
  constructor(private readonly around: Around, private readonly drafts: Drafts) {}

  private get items(): Item[] {
    return this.around.step.items ?? [];
  }

  form(record: ScreenRecord): HTMLElement {
    const own =
        record.own && Object.keys(record.own.answers).length > 0 ? record.own.answers : prefilled(this.items, record);
    this.answers = this.drafts.get(record.id) ?? {...own};
    this.fields = new Map();
    this.boxes = new Map();
    this.summary = h("p", {class: "summary", role: "alert", hidden: true});
    const form = h(
        "form",
        {
          class: "form",
          novalidate: true,
          onsubmit: (event: Event) => event.preventDefault(),
        },
        h("h2", {}, this.around.step.name),
        this.drafts.get(record.id) !== undefined && h("p", {class: "hint"}, t("unsavedAnswers")),
        this.summary,
        this.groups(record),
    );
    this.showAsked();
    return form;
  }

  buttons(record: ScreenRecord): Child {
    return keyButton(
        saveKey, t("saveAndNext"), () => this.save(), {class: "word include", disabled: Boolean(record.why)});
  }

  act = () => false;
  press = (key: string) => {
    if (key === saveKey) this.save();
    return key === saveKey;
  };
  hasUnsaved = () => this.drafts.size > 0;

  /** Single items as they come; the turns of a repeated group as fieldsets. */
  private groups(record: ScreenRecord): Child[] {
    const parts: Child[] = [];
    for (let i = 0; i < this.items.length;) {
      const group = this.items[i]!.group;
      const end = group ? this.items.findIndex((item, at) => at > i && item.group !== group) : i + 1;
      const turn = this.items.slice(i, end < 0 ? undefined : end);
      parts.push(group ? this.turn(group, turn, record) : this.box(turn[0]!, record));
      i += turn.length;
    }
    return parts;
  }

  /** Later turns that nothing is said of stay closed. */
  private turn(group: string, items: Item[], record: ScreenRecord): Child {
    const fields = h("fieldset", {class: "turn"}, h("legend", {}, group), items.map((item) => this.box(item, record)));
    const isUsed = /\b1$|^\D*$/.test(group) || this.openTurns.has(record.id + group) ||
        items.some((item) => (this.answers[item.id] ?? "").length > 0);
    if (isUsed) return fields;
    fields.hidden = true;
    const open = () => {
      this.openTurns.add(record.id + group);
      fields.hidden = false;
      add.remove();
      fields.querySelector<HTMLElement>("input, textarea, select")?.focus();
    };
    const add = h("button", {type: "button", class: "add-turn", onclick: open}, t("addTurn", {group}));
    return [add, fields];
  }

  private box(item: Item, record: ScreenRecord): HTMLElement {
    const field =
        fieldOf(item, this.answers[item.id], (answer) => this.change(record, item, answer), () => this.check(item));
    this.fields.set(item.id, field);
    this.boxes.set(item.id, field.element);
    return field.element;
  }

  private change(record: ScreenRecord, item: Item, answer: Answer): void {
    this.answers = {...this.answers, [item.id]: answer};
    if (answer.length === 0) delete this.answers[item.id];
    this.drafts.set(record.id, this.answers);
    this.fields.get(item.id)?.showFault(null);
    this.showAsked();
  }

  private check(item: Item): boolean {
    const fault = isAsked(item, this.answers) ? faultOf(item, this.answers[item.id]) : null;
    this.fields.get(item.id)?.showFault(fault === null || fault === "faultRequired" ? null : t(fault));
    return fault === null;
  }

  private showAsked(): void {
    for (const item of this.items) this.boxes.get(item.id)!.hidden = !isAsked(item, this.answers);
  }

  private save(): void {
    const record = this.around.record();
    if (!record || record.why) return;
    const asked = this.items.filter((item) => isAsked(item, this.answers));
    const faults: {[item: string]: string} = {};
    for (const item of asked) {
      const fault = faultOf(item, this.answers[item.id]);
      if (fault !== null) faults[item.id] = t(fault);
    }
    if (this.showFaults(faults)) return;
    const answers = Object.fromEntries(
        asked.filter((item) => this.answers[item.id] !== undefined).map((item) => [item.id, this.answers[item.id]!]));
    const draft = this.drafts.get(record.id);
    void this.around.decide({...emptyDecision(), ...record.own, answers}, () => {
      if (this.drafts.get(record.id) === draft) this.drafts.delete(record.id);  // not what was typed meanwhile
    });
  }

  /** What the form or the server found wrong, by item; false if none of them is an item of the form. */
  showFaults(faults: {[item: string]: string}): boolean {
    const first = this.items.find((item) => faults[item.id] !== undefined);
    if (!first) return false;
    const count = Object.keys(faults).length;
    this.summary.hidden = false;
    this.summary.textContent = t("faultsFound", {n: count});
    for (const [id, field] of this.fields) field.showFault(faults[id] ?? null);
    const turn = this.boxes.get(first.id)!.closest<HTMLElement>("fieldset.turn");
    if (turn) turn.hidden = false;
    this.fields.get(first.id)!.focus();
    return true;
  }
}
