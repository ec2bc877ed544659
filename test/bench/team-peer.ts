/** What a console says to PostgreSQL, and psql saying the same. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { Client } from "pg";
import { SCHEMA } from "../../main/store/postgres/names.ts";
import type { TeamSettings } from "../../main/store/team/types.ts";

/** Statements as they were sent, each connection's for itself. */
export type Recording = ReadonlyMap<unknown, readonly (readonly unknown[])[]>;

/** Answers what `work` answers, and every statement that this process sent to PostgreSQL meanwhile. */
export async function recorded<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly sent: Recording }> {
  const sent = new Map<unknown, (readonly unknown[])[]>();
  const real = Object.getOwnPropertyDescriptor(Client.prototype, "query");
  const query: unknown = real?.value;
  if (real === undefined || typeof query !== "function") throw new Error("pg asks in another way");
  Object.defineProperty(Client.prototype, "query", {
    ...real,
    value(this: unknown, ...given: unknown[]) {
      sent.set(this, [...(sent.get(this) ?? []), given]);
      const asking: unknown = Reflect.apply(query, this, given);
      return asking;
    },
  });
  try {
    return { value: await work(), sent };
  } finally {
    Object.defineProperty(Client.prototype, "query", real);
  }
}

function literal(value: unknown): string {
  if (value === null) return "NULL";
  if (typeof value === "number") return String(value);
  if (value instanceof Uint8Array) return String.raw`'\x${Buffer.from(value).toString("hex")}'`;
  if (typeof value !== "string") throw new Error("a parameter of a kind that psql is not told");
  return `'${value.replaceAll("'", "''")}'`;
}

/** Parameters stand in the statement. */
function statementOf([query]: readonly unknown[]): string {
  const { text = query, values: given }: { readonly text?: unknown; readonly values?: unknown } = Object(query);
  const values: readonly unknown[] = Array.isArray(given) ? given : [];
  return String(text).replaceAll(/\$(\d+)/g, (_place, number) => literal(values[Number(number) - 1]));
}

/** Of one connection, without transactions of which the recording has a part: what goes on beside the work is not psql's to repeat. */
function whole(statements: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let open: string[] = [];
  for (const statement of statements) {
    if (statement.startsWith("BEGIN")) {
      kept.push(...open);
      open = [];
    }
    open.push(statement);
    if (statement !== "COMMIT" && statement !== "ROLLBACK") continue;
    if (open[0]?.startsWith("BEGIN") === true) kept.push(...open);
    open = [];
  }
  return open[0]?.startsWith("BEGIN") === true ? kept : [...kept, ...open];
}

/** As it is typed into psql. */
export function typed(sent: Recording): string {
  return `${[...sent.values()].flatMap((statements) => whole(statements.map(statementOf))).join(";\n")};`;
}

/** A psql that is signed in and waits, as an open console does. Nobody reads what it prints. */
export function psqlOn(bin: string, folder: string, { place, signIn }: TeamSettings) {
  const authority = path.join(folder, "authority.pem");
  writeFileSync(authority, place.authority?.pem ?? "");
  const environment = { PGPASSWORD: signIn.by === "password" ? signIn.password : "", PGSSLMODE: "verify-full", PGSSLROOTCERT: authority, PGOPTIONS: `-c search_path=${SCHEMA}` };
  const given = ["-XqAt", "-o", "/dev/null", "-v", "ON_ERROR_STOP=1", "-h", place.host, "-p", String(place.port), "-U", place.user, place.database];
  const program = spawn(path.join(bin, "psql"), given, { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, ...environment } });
  const lines = createInterface({ input: program.stdout });
  return {
    /** Rejects when a statement fails. */
    async ask(sql: string): Promise<void> {
      const answered = new Promise<void>((resolve, reject) => {
        program.once("exit", () => reject(new Error("psql could not do what the console did")));
        lines.once("line", () => resolve());
      });
      program.stdin.write(`${sql}\n\\echo answered\n`);
      await answered;
      program.removeAllListeners("exit");
    },
    close: () => program.stdin.end(),
  };
}
