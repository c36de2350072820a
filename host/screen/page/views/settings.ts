// What a reader may set: language, colours, size of text, keys.
import {actions, presets, shown, type Action} from "../parts/keys";
import {keepSettings, settings, type Settings} from "../parts/settings";
import {fill, h} from "../parts/dom";
import {languages, t} from "../texts/texts";
import {ask} from "./dialog";

/** Puts the settings of looks on the page. */
export function applyLooks(): void {
  document.documentElement.dataset["theme"] = settings.theme;
  document.documentElement.dataset["size"] = settings.size;
}

/** `changed` draws the page again. */
export async function openSettings(changed: () => void): Promise<void> {
  await ask(t("settings"), () => {
    const body = h("div", {class: "settings"});
    const draw = () => fill(body, looks(change), keys(change));
    const change = (what: Partial<Settings>) => {
      const focused = document.activeElement?.id;
      keepSettings(what);
      applyLooks();
      changed();
      draw();
      if (focused) document.getElementById(focused)?.focus();
    };
    draw();
    return body;
  });
}

type Change = (what: Partial<Settings>) => void;

function choose(id: string, name: string, value: string, options: [string, string][], change: (value: string) => void):
    HTMLElement {
  const list = options.map(([key, text]) => h("option", {value: key, selected: key === value}, text));
  return h(
      "p", {class: "item"}, h("label", { for: id
      }, name), h("select", {id, onchange: (event: Event) => change((event.target as HTMLSelectElement).value)}, list));
}

function looks(change: Change): HTMLElement {
  return h(
      "section",
      {},
      choose(
          "set-language", t("language"), settings.language,
          Object.entries(languages).map(([code, {name}]) => [code, name]), (language) => change({language})),
      choose(
          "set-theme", t("theme"), settings.theme,
          [["system", t("themeSystem")], ["light", t("themeLight")], ["dark", t("themeDark")]],
          (theme) => change({theme: theme as Settings["theme"]})),
      choose(
          "set-size", t("textSize"), settings.size,
          [["normal", t("sizeNormal")], ["large", t("sizeLarge")], ["larger", t("sizeLarger")]],
          (size) => change({size: size as Settings["size"]})),
  );
}

function keys(change: Change): HTMLElement {
  const fault = h("p", {class: "fault", role: "alert", hidden: true});
  const row = (action: Action) => {
    const field = h("input", {
      type: "text",
      class: "key",
      id: `key-${action}`,
      value: shown(settings.keys[action]),
      maxlength: 1,
      autocomplete: "off",
      autocapitalize: "off",
      onkeydown: (event: KeyboardEvent) => {
        if (event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        setKey(action, event.key.toLowerCase(), change, fault);
      }
    });
    return h("p", {class: "key-line"}, h("label", { for: field.id
             }, actionName(action)), field);
  };
  const presetOptions: [string, string][] =
      [["winnow", t("presetWinnow")], ["asreview", t("presetAsreview")], ["own", t("presetOwn")]];
  const takePreset = (preset: string) => change(preset in presets ? {preset, keys: {...presets[preset]!}} : {preset});
  return h(
      "section",
      {},
      h("h3", {}, t("keys")),
      h("label", {class: "choice-line"}, h("input", {
          type: "checkbox",
          id: "set-keys",
          checked: settings.areKeysOn,
          onchange: () => change({areKeysOn: !settings.areKeysOn})
        }),
        h("span", {}, t("keysOn"))),
      h("p", {class: "hint"}, t("keysOffHint")),
      choose("set-preset", t("preset"), settings.preset, presetOptions, takePreset),
      fault,
      h("div", {class: "key-lines"}, actions.map(row)),
  );
}

export const actionName = (action: Action) => (action === "save" ? t("saveFile") : t(action));

function setKey(action: Action, key: string, change: Change, fault: HTMLElement): void {
  if (/[\s0-9]/.test(key)) return;  // digits choose reasons and categories
  const other = actions.find((one) => one !== action && settings.keys[one] === key);
  if (other) {
    fault.hidden = false;
    fault.textContent = t("keyTaken", {key: shown(key), action: actionName(other)});
    return;
  }
  change({preset: "own", keys: {...settings.keys, [action]: key}});
}
