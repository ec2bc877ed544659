/** The schema's history. A step is never edited once released; a change is a new step. */
import type { Connection } from "./connection.ts";
import { storeValuesForWords } from "./values-for-words.ts";

interface Migration {
  readonly version: number;
  readonly sql: string;
  /** What SQL alone cannot do, after it and in the same transaction. */
  readonly rewrite?: (connection: Connection) => void;
}

/**
 * Rows of `revision` never change but by a step. `checksum` covers the whole row (the document through its own, so that the history
 * is verified without reading every document), because SQLite's own integrity check does not see damage inside a value. The `*_secret` tables say which sealed secrets are still needed.
 */
const initial = `
CREATE TABLE identity_store (
  id TEXT PRIMARY KEY,
  name_key TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL CHECK (revision >= 1)
) STRICT;

CREATE TABLE revision (
  store_id TEXT NOT NULL REFERENCES identity_store (id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number >= 1),
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  action TEXT NOT NULL,
  restored_from INTEGER,
  changes TEXT NOT NULL,
  tested TEXT NOT NULL,
  checksum INTEGER NOT NULL,
  document_checksum INTEGER NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (store_id, number)
) STRICT;

CREATE TABLE revision_secret (
  store_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  secret_id TEXT NOT NULL,
  PRIMARY KEY (store_id, number, secret_id),
  FOREIGN KEY (store_id, number) REFERENCES revision (store_id, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX revision_secret_by_secret ON revision_secret (secret_id);

CREATE TABLE draft (
  store_id TEXT PRIMARY KEY REFERENCES identity_store (id) ON DELETE CASCADE,
  updated_at INTEGER NOT NULL,
  content TEXT NOT NULL,
  checksum INTEGER NOT NULL
) STRICT;

CREATE TABLE draft_secret (
  store_id TEXT NOT NULL REFERENCES draft (store_id) ON DELETE CASCADE,
  secret_id TEXT NOT NULL,
  PRIMARY KEY (store_id, secret_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_secret_by_secret ON draft_secret (secret_id);

CREATE TABLE wrapped_key (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  protection TEXT NOT NULL,
  wrapped BLOB NOT NULL,
  proof BLOB NOT NULL
) STRICT;

CREATE TABLE secret (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  key_id TEXT NOT NULL REFERENCES wrapped_key (id),
  schema INTEGER NOT NULL,
  nonce BLOB NOT NULL,
  sealed BLOB NOT NULL
) STRICT;

CREATE TABLE activity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  store_id TEXT,
  store_name TEXT,
  subject TEXT,
  detail TEXT
) STRICT;
`;

/**
 * `generation` counts what was saved, whatever the clock says: of two copies the one with more is the newer one.
 * `told_once` remembers notices longer than the events that told them are kept.
 */
const countedContent = `
CREATE TABLE generation (number INTEGER NOT NULL) STRICT;
INSERT INTO generation (number) VALUES (1);

CREATE TABLE told_once (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE
) STRICT;

CREATE INDEX activity_by_kind ON activity (kind, id);
`;

/** Counts the writes of a draft, so that whoever writes over what another wrote is refused. Drafts that were there begin with 1. */
const versionedDrafts = "ALTER TABLE draft ADD COLUMN version INTEGER NOT NULL DEFAULT 1";

/**
 * `home` is what this console keeps of its team, sealed under a key of the file. `purpose` says what a secret is for, so that it can be
 * sealed again without what refers to it; null where it was sealed before.
 */
const teamHome = `
CREATE TABLE home (
  name TEXT PRIMARY KEY,
  key_id TEXT NOT NULL,
  nonce BLOB NOT NULL,
  sealed BLOB NOT NULL
) STRICT;

ALTER TABLE secret ADD COLUMN purpose TEXT;
`;

/**
 * What is done with mail objects. A run outlives its identity store, which it therefore does not refer to. `holder` is the process that
 * is at it, `held_until` by the database's own clock, `changed` another number after each change. `words`, `servers` and
 * `address_words` are what is searched, in lower case as JavaScript has it: SQLite's LIKE knows the case of A to Z alone.
 */
const mailJournal = `
CREATE TABLE mail_run (
  id TEXT PRIMARY KEY,
  store_id TEXT NOT NULL,
  store_name TEXT NOT NULL,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  provider TEXT NOT NULL,
  holder TEXT,
  held_until INTEGER NOT NULL,
  changed INTEGER NOT NULL
) STRICT;
CREATE INDEX mail_run_by_change ON mail_run (changed);

CREATE TABLE mail_entry (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  run TEXT NOT NULL REFERENCES mail_run (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  store_id TEXT NOT NULL,
  state TEXT NOT NULL,
  words TEXT NOT NULL,
  servers TEXT NOT NULL,
  address_words TEXT NOT NULL,
  address TEXT,
  object TEXT,
  fault TEXT,
  request TEXT NOT NULL
) STRICT;
CREATE INDEX mail_entry_by_run ON mail_entry (run, seq);
CREATE INDEX mail_entry_by_store ON mail_entry (store_id, seq);
CREATE INDEX mail_entry_by_state ON mail_entry (state, seq);

CREATE TABLE mail_step (
  entry TEXT NOT NULL REFERENCES mail_entry (id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number >= 1),
  kind TEXT NOT NULL,
  server TEXT,
  at INTEGER NOT NULL,
  ms INTEGER,
  state TEXT NOT NULL,
  outcome TEXT NOT NULL,
  PRIMARY KEY (entry, number)
) STRICT, WITHOUT ROWID;
`;

/** Identity stores that nothing is asked for from this computer; those of a team too, whose rows are not here. */
const prepareOnly = "CREATE TABLE prepare_only (store_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID";

/** What carry-in probes said, one row a server; `at` is the probe's own moment. */
const probed = `
CREATE TABLE probed (
  store_id TEXT NOT NULL REFERENCES identity_store (id) ON DELETE CASCADE,
  server TEXT NOT NULL,
  provider TEXT NOT NULL,
  at INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (store_id, server)
) STRICT;
`;

/** What was last seen of each store's directory and servers. It counts as no save: losing it costs one look. */
const sightings = `
CREATE TABLE sighting (
  store_id TEXT PRIMARY KEY REFERENCES identity_store (id) ON DELETE CASCADE,
  changed INTEGER NOT NULL,
  content TEXT NOT NULL
) STRICT;
`;

/**
 * Runs of jobs, after the pattern of the journal; a run outlives its job and its identity store. `content` and `planned` stay as they were
 * begun. `row_count` is how many rows were kept with it, so that nobody counts them to see what is too old. A leaver outlives its
 * runs: `run` is the one that wrote it last.
 * `job_due`: up to when a job's due times are handled, and the process that is about to begin a run for one.
 */
const jobRuns = `
CREATE TABLE job_run (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  job TEXT NOT NULL,
  store_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  begun_by TEXT NOT NULL,
  due INTEGER,
  who TEXT NOT NULL,
  state TEXT NOT NULL,
  ended_at INTEGER,
  fault TEXT,
  mail_run TEXT,
  password_file TEXT,
  row_count INTEGER NOT NULL,
  holder TEXT,
  held_until INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  content TEXT NOT NULL
) STRICT;
CREATE INDEX job_run_by_job ON job_run (job, seq);
CREATE INDEX job_run_by_change ON job_run (changed);
CREATE UNIQUE INDEX job_run_by_due ON job_run (job, due) WHERE due IS NOT NULL;

CREATE TABLE job_row (
  run TEXT NOT NULL REFERENCES job_run (id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number >= 1),
  state TEXT NOT NULL,
  action TEXT NOT NULL,
  at INTEGER NOT NULL,
  words TEXT NOT NULL,
  address_words TEXT NOT NULL,
  address TEXT,
  object TEXT,
  given TEXT NOT NULL,
  taken TEXT NOT NULL,
  fault TEXT,
  planned TEXT NOT NULL,
  PRIMARY KEY (run, number)
) STRICT;
CREATE INDEX job_row_by_state ON job_row (run, state, number);

CREATE TABLE job_due (
  job TEXT PRIMARY KEY,
  schedule TEXT NOT NULL,
  revision INTEGER NOT NULL,
  due INTEGER NOT NULL,
  claimed INTEGER,
  claimed_by TEXT,
  claimed_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE leaver (
  job TEXT NOT NULL,
  user_id TEXT NOT NULL,
  source_key TEXT NOT NULL,
  name TEXT NOT NULL,
  stage TEXT NOT NULL,
  state TEXT NOT NULL,
  since INTEGER,
  at INTEGER NOT NULL,
  cancelled_at INTEGER,
  run TEXT NOT NULL,
  PRIMARY KEY (job, user_id)
) STRICT;
`;

/** Every step, in order; versions count from 1 without gaps. */
export const migrations: readonly Migration[] = [
  { version: 1, sql: initial },
  { version: 2, sql: countedContent },
  { version: 3, sql: "", rewrite: storeValuesForWords },
  { version: 4, sql: versionedDrafts },
  { version: 5, sql: teamHome },
  { version: 6, sql: mailJournal },
  { version: 7, sql: prepareOnly },
  { version: 8, sql: probed },
  { version: 9, sql: sightings },
  { version: 10, sql: jobRuns },
];

/** The schema this build reads and writes: SQLite's `user_version`. */
export const SCHEMA_VERSION = migrations.length;
