// Keeps the rows of a pack in the browser: IndexedDB, or memory alone where the browser forbids it for files.

/** An appended list that survives the page where it can. */
export interface Store<Row> {
  readonly isKept: boolean;
  /** The rows behind the first `count`, also those that another window added. */
  since(count: number): Promise<Row[]>;
  /** Resolves when the browser says that the row is kept. */
  add(row: Row): Promise<void>;
  /** How many of the rows stand in a saved file. */
  savedCount(): Promise<number>;
  setSavedCount(count: number): Promise<void>;
}

class Memory<Row> implements Store<Row> {
  readonly isKept = false;
  private rows: Row[] = [];
  private saved = 0;
  since = async (count: number) => this.rows.slice(count);
  add = async (row: Row) => void this.rows.push(row);
  savedCount = async () => this.saved;
  setSavedCount = async (count: number) => void(this.saved = count);
}

const asked = <Value>(request: IDBRequest<Value>) => new Promise<Value>((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const done = (transaction: IDBTransaction) => new Promise<void>((resolve, reject) => {
  transaction.oncomplete = () => resolve();
  transaction.onabort = transaction.onerror = () => reject(transaction.error);
});

class Kept<Row> implements Store<Row> {
  readonly isKept = true;
  constructor(private readonly base: IDBDatabase) {}

  since(count: number): Promise<Row[]> {
    const behind = IDBKeyRange.lowerBound(count, true);  // rows are numbered from 1
    return asked(this.base.transaction("rows").objectStore("rows").getAll(behind)) as Promise<Row[]>;
  }

  async add(row: Row): Promise<void> {
    const transaction = this.base.transaction("rows", "readwrite", {durability: "strict"});
    transaction.objectStore("rows").add(row);
    await done(transaction);
  }

  async savedCount(): Promise<number> {
    return ((await asked(this.base.transaction("facts").objectStore("facts").get("saved"))) as number | undefined) ?? 0;
  }

  async setSavedCount(count: number): Promise<void> {
    const transaction = this.base.transaction("facts", "readwrite");
    transaction.objectStore("facts").put(count, "saved");
    await done(transaction);
  }
}

/** Opens the rows of one pack. Never fails: without IndexedDB they live as long as the page. */
export async function openStore<Row>(name: string): Promise<Store<Row>> {
  try {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("rows", {autoIncrement: true});
      request.result.createObjectStore("facts");
    };
    return new Kept<Row>(await asked(request));
  } catch {
    return new Memory<Row>();
  }
}
