/** Takes results and streams of the contract apart for verbs. */
import { readTyped } from "../../../shared/rules/typed-value.ts";
import type { Result } from "../../../shared/fault.ts";
import type { FeedEvent } from "../../../shared/contract/feed.ts";
import type { Progress, WorkEvent } from "../../../shared/contract/progress.ts";
import type { StoreSummary } from "../../../shared/model/identity-store.ts";
import { firstSnapshot } from "../../../shared/rules/whole-snapshots.ts";
import { VerbFailure, type ConsoleClient, type VerbContext } from "./verb.ts";

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
    return await firstSnapshot(await open(controller.signal));
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
  const found = (await listStores(client)).find((store) => store.name.toLowerCase() === readTyped(name, "line").toLowerCase());
  if (found === undefined) throw new VerbFailure({ kind: "not-found", what: "store-name", detail: name });
  return found;
}

/** The stores that `--store` names, each once; all of them without it. Fails with `not-found` for one that is missing, and where there is none. */
export async function chosenStores(client: ConsoleClient, { options: { store } }: Pick<VerbContext, "options">): Promise<readonly StoreSummary[]> {
  const named = Array.isArray(store) ? await Promise.all(store.map((name) => findStore(client, name))) : await listStores(client);
  if (named.length === 0) throw new VerbFailure({ kind: "not-found", what: "identity-stores" });
  return [...new Map(named.map((one) => [one.id, one])).values()];
}

/** The value of an option that the form requires. */
export function required({ options }: VerbContext, option: string): string {
  return String(options[option]);
}

/** The word at a place that the form requires, such as the file after `stores add`. */
export function word({ words }: VerbContext, at: number): string {
  return words[at] ?? "";
}
