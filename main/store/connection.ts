/** One connection to the database: pragmas, cached statements, and the transaction every write goes through. */
import path from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { fail, type Result } from "../../shared/fault.ts";
import { numberOf, textOf, type Row } from "./columns.ts";
import { SCHEMA_VERSION } from "./migrations.ts";
import { takeSteps, type Answer, type Statement, type Steps } from "./steps.ts";
import { CutShort, failStorage, tellsOfFailedRead } from "./storage-faults.ts";

/** How long a save waits for another process, in milliseconds. The whole console stands still meanwhile. */
const SAVE_TIMEOUT = 1000;
/** The write-ahead log is cut back to this many bytes after a checkpoint. */
const LOG_LIMIT = 16 * 1024 * 1024;

export class Connection {
  readonly file: string;
  readonly readOnly: boolean;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** Throws SQLite's error when the file cannot be opened; the first read is what finds damage. */
  constructor(file: string, options: { readonly readOnly: boolean }) {
    this.file = file;
    this.readOnly = options.readOnly;
    this.#database = new DatabaseSync(file, { readOnly: options.readOnly, timeout: SAVE_TIMEOUT, enableForeignKeyConstraints: true });
    try {
      if (!options.readOnly) this.#prepareForWriting();
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /** FULL makes a commit wait for the disk: an acknowledged save survives a power cut. */
  #prepareForWriting(): void {
    this.#database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA secure_delete = ON;
      PRAGMA trusted_schema = OFF;
      PRAGMA journal_size_limit = ${LOG_LIMIT};
    `);
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  all(sql: string, ...parameters: SQLInputValue[]): readonly Row[] {
    return this.#statement(sql).all(...parameters);
  }

  get(sql: string, ...parameters: SQLInputValue[]): Row | null {
    return this.#statement(sql).get(...parameters) ?? null;
  }

  /** Answers how many rows changed. */
  run(sql: string, ...parameters: SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...parameters).changes);
  }

  /** Takes the steps in one turn: nothing of this process comes between them. */
  now<T>(steps: Steps<T>): T {
    return takeSteps(steps, (statement) => this.#answer(statement));
  }

  #answer({ sql, parameters, wants }: Statement): Answer {
    if (wants === "count") return { rows: [], count: this.run(sql, ...parameters) };
    const first = wants === "first" ? this.get(sql, ...parameters) : null;
    return { rows: wants === "all" ? this.all(sql, ...parameters) : first === null ? [] : [first], count: 0 };
  }

  execute(sql: string): void {
    this.#database.exec(sql);
  }

  /** The schema's version as the file has it. */
  version(): number {
    return numberOf(this.get("PRAGMA user_version") ?? {}, "user_version");
  }

  /** Changes when another connection, of this process or another, committed something. */
  dataVersion(): number {
    return numberOf(this.get("PRAGMA data_version") ?? {}, "data_version");
  }

  /** What SQLite finds wrong with the file; empty when nothing is. Throws when it, or a page of it, cannot be read. */
  problems(): readonly string[] {
    const found = this.all("PRAGMA integrity_check(10)").map((row) => textOf(row, "integrity_check"));
    const failedRead = found.find(tellsOfFailedRead);
    if (failedRead !== undefined) throw new CutShort(failedRead);
    const orphans = this.all("PRAGMA foreign_key_check").map((row) => `a row of ${textOf(row, "table")} belongs to nothing`);
    return [...found.filter((line) => line !== "ok"), ...orphans];
  }

  /**
   * Runs `work`, which saves something, in one IMMEDIATE transaction: what it reads cannot change before it writes. A
   * failed result or a storage error undoes everything. Waits up to a second for others. Fails with `not-stored`.
   */
  write<T>(work: () => Result<T>): Result<T> {
    return this.#transaction(() => {
      const result = work();
      if (result.ok) this.run("UPDATE generation SET number = number + 1");
      return result;
    });
  }

  /** As {@link write}, for what accompanies saves and does not count as one. `wait`: false fails at once when others write. */
  note<T>(work: () => Result<T>, { wait }: { readonly wait: boolean }): Result<T> {
    if (wait) return this.#transaction(work);
    this.execute("PRAGMA busy_timeout = 0");
    try {
      return this.#transaction(work);
    } finally {
      this.execute(`PRAGMA busy_timeout = ${SAVE_TIMEOUT}`);
    }
  }

  #transaction<T>(work: () => Result<T>): Result<T> {
    if (this.readOnly) return fail({ kind: "not-stored", why: "read-only" });
    try {
      this.execute("BEGIN IMMEDIATE");
      // A newer version of the product may have moved the schema on while this process had the file open.
      const result = this.version() === SCHEMA_VERSION ? work() : fail({ kind: "not-stored", why: "read-only" });
      this.execute(result.ok ? "COMMIT" : "ROLLBACK");
      return result;
    } catch (error) {
      this.#undo();
      return failStorage(error, path.dirname(this.file));
    }
  }

  /** Runs reads that must agree with each other, as of one moment. */
  snapshot<T>(work: () => T): T {
    this.execute("BEGIN");
    try {
      return work();
    } finally {
      this.#undo();
    }
  }

  #undo(): void {
    try {
      // SQLite has already rolled back after some errors, a full disk among them.
      if (this.#database.isTransaction) this.execute("ROLLBACK");
    } catch {
      // The transaction is gone with the error that is being reported.
    }
  }

  get isOpen(): boolean {
    return this.#database.isOpen;
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }
}
