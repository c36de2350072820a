// Buttons that show the key which presses them.
import {h, type Child} from "../parts/dom";
import {saveKey, shown, type Action} from "../parts/keys";
import {settings} from "../parts/settings";
import {t} from "../texts/texts";

/** A key as it stands on a button; nothing while keys are off. */
export function keyCap(key: string|undefined): Child {
  return key && (settings.areKeysOn || key === saveKey) ? h("kbd", {"aria-hidden": "true"}, shown(key)) : null;
}

export function keyButton(
    key: string|undefined, text: string, act: () => void,
    properties: {[name: string]: string|boolean|null} = {}): HTMLElement {
  const shortcut = key === saveKey ? "Control+Enter" : settings.areKeysOn && key ? key : null;
  return h(
      "button", {type: "button", "aria-keyshortcuts": shortcut, onclick: act, ...properties}, keyCap(key),
      h("span", {class: "text"}, text));
}

export function actionButton(
    action: Action, act: (action: Action) => void,
    properties: {[name: string]: string|boolean|null} = {}): HTMLElement {
  const text = action === "save" ? t("saveFile") : t(action);
  return keyButton(settings.keys[action], text, () => act(action), {"data-action": action, ...properties});
}
