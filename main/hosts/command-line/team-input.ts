/** Where a team's database is and what signs in there, from the command line; the password comes on standard input. */
import path from "node:path";
import type { TeamPlace, TeamSignIn } from "../../../shared/model/team.ts";
import { FILE_LIMITS } from "../../../shared/rules/file-limits.ts";
import { decodeText } from "../../decode-text.ts";
import { readLimited } from "../shared/read-limited.ts";
import { holdFile } from "./sent-file.ts";
import { readPassword } from "./standard-input.ts";
import { required, take } from "./take.ts";
import { UsageError, type ConsoleClient, type OptionHelp, type VerbContext } from "./verb.ts";

const DEFAULT_PORT = 5432;

/** Options of forms that are told of a team's database. */
export const teamOptions: Readonly<Record<string, OptionHelp>> = {
  host: { value: "HOST", meaning: "the server of the team's database", required: true },
  port: { value: "PORT", meaning: `its port; ${DEFAULT_PORT} where it is left out` },
  database: { value: "NAME", meaning: "the database", required: true },
  account: { value: "NAME", meaning: "the account, a role of PostgreSQL", required: true },
  authority: { value: "FILE", meaning: "certificate authorities that the server's certificate is measured against, PEM; without it the system's", completes: "file" },
  certificate: { value: "FILE", meaning: "sign in with this client certificate, PFX or P12, instead of a password", completes: "file" },
};

export const teamNotes: readonly string[] = [
  "The password of the account, or of the certificate's file, comes on standard input. Nothing at all means the one that is stored",
  "for this place, or a file without a password. The connection is always encrypted, and the server's certificate always verified.",
];

async function authorityIn(file: string): Promise<TeamPlace["authority"]> {
  return { name: path.basename(file), pem: take(decodeText(take(await readLimited(file, FILE_LIMITS.authority)))) };
}

/** Reads options and standard input. Ends the verb where a file cannot be read. */
export async function readTeam(context: VerbContext, client: ConsoleClient): Promise<{ readonly place: TeamPlace; readonly signIn: TeamSignIn }> {
  const { port: typedPort, authority, certificate } = context.options;
  const port = typedPort === undefined ? DEFAULT_PORT : Number(typedPort);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new UsageError("--port takes a number from 1 to 65535", context.words);
  const place = {
    host: required(context, "host"),
    port,
    database: required(context, "database"),
    user: required(context, "account"),
    authority: authority === undefined ? null : await authorityIn(String(authority)),
  };
  const password = await readPassword(context);
  if (certificate === undefined) return { place, signIn: { by: "password", password } };
  const { file } = take(await holdFile(client, "certificate", String(certificate)));
  return { place, signIn: { by: "certificate", file, filePassword: password } };
}
