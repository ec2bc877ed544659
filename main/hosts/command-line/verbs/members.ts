import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { isoTime, print, table } from "../output.ts";
import { listStores, take, word } from "../take.ts";
import { UsageError, VerbFailure, type Verb, type VerbContext } from "../verb.ts";
import { dataState } from "./data.ts";

/** Which consoles can read what a team has sealed. */
export const members: Verb = {
  name: "members",
  summary: "the consoles of a team, and those that ask to be let in: approve, remove",
  forms: [
    {
      choice: null,
      meaning: "list the consoles of the team, and those that ask to be let in",
      words: [],
      options: {},
      examples: [{ line: "messaging-console members", meaning: "also those that ask to be let in" }],
      run: list,
    },
    {
      choice: "approve",
      meaning: "let a console in",
      words: [{ name: "ID" }, { name: "CODE" }],
      options: {},
      notes: ["CODE is what stands on the other console's screen: have it read to you by somebody whose voice you know."],
      examples: [{ line: "messaging-console members approve 7f3c2e10 ABCDE-FGHIJ", meaning: "after both compared the code" }],
      run: approve,
    },
    {
      choice: "remove",
      meaning: "take a console out, and list the passwords that it knew",
      words: [{ name: "ID" }],
      options: { yes: { value: null, meaning: "take it out; nothing is done without" } },
      notes: ["Everything is sealed anew under a new key. Passwords that the console knew are to be changed."],
      examples: [{ line: "messaging-console members remove 7f3c2e10 --yes", meaning: "a laptop that was lost" }],
      run: remove,
    },
  ],
};

async function team(context: VerbContext) {
  const client = await context.client();
  const state = await dataState(client);
  if (state.kind !== "team") throw new VerbFailure({ kind: "unsupported", why: "no-team" });
  return { client, state };
}

async function list(context: VerbContext): Promise<ExitCode> {
  const { state } = await team(context);
  const { members: consoles, requests } = state;
  print(context, { members: consoles, requests }, () =>
    table(
      ["Id", "Console", "Since", "State"],
      [
        ...consoles.map(({ id, label, since, isRecovery, isThisConsole }) => [id, label, isoTime(since), isRecovery ? "recovery key" : isThisConsole ? "this console" : "member"]),
        ...requests.map(({ member, label, at }) => [member, label, isoTime(at), "asks to be let in"]),
      ],
    ),
  );
  return exitCodes.ok;
}

/** The id that begins so; a person types no more of it than is needed. */
function idBeginning(typed: string, ids: readonly string[]): string {
  const [found, second] = ids.filter((id) => id.startsWith(typed));
  if (found === undefined) throw new VerbFailure({ kind: "not-found", what: "member", detail: typed });
  if (second !== undefined) throw new UsageError(`${typed} begins more than one id`, ["members"]);
  return found;
}

async function approve(context: VerbContext): Promise<ExitCode> {
  const { client, state } = await team(context);
  const member = idBeginning(word(context, 0), state.requests.map((request) => request.member));
  take(await client.data.members.approve({ member, code: word(context, 1) }));
  print(context, { approved: member }, () => "Let in.");
  return exitCodes.ok;
}

async function remove(context: VerbContext): Promise<ExitCode> {
  if (context.options["yes"] !== true) throw new UsageError("nothing is done without --yes", ["members", "remove"]);
  const { client, state } = await team(context);
  const member = idBeginning(word(context, 0), state.members.map(({ id }) => id));
  const { known } = take(await client.data.members.remove({ member }));
  const names = new Map((await listStores(client)).map(({ id, name }) => [id, name]));
  const lines = known.map(({ store, secret }) => `  ${names.get(store) ?? store}: ${secret}`);
  print(context, { removed: member, known }, () => (lines.length === 0 ? "Taken out. It knew no password." : ["Taken out. Passwords that it knew, to be changed:", ...lines].join("\n")));
  return exitCodes.ok;
}
