/** A PostgreSQL server of its own: a cluster in a folder, on a port of loopback, ended with the test. */
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import net from "node:net";
import { userInfo } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { teamSchema } from "../../main/store/postgres/schema.ts";
import type { TeamAddress } from "../../main/store/postgres/session.ts";

const DEBIAN = "/usr/lib/postgresql";
const START_MS = 30_000;

/** Folder of the newest PostgreSQL's programs; null where there is none. */
export function findPostgres(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number).filter((version) => version >= 14) : [];
  return versions.length === 0 ? null : path.join(DEBIAN, String(Math.max(...versions)), "bin");
}

export interface PostgresServer {
  readonly port: number;
  /** A new database with our schema; answers its address for the administrator. */
  create(options?: { readonly locale?: string }): Promise<TeamAddress>;
  /** Asks as the administrator. */
  ask(address: TeamAddress, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops the server and removes its folder. */
  remove(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** PostgreSQL refuses to run as root: there it runs as the account that Debian's package made. */
function account(): { uid?: number; gid?: number } {
  if (userInfo().uid !== 0) return {};
  const [uid, gid] = ["-u", "-g"].map((option) => Number(spawnSync("id", [option, "postgres"], { encoding: "utf8" }).stdout));
  return uid === undefined || gid === undefined || Number.isNaN(uid) ? {} : { uid, gid };
}

export async function startPostgres(bin: string): Promise<PostgresServer> {
  // The account it runs as does not get through the folders that a test makes for itself.
  const folder = mkdtempSync("/tmp/pg-");
  const data = path.join(folder, "data");
  const as = account();
  mkdirSync(data, { mode: 0o700 });
  if (as.uid !== undefined && as.gid !== undefined) for (const each of [folder, data]) chownSync(each, as.uid, as.gid);
  const made = spawnSync(path.join(bin, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"], { ...as, encoding: "utf8" });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = await freePort();
  let child: ReturnType<typeof spawn> | null = null;

  const configuration = (database: string) => ({ host: "127.0.0.1", port, database, user: "postgres" });
  const ask = async (database: string, sql: string) => {
    const client = new Client({ ...configuration(database), options: "-c search_path=messaging_console" });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const start = async () => {
    const settings = ["-c", "listen_addresses=127.0.0.1", "-c", `port=${port}`, "-c", `unix_socket_directories=${folder}`, "-c", "fsync=off"];
    child = spawn(path.join(bin, "postgres"), ["-D", data, ...settings], { ...as, stdio: "ignore" });
    for (let waited = 0; waited < START_MS; waited += 50) {
      if (await ask("postgres", "SELECT 1").then(() => true, () => false)) return;
      await sleep(50);
    }
    throw new Error("PostgreSQL does not answer");
  };
  const stop = async () => {
    if (child === null) return;
    const exited = once(child, "exit");
    // Fast: it ends what runs, and waits for nobody.
    child.kill("SIGINT");
    await exited;
    child = null;
  };
  await start();
  return {
    port,
    create: async ({ locale } = {}) => {
      const database = `team_${randomBytes(4).toString("hex")}`;
      await ask("postgres", `CREATE DATABASE ${database} TEMPLATE template0 ${locale === undefined ? "" : `LOCALE_PROVIDER icu ICU_LOCALE '${locale}'`}`);
      await ask(database, teamSchema(database));
      return { ...configuration(database), password: null, tls: null };
    },
    ask: ({ database }, sql) => ask(database, sql),
    stop,
    start,
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
