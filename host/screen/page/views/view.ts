// What the page shows in its middle, one kind of step each.
import type {Transport} from "../data/transport";
import type {UndoList} from "../data/undo";
import type {Session, Step} from "../data/types";
import type {Action} from "../parts/keys";
import type {Frame} from "./frame";

export interface Context {
  transport: Transport;
  session: Session;
  step: Step;
  frame: Frame;
  undo: UndoList;
  /** Asks for the session again: steps may have opened. */
  refresh(): Promise<void>;
  takeStep(id: string): Promise<void>;
  /** Tells of an answer that said no, or of a fault of the page. */
  report(error: unknown): Promise<void>;
}

export interface View {
  start(): Promise<void>;
  /** The reader went on to another step: nothing is shown any more. */
  isLeft: boolean;
  /** Draws again what is shown: after a change of settings. */
  redraw(): void;
  act(action: Action): Promise<void>|void;
  /** A key that stands for no action; true if it meant something. */
  press?(key: string): boolean;
  /** Whether something typed would be lost. */
  hasUnsaved?(): boolean;
}
