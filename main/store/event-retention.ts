/** How long events of each kind are kept. Kinds are apart: whatever goes up and down never pushes out who saved what. */

interface Retention {
  readonly atMost: number;
  /** The newest of a kind stay whatever their age: a clock that was set wrong for a day removes nothing that matters. */
  readonly atLeast: number;
  /** In milliseconds. */
  readonly maxAge: number;
}

const DAY = 24 * 60 * 60 * 1000;
const OUTAGES: Retention = { atMost: 1000, atLeast: 100, maxAge: 90 * DAY };
const OTHERS: Retention = { atMost: 2000, atLeast: 500, maxAge: 730 * DAY };

/** True for what servers do by themselves, in any number. */
export function isOutage(kind: string): boolean {
  return kind.startsWith("server-");
}

export function retentionOf(kind: string): Retention {
  return isOutage(kind) ? OUTAGES : OTHERS;
}
