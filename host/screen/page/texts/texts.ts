// The words of the page in the reader's language.
import {en, type Texts} from "./en";
import {no} from "./no";

export const languages: {[code: string]: {name: string; texts: Texts}} = {
  en: {name: "English", texts: en},
  no: {name: "Norsk", texts: no},
};

let texts: Texts = en;
let code = "en";

export function setLanguage(wanted: string): void {
  code = wanted in languages ? wanted : "en";
  texts = languages[code]!.texts;
  document.documentElement.lang = code;
}

/** The text with its {names} filled in. */
export function t(key: keyof Texts, values: {[name: string]: string|number} = {}): string {
  return texts[key].replace(/\{(\w+)\}/g, (all, name: string) => (name in values ? String(values[name]) : all));
}

/** A number as the language writes it: 12,345 or 12 345. */
export const n = (value: number) => value.toLocaleString(code === "no" ? "nb" : code);
