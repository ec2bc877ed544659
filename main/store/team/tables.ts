/**
 * What a team's database has beside the tables of the file: who is enrolled, the team's key for each of them, who asks, and who
 * signed which revision. A console's replica in memory has the same tables, in SQLite's words.
 */

interface Words {
  readonly number: string;
  readonly bytes: string;
  /** What ends a table. */
  readonly end: string;
  /** What makes a seal go with its revision. */
  readonly withRevision: string;
}

/** Hashes are SHA-256 in hex. `previous` is that of the seal before, so that the newest one vouches for all; empty for the first. */
const tablesIn = ({ number, bytes, end, withRevision }: Words): string => `
CREATE TABLE team_entry (
  seq ${number} PRIMARY KEY,
  entry text NOT NULL,
  signature ${bytes} NOT NULL
)${end};

CREATE TABLE team_key (
  epoch ${number} NOT NULL,
  member text NOT NULL,
  sealed ${bytes} NOT NULL,
  PRIMARY KEY (epoch, member)
)${end};

CREATE TABLE team_request (
  member text PRIMARY KEY,
  at ${number} NOT NULL,
  label text NOT NULL,
  seal_key ${bytes} NOT NULL,
  sign_key ${bytes} NOT NULL
)${end};

CREATE TABLE revision_seal (
  store_id text NOT NULL,
  number ${number} NOT NULL,
  signer text NOT NULL,
  previous text NOT NULL,
  entry text NOT NULL,
  document text NOT NULL,
  signature ${bytes} NOT NULL,
  PRIMARY KEY (store_id, number)${withRevision}
)${end};
`;

/**
 * In PostgreSQL's words, to be run behind the tables of the file. A secret names its purpose, so that whoever takes a console out can seal
 * it again; a purpose that somebody changed opens nothing.
 */
export const teamTables = `${tablesIn({ number: "bigint", bytes: "bytea", end: "", withRevision: ", FOREIGN KEY (store_id, number) REFERENCES revision (store_id, number)" })}
ALTER TABLE secret ADD COLUMN purpose text NOT NULL;
`;

/** For the replica, which also holds links of a chain whose revisions it does not hold. */
export const replicaTables = tablesIn({ number: "INTEGER", bytes: "BLOB", end: " STRICT", withRevision: "" });
