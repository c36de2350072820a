// The reader's last decisions, to be taken back in turn; they outlive a reload of the page.
import type {Decision} from "./types";

export interface Undoable {
  step: string;
  record: string;
  before: Decision|null;
}

const place = "winnow-undo";
const longest = 200;

export class UndoList {
  private list: Undoable[] = [];

  constructor() {
    try {
      this.list = JSON.parse(sessionStorage.getItem(place) ?? "[]") as Undoable[];
    } catch {
      // a browser that keeps nothing for files
    }
  }

  push(one: Undoable): void {
    this.list = [...this.list, one].slice(-longest);
    this.keep();
  }

  last(step: string): Undoable|undefined {
    return this.list.filter((one) => one.step === step).pop();
  }

  drop(one: Undoable): void {
    this.list = this.list.filter((other) => other !== one);
    this.keep();
  }

  private keep(): void {
    try {
      sessionStorage.setItem(place, JSON.stringify(this.list));
    } catch {
      // see above
    }
  }
}
