// The server of `winnow screen` as the page's data.
import {newKey} from "./change";
import {Refused, UsedLink, type Transport} from "./transport";
import type {Conflict, Decision, Filter, Pair, QueuePage, Resolution, Saved, ScreenRecord, Session} from "./types";

const longestWait = 4000;  // milliseconds between two tries

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Server implements Transport {
  onTrouble: (isInTrouble: boolean) => void = () => {};
  private token = "";
  private waiting = 0;

  constructor() {
    addEventListener("beforeunload", (event) => {
      if (this.waiting > 0) event.preventDefault();
    });
  }

  async session(): Promise<Session> {
    const start = new URLSearchParams(location.hash.slice(1)).get("token");
    if (start) {
      history.replaceState(null, "", location.pathname);
      await this.begin(start);
    }
    const session = (await this.call("GET", "/api/session")) as Session;
    this.token = session.token ?? this.token;
    return session;
  }

  /** Exchanges the token of a start link. One that was used says so, and who this browser belongs to. */
  private async begin(start: string): Promise<void> {
    try {
      this.token = ((await this.call("POST", "/api/session", {token: start})) as {token: string}).token;
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401) throw error;
      const session = (await this.call("GET", "/api/session")) as Session;
      throw new UsedLink(session.reader.id);
    }
  }

  queue(step: string, filter: Filter, cursor: string|null): Promise<QueuePage> {
    const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ""));
    if (cursor !== null) query.set("cursor", cursor);
    return this.call("GET", `${stepPath(step)}/queue?${query}`) as Promise<QueuePage>;
  }

  record(step: string, id: string): Promise<ScreenRecord> {
    return this.call("GET", recordPath(step, id)) as Promise<ScreenRecord>;
  }

  decide(step: string, id: string, decision: Decision, rev: number): Promise<Saved> {
    return this.call("PUT", `${recordPath(step, id)}/decision`, {...decision, rev}) as Promise<Saved>;
  }

  takeBack(step: string, id: string, rev: number): Promise<Saved> {
    return this.call("DELETE", `${recordPath(step, id)}/decision`, {rev}) as Promise<Saved>;
  }

  pairs(cursor: string|null): Promise<{pairs: Pair[]; next: string | null}> {
    const query = cursor === null ? "" : `?${new URLSearchParams({cursor})}`;
    return this.call("GET", `/api/pairs${query}`) as Promise<{pairs: Pair[]; next: string | null}>;
  }

  async judgePair(id: string, same: boolean): Promise<void> {
    await this.call("PUT", `/api/pairs/${encodeURIComponent(id)}`, {same});
  }

  async conflicts(step: string): Promise<Conflict[]> {
    return ((await this.call("GET", `${stepPath(step)}/conflicts`)) as {conflicts: Conflict[]}).conflicts;
  }

  async resolve(step: string, id: string, resolution: Resolution, rev: number): Promise<void> {
    await this.call("PUT", `${stepPath(step)}/conflicts/${encodeURIComponent(id)}`, {...resolution, rev});
  }

  pdfAddress(step: string, id: string): string {
    return `${recordPath(step, id)}/pdf`;
  }

  exports(step: string): {format: string; address: string}[] {
    return [{format: "csv", address: `${stepPath(step)}/export/csv`}];
  }

  unsaved(): null {
    return null;
  }

  /** One call, repeated with the same key until something answers. */
  private async call(method: string, path: string, body?: object): Promise<unknown> {
    const headers: {[name: string]: string} = {Accept: "application/json"};
    if (body) Object.assign(headers, {"Content-Type": "application/json", "Idempotency-Key": newKey()});
    if (body && this.token) headers["X-Winnow-Token"] = this.token;
    const request: RequestInit = {method, headers, cache: "no-store", credentials: "same-origin"};
    if (body) request.body = JSON.stringify(body);
    this.waiting += body ? 1 : 0;
    try {
      return await answerOf(await this.send(path, request));
    } finally {
      this.waiting -= body ? 1 : 0;
    }
  }

  private async send(path: string, request: RequestInit): Promise<Response> {
    for (let wait = 250;; wait = Math.min(2 * wait, longestWait)) {
      const response = await fetch(path, request).catch(() => null);
      if (response && !isPassing(response.status)) {
        this.onTrouble(false);
        return response;
      }
      this.onTrouble(true);
      await pause(wait);
    }
  }
}

/** A gateway that misses the server for a moment: asked again, as if nothing had answered. */
const isPassing = (status: number) => status >= 502 && status <= 504;

const stepPath = (step: string) => `/api/steps/${encodeURIComponent(step)}`;
const recordPath = (step: string, id: string) => `${stepPath(step)}/records/${encodeURIComponent(id)}`;

async function answerOf(response: Response): Promise<unknown> {
  const answer = (await response.json().catch(() => ({}))) as {
    error?: string;
    fields?: {[item: string]: string};
    record?: ScreenRecord
  };
  if (response.ok) return answer;
  throw new Refused(
      response.status, answer.error ?? `${response.status} ${response.statusText}`, answer.fields,
      answer.record ?? null);
}
