/** A PostgreSQL server of its own: a cluster in a folder, on a port of loopback, over TLS alone, ended with the test. */
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { userInfo } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { openPki, type CertificateFlaw, type Identity } from "../../main/practice/pki.ts";
import { rolesOf, type RoleKind } from "../../main/store/postgres/names.ts";
import { teamSchema } from "../../main/store/postgres/schema.ts";
import { addressOf, type TeamAddress } from "../../main/store/postgres/session.ts";
import type { TeamSettings } from "../../main/store/team/types.ts";

export { findPostgres, NEEDS_POSTGRES } from "./find-postgres.ts";

const START_MS = 30_000;
const HOST = "localhost";

/** Accounts of the server. `postgres` may do everything, `owner` make databases and roles, `nobody` and `gus` nothing; the others have a role in each team. */
const ROLES = { eva: "administrator", bob: "operator", ben: "operator", rita: "reader", carl: "operator" } as const satisfies Record<string, RoleKind>;
export type Account = keyof typeof ROLES | "postgres" | "owner" | "nobody" | "gus";
/** Signs in with a certificate alone. */
const BY_CERTIFICATE: Account = "carl";
/** Is asked for a Kerberos ticket. */
const BY_TICKET: Account = "gus";

export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  /** A new database with our schema; answers its address for `postgres`. */
  create(options?: { readonly locale?: string }): Promise<TeamAddress>;
  /** A new database of `owner` with nothing in it; answers its name. */
  createEmpty(): Promise<string>;
  /** How an account gets into a database. */
  settings(database: string, account: Account): TeamSettings;
  /** Starts the server anew with another certificate. */
  present(flaw: CertificateFlaw | null): Promise<void>;
  /** Starts the server anew, with TLS or without. */
  speakTls(on: boolean): Promise<void>;
  /** A certificate for `carl`. */
  certificate(flaw: CertificateFlaw | null): Promise<Identity>;
  /** Asks as `postgres`, or as somebody else. */
  ask(address: Pick<TeamAddress, "database">, sql: string, account?: Account): Promise<readonly Readonly<Record<string, unknown>>[]>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Ends the server as a crash would: nothing is written that was not. */
  crash(): Promise<void>;
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

/** The test itself comes by the socket, everybody else over TLS or not at all. */
const WHO_MAY = `
local all postgres trust
hostssl all ${BY_CERTIFICATE} 127.0.0.1/32 cert
hostssl all ${BY_TICKET} 127.0.0.1/32 gss
hostssl all all 127.0.0.1/32 scram-sha-256
`;

export async function startPostgres(bin: string): Promise<PostgresServer> {
  // The account it runs as does not get through the folders that a test makes for itself.
  const folder = mkdtempSync("/tmp/pg-");
  const data = path.join(folder, "data");
  const as = account();
  const own = (file: string) => {
    if (as.uid !== undefined && as.gid !== undefined) chownSync(file, as.uid, as.gid);
  };
  mkdirSync(data, { mode: 0o700 });
  for (const each of [folder, data]) own(each);
  const made = spawnSync(path.join(bin, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"], { ...as, encoding: "utf8" });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);

  const pki = await openPki(path.join(folder, "authority"));
  const write = (name: string, text: string) => {
    writeFileSync(path.join(data, name), text, { mode: 0o600 });
    own(path.join(data, name));
  };
  const presented = async (flaw: CertificateFlaw | null) => {
    const { certificatePem, keyPem } = await pki.issue({ names: [HOST], flaw });
    write("server.crt", certificatePem);
    write("server.key", keyPem);
  };
  await presented(null);
  write("root.crt", pki.authorityPem);
  write("pg_hba.conf", WHO_MAY);

  const port = await freePort();
  let tls: "on" | "off" = "on";
  let child: ReturnType<typeof spawn> | null = null;
  const accounts: readonly Account[] = ["postgres", "owner", "nobody", "gus", "eva", "bob", "ben", "rita", "carl"];
  const passwords = new Map(accounts.map((name) => [name, randomBytes(12).toString("hex")]));
  const certificate = (flaw: CertificateFlaw | null) => pki.issue({ names: [BY_CERTIFICATE], flaw });
  const good = await certificate(null);

  const bySocket = (database: string) => ({ host: folder, port, database, user: "postgres" });
  const byNetwork = (database: string, name: Account) => ({ host: HOST, port, database, user: name, password: passwords.get(name) ?? "", ssl: { ca: pki.authorityPem } });
  const ask = async (database: string, sql: string, name?: Account) => {
    const client = new Client({ ...(name === undefined ? bySocket(database) : byNetwork(database, name)), options: "-c search_path=messaging_console" });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const start = async () => {
    const settings = ["listen_addresses=127.0.0.1", `port=${port}`, `unix_socket_directories=${folder}`, "fsync=off", "ssl_ca_file=root.crt", `ssl=${tls}`].flatMap((setting) => ["-c", setting]);
    child = spawn(path.join(bin, "postgres"), ["-D", data, ...settings], { ...as, stdio: "ignore" });
    for (let waited = 0; waited < START_MS; waited += 50) {
      if (await ask("postgres", "SELECT 1").then(() => true, () => false)) return;
      await sleep(50);
    }
    throw new Error("PostgreSQL does not answer");
  };
  const end = async (signal: NodeJS.Signals) => {
    if (child === null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
    child = null;
  };
  const settings = (database: string, name: Account): TeamSettings => ({
    place: { host: HOST, port, database, user: name, authority: { name: "root.crt", pem: pki.authorityPem } },
    signIn: name === BY_CERTIFICATE ? { by: "certificate", certificate: good.certificatePem, key: good.keyPem } : { by: "password", password: passwords.get(name) ?? "" },
  });
  const newDatabase = async (options: string) => {
    const database = `team_${randomBytes(4).toString("hex")}`;
    await ask("postgres", `CREATE DATABASE ${database} ${options}`);
    return database;
  };

  await start();
  for (const [name, password] of passwords) {
    if (name !== "postgres") await ask("postgres", `CREATE ROLE ${name} LOGIN${name === "owner" ? " CREATEROLE" : ""}`);
    await ask("postgres", `ALTER ROLE ${name} PASSWORD '${password}'`);
  }
  return {
    host: HOST,
    port,
    create: async ({ locale } = {}) => {
      const database = await newDatabase(`TEMPLATE template0 ${locale === undefined ? "" : `LOCALE_PROVIDER icu ICU_LOCALE '${locale}'`}`);
      const roles = rolesOf(database);
      const members = Object.entries(ROLES).map(([name, kind]) => `GRANT "${roles[kind]}" TO ${name};`);
      await ask(database, `${teamSchema(database)}${members.join("")}`);
      return addressOf(settings(database, "postgres"));
    },
    createEmpty: () => newDatabase("OWNER owner"),
    settings,
    present: async (flaw) => {
      await end("SIGINT");
      await presented(flaw);
      await start();
    },
    speakTls: async (on) => {
      tls = on ? "on" : "off";
      await end("SIGINT");
      await start();
    },
    certificate,
    ask: ({ database }, sql, name) => ask(database, sql, name),
    // Fast: it ends what runs, and waits for nobody.
    stop: () => end("SIGINT"),
    crash: () => end("SIGQUIT"),
    start,
    remove: async () => {
      await end("SIGINT");
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
