/** A file of mail objects from the command line: sent to the console, read and judged there whole. */
import { mailColumnSchema, type ChosenColumns, type MailBatch } from "../../../../shared/contract/mail-objects.ts";
import { MAIL_OBJECTS_LIMIT, MAIL_OBJECTS_MOST } from "../../../../shared/rules/file-limits.ts";
import { workProgress } from "../../../../renderer/text/progress.ts";
import { nearest } from "../nearest.ts";
import { printable } from "../output.ts";
import { holdBytes, holdFile } from "../sent-file.ts";
import { readToEnd } from "../standard-input.ts";
import { findStore, finish, required, take, word } from "../take.ts";
import { UsageError, type ConsoleClient, type VerbContext } from "../verb.ts";

/** What stands for standard input in the place of a file. */
const STANDARD_INPUT = "-";
const COLUMNS = mailColumnSchema.options;

export interface ReadBatch {
  readonly store: { readonly id: string; readonly name: string };
  readonly batch: MailBatch;
}

/** `alias=mailNickname,address=mail` as columns; an empty one is not in the file. Throws {@link UsageError}. */
export function readColumns(typed: string, topic: readonly string[]): ChosenColumns {
  const pairs = typed.split(",").map((pair): readonly [ChosenKey, string | null] => {
    const equals = pair.indexOf("=");
    const name = pair.slice(0, Math.max(equals, 0)).trim();
    const column = COLUMNS.find((known) => known.toLowerCase() === name.toLowerCase());
    if (equals < 1) throw new UsageError(`--map takes PROPERTY=COLUMN, and "${pair}" is not written so`, topic);
    if (column === undefined) throw new UsageError(`there is no property "${name}"${nearestOf(name, COLUMNS)}; there are ${COLUMNS.join(", ")}`, topic);
    return [column, pair.slice(equals + 1).trim() || null];
  });
  const names = pairs.map(([column]) => column);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new UsageError(`--map names ${twice} twice`, topic);
  return Object.fromEntries(pairs);
}

type ChosenKey = (typeof COLUMNS)[number];

/** `: "x" is the nearest`, for the end of a refusal; empty where nothing is near. */
export function nearestOf(typed: string, names: readonly string[]): string {
  const near = nearest(typed, names);
  return near === null ? "" : `: "${near}" is the nearest`;
}

/** Whether the file is what comes on standard input. */
export function isStandardInput(context: VerbContext): boolean {
  return word(context, 0) === STANDARD_INPUT;
}

async function heldFile(context: VerbContext, client: ConsoleClient): Promise<string> {
  if (!isStandardInput(context)) return take(await holdFile(client, "mail-objects", word(context, 0))).file;
  const bytes = await readToEnd(context, MAIL_OBJECTS_LIMIT);
  if (bytes === null) throw new UsageError("the file comes on standard input, and nothing came; a terminal is not read");
  return take(await holdBytes(client, "mail-objects", "standard-input.csv", bytes)).file;
}

/** Reads the file that a verb names and judges every line, and lets go of it when `act` has ended. */
export async function withBatch<T>(context: VerbContext, topic: readonly string[], act: (read: ReadBatch, client: ConsoleClient) => Promise<T>): Promise<T> {
  const { map, container } = context.options;
  const mapping = typeof map === "string" ? readColumns(map, topic) : null;
  const client = await context.client();
  const { id, name } = await findStore(client, required(context, "store"));
  const file = await heldFile(context, client);
  const question = { storeId: id, file, mapping, container: typeof container === "string" ? container : null, ask: context.options["no-directory"] !== true, sample: MAIL_OBJECTS_MOST };
  const events = await client.mailObjects.readBatch(question, { signal: context.signal });
  const batch = await finish(events, (event) => context.progress(printable(workProgress(event))));
  take(await client.files.release({ file }));
  try {
    const missing = Object.values(mapping ?? {}).flatMap((column) => (column === null || batch.columns.includes(column) ? [] : [column]))[0];
    if (missing !== undefined) throw new UsageError(`the file has no column "${missing}"${nearestOf(missing, batch.columns)}; it has ${batch.columns.join(", ")}`, topic);
    return await act({ store: { id, name }, batch }, client);
  } finally {
    await client.mailObjects.releaseBatch({ batch: batch.batch });
  }
}
