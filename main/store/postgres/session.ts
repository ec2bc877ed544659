/** One way to a PostgreSQL server: a few connections for work, transactions on them, statements with `?`. */
import tls from "node:tls";
import { Pool, types as builtIn, type ClientBase, type ClientConfig, type CustomTypesConfig, type PoolClient } from "pg";
import { systemAuthorities } from "../../network/trust-store.ts";
import type { Row } from "../columns.ts";
import { takeStepsInTime, type Answer, type Statement, type Steps } from "../steps.ts";
import type { TeamSettings } from "../team/types.ts";
import { isAway, isToBeRepeated, reasonOf } from "./errors.ts";
import { SCHEMA } from "./names.ts";
import { GuardedClient } from "./wire.ts";

const CONNECT_MS = 5000;
/** The server gives a statement up after this; on a wire that has gone silent only the client's own limit helps. */
const STATEMENT_MS = 10_000;
const SILENT_MS = 12_000;
const CONNECTIONS = 4;
/** PostgreSQL's `int8`, which comes as text. */
const INT8 = 20;

/** Where a team's database is. There is no way to it without TLS, and the server's certificate is verified in full, its name too. */
export interface TeamAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Certificate authorities in PEM; null for those of the system. */
  readonly authority: string | null;
  /** Secrets are behind functions, so that nothing writes them down by accident. */
  readonly signIn: { readonly by: "password"; readonly password: () => string } | { readonly by: "certificate"; readonly certificate: string; readonly key: () => string };
}

export function addressOf({ place, signIn }: TeamSettings): TeamAddress {
  const { host, port, database, user, authority } = place;
  const secret: TeamAddress["signIn"] =
    signIn.by === "password" ? { by: "password", password: () => signIn.password } : { by: "certificate", certificate: signIn.certificate, key: () => signIn.key };
  return { host, port, database, user, authority: authority?.pem ?? null, signIn: secret };
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error("a number of the database is too large");
  return value;
}

const types: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: "text" | "binary") => (oid === INT8 ? wholeNumber : format === "binary" ? builtIn.getTypeParser(oid, "binary") : builtIn.getTypeParser(oid, "text")),
};

/** Made once for all connections of a session: reading hundreds of authorities takes tens of milliseconds. */
function secureContext({ authority, signIn }: TeamAddress): tls.SecureContext {
  const ca = authority === null ? [...systemAuthorities()] : [authority];
  return tls.createSecureContext(signIn.by === "certificate" ? { ca, cert: signIn.certificate, key: signIn.key() } : { ca });
}

/**
 * Every setting is given: what is left out, `pg` takes from the environment and from files of the account. `pg` adds the name that
 * the server's certificate must be for. Throws for what is no certificate.
 */
export function configurationFor(address: TeamAddress): ClientConfig {
  const { host, port, database, user, signIn } = address;
  return {
    host,
    port,
    database,
    user,
    // Where a certificate signs in, a server that asks for a password all the same is told what is none, and refuses.
    password: signIn.by === "password" ? signIn.password : "no password",
    ssl: { secureContext: secureContext(address), rejectUnauthorized: true },
    sslnegotiation: "postgres",
    enableChannelBinding: true,
    options: `-c search_path=${SCHEMA}`,
    application_name: "messaging-console",
    client_encoding: "UTF8",
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: SILENT_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    types,
  };
}

/** More than the console has of its own; a search is put together from what was typed. */
const MOST_NAMED = 200;
const known = new Map<string, { readonly name?: string; readonly text: string }>();

/**
 * `?` to `$1`; no statement of ours holds a quoted question mark. With a name the server plans a statement once for each connection;
 * several statements in one text have none.
 */
function queryOf(sql: string): { readonly name?: string; readonly text: string } {
  const before = known.get(sql);
  if (before !== undefined) return before;
  let count = 0;
  const text = sql.replaceAll("?", () => `$${(count += 1)}`);
  if (known.size >= MOST_NAMED || sql.includes(";")) return { text };
  const query = { name: `console_${known.size}`, text };
  known.set(sql, query);
  return query;
}

/** Asks a connection. */
export function askOn(client: ClientBase): (statement: Statement) => Promise<Answer> {
  return async ({ sql, parameters }) => {
    const { rows, rowCount } = await client.query<Row>({ ...queryOf(sql), values: [...parameters] });
    return { rows, count: rowCount ?? 0 };
  };
}

/** The server's number for a connection, which `pg` keeps and does not declare; 0 is nobody's. */
function numberOf(client: ClientBase): number {
  return "processID" in client && typeof client.processID === "number" ? client.processID : 0;
}

export class Session {
  /** Of each connection. */
  readonly configuration: ClientConfig;
  readonly #pool: Pool;
  /** A connection that was made ahead; null where none was, or it is taken. */
  #ahead: Promise<PoolClient> | null = null;
  /** The server's numbers for the connections that are open now. */
  readonly #numbers = new Set<number>();

  /** Throws for what is no certificate. */
  constructor(address: TeamAddress) {
    this.configuration = configurationFor(address);
    this.#pool = new Pool({ ...this.configuration, Client: GuardedClient, pipeline: true, max: CONNECTIONS, idleTimeoutMillis: 30_000, allowExitOnIdle: true });
    this.#pool.on("error", () => undefined);
    this.#pool.on("connect", (client) => {
      // A connection that dies between two statements of a transaction would end the whole process.
      client.on("error", () => undefined);
      this.#numbers.add(numberOf(client));
    });
    this.#pool.on("remove", (client) => this.#numbers.delete(numberOf(client)));
  }

  /** Begins to connect, for what is asked first. */
  prepare(): void {
    this.#ahead = this.#pool.connect();
    // Whoever asks first is told.
    this.#ahead.catch(() => undefined);
  }

  #connect(): Promise<PoolClient> {
    const ahead = this.#ahead;
    this.#ahead = null;
    return ahead ?? this.#pool.connect();
  }

  /** Whether a connection is one of these, by the number that the server has for it. */
  isOwn(number: number | null): boolean {
    return number !== null && this.#numbers.has(number);
  }

  /** Takes steps in one transaction; what `isKept` is false for is undone. Rejects with PostgreSQL's error, or Node's. */
  async transaction<T>(begin: string, steps: () => Steps<T>, isKept: (result: T) => boolean): Promise<T> {
    const client = await this.#connect();
    let broken = false;
    try {
      await client.query(begin);
      const result = await takeStepsInTime(steps(), askOn(client));
      const { command } = await client.query(isKept(result) ? "COMMIT" : "ROLLBACK");
      // A transaction that an earlier error has ended is rolled back, whatever is asked, and nothing is thrown.
      if (isKept(result) && command !== "COMMIT") throw new Error("the transaction was undone");
      return result;
    } catch (error) {
      // One with an error that nobody knows, such as plans of a schema that has changed since, is not used again.
      broken = isAway(error) || !(isToBeRepeated(error) || reasonOf(error) !== null) || !(await client.query("ROLLBACK").then(() => true, () => false));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** Takes steps that only read. What begins them is not waited for: where it fails nothing is answered. Rejects as {@link transaction} does. */
  async read<T>(begin: string, steps: () => Steps<T>): Promise<T> {
    const client = await this.#connect();
    let broken = true;
    try {
      const begun = client.query(begin);
      const [, result] = await Promise.all([begun, takeStepsInTime(steps(), askOn(client))]);
      await client.query("COMMIT");
      broken = false;
      return result;
    } finally {
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}
