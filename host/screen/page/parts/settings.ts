// What a reader set for this browser: keys, theme, size of text, panels. Lost settings are no harm: defaults come back.
import {presets, type KeyMap} from "./keys";

export interface Settings {
  preset: string;
  keys: KeyMap;
  areKeysOn: boolean;
  theme: "system"|"light"|"dark";
  size: "normal"|"large"|"larger";
  language: string;
  areHighlightsOn: boolean;
  isPanelOpen: boolean;
}

const place = "winnow-screen";

export const settings: Settings = {
  preset: "winnow",
  keys: {...presets.winnow!},
  areKeysOn: true,
  theme: "system",
  size: "normal",
  language: "",
  areHighlightsOn: true,
  isPanelOpen: true,
};

/** Reads what was kept; what the session says stands behind it. */
export function loadSettings(sessionKeys: string, sessionLanguage: string): void {
  const preset = sessionKeys in presets ? sessionKeys : "winnow";
  Object.assign(settings, {preset, keys: {...presets[preset]!}, language: sessionLanguage});
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? "{}") as Partial<Settings>;
    Object.assign(settings, kept, {keys: {...settings.keys, ...(kept.keys ?? {})}});
  } catch {
    // a browser that keeps nothing for files
  }
}

export function keepSettings(change: Partial<Settings>): void {
  Object.assign(settings, change);
  try {
    localStorage.setItem(place, JSON.stringify(settings));
  } catch {
    // see loadSettings
  }
}
