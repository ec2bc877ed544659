/** Priorities that are typed and do not count yet, by server: rows come and go under them. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { priorityTyped } from "../../ui/priority-input.tsx";

export interface TypedPriorities {
  readonly store: StoreApi<ReadonlyMap<string, string>>;
  readonly set: (server: string, typed: string | null) => void;
  /** Takes over what is typed, as leaving the entry does; what is no number goes. */
  readonly finish: (take: (server: string, priority: number) => void) => void;
}

export function createTypedPriorities(): TypedPriorities {
  const store = createStore<ReadonlyMap<string, string>>(() => new Map());
  return {
    store,
    set: (server, typed) => {
      const values = new Map(store.getState());
      if (typed === null) values.delete(server);
      else values.set(server, typed);
      store.setState(values, true);
    },
    finish: (take) => {
      const values = store.getState();
      store.setState(new Map(), true);
      for (const [server, typed] of values) {
        const priority = priorityTyped(typed);
        if (priority !== null) take(server, priority);
      }
    },
  };
}
