// Writes decision files as `winnow screen` appends them and `winnow run` reads them: a row for each change, the newest
// last.
import type {Answer, Decision, Item, ScreenRecord, Step, Word} from "./types";

/** One thing that the reader said: a decision, or that an earlier one is taken back (null). */
export interface Row {
  step: string;
  record: string;
  decision: Decision|null;
  /** Of pairs: the other record, and what was said. */
  other?: string;
  same?: boolean;
  time: string;
  /** What the change is known by. */
  change: string;
}

const takenBack = "taken back";
const severalBy = "; ";

/**
 * Quoted where a comma, quote or line end stands; behind an apostrophe where a spreadsheet would take it for a
 * formula.
 */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replace(/"/g, '""')}"` : plain;
}

const line = (cells: string[]) => cells.map(cell).join(",") + "\r\n";

/** The sheets' word for what the page calls undecided. */
const sheetWord = (word: Word|null) => (word === "undecided" ? "maybe" : word ?? "");

const described = ["number", "doi", "pmid", "title", "year", "first author"];

function descriptionOf(record: ScreenRecord|undefined): string[] {
  const {number, doi, pmid, title, year, firstAuthor} = record ?? ({} as Partial<ScreenRecord>);
  return [number, doi, pmid, title, year, firstAuthor].map((value) => String(value ?? ""));
}

function table(columns: string[], rows: string[][]): string {
  return "\ufeff" + line(columns) + rows.map(line).join("");
}

function decisionsTable(step: Step, reader: string, rows: Row[], records: Map<string, ScreenRecord>): string {
  const textOf = (id: string) => step.categories?.find((category) => category.id === id)?.text ?? id;
  const answers = ({decision: d}: Row) => d === null ?
      [takenBack, "", "", "", ""] :
      [sheetWord(d.decision), d.categories.map(textOf).join(severalBy), d.reason, d.note, d.labels.join(severalBy)];
  const cells = (row: Row) =>
      [row.record, reader, ...answers(row), ...descriptionOf(records.get(row.record)), row.time, row.change];
  return table(
      ["record", "reviewer", "decision", "category", "reason", "note", "labels", ...described, "time", "change"],
      rows.map(cells));
}

/** The answers to a charting form: all of a record in each row. */
function chartTable(step: Step, reader: string, rows: Row[], records: Map<string, ScreenRecord>): string {
  const items = step.items ?? [];
  const text = (answer: Answer|undefined) => [answer ?? ""].flat().join(severalBy);
  const word = ({decision}: Row) => decision === null ? takenBack :
      Object.keys(decision.answers).length > 0        ? "charted" :
                                                        "";
  const cells = (row: Row) =>
      [row.record, reader, word(row), step.formVersion ?? "1", row.decision?.note ?? "",
       (row.decision?.labels ?? []).join(severalBy), ...descriptionOf(records.get(row.record)), row.time, row.change,
       ...items.map((item) => text(row.decision?.answers[item.id]))];
  const heading = (item: Item) => item.heading ?? item.name;
  return table(
      [
        "record", "reviewer", "decision", "form version", "note", "labels", ...described, "time", "change",
        ...items.map(heading)
      ],
      rows.map(cells));
}

/** The decision file of one step and reader. */
export function decisionFile(step: Step, reader: string, rows: Row[], records: Map<string, ScreenRecord>): string {
  if (step.kind === "chart") return chartTable(step, reader, rows, records);
  if (step.kind !== "pairs") return decisionsTable(step, reader, rows, records);
  const pairRow = (row: Row) => [row.record, row.other ?? "", reader, row.same ? "same" : "distinct", row.time];
  return table(["record", "other", "reviewer", "decision", "time"], rows.map(pairRow));
}
