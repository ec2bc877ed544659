/**
 * The journal in PostgreSQL's words, and who may do what with it. A run is begun in one's own name; whoever holds it, and nobody else,
 * writes in it; a step that ended stays as it is; nothing of it is removed but by an administrator's account, and that no console does
 * below 100,000 entries. Grants go to whoever has those of the tables before: a database that was restored under another name has
 * roles of another name.
 */
import { grantAs } from "./grant-as.ts";
import { SCHEMA } from "./names.ts";
import { guardOfRuns, holds, refuse, tellOfRuns } from "./run-guards.ts";
import { FIXED } from "./tables.ts";

const tables = `
CREATE TABLE mail_run (
  id text PRIMARY KEY,
  store_id text NOT NULL,
  store_name text NOT NULL,
  at bigint NOT NULL,
  who text NOT NULL,
  login text NOT NULL,
  provider text NOT NULL,
  holder text,
  holder_login text NOT NULL,
  held_until bigint NOT NULL,
  changed bigint NOT NULL
);
CREATE INDEX mail_run_by_change ON mail_run (changed);

CREATE TABLE mail_entry (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text NOT NULL UNIQUE,
  run text NOT NULL REFERENCES mail_run (id) ON DELETE CASCADE,
  place bigint NOT NULL,
  store_id text NOT NULL,
  state text NOT NULL,
  words text NOT NULL,
  servers text NOT NULL,
  address_words text NOT NULL,
  address text,
  object text,
  fault text,
  request text NOT NULL
);
CREATE INDEX mail_entry_by_run ON mail_entry (run, seq);
CREATE INDEX mail_entry_by_store ON mail_entry (store_id, seq);
CREATE INDEX mail_entry_by_state ON mail_entry (state, seq);

CREATE TABLE mail_step (
  entry text NOT NULL REFERENCES mail_entry (id) ON DELETE CASCADE,
  number bigint NOT NULL CHECK (number >= 1),
  kind text NOT NULL,
  server text,
  at bigint NOT NULL,
  ms bigint,
  state text NOT NULL,
  outcome text NOT NULL,
  PRIMARY KEY (entry, number)
);
`;

const guards = `${guardOfRuns("mail_run")}
CREATE FUNCTION guard_mail_entry() RETURNS trigger LANGUAGE plpgsql ${FIXED} AS $$
BEGIN
  IF NOT ${holds("mail_run", "NEW.run")} THEN
    ${refuse("only whoever is at a run writes in it")}
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER mail_entry_guard BEFORE INSERT OR UPDATE ON mail_entry FOR EACH ROW EXECUTE FUNCTION guard_mail_entry();

CREATE FUNCTION guard_mail_step() RETURNS trigger LANGUAGE plpgsql ${FIXED} AS $$
BEGIN
  IF NOT ${holds("mail_run", "(SELECT run FROM mail_entry WHERE id = NEW.entry)")} THEN
    ${refuse("only whoever is at a run writes in it")}
  END IF;
  IF TG_OP = 'INSERT' AND NEW.state <> 'started' THEN
    ${refuse("a step is written before it happens")}
  ELSIF TG_OP = 'UPDATE' AND OLD.state <> 'started' THEN
    ${refuse("a step that ended is not changed")}
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER mail_step_guard BEFORE INSERT OR UPDATE ON mail_step FOR EACH ROW EXECUTE FUNCTION guard_mail_step();

${tellOfRuns("mail_run")}
`;

const rights = `
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ${SCHEMA} FROM PUBLIC;
DO $rights$
DECLARE
  grantee text;
BEGIN${grantAs("schema_version", "SELECT", ["SELECT ON mail_run, mail_entry, mail_step"])}${grantAs("lease", "INSERT", [
  "INSERT ON mail_run, mail_entry, mail_step",
  "UPDATE (holder, held_until, changed) ON mail_run",
  "UPDATE (state, servers, address_words, address, object, fault) ON mail_entry",
  "UPDATE (ms, state, outcome) ON mail_step",
])}${grantAs("team_entry", "INSERT", ["DELETE ON mail_run"])}
END $rights$;
`;

/** Behind all tables, functions and grants of the first version. */
export const journalTables = `${tables}${guards}${rights}`;
