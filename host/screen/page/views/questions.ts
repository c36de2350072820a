// The short questions of a decision: its reason, a note, labels, and which of two decisions counts.
import type {Choice, Step} from "../data/types";
import {h} from "../parts/dom";
import {choiceKeys, shown} from "../parts/keys";
import {settings} from "../parts/settings";
import {t} from "../texts/texts";
import {ask} from "./dialog";
import {reasonsOf} from "./wording";

/** The reason of an exclusion; "" is none, null is Esc. Not asked where there is none to give. */
export async function askReason(step: Step, given: string): Promise<string|null> {
  const reasons = reasonsOf(step);
  const present = reasons.some(({id}) => id === given) ? given : "";
  if (reasons.length === 0) return "";
  const keys = choiceKeys(reasons.length, Object.values(settings.keys));  // a key pressed twice chooses nothing
  let choose: (id: string) => void = () => {};
  return ask<string>(
      t("whyExclude"),
      (close) => {
        choose = close;
        const entry = ({id, text}: Choice, i: number) =>
            [groupOf(step, id) !== groupOf(step, reasons[i - 1]?.id) &&
                 h("li", {class: "group"}, t(groupOf(step, id) ?? "reason")),
             h("li", {}, choice(text, keys[i] ?? "", () => close(id), {
                 autofocus: id === present || (!present && Boolean(step.reasonRequired) && i === 0),
                 "aria-current": id === present ? "true" : null
               })),
        ];
        const none = !step.reasonRequired &&
            choice(t("withoutReason"), "", () => close(""), {autofocus: !present, class: "choice none"});
        return [
          h("p", {class: "hint"}, t("whyExcludeHint")), none,
          h("ul", {class: "choices", onkeydown: moveByArrows}, reasons.map(entry))
        ];
      },
      {
        class: "reasons",
        keys: (key) => {
          const at = keys.indexOf(key);
          if (at < 0 || key === "") return false;
          choose(reasons[at]!.id);
          return true;
        },
      },
  );
}

/** Whether a reason is a criterion that does not hold, or one that does; null: a reason of the step itself, or none. */
function groupOf(step: Step, id: string|undefined): "doesNotHold"|"holds"|null {
  if (step.include?.some((one) => one.id === id)) return "doesNotHold";
  return step.exclude?.some((one) => one.id === id) ? "holds" : null;
}

function choice(text: string, key: string, act: () => void, properties: {[name: string]: string|boolean|null} = {}) {
  return h(
      "button", {type: "button", class: "choice", onclick: act, ...properties},
      key && h("kbd", {"aria-hidden": "true"}, shown(key)), h("span", {dir: "auto"}, text));
}

function moveByArrows(event: KeyboardEvent): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll("button")];
  buttons[(buttons.indexOf(event.target as HTMLButtonElement) + step + buttons.length) % buttons.length]?.focus();
  event.preventDefault();
}

export function askNote(present: string): Promise<string|null> {
  return ask<string>(t("noteTitle"), (close) => {
    const field = h("textarea", {
      rows: 6,
      dir: "auto",
      autofocus: true,
      "aria-label": t("noteTitle"),
      onkeydown: (event: KeyboardEvent) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) close(field.value.trim());
      }
    });
    field.value = present;
    return [h("p", {class: "hint"}, t("noteHint")), field, buttons(() => close(field.value.trim()))];
  });
}

export function askLabels(present: string[], known: string[]): Promise<string[]|null> {
  return ask<string[]>(t("labelsTitle"), (close) => {
    const list = h("ul", {class: "checks"});
    const add = (label: string, isOn: boolean) => list.append(h(
        "li", {},
        h("label", {}, h("input", {type: "checkbox", value: label, checked: isOn}), h("span", {dir: "auto"}, label))));
    for (const label of new Set([...known, ...present])) add(label, present.includes(label));
    const field = h("input", {
      type: "text",
      dir: "auto",
      autofocus: true,
      "aria-label": t("newLabel"),
      placeholder: t("newLabel"),
      maxlength: 80
    });
    const take = () => {
      const label = field.value.replace(/;/g, ",").trim();  // labels are told apart by semicolons in files
      const same = [...list.querySelectorAll("input")].find((box) => box.value === label);
      if (same)
        same.checked = true;
      else if (label)
        add(label, true);
      field.value = "";
    };
    const finish = () => {
      take();
      close([...list.querySelectorAll("input")].filter((box) => box.checked).map((box) => box.value));
    };
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      if (field.value.trim())
        take();
      else
        finish();
    });
    return [
      h("p", {class: "hint"}, t("labelsHint")), list,
      h("p", {class: "row"}, field, h("button", {type: "button", onclick: take}, t("add"))), buttons(finish)
    ];
  });
}

function buttons(save: () => void) {
  return h("p", {class: "row end"}, h("button", {type: "button", class: "main-button", onclick: save}, t("save")));
}

/** After a 409: whether the reader's own answer replaces what was said elsewhere. */
export async function askWhichCounts(theirs: string, yours: string): Promise<boolean> {
  const mine = await ask<boolean>(
      t("otherWindow"),
      (close) =>
          [h("p", {}, t("otherWindowSays", {theirs, yours})),
           h(
               "p",
               {class: "row end"},
               h("button", {type: "button", autofocus: true, onclick: () => close(false)}, t("keepTheirs")),
               h("button", {type: "button", class: "main-button", onclick: () => close(true)}, t("useMine")),
               ),
  ]);
  return mine === true;
}
