/** A whole search at once, for what fits into memory. */
import { succeed, type Result } from "../../shared/fault.ts";
import type { Completeness } from "../../shared/model/mail-server.ts";
import type { DirectoryEntry, SearchStream } from "./types.ts";

export interface Gathered {
  readonly entries: readonly DirectoryEntry[];
  readonly complete: Completeness;
}

/** Reads a stream to its end. `onPage` hears how many entries were found so far. */
export async function gather(stream: SearchStream, onPage?: (found: number) => void): Promise<Result<Gathered>> {
  const entries: DirectoryEntry[] = [];
  for (;;) {
    const next = await stream.next();
    if (next.done === true) return next.value.ok ? succeed({ entries, complete: next.value.value }) : next.value;
    entries.push(...next.value);
    onPage?.(entries.length);
  }
}
