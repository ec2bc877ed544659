/** Saves a while after the last change, one save at a time, and lets other calls wait for their turn. */
import { createTurns } from "../../shared/turns.ts";

/** How long after the last keystroke the draft is saved, in milliseconds. */
export const AUTOSAVE_DELAY_MS = 400;
/** How long after a failed autosave it is tried again, in milliseconds. */
export const AUTOSAVE_RETRY_MS = 5000;

export interface Autosave {
  /** Something changed. */
  touch(): void;
  /** Saves now if needed and waits for everything that was begun. */
  flush(): Promise<void>;
  /** Runs after a pending save and everything begun before, so that calls reach main in order. */
  after<T>(task: () => Promise<T>): Promise<T>;
  /** Forgets unsaved changes. */
  forget(): void;
  /** Stops the timer; a pending change is saved at once. */
  dispose(): void;
}

/** `save` answers whether it worked; a failed save is tried again later. */
export function createAutosave(save: () => Promise<boolean>): Autosave {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dirty = false;
  let disposed = false;
  const inTurn = createTurns();

  const arm = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void start(), ms);
  };
  const begin = async () => {
    if (!dirty) return;
    dirty = false;
    if (await save()) return;
    dirty = true;
    if (!disposed) arm(AUTOSAVE_RETRY_MS);
  };
  const start = () => inTurn(begin);

  return {
    touch() {
      dirty = true;
      arm(AUTOSAVE_DELAY_MS);
    },
    async flush() {
      clearTimeout(timer);
      await start();
    },
    after(task) {
      clearTimeout(timer);
      void start();
      return inTurn(task);
    },
    forget() {
      clearTimeout(timer);
      dirty = false;
    },
    dispose() {
      disposed = true;
      clearTimeout(timer);
      if (dirty) void start();
    },
  };
}
