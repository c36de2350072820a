// The criteria beside the record.
import type {Choice, Step} from "../data/types";
import {fill, h, type Child} from "../parts/dom";
import {t} from "../texts/texts";

function criteria(title: string, sign: string, list: Choice[]|undefined): Child {
  if (!list || list.length === 0) return null;
  const entry = ({id, text}: Choice) =>
      h("li", {}, h("span", {class: "criterion"}, text), text === id ? null : h("span", {class: "id"}, id));
  return h("section", {class: sign}, h("h2", {}, title), h("ul", {}, list.map(entry)));
}

export function showCriteria(panel: Element, step: Step): void {
  fill(
      panel,
      step.question && h("section", {}, h("h2", {}, t("question")), h("p", {dir: "auto"}, step.question)),
      criteria(t("includeIf"), "for", step.include),
      criteria(t("excludeIf"), "against", step.exclude),
      step.blind && h("p", {class: "hint"}, t("blind")),
  );
}
