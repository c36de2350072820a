// The field of one item of a form, by its type.
import {joinQuotation, splitQuotation, typeOf} from "../data/form";
import type {Answer, Choice, Item} from "../data/types";
import {h, type Child} from "../parts/dom";
import {t} from "../texts/texts";

export interface Field {
  element: HTMLElement;
  focus(): void;
  showFault(fault: string|null): void;
}

type Change = (answer: Answer) => void;

const mostRadios = 7;

/** `change` hears every change, `leave` when the reader leaves the field. */
export function fieldOf(item: Item, answer: Answer|undefined, change: Change, leave: () => void): Field {
  const id = `item-${item.id.replace(/\W/g, "-")}`;
  const fault = h("p", {class: "fault", id: `${id}-fault`, hidden: true});
  const help = item.help ? h("p", {class: "hint", id: `${id}-help`}, item.help) : null;
  const name = [item.name, item.required ? h("span", {class: "required"}, ` (${t("required")})`) : null];
  const described = [help?.id, fault.id].filter(Boolean).join(" ");
  const type = typeOf(item);
  const choices = type === "yes-no" ? yesNo() : item.choices ?? [];
  const isGroup = type === "multiple" || (choices.length > 0 && choices.length <= mostRadios);
  const input = isGroup    ? boxes(item, id, type === "multiple", withUnknown(choices, answer), answer, change) :
      choices.length > 0   ? selection(id, withUnknown(choices, answer), answer, change) :
      type === "quotation" ? quotation(id, String(answer ?? ""), change, leave) :
                             line(item, id, String(answer ?? ""), change, leave);
  const element = isGroup ?
      h("fieldset", {class: "item", "aria-describedby": described}, h("legend", {}, name), help, input, fault) :
      h("div", {class: "item"}, h("label", { for: id
        }, name), help, input, fault);
  const controls = () => [...element.querySelectorAll<HTMLElement>("input, textarea, select")];
  if (!isGroup) controls()[0]?.setAttribute("aria-describedby", described);
  return {
    element,
    focus: () => controls()[0]?.focus(),
    showFault: (text) => {
      fault.hidden = text === null;
      fault.textContent = text ?? "";
      element.classList.toggle("wrong", text !== null);
      for (const control of controls())
        text === null ? control.removeAttribute("aria-invalid") : control.setAttribute("aria-invalid", "true");
    },
  };
}

const yesNo = (): Choice[] =>
    [{id: "yes", text: t("yes")},
     {id: "no", text: t("no")},
     {id: "unclear", text: t("unclear")},
];

/** Keeps an answer that the form does not list, such as "others: interviews by post". */
function withUnknown(choices: Choice[], answer: Answer|undefined): Choice[] {
  const unknown = [answer ?? []].flat().filter((value) => value && !choices.some((choice) => choice.id === value));
  return [...choices, ...unknown.map((value) => ({id: value, text: value}))];
}

function boxes(
    item: Item, id: string, isMultiple: boolean, choices: Choice[], answer: Answer|undefined,
    change: Change): HTMLElement {
  const chosen = new Set([answer ?? []].flat());
  const all = isMultiple ? choices : [...choices, {id: "", text: t("notAnswered")}];
  const listen = (choice: Choice) => (event: Event) => {
    if (!isMultiple) return change(choice.id);
    if ((event.target as HTMLInputElement).checked)
      chosen.add(choice.id);
    else
      chosen.delete(choice.id);
    change(choices.map((one) => one.id).filter((one) => chosen.has(one)));
  };
  const isOn = (choice: Choice) => (choice.id === "" ? chosen.size === 0 : chosen.has(choice.id));
  const entry = (choice: Choice): Child =>
      h("label", {class: choice.id === "" ? "choice-line unanswered" : "choice-line"}, h("input", {
          type: isMultiple ? "checkbox" : "radio",
          name: id,
          value: choice.id,
          checked: isOn(choice),
          onchange: listen(choice)
        }),
        h("span", {dir: "auto"}, choice.text));
  return h("div", {class: "choice-lines", "data-item": item.id}, all.map(entry));
}

function selection(id: string, choices: Choice[], answer: Answer|undefined, change: Change): HTMLElement {
  const all = [{id: "", text: t("notAnswered")}, ...choices];
  const options =
      all.map((choice) => h("option", {value: choice.id, selected: choice.id === (answer ?? "")}, choice.text));
  return h("select", {id, onchange: (event: Event) => change((event.target as HTMLSelectElement).value)}, options);
}

const modes: {[type: string]: string} = {
  whole: "numeric",
  decimal: "decimal",
  link: "url"
};

function line(item: Item, id: string, value: string, change: Change, leave: () => void): HTMLElement {
  const listen = (event: Event) => change((event.target as HTMLInputElement).value.trim());
  if (typeOf(item) === "text" && !item.from) {
    const area = h("textarea", {id, rows: 2, dir: "auto", oninput: listen, onblur: leave});
    area.value = value;
    return area;
  }
  const field = h("input", {
    id,
    type: "text",
    dir: "auto",
    value,
    inputmode: modes[typeOf(item)] ?? null,
    autocomplete: "off",
    oninput: listen,
    onblur: leave
  });
  return item.unit ? h("span", {class: "row"}, field, h("span", {class: "unit"}, item.unit)) : field;
}

function quotation(id: string, value: string, change: Change, leave: () => void): HTMLElement {
  const {text, page} = splitQuotation(value);
  const said = () => change(joinQuotation(area.value.trim(), place.value.trim()));
  const area = h("textarea", {id, rows: 3, dir: "auto", oninput: said});
  area.value = text;
  const place = h("input", {
    id: `${id}-page`,
    type: "text",
    class: "page-number",
    value: page,
    oninput: said,
    onblur: leave,
    autocomplete: "off"
  });
  return h("div", {class: "quotation"}, area, h("label", { for: place.id
           }, t("pageOfQuotation")), place);
}
