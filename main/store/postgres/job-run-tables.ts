/**
 * Runs of jobs in PostgreSQL's words, and who may do what with them, as of the journal (`journal-tables.ts`). How a run ended is said by
 * whoever is at it, or takes it with that very statement; one of which nothing is left to be done is not opened again, and a row that is
 * done stays so. What is written of a leaver is of the job whose run one is at.
 */
import { grantAs } from "./grant-as.ts";
import { SCHEMA } from "./names.ts";
import { guardOfRuns, holds, refuse, tellOfRuns } from "./run-guards.ts";
import { FIXED } from "./tables.ts";

/** No statement claims a run for longer than this from now on, in milliseconds. */
const LONGEST_CLAIM_MS = 5 * 60_000;

const tables = `
CREATE TABLE job_run (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text NOT NULL UNIQUE,
  job text NOT NULL,
  store_id text NOT NULL,
  at bigint NOT NULL,
  begun_by text NOT NULL,
  due bigint,
  who text NOT NULL,
  login text NOT NULL,
  state text NOT NULL,
  ended_at bigint,
  fault text,
  mail_run text,
  password_file text,
  row_count bigint NOT NULL,
  holder text,
  holder_login text NOT NULL,
  held_until bigint NOT NULL,
  changed bigint NOT NULL,
  content text NOT NULL
);
CREATE INDEX job_run_by_job ON job_run (job, seq);
CREATE INDEX job_run_by_change ON job_run (changed);
CREATE UNIQUE INDEX job_run_by_due ON job_run (job, due) WHERE due IS NOT NULL;

CREATE TABLE job_row (
  run text NOT NULL REFERENCES job_run (id) ON DELETE CASCADE,
  number bigint NOT NULL CHECK (number >= 1),
  state text NOT NULL,
  action text NOT NULL,
  at bigint NOT NULL,
  words text NOT NULL,
  address_words text NOT NULL,
  address text,
  object text,
  given text NOT NULL,
  taken text NOT NULL,
  fault text,
  planned text NOT NULL,
  PRIMARY KEY (run, number)
);
CREATE INDEX job_row_by_state ON job_row (run, state, number);

CREATE TABLE job_due (
  job text PRIMARY KEY,
  schedule text NOT NULL,
  revision bigint NOT NULL,
  due bigint NOT NULL,
  claimed bigint,
  claimed_by text,
  claimed_login text NOT NULL,
  claimed_until bigint NOT NULL
);

CREATE TABLE leaver (
  job text NOT NULL,
  user_id text NOT NULL,
  source_key text NOT NULL,
  name text NOT NULL,
  stage text NOT NULL,
  state text NOT NULL,
  since bigint,
  at bigint NOT NULL,
  cancelled_at bigint,
  run text NOT NULL,
  PRIMARY KEY (job, user_id)
);
`;

/** What an account writes of a run that it is at. */
const WRITTEN = ["state", "ended_at", "fault", "password_file"];
const ofRow = (row: "NEW" | "OLD") => `(${WRITTEN.map((column) => `${row}.${column}`).join(", ")})`;

const guards = `${guardOfRuns("job_run", `
  IF TG_OP = 'UPDATE' AND ${ofRow("NEW")} IS DISTINCT FROM ${ofRow("OLD")} THEN
    IF NEW.holder IS NULL AND (OLD.holder IS NULL OR OLD.holder_login <> session_user) THEN
      ${refuse("only whoever is at a run writes in it")}
    END IF;
    IF OLD.state IN ('done', 'halted') THEN
      ${refuse("nothing is left to be done of this run")}
    END IF;
  END IF;`)}
CREATE FUNCTION guard_job_row() RETURNS trigger LANGUAGE plpgsql ${FIXED} AS $$
BEGIN
  IF NOT ${holds("job_run", "NEW.run")} THEN
    ${refuse("only whoever is at a run writes in it")}
  END IF;
  IF TG_OP = 'INSERT' AND NEW.state <> 'planned' THEN
    ${refuse("a row is kept before anything is done")}
  ELSIF TG_OP = 'UPDATE' AND OLD.state = 'done' AND NEW.state <> 'done' THEN
    ${refuse("a row that is done stays so")}
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER job_row_guard BEFORE INSERT OR UPDATE ON job_row FOR EACH ROW EXECUTE FUNCTION guard_job_row();

CREATE FUNCTION guard_job_due() RETURNS trigger LANGUAGE plpgsql ${FIXED} AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.claimed_by IS NOT NULL AND OLD.claimed_until >= now_ms() AND OLD.claimed_login <> session_user AND NEW.revision = OLD.revision THEN
      ${refuse("another account is about to begin this run")}
    END IF;
    IF NEW.revision < OLD.revision OR (NEW.revision = OLD.revision AND NEW.due < OLD.due) THEN
      ${refuse("what is handled stays so")}
    END IF;
  END IF;
  NEW.claimed_login := session_user;
  IF NEW.claimed_until > now_ms() + ${LONGEST_CLAIM_MS} THEN
    ${refuse("a run is not claimed for so long")}
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER job_due_guard BEFORE INSERT OR UPDATE ON job_due FOR EACH ROW EXECUTE FUNCTION guard_job_due();

CREATE FUNCTION guard_leaver() RETURNS trigger LANGUAGE plpgsql ${FIXED} AS $$
BEGIN
  IF NOT ${holds("job_run", "NEW.run")} OR NOT EXISTS (SELECT FROM job_run WHERE id = NEW.run AND job = NEW.job) THEN
    ${refuse("only whoever is at a run writes of its leavers")}
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER leaver_guard BEFORE INSERT OR UPDATE ON leaver FOR EACH ROW EXECUTE FUNCTION guard_leaver();

${tellOfRuns("job_run")}
`;

const rights = `
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ${SCHEMA} FROM PUBLIC;
DO $rights$
DECLARE
  grantee text;
BEGIN${grantAs("schema_version", "SELECT", ["SELECT ON job_run, job_row, job_due, leaver"])}${grantAs("lease", "INSERT", [
  "INSERT ON job_run, job_row, job_due, leaver",
  `UPDATE (holder, held_until, changed, ${WRITTEN.join(", ")}) ON job_run`,
  "UPDATE (state, at, address_words, address, object, given, taken, fault) ON job_row",
  "UPDATE (schedule, revision, due, claimed, claimed_by, claimed_until) ON job_due",
  "UPDATE (source_key, name, stage, state, since, at, cancelled_at, run) ON leaver",
])}${grantAs("team_entry", "INSERT", ["DELETE ON job_run, leaver"])}
END $rights$;
`;

/** Behind the journal's tables. */
export const jobRunTables = `${tables}${guards}${rights}`;
