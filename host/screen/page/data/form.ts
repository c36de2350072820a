// What an answer of a charting form has to look like. The same rules as the engine's, so that a pack needs no server;
// a server checks again.
import type {en} from "../texts/en";
import type {Answer, Item, ScreenRecord} from "./types";

export type Answers = {
  [item: string]: Answer
};
type Fault = keyof typeof en;

const aliases: {[type: string]: string} = {
  "one of": "closed",
  "any of": "multiple",
  number: "whole",
  "yes/no": "yes-no"
};

export const typeOf = (item: Item) => aliases[item.type] ?? item.type;

const isNotReported = (value: string) => /^(nr|not reported)$/i.test(value);
const decimal = /^-?\d+([.,]\d+)?$/;

/** "18-65", "18 to 65", "18–65": two numbers in order. */
function isRange(value: string): boolean {
  const ends = value.replace(/\u2013|\u2014| to |\.\.\./g, "-");
  const dash = ends.indexOf("-", 1);
  if (dash < 0) return false;
  const [low, high] = [ends.slice(0, dash).trim(), ends.slice(dash + 1).trim()];
  const number = (text: string) => Number(text.replace(",", "."));
  return decimal.test(low) && decimal.test(high) && number(low) <= number(high);
}

function isDate(value: string): boolean {
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[ T]\d\d:\d\d\S*)?)?)?$/.exec(value);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)];
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const isLink = (value: string) => /^(https?:\/\/|doi:)\S+$/i.test(value);

/** A quotation ends with its place: (p. 12), (pp. 3-4), (table 2), (abstract), (12). */
const namesItsPlace = (value: string) =>
    /\((?:(?:p\.?|pp\.|pages?|s\.|table|figure) [^()\s][^()]*|abstract|\d{1,9})\)$/i.test(value);

function withoutUnit(item: Item, value: string): string {
  const unit = item.unit ?? "";
  return unit && value.toLowerCase().endsWith(unit.toLowerCase()) ? value.slice(0, -unit.length).trim() : value;
}

/** What is wrong with an answer, as the name of a text; null: nothing. */
export function faultOf(item: Item, answer: Answer|undefined): Fault|null {
  if (answer === undefined || answer.length === 0) return item.required ? "faultRequired" : null;
  if (typeof answer !== "string") return null;
  const type = typeOf(item);
  if (isNotReported(answer) && (["whole", "decimal", "range", "date"].includes(type) || item.from === "year"))
    return null;
  if (type === "whole" || item.from === "year") return /^\d{1,9}$/.test(answer) ? null : "faultWhole";
  if (type === "decimal") return decimal.test(withoutUnit(item, answer)) ? null : "faultDecimal";
  if (type === "range") return isRange(withoutUnit(item, answer)) ? null : "faultRange";
  if (type === "date") return isDate(answer) ? null : "faultDate";
  if (type === "link") return isLink(answer) ? null : "faultLink";
  if (type === "quotation") return namesItsPlace(answer) ? null : "faultQuotation";
  return null;
}

/** Whether an item is asked, by the answers so far. */
export function isAsked(item: Item, answers: Answers): boolean {
  if (!item.if) return true;
  const wanted = [item.if.is].flat().map((value) => value.toLowerCase());
  return [answers[item.if.item] ?? ""].flat().some((value) => wanted.includes(value.toLowerCase()));
}

/** What the record itself says. */
export function prefilled(items: Item[], record: ScreenRecord): Answers {
  const answers: Answers = {};
  for (const item of items) {
    const author = record.firstFamily || (record.authors[0] ?? "").split(",")[0]!;
    const value = item.from === "author" ? author : item.from === "year" ? String(record.year ?? "") : "";
    if (value) answers[item.id] = value;
  }
  return answers;
}

/** A quotation in its two parts. */
export function splitQuotation(value: string): {text: string; page: string} {
  const parts = /^([\s\S]*?)\s*\((?:pp?\. ?)?([^()]*)\)$/.exec(value);
  return parts ? {text: parts[1]!, page: parts[2]!} : {text: value, page: ""};
}

export function joinQuotation(text: string, page: string): string {
  if (!page) return text;
  const isNumbers = /^[\divxlc]+(\s*[-\u2013,]\s*[\divxlc]+)*$/i.test(page);
  const place = isNumbers ? (/[-\u2013,]/.test(page) ? `pp. ${page}` : `p. ${page}`) : page;
  return `${text} (${place})`.trim();
}
