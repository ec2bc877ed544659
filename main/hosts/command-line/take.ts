/** Takes results and streams of the contract apart for verbs. */
import type { Result } from "../../../shared/fault.ts";
import type { FeedEvent } from "../../../shared/contract/feed.ts";
import type { Progress, WorkEvent } from "../../../shared/contract/progress.ts";
import type { StoreSummary } from "../../../shared/model/identity-store.ts";
import { wholeSnapshots } from "../../../shared/rules/whole-snapshots.ts";
import { UsageError, VerbFailure, type ConsoleClient, type VerbContext } from "./verb.ts";

/** The value, or the end of the verb. */
export function take<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new VerbFailure(result.fault);
}

/** Follows long work to its end. */
export async function finish<T>(events: AsyncIterable<WorkEvent<T>>, onProgress: (progress: Progress) => void): Promise<T> {
  for await (const event of events) {
    if (event.type === "done") return take(event.result);
    onProgress(event);
  }
  throw new VerbFailure({ kind: "cancelled" });
}

/** The entries of a feed as it stands. */
export async function snapshot<T>(open: (signal: AbortSignal) => Promise<AsyncIterable<FeedEvent<T>>>): Promise<readonly T[]> {
  const controller = new AbortController();
  try {
    for await (const event of wholeSnapshots(await open(controller.signal))) {
      if (event.type === "snapshot") return event.entries.map((entry) => entry.value);
    }
    return [];
  } finally {
    controller.abort();
  }
}

export async function listStores(client: ConsoleClient): Promise<readonly StoreSummary[]> {
  const stores = await snapshot<StoreSummary>((signal) => client.stores.watch(undefined, { signal }));
  return stores.toSorted((one, other) => one.name.localeCompare(other.name));
}

/** The store a person names, ignoring case. Fails with `not-found`. */
export async function findStore(client: ConsoleClient, name: string): Promise<StoreSummary> {
  const found = (await listStores(client)).find((store) => store.name.toLowerCase() === name.trim().toLowerCase());
  if (found === undefined) throw new VerbFailure({ kind: "not-found", what: "store-name", detail: name });
  return found;
}

/** The value of an option that must be given. */
export function required(context: VerbContext, option: string): string {
  const value = context.options[option];
  if (typeof value === "string" && value !== "") return value;
  throw new UsageError(`--${option} is missing`);
}

/** Refuses words after a verb that takes none: a store named without --store would be another one than is meant. */
export function noWords({ words }: VerbContext): void {
  if (words.length > 0) throw new UsageError(`"${words[0]}" is one word too many`);
}

/** The word at a place, such as a file after `stores add`. */
export function word(context: VerbContext, at: number, what: string): string {
  const found = context.words[at];
  if (found !== undefined) return found;
  throw new UsageError(`${what} is missing`);
}
