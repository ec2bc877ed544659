/**
 * The schema of a team's database: the tables of the file, in PostgreSQL's words. Documents stay text, because jsonb reorders
 * keys and refuses what JSON allows; names are ordered by their bytes, as SQLite does. Time and name of who saves come from the
 * server, revisions only grow, and each commit tells those who listen.
 */
import { workTables } from "./work-tables.ts";

export const TEAM_SCHEMA_VERSION = 1;

/** Those who listen hear of changes here. */
export const CHANNEL = "messaging_console";

export const teamSchema = `
CREATE TABLE schema_version (number bigint NOT NULL);
INSERT INTO schema_version (number) VALUES (${TEAM_SCHEMA_VERSION});

CREATE TABLE identity_store (
  id text PRIMARY KEY,
  name_key text COLLATE "C" NOT NULL CONSTRAINT identity_store_name UNIQUE,
  revision bigint NOT NULL CHECK (revision >= 1)
);

CREATE TABLE revision (
  store_id text NOT NULL REFERENCES identity_store (id) ON DELETE CASCADE,
  number bigint NOT NULL CHECK (number >= 1),
  at bigint NOT NULL,
  who text NOT NULL,
  action text NOT NULL,
  restored_from bigint,
  changes text NOT NULL,
  tested text NOT NULL,
  checksum bigint NOT NULL,
  document_checksum bigint NOT NULL,
  document text NOT NULL,
  PRIMARY KEY (store_id, number)
);

CREATE TABLE revision_secret (
  store_id text NOT NULL,
  number bigint NOT NULL,
  secret_id text NOT NULL,
  PRIMARY KEY (store_id, number, secret_id),
  FOREIGN KEY (store_id, number) REFERENCES revision (store_id, number) ON DELETE CASCADE
);
CREATE INDEX revision_secret_by_secret ON revision_secret (secret_id);

CREATE SEQUENCE draft_version;
CREATE TABLE draft (
  store_id text PRIMARY KEY REFERENCES identity_store (id) ON DELETE CASCADE,
  updated_at bigint NOT NULL,
  content text NOT NULL,
  checksum bigint NOT NULL,
  version bigint NOT NULL
);

CREATE TABLE draft_secret (
  store_id text NOT NULL REFERENCES draft (store_id) ON DELETE CASCADE,
  secret_id text NOT NULL,
  PRIMARY KEY (store_id, secret_id)
);
CREATE INDEX draft_secret_by_secret ON draft_secret (secret_id);

CREATE TABLE wrapped_key (
  id text PRIMARY KEY,
  at bigint NOT NULL,
  protection text NOT NULL,
  wrapped bytea NOT NULL,
  proof bytea NOT NULL
);

CREATE TABLE secret (
  id text PRIMARY KEY,
  at bigint NOT NULL,
  key_id text NOT NULL REFERENCES wrapped_key (id),
  schema bigint NOT NULL,
  nonce bytea NOT NULL,
  sealed bytea NOT NULL
);

CREATE TABLE activity (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at bigint NOT NULL,
  kind text NOT NULL,
  store_id text,
  store_name text,
  subject text,
  detail text
);
CREATE INDEX activity_by_kind ON activity (kind, id);

CREATE TABLE told_once (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key text NOT NULL UNIQUE
);

CREATE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('${CHANNEL}', '');
  RETURN NULL;
END $$;
CREATE TRIGGER identity_store_tell AFTER INSERT OR UPDATE OR DELETE ON identity_store FOR EACH STATEMENT EXECUTE FUNCTION tell_change();
CREATE TRIGGER draft_tell AFTER INSERT OR UPDATE OR DELETE ON draft FOR EACH STATEMENT EXECUTE FUNCTION tell_change();
CREATE TRIGGER wrapped_key_tell AFTER INSERT OR UPDATE OR DELETE ON wrapped_key FOR EACH STATEMENT EXECUTE FUNCTION tell_change();
CREATE TRIGGER activity_tell AFTER INSERT ON activity FOR EACH STATEMENT EXECUTE FUNCTION tell_change();
${workTables}`;
