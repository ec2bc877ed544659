/** Measuring ours beside the peer's, so that both meet the same machine. */

export interface Times {
  readonly ours: readonly number[];
  readonly peer: readonly number[];
}

/** The middle value, of two middle ones the upper. Zero for none. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

/** Runs both in turn and in both orders; each answers how many milliseconds it took. A first round only warms up. */
export async function inTurn(rounds: number, ours: () => Promise<number>, peer: () => Promise<number>): Promise<Times> {
  const times = { ours: new Array<number>(), peer: new Array<number>() };
  for (let round = 0; round <= rounds; round += 1) {
    const even = round % 2 === 0;
    const first = await (even ? ours() : peer());
    const second = await (even ? peer() : ours());
    if (round === 0) continue;
    times.ours.push(even ? first : second);
    times.peer.push(even ? second : first);
  }
  return times;
}
