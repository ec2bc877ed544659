/** Takes back what a half-done object left in the directory. */
import { exitCodeOf, exitCodes, type ExitCode } from "../exit-codes.ts";
import { print } from "../output.ts";
import { finish, word } from "../take.ts";
import { UsageError, type VerbContext } from "../verb.ts";
import { entryText } from "./entries.ts";
import { showWork } from "./follow.ts";

export async function undo(context: VerbContext): Promise<ExitCode> {
  if (context.options["yes"] !== true) throw new UsageError("this deletes the object from the directory; say so with --yes", ["mail-objects", "undo"]);
  const client = await context.client();
  const entry = await finish(await client.mailObjects.undo({ entry: word(context, 0) }, { signal: context.signal }), showWork(context));
  print(context, entry, () => entryText(entry));
  if (entry.state === "undone") return exitCodes.ok;
  return entry.fault === null ? exitCodes.failed : exitCodeOf(entry.fault);
}
