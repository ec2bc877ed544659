/** Jobs that may not run side by side. */

/** Starts a job when the one given before it has ended, however that ended, and answers what the job answers. */
export type InTurn = <T>(job: () => Promise<T>) => Promise<T>;

/** Makes a queue of its own. */
export function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const mine = last.then(job);
    // A job that fails does so for its own caller alone.
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** As {@link InTurn}, a queue for each key. */
export type InTurnOf = <T>(key: string, job: () => Promise<T>) => Promise<T>;

/** Makes queues of its own; one that is empty is forgotten. */
export function createTurnsByKey(): InTurnOf {
  const queues = new Map<string, { readonly inTurn: InTurn; waiting: number }>();
  return async (key, job) => {
    const queue = queues.get(key) ?? { inTurn: createTurns(), waiting: 0 };
    queues.set(key, queue);
    queue.waiting += 1;
    try {
      return await queue.inTurn(job);
    } finally {
      queue.waiting -= 1;
      if (queue.waiting === 0) queues.delete(key);
    }
  };
}
