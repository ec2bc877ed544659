/** What two consoles of one person work on: one file, or a team's database in which each is enrolled. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "@playwright/test";
import { findPostgres, startPostgres, type PostgresServer } from "../lab/postgres-server.ts";
import { root, temporaryFolder } from "./host-process.ts";

export interface Place {
  /** The data folders of the two consoles; the same one where they share a file. */
  readonly folders: readonly [string, string];
  remove(): void;
}

const bin = findPostgres();
let server: PostgresServer | null = null;

/** Starts a PostgreSQL for the specs of a file, and ends it with them. */
export function withServer(): void {
  test.beforeAll(async () => {
    server = bin === null ? null : await startPostgres(bin);
  });
  test.afterAll(() => server?.remove());
}

/** The command line with a password on its standard input; what it printed as JSON. */
async function typed(argv: readonly string[], password: string): Promise<unknown> {
  const child = spawn(process.execPath, [path.join(root, "out/main/command-line.js"), ...argv, "--json"], { stdio: ["pipe", "pipe", "inherit"] });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  child.stdin.end(password);
  const [status]: unknown[] = await once(child, "close");
  if (status !== 0) throw new Error(`${argv.join(" ")} ended with ${String(status)}`);
  return JSON.parse(printed);
}

function text(value: unknown, key: string): string {
  return typeof value === "object" && value !== null ? String(Reflect.get(value, key)) : "";
}

async function teamPlace(): Promise<Place> {
  if (server === null) throw new Error("there is no PostgreSQL");
  const [first, second] = [temporaryFolder(), temporaryFolder()];
  const { place, signIn } = server.settings(await server.createEmpty(), "owner");
  const password = signIn.by === "password" ? signIn.password : "";
  const authority = path.join(first.path, "authority.pem");
  writeFileSync(authority, place.authority?.pem ?? "");
  const address = ["--host", place.host, "--port", String(place.port), "--database", place.database, "--account", place.user, "--authority", authority];
  await typed(["data", "set-up", ...address, "--data", first.path], password);
  await typed(["data", "use", "team", "--data", first.path], "");
  const code = text(await typed(["data", "join", ...address, "--data", second.path], password), "code");
  const { requests }: { requests?: readonly unknown[] } = Object(await typed(["members", "--data", first.path], ""));
  await typed(["members", "approve", text(requests?.[0], "member"), code, "--data", first.path], "");
  return {
    folders: [first.path, second.path],
    remove: () => {
      first.remove();
      second.remove();
    },
  };
}

function filePlace(): Promise<Place> {
  const folder = temporaryFolder();
  return Promise.resolve({ folders: [folder.path, folder.path], remove: () => folder.remove() });
}

/** Both, by how tests name them. */
export const places: readonly (readonly [name: string, make: () => Promise<Place>, isHere: boolean])[] = [
  ["one file", filePlace, true],
  [bin === null ? "a team's database (skipped: Debian's package postgresql is not here)" : "a team's database", teamPlace, bin !== null],
];
