// Questions in front of the page. The browser keeps the focus inside and gives it back.
import {h, type Child} from "../parts/dom";
import {t} from "../texts/texts";

/** Shows a dialog; `make` gets what closes it. Resolves with what it was closed with, null for Esc or Close. */
export function ask<Value>(
    title: string, make: (close: (value: Value) => void) => Child,
    options: {class?: string; keys?: (key: string) => boolean} = {}): Promise<Value|null> {
  return new Promise((resolve) => {
    let answer: Value|null = null;
    const before = document.activeElement as HTMLElement | null;
    const dialog = h("dialog", {class: options.class ?? "", "aria-labelledby": "dialog-title"});
    const close = (value: Value) => {
      answer = value;
      dialog.close();
    };
    const closing = h("button", {type: "button", class: "tool", onclick: () => dialog.close()}, t("close"));
    dialog.append(
        h("div", {class: "dialog-top"}, h("h2", {id: "dialog-title"}, title), closing),
        h("div", {class: "dialog-body"}, make(close)));
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (options.keys?.(keyWithout(event))) event.preventDefault();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before?.isConnected) before.focus();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector<HTMLElement>("[autofocus]")?.focus();
  });
}

/** The key, or nothing where it belongs to a field or to the browser. */
function keyWithout(event: KeyboardEvent): string {
  const isField =
      (event.target as HTMLElement).matches("input:not([type=radio]):not([type=checkbox]), textarea, select");
  return isField || event.repeat || event.ctrlKey || event.altKey || event.metaKey ? "" : event.key.toLowerCase();
}

export const isDialogOpen = () => document.querySelector("dialog[open]") !== null;
