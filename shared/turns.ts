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
