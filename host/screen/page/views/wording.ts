// How decisions are called.
import type {Choice, Decision, Step} from "../data/types";
import {t} from "../texts/texts";

export function stateText(state: string): string {
  switch (state) {
    case "include":
      return t("stateInclude");
    case "exclude":
      return t("stateExclude");
    case "undecided":
    case "maybe":
      return t("stateUndecided");
    case "not retrieved":
      return t("stateNotRetrieved");
    case "open":
      return t("stateOpen");
    default:
      return state;
  }
}

/** A step of conflicts bears the name of the step in which readers differ. */
export function nameOf(step: Step): string {
  return step.kind === "conflicts" ? t("conflictsOf", {step: step.name}) : step.name;
}

/** What an exclusion may name. */
export function reasonsOf(step: Step): Choice[] {
  return step.reasons ?? [...(step.include ?? []), ...(step.exclude ?? [])];
}

/** Of a criterion that must hold: that it does not. */
export function reasonText(step: Step, id: string): string {
  const text = reasonsOf(step).find((reason) => reason.id === id)?.text ?? id;
  return step.include?.some((one) => one.id === id) ? t("isNotMet", {criterion: text}) : text;
}

export function categoryText(step: Step, id: string): string {
  return step.categories?.find((category) => category.id === id)?.text ?? id;
}

/** "excluded", "interview study", "charted"; null where nothing is decided. */
export function decisionText(own: Decision|null, step: Step): string|null {
  if (own === null) return null;
  if (own.decision !== null) return stateText(own.decision);
  if (own.categories.length > 0) return own.categories.map((id) => categoryText(step, id)).join(", ");
  return Object.keys(own.answers).length > 0 ? t("charted") : null;
}

/** As decisionText, with the reason. */
export function wholeText(own: Decision|null, step: Step): string {
  const text = decisionText(own, step) ?? t("noDecision");
  return own?.reason ? `${text}, ${reasonText(step, own.reason)}` : text;
}
