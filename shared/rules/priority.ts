/**
 * Priorities of mail servers: unique and gapless among ticked servers, 1 is the highest. Every function here answers
 * entries for which that holds, in the order they came in: the order of rows never changes.
 */
import type { ServerEntry } from "../model/mail-server.ts";

/** Names of the ticked servers, highest priority first. */
export function rankedNames(entries: readonly ServerEntry[]): string[] {
  return entries
    .filter((entry) => entry.ticked)
    .toSorted((a, b) => (a.priority ?? Number.MAX_SAFE_INTEGER) - (b.priority ?? Number.MAX_SAFE_INTEGER))
    .map((entry) => entry.name);
}

function rank(entries: readonly ServerEntry[], names: readonly string[]): ServerEntry[] {
  const places = new Map(names.map((name, index) => [name, index + 1]));
  return entries.map((entry) => {
    const priority = places.get(entry.name) ?? null;
    const ticked = priority !== null;
    return entry.priority === priority && entry.ticked === ticked ? entry : { ...entry, ticked, priority };
  });
}

/** Mends priorities that came from elsewhere, such as a file: ticked servers keep their order, gaps and doubles go. */
export function normalisePriorities(entries: readonly ServerEntry[]): ServerEntry[] {
  return rank(entries, rankedNames(entries));
}

/** Ticks a server: it comes last. Ticking a ticked server changes nothing. */
export function tick(entries: readonly ServerEntry[], name: string): ServerEntry[] {
  const names = rankedNames(entries);
  const known = entries.some((entry) => entry.name === name);
  return rank(entries, known && !names.includes(name) ? [...names, name] : names);
}

/** Takes the tick away; the servers behind it move up. */
export function untick(entries: readonly ServerEntry[], name: string): ServerEntry[] {
  return rank(entries, rankedNames(entries).filter((other) => other !== name));
}

/** Gives a server a priority and shifts the others; a number beyond the end means last. Ticks the server if need be. */
export function setPriority(entries: readonly ServerEntry[], name: string, priority: number): ServerEntry[] {
  if (!entries.some((entry) => entry.name === name)) return normalisePriorities(entries);
  const names = rankedNames(entries).filter((other) => other !== name);
  const place = Math.min(Math.max(Math.trunc(priority), 1), names.length + 1) - 1;
  return rank(entries, names.toSpliced(place, 0, name));
}
