/** What two consoles of one person work on: one file, or a team's database in which each is enrolled. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "@playwright/test";
import { findPostgres, NEEDS_POSTGRES, startPostgres, type PostgresServer } from "../lab/postgres-server.ts";
import { runCommandLine, temporaryFolder } from "./host-process.ts";

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

/** What the command line printed as JSON. */
async function json(argv: readonly string[], password = ""): Promise<unknown> {
  return JSON.parse(await runCommandLine([...argv, "--json"], password));
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
  await json(["data", "set-up", ...address, "--data", first.path], password);
  await json(["data", "use", "team", "--data", first.path]);
  const code = text(await json(["data", "join", ...address, "--data", second.path], password), "code");
  const { requests }: { requests?: readonly unknown[] } = Object(await json(["members", "--data", first.path]));
  await json(["members", "approve", text(requests?.[0], "member"), code, "--data", first.path]);
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

/** Both, by how tests name them. `missing`: what keeps one from being tested here; null for nothing. */
export const places: readonly (readonly [name: string, make: () => Promise<Place>, missing: string | null])[] = [
  ["one file", filePlace, null],
  [bin === null ? `a team's database (skipped: ${NEEDS_POSTGRES})` : "a team's database", teamPlace, bin === null ? NEEDS_POSTGRES : null],
];
