/** What the stores of a run's tests stand on: a file, unless the run says that it is a team's database. Tests ask no more than this. */
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Clock, Logger } from "../../main/ports.ts";
import type { FileStore } from "../../main/store/index.ts";
import { succeed, type Result } from "../../shared/fault.ts";

export type Rows = readonly Readonly<Record<string, unknown>>[];

export interface EngineUnderTest {
  readonly isTeam: boolean;
  /** The store that a test works on, beside the file of the folder; closing it closes both. */
  over(file: FileStore, options: { readonly folder: string; readonly clock: Clock; readonly logger: Logger }): Promise<Result<FileStore>>;
  /** Makes the console of a folder work on the engine, also when an app opens it. */
  settle(file: FileStore, folder: string): Promise<Result<null>>;
  /** Asks the database of a folder itself, past the store, as somebody who may do anything there; numbers come as numbers. */
  ask(folder: string, sql: string): Promise<Rows>;
  /** Waits until no question to a database is on its way; a file answers at once. */
  atRest(): Promise<void>;
}

function askFile(folder: string, sql: string): Rows {
  const database = new DatabaseSync(path.join(folder, "messaging-console.db"), { timeout: 10_000 });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

const onFile: EngineUnderTest = {
  isTeam: false,
  over: (file) => Promise.resolve(succeed(file)),
  settle: () => Promise.resolve(succeed(null)),
  ask: (folder, sql) => Promise.resolve(askFile(folder, sql)),
  atRest: () => Promise.resolve(),
};

let underTest = onFile;

/** What the tests of this run stand on. */
export function engineUnderTest(): EngineUnderTest {
  return underTest;
}

/** For the setup of a whole run. */
export function standOn(engine: EngineUnderTest): void {
  underTest = engine;
}

/** Who saves, as the store says it: in a team's database that is the account that signed in, whoever the console says it is. */
export function whoSaves(user: string): string {
  return underTest.isTeam ? "eva" : user;
}

/** For the title of a test of what a file alone has, which is skipped over a team's database: why. */
export function onlyOnFile(why: string): string {
  return underTest.isTeam ? ` (on a file only: ${why})` : "";
}
