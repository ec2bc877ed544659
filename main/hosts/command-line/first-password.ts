/** The first password of users that are made: on standard input, never an argument. */
import { readPassword } from "./standard-input.ts";
import { UsageError, type VerbContext } from "./verb.ts";

/** Null where standard input holds none, or is not to be read. Throws {@link UsageError}. */
export async function firstPassword(context: VerbContext, topic: readonly string[]): Promise<string | null> {
  const { secrets, "no-secrets": none } = context.options;
  if (secrets === true && none === true) throw new UsageError("--secrets and --no-secrets exclude each other", topic);
  const password = none === true ? null : await readPassword(context);
  if (password === null && secrets === true) throw new UsageError("--secrets is given, but nothing comes on standard input; a terminal is not read", topic);
  return password;
}
