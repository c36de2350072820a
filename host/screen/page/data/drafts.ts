// Answers of a charting form that are not saved yet: an hour of work that neither a reload nor a closed window may
// lose.
import type {Answers} from "./form";

export class Drafts {
  private readonly drafts = new Map<string, Answers>();
  private readonly place: string;

  /** Of one reader and step of one review, as this browser keeps them. */
  constructor(review: string, reader: string, step: string) {
    this.place = `winnow-drafts ${JSON.stringify([review, reader, step])}`;
    try {
      const kept = JSON.parse(localStorage.getItem(this.place) ?? "{}") as {[record: string]: Answers};
      for (const [record, answers] of Object.entries(kept)) this.drafts.set(record, answers);
    } catch {
      // a browser that keeps nothing for files: they live as long as the page
    }
  }

  get size(): number {
    return this.drafts.size;
  }

  get(record: string): Answers|undefined {
    return this.drafts.get(record);
  }

  set(record: string, answers: Answers): void {
    this.drafts.set(record, answers);
    this.keep();
  }

  delete(record: string): void {
    this.drafts.delete(record);
    this.keep();
  }

  private keep(): void {
    try {
      if (this.drafts.size === 0)
        localStorage.removeItem(this.place);
      else
        localStorage.setItem(this.place, JSON.stringify(Object.fromEntries(this.drafts)));
    } catch {
      // see above
    }
  }
}
