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

/** What the reader changed; what was not changed follows the review. */
let changed: Partial<Settings> = {};

/** Reads what was kept; what the session says stands behind it. */
export function loadSettings(sessionKeys: string, sessionLanguage: string): void {
  const preset = sessionKeys in presets ? sessionKeys : "winnow";
  changed = kept();
  Object.assign(settings, {preset, keys: presets[preset], language: sessionLanguage}, changed);
  settings.keys = {...presets[preset]!, ...settings.keys};
}

export function keepSettings(change: Partial<Settings>): void {
  Object.assign(settings, change);
  Object.assign(changed, change);
  keep(JSON.stringify(changed));
}

// ---- where they are kept ----
// A file's page has local storage. A server has another port each time it starts, and storage goes by port; cookies do
// not.

const place = "winnow-screen";
const oneYear = 365 * 24 * 60 * 60;  // seconds
const isFile = location.protocol === "file:";

function kept(): Partial<Settings> {
  try {
    const cookie = new RegExp(`(?:^|; )${place}=([^;]*)`).exec(document.cookie)?.[1];
    const text = isFile ? localStorage.getItem(place) : cookie && decodeURIComponent(cookie);
    return JSON.parse(text ?? "{}") as Partial<Settings>;
  } catch {
    return {};
  }
}

function keep(text: string): void {
  try {
    if (isFile)
      localStorage.setItem(place, text);
    else
      document.cookie = `${place}=${encodeURIComponent(text)}; SameSite=Strict; Path=/; Max-Age=${oneYear}`;
  } catch {
    // a browser that keeps nothing for files
  }
}
