/** A team's database under the tests that know of none: each data folder is the console of a team of its own. */
import { Client } from "pg";
import { openTeamStore } from "../../main/store/index.ts";
import { addressOf, configurationFor } from "../../main/store/postgres/session.ts";
import type { TeamAtHome, TeamSettings } from "../../main/store/team/types.ts";
import { succeed } from "../../shared/fault.ts";
import { createTurns } from "../../shared/turns.ts";
import { databaseAtRest, watchDatabase } from "./database-at-rest.ts";
import type { EngineUnderTest, Rows } from "./engine-under-test.ts";

/** A database with a team that was founded in it, from which those of the tests are copied: that is quicker than founding each. */
export interface TeamTemplate {
  /** How databases are made and removed. */
  readonly superuser: TeamSettings;
  /** What the founder's console keeps of it. */
  readonly atHome: TeamAtHome;
}

export interface TeamEngine extends EngineUnderTest {
  /** Removes the databases. Rejects where something of the product is still in one. */
  remove(): Promise<void>;
}

/** Whoever asks closes it. A test's statement may take as long as it likes. */
async function connect({ place, signIn }: TeamSettings, database: string): Promise<Client> {
  const client = new Client({ ...configurationFor(addressOf({ place: { ...place, database }, signIn })), statement_timeout: 0, query_timeout: 0 });
  await client.connect();
  return client;
}

/** The engine of a test file over a server that has the template. */
export function createTeamEngine({ superuser, atHome }: TeamTemplate): TeamEngine {
  watchDatabase();
  const template = atHome.settings.place.database;
  const inTurn = createTurns();
  const made: string[] = [];
  /** The newest of each folder: a folder that was removed and made again is another team's. */
  const byFolder = new Map<string, string>();
  let keeper: Promise<Client> | null = null;

  const asKeeper = async (sql: string) => {
    keeper ??= connect(superuser, superuser.place.database);
    await (await keeper).query(sql);
  };
  const newDatabase = async () => {
    const database = `${template}_${process.pid}_${made.length}`;
    await asKeeper(`CREATE DATABASE "${database}" TEMPLATE "${template}"`);
    made.push(database);
    return database;
  };

  // Several that open one folder at once find one team.
  const settle: EngineUnderTest["settle"] = (file, folder) =>
    inTurn(async () => {
      const kept = file.home.read();
      if (!kept.ok || kept.value !== null) return kept.ok ? succeed(null) : kept;
      const { place, signIn } = atHome.settings;
      const database = await newDatabase();
      byFolder.set(folder, database);
      return file.home.change(() => ({ ...atHome, settings: { place: { ...place, database }, signIn } }));
    });

  return {
    isTeam: true,
    settle,
    over: async (file, { folder, ...options }) => {
      const settled = await settle(file, folder);
      const team = settled.ok ? await openTeamStore({ home: file.home, ...options }) : settled;
      if (!team.ok) {
        await file.close();
        return team;
      }
      const close = async () => {
        await team.value.close();
        await file.close();
      };
      return succeed({ ...team.value, home: file.home, prepareOnly: file.prepareOnly, close });
    },
    ask: async (folder, sql) => {
      const database = byFolder.get(folder);
      if (database === undefined) throw new Error("nothing was opened in this folder");
      const client = await connect(superuser, database);
      try {
        return (await client.query<Rows[number]>(sql)).rows;
      } finally {
        await client.end();
      }
    },
    atRest: databaseAtRest,
    remove: async () => {
      // The server gives what is being closed a few seconds.
      for (const database of made) await asKeeper(`DROP DATABASE "${database}"`);
      await (await keeper)?.end();
    },
  };
}
