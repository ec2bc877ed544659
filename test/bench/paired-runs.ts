/** Measuring ours beside the peer's, so that both meet the same machine. */

export interface Paired<T> {
  readonly ours: readonly T[];
  readonly peer: readonly T[];
}

/** The middle value, of two middle ones the upper. Zero for none. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

/** Runs both in turn and in both orders; each answers what it measured, such as milliseconds. A first round only warms up. */
export async function inTurn<T>(rounds: number, ours: () => Promise<T>, peer: () => Promise<T>): Promise<Paired<T>> {
  const measured = { ours: new Array<T>(), peer: new Array<T>() };
  for (let round = 0; round <= rounds; round += 1) {
    const even = round % 2 === 0;
    const first = await (even ? ours() : peer());
    const second = await (even ? peer() : ours());
    if (round === 0) continue;
    measured.ours.push(even ? first : second);
    measured.peer.push(even ? second : first);
  }
  return measured;
}
