/** Whether anybody waits for PostgreSQL: tests whose time is not real let it pass only while nobody does. */
import { Client } from "pg";

/** So many turns of the event loop without a question: what an answer starts asks within one. */
const QUIET_TURNS = 3;

let waiting = 0;

function counting(name: "connect" | "query"): void {
  const original = Client.prototype[name];
  Reflect.set(Client.prototype, name, function count(this: Client, ...given: unknown[]) {
    waiting += 1;
    let isOver = false;
    const over = () => {
      if (!isOver) waiting -= 1;
      isOver = true;
    };
    const callback = given.at(-1);
    const isCalledBack = typeof callback === "function";
    const called = (...answer: unknown[]): unknown => {
      over();
      return isCalledBack ? Reflect.apply(callback, undefined, answer) : undefined;
    };
    const result: unknown = Reflect.apply(original, this, isCalledBack ? [...given.slice(0, -1), called] : given);
    if (result instanceof Promise) result.then(over, over);
    else if (!isCalledBack) over();
    return result;
  });
}

/** Counts what every connection of this process asks from now on. */
export function watchDatabase(): void {
  for (const name of ["connect", "query"] as const) counting(name);
}

/** Waits until nobody waits for an answer. */
export async function databaseAtRest(): Promise<void> {
  for (let quiet = 0; quiet < QUIET_TURNS; quiet = waiting === 0 ? quiet + 1 : 0) await new Promise(setImmediate);
}
