import { explain } from "../../../../renderer/text/fault.ts";
import { shortReason } from "../../../../renderer/text/health.ts";
import { say } from "../../../../renderer/text/text.ts";
import type { Progress } from "../../../../shared/contract/progress.ts";
import type { Fault } from "../../../../shared/fault.ts";
import type { DataState, MoveComparison } from "../../../../shared/model/team.ts";
import { exitCodeOf, exitCodes, type ExitCode } from "../exit-codes.ts";
import { isoTime, print, table } from "../output.ts";
import { readPassword } from "../standard-input.ts";
import { finish, snapshot, take, word } from "../take.ts";
import { readTeam, teamNotes, teamOptions } from "../team-input.ts";
import { UsageError, VerbFailure, type ConsoleClient, type Verb, type VerbContext } from "../verb.ts";

const kinds = ["file", "team"] as const;
const kindWord = { name: "file|team", completes: kinds } as const;
const place = "--host db.contoso.lab --database messaging --account eva";

/** What the console works on: a file on this computer, or a team's database. */
export const data: Verb = {
  name: "data",
  summary: "the file, or a team's database: where, test, set-up, join, recover, use, move, forget",
  forms: [
    {
      choice: "where",
      meaning: "say what the console works on",
      words: [],
      options: {},
      examples: [{ line: "messaging-console data where --json", meaning: "for a script" }],
      run: where,
    },
    {
      choice: "test",
      meaning: "climb to a team's database, step by step",
      words: [],
      options: teamOptions,
      notes: teamNotes,
      examples: [{ line: `messaging-console data test ${place} < password.txt`, meaning: "nothing is changed" }],
      run: test,
    },
    {
      choice: "set-up",
      meaning: "set a team up in an empty database, and print its recovery key",
      words: [],
      options: teamOptions,
      notes: [...teamNotes, "The recovery key is printed this once: keep it on paper. The console goes on working on what it works on."],
      examples: [{ line: `messaging-console data set-up ${place} < password.txt`, meaning: "make the tables, and found the team with this console" }],
      run: setUp,
    },
    {
      choice: "join",
      meaning: "ask to be let into a team, and print the code to compare; or change what signs in, or where",
      words: [],
      options: teamOptions,
      notes: [...teamNotes, "Somebody who is a member lets this console in with `members approve`, after both compared the code. A console that is in the team", "already keeps the new address, password or certificate, and asks nobody."],
      examples: [{ line: `messaging-console data join ${place} < password.txt`, meaning: "for the second console" }],
      run: join,
    },
    {
      choice: "recover",
      meaning: "let this console in with the team's recovery key",
      words: [],
      options: {},
      notes: ["The key comes on standard input."],
      examples: [{ line: "messaging-console data recover < key.txt", meaning: "where nobody is left who could" }],
      run: recover,
    },
    {
      choice: "use",
      meaning: "work on the file of this computer, or on the team's database",
      words: [kindWord],
      options: {},
      examples: [{ line: "messaging-console data use team", meaning: "from the next start on; a console that is open goes on as it is" }],
      run: use,
    },
    {
      choice: "move",
      meaning: "move everything into the other one, or say what that would do",
      words: [],
      options: { from: { value: "file|team", meaning: "where it is now", required: true, completes: kinds }, yes: { value: null, meaning: "move it; without it only the comparison is printed" } },
      notes: ["What is there under the same id or name stays as it is. Nothing is removed from where it was."],
      examples: [
        { line: "messaging-console data move --from file", meaning: "compare" },
        { line: "messaging-console data move --from file --yes", meaning: "into the team's database" },
      ],
      run: move,
    },
    {
      choice: "forget",
      meaning: "forget the team: its address, the sign-in and this console's keys",
      words: [],
      options: { yes: { value: null, meaning: "forget it; nothing is forgotten without" } },
      examples: [{ line: "messaging-console data forget --yes", meaning: "after `data use file`" }],
      run: forget,
    },
  ],
};

/** What the console works on, as it is now. */
export async function dataState(client: ConsoleClient): Promise<DataState> {
  const [state] = await snapshot<DataState>((signal) => client.data.watch(undefined, { signal }));
  if (state === undefined) throw new VerbFailure({ kind: "not-found", what: "team" });
  return state;
}

/** What keeps the console from working on the team's database; null where nothing does, or nobody told it to. */
function obstacle(state: DataState): Fault | null {
  return state.kind === "file" ? state.fault : (state.away?.fault ?? null);
}

function why(state: DataState): string {
  const fault = obstacle(state);
  if (fault === null) return "";
  const { sentence, nextStep } = explain(fault);
  return `${sentence} ${nextStep}`;
}

function stateRows(state: DataState): readonly (readonly [string, string])[] {
  if (state.kind === "file") return [["Works on", "a file on this computer"], ["Not on team", why(state)], ["Folder", state.folder]];
  return [
    ["Works on", "a team's database"],
    ["Server", `${state.place.host}:${state.place.port}`],
    ["Database", state.place.database],
    ["Account", `${state.login}, ${state.role}`],
    ["Roles", Object.values(state.roleNames).join(", ")],
    ["Console", state.enrolment],
    ["Code", state.code ?? ""],
    ["Away since", isoTime(state.away?.since ?? null) ?? ""],
    ["Away why", why(state)],
    ["Kept here", state.keptDrafts === 0 ? "" : `${state.keptDrafts} ${state.keptDrafts === 1 ? "draft waits" : "drafts wait"} for the database`],
    ["Last heard", isoTime(state.heardAt === 0 ? null : state.heardAt) ?? ""],
    ["Folder", state.folder],
  ];
}

async function where(context: VerbContext): Promise<ExitCode> {
  const state = await dataState(await context.client());
  print(context, state, () => stateRows(state).flatMap(([label, value]) => (value === "" ? [] : [`${label.padEnd(11)} ${value}`])).join("\n"));
  const fault = obstacle(state);
  return fault === null ? exitCodes.ok : exitCodeOf(fault);
}

/** Each rung of the climb on a line of its own, on standard output unless that is for JSON. */
function showRungs({ json, stdout, progress }: VerbContext) {
  return ({ rung }: Progress) => {
    if (rung === null || json) return;
    progress(null);
    const { outcome } = rung;
    const words = outcome.state === "failed" ? shortReason(outcome.fault) : "answer" in outcome ? (outcome.answer ?? "") : "";
    stdout.write(`${say(`servers.rung-${rung.rung}`).padEnd(24)} ${say(`servers.rung-${outcome.state}`)} ${words}`.trimEnd() + "\n");
  };
}

async function test(context: VerbContext): Promise<ExitCode> {
  const client = await context.client();
  const found = await finish(await client.data.test(await readTeam(context, client), { signal: context.signal }), showRungs(context));
  print(context, found, () => `${found.version}: ${found.content}; this account is ${found.role === "none" ? "in none of the roles" : found.role}.`);
  return exitCodes.ok;
}

async function setUp(context: VerbContext): Promise<ExitCode> {
  const client = await context.client();
  const founded = await finish(await client.data.setUp(await readTeam(context, client), { signal: context.signal }), showRungs(context));
  print(context, founded, () => [`Recovery key, to keep on paper: ${founded.recoveryKey}`, "`data use team` works on it from then on; `data where` names the roles that others are granted."].join("\n"));
  return exitCodes.ok;
}

async function join(context: VerbContext): Promise<ExitCode> {
  const client = await context.client();
  const asked = await finish(await client.data.join(await readTeam(context, client), { signal: context.signal }), showRungs(context));
  print(context, asked, () => (asked.code === null ? "This console is in the team already; what signs in was changed." : `Code to compare: ${asked.code}`));
  return exitCodes.ok;
}

async function recover(context: VerbContext): Promise<ExitCode> {
  const recoveryKey = await readPassword(context);
  if (recoveryKey === null) throw new UsageError("the recovery key comes on standard input, and nothing came", ["data", "recover"]);
  take(await (await context.client()).data.recover({ recoveryKey }));
  print(context, { recovered: true }, () => "This console is a member again.");
  return exitCodes.ok;
}

function kindOf(text: string, topic: readonly string[]): (typeof kinds)[number] {
  const kind = kinds.find((known) => known === text);
  if (kind === undefined) throw new UsageError(`"${text}" is neither file nor team`, topic);
  return kind;
}

async function use(context: VerbContext): Promise<ExitCode> {
  const kind = kindOf(word(context, 0), ["data", "use"]);
  take(await (await context.client()).data.use({ kind }));
  print(context, { kind }, () => (kind === "file" ? "Works on the file from the next start on." : "Works on the team's database from the next start on."));
  return exitCodes.ok;
}

function comparisonText({ stores, onlyThere }: MoveComparison): string {
  const rows = stores.map(({ name, revisions, there }) => [name, revisions, there]);
  return [rows.length === 0 ? "Nothing is here." : table(["Name", "Revisions", "There"], rows), `${onlyThere} there alone.`].join("\n");
}

async function move(context: VerbContext): Promise<ExitCode> {
  const from = kindOf(String(context.options["from"]), ["data", "move"]);
  const client = await context.client();
  if (context.options["yes"] !== true) {
    const comparison = take(await client.data.compare({ from }));
    print(context, comparison, () => comparisonText(comparison));
    return exitCodes.ok;
  }
  const report = await finish(await client.data.move({ from }, { signal: context.signal }), ({ done, total }) => context.progress(`${done ?? 0} of ${total ?? 0} identity stores`));
  print(context, report, () =>
    [`Moved ${report.moved} identity stores with ${report.revisions} revisions and ${report.secrets} passwords and certificates; ${report.same} were there.`, ...report.unreadable.map(({ store, secret }) => `Did not open here: ${store}: ${secret}`)].join("\n"),
  );
  return exitCodes.ok;
}

async function forget(context: VerbContext): Promise<ExitCode> {
  if (context.options["yes"] !== true) throw new UsageError("nothing is forgotten without --yes", ["data", "forget"]);
  take(await (await context.client()).data.forget());
  print(context, { forgotten: true }, () => "Forgotten.");
  return exitCodes.ok;
}
