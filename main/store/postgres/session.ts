/** One way to a PostgreSQL server: a few connections for work, transactions on them, statements with `?`. */
import { Pool, types as builtIn, type ClientConfig, type CustomTypesConfig } from "pg";
import type { Row } from "../columns.ts";
import { takeStepsInTime, type Answer, type Statement, type Steps } from "../steps.ts";
import { isAway } from "./errors.ts";
import { SCHEMA } from "./names.ts";

const CONNECT_MS = 5000;
/** The server gives a statement up after this; on a wire that has gone silent only the client's own limit helps. */
const STATEMENT_MS = 10_000;
const SILENT_MS = 12_000;
const CONNECTIONS = 4;
/** PostgreSQL's `int8`, which comes as text. */
const INT8 = 20;

export interface TeamAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Asked for at each connection; never kept. Null for none. */
  readonly password: (() => Promise<string>) | null;
  /** Certificate authorities in PEM, and the name the server's certificate is for; null for no TLS, which is for tests alone. */
  readonly tls: { readonly ca: string; readonly serverName: string } | null;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error("a number of the database is too large");
  return value;
}

const types: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: "text" | "binary") => (oid === INT8 ? wholeNumber : format === "binary" ? builtIn.getTypeParser(oid, "binary") : builtIn.getTypeParser(oid, "text")),
};

/** Every setting is given: what is left out, `pg` takes from the environment and from files of the account. */
export function configurationFor({ host, port, database, user, password, tls }: TeamAddress): ClientConfig {
  return {
    host,
    port,
    database,
    user,
    password: password ?? "",
    ssl: tls === null ? false : { ca: tls.ca, servername: tls.serverName, rejectUnauthorized: true },
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

const numbered = new Map<string, string>();

/** `?` to `$1`; no statement of ours holds a quoted question mark. */
function textOf(sql: string): string {
  const known = numbered.get(sql);
  if (known !== undefined) return known;
  let count = 0;
  const text = sql.replaceAll("?", () => `$${(count += 1)}`);
  numbered.set(sql, text);
  return text;
}

export class Session {
  readonly #pool: Pool;

  constructor(address: TeamAddress) {
    this.#pool = new Pool({ ...configurationFor(address), max: CONNECTIONS, idleTimeoutMillis: 30_000, allowExitOnIdle: true });
    this.#pool.on("error", () => undefined);
    // A connection that dies between two statements of a transaction would end the whole process.
    this.#pool.on("connect", (client) => client.on("error", () => undefined));
  }

  /** Takes steps in one transaction; what `isKept` is false for is undone. Rejects with PostgreSQL's error, or Node's. */
  async transaction<T>(begin: string, steps: () => Steps<T>, isKept: (result: T) => boolean): Promise<T> {
    const client = await this.#pool.connect();
    let broken = false;
    const ask = async ({ sql, parameters }: Statement): Promise<Answer> => {
      const { rows, rowCount } = await client.query<Row>(textOf(sql), [...parameters]);
      return { rows, count: rowCount ?? 0 };
    };
    try {
      await client.query(begin);
      const result = await takeStepsInTime(steps(), ask);
      const { command } = await client.query(isKept(result) ? "COMMIT" : "ROLLBACK");
      // A transaction that an earlier error has ended is rolled back, whatever is asked, and nothing is thrown.
      if (isKept(result) && command !== "COMMIT") throw new Error("the transaction was undone");
      return result;
    } catch (error) {
      broken = isAway(error) || !(await client.query("ROLLBACK").then(() => true, () => false));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}
