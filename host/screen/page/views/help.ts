// The page's own help: enough to read a review to its end.
import type {Step} from "../data/types";
import {h} from "../parts/dom";
import {actions, shown, type Action} from "../parts/keys";
import {settings} from "../parts/settings";
import {t} from "../texts/texts";
import {ask} from "./dialog";
import {actionName} from "./settings";

const byKind = {
  screen: "helpScreen",
  "full-text": "helpFullText",
  map: "helpMap",
  chart: "helpChart",
  pairs: "helpPairs",
  conflicts: "helpConflicts"
} as const;

/** The actions that mean something in a step. */
function usedActions(step: Step, isPack: boolean): Action[] {
  const isScreened = step.kind === "screen" || step.kind === "full-text";
  const isRead = isScreened || step.kind === "map" || step.kind === "chart";
  const isUsed = (action: Action) => {
    if (action === "include" || action === "exclude") return isScreened;
    if (action === "undecided") return isScreened && step.undecidedAllowed !== false;
    if (action === "same" || action === "different") return step.kind === "pairs";
    if (action === "save") return isPack;
    return isRead || ["next", "previous", "help"].includes(action) || (action === "undo" && step.kind === "pairs");
  };
  return actions.filter(isUsed);
}

export async function openHelp(step: Step, isPack: boolean, program: string): Promise<void> {
  await ask(
      t("help"),
      () =>
          [h("h3", {}, t("helpWhat")),
           h("p", {}, t(byKind[step.kind], {
               include: shown(settings.keys.include),
               exclude: shown(settings.keys.exclude),
               undecided: shown(settings.keys.undecided)
             })),
           step.kind !== "conflicts" && h("p", {}, t(step.kind === "pairs" ? "helpUndoPair" : "helpUndo")),
           (step.words?.include.length ?? 0) + (step.words?.exclude.length ?? 0) > 0 && h("p", {}, t("helpMarks")),
           h("h3", {}, t("helpSafe")),
           h("p", {}, t(isPack ? "helpPack" : "helpServer")),
           h("h3", {}, t("helpKeys")),
           h("p", {}, t("helpKeysHint")),
           h("dl", {class: "keys"},
             usedActions(step, isPack)
                 .map(
                     (action) =>
                         h("div", {}, h("dt", {}, h("kbd", {}, shown(settings.keys[action]))),
                           h("dd", {}, actionName(action))))),
           h("p", {}, t("reasonKeys")),
           program && h("p", {class: "hint"}, program),
  ],
      {class: "help"},
  );
}
