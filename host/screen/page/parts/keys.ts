// Which key does what. The reader can change every key and switch single keys off (WCAG 2.1.4).

export const actions = [
  "include",
  "exclude",
  "undecided",
  "next",
  "previous",
  "undo",
  "note",
  "label",
  "highlights",
  "search",
  "criteria",
  "same",
  "different",
  "save",
  "help",
] as const;
export type Action = (typeof actions)[number];
export type KeyMap = {
  [action in Action]: string
};

const winnow: KeyMap = {
  include: "i",
  exclude: "e",
  undecided: "u",
  next: "j",
  previous: "k",
  undo: "z",
  note: "n",
  label: "l",
  highlights: "h",
  search: "/",
  criteria: "c",
  same: "s",
  different: "d",
  save: "f",
  help: "?",
};
// ASReview LAB: R is relevant, I is irrelevant.
const asreview: KeyMap = {
  ...winnow,
  include: "r",
  exclude: "i"
};

export const presets: {[name: string]: KeyMap} = {
  winnow,
  asreview
};

/** The letter or sign of a key press; on a keyboard of another script the one of the same place. */
export function keyOf(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  if (key.length !== 1 || key.charCodeAt(0) < 128) return key;
  const place = /^(?:Key|Digit)(.)$/.exec(event.code);
  return place ? place[1]!.toLowerCase() : key;
}

/** Whether the key belongs to a field, or to the browser. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return true;
  return target !== null &&
      target.matches(
          "input:not([type=radio]):not([type=checkbox]):not([type=button]), textarea, select, [contenteditable]");
}

/** Keys for choices: 1 to 9, 0, then the letters that nothing else uses. */
export function choiceKeys(count: number, taken: Iterable<string> = []): string[] {
  const used = new Set(taken);
  return [..."1234567890abcdefghijklmnopqrstuvwxyz"].filter((key) => !used.has(key)).slice(0, count);
}

/** Control (or Command) and Enter: saves a form, from its fields as well, and needs no switching off. */
export const saveKey = "ctrl+enter";

/** How a key is written on a button. */
export const shown = (key: string) => key === saveKey ? "Ctrl ↵" : key.toUpperCase();
