/** The journal of mail objects on the command line. */
import { say } from "../../../../renderer/text/text.ts";
import { journalStateSchema, type JournalState } from "../../../../shared/model/mail-object.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { print } from "../output.ts";
import { findStore } from "../take.ts";
import { UsageError, type Options, type VerbContext } from "../verb.ts";
import { nearestOf } from "./batch.ts";
import { entryText, newestEntries } from "./entries.ts";

/** How many entries are printed unless said otherwise. */
export const SHOWN = 20;
export const journalStates = journalStateSchema.options;
const topic = ["mail-objects", "journal"];

function statesIn(typed: Options[string]): readonly JournalState[] {
  if (typeof typed !== "string") return [];
  return typed.split(",").map((name) => {
    const state = journalStates.find((known) => known === name.trim().toLowerCase());
    if (state === undefined) throw new UsageError(`there is no state "${name}"${nearestOf(name, journalStates)}; there are ${journalStates.join(", ")}`, topic);
    return state;
  });
}

/** How many are printed at most. Throws {@link UsageError}. */
export function limitIn({ limit, all }: VerbContext["options"], topic: readonly string[]): number {
  if (limit !== undefined && all === true) throw new UsageError("--limit and --all exclude each other", topic);
  if (limit === undefined) return all === true ? Infinity : SHOWN;
  const most = Number(limit);
  if (!Number.isInteger(most) || most < 1) throw new UsageError("--limit takes a number from 1", topic);
  return most;
}

export async function journal(context: VerbContext): Promise<ExitCode> {
  const { store, run, state, search } = context.options;
  const [states, most] = [statesIn(state), limitIn(context.options, topic)];
  const client = await context.client();
  const storeId = typeof store === "string" ? (await findStore(client, store)).id : null;
  const filter = { storeId, run: typeof run === "string" ? run : null, states, search: typeof search === "string" ? search : "" };
  const entries = await newestEntries(client, filter, most);
  const isFiltered = storeId !== null || filter.run !== null || states.length > 0 || filter.search !== "";
  print(context, entries, () => (entries.length === 0 ? say(isFiltered ? "mail-journal.none-text" : "command-line.journal-empty") : entries.map(entryText).join("\n\n")));
  return exitCodes.ok;
}
