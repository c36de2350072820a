// The end of a step: what was decided, and what comes next.
import {h} from "../parts/dom";
import {n, t} from "../texts/texts";
import type {Context} from "./view";
import {nameOf, stateText} from "./wording";

/** The next step that has something to read, or that there is none. */
export function whatNext(context: Context): HTMLElement {
  const next = context.session.steps.find((one) => one !== context.step && !one.closed && one.progress.open > 0);
  if (!next) return h("p", {}, t("nothingLeft"));
  return h(
      "p", {class: "row"},
      h("button", {type: "button", class: "main-button", onclick: () => void context.takeStep(next.id)},
        t("nextStep", {step: nameOf(next)})));
}

export function finish(context: Context, lookAgain: () => void): HTMLElement {
  const {step, transport} = context;
  const {progress} = step;
  if (progress.total === 0 || progress.open > 0)
    return h(
        "div", {class: "finish"}, h("h1", {tabindex: -1}, t(progress.total === 0 ? "nothingHere" : "nothingMatches")));
  const counts: [string, number][] = [
    ["include", progress.include], ["exclude", progress.exclude], ["undecided", progress.undecided],
    ["not retrieved", progress.notRetrieved ?? 0]
  ];
  const isCounted = step.kind === "screen" || step.kind === "full-text";
  const shown = counts.filter(([, count]) => count > 0);
  const downloads = transport.exports(step.id);
  return h(
      "div",
      {class: "finish"},
      h("h1", {tabindex: -1}, t("allDone", {total: n(progress.total)})),
      isCounted && h("dl", {}, shown.map(([state, count]) => [h("dt", {}, stateText(state)), h("dd", {}, n(count))])),
      h("p", {}, t(transport.unsaved() === null ? "allDoneHint" : "allDonePack")),
      h("p", {class: "row"}, h("button", {type: "button", onclick: lookAgain}, t("lookAgain"))),
      whatNext(context),
      downloads.length > 0 &&
          h("p", {class: "row"}, t("downloads") + ": ",
            downloads.map(({format, address}) => h("a", {href: address, download: ""}, format.toUpperCase()))),
  );
}
