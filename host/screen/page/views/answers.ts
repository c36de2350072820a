// How a record is answered, by the kind of its step: a decision, categories.
import {emptyDecision, type Decision, type ScreenRecord, type Step, type Word} from "../data/types";
import {h, type Child} from "../parts/dom";
import {choiceKeys, type Action} from "../parts/keys";
import {settings} from "../parts/settings";
import {t} from "../texts/texts";
import {actionButton, keyButton} from "./buttons";
import {askReason} from "./questions";

/** What an answering part asks of the view around it. */
export interface Around {
  readonly step: Step;
  record(): ScreenRecord|null;
  /** Writes the decision; if it is kept, calls `whenKept` at once and goes on to the next record. */
  decide(decision: Decision, whenKept?: () => void): Promise<void>;
  act(action: Action): void;
  announce(text: string): void;
}

export interface Answers {
  /** A form beside the record; null: the buttons are enough. */
  form(record: ScreenRecord): HTMLElement|null;
  buttons(record: ScreenRecord): Child;
  act(action: Action): boolean;
  press(key: string): boolean;
  hasUnsaved(): boolean;
}

const without = {
  form: () => null,
  press: () => false,
  hasUnsaved: () => false
};

/** Include, exclude with a reason, undecided. */
export class ScreenAnswers implements Answers {
  form = without.form;
  press = without.press;
  hasUnsaved = without.hasUnsaved;
  constructor(private readonly around: Around) {}

  buttons(record: ScreenRecord): Child {
    const {step, act} = this.around;
    const current = (word: Word) => ({
      class: `word ${word.replace(" ", "-")}`,
      "aria-pressed": String(record.own?.decision === word),
      disabled: Boolean(record.why)
    });
    return [
      actionButton("include", act, current("include")),
      actionButton("exclude", act, current("exclude")),
      step.undecidedAllowed !== false && actionButton("undecided", act, current("undecided")),
      step.notRetrieved &&
          keyButton(undefined, t("notRetrieved"), () => this.say("not retrieved", ""), current("not retrieved")),
    ];
  }

  act(action: Action): boolean {
    if (action === "include")
      this.say("include", "");
    else if (action === "exclude")
      void this.exclude();
    else if (action === "undecided" && this.around.step.undecidedAllowed !== false)
      this.say("undecided", "");
    else
      return false;
    return true;
  }

  private async exclude(): Promise<void> {
    const record = this.around.record();
    if (!record || record.why) return;
    const reason = await askReason(this.around.step, record.own?.reason || proposedReason(record));
    if (reason !== null && this.around.record() === record) this.say("exclude", reason);
  }

  private say(decision: Word, reason: string): void {
    const record = this.around.record();
    if (record && !record.why) void this.around.decide({...emptyDecision(), ...record.own, decision, reason});
  }
}

/** The reason that a filter proposes: the one that a reader who agrees gives. */
const proposedReason = (record: ScreenRecord) =>
    record.proposals?.find((one) => one.decision === "exclude" && one.reason)?.reason ?? "";

/** Categories: the key of the only one decides; several are marked and saved. */
export class MapAnswers implements Answers {
  form = without.form;
  private readonly keys: string[];
  private chosen = new Set<string>();
  private of: ScreenRecord|null = null;

  constructor(private readonly around: Around) {
    this.keys = choiceKeys(this.categories.length, Object.values(settings.keys));
  }

  private get categories() {
    return this.around.step.categories ?? [];
  }

  buttons(record: ScreenRecord): Child {
    if (this.of !== record) {
      this.of = record;
      this.chosen = new Set(record.own?.categories ?? []);
    }
    const isMany = Boolean(this.around.step.manyCategories);
    const entry = ({id, text}: {id: string; text: string}, i: number) => keyButton(
        this.keys[i], text, () => this.choose(id),
        {class: "category", "data-id": id, "aria-pressed": String(this.chosen.has(id)), disabled: Boolean(record.why)});
    return [
      h("div", {class: "categories", role: "group", "aria-label": t(isMany ? "chooseCategories" : "chooseCategory")},
        this.categories.map(entry)),
      isMany &&
          keyButton("↵", t("saveAndNext"), () => this.save(), {class: "word include", disabled: Boolean(record.why)}),
    ];
  }

  act(): boolean {
    return false;
  }

  press(key: string): boolean {
    if (key === "enter" && this.around.step.manyCategories && !(document.activeElement instanceof HTMLButtonElement)) {
      this.save();
      return true;
    }
    const category = this.categories[this.keys.indexOf(key)];
    if (!category || key === "") return false;
    this.choose(category.id);
    return true;
  }

  hasUnsaved(): boolean {
    return Boolean(
        this.around.step.manyCategories && this.of &&
        [...this.chosen].join("\n") !== (this.of.own?.categories ?? []).join("\n"));
  }

  private choose(id: string): void {
    const record = this.around.record();
    if (!record || record.why) return;
    if (!this.around.step.manyCategories) {
      void this.around.decide({...emptyDecision(), ...record.own, categories: [id]});
      return;
    }
    if (!this.chosen.delete(id)) this.chosen.add(id);
    for (const button of document.querySelectorAll<HTMLElement>(".category"))
      button.setAttribute("aria-pressed", String(this.chosen.has(button.dataset["id"] ?? "")));
  }

  private save(): void {
    const record = this.around.record();
    if (!record || record.why) return;
    if (this.chosen.size === 0) return this.around.announce(t("chooseOne"));
    const inOrder = this.categories.map(({id}) => id).filter((id) => this.chosen.has(id));
    void this.around.decide({...emptyDecision(), ...record.own, categories: inOrder});
  }
}
